"""Table of an entity: a head with its name, and a row for each attribute."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Align, Box, Path, Text
from sphinx_diagram_ext.drawing.shapes import label_lines, labelled, lines_width, outline
from sphinx_diagram_ext.fonts import wrap
from sphinx_diagram_ext.model import Role

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Font, Part
    from sphinx_diagram_ext.model import Attribute, Entity

_SIDE, _GAP = 12.0, 16.0
"""Room at the sides of a table, and between its columns."""
_HEAD, _ROW = 7.0, 4.0
"""Room above and below the texts of the head and of a row."""
_RADIUS = 6.0
_LEAST, _GRID = 96.0, 8.0
"""Least width of a table, and what its width is a multiple of."""
_WIDEST = (180.0, 180.0, 96.0, 200.0)
"""Greatest widths of the columns: name, kind, keys and remark."""
_NARROWEST = 40.0

Cell: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of an attribute, each in lines; ``below`` is a remark that has the whole width."""

    cells: tuple[Cell, ...]
    strong: bool
    below: Cell = ()

    @property
    def height(self) -> float:
        """Height with the room above and below."""
        return (max(map(len, self.cells)) + len(self.below)) * DETAIL.line + 2 * _ROW

    def font(self, column: int) -> Font:
        """Return the font of a cell: names of primary keys are bold."""
        return STRONG if self.strong and column == 0 else DETAIL


@dataclass(frozen=True, slots=True)
class Table:
    """An entity whose texts are broken into lines, with its columns' widths and its size."""

    entity: Entity
    head: tuple[tuple[str, Font], ...]
    rows: tuple[_Row, ...]
    columns: tuple[float, ...]
    width: float

    @property
    def head_height(self) -> float:
        """Height of the head."""
        return sum(font.line for _, font in self.head) + 2 * _HEAD

    @property
    def height(self) -> float:
        """Height of the whole table."""
        return self.head_height + sum(row.height for row in self.rows)

    def parts(self, rect: Rect) -> list[Part]:
        """Return the table in *rect*: its outline first."""
        tone = self.entity.node.tone
        frame = outline(Role.SERVICE, tone, rect)[0]
        head = Rect(rect.left, rect.top, rect.right, rect.top + self.head_height)
        stroke, dash = f"{tone}-stroke", frame.dash if isinstance(frame, Box) else ""
        width = frame.width if isinstance(frame, Box) else 1.3
        fill = "ground" if self.rows else f"{tone}-fill"
        parts: list[Part] = [Box(rect, fill, stroke, width, dash, _RADIUS)]
        if self.rows:
            inner = width / 2
            parts.append(_head_ground(Rect(rect.left + inner, rect.top + inner, rect.right - inner, head.bottom), tone))
            parts.append(Path(f"M{rect.left:.1f} {head.bottom:.1f}H{rect.right:.1f}", head, "", stroke, 1.0))
        parts += labelled(self.entity.node, self.head, rect.left + _SIDE, rect.top + _HEAD, Align.START)
        rules, y = [], head.bottom
        for number, row in enumerate(self.rows):
            if number:
                rules.append(f"M{rect.left + 1:.1f} {y:.1f}H{rect.right - 1:.1f}")
            parts += self._cells(row, rect.left + _SIDE, y + _ROW)
            y += row.height
        if rules:
            parts.append(Path("".join(rules), Rect(rect.left, head.bottom, rect.right, y), "", "group-line", 0.5))
        return parts

    def _cells(self, row: _Row, x: float, y: float) -> list[Part]:
        parts: list[Part] = []
        left = x
        for number, (cell, width) in enumerate(zip(row.cells, self.columns, strict=True)):
            if cell:
                ink = "muted" if number in (1, 3) else "text"
                parts.append(Text(left, y, cell, row.font(number), ink, Align.START))
            left += width + _GAP if width else 0.0
        if row.below:
            y += max(map(len, row.cells)) * DETAIL.line
            parts.append(Text(x, y, row.below, DETAIL, "muted", Align.START))
        return parts


def _head_ground(rect: Rect, tone: str) -> Path:
    left, top, right, bottom = rect
    radius = _RADIUS - 1
    upper = f"M{left:.1f} {bottom:.1f}V{top + radius:.1f}q0 {-radius:.0f} {radius:.0f} {-radius:.0f}"
    across = f"H{right - radius:.1f}q{radius:.0f} 0 {radius:.0f} {radius:.0f}V{bottom:.1f}z"
    return Path(upper + across, rect, f"{tone}-fill")


def table(entity: Entity, width: float) -> Table:
    """Return the table of *entity*, no wider than *width* if that is enough for anything."""
    room = width - 2 * _SIDE
    texts = [_texts(attribute) for attribute in entity.attributes]
    strong = ["PK" in attribute.keys for attribute in entity.attributes]
    natural = [
        min(most, max((_font(at, bold).width(row[at]) for row, bold in zip(texts, strong, strict=True)), default=0.0))
        for at, most in enumerate(_WIDEST)
    ]
    remark = natural.pop()
    below = remark > 0 and _total([*natural, remark]) > room
    columns = _fitted([*natural, 0.0 if below else remark], room)
    least = min(room, max(_total(columns), _WIDEST[3]))
    rows = tuple(
        _Row(
            tuple(_wrapped(row[at], width, _font(at, bold)) for at, width in enumerate(columns)),
            bold,
            _wrapped(row[3], least, DETAIL) if below else (),
        )
        for row, bold in zip(texts, strong, strict=True)
    )
    head = tuple(label_lines(entity.node, least))
    inner = [_total(columns), _LEAST - 2 * _SIDE, lines_width(entity.node, head)]
    inner += [DETAIL.width(line) for row in rows for line in row.below]
    whole = _GRID * math.ceil((max(inner) + 2 * _SIDE) / _GRID)
    return Table(entity, head, rows, tuple(columns), whole)


def _texts(attribute: Attribute) -> tuple[str, str, str, str]:
    remark = attribute.remark.text if attribute.remark else ""
    return attribute.name.text, attribute.kind.text, ", ".join(attribute.keys), remark


def _font(column: int, strong: bool) -> Font:  # noqa: FBT001
    return STRONG if strong and column == 0 else DETAIL


def _wrapped(text: str, width: float, font: Font) -> Cell:
    if not text.strip():
        return ()
    # A column without room is left out, but a text that needs none is there all the same.
    return tuple(wrap(text, width, font.size, bold=font.bold)) if width or not font.width(text) else ()


def _total(columns: list[float]) -> float:
    """Return the width of columns with the gaps between them; empty ones take no room."""
    found = [width for width in columns if width]
    return sum(found) + _GAP * max(0, len(found) - 1)


def _fitted(columns: list[float], room: float) -> list[float]:
    """Return *columns*, the widest of them made narrower until all fit in *room*."""
    found = list(columns)
    while (excess := _total(found) - room) > 0.5:
        widest = max(found)
        if widest <= _NARROWEST:
            break
        wide = [number for number, width in enumerate(found) if width > widest - 0.5]
        lower = max([_NARROWEST, *(width for width in found if width <= widest - 0.5)])
        cut = min(excess / len(wide), widest - lower) or 0.5
        for number in wide:
            found[number] = max(_NARROWEST, found[number] - cut)
    return found
