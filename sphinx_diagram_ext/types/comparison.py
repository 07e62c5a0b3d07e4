"""``type: comparison``: two or more sides next to each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from sphinx_diagram_ext.model import Comparison, Direction, Row, Side, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec, EdgeSpec, Key, NodeSpec, Words
from sphinx_diagram_ext.types.builder import Builder, Names, readable

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    rows = tuple(
        Row(tuple(names.key(side, row[side]) if side in row else None for side in spec.sides))
        for row in aligned({side: list(part.nodes) for side, part in spec.sides.items()})
    )
    return Comparison(tuple(sides), rows, tuple(edges), spec.direction or Direction.LR)


@dataclass(slots=True)
class _Slot:
    """A row that is being filled: the key that it is for, and the key of each side's cell."""

    key: str
    cells: dict[str, str] = field(default_factory=dict)


def aligned(sides: Mapping[str, list[str]]) -> list[dict[str, str]]:
    """Return rows that hold each key of each side once; the same key of several sides is in one row.

    What one side has alone is beside what others have at the same place, or in a row of its own there.
    """
    count = Counter(key for keys in sides.values() for key in keys)
    slots: list[_Slot] = []
    for side, keys in sides.items():
        slots = _merged(slots, side, keys, count)
    return [slot.cells for slot in slots]


def _merged(slots: list[_Slot], side: str, keys: list[str], count: Counter[str]) -> list[_Slot]:
    """Return *slots* with one more side in them; *count* tells how many sides have a key."""
    place = {slot.key: at for at, slot in enumerate(slots)}
    merged: list[_Slot] = []
    done, new, own = 0, list[str](), set(keys)
    for key in keys:
        if key not in place:
            new.append(key)
            continue
        if place[key] >= done:
            merged += _filled(slots[done : place[key]], side, new, own, count)
            merged.append(slots[place[key]])
            done, new = place[key] + 1, []
        slots[place[key]].cells[side] = key
    return merged + _filled(slots[done:], side, new, own, count)


def _filled(slots: list[_Slot], side: str, new: list[str], own: set[str], count: Counter[str]) -> list[_Slot]:
    """Return *slots* with the keys *new* in those that the side has nothing else for, or behind them."""
    free = (slot for slot in slots if slot.key not in own)
    behind: list[_Slot] = []
    for key in new:
        # Others have this key too, in rows that are still to come.
        shared = count[key] > 1
        slot = None if shared or behind else next(free, None)
        if slot is None:
            behind.append(_Slot(key, {side: key}))
        else:
            slot.cells[side] = key
    return [*slots, *behind]
