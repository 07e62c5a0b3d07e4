"""Whatever an author writes, the Mermaid parses and the picture says exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from drawn import svg_of
from hypothesis import given
from hypothesis import strategies as st
from samples import FIELDS, KEYS, WORDS, diagram_of, good, missing, shown

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.mermaid import emit
from sphinx_diagram_ext.mermaid.escape import escape
from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.model import (
    Comparison,
    Diagram,
    Edge,
    Event,
    Exchange,
    Graph,
    Group,
    Message,
    Node,
    Note,
    Period,
    Role,
    Sequence,
    Timeline,
    Tone,
    messages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Body

NASTY = [
    "\"quoted\" 'twice'",
    '"',
    "[a] (b) {c} <d>",
    "]",
    "#",
    "#35;",
    "#quot;",
    ";",
    "a;b",
    ":",
    "22:52 : x",
    "a::b:::c",
    "@",
    "@{ shape: circle }",
    "`code`",
    "`",
    "%%",
    "%% comment",
    "%%{init: {}}%%",
    "%%{init: {'theme': 'dark'}}%%",
    "---",
    "-->",
    "--x",
    "->>",
    "==>",
    "~~~",
    "<br/>",
    "end",
    "END",
    "the end",
    "end note",
    "and",
    "else",
    "option",
    "critical",
    "break",
    "rect rgb(0, 0, 0)",
    "title",
    "section",
    "title x",
    "section x",
    "accTitle: x",
    "accDescr: x",
    "accDescr { x }",
    "participant x",
    "autonumber",
    "subgraph",
    "default",
    "graph TD",
    "click a call b()",
    "one\ntwo",
    "one\n\nthree",
    "\U0001f600 \U0001f469\u200d\U0001f4bb",
    "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "\u202eabc",
    "\u200b",
    "\ufeff",
    "\u0301",
    "\u4f60\u597d",
    "<script>alert(1)</script>",
    "&quot;",
    "&amp;lt;",
    "&",
    "&#35;",
    "]]>",
    "<!--",
    "-->",
    "|",
    "||",
    "\\",
    "\\n",
    "a\\",
    "$$x$$",
    "$$",
    "1. x",
    "1) x",
    "12.",
    "- x",
    "-",
    "+ x",
    "* x",
    "**x**",
    "_x_",
    "__x__",
    "~~x~~",
    "# x",
    "> x",
    "fa:fa-x",
    "fa:fa-car Car",
    "wrap: x",
    "nowrap:x",
    "loop",
    "{{a}}",
    "{",
    "}",
    "x" * 300,
    "word " * 60,
    "/a/very/long/path/that/never/ends/and/has/no/white/space.txt",
    "\U000f0000",
    "\U000f0001 \U000f0002",
    "=",
    "a = b",
    "as x",
    "<<interface>>",
    "^",
    "\u00a0x\u00a0",
    "javascript:alert(1)",
    "0",
    "null",
]


def check_and_draw(diagram: Diagram, engine: Engine) -> str:
    source = pipeline.check(diagram, engine)
    engine.parse(source.skeleton)
    svg = svg_of(diagram, source, engine)
    assert not [
        part for part in ET.fromstring(svg).iter() if part.tag.rsplit("}", 1)[-1] in ("script", "foreignObject")
    ]
    return svg


def body_texts(diagram: Diagram) -> list[str]:
    skipped = 2 if diagram.summary else 1
    texts = [message.text for message in list(messages(diagram))[skipped:]]
    if isinstance(diagram.body, Comparison):
        # A name that every side has in a row is said once, before the row.
        labels = {node.key: node.label.text for node in diagram.nodes}
        for row in diagram.body.rows:
            first, *others = (labels[key] for key in row.cells if key)
            if len(others) + 1 == len(diagram.body.sides) and set(others) == {first}:
                for other in others:
                    texts.remove(other)
    return texts


def assert_says_all(diagram: Diagram, engine: Engine) -> None:
    assert missing(body_texts(diagram), shown(check_and_draw(diagram, engine))) == []


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", FIELDS)
def test_a_text_that_mermaid_reads_as_grammar_is_shown_as_it_is(name: str, text: str, engine: Engine) -> None:
    assert_says_all(diagram_of(name, lambda: text), engine)


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
def test_any_text_in_any_field_is_shown(name: str, data: st.DataObject, engine: Engine) -> None:
    assert_says_all(diagram_of(name, lambda: data.draw(WORDS)), engine)


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
def test_grammar_put_together_at_random_is_shown(name: str, data: st.DataObject, engine: Engine) -> None:
    pieces = st.lists(st.sampled_from(NASTY[:-22]), min_size=1, max_size=4)
    joined = pieces.flatmap(lambda parts: st.sampled_from(["", " ", "\n"]).map(lambda glue: glue.join(parts)))
    assert_says_all(diagram_of(name, lambda: data.draw(joined)), engine)


@pytest.mark.parametrize("name", FIELDS)
def test_the_title_and_the_summary_name_the_picture(name: str, engine: Engine) -> None:
    texts = iter(f"text {number} </title>" for number in range(100))
    diagram = diagram_of(name, lambda: next(texts))
    root = ET.fromstring(check_and_draw(diagram, engine))
    assert root.findtext("{http://www.w3.org/2000/svg}title") == diagram.title.text
    wanted = diagram.summary.text if diagram.summary else None
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == wanted


def bodies(keys: list[str]) -> Iterator[Body]:
    nodes = tuple(Node(key, Message(key), role=role) for key, role in zip(keys, list(Role) * len(keys), strict=False))
    edges = tuple(Edge(one, other, Message(other)) for one, other in zip(keys, keys[1:] + keys[:1], strict=True))
    yield Graph(nodes, edges, (Group(keys[0], Message(keys[0]), tuple(keys[: len(keys) // 2 + 1])),))
    groups = tuple(Group(key, Message(key), (key,), Tone.BLUE) for key in keys)
    yield Graph(nodes, edges, groups, stacked=True)
    yield Graph(nodes, (), groups, beside=True)
    steps = tuple(Exchange(edge.source, edge.target, Message(edge.target)) for edge in edges)
    yield Sequence(nodes, (*steps, Note(Message(keys[0]), (keys[0],)), Note(Message("x"), (keys[0], keys[-1]))))
    yield Timeline((Period(None, tuple(Event(Message(node.key), node) for node in nodes), Tone.NEUTRAL),))


@given(keys=st.lists(KEYS, min_size=1, max_size=4, unique=True))
def test_any_key_of_a_node_or_group_is_fine(keys: list[str], engine: Engine) -> None:
    for body in bodies(keys):
        assert_says_all(Diagram("id", "any", Message("Title"), body), engine)


RESERVED = [
    "end",
    "End",
    "END",
    "graph",
    "subgraph",
    "style",
    "linkStyle",
    "classDef",
    "class",
    "click",
    "default",
    "href",
    "call",
    "interpolate",
    "direction",
    "TB",
    "TD",
    "LR",
    "participant",
    "actor",
    "note",
    "over",
    "loop",
    "alt",
    "opt",
    "par",
    "and",
    "else",
    "rect",
    "activate",
    "deactivate",
    "create",
    "destroy",
    "box",
    "autonumber",
    "title",
    "section",
    "critical",
    "option",
    "break",
    "as",
    "left",
    "right",
    "of",
    "link",
    "links",
    "properties",
    "details",
    "accTitle",
    "accDescr",
    "flowchart",
    "sequenceDiagram",
    "timeline",
    "x",
    "o",
    "v",
    "A",
    "ends",
    "endless",
    "x1",
    "o1",
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "par_over",
    "true",
    "false",
    "null",
    "undefined",
    "title1",
    "root",
    "flowchart-elk",
    "stateDiagram",
    "p_a",
    "n_a",
    "g_a",
    "group",
    "n",
    "p",
    "1",
    "1a",
    "-a",
    "a-b",
    "a--b",
    "a.b",
    "a:b",
    "@a",
    "a@b",
    "$a",
    "é",
    "Ж",
    "漢字",
    "😀",
    "remark",
    "problem",
    "caution",
    "healthy",
    "blue",
    "purple",
    "problemGroup",
    "neutral",
    "_",
    "__",
]


@pytest.mark.parametrize("key", RESERVED)
def test_a_key_that_is_a_word_of_mermaid_is_fine(key: str, engine: Engine) -> None:
    for body in bodies([key, "other"]):
        assert_says_all(Diagram("id", "any", Message("Title"), body), engine)


def test_all_reserved_keys_stand_in_one_diagram(engine: Engine) -> None:
    for body in bodies(RESERVED):
        assert_says_all(Diagram("id", "any", Message("Title"), body), engine)


def test_a_node_with_the_id_of_a_frame_is_drawn(engine: Engine) -> None:
    nodes = (Node("g_inner", Message("First")), Node("b", Message("Second")))
    graph = Graph(nodes, groups=(Group("inner", Message("Inside"), ("b",)),))
    source = emit(Diagram("id", "flow", Message("Title"), graph))
    assert (source.nodes, source.groups) == ({"g_inner": "g_inner", "b": "b"}, {"g_inner_2": "inner"})
    assert [label for _, label in engine.parse(source.text).nodes] == ["First", "Second"]


@given(keys=st.lists(KEYS, min_size=1, max_size=12, unique=True))
def test_ids_are_unique_whatever_their_case(keys: list[str]) -> None:
    ids = Ids()
    names = [ids.add(key) for key in keys]
    assert len({name.casefold() for name in names}) == len(keys)
    assert [ids[key] for key in keys] == names
    assert all(name.isascii() and name.replace("_", "").isalnum() for name in names)


@pytest.mark.parametrize(("key", "wanted"), [("db", "db"), ("Order_2", "Order_2"), ("end", "n_end"), ("a b", "n_a_b")])
def test_a_plain_key_is_its_own_id(key: str, wanted: str) -> None:
    assert Ids().add(key) == wanted


def test_keys_that_look_the_same_get_numbers() -> None:
    ids = Ids()
    assert [ids.add(key) for key in ("a b", "a.b", "a-b")] == ["n_a_b", "n_a_b_2", "n_a_b_3"]


@pytest.mark.parametrize(
    ("text", "quoted", "wanted"),
    [
        ('say "x"', True, "say #34;x#34;"),
        ("22:52", False, "22#58;52"),
        ("the end", True, "the end"),
        ("the end", False, "the #101;nd"),
        ("- x", True, "#45; x"),
        ("1. x", True, "1#46; x"),
        ("1.5", True, "1.5"),
        ("a--b", False, "a#45;#45;b"),
        ("", True, "#8203;"),
    ],
)
def test_escape(text: str, wanted: str, *, quoted: bool) -> None:
    assert escape(text, quoted=quoted) == wanted


def test_a_plain_diagram_is_mermaid_that_people_can_read() -> None:
    source = emit(good("flow")).text
    assert 'sink_table["Warehouse"]' in source
    assert 'subgraph g_inner["Inside"]' in source
    assert 'source -->|"rows"| sink_table' in source
    assert source.startswith("flowchart TB\n")


def test_the_skeleton_holds_no_text_of_the_author() -> None:
    source = emit(good("sequence"))
    assert not [text for text in ("Shopper", "charge", "until", "refused") if text in source.skeleton]
    assert source.skeleton.count("\n") == source.text.count("\n")


def test_a_time_with_a_colon_does_not_become_an_event(engine: Engine) -> None:
    source = pipeline.check(good("timeline"), engine)
    assert "22#58;52 : Deploy" in source.text
    assert len(engine.parse(source.text).nodes) == 3


@pytest.mark.parametrize("name", ["architecture", "flow", "comparison", "decision", "sequence"])
def test_the_parser_finds_the_nodes_and_edges_of_the_model(name: str, engine: Engine) -> None:
    diagram = good(name)
    source = pipeline.check(diagram, engine)
    found = engine.parse(source.text)
    assert [source.nodes[node] for node, _ in found.nodes if node in source.nodes] == [
        source.nodes[node] for node, _ in found.nodes
    ]
    assert {source.nodes[node] for node, _ in found.nodes} == {node.key for node in diagram.nodes}
    ends = [(source.nodes[start], source.nodes[target]) for start, target, _ in found.edges]
    assert ends[: len(diagram.edges)] == [(edge.source, edge.target) for edge in diagram.edges]
