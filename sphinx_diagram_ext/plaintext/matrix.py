"""Places between two axes, as numbers on a field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.plaintext.columns import cells, columns, fold, pad

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Matrix, Message

HALF = 7
"""Lines of half the field."""


def matrix(body: Matrix, width: int) -> list[str]:
    """Return the field with a number at each place, and what the numbers mean below it."""
    half = (width - 3) // 2
    grid = _field(body, half)
    _write_numbers(grid, body, half)
    low, high = (message.text for message in body.x)
    lines = [*fold(f"↑ {body.y[1].text}", width), *("".join(row) for row in grid)]
    lines += fold(f"↓ {body.y[0].text}", width)
    left, right = f"← {low}", f"{high} →"
    space = 2 * half + 3 - columns(left) - columns(right)
    lines += [left + " " * space + right] if space > 0 else [*fold(left, width), *fold(right, width)]
    lines.append("")
    for number, place in enumerate(body.places, 1):
        mark = f"{place.node.tone.mark} " if place.node.tone.mark else ""
        text = ". ".join((place.node.label.text, *(detail.text for detail in place.node.details)))
        rows = fold(mark + text, width - 4)
        lines += [f"{number:>2}  {rows[0]}", *(f"    {row}" for row in rows[1:])]
    return lines


def _field(body: Matrix, half: int) -> list[list[str]]:
    """Return the four quadrants with their titles, each line as a list of cells."""
    right_top, left_top, left_bottom, right_bottom = body.quadrants
    rows = ["┌" + "─" * half + "┬" + "─" * half + "┐"]
    rows += _half(left_top, right_top, half)
    rows.append("├" + "─" * half + "┼" + "─" * half + "┤")
    rows += _half(left_bottom, right_bottom, half)
    rows.append("└" + "─" * half + "┴" + "─" * half + "┘")
    return [cells(row) for row in rows]


def _half(left: Message | None, right: Message | None, half: int) -> list[str]:
    titles = [fold(message.text, half - 2)[:HALF] if message else [] for message in (left, right)]
    return [
        "│" + "│".join(pad(f" {title[at]}" if at < len(title) else "", half) for title in titles) + "│"
        for at in range(HALF)
    ]


def _write_numbers(grid: list[list[str]], body: Matrix, half: int) -> None:
    """Write the number of each place at the free cell nearest to where it belongs."""
    for number, place in enumerate(body.places, 1):
        sign = str(number)
        x, y = float(place.x) * (2 * half), (1 - float(place.y)) * (2 * HALF)
        free = (
            (abs(column - 1 - x) / 2 + abs(row - 1 - y), row, column)
            for row in range(1, len(grid) - 1)
            for column in range(1, 2 * half + 2 - len(sign))
            if all(cell == " " for cell in grid[row][column - 1 : column + len(sign) + 1])
        )
        nearest = min(free, default=None)
        if nearest is not None:
            _, row, column = nearest
            grid[row][column : column + len(sign)] = list(sign)
