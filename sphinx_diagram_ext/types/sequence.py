"""``type: sequence``: messages between participants, in time."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, model_validator

from sphinx_diagram_ext.model import Arrow, Block, Exchange, Note, Sequence, Step
from sphinx_diagram_ext.types.build import Builder, Names
from sphinx_diagram_ext.types.common import DiagramSpec, Key, NodeSpec, Spec, Words

_STARTS = {
    "from": "a message",
    "note": "a note",
    "loop": "a loop",
    "opt": "an option",
    "alt": "alternatives",
    "par": "parallel branches",
}


_PARTS = {
    "from": {"source", "target", "label", "arrow"},
    "note": {"note", "over"},
    "loop": {"loop", "steps"},
    "opt": {"opt", "steps"},
    "alt": {"alt"},
    "par": {"par"},
}


class BranchSpec(Spec):
    """One of several branches."""

    when: Words = Field(description="What this branch is taken for.")
    steps: list[StepSpec] = Field(min_length=1, description="What happens in it.")


class StepSpec(Spec):
    """A message, a note, a loop, an option, alternatives or parallel branches."""

    source: Key | None = Field(None, alias="from", description="Participant that sends.")
    target: Key | None = Field(None, alias="to", description="Participant that receives.")
    label: Words | None = Field(None, description="The message.")
    arrow: Arrow = Field(Arrow.CALL, description="How the message travels.")
    note: Words | None = Field(None, description="A remark.")
    over: list[Key] = Field([], max_length=2, description="One or two participants the remark spans.")
    loop: Words | None = Field(None, description="Title of a loop around the steps.")
    opt: Words | None = Field(None, description="Title of an optional part.")
    steps: list[StepSpec] = Field([], description="Steps of a loop or an option.")
    alt: list[BranchSpec] = Field([], description="Alternatives.")
    par: list[BranchSpec] = Field([], description="Branches that run at once.")

    @model_validator(mode="after")
    def _one_kind(self) -> StepSpec:
        given = [
            name
            for name, value in zip(
                _STARTS, (self.source, self.note, self.loop, self.opt, self.alt, self.par), strict=True
            )
            if value
        ]
        if len(given) != 1:
            message = "wanted one of 'from', 'note', 'loop', 'opt', 'alt' and 'par' in a step"
            raise ValueError(message)
        needs: dict[str, Any] = {"from": self.target and self.label, "note": self.over}
        needs.update(dict.fromkeys(("loop", "opt"), self.steps))
        if not needs.get(given[0], True):
            missing = {"from": "'to' and 'label'", "note": "'over'"}.get(given[0], "'steps'")
            message = f"{_STARTS[given[0]]} needs {missing}"
            raise ValueError(message)
        more = self.model_fields_set - _PARTS[given[0]]
        extra = [field.alias or name for name, field in type(self).model_fields.items() if name in more]
        if extra:
            message = f"{_STARTS[given[0]]} has no {' or '.join(map(repr, extra))}"
            raise ValueError(message)
        return self


class SequenceSpec(DiagramSpec):
    """Participants and steps."""

    type: Literal["sequence"]
    participants: dict[Key, NodeSpec | None] = Field(
        min_length=1, description="Participants by key, from left to right."
    )
    steps: list[StepSpec] = Field(min_length=1, description="What happens, from top to bottom.")
    numbered: bool = Field(False, description="Number the messages.")


def build(spec: SequenceSpec, builder: Builder) -> Sequence:
    """Return the sequence."""
    names = Names(("", key) for key in spec.participants)
    nodes = tuple(
        builder.node(key, node or NodeSpec(), "participants", key, name=key) for key, node in spec.participants.items()
    )
    steps = _steps(spec.steps, names, builder, ("steps",))
    return Sequence(nodes, steps, spec.numbered)


def _steps(specs: list[StepSpec], names: Names, builder: Builder, path: tuple[str | int, ...]) -> tuple[Step, ...]:
    found = (_step(spec, names, builder, (*path, index)) for index, spec in enumerate(specs))
    return tuple(step for step in found if step is not None)


def _step(spec: StepSpec, names: Names, builder: Builder, path: tuple[str | int, ...]) -> Step | None:
    if spec.source and spec.target and spec.label:
        source = builder.known(spec.source, names, *path, "from")
        target = builder.known(spec.target, names, *path, "to")
        if not (source and target):
            return None
        return Exchange(source, target, builder.message(spec.label, *path, "label"), spec.arrow)
    if spec.note:
        over = [builder.known(name, names, *path, "over", index) for index, name in enumerate(spec.over)]
        ends = tuple(key for key in over if key)
        if len(ends) != len(over):
            return None
        return Note(builder.message(spec.note, *path, "note"), ends)
    for kind, title in (("loop", spec.loop), ("opt", spec.opt)):
        if title:
            steps = _steps(spec.steps, names, builder, (*path, "steps"))
            return Block(kind, ((builder.message(title, *path, kind), steps),))
    kind, branches = ("alt", spec.alt) if spec.alt else ("par", spec.par)
    return Block(
        kind,
        tuple(
            (
                builder.message(branch.when, *path, kind, index, "when"),
                _steps(branch.steps, names, builder, (*path, kind, index, "steps")),
            )
            for index, branch in enumerate(branches)
        ),
    )
