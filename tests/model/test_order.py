"""The order in which the keyboard goes through a picture."""

from __future__ import annotations

import re

import pytest
from drawn import svg_of
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog import Limits, read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.model import reading_order


def flow(count: int, edges: list[tuple[int, int]]):
    nodes = ", ".join(f"n{at}: {{name: N{at}}}" for at in range(count))
    flows = ", ".join(f"{{from: n{a}, to: n{b}}}" for a, b in edges)
    text = f"diagram:\n  type: flow\n  title: T\n  nodes: {{{nodes}}}\n  flows: [{flows}]\n"
    return read_diagram(text, "one", "one.yaml", Limits(), 1)


EDGES = st.integers(2, 7).flatmap(
    lambda count: st.tuples(
        st.just(count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), min_size=1, max_size=12, unique=True),
    )
)


@given(EDGES)
def test_every_node_has_one_place(graph):
    count, edges = graph
    assert sorted(reading_order(flow(count, edges))) == sorted(f"n{at}" for at in range(count))


@given(EDGES)
def test_no_node_stands_before_what_leads_to_it(graph):
    count, edges = graph
    downhill = [(max(a, b), min(a, b)) for a, b in edges if a != b] or [(1, 0)]
    order = reading_order(flow(count, downhill))
    assert all(order.index(f"n{a}") < order.index(f"n{b}") for a, b in downhill)


@pytest.mark.parametrize(
    ("edges", "order"),
    [
        ([(0, 1), (1, 2), (2, 3)], "0123"),
        ([(3, 2), (2, 1), (1, 0)], "3210"),
        ([(3, 1), (1, 2), (2, 1)], "0312"),  # a circle is entered where something leads into it
        ([(0, 3), (3, 0), (1, 2)], "1203"),
        ([(0, 0), (0, 1)], "0123"),
    ],
)
def test_order_follows_edges_and_else_the_author(edges, order):
    assert "".join(key[1:] for key in reading_order(flow(4, edges))) == order


SEQUENCE = """\
diagram:
  type: sequence
  title: T
  participants: {a: {name: A}, b: {name: B}, c: {name: C}}
  steps: [{from: c, to: a, label: x}, {from: a, to: b, label: y}]
"""
GROUPS = """\
diagram:
  type: flow
  title: T
  nodes: {a: {name: A}, b: {name: B}, c: {name: C}, d: {name: D}}
  flows: [{from: d, to: c}, {from: c, to: b}, {from: b, to: a}]
  groups:
    one: {name: One, nodes: [a, b]}
    two: {name: Two, nodes: [c, d]}
"""


@pytest.mark.parametrize(("text", "order"), [(SEQUENCE, "abc"), (GROUPS, "dcba")])
def test_nodes_of_a_picture_stand_in_reading_order(text, order):
    engine = select_engine().engine
    diagram = read_diagram(text, "one", "one.yaml", Limits(), 1)
    svg = svg_of(diagram, pipeline.check(diagram, engine), engine)
    assert "".join(re.findall(r'id="[^"]*--([a-d])"', svg)) == order
