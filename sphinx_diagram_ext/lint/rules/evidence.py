"""Rules about evidence: quotations that figures stand in, formulas that compute them, and what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.evidence import FormulaError, Kind, figures, in_evidence, missing_settings, parse, stands_in
from sphinx_diagram_ext.evidence.formulas import literals
from sphinx_diagram_ext.lint.derivations import Derivations
from sphinx_diagram_ext.lint.finding import Hit, Severity
from sphinx_diagram_ext.lint.rule import rule
from sphinx_diagram_ext.lint.stored_texts import stored_text
from sphinx_diagram_ext.lint.texts import claimed_texts, without_addresses
from sphinx_diagram_ext.model import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.evidence import Figure
    from sphinx_diagram_ext.lint.context import Context
    from sphinx_diagram_ext.model import Backing, Diagram, Message, Reference

_PLAIN_NUMBERS = frozenset(("1", "2", "10", "100", "1000", "1,000"))
_CONVENTIONS = frozenset(("24 h", "60 s", "60 min", "7 d", "12 months", "30 d", "365 d", "730 h", "8760 h", "8,760 h"))


@rule("figure-not-in-evidence", Severity.ERROR)
def figure_not_in_evidence(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A figure, a version or a setting does not stand in the quotation that its claim rests on.

    A number that nobody wrote is the worst that a picture can hold, and no reader sees it. Copy the sentence that
    has the figure into `quote:`, at most 25 words; units and forms may differ (`10k` and "10,000", `0.5 s` and "500
    milliseconds"). What follows from other figures says how with `derived:`; what is made up has `illustration:
    true`. A claim that cites a source of the registry needs one of the three, and in files that the setting
    `evidence` names every figure does. Where the text of a source is stored, the quotation must stand in it.
    """
    strict = context.settings.wants_evidence(diagram.path)
    derived = Derivations(diagram)
    sources = {source.id: source for source in diagram.meta.sources if source.id}
    cited = {source.id for source in diagram.meta.sources if strict or source.entry}
    seen: set[Message] = set()
    for item in claimed_texts(diagram):
        backing = item.backing
        if backing is None or not backing.rests:
            if strict and not diagram.meta.illustration:
                yield from _without_backing(item)
        elif not backing.illustration:
            yield from _against_quotations(item, backing, cited, derived)
            for quotation in backing.quotations:
                if quotation not in seen:
                    seen.add(quotation)
                    yield from _not_stored(quotation, backing, sources)
    if seen:
        yield from _headlines(diagram, seen)


def _without_backing(item: Message) -> Iterator[Hit]:
    found = figures(without_addresses(item.text))
    if found:
        yield Hit(
            item.line,
            f"The figure {found[0].text!r} has no evidence; add 'source' and 'quote', 'derived' or 'illustration'.",
        )


def _against_quotations(item: Message, backing: Backing, cited: set[str | None], derived: Derivations) -> Iterator[Hit]:
    text = without_addresses(item.text)
    quoted = [quotation.text for quotation in backing.quotations]
    registered = [name for name in backing.sources if name in cited]
    if not quoted and not registered and not backing.formula:
        return
    for figure in figures(text):
        if in_evidence(figure, quoted) or derived.computed(backing, figure):
            continue
        if quoted:
            said = f"does not stand in the quotation of {' or '.join(map(repr, backing.sources))}; correct one of them"
        elif registered:
            said = f"cites {registered[0]!r} without a quotation; add the words that have it as 'quote'"
        else:
            said = "is not what the formula gives; correct it or add its source"
        yield Hit(item.line, f"The figure {figure.text!r} {said}.")
    if quoted:
        for name in missing_settings(text, quoted):
            yield Hit(item.line, f"The setting {name!r} does not stand in the quotation; correct one of them.")
        yield from _numbers_of_formula(backing, quoted)


def _numbers_of_formula(backing: Backing, quoted: list[str]) -> Iterator[Hit]:
    if backing.formula is None:
        return
    try:
        numbers = literals(parse(backing.formula.text))
    except FormulaError:
        return
    for figure in numbers:
        if not _is_plain(figure) and not in_evidence(figure, quoted):
            yield Hit(
                backing.formula.line, f"The figure {figure.text!r} of the formula stands in no quotation; add one."
            )


def _is_plain(figure: Figure) -> bool:
    return figure.text in _PLAIN_NUMBERS or figure.text in _CONVENTIONS


def _not_stored(quotation: Message, backing: Backing, sources: dict[str, Reference]) -> Iterator[Hit]:
    """Yield a hit if the texts of all sources are stored, and the quotation stands in none."""
    stored = [stored_text(sources[name]) for name in backing.sources if name in sources]
    texts = [text for text in stored if text is not None]
    if texts and len(texts) == len(stored) and not any(stands_in(quotation.text, text) for text in texts):
        names = " or ".join(map(repr, backing.sources))
        yield Hit(
            quotation.line,
            f"The stored text of {names} does not have the words {_short(quotation.text)}; quote it word for word.",
        )


def _headlines(diagram: Diagram, quotations: set[Message]) -> Iterator[Hit]:
    """Yield the figures of title and summary that nothing in the diagram has."""
    known = [item.text for item in (*quotations, *claimed_texts(diagram))]
    known += [source.title for source in diagram.meta.sources]
    for item in (diagram.title, diagram.summary):
        for figure in figures(item.text) if item else ():
            if figure.kind is not Kind.PERCENTILE and not in_evidence(figure, known):
                yield Hit(item.line if item else 0, f"The figure {figure.text!r} stands nowhere in the diagram.")


def _short(text: str) -> str:
    return repr(text if len(text) <= 50 else f"{text[:47].rstrip()}...")


@rule("derived-wrong", Severity.ERROR)
def derived_wrong(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A figure is not what its formula gives, or the formula cannot be computed.

    A sum that was right once is wrong when a part changes. `derived:` is computed in every build, with units: numbers,
    names that claims have by `figure:`, `+ - * /` and brackets. The figure may be rounded in its last digit; what says
    "about" or "~" may be 5 % off.
    """
    del context
    for line, message in Derivations(diagram).wrong():
        yield Hit(line, message)


@rule("source-unread", Severity.ERROR)
def source_unread(diagram: Diagram, context: Context) -> Iterator[Hit]:
    """A source is cited that nobody says to have read.

    An address is no evidence: the page behind it may say something else, or nothing. In the registry `read:` is the day
    on which somebody read the source and `extent:` how much of it. Of a source that was read only in the words of
    others, cite those others too. In files that the setting `evidence` names, every source is one of the registry.
    """
    strict = context.settings.wants_evidence(diagram.path)
    quoted_only = set()
    for source in diagram.meta.sources:
        entry = source.entry
        if entry is None:
            if strict:
                yield Hit(source.line, f"The source {source.title!r} is not in the registry; describe it there.")
            continue
        missing = [name for name in ("read", "extent") if not getattr(entry, name)]
        if missing:
            where = f"{entry.path}:{entry.line}"
            yield Hit(
                source.line,
                f"The registry does not say {_WHAT[missing[0]]} {source.id!r} was read; add {missing[0]!r} ({where}).",
            )
        if entry.extent is Extent.QUOTED:
            quoted_only.add(source.id)
    for claim in diagram.claims:
        if claim.backing.sources and quoted_only.issuperset(claim.backing.sources):
            name = claim.backing.sources[0]
            yield Hit(claim.backing.line, f"{name!r} was read only as others quote it; cite who quotes it too.")


_WHAT = {"read": "when", "extent": "how much of"}
