"""Roles, numbers, indexes, the inventory and the export."""

from __future__ import annotations

import json
import zlib

import jsonschema
import pytest
from bs4 import BeautifulSoup

from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain


def inventory(path) -> list[str]:
    content = path.read_bytes().split(b"\n", 4)[4]
    return zlib.decompress(content).decode("utf-8").splitlines()


@pytest.fixture
def shown(site):
    site.flow("net/one", "First flow")
    site.flow("net/two", "Second flow")
    site.write("first.md", "# First\n\n```{cdc-diagram} net/one\n```\n")
    site.write("second.rst", "Second\n======\n\n.. cdc-diagram:: net/two\n\n:cdc:diagram:`net/one`\n")
    return site


def test_references_resolve_in_both_markups(shown):
    shown.write(
        "index.md",
        "# Index\n\n{cdc:diagram}`net/one` {cdc:node}`net/one#a` {cdc:node}`mine <net/two#b>` {numref}`net/two`"
        " {any}`net/one` {any}`net/one#b`\n\n```{toctree}\nfirst\nsecond\n```\n",
    )
    built = shown.build()
    assert built.warnings == ""
    links = BeautifulSoup(built.text("index.html"), "html.parser").find("p").find_all("a")
    assert [(link["href"], link.get_text()) for link in links] == [
        ("first.html#net-one", "First flow"),
        ("first.html#net-one--a", "Alpha one"),
        ("second.html#net-two--b", "mine"),
        ("second.html#net-two", "Diagram 2"),
        ("first.html#net-one", "First flow"),
        ("first.html#net-one--b", "Beta one"),
    ]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("{cdc:diagram}`net/oen`", "There is no diagram 'net/oen' to refer to. Did you mean 'net/one'"),
        ("{cdc:node}`net/one#alpha`", "The diagram 'net/one' has no node 'alpha'."),
        ("{cdc:diagram}`net/hidden`", "No page shows the diagram 'net/hidden'"),
        ("{cdc:diagram}`../../etc/passwd`", "There is no diagram"),
    ],
)
def test_a_broken_reference_is_a_warning_with_its_line(shown, role, said):
    shown.flow("net/hidden")
    shown.write("index.md", f"# Index\n\nText.\n\nSee {role}.\n\n```{{toctree}}\nfirst\nsecond\n```\n")
    built = shown.build()
    assert f"index.md:5: WARNING: {said}" in built.warnings
    assert built.warnings.count("WARNING") == 1


def test_inventory_holds_diagrams_and_nodes(shown):
    shown.write("index.md", "# Index\n\n```{toctree}\nfirst\nsecond\n```\n")
    lines = inventory(shown.build().out / "objects.inv")
    assert "net/one cdc:diagram 1 first.html#net-one First flow" in lines
    assert "net/two#b cdc:node 2 second.html#net-two--b Beta two (Second flow)" in lines


def test_search_keeps_the_anchor_of_a_diagram_without_a_folder(site):
    site.flow("one", "First flow")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build()
    assert "one cdc:diagram -1 index.html#$ First flow" in inventory(built.out / "objects.inv")
    index = json.loads(built.text("searchindex.js").removeprefix("Search.setIndex(").removesuffix(")"))
    found = {name: anchor for entries in index["objects"].values() for _doc, _type, _prio, anchor, name in entries}
    assert found == {"First flow": "one", "Alpha one (First flow)": "one--a", "Beta one (First flow)": "one--b"}


def test_alias_is_as_good_as_the_id(site):
    path = site.flow("new/name")
    path.write_text(path.read_text() + "  aliases: [old/name]\n")
    site.write("index.md", "# Index\n\n```{cdc-diagram} old/name\n```\n\n{cdc:node}`old/name#a`\n")
    built = site.build()
    assert built.warnings == ""
    assert 'href="#new-name--a"' in built.text("index.html")


