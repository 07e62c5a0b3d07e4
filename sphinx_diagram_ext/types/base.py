"""Keys that several diagram types share, as typed by authors."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema  # noqa: TC002 - pydantic needs it at run time
from pydantic_core import PydanticCustomError

from sphinx_diagram_ext.errors import LINT_RULES
from sphinx_diagram_ext.model import Direction, EdgeStyle, Role, Status, Tone
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

MAX_TEXT = 2_000
MAX_LONG_TEXT = 8_000

TEXT_SCHEMA = {"type": ["string", "number", "boolean"]}
"""JSON Schema of a text: an editor reads 5 and true as a number and a truth value."""

_STARTS = ("http://", "https://", "mailto:", "/", "#")

_ROLE = re.compile(r"[a-z][a-z0-9_]*:[a-z][a-z0-9_-]*")
"""A domain and a role of it."""

PLAIN = "plain"
"""Keyword in the JSON Schema of a mapping that may also be plain text; see :mod:`~.json_schema`."""


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


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _rule(value: str) -> str:
    if value not in LINT_RULES:
        raise PydanticCustomError("unknown_name", "wanted a rule of the linter", {"known": LINT_RULES})
    return value


def _day(value: str | None) -> str | None:
    if value is not None:
        dt.date.fromisoformat(value)
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
_YEAR_MONTH_DAY = r"^\d{4}-\d{2}-\d{2}$"

FORMS = {
    _KEY: "a name without '#' and line breaks",
    _SOURCE_ID: "lower-case letters and digits, with '-', '_' or '.' between them, such as 'kafka-docs'",
    _SOURCE_NAME: "the id of a source, such as 'kafka-docs', or its name in the registry, such as 'kafka/docs'",
    _FIGURE_NAME: "lower-case letters, digits and '_', such as 'requests'",
    _YEAR_MONTH_DAY: "a day as YYYY-MM-DD, such as 2026-03-31",
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


class Spec(BaseModel):
    """A mapping whose keys are known; a key without a value counts as absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plain: ClassVar[str | None] = None
    """The key that plain text instead of the mapping is the value of."""

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if isinstance(data, str) and cls.plain:
            return {cls.plain: data}
        if isinstance(data, dict):
            return {key: value for key, value in data.items() if value is not None}
        return data

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Allow a key without a value where the key may be left out, and tell whether plain text is enough.

        See https://docs.pydantic.dev/latest/concepts/json_schema/#implementing-__get_pydantic_json_schema__.
        """
        schema = handler.resolve_ref_schema(handler(core_schema))
        required = schema.get("required", ())
        for name, part in schema.get("properties", {}).items():
            if name not in required and isinstance(part.get("type"), str):
                part["type"] = [part["type"], "null"]
        if cls.plain:
            schema[PLAIN] = cls.plain
        return schema


class ClaimSpec(Spec):
    """Something that says what is so; what it names as its source backs everything written below it."""

    cites: Annotated[tuple[SourceName, ...], BeforeValidator(_one_or_more)] = Field(
        (),
        alias="source",
        min_length=1,
        description="What it rests on: the id of a source of 'sources' or of the registry, or a list of ids.",
        json_schema_extra={"type": ["array", "string"]},
    )
    quote: Annotated[tuple[Quotation, ...], BeforeValidator(_one_or_more)] = Field(
        (),
        min_length=1,
        description="Words of the source in which every figure of the claim is; not shown. One text or a list.",
        json_schema_extra={"type": ["array", "string"]},
    )
    derived: Words | None = Field(
        None, description="Formula by which the figure is computed, such as `nodes * 4 TB / 1 h`."
    )
    figure: FigureName | None = Field(None, description="Name of the figure, for formulas of the diagram.")
    illustration: bool = Field(False, description="What it says is made up to illustrate.")


class FactSpec(ClaimSpec):
    """A line of text, often a figure; plain text instead of the mapping is its value."""

    value: Words = Field(description="The line.")

    plain: ClassVar[str | None] = "value"


class SourceSpec(Spec):
    """Where a fact comes from; plain text instead of the mapping is the name of a source of the registry."""

    use: SkipJsonSchema[SourceName | None] = Field(None, description="Name of a source of the registry.")
    id: SourceId | None = Field(None, description="Name by which claims cite it.")
    title: Words = Field(description="Title of the document.")
    url: Url = Field(description="Address that a reader can open.")
    date: Words | None = Field(None, description="When it was published or read.")

    plain: ClassVar[str | None] = "use"

    @model_validator(mode="before")
    @classmethod
    def _of_the_registry(cls, data: Any) -> Any:
        # The registry knows title and address.
        return {"use": data, "title": data, "url": "#"} if isinstance(data, str) else data


class TargetSpec(Spec):
    """Where a node leads to: one of the keys, or a domain and a role such as ``py:class``; plain text is an address."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, TargetName] = Field(init=False)

    url: Url | None = Field(None, description="Address, which starts with http://, https://, mailto:, / or #.")
    doc: TargetName | None = Field(None, description="Page of the site: its path from the top, without suffix.")
    ref: TargetName | None = Field(None, description="Label, as the role ref takes it.")
    any: TargetName | None = Field(None, description="Whatever of the site has that name, as the role any finds it.")
    diagram: TargetName | None = Field(None, description="Another diagram by its id, or a node of it as id#node.")

    plain: ClassVar[str | None] = "url"

    @model_validator(mode="after")
    def _one(self) -> Self:
        given = self.given
        known = "url, doc, ref, any, diagram or a domain and a role such as py:class"
        if len(given) != 1:
            message = f"wanted one of {known}"
            raise ValueError(message)
        if given[0][0] not in type(self).model_fields and not _ROLE.fullmatch(given[0][0]):
            message = f"{given[0][0]!r} is no kind of link, wanted one of {known}"
            raise ValueError(message)
        return self

    @property
    def given(self) -> list[tuple[str, str]]:
        """What was written, as key and value."""
        named: list[tuple[str, Any]] = [(name, getattr(self, name)) for name in type(self).model_fields]
        return [(key, value) for key, value in (*named, *(self.model_extra or {}).items()) if value]


