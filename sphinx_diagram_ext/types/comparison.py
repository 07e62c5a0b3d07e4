"""``type: comparison``: two or more sides next to each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Comparison, Direction, Row, Side, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, readable
from sphinx_diagram_ext.types.nodes import EdgeSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


class SideSpec(ClaimSpec):
    """One side of a comparison."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the side means.")
    direction: Direction | None = Field(None, description="Where the side grows to.")
    nodes: dict[Key, NodeSpec | None] = Field(min_length=1, description="Nodes by key.")
    flows: list[EdgeSpec] = Field([], description="What flows from node to node of this side.")


class ComparisonSpec(DiagramSpec):
    """Sides to compare."""

    type: Literal["comparison"]
    sides: dict[Key, SideSpec] = Field(min_length=2, description="Sides by key, from left to right.")
    rows: dict[Key, Words] = Field({}, description="What is compared in a row, by the key of its nodes.")
    flows: list[EdgeSpec] = Field([], description="What flows from side to side.")


def build(spec: ComparisonSpec, builder: Builder) -> Comparison:
    """Return the comparison; nodes with the same key are in the same row."""
    names = Names((side, key) for side, part in spec.sides.items() for key in part.nodes)
    edges = []
    sides = []
    for side, part in spec.sides.items():
        nodes = tuple(
            builder.node(names.key(side, name), node or NodeSpec(), "sides", side, "nodes", name, name=name)
            for name, node in part.nodes.items()
        )
        edges += builder.edges(part.flows, names, "sides", side, "flows", within=side)
        label = builder.message(part.name or readable(side), "sides", side, "name")
        sides.append(Side(side, label, nodes, part.tone, part.direction or Direction.TB))
    edges += builder.edges(spec.flows, names, "flows")
    return Comparison(tuple(sides), _rows(spec, names, builder), tuple(edges), spec.direction or Direction.LR)


def _rows(spec: ComparisonSpec, names: Names, builder: Builder) -> tuple[Row, ...]:
    known = {key: None for part in spec.sides.values() for key in part.nodes}
    for key in spec.rows:
        if key not in known:
            hint = builder.did_you_mean(key, known)
            builder.problem(Code.UNKNOWN_NODE, f"No side has a node {key!r}.{hint}", "rows", key, key=True)
    rows = []
    for row in aligned({side: list(part.nodes) for side, part in spec.sides.items()}, set(spec.rows)):
        title = next((key for key in row.values() if key in spec.rows), None)
        label = builder.message(spec.rows[title], "rows", title) if title else None
        rows.append(Row(tuple(names.key(side, row[side]) if side in row else None for side in spec.sides), label))
    return tuple(rows)


@dataclass(slots=True)
class _Slot:
    """A row that is being filled: the key that it is for, and the key of each side's cell."""

    key: str
    cells: dict[str, str] = field(default_factory=dict)


def aligned(sides: Mapping[str, list[str]], titled: Collection[str] = ()) -> list[dict[str, str]]:
    """Return rows that hold each key of each side once; the same key of several sides is in one row.

    What one side has alone is beside what others have at the same place, or in a row of its own there. Rows of
    *titled* keys hold these only.
    """
    count = Counter(key for keys in sides.values() for key in keys)
    alone = {key for key in count if count[key] == 1 and key not in titled}
    slots: list[_Slot] = []
    for side, keys in sides.items():
        slots = _merged(slots, side, keys, alone, titled)
    return [slot.cells for slot in slots]


def _merged(
    slots: list[_Slot], side: str, keys: list[str], alone: Collection[str], titled: Collection[str]
) -> list[_Slot]:
    """Return *slots* with one more side in them; *alone* are the keys that may be beside another one."""
    place = {slot.key: at for at, slot in enumerate(slots)}
    merged: list[_Slot] = []
    done, new, closed = 0, list[str](), {*titled, *keys}
    for key in keys:
        if key not in place:
            new.append(key)
            continue
        if place[key] >= done:
            merged += _filled(slots[done : place[key]], side, new, closed, alone)
            merged.append(slots[place[key]])
            done, new = place[key] + 1, []
        slots[place[key]].cells[side] = key
    return merged + _filled(slots[done:], side, new, closed, alone)


def _filled(
    slots: list[_Slot], side: str, new: list[str], closed: Collection[str], alone: Collection[str]
) -> list[_Slot]:
    """Return *slots* with the keys *new* in those that are not *closed*, or behind them."""
    free = (slot for slot in slots if slot.key not in closed)
    behind: list[_Slot] = []
    for key in new:
        slot = next(free, None) if key in alone and not behind else None
        if slot is None:
            behind.append(_Slot(key, {side: key}))
        else:
            slot.cells[side] = key
    return [*slots, *behind]
