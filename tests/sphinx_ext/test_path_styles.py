"""Style sheets of pages: what belongs to a node under the pointer."""

from __future__ import annotations

import gzip

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.scaffold import find_templates
from sphinx_diagram_ext.sphinx_ext.output.path_styles import rules

LIMIT = 1_536
"""Most bytes of the rules of a diagram, compressed."""


def styles(site, builder: str = "html") -> dict[str, str]:
    folder = site.folder / "_build" / builder / "_static"
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("cdc-page-*.css")}


def test_a_page_with_edges_has_a_style_sheet_and_loads_it(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n{cdc:node}`one#a`\n\n```{cdc-diagram} one\n```\n\n```{toctree}\nplain\n```\n")
    site.write("plain.md", "# Plain\n")
    built = site.build()
    ((name, text),) = styles(site).items()
    assert f"_static/{name}" in built.text("index.html")
    assert "cdc-page-" not in built.text("plain.html")
    assert '[id="one"]:has(svg [id$="--a"]:is(:hover, :focus-visible))' in text
    assert 'a[href="#one--a"]' in text
    assert 'a[href="#one--b"]' not in text


def test_the_style_sheet_of_a_page_that_is_gone_is_removed(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n```{toctree}\nother\n```\n")
    site.write("other.md", "# Other\n\n```{cdc-diagram} one\n```\n")
    site.build()
    assert len(styles(site)) == 1
    (site.folder / "other.md").unlink()
    site.write("index.md", "# Index\n")
    site.build()
    assert styles(site) == {}


def test_no_text_of_an_author_leaves_a_rule():
    assert all(rule.count("{") == rule.count("}") == 1 for rule in rules('x"] {} *{color:red} <', _sample()))


def test_rules_of_every_diagram_are_small(project):
    folders = [project / "data", project / "docs" / "examples"]
    found = [*Catalog(folders), *(template.diagram() for template in find_templates().values())]
    sizes = {one.id: len(gzip.compress("\n".join(rules(one.id, one)).encode())) for one in found}
    assert len(sizes) > 100
    assert {name: size for name, size in sizes.items() if size > LIMIT} == {}


def _sample():
    return next(template.diagram() for name, template in find_templates().items() if name == "patterns/architecture")
