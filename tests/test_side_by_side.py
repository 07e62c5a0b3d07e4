"""Comparison with other tools: counts and pictures of today's data, harmless files, a complete page."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from sphinx_diagram_ext.model import Edge, EdgeStyle, Graph, Group, Message, Node, Role, Tone

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "reference" / "side-by-side.md"
FILES = PAGE.with_suffix("")
MOST = 400_000
"""Bytes of all files."""


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(found)
    finally:
        sys.path.remove(str(path.parent))
    return found


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    return module(ROOT / "tools" / "side_by_side" / "make.py")


@pytest.fixture(scope="module")
def described() -> ModuleType:
    return module(ROOT / "docs" / "_ext" / "describe_sides.py")


@pytest.fixture(scope="module")
def counts() -> dict[str, Any]:
    return json.loads((FILES / "counts.json").read_text(encoding="utf-8"))


def test_the_counts_are_of_todays_data(tool: ModuleType, counts: dict[str, Any]) -> None:
    today = {name: tool.digest(diagram) for name, diagram in tool.diagrams().items()}
    kept = {name: one["digest"] for name, one in counts["diagrams"].items()}
    assert kept == today, "the data changed: run `python tools/side_by_side/make.py` (npm, node and Chromium)"


def test_the_files_are_those_of_the_counts(tool: ModuleType, described: ModuleType, counts: dict[str, Any]) -> None:
    assert described.SHOWN == tool.SHOWN
    names = {f"{tool.slug(name)}-{kind}.svg" for name in tool.SAMPLES for kind in tool.SHOWN}
    assert {path.name for path in FILES.iterdir()} == {*names, "counts.json"}
    assert sum(path.stat().st_size for path in FILES.iterdir()) < MOST
    for name, one in counts["diagrams"].items():
        assert set(one["pictures"]) == set(described.NAMES)
        for kind in tool.SHOWN:
            root = ET.parse(FILES / f"{tool.slug(name)}-{kind}.svg").getroot()
            size = one["pictures"][kind]["width"], one["pictures"][kind]["height"]
            assert (int(root.attrib["width"]), int(root.attrib["height"])) == size


def test_the_files_are_harmless(tool: ModuleType) -> None:
    allowed = {"svg", "g", "path", "rect", "polygon", "polyline", "ellipse", "circle", "line", "text", "tspan"}
    allowed |= {"marker", "clipPath", "title", "defs"}
    for path in FILES.glob("*.svg"):
        for element in ET.parse(path).iter():
            assert element.tag.removeprefix("{http://www.w3.org/2000/svg}") in allowed
            assert "style" not in element.attrib
            assert not any("href" in name or name.startswith("on") for name in element.attrib)
            assert element.get("id", path.stem).startswith(path.stem)
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg"]
        assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f"#{name}" for name in re.findall(r'id="([^"]*)"', text)}


def test_what_could_do_harm_is_dropped(tool: ModuleType) -> None:
    given = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="x()"><script>x()</script>'
        '<style>@import "//a"</style><image href="https://a.example/"/>'
        '<a href="javascript:x()"><path d="M0 0.1234h1"/></a>'
        '<marker id="m"><path d="M0 0"/></marker><marker id="unused"><path d="M1 1"/></marker>'
        '<rect width="1" height="1" fill="url(https://a.example/)" style="fill: red" class="c"/>'
        '<path d="M0 -0.01h2" marker-end="url(#m)"/><text font-size="13">A &lt; B</text></svg>'
    )
    assert tool.cleaned(given, "one-d2") == (
        '<svg width="9" height="9" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="{tool.FONT_FAMILY.replace(chr(34), "&quot;")}"><a><path d="M0 0.1h1" /></a>'
        '<marker id="one-d2-0"><path d="M0 0" /></marker><rect width="1" height="1" />'
        '<path d="M0 0h2" marker-end="url(#one-d2-0)" /><text font-size="13">A &lt; B</text></svg>\n'
    )


GRAPH = Graph(
    nodes=(
        Node("a", Message('Say "hi" <b> ${x}'), (Message("more"),), Role.DATABASE, Tone.CAUTION),
        Node("b", Message("Two"), role=Role.NOTE),
        Node("c", Message("Three")),
    ),
    edges=(
        Edge("a", "b", Message("1 < 2"), EdgeStyle.DASHED, stopped=True),
        Edge("b", "c", style=EdgeStyle.PLAIN, tone=Tone.PROBLEM),
    ),
    groups=(
        Group("outer", Message("Outer"), ()),
        Group("inner", Message("Inner"), ("a",), parent="outer"),
        Group("other", Message("Other"), ("c",)),
    ),
    stacked=True,
)


def test_a_graph_as_d2(tool: ModuleType) -> None:
    assert tool.languages.d2(GRAPH).splitlines() == [
        "direction: down",
        'n1: "Two" {shape: page}',
        'g0: "Outer" {',
        'g1: "Inner" {',
        (
            'n0: "Say \\"hi\\" <b> \\${x}\\nmore" {shape: cylinder; style.fill: "#fef3c8"; style.stroke: "#b4530a"; '
            'style.font-color: "#78350e"; style.stroke-width: 2; style.stroke-dash: 4}'
        ),
        "}",
        "}",
        'g2: "Other" {',
        'n2: "Three" {shape: rectangle}',
        "}",
        'g0.g1.n0 -> n1: "1 < 2" {style.stroke-dash: 4; target-arrowhead: {shape: cross}}',
        'n1 -- g2.n2: "" {style.stroke: "#be123d"}',
        "g0.g1.n0 -> g2.n2: {style.opacity: 0}",
    ]


def test_a_graph_as_dot(tool: ModuleType) -> None:
    assert tool.languages.dot(GRAPH).splitlines()[6:] == [
        'n1 [label="Two", shape=note]',
        "subgraph cluster_g0 {",
        'label="Outer"',
        'color="black"',
        "subgraph cluster_g1 {",
        'label="Inner"',
        'color="black"',
        (
            "n0 [label=<<B>Say &quot;hi&quot; &lt;b&gt; ${x}</B><BR/>more>, shape=cylinder, "
            'style="filled,dashed", fillcolor="#fef3c8", color="#b4530a", fontcolor="#78350e", penwidth=2]'
        ),
        "}",
        "}",
        "subgraph cluster_g2 {",
        'label="Other"',
        'color="black"',
        'n2 [label="Three", shape=box]',
        "}",
        'n0 -> n1 [style=dashed, label=" 1 < 2 ", arrowhead=tee]',
        'n1 -> n2 [color="#be123d", dir=none]',
        "n0 -> n2 [style=invis]",
        "}",
    ]


def test_entity_codes_that_mermaid_would_show(tool: ModuleType) -> None:
    assert tool.languages.mermaid('a["T#58; #34;x#34; #35;1 a#95;b"]') == 'a["T: #34;x#34; #35;1 a_b"]'


def test_the_tables_add_up(described: ModuleType, counts: dict[str, Any]) -> None:
    rows = {row.split("|")[1].strip(): [cell.strip() for cell in row.split("|")[2:-1]] for row in _rows(described)}
    assert list(rows) == list(described.NAMES.values())
    for kind, name in described.NAMES.items():
        pictures = [one["pictures"][kind] for one in counts["diagrams"].values()]
        numbers = [sum(one["faults"][str(number)] for one in pictures) for number in range(2, 8)]
        free = sum(not any(one["faults"].values()) for one in pictures)
        assert rows[name][:8] == [*map(str, numbers), str(sum(numbers)), f"{free} of {len(pictures)}"]


def test_what_the_page_says_of_others_is_so(counts: dict[str, Any]) -> None:
    def crossed(kind: str) -> list[str]:
        return [name for name, one in counts["diagrams"].items() if one["pictures"][kind]["crossings"]]

    def total(kind: str) -> int:
        return sum(
            one["pictures"][kind]["width"] * one["pictures"][kind]["height"] for one in counts["diagrams"].values()
        )

    ours = ["types/three-regions", "case-studies/deployment-pipeline"]
    assert crossed("ours") == ours
    assert crossed("mermaid") == crossed("d2-elk") == crossed("graphviz") == []
    assert 0.6 < total("graphviz") / total("ours") < 0.7
    others = [
        picture for one in counts["diagrams"].values() for kind, picture in one["pictures"].items() if kind != "ours"
    ]
    assert sum(count for one in others for number, count in one["faults"].items() if number != "4") == 1
    flow = counts["diagrams"]["develop/data-flow"]["pictures"]
    assert flow["ours"]["height"] > 900
    assert 0.75 < flow["graphviz"]["height"] / flow["ours"]["height"] < 0.86


def _rows(described: ModuleType) -> list[str]:
    return described.totals().splitlines()[2:]


def test_the_page_builds_and_shows_every_picture(tool: ModuleType, counts: dict[str, Any], tmp_path: Path) -> None:
    source = tmp_path / "source"
    shutil.copytree(FILES, source / "side-by-side")
    shutil.copy(PAGE, source / "index.md")
    docs = str(ROOT / "docs")
    conf = (
        f"import sys\nsys.path.insert(0, {docs + '/_ext'!r})\n"
        'extensions = ["myst_parser", "sphinx_design", "sphinx_diagram_ext", "reference"]\n'
        f"cdc_diagram_path = {[str(ROOT / folder) for folder in tool.FOLDERS]!r}\n"
        'myst_enable_extensions = ["colon_fence"]\nsuppress_warnings = ["myst.xref_missing"]\n'
    )
    (source / "conf.py").write_text(conf, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        str(source),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    html = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    shown = re.findall(r'<img alt="([^"]*)" src="_images/([^"]*)\.svg"', html)
    names = {"mermaid": "Mermaid", "d2-dagre": "D2", "graphviz": "Graphviz"}
    assert shown == [
        (f"{name}, drawn by {said}", f"{tool.slug(name)}-{kind}")
        for name in tool.SAMPLES
        for kind, said in names.items()
    ]
    assert re.findall(r"```\{cdc-diagram\} (.*)", PAGE.read_text(encoding="utf-8")) == list(tool.SAMPLES)
    assert len(set(re.findall(r'<figure class="[^"]*cdc-diagram[^"]*" id="([^"]*)"', html))) == len(tool.SAMPLES)
    for package in counts["packages"].values():
        assert package["version"] in html
        assert package["licence"] in html
