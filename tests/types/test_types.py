"""Every type: what a good file becomes, and what is said about a bad one."""

from __future__ import annotations

import pytest
from bad_samples import BAD, Bad
from hypothesis import given
from hypothesis import strategies as st
from samples import GOOD, flow, good, problems_of, problems_or_none, read

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.limits import Limits
from sphinx_diagram_ext.model import (
    Arrow,
    Block,
    Comparison,
    Direction,
    Edge,
    EdgeStyle,
    Exchange,
    Graph,
    Group,
    Message,
    Note,
    RawMermaid,
    Reference,
    Role,
    Sequence,
    Timeline,
    Tone,
)
from sphinx_diagram_ext.types import TYPES


def test_there_is_a_good_sample_of_every_basic_type() -> None:
    assert set(GOOD) <= set(TYPES)


@pytest.mark.parametrize("sample", BAD, ids=lambda sample: sample.name)
def test_what_is_said_about_a_bad_diagram(sample: Bad) -> None:
    found = problems_of(sample.text)
    assert [(item.line, item.column, item.code) for item in found] == [said[:3] for said in sample.said]
    assert [item.message for item, said in zip(found, sample.said, strict=True) if said[3] not in item.message] == []
    assert {item.path for item in found} == {"file.yaml"}


@pytest.mark.parametrize(
    "sample",
    [item for item in BAD if item.name.startswith(("ten ", "cycle", "no diagram"))],
    ids=lambda item: item.name,
)
def test_a_first_line_moves_every_problem(sample: Bad) -> None:
    with pytest.raises(ProblemsError) as caught:
        read_diagram(sample.text, "id", "page.md", first_line=11)
    assert [item.line for item in caught.value.problems] == [said[0] + 10 for said in sample.said]


@pytest.mark.parametrize("name", GOOD)
def test_lines_of_messages_are_those_of_the_file(name: str) -> None:
    diagram = good(name)
    lines = GOOD[name].splitlines()
    body = diagram.body
    assert diagram.line == 2
    assert diagram.title.text in lines[diagram.title.line - 1]
    for node in body.nodes:
        for message in (node.label, *node.details, *([node.explain] if node.explain else ())):
            last_word = message.text.split()[-1].casefold()
            assert last_word in lines[message.line - 1].casefold(), message
    for edge in body.edges:
        if edge.label:
            assert edge.label.text in lines[edge.label.line - 1], edge


def test_architecture() -> None:
    diagram = good("architecture")
    assert isinstance(diagram.body, Graph)
    assert [node.key for node in diagram.nodes] == ["scale", "gateway", "orders", "cache"]
    scale, gateway, orders, cache = diagram.nodes
    assert (scale.role, scale.label, scale.details) == (
        Role.NOTE,
        Message("users: 2M", 10),
        (Message("peak rate: 1e3", 11),),
    )
    assert (gateway.label, gateway.role) == (Message("API Gateway", 17), Role.EXTERNAL)
    assert gateway.details == (Message("Terminates TLS", 19), Message("max rps: 200k", 20))
    assert (orders.label.text, orders.role) == ("Orders", Role.DATABASE)
    assert orders.details == (Message("name: pg", 22), Message("size: 2 TB", 22))
    assert orders.explain == Message("Kept for ten years.", 28)
    assert cache.label == Message("Cache", 23)
    assert diagram.edges == (
        Edge("scale", "gateway", None, EdgeStyle.PLAIN),
        Edge("gateway", "orders", Message("writes", 25), EdgeStyle.DASHED, Tone.CAUTION),
        Edge("gateway", "cache"),
    )
    assert diagram.body.groups == (
        Group("edge", Message("Edge", 16), ("gateway",)),
        Group("data", Message("Stores", 13), ("orders", "cache"), Tone.BLUE, Direction.LR),
    )
    assert (diagram.body.direction, diagram.body.stacked) == (Direction.TB, True)


def test_what_is_known_besides_the_picture() -> None:
    diagram = good("architecture")
    assert (diagram.id, diagram.type, diagram.path) == ("good/architecture", "architecture", "file.yaml")
    assert diagram.summary == Message("Where an order goes.", 4)
    assert diagram.meta.tags == ("orders", "storage")
    assert diagram.meta.reviewed == "2026-01-31"
    assert diagram.meta.sources == (Reference("Design notes", "https://example.org/notes", "2025", line=8),)
    assert not diagram.meta.illustration
    assert len(diagram.digest) == 64


