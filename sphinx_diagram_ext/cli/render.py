"""``cdc-diagram render``: diagrams as SVG, PNG, PDF, Mermaid or text."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.pdf import PdfError, converter, png
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.palette import PALETTE, Palette
from sphinx_diagram_ext.plaintext import command_list, draw_text, text_list

if TYPE_CHECKING:
    import argparse

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram

FORMATS = ("svg", "png", "pdf", "mmd", "txt")

WIDTH = 100
"""Columns that a drawing in characters may take unless told."""

_PALETTES = {"light": PALETTE, "dark": Palette(PALETTE.dark, PALETTE.dark)}


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "render",
        parents=[shared],
        help="draw diagrams",
        description="Draw a diagram, or all of them: svg, png and pdf give the picture, mmd its Mermaid text, txt a"
        " drawing in characters. png and pdf need the wheel typst or the program rsvg-convert.",
    )
    parser.add_argument("diagram", metavar="ID|FILE", nargs="?", help="id of a diagram or path of its file")
    parser.add_argument("--all", action="store_true", help="draw every diagram of the data folders into the folder OUT")
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        help="file to write, or with --all the folder; - is standard output (the default)",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        help="what to make (default: what the suffix of OUT says, else mmd, with --all svg)",
    )
    parser.add_argument(
        "--theme", choices=tuple(_PALETTES), default="light", help="colours of svg, png and pdf (default: light)"
    )
    parser.add_argument(
        "--form",
        choices=("wide", "narrow"),
        default="wide",
        help="form of the picture; narrow is that for phones, where there is one (default: wide)",
    )
    parser.add_argument(
        "--scale", metavar="N", type=float, default=2, help="pixels of a png for each pixel of a page (default: 2)"
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
        help="language of numbers and days in a picture, as Sphinx names it (default: en)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Draw the diagram, or all of them."""
    if arguments.all == bool(arguments.diagram):
        raise UsageError("render: wanted the id or the file of a diagram, or --all")
    if not 0 < arguments.scale <= _MOST_SCALE:
        raise UsageError(f"render: found --scale {arguments.scale:g}, wanted a number above 0, at most {_MOST_SCALE}")
    with guarded_engine(arguments.engine, project.limits) as engine:
        if arguments.all:
            return _all(arguments, project, engine)
        form = _format(arguments)
        content = _content(project.diagram(arguments.diagram), form, arguments, project, engine)
    if arguments.output in (None, "-"):
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        Path(arguments.output).write_bytes(content)
    return 0


_MOST_SCALE = 8


def _format(arguments: argparse.Namespace) -> str:
    """Return what to make of one diagram."""
    if arguments.output in (None, "-"):
        return arguments.format or "mmd"
    suffix = Path(arguments.output).suffix.removeprefix(".")
    found = arguments.format or suffix
    if found not in FORMATS:
        raise UsageError(f"'{arguments.output}' does not end in one of {', '.join(f'.{name}' for name in FORMATS)}")
    return str(found)


def _all(arguments: argparse.Namespace, project: Project, engine: Engine) -> int:
    """Draw every diagram into a folder; those that cannot be drawn are said, and the others are drawn."""
    if arguments.output in (None, "-"):
        raise UsageError("render --all: name the folder to write to with -o")
    form = arguments.format or "svg"
    catalog = project.catalog
    problems = list(catalog.problems)
    for name in catalog.ids:
        try:
            content = _content(catalog.get(name), form, arguments, project, engine)
        except ProblemsError as error:
            problems += error.problems
            continue
        path = Path(arguments.output, f"{name}.{form}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if problems:
        raise ProblemsError(sorted(set(problems)))
    return 0


def _content(found: Diagram, form: str, arguments: argparse.Namespace, project: Project, engine: Engine) -> bytes:
    """Return the file that a diagram becomes."""
    diagram = pipeline.inspect(found, engine, project.limits)
    source = pipeline.check(diagram, engine)
    if form == "txt":
        drawn = draw_text(diagram, engine, arguments.width)
        parts = (drawn or text_list(diagram), command_list(diagram))
        return ("\n\n".join(part.rstrip() for part in parts if part) + "\n").encode()
    if form == "mmd":
        return f"{source.text.rstrip()}\n".encode()
    return _picture(diagram, source, form, arguments, engine)


def _picture(
    diagram: Diagram, source: MermaidSource, form: str, arguments: argparse.Namespace, engine: Engine
) -> bytes:
    palette = _PALETTES[arguments.theme]
    picture = pipeline.draw(diagram, source, engine, arguments.language)
    if arguments.form == "narrow":
        picture = picture.narrow or picture
    if form == "svg":
        return f"{_on_ground(picture, arguments.theme).plain(palette=palette)}\n".encode()
    try:
        if form == "png":
            return png(picture, palette, arguments.scale)
        convert = converter()
        if convert is None:
            raise UsageError("PNG and PDF need the wheel 'typst' (pip install typst) or the program rsvg-convert")
        return convert.convert(picture, palette)
    except PdfError as error:
        raise UsageError(f"render: {error}") from None


def _on_ground(picture: Picture, theme: str) -> Picture:
    """Return the picture on the ground of a dark page: programs show SVG on white."""
    if theme == "light":
        return picture
    style = ("style", f"background:{PALETTE.dark['ground']}")
    return dataclasses.replace(picture, root=(*picture.root, style))
