"""Comparison of two states of diagrams by their model: order and layout of the YAML do not count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.model import shown_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.model import Diagram, Message, Node


class Change(NamedTuple):
    """A change within a diagram.

    ``kind`` is "added", "removed", "renamed" or "changed", ``part`` "node", "edge", "source", "text" or "body",
    ``name`` says which; ``before`` and ``after`` are empty where there is nothing.
    """

    kind: str
    part: str
    name: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class DiagramChange:
    """A diagram that is there in both states, in another form; ``old_id`` differs from ``id`` if it was renamed."""

    id: str
    old_id: str
    before: Diagram
    after: Diagram
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Changes:
    """Everything that differs; ``problems`` are of files that cannot be compared, by the state they are in."""

    added: tuple[Diagram, ...]
    removed: tuple[Diagram, ...]
    changed: tuple[DiagramChange, ...]
    problems: tuple[tuple[str, Problem], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.problems)


def compare(
    before: Iterable[Diagram], after: Iterable[Diagram]
) -> tuple[list[Diagram], list[Diagram], list[DiagramChange]]:
    """Return the diagrams that only *after* has, those that only *before* has, and what changed in the others."""
    old = {diagram.id: diagram for diagram in before}
    new = {diagram.id: diagram for diagram in after}
    renamed = _renamed(old, new)
    changed = []
    for name, diagram in sorted(new.items()):
        old_id = renamed.get(name, name)
        if old_id in old:
            found = tuple(_changes(old[old_id], diagram))
            if found or old_id != name:
                changed.append(DiagramChange(name, old_id, old[old_id], diagram, found))
    gone = set(renamed.values())
    added = [diagram for name, diagram in sorted(new.items()) if name not in old and name not in renamed]
    removed = [diagram for name, diagram in sorted(old.items()) if name not in new and name not in gone]
    return added, removed, changed


def _renamed(old: Mapping[str, Diagram], new: Mapping[str, Diagram]) -> dict[str, str]:
    """Return the former id of each diagram that has another: an alias of it, or that of a file with the same text."""
    found: dict[str, str] = {}
    gone = {name: diagram for name, diagram in old.items() if name not in new}
    digests = Counter(diagram.digest for diagram in gone.values())
    by_digest = {diagram.digest: name for name, diagram in gone.items() if digests[diagram.digest] == 1}
    for name, diagram in sorted(new.items()):
        if name in old:
            continue
        former = next((alias for alias in diagram.aliases if alias in gone), by_digest.get(diagram.digest))
        if former is not None and former not in found.values():
            found[name] = former
    return found


def _changes(before: Diagram, after: Diagram) -> Iterator[Change]:
    yield from _texts(before, after)
    found = [*_nodes(before, after), *_edges(before, after)]
    yield from found
    yield from _sources(before, after)
    if not found and shown_values(before.body) != shown_values(after.body):
        yield Change("changed", "body", after.type, "", "the order or the layout of its parts")


def _texts(before: Diagram, after: Diagram) -> Iterator[Change]:
    for name in ("type", "title", "summary"):
        yield from _text(name, _said(getattr(before, name)), _said(getattr(after, name)))
    for name in ("category", "subject", "view", "module", "difficulty", "reviewed"):
        yield from _text(name, getattr(before.meta, name) or "", getattr(after.meta, name) or "")
    for name in ("tags", "systems"):
        yield from _text(name, ", ".join(getattr(before.meta, name)), ", ".join(getattr(after.meta, name)))
    yield from _text("aliases", ", ".join(before.aliases), ", ".join(after.aliases))


def _text(name: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        kind = "changed" if before and after else "added" if after else "removed"
        yield Change(kind, "text", name, before, after)


def _said(text: Message | str | None) -> str:
    return text if isinstance(text, str) else text.text if text else ""


def _nodes(before: Diagram, after: Diagram) -> Iterator[Change]:
    old = {node.key: node for node in before.nodes}
    new = {node.key: node for node in after.nodes}
    renamed = _renamed_nodes(old, new)
    for key, node in new.items():
        former = renamed.get(key, key)
        if former not in old:
            yield Change("added", "node", key, "", _described(node))
            continue
        if former != key:
            yield Change("renamed", "node", key, former, key)
        was, now = _facts(old[former]), _facts(node)
        for name in was:
            if was[name] != now[name]:
                yield Change("changed", "node", f"{key}: {name}", was[name], now[name])
    kept = set(renamed.values())
    for key, node in old.items():
        if key not in new and key not in kept:
            yield Change("removed", "node", key, _described(node))


def _renamed_nodes(old: Mapping[str, Node], new: Mapping[str, Node]) -> dict[str, str]:
    """Return the former key of each node whose label, which only it has, was that of a key that is gone."""
    gone = Counter(node.label.text for key, node in old.items() if key not in new)
    came = Counter(node.label.text for key, node in new.items() if key not in old)
    former = {node.label.text: key for key, node in old.items() if key not in new}
    return {
        key: former[node.label.text]
        for key, node in new.items()
        if key not in old and gone[node.label.text] == came[node.label.text] == 1
    }


def _described(node: Node) -> str:
    return ", ".join((node.label.text, *(line.text for line in node.details)))


def _facts(node: Node) -> dict[str, str]:
    """Return everything that is said of a node, by what it is called."""
    return {
        "name": node.label.text,
        "details": "\n".join(line.text for line in node.details),
        "role": str(node.role),
        "tone": str(node.tone),
        "explain": _said(node.explain),
        "link": node.link or (f"{node.target.kind}: {node.target.name}" if node.target else ""),
        "run": _said(node.command.run) if node.command else "",
        "icon": node.icon.name if node.icon else "",
    }


def _edges(before: Diagram, after: Diagram) -> Iterator[Change]:
    """Yield the edges that came and went; one between two nodes that says something else now is changed."""
    old = Counter((edge.source, edge.target, _said(edge.label), *_manner(edge)) for edge in before.edges)
    new = Counter((edge.source, edge.target, _said(edge.label), *_manner(edge)) for edge in after.edges)
    went, came = list((old - new).elements()), list((new - old).elements())
    for source, target, *said in came:
        match = next((one for one in went if one[:2] == (source, target)), None)
        now = ", ".join(filter(None, said))
        if match is None:
            yield Change("added", "edge", f"{source} -> {target}", "", now)
        else:
            went.remove(match)
            yield Change("changed", "edge", f"{source} -> {target}", ", ".join(filter(None, match[2:])), now)
    for source, target, *said in went:
        yield Change("removed", "edge", f"{source} -> {target}", ", ".join(filter(None, said)))


def _manner(edge: object) -> tuple[str, str, str]:
    """Return what an edge looks like, "" for what is usual."""
    style, tone = str(getattr(edge, "style", "")), str(getattr(edge, "tone", ""))
    stopped = "stopped" if getattr(edge, "stopped", False) else ""
    return ("" if style == "solid" else style, "" if tone == "neutral" else tone, stopped)


def _sources(before: Diagram, after: Diagram) -> Iterator[Change]:
    old = {source.url: f"{source.title} {source.date or ''}".strip() for source in before.meta.sources}
    new = {source.url: f"{source.title} {source.date or ''}".strip() for source in after.meta.sources}
    for url in sorted({*old, *new}):
        if old.get(url) != new.get(url):
            kind = "changed" if url in old and url in new else "added" if url in new else "removed"
            yield Change(kind, "source", url, old.get(url, ""), new.get(url, ""))
