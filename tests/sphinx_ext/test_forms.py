"""The four forms of the directive, one implementation."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup

FORMS = {
    "fence": "```{cdc-diagram} net/one\n:caption: A {cdc:node}`link <net/one#a>`\n:name: my-name\n:alt: Spoken\n```\n",
    "colon": ":::{cdc-diagram} net/one\n:caption: A {cdc:node}`link <net/one#a>`\n:name: my-name\n:alt: Spoken\n:::\n",
    "tag": '<cdc-diagram ref="net/one" caption="A {cdc:node}`link <net/one#a>`" name="my-name" alt="Spoken"/>\n',
    "pair": '<cdc-diagram ref="net/one" caption="A {cdc:node}`link <net/one#a>`" name="my-name" alt="Spoken">'
    "</cdc-diagram>\n",
    "lines": '<cdc-diagram\n  ref="net/one"\n  caption="A {cdc:node}`link <net/one#a>`"\n  name="my-name"\n'
    '  alt="Spoken" />\n',
}
REST = ".. cdc-diagram:: net/one\n   :caption: A :cdc:node:`link <net/one#a>`\n   :name: my-name\n   :alt: Spoken\n"


def figure(html: str) -> BeautifulSoup:
    found = BeautifulSoup(html, "html.parser").find("figure", class_="cdc-diagram")
    assert found is not None
    return found


def test_every_form_gives_the_same_figure(site):
    site.flow("net/one")
    for name, text in FORMS.items():
        site.write(
            f"{name}.md", f"# {name}\n\nBefore.\n\n{text}\nAfter {{ref}}`my-name`.\n".replace("my-name", f"my-{name}")
        )
    site.write("rest.rst", f"rest\n====\n\nBefore.\n\n{REST}\nAfter :ref:`my-rest`.\n".replace("my-name", "my-rest"))
    toctree = "\n".join((*FORMS, "rest"))
    site.write("index.md", f"# Index\n\n```{{toctree}}\n{toctree}\n```\n")
    built = site.build()
    assert built.warnings == ""
    figures = {}
    for name in (*FORMS, "rest"):
        html = str(figure(built.text(f"{name}.html")))
        html = re.sub(r'<div class="cdc-backlinks">.*?</div>', "", html, flags=re.DOTALL)
        html = re.sub(r'<p class="fignumber">.*?</p>|<span class="caption-number">.*?</span>', "", html)
        figures[name] = re.sub(r'href="[a-z]*(?:\.html)?#', 'href="#', html.replace(f"my-{name}", "my-name"))
    assert len(set(figures.values())) == 1, figures
    assert 'aria-label="Spoken"' in figures["fence"]


def test_tag_at_the_end_of_a_paragraph_follows_the_paragraph(site):
    site.flow("one")
    site.write("index.md", '# Index\n\nSome *text* here: <cdc-diagram ref="one"/>\n\nNext.\n')
    built = site.build()
    assert built.warnings == ""
    soup = BeautifulSoup(built.text("index.html"), "html.parser")
    paragraph = soup.find("p", string=None)
    assert paragraph is not None
    assert paragraph.get_text() == "Some text here:"
    assert paragraph.find_next_sibling().name == "figure"


def test_tag_is_left_alone_in_code(site):
    site.flow("one")
    code = '`<cdc-diagram ref="one"/>`\n\n```html\n<cdc-diagram ref="one"/>\n```\n\n    <cdc-diagram ref="one"/>\n'
    site.write("index.md", f"# Index\n\n{code}\n\n<!-- <cdc-diagram ref='one'/> -->\n")
    built = site.build()
    assert built.warnings == ""
    assert "<figure" not in built.text("index.html")
    assert "&lt;cdc-diagram" in built.text("index.html")


def test_several_tags_and_other_html_in_one_block(site):
    site.flow("one")
    site.flow("two")
    site.write(
        "index.md", '# Index\n\n<div class="mine">\n<cdc-diagram ref="one"/>\n<cdc-diagram ref="two"/>\n</div>\n'
    )
    built = site.build()
    assert built.warnings == ""
    html = built.text("index.html")
    assert html.index('<div class="mine">') < html.index('id="one"') < html.index('id="two"') < html.rindex("</div>")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<cdc-diagram ref="one" captoin="x"/>', "index.md:3: WARNING: The tag has no attribute 'captoin'"),
        ('<cdc-diagram ref="one">', "index.md:3: WARNING: The tag is never closed"),
        ('text <cdc-diagram ref="one"> more', "index.md:3: WARNING: The tag is never closed"),
        ("</cdc-diagram>", "index.md:3: WARNING: The closing tag </cdc-diagram> has no tag to close"),
        ('<cdc-diagram caption="x"/>', "index.md:3: WARNING: The tag names no diagram"),
        ('<cdc-diagram ref="one" ref="two"/>', "index.md:3: WARNING: The attribute 'ref' stands twice"),
        ('<cdc-diagram ref="one">body</cdc-diagram>', "index.md:3: WARNING: The tag has content"),
        ('<cdc-diagram ref="ones"/>', "index.md:3: WARNING: There is no diagram 'ones'. Did you mean 'one'?"),
        ('<cdc-diagram ref="one" align="middle"/>', "'cdc-diagram'"),
    ],
)
def test_a_bad_tag_is_a_warning_with_its_line(site, text, said):
    site.flow("one")
    site.write("index.md", f"# Index\n\n{text}\n\nThe end.\n")
    built = site.build()
    assert said in built.warnings
    assert "The end." in built.text("index.html")


def test_inline_diagram_in_myst_and_rest(site):
    body = "diagram:\n  type: flow\n  title: Inline\n  nodes: {a: A, b: B}\n  flows:\n    - {from: a, to: b}\n"
    site.write(
        "index.md",
        f"# Index\n\n```{{cdc-diagram}}\n:name: mine\n{body}```\n\n{{cdc:node}}`mine#b`\n\n```{{toctree}}\nrest\n```\n",
    )
    indented = "".join(f"   {line}\n" for line in body.splitlines())
    site.write("rest.rst", f"Rest\n====\n\n.. cdc-diagram::\n   :name: other\n\n{indented}")
    built = site.build()
    assert built.warnings == ""
    assert 'href="#mine--b"' in built.text("index.html")
    assert 'id="other--a"' in built.text("rest.html")


@pytest.mark.parametrize("name", ["index.md", "index.rst"])
def test_error_in_an_inline_diagram_names_the_line_of_the_lesson(site, name):
    body = "diagram:\n  type: flow\n  title: Inline\n  nodes: {a: {role: databse}}\n"
    if name.endswith("md"):
        site.write(name, f"# Index\n\n```{{cdc-diagram}}\n:name: mine\n{body}```\n")
        line = 8
    else:
        indented = "".join(f"   {part}\n" for part in body.splitlines())
        site.write(name, f"Index\n=====\n\n.. cdc-diagram::\n   :name: mine\n\n{indented}")
        line = 10
    built = site.build()
    assert f"{name}:{line}: WARNING: Found 'databse', wanted one of" in built.warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("```{cdc-diagram}\n```", "Name a diagram (its id) or write its YAML as the body"),
        ("```{cdc-diagram}\ndiagram: {type: flow}\n```", "give it the option ':name:'"),
        ("```{cdc-diagram} one\ndiagram: x\n```", "not both; the body is ignored"),
        ("```{cdc-diagram} one\n:direction: UP\n```", "'cdc-diagram'"),
    ],
)
def test_a_directive_that_cannot_work_says_why(site, text, said):
    site.flow("one")
    site.write("index.md", f"# Index\n\n{text}\n\nThe end.\n")
    built = site.build()
    assert said in built.warnings
    assert "The end." in built.text("index.html")


def test_options_reach_the_page(site):
    site.flow("one")
    site.write(
        "index.md",
        "# Index\n\n```{cdc-diagram} one\n:align: right\n:class: special\n:no-explain:\n:direction: tb\n"
        ":width: 50%\n```\n",
    )
    built = site.build()
    assert built.warnings == ""
    found = figure(built.text("index.html"))
    assert {"align-right", "special"} <= set(found["class"])
    assert found.find(class_="cdc-explanations") is None
    assert found.find("svg")["width"] == "50%"
    assert "flowchart TB" in built.app.env.get_doctree("index").pformat()


def test_a_document_within_the_document_shares_no_ids(site):
    site.flow("one")
    site.write(
        "index.md",
        "# Index\n\n```{cdc-diagram} one\n```\n\n```{eval-rst}\n.. cdc-diagram:: one\n```\n\n{cdc:node}`one#a`\n",
    )
    built = site.build()
    assert built.warnings == ""
    html = built.text("index.html")
    assert re.findall(r'<figure[^>]* id="([^"]+)"', html) == ["one", "one-2"]
    assert 'id="one-2--a"' in html
    assert re.findall(r"Diagram (\d)", html) == ["1", "2"]
    assert 'href="#one--a"' in html


def test_a_caption_that_ends_in_markup_passes_every_builder(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n:caption: What an **order**\n:no-explain:\n```\n")
    for builder in ("man", "text", "latex", "html"):
        assert site.build(builder).warnings == ""


@pytest.mark.parametrize(
    ("kind", "body", "mermaid"),
    [
        ("state", "  states: {a: A, b: B}\n  transitions:\n    - {from: a, to: b}\n", "direction RL"),
        ("schema", "  entities: {a: {attributes: {id: int}}, b: {attributes: {id: int}}}\n", "direction RL"),
    ],
)
def test_every_type_that_has_a_direction_takes_the_option(site, kind, body, mermaid):
    site.write("data/one.yaml", f"diagram:\n  type: {kind}\n  title: T\n{body}")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n:direction: rl\n```\n")
    built = site.build()
    assert built.warnings == ""
    assert mermaid in built.text("index.html")
