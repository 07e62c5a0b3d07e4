"""Problems of a diagram and the exceptions that carry them."""

from __future__ import annotations

import difflib
import enum
import heapq
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.synonyms import synonyms

if TYPE_CHECKING:
    from collections.abc import Iterable


class Code(enum.StrEnum):
    """The kinds of problem; the value is also the subtype of the Sphinx warning ``cdc``.

    Suppress one kind with ``suppress_warnings = ["cdc.<value>"]``.
    """

    UNKNOWN_DIAGRAM = "unknown-diagram"
    """A page names a diagram id that no data file has."""
    UNKNOWN_NODE = "unknown-node"
    """An edge, an explanation or a reference names a node that is not there."""
    UNKNOWN_SOURCE = "unknown-source"
    """A claim names a source that the diagram does not list."""
    UNKNOWN_ELEMENT = "unknown-element"
    """A node or a reference names an element that the registry does not have."""
    BINDING = "binding"
    """What an element stands for is not in the repository any more."""
    DUPLICATE_ID = "duplicate-id"
    """Two files, aliases, nodes or sources have the same id."""
    DATA_FOLDER = "data-folder"
    """A data folder is missing or holds no diagram."""
    FILE = "file"
    """A file cannot be read, is too large, is not UTF-8 or leaves its data folder."""
    ICON = "icon"
    """A node names an icon that is not there, or whose SVG file cannot be used."""
    YAML = "yaml"
    """A file is not YAML, is empty, repeats a key or is nested too deeply."""
    SCHEMA = "schema"
    """A key is missing or has a value of the wrong kind."""
    UNKNOWN_KEY = "unknown-key"
    """A key is not known where it stands."""
    UNKNOWN_TYPE = "unknown-type"
    """``type:`` is none of the diagram types."""
    CYCLE = "cycle"
    """A tree leads back into itself."""
    MERMAID = "mermaid"
    """Mermaid source that does not parse."""
    RENDER = "render"
    """The engine parsed a diagram and could not draw it."""
    ENGINE = "engine"
    """The wanted engine is not available; says what is used instead."""
    MARKUP = "markup"
    """A caption or explanation uses markup that is not allowed there."""
    TAG = "tag"
    """A ``<cdc-diagram>`` tag is malformed or has unknown attributes."""
    DIRECTIVE = "directive"
    """A directive is used in a way that cannot work."""
    INDEX = "index"
    """A diagram index asks for a group or filter that does not exist."""
    CONFIG = "config"
    """A value in ``conf.py`` is of the wrong type or out of range."""
    PALETTE = "palette"
    """A colour of ``cdc_diagram_palette`` is not known, is none, or is hard to read on its ground."""
    CACHE = "cache"
    """The cache of rendered diagrams cannot be written."""
    OUTPUT = "output"
    """A file of the output cannot be written."""
    LOST = "lost"
    """A diagram that a page asks for is neither in the output nor in another warning."""
    LINT_SUMMARY_MISSING = "lint-summary-missing"
    """Linter: a diagram has no summary."""
    LINT_PLACEHOLDER_TEXT = "lint-placeholder-text"
    """Linter: a text is still a placeholder."""
    LINT_LABEL_TOO_LONG = "lint-label-too-long"
    """Linter: a label is longer than can be read on a picture."""
    LINT_EXPLANATION_MISSING = "lint-explanation-missing"
    """Linter: a node that matters has no explanation."""
    LINT_NAMING = "lint-naming"
    """Linter: an id or key is not lower-case ASCII with hyphens."""
    LINT_TOO_LARGE = "lint-too-large"
    """Linter: a picture has more nodes, or is wider, than can be read on a phone."""
    LINT_CROSSING_EDGES = "lint-crossing-edges"
    """Linter: more edges cross than the eye can follow."""
    LINT_FAULT_EDGE_THROUGH_NODE = "lint-fault-edge-through-node"
    """Linter: an edge runs through a node that is not one of its ends."""
    LINT_FAULT_EDGE_THROUGH_TEXT = "lint-fault-edge-through-text"
    """Linter: an edge runs through a text that is not its label."""
    LINT_FAULT_EDGE_THROUGH_TITLE = "lint-fault-edge-through-title"
    """Linter: an edge strikes the title of a frame."""
    LINT_FAULT_TEXT_OVER_TEXT = "lint-fault-text-over-text"
    """Linter: two texts overlap."""
    LINT_FAULT_TEXT_OVER_NODE = "lint-fault-text-over-node"
    """Linter: a text lies over a node that is not its own."""
    LINT_FAULT_TALL = "lint-fault-tall"
    """Linter: a picture is taller than 900 px, and another direction would make it lower."""
    LINT_MIXED_DIRECTION = "lint-mixed-direction"
    """Linter: a group has a direction that does nothing."""
    LINT_BRANCH_WITHOUT_LABEL = "lint-branch-without-label"
    """Linter: a way out of a question has no label of its own."""
    LINT_UNREACHABLE_NODE = "lint-unreachable-node"
    """Linter: a node has no edges, or a question is never asked."""
    LINT_DUPLICATE_CONTENT = "lint-duplicate-content"
    """Linter: two diagrams show the same."""
    LINT_SHOWN_NOWHERE = "lint-shown-nowhere"
    """Linter: no page shows the diagram."""
    LINT_AMOUNTS = "lint-amounts"
    """Linter: figures contradict each other."""
    LINT_METRIC_WITHOUT_SOURCE = "lint-metric-without-source"
    """Linter: a diagram has figures and no source."""
    LINT_SOURCE_UNUSED = "lint-source-unused"
    """Linter: no claim cites a source, though others are cited."""
    LINT_SOURCE_INCOMPLETE = "lint-source-incomplete"
    """Linter: a source has no date."""
    LINT_REVIEWED_OLD = "lint-reviewed-old"
    """Linter: the last review is long ago."""
    LINT_REVIEWED_MISSING = "lint-reviewed-missing"
    """Linter: nobody has reviewed the diagram."""
    LINT_CATEGORY_UNKNOWN = "lint-category-unknown"
    """Linter: the category is none of the project's."""
    LINT_VIEW_UNKNOWN = "lint-view-unknown"
    """Linter: the view is none that the plan gives the category."""
    LINT_TYPE_UNFIT = "lint-type-unfit"
    """Linter: the diagram type does not fit the view."""
    LINT_VIEW_ELEMENT_MISSING = "lint-view-element-missing"
    """Linter: the diagram lacks something that its view must show."""
    LINT_FIGURE_NOT_IN_EVIDENCE = "lint-figure-not-in-evidence"
    """Linter: a figure does not stand in the quotation that its claim rests on."""
    LINT_DERIVED_WRONG = "lint-derived-wrong"
    """Linter: a figure is not what its formula gives."""
    LINT_SOURCE_UNREAD = "lint-source-unread"
    """Linter: nobody says to have read a source."""
    LINT_IMPOSSIBLE_VALUE = "lint-impossible-value"
    """Linter: a time, a date, a share or an order cannot be."""
    LINT_NEAR_DUPLICATE = "lint-near-duplicate"
    """Linter: two diagrams have the same shape and most of their words."""
    LINT_SUBJECT_UNKNOWN = "lint-subject-unknown"
    """Linter: the subject is none of its category, or a source is about others."""
    LINT_ID_LAYOUT = "lint-id-layout"
    """Linter: a file is not where its category, subject and view say."""


