"""What nodes are called in lists: by their label where that is enough, else by what tells them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog import read_diagram
from sphinx_diagram_ext.model import Diagram, Event, Graph, Group, Message, Node, Period, Timeline, Tone, names


def called(yaml: str) -> list[str]:
    return [str(name) for name in names(read_diagram(f"diagram:\n  title: T\n{yaml}", "one", "one.yaml")).values()]


TOPOLOGY = """\
  type: flow
  groups:
    a: {name: "Region A", nodes: [k1, d1]}
    b: {name: "Region\\n  B", nodes: [k2]}
  nodes:
    k1: {name: Kafka, details: [3 brokers]}
    k2: {name: Kafka, details: [3 brokers]}
    d1: {name: Debezium}
"""
TIMELINE = """\
  type: timeline
  sections:
    - events:
        - {time: "14:09", events: [over]}
        - {time: "21:39", events: [over]}
        - {time: "22:00", events: [calm, "at last"]}
"""


@pytest.mark.parametrize(
    ("yaml", "wanted"),
    [
        (TOPOLOGY, ["Kafka (Region A)", "Kafka (Region B)", "Debezium"]),
        (TIMELINE, ["over (14:09)", "over (21:39)", "calm"]),
        (
            "  type: flow\n  nodes: {a: {name: N, details: [x, z]}, b: {name: N, details: [y, z]}, c: {name: N}}\n",
            ["N (x)", "N (y)", "N"],
        ),
        (
            "  type: flow\n  nodes: {a: {name: N, details: [x]}, b: {name: N, details: [x]}, c: {name: M}}\n",
            ["N (x, 1)", "N (x, 2)", "M"],
        ),
        (
            "  type: sequence\n  participants: {a: {name: P}, b: {name: P}}\n  steps: [{from: a, to: b, label: x}]\n",
            ["P (1)", "P (2)"],
        ),
        ("  type: state\n  start: a\n  states: {a: {name: Run}, b: {name: Stop}}\n", ["Run", "Stop"]),
    ],
)
def test_what_tells_nodes_apart(yaml: str, wanted: list[str]) -> None:
    assert called(yaml) == wanted


def test_the_inner_frame_and_the_detail_together_where_neither_is_enough() -> None:
    nodes = tuple(Node(key, Message("N"), (Message(detail),)) for key, detail in (("a", "x"), ("b", "y"), ("c", "x")))
    groups = (
        Group("outer", Message("Outer"), ("a", "b", "c")),
        Group("inner", Message("Inner"), ("a", "b"), parent="outer"),
    )
    found = names(Diagram("one", "flow", Message("T"), Graph(nodes, groups=groups)))
    assert [*map(str, found.values())] == ["N (Inner, x)", "N (Inner, y)", "N (Outer, x)"]


words = st.sampled_from(["A", "B", "1", "A, 1"])


@given(st.lists(st.tuples(words, words, st.none() | words), max_size=8))
def test_nodes_with_one_label_have_names_of_their_own(rows) -> None:
    events = tuple(
        Event(Message(time), Node(str(at), Message(label), (Message(detail),) if detail else ()))
        for at, (time, label, detail) in enumerate(rows)
    )
    diagram = Diagram("one", "timeline", Message("T"), Timeline((Period(None, events, Tone.NEUTRAL),)))
    found = [*names(diagram).values()]
    assert len(set(found)) == len(found) == len(rows)
