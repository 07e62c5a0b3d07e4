"""Annotations of GitHub (https://docs.github.com/actions/reference/workflow-commands-for-github-actions)."""

from __future__ import annotations

from sphinx_diagram_ext.errors import printable


def annotation(level: str, path: str, line: int, column: int, code: str, message: str) -> str:
    """Return the command that shows *message* beside a line of a pull request.

    *level* is error, warning or notice; a line or column of 0 is unknown.
    """
    position = f"file={_escape(path, ':,')},line={max(line, 1)}"
    if column:
        position += f",col={column}"
    title = _escape(f"cdc {code}", ":,")
    return f"::{level} {position},title={title}::{_escape(message)}\n"


def _escape(text: str, more: str = "") -> str:
    for char in "%\r\n" + more:
        text = text.replace(char, f"%{ord(char):02X}")
    return printable(text)
