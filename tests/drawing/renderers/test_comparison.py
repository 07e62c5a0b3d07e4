"""Pictures of comparisons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import GOOD, good, problems_of, read
from scene_checks import LONG, WIDTHS, WORD, faults, rows, scene_of, unsaid, work

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.renderers import NARROW, WIDE
from sphinx_diagram_ext.drawing.scene import Hook, Text
from sphinx_diagram_ext.model import reading_order
from sphinx_diagram_ext.plaintext import draw_text, text_list
from sphinx_diagram_ext.scaffold import find_templates
from sphinx_diagram_ext.types.comparison import aligned

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Scene
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

ROOT = Path(__file__).parents[3]

TABLE = """\
diagram:
  type: comparison
  title: T
  sides:
    eventual:
      name: Eventually consistent
      tone: blue
      nodes:
        promise: {name: May miss the newest write, tone: caution, details: [a read soon after has it]}
        cost: {name: "$0.0625 per million reads"}
    strong:
      name: Strongly consistent
      tone: purple
      nodes:
        promise: {name: Sees every acknowledged write, tone: healthy}
        cost: {name: "$0.125 per million reads", details: [1 unit up to 4 KB]}
"""

HOSTILE = f"""\
diagram:
  type: comparison
  title: T
  sides:
    one:
      name: {LONG}
      tone: problem
      nodes:
        a: {{name: {LONG}, details: [{WORD}, {LONG}], tone: caution, role: database}}
        b: {{name: {WORD}}}
        c: C
        d: D
      flows:
        - {{from: a, to: b, label: {LONG}}}
        - {{from: b, to: a, label: back}}
        - {{from: a, to: d, label: skip}}
        - {{from: d, to: b}}
        - {{from: c, to: c, label: self}}
    two:
      name: {WORD}
      nodes: {{a: A, x: X, y: Y, d: {{role: queue}}}}
      flows: [{{from: a, to: x}}, {{from: x, to: a, label: no}}, {{from: a, to: y, style: dashed}}]
    three: {{nodes: {{q: Q, d: שלום עולם 🎉}}}}
  flows:
    - {{from: one.a, to: two.a, label: same row}}
    - {{from: x, to: one.d, label: down}}
    - {{from: one.a, to: q, label: far}}
    - {{from: two.d, to: three.d}}
    - {{from: two.a, to: three.d, style: plain}}
