"""Whatever merman answers, there is a layout of sound numbers or an EngineError."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from test_layout import ENGINE, everything, numbers, sample

from sphinx_diagram_ext.engine import EngineError
from sphinx_diagram_ext.engine.merman.layout import converted
from sphinx_diagram_ext.mermaid import emit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.mermaid import MermaidSource

READ = ("edges", "entities", "relationships")
"""What is read of the source's structure; the rest (configurations) is long."""


def answer(name: str) -> tuple[dict[str, Any], MermaidSource]:
    source = emit(sample(name))
    found = json.loads(ENGINE._answer("layout_json", source))
    semantic = {key: value for key, value in found["semantic"].items() if key in READ}
    return {"layout": found["layout"], "semantic": semantic}, source


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the ways to everything in a piece of JSON, the first two items of each list."""
    if path:
        yield path
    children = value.items() if isinstance(value, dict) else enumerate(value[:2]) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*path, key))


def doctored(found: dict[str, Any], path: tuple[Any, ...], value: Any) -> str:
    copy = json.loads(json.dumps(found))
    place = copy
    for key in path[:-1]:
        place = place[key]
    if value is ...:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return json.dumps(copy)


FAMILIES = ["flow", "state", "schema", "sequence", "timeline", "cost", "latency", "curve", "matrix", "migration"]


@pytest.mark.parametrize("name", FAMILIES)
def test_an_answer_with_anything_wrong_is_an_error_or_a_layout_of_sound_numbers(name: str) -> None:
    found, source = answer(name)
    refused = 0
    for path in places(found):
        for value in (..., None, math.nan, -math.inf, -1, 10**400, True, "text", [], {}, [None]):
            try:
                layout = converted(doctored(found, path, value), source)
            except EngineError:
                refused += 1
            else:
                assert all(map(math.isfinite, numbers(dataclasses.asdict(layout))))
                assert [box for box in everything(layout) if box.width < 0 or box.height < 0] == []
    assert refused > 100


SIZES = {
    "flow": ("FlowchartV2", "nodes", 0),
    "state": ("StateDiagramV2", "nodes", 0),
    "schema": ("ErDiagram", "nodes", 0),
    "sequence": ("SequenceDiagram", "nodes", 0),
    "timeline": ("TimelineDiagram", "sections", 0, "tasks", 0, "events", 0),
    "latency": ("XyChartDiagram", "drawables", 1, "data", 0),
    "migration": ("GanttDiagram", "tasks", 0, "bar"),
}


@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("value", [..., math.nan, math.inf, -1, None, "wide"])
def test_a_size_that_is_none_is_said(name: str, value: Any) -> None:
    found, source = answer(name)
    with pytest.raises(EngineError, match=r"merman's layout has (nan|inf|-1|None|'wide') as 'width'"):
        converted(doctored(found, ("layout", *SIZES[name], "width"), value), source)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"layout": {}}', '{"layout": {}, "semantic": {}}'])
def test_an_answer_that_is_no_layout_is_an_error(text: str) -> None:
    with pytest.raises(EngineError, match="merman's layout"):
        converted(text, emit(sample("flow")))


def test_a_node_that_the_answer_lacks_or_has_twice_is_an_error() -> None:
    found, source = answer("flow")
    nodes = found["layout"]["FlowchartV2"]["nodes"]
    with pytest.raises(EngineError, match="merman's layout has the node 'source' 2 times"):
        converted(doctored(found, ("layout", "FlowchartV2", "nodes"), [*nodes, nodes[0]]), source)
    found["layout"]["FlowchartV2"]["edges"] = found["semantic"]["edges"] = []
    with pytest.raises(EngineError, match="merman's layout has the node 'source' 0 times"):
        converted(doctored(found, ("layout", "FlowchartV2", "nodes"), nodes[1:]), source)
