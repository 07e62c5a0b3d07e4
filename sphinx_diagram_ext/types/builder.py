"""Helpers that turn what an author typed into the neutral model."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import Code, Problem
from sphinx_diagram_ext.model import Backing, Command, Edge, Message, Node, Role, Target
from sphinx_diagram_ext.types.claims import Claims
from sphinx_diagram_ext.types.command import CommandSpec
from sphinx_diagram_ext.types.icons import NO_ICONS, IconError
from sphinx_diagram_ext.types.locations import Locations
from sphinx_diagram_ext.types.nodes import IconSpec, ItemSpec, NodeSpec
from sphinx_diagram_ext.types.shared import NOTHING_SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.model import Icon
    from sphinx_diagram_ext.types.base import DiagramSpec
    from sphinx_diagram_ext.types.icons import Icons
    from sphinx_diagram_ext.types.nodes import EdgeSpec, ElementUseSpec, LinkSpec, TargetSpec
    from sphinx_diagram_ext.types.shared import Shared
    from sphinx_diagram_ext.yaml_source import Path, YamlSource

_NO_ELEMENT = " Describe it in a file below 'elements/' of a data folder."


def readable(key: str) -> str:
    """Return a label for a key that has no name of its own."""
    words = key.replace("_", " ").replace("-", " ").strip()
    return (words[:1].upper() + words[1:]) or key


class Builder:
    """Builds parts of a diagram and collects what is wrong with them."""

    def __init__(
        self, spec: DiagramSpec, source: YamlSource, icons: Icons = NO_ICONS, shared: Shared = NOTHING_SHARED
    ) -> None:
        self._icons = icons
        self._unusable: set[str] = set()
        self.shared = shared
        self.locations = Locations(type(spec), source)
        self.claims = Claims(spec, self.locations, shared)
        self.problems: list[Problem] = list(self.claims.problems)

    def message(self, text: str, *path: str | int) -> Message:
        """Return *text* with the line of the value at *path* below ``diagram:``, and what it rests on."""
        message = Message(text, self.locations.mark(path).line)
        return self.claims.backed(message, path) if self.claims else message

    def total(self, text: str, nodes: Iterable[Node], *path: str | int) -> Message:
        """Return a sum over *nodes*, whose first detail says the part of each; it rests on what they rest on."""
        message = self.message(text, *path)
        if message.backing or not self.claims:
            return message
        return dataclasses.replace(message, backing=Backing.union(node.details[0].backing for node in nodes))

    def about(self, path: Path, *keys: str) -> None:
        """Note that the item at *path* is the node with this key, or an edge between two nodes."""
        self.locations.check(path)
        if self.claims:
            self.claims.about(path, *keys)

    def problem(self, code: Code, text: str, *path: str | int, key: bool = False) -> None:
        """Note that something is wrong at *path* below ``diagram:``."""
        self.problems.append(self.locations.problem(code, text, path, key=key))

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """Return ``" Did you mean ...?"`` for the nearest *known* words, or ``""``; for a few words of a file."""
        return self.locations.source.hints.did_you_mean(word, known)

    def what_is_known(self, word: str, known: Iterable[str]) -> str:
        """Return ``" Did you mean ...?"``, or the *known* words if they are few; for a few words of a file."""
        return self.locations.source.hints.what_is_known(word, known)

    def node(self, key: str, spec: ItemSpec, *path: str | int, name: str, details: Iterable[Message] = ()) -> Node:
        """Return the node with *key* that *spec*, found at *path*, describes."""
        self.about(path, key)
        lines = [self.message(fact.value, *path, "details", index) for index, fact in enumerate(spec.details)]
        node = Node(
            key=key,
            label=self.message(spec.name or readable(name), *path, "name"),
            details=(*lines, *details),
            role=spec.role if isinstance(spec, NodeSpec) else Role.SERVICE,
            tone=spec.tone,
            explain=self.message(spec.explain, *path, "explain") if spec.explain else None,
            link=spec.link.url if spec.link else None,
            target=self.target(spec.link, *path),
            command=self.command(spec, *path) if isinstance(spec, CommandSpec) else None,
            icon=self.icon(spec, *path) if isinstance(spec, IconSpec) else None,
        )
        return self.with_element(node, spec, *path)

    def with_element(self, node: Node, spec: ElementUseSpec, *path: str | int) -> Node:
        """Return *node*, which *spec* at *path* describes, with what the element that it shows gives to it."""
        if spec.element is None:
            return node
        found = self.shared.elements.get(spec.element)
        if found is None:
            hint = self.did_you_mean(spec.element, self.shared.elements) or _NO_ELEMENT
            self.problem(Code.UNKNOWN_ELEMENT, f"There is no element {spec.element!r}.{hint}", *path, "element")
            return node
        given = spec.model_fields_set
        named = isinstance(spec, ItemSpec) and not spec.name
        explained = node.explain is not None or not found.explain
        linked = node.link or node.target or not found.link
        shaped = not isinstance(spec, NodeSpec) or "role" in given or found.role is None
        pictured = not isinstance(spec, IconSpec) or spec.icon or not found.icon
        return dataclasses.replace(
            node,
            element=found.id,
            label=self.message(found.name, *path, "element") if named else node.label,
            role=node.role if shaped or found.role is None else found.role,
            explain=node.explain if explained else self.message(found.explain, *path, "element"),
            link=node.link if linked else found.link,
            icon=node.icon if pictured else self._icon(found.icon, *path, "element"),
        )

    def command(self, spec: CommandSpec, *path: str | int) -> Command | None:
        """Return the command of what *spec*, found at *path*, describes; it is no claim."""
        if not spec.run:
            return None
        run, expect, then = (
            Message(text, self.locations.mark((*path, name)).line) if text else None
            for name, text in (("run", spec.run), ("expect", spec.expect), ("then", spec.then))
        )
        return Command(run, expect, then) if run else None

    def target(self, spec: TargetSpec | None, *path: str | int) -> Target | None:
        """Return what of the site *spec*, the link of what is at *path*, leads to; None for an address."""
        kind, name = spec.given[0] if spec else ("url", "")
        return None if kind == "url" else Target(kind, name, self.locations.mark((*path, "link")).line)

    def icon(self, spec: IconSpec, *path: str | int) -> Icon | None:
        """Return the icon of *spec*, found at *path*; what is wrong with one is noted where it is named first."""
        return self._icon(spec.icon, *path, "icon") if spec.icon else None

    def _icon(self, name: str, *path: str | int) -> Icon | None:
        try:
            return self._icons.find(name)
        except IconError as error:
            if name not in self._unusable:
                self._unusable.add(name)
                self.problem(Code.ICON, str(error), *path)
        return None

    def edges(self, specs: Iterable[EdgeSpec], names: Names, *path: str | int, within: str | None = None) -> list[Edge]:
        """Return the edges between known nodes; an unknown end is noted as a problem."""
        self.locations.check(path)
        found = []
        for index, spec in enumerate(specs):
            edge = self.edge(spec, names, *path, index, within=within)
            if edge:
                found.append(dataclasses.replace(edge, style=spec.style, tone=spec.tone))
        return found

    def edge(
        self, spec: LinkSpec, names: Names, *path: str | int, within: str | None = None, more: str | None = None
    ) -> Edge | None:
        """Return a plain edge between known nodes; ``more`` is a further line of its label."""
        source = self.known(spec.source, names, *path, "from", within=within)
        target = self.known(spec.target, names, *path, "to", within=within)
        text = "\n".join(line for line in (spec.label, more) if line)
        if not (source and target):
            return None
        self.about(path, source, target)
        return Edge(source, target, self.message(text, *path, "label") if text else None)

    def known(
        self, name: str, names: Names, *path: str | int, within: str | None = None, key: bool = False
    ) -> str | None:
        """Return the key of the node called *name*, or note that there is none."""
        self.locations.check(path, key=key)
        found = names.find(name, within)
        if isinstance(found, str):
            return found
        if found:
            full = " or ".join(repr(item) for item in found)
            self.problem(Code.UNKNOWN_NODE, f"{name!r} names more than one node; write {full}.", *path, key=key)
        else:
            hint = self.what_is_known(name, names.all())
            self.problem(Code.UNKNOWN_NODE, f"There is no node {name!r} here.{hint}", *path, key=key)
        return None


def titled(builder: Builder, key: str, name: str | None, *path: str | int, above: str | None = None) -> Message:
    """Return the title of the group *key*, called *name*, with the line *above* it if there is one."""
    title = name or readable(key)
    return builder.message(f"{above}\n{title}" if above else title, *path, "name")


class Names:
    """Keys of nodes in named groups: short where unique, else ``group.key``."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._full: dict[str, str] = {}
        self._short: dict[str, list[str]] = {}
        pairs = list(pairs)
        for group, key in pairs:
            self._short.setdefault(key, []).append(f"{group}.{key}" if group else key)
        for group, key in pairs:
            full = f"{group}.{key}" if group else key
            self._full[full] = key if len(self._short[key]) == 1 else full

    def key(self, group: str, key: str) -> str:
        """Return the stable key of the node *key* of *group*."""
        return self._full[f"{group}.{key}" if group else key]

    def find(self, name: str, within: str | None = None) -> str | list[str]:
        """Return the node's stable key, or the candidates if there is not exactly one."""
        if within is not None and f"{within}.{name}" in self._full:
            return self._full[f"{within}.{name}"]
        short = self._short.get(name, [])
        if len(short) == 1:
            return self._full[short[0]]
        if name in self._full:
            return self._full[name]
        return short

    def all(self) -> Iterator[str]:
        """Yield every name that works."""
        yield from self._full
        yield from (name for name, full in self._short.items() if len(full) == 1)
