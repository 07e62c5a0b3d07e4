"""``type: protocol``: messages with their fields, and what each side remembers."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from sphinx_diagram_ext.model import Exchange, Sequence, Step
from sphinx_diagram_ext.types import sequence
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.nodes import NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words


class ProtocolBranchSpec(sequence.BranchSpec):
    """One of several branches."""

    steps: list[ProtocolStepSpec] = Field(min_length=1, description="What happens in it.")  # type: ignore[assignment]


class ProtocolStepSpec(sequence.StepSpec):
    """A step of a sequence; messages have fields, and participants hold values."""

    fields: dict[Key, Words] = Field({}, description="Fields of the message, below its name.")
    holds: dict[Key, Words] = Field({}, description="What is remembered: terms, indexes, votes.")
    steps: list[ProtocolStepSpec] = Field([], description="Steps inside.")  # type: ignore[assignment]
    alt: list[ProtocolBranchSpec] = Field([], description="Alternatives.")  # type: ignore[assignment]
    par: list[ProtocolBranchSpec] = Field([], description="Branches that run at once.")  # type: ignore[assignment]

    kinds: ClassVar[sequence.Kinds] = {
        **sequence.StepSpec.kinds,
        "from": ("a message", ("to", "label"), ("arrow", "fields")),
        "holds": ("what is held", ("over",), ()),
    }


# The steps of a branch are a class that comes after it.
ProtocolBranchSpec.model_rebuild()


class ProtocolSpec(DiagramSpec):
    """Participants, their messages and what they hold."""

    type: Literal["protocol"]
    participants: dict[Key, NodeSpec | None] = Field(
        min_length=1, description="Participants by key, from left to right."
    )
    steps: list[ProtocolStepSpec] = Field(min_length=1, description="What happens, from top to bottom.")
    numbered: bool = Field(False, description="Number the messages.")


def build(spec: ProtocolSpec, builder: Builder) -> Sequence:
    """Return the sequence; fields are further lines of their message."""
    return sequence.build_with(spec, _StepBuilder, builder)


class _StepBuilder(sequence.StepBuilder):
    def step(self, spec: sequence.StepSpec, *path: str | int) -> Step | None:
        if isinstance(spec, ProtocolStepSpec) and spec.holds:
            return self.note(_lines(spec.holds), spec.over, "holds", *path)
        return super().step(spec, *path)

    def message(self, spec: sequence.StepSpec, label: str, *path: str | int) -> Exchange | None:
        fields = _lines(spec.fields) if isinstance(spec, ProtocolStepSpec) else ""
        return super().message(spec, f"{label}\n{fields}" if fields else label, *path)


def _lines(values: dict[str, str]) -> str:
    return "\n".join(f"{name}: {value}" for name, value in values.items())
