"""Engines: what they find, where they say an error is, and which of them is taken."""

from __future__ import annotations

import contextlib
import textwrap
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from drawn import svg_of
from samples import GOOD, good, missing, read, shown, squeezed

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import ENGINES, EngineError, EngineUnavailableError, select_engine
from sphinx_diagram_ext.engine.browser import ClientEngine, for_browser
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.engine.mmdr import configured
from sphinx_diagram_ext.errors import Code, ProblemsError
from sphinx_diagram_ext.mermaid import emit
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.palette import LIGHT
from sphinx_diagram_ext.plaintext import text_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.engine import Engine

Nodes = list[tuple[str, str]]
Edges = list[tuple[str, str, str]]

FAMILIES: dict[str, tuple[str, Nodes, Edges]] = {
    "flowchart": (
        "flowchart LR\n  a[One] -->|go| b[Two]\n  subgraph g\n    c\n  end\n  b --> c\n",
        [("a", "One"), ("b", "Two"), ("c", "c")],
        [("a", "b", "go"), ("b", "c", "")],
    ),
    "flowchart-elk": ("flowchart-elk LR\n  a[One] --> b\n", [("a", "One"), ("b", "b")], [("a", "b", "")]),
    "sequence": (
        "sequenceDiagram\n  participant a as One\n  a->>b: hi\n  activate b\n  loop x\n    b-->>a: yo\n  end\n",
        [("a", "One"), ("b", "b")],
        [("a", "b", "hi"), ("b", "a", "yo")],
    ),
    "sequence with notes": (
        "sequenceDiagram\n  a->>b: hi\n  Note over a,b: remark\n  Note right of a: other\n",
        [("a", "a"), ("b", "b")],
        [("a", "b", "hi")],
    ),
    "state": (
        'stateDiagram-v2\n  [*] --> a\n  a --> b: go\n  state "Long name" as c\n  b --> c\n  c --> [*]\n',
        [("a", "a"), ("b", "b"), ("c", "Long name")],
        [("a", "b", "go"), ("b", "c", "")],
    ),
    "state with a note": (
        "stateDiagram-v2\n  a --> b: go\n  note right of a : remark\n",
        [("a", "a"), ("b", "b")],
        [("a", "b", "go")],
    ),
    "state with parallel parts": (
        "stateDiagram-v2\n  state A {\n    x --> y\n    --\n    p --> q\n  }\n",
        [("A", "A"), ("x", "x"), ("y", "y"), ("p", "p"), ("q", "q")],
        [("x", "y", ""), ("p", "q", "")],
    ),
    "class": (
        'classDiagram\n  class a["Bee"] {\n    +int x\n  }\n  a <|-- b : is\n  note for a "remark"\n',
        [("a", "Bee"), ("b", "b")],
        [("a", "b", "is")],
    ),
    "er": ("erDiagram\n  a ||--o{ b : has\n", [("a", "a"), ("b", "b")], [("a", "b", "has")]),
    "timeline": ("timeline\n  2001 : one : two\n  2002 : three\n", [("e1", "2001 one two"), ("e2", "2002 three")], []),
    "mindmap": (
        "mindmap\n  root((Root))\n    a\n    b\n",
        [("root", "Root"), ("a", "a"), ("b", "b")],
        [("root", "a", ""), ("root", "b", "")],
    ),
    "block": (
        'block-beta\n  a["One"] space\n  block:g\n    b["Two"]\n  end\n  a --> b\n',
        [("a", "One"), ("b", "Two")],
        [("a", "b", "")],
    ),
    "c4": (
        'C4Context\n  Person(a, "One")\n  System(b, "Two")\n  Rel(a, b, "uses")\n',
        [("a", "One"), ("b", "Two")],
        [("a", "b", "uses")],
    ),
    "architecture": (
        "architecture-beta\n  service a(server)[One]\n  service b(database)[Two]\n  a:R --> L:b\n",
        [("a", "One"), ("b", "Two")],
        [("a", "b", "")],
    ),
    "sankey": ("sankey-beta\n\na,b,10\n", [("a", "a"), ("b", "b")], [("a", "b", "10")]),
    "gantt": (
        "gantt\n  dateFormat YYYY-MM-DD\n  section s\n  One :a, 2026-01-01, 3d\n  Two :b, after a, 2d\n",
        [("a", "One"), ("b", "Two")],
        [],
    ),
    "journey": (
        "journey\n  title T\n  section s\n    One: 5: Me\n    Two: 3: Me\n",
        [("t1", "One"), ("t2", "Two")],
        [],
    ),
    "requirement": (
        (
            "requirementDiagram\n  requirement a {\n    id: 1\n    text: x\n    risk: high\n"
            "    verifymethod: test\n  }\n"
            "  element b {\n    type: sim\n  }\n  b - satisfies -> a\n"
        ),
        [("a", "a"), ("b", "b")],
        [("b", "a", "satisfies")],
    ),
    "kanban": ("kanban\n  todo[Todo]\n    a[One]\n    b[Two]\n", [("a", "One"), ("b", "Two")], []),
    "git": (
        'gitGraph\n  commit id: "a"\n  branch dev\n  commit id: "b"\n',
        [("a", "a"), ("b", "b")],
        [("a", "b", "")],
    ),
    "pie": ('pie\n  "One" : 1\n  "Two" : 2\n', [("s1", "One"), ("s2", "Two")], []),
    "quadrant": (
        "quadrantChart\n  title T\n  One: [0.1, 0.2]\n  Two: [0.3, 0.4]\n",
        [("p1", "One"), ("p2", "Two")],
        [],
    ),
    "xychart": ("xychart-beta\n  x-axis [a, b]\n  bar [1, 2]\n", [], []),
    "packet": ('packet-beta\n0-7: "x"\n', [], []),
}


