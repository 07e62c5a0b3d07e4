"""The rules, each with its bad and its good sample; the formats, settings and edits of the linter."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import tempfile
import textwrap
from email.message import Message
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples import GOOD

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.faults import KINDS
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import MARGIN, Box, Hook, Item, Line, Scene, Text
from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.lint import RULES, Settings, SettingsError, Severity, lint, read_settings
from sphinx_diagram_ext.lint.fix import fixed
from sphinx_diagram_ext.lint.rules.faults import FAULT_RULES
from sphinx_diagram_ext.lint.run import active_rules
from sphinx_diagram_ext.lint.shown_ids import shown_ids
from sphinx_diagram_ext.model import Chart, Diagram, Direction, Graph, StateMachine
from sphinx_diagram_ext.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 6, 1)
PLAN = read_plan(Path(__file__).parents[2] / "data" / "atlas" / "plan.yaml")
TYPE_EXAMPLES = sorted((Path(__file__).parents[2] / "docs" / "examples" / "types").glob("*.yaml"))

FLOW = """\
diagram:
  type: flow
  title: Where an order goes
  summary: An order goes to the database.
  nodes:
    orders: Orders
    database: {name: PostgreSQL, role: database}
  flows:
    - {from: orders, to: database}
"""


def samples(rule: str, kind: str, engine):
    """Return the diagrams of a sample; each file starts with a comment that names it."""
    with tempfile.TemporaryDirectory() as folder:
        for text in RULES[rule].sample(kind).split("---\n"):
            path = Path(folder, re.match(r"# (data/.+\.yaml)\n", text)[1])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        catalog = Catalog([Path(folder, "data")])
        assert catalog.check() == []
        return [
            pipeline.inspect(
                dataclasses.replace(diagram, path=Path(diagram.path).relative_to(folder).as_posix()), engine
            )
            for diagram in catalog
        ]


def read(text: str, engine=None, name: str = "some/id"):
    diagram = read_diagram(textwrap.dedent(text), name, f"data/{name}.yaml")
    return pipeline.inspect(diagram, engine) if engine else diagram


def only(rule: str, **more) -> Settings:
    return read_settings(more, only=[rule], plan=PLAN)


def found_by(rule: str, text: str, engine=None, **more) -> list[tuple[int, str]]:
    return [
        (item.line, item.message) for item in lint([read(text, engine)], only(rule, **more), today=TODAY, engine=engine)
    ]


# -- every rule ------------------------------------------------------------------------------


WITH_SAMPLES = [name for name, rule in RULES.items() if rule.samples]


@pytest.mark.parametrize("rule", WITH_SAMPLES)
def test_the_bad_sample_is_found(rule, engine):
    diagrams = samples(rule, "bad", engine)
    found = lint(diagrams, only(rule), shown=set(), today=TODAY, engine=engine)
    assert {item.code for item in found} == {Code(f"lint-{rule}")}
    assert all(item.line > 1 and item.path.startswith("data/") and item.diagram for item in found)
    assert all(item.severity is RULES[rule].severity for item in found)


@pytest.mark.parametrize("rule", WITH_SAMPLES)
def test_nothing_is_wrong_with_the_good_sample(rule, engine):
    diagrams = samples(rule, "good", engine)
    shown = {diagram.id for diagram in diagrams}
    everything = read_settings({"enable": [rule]}, plan=PLAN)
    assert lint(diagrams, everything, shown=shown, today=TODAY, engine=engine) == []


def test_rules_have_texts_and_codes():
    assert {f"lint-{rule}" for rule in RULES} == {str(code) for code in Code if code.startswith("lint-")}
    for rule in RULES.values():
        assert rule.summary.endswith(".")
        assert len(rule.summary) < 100
        assert len(rule.why) > 60
        assert set(rule.thresholds) <= set(Settings().thresholds.__slots__)


def test_samples_belong_to_rules(project):
    folder = project / "sphinx_diagram_ext" / "lint" / "samples"
    assert {path.name.split(".")[0] for path in folder.iterdir()} == set(WITH_SAMPLES)


@pytest.mark.parametrize("name", [*GOOD, *(path.stem for path in TYPE_EXAMPLES)])
def test_every_type_can_be_linted(name, engine):
    path = next((path for path in TYPE_EXAMPLES if path.stem == name), None)
    text = path.read_text(encoding="utf-8") if path else GOOD[name]
    diagram = pipeline.inspect(read_diagram(text, f"types/{name}", f"{name}.yaml"), engine)
    found = lint([diagram], read_settings({"rules": list(RULES)}, plan=PLAN), shown=set(), today=TODAY, engine=engine)
    assert "lint-shown-nowhere" in {item.code for item in found}
    assert Severity.ERROR not in {item.severity for item in found}


# -- single rules ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["TODO", "Lorem ipsum dolor", "Component B", "Система Б", "foo", "Your text here", "What???"]
)
def test_placeholders(text):
    assert found_by("placeholder-text", FLOW.replace("Orders", f'"{text}"'))[0][0] == 6


@pytest.mark.parametrize("text", ["Service mesh", "Progress bar", "Replica 1", "Todo list", "Team Alpha", "App store"])
def test_words_that_are_no_placeholders(text):
    assert found_by("placeholder-text", FLOW.replace("Orders", f'"{text}"')) == []


@pytest.mark.parametrize(
    "text", ["50ms", "p99: 12 ms", "99.99%", "$40K/mo", "200Tbps", "2M requests/sec", "238M subscribers", "10 ГБ"]
)
def test_figures(text):
    assert "has no source" in found_by("metric-without-source", FLOW.replace("Orders", f'"{text}"'))[0][1]


@pytest.mark.parametrize("text", ["PostgreSQL 14", "port: 5432", "p99", "c5.2xlarge", "tasks.max=4", "Module 4", "T0"])
def test_numbers_that_are_no_figures(text):
    assert found_by("metric-without-source", FLOW.replace("Orders", f'"{text}"')) == []


@pytest.mark.parametrize("more", ["illustration: true", "sources: [{title: T, url: 'https://example.org'}]"])
def test_figures_with_a_source_or_made_up(more):
    assert found_by("metric-without-source", FLOW.replace("Orders", "50 ms") + f"  {more}\n") == []


CITED = """\
diagram:
  type: flow
  title: Where an order goes
  summary: An order goes to the database.
  nodes:
    orders: {name: Orders, details: [{value: 30 orders/s, source: notes}]}
    database: {name: PostgreSQL, role: database, details: [2 TB], source: notes}
  flows:
    - {from: orders, to: database, label: 5 ms}
  sources:
    - {id: notes, title: T, url: 'https://example.org', date: 2026}
    - {title: Further reading, url: 'https://example.org/more', date: 2026}
