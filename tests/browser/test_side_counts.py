"""The comparison with other tools: our own counts are today's, and the classes of the others are found."""

from __future__ import annotations

import base64
import importlib.util
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "side_by_side"
COUNTS = ROOT / "docs" / "reference" / "side-by-side" / "counts.json"
AGAIN = "our drawing changed: run `python tools/side_by_side/make.py --ours` and look at docs/reference/side-by-side.md"
NEAR = 0.05
"""Sizes that differ less than this part need no new count."""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    sys.path.insert(0, str(TOOL))
    try:
        spec = importlib.util.spec_from_file_location("side_by_side", TOOL / "make.py")
        assert spec
        assert spec.loader
        found = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(found)
    finally:
        sys.path.remove(str(TOOL))
    return found


def test_our_own_counts_are_todays(browser: Browser, tool: ModuleType) -> None:
    found = tool.diagrams()
    today = tool.ours(browser, found)
    counts = json.loads(COUNTS.read_text(encoding="utf-8"))["diagrams"]
    kept = {name: one["pictures"]["ours"] for name, one in counts.items()}
    assert list(tool.check(found, {name: {"ours": one} for name, one in today.items()})) == []
    for name, one in today.items():
        exact = ("faults", "crossings", "type")
        assert {key: one[key] for key in exact} == {key: kept[name][key] for key in exact}, f"{name}: {AGAIN}"
        for key in ("width", "height", "bytes"):
            assert one[key] == pytest.approx(kept[name][key], rel=NEAR), f"{name}: {AGAIN}"


def text(x: float, y: float, words: str) -> str:
    return f'<text x="{x}" y="{y}" font-size="14" text-anchor="middle">{words}</text>'


def mermaid_picture() -> str:
    return f"""
      <svg viewBox="0 0 300 300"><style>.flowchart-link {{ fill: none; stroke: #333 }}</style>
        <g class="cluster"><rect x="10" y="100" width="200" height="120" fill="#eee" stroke="#999"/>
          <g class="cluster-label"><g><rect class="background"/>{text(110, 125, "Frame")}</g></g></g>
        <path class="flowchart-link" d="M110 60V160"/>
        <path class="flowchart-link edge-thickness-invisible" d="M0 0H9"/>
        <g class="edgeLabels"><g class="edgeLabel"><g class="label"></g></g>
          <g class="edgeLabel"><rect x="85" y="70" width="50" height="22" fill="#fff"/>{text(110, 86, "label")}</g></g>
        <g class="node"><rect x="40" y="10" width="140" height="50" fill="#eee"/>{text(110, 40, "One")}</g>
        <g class="node"><rect x="40" y="160" width="140" height="50" fill="#eee"/>{text(110, 190, "Two")}</g></svg>"""


def graphviz_picture() -> str:
    def polygon(points: str) -> str:
        return f'<title>x</title><polygon fill="none" stroke="black" points="{points}"/>'

    line = '<title>x</title><path fill="none" stroke="black" d="M110 60V160"/>'
    return f"""
      <svg viewBox="0 0 300 300"><g class="graph"><title>x</title>
        <g class="cluster">{polygon("10,100 210,100 210,220 10,220")}{text(110, 125, "Frame")}</g>
        <g class="node">{polygon("40,10 180,10 180,60 40,60")}{text(110, 40, "One")}</g>
        <g class="edge">{line}{text(140, 86, "label")}</g>
        <g class="node">{polygon("40,160 180,160 180,210 40,210")}{text(110, 190, "Two")}</g></g></svg>"""


def d2_picture() -> str:
    def named(name: str, inside: str, more: str = "") -> str:
        return f'<g class="{base64.b64encode(name.encode()).decode()}"{more}>{inside}</g>'

    def shape(x: int, y: int, width: int, height: int) -> str:
        return (
            f'<g class="shape"><rect x="{x}" y="{y}" width="{width}" height="{height}" fill="#eee" stroke="#999"/></g>'
        )

    line = '<path fill="none" stroke="black" d="M110 60V160" mask="url(#m)"/>'
    unseen = ' style="opacity:0"'
    return (
        '<svg viewBox="0 0 300 300"><svg class="d2-svg" width="300" height="300" viewBox="0 0 300 300">'
        + named("g0", shape(10, 100, 200, 120) + text(110, 125, "Frame"))
        + named("n0", shape(40, 10, 140, 50) + text(110, 40, "One"))
        + named("g0.n1", shape(40, 160, 140, 50) + text(110, 190, "Two"))
        + named("(n0 -&gt; g0.n1)[0]", line + text(110, 86, "label"))
        + named("(n0 -&gt; g0.n1)[1]", line, unseen)
        + '<mask id="m"><rect width="300" height="300" fill="white"/>'
        '<rect x="85" y="72" width="50" height="18" fill="black"/></mask></svg></svg>'
    )


PICTURES = {"mermaid": mermaid_picture(), "graphviz": graphviz_picture(), "d2": d2_picture()}
EXPECTED: dict[str, Any] = {
    "faults": {"2": 0, "3": 0, "4": 1, "5": 0, "6": 0, "7": 0},
    "crossings": 0,
    "width": 300,
    "height": 300,
    "type": 14,
    "nodes": 2,
    "edges": 1,
    "frames": 1,
}


@pytest.mark.parametrize("kind", PICTURES)
def test_the_parts_of_each_tools_picture_are_found(browser: Browser, tool: ModuleType, kind: str) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.set_content(tool.page_of({kind: PICTURES[kind]}))
    page.add_script_tag(path=TOOL / "hooks.js")
    page.evaluate("prepare", {"tool": kind, "name": kind})
    found = tool.counted(page, [kind])[kind]
    written = tool.cleaned(page.evaluate("written", kind), f"x-{kind}")
    page.close()
    words = found.pop("words")
    assert sorted(words) == sorted("FrameOneTwolabel")
    assert found == EXPECTED
    assert "data-count" not in written
    assert written.count("<text") == 4
    if kind == "d2":
        assert 'clip-path="url(#x-d2-0)"' in written
        assert "M85 72v18h50v-18z" in written


CROSSINGS = {
    "M10 50H90|M50 10V90": 1,
    "M10 50H90|M50 50V90": 0,
    "M10 50H50V90|M10 50H90": 0,
    "M10 10Q50 10 50 90|M10 80H90|M90 10H95": 1,
    "M10 10H90|M10 30H90": 0,
}


@pytest.mark.parametrize("lines", CROSSINGS)
def test_lines_that_cross(browser: Browser, tool: ModuleType, lines: str) -> None:
    edges = "".join(f'<g class="cdc-edge"><path fill="none" stroke="black" d="{d}"/></g>' for d in lines.split("|"))
    page = browser.new_page(viewport={"width": 300, "height": 300})
    page.set_content(
        tool.page_of({"x": f'<svg viewBox="0 0 100 100" width="100" height="100">{edges}{text(5, 5, "x")}</svg>'})
    )
    page.add_script_tag(path=TOOL / "hooks.js")
    assert page.evaluate("measure", "x")["crossings"] == CROSSINGS[lines]
    page.close()
