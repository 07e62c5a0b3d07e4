"""What explanations, which may be a stranger's, can do to a page and to a build: nothing."""

from __future__ import annotations

import json
import re
import zlib

import pytest
from bs4 import BeautifulSoup

from sphinx_diagram_ext.sphinx_ext.markup import math_allowlist

CONF = """
myst_enable_extensions = ["dollarmath", "attrs_inline", "attrs_block", "substitution"]
rst_prolog = '''
.. role:: mine(raw)
   :format: html latex

.. role:: guilabel(raw)
   :format: html latex
'''

ran = []


def role(name, rawtext, text, lineno, inliner, options=None, content=()):
    ran.append(text)
    raise RuntimeError("a role of another extension ran on data")


def setup(app):
    app.add_role("theirs", role)
    app.add_role("kbd", role, override=True)
    app.add_role("external", role)
    app.add_role_to_domain("py", "theirs", role)
"""

FORMULAS = [
    r"\input{/etc/passwd}",
    r"\write18{id}",
    r"\immediate\write18{id}",
    r"\href{javascript:alert(1)}{x}",
    r"\openin5=secret",
    r"\csname input\endcsname{x}",
    r"^^5cinput{x}",
    r"\require{html}",
    r"\def\x{y}",
    r"\catcode`\@=0 @input{x}",
    r"x % ",
    r"$ \bad $",
    r"a } \b",
    "a } + { b",
    r"{a",
    r"#1",
    "\\",
    r"\begin{filecontents}{x}",
    r"\url{javascript:alert(1)}",
    r"\unicode{x61}",
    r"\includegraphics{secret}",
    r"\verbatiminput{secret}",
    r"\scantokens{x}",
    r"\directlua{os.execute('id')}",
    r"\style{position:fixed}{x}",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_could_do_more_than_show_is_refused(formula):
    assert math_allowlist.refused(formula)


@pytest.mark.parametrize(
    ("formula", "part"),
    [
        (r"x \text", r"\text"),
        (r"\frac", r"\frac"),
        (r"\frac{a}", r"\frac"),
        (r"\frac{a} b", r"\frac"),
        (r"\frac 12", r"\frac"),
        (r"\sqrt", r"\sqrt"),
        (r"\sqrt[3] x", r"\sqrt"),
        (r"\left( x", r"\left"),
        (r"\left", r"\left"),
        (r"x \right)", r"\right"),
        (r"{\left( x} \right)", r"\left"),
        (r"\left\alpha x \right)", r"\left"),
        (r"\big", r"\big"),
        ("a^b^c", "^"),
        ("a_b_c", "_"),
        ("a_b^c_d", "_"),
        ("a^b'", "'"),
        ("x_", "_"),
        ("x^", "^"),
        ("{x_}", "}"),
        ("x^_y", "_"),
        (r"x^\frac{1}{2}", r"\frac"),
        (r"a \over b \over c", r"\over"),
        (r"x \limits_y", r"\limits"),
        (r"\hat", r"\hat"),
        (r"\text{a_b}", "_"),
        (r"\text{a {b^c}}", "^"),
        (r"\textbf{\alpha}", r"\alpha"),
    ],
)
def test_a_formula_that_tex_cannot_set_is_refused(formula, part):
    assert math_allowlist.refused(formula) == part


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{a}{b}",
        r"\frac {a} {b}",
        r"\frac{\frac{a}{b}}{\sqrt{c}}",
        r"\sqrt[3]{x^2}",
        r"a^2_b + a_b^{2c} + a'^2",
        r"{a^b}^c",
        r"x^\alpha_\infty",
        r"\sum_{i=0}^n i \le \prod\limits_i x_i",
        r"\left\lfloor \frac{n}{2} \right\rfloor",
        r"\left. x \right|_{y}",
        r"\big( x \Big] \bigg\| \Bigg\{",
        r"a \over b + {c \over d}",
        r"a \pmod{n} \quad b \bmod n",
        r"\text{it's 5\% \& more} \mathrm{x_y}",
        r"\overbrace{a + b}^{\text{all of it}}",
        "",
    ],
)
def test_a_formula_that_tex_can_set_is_kept(formula):
    assert math_allowlist.refused(formula) is None


@pytest.mark.parametrize(
    "formula", [r"\frac{n}{2} + 1", r"\text{lag} \le 10\%", r"w_{i+1} = \left\{ x \right\}", "R + W > N", r"2^{n}"]
)
def test_a_formula_that_only_shows_is_kept(formula):
    assert math_allowlist.refused(formula) is None


