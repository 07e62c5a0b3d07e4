"""Elements: systems and parts of systems that many diagrams show, each described once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.model.graph import Role
    from sphinx_diagram_ext.model.text import Message


@dataclass(frozen=True)
class Element:
    """An element; nodes that name it have its name, role, icon, link and explanation where they give none.

    ``within`` is the id of the element that it is a part of. ``binding`` is what it stands for in the repository,
    ``broken`` why that is not there. ``path`` and ``line`` are those of its entry.
    """

    id: str
    name: str
    role: Role | None = None
    icon: str = ""
    link: str = ""
    explain: str = ""
    facts: tuple[Message, ...] = ()
    within: str = ""
    binding: str = ""
    broken: str = ""
    path: str = ""
    line: int = 0