"""


def every() -> dict[str, Diagram]:
    catalog = Catalog([ROOT / "data", ROOT / "docs" / "examples"])
    found = {id_: catalog.get(id_) for id_ in catalog.ids}
    found |= {f"template {name}": one.diagram() for name, one in find_templates().items()}
    found |= {"good": good("comparison"), "table": read(TABLE), "hostile": read(HOSTILE)}
    return {name: diagram for name, diagram in found.items() if diagram.type == "comparison"}


EVERY = every()


def rects(scene: Scene) -> dict[str, Rect]:
    return {node.key: node.parts[0].rect for node in scene.of(Hook.NODE)}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(EVERY))
def test_a_comparison_has_no_faults_and_says_everything(name: str, width: float, engine: Engine) -> None:
    diagram = EVERY[name]
    scene = scene_of(diagram, width, engine)
    assert faults(scene, width) == []
    assert unsaid(diagram, scene, but=2 if diagram.summary else 1) == []
    assert [node.key for node in scene.of(Hook.NODE)] == reading_order(diagram)


def test_cells_of_a_row_are_level_and_those_of_a_side_below_each_other(engine: Engine) -> None:
    scene = scene_of(TABLE, WIDE, engine)
    found = rects(scene)
    for key in ("promise", "cost"):
        left, right = found[f"eventual.{key}"], found[f"strong.{key}"]
        assert (left.top, left.bottom, left.width) == (right.top, right.bottom, right.width)
        assert left.right < right.left
    assert found["eventual.promise"].bottom < found["eventual.cost"].top
    names = [text for node in scene.of(Hook.NODE) for text in node.texts[:1]]
    assert len({text.baseline for text in names}) == 2
    assert len({text.rect.left for text in names if "reads" in text.rows[0]}) == 2


def test_sides_that_do_not_fit_a_phone_are_below_each_other_row_by_row(engine: Engine) -> None:
    scene = scene_of(TABLE.replace("Strongly consistent", "Linearisability"), NARROW, engine)
    found = rects(scene)
    tops = [found[f"{side}.{key}"].top for key in ("promise", "cost") for side in ("eventual", "strong")]
    assert tops == sorted(set(tops))
    assert rows(scene).count("Linearisability") == 2


def test_two_sides_whose_words_fit_stay_beside_each_other_on_a_phone(engine: Engine) -> None:
    found = rects(scene_of(good("comparison"), NARROW, engine))
    assert found["before.db"].top == found["after.db"].top


def test_sides_with_flows_that_do_not_fit_are_below_each_other_as_a_whole(engine: Engine) -> None:
    scene = scene_of(GOOD["comparison"].replace("Nightly batch", WORD), NARROW, engine)
    found = rects(scene)
    order = [found[key].top for key in ("before.db", "job", "after.db", "stream")]
    assert order == sorted(set(order))
    assert "→ Db (After): becomes" in rows(scene)


def test_a_name_that_all_cells_of_a_row_have_is_written_once_before_them(engine: Engine) -> None:
    cells = "{lag: {name: Lag, details: [%s]}, verdict: {name: %s}}"
    sides = "".join(f"    s{n}: {{nodes: {cells % (f'{n} ms', f'Verdict {n}')}}}\n" for n in range(3))
    scene = scene_of(f"diagram:\n  type: comparison\n  title: T\n  sides:\n{sides}", WIDE, engine)
    assert rows(scene).count("Lag") == 1
    assert [rows(scene).count(f"{n} ms") for n in range(3)] == [1, 1, 1]
    label = next(text for item in scene.items for text in item.texts if text.rows == ("Lag",))
    cell = next(text for item in scene.items for text in item.texts if text.rows == ("0 ms",))
    assert label.baseline == cell.baseline
    assert label.rect.right < min(rect.left for rect in rects(scene).values())


def test_a_tone_is_a_tint_and_a_mark(engine: Engine) -> None:
    scene = scene_of(TABLE, WIDE, engine)
    marked = {node.key: [type(part).__name__ for part in node.parts].count("Path") for node in scene.of(Hook.NODE)}
    assert marked == {"eventual.promise": 1, "eventual.cost": 0, "strong.promise": 1, "strong.cost": 0}


def test_plain_lines_from_row_to_row_are_not_drawn_and_flows_are(engine: Engine) -> None:
    flows = "      flows: [{from: promise, to: cost, style: plain}]\n"
    table = TABLE.replace("    strong:\n", f"{flows}    strong:\n")
    assert scene_of(table, WIDE, engine).of(Hook.EDGE) == []
    edges = scene_of(table.replace("style: plain", "label: costs"), WIDE, engine).of(Hook.EDGE)
    assert [edge.ends for edge in edges] == [("eventual.promise", "eventual.cost")]


def test_the_label_of_a_flow_is_beside_its_arrow(engine: Engine) -> None:
    scene = scene_of(GOOD["comparison"], WIDE, engine)
    (arrow,) = (item for item in scene.of(Hook.EDGE) if item.ends == ("before.db", "job"))
    (label,) = (item for item in scene.of(Hook.EDGE_LABEL) if item.ends == ("before.db", "job"))
    text = label.parts[0]
    assert isinstance(text, Text)
    assert text.rows == ("dump",)
    assert arrow.rect.right + 4 < text.rect.left < arrow.rect.right + 16
    assert arrow.rect.top < text.rect.top < text.rect.bottom < arrow.rect.bottom


def test_what_only_one_side_has_is_in_a_row_of_its_own_or_beside_what_another_has_there() -> None:
    rows = aligned({"old": ["api", "db", "end"], "new": ["api", "service", "db", "rest"], "third": ["db", "api"]})
    assert rows == [
        {"old": "api", "new": "api", "third": "api"},
        {"new": "service"},
        {"old": "db", "new": "db", "third": "db"},
        {"old": "end", "new": "rest"},
    ]


TITLED = TABLE.replace("  sides:", "  rows: {cost: Price}\n  sides:")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_title_of_a_row_is_before_its_cells(width: float, engine: Engine) -> None:
    scene = scene_of(TITLED, width, engine)
    (title,) = (text for item in scene.items for text in item.texts if text.rows == ("Price",))
    found = rects(scene)
    cells = [found[f"{side}.cost"] for side in ("eventual", "strong")]
    assert faults(scene, width) == []
    assert title.rect.top > found["strong.promise"].bottom - 1
    assert all(title.rect.right < cell.left or title.rect.bottom < cell.top for cell in cells)


def test_the_title_of_a_row_is_in_the_text_and_names_a_node(engine: Engine) -> None:
    listed = text_list(read(TITLED))
    assert "- Price\n  - Eventually consistent: $0.0625 per mill" in listed
    assert "  - Strongly consistent: $0.125 per million reads. 1 unit up to 4 KB\n" in listed
    assert draw_text(read(TITLED), engine, 100) is None
    (problem,) = problems_of(TITLED.replace("cost: Price", "costs: Price"))
    assert (problem.line, problem.message) == (4, "No side has a node 'costs'. Did you mean 'cost'?")


def test_a_row_with_a_title_holds_nothing_else() -> None:
    assert aligned({"one": ["a", "b"], "two": ["x", "y"]}, {"a"}) == [
        {"one": "a"},
        {"one": "b", "two": "x"},
        {"two": "y"},
    ]


@given(st.dictionaries(st.text("xyz", min_size=1, max_size=2), st.lists(st.sampled_from("abcdef"), unique=True)))
def test_rows_hold_each_key_of_each_side_once(sides: dict[str, list[str]]) -> None:
    rows = aligned(sides)
    for side, keys in sides.items():
        assert sorted(row[side] for row in rows if side in row) == sorted(keys)
    for key in "abcdef":
        assert sum(key in row.values() for row in rows) == any(key in keys for keys in sides.values())


WORDS = st.text("abc Жщ x-", min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_words_and_flows_are_drawn_without_faults(engine: Engine, data: st.DataObject) -> None:
    sides = data.draw(st.integers(2, 5))
    keys = {f"s{n}": data.draw(st.lists(st.sampled_from("abcde"), min_size=1, unique=True)) for n in range(sides)}
    tones = st.sampled_from(["neutral", "problem", "caution", "healthy", "blue"])
    names = [(side, key) for side, own in keys.items() for key in own]
    lines = ["diagram:", "  type: comparison", "  title: T", "  sides:"]
    for side, own in keys.items():
        lines += [f"    {side}:", f"      tone: {data.draw(tones)}", "      nodes:"]
        lines += [f'        {key}: {{name: "{data.draw(WORDS)}", tone: {data.draw(tones)}}}' for key in own]
    lines.append("  flows:")
    for one, other in data.draw(st.lists(st.tuples(st.sampled_from(names), st.sampled_from(names)), max_size=6)):
        label = data.draw(st.none() | WORDS)
        said = f', label: "{label}"' if label else ""
        lines.append(f"    - {{from: {'.'.join(one)}, to: {'.'.join(other)}{said}}}")
    diagram = read("\n".join(lines) + "\n")
    for width in WIDTHS:
        scene = scene_of(diagram, width, engine)
        assert faults(scene, width) == []
        assert unsaid(diagram, scene, but=1) == []


def test_many_rows_take_work_in_proportion(engine: Engine) -> None:
    def table(count: int) -> Diagram:
        nodes = ", ".join(f"k{n}: {{details: [x]}}" for n in range(count))
        flows = ", ".join(f"{{from: k{n}, to: k{n + 1}, label: to {n}}}" for n in range(count - 1))
        side = f"{{nodes: {{{nodes}}}, flows: [{flows}]}}"
        return read(f"diagram:\n  type: comparison\n  title: T\n  sides:\n    a: {side}\n    b: {side}\n")

    few, many = table(20), table(160)
    for width in WIDTHS:
        assert work(many, width, engine) < 10 * work(few, width, engine)
