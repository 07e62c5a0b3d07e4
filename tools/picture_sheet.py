"""Makes a page of all pictures for reviewers: wide and narrow beside each other, light or dark.

python tools/picture_sheet.py sheet.html [--dark] [--data DIR]... [NAME...]

A NAME is a diagram type, or a part of an id. Without ``--data`` the data folders and the templates of this project are
shown.
"""

from __future__ import annotations

import argparse
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.scaffold import find_templates
from sphinx_diagram_ext.sphinx_ext.output.assets import style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

ROOT = Path(__file__).parents[1]
STYLE = """
body { margin: 16px; background: var(--cdc-ground); color: var(--cdc-text); font-family: sans-serif }
h2 { margin: 24px 0 8px; font-size: 13px; font-weight: 400 }
.pair { display: flex; gap: 24px; align-items: flex-start }
.pair .cdc-frame { max-width: none; overflow: visible }
.pair .cdc-frame > svg { max-width: none }
"""


def main() -> None:
    """Draw, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="page to write")
    parser.add_argument("names", metavar="NAME", nargs="*", help="types, or parts of ids (default: all)")
    parser.add_argument("--data", type=Path, action="append", help="data folder; may be given more than once")
    parser.add_argument("--dark", action="store_true", help="in the colours of the dark scheme")
    arguments = parser.parse_intermixed_args()
    given = arguments.data or [ROOT / "data", ROOT / "docs" / "examples"]
    engine = select_engine().engine
    figures = [
        _figure(name, diagram, engine)
        for name, diagram in _diagrams(given, templates=not arguments.data)
        if not arguments.names or any(word == diagram.type or word in name for word in arguments.names)
    ]
    theme = "dark" if arguments.dark else "light"
    head = f'<meta charset="utf-8"><title>Pictures</title><style>{style_sheet()}{STYLE}</style>'
    page = f'<!doctype html><html lang="en" data-theme="{theme}">{head}{"".join(figures)}</html>'
    arguments.output.write_text(page, encoding="utf-8")
    print(f"{arguments.output}: {len(figures)} pictures")


def _diagrams(folders: list[Path], *, templates: bool) -> Iterator[tuple[str, Diagram]]:
    for diagram in Catalog(folders):
        yield diagram.id, diagram
    for name, template in find_templates().items() if templates else ():
        yield f"template {name}", template.diagram()


def _figure(name: str, given: Diagram, engine: Engine) -> str:
    try:
        diagram = pipeline.inspect(given, engine)
        picture = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    except ProblemsError as error:
        return f"<h2>{html.escape(f'{name} ({given.type}): {error}')}</h2>"
    forms = [picture, *([picture.narrow] if picture.narrow else [])]
    sizes = ", ".join(f"{form.width:.0f} x {form.height:.0f}" for form in forms)
    frames = "".join(_frame(form, f"{name}-{number}") for number, form in enumerate(forms))
    return f'<h2>{html.escape(f"{name} ({given.type}) {sizes}")}</h2><figure class="cdc-diagram pair">{frames}</figure>'


def _frame(picture: Picture, name: str) -> str:
    return f'<div class="cdc-frame">{picture.inline(re.sub(r"[^a-z0-9]+", "-", name))}</div>'


if __name__ == "__main__":
    main()
