"""Describes how other tools draw diagrams of this repository as MyST text, from what was counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx_diagram_ext.drawing.faults import KINDS

COUNTS = Path(__file__).parents[1] / "reference" / "side-by-side" / "counts.json"
NAMES = {
    "ours": "This project",
    "mermaid": "Mermaid",
    "d2-dagre": "D2",
    "d2-elk": "D2 with ELK",
    "graphviz": "Graphviz",
}
SHOWN = ("mermaid", "d2-dagre", "graphviz")
COLUMN, PHONE = 736, 358
"""Widths in CSS pixels: of a column of text, and of one on a phone of 390 px."""


def _read() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(COUNTS.read_text(encoding="utf-8"))
    return found


def kinds() -> str:
    """Return a list of the faults that are counted, with the numbers that the tables name."""
    numbers = next(iter(_read()["diagrams"].values()))["pictures"]["ours"]["faults"]
    return "\n".join(f"- {number}: {KINDS[int(number)].summary}" for number in numbers) + "\n"


def packages() -> str:
    """Return a table of the tools: package, version and licence."""
    rows = [
        _row(f"`{one['package']}`", one["version"], one.get("engine", ""), one["licence"])
        for one in _read()["packages"].values()
    ]
    return "\n".join(["| Package on npm | Version | Holds | Licence of the package |", "|---|---|---|---|", *rows, ""])


def totals() -> str:
    """Return a table of all pictures by tool: sums of their faults, and how many have none."""
    found = [one["pictures"] for one in _read()["diagrams"].values()]
    numbers = list(found[0]["ours"]["faults"])
    lines = _head("Tool", *numbers, "All", "Without a fault", "Crossings", "Area", "Least type", "kB")
    area = sum(_area(pictures["ours"]) for pictures in found)
    for tool, title in NAMES.items():
        ones = [pictures[tool] for pictures in found]
        cells = [
            *(sum(one["faults"][number] for one in ones) for number in numbers),
            sum(map(_faults, ones)),
            f"{sum(not _faults(one) for one in ones)} of {len(ones)}",
            sum(one["crossings"] for one in ones),
            f"{sum(map(_area, ones)) / area:.0%}",
            f"{min(_type(one, COLUMN) for one in ones):.1f}",
            round(sum(one["bytes"] for one in ones) / 1000 / len(ones)),
        ]
        lines.append(_row(title, *cells))
    return "\n".join([*lines, ""])


def diagram(name: str) -> str:
    """Return the pictures of a diagram by other tools, and a table of what was counted."""
    pictures = _read()["diagrams"][name]["pictures"]
    return f"{_tabs(name)}\n{_table(pictures)}"


def _table(pictures: dict[str, Any]) -> str:
    lines = _head("Tool", *pictures["ours"]["faults"], "Crossings", "Size", "Type", "on a phone")
    for tool, title in NAMES.items():
        one = pictures[tool]
        # Our own has another form for a phone, with type of the same size.
        phone = one["type"] if tool == "ours" else _type(one, PHONE)
        size = f"{one['width']} x {one['height']}"
        type_, small = f"{_type(one, COLUMN):.1f}", f"{phone:.1f}"
        lines.append(_row(title, *one["faults"].values(), one["crossings"], size, type_, small))
    return "\n".join([*lines, ""])


def _tabs(name: str) -> str:
    """Return a tab for each picture, where there are tabs."""
    lines = [":::::{only} html and not epub", "::::{tab-set}"]
    for tool in SHOWN:
        path = f"side-by-side/{name.replace('/', '-')}-{tool}.svg"
        image = [f"```{{image}} {path}", f":alt: {name}, drawn by {NAMES[tool]}", "```"]
        lines += [f":::{{tab-item}} {NAMES[tool]}", f":sync: {tool}", *image, ":::"]
    return "\n".join([*lines, "::::", ":::::", ""])


def _head(first: str, *more: str) -> list[str]:
    return [_row(first, *more), "|---|" + "--:|" * len(more)]


def _row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _faults(one: dict[str, Any]) -> int:
    return sum(map(int, one["faults"].values()))


def _area(one: dict[str, Any]) -> int:
    return int(one["width"]) * int(one["height"])


def _type(one: dict[str, Any], room: int) -> float:
    """Return the size of the smallest type where a picture that is wider than its room is made smaller."""
    return float(one["type"]) * min(1.0, room / float(one["width"]))