"""


def test_each_figure_needs_a_source_once_one_has_it():
    said = "The figure '5 ms' has no source; add 'source' or 'illustration: true' to it."
    assert found_by("metric-without-source", CITED) == [(9, said)]
    assert found_by("metric-without-source", CITED.replace("5 ms}", "5 ms, illustration: true}")) == []
    assert found_by("metric-without-source", f"{CITED}  illustration: true\n") == []


def test_a_sum_rests_on_what_its_parts_rest_on():
    text = """\
        diagram:
          type: cost
          title: T
          unit: K a month
          sources: [{id: bill, title: T, url: 'https://example.org'}]
          parts:
            compute: {amount: 60, source: bill}
            storage: {amount: 40, source: bill}
    """
    assert found_by("metric-without-source", text) == []
    bare = text.replace("40, source: bill", "40")
    assert [line for line, _ in found_by("metric-without-source", bare)] == [7, 8]


def test_a_source_that_nothing_names():
    unused = CITED.replace("    - {title: Further", "    - {id: more, title: Further")
    assert found_by("source-unused", CITED) == []
    assert found_by("source-unused", unused) == [
        (12, "Nothing names the source 'more'; name it with 'source' or drop it.")
    ]
    # As long as nothing is named at all, sources stand for the whole diagram.
    assert found_by("source-unused", unused.replace("source: notes", "illustration: true")) == []


def test_rules_that_a_diagram_leaves_out():
    text = FLOW.replace("Orders", "Service A") + "  lint: {ignore: [placeholder-text, naming]}\n"
    assert found_by("placeholder-text", text) == []
    assert len(found_by("placeholder-text", text.replace("placeholder-text, ", ""))) == 1


def test_a_percentile_is_a_good_key():
    text = "diagram:\n  type: latency\n  title: T\n  unit: ms\n  percentiles: {p50: 1, p99.9: 2}\n"
    assert found_by("naming", text) == []
    assert [line for line, _ in found_by("naming", text.replace("p50", "P50"))] == [5]


def test_the_lines_of_a_message_count_one_by_one():
    text = """\
        diagram:
          type: protocol
          title: T
          participants: {a: A, b: B}
          steps:
            - {from: a, to: b, label: AppendEntries, fields: {term: 3, prevLogIndex: 7, entries: "[set x, set y]"}}
    """
    assert found_by("label-too-long", text) == []
    ((line, message),) = found_by("label-too-long", text.replace("set x", "x" * 60))
    assert line == 6
    assert message.startswith("The label 'entries: [xxx")
    assert message.endswith("of an edge has 78 characters, more than 60; shorten it.")


def test_a_metric_with_two_values():
    text = FLOW.replace("role: database", 'role: database, details: ["size: 2 TB", "size: 3 TB"]')
    assert found_by("amounts", text) == [(7, "The metric 'size' of 'PostgreSQL' is '2 TB' before and '3 TB' here.")]


def test_the_scale_of_one_subject():
    text = (
        "diagram:\n  type: architecture\n  title: T\n  subject: Shop\n  scale: {users: %s}\n  components: {a: {b: B}}\n"
    )
    diagrams = [read(text % value, name=name) for name, value in (("one", "2M"), ("two", "3M"), ("three", "2M"))]
    (found,) = {item.message for item in lint(diagrams, only("amounts")) if item.diagram == "two"}
    assert found.startswith("The scale 'users' is '3M' here and '2M' in ")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('pie title Shares\n  "A 60%" : 60\n  "B 50%" : 50', "The shares of the pie add up to 110 %"),
        ('pie title Shares in %\n  "A" : 60\n  "B" : 50', "The slices of the pie add up to 110 %"),
        ('pie title "A month - $290K"\n  "A" : 60\n  "B" : 50', "add up to 110, its title says $290K"),
    ],
)
def test_pies(source, said, engine):
    text = "diagram:\n  type: mermaid\n  title: T\n  source: |\n" + textwrap.indent(source, "    ") + "\n"
    ((line, message),) = found_by("amounts", text, engine)
    assert line == 5
    assert said in message


@pytest.mark.parametrize(("day", "said"), [("2025-05-31", "366 days ago"), ("2026-06-03", "in the future")])
def test_reviews(day, said, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(f"{FLOW}  reviewed: {day}\n", encoding="utf-8")
    diagram = read_diagram(path.read_text(encoding="utf-8"), "a", str(path))
    (found,) = lint([diagram], only("reviewed-old"), today=TODAY)
    assert said in found.message
    assert found.line == 10


@pytest.mark.parametrize("day", ["2025-06-01", "2026-06-01", "2026-06-02"])
def test_good_reviews(day):
    assert found_by("reviewed-old", f"{FLOW}  reviewed: {day}\n") == []


def test_edges_into_a_group_disable_its_direction():
    group = "  groups: {inside: {nodes: [orders], direction: TB}}\n"
    assert found_by("mixed-direction", FLOW + group)[0][1].startswith("The direction TB of 'inside' does nothing")
    alone = FLOW.replace("    - {from: orders, to: database}", "    []").replace("flows:\n    []", "flows: []")
    assert found_by("mixed-direction", alone + group) == []


def test_the_layers_of_an_architecture_are_linked():
    text = """\
        diagram:
          type: architecture
          title: T
          layers: {top: {direction: LR}}
          components: {top: {a: A, b: B}, low: {c: C}}
    """
    assert "linked across its frame" in found_by("mixed-direction", text)[0][1]


def test_a_question_that_is_never_asked():
    text = """\
        diagram:
          type: decision
          title: T
          questions:
            first: {ask: First?, answers: [{label: yes, to: a}, {label: no, to: b}]}
            second: {ask: Second?, answers: [{label: yes, to: a}, {label: no, to: b}]}
          outcomes: {a: A, b: B}
    """
    assert found_by("unreachable-node", text) == [(6, "No answer leads to 'Second?'; draw one or drop the node.")]
    same = text.replace("{label: no, to: b}]}\n            second", "{label: yes, to: second}]}\n            second")
    assert "Two ways out of 'First?'" in found_by("branch-without-label", same)[0][1]


def test_mermaid_source_is_linted_at_its_lines(engine):
    text = """\
        diagram:
          type: mermaid
          title: T
          source: |
            flowchart TB
              a{Is it?} -->|yes| b[Service A]
              a --> c
              d[Alone]
    """
    lines = {rule: [line for line, _ in found_by(rule, text, engine)] for rule in RULES}
    assert lines["placeholder-text"] == [6]
    assert lines["branch-without-label"] == [6]
    assert lines["unreachable-node"] == [8]


def test_edges_of_whole_subgraphs_reach_their_nodes(engine):
    text = """\
        diagram:
          type: mermaid
          title: T
          source: |
            flowchart TB
              subgraph one
                a --> b
                c
              end
              one --> d
    """
    assert found_by("unreachable-node", text, engine) == []


OF_A_PLAN = ["category-unknown", "view-unknown", "type-unfit", "view-element-missing"]


@pytest.mark.parametrize("rule", OF_A_PLAN)
def test_without_a_plan_nothing_is_compared_with_one(rule, engine):
    assert lint(samples(rule, "bad", engine), read_settings({}, only=[rule]), today=TODAY) == []


def test_categories_of_the_settings_need_no_plan():
    settings = read_settings({"categories": ["billing", "Заказы"]}, only=["category-unknown"])
    diagrams = [read(f"{FLOW}  category: {name}\n", name=name) for name in ("Billing", "заказы", "stories", "счета")]
    found = [item.message for item in lint(diagrams, settings)]
    assert found == [f"There is no category {name!r}; one of billing, Заказы." for name in ("stories", "счета")]
    near = read(f"{FLOW}  category: biling\n")
    said = "There is no category 'biling'; one of billing, Заказы. Did you mean 'billing'?"
    assert [item.message for item in lint([near], settings)] == [said]


def test_a_category_without_views_has_any(tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text("plan: {categories: {costs: }}\n", encoding="utf-8")
    settings = read_settings({}, plan=read_plan(path))
    assert lint([read(f"{FLOW}  category: costs\n  view: breakdown\n")], settings, today=TODAY) == []


def test_an_atlas_of_ones_own():
    text = FLOW + "  category: billing\n"
    assert found_by("category-unknown", text) == []
    diagrams = [read(text), read(FLOW + "  category: costs\n")]
    assert len(lint(diagrams, only("category-unknown"))) == 1
    assert lint(diagrams, only("category-unknown", categories=["Billing"])) == []


def test_a_group_that_lists_needs_no_edges():
    more = "    one: One\n    two: Two\n  groups: {list: {nodes: [one, two]}}\n  flows:\n"
    assert found_by("unreachable-node", FLOW.replace("  flows:\n", more)) == []
    assert len(found_by("unreachable-node", FLOW.replace("  flows:\n", more.replace("two]", "orders]")))) == 2


# -- layouts ---------------------------------------------------------------------------------


MERMAID = """\
diagram:
  type: mermaid
  title: T
  source: |
    flowchart LR
