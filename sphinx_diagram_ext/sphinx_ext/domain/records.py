"""Records of the diagrams on pages: plain data that pickles and exports."""

from __future__ import annotations

import contextlib
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.util.tags import Tags

    from sphinx_diagram_ext.sphinx_ext.pickled import Pickled


@dataclass(frozen=True)
class NodeRecord:
    """A node on a page; ``anchor`` is empty where the page has no place for it."""

    key: str
    label: str
    details: tuple[str, ...]
    role: str
    tone: str
    anchor: str
    explanation: str
    element: str = ""


class Target(NamedTuple):
    """What a reference to a node needs; ``anchor`` is empty where the page has no place for it."""

    key: str
    label: str
    anchor: str


class SourceRecord(NamedTuple):
    """A source; ``id`` is empty where no claim can name it, what follows ``date`` where the registry does not say."""

    id: str
    title: str
    url: str
    date: str
    kind: str = ""
    published: str = ""
    read: str = ""
    extent: str = ""
    archive: str = ""


class ClaimRecord(NamedTuple):
    """A claim: the keys of the nodes it is about, what it says and what that rests on."""

    nodes: tuple[str, ...]
    text: str
    sources: tuple[str, ...]
    illustration: bool
    derived: str = ""


class CommandRecord(NamedTuple):
    """A command: the key of its node, what that is called, and the texts as they are shown.

    ``node`` is empty for a step of a sequence, ``expect`` and ``then`` where nothing is said.
    """

    node: str
    about: str
    run: str
    expect: str
    then: str


@dataclass(frozen=True)
class Parts:
    """What a diagram consists of; edges are key, key and label."""

    nodes: tuple[NodeRecord, ...]
    edges: tuple[tuple[str, str, str], ...]
    sources: tuple[SourceRecord, ...]
    claims: tuple[ClaimRecord, ...]
    commands: tuple[CommandRecord, ...]


class ElementRecord(NamedTuple):
    """An element on the page that describes it."""

    docname: str
    anchor: str
    name: str


class DiagramRecord(NamedTuple):
    """A diagram on a page.

    A tuple: a large site has a hundred thousand of them, and a dictionary each would be most of its environment.
    """

    id: str
    docname: str
    anchor: str
    type: str
    title: str
    summary: str
    path: str
    digest: str
    """Of everything that an index, a reference or an export says of it."""
    picture: str
    """What the key of its picture is made of."""
    targets: str
    """The nodes (see :attr:`nodes`) as one text: a large site has a million, and every build asks for all."""
    pickled: Pickled[Parts]
    tones: tuple[str, ...]
    """Those that say something, sorted."""
    category: str
    subject: str
    view: str
    module: str
    difficulty: str
    tags: tuple[str, ...]
    systems: tuple[str, ...]
    illustration: bool
    aliases: tuple[str, ...]
    own: bool
    """Whether the page's picture is not that of the data file: inline, translated or turned."""
    symptoms: tuple[str, ...]
    messages: tuple[str, ...]
    status: str
    checked_by: str
    elements: tuple[str, ...]
    """Those of the registry that its nodes show, sorted."""
    only: tuple[str, ...]
    """Conditions of the directives ``only`` that it stands in."""

    @property
    def nodes(self) -> list[Target]:
        """What references lead to, in the order of the data."""
        if not self.targets:
            return []
        found = (item.split(_UNIT) for item in self.targets.split(_RECORD))
        return [Target(key, label, f"{self.anchor}--{part}" if part else "") for key, label, part in found]

    @property
    def parts(self) -> Parts:
        """What the diagram consists of, unpacked each time."""
        return self.pickled.unpack()

    def values(self, field: str) -> tuple[str, ...]:
        """Return the values of a *field* that an index groups or filters by."""
        if field in _SEVERAL:
            several: tuple[str, ...] = getattr(self, f"{field}s")
            return several
        if field == PLACE:
            return (" \u00b7 ".join(filter(None, (self.category, self.view))),) if self.category else ()
        value: str = getattr(self, field)
        return (value,) if value else ()

    def stands(self, tags: Tags) -> bool:
        """Tell whether output with *tags* has the diagram."""
        # Sphinx says what is wrong with a condition, and lets in what stands in it.
        with contextlib.suppress(ValueError, TemplateSyntaxError):
            return all(tags.eval_condition(condition) for condition in self.only)
        return True

    def matches(self, terms: Terms) -> bool:
        """Tell whether an index with the filter *terms* has the diagram."""
        for field, wanted, values in terms:
            own = self.values(field)
            hit = any(value in own for value in values)
            if field == "id":
                hit = hit or any(value.endswith("*") and self.id.startswith(value[:-1]) for value in values)
            if hit != wanted:
                return False
        return True


Terms = tuple[tuple[str, bool, tuple[str, ...]], ...]
"""A filter: for each term the field, whether it is to match, and the values, one of which matches."""

_SEVERAL = ("tag", "system", "tone", "element", "symptom", "message")
"""Fields of which a diagram has any number."""

PLACE = "place"
"""Category and view in one, by which the lists of elements are grouped."""

INDEX_FIELDS = (
    "type",
    "category",
    "subject",
    "view",
    "tag",
    "system",
    "module",
    "difficulty",
    "tone",
    "element",
    "status",
    "symptom",
    "message",
    "id",
)
"""Fields that an index can group or filter by."""


_RECORD, _UNIT = "\x1e", "\x1f"
"""Separate nodes, and what is known of one; no text of a data file may hold them."""

_CONTROLS = str.maketrans("", "", _RECORD + _UNIT)


def packed_targets(nodes: Iterable[NodeRecord], anchor: str) -> str:
    """Return the text of :attr:`DiagramRecord.targets`, for *nodes* of the diagram with this *anchor*."""
    return _RECORD.join(map(_target, nodes, itertools.repeat(f"{anchor}--")))


def _target(node: NodeRecord, before: str) -> str:
    # A translation may hold what a data file may not.
    return _UNIT.join((node.key, node.label.translate(_CONTROLS), node.anchor.removeprefix(before)))
