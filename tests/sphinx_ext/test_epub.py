"""Books: what epubcheck and an XML parser say of them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from sphinx_diagram_ext.catalog import Catalog

PROJECT = Path(__file__).parent.parent.parent
EPUBCHECK = shutil.which("epubcheck")
pytestmark = pytest.mark.xdist_group("epub")
BOOK = {"copyright": "2026, somebody", "version": "1", "project": "Book", "epub_show_urls": "no"}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """Return an ePub with every type, an index and a gallery, built once."""
    folder = tmp_path_factory.mktemp("book")
    source = folder / "source"
    shutil.copytree(PROJECT / "docs" / "examples", source / "data")
    shutil.copytree(PROJECT / "data" / "atlas", source / "data" / "atlas")
    conf = {"extensions": ["myst_parser", "sphinx_diagram_ext"], "cdc_diagram_path": ["data"], "numfig": True, **BOOK}
    (source / "conf.py").write_text("".join(f"{key} = {value!r}\n" for key, value in conf.items()), encoding="utf-8")
    shown = "\n".join(f"```{{cdc-diagram}} {name}\n```\n" for name in Catalog([source / "data"]).ids)
    styles = "\n".join(f"```{{cdc-diagram-index}}\n:style: {style}\n```\n" for style in ("list", "table", "gallery"))
    (source / "index.md").write_text(f"# Index\n\n{styles}\n```{{toctree}}\nall\n```\n", encoding="utf-8")
    (source / "all.md").write_text(f"# All\n\n{{cdc:node}}`orders#orders`\n\n{shown}", encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "epub", "-d", str(folder / "doctrees")]
    done = subprocess.run([*command, str(source), str(folder / "out")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "out" / "Book.epub"


@pytest.mark.skipif(EPUBCHECK is None, reason="epubcheck (Debian's package) is not installed")
def test_epubcheck_finds_nothing(book):
    assert EPUBCHECK is not None
    jar = Path(EPUBCHECK).resolve()
    command = ["java", "-jar", str(jar)] if jar.suffix == ".jar" else [EPUBCHECK]
    done = subprocess.run([*command, str(book)], capture_output=True, text=True, check=False)
    assert "0 fatals / 0 errors / 0 warnings / 0 infos" in done.stdout, done.stdout + done.stderr
    assert done.returncode == 0


def test_every_page_and_picture_is_xml_and_every_picture_is_in_the_manifest(book):
    with zipfile.ZipFile(book) as archive:
        names = archive.namelist()
        pictures = {name for name in names if name.endswith(".svg")}
        assert len(pictures) > 20
        for name in names:
            if name.endswith((".svg", ".xhtml", ".opf")):
                ET.fromstring(archive.read(name))
        manifest = archive.read("content.opf").decode()
        assert {name for name in pictures if f'href="{name}" media-type="image/svg+xml"' in _flat(manifest)} == pictures


def test_explanations_and_sources_stand_open_and_the_list_is_folded(book):
    with zipfile.ZipFile(book) as archive:
        page = archive.read("all.xhtml").decode()
    assert '<div class="cdc-explanations">\n<p><strong>Explanations</strong></p>' in page
    assert '<div class="cdc-sources">\n<p><strong>Sources</strong></p>' in page
    assert '<details class="cdc-alternative"><summary>Diagram as text</summary>' in page
    assert "<script" not in page
    assert "cdc-data" not in page


def _flat(manifest: str) -> str:
    """Return the manifest with its attributes in one order."""
    root = ET.fromstring(manifest)
    return "\n".join(
        f'href="{item.get("href")}" media-type="{item.get("media-type")}"'
        for item in root.iter("{http://www.idpf.org/2007/opf}item")
    )


def test_a_picture_is_named_by_its_title_and_what_is_said_of_it(book):
    (found,) = (one for one in Catalog([PROJECT / "docs" / "examples"]) if one.id == "cdc-pipeline")
    assert found.summary is not None
    with zipfile.ZipFile(book) as archive:
        page = archive.read("all.xhtml").decode()
    named = [alt for alt in re.findall(r'<img class="cdc-image"[^>]* alt="([^"]*)"', page) if found.title.text in alt]
    assert named
    assert all(alt.startswith(f"{found.title.text}. {found.summary.text.rstrip('.')}") for alt in named)
