"""Coverage of an inventory: how many of its rows are written, and how far these are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plan.inventory import Row

GROUPS = ("category", "view", "subject")
"""By what rows are counted."""

STEPS = ("written", "valid", "clean", "checked", "reviewed", "done")
"""How far a diagram is: it has a file, no error, no finding of the linter above "info", somebody checked it, reviewed
it, and all of this."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one row is; ``diagram`` is the id of its file, "" for none."""

    row: Row
    diagram: str = ""
    valid: bool = False
    clean: bool = False
    status: str = ""

    @property
    def steps(self) -> dict[str, bool]:
        """Whether each of :data:`STEPS` is reached."""
        checked, reviewed = self.status in ("checked", "reviewed"), self.status == "reviewed"
        reached = (bool(self.diagram), self.valid, self.clean, checked, reviewed)
        return dict(zip(STEPS, (*reached, self.valid and self.clean and checked), strict=True))


@dataclass(frozen=True, slots=True)
class Count:
    """The rows of one group: how many there are, and how many reached each step."""

    group: str
    rows: int
    steps: dict[str, int]


def progress(
    rows: Iterable[Row], files: Iterable[str], valid: Mapping[str, Diagram], unclean: frozenset[str]
) -> list[Progress]:
    """Return how far each row is.

    Args:
        rows: The inventory.
        files: The ids of all data files, those that cannot be read too.
        valid: The diagrams without an error, by id.
        unclean: The ids of diagrams in which the linter finds an error or a warning.
    """
    # The id of a file is that of its row, below whatever folder the atlas is in.
    owners: dict[str, str] = {}
    for name in sorted(files, reverse=True):
        parts = name.split("/")
        owners["/".join(parts[-3:])] = name
    found = []
    for row in rows:
        name = owners.get(row.id, "")
        diagram = valid.get(name)
        status = (diagram.meta.status or "") if diagram else ""
        found.append(Progress(row, name, diagram is not None, diagram is not None and name not in unclean, status))
    return found


def counts(found: Iterable[Progress], by: str) -> list[Count]:
    """Return the rows and steps of each group, in the order of the inventory, and of all."""
    groups: dict[str, list[Progress]] = {}
    listed = list(found)
    for item in listed:
        groups.setdefault(getattr(item.row, by), []).append(item)
    return [*(_count(name, items) for name, items in groups.items()), _count("all", listed)]


def _count(name: str, items: list[Progress]) -> Count:
    reached = [item.steps for item in items]
    return Count(name, len(items), {step: sum(one[step] for one in reached) for step in STEPS})
