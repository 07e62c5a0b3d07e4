"""Protocol of what finds icons by their names, for the builders of types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.model import Icon


class IconError(ValueError):
    """An icon is not there or cannot be used; says why and what to do."""


class Icons(Protocol):
    """Icons by their names."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is wrong with them as a whole."""

    def find(self, name: str) -> Icon:
        """Return the icon called *name*.

        Raises:
            IconError: there is none, or it cannot be used.
        """


class NoIcons:
    """No icons, where no folder of them is named."""

    problems: Sequence[Problem] = ()

    def find(self, name: str) -> Icon:
        """Say how to get some."""
        message = f"There is no icon {name!r}: no folder of icons is named. Name one with 'cdc_diagram_icons'."
        raise IconError(message)


NO_ICONS = NoIcons()
