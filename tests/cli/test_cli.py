"""The command: what it prints, where, and its exit status; never a traceback."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from bad_samples import BAD, Bad
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import GOOD

from sphinx_diagram_ext import __version__
from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.engine.protocol import Drawing
from sphinx_diagram_ext.types.json_schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.engine import Structure
    from sphinx_diagram_ext.mermaid import MermaidSource

ROOT = Path(__file__).parents[2]


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    def call(*arguments: object) -> Done:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return call


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a good diagram of every type below ``data/``, as the current folder."""
    for name, text in GOOD.items():
        path = tmp_path / "data" / "good" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def broken(site: Path) -> Path:
    (site / "data" / "bad.yaml").write_text(
        "diagram:\n  tags: x\n  titel: x\n  type: flow\n  nodes: {a: }\n", encoding="utf-8"
    )
    (site / "data" / "worse.yml").write_text("diagram: [\n", encoding="utf-8")
    source = "diagram:\n  type: mermaid\n  title: T\n  source: |\n    flowchart LR\n      a[Call (x)]\n"
    (site / "data" / "zz.yaml").write_text(source, encoding="utf-8")
    return site


def test_good_data(site: Path, run: Callable[..., Done]) -> None:
    assert run("validate") == Done(0, "7 diagrams checked, 0 errors.\n", "")


def test_processes_give_the_same_answer(broken: Path, run: Callable[..., Done]) -> None:
    assert run("validate", "--jobs", "3") == run("validate", "--jobs", "1")
    assert run("validate", "--jobs", "3").out.endswith("10 diagrams checked, 4 errors.\n")


def test_every_error_of_every_file(broken: Path, run: Callable[..., Done]) -> None:
    done = run("validate")
    lines = done.out.splitlines()
    assert (done.status, done.err) == (1, "")
    assert lines[0].startswith("data/bad.yaml:2:9: Found 'x', wanted a list")
    assert lines[1] == "data/bad.yaml:3:3: Unknown key 'titel'. Did you mean 'title'? [unknown-key]"
    assert lines[2].startswith("data/worse.yml:1:10: This is not YAML: ")
    assert lines[3].startswith("data/zz.yaml:6: The Mermaid source does not parse: ")
    assert lines[4:] == ["10 diagrams checked, 4 errors."]


def test_errors_as_json(broken: Path, run: Callable[..., Done]) -> None:
    done = run("validate", "--format", "json")
    report = json.loads(done.out)
    assert (done.status, report["version"], report["checked"]) == (1, 1, 10)
    assert report["errors"][1] == {
        "file": "data/bad.yaml",
        "line": 3,
        "column": 3,
        "code": "unknown-key",
        "message": "Unknown key 'titel'. Did you mean 'title'?",
    }
    assert len(report["errors"]) == 4


def test_errors_for_github(broken: Path, run: Callable[..., Done]) -> None:
    done = run("validate", "--format", "github")
    lines = done.out.splitlines()
    assert done.status == 1
    assert lines[1] == (
        "::error file=data/bad.yaml,line=3,col=3,title=cdc unknown-key::Unknown key 'titel'. Did you mean 'title'?"
    )
    assert all(line.startswith("::error file=data/") for line in lines)
    assert len(lines) == 4


def test_github_annotations_are_escaped(site: Path, run: Callable[..., Done]) -> None:
    path = site / "data" / "a,b:c%.yaml"
    path.write_text('diagram: {type: flow, title: T, nodes: {a: }, "x%\\ny": 1}\n', encoding="utf-8")
    done = run("validate", "--format", "github", path)
    assert len(done.out.splitlines()) == 1
    assert "a%2Cb%3Ac%25.yaml,line=1" in done.out
    assert "x%25" in done.out


def test_good_data_prints_no_annotation(site: Path, run: Callable[..., Done]) -> None:
    assert run("validate", "--format", "github") == Done(0, "", "")


