"""Outlines of graphs, comparisons, states and entities: frames with what is in them, and edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.plaintext.outline.common import Outliner
from sphinx_diagram_ext.plaintext.outline.entry import Entry, Outline, Wording

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Attribute, Comparison, Diagram, Entities, Graph, Group, StateMachine
    from sphinx_diagram_ext.model.state import State


def graph(diagram: Diagram, body: Graph, wording: Wording) -> Outline:
    """Return the frames of a graph with their nodes, each where its first node is."""
    outliner = Outliner(diagram, wording, {group.key: group.label.text for group in body.groups})
    outliner.connect(body.edges)
    return Outline((), tuple(_Frames(body, outliner).inside(None)))


class _Frames:
    """The frames of a graph, and which of them each node and each frame is in."""

    def __init__(self, body: Graph, outliner: Outliner) -> None:
        self.outliner = outliner
        self.nodes = {node.key: node for node in body.nodes}
        self.owner: dict[str, Group] = {}
        for group in body.groups:  # inner groups come after those around them
            self.owner |= dict.fromkeys(group.nodes, group)
        self.parts: dict[str | None, list[Group | str]] = {None: []}
        order = {key: at for at, key in enumerate(self.nodes)}
        for group in body.groups:
            self.parts.setdefault(group.key, [])
        first = {group.key: min((order[key] for key in group.nodes), default=len(order)) for group in body.groups}
        for group in reversed(body.groups):
            if group.parent:
                first[group.parent] = min(first[group.parent], first[group.key])
        placed: list[tuple[int, int, str | None, Group | str]] = [
            (first[group.key], at, group.parent, group) for at, group in enumerate(body.groups)
        ]
        placed += [
            (at, len(body.groups), owner.key if (owner := self.owner.get(key)) else None, key)
            for key, at in order.items()
        ]
        for _, _, parent, part in sorted(placed, key=lambda one: one[:2]):
            self.parts[parent].append(part)
        if not body.beside or not body.joints:
            self.joints = {}
        else:
            self.joints = dict(zip((group.key for group in body.groups), body.joints, strict=False))

    def inside(self, parent: str | None) -> list[Entry]:
        """Return the entries of what is in a frame, or of what is in none."""
        found = []
        for part in self.parts[parent]:
            if isinstance(part, str):
                owner = self.owner.get(part)
                found.append(self.outliner.node(self.nodes[part], within=owner.label.text if owner else ""))
                continue
            found.append(self.outliner.frame(part.label.text, part.tone, tuple(self.inside(part.key)), part.key))
            joint = self.joints.get(part.key)
            if joint:
                found.append(Entry(f"↓ {joint.text}"))
        return found


def comparison(diagram: Diagram, body: Comparison, wording: Wording) -> Outline:
    """Return the rows of a comparison with what each side says; without titles of rows, the sides."""
    outliner = Outliner(diagram, wording)
    outliner.connect(body.edges)
    nodes = {node.key: node for node in body.nodes}
    if not any(row.label for row in body.rows):
        return Outline(
            (),
            tuple(
                outliner.frame(
                    side.label.text,
                    side.tone,
                    tuple(outliner.node(node, within=side.label.text) for node in side.nodes),
                )
                for side in body.sides
            ),
        )
    rows: list[Entry] = []
    for row in body.rows:
        cells = tuple(
            outliner.node(nodes[key], within=side.label.text, before=side.label.text)
            for side, key in zip(body.sides, row.cells, strict=True)
            if key
        )
        rows += [Entry(row.label.text, inner=cells)] if row.label else cells
    marked = [side for side in body.sides if outliner.tone(side.tone)]
    return Outline(tuple(outliner.frame(side.label.text, side.tone, ()).text for side in marked), tuple(rows))


def states(diagram: Diagram, body: StateMachine, wording: Wording) -> Outline:
    """Return the states, those that a state is made of inside it, and the transitions from each."""
    outliner = Outliner(diagram, wording)
    outliner.connect(body.edges)

    def entry(state: State, start: str | None, within: str = "") -> Entry:
        label = state.node.label.text
        marks = [wording.start] if state.node.key == start else []
        marks += [wording.end] if state.final else []
        inner = tuple(entry(one, state.start, label) for one in state.inner)
        return outliner.node(state.node, within=within, marks=marks, inner=inner)

    return Outline((), tuple(entry(state, body.start) for state in body.states))


def entities(diagram: Diagram, body: Entities, wording: Wording) -> Outline:
    """Return the entities with their attributes, and the relations of each."""
    outliner = Outliner(diagram, wording)
    said = [
        wording.relation.format(one=wording.counts[item.counts[0]], other=wording.counts[item.counts[1]])
        for item in body.relations
    ]
    outliner.connect(body.edges, said)
    return Outline(
        (),
        tuple(outliner.node(item.node, inner=tuple(map(_attribute, item.attributes))) for item in body.entities),
    )


def _attribute(attribute: Attribute) -> Entry:
    keys = "".join(f", {key}" for key in attribute.keys)
    remark = f". {attribute.remark.text}" if attribute.remark else ""
    return Entry(f"{attribute.name.text}: {attribute.kind.text}{keys}{remark}")
