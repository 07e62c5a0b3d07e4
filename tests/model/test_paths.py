"""Paths through a diagram."""

from __future__ import annotations

from samples import read

from sphinx_diagram_ext.model import edge_numbers, paths

FLOW = """\
diagram:
  type: flow
  title: T
  nodes: {a: , b: , c: , d: , e: }
  flows:
    - {from: a, to: b}
    - {from: b, to: c}
    - {from: d, to: b}
    - {from: c, to: a}
    - {from: b, to: c, label: again}
"""


def test_edges_are_numbered_by_their_ends():
    assert edge_numbers(read(FLOW)) == {("a", "b"): 0, ("b", "c"): 1, ("d", "b"): 2, ("c", "a"): 3}


def test_what_leads_to_a_node_and_what_follows_is_on_its_paths_also_in_circles():
    found = paths(read(FLOW.replace("    - {from: c, to: a}\n", "")))
    assert found.keys() == {"a", "b", "c", "d"}
    assert found["a"].nodes == {"a", "b", "c"}
    assert found["a"].edges == {0, 1}
    assert found["d"].nodes == {"d", "b", "c"}
    assert found["b"].nodes == {"a", "b", "c", "d"}
    assert paths(read(FLOW))["d"].edges == {0, 1, 2, 3}


def test_a_large_diagram_has_the_next_nodes_only():
    names = "".join(f"    n{number}: \n" for number in range(80))
    flows = "".join(f"    - {{from: n{number}, to: n{number + 1}}}\n" for number in range(79))
    found = paths(read(f"diagram:\n  type: flow\n  title: T\n  nodes:\n{names}  flows:\n{flows}"))
    assert found["n40"].nodes == {"n39", "n40", "n41"}