def test_nodes_of_a_flow_that_are_level() -> None:
    text = "diagram: {type: flow, title: T, nodes: {a: A, b: B, c: C}, same_rank: [[a, c]]}"
    body = read(text).body
    assert isinstance(body, Graph)
    assert body.same_rank == (("a", "c"),)


def test_flow() -> None:
    body = good("flow").body
    assert isinstance(body, Graph)
    source, sink, errors = body.nodes
    assert (source.role, source.link, source.label.text) == (Role.QUEUE, "https://example.org/log", "Change log")
    assert sink.label == Message("Warehouse", 7)
    assert (errors.label.text, errors.tone, errors.explain) == ("Errors", Tone.PROBLEM, Message("Read it daily.", 8))
    assert body.groups == (Group("inner", Message("Inside", 10), ("source", "sink_table"), Tone.HEALTHY),)
    assert [(edge.source, edge.target, edge.style) for edge in body.edges] == [
        ("source", "sink_table", EdgeStyle.SOLID),
        ("source", "errors", EdgeStyle.PLAIN),
    ]
    assert body.direction is Direction.TB


def test_comparison() -> None:
    body = good("comparison").body
    assert isinstance(body, Comparison)
    assert [node.key for node in body.nodes] == ["before.db", "job", "after.db", "stream"]
    assert [side.label.text for side in body.sides] == ["Nightly batch", "After"]
    assert [row.cells for row in body.rows] == [("before.db", "after.db"), ("job", "stream")]
    assert [(edge.source, edge.target) for edge in body.edges] == [
        ("before.db", "job"),
        ("after.db", "stream"),
        ("job", "after.db"),
    ]
    assert [group.nodes for group in body.graph.groups] == [("before.db", "job"), ("after.db", "stream")]
    assert (body.graph.beside, body.graph.direction) == (True, Direction.LR)


def test_decision() -> None:
    body = good("decision").body
    assert isinstance(body, Graph)
    assert [(node.key, node.role) for node in body.nodes] == [
        ("size", Role.DECISION),
        ("shape", Role.DECISION),
        ("sql", Role.SERVICE),
        ("documents", Role.SERVICE),
    ]
    assert body.nodes[0].explain == Message("Count the indexes too.", 13)
    assert [(edge.source, edge.target, edge.label and edge.label.text) for edge in body.edges] == [
        ("size", "shape", "yes"),
        ("size", "documents", "no"),
        ("shape", "sql", "yes"),
        ("shape", "documents", "no"),
    ]


def test_sequence() -> None:
    body = good("sequence").body
    assert isinstance(body, Sequence)
    assert [(node.key, node.role) for node in body.participants] == [
        ("user", Role.ACTOR),
        ("shop", Role.SERVICE),
        ("bank", Role.SERVICE),
    ]
    assert body.numbered
    buy, note, loop, alt, par, opt = body.steps
    assert buy == Exchange("user", "shop", Message("buy", 10))
    assert note == Note(Message("cart is kept", 11), ("user", "shop"))
    assert loop == Block(
        "loop", ((Message("until it answers", 12), (Exchange("shop", "bank", Message("charge", 14), Arrow.ASYNC),)),)
    )
    assert isinstance(alt, Block)
    assert [(title.text, title.line) for title, _ in alt.branches] == [("accepted", 16), ("refused", 19)]
    assert isinstance(par, Block)
    assert isinstance(opt, Block)
    assert [block.kind for block in (alt, par, opt)] == ["alt", "par", "opt"]
    assert [(edge.source, edge.target, edge.style) for edge in body.edges] == [
        ("user", "shop", EdgeStyle.SOLID),
        ("shop", "bank", EdgeStyle.DASHED),
        ("bank", "shop", EdgeStyle.DASHED),
        ("bank", "shop", EdgeStyle.DASHED),
        ("shop", "user", EdgeStyle.SOLID),
        ("shop", "shop", EdgeStyle.SOLID),
    ]


