"""Describes the command line as MyST text, from its parser."""

from __future__ import annotations

import argparse
import inspect
import re
import textwrap
from typing import TYPE_CHECKING

from describe import Section, sentence

from sphinx_diagram_ext.cli import main, main_parser

if TYPE_CHECKING:
    from collections.abc import Iterator


def commands() -> list[Section]:
    """Describe the command line: each sub-command in a section."""
    return [_command(name, parser) for name, parser in _subparsers(main_parser())]


def exit_status() -> str:
    """Describe the exit status of the command."""
    _, _, said = (inspect.getdoc(main) or "").partition(":")
    return "\n".join(f"`{number}`\n: {sentence(text)}\n" for number, text in re.findall(r"(\d) ([^,.]+)", said))


def _subparsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in _arguments(parser):
        if isinstance(action.choices, dict):
            yield from action.choices.items()


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return parser._actions  # noqa: SLF001  argparse has no public way to its arguments


def _command(name: str, parser: argparse.ArgumentParser) -> Section:
    parser.formatter_class = lambda prog: argparse.HelpFormatter(prog, width=72)
    parser.color = False  # type: ignore[attr-defined]  # Python 3.14 colours usage lines in a terminal
    usage = textwrap.dedent(parser.format_usage().replace("usage: ", " " * 7, 1))
    parts = [parser.description or "", f"\n```text\n{usage}```\n", f"```{{program}} cdc-diagram {name}\n```\n"]
    for action in _arguments(parser):
        flags = ", ".join(action.option_strings)
        value = "" if action.nargs == 0 else str(action.metavar or "|".join(action.choices or (action.dest,)))
        text = action.help or ""
        if isinstance(action.default, str) and "default" not in text and action.default != argparse.SUPPRESS:
            text += f" (default: {action.default})"
        if flags:
            parts.append(f"```{{option}} {f'{flags} {value}'.strip()}\n\n{sentence(text)}\n```\n")
        else:
            parts.append(f"`{value}`\n: {sentence(text)}\n")
    return Section(name, f"command-{name}", "\n".join(parts))