@pytest.mark.parametrize("name", FAMILIES)
def test_nodes_and_edges_of_a_family(name: str, engine: Engine) -> None:
    source, nodes, edges = FAMILIES[name]
    found = engine.parse(source)
    assert found.family
    assert list(found.nodes) == nodes
    assert list(found.edges) == edges


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_is_drawn_with_its_labels(name: str, engine: Engine) -> None:
    source, nodes, _ = FAMILIES[name]
    text = "diagram:\n  type: mermaid\n  title: T\n  source: |\n" + textwrap.indent(source, "    ")
    diagram = read(text)
    svg = svg_of(diagram, pipeline.check(diagram, engine), engine)
    words = {word for _, label in nodes for word in label.split()}
    assert [word for word in words if squeezed(word) not in shown(svg)] == []


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("flowchart LR\n  a[x --> b\n  b --> c\n  c --> d\n  d --> e\n", 2),
        ("flowchart LR\n  a --> b\n  b[Call (x)] --> c\n  c --> d\n  d --> e\n", 3),
        ("flowchart LR\n  a --> b\n  b --> c\n  c -->\n", 4),
        ("flowchart LR\n  a --> end\n  b --> c\n", 2),
        ('flowchart LR\n  a["x "y" z"] --> b\n  b --> c\n', 2),
        ("flowchart LR\n  a[x --> b\n  b --> c\n  c[y --> d\n  d --> e\n", 2),
        ("flowchart LR\r\n  a --> b\r\n  b[Call (x)] --> c\r\n", 3),
        ("---\ntitle: x\n---\nflowchart LR\n  a[Call (x)]\n", 5),
        ("sequenceDiagram\n  a->>b: hi\n  a=>b: what\n  b-->>a: yo\n", 3),
        ("\n\nsequenceDiagram\n\n  a->>b: hi\n\n  a=>b: what\n", 7),
        ("sequenceDiagram\n  a->>b: hi\n  end\n  b-->>a: yo\n", 3),
        ("timeline\n  title T\n  22:52 : x\n  section A\n  2001 : y\n", 3),
        ("stateDiagram-v2\n  a --> b\n  b ->\n  c --> d\n", 3),
        ("erDiagram\n  a ||--o{ b : x\n  a ||--z b : x\n", 3),
        ('pie\n  "a" : x\n  "b" : 2\n', 2),
        ("gantt\n  dateFormat YYYY-MM-DD\n  section s\n  x :a, foo bar baz, zz\n", 4),
        ("nonsense\n  a --> b\n", 1),
    ],
)
def test_the_line_of_an_error(source: str, line: int, engine: Engine) -> None:
    with pytest.raises(EngineError) as caught:
        engine.parse(source)
    assert (caught.value.line, bool(caught.value.message)) == (line, True)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize("source", ["", "\n", " ", "%% only a comment\n", "---\n", "\0", "flowchart"])
