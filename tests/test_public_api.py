"""The written list of the public API is that of the code: whoever adds or removes anything edits the list."""

from __future__ import annotations

import re
from pathlib import Path

import public_api
import pytest
import yaml
from samples import GOOD
from sphinx.testing.util import SphinxTestApp

# One worker builds the site for all of them.
pytestmark = pytest.mark.xdist_group("public-api")

LIST = Path(__file__).with_name("public_api.yaml")
WRITTEN = yaml.safe_load(LIST.read_text(encoding="utf-8"))
HTML = WRITTEN["html"]
PROMISED = HTML["classes"] + HTML["svg_classes"]
PRIVATE = HTML["private_classes"]
INDEX = "\n```{{cdc-diagram-index}}\n:style: {}\n```\n"


@pytest.fixture(scope="module")
def app(project, tmp_path_factory):
    """A site that shows every type, in each kind of index too."""
    folder = tmp_path_factory.mktemp("site")
    examples = project / "docs" / "examples"
    samples = {path.stem: path for part in ("types", "commands") for path in (examples / part).glob("*.yaml")}
    texts = {name: path.read_text(encoding="utf-8") for name, path in samples.items()} | GOOD
    (folder / "data").mkdir()
    for name, text in texts.items():
        (folder / "data" / f"{name}.yaml").write_text(text, encoding="utf-8")
    shown = "".join(f"\n```{{cdc-diagram}} {name}\n```\n" for name in sorted(texts))
    indexes = "".join(INDEX.format(style) for style in ("list", "table", "gallery"))
    again = "\n```{cdc-diagram} flow\n```\n\n```{cdc-diagram} of-no-file\n```\n"
    (folder / "index.md").write_text(f"# Diagrams\n{shown}\n", encoding="utf-8")
    (folder / "indexes.md").write_text(f"---\norphan: true\n---\n# Indexes\n{again}{indexes}", encoding="utf-8")
    (folder / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_diagram_ext"]\ncdc_diagram_path = ["data"]\nhtml_theme = "basic"\n'
        'exclude_patterns = ["_build", "data"]\nnumfig = True\nsuppress_warnings = ["cdc.unknown-diagram"]\n',
        encoding="utf-8",
    )
    app = SphinxTestApp("html", srcdir=folder)
    app.build()
    yield app
    app.cleanup()


def test_the_site_has_every_type(app):
    assert app.warning.getvalue() == ""


def test_every_section_is_compared():
    assert list(WRITTEN) == ["python", "sphinx", "values", "commands", "data", "export", "warnings", "html"]


@pytest.mark.parametrize("section", ["python", "values", "commands", "data", "export", "warnings"])
def test_the_list_is_that_of_the_code(section):
    assert WRITTEN[section] == getattr(public_api, section)()


def test_the_list_is_what_the_extension_adds_to_sphinx(app):
    assert WRITTEN["sphinx"] == public_api.sphinx(app)


def test_the_list_is_what_pages_and_pictures_have(app):
    page = "".join((Path(app.outdir) / name).read_text(encoding="utf-8") for name in ("index.html", "indexes.html"))
    styles = (Path(app.outdir) / "_static").glob("cdc-diagram*.css")
    found = public_api.html(page, "".join(path.read_text(encoding="utf-8") for path in styles))
    assert sorted(found.pop("classes") + found.pop("svg_classes")) == sorted(PROMISED + PRIVATE)
    assert {name: HTML[name] for name in found} == found
    assert set(HTML) - set(found) == {"classes", "svg_classes", "private_classes"}


def test_every_class_is_promised_or_private(app):
    """A class of pictures is listed as one of pictures."""
    found = public_api.html((Path(app.outdir) / "index.html").read_text(encoding="utf-8"), "")
    assert set(HTML["svg_classes"]) <= set(found["svg_classes"])
    assert not set(HTML["classes"]) & set(found["svg_classes"])
    assert not set(PROMISED) & set(PRIVATE)


def test_every_section_has_its_comment():
    """The page of the reference shows the file as it is."""
    bare = [
        name for name in WRITTEN if not re.search(rf"^# .*\n{name}:", LIST.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert bare == []