MARKUP = [
    *(f"{{math}}`{formula}`" for formula in FORMULAS if "`" not in formula),
    *(f"${formula}$" for formula in FORMULAS),
    "{numref}`{number:>300000} <good>`",
    "{numref}`{number.x} <good>`",
    "{numref}`{number!x} <good>`",
    "{numref}`no number <good>`",
    "{numref}`%s %s <good>`",
    "{numref}`%1000000s <good>`",
    "[^1] [^note] ^[inline]",
    "*x*{#page-name .cdc-node onclick=alert(1)} [y]{#good style=position:fixed}",
    "![x](../secret.txt) [f](../secret.txt) [g](<project:../secret.txt>) [h](path:../secret.txt) [i](inv:x:y#z)",
    "{eval-rst}`x` {raw}`<b>` {include}`../secret.txt` {download}`../secret.txt` {index}`a; b`",
    "{theirs}`x` {mine}`<script>alert(1)</script>` {octicon}`x`",
    "{kbd}`x` {guilabel}`<script>alert(1)</script>` {KBD}`x`",
    "{external}`x` {external:py:theirs}`x` {external+x:py:theirs}`x` {external:theirs}`x` {py:theirs}`x`",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](<vbscript:x>) [d](file:///etc/passwd) <javascript:x>",
    "[a](javascript&colon;alert(1)) [b](%6aavascript:alert(1)) [c](<java script:alert(1)>) [d][note] [note]",
    "*a **b " * 400 + "c** d*" * 400,
    "[" * 1500,
    "`" * 3000,
    "{{ env.srcdir }}",
    ":math:`\\input{x}` :numref:`{number.x} <good>`",
    "see [1]_ and [#]_ and [#a]_ and [*]_ and [cit]_ ",
    "|nosub| and |release| and |x|_",
    "_`page name` and page_ and `a <b_>`_ and `x`_ and anon__ y__",
    "`page name <https://example.org/captured>`_",
    "`x <javascript:alert(1)>`_ `f <file:///etc/passwd>`__ :download:`x </secret.txt>` :index:`a; b`",
    ":raw:`<b>` :mine:`<script>alert(1)</script>` :theirs:`x` :nothing:`x` :py:nothing:`x` :nodomain:x:`x`",
    "*unclosed **two ``three :role:`x |y",
    "{code}`x` {eq}`q` {ref}`x` {doc}`nowhere` {term}`x` {option}`x` {envvar}`X` {keyword}`x` {any}`x`",
]
PAGES = {
    "md": "# Index\n\n(page-name)=\n## Named\n\n```{{cdc-diagram}} good\n```\n\n{shown}\n[note]: https://example.org/\n",
    "rst": "Index\n=====\n\n.. _page name: https://example.org/mine\n\n`page name`_ and anonymous__\n\n"
    "__ https://example.org/theirs\n\n.. cdc-diagram:: good\n\n{shown}\n",
}
SHOW = {"md": "```{{cdc-diagram}} d{}\n```\n\n", "rst": ".. cdc-diagram:: d{}\n\n"}


@pytest.mark.filterwarnings("ignore:'myst_parser.sphinx_ext.myst_refs")  # its own, when an inventory is missing
@pytest.mark.parametrize("suffix", ["md", "rst"])
@pytest.mark.parametrize("builder", ["html", "latex"])
def test_markup_of_data_stays_in_its_place(site, suffix, builder):
    site.write("conf.py", (site.folder / "conf.py").read_text() + CONF)
    site.write("secret.txt", "top secret")
    site.write("data/good.yaml", "diagram:\n  type: flow\n  title: Good\n  nodes: {a: A}\n")
    for number, text in enumerate(MARKUP):
        site.write(
            f"data/d{number}.yaml",
            "diagram:\n  type: flow\n  title: T\n  nodes:\n    a:\n      explain: " + json.dumps(text) + "\n",
        )
    shown = "".join(SHOW[suffix].format(number) for number in range(len(MARKUP)))
    site.write(f"index.{suffix}", PAGES[suffix].format(shown=shown))
    built = site.build(builder)
    if builder == "html":
        html = built.text("index.html")
        assert html.count('<figure class="cdc-diagram') == len(MARKUP) + 1
        for bad in (
            "<script>alert",
            "<img src=x",
            'href="javascript',
            'href="data:',
            'href="file:',
            'href="https://example.org/captured"',
            "cdn.",
        ):
            assert bad not in html, bad
        tags = BeautifulSoup(html, "html.parser").select("*")
        assert not [tag for tag in tags if any(name.startswith("on") for name in tag.attrs)]
        if suffix == "rst":
            assert html.count('href="https://example.org/mine"') == 1
            assert html.count('href="https://example.org/theirs"') == 1
    else:
        (source,) = built.out.glob("*.tex")
        source = source.read_text(encoding="utf-8")
        assert r"\(" not in source.partition(r"\begin{document}")[2]
        assert r"\input{/" not in source
        assert r"\write18" not in source
    assert not list(built.out.rglob("secret.txt*"))
    assert "top secret" not in built.warnings
    names = (
        "download eval-rst external external+x:py:theirs external:py:theirs external:theirs include index mine octicon"
    )
    refused = re.findall(r"WARNING: (?:The|There is no) role '([^']+)'", built.warnings)
    assert sorted(set(refused)) == [*names.split(), "py:theirs", "raw", "theirs"]
    # Sphinx says what it finds no target for at the line of the data file, too.
    places = {line.split(":")[0] for line in built.warnings.splitlines() if "WARNING" in line}
    assert not [place for place in places if place.endswith(f"index.{suffix}")]


