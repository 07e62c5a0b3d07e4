"""Kinds of faults, with the numbers and names by which they are counted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fault.

    ``allowed`` kinds are reported and no failure: whether the picture could do without depends on its data.
    ``by_browser`` kinds need a page: a scene does not know at what size it is shown.
    """

    number: int
    name: str
    summary: str
    allowed: bool = False
    by_browser: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a picture.

    ``message`` names what is concerned by its words, ``keys`` by the keys of the model: of an edge both ends, of a
    node or a frame its own. What has no key is missing there.
    """

    number: int
    name: str
    message: str
    keys: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether it is reported and no failure."""
        return KINDS[self.number].allowed


KINDS: dict[int, Kind] = {
    kind.number: kind
    for kind in (
        Kind(1, "crossing-edges", "Two edges cross.", allowed=True),
        Kind(2, "edge-through-node", "An edge runs through a node that is not one of its ends."),
        Kind(3, "edge-through-text", "An edge runs through a text; the ground of its own label may lie on it."),
        Kind(4, "edge-through-title", "An edge strikes the title of a frame."),
        Kind(5, "text-over-text", "Two texts overlap."),
        Kind(6, "text-over-node", "A text overlaps a node that is not its own."),
        Kind(
            7,
            "tight-text",
            "A text is nearer than 8 px (at the sides) or 4 px (above, below) to its border, or lies across it.",
        ),
        Kind(8, "lifeline-through-text", "A lifeline runs through a text that has no ground of its own."),
        Kind(9, "small-text", "A text is smaller than 12 px on the screen.", by_browser=True),
        Kind(10, "sideways-scrolling", "The page or the picture scrolls sideways.", by_browser=True),
        Kind(11, "uneven-frames", "Two frames side by side, or one below the other, have no edge in common."),
        Kind(12, "many-widths", "The boxes of a rank have more than three widths."),
        Kind(13, "tall", "The picture is taller than 900 px.", allowed=True),
    )
}
"""Every kind by its number."""