def test_indexes_list_table_gallery_group_and_filter(shown):
    shown.write(
        "index.md",
        "# Index\n\n```{cdc-diagram-index}\n:style: list\n:filter: tag=one\n:class: by-list\n```\n\n"
        "```{cdc-diagram-index}\n:style: table\n:group-by: tag\n:class: by-table\n```\n\n"
        "```{cdc-diagram-index}\n:style: gallery\n:filter: id=net/*; tag!=one\n:class: by-gallery\n```\n\n"
        "```{toctree}\nfirst\nsecond\n```\n",
    )
    built = shown.build()
    assert built.warnings == ""
    soup = BeautifulSoup(built.text("index.html"), "html.parser")
    assert [a.get_text() for a in soup.find(class_="by-list").find_all("a")] == ["First flow"]
    table = soup.find(class_="by-table")
    assert [p.get_text() for p in table.find_all("p", class_="rubric")] == ["kafka", "one", "two"]
    assert [a.get_text() for a in table.find_all("tr")[1].find_all("a")] == ["First flow", "First", "Second"]
    gallery = soup.find(class_="by-gallery")
    assert [a.get_text() for a in gallery.find_all("a")] == ["Second flow"]
    assert gallery.find("svg") is None
    for image in gallery.find_all("img"):
        assert image["loading"] == "lazy"
        assert (built.out / image["src"]).is_file()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (":group-by: colour", "Diagrams have no field 'colour'"),
        (":filter: tga=x", "Diagrams have no field 'tga'; one of"),
        (":filter: nonsense", "wanted field=value"),
        (":filter: tag=none", "No diagram of the site is in this index"),
    ],
)
def test_an_index_that_cannot_be_made_says_why(shown, option, said):
    shown.write(
        "index.md", f"# Index\n\n```{{cdc-diagram-index}}\n{option}\n```\n\n```{{toctree}}\nfirst\nsecond\n```\n"
    )
    built = shown.build()
    assert said in built.warnings
    assert "index.md:3: WARNING" in built.warnings


def test_domain_index_genindex_and_backlinks(shown):
    shown.write("index.md", "# Index\n\n```{toctree}\nfirst\nsecond\n```\n")
    built = shown.build()
    assert "First flow" in built.text("cdc-diagrams.html")
    assert "First flow (diagram)" in built.text("genindex.html")
    first = BeautifulSoup(built.text("first.html"), "html.parser").find(class_="cdc-backlinks")
    assert [(a["href"], a.get_text()) for a in first.find_all("a")] == [("second.html", "Second")]
    assert 'class="cdc-backlinks"' not in built.text("second.html")


def test_what_is_listed_is_in_the_order_of_its_words_not_of_the_pages(site):
    names = ["z", *(f"{letter}/{letter}" for letter in "ihgfedcb")]
    for name in names:
        site.flow(name)
    shown = "".join(f"```{{cdc-diagram}} {name}\n```\n\n" for name in names)
    site.write("index.md", f"# Index\n\n{shown}```{{cdc-diagram-index}}\n:style: gallery\n:group-by: tag\n```\n")
    built = site.build()
    assert built.warnings == ""
    page = BeautifulSoup(built.text("index.html"), "html.parser")
    assert [item.get_text() for item in page.find_all("p", class_="rubric")] == [*"bcdefghi", "kafka", "z"]
    choices = page.find(class_="cdc-filter").find_all("option")
    assert [item["value"] for item in choices if item["value"]] == [*"bcdefghi", "kafka", "z"]
    letters = BeautifulSoup(built.text("cdc-diagrams.html"), "html.parser").find_all("tr", class_="cap")
    assert [item.get_text().strip() for item in letters] == ["Other", *"bcdefghi"]
    assert [item["id"] for item in json.loads(built.text("diagrams.json"))["diagrams"]] == sorted(names)


def test_tones_are_in_one_order(site):
    tones = ["problem", "healthy", "caution", "blue", "purple"]
    nodes = "".join(f"    n{number}: {{name: N, tone: {tone}}}\n" for number, tone in enumerate(tones))
    site.write("data/one.yaml", f"diagram:\n  type: flow\n  title: One\n  nodes:\n{nodes}  flows: []\n")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build()
    assert built.warnings == ""
    assert DiagramDomain.of(built.app.env).find("one").values("tone") == tuple(sorted(tones))


