"""Registered sources on pages: what is said of them, and which pages are read again when one changes."""

from __future__ import annotations

import json

import jsonschema
import pytest
from bs4 import BeautifulSoup

SOURCES = """\
sources:
  raft:
    title: "In search of an understandable consensus algorithm"
    url: https://raft.github.io/raft.pdf
    kind: primary
    published: 2014-05
    read: 2026-01-31
    extent: beginning
    archive: https://web.archive.org/raft.pdf
  tuning: {title: Tuning, url: "https://etcd.io/tuning", kind: documentation, read: 2026-02-01, extent: whole}
"""
RAFT = """\
diagram:
  type: flow
  title: Raft
  nodes:
    leader: {name: Leader, details: [{value: 150 ms, source: papers/raft, quote: "elections take 150 ms", figure: one}]}
    follower: {name: Follower, details: [{value: 300 ms, derived: 2 * one}]}
  flows: [{from: leader, to: follower}]
"""
TUNING = RAFT.replace("papers/raft", "papers/tuning").replace("title: Raft", "title: Tuning")


@pytest.fixture
def raft(site):
    site.write("data/sources/papers.yaml", SOURCES)
    site.write("data/raft.yaml", RAFT)
    site.write("data/tuning.yaml", TUNING)
    site.write("index.md", "# Index\n\n```{toctree}\nraft\ntuning\n```\n")
    site.write("raft.md", "# Raft\n\n```{cdc-diagram} raft\n```\n")
    site.write("tuning.md", "# Tuning\n\n```{cdc-diagram} tuning\n```\n")
    return site


def items(built, name="raft"):
    page = BeautifulSoup(built.text(f"{name}.html"), "html.parser")
    return [" ".join(item.get_text().split()) for item in page.find("details", class_="cdc-sources").find_all("li")]


def test_the_days_of_a_source_are_below_the_picture(raft):
    built = raft.build()
    assert built.warnings == ""
    first = "(primary source, published 2014-05, read 2026-01-31 (beginning), archived copy). Backs: Leader: 150 ms"
    assert items(built) == [
        f"In search of an understandable consensus algorithm {first}",
        "Computed: Follower: 300 ms = 2 * one",
    ]


def test_what_diagrams_json_says(raft):
    built = raft.build()
    schema = json.loads(built.text("diagrams.schema.json"))
    content = json.loads(built.text("diagrams.json"))
    jsonschema.Draft202012Validator(schema).validate(content)
    (entry,) = (item for item in content["diagrams"] if item["id"] == "raft")
    (source,) = entry["sources"]
    assert (source["id"], source["kind"], source["published"], source["read"], source["extent"]) == (
        "papers/raft",
        "primary",
        "2014-05",
        "2026-01-31",
        "beginning",
    )
    assert [claim["derived"] for claim in entry["claims"]] == ["", "2 * one"]


def test_only_pages_that_cite_a_changed_source_are_read_again(raft):
    raft.build()
    path = raft.write("data/sources/papers.yaml", SOURCES.replace("2014-05", "2014-06"))
    raft.touch(path)
    built = raft.build()
    assert built.read == ["raft"]
    assert "published 2014-06" in items(built)[0]
    # Another entry moves the lines of all below it, which no page shows.
    raft.write("data/sources/papers.yaml", SOURCES.replace("sources:\n", "sources:\n  # The paper.\n\n"))
    assert raft.build().read == ["raft"]
    assert raft.build().read == []


def test_a_source_that_comes_back(raft):
    raft.write("data/sources/papers.yaml", "sources: {}\n")
    built = raft.build()
    assert "There is no source 'papers/raft'." in built.warnings
    assert "raft.yaml:5:" in built.warnings
    raft.write("data/sources/papers.yaml", SOURCES)
    built = raft.build()
    assert built.warnings == ""
    assert built.read == ["raft", "tuning"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("    url: https://raft.github.io/raft.pdf\n", "", "papers.yaml:3: WARNING: The key 'url' is missing here."),
        (
            "raft.github.io",
            "raft.github.io>",
            "papers.yaml:4: WARNING: Found 'https://raft.github.io>/raft.pdf': wanted",
        ),
        (
            "https://raft.github.io/raft.pdf",
            "javascript:alert(1)",
            "papers.yaml:4: WARNING: Found 'javascript:alert(1)'",
        ),
        ("2014-05", "2014-13", "papers.yaml:6: WARNING: Found '2014-13'"),
        ("kind: primary", "kind: blog", "papers.yaml:5: WARNING: Found 'blog', wanted one of primary,"),
        (
            "2014-05\n",
            "2014-05\n    text: ../../conf.py\n",
            "papers.yaml:7: WARNING: The stored text '../../conf.py' leads",
        ),
        (
            "2014-05\n",
            "2014-05\n    text: none.txt\n",
            "papers.yaml:7: WARNING: The stored text 'none.txt' is not there;",
        ),
    ],
)
def test_a_bad_source_is_a_warning_and_the_rest_is_built(raft, before, after, said):
    assert before in SOURCES
    raft.write("data/sources/papers.yaml", SOURCES.replace(before, after, 1))
    built = raft.build()
    assert said in built.warnings
    assert items(built, "tuning") == [
        "Tuning (documentation, read 2026-02-01 (whole)). Backs: Leader: 150 ms",
        "Computed: Follower: 300 ms = 2 * one",
    ]


def test_two_files_of_one_publisher(raft):
    raft.write("data/sources/more/papers.yaml", SOURCES)
    built = raft.build()
    assert "WARNING: The source 'papers/raft' is in" in built.warnings
    assert built.warnings.count("already; rename one of them.") == 2
