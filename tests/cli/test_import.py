"""``cdc-diagram import`` and ``validate`` of pages: what is found, written, replaced, repaired and left."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.fences.importing import data_text
from sphinx_diagram_ext.fences.pages import fences_of
from sphinx_diagram_ext.fences.repair import repair

FLOW = "flowchart LR\n  a[Alpha] --> b[Beta]\n"
OTHER = "sequenceDiagram\n  A->>B: hello\n"
BROKEN = "flowchart LR\n  a[Alpha (1)] --> b\n"


@pytest.fixture
def run(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, list[str]]:
        status = main(["import", *map(str, arguments)])
        said = capsys.readouterr()
        assert said.err == ""
        return status, said.out.splitlines()

    return call


def page(name: str, text: str, **how: str) -> Path:
    path = Path("docs", name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="", **how)
    return path


def files() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(Path().rglob("*")) if path.is_file()}


MARKDOWN = (
    f"# Login\n\nBefore.\n\n```mermaid\n{FLOW}```\n\n"
    f"## The *flow*\n\n:::{{mermaid}}\n:caption: C\n\n{OTHER}:::\n\nAfter.\n"
)


def test_fences_become_data_files_and_pages_name_them(run):
    path = page("guide/Log in.md", MARKDOWN)
    status, said = run("docs", "--replace")
    assert status == 0
    assert said[-1] == "2 fences: 2 data files written, 0 there already, 0 left as they are; 1 pages edited."
    assert path.read_text(encoding="utf-8") == (
        "# Login\n\nBefore.\n\n```{cdc-diagram} guide/log-in/login\n```\n\n## The *flow*\n\n"
        "```{cdc-diagram} guide/log-in/the-flow\n:caption: C\n```\n\nAfter.\n"
    )
    catalog = Catalog([Path("data")])
    assert catalog.check() == []
    assert catalog.get("guide/log-in/login").title.text == "Login"
    assert catalog.get("guide/log-in/login").body.source == FLOW
    assert catalog.get("guide/log-in/the-flow").title.text == "The flow"


def test_run_again_nothing_changes(run):
    page("a.md", f"{MARKDOWN}\n```mermaid\n{OTHER}B-->>A: x\n```\n")
    run("docs")
    before = files()
    assert len(before) == 4
    status, said = run("docs")
    assert (status, said[-1]) == (
        0,
        "3 fences: 0 data files written, 3 there already, 0 left as they are; 0 pages edited.",
    )
    assert files() == before
    run("docs", "--replace")
    before = files()
    assert run("docs", "--replace")[1][-1].startswith("0 fences")
    assert files() == before


def test_a_dry_run_shows_a_diff_and_writes_nothing(run):
    page("a.md", MARKDOWN)
    before = files()
    status, said = run("docs", "--replace", "--dry-run")
    assert (status, files()) == (0, before)
    assert "--- docs/a.md" in said
    assert "+```{cdc-diagram} a/login" in said
    assert "+++ data/a/login.yaml" in said
    assert f"-{FLOW.splitlines()[1]}" in said


def test_what_does_not_parse_stays_with_its_error_and_the_rest_is_imported(run):
    path = page("a.md", f"# A\n\n```mermaid\n{BROKEN}```\n\n```mermaid\n{FLOW}```\n")
    status, said = run("docs", "--replace")
    assert status == 1
    assert said[-2].startswith("docs/a.md:5: The Mermaid source does not parse: found 'a[Alpha (1)]'")
    assert path.read_text(encoding="utf-8") == f"# A\n\n```mermaid\n{BROKEN}```\n\n```{{cdc-diagram}} a/a\n```\n"


def test_repairs_are_told_and_written(run):
    page("a.md", f"# A\n\n```mermaid\n{BROKEN}```\n")
    status, said = run("docs", "--repair")
    assert status == 0
    assert (
        said[1]
        == "docs/a.md:5: repaired: found 'a[Alpha (1)]': brackets in a label need quotes; write a[\"Alpha (1)\"]."
    )
    assert 'a["Alpha (1)"] --> b' in Path("data/a/a.yaml").read_text(encoding="utf-8")
    assert run("docs", "--repair")[1][-1].startswith("1 fences: 0 data files written, 1 there already")


def test_the_same_id_with_another_source_gets_a_number(run):
    page("a.md", f"# A\n\n```mermaid\n{FLOW}```\n\n```mermaid\n{OTHER}```\n\n```mermaid\n{FLOW}```\n")
    Path("data/a").mkdir(parents=True)
    Path("data/a/a.yaml").write_text("diagram: {type: flow, title: T, nodes: {a: A}, flows: []}\n", encoding="utf-8")
    before = Path("data/a/a.yaml").read_bytes()
    run("docs")
    assert Path("data/a/a.yaml").read_bytes() == before
    assert sorted(path.name for path in Path("data/a").iterdir()) == ["a-2.yaml", "a-3.yaml", "a-4.yaml", "a.yaml"]


def test_lists_quotes_and_line_ends_of_a_page_stay(run):
    text = (
        '# A\n\n- item\n\n  ```mermaid\n  flowchart LR\n    a --> b\n  ```\n\n> ```mermaid\n> pie\n> "a" : 1\n> ```\n'
    )
    path = page("a.md", text.replace("\n", "\r\n"))
    run("docs", "--replace")
    assert path.read_bytes().decode() == (
        "# A\n\n- item\n\n  ```{cdc-diagram} a/a\n  ```\n\n> ```{cdc-diagram} a/a-2\n> ```\n".replace("\n", "\r\n")
    )


def test_rest_pages(run):
    body = "".join(f"   {line}\n" for line in FLOW.splitlines())
    first = f"Title\n=====\n\n.. mermaid::\n   :caption: C\n\n{body}\n"
    path = page("a.rst", f"{first}Text::\n\n   .. mermaid::\n\n      no\n\n.. mermaid:: f.mmd\n")
    page("f.mmd", OTHER)
    status, _said = run("docs/a.rst", "--replace")
    assert status == 0
    assert path.read_text(encoding="utf-8") == (
        "Title\n=====\n\n.. cdc-diagram:: a/title\n   :caption: C\n\nText::\n\n   .. mermaid::\n\n      no\n\n"
        ".. cdc-diagram:: a/title-2\n"
    )


def test_files_of_mermaid(run):
    path = page("deep/flow.mmd", FLOW)
    assert run("docs", "--replace")[0] == 0
    assert path.read_text(encoding="utf-8") == FLOW
    assert Path("data/deep/flow.yaml").is_file()


BAD = {
    "never closed": (f"# A\n\n```mermaid\n{FLOW}", "docs/bad.md:3: The fence that begins here is never closed"),
    "front matter": (f"```mermaid\n---\ntitle: [a\n---\n{FLOW}```\n", "In the front matter:"),
    "empty": ("```mermaid\n```\n", "docs/bad.md:1: The diagram is empty"),
    "too long": ("```mermaid\nflowchart LR\n" + "a --> b\n" * 260_000 + "```\n", "characters, more than 200,000"),
    "outside": ("```{mermaid} ../../secret.mmd\n```\n", "leads out of its data folder"),
    "not utf-8": ("\udcff", "not UTF-8"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pages_give_a_message_and_everything_else_is_imported(run, name):
    text, message = BAD[name]
    page("bad.md", text, errors="surrogateescape")
    page("good.md", MARKDOWN)
    before = Path("docs/bad.md").read_bytes()
    status, said = run("docs", "--replace")
    assert status == 1
    assert any(message in line for line in said)
    assert Path("docs/bad.md").read_bytes() == before
    assert Path("data/good/login.yaml").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No heading.\n\n```mermaid\n" + FLOW + "```\n",
        "````md\n```mermaid\n" + FLOW + "```\n````\n",
        "\t```mermaid\n\tx\n",
    ],
)
def test_pages_without_headings_and_fences_in_fences(run, text):
    page("a.md", text)
    status, said = run("docs")
    assert status == 0
    assert said[-1].startswith("1 fences" if text.startswith("No") else "0 fences")


def test_a_data_folder_that_leads_elsewhere_by_a_heading(run):
    page("a.md", f"# ../../x/../y\n\n```mermaid\n{FLOW}```\n")
    run("docs")
    assert [path.as_posix() for path in Path("data").rglob("*.yaml")] == ["data/a/x-y.yaml"]


def test_a_file_that_cannot_be_written_is_an_error_without_a_traceback(run, capsys):
    page("a.md", MARKDOWN)
    Path("data").write_text("", encoding="utf-8")
    assert main(["import", "docs"]) == 2
    assert "cdc-diagram: data" in capsys.readouterr().err


@pytest.mark.parametrize(
    "source",
    [
        FLOW,
        '  pie\n  "a" : 1\n',
        "flowchart LR\n\ta --> b\n",
        '---\ntitle: x\n---\npie\n "a" : 1',
    ],
)
def test_the_source_in_a_data_file_is_that_of_the_page(source, tmp_path):
    (tmp_path / "a.yaml").write_text(data_text('A "title": x', source), encoding="utf-8")
    diagram = Catalog([tmp_path]).get("a")
    assert diagram.title.text == 'A "title": x'
    assert diagram.body.source.rstrip() == source.rstrip()


REPAIRED = [
    (
        "flowchart LR\n a[x (1)] --> b{y [2]}\n c(z {3}) --> d\n",
        'flowchart LR\n a["x (1)"] --> b{"y [2]"}\n c("z {3}") --> d\n',
    ),
    ('flowchart LR\n a[Say "hi" (now)]\n', 'flowchart LR\n a["Say #quot;hi#quot; (now)"]\n'),
    ("flowchart LR\n a -->|x (1)| b\n", 'flowchart LR\n a -->|"x (1)"| b\n'),
    ("flowchart LR\n subgraph s [T (x)]\n  a -> end\n", 'flowchart LR\n subgraph s ["T (x)"]\n  a --> End\n end\n'),
    ("sequenceDiagram\n loop x\n  A->>B hello there\n", "sequenceDiagram\n loop x\n  A->>B: hello there\n end\n"),
    ("stateDiagram-v2\n state A {\n  [*] -> B\n", "stateDiagram-v2\n state A {\n  [*] --> B\n }\n"),
    ("timeline\n 14:00 : started\n", "timeline\n 14#58;00 : started\n"),
    ("pie\n Dogs : 3\n", 'pie\n "Dogs" : 3\n'),
]


@pytest.mark.parametrize(("source", "wanted"), REPAIRED)
def test_repairs_keep_the_words(source, wanted):
    assert repair(source, MermanEngine()).source == wanted


@pytest.mark.parametrize("source", ["flowchart LR\n a --> b\n b -->\n", "no diagram\n", "flowchart LR\n a[x\n"])
def test_what_only_the_author_knows_is_not_repaired(source):
    assert repair(source, MermanEngine()).source is None


def test_validate_checks_what_stands_in_a_page(run, capsys):
    yaml = "diagram:\n  type: flow\n  titel: x\n"
    page(
        "a.md",
        f"# A\n\n```mermaid\n{BROKEN}```\n\n```{{cdc-diagram}}\n:name: x\n\n{yaml}```\n\n```{{cdc-diagram}} there\n```",
    )
    assert main(["validate", "docs/a.md"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("docs/a.md:5: The Mermaid source does not parse")
    assert "docs/a.md:13:3: Unknown key 'titel'. Did you mean 'title'? [unknown-key]" in said
    assert said[-1].startswith("2 diagrams checked")


@pytest.mark.parametrize(
    "piece", ["> ", "- ", "```mermaid\n", ":::{mermaid}\n", ".. mermaid::\n\n   ", "# a\n", "`" * 7]
)
def test_hostile_pages_are_read_in_time(piece):
    for suffix in (".md", ".rst"):
        assert list(fences_of(piece * 20_000, suffix)) is not None
