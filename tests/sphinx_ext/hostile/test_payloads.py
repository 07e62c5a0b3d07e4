"""Hundreds of hostile texts, through every field of every type, into every output."""

from __future__ import annotations

import copy
import itertools
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from babel.messages.pofile import read_po
from drawn import svg_of
from fields import forms, put, reachable, yaml
from payloads import REFUSED, TEXTS
from sphinx.testing.util import SphinxTestApp

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.urls import safe_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
pytestmark = [
    pytest.mark.xdist_group("hostile"),
    pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs"),
]

KEY = r"[^#\s](?:[^#\n]{0,98}[^#\s])?"
FLAT = str.maketrans({"\n": " ", '"': "'"})
HERE = Path(__file__).parent
ALLOWED = """
    a b abbr button code dd details div dl dt em figcaption figure kbd li p pre samp section span strong sub summary sup
    ul svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker symbol use linearGradient
    radialGradient stop clipPath pattern
""".split()  # noqa: SIM905
CONF = """\
extensions = ["myst_parser", "sphinx_diagram_ext"]
cdc_diagram_path = ["data"]
cdc_diagram_types = ["types"]
exclude_patterns = ["data", "types", "_build"]
myst_enable_extensions = ["colon_fence", "dollarmath", "attrs_inline", "substitution"]
html_theme = "basic"
numfig = True
mathjax_path = "mathjax.js"
html_static_path = ["static"]
gettext_compact = False
"""
SOME = ["data", "types", "_build", "page-[a-bd-eg-rt-z]*"]
MORE = {"gettext": {"exclude_patterns": SOME}, "latex": {"exclude_patterns": SOME}, "epub": {"exclude_patterns": SOME}}
"""Slower builders write some types only; all texts are in each type."""

TEMPLATE = """\
flowchart TB
{% for node in nodes %}  {{ node.id }}["{{ node.label }}"]
{% endfor %}
  owner["{{ data.owner }}"]
{% for flow in flows %}  {{ flow.source }} -->|"{{ flow.label }}"| {{ flow.target }}
{% endfor %}
"""


FULL = "CDC_SLOW" in os.environ
"""Whether every payload goes into every type; a sample of them does otherwise, another one in each type."""


def documents(name: str, *, fields: bool = False) -> Iterator[dict[str, Any]]:
    """Yield diagrams of the type *name* that hold payloads, every one in every field if asked."""
    turn = list(TYPES).index(name) * 97
    for form in forms(name):
        count = len(TEXTS) if fields else -(-len(TEXTS) // len(form.places)) + 1 if FULL else 3
        for number in range(count):
            data = copy.deepcopy(form.data)
            for at, place in enumerate(form.places):
                put(data, place, TEXTS[((number if fields else turn) + at) % len(TEXTS)])
            turn = (turn + len(form.places)) % len(TEXTS)
            yield data


def batched(texts: list[str], size: int) -> Iterator[tuple[str, ...]]:
    rest = iter(texts)
    while some := tuple(itertools.islice(rest, size)):
        yield some


def own_type() -> Iterator[dict[str, Any]]:
    """Yield diagrams of a type of a user's own."""
    for some in batched(TEXTS, 12):
        yield {
            "type": "own",
            "title": some[0],
            "owner": some[1],
            "nodes": {f"n{at}": {"name": text, "explain": text} for at, text in enumerate(some)},
            "flows": [{"from": "n0", "to": f"n{at}", "label": text} for at, text in enumerate(some)],
        }


def keys() -> Iterator[dict[str, Any]]:
    """Yield diagrams whose nodes are called like payloads."""
    names = [text for text in TEXTS if re.fullmatch(KEY, text) and len(text.splitlines()) == 1]
    for some in batched(names, 12):
        yield {
            "type": "flow",
            "title": "Keys",
            "nodes": dict.fromkeys(some),
            "groups": {some[0]: {"nodes": list(some[:2])}},
            "flows": [{"from": some[0], "to": name} for name in some[1:]],
            "explain": dict.fromkeys(some[:3], "Why"),
        }


def mermaid() -> Iterator[dict[str, Any]]:
    """Yield payloads as Mermaid source: as labels, and as a line of their own."""
    for some in batched(TEXTS, 8):
        labels = "".join(f'  n{at}["{text.translate(FLAT)}"] --> b\n' for at, text in enumerate(some))
        yield {"type": "mermaid", "title": "M", "source": f"flowchart TB\n{labels}"}
    for text in TEXTS:
        yield {"type": "mermaid", "title": "M", "source": f"flowchart TB\n  a --> b\n{text}\n"}


@dataclass
class Hostile:
    """The site: what was built, and the titles of its diagrams by id."""

    folder: Path
    titles: dict[str, str]
    out: dict[str, Path]
    warnings: str


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "data").mkdir()
    (folder / "types").mkdir()
    (folder / "static").mkdir()
    (folder / "static" / "mathjax.js").touch()
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    (folder / "types" / "own.mmd.j2").write_text(TEMPLATE, encoding="utf-8")
    titles = write(folder)
    out, warnings = {}, ""
    for builder in ("html", "text", "epub", "latex", "gettext"):
        place = folder / "_build" / ("catalogues" if builder == "gettext" else "")
        app = SphinxTestApp(builder, srcdir=folder, builddir=place, confoverrides=MORE.get(builder))
        app.build()
        out[builder] = Path(app.outdir)
        warnings += app.warning.getvalue()
        app.cleanup()
    return Hostile(folder, titles, out, re.sub(r"\x1b\[[0-9;]*m", "", warnings))