ROLES = """
from docutils import nodes
from sphinx.domains import Domain
from sphinx.roles import XRefRole

extensions += ["sphinx.ext.intersphinx"]
intersphinx_mapping = {"proj": ("https://example.org/", "objects.inv")}


class Raw(XRefRole):
    def result_nodes(self, document, env, node, is_ref):
        return [nodes.raw("", "<script>alert(1)</script>", format="html")], []


def role(name, rawtext, text, lineno, inliner, options=None, content=()):
    raise RuntimeError("a role of another extension ran on data")


class Theirs(Domain):
    name = "theirs"
    roles = {"raw": Raw(), "role": role}


def setup(app):
    app.add_domain(Theirs)
"""


def with_roles(site, text: str) -> tuple[str, str]:
    """Return the explanation *text* as HTML, and the warnings."""
    with (site.folder / "conf.py").open("a") as conf:
        conf.write(ROLES)
    body = zlib.compress(b"f py:function 1 f.html -\nC py:class 1 c.html Shown\n")
    head = b"# Sphinx inventory version 2\n# Project: P\n# Version: 1\n# zlib\n"
    (site.folder / "objects.inv").write_bytes(head + body)
    data = f"diagram:\n  type: flow\n  title: T\n  nodes: {{a: {{explain: {json.dumps(text)}}}}}\n"
    site.write("data/one.yaml", data)
    site.write("index.rst", "Index\n=====\n\n.. cdc-diagram:: one\n")
    built = site.build()
    return str(BeautifulSoup(built.text("index.html"), "html.parser").select_one(".cdc-explained dd p")), built.warnings


def test_a_role_that_refers_makes_only_nodes_of_the_list(site):
    html, warnings = with_roles(site, "{theirs:raw}`x` {external:theirs:raw}`x`")
    assert html == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert warnings.count("data/one.yaml:4: WARNING: raw is not allowed in data; its text is shown as it is.") == 2


def test_a_role_for_other_projects_is_sphinxs_own(site):
    html, warnings = with_roles(site, "{external:py:func}`f` {external+proj:py:class}`C` {external:theirs:role}`x`")
    assert [link["href"] for link in BeautifulSoup(html, "html.parser").find_all("a")] == [
        "https://example.org/f.html",
        "https://example.org/c.html",
    ]
    (line,) = warnings.splitlines()
    assert "data/one.yaml:4: WARNING: There is no role 'external:theirs:role'" in line


def test_a_link_to_another_project_names_its_object(site):
    html, warnings = with_roles(site, "[*x*](inv:proj:py:function#f) <inv:#C> <inv:*:*:*#f> [y](inv:none:*:*#f)")
    assert html.count('href="https://example.org/f.html" title="P 1"') == 2
    assert '<a class="reference external" href="https://example.org/c.html" title="P 1">Shown</a>' in html
    assert "<em>x</em></a>" in html
    (line,) = warnings.splitlines()
    assert "data/one.yaml:4: WARNING: No project of intersphinx_mapping has 'inv:none:*:*#f'" in line


@pytest.mark.parametrize(("levels", "warned"), [(8, False), (30, True)])
def test_markup_is_nested_within_bounds(site, levels, warned):
    text = "*a _b " * (levels // 2) + "deep" + " b_ a*" * (levels // 2)
    site.write(
        "data/one.yaml", f"diagram:\n  type: flow\n  title: T\n  nodes: {{a: {{explain: {json.dumps(text)}}}}}\n"
    )
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build()
    assert ("data/one.yaml:4: WARNING: Markup nested too deeply" in built.warnings) is warned
    explained = BeautifulSoup(built.text("index.html"), "html.parser").find(class_="cdc-explanations")
    assert len(explained.find_all("em")) == (0 if warned else levels)
    assert "deep" in explained.get_text()


UNITS = ["*", "[", "`", "{a}", "<!--", "<a", "![", "](", "$", "&", "*a ", "_a*"]


def test_eight_thousand_characters_that_close_nothing_are_text(site):
    """Each is parsed as far as it goes; a parser that tries every end for every beginning does not end."""
    with (site.folder / "conf.py").open("a") as conf:
        conf.write('myst_enable_extensions = ["dollarmath"]\nsmartquotes = False\n')
    texts = [(unit * 8000)[:8000] for unit in UNITS]
    nodes = "".join(f"    n{at}: {{explain: {json.dumps(text)}}}\n" for at, text in enumerate(texts))
    site.write("data/one.yaml", f"diagram:\n  type: flow\n  title: T\n  nodes:\n{nodes}")
    site.write("index.rst", "Index\n=====\n\n.. cdc-diagram:: one\n")
    built = site.build()
    found = BeautifulSoup(built.text("index.html"), "html.parser").select(".cdc-explained dd p")
    assert [item.get_text() for item in found] == [text.strip() for text in texts]
    assert built.warnings == ""
