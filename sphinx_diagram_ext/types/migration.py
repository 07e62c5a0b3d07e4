"""``type: migration``: phases with their days, points of no return and the way back."""

from __future__ import annotations

import dataclasses
from typing import Literal, Self

from pydantic import Field, model_validator

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Phase, Schedule, Task, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names, titled
from sphinx_diagram_ext.types.nodes import ItemSpec
from sphinx_diagram_ext.types.numbers import Day
from sphinx_diagram_ext.types.texts import Key, Words

_TONES = {"work": Tone.NEUTRAL, "dual-write": Tone.BLUE, "cut-over": Tone.PROBLEM, "way-back": Tone.CAUTION}


class TaskSpec(ItemSpec):
    """Something that takes days, or happens on one."""

    kind: Literal["work", "dual-write", "cut-over", "way-back"] = Field(
        "work", description="What it is; gives its tone. A cut-over happens on one day, a way back stays open."
    )
    start: Day | None = Field(None, description="First day.")
    end: Day | None = Field(None, description="Day before which it is done.")
    at: Day | None = Field(None, description="The day of what happens on one.")

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.at is None) == (self.start is None) or (self.start is None) != (self.end is None):
            raise ValueError("wanted either 'at' or both 'start' and 'end'")
        return self


class PhaseSpec(ClaimSpec):
    """A part of the migration."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    tasks: dict[Key, TaskSpec] = Field(min_length=1, description="What is done, by key.")


class MigrationSpec(DiagramSpec):
    """Phases in order."""

    type: Literal["migration"]
    phases: dict[Key, PhaseSpec] = Field(min_length=1, description="Phases by key, in order.")


def build(spec: MigrationSpec, builder: Builder) -> Schedule:
    """Return the schedule; every task says its days."""
    names = Names((phase, key) for phase, part in spec.phases.items() for key in part.tasks)
    phases = []
    for phase, part in spec.phases.items():
        tasks = tuple(_task(names.key(phase, key), key, task, phase, builder) for key, task in part.tasks.items())
        phases.append(Phase(titled(builder, phase, part.name, "phases", phase), tasks))
    return Schedule(tuple(phases))


def _task(own: str, key: str, spec: TaskSpec, phase: str, builder: Builder) -> Task:
    path = ("phases", phase, "tasks", key)
    start = spec.at or spec.start
    if start is None:
        raise ValueError("a task without a day has been refused before")
    if spec.end and spec.end <= start:
        builder.problem(Code.SCHEMA, f"It ends on {spec.end}, which is not after {start}.", *path, "end")
    if spec.kind == "cut-over" and spec.end:
        builder.problem(Code.SCHEMA, "A cut-over happens on one day; write 'at'.", *path, "start", key=True)
    node = builder.node(own, spec, *path, name=key)
    when = builder.message(Task.days(start, spec.end), *path, "at" if spec.at else "start")
    tone = node.tone if "tone" in spec.model_fields_set else _TONES[spec.kind]
    return Task(dataclasses.replace(node, details=(when, *node.details), tone=tone), start, spec.end)
