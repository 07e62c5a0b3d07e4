"""A printed book: made by XeLaTeX where that is installed, and read back with Poppler."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("typst")
TOOLS = ("latexmk", "xelatex", "pdftotext", "pdffonts", "pdfimages", "pdfinfo")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.xdist_group("pdf"),
    pytest.mark.skipif("CDC_SLOW" not in os.environ, reason="takes minutes on a busy machine; tox -e pdf runs it"),
    pytest.mark.skipif(bool(MISSING), reason=f"needs {', '.join(MISSING)} (see the guide on Read the Docs)"),
]
PROJECT = Path(__file__).parent.parent.parent

CONF = r"""
extensions = ["myst_parser", "sphinx_diagram_ext"]
cdc_diagram_path = ["data"]
exclude_patterns = ["data"]
numfig = True
project = "Книга"
author = "Кто-то"
latex_engine = "xelatex"
latex_use_xindy = False
latex_documents = [("index", "book.tex", project, author, "howto")]
latex_elements = {
    "fontpkg": r"\setmainfont{DejaVu Serif}\setsansfont{DejaVu Sans}\setmonofont{DejaVu Sans Mono}",
}
"""

PAGE = """\
# Схемы

См. {numref}`tall`, {numref}`wide`, {cdc:diagram}`tall` и {cdc:node}`orders#database`.

```{cdc-diagram} orders
:caption: Заказ в *базе*
```

```{cdc-diagram} wide
```

```{cdc-diagram} tall
```

````{note}
Врезка.

```{cdc-diagram} polling-or-log
```
````

````{list-table}
* - Таблица

    ```{cdc-diagram} orders
    :no-explain:
    ```
````

```{cdc-diagram-index}
:style: table
```
"""


def graph(title: str, edges: list[tuple[int, int]], direction: str) -> str:
    count = max(max(edge) for edge in edges) + 1
    nodes = ", ".join(f"n{number}: Довольно длинная подпись {number}" for number in range(count))
    flows = "".join(f"    - {{from: n{source}, to: n{target}}}\n" for source, target in edges)
    return (
        f"diagram:\n  type: flow\n  title: {title}\n  direction: {direction}\n  nodes: {{{nodes}}}\n  flows:\n{flows}"
    )


@pytest.fixture(scope="module")
def book_in(tmp_path_factory):
    """Return what makes the PDF of a small book in a language, its log beside it."""
    return functools.cache(lambda language: make_book(tmp_path_factory.mktemp("pdf"), language))


def make_book(folder: Path, language: str) -> Path:
    source, out = folder / "source", folder / "out"
    (source / "data").mkdir(parents=True)
    for name in ("orders", "polling-or-log"):
        shutil.copy(PROJECT / "docs" / "examples" / f"{name}.yaml", source / "data")
    chain = [(number, number + 1) for number in range(14)]
    (source / "data" / "tall.yaml").write_text(graph("Высокая", chain, "TB"), encoding="utf-8")
    star = [(0, number) for number in range(1, 9)] + [(number, number + 8) for number in range(1, 9)]
    (source / "data" / "wide.yaml").write_text(graph("Широкая", star, "TB"), encoding="utf-8")
    (source / "conf.py").write_text(CONF + f"language = {language!r}\n", encoding="utf-8")
    (source / "index.md").write_text(PAGE, encoding="utf-8")
    build = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "latex", str(source), str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    made = subprocess.run(
        ["make", "-C", str(out), "LATEXMKOPTS=-interaction=nonstopmode -halt-on-error"],
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert made.returncode == 0, made.stdout[-3000:]
    return out / "book.pdf"


def told(command: str, pdf: Path, *options: str) -> str:
    arguments = [command, *options, str(pdf), *(["-"] if command == "pdftotext" else [])]
    return subprocess.run(arguments, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("language", ["ru", "en"])
def test_text_is_text_pictures_are_vectors_and_references_lead_somewhere(book_in, language):
    book = book_in(language)
    text = told("pdftotext", book)
    words = " ".join(text.split())
    assert "Довольно длинная подпись 14" in words
    assert "Заказ в базе" in words
    assert "??" not in text
    assert "Order service" in words
    assert "The only place that the service writes to." in words
    number = re.search(r"(\w+ \d+): Высокая", words)
    assert number is not None
    assert f"См. {number[1]}" in words
    assert told("pdfimages", book, "-list").splitlines()[2:] == []
    fonts = told("pdffonts", book).splitlines()[2:]
    assert any("LiberationSans" in line for line in fonts)
    assert all(re.search(r"\byes\s+(?:yes|no)\s+yes\b", line) for line in fonts), fonts
    log = book.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert "undefined references" not in log
    assert not re.search(r"Overfull \\vbox \((?:[2-9]\d|\d{3,})", log)


def test_what_explains_a_picture_follows_it(book_in):
    words = " ".join(told("pdftotext", book_in("ru")).split())
    parts = ("INSERT", ": Заказ в базе", "The only place that", ": Широкая", ": Высокая", "Врезка", "Таблица")
    places = [words.index(part) for part in parts]
    assert places == sorted(places)


def test_the_wide_picture_is_turned_and_the_tall_one_fits_its_page(book_in):
    book = book_in("ru")
    for title, turned in (("Широкая", True), ("Высокая", False)):
        pages = told("pdftotext", book, "-bbox").split("<page ")[1:]
        page = next(part for part in pages if ">подпись<" in part and f">{title}<" in part)
        width, height = (float(found) for found in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
        boxes = [
            tuple(map(float, found))
            for found in re.findall(
                r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">подпись<', page
            )
        ]
        assert all(0 < left < right < width and 0 < top < bottom < height for left, top, right, bottom in boxes)
        upright = [right - left > bottom - top for left, top, right, bottom in boxes]
        assert set(upright) == {not turned}
