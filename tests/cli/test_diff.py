"""What changed between two revisions: as Markdown, as JSON, as a picture; with files that cannot be compared."""

from __future__ import annotations

import json
import subprocess
from xml.etree import ElementTree as ET

import pytest

from sphinx_diagram_ext.cli import main

FLOW = """\
diagram:
  type: flow
  title: Orders
  nodes:
    shop: Shop
    billing: {name: Billing, details: [10 a second]}
    old: Old
  flows:
    - {from: shop, to: billing, label: pay}
    - {from: shop, to: old}
"""

CHANGED = """\
# Another order of the same keys is no change.
diagram:
  title: Orders and bills
  type: flow
  nodes:
    shop: {name: Shop, tone: problem}
    bill: {name: Billing, details: [20 a second]}
    mail: Mail `x`
  flows:
    - {from: shop, to: bill, label: pay}
    - {from: shop, to: mail}
"""

WANTED = """\
Diagrams: 1 added, 1 removed, 2 changed.

- added `new`: `New`
- removed `gone`: `Gone`

### `moved`

- renamed from `here`

### `orders`

- ~ text `title`: `Orders` → `Orders and bills`
- ~ node `shop: tone`: `neutral` → `problem`
- → node `bill`: `billing` → `bill`
- ~ node `bill: details`: `10 a second` → `20 a second`
- + node `mail`: `` Mail `x` ``
- - node `old`: `Old`
- + edge `shop -> bill`: `pay`
- + edge `shop -> mail`
- - edge `shop -> billing`: `pay`
- - edge `shop -> old`
"""


def simple(title: str) -> str:
    return f"diagram: {{type: flow, title: {title}, nodes: {{a: A}}}}\n"


@pytest.fixture
def repository(tmp_path, monkeypatch):
    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)

    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "data").mkdir()
    files = {"orders": FLOW, "gone": simple("Gone"), "here": simple("Here"), "same": simple("Same")}
    for name, text in files.items():
        (tmp_path / "data" / f"{name}.yaml").write_text(text, encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "one")
    (tmp_path / "data" / "orders.yaml").write_text(CHANGED, encoding="utf-8")
    (tmp_path / "data" / "gone.yaml").unlink()
    (tmp_path / "data" / "here.yaml").rename(tmp_path / "data" / "moved.yaml")
    (tmp_path / "data" / "new.yaml").write_text(simple("New"), encoding="utf-8")
    git("add", ".")
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "two")
    return tmp_path


@pytest.mark.parametrize("revisions", ["HEAD~1..HEAD", "HEAD~1"])
def test_markdown(repository, revisions, capsys):
    assert main(["diff", revisions]) == 1
    assert capsys.readouterr().out == WANTED


def test_nothing_changed(repository, capsys):
    assert main(["diff", "HEAD..HEAD"]) == 0
    assert main(["diff"]) == 0
    assert capsys.readouterr().out == "No diagram changed.\n" * 2


def test_json(repository, capsys):
    assert main(["diff", "HEAD~1..HEAD", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["added"] == [{"id": "new", "title": "New"}]
    assert [(one["id"], one["old_id"], len(one["changes"])) for one in found["changed"]] == [
        ("moved", "here", 0),
        ("orders", "orders", 10),
    ]


def test_the_picture_has_both_states(repository):
    assert main(["diff", "HEAD~1..HEAD", "--picture", "out.svg"]) == 1
    root = ET.parse(repository / "out.svg").getroot()
    texts = {" ".join("".join(item.itertext()).split()) for item in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"HEAD~1", "HEAD", "orders", "new", "gone", "not there", "Old", "Mail `x`"} <= texts


def test_a_file_that_cannot_be_read_is_said_and_the_rest_goes_on(repository, capsys):
    (repository / "data" / "orders.yaml").write_text("diagram: [\n", encoding="utf-8")
    assert main(["diff", "HEAD~1"]) == 1
    said = capsys.readouterr().out
    assert "### Not compared\n\n- now: `orders:1:10: This is not YAML:" in said
    assert "- removed `orders`" not in said
    assert "- added `new`" in said


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "git has no revision 'nowhere' here"),
        ("--output=x..HEAD", "git has no revision '--output=x' here"),
        ("..HEAD", "wanted a revision, or two as A..B"),
        ("HEAD...HEAD", "wanted a revision, or two as A..B"),
    ],
)
def test_wrong_usage(repository, revision, said, capsys):
    assert main(["diff", "--", revision]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_outside_a_repository(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    assert main(["diff"]) == 2
    assert capsys.readouterr().err.startswith("cdc-diagram: diff: git")


def test_links_that_lead_out_are_not_followed(repository):
    (repository / "data" / "out.yaml").symlink_to("/etc/hostname")
    subprocess.run(["git", "add", "."], check=True)
    commit = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-qm", "three"]
    subprocess.run(commit, check=True, capture_output=True)
    assert main(["diff", "HEAD~1..HEAD"]) == 0
