"""Elements: described once, shown by many diagrams, and bound to what they stand for."""

from __future__ import annotations

import json

import jsonschema
import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

ELEMENTS = """\
elements:
  etcd:
    name: etcd
    role: database
    link: https://etcd.io
    explain: Keeps *keys* of a {cdc:element}`cluster`.
    facts: [{value: Written in Go, source: docs/faq}]
    within: cluster
  cluster: {name: Kubernetes cluster}
"""
SOURCES = 'sources: {faq: {title: FAQ, url: "https://etcd.io/faq", kind: documentation}}\n'
FLOW = """\
diagram:
  type: flow
  title: A flow
  category: guarantees
  view: concept
  nodes:
    store: {element: etcd}
    api: {name: API, element: cluster, explain: Its own words.}
  flows: [{from: api, to: store}]
"""
TIMELINE = """\
diagram:
  type: timeline
  title: An outage
  sections: [{events: [{time: "10:00", events: It stops, key: stop, element: etcd}]}]
"""
DECISION = """\
diagram:
  type: decision
  title: A question
  start: full
  questions:
    full: {ask: "Full?", element: etcd, answers: [{label: "yes", to: more}, {label: "no", to: wait}]}
  outcomes: {more: More disk, wait: Wait}
"""


CORE, FLOW_FILE = "data/elements/core.yaml", "data/flow.yaml"


@pytest.fixture
def shop(site):
    site.write("data/elements/core.yaml", ELEMENTS)
    site.write("data/sources/docs.yaml", SOURCES)
    for name, text in {"flow": FLOW, "outage": TIMELINE, "question": DECISION}.items():
        site.write(f"data/{name}.yaml", text)
        site.write(f"{name}.md", f"# {name}\n\n```{{cdc-diagram}} {name}\n```\n")
    site.flow("other")
    site.write("other.md", "# Other\n\n```{cdc-diagram} other\n```\n\nSee {cdc:element}`etcd`.\n")
    site.write("elements.md", "# Elements\n\n```{cdc-elements}\n```\n")
    site.write("index.md", "# Index\n\n```{toctree}\nflow\noutage\nquestion\nother\nelements\n```\n")
    return site


def page(built, name):
    return BeautifulSoup(built.text(f"{name}.html"), "html.parser")


def words(element):
    return " ".join(element.get_text().split())


def test_nodes_have_what_the_element_says(shop):
    built = shop.build()
    assert built.warnings == ""
    content = json.loads(built.text("diagrams.json"))
    jsonschema.Draft202012Validator(json.loads(built.text("diagrams.schema.json"))).validate(content)
    entries = {entry["id"]: entry["nodes"] for entry in content["diagrams"]}
    store = next(node for node in entries["flow"] if node["key"] == "store")
    assert (store["label"], store["role"], store["element"]) == ("etcd", "database", "etcd")
    assert store["explanation"] == "Keeps keys of a cluster."
    api = next(node for node in entries["flow"] if node["key"] == "api")
    assert (api["label"], api["explanation"], api["element"]) == ("API", "Its own words.", "cluster")
    assert [(node["label"], node["element"]) for node in entries["outage"]] == [("It stops", "etcd")]
    assert [node["element"] for node in entries["question"]] == ["etcd", "", ""]


def test_the_section_of_an_element_lists_the_diagrams_that_show_it(shop):
    built = shop.build()
    section = page(built, "elements").find(id="element-etcd")
    assert words(section.find("h2")).startswith("etcd")
    assert [words(item) for item in section.find_all("li")] == [
        "Written in Go (FAQ)",
        "An outage",
        "A question",
        "A flow",
    ]
    assert [words(item) for item in section.find_all("p", class_="cdc-index-group")] == [
        "Other",
        "guarantees · concept",
    ]
    assert "Part of: Kubernetes cluster" in words(section)
    assert page(built, "other").find("a", href="elements.html#element-etcd").get_text() == "etcd"
    with (built.out / "objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", lambda _base, uri: uri)
    assert inventory["cdc:element"]["etcd"].uri == "elements.html#element-etcd"
    assert '"etcd"' in built.text("searchindex.js")


