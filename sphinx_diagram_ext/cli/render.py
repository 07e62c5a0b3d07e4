"""``cdc-diagram render``: one diagram as SVG, Mermaid or text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.plaintext import command_list, draw_text, text_list

if TYPE_CHECKING:
    import argparse

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.engine import Engine

OUTPUT_SUFFIXES = (".svg", ".mmd", ".txt")

WIDTH = 100
"""Columns that a drawing in characters may take unless told."""


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "render",
        parents=[shared],
        help="draw a diagram",
        description="Draw one diagram: .svg gives the picture, .mmd its Mermaid text, .txt a drawing in characters.",
    )
    parser.add_argument("diagram", metavar="ID|FILE", help="id of a diagram or path of its file")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, by its suffix .svg, .mmd or .txt (default: Mermaid text to standard output)",
    )
    parser.add_argument(
        "-w",
        "--width",
        metavar="COLUMNS",
        type=int,
        default=WIDTH,
        help=f"most columns of a drawing in characters; a wider one becomes a list (default: {WIDTH})",
    )
    parser.add_argument(
        "-l",
        "--language",
        metavar="CODE",
        default="en",
        help="language of numbers and days in an .svg, as Sphinx names it (default: en)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Draw the diagram."""
    suffix = Path(arguments.output).suffix if arguments.output else ".mmd"
    if suffix not in OUTPUT_SUFFIXES:
        message = f"'{arguments.output}' does not end in one of {', '.join(OUTPUT_SUFFIXES)}"
        raise UsageError(message)
    with guarded_engine(arguments.engine, project.limits) as engine:
        content = _content(arguments, suffix, project, engine)
    if arguments.output:
        Path(arguments.output).write_text(content, encoding="utf-8")
    else:
        sys.stdout.write(content)
    return 0


def _content(arguments: argparse.Namespace, suffix: str, project: Project, engine: Engine) -> str:
    diagram = pipeline.inspect(project.diagram(arguments.diagram), engine, project.limits)
    source = pipeline.check(diagram, engine)
    if suffix == ".svg":
        return pipeline.draw(diagram, source, engine, arguments.language).plain() + "\n"
    if suffix == ".txt":
        drawn = draw_text(diagram, engine, arguments.width)
        parts = (drawn or text_list(diagram), command_list(diagram))
        return "\n\n".join(part.rstrip() for part in parts if part) + "\n"
    return f"{source.text.rstrip()}\n"
