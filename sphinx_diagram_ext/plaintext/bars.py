"""Charts and shares as bars of characters."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sphinx_diagram_ext.plaintext.columns import columns, fold, pad

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Chart, Limit, Measure, Shares

LEAST = 10
"""Columns that a bar needs to tell more from less."""

_LABEL = 0.55
"""Part of the width that labels may take."""

_EIGHTHS = " ▏▎▍▌▋▊▉"


def chart(body: Chart, width: int) -> list[str]:
    """Return a bar for each measure, and the limit as a mark on each."""
    measures = body.measures
    limits = [body.limit.value] if body.limit else []
    top = body.top or max([*(one.value for one in measures), *limits]) or Decimal(1)
    room = _room([_texts(one) for one in measures], width)
    lines = [line for text in (body.scale, body.across) if text for line in fold(text.text, width)]
    for series in body.series:
        if series.label:
            lines += ["", *fold(series.label.text, width)]
        for one in series.measures:
            lines += _row(_texts(one), room, _bar(one.value, top, width - room - 2, body.limit))
    if body.limit:
        lines += ["", *fold(f"┊ {body.limit.label.text}", width)]
    return lines


def shares(body: Shares, width: int) -> list[str]:
    """Return a bar for each part of the total."""
    whole = sum((part.value for part in body.parts), Decimal(0)) or Decimal(1)
    texts = [_texts(part) for part in body.parts]
    room = _room(texts, width)
    lines = fold(body.total.text, width)
    for part, rows in zip(body.parts, texts, strict=True):
        lines += _row(rows, room, _bar(part.value, whole, width - room - 2, None))
    return lines


def _texts(measure: Measure) -> list[str]:
    node = measure.node
    mark = f"{node.tone.mark} " if node.tone.mark else ""
    return [mark + node.label.text, *(detail.text for detail in node.details)]


def _room(texts: list[list[str]], width: int) -> int:
    """Return how many columns the labels get."""
    widest = max(columns(row) for rows in texts for text in rows for row in text.splitlines() or [""])
    return min(widest, int(width * _LABEL), width - LEAST - 2)


def _row(texts: list[str], room: int, bar: str) -> list[str]:
    rows = [row for text in texts for row in fold(text, room)]
    return [f"{pad(rows[0], room)} │{bar}", *(f"{pad(row, room)} │" for row in rows[1:])]


def _bar(value: Decimal, top: Decimal, width: int, limit: Limit | None) -> str:
    """Return *value* as a bar of at most *width* columns, in eighths of one."""
    eighths = int(min(max(value / top, Decimal(0)), Decimal(1)) * width * 8)
    bar = ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).strip()
    if limit is None:
        return bar
    at = min(int(min(limit.value / top, Decimal(1)) * width), width - 1)
    bar = pad(bar, width)
    return f"{bar[:at]}┊{bar[at + 1 :]}"