def test_only_pages_that_show_a_changed_element_are_read_again(shop):
    shop.build()
    shop.write("data/elements/core.yaml", ELEMENTS.replace("name: etcd\n", "name: etcd 3\n"))
    built = shop.build()
    assert built.read == ["elements", "flow", "outage", "question"]
    assert "etcd 3" in built.text("flow.html")
    # A line above moves all others, and no page shows lines.
    shop.write("data/elements/core.yaml", "# Systems.\n" + ELEMENTS.replace("name: etcd\n", "name: etcd 3\n"))
    assert shop.build().read == []


def test_a_new_element_and_a_new_diagram_reach_the_page_of_elements(shop):
    shop.build()
    shop.write("data/elements/more.yaml", "elements: {kafka: {name: Kafka}}\n")
    built = shop.build()
    assert built.read == ["elements"]
    assert words(page(built, "elements").find(id="element-kafka").find("h2")).startswith("Kafka")
    shop.write("data/other.yaml", FLOW.replace("element: etcd", "element: kafka").replace("A flow", "Another"))
    built = shop.build()
    assert built.read == ["other"]
    assert [words(item) for item in page(built, "elements").find(id="element-kafka").find_all("li")] == ["Another"]


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        (FLOW_FILE, "element: etcd", "element: etdc", "flow.yaml:7: WARNING: There is no element 'etdc'. Did you mean"),
        (CORE, "within: cluster", "within: etcd", "core.yaml:8: WARNING: The element 'etcd' names itself;"),
        (CORE, "within: cluster", "within: clustre", "core.yaml:8: WARNING: There is no element 'clustre'."),
        (CORE, "s cluster}", "s, within: etcd}", "is within itself (etcd -> cluster -> etcd)."),
        (CORE, "docs/faq", "docs/fqa", "core.yaml:7: WARNING: There is no source 'docs/fqa' in the registry."),
        (CORE, "role: database", "role: databse", "core.yaml:4: WARNING: Found 'databse', wanted one of"),
        (
            "other.md",
            "element}`etcd`",
            "element}`etdc`",
            "There is no element 'etdc' to refer to. Did you mean 'etcd'?",
        ),
        ("elements.md", "{cdc-elements}", "{cdc-elements} clustre", "There is no element 'clustre'. Did you mean"),
        (CORE, "    link:", "    is: ../out.yaml\n    link:", "the path '../out.yaml' leads out of the repository."),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_is_built(shop, name, before, after, said):
    path = shop.folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    shop.write(name, text.replace(before, after, 1))
    built = shop.build()
    assert said in built.warnings
    assert (built.out / "other.html").exists()


def test_two_files_with_one_element(shop):
    shop.write("data/elements/more.yaml", "elements: {etcd: {name: Again}}\n")
    assert "WARNING: The element 'etcd' is in" in shop.build().warnings


def test_a_bound_element_says_which_diagrams_are_wrong_when_its_part_is_gone(shop):
    shop.write("pyproject.toml", "")
    shop.write("compose.yaml", "services:\n  etcd: {image: etcd}\n")
    shop.write(
        "data/elements/core.yaml", ELEMENTS.replace("    link:", "    is: compose.yaml#services.etcd\n    link:")
    )
    assert shop.build().warnings == ""
    shop.write("compose.yaml", "services:\n  etcd-1: {image: etcd}\n")
    built = shop.build()
    said = (
        "The element 'etcd' stands for 'compose.yaml#services.etcd': the file 'compose.yaml' has no key 'services.etcd'"
    )
    assert f"core.yaml:5: WARNING: {said}" in built.warnings
    assert "It is in: flow, outage, question." in built.warnings