def write(folder: Path) -> dict[str, str]:
    """Write data and pages; return the titles of the diagrams by id."""
    titles: dict[str, str] = {}
    pages = []
    found = {name: documents(name) for name in TYPES if name != "mermaid"}
    for name, ones in (found | {"own": own_type(), "keys": keys(), "mermaid": mermaid()}).items():
        texts = ((data, yaml({"diagram": data}) + "\n") for data in ones)
        kept = [(data, text) for data, text in texts if name != "mermaid" or usable(text)]
        shown = ""
        for number, (data, text) in enumerate(kept):
            diagram_id = f"{name}-{number}"
            (folder / "data" / f"{diagram_id}.yaml").write_text(text, encoding="utf-8")
            titles[diagram_id] = data["title"].strip()
            shown += f"```{{cdc-diagram}} {diagram_id}\n```\n\n"
        (folder / f"page-{name}.md").write_text(f"# Page\n\n{shown}", encoding="utf-8")
        pages.append(f"page-{name}")
    listing = "\n".join(pages)
    index = "```{cdc-diagram-index}\n:style: table\n```\n"
    (folder / "index.md").write_text(f"# Index\n\n```{{toctree}}\n{listing}\n```\n\n{index}", encoding="utf-8")
    return titles


def usable(text: str) -> bool:
    engine = select_engine().engine
    try:
        diagram = pipeline.inspect(read_diagram(text, "some/id", "file.yaml"), engine)
        svg_of(diagram, pipeline.check(diagram, engine), engine)
    except ProblemsError:
        return False
    return True


def test_there_are_enough_payloads():
    assert len(TEXTS) == len(set(TEXTS)) >= 200


@pytest.mark.parametrize("name", TYPES)
def test_every_field_for_text_of_every_type_is_filled(name):
    filled = {field for form in forms(name) for field in form.places.values()}
    assert reachable(TYPES[name].spec, set()) <= filled


@pytest.mark.parametrize("char", REFUSED)
def test_what_no_output_can_hold_is_refused(char):
    with pytest.raises(ProblemsError):
        read_diagram(yaml({"diagram": {"type": "flow", "title": f"x{char}", "nodes": {"a": "A"}}}), "a", "a.yaml")


def test_a_payload_is_no_address():
    taken = [text for text in TEXTS if safe_url(text)]
    assert [text for text in taken if re.match(r"\s*[\w.+-]+:", text) and not text.startswith("https://")] == []
    assert not [text for text in taken if text.startswith(("//", "\\", "/\\"))]


def test_nothing_runs_in_a_browser(hostile, browser: Browser):
    page = browser.new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("request", lambda request: left(request.url))
    page.on("framenavigated", lambda frame: left(frame.url))

    def left(url: str) -> None:
        if not url.startswith("file:"):
            seen.append(url)

    script = (HERE / "look.js").read_text(encoding="utf-8")
    figures = pictures = 0
    for path in sorted(hostile.out["html"].glob("*.html")):
        page.goto(path.as_uri())
        found = page.evaluate(script, ALLOWED)
        assert found["wrong"] == [], path.name
        assert found["twice"] == [], path.name
        figures += found["figures"]
        pictures += found["pictures"]
    page.close()
    assert seen == []
    assert figures == pictures == len(hostile.titles)