LINT_RULES: tuple[str, ...] = tuple(code.removeprefix("lint-") for code in Code if code.startswith("lint-"))
"""The rules of the linter, by their names in data files."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, at one location. Lines and columns count from 1; 0 is unknown."""

    path: str
    line: int
    column: int
    code: Code
    message: str

    def __str__(self) -> str:
        return located(self.path, self.line, self.column, f"{self.message} [{self.code}]")


def located(path: str, line: int, column: int, said: str) -> str:
    """Return *said* behind its location, ``file:line:column: said``, as far as it is known, on one line."""
    numbers = [str(number) for number in ((line, column) if line else ()) if number]
    location = ":".join((path, *numbers))
    return printable(f"{location}: {said}" if location else said)


_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"  # Cc, Cs, Zl, Zp, order of writing
)


def printable(text: str) -> str:
    r"""Return *text* with ``\x1b`` and the like for what is no part of a line.

    Line breaks could begin a command of whoever reads a log, control characters are commands of terminals, and halves
    of characters, by which Python writes names of files that are not UTF-8, cannot be encoded.
    """
    return _UNPRINTABLE.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def wrong_file_name(name: str) -> str | None:
    """Return why no file below a data folder may have this *name*, None if it may."""
    shown = printable(name)
    if shown == name:
        return None
    return f"The name '{shown}' has characters that no log, page or archive can hold; rename the file."


class ProblemsError(Exception):
    """Raised when a diagram cannot be used; ``problems`` says everything that is wrong."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type[ProblemsError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


MAX_HINTS = 20
"""Suggestions for the mistyped names of one file."""

_MOST_COMPARED, _LONGEST_COMPARED = 100, 100
"""Names, and characters of a name, that are compared letter by letter."""


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to *limit* of the *known* words that *word* may have been meant to be.

    Comparing letter by letter is slow, so of many words only those are compared that share the most pairs of letters.
    """
    known = set(known)
    word = word[:_LONGEST_COMPARED]
    names = sorted({name for name in known if len(name) <= _LONGEST_COMPARED})
    near = names
    if len(names) > _MOST_COMPARED:
        pairs = _pairs(word)
        # nlargest is stable, so that the result depends on the names alone.
        near = sorted(heapq.nlargest(_MOST_COMPARED, names, key=lambda name: len(pairs & _pairs(name))))
    found = [*synonyms(word, known), *difflib.get_close_matches(word, near, n=limit, cutoff=0.6)]
    if found:
        return list(dict.fromkeys(found))[:limit]
    tail = word.rsplit("/", 1)[-1].casefold()
    return [name for name in names if len(tail) > 2 and tail in name.casefold()][:limit]


def _pairs(word: str) -> set[str]:
    return {word[at : at + 2] for at in range(max(1, len(word) - 1))}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``" Did you mean ...?"`` for the nearest known words, or ``""``."""
    found = nearest(word, known)
    if not found:
        return ""
    return f" Did you mean {' or '.join(repr(name) for name in found)}?"


def what_is_known(word: str, known: Iterable[str], most: int = 12) -> str:
    """Return ``" Did you mean ...?"`` for the nearest known words, else all of them if they are at most *most*."""
    names = list(dict.fromkeys(known))
    listed = f" Known here: {', '.join(names)}." if 0 < len(names) <= most else ""
    return did_you_mean(word, names) or listed


class Hints:
    """Suggestions for the mistyped names of one file: those of the first ``MAX_HINTS``, none for the others.

    A name is compared with all that are known, so suggestions for all would take the square of a file's size.
    """

    def __init__(self) -> None:
        self._left = MAX_HINTS

    def did_you_mean(self, word: str, known: Iterable[str]) -> str:
        """Return what :func:`did_you_mean` does, as long as suggestions are left."""
        return did_you_mean(word, known) if self._take() else ""

    def what_is_known(self, word: str, known: Iterable[str]) -> str:
        """Return what :func:`what_is_known` does, as long as suggestions are left."""
        return what_is_known(word, known) if self._take() else ""

    def _take(self) -> bool:
        self._left -= 1
        return self._left >= 0
