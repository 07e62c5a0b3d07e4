"""Texts, names and addresses, as typed by authors."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from sphinx_diagram_ext.errors import LINT_RULES
from sphinx_diagram_ext.urls import safe_url

MAX_TEXT = 2_000
MAX_LONG_TEXT = 8_000

TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
"""JSON Schema of a text: an editor reads 5 and true as a number and a truth value."""

_STARTS = ("http://", "https://", "mailto:", "/", "#")


def _web_address(value: object) -> object:
    if isinstance(value, str) and (safe_url(value) is None or not value.strip().lower().startswith(_STARTS)):
        message = (
            f"wanted an address that starts with {', '.join(_STARTS[:-1])} or {_STARTS[-1]}{_instead(value.strip())}"
        )
        raise ValueError(message)
    return value


def _instead(value: str) -> str:
    """Return what may have been meant by something that is no address."""
    if value.lower().startswith("www."):
        return f"; write https://{value[:80]}"
    page, dot, suffix = value.partition("#")[0].rpartition(".")
    if dot and suffix in ("md", "rst", "html") and ":" not in page:
        return f"; for a page of the site write {{doc: {page[:80]}}}"
    return ""


def _one_line(value: object) -> object:
    if isinstance(value, str) and not value.isprintable():
        message = "wanted a name on one line"
        raise ValueError(message)
    return value


def _rule(value: str) -> str:
    if value not in LINT_RULES:
        raise PydanticCustomError("unknown_name", "wanted a rule of the linter", {"known": LINT_RULES})
    return value


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    WithJsonSchema(TEXT_SCHEMA),
]
"""A short text; whatever YAML would make of it, it stays as it was written."""

LongWords = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_LONG_TEXT),
    WithJsonSchema(TEXT_SCHEMA),
]
"""A text of up to a few paragraphs."""

_KEY = r"^[^#\s](?:[^#\n]*[^#\s])?$"
_SOURCE_ID = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*$"
_SOURCE_NAME = r"^[a-z0-9]+(?:[._-][a-z0-9]+)*(?:/[a-z0-9]+(?:[._-][a-z0-9]+)*)?$"
_FIGURE_NAME = r"^[a-z][a-z0-9_]*$"
YEAR_MONTH_DAY = r"^\d{4}-\d{2}-\d{2}$"

FORMS = {
    _KEY: "a name without '#' and line breaks",
    _SOURCE_ID: "lower-case letters and digits, with '-', '_' or '.' between them, such as 'kafka-docs'",
    _SOURCE_NAME: "the id of a source, such as 'kafka-docs', or its name in the registry, such as 'kafka/docs'",
    _FIGURE_NAME: "lower-case letters, digits and '_', such as 'requests'",
    YEAR_MONTH_DAY: "a day as YYYY-MM-DD, such as 2026-03-31",
}
"""What to say of each form that a text may be asked for."""

Key = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_KEY)]
"""The name of a node, a group or a layer within its diagram."""

IconName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
"""The name of an icon: the path of its file below a folder of icons, without suffix."""

Url = Annotated[str, StringConstraints(max_length=MAX_TEXT), BeforeValidator(_web_address)]
"""An address that cannot run a script."""


TargetName = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT), BeforeValidator(_one_line)
]
"""The name of something that a reference may lead to."""


SourceId = Annotated[str, StringConstraints(max_length=100, pattern=_SOURCE_ID)]
"""The name of a source: lower-case letters and digits, with a hyphen, ``_`` or ``.`` between them."""

SourceName = Annotated[str, StringConstraints(max_length=200, pattern=_SOURCE_NAME)]
"""What claims call a source: its id in the diagram, or ``publisher/name`` in the registry."""

FigureName = Annotated[str, StringConstraints(max_length=60, pattern=_FIGURE_NAME)]
"""The name of a figure in formulas: lower-case letters, digits and ``_``."""

MOST_QUOTED = 25
"""Words of a quotation, at most."""


def _short(value: str) -> str:
    count = len(value.split())
    if count > MOST_QUOTED:
        message = f"a quotation has at most {MOST_QUOTED} words, not {count}; quote what holds the figure"
        raise ValueError(message)
    return value


Quotation = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_TEXT),
    AfterValidator(_short),
    WithJsonSchema(TEXT_SCHEMA),
]
"""Words of a source, at most 25; ``...`` stands for what is left out."""

RuleName = Annotated[str, AfterValidator(_rule), WithJsonSchema({"type": "string", "enum": list(LINT_RULES)})]
"""The id of a rule of the linter."""