def test_timeline() -> None:
    body = good("timeline").body
    assert isinstance(body, Timeline)
    assert [(period.label and period.label.text, period.tone) for period in body.periods] == [
        ("Before", Tone.NEUTRAL),
        (None, Tone.HEALTHY),
    ]
    assert [event.time.text for period in body.periods for event in period.events] == ["22:52", "2026-01-31", "0777"]
    deploy, alarm, fixed = body.nodes
    assert (deploy.key, deploy.label) == ("e1", Message("Deploy", 7))
    assert (alarm.key, alarm.tone, alarm.details) == ("alarm", Tone.PROBLEM, (Message("Page sent", 8),))
    assert alarm.explain == Message("It rang twice.", 13)
    assert (fixed.key, fixed.tone) == ("e3", Tone.HEALTHY)


def test_mermaid() -> None:
    body = good("mermaid").body
    assert isinstance(body, RawMermaid)
    assert body.source == "flowchart LR\n  a[First] -->|then| b[Second]\n"
    assert body.line == 5
    assert body.explanations == (("b", Message("The end.", 8)),)


def test_an_ambiguous_name_means_the_node_of_its_own_side() -> None:
    body = read(GOOD["comparison"]).body
    assert ("before.db", "job") in [(edge.source, edge.target) for edge in body.edges]


def test_a_key_without_a_value_counts_as_absent() -> None:
    text = "diagram:\n  type: flow\n  title: T\n  summary:\n  tags: ~\n  nodes: {a: null}\n  flows:\n"
    diagram = read(text)
    assert (diagram.summary, diagram.meta.tags, diagram.edges) == (None, (), ())


@pytest.mark.parametrize(("limit", "word"), [(Limits(nodes=1), "2 nodes"), (Limits(edges=1), "2 edges")])
def test_a_diagram_over_a_limit_is_an_error(limit: Limits, word: str) -> None:
    text = flow({"diagram": {"type": "flow", "title": "T", "nodes": {"a": "A", "b": "B"}, "flows": []}})
    text = text.replace("[]", "[{from: a, to: b}, {from: b, to: a}]")
    with pytest.raises(ProblemsError, match=f"The diagram has {word}, more than 1; split it."):
        read_diagram(text, "id", "file.yaml", limit)


def test_a_long_chain_of_questions_is_no_recursion_error() -> None:
    questions = {
        f"q{number}": {"ask": "?", "answers": [{"label": "x", "to": f"q{number + 1}"}]} for number in range(390)
    }
    data = {"type": "decision", "title": "T", "questions": questions, "outcomes": {"q390": "end"}}
    assert len(read(flow({"diagram": data})).nodes) == 391


DOTTED = st.sampled_from(["a", "b", "a.a", "a.b", "b.a"])


@given(
    parts=st.dictionaries(DOTTED, st.dictionaries(DOTTED, st.just("x"), min_size=1, max_size=3), min_size=1, max_size=3)
)
def test_keys_of_nodes_are_unique_or_an_error(parts: dict[str, dict[str, str]]) -> None:
    try:
        diagram = read(flow({"diagram": {"type": "architecture", "title": "T", "components": parts}}))
    except ProblemsError:
        return
    keys = [node.key for node in diagram.nodes]
    assert len(set(keys)) == len(keys) == sum(map(len, parts.values()))


VALUES = st.recursive(
    st.sampled_from(["a", "b", "1", "", "true", "http://x", "javascript:x", "LR"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "b", "name", "nodes", "from", "to", "label", "steps", "events", "answers", "time"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    name=st.sampled_from(list(TYPES)),
    data=st.dictionaries(
        st.sampled_from(
            [
                "title", "nodes", "flows", "groups", "sides", "questions", "outcomes", "participants", "steps",
                "sections", "components", "scale", "layers", "explain", "source", "start", "tags", "sources",
            ]
        ),
        VALUES,
        max_size=8,
    ),
)  # fmt: skip
def test_data_of_any_shape_raises_nothing_but_problems(name: str, data: dict[str, object]) -> None:
    text = flow({"diagram": {"type": name, "title": "T", **data}})
    assert [item for item in problems_or_none(text) if item.line != 1 or item.column < 1] == []
