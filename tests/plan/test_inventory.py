"""Inventory: rows, what is wrong with them, how far they are, and new files that begin with one."""

from __future__ import annotations

import json

import pytest

from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.plan.inventory import COLUMNS, read_inventory

HEAD = "\t".join(COLUMNS)
ROWS = (
    "incidents/shop/timeline\tincidents\tShop\ttimeline\ttimeline\tThe shop was down\tR shop/post-mortem",
    "incidents/bank/timeline\tincidents\tBank\ttimeline\ttimeline\tThe bank was down\t",
    "costs/shop/breakdown\tcosts\tShop\tbreakdown\tcost\tA month of the shop\t?",
)
FLOW = """\
diagram:
  type: flow
  title: A flow
  summary: What flows.
  {more}
  nodes: {{a: Orders of {name}, b: Invoices}}
  flows: [{{from: a, to: b}}]
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data" / "atlas").mkdir(parents=True)
    write(tmp_path, *ROWS)
    (tmp_path / "pyproject.toml").write_text('[tool.cdc-diagram]\ninventory = "data/atlas/inventory.tsv"\n')
    return tmp_path


def write(folder, *rows, head=HEAD):
    path = folder / "data" / "atlas" / "inventory.tsv"
    path.write_text("\n".join((head, *rows, "")), encoding="utf-8")
    return path


def diagram(folder, name, more=""):
    path = folder / "data" / "atlas" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FLOW.format(more=more, name=name), encoding="utf-8")


def test_rows(folder):
    rows, problems = read_inventory(write(folder, *ROWS))
    assert problems == []
    assert (rows[0].id, rows[0].title, rows[0].line) == ("incidents/shop/timeline", "The shop was down", 2)
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (ROWS[0], "The id 'incidents/shop/timeline' is in line 2 already; rename or drop one of them."),
        (
            ROWS[1].replace("bank/timeline", "bank/time"),
            "is not 'incidents/bank/timeline', which category, subject and",
        ),
        (ROWS[1].replace("\ttimeline\ttimeline", "\ttimeline\ttimelin"), "no diagram type 'timelin'. Did you mean"),
        (ROWS[1].replace("The bank was down", " "), "The row has no title."),
        ("a\tb", "The row has 2 cells, wanted 7, with tabs between them."),
        (ROWS[1].replace("incidents/bank", "../bank"), "is not 'incidents/bank/timeline'"),
    ],
)
def test_a_wrong_row_is_a_message_and_the_others_are_read(folder, row, said):
    rows, problems = read_inventory(write(folder, ROWS[0], row, ROWS[2]))
    assert [row.id for row in rows] == ["incidents/shop/timeline", "costs/shop/breakdown"]
    assert [problem.line for problem in problems] == [3]
    assert said in problems[0].message


def test_other_columns(folder):
    with pytest.raises(ProblemsError, match="The first row has the columns id, name; wanted id, category, subject,"):
        read_inventory(write(folder, head="id\tname"))
    with pytest.raises(ProblemsError, match="The inventory does not exist"):
        read_inventory(folder / "none.tsv")


def test_how_far_the_rows_are(folder, capsys):
    diagram(folder, "incidents/shop/timeline", "status: reviewed\n  written_by: Ada\n  checked_by: Grace")
    diagram(folder, "incidents/bank/timeline", "status: draft")
    diagram(folder, "costs/shop/breakdown", "status: dreft")
    assert main(["coverage"]) == 0
    assert capsys.readouterr().out == (
        "category   rows  written  valid  clean  checked  reviewed  done\n"
        "incidents     2        2      2      2        1         1     1\n"
        "costs         1        1      0      0        0         0     0\n"
        "all           3        3      2      2        1         1     1\n"
    )
    assert main(["coverage", "--by", "subject", "--format", "page"]) == 0
    assert "| Shop | 2 | 2 | 1 | 1 | 1 | 1 | 1 |\n" in capsys.readouterr().out
    assert main(["coverage", "--by", "view", "--format", "json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert [group["group"] for group in content["groups"]] == ["timeline", "breakdown", "all"]
    assert content["rows"][0] == {
        "id": "incidents/shop/timeline",
        "title": "The shop was down",
        "diagram": "atlas/incidents/shop/timeline",
        "status": "reviewed",
        **dict.fromkeys(("written", "valid", "clean", "checked", "reviewed", "done"), True),
    }


def test_a_diagram_with_a_warning_is_not_clean(folder, capsys):
    diagram(folder, "incidents/shop/timeline", "status: checked\n  written_by: A\n  checked_by: B")
    path = folder / "data" / "atlas" / "incidents" / "shop" / "timeline.yaml"
    path.write_text(path.read_text().replace("Orders of", "TODO"), encoding="utf-8")
    assert main(["coverage"]) == 0
    assert "all           3        1      1      0        1         0     0\n" in capsys.readouterr().out


def test_the_inventory_is_found_from_a_folder_below(folder, capsys, monkeypatch):
    monkeypatch.chdir(folder / "data" / "atlas")
    assert main(["coverage"]) == 0
    assert "all           3" in capsys.readouterr().out


def test_a_wrong_inventory_is_said(folder, capsys):
    write(folder, *ROWS, ROWS[0])
    assert main(["coverage"]) == 1
    assert "inventory.tsv:5: The id 'incidents/shop/timeline' is in line 2 already" in capsys.readouterr().err


def test_names_of_an_inventory_are_no_markup(folder, capsys):
    write(folder, "incidents/x/timeline\tincidents\t<x>\ttimeline\ttimeline\tT\t")
    main(["coverage", "--by", "subject", "--format", "page"])
    assert "| \\<x\\> | 1 |" in capsys.readouterr().out


def test_a_new_file_begins_with_its_row(folder, capsys):
    assert main(["new", "--row", "incidents/shop/timeline"]) == 0
    assert capsys.readouterr().out == "data/atlas/incidents/shop/timeline.yaml\n"
    text = (folder / "data" / "atlas" / "incidents" / "shop" / "timeline.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Where the facts are: R shop/post-mortem\n")
    assert 'title: "The shop was down"' in text
    assert 'subject: "Shop"' in text
    assert 'status: "draft"' in text
    main(["coverage"])
    assert "all           3        1      1      1        0         0     0\n" in capsys.readouterr().out
    assert main(["new", "--row", "incidents/shop/timeline"]) == 2
    assert main(["new", "--row", "incidents/shp/timeline"]) == 2
    assert "Did you mean 'incidents/shop/timeline'" in capsys.readouterr().err


def test_the_inventory_of_this_project(project):
    rows, problems = read_inventory(project / "data" / "atlas" / "inventory.tsv")
    assert problems == []
    assert len(rows) == 1247


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("status: checked", "says in 'checked_by' who checked it"),
        ("written_by: Ada\n  checked_by: ada", "who wrote a diagram cannot check it; name another"),
        ("checked_by: Grace", "wanted 'written_by' too"),
    ],
)
def test_nobody_checks_what_they_wrote(folder, more, said, capsys):
    diagram(folder, "one", more)
    assert main(["validate", "data/atlas/one.yaml"]) == 1
    assert said in capsys.readouterr().out
