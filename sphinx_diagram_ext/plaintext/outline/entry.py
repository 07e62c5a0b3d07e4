"""Parts of an outline, and the words that it adds to those of an author."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sphinx_diagram_ext.model import Arrow, Count, EdgeStyle, Role, Tone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sphinx_diagram_ext.model import Command


class Lead(NamedTuple):
    """An edge as text, and the key of the node at its other end; "" where that is no node."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A part of a diagram as text, with what it leads to, what leads to it, and the parts inside it.

    ``key`` is that of a node; frames, sides and steps have none. ``command`` is that of a step: what a node has
    to say below the picture is found by its key.
    """

    text: str
    key: str = ""
    leads: tuple[Lead, ...] = ()
    before: tuple[Lead, ...] = ()
    inner: tuple[Entry, ...] = ()
    link: str | None = None
    command: Command | None = None


class Outline(NamedTuple):
    """What is said of the diagram as a whole, such as its axes, and its parts."""

    remarks: tuple[str, ...]
    entries: tuple[Entry, ...]


def every_entry(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries and those inside them, an outer one before its inner ones."""
    for entry in entries:
        yield entry
        yield from every_entry(entry.inner)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of an outline in English; an adapter passes those of its reader's language.

    Those with braces are filled in by :meth:`str.format`.
    """

    language: str = "en"
    tones: Mapping[Tone, str] = field(
        default_factory=lambda: {Tone.PROBLEM: "problem", Tone.CAUTION: "caution", Tone.HEALTHY: "healthy"}
    )
    roles: Mapping[Role, str] = field(
        default_factory=lambda: {
            Role.DATABASE: "database",
            Role.QUEUE: "queue",
            Role.STORAGE: "storage",
            Role.ACTOR: "person or client",
            Role.DECISION: "question",
            Role.EXTERNAL: "outside",
            Role.NOTE: "note",
        }
    )
    styles: Mapping[EdgeStyle, str] = field(
        default_factory=lambda: {EdgeStyle.DASHED: "dashed", EdgeStyle.THICK: "main flow"}
    )
    stopped: str = "never arrives"
    start: str = "start"
    end: str = "end"
    participants: str = "Participants"
    steps: str = "Steps"
    arrows: Mapping[Arrow, str] = field(
        default_factory=lambda: {
            Arrow.CALL: "{source} to {target}: {text}",
            Arrow.REPLY: "{source} answers {target}: {text}",
            Arrow.ASYNC: "{source} to {target}, without waiting: {text}",
            Arrow.LOST: "{source} to {target}, never arrives: {text}",
        }
    )
    itself: str = "{source}: {text}"
    note: str = "Note on {names}: {text}"
    branches: Mapping[str, tuple[str, str]] = field(
        default_factory=lambda: {
            "loop": ("Repeated: {}", ""),
            "opt": ("Only if: {}", ""),
            "alt": ("If: {}", "Else: {}"),
            "par": ("At the same time: {}", "And: {}"),
        }
    )
    counts: Mapping[Count, str] = field(
        default_factory=lambda: {
            Count.ONE: "one",
            Count.OPTIONAL: "none or one",
            Count.MANY: "none or more",
            Count.SOME: "one or more",
        }
    )
    relation: str = "{one} to {other}"
    axis: str = "Axis: {}"
    across: str = "Axis across: {}"
    limit: str = "Limit: {}"
    total: str = "Total {}"
    rightwards: str = "From left to right: {low} to {high}"
    upwards: str = "From bottom to top: {low} to {high}"