"""


def mermaid(*lines: str) -> str:
    return MERMAID + "".join(f"      {line}\n" for line in lines)


def test_a_wide_picture_is_told_another_direction(engine):
    text = mermaid(*(f'n{n}["A rather long label {n}"] --> n{n + 1}' for n in range(8)))
    ((line, message),) = found_by("too-large", text, engine)
    assert line == 3
    width = re.fullmatch(
        r"The picture is (\d+) CSS pixels wide, more than 1100; with 'direction: TB' it is \d+ wide.", message
    )
    assert width is not None
    diagram = read(text, engine)
    drawn = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    assert int(width[1]) == pytest.approx(drawn.width, rel=0.02)
    assert found_by("too-large", text.replace("flowchart LR", "flowchart TB"), engine) == []


def test_without_an_engine_nothing_is_known_of_a_layout(engine):
    text = mermaid(*(f'n{n}["A rather long label {n}"] --> n{n + 1}' for n in range(8)))
    rules = [rule for rule in RULES if rule.startswith("fault-") or rule in ("too-large", "crossing-edges")]
    assert lint([read(text, engine)], read_settings({"rules": rules})) == []


def test_crossings_are_those_of_the_layout(engine):
    pairs = [(one, two) for one in "abcd" for two in "wxyz"]
    text = mermaid(*(f"{one} --> {two}" for one, two in pairs))
    ((line, message),) = found_by("crossing-edges", text, engine)
    assert line == 3
    assert int(message.split()[0]) >= 16
    assert found_by("crossing-edges", mermaid(*(f"{one} --> {two}" for one, two in pairs[:4])), engine) == []


WORDY = """\
diagram:
  type: flow
  title: T
  nodes:
    a: Orders
    b: Stock
    c: Mail
  flows:
    - {from: a, to: b, label: sends}
    - {from: b, to: c, label: asks}