def test_export_follows_its_schema(shown):
    shown.write("index.md", "# Index\n\n```{toctree}\nfirst\nsecond\n```\n")
    built = shown.build()
    content = json.loads(built.text("diagrams.json"))
    jsonschema.validate(content, json.loads(built.text("diagrams.schema.json")))
    assert content["version"] == 1
    one = content["diagrams"][0]
    assert (one["id"], one["page"], one["anchor"]) == ("net/one", "first.html", "net-one")
    assert one["pages"] == ["first.html", "second.html"]
    assert one["edges"] == [{"from": "a", "to": "b", "label": "rows"}]
    assert one["nodes"][0]["explanation"] == "Why alpha"
    assert one["source_file"] == "data/net/one.yaml"
    assert str(shown.folder) not in built.text("diagrams.json")


def test_other_project_reaches_diagrams_by_intersphinx(shown, tmp_path, make_app):
    shown.write("index.md", "# Index\n\n```{toctree}\nfirst\nsecond\n```\n")
    out = shown.build().out
    other = tmp_path / "other"
    other.mkdir()
    (other / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_diagram_ext", "sphinx.ext.intersphinx"]\n'
        f'intersphinx_mapping = {{"a": ("https://example.org/", r"{out / "objects.inv"}")}}\n'
    )
    (other / "index.md").write_text("# Other\n\n{cdc:node}`net/one#a` {cdc:diagram}`x <net/two>`\n")
    app = make_app("html", srcdir=other)
    app.build()
    assert app.warning.getvalue() == ""
    html = (other / "_build" / "html" / "index.html").read_text()
    assert 'href="https://example.org/first.html#net-one--a"' in html
    assert 'href="https://example.org/second.html#net-two"' in html


def test_a_diagram_on_several_pages_is_referred_to_where_readers_meet_it_first(site):
    site.flow("one")
    for name in ("alpha", "omega"):
        site.write(f"{name}.md", f"# {name}\n\n```{{cdc-diagram}} one\n```\n")
    site.write("index.md", "# Index\n\n{cdc:diagram}`one`\n\n```{toctree}\nomega\nalpha\n```\n")
    built = site.build()
    assert built.warnings == ""
    assert 'href="omega.html#one"' in built.text("index.html")


@pytest.mark.filterwarnings("ignore:'sphinxcontrib.serializinghtml")
@pytest.mark.parametrize(("builder", "page"), [("dirhtml", "sub/gallery/index.html"), ("singlehtml", "index.html")])
def test_pictures_of_a_gallery_are_found_from_every_page(site, builder, page):
    site.flow("one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n\n```{toctree}\nsub/gallery\n```\n")
    site.write("sub/gallery.md", "# Gallery\n\n```{cdc-diagram-index}\n:style: gallery\n```\n")
    built = site.build(builder)
    assert built.warnings == ""
    images = BeautifulSoup(built.text(page), "html.parser").find(class_="cdc-card").find_all("img")
    assert [image["class"] for image in images] == [["cdc-when-light", "dark-light"], ["cdc-when-dark", "dark-light"]]
    for image in images:
        assert (built.out / page).parent.joinpath(image["src"]).is_file()


def test_a_title_of_several_lines_is_one_entry_of_the_inventory(site):
    site.write(
        "data/one.yaml",
        'diagram:\n  type: flow\n  title: "A\\nevil std:label -1 https://example.org/ -"\n'
        '  nodes: {a: "x\\nevil2 std:label -1 https://example.org/ -"}\n',
    )
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build()
    lines = inventory(built.out / "objects.inv")
    assert not [line for line in lines if line.startswith("evil")]
    assert "one cdc:diagram -1 index.html#$ A evil std:label -1 https://example.org/ -" in lines
