"""Every picture in a browser: no label leaves its box, covers another or cannot be read.

All templates, all examples and a diagram of every type, whose texts are short, long Russian
sentences, and single words of 200 letters.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import more_samples
import pytest
import samples

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.scaffold import find_templates
from sphinx_diagram_ext.sphinx_ext.output.assets import style_sheet
from sphinx_diagram_ext.types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from sphinx_diagram_ext.model import Diagram

LABELS = (Path(__file__).parent / "labels.js").read_text(encoding="utf-8")
TEXTS = {
    "short": "short text",
    "Russian": "Репликация изменений между центрами обработки данных с подтверждением записи",  # noqa: RUF001
    "long word": "Ж" * 200,
}
FIELDS = {**dict.fromkeys(samples.FIELDS, samples), **dict.fromkeys(more_samples.FIELDS, more_samples)}


def diagrams(project: Path) -> Iterator[tuple[str, Diagram]]:
    """Yield every template, example, data file and sample, each with its name."""
    for name, template in find_templates().items():
        yield f"template {name}", template.diagram()
    for folder in ("docs/examples", "data"):
        catalog = Catalog([project / folder])
        for _, path, _ in catalog.files():
            name = path.relative_to(project).as_posix()
            yield name, read_diagram(path.read_text(encoding="utf-8"), path.stem, name, shared=catalog.shared)
    for name in samples.GOOD:
        yield f"sample {name}", samples.good(name)
    for kind, text in TEXTS.items():
        for name, module in FIELDS.items():
            yield f"{kind} {name}", module.diagram_of(name, lambda text=text: text)


@pytest.fixture(scope="module")
def page_of_pictures(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of the pictures of all diagrams, as the documentation shows them."""
    engine = select_engine().engine
    figures = []
    for number, (name, given) in enumerate(diagrams(project)):
        diagram = pipeline.inspect(given, engine)
        svg = pipeline.draw(diagram, pipeline.check(diagram, engine), engine).inline(f"d{number}")
        head, title, rest = svg.partition("</title>")
        svg = f"{head[: head.rindex('>') + 1]}{name}{title}{rest}"
        figures.append(
            f'<figure class="cdc-diagram cdc-type-{diagram.type}">'
            f'<div class="cdc-stage"><div class="cdc-frame">{svg}</div></div></figure>'
        )
    path = tmp_path_factory.mktemp("pictures") / "index.html"
    head = f'<!doctype html><meta charset="utf-8"><title>T</title><style>{style_sheet()}</style>'
    path.write_text(f"{head}{''.join(figures)}", encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [1300, 390])
def test_every_label_has_its_place_and_reads_on_its_ground(browser: Browser, page_of_pictures: Path, width: int):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(page_of_pictures.as_uri())
    found = page.evaluate(LABELS)
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    dark = page.evaluate(LABELS, {"contrastOnly": True})
    page.close()
    assert found["wrong"] == []
    assert dark["wrong"] == []
    assert found["checked"] == dark["checked"] > 2000


def test_there_is_a_sample_of_every_type():
    assert {*FIELDS, *samples.GOOD} == set(TYPES)


PICTURE = (
    "<style>.cdc-frame {{ background: #fff }}</style>"
    '<figure class="cdc-diagram cdc-type-flow"><div class="cdc-frame">{svg}</div></figure>'
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100"><title>T</title>{}</svg>'
NODE = '<g class="cdc-node"><rect x="20" y="20" width="{}" height="40" fill="{}"/><text x="30" y="45">label</text></g>'


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (NODE.format(80, "#ffffff"), []),
        (NODE.format(20, "#ffffff"), ["leaves its box"]),
        (NODE.format(80, "#444444"), ["has a contrast of 2.16:1"]),
        (NODE.format(80, "#ffffff") + '<text x="40" y="50">other</text>', ['covers "other"']),
        (NODE.format(80, "#ffffff") + '<rect x="40" y="10" width="9" height="60"/>', ["lies under a shape"]),
        (NODE.format(80, "#ffffff") + '<line x1="40" x2="50" y1="10" y2="60" stroke="red"/>', ["is crossed by a line"]),
        ('<text x="180" y="50">far too long a label</text>', ["leaves the picture"]),
        ('<rect x="150" y="50" width="80" height="9"/>', ["has a rect that leaves the picture"]),
        ('<g><rect x="2" y="2" width="9" height="9"/><text x="20" y="50">note</text></g>', ["leaves its box"]),
    ],
)
def test_the_checker_finds_what_is_wrong(browser: Browser, drawing: str, said: list[str]):
    page = browser.new_page()
    page.set_content(PICTURE.format(svg=SVG.format(drawing)))
    wrong = page.evaluate(LABELS)["wrong"]
    page.close()
    assert [item.partition('" ')[2] for item in wrong] == said
