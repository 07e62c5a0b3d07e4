"""Texts and edges that outlines of all types share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Role, Tone, names
from sphinx_diagram_ext.plaintext.outline.entry import Entry, Lead, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model import Diagram, Edge, Name, Node


class Outliner:
    """Makes entries of the nodes of one diagram, under names that tell them apart.

    Args:
        diagram: the diagram.
        wording: the words that are added.
        frames: labels of what edges lead to besides nodes, by key.
    """

    def __init__(self, diagram: Diagram, wording: Wording, frames: dict[str, str] | None = None) -> None:
        self.wording = wording
        self._names: dict[str, Name] = names(diagram)
        self._called = {**(frames or {}), **{key: str(name) for key, name in self._names.items()}}
        self._leads: dict[str, list[Lead]] = {}
        self._before: dict[str, list[Lead]] = {}

    def called(self, key: str) -> str:
        """Return the name of a node or a frame."""
        return self._called.get(key, key)

    def connect(self, edges: Iterable[Edge], remarks: Iterable[str] = ()) -> None:
        """Note *edges*, each with a remark of its own if there are *remarks*."""
        said = iter(remarks)
        for edge in edges:
            words = [next(said, ""), self.wording.styles.get(edge.style, ""), self.wording.tones.get(edge.tone, "")]
            words += [self.wording.stopped] if edge.stopped else []
            label = edge.label.text if edge.label else ""
            text = _marked(": ".join(filter(None, (self.called(edge.target), label))), words)
            self._leads.setdefault(edge.source, []).append(Lead(f"→ {text}", self._node(edge.target)))
            self._before.setdefault(edge.target, []).append(
                Lead(f"← {self.called(edge.source)}", self._node(edge.source))
            )

    def _node(self, key: str) -> str:
        return key if key in self._names else ""

    def node(
        self,
        node: Node,
        *,
        within: str = "",
        before: str = "",
        said: Iterable[str] | None = None,
        marks: Iterable[str] = (),
        inner: tuple[Entry, ...] = (),
    ) -> Entry:
        """Return the entry of *node*.

        Args:
            node: the node.
            within: the label of the frame whose entry it is inside of; it is not said again.
            before: what its text begins with, such as a time.
            said: what stands in the place of its details.
            marks: what is said of it besides role and tone, in brackets.
            inner: the entries inside it.
        """
        name = self._names[node.key]
        details = [line.text for line in node.details] if said is None else said
        apart = name.apart[1:] if name.apart[:1] == (" ".join(within.split()),) else name.apart
        called = str(name._replace(apart=apart))
        text = ". ".join((called, *(line for line in details if line not in apart)))
        text = _marked(text, [self.role(node.role), *marks, self.tone(node.tone)])
        if before and before not in name.apart:
            text = f"{before}: {text}"
        key = node.key
        return Entry(text, key, tuple(self._leads.get(key, ())), tuple(self._before.get(key, ())), inner, node.link)

    def frame(self, label: str, tone: Tone, inner: tuple[Entry, ...], key: str = "") -> Entry:
        """Return the entry of a frame and what is in it."""
        text = _marked(" ".join(label.split()), [self.tone(tone)])
        return Entry(text, "", tuple(self._leads.get(key, ())), tuple(self._before.get(key, ())), inner)

    def tone(self, tone: Tone) -> str:
        """Return what a tone says, "" if nothing."""
        return self.wording.tones.get(tone, "")

    def role(self, role: Role) -> str:
        """Return what a shape says, "" if nothing."""
        return self.wording.roles.get(role, "")


def _marked(text: str, words: Iterable[str]) -> str:
    said = ", ".join(filter(None, words))
    return f"{text} ({said})" if said else text
