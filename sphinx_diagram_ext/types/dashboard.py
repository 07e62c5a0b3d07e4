"""``type: dashboard``: rows of panels, as on the wall."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.model import Direction, Graph, Group, Message, Node, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.command import CommandSpec
from sphinx_diagram_ext.types.nodes import ItemSpec
from sphinx_diagram_ext.types.texts import Key, Words


class PanelSpec(CommandSpec, ItemSpec):
    """A panel; plain text instead of the mapping is its name."""

    shows: Words | None = Field(None, description="What it shows: a metric or a query.")
    alert: Words | None = Field(None, description="When it calls somebody.")


class RowSpec(ClaimSpec):
    """A row of panels."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the row means.")
    panels: dict[Key, PanelSpec | None] = Field(min_length=1, description="Panels by key, from left to right.")


class DashboardSpec(DiagramSpec):
    """Rows of panels."""

    type: Literal["dashboard"]
    rows: dict[Key, RowSpec] = Field(min_length=1, description="Rows by key, from top to bottom.")


def build(spec: DashboardSpec, builder: Builder) -> Graph:
    """Return the graph of a dashboard: a group a row."""
    names = Names((row, key) for row, part in spec.rows.items() for key in part.panels)
    nodes: list[Node] = []
    groups: list[Group] = []
    for row, part in spec.rows.items():
        keys = tuple(names.key(row, name) for name in part.panels)
        for key, (name, given) in zip(keys, part.panels.items(), strict=True):
            panel = given or PanelSpec()
            path = ("rows", row, "panels", name)
            nodes.append(builder.node(key, panel, *path, name=name, details=_lines(panel, builder, path)))
        groups.append(Group(row, titled(builder, row, part.name, "rows", row), keys, part.tone, Direction.TB))
    return Graph(tuple(nodes), (), tuple(groups), spec.direction or Direction.TB, beside=True)


def _lines(panel: PanelSpec, builder: Builder, path: tuple[str, ...]) -> list[Message]:
    lines = [builder.message(panel.shows, *path, "shows")] if panel.shows else []
    if panel.alert:
        # The mark says without a colour that somebody is called.
        lines.append(builder.message(f"! {panel.alert}", *path, "alert"))
    return lines
