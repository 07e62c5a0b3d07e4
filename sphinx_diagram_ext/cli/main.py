"""Command line ``cdc-diagram``: its parser, and the call of the chosen command."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext import __version__
from sphinx_diagram_ext.cli import coverage, diff, import_fences, lint, new, render, schema, validate
from sphinx_diagram_ext.cli import list as list_command
from sphinx_diagram_ext.cli.common import UsageError
from sphinx_diagram_ext.cli.project import Project
from sphinx_diagram_ext.engine import ENGINES, EngineUnavailableError
from sphinx_diagram_ext.errors import ProblemsError, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = (new, import_fences, validate, lint, coverage, render, list_command, diff, schema)


def main_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line; the documentation is made from it."""
    parser = argparse.ArgumentParser(
        prog="cdc-diagram", description="Check, draw and list diagrams that are kept as YAML data."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        action="append",
        help="data folder; may be given more than once (default: [tool.cdc-diagram] path in"
        " pyproject.toml, else data/)",
    )
    shared.add_argument(
        "--engine",
        choices=("auto", *(name for name in ENGINES if name != "client")),
        default="auto",
        help="engine that checks and draws (default: the first that works)",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in COMMANDS:
        module.add_parser(commands, shared)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status: 0 fine, 1 something is wrong, 2 wrong usage."""
    arguments = main_parser().parse_args(argv)
    try:
        status: int = arguments.run(arguments, Project(getattr(arguments, "data", None) or ()))
        sys.stdout.flush()
    except ProblemsError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return 1
    except (UsageError, EngineUnavailableError) as error:
        print(printable(f"cdc-diagram: {error}"), file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader of a pipe went away; nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(printable(f"cdc-diagram: {error.filename or ''}: {error.strerror}"), file=sys.stderr)
        return 2
    return status