def test_one_diagram_is_one(site: Path, run: Callable[..., Done]) -> None:
    assert run("validate", "data/good/flow.yaml").out == "1 diagram checked, 0 errors.\n"


def test_files_and_folders_may_be_named(broken: Path, run: Callable[..., Done]) -> None:
    assert run("validate", "data/good").status == 0
    done = run("validate", "data/bad.yaml", "data/good", "data/worse.yml")
    assert done.status == 1
    assert done.out.splitlines()[-1] == "9 diagrams checked, 3 errors."


def test_the_same_file_named_twice_is_reported_once(broken: Path, run: Callable[..., Done]) -> None:
    assert run("validate", "data/worse.yml", "data/worse.yml").out.count("not YAML") == 1


@pytest.mark.parametrize("path", ["nowhere.yaml", "nowhere", "pyproject.toml"])
def test_a_path_that_is_no_data_is_wrong_usage(site: Path, path: str, run: Callable[..., Done]) -> None:
    (site / "pyproject.toml").write_text("", encoding="utf-8")
    done = run("validate", path)
    assert (done.status, done.out) == (2, "")
    assert f"'{path}' is neither a YAML file, a page nor a folder" in done.err


@pytest.mark.parametrize("command", [["validate"], ["list"], ["render", "x"], ["lint"], ["lint", "--fix"]])
def test_a_missing_folder_is_wrong_usage(
    tmp_path: Path, command: list[str], run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*command).status == 2
    done = run(*command, "--data", "nowhere")
    assert (done.status, done.out) == (2, "")
    assert "'nowhere' does not exist" in done.err


def test_an_empty_folder_is_an_error(tmp_path: Path, run: Callable[..., Done]) -> None:
    done = run("validate", "--data", tmp_path)
    assert done.status == 1
    assert "holds no YAML file" in done.out


def test_several_data_folders(site: Path, run: Callable[..., Done]) -> None:
    (site / "more").mkdir()
    (site / "more" / "x.yaml").write_text(GOOD["flow"], encoding="utf-8")
    assert run("validate", "--data", "data", "--data", "more").out == "8 diagrams checked, 0 errors.\n"


COMMANDS = [
    ("validate",),
    ("validate", "data", "data/good/flow.yaml", "--jobs", "2"),
    ("lint",),
    ("lint", "--fix"),
    ("lint", "data", "data/good/flow.yaml"),
    ("render", "good/flow"),
    ("render", "data/good/flow.yaml"),
    ("list",),
    ("new", "--list"),
    ("new", "shop/new", "--template", "costs/breakdown"),
    ("schema",),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_settings_and_data_are_read_once(
    site: Path, command: tuple[str, ...], run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "data" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    (site / "types").mkdir()
    settings = '[tool.cdc-diagram]\nplan = "data/plan.yaml"\ntypes = "types"\nlimits = {nodes = 99}\n'
    (site / "pyproject.toml").write_text(settings, encoding="utf-8")
    read, listed = [], []
    loads, listing = tomllib.loads, Catalog._list
    monkeypatch.setattr(tomllib, "loads", lambda text: read.append(text) or loads(text))
    monkeypatch.setattr(Catalog, "_list", lambda self, folder: listed.append(folder) or listing(self, folder))
    assert run(*command).status == 0
    assert len(read) == (0 if command == ("schema",) else 1)
    assert len(listed) <= 1


def test_errors_as_sarif(broken: Path, run: Callable[..., Done]) -> None:
    done = run("validate", "--format", "sarif")
    (log,) = json.loads(done.out)["runs"]
    assert (done.status, [item["ruleId"] for item in log["results"]]) == (
        1,
        ["schema", "unknown-key", "yaml", "mermaid"],
    )
    assert {item["level"] for item in log["results"]} == {"error"}
    place = log["results"][1]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "data/bad.yaml"}, "region": {"startLine": 3, "startColumn": 3}}


PLAN = "plan:\n  categories:\n    bills: {count: 2}\n"


