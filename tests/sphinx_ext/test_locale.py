"""The extension's own words in other languages."""

from __future__ import annotations

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo

from sphinx_diagram_ext.sphinx_ext.locale import CATALOGUE, FOLDER

SOURCES = Path(__file__).parent.parent.parent / "sphinx_diagram_ext" / "sphinx_ext"
LANGUAGES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())


def catalogue(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / f"{CATALOGUE}.po"


def words() -> set[str]:
    return {str(found[2]) for found in extract_from_dir(SOURCES, [("**.py", "python")], keywords={"_": None})}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated_and_compiled(language):
    with catalogue(language).open("rb") as stream:
        written = {message.id: message.string for message in pofile.read_po(stream) if message.id}
    assert sorted(words() - {word for word, text in written.items() if text}) == []
    with catalogue(language).with_suffix(".mo").open("rb") as stream:
        assert {message.id: message.string for message in read_mo(stream) if message.id} == written
    for word, text in written.items():
        assert sorted(re.findall(r"%\w|{\w*}", word)) == sorted(re.findall(r"%\w|{\w*}", text)), word


def test_no_module_takes_its_words_from_sphinx():
    wrong = [path.name for path in SOURCES.rglob("*.py") if "from sphinx.locale import _" in path.read_text("utf-8")]
    assert wrong == []


def test_a_russian_site_speaks_russian(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n{numref}`one`\n\n```{cdc-diagram} one\n```\n")
    html = site.build(language="ru").text("index.html")
    assert ">Пояснения<" in html
    assert ">Диаграмма текстом<" in html
    assert "Диаграмма 1" in html
    assert "проблема" in html
    assert "Explanations" not in html
    script = (site.folder / "_build" / "html" / "_static" / "cdc-diagram.js").read_text(encoding="utf-8")
    assert '"close": "Закрыть"' in script
    assert ">Explanations<" in site.build(language="en").text("index.html")


COST = """\
diagram:
  type: cost
  title: Bill
  currency: "$"
  parts:
    compute: {amount: 21905.28}
    storage: {amount: 1000}
"""


def test_numbers_in_pictures_have_the_form_of_the_language(site):
    site.write("data/bill.yaml", COST)
    site.write("index.md", "# Index\n\n```{cdc-diagram} bill\n```\n")
    for language, wanted in (("en", "$21,905.28"), ("ru", "21\u202f905,28"), ("en", "$21,905.28")):
        picture = site.build(language=language).text("index.html").partition("<svg")[2].partition("</svg>")[0]
        assert wanted in picture.replace("\u00a0", "\u202f"), language


def test_numbers_have_the_name_that_conf_py_gives_them(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n{numref}`one`\n\n```{cdc-diagram} one\n```\n")
    built = site.build("text", language="ru", numfig_format={"cdc-diagram": "Схема %s"})
    assert "Схема 1. A flow" in built.text("index.txt")


def test_the_catalogue_is_what_gettext_reads():
    for language in LANGUAGES:
        found = gettext.GNUTranslations(io.BytesIO(catalogue(language).with_suffix(".mo").read_bytes()))
        assert found.gettext("Sources") != "Sources"
