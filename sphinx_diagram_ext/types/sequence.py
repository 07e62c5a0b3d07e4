"""``type: sequence``: messages between participants, in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Self

from pydantic import Field, model_validator

from sphinx_diagram_ext.model import Arrow, Block, Exchange, Note, Sequence, Step
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.nodes import NodeSpec
from sphinx_diagram_ext.types.texts import Key, Words

if TYPE_CHECKING:
    from collections.abc import Iterable


Kinds = dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]


class BranchSpec(ClaimSpec):
    """One of several branches."""

    when: Words = Field(description="What this branch is taken for.")
    steps: list[StepSpec] = Field(min_length=1, description="What happens in it.")


class StepSpec(ClaimSpec):
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

    kinds: ClassVar[Kinds] = {
        "from": ("a message", ("to", "label"), ("arrow",)),
        "note": ("a note", ("over",), ()),
        "loop": ("a loop", ("steps",), ()),
        "opt": ("an option", ("steps",), ()),
        "alt": ("alternatives", (), ()),
        "par": ("parallel branches", (), ()),
    }
    """The keys that tell what a step is: its name, the keys that it needs and those that it may have."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [name for name in self.kinds if self._value(name)]
        if len(given) != 1:
            *most, last = map(repr, self.kinds)
            message = f"wanted one of {', '.join(most)} and {last} in a step"
            raise ValueError(message)
        title, needed, further = self.kinds[given[0]]
        if not all(map(self._value, needed)):
            message = f"{title} needs {' and '.join(map(repr, needed))}"
            raise ValueError(message)
        fields = ((field.alias or name, name) for name, field in type(self).model_fields.items())
        for key, name in fields:
            if name in ClaimSpec.model_fields:
                continue
            if key not in (given[0], *needed, *further) and name in self.model_fields_set and self._value(key):
                message = f"{title} has no {key!r}"
                raise ValueError(message)
        return self

    def _value(self, name: str) -> Any:
        return getattr(self, {"from": "source", "to": "target"}.get(name, name))


# The steps of a branch are a class that comes after it.
BranchSpec.model_rebuild()


class AnySequenceSpec(Protocol):
    """What the types that are sequences have in common."""

    @property
    def participants(self) -> dict[str, NodeSpec | None]:
        """Participants by key."""

    @property
    def steps(self) -> Iterable[StepSpec]:
        """What happens, in order."""

    @property
    def numbered(self) -> bool:
        """Whether the messages are numbered."""


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
    return build_with(spec, StepBuilder, builder)


def build_with(spec: AnySequenceSpec, steps: type[StepBuilder], builder: Builder) -> Sequence:
    """Return the sequence whose steps the class *steps* builds."""
    names = Names(("", key) for key in spec.participants)
    nodes = tuple(
        builder.node(key, node or NodeSpec(), "participants", key, name=key) for key, node in spec.participants.items()
    )
    return Sequence(nodes, steps(names, builder).steps(spec.steps, "steps"), spec.numbered)


class StepBuilder:
    """Builds steps; types with more kinds of step build those in a subclass."""

    def __init__(self, names: Names, builder: Builder) -> None:
        self.names = names
        self.builder = builder

    def steps(self, specs: Iterable[StepSpec], *path: str | int) -> tuple[Step, ...]:
        """Return the steps at *path*, without those whose participants are not known."""
        found = (self.step(spec, *path, index) for index, spec in enumerate(specs))
        return tuple(step for step in found if step is not None)

    def step(self, spec: StepSpec, *path: str | int) -> Step | None:
        """Return the step at *path*, or None if a participant is not known."""
        if spec.source and spec.target and spec.label:
            return self.message(spec, spec.label, *path)
        if spec.note:
            return self.note(spec.note, spec.over, "note", *path)
        for kind, title in (("loop", spec.loop), ("opt", spec.opt)):
            if title:
                return self.block(kind, title, spec.steps, kind, *path)
        kind, branches = ("alt", spec.alt) if spec.alt else ("par", spec.par)
        return Block(
            kind,
            tuple(
                (
                    self.builder.message(branch.when, *path, kind, index, "when"),
                    self.steps(branch.steps, *path, kind, index, "steps"),
                )
                for index, branch in enumerate(branches)
            ),
        )

    def message(self, spec: StepSpec, label: str, *path: str | int) -> Exchange | None:
        """Return the message at *path*."""
        source = self.builder.known(spec.source or "", self.names, *path, "from")
        target = self.builder.known(spec.target or "", self.names, *path, "to")
        if not (source and target):
            return None
        self.builder.about(path, source, target)
        return Exchange(source, target, self.builder.message(label, *path, "label"), spec.arrow)

    def note(self, text: str, over: list[str], name: str, *path: str | int) -> Note | None:
        """Return the remark at *path* below *name*, over all participants if *over* is empty."""
        ends = [self.builder.known(key, self.names, *path, "over", index) for index, key in enumerate(over)]
        known = tuple(key for key in ends if key)
        if len(known) != len(over):
            return None
        return Note(self.builder.message(text, *path, name), known or self._all())

    def block(self, kind: str, title: str, steps: Iterable[StepSpec], name: str, *path: str | int) -> Block:
        """Return a frame of this *kind* around steps; its title is below *name*."""
        return Block(kind, ((self.builder.message(title, *path, name), self.steps(steps, *path, "steps")),))

    def _all(self) -> tuple[str, ...]:
        """Return the outermost participants."""
        keys = list(self.names.all())
        return (keys[0],) if len(keys) == 1 else (keys[0], keys[-1])
