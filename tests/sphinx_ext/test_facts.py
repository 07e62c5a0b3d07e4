"""Sources that back single claims: below the picture, in explanations, in other builders and in diagrams.json."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jsonschema
import pytest
from bs4 import BeautifulSoup

SHOP = """\
diagram:
  type: flow
  title: Shop
  nodes:
    api: {name: API, explain: "Takes *orders*.", source: [report, talk]}
    db:
      name: Database
      explain: Keeps them.
      details: [{value: 2 TB, source: report}, {value: 30 ms, illustration: true}]
    queue: {name: Queue, illustration: true}
  flows:
    - {from: api, to: db, label: "rows <b>", source: talk}
    - {from: db, to: queue, source: report}
  sources:
    - {id: report, title: Annual report, url: "https://example.org/report", date: 2025}
    - {id: talk, title: "A talk <i>", url: "https://example.org/talk"}
    - {title: More, url: "https://example.org/more"}
"""


@pytest.fixture
def shop(site):
    site.write("data/shop.yaml", SHOP)
    site.write("index.md", "# Index\n\n```{cdc-diagram} shop\n```\n")
    return site


def page(built, name="index.html"):
    return BeautifulSoup(built.text(name), "html.parser").find("figure", id="shop")


def words(element):
    return " ".join(element.get_text().split())


def test_each_source_says_what_it_backs(shop):
    built = shop.build()
    assert built.warnings == ""
    details = page(built).find("details", class_="cdc-sources")
    assert not details.has_attr("open")
    assert [words(item) for item in details.find_all("li")] == [
        "Annual report (2025). Backs: API; Database: 2 TB; Database → Queue",
        "A talk <i>. Backs: API; API → Database: rows <b>",
        "More",
    ]
    links = [link["href"] for link in details.find_all("a")]
    assert links == [
        "https://example.org/report",
        "#shop--api",
        "#shop--db",
        "https://example.org/talk",
        "#shop--api",
        "https://example.org/more",
    ]
    for link in links:
        if link.startswith("#"):
            assert len(page(built).find_all(id=link[1:])) == 1


def test_explanations_end_with_their_sources(shop):
    api, database = page(shop.build()).find("details", class_="cdc-explanations").find_all("dd")
    assert [words(item) for item in api.find_all("p")] == [
        "Takes orders.",
        "Sources: Annual report (2025); A talk <i>",
    ]
    assert [words(item) for item in database.find_all("p")] == [
        "Keeps them.",
        "Sources: Annual report (2025)",
        "Illustration",
    ]
    assert database.a["href"] == "https://example.org/report"


def test_what_is_made_up_is_said_in_words(shop):
    note = page(shop.build()).find("p", class_="cdc-illustration")
    assert words(note) == "Illustration: Database: 30 ms; Queue"
    assert "Shop" in note.find_previous_sibling().get_text()
    shop.write("data/shop.yaml", SHOP + "  illustration: true\n")
    note = page(shop.build()).find("p", class_="cdc-illustration")
    assert words(note) == "Illustration: the figures are made up."


def test_a_diagram_without_facts_says_nothing_of_them(shop):
    shop.flow("shop")
    figure = page(shop.build())
    assert figure.find(class_="cdc-sources") is None
    assert figure.find(class_="cdc-illustration") is None


@pytest.mark.parametrize(("builder", "name"), [("text", "index.txt"), ("man", "shop.1"), ("latex", "shop.tex")])
def test_other_builders_say_the_same(shop, builder, name):
    more = {
        "man_pages": [("index", "shop", "Shop", "us", 1)],
        "latex_documents": [("index", "shop.tex", "Shop", "us", "manual")],
    }
    built = shop.build(builder, **more)
    assert built.warnings == ""
    text = " ".join(re.sub(r"\\(?:f[BIPR]|sphinx\w+|&|%)", "", built.text(name)).split())
    assert "Backs: API; Database: 2 TB; Database" in text
    assert "Illustration: Database: 30 ms; Queue" in text
    assert "shop--db" not in text.partition("Backs: ")[2].partition("More")[0]


def test_epub_links_to_the_list_of_nodes(shop):
    built = shop.build("epub", epub_copyright="x", version="1")
    figure = page(built, "index.xhtml")
    links = [link["href"] for link in figure.find(class_="cdc-sources").find_all("a", class_="cdc-claim")]
    assert links == ["#shop--api", "#shop--db", "#shop--api"]
    assert all(figure.find(id=link[1:]) is not None for link in links)


def test_claims_are_exported(shop):
    built = shop.build()
    content = json.loads(built.text("diagrams.json"))
    jsonschema.validate(content, json.loads(built.text("diagrams.schema.json")))
    (entry,) = content["diagrams"]
    assert [source["id"] for source in entry["sources"]] == ["report", "talk", ""]
    assert entry["illustration"] is False
    assert [(item["nodes"], item["text"], item["sources"], item["illustration"]) for item in entry["claims"]] == [
        (["api"], "", ["report", "talk"], False),
        (["db"], "2 TB", ["report"], False),
        (["db"], "30 ms", [], True),
        (["queue"], "", [], True),
        (["api", "db"], "rows <b>", ["talk"], False),
        (["db", "queue"], "", ["report"], False),
    ]
    explanations = {node["key"]: node["explanation"] for node in entry["nodes"]}
    assert explanations == {"api": "Takes orders.", "db": "Keeps them.", "queue": ""}


def test_claims_are_translated(shop):
    shop.write(
        "locales/ru/LC_MESSAGES/index.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Database"\nmsgstr "База"\n\nmsgid "2 TB"\nmsgstr "2 ТБ"\n',
    )
    built = shop.build(language="ru", locale_dirs=["locales"])
    item = page(built).find("details", class_="cdc-sources").li
    assert "API; База: 2 ТБ; База → Queue" in words(item)


def test_a_source_that_is_not_listed_is_a_warning_at_its_line(shop):
    shop.write("data/shop.yaml", SHOP.replace("source: talk}", "source: tolk}"))
    built = shop.build()
    assert "data/shop.yaml:12: WARNING: There is no source 'tolk'. Did you mean 'talk'? [cdc.unknown-source]" in (
        built.warnings
    )


class Recorder(BaseHTTPRequestHandler):
    """Answers every request and keeps its path."""

    seen: list[str]

    def do_HEAD(self):
        self.seen.append(self.path)
        self.send_response(404 if self.path == "/gone" else 200)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the base class calls it

    def log_message(self, *_args):
        """Say nothing."""


def test_linkcheck_visits_the_sources(shop):
    seen: list[str] = []
    handler = type("Handler", (Recorder,), {"seen": seen})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        host = f"http://127.0.0.1:{server.server_port}"
        shop.write("data/shop.yaml", SHOP.replace("https://example.org", host).replace("/talk", "/gone"))
        built = shop.build("linkcheck", linkcheck_retries=1)
        server.shutdown()
    assert set(seen) == {"/report", "/gone", "/more"}
    found = [json.loads(line) for line in built.text("output.json").splitlines()]
    assert {(item["uri"].removeprefix(host), item["status"]) for item in found} == {
        ("/report", "working"),
        ("/gone", "broken"),
        ("/more", "working"),
    }