class ElementUseSpec(Spec):
    """A node that may show an element of the registry."""

    element: SourceId | None = Field(
        None, description="Element of the registry that it shows, which gives what is left out here."
    )


class ItemSpec(ClaimSpec, ElementUseSpec):
    """Something with a label; plain text instead of the mapping is its name."""

    name: Words | None = Field(None, description="Label; the key, made readable, if left out.")
    details: list[FactSpec] = Field([], description="Further lines of the label.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the node means; gives its colour.")
    explain: LongWords | None = Field(None, description="Explanation; may hold roles and links.")
    link: TargetSpec | None = Field(None, description="What the node leads to: an address, or a page or object.")

    plain: ClassVar[str | None] = "name"

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_enough(cls, data: Any) -> Any:
        return {} if data is None else data


class IconSpec(Spec):
    """Something with a small picture before its name."""

    icon: IconName | None = Field(
        None,
        description="Small picture before the name: the path of an SVG file below a folder of icons, without suffix.",
    )


class NodeSpec(ItemSpec, IconSpec):
    """A node; plain text instead of the mapping is its name."""

    role: Role = Field(Role.SERVICE, description="What the node is; gives its shape.")


class LinkSpec(ClaimSpec):
    """What leads from one node to another."""

    source: Key = Field(alias="from", description="Node that the edge leaves.")
    target: Key = Field(alias="to", description="Node that the edge enters.")
    label: Words | None = Field(None, description="What flows.")


class EdgeSpec(LinkSpec):
    """An edge from one node to another."""

    style: EdgeStyle = Field(EdgeStyle.SOLID, description="How the edge is drawn.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the edge means.")


class GroupSpec(ClaimSpec):
    """A titled frame around nodes."""

    name: Words | None = Field(None, description="Title; the key, made readable, if left out.")
    nodes: list[Key] = Field(min_length=1, description="Keys of the nodes inside.")
    tone: Tone = Field(Tone.NEUTRAL, description="What the group means.")
    direction: Direction | None = Field(None, description="Where the group grows to.")


class LintSpec(Spec):
    """What the linter does with the diagram."""

    ignore: list[RuleName] = Field([], description="Rules that do not hold for it.")


class DiagramSpec(Spec):
    """Keys that every diagram type has."""

    type: str = Field(description="Type of the diagram.")
    title: Words = Field(description="Title; also read out to those who cannot see the picture.")
    summary: LongWords | None = Field(None, description="What the picture shows, in a sentence or two.")
    direction: Direction | None = Field(None, description="Where the picture grows to.")
    category: Words | None = Field(None, description="Category, such as one of the project's plan.")
    subject: Words | None = Field(None, description="What the diagram is about.")
    view: Words | None = Field(None, description="Which view of the subject this is.")
    module: Words | None = Field(None, description="Module of a course.")
    difficulty: Literal["beginner", "intermediate", "advanced"] | None = Field(None, description="Who it is for.")
    tags: list[Words] = Field([], description="Words to find it by.")
    systems: list[Words] = Field([], description="Systems that it shows.")
    symptoms: list[Words] = Field([], description="What one sees that brings one here, such as 'lag grows'.")
    messages: list[Words] = Field([], description="Texts of errors that bring one here, word for word.")
    explain: dict[Key, LongWords] = Field({}, description="Explanations by node.")
    sources: list[SourceSpec] = Field([], description="Where the facts come from.")
    reviewed: Annotated[
        str | None,
        StringConstraints(pattern=_YEAR_MONTH_DAY),
        AfterValidator(_day),
        Field(description="Day of the last review, as YYYY-MM-DD."),
    ] = None
    status: Status | None = Field(None, description="How far it is: a draft, checked by another, or reviewed.")
    written_by: Words | None = Field(None, description="Who wrote it.")
    checked_by: Words | None = Field(None, description="Who checked it, never who wrote it.")
    illustration: bool = Field(False, description="The figures are made up to illustrate.")
    aliases: list[Key] = Field([], description="Former ids that keep working.")
    lint: LintSpec | None = Field(None, description="What the linter does with it.")

    @field_validator("checked_by")
    @classmethod
    def _another(cls, checker: str | None, info: ValidationInfo) -> str | None:
        writer = info.data.get("written_by")
        if checker and writer and checker.casefold() == writer.casefold():
            raise ValueError("who wrote a diagram cannot check it; name another")
        if checker and not writer:
            raise ValueError("wanted 'written_by' too: another than the writer checks")
        return checker

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if self.status in (Status.CHECKED, Status.REVIEWED) and not self.checked_by:
            raise ValueError(f"a diagram with the status {str(self.status)!r} says in 'checked_by' who checked it")
        return self
