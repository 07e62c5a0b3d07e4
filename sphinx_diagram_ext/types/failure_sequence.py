"""``type: failure-sequence``: a sequence that goes wrong, and how it recovers."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Exchange, Note, Sequence, Step, Stretch, Tone
from sphinx_diagram_ext.types import sequence
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.command import CommandSpec, command_kinds
from sphinx_diagram_ext.types.nodes import NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

_TONES = {"failure": Tone.PROBLEM, "timeout": Tone.CAUTION, "recovery": Tone.HEALTHY}


class FailureBranchSpec(sequence.BranchSpec):
    """One of several branches."""

    steps: list[FailureStepSpec] = Field(min_length=1, description="What happens in it.")  # type: ignore[assignment]


class FailureStepSpec(CommandSpec, sequence.StepSpec):
    """A step of a sequence, or a failure, a timeout, a retry or a recovery."""

    failure: Words | None = Field(None, description="What fails; the steps stand on its ground.")
    timeout: Words | None = Field(None, description="What is waited for no longer, and how long it was.")
    retry: Words | None = Field(None, description="What is tried again; the steps stand in a loop.")
    recovery: Words | None = Field(None, description="What works again; the steps stand on its ground.")
    steps: list[FailureStepSpec] = Field([], description="Steps inside.")  # type: ignore[assignment]
    alt: list[FailureBranchSpec] = Field([], description="Alternatives.")  # type: ignore[assignment]
    par: list[FailureBranchSpec] = Field([], description="Branches that run at once.")  # type: ignore[assignment]

    kinds: ClassVar[sequence.Kinds] = command_kinds(
        {
            **sequence.StepSpec.kinds,
            "failure": ("a failure", (), ("over", "steps")),
            "timeout": ("a timeout", (), ("over", "steps")),
            "retry": ("a retry", ("steps",), ()),
            "recovery": ("a recovery", (), ("over", "steps")),
        },
        *("from", "note", "failure", "timeout", "retry", "recovery"),
    )


# The steps of a branch are a class that comes after it.
FailureBranchSpec.model_rebuild()


class FailureSequenceSpec(DiagramSpec):
    """Participants and steps, some of which fail."""

    type: Literal["failure-sequence"]
    participants: dict[Key, NodeSpec | None] = Field(
        min_length=1, description="Participants by key, from left to right."
    )
    steps: list[FailureStepSpec] = Field(min_length=1, description="What happens, from top to bottom.")
    numbered: bool = Field(False, description="Number the messages.")


def build(spec: FailureSequenceSpec, builder: Builder) -> Sequence:
    """Return the sequence; nothing that fails in it is a problem."""
    if not any(step.failure or step.timeout or step.arrow == "lost" for step in _all(spec.steps)):
        message = "Nothing fails here: mark a step with 'failure' or 'timeout', or use 'type: sequence'."
        builder.problem(Code.SCHEMA, message, "steps", key=True)
    return sequence.build_with(spec, _StepBuilder, builder)


def _all(steps: list[FailureStepSpec]) -> Iterator[FailureStepSpec]:
    for step in steps:
        yield step
        yield from _all(step.steps)
        for branch in (*step.alt, *step.par):
            yield from _all(branch.steps)


class _StepBuilder(sequence.StepBuilder):
    def step(self, spec: sequence.StepSpec, *path: str | int) -> Step | None:
        if not isinstance(spec, FailureStepSpec):
            return super().step(spec, *path)
        if spec.retry:
            block = self.block("loop", spec.retry, spec.steps, "retry", *path)
            return dataclasses.replace(block, command=self.builder.command(spec, *path))
        for name, tone in _TONES.items():
            text = getattr(spec, name)
            if text:
                note = self.note(text, spec.over, name, *path)
                steps = self.steps(spec.steps, *path, "steps")
                if note is None:
                    return None
                return Stretch(dataclasses.replace(note, command=self.builder.command(spec, *path)), tone, steps)
        found = super().step(spec, *path)
        if isinstance(found, Exchange | Note):
            return dataclasses.replace(found, command=self.builder.command(spec, *path))
        return found