def test_every_diagram_is_in_the_export_as_it_was_written(hostile):
    content = json.loads((hostile.out["html"] / "diagrams.json").read_text(encoding="utf-8"))
    jsonschema.validate(content, json.loads((hostile.out["html"] / "diagrams.schema.json").read_text(encoding="utf-8")))
    written = {item["id"]: item["title"] for item in content["diagrams"]}
    assert {key: " ".join(text.split()) for key, text in written.items()} == {
        key: " ".join(text.split()) for key, text in hostile.titles.items()
    }


def test_no_command_reaches_tex(hostile):
    (path,) = hostile.out["latex"].glob("*.tex")
    body = path.read_text(encoding="utf-8").partition(r"\sphinxtableofcontents")[2]
    commands = "write18|input|include|immediate|openin|csname|catcode|directlua|includegraphics|def|verbatiminput"
    assert body
    assert re.findall(rf"\\(?:{commands})(?![A-Za-z])", body) == []
    assert "^^" not in body
    assert not re.search(r"(?<!\\)\$", body)


def test_epub_is_well_formed_and_asks_nobody(hostile):
    for path in (
        *hostile.out["epub"].rglob("*.xhtml"),
        *hostile.out["epub"].rglob("*.svg"),
        *hostile.out["epub"].rglob("*.opf"),
    ):
        root = ET.fromstring(path.read_text(encoding="utf-8"))
        for element in root.iter():
            tag = element.tag.rsplit("}", 1)[-1]
            assert tag not in ("iframe", "object", "embed", "form", "base", "foreignObject"), path.name
            assert not [name for name in element.attrib if name.rsplit("}", 1)[-1].startswith("on")], path.name
            assert not element.get("src", "").startswith(("http", "//", "data:", "javascript:"))


def test_catalogues_parse_and_text_is_there(hostile):
    found = set()
    for path in hostile.out["gettext"].glob("page-*.pot"):
        with path.open("rb") as stream:
            found |= {" ".join(str(message.id).split()) for message in read_po(stream)}
    shown = {path.stem.removeprefix("page-") for path in hostile.out["gettext"].glob("page-*.pot")}
    titles = {text for key, text in hostile.titles.items() if key.rpartition("-")[0] in shown}
    lost = [text for text in titles if " ".join(text.split()) not in found]
    assert lost == []
    assert len(list(hostile.out["text"].glob("page-*.txt"))) == len(list(hostile.folder.glob("page-*.md")))


def test_the_build_says_what_it_refused_and_nothing_else(hostile):
    assert "Traceback" not in hostile.warnings
    lines = [line for line in hostile.warnings.splitlines() if "WARNING" in line or "ERROR" in line]
    kinds = {found[1] for line in lines if (found := re.search(r"\[([\w.-]+)\]$", line))}
    known = "toc.excluded cdc.markup myst.xref_missing myst.iref_missing docutils ref.ref ref.doc ref.term"
    assert kinds <= set(known.split())
    assert "root:" not in hostile.warnings


@pytest.mark.parametrize("command", [["list", "--json"], ["validate"], ["lint", "--format", "sarif"]])
def test_the_command_line_writes_what_can_be_read(hostile, command, capsys, monkeypatch):
    monkeypatch.chdir(hostile.folder)
    (hostile.folder / "pyproject.toml").write_text('[tool.cdc-diagram]\npath = ["data"]\ntypes = ["types"]\n')
    code = main(command)
    said = capsys.readouterr()
    assert code in (0, 1)
    assert "Traceback" not in said.err
    if len(command) > 1:
        json.loads(said.out)
    else:
        assert "\x1b" not in said.out


@pytest.mark.skipif(not FULL, reason="minutes long: tox -e hostile")
@pytest.mark.parametrize("name", [name for name in TYPES if name != "mermaid"])
def test_every_payload_in_every_field_is_drawn_as_text(name):
    engine = select_engine().engine
    for data in documents(name, fields=True):
        diagram = read_diagram(yaml({"diagram": data}), "some/id", "file.yaml")
        root = ET.fromstring(svg_of(diagram, pipeline.check(diagram, engine), engine))
        assert {element.tag.rsplit("}", 1)[-1] for element in root.iter()} <= set(ALLOWED)
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