def test_a_source_that_is_nothing_is_an_engine_error_or_empty(source: str, engine: Engine) -> None:
    found: object = ()
    with contextlib.suppress(EngineError):
        found = engine.parse(source).nodes
    assert found == ()


def test_an_error_in_a_file_stands_on_the_line_of_the_file(engine: Engine) -> None:
    text = "diagram:\n  type: mermaid\n  title: T\n  source: |\n    flowchart LR\n      a --> b\n      b[Call (x)]\n"
    with pytest.raises(ProblemsError) as caught:
        pipeline.inspect(read(text), engine)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.code) == ("file.yaml", 7, Code.MERMAID)
    assert problem.message.startswith("The Mermaid source does not parse: ")


def test_every_error_of_a_source_is_a_problem_of_its_own(engine: Engine) -> None:
    text = (
        "diagram:\n  type: mermaid\n  title: T\n  source: |\n    flowchart LR\n      a[x (y)] --> b\n\n      b -> c\n"
    )
    with pytest.raises(ProblemsError) as caught:
        pipeline.inspect(read(text), engine)
    assert [problem.line for problem in caught.value.problems] == [6, 8]
    assert caught.value.problems[0].message.endswith('brackets in a label need quotes; write a["x (y)"].')


def test_an_explanation_of_an_unknown_node_of_mermaid(engine: Engine) -> None:
    with pytest.raises(ProblemsError) as caught:
        pipeline.inspect(read(GOOD["mermaid"].replace("b: The end", "bb: The end")), engine)
    (problem,) = caught.value.problems
    assert (problem.line, problem.code) == (8, Code.UNKNOWN_NODE)
    assert "Did you mean 'b'?" in problem.message


def test_nodes_of_mermaid_get_their_explanations(engine: Engine) -> None:
    diagram = pipeline.inspect(good("mermaid"), engine)
    assert [(node.key, node.label.text, node.explain and node.explain.text) for node in diagram.nodes] == [
        ("a", "First", None),
        ("b", "Second", "The end."),
    ]
    assert [(edge.source, edge.target, edge.label and edge.label.text) for edge in diagram.edges] == [
        ("a", "b", "then")
    ]


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_the_same_twice(name: str, engine: Engine) -> None:
    diagram = good(name)
    source = pipeline.check(diagram, engine)
    fresh = select_engine().engine
    drawn = {svg_of(diagram, source, one) for one in (engine, engine, fresh)}
    assert len(drawn) == 1
    assert pipeline.drawing(engine) == pipeline.drawing(fresh)


def test_the_text_of_one_drawing_does_not_leak_into_the_next(engine: Engine) -> None:
    plain = good("mermaid")
    before = svg_of(plain, emit(plain), engine)
    svg_of(good("sequence"), emit(good("sequence")), engine)
    assert svg_of(plain, emit(plain), engine) == before


def test_a_drawing_in_characters(engine: Engine) -> None:
    drawn = engine.draw_text("flowchart LR\n  a[Warehouse] --> b[Shop]\n", 80)
    assert drawn is not None
    assert "Warehouse" in drawn
    assert engine.draw_text("nonsense", 80) is None


def test_a_list_takes_the_place_of_a_drawing() -> None:
    lines = text_list(good("flow")).splitlines()
    assert lines[:4] == ["Pipeline", "", "- Inside (healthy)", "  - Change log (queue)"]
    assert "    - → Warehouse: rows" in lines


class Fake:
    """An engine in name only."""

    version = "1"
    draws = checks = True

    def __init__(self, name: str) -> None:
        self.name = name


def factories(*working: str) -> dict[str, Callable[[], Fake]]:
    def make(name: str) -> Callable[[], Fake]:
        def factory() -> Fake:
            if name not in working:
                message = f"{name} is not here"
                raise EngineUnavailableError(message)
            return Fake(name)

        return factory

    return {name: make(name) for name in ENGINES}


