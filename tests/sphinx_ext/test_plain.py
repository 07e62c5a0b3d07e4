"""Pages as text, manual page and Texinfo, compared with what they should be.

To accept a change, run the tests with ``CDC_ACCEPT=1`` and read the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import docutils
import pytest

NEW_MAN = pytest.mark.skipif(docutils.__version_info__ < (0, 22), reason="manual pages of docutils 0.22 and newer")
GOLDEN = Path(__file__).parent / "golden"

ORDERS = """\
diagram:
  type: flow
  title: Путь заказа
  summary: What an order does.
  sources:
    - {title: Design notes, url: "https://example.org/notes", date: 2025-03}
  nodes:
    shop: {name: Магазин, explain: "Asks *once*."}
    db: {name: Database, role: database, tone: problem}
  flows:
    - {from: shop, to: db, label: rows}
"""

MESH = """\
diagram:
  type: flow
  title: Everyone with everyone
  nodes: {a: Alpha, b: {name: Beta, tone: caution}, c: Gamma}
  flows:
    - {from: a, to: c, label: "yes"}
    - {from: b, to: c, label: "no"}
"""

PAGE = """\
# Page

Before {numref}`mesh`, {numref}`net/orders` and {numref}`mine`; {cdc:node}`net/orders#db`.

```{cdc-diagram} net/orders
:name: mine
:caption: What an **order** does
:alt: Spoken
```

```{cdc-diagram} mesh
```

After.
"""


def page(text: str) -> str:
    """Return what the builder writes for the page, without what it puts around it."""
    start = re.search(r"See part one\.?|Before ", text)
    assert start is not None
    return text[start.start() : text.index("After.") + len("After.")].strip() + "\n"


@pytest.fixture
def plain(site):
    site.write("data/net/orders.yaml", ORDERS)
    site.write("data/mesh.yaml", MESH)
    site.write("page.md", PAGE)
    site.write("index.md", "# Index\n\n```{toctree}\npage\n```\n")
    return site


@pytest.mark.parametrize(
    ("builder", "pattern"), [("text", "page.txt"), pytest.param("man", "*.1", marks=NEW_MAN), ("texinfo", "*.texi")]
)
def test_pages_in_characters(plain, builder, pattern):
    built = plain.build(builder)
    assert built.warnings == ""
    found = page(next(built.out.glob(pattern)).read_text(encoding="utf-8"))
    golden = GOLDEN / f"page.{builder}"
    if os.environ.get("CDC_ACCEPT"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("builder", ["text", "man", "texinfo"])
def test_without_numbers_the_caption_stands_alone(plain, builder):
    plain.write("page.md", "# Page\n\n```{cdc-diagram} mesh\n```\n")
    built = plain.build(builder, numfig=False)
    assert built.warnings == ""
    text = "".join(path.read_text(encoding="utf-8") for path in built.out.rglob("*.*") if path.suffix != ".svg")
    assert "Everyone with everyone" in text
    assert "Diagram 1" not in text


def test_texinfo_has_every_anchor_that_is_referred_to(plain):
    text = next(plain.build("texinfo").out.glob("*.texi")).read_text(encoding="utf-8")
    wanted = set(re.findall(r"@ref\{([^,}]+)", text))
    assert wanted
    assert wanted <= set(re.findall(r"@(?:anchor|node)[ {]([^,}\n]+)", text))


def test_an_anchor_that_a_heading_has_does_not_become_a_number(site):
    site.flow("one")
    site.write("index.md", "# One\n\nText.\n\n```{cdc-diagram} one\n```\n\n{cdc:node}`one#a`\n")
    built = site.build()
    assert built.warnings == ""
    assert 'id="diagram-one"' in built.text("index.html")
    assert 'href="#diagram-one--a"' in built.text("index.html")
