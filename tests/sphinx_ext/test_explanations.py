"""Explanations are MyST inline markup, on every page."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from test_translation import catalogue

pytestmark = pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs")  # its own, with newer Sphinx

PAGES = {"md": "# Page\n\n```{cdc-diagram} one\n```\n", "rst": "Page\n====\n\n.. cdc-diagram:: one\n"}
DATA = "diagram:\n  type: flow\n  title: T\n  nodes:\n"
INDEX = """\
# Index

(label)=
## Head

```{cdc-diagram} one
:no-explain:
```

```{toctree}
p-md
p-rst
other
```
"""


def explain(site, *texts: str) -> None:
    """Write a diagram whose first node has the first explanation, on line 5, and so on."""
    lines = (
        f"    {chr(ord('a') + at)}: {{name: A, explain: {json.dumps(text, ensure_ascii=False)}}}\n"
        for at, text in enumerate(texts)
    )
    site.write("data/one.yaml", DATA + "".join(lines))


def shown(html: str) -> list[str]:
    """Return the HTML inside each explanation."""
    found = BeautifulSoup(html, "html.parser").select(".cdc-explained dd")
    return ["".join(map(str, item.contents)).strip() for item in found]


def words(html: str) -> str:
    return BeautifulSoup(html, "html.parser").get_text()


def both(site, *texts: str, **conf: object) -> tuple[list[str], list[str]]:
    """Return the explanations as HTML, the same on both kinds of pages, and what the build warned of."""
    explain(site, *texts)
    for suffix, page in PAGES.items():
        site.write(f"p-{suffix}.{suffix}", page)
    site.write("index.md", INDEX)
    site.write("other.md", "# Other page\n")
    built = site.build(myst_heading_anchors=2, **conf)
    first, second = (shown(built.text(f"p-{suffix}.html")) for suffix in PAGES)
    assert first == second
    return first, built.warnings.replace(f"{site.folder}/", "").splitlines()


FORMS = {
    "*em* _em_ **strong** ***both***": "<em>em</em> <em>em</em> <strong>strong</strong> <em><strong>both</strong></em>",
    "`code` ``a`b``": 'class="docutils literal notranslate"><span class="pre">code</span></code>',
    r"\*plain\* &amp; 1 < 2": "<p>*plain* &amp; 1 &lt; 2</p>",
    "[site](https://example.org/a%20b)": '<a class="reference external" href="https://example.org/a%20b">site</a>',
    '[*site*](https://example.org/ "Hint")': 'href="https://example.org/" title="Hint"><em>site</em></a>',
    "<https://example.org/>": '<a class="reference external" href="https://example.org/">https://example.org/</a>',
    "[page](other.md)": '<a class="reference internal" href="other.html"><span class="std std-doc">page</span></a>',
    "[](other.md)": '<a class="reference internal" href="other.html"><span class="std std-doc">Other page</span></a>',
    "<project:/other.md>": '<a class="reference internal" href="other.html">'
    '<span class="std std-doc">Other page</span></a>',
    "[head](index.md#head)": 'href="index.html#head"><span class="std std-ref">head</span></a>',
    "[label](#label)": 'href="index.html#label"><span class="std std-ref">label</span></a>',
    "<project:#label>": 'href="index.html#label"><span class="std std-ref">Head</span></a>',
    "{doc}`page <other>`": '<a class="reference internal" href="other.html"><span class="doc">page</span></a>',
    "{ref}`label`": '<a class="reference internal" href="index.html#label"><span class="std std-ref">Head</span></a>',
    "{cdc:node}`a <one#a>`": '#one--a" title="A"><span class="xref cdc cdc-node">a</span></a>',
    "{kbd}`Ctrl` {sub}`i` {command}`ls`": '<kbd class="kbd docutils literal notranslate">Ctrl</kbd> <sub>i</sub> '
    '<strong class="command">ls</strong>',
    "{abbr}`WAL (log)`": '<abbr title="log">WAL</abbr>',
    "$1 and $2 [^1] {{ x }} *a*{.b} ~~c~~": "<p>$1 and $2 [^1] {{ x }} <em>a</em>{.b} ~~c~~</p>",
    "# head": "<p># head</p>",
    "- item": "<p>- item</p>",
    "one\n\ntwo\nlines": "<p>one</p>\n<p>two lines</p>",
}


def test_markup_reads_the_same_on_every_page(site):
    found, warnings = both(site, *FORMS)
    assert warnings == []
    assert [(form, html) for (form, wanted), html in zip(FORMS.items(), found, strict=True) if wanted not in html] == []


def test_dollars_are_formulas_where_the_site_wants_it(site):
    text = r"{math}`a_1` and $\frac{n}{2}$"
    (html,), warnings = both(site, text)
    assert html.count('class="math notranslate') == 1
    assert warnings == []
    (html,), warnings = both(site, text, myst_enable_extensions=["dollarmath"])
    assert html.count('class="math notranslate') == 2
    assert warnings == []


HABITS = {
    "See :ref:`label`.": ":ref:`label` is reStructuredText, and explanations are MyST: write {ref}`label`.",
    "(:cdc:node:`a <one#a>`)": ":cdc:node:`a <one#a>` is reStructuredText, and explanations are MyST: "
    "write {cdc:node}`a <one#a>`.",
    "`text <https://example.org/>`_": "`text <https://example.org/>`_ is reStructuredText, and explanations are MyST: "
    "write [text](https://example.org/).",
    "`<https://example.org/>`__.": "`<https://example.org/>`__ is reStructuredText, and explanations are MyST: "
    "write [https://example.org/](https://example.org/).",
    "a `Name`_": "`Name`_ is reStructuredText, and explanations are MyST: write [Name](address).",
    "of |release|": "|release| is reStructuredText, and explanations are MyST: write the words.",
    "see [1]_": "[1]_ is reStructuredText, and explanations are MyST: write [text](address).",
}


def test_a_habit_of_rest_is_said_and_shown_as_it_is(site):
    found, warnings = both(site, *HABITS)
    assert [words(html) for html in found] == list(HABITS)
    assert warnings == 2 * [  # once for each page that shows them
        f"data/one.yaml:{line}: WARNING: {said} It is shown as it is. [cdc.markup]"
        for line, said in enumerate(HABITS.values(), 5)
    ]


def test_what_only_looks_like_rest_is_no_habit(site):
    _html, warnings = both(site, "``:ref:`x` `` 12:30:`code` `a`_b |x| a[0]_b pg_wal_ ``literal``")
    assert warnings == []


NOWHERE = {
    "[x](<project:none.md>)": "There is no page 'none.md'; the text of the link is shown as it is.",
    "[x](conf.py)": "A link to a file ('conf.py') is not allowed in data; its text is shown as it is.",
    "[x](path:conf.py)": "A link to a file ('path:conf.py') is not allowed in data; its text is shown as it is.",
    "[x]()": "The link has no address; its text is shown as it is.",
    "[x](#)": "The link has no address; its text is shown as it is.",
    "[x](a%01b)": r"The address 'a\x01b' is not allowed in data.",
    "[x](inv:none:py:class#x)": "No project of intersphinx_mapping has 'inv:none:py:class#x'; "
    "the text of the link is shown as it is.",
    "[x](inv:#*a*a*a*)": "Too many wildcards in 'inv:#*a*a*a*'; the text of the link is shown as it is.",
    "{nothing}`x`": "There is no role 'nothing'; its text is shown as it is.",
    "{rst:nothing}`x`": "There is no role 'rst:nothing'; its text is shown as it is.",
    "{no:where}`x`": "There is no role 'no:where'; its text is shown as it is.",
    "{download}`x`": "The role 'download' is not allowed in data; its text is shown as it is.",
    "{external:py:class}`x`": "There is no role 'external:py:class'; its text is shown as it is.",
    "{rfc}`x`": "':rfc:`x`' is not markup that can be read; it is shown as it is.",
    "<i>x": "HTML (<i>) is not allowed in data; it is shown as text.",
    "![x](y.png)": "An image is not allowed in data; its text is shown as it is.",
    "<foo:x>": "The address 'foo:x' is not allowed in data.",
}


def test_what_leads_nowhere_is_text_and_a_warning_with_its_line(site):
    found, warnings = both(site, *NOWHERE)
    assert not [html for html in found if "<a" in html or "x" not in words(html)]
    assert [line for line in warnings if line.endswith("[cdc.markup]")] == 2 * [
        f"data/one.yaml:{line}: WARNING: {said} [cdc.markup]" for line, said in enumerate(NOWHERE.values(), 5)
    ]
    # docutils says itself what it cannot read, at the same place
    assert all(line.startswith("data/one.yaml:") for line in warnings)


def test_links_that_cannot_be_file_names_end_no_build(site):
    text = f"[a]({'x' * 5000}) [b](%ff) [c](inv://[) [d](</{'y/' * 900}z.md#q>)"
    (html,), _warnings = both(site, text)
    assert words(html) == "a b c d"


def test_a_site_without_myst_pages_has_addresses_and_roles(site):
    explain(site, "{doc}`index` *a* [x](https://example.org/) [page](index.rst) [here](#one)")
    site.write("index.rst", PAGES["rst"])
    built = site.build(extensions=["sphinx_diagram_ext"])
    assert shown(built.text("index.html"))[0] == (
        '<p><a class="reference internal" href="#"><span class="doc">Page</span></a> <em>a</em> '
        '<a class="reference external" href="https://example.org/">x</a> page here</p>'
    )
    assert built.warnings.count("needs 'myst_parser' in extensions; without it, write {doc}`page`") == 2


@pytest.mark.parametrize("suffix", PAGES)
def test_a_translation_is_parsed_as_the_original(site, suffix):
    explain(site, "Why {cdc:node}`a <one#a>` **and** [x](https://example.org/)?\n\nSecond")
    site.write(f"index.{suffix}", PAGES[suffix])
    translated = "**От**чего {cdc:node}`узел <one#a>` и [икс](https://example.org/)?"
    catalogue(site, "index", {"Why {cdc:node}`a <one#a>` **and** [x](https://example.org/)?": translated})
    built = site.build(language="ru", locale_dirs=["locales"])
    assert built.warnings == ""
    assert shown(built.text("index.html"))[0] == (
        '<p><strong>От</strong>чего <a class="reference internal" href="#one--a" title="A">'
        '<span class="xref cdc cdc-node">узел</span></a> и '
        '<a class="reference external" href="https://example.org/">икс</a>?</p>\n<p>Second</p>'
    )


@pytest.mark.parametrize(
    ("translated", "warned"),
    [("Ja {cdc:node}`one#b`", True), ("Ja {cdc:node}`one#b` # noqa", False), ("Ja {cdc:node}`x <one#a>`", False)],
)
def test_a_translation_that_refers_elsewhere_is_said(site, translated, warned):
    site.write("data/one.yaml", DATA + "    a: {explain: '{cdc:node}`one#a`'}\n    b: B\n")
    site.write("index.rst", PAGES["rst"])
    catalogue(site, "index", {"{cdc:node}`one#a`": translated})
    built = site.build(language="ru", locale_dirs=["locales"])
    said = "data/one.yaml:5: WARNING: inconsistent references in the translation of an explanation. "
    assert (said in built.warnings) is warned
    assert (built.warnings == "") is not warned
    assert "noqa" not in built.text("index.html")


@pytest.mark.parametrize("suffix", PAGES)
def test_catalogues_hold_each_paragraph_as_it_was_written(site, suffix):
    explain(site, "One *a*\nline\n\nTwo {ref}`x`")
    site.write(f"index.{suffix}", PAGES[suffix])
    text = site.build("gettext").text("index.pot")
    for message in ("One *a* line", "Two {ref}`x`"):
        assert text.count(f'#: ../../data/one.yaml:5\nmsgid "{message}"') == 1
    site.write(
        f"index.{suffix}",
        PAGES[suffix].replace("one\n", "one\n:no-explain:\n" if suffix == "md" else "one\n   :no-explain:\n"),
    )
    assert "Two" not in site.build("gettext").text("index.pot")