"""


def planted(*items: Item, height: float = 100, other_height: float = 100) -> Callable[..., Scene]:
    """Return a renderer that draws *items*, as high as *height* in the author's direction."""

    def draw(_diagram: Diagram, body: Graph, _space: object) -> Scene:
        high = height if body.direction == Direction.TB else other_height
        return Scene(list(items), spare=(Rect(0, 0, 300, high - 2 * MARGIN),))

    return draw


def box(key: str, rect: Rect, words: str) -> Item:
    return Item(Hook.NODE, [Box(rect, "ground"), Text(rect.centre[0], rect.centre[1] - 8, (words,))], key)


def line(*points: tuple[float, float]) -> Item:
    return Item(Hook.EDGE, [Line(list(points))], ends=("a", "b"))


TITLE = Item(Hook.TITLE, [Text(0, 0, ("Shop",))])
SAYS = Item(Hook.EDGE_LABEL, [Text(0, 0, ("asks",))], ends=("b", "c"))


BOXES = [box("a", Rect(-90, 0, 0, 40), "Orders"), box("c", Rect(50, 0, 150, 40), "Mail")]
THROUGH_NODE = 'The edge from "Orders" to "b" runs through the node "Mail"; write the nodes in the order of the flow,'
THROUGH_TEXT = 'The edge from "a" to "b" runs through the text "asks"; shorten the label, or write the nodes in'
THROUGH_TITLE = 'The edge from "a" to "b" strikes the title "Shop"; shorten the title, or write the nodes of the group'
PLANTED = {
    "fault-edge-through-node": ([line((0, 20), (200, 20)), *BOXES], (9, f"{THROUGH_NODE} or drop an edge.")),
    "fault-edge-through-text": ([line((-50, 8), (200, 8)), SAYS], (9, f"{THROUGH_TEXT} another order.")),
    "fault-edge-through-title": ([line((0, -10), (0, 50)), TITLE], (9, f"{THROUGH_TITLE} in another order.")),
    "fault-text-over-text": ([SAYS, TITLE], (10, 'The text "asks" covers the text "Shop"; shorten one of them.')),
    "fault-text-over-node": (
        [box("a", Rect(0, 0, 200, 60), "Orders"), SAYS],
        (10, 'The text "asks" lies over the node "Orders"; shorten the text.'),
    ),
}


