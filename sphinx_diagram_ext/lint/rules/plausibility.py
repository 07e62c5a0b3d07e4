"""Rules about what cannot be: impossible values, and copies of a diagram with other names."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sphinx_diagram_ext.evidence import Kind, figures
from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.texts import explanations, without_addresses, words
from sphinx_diagram_ext.model import Timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.evidence import Figure, Quantity
    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Diagram, Message

_SHARE = re.compile(
    r"\b(?:availab|uptime|success|hit[ -]rat|share|of (?:all|the) |packet loss|доступн|дол[яи])", re.IGNORECASE
)
_CLOCK = re.compile(r"(?<![\w.:])([01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?")
_PERCENTILE = re.compile(r"\bp(50|9\d|99\.?9+|999+)\b\s*[:=]?\s*", re.IGNORECASE)


@rule("impossible-value", Severity.ERROR)
def impossible_value(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A value cannot be: 25:99 as a time, February 30, more than the whole, p50 above p99.

    Such values are slips or made up, and a reader who meets one believes none of the others. Times of a timeline whose
    days are not data count as one day after the other where they go back by less than half a day.
    """
    about = [diagram.title, *([diagram.summary] if diagram.summary else [])]
    for item in (*about, *words(diagram), *explanations(diagram)):
        for figure in figures(without_addresses(item.text)):
            wrong = _impossible(figure, item.text)
            if wrong:
                yield Hit(item.line, f"{figure.text!r} {wrong}.")
    for node in diagram.nodes:
        yield from _percentiles((node.label, *node.details))
    yield from _percentiles(node.label for node in diagram.nodes)
    if isinstance(diagram.body, Timeline):
        yield from _order(diagram.body)
    yield from _sources(diagram, context.today)


def _impossible(figure: Figure, text: str) -> str:
    if figure.kind is Kind.CLOCK and not _CLOCK.fullmatch(figure.name):
        return "is no time of day"
    if figure.kind is Kind.DATE and "?" not in figure.name:
        try:
            dt.date.fromisoformat(figure.name)
        except ValueError:
            return "is no day of the calendar"
    if figure.kind is Kind.DATE and re.search(r"-(?:02-3\d|(?:0[469]|11)-31|..-(?:3[2-9]|[4-9]\d))$", figure.name):
        return "is no day of the calendar"
    if figure.unit == "%" and figure.raw > 100 and _SHARE.search(text):
        return "is more than the whole"
    return ""


def _percentiles(lines: Iterable[Message]) -> Iterator[Hit]:
    """Yield a hit where a higher percentile of one list has a smaller value."""
    last: tuple[float, Quantity, str] | None = None
    found = []
    for item in lines:
        match = _PERCENTILE.match(item.text)
        rest = [one for one in figures(item.text[match.end() :]) if one.kind is Kind.NUMBER] if match else []
        if match and rest and item.text[match.end() :].startswith(rest[0].text):
            found.append((float(f"0.{match[1].replace('.', '')}"), rest[0].readings[0], item))
    for rank, value, item in sorted(found, key=lambda one: one[0]):
        if last and last[1].dimension == value.dimension and rank > last[0] and value.value < last[1].value:
            yield Hit(item.line, f"{item.text!r} is less than {last[2]!r}; a higher percentile cannot be.")
        last = (rank, value, item.text)


def _order(body: Timeline) -> Iterator[Hit]:
    """Yield events without a day whose time is before that of the one above; 00:05 after 23:50 is the next day."""
    last: tuple[int, str] | None = None
    for event in body.events:
        clock = _CLOCK.match(event.time.text)
        if clock is None or event.day is not None:
            last = None
            continue
        hours, minutes = clock[0].split(":")[:2]
        now = int(hours) * 60 + int(minutes)
        until = _CLOCK.match(event.until.text) if event.until else None
        if last and 0 < last[0] - now < 12 * 60:
            yield Hit(event.time.line, f"{event.time.text!r} is before {last[1]!r}, the event above it; order them.")
        last = (now, event.time.text)
        if until:
            hours, minutes = until[0].split(":")[:2]
            if 0 < now - (int(hours) * 60 + int(minutes)) < 12 * 60:
                yield Hit(event.time.line, f"The event ends at {until[0]!r}, before it begins at {clock[0]!r}.")


def _sources(diagram: Diagram, today: dt.date) -> Iterator[Hit]:
    for source in diagram.meta.sources:
        entry = source.entry
        day = entry.published if entry else (source.date or "")
        first = _first_day(day)
        # A day ahead is today somewhere on earth.
        if first and first > today + dt.timedelta(days=1):
            yield Hit(source.line, f"The source {source.title!r} is of {day}, which is in the future.")
        if entry and entry.read and entry.read > today + dt.timedelta(days=1):
            yield Hit(source.line, f"The source {source.title!r} was read on {entry.read}, which is in the future.")
        elif entry and entry.read and first and entry.read < first:
            yield Hit(
                source.line, f"The source {source.title!r} was read on {entry.read}, before it was published ({day})."
            )


def _first_day(written: str) -> dt.date | None:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", written)
    try:
        return dt.date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None


@rule("near-duplicate", Severity.ERROR, thresholds=("near_duplicate",))
def near_duplicate(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """Two diagrams have the same shape and most of their words, or one source under different subjects.

    A picture that was filled in by a script for six companies is true of one at most. Say what is particular to this
    subject, or show the other diagram. A source that is about both subjects is named in both, below different pictures.
    """
    found = context.near_copies.get(diagram.id)
    if found:
        other, share, same_source = found
        if same_source:
            said = f"the same shape as {other!r} and rests on the same source, {same_source!r}, for another subject"
        else:
            said = f"the same shape as {other!r} and {share} % of its words"
        yield Hit(diagram.title.line or diagram.line, f"The diagram has {said}; show what is particular to it.")
