"""The page that tells what was measured: tables, and a plot by the extension itself."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from measure import Cost

PACKAGES = (
    *("sphinx-diagram-ext", "merman", "pydantic", "PyYAML", "sphinx", "myst-parser", "docutils", "furo"),
    *("sphinxcontrib-mermaid", "sphinx-needs"),
)
FORMS = {
    "literal": "plain literal blocks",
    "mermaid": "sphinxcontrib-mermaid, drawn in the browser",
    "needs": "sphinx-needs, as many needs",
    "diagram": "this extension",
}
BUILDS = ("first build", "first build with pictures kept", "nothing changed", "one YAML file changed")
WEIGHTS = ("output", "environment", "diagrams.json", "page, gzipped", "scripts of the site, gzipped")


@dataclass
class Results:
    """What was measured on a site of ``count`` diagrams; ``mmdc`` is its seconds for one of them."""

    count: int
    all_costs: dict[str, list[Cost]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    mmdc: float | None = None

    def note(self, name: str, cost: Cost) -> None:
        """Note what one thing cost, once more."""
        self.all_costs.setdefault(name, []).append(cost)

    @property
    def costs(self) -> dict[str, Cost]:
        """What each thing cost in the middle run by the clock."""
        middle = {}
        for name, costs in self.all_costs.items():
            middle[name] = sorted(costs, key=lambda cost: cost.seconds)[len(costs) // 2]
        return middle


def page(command: str, found: list[Results], arguments: argparse.Namespace) -> str:
    """Return the whole page as MyST Markdown."""
    parts = [
        "# Benchmarks",
        _preface(command, arguments),
        "## Checking and drawing",
        _table(found, {"validate": "check every file", "render": "YAML to checked, finished SVG"}),
        *_curves(found),
        "## Building a site",
        _table(found, {f"{form}: {what}": f"{name}: {what}" for form, name in FORMS.items() for what in BUILDS}),
        *_remarks(found, arguments),
        "## What it weighs",
        _weights(found),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _preface(command: str, arguments: argparse.Namespace) -> str:
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return (
        f"Written by\n\n```console\n$ {command}\n```\n\n"
        f"on {os.cpu_count()} cores ({platform.system()} {platform.machine()}), Python {platform.python_version()},"
        f" {arguments.jobs} processes, {', '.join(versions)}. The diagrams come from a seeded generator after the"
        " measures of a public atlas of 4,237 flowcharts (median 38 lines of Mermaid, 93 % with subgraphs, 94 % with"
        " line breaks in labels). Sites of up to 2,000 have five on a page and the theme furo, which shows all pages"
        " beside each; larger ones have 2,000 pages in chapters and the theme basic, which does not; other"
        f" extensions are measured on up to {arguments.peer_limit:,}. Each cell is"
        " seconds on the clock / seconds of all cores / largest process; a first build of a small site is the"
        f" middle one of {arguments.rounds}, in turns with the others."
    )


def _table(found: list[Results], rows: dict[str, str]) -> str:
    head = "| Task | " + " | ".join(f"{item.count:,} diagrams" for item in found) + " |"
    lines = [head, "|---|" + "---|" * len(found)]
    for key, name in rows.items():
        if any(key in item.costs for item in found):
            lines.append(f"| {name} | " + " | ".join(_cost(item.costs.get(key)) for item in found) + " |")
    return "\n".join(lines)


def _cost(cost: Cost | None) -> str:
    if cost is None:
        return "-"
    return f"{cost.seconds:.1f} s / {cost.cpu:.1f} s / {cost.peak / 1e6:.0f} MB"


def _curves(found: list[Results]) -> list[str]:
    """Return charts of milliseconds a diagram, drawn by the extension itself."""
    names = {"validate": "Checking", "render": "Drawing", "diagram: first build": "Building"}
    charts = []
    for key, name in names.items():
        points = {item.count: item.costs[key].seconds / item.count * 1000 for item in found if key in item.costs}
        if len(points) > 1:
            charts.append(_curve(name, points))
    return charts


def _curve(name: str, points: dict[int, float]) -> str:
    lines = ["```{cdc-diagram}", f":name: benchmarks-{name.casefold()}", "", "diagram:", "  type: curve"]
    lines += [f'  title: "{name}: milliseconds a diagram"', "  load: diagrams", "  measure: ms a diagram", "  points:"]
    lines += [f"    n{count}: {{load: {count}, value: {value:.1f}}}" for count, value in points.items()]
    return "\n".join((*lines, "```"))


def _remarks(found: list[Results], arguments: argparse.Namespace) -> list[str]:
    remarks = []
    for item in found:
        if "literal: first build" in item.costs:
            ratio = item.costs["diagram: first build"].seconds / item.costs["literal: first build"].seconds
            kept = item.costs["diagram: first build with pictures kept"].seconds
            kept /= item.costs["literal: first build"].seconds
            remarks.append(
                f"A first build of {item.count:,} diagrams takes {ratio:.2f} times that of literal blocks,"
                f" {kept:.2f} times with pictures kept."
            )
        else:
            remarks.append(f"The site of {item.count:,} diagrams was checked and drawn, not built.")
        if item.mmdc is not None:
            total = item.mmdc * item.count
            remarks.append(
                f"With mmdc, sphinxcontrib-mermaid takes {item.mmdc:.2f} s a diagram on a sample of"
                f" {arguments.sample}, in one process; {item.count:,} of them would take {total / 60:.0f} minutes"
                " (extrapolated)."
            )
    remarks += [f"Left out: {reason}." for reason in dict.fromkeys(one for item in found for one in item.missing)]
    return remarks


def _weights(found: list[Results]) -> str:
    head = "| Bytes | " + " | ".join(f"{item.count:,} diagrams" for item in found) + " |"
    lines = [head, "|---|" + "---|" * len(found)]
    names = ["picture, gzipped, median", "picture, gzipped, p95"]
    names += [f"{form}: {what}" for what in WEIGHTS for form in FORMS]
    for name in names:
        if any(name in item.sizes for item in found):
            form, _, what = name.partition(": ")
            shown = f"{what}: {FORMS[form]}" if what else name
            cells = (f"{item.sizes[name]:,} B" if name in item.sizes else "-" for item in found)
            lines.append(f"| {shown} | {' | '.join(cells)} |")
    lines.append(_hosts(found))
    return "\n".join(lines)


def _hosts(found: list[Results]) -> str:
    built = next((item for item in found if "diagram: scripts from other hosts" in item.sizes), None)
    if built is None:
        return ""
    counts = {name: built.sizes.get(f"{form}: scripts from other hosts") for form, name in FORMS.items()}
    said = (f"{name} {count}" for name, count in counts.items() if count is not None)
    return f"\nScripts that a page asks of other hosts: {', '.join(said)}."