@pytest.mark.parametrize("rule", PLANTED)
def test_faults_are_found_at_their_lines(rule, engine, monkeypatch):
    items, said = PLANTED[rule]
    monkeypatch.setattr("sphinx_diagram_ext.drawing.renderers.table.RENDERERS", {Graph: planted(*items)})
    assert found_by(rule, WORDY, engine) == [said]
    others = [name for name in RULES if name.startswith("fault-") and name != rule]
    assert lint([read(WORDY)], read_settings({"rules": others}), engine=engine) == []
    assert found_by(rule, f"{WORDY}  lint: {{ignore: [{rule}]}}\n", engine) == []
    monkeypatch.setattr("sphinx_diagram_ext.drawing.renderers.table.RENDERERS", {})
    assert found_by(rule, WORDY, engine) == []


def test_a_tall_picture_is_told_another_direction(engine, monkeypatch):
    text = WORDY.replace("title: T", "title: T\n  direction: TB")
    for other, said in (
        (300, [(3, "The picture is 950 CSS pixels tall; with 'direction: LR' it is 300 tall.")]),
        (960, []),
    ):
        renderers = {Graph: planted(height=950, other_height=other)}
        monkeypatch.setattr("sphinx_diagram_ext.drawing.renderers.table.RENDERERS", renderers)
        assert found_by("fault-tall", text, engine) == said
    monkeypatch.setattr(
        "sphinx_diagram_ext.drawing.renderers.table.RENDERERS", {Graph: planted(height=890, other_height=300)}
    )
    assert found_by("fault-tall", text, engine) == []


def test_every_rule_about_a_fault_has_its_kind():
    names = {f"fault-{kind.name}" for kind in KINDS.values()}
    assert {rule for rule in RULES if rule.startswith("fault-")} <= names
    assert {rule.id for rule in FAULT_RULES.values()} == {rule for rule in RULES if rule.startswith("fault-")}


def test_pictures_of_our_own_keep_to_the_column(engine):
    points = "".join(f"    p{load}: {{load: {load}000000, value: {load}}}\n" for load in range(1, 16))
    assert found_by("too-large", f"{CURVE}  points:\n{points}", engine) == []
    assert found_by("too-large", STATES, engine) == []


CURVE = "diagram:\n  type: curve\n  title: T\n  load: users\n  measure: ms\n"
STATES = "\n".join(
    [
        "diagram:",
        "  type: state",
        "  title: T",
        "  direction: LR",
        "  states:",
        *(f"    s{number}: A rather long name {number}" for number in range(7)),
        "  transitions:",
        *(f"    - {{from: s{number}, to: s{number + 1}}}" for number in range(6)),
        "",
    ]
)


