"""A user's own template, in Jinja's sandbox, as an emitter.

Whatever the template writes from the data is set aside as a label first, so no data becomes
grammar; only the template's own text and what its helpers return does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.mermaid.ids import Ids
from sphinx_diagram_ext.mermaid.source import MermaidSource, MermaidWriter
from sphinx_diagram_ext.model import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from jinja2 import Environment
    from jinja2.runtime import Context

    from sphinx_diagram_ext.model import Custom, Node

LABEL_WIDTH = 220.0
"""Width in CSS pixels that ``label`` breaks lines at unless told."""


class EmitError(Exception):
    """The template cannot be expanded; ``line`` is that of the template, 0 if unknown."""

    def __init__(self, message: str, path: str, line: int = 0) -> None:
        super().__init__(message)
        self.path = path
        self.line = line

    def __reduce__(self) -> tuple[type[EmitError], tuple[str, str, int]]:
        return type(self), (str(self), self.path, self.line)


MAX_TEXT = 200_000
"""Characters that a template may write, or make of one text."""

MAX_POWER = 1_000
"""Largest number that is part of a power."""

_PADDING = frozenset(("center", "expandtabs", "format", "format_map", "ljust", "rjust", "zfill"))
_PADDING_FILTERS = ("center", "format", "indent", "filesizeformat", "wordwrap", "xmlattr", "random")


class Grammar(str):
    """Text that is Mermaid already."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class TemplateNode:
    """A node as a template sees it: ``id`` and ``label`` are Mermaid, the rest is data."""

    id: Grammar
    label: Grammar
    key: str
    name: str
    details: tuple[str, ...]
    role: str
    tone: str


def custom(body: Custom) -> MermaidSource:
    """Return what the template makes of *body*.

    Raises:
        EmitError: the template is wrong, or wants data that is not there.
    """
    # Few projects have types of their own; the others need not wait for Jinja.
    from jinja2 import TemplateError

    writer = MermaidWriter(quoted=False)
    ids = Ids()
    nodes = {ids.add(node.key): node.key for node in body.nodes}
    group_ids = Ids(before="g_", taken=nodes)
    groups: dict[str, str] = {}

    def label(text: object, width: float = LABEL_WIDTH) -> Grammar:
        return Grammar(writer.label(Message(str(text)), width))

    def line(text: object) -> Grammar:
        return Grammar(writer.line(str(text)))

    def identify(key: object) -> Grammar:
        return Grammar(ids[str(key)])

    def group(key: object) -> Grammar:
        name = group_ids.add(str(key), "group")
        groups[name] = str(key)
        return Grammar(name)

    def write(value: Any) -> str:
        return value if isinstance(value, Grammar) else line(value)

    environment = _environment(write)
    edges = [
        {
            "source": identify(edge.source),
            "target": identify(edge.target),
            "label": label(edge.label.text, LABEL_WIDTH) if edge.label else Grammar(),
            "style": Grammar(edge.style),
        }
        for edge in body.edges
    ]
    try:
        template = environment.from_string(body.template)
        parts = template.generate(
            nodes=[_seen(node, ids, label) for node in body.nodes],
            flows=edges,
            data=body.data,
            label=label,
            line=line,
            id=identify,
            group=group,
        )
        text = _joined(parts)
    except TemplateError as error:
        raise EmitError(str(error), body.path, getattr(error, "lineno", 0) or 0) from None
    except (ArithmeticError, AttributeError, LookupError, MemoryError, RecursionError, TypeError, ValueError) as error:
        message = f"{type(error).__name__}: {error}"
        raise EmitError(message, body.path) from None
    writer.write(text.rstrip("\n"))
    return writer.finish("custom", nodes=nodes, groups=groups)


def _environment(write: Callable[[Any], str]) -> Environment:
    """Return a sandbox whose templates write through *write* and make no huge texts of small ones."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Bounded(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**", "%"))

        def getattr(self, obj: Any, attribute: str) -> Any:
            self._refuse_padding(obj, attribute)
            return super().getattr(obj, attribute)

        def getitem(self, obj: Any, argument: Any) -> Any:
            self._refuse_padding(obj, argument)
            return super().getitem(obj, argument)

        def _refuse_padding(self, obj: Any, name: Any) -> None:
            if isinstance(obj, str) and name in _PADDING:
                message = f"{name!r} of a text is unsafe"
                raise SecurityError(message)

        def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
            sizes = [len(part) for part in (left, right) if isinstance(part, str | list | tuple)]
            counts = [abs(part) for part in (left, right) if isinstance(part, int)]
            if (operator == "%" and sizes) or (sizes and counts and sizes[0] * counts[0] > MAX_TEXT):
                message = f"the operator {operator!r} is not allowed on these values"
                raise SecurityError(message)
            if operator == "**" and max(counts, default=0) > MAX_POWER:
                message = f"a power of more than {MAX_POWER}"
                raise SecurityError(message)
            return super().call_binop(context, operator, left, right)

    environment = Bounded(
        undefined=StrictUndefined, finalize=write, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )
    for name in _PADDING_FILTERS:
        environment.filters.pop(name, None)
    return environment


def _joined(parts: Iterable[str]) -> str:
    """Return *parts* as one text, as long as it is not too long."""
    found, size = [], 0
    for part in parts:
        size += len(part)
        if size > MAX_TEXT:
            message = f"it writes more than {MAX_TEXT:,} characters"
            raise ValueError(message)
        found.append(part)
    return "".join(found)


def _seen(node: Node, ids: Ids, label: Any) -> TemplateNode:
    lines = "<br/>".join(label(item.text) for item in (node.label, *node.details))
    details = tuple(item.text for item in node.details)
    return TemplateNode(
        Grammar(ids[node.key]), Grammar(lines), node.key, node.label.text, details, str(node.role), str(node.tone)
    )
