"""Describes values of the package as MyST text; all of it is read from the code."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinx_diagram_ext import limits
from sphinx_diagram_ext.engine import ENGINES
from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Arrow, Count, Direction, EdgeStyle, Role, Status, Tone
from sphinx_diagram_ext.sphinx_ext import config_values
from sphinx_diagram_ext.sphinx_ext.directives import diagram, index
from sphinx_diagram_ext.sphinx_ext.domain import records

if TYPE_CHECKING:
    import enum


class Section(NamedTuple):
    """A section: its title, the name that links lead to, and its text."""

    title: str
    anchor: str
    text: str


_VALUES = {
    "unchanged_required": "text",
    "flag": "no value",
    "class_option": "class names",
    "length_or_percentage_or_unitless": "a length or percentage",
}
_ENUMS = (Role, Tone, EdgeStyle, Arrow, Count, Direction, Status)


def configuration() -> str:
    """Describe the values of ``conf.py``."""
    return "\n".join(_confval(item) for item in dataclasses.fields(config_values.Options))


def _confval(item: dataclasses.Field[Any]) -> str:
    default = item.default if item.default_factory is dataclasses.MISSING else item.default_factory()
    names = " or ".join(f"`{'None' if kind is type(None) else kind.__name__}`" for kind in item.metadata["types"])
    rebuild = {
        "env": "every page is read again",
        "html": "every page is written again",
        "diagrams": "pages whose diagrams it changes are read again",
    }
    lines = [
        f"````{{confval}} {config_values.PREFIX}{item.name}",
        f":type: {names}",
        f":default: `{default!r}`",
        "",
        item.metadata["help"],
        "",
        f"After a change: {rebuild.get(item.metadata['rebuild'], 'nothing is built again')}.",
        "````",
        "",
    ]
    return "\n".join(lines)


def limit_table() -> str:
    """Describe the bounds on one diagram."""
    docs = attribute_docs(limits.Limits)
    return "\n".join(
        f"`{item.name}`\n: {docs[item.name]} Default: {item.default:,}.\n" for item in dataclasses.fields(limits.Limits)
    )


def directive_options() -> str:
    """Describe the options of ``cdc-diagram``."""
    return _option_list(diagram.OPTIONS)


def index_options() -> str:
    """Describe the options of ``cdc-diagram-index`` and the fields it knows."""
    fields = ", ".join(f"`{name}`" for name in records.INDEX_FIELDS)
    return f"{_option_list(index.DiagramIndexDirective.option_spec)}\nFields: {fields}.\n"


def _option_list(spec: dict[str, Any]) -> str:
    return "\n".join(f"`:{name}:`\n: {_option_value(convert)}\n" for name, convert in spec.items())


def _option_value(convert: Any) -> str:
    """Return what an option's converter accepts; a choice names it in its complaint."""
    if convert.__name__ in _VALUES:
        return _VALUES[convert.__name__]
    try:
        convert("?")
    except ValueError as error:
        return "one of " + ", ".join(f"`{word}`" for word in re.findall(r'"(\w+)"', str(error).partition(";")[2]))
    return "text"


def enums() -> list[Section]:
    """Describe the values of roles, tones, edge styles, arrows and directions."""
    return [_enum(kind) for kind in _ENUMS]


def _enum(kind: type[enum.StrEnum]) -> Section:
    title = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()
    return Section(title, f"enum-{kind.__name__.lower()}", f"{inspect.getdoc(kind)}\n\n{_members(kind)}")


def _members(kind: type[enum.StrEnum], prefix: str = "") -> str:
    docs = attribute_docs(kind)
    return "\n".join(f"`{prefix}{member}`\n: {docs[member.name]}\n" for member in kind)


def warning_subtypes() -> str:
    """Describe the subtypes of warnings, as ``suppress_warnings`` names them."""
    return _members(Code, "cdc.")


def engines() -> str:
    """Describe the engines, in the order in which they are tried."""
    return "\n".join(f"`{name}`\n: {sentence(inspect.getdoc(make) or '')}\n" for name, make in ENGINES.items())


def attribute_docs(owner: type) -> dict[str, str]:
    """Return the string below each attribute of a class."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
    assert isinstance(definition, ast.ClassDef)
    docs: dict[str, str] = {}
    for item, below in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(item, ast.Assign | ast.AnnAssign) and isinstance(below, ast.Expr):
            target = item.targets[0] if isinstance(item, ast.Assign) else item.target
            docs[ast.unparse(target)] = inspect.cleandoc(ast.literal_eval(below.value))
    return docs


def sentence(text: str) -> str:
    """Return *text* with a capital letter and a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".") if text else ""
