"""``type: decision``: questions, answers and where they lead."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Direction, Edge, EdgeStyle, Graph, Message, Node, Role, Tone
from sphinx_diagram_ext.types.base import ClaimSpec, DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.command import CommandSpec
from sphinx_diagram_ext.types.nodes import ElementUseSpec, NodeSpec
from sphinx_diagram_ext.types.texts import Key, LongWords, Words


class AnswerSpec(ClaimSpec):
    """An answer and where it leads."""

    label: Words = Field(description="The answer.")
    target: Key = Field(alias="to", description="Question or outcome that it leads to.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the answer means.")


class QuestionSpec(ElementUseSpec, CommandSpec, ClaimSpec):
    """A question, and the command that answers it."""

    ask: Words = Field(description="The question.")
    answers: list[AnswerSpec] = Field(min_length=1, description="Its answers.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the question means.")
    explain: LongWords | None = Field(None, description="Explanation; may hold roles and links.")


class OutcomeSpec(CommandSpec, NodeSpec):
    """An outcome, and the command that does it; plain text instead of the mapping is its name."""


class DecisionSpec(DiagramSpec):
    """A decision tree."""

    type: Literal["decision"]
    start: Key | None = Field(None, description="First question; the first one written if left out.")
    questions: dict[Key, QuestionSpec] = Field(min_length=1, description="Questions by key.")
    outcomes: dict[Key, OutcomeSpec | None] = Field(min_length=1, description="Outcomes by key.")


def build(spec: DecisionSpec, builder: Builder) -> Graph:
    """Return the graph of a decision; an answer that leads back is a problem."""
    for key in spec.questions.keys() & spec.outcomes.keys():
        builder.problem(
            Code.SCHEMA, f"{key!r} is a question and an outcome; give one another key.", "outcomes", key, key=True
        )
    names = Names(("", key) for key in dict.fromkeys((*spec.questions, *spec.outcomes)))
    start = spec.start or next(iter(spec.questions))
    if spec.start is not None:
        builder.known(spec.start, Names(("", key) for key in spec.questions), "start")
    order = sorted(spec.questions, key=lambda key: key != start)
    nodes = [_question(key, spec.questions[key], builder) for key in order]
    nodes += [
        builder.node(key, node or OutcomeSpec(), "outcomes", key, name=key) for key, node in spec.outcomes.items()
    ]
    edges = [edge for key in order for edge in _answers(key, spec.questions[key], names, builder)]
    if not builder.problems:
        _refuse_cycle(spec, builder)
    rank = _reading_order(nodes, edges)
    nodes.sort(key=lambda node: rank[node.key])
    edges.sort(key=lambda edge: rank[edge.source])
    return Graph(tuple(nodes), tuple(edges), (), spec.direction or Direction.TB)


def _reading_order(nodes: list[Node], edges: list[Edge]) -> dict[str, int]:
    """Return the position of each node where every answer is followed to its end before the next.

    Engines draw the answers of a question from left to right if what they lead to is declared so.
    """
    targets: dict[str, list[str]] = {}
    for edge in edges:
        targets.setdefault(edge.source, []).append(edge.target)
    rank: dict[str, int] = {}
    waiting = [node.key for node in reversed(nodes)]
    while waiting:
        key = waiting.pop()
        if key not in rank:
            rank[key] = len(rank)
            waiting += reversed(targets.get(key, []))
    return rank


def _question(key: str, spec: QuestionSpec, builder: Builder) -> Node:
    explain = builder.message(spec.explain, "questions", key, "explain") if spec.explain else None
    label = builder.message(spec.ask, "questions", key, "ask")
    builder.about(("questions", key), key)
    command = builder.command(spec, "questions", key)
    node = Node(key, label, role=Role.DECISION, tone=spec.tone, explain=explain, command=command)
    return builder.with_element(node, spec, "questions", key)


def _answers(key: str, spec: QuestionSpec, names: Names, builder: Builder) -> list[Edge]:
    edges = []
    for index, answer in enumerate(spec.answers):
        path = ("questions", key, "answers", index)
        target = builder.known(answer.target, names, *path, "to")
        label: Message = builder.message(answer.label, *path, "label")
        if target:
            builder.about(path, key, target)
            edges.append(Edge(key, target, label, EdgeStyle.SOLID, answer.tone))
    return edges


def _refuse_cycle(spec: DecisionSpec, builder: Builder) -> None:
    """Note the first answer that leads back to a question asked before it."""
    done: set[str] = set()
    for first in spec.questions:
        trail = [first]
        stack = [iter(enumerate(spec.questions[first].answers))]
        while stack:
            index, answer = next(stack[-1], (None, None))
            if answer is None or index is None:
                stack.pop()
                done.add(trail.pop())
            elif answer.target in trail:
                way = " -> ".join((*trail[trail.index(answer.target) :], answer.target))
                builder.problem(
                    Code.CYCLE,
                    f"This answer leads back: {way}. A decision is a tree; end it in an outcome.",
                    "questions",
                    trail[-1],
                    "answers",
                    index,
                    "to",
                )
                return
            elif answer.target in spec.questions and answer.target not in done:
                trail.append(answer.target)
                stack.append(iter(enumerate(spec.questions[answer.target].answers)))
