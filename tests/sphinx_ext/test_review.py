"""Status, symptoms and texts of errors: on the page, in indexes and in diagrams.json."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

GUIDE = """\
diagram:
  type: flow
  title: Replication lags
  symptoms: [lag grows, old rows]
  messages: ["requested WAL segment <0001> has already been removed"]
  status: checked
  written_by: Ada
  checked_by: Grace <b>
  nodes: {a: A, b: B}
"""
INDEX = """\
# Index

```{cdc-diagram} guide
```

```{cdc-diagram} draft
```

```{cdc-diagram-index}
:group-by: symptom
:filter: status=checked
```

```{cdc-diagram-index}
:group-by: message
:filter: id=guide
```
"""


@pytest.fixture
def guide(site):
    site.write("data/guide.yaml", GUIDE)
    site.write("data/draft.yaml", "diagram: {type: flow, title: A draft, status: draft, nodes: {a: A}}\n")
    site.write("index.md", INDEX)
    return site


def words(element):
    return " ".join(element.get_text().split())


def test_pages_and_indexes_say_it(guide):
    built = guide.build()
    assert built.warnings == ""
    page = BeautifulSoup(built.text("index.html"), "html.parser")
    figure = page.find("figure", id="guide")
    assert words(figure.find(class_="cdc-status-checked")) == "Checked by Grace <b>"
    assert words(page.find("figure", id="draft").find(class_="cdc-status-draft")) == "Draft"
    symptoms, messages = figure.find_all(class_="cdc-signs")
    assert words(symptoms) == "Symptoms: lag grows; old rows"
    assert words(messages) == "Messages: requested WAL segment <0001> has already been removed"
    assert messages.find("code") is not None
    groups = [words(item) for item in page.find_all(class_="cdc-index-group")]
    assert groups == ["lag grows", "old rows", "requested WAL segment <0001> has already been removed"]
    (entry,) = (item for item in json.loads(built.text("diagrams.json"))["diagrams"] if item["id"] == "guide")
    assert (entry["symptoms"], entry["status"]) == (["lag grows", "old rows"], "checked")