@pytest.mark.parametrize(
    ("working", "taken", "parts"),
    [
        (("merman", "mmdr", "client"), "merman", []),
        (("mmdr", "client"), "mmdr", ["using mmdr, because merman is not here."]),
        (("client",), "client", ["in the reader's browser, because merman is not here; mmdr is not here."]),
    ],
)
def test_the_first_engine_that_works_is_taken(working: tuple[str, ...], taken: str, parts: list[str]) -> None:
    choice = select_engine("auto", factories(*working))  # type: ignore[arg-type]
    assert choice.engine.name == taken
    assert bool(choice.message) == bool(parts)
    assert all(part in choice.message for part in parts)
    assert choice.message.count("\n") == 0


def test_no_engine_at_all_is_an_error_that_says_why() -> None:
    with pytest.raises(EngineUnavailableError, match="merman is not here; mmdr is not here; client is not here"):
        select_engine("auto", factories())  # type: ignore[arg-type]


def test_an_engine_asked_for_by_name_has_no_stand_in() -> None:
    with pytest.raises(EngineUnavailableError, match="mmdr is not here"):
        select_engine("mmdr", factories("merman"))  # type: ignore[arg-type]
    assert select_engine("mmdr", factories("merman", "mmdr")).engine.name == "mmdr"  # type: ignore[arg-type]


def test_an_unknown_engine_is_unavailable() -> None:
    with pytest.raises(EngineUnavailableError, match="nope"):
        select_engine("nope")


def test_the_order_of_engines() -> None:
    assert list(ENGINES) == ["merman", "mmdr", "client"]
    assert isinstance(select_engine("merman").engine, MermanEngine)


def test_the_browser_as_an_engine_neither_checks_nor_draws() -> None:
    engine = ClientEngine()
    assert (engine.draws, engine.checks) == (False, False)
    assert engine.parse("nonsense").nodes == ()
    assert engine.draw_text("x", 80) is None
    with pytest.raises(EngineError):
        engine.draw(emit(good("flow")))


def test_mmdr_checks_and_draws() -> None:
    engine = select_engine("mmdr").engine
    diagram = good("flow")
    svg = svg_of(diagram, pipeline.check(diagram, engine), engine)
    assert missing(["Warehouse", "rows"], shown(svg)) == []
    # The style sheet of this engine speaks of its own id; colours and nodes are found all the same.
    assert LIGHT[Tone.NEUTRAL].fill in svg
    assert svg.count('class="cdc-node"') == len(diagram.nodes)
    assert 'text-anchor="middle"' in svg
    with pytest.raises(EngineError):
        engine.parse("nonsense\n")


@pytest.mark.parametrize("name", ["merman", "mmdr"])
def test_entity_codes_are_read_once(name: str) -> None:
    engine = select_engine(name).engine
    source = 'flowchart LR\n      a["M#58; #quot;t#quot; #38;amp; 1 #lt; 2"]\n'
    diagram = read(f"diagram:\n  type: mermaid\n  title: T\n  source: |\n    {source}")
    drawn = svg_of(diagram, pipeline.check(diagram, engine), engine)
    rows = ET.fromstring(drawn).find(".//{*}text").itertext()  # type: ignore[union-attr]
    assert " ".join(rows) == 'M: "t" &amp; 1 < 2'


def test_settings_in_the_source_keep_those_of_the_site() -> None:
    source = configured(emit(good("architecture")))
    fence, config, end, rest = source.split("\n", 3)
    assert (fence, end) == ("---", "---")
    assert config.startswith("config: {")
    assert '"subGraphTitleMargin"' in config
    assert '"nodeSpacing"' in config
    assert rest == emit(good("architecture")).text


def test_a_browser_gets_timelines_that_older_mermaid_reads():
    assert for_browser("timeline TD\n  section TD\n    timeline TD : x\n").splitlines() == [
        "timeline",
        "  section TD",
        "    timeline TD : x",
    ]
    assert for_browser("flowchart TD\n  a --> b\n") == "flowchart TD\n  a --> b\n"
