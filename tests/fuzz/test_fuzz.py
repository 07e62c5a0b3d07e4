"""Whatever comes in, a message comes out: no crash, no traceback, nothing that must not pass.

Each target replays its corpus, then tries what a machine thinks of. ``CDC_FUZZ_EXAMPLES`` says how
much of that; an input that broke something joins the corpus.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from drawn import adapted, svg_of
from hypothesis import HealthCheck, given, settings
from mutate import fuzzed, seeds

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.foreign import Labels
from sphinx_diagram_ext.engine import Drawing, select_engine
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.directives.diagram import OPTIONS
from sphinx_diagram_ext.sphinx_ext.directives.html_tag import TagParser
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EXAMPLES = int(os.environ.get("CDC_FUZZ_EXAMPLES", "60"))
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize="CDC_FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
ENGINE = select_engine().engine


def yaml(data: bytes, folder: Path) -> None:
    """A data file: everything that is wrong is a problem; what is good is drawn."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "one.yaml").write_bytes(data)
    catalog = Catalog([folder / "data"])
    try:
        diagram = pipeline.inspect(catalog.get("one"), ENGINE)
        root = ET.fromstring(svg_of(diagram, pipeline.check(diagram, ENGINE), ENGINE))
    except ProblemsError as error:
        said = error.problems
    else:
        assert "script" not in {element.tag.rsplit("}", 1)[-1] for element in root.iter()}
        return
    assert said
    assert all(problem.message and problem.line >= 0 for problem in said)


def mermaid(data: bytes, folder: Path) -> None:
    """Mermaid source of an author's own."""
    lines = data.decode("utf-8", "replace").split("\n")
    text = "\n".join(f"    {line}" for line in lines)
    yaml(f"diagram:\n  type: mermaid\n  title: T\n  source: |2\n{text}\n".encode(), folder)


def address(data: bytes, folder: Path) -> None:
    """An address: what is taken leads to no script."""
    del folder
    url = safe_url(data.decode("utf-8", "replace"))
    # What a browser drops before it reads the scheme: https://url.spec.whatwg.org/#concept-basic-url-parser
    read = re.sub(r"[\t\n\r]", "", (url or "").strip("".join(map(chr, range(33))))).casefold()
    assert not read.startswith(("javascript:", "data:", "vbscript:"))


def tag(data: bytes, folder: Path) -> None:
    """Raw HTML of a page."""
    del folder
    text = data.decode("utf-8", "replace")
    parser = TagParser(text)
    assert all(0 <= found.start <= found.end <= len(text) for found in parser.tags)
    assert all(0 <= start <= end <= len(text) for start, end, _line in parser.stray)
    starts = [found.start for found in parser.tags]
    assert starts == sorted(starts)


def options(data: bytes, folder: Path) -> None:
    """Values of directive options: docutils knows these two errors."""
    del folder
    text = data.decode("utf-8", "replace")
    for convert in OPTIONS.values():
        with contextlib.suppress(ValueError, TypeError):
            convert(text)


def svg(data: bytes, folder: Path) -> None:
    """An engine's SVG."""
    del folder
    try:
        found = adapted(Drawing(data.decode("utf-8", "replace"), set_aside=True), Labels("T"))
    except ET.ParseError:
        return
    for element in ET.fromstring(found).iter():
        assert element.tag.rsplit("}", 1)[-1] not in ("script", "foreignObject", "image", "style")
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert name != "style"
            assert "javascript:" not in value or name.startswith("aria")


def command(data: bytes, folder: Path) -> None:
    """Arguments of the command line."""
    text = data.decode("utf-8", "replace")
    try:
        arguments = shlex.split(text)
    except ValueError:
        arguments = text.split()
    with contextlib.chdir(folder):
        try:
            code = main(arguments)
        except SystemExit as end:
            code = end.code
    assert code in (0, 1, 2)


TARGETS: dict[str, tuple[Callable[[bytes, Path], None], str]] = {
    "yaml": (yaml, "yaml"),
    "mermaid": (mermaid, "mermaid"),
    "url": (address, "html"),
    "tag": (tag, "html"),
    "options": (options, "words"),
    "svg": (svg, "svg"),
    "command": (command, "words"),
}
"""What is fed, and with which spice."""

CORPUS = [(name, path) for name in TARGETS for path in seeds(name)]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir()
    text = "diagram:\n  type: flow\n  title: T\n  nodes: {a: A, b: B}\n  flows: [{from: a, to: b}]\n"
    (tmp_path / "data" / "one.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "path"), CORPUS, ids=lambda value: getattr(value, "name", value))
def test_the_corpus(name, path, folder):
    TARGETS[name][0](path.read_bytes(), folder)


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_machine_thinks_of(name, folder):
    target, spice = TARGETS[name]

    @FUZZ
    @given(fuzzed(name, spice))
    def run(data):
        target(data, folder)

    run()


def test_a_diagram_of_the_corpus_is_good():
    good = [path for path in seeds("yaml") if path.name.startswith("good")]
    assert [read_diagram(path.read_text(encoding="utf-8"), "a", "a.yaml").type for path in good]