def test_what_helps_a_wide_picture_depends_on_its_type(engine, monkeypatch):
    def draw(_diagram: Diagram, body: Chart | StateMachine, _space: object) -> Scene:
        narrow = isinstance(body, StateMachine) and body.direction == Direction.TB
        return Scene(spare=(Rect(0, 0, 400 if narrow else 1200, 100),))

    renderers = {Chart: draw, StateMachine: draw}
    monkeypatch.setattr("sphinx_diagram_ext.drawing.renderers.table.RENDERERS", renderers)
    points = "  points: {a: {load: 1, value: 1}, b: {load: 2, value: 2}}\n"
    wide = "The picture is 1216 CSS pixels wide, more than 1100;"
    assert found_by("too-large", CURVE + points, engine) == [(3, f"{wide} shorten the labels or show fewer of them.")]
    assert found_by("too-large", STATES, engine) == [(3, f"{wide} with 'direction: TB' it is 416 wide.")]


# -- settings --------------------------------------------------------------------------------


def test_settings():
    settings = read_settings(
        {
            "enable": ["reviewed-missing"],
            "ignore": ["naming"],
            "severity": {"summary-missing": "error"},
            "thresholds": {"max-nodes": 1},
            "per-file-ignores": {"data/some/*": ["too-large"]},
        }
    )
    names = [rule.id for rule in active_rules(settings)]
    assert "naming" not in names
    assert "reviewed-missing" in names
    bad = read(FLOW.replace("  summary: An order goes to the database.\n", ""))
    found = lint([bad], settings)
    assert [(str(item.code), item.severity) for item in found] == [
        ("lint-reviewed-missing", Severity.INFO),
        ("lint-summary-missing", Severity.ERROR),
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"ignor": []}, "found 'ignor', which is no key; .* Did you mean 'ignore'"),
        ({"ignore": ["to-large"]}, "found 'to-large', which is no rule; .* Did you mean 'too-large'"),
        ({"ignore": "naming"}, "wanted a list of names"),
        ({"severity": {"naming": "fatal"}}, "'fatal', which is no severity; wanted one of error, warning, info"),
        ({"thresholds": {"max-node": 1}}, "no threshold; .* Did you mean 'max_nodes'"),
        ({"thresholds": {"max-nodes": "many"}}, "wanted a whole number from 0 on"),
        ({"thresholds": []}, "wanted a table"),
        ({"schema": 1}, "wanted text"),
    ],
)
def test_settings_that_cannot_be_used(data, said):
    with pytest.raises(SettingsError, match=said):
        read_settings(data)


# -- edits -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"{FLOW}  reviewed: 2026-1-5\n", f"{FLOW}  reviewed: 2026-01-05\n"),
        (f"{FLOW}  reviewed: 2026/01/05  # by me\n", f"{FLOW}  reviewed: 2026-01-05  # by me\n"),
        (f'{FLOW}  reviewed: "05.01.2026"\n', f'{FLOW}  reviewed: "2026-01-05"\n'),
        (f"{FLOW}  reviewed: 2026-01-05T10:00:00\n", f"{FLOW}  reviewed: 2026-01-05\n"),
        (f"{FLOW}  reviewed: 1/2/2026\n", f"{FLOW}  reviewed: 1/2/2026\n"),
        (f"{FLOW}  reviewed: 2026-02-30\n", f"{FLOW}  reviewed: 2026-02-30\n"),
        (FLOW.replace("flow\n", "flow  \t\n"), FLOW),
        (FLOW.replace("\n", "\r\n").replace("flow\r", "flow \r"), FLOW.replace("\n", "\r\n")),
        (FLOW.rstrip("\n"), FLOW),
        (f"{FLOW}\n\n", FLOW),
        ("diagram: [", "diagram: ["),
        ("a: |\n  x  \n  y\nb: 'c \n  d'\n", "a: |\n  x  \n  y\nb: 'c \n  d'\n"),
    ],
    ids=range(12),
)
def test_edits(before, after):
    assert fixed(before, Path("data/a.yaml")) == after
    assert fixed(after, Path("data/a.yaml")) == after


def test_the_schema_comment(tmp_path):
    path, schema = tmp_path / "data" / "shop" / "a.yaml", tmp_path / "schema" / "diagram.schema.json"
    done = fixed(FLOW, path, schema)
    assert done == "# yaml-language-server: $schema=../../schema/diagram.schema.json\n" + FLOW
    assert fixed(done, path, schema) == done


