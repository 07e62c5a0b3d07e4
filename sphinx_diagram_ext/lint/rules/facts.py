"""Rules about figures, sources and reviews."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import family, key_line, words
from sphinx_diagram_ext.model import RawMermaid, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram, Message, Node

_FIGURE = re.compile(
    r"""[$€£¥]\s?\d[\d.,]*\s?(?:[KMB]\b)?(?:/\w+)?
      | (?<![\w.])\d[\d.,]*\s?
        (?: % | (?:[KMB]|k)\b(?:\s?\w+/s)?
          | (?:ns|[µu]s|ms|sec(?:onds?)?|min(?:utes?)?|hours?|days?|s|h)\b
          | [kKMGTP]i?[Bb](?:it)?(?:ps|/s)?\b | (?:rps|qps|tps|iops|pods|vCPUs?)\b
          | (?:req(?:uests)?|writes|reads|events|messages|msgs?|rows|ops)\s?(?:/|per\s)\s?\w+
          | (?:users|subscribers|customers)\b
          | (?:мс|мкс|с|сек|мин|ч|дн(?:ей|я)?|КБ|МБ|ГБ|ТБ|ПБ|тыс|млн|млрд|руб|₽)\b
        )
    """,  # noqa: RUF001  figures in Russian too
    re.VERBOSE,
)
_METRIC = re.compile(r"(?P<name>[^\W\d][\w ./-]*?)\s*:\s*(?P<value>\S.*)")
_COUNT = re.compile(r"\d[\d.,]*")
_NOT_MEASURED = frozenset(("port", "term", "index", "version", "step", "epoch", "id", "key", "slot", "error", "code"))
_SLICE = re.compile(r"""^[ \t]*["'](?P<label>.+?)["'][ \t]*:[ \t]*(?P<value>\d+(?:\.\d+)?)[ \t]*$""", re.MULTILINE)
_TOTAL = re.compile(r"[$€£¥]\s?(?P<amount>\d[\d.,]*)\s?[KMB]?\b")


@rule("amounts", Severity.ERROR)
def amounts(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """Figures contradict each other: parts exceed their total, or one metric has two values.

    A reader who adds the figures up stops believing the rest. Diagram types with a total check it
    themselves; this rule looks at the slices of a pie in Mermaid text, at a node that gives one
    metric twice, and at the `scale:` of diagrams of one subject.
    """
    yield from _pie(diagram)
    for node in diagram.nodes:
        seen: dict[str, str] = {}
        for name, value, line in _metrics(node.details):
            if seen.setdefault(name, value) != value:
                yield Hit(
                    line, f"The metric {name!r} of {node.label.text!r} is {seen[name]!r} before and {value!r} here."
                )
    yield from _other_scale(diagram, context.subjects.get((diagram.meta.subject or "").casefold(), []))


@rule("metric-without-source", Severity.WARNING)
def metric_without_source(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A figure has neither a source nor the mark of an illustration.

    A number without a source cannot be checked, and it will be quoted. Give the source below
    `sources:` an `id` and name it with `source:` at the figure, or set `illustration: true` there
    if the figure is made up. Where no item of a diagram names a source, those below `sources:`
    stand for all of its figures; `illustration: true` of the diagram does so always.
    """
    del context
    if diagram.meta.illustration or (diagram.meta.sources and not diagram.claims):
        return
    bare = (item for item in words(diagram) if item.backing is None or not item.backing.rests)
    found = [(figure, item.line) for item in bare if (figure := _figure(item.text))]
    if diagram.claims:
        for figure, line in found:
            yield Hit(line, f"The figure {figure!r} has no source; add 'source' or 'illustration: true' to it.")
    elif found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Hit(
            found[0][1],
            f"The figure {found[0][0]!r}{more} has no source; add 'sources' or 'illustration: true'.",
        )


@rule("source-unused", Severity.WARNING)
def source_unused(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """No claim names a source that has an id, though other sources are named.

    A reader looks below the picture for what each source says. One that backs nothing was left
    behind by a change, or its claim has lost its `source:`. Name it where it belongs, or drop it; a
    source that is further reading needs no `id`.
    """
    del context
    cited = {name for claim in diagram.claims for name in claim.backing.sources}
    for source in diagram.meta.sources if cited else ():
        if source.id and source.id not in cited:
            yield Hit(source.line, f"Nothing names the source {source.id!r}; name it with 'source' or drop it.")


@rule("source-incomplete", Severity.INFO)
def source_incomplete(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A source has no date.

    Documents change. The day on which a page was published or read tells a reader whether the
    figures still hold, and lets an archive find what you saw.
    """
    del context
    undated = [
        source
        for source in diagram.meta.sources
        if not (source.date or (source.entry and (source.entry.published or source.entry.read)))
    ]
    if undated:
        more = f" (and {len(undated) - 1} more)" if len(undated) > 1 else ""
        yield Hit(
            undated[0].line,
            f"The source {undated[0].title!r}{more} has no date; add when it was published or read.",
        )


@rule("reviewed-old", Severity.WARNING, thresholds=("review_days",))
def reviewed_old(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """The last review is long ago, or in the future.

    Facts about systems age. Look at the diagram and its sources again and set `reviewed:` to the
    day. Diagrams without `reviewed:` are left alone; the rule `reviewed-missing` finds those.
    """
    reviewed = diagram.meta.reviewed
    if not reviewed:
        return
    age = (context.today - dt.date.fromisoformat(reviewed)).days
    limit = context.thresholds.review_days
    if age > limit:
        yield Hit(key_line(diagram, "reviewed"), f"The last review was {age} days ago, more than {limit}; review it.")
    elif age < -1:
        # A day ahead is today somewhere on earth.
        yield Hit(key_line(diagram, "reviewed"), f"The last review, {reviewed}, is in the future.")


@rule("reviewed-missing", Severity.INFO, default=False)
def reviewed_missing(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """Nobody has reviewed the diagram.

    Off unless you switch it on: for sites on which someone other than the author looks at every
    diagram before it counts as complete.
    """
    del context
    if not diagram.meta.reviewed:
        yield Hit(diagram.title.line, "The diagram has no 'reviewed' day.")


def _figure(text: str) -> str | None:
    """Return the first figure with a unit in *text*, or the value of a metric that is a number."""
    found = _FIGURE.search(text)
    if found:
        return found[0].strip()
    metric = _METRIC.fullmatch(text)
    if metric and _COUNT.fullmatch(metric["value"]) and metric["name"].casefold() not in _NOT_MEASURED:
        return text
    return None


def _metrics(lines: tuple[Message, ...]) -> Iterator[tuple[str, str, int]]:
    for item in lines:
        found = _METRIC.fullmatch(item.text)
        if found and any(map(str.isdigit, found["value"])):
            yield found["name"].casefold(), found["value"], item.line


def _scale(diagram: Diagram) -> list[tuple[str, str, int]]:
    """Return the figures of the whole system, which are on a remark of their own."""
    if diagram.type != "architecture" or isinstance(diagram.body, RawMermaid):
        return []
    notes: list[Node] = [node for node in diagram.nodes if node.role is Role.NOTE and node.plain]
    return [metric for node in notes for metric in _metrics((node.label, *node.details))]


def _other_scale(diagram: Diagram, others: list[Diagram]) -> Iterator[Hit]:
    """Compare the scale with the first diagram of the same subject that gives the same figure."""
    before = [other for other in others if other.id < diagram.id]
    known: dict[str, tuple[str, str]] = {}
    for other in sorted(before, key=lambda other: other.id):
        for name, value, _ in _scale(other):
            known.setdefault(name, (value, other.id))
    for name, value, line in _scale(diagram):
        theirs, owner = known.get(name, (value, ""))
        if theirs != value:
            yield Hit(line, f"The scale {name!r} is {value!r} here and {theirs!r} in {owner!r}.")


def _pie(diagram: Diagram) -> Iterator[Hit]:
    body = diagram.body
    if not isinstance(body, RawMermaid) or family(body) != "pie":
        return
    slices = [(item["label"], float(item["value"])) for item in _SLICE.finditer(body.source)]
    if not slices:
        return
    title = next(line for line in body.source.splitlines() if line.lstrip().startswith("pie"))
    total = sum(value for _, value in slices)
    shares = [float(item) for label, _ in slices for item in re.findall(r"(\d+(?:\.\d+)?)\s?%", label)]
    if sum(shares) > 100.5:
        yield Hit(body.line, f"The shares of the pie add up to {sum(shares):g} %, more than 100 %.")
    elif "%" in title and total > 100.5:
        yield Hit(body.line, f"The slices of the pie add up to {total:g} %, more than 100 %.")
    named = _TOTAL.search(title)
    if named:
        wanted = float(named["amount"].replace(",", "").rstrip("."))
        if abs(total - wanted) > wanted * 0.005:
            yield Hit(body.line, f"The slices of the pie add up to {total:g}, its title says {named[0]}.")
