"""Bounds on the sum of a diagram's texts: each has one of its own, and there may be many."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Message

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram

MAX_LABELS = 200_000
"""Characters of all labels of a diagram together."""

MAX_EXPLANATIONS = 100_000
"""Characters of all its explanations, and of what stands beside commands."""

_BELOW = frozenset(("explain", "command"))
"""What is said below a picture: markup, which takes longer to read than a label to draw."""


def too_much_text(diagram: Diagram) -> str | None:
    """Return how the texts of *diagram* go beyond the bounds, None if they do not."""
    labels, explanations = _sizes(diagram)
    if labels > MAX_LABELS:
        return f"The labels have {labels:,} characters together, more than {MAX_LABELS:,}; split the diagram."
    if explanations > MAX_EXPLANATIONS:
        return (
            f"The explanations have {explanations:,} characters together, more than {MAX_EXPLANATIONS:,};"
            " write pages and refer to them."
        )
    return None


def _sizes(diagram: Diagram) -> tuple[int, int]:
    """Return the characters of the labels of *diagram* and those of its explanations."""
    labels = explanations = 0
    waiting: list[tuple[object, bool]] = [(diagram.body, False)]
    while waiting:
        value, below = waiting.pop()
        if isinstance(value, Message):
            labels += 0 if below else len(value.text)
            explanations += len(value.text) if below else 0
        elif isinstance(value, tuple):
            waiting += [(item, below) for item in value]
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [item.name for item in dataclasses.fields(value)]
            waiting += [(getattr(value, name), below or name in _BELOW) for name in names]
    return labels, explanations