def test_which_ids_pages_show(tmp_path):
    (tmp_path / "_build").mkdir()
    (tmp_path / "_build" / "copy.md").write_text("```{cdc-diagram} built\n```\n", encoding="utf-8")
    (tmp_path / "a.md").write_text(
        "```{cdc-diagram} one\n```\n\n<cdc-diagram\n  caption='x' ref=\"two\"/>\n\n{cdc:diagram}`not-this`\n"
        "```{cdc-diagram-index}\n```\n",
        encoding="utf-8",
    )
    (tmp_path / "b.rst").write_text(".. cdc-diagram:: three\n", encoding="utf-8")
    assert sorted(shown_ids(tmp_path)) == ["one", "three", "two"]


# -- the command -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "data" / "shop").mkdir(parents=True)
    (tmp_path / "data" / "shop" / "good.yaml").write_text(FLOW, encoding="utf-8")
    bad = FLOW.replace("Orders", "Service A").replace("  summary: An order goes to the database.\n", "")
    (tmp_path / "data" / "shop" / "bad.yaml").write_text(bad, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text(folder, capsys):
    assert main(["lint"]) == 0
    assert capsys.readouterr().out == (
        "data/shop/bad.yaml:3: warning: The diagram has no summary; say in a sentence what it shows."
        " [lint-summary-missing]\n"
        "data/shop/bad.yaml:5: warning: The text 'Service A' is a placeholder ('Service A'); say what it is."
        " [lint-placeholder-text]\n"
        "2 diagrams linted, 2 warnings.\n"
    )
    assert main(["lint", "--strict"]) == 1
    assert main(["lint", "--strict", "data/shop/good.yaml"]) == 0
    assert main(["lint", "--strict", "--ignore", "summary-missing", "--ignore", "placeholder-text"]) == 0


def test_one_rule_of_one_folder(folder, capsys):
    assert main(["lint", "data/shop", "--rule", "summary-missing", "--strict"]) == 1
    assert capsys.readouterr().out.count("\n") == 2


def test_json(folder, capsys):
    assert main(["lint", "--format", "json", "--rule", "summary-missing"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "version": 1,
        "checked": 2,
        "findings": [
            {
                "file": "data/shop/bad.yaml",
                "line": 3,
                "column": 0,
                "code": "lint-summary-missing",
                "severity": "warning",
                "diagram": "shop/bad",
                "message": "The diagram has no summary; say in a sentence what it shows.",
            }
        ],
    }


def test_github(folder, capsys):
    (folder / "data" / "shop" / "bad.yaml").rename(folder / "data" / "shop" / "100%,bad.yaml")
    assert main(["lint", "--format", "github", "--rule", "summary-missing"]) == 0
    assert capsys.readouterr().out == (
        "::warning file=data/shop/100%25%2Cbad.yaml,line=3,title=cdc lint-summary-missing"
        "::The diagram has no summary; say in a sentence what it shows.\n"
    )


def test_sarif(folder, capsys):
    (folder / "data" / "broken file.yaml").write_text("diagram: [\n", encoding="utf-8")
    assert main(["lint", "--format", "sarif"]) == 1
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [item["id"] for item in rules] == ["lint-placeholder-text", "lint-summary-missing", "yaml"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] > 0
        assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", place["artifactLocation"]["uri"])
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "data/broken%20file.yaml"


@pytest.mark.parametrize(
    ("urls", "uri"),
    [
        (["Source, https://example.org/code", "Documentation, https://example.org/docs/"], "https://example.org/docs"),
        ([], None),
    ],
)
def test_sarif_names_the_page_of_each_rule(folder, capsys, monkeypatch, urls, uri):
    package = Message()
    for url in urls:
        package["Project-URL"] = url
    monkeypatch.setattr("sphinx_diagram_ext.lint.rule_pages.metadata", lambda _name: package)
    assert main(["lint", "--format", "sarif", "--rule", "summary-missing"]) == 0
    (rule,) = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]["rules"]
    assert rule.get("helpUri") == (f"{uri}/reference/lint/summary-missing.html" if uri else None)


def test_every_rule_has_a_page(project):
    pages = {path.stem: path.read_text(encoding="utf-8") for path in (project / "docs/reference/lint").glob("*.md")}
    assert pages == {
        name: f"({rule.code})=\n# {name}\n\n```{{from-code}} lint-rule {name}\n```\n" for name, rule in RULES.items()
    }


def test_a_file_that_cannot_be_read_is_an_error(folder, capsys):
    (folder / "data" / "broken.yaml").write_text("diagram:\n  type: flwo\n", encoding="utf-8")
    assert main(["lint", "--rule", "naming"]) == 1
    assert "data/broken.yaml:2:9: error: There is no diagram type 'flwo'" in capsys.readouterr().out


def test_settings_of_the_project(folder, capsys):
    settings = '[tool.cdc-diagram.lint]\nignore = ["placeholder-text"]\nseverity = {summary-missing = "error"}\n'
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert main(["lint"]) == 1
    assert "2 diagrams linted, 1 error.\n" in capsys.readouterr().out
    (folder / "pyproject.toml").write_text('[tool.cdc-diagram.lint]\nignore = ["nmaing"]\n', encoding="utf-8")
    assert main(["lint"]) == 2
    assert "Did you mean 'naming'?" in capsys.readouterr().err


def test_the_plan_of_the_project(folder, capsys):
    diagram = FLOW.replace("summary:", "category: bils\n  summary:").replace("Orders", "Carts")
    (folder / "data" / "shop" / "bad.yaml").write_text(diagram, encoding="utf-8")
    plan = folder / "data" / "plan.yaml"
    plan.write_text("plan: {categories: {bills: }}\n", encoding="utf-8")
    assert main(["lint"]) == 0
    assert capsys.readouterr().out == "2 diagrams linted, nothing to fix.\n"
    (folder / "pyproject.toml").write_text('[tool.cdc-diagram]\nplan = "data/plan.yaml"\n', encoding="utf-8")
    assert main(["lint"]) == 0
    assert capsys.readouterr().out == (
        "data/shop/bad.yaml:4: warning: There is no category 'bils'; one of bills. Did you mean 'bills'?"
        " [lint-category-unknown]\n2 diagrams linted, 1 warning.\n"
    )
    plan.write_text("plan:\n  categories: {bills: {count: 0}}\n", encoding="utf-8")
    assert main(["lint", "data/shop"]) == 1
    assert capsys.readouterr().out.startswith("data/plan.yaml:2:31: error: Found '0'")
    plan.unlink()
    assert main(["lint"]) == 1
    assert capsys.readouterr().out.startswith("data/plan.yaml: error: The plan does not exist;")


def test_a_plan_is_neither_linted_nor_fixed(folder, capsys):
    plan = folder / "data" / "plan.yaml"
    plan.write_text("plan: {categories: {bills: }}  \n", encoding="utf-8")
    (folder / "schema").mkdir()
    (folder / "schema" / "diagram.schema.json").write_text("{}", encoding="utf-8")
    assert main(["lint", "--fix", "data", "--rule", "naming"]) == 0
    assert capsys.readouterr().out == "2 diagrams linted, nothing to fix.\n"
    assert plan.read_text(encoding="utf-8") == "plan: {categories: {bills: }}  \n"


def test_diagrams_that_no_page_shows(folder, capsys):
    (folder / "docs").mkdir()
    (folder / "docs" / "a.md").write_text("```{cdc-diagram} shop/good\n```\n", encoding="utf-8")
    assert main(["lint", "--docs", "docs", "--rule", "shown-nowhere", "--strict"]) == 1
    assert "bad.yaml:3: warning: No page shows the diagram 'shop/bad'" in capsys.readouterr().out
    assert main(["lint", "--docs", "nowhere"]) == 2
    assert main(["lint", "--rule", "shown-nowhere"]) == 2


def test_fix(folder, capsys):
    path = folder / "data" / "shop" / "good.yaml"
    path.write_text(f"{FLOW}  reviewed: 2026-1-5 \n", encoding="utf-8")
    (folder / "schema").mkdir()
    (folder / "schema" / "diagram.schema.json").write_text("{}", encoding="utf-8")
    before = path.read_bytes()
    assert main(["lint", "--fix", "--dry-run", str(path)]) == 0
    assert "-  reviewed: 2026-1-5 \n+  reviewed: 2026-01-05\n" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert main(["lint", "--fix", str(path)]) == 0
    modeline = "# yaml-language-server: $schema=../../schema/diagram.schema.json\n"
    assert path.read_text(encoding="utf-8") == f"{modeline}{FLOW}  reviewed: 2026-01-05\n"
    capsys.readouterr()
    assert main(["lint", "--fix", "--dry-run", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_wrong_usage(folder, capsys):
    assert main(["lint", "--dry-run"]) == 2
    assert main(["lint", "--rule", "nameing"]) == 2
    assert "Did you mean 'naming'?" in capsys.readouterr().err
    assert main(["lint", "nowhere"]) == 2


def test_the_list_of_rules(capsys):
    assert main(["lint", "--list-rules"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(RULES)


def test_the_data_of_this_project_has_no_errors(project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    assert main(["lint"]) == 0, capsys.readouterr().out