def test_plans_are_checked_too(site: Path, run: Callable[..., Done]) -> None:
    path = site / "data" / "good" / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    for arguments in ([], ["data/good"], ["--jobs", "2"], ["data/good", "data/good/plan.yaml"]):
        assert run("validate", *arguments) == Done(0, "7 diagrams and 1 plan checked, 0 errors.\n", "")
    assert run("validate", path) == Done(0, "1 plan checked, 0 errors.\n", "")
    assert json.loads(run("validate", "--format", "json").out) == {"version": 1, "checked": 8, "errors": []}
    assert len(run("list").out.splitlines()) == 7
    path.write_text(PLAN.replace("2", "two"), encoding="utf-8")
    said = "data/good/plan.yaml:3:20: Found 'two', wanted a whole number. [schema]\n"
    assert run("validate") == Done(1, f"{said}7 diagrams and 1 plan checked, 1 error.\n", "")
    assert run("validate", "data/good/plan.yaml").out == f"{said}1 plan checked, 1 error.\n"
    assert (run("list").status, run("list").err) == (0, "")


def test_the_plan_of_pyproject_is_checked_wherever_it_is(site: Path, run: Callable[..., Done]) -> None:
    (site / "pyproject.toml").write_text('[tool.cdc-diagram]\nplan = "plan.yaml"\n', encoding="utf-8")
    assert run("validate").out == (
        "plan.yaml: The plan does not exist; create the file or fix the setting that names it. [file]\n"
        "7 diagrams and 1 plan checked, 1 error.\n"
    )
    (site / "plan.yaml").write_text(PLAN, encoding="utf-8")
    assert run("validate").out == "7 diagrams and 1 plan checked, 0 errors.\n"
    (site / "plan.yaml").rename(site / "data" / "plan.yaml")
    (site / "pyproject.toml").write_text('[tool.cdc-diagram]\nplan = "data/plan.yaml"\n', encoding="utf-8")
    assert run("validate").out == "7 diagrams and 1 plan checked, 0 errors.\n"
    (site / "pyproject.toml").write_text("[tool.cdc-diagram]\nplan = 3\n", encoding="utf-8")
    said = "cdc-diagram: pyproject.toml: [tool.cdc-diagram] plan: found 3, wanted the path of a file.\n"
    assert run("validate") == Done(2, "", said)


def test_a_plan_cannot_be_drawn(site: Path, run: Callable[..., Done]) -> None:
    (site / "data" / "plan.yaml").write_text(PLAN, encoding="utf-8")
    said = "'plan' is a plan, not a diagram (data/plan.yaml); name a diagram. [unknown-diagram]\n"
    assert run("render", "plan") == Done(1, "", said)
    assert "that of a plan is 'plan:', and a plan cannot be shown." in run("render", "data/plan.yaml").err


@pytest.mark.parametrize("value", ['["other"]', '"other"'])
def test_the_folder_of_pyproject(site: Path, value: str, run: Callable[..., Done]) -> None:
    (site / "data").rename(site / "other")
    (site / "pyproject.toml").write_text(f"[tool.cdc-diagram]\npath = {value}\n", encoding="utf-8")
    assert run("validate").out == "7 diagrams checked, 0 errors.\n"
    assert run("render", "good/flow").status == 0


@pytest.mark.parametrize(
    "content",
    [
        "[tool.cdc-diagram]\npath = 5\n",
        "[tool.cdc-diagram]\npath = [5]\n",
        "[tool.cdc-diagram\n",
        "tool = 5\n",
        "[tool]\ncdc-diagram = 5\n",
    ],
)
def test_a_bad_pyproject_is_wrong_usage(site: Path, content: str, run: Callable[..., Done]) -> None:
    (site / "pyproject.toml").write_text(content, encoding="utf-8")
    done = run("validate")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("cdc-diagram: pyproject.toml")


