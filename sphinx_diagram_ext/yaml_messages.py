"""Messages for text that is not YAML: what libyaml says, in words by which an author can fix it.

libyaml names what its grammar wanted and often points to where it gave up, which may be the end of the file.
The table goes from its words (https://github.com/yaml/libyaml, ``src/scanner.c`` and ``src/parser.c``) to what
authors do wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.yaml_errors import Fault, LibyamlError, indent_of, last_open, line_above, open_levels

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import MarkedYAMLError

_MOST = 60
"""Characters of a line that a message repeats."""


def fault_of(error: MarkedYAMLError, text: str) -> Fault:
    """Return what is wrong with *text*, for which libyaml raised *error*."""
    at = error.problem_mark or error.context_mark
    begun = error.context_mark or at
    said = LibyamlError(
        text.splitlines(),
        at.line if at else 0,
        at.column if at else 0,
        error.context or "",
        (begun.line, begun.column) if begun else (0, 0),
    )
    problem = error.problem or ""
    for words, explain in _TABLE:
        if words in problem:
            return explain(said)
    return said.here(f"{' '.join(part for part in (said.context, problem) if part)}; correct this line")


def _start(error: LibyamlError) -> Fault:
    indent = indent_of(error.text)
    if "\t" in indent or error.character == "\t":
        return error.here("a tab indents this line; indent with spaces")
    return error.here(f"a text cannot start with {error.character!r}; {_quote_value(error.text, error.column)}")


def _tab(error: LibyamlError) -> Fault:
    return error.here("a tab indents this line; indent with spaces")


def _second_colon(error: LibyamlError) -> Fault:
    """Explain a ``: `` where no key can be."""
    text = error.text
    words = text.lstrip()
    start = len(text) - len(words)
    if words.startswith("-") and words[1:2] not in ("", " "):
        fix = f"- {words[1:]}"
        return Fault(error.line, start, f"'-' needs a space after it; write {_shown(fix)}")
    before = text[: error.column]
    if ": " in before:
        return error.here(f"the value holds a second ': '; {_quote_value(text, before.index(': ') + 2)}")
    above = line_above(error)
    if above is None:
        return error.here("no key can be here; put the text in quotes")
    return _key_below(error, above, start)


def _key_below(error: LibyamlError, above: int, start: int) -> Fault:
    """Explain a key that continues the line *above*, which YAML reads as one long text."""
    other = error.lines[above]
    words = other.strip()
    if words.startswith("-") and words[1:2] not in ("", " ", "-"):
        fix = f"- {words[1:]}"
        return Fault(above, len(indent_of(other)), f"'-' needs a space after it; write {_shown(fix)}")
    if ": " not in words and not words.endswith(":"):
        if ":" in words:
            fix = words.replace(":", ": ", 1)
            return Fault(above, len(indent_of(other)), f"':' needs a space after it; write {_shown(fix)}")
        return Fault(above, len(indent_of(other)), f"{_shown(words)} is no 'key: value'; a colon is missing")
    return Fault(
        error.line,
        start,
        f"{_spaces(start)} before this key and {_spaces(len(indent_of(other)))} before that of line {above + 1};"
        " keys of one level begin in the same column",
    )


def _wanted_key(error: LibyamlError) -> Fault:
    """Explain what is no key in a mapping."""
    before = error.text[: error.column].rstrip()
    if before[-1:] in ("'", '"') and len(before) > len(indent_of(error.text)):
        inside = "an apostrophe inside as ''" if before[-1] == "'" else 'a quote inside as \\"'
        return error.here(
            f"the quoted text ends at the {before[-1]} before this, and more follows; quote all of it,"
            f" and write {inside}"
        )
    if error.text.lstrip().startswith(("- ", "-\n")) or error.text.strip() == "-":
        return error.here("a list item ('- ') among keys; write 'key: value', or indent the list below its key")
    levels = open_levels(error)
    *most, last = map(str, levels)
    known = f"{', '.join(most)} or {last}" if most else last
    return error.here(
        f"{_spaces(error.column)} before this key, but keys above it begin after {known};"
        " keys of one level begin in the same column"
    )


def _wanted_item(error: LibyamlError) -> Fault:
    return error.here("a key among list items; start it with '- ', or indent it to the text of the item above")


def _unclosed(error: LibyamlError) -> Fault:
    """Explain a bracket that is not closed, or a comma that is missing."""
    closing = {"{": "}", "[": "]"}.get(error.opener, "}")
    if error.character in ("}", "]") and error.character != closing:
        return error.here(f"found {error.character!r}, but {error.opener!r} is open; close it with {closing!r}")
    if error.line == error.start[0]:
        if error.character == ":":
            return error.here(
                f"a second ': ' between {error.opener!r} and {closing!r}; put a ',' between two keys,"
                " or the text in quotes"
            )
        return error.here(f"found {_shown(error.text[error.column :])}, wanted ',' or {closing!r}")
    return error.opened(
        f"the {error.opener!r} here is not closed before line {error.line + 1};"
        f" write {closing!r}, or the ',' that is missing before that line"
    )


def _end(error: LibyamlError) -> Fault:
    if error.opener in ("'", '"'):
        return error.opened(f"the quote {error.opener} opened here is never closed; end the text with {error.opener}")
    return error.opened("what begins here is never ended")


def _name(error: LibyamlError) -> Fault:
    kind = {"*": "an alias", "&": "an anchor"}.get(error.opener, "a name")
    line, column = error.start
    return error.opened(
        f"a text cannot start with {error.opener!r}, which begins {kind}; {_quote_value(error.lines[line], column)}"
    )


def _tag(error: LibyamlError) -> Fault:
    line, column = error.start
    text = error.lines[line] if line < len(error.lines) else ""
    return error.opened(f"a text cannot start with '!', which begins a tag; {_quote_value(text, column)}")


def _escape(error: LibyamlError) -> Fault:
    pair = error.text[error.column : error.column + 2]
    return error.here(
        f"{pair} is no escape inside \"double quotes\"; write \\\\ for a backslash, or use 'single quotes'"
    )


def _block(error: LibyamlError) -> Fault:
    line, column = error.start
    return error.opened(
        f"a text cannot start with {error.opener!r} unless it begins on the next line;"
        f" {_quote_value(error.lines[line], column)}"
    )


def _content(error: LibyamlError) -> Fault:
    if not error.character and (bracket := last_open(error)):
        return bracket
    return error.here(f"found {error.character!r} where a value is wanted; {_quote_value(error.text, error.column)}")


def _no_colon(error: LibyamlError) -> Fault:
    words = error.lines[error.start[0]].strip()
    return error.opened(
        f"{_shown(words)} is no 'key: value'; indent it if it belongs to the text above, or write the missing colon"
    )


def _directive(error: LibyamlError) -> Fault:
    return error.opened("a line cannot start with '%'; put the text in quotes")


_TABLE: tuple[tuple[str, Callable[[LibyamlError], Fault]], ...] = (
    ("cannot start any token", _start),
    ("tab character", _tab),
    ("mapping values are not allowed", _second_colon),
    ("did not find expected key", _wanted_key),
    ("did not find expected '-' indicator", _wanted_item),
    ("did not find expected ',' or", _unclosed),
    ("unexpected end of stream", _end),
    ("unexpected document indicator", _end),
    ("did not find expected alphabetic or numeric character", _name),
    ("undefined tag handle", _tag),
    ("did not find the expected '>'", _tag),
    ("unknown escape character", _escape),
    ("did not find expected comment or line break", _block),
    ("did not find expected node content", _content),
    ("could not find expected ':'", _no_colon),
    ("unknown directive name", _directive),
)
"""Words of libyaml, and what explains them; the first that fit."""


def _quote_value(text: str, column: int) -> str:
    """Return how to quote what begins at *column* of the line *text*."""
    value = text[column:].strip()
    quote = next((mark for mark in ("'", '"') if mark not in value), "")
    if not value or not quote or len(value) > _MOST or (quote == '"' and "\\" in value):
        return "put it in quotes"
    return f"put it in quotes: {quote}{value}{quote}"


def _shown(words: str) -> str:
    words = words.strip()
    return repr(words if len(words) <= _MOST else f"{words[: _MOST - 3]}...")


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"
