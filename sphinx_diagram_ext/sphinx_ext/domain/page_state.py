"""State of a page: everything that the environment keeps of its diagrams, in one object."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord, ElementRecord, Terms
    from sphinx_diagram_ext.sphinx_ext.placement import Placement


@dataclass
class BrokenDiagram:
    """A diagram that a page asks for and that cannot be shown: the anchor of its message, and what is still to say."""

    anchor: str
    unsaid: tuple[Problem, ...] = ()


@dataclass
class PageState:
    """What a page noted when it was read."""

    placements: dict[Placement, bool] = field(default_factory=dict)
    """Who asks for a diagram, and whether a warning says why there is none."""
    diagrams: list[DiagramRecord] = field(default_factory=list)
    """The diagrams that it shows."""
    mentions: set[str] = field(default_factory=set)
    """The targets that it refers to: ids, or ``id#node``."""
    indexes: list[tuple[Terms, bool]] = field(default_factory=list)
    """The indexes that it has: the filter, and whether there are pictures."""
    broken: dict[str, BrokenDiagram] = field(default_factory=dict)
    """The diagrams that it shows a message for, by id."""
    elements: dict[str, ElementRecord] = field(default_factory=dict)
    """The elements that it describes, by id."""
    all_elements: bool = False
    """Whether it describes every element of the registry."""
    inputs: dict[str, str] = field(default_factory=dict)
    """What it was read from: digests by kind and name, see :mod:`..incremental.collector`."""