@pytest.mark.parametrize("command", ["validate", "lint"])
@pytest.mark.parametrize("plan", ["a\\u0000b", "a" * 300, "nowhere.yaml"])
def test_a_plan_that_cannot_be_read_is_an_error(site: Path, plan: str, command: str, run: Callable[..., Done]) -> None:
    (site / "pyproject.toml").write_text(f'[tool.cdc-diagram]\nplan = "{plan}"\n', encoding="utf-8")
    done = run(command)
    assert done.status == 1
    assert "The plan does not exist" in done.out + done.err


@pytest.mark.parametrize("content", ["a = " + "[" * 3_000, "a = " + "1" * 5_000, "a = 'x"])
def test_a_pyproject_that_no_parser_takes_is_wrong_usage(site: Path, content: str, run: Callable[..., Done]) -> None:
    (site / "pyproject.toml").write_text(content, encoding="utf-8")
    done = run("validate")
    assert done.status == 2
    assert "pyproject.toml cannot be read" in done.err


def test_a_pyproject_without_a_path_means_data(site: Path, run: Callable[..., Done]) -> None:
    (site / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert run("validate").status == 0


@pytest.mark.parametrize("name", GOOD)
def test_svg(site: Path, name: str, run: Callable[..., Done]) -> None:
    assert run("render", f"good/{name}", "-o", "out.svg") == Done(0, "", "")
    svg = (site / "out.svg").read_text(encoding="utf-8")
    assert ET.fromstring(svg).tag == "{http://www.w3.org/2000/svg}svg"
    assert "\U00100000" not in svg
    assert 'id="cdc-title"' in svg


def test_text_of_a_drawing_is_not_changed_on_its_way_to_a_file(site: Path, run: Callable[..., Done]) -> None:
    path = site / "x.yaml"
    path.write_text('diagram: {type: flow, title: T, nodes: {a: "x\\U00100000y"}}\n', encoding="utf-8")
    if run("render", "x.yaml", "-o", "out.svg").status == 0:
        assert "xcdcy" not in (site / "out.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GOOD)
def test_mermaid_text_is_written_by_default(site: Path, name: str, run: Callable[..., Done]) -> None:
    done = run("render", f"good/{name}")
    assert run("render", f"good/{name}", "--output", "out.mmd").status == 0
    assert done.out == (site / "out.mmd").read_text(encoding="utf-8")
    assert done.out.split()[0] in ("flowchart", "sequenceDiagram", "timeline")
    assert done.out.endswith("\n")
    assert not done.out.endswith("\n\n")


@pytest.mark.parametrize("name", GOOD)
def test_a_drawing_in_characters(site: Path, name: str, run: Callable[..., Done]) -> None:
    assert run("render", f"good/{name}", "-o", "out.txt").status == 0
    text = (site / "out.txt").read_text(encoding="utf-8")
    assert {"flow": "Warehouse", "sequence": "charge", "timeline": "Deploy"}.get(name, "") in text
    assert text.strip()


TWO_KAFKAS = """\
diagram:
  type: architecture
  title: Two regions
  summary: Both hold all topics.
  components:
    a: {kafka: {name: Kafka, tone: problem}}
    b: {kafka: {name: Kafka}}
  flows:
    - {from: a.kafka, to: b.kafka, label: mirrors}
"""


def test_a_list_in_place_of_a_drawing_tells_nodes_and_tones_apart(site: Path, run: Callable[..., Done]) -> None:
    (site / "two.yaml").write_text(TWO_KAFKAS, encoding="utf-8")
    assert run("render", "two.yaml", "-o", "out.txt", "--width", "5").status == 0
    assert (site / "out.txt").read_text(encoding="utf-8").splitlines() == [
        "Two regions",
        "",
        "Both hold all topics.",
        "",
        "- A",
        "  - Kafka (problem)",
        "    - → Kafka (B): mirrors",
        "- B",
        "  - Kafka",
    ]


def test_a_file_may_be_drawn_without_its_folder(site: Path, run: Callable[..., Done]) -> None:
    path = site / "alone.yml"
    path.write_text(GOOD["flow"], encoding="utf-8")
    assert run("render", path) == run("render", "good/flow")


@pytest.mark.parametrize("name", ["out.gif", "out", "out.svg.bak"])
def test_an_unknown_suffix_is_wrong_usage(site: Path, name: str, run: Callable[..., Done]) -> None:
    done = run("render", "good/flow", "-o", name)
    assert (done.status, done.out) == (2, "")
    assert f"'{name}' does not end in one of .svg, .png, .pdf, .mmd, .txt" in done.err
    assert not (site / name).exists()


def test_an_unknown_id_names_the_nearest(site: Path, run: Callable[..., Done]) -> None:
    done = run("render", "good/flwo", "-o", "out.svg")
    assert (done.status, done.out) == (1, "")
    assert "There is no diagram 'good/flwo'. Did you mean 'good/flow'?" in done.err
    assert not done.err.startswith(":")
    assert not (site / "out.svg").exists()


def test_a_bad_diagram_is_not_drawn(broken: Path, run: Callable[..., Done]) -> None:
    done = run("render", "bad", "-o", "out.svg")
    assert done.status == 1
    assert len(done.err.splitlines()) == 2
    assert not (broken / "out.svg").exists()


def test_a_target_that_cannot_be_written_is_wrong_usage(site: Path, run: Callable[..., Done]) -> None:
    done = run("render", "good/flow", "-o", "no/such/folder/out.svg")
    assert (done.status, done.out) == (2, "")
    assert "No such file or directory" in done.err


def test_diagrams_are_listed(site: Path, run: Callable[..., Done]) -> None:
    done = run("list")
    assert done.status == 0
    assert done.out.splitlines()[0].split() == ["good/architecture", "architecture", "Shop"]
    assert len(done.out.splitlines()) == 7


@pytest.mark.parametrize(
    ("terms", "ids"),
    [
        (["type=flow"], ["good/flow"]),
        (["tag=orders"], ["good/architecture"]),
        (["tag=orders", "tag=storage"], ["good/architecture"]),
        (["tag=orders", "type=flow"], []),
        (["id=good/mermaid"], ["good/mermaid"]),
        (["subject=x"], []),
    ],
)
def test_a_list_is_filtered(site: Path, terms: list[str], ids: list[str], run: Callable[..., Done]) -> None:
    done = run("list", "--json", *(part for term in terms for part in ("--filter", term)))
    assert done.status == 0
    assert [item["id"] for item in json.loads(done.out)] == ids


def test_a_list_as_json(site: Path, run: Callable[..., Done]) -> None:
    (entry,) = json.loads(run("list", "--json", "--filter", "type=architecture").out)
    assert entry["title"] == "Shop"
    assert entry["summary"] == "Where an order goes."
    assert entry["nodes"] == ["scale", "gateway", "orders", "cache"]
    assert (entry["tags"], entry["file"]) == (["orders", "storage"], "data/good/architecture.yaml")


def test_a_list_tells_of_files_that_cannot_be_read(broken: Path, run: Callable[..., Done]) -> None:
    done = run("list")
    assert len(done.out.splitlines()) == 8
    assert "data/bad.yaml" in done.err


@pytest.mark.parametrize("term", ["type", "colour=red", "=x", ""])
def test_an_unknown_filter_is_wrong_usage(site: Path, term: str, run: Callable[..., Done]) -> None:
    done = run("list", "--filter", term)
    assert (done.status, done.out) == (2, "")
    assert "wanted FIELD=VALUE with one of id, type," in done.err


def test_the_schema_is_the_committed_one(tmp_path: Path, run: Callable[..., Done]) -> None:
    done = run("schema")
    assert json.loads(done.out) == json_schema()
    assert run("schema", "-o", tmp_path / "x.json").status == 0
    assert (tmp_path / "x.json").read_text(encoding="utf-8") == done.out
    assert (ROOT / "schema" / "diagram.schema.json").read_text(encoding="utf-8") == done.out


def test_the_version(run: Callable[..., Done]) -> None:
    assert run("--version") == Done(0, f"cdc-diagram {__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [[], ["--help"], ["validate", "--help"], ["render", "--help"], ["list", "--help"], ["schema", "--help"]],
)
def test_help(arguments: list[str], run: Callable[..., Done]) -> None:
    done = run(*arguments)
    assert (done.status, "usage: cdc-diagram" in done.out + done.err) == (0 if arguments else 2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nope"],
        ["validate", "--format", "xml"],
        ["validate", "--engine", "nope"],
        ["validate", "--jobs", "0"],
        ["render", "--format", "gif"],
        ["list", "x"],
    ],
)
def test_wrong_usage(site: Path, arguments: list[str], run: Callable[..., Done]) -> None:
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert "usage: cdc-diagram" in done.err


def test_an_engine_that_is_not_here_is_wrong_usage(
    site: Path, run: Callable[..., Done], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "mmdr", None)
    done = run("validate", "--engine", "mmdr")
    assert (done.status, done.out) == (2, "")
    assert "cdc-diagram: mmdr has no wheel for this platform or is not installed" in done.err


class Hanging(MermanEngine):
    """merman that never answers about the diagram of a broker, and takes all memory to draw."""

    def parse(self, source: str) -> Structure:
        if "Broker" in source:
            time.sleep(600)
        return super().parse(source)

    def draw(self, source: MermaidSource) -> Drawing:
        source.texts()
        return Drawing("x" * 10**11, set_aside=False)


@pytest.fixture
def hanging(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a diagram that hangs and one that takes all memory, as the current folder."""
    (tmp_path / "data").mkdir()
    for name in ("Broker", "Shop"):
        text = f"diagram:\n  type: flow\n  title: T\n  nodes: {{a: {name}}}\n"
        (tmp_path / "data" / f"{name.lower()}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.cdc-diagram.limits]\nseconds = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(select_engine, "__defaults__", ("auto", {"merman": Hanging}))
    return tmp_path


LATE = "data/broker.yaml:2: The diagram does not become valid Mermaid: merman did not finish in 1 seconds [mermaid]\n"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_engine_that_hangs_is_an_error_of_one_diagram(hanging: Path, run: Callable[..., Done], jobs: int) -> None:
    if jobs > 1 and multiprocessing.get_start_method() != "fork":
        pytest.skip("only a process that is a fork of this one has the engine of this test")
    assert run("validate", "--jobs", jobs) == Done(1, f"{LATE}2 diagrams checked, 1 error.\n", "")
    assert multiprocessing.active_children() == []


def test_an_engine_that_takes_all_memory_is_an_error(hanging: Path, run: Callable[..., Done]) -> None:
    text = "diagram:\n  type: mermaid\n  title: T\n  source: 'flowchart LR; a[Shop]'\n"
    (hanging / "data" / "shop.yaml").write_text(text, encoding="utf-8")
    done = run("render", "shop", "-o", "shop.svg")
    assert done == Done(1, "", "data/shop.yaml:2: The diagram cannot be drawn: merman failed: MemoryError [render]\n")
    assert run("render", "broker") == Done(1, "", LATE)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("validate",), "data/good/flow.yaml:2:3: The diagram has 3 nodes, more than 1; split it. [schema]"),
        (("validate", "data/good/flow.yaml"), "data/good/flow.yaml:2:3: The diagram has 3 nodes, more than 1"),
        (("validate", "data/good", "--jobs", "2"), "data/good/flow.yaml:2:3: The diagram has 3 nodes, more than 1"),
        (("render", "good/flow"), "data/good/flow.yaml:2:3: The diagram has 3 nodes, more than 1"),
        (("lint", "data/good/mermaid.yaml"), "data/good/mermaid.yaml:5: error: The diagram has 2 nodes, more than 1"),
    ],
)
def test_the_limits_of_pyproject(site: Path, run: Callable[..., Done], command: tuple[str, ...], said: str) -> None:
    (site / "pyproject.toml").write_text("[tool.cdc-diagram.limits]\nnodes = 1\n", encoding="utf-8")
    done = run(*command)
    assert done.status == 1
    assert said in done.out + done.err


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("{nods = 3}", "found 'nods', wanted one of file_bytes, depth,"),
        ("{nodes = 0}", "found 0 for 'nodes', wanted a whole number from 1 on."),
        ("{seconds = true}", "found True for 'seconds', wanted a whole number from 1 on."),
        ("3", "found 3, wanted a table."),
    ],
)
def test_bad_limits_of_pyproject_are_wrong_usage(site: Path, run: Callable[..., Done], limits: str, said: str) -> None:
    (site / "pyproject.toml").write_text(f"[tool.cdc-diagram]\nlimits = {limits}\n", encoding="utf-8")
    done = run("validate")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"cdc-diagram: pyproject.toml: [tool.cdc-diagram.limits]: {said}")


def test_every_bad_sample_is_reported_in_the_order_of_files_and_lines(tmp_path: Path, run: Callable[..., Done]) -> None:
    samples = [sample for sample in BAD if sample.shape and not sample.name.startswith(("key beside", "edge with"))]
    for number, sample in enumerate(samples):
        (tmp_path / f"x{number:03}.yaml").write_text(sample.text, encoding="utf-8")
    done = run("validate", "--data", tmp_path)
    wanted = [
        f"{tmp_path}/x{number:03}.yaml:{line}:{column}:"
        for number, sample in enumerate(samples)
        for line, column, _, _ in sample.said
    ]
    found = [f"{line.split(': ')[0]}:" for line in done.out.splitlines()[:-1]]
    assert (done.status, found) == (1, wanted)


@pytest.mark.parametrize("sample", [item for item in BAD if item.name.startswith("ten ")], ids=lambda item: item.name)
def test_ten_errors_are_counted(tmp_path: Path, sample: Bad, run: Callable[..., Done]) -> None:
    (tmp_path / "x.yaml").write_text(sample.text, encoding="utf-8")
    assert run("validate", "--data", tmp_path).out.endswith("1 diagram checked, 10 errors.\n")
    assert run("render", "x", "--data", tmp_path).err.count("\n") == 10


KNOWN_ARGUMENTS = [
    *("validate", "render", "list", "schema", "--data", "data", "--engine", "merman", "--format", "json", "github"),
    *("--filter", "type=flow", "--json", "good/flow", "good/nope", "nowhere", "-", "--", "-o", "-x", "--help"),
    *("--version", "data/good", "data/good/flow.yaml"),
]
# Without / and . no argument leads out of the folder of the test.
ARGUMENTS = st.lists(
    st.sampled_from(KNOWN_ARGUMENTS)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/."), max_size=6),
    max_size=6,
)


@given(arguments=ARGUMENTS)
@settings(max_examples=150)
def test_any_arguments_end_with_a_status(site: Path, arguments: list[str], run: Callable[..., Done]) -> None:
    if "-o" in arguments and "schema" in arguments:
        return
    done = run(*arguments)
    assert done.status in (0, 1, 2)
    assert "Traceback" not in done.err


@given(content=st.binary(max_size=200))
def test_any_content_of_a_file_ends_with_status_1(content: bytes, tmp_path: Path, run: Callable[..., Done]) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    done = run("validate", "--data", tmp_path)
    assert (done.status, done.err) == (1, "")


def in_a_process(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "sphinx_diagram_ext.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def test_the_command_in_a_process(broken: Path) -> None:
    done = in_a_process("validate", "data/good/flow.yaml", "data/bad.yaml", folder=broken)
    assert done.returncode == 1
    assert done.stdout.decode().splitlines()[-1] == "2 diagrams checked, 2 errors."
    assert done.stderr == b""


def test_a_reader_that_goes_away_is_no_error(site: Path) -> None:
    command = f"{sys.executable} -m sphinx_diagram_ext.cli schema | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=site, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("0", "")
