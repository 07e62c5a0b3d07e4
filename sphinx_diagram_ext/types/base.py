"""Keys of every diagram and of what makes claims, as typed by authors."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.json_schema import SkipJsonSchema

from sphinx_diagram_ext.model import Direction, Status
from sphinx_diagram_ext.types.texts import (
    YEAR_MONTH_DAY,
    FigureName,
    Key,
    LongWords,
    Quotation,
    RuleName,
    SourceId,
    SourceName,
    Url,
    Words,
)

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

PLAIN = "plain"
"""Keyword in the JSON Schema of a mapping that may also be plain text; see :mod:`~.json_schema`."""


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _day(value: str | None) -> str | None:
    if value is not None:
        dt.date.fromisoformat(value)
    return value


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
        StringConstraints(pattern=YEAR_MONTH_DAY),
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
