"""Tools that look at pictures: the count of faults of generated graphs and the page for reviewers."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.faults import KINDS

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def run(project: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_generated_graphs_are_the_same_for_a_seed(project: Path) -> None:
    tool = module(project / "benchmarks" / "faults.py")
    found = tool.graphs(40, 7)
    assert found == tool.graphs(40, 7)
    assert found != tool.graphs(40, 8)
    sizes = [len(graph.nodes) for graph in found]
    assert min(sizes) >= 3
    assert 30 < max(sizes) <= 60
    edges = [(edge.source, edge.target) for graph in found for edge in graph.edges]
    assert any(source == target for source, target in edges)
    assert any(len({(edge.source, edge.target) for edge in graph.edges}) < len(graph.edges) for graph in found)
    assert any(group.parent for graph in found for group in graph.groups)
    for graph in found:
        members = [key for group in graph.groups for key in group.nodes]
        assert len(members) == len(set(members))
        assert {edge.source for edge in graph.edges} <= {node.key for node in graph.nodes}


def test_the_count_of_faults(project: Path) -> None:
    found = json.loads(run(project, "benchmarks/faults.py", "--count", "3", "--json"))
    names = [kind.name for kind in KINDS.values() if not kind.by_browser]
    for form in ("wide", "narrow"):
        assert found[form]["drawn"] + found[form]["failed"] == found["graphs"] == 3
        assert list(found[form]["faults"]) == names
    table = run(project, "benchmarks/faults.py", "--count", "1")
    assert [line.split("|")[1].split()[1] for line in table.splitlines()[7:]] == names


def test_the_page_for_reviewers(project: Path, tmp_path: Path) -> None:
    page = tmp_path / "sheet.html"
    said = run(project, "tools/picture_sheet.py", str(page), "--dark", "--data", "docs/examples", "topology")
    assert said == f"{page}: 1 pictures\n"
    text = page.read_text(encoding="utf-8")
    assert text.count("<svg") == 2
    assert 'data-theme="dark"' in text
    assert "types/three-regions (topology)" in text


def test_the_page_of_the_reference_names_every_kind(project: Path) -> None:
    page = (project / "docs" / "reference" / "picture-faults.md").read_text(encoding="utf-8")
    assert "{from-code} picture-faults" in page
    sys.path.insert(0, str(project / "docs" / "_ext"))
    try:
        table = module(project / "docs" / "_ext" / "describe_faults.py").table()
    finally:
        sys.path.remove(str(project / "docs" / "_ext"))
    rows = [line.split(" | ") for line in table.splitlines()[2:]]
    assert [(row[0].strip("| "), row[1]) for row in rows] == [
        (str(kind.number), f"`{kind.name}`") for kind in KINDS.values()
    ]
