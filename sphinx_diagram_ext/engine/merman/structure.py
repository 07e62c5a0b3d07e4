"""Nodes and edges in merman's parse results, family by family."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.engine.protocol import Structure

if TYPE_CHECKING:
    from collections.abc import Callable

Found = tuple[list[tuple[Any, Any]], list[tuple[Any, Any, Any]]]


def structure(parsed: dict[str, Any]) -> Structure:
    """Return what a parse result holds; a family without nodes gives an empty structure."""
    family = str(parsed.get("keyword") or parsed.get("type") or "")
    find = _FAMILIES.get(str(parsed.get("type") or ""), _nothing)
    nodes, edges = find(parsed)
    seen: dict[str, str] = {}
    for name, label in nodes:
        if name not in (None, ""):
            seen.setdefault(str(name), _plain(label) or str(name))
    return Structure(
        family,
        tuple(seen.items()),
        tuple(
            (str(source), str(target), _plain(label))
            for source, target, label in edges
            if str(source) in seen and str(target) in seen
        ),
    )


def _plain(label: Any) -> str:
    text = str(label or "").replace("<br/>", " ").replace("<br>", " ").replace("<br />", " ")
    return " ".join(text.split())


def _nothing(_: dict[str, Any]) -> Found:
    return [], []


def _flowchart(data: dict[str, Any]) -> Found:
    groups = {item["id"] for item in data["subgraphs"]}
    nodes = [(item["id"], item["label"]) for item in data["nodes"] if item["id"] not in groups]
    return nodes, [(item["from"], item["to"], item["label"]) for item in data["edges"]]


_NOTE = 2
"""Mermaid's LINETYPE.NOTE."""


def _sequence(data: dict[str, Any]) -> Found:
    nodes = [(name, data["actors"][name]["description"]) for name in data["actorOrder"]]
    messages = (item for item in data["messages"] if item["from"] and item["to"] and item["type"] != _NOTE)
    return nodes, [(item["from"], item["to"], item["message"]) for item in messages]


def _state(data: dict[str, Any]) -> Found:
    pseudo = ("stateStart", "stateEnd", "note", "noteGroup", "divider")
    nodes = [(item["id"], item["label"]) for item in data["nodes"] if item["shape"] not in pseudo]
    return nodes, [(item["start"], item["end"], item.get("label")) for item in data["edges"]]


def _class(data: dict[str, Any]) -> Found:
    nodes = [(name, item["label"]) for name, item in data["classes"].items()]
    relations = data.get("relations", ())
    return nodes, [(item.get("id1"), item.get("id2"), item.get("title")) for item in relations]


def _er(data: dict[str, Any]) -> Found:
    names = {item["id"]: name for name, item in data["entities"].items()}
    nodes = [(name, item["alias"] or item["label"]) for name, item in data["entities"].items()]
    edges = [(names.get(item["entityA"]), names.get(item["entityB"]), item["roleA"]) for item in data["relationships"]]
    return nodes, edges


def _timeline(data: dict[str, Any]) -> Found:
    return [(f"e{item['id'] + 1}", f"{item['task']} {' '.join(item['events'])}") for item in data["tasks"]], []


def _mindmap(data: dict[str, Any]) -> Found:
    names = {item["id"]: item["nodeId"] for item in data["nodes"]}
    nodes = [(item["nodeId"], item["label"]) for item in data["nodes"]]
    return nodes, [(names.get(item["start"]), names.get(item["end"]), "") for item in data["edges"]]


def _block(data: dict[str, Any]) -> Found:
    flat = (item for item in data["blocksFlat"] if item["type"] not in ("composite", "space", "edge"))
    return [(item["id"], item["label"]) for item in flat], [
        (item["start"], item["end"], item["label"]) for item in data["edges"]
    ]


def _c4(data: dict[str, Any]) -> Found:
    nodes = [(item["alias"], item["label"]["text"]) for item in data["shapes"]]
    return nodes, [(item["from"], item["to"], item["label"]["text"]) for item in data["rels"]]


def _architecture(data: dict[str, Any]) -> Found:
    nodes = [(item["id"], item.get("title")) for item in data["nodes"]]
    edges = {
        (edge["lhsId"], edge["rhsId"], edge.get("title")): None for item in data["nodes"] for edge in item["edges"]
    }
    return nodes, list(edges)


def _sankey(data: dict[str, Any]) -> Found:
    graph = data["graph"]
    nodes = [(item["id"], item["id"]) for item in graph["nodes"]]
    return nodes, [(item["source"], item["target"], item["value"]) for item in graph["links"]]


def _gantt(data: dict[str, Any]) -> Found:
    return [(item["id"], item["task"]) for item in data["tasks"]], []


def _journey(data: dict[str, Any]) -> Found:
    return [(f"t{number}", item["task"]) for number, item in enumerate(data["tasks"], 1)], []


def _requirement(data: dict[str, Any]) -> Found:
    nodes = [(item["name"], item["name"]) for item in (*data["requirements"], *data["elements"])]
    return nodes, [(item.get("src"), item.get("dst"), item.get("type")) for item in data["relationships"]]


def _kanban(data: dict[str, Any]) -> Found:
    return [(item["id"], item["label"]) for item in data["nodes"] if not item["isGroup"]], []


def _git(data: dict[str, Any]) -> Found:
    nodes = [(item["id"], item["message"] or item["id"]) for item in data["commits"]]
    return nodes, [(parent, item["id"], "") for item in data["commits"] for parent in item["parents"]]


def _pie(data: dict[str, Any]) -> Found:
    return [(f"s{number}", item["label"]) for number, item in enumerate(data["sections"], 1)], []


def _quadrant(data: dict[str, Any]) -> Found:
    return [(f"p{number}", item["text"]) for number, item in enumerate(reversed(data["points"]), 1)], []


_FAMILIES: dict[str, Callable[[dict[str, Any]], Found]] = {
    "flowchart-v2": _flowchart,
    "flowchart-elk": _flowchart,
    "sequence": _sequence,
    "stateDiagram": _state,
    "classDiagram": _class,
    "er": _er,
    "timeline": _timeline,
    "mindmap": _mindmap,
    "block": _block,
    "c4": _c4,
    "architecture": _architecture,
    "sankey": _sankey,
    "gantt": _gantt,
    "journey": _journey,
    "requirement": _requirement,
    "kanban": _kanban,
    "gitGraph": _git,
    "pie": _pie,
    "quadrantChart": _quadrant,
}
