"""Measures the budgets of the project: python benchmarks/run.py [COUNT] [--jobs N].

Prints a table in Markdown with the command, the machine and the versions.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from generate import write_data, write_pages

from sphinx_diagram_ext import pipeline
from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.svg import themed


def timed(command: list[str], **options: object) -> float:
    """Run a command that must succeed and return the seconds it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    return time.perf_counter() - start


def sphinx(site: Path, jobs: int, *more: str) -> float:
    """Build a site and return the seconds it took."""
    out = site / "_build" / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-j", str(jobs)]
    return timed([*command, *more, "-d", str(site / "_build" / "doctrees"), str(site), str(out)])


def render_all(data: Path, mermaid: Path) -> tuple[float, list[int]]:
    """Draw every diagram in one process; return the seconds and the gzipped bytes of each."""
    engine = select_engine().engine
    mermaid.mkdir()
    sizes = []
    start = time.perf_counter()
    for item in Catalog([data]):
        complete = pipeline.inspect(item, engine)
        expansion = pipeline.check(complete, engine)
        svg = pipeline.draw(complete, expansion, engine)
        sizes.append(svg)
        (mermaid / f"{item.id.replace('/', '-')}.mmd").write_text(expansion.source, encoding="utf-8")
    seconds = time.perf_counter() - start
    return seconds, [len(gzip.compress(themed(svg).encode())) for svg in sizes]


def measure(count: int, jobs: int) -> list[tuple[str, str]]:
    """Return what was measured, row by row."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        ids = write_data(root / "data", count)
        validate = [sys.executable, "-m", "sphinx_diagram_ext.cli", "validate", "--data", str(root / "data")]
        rows.append(("validate, one process", f"{timed(validate):.2f} s"))
        seconds, sizes = render_all(root / "data", root / "mermaid")
        rows.append(("YAML to finished SVG, one process", f"{seconds:.2f} s"))
        sizes.sort()
        p95 = sizes[int(len(sizes) * 0.95) - 1]
        rows.append(("gzipped SVG, median / p95", f"{statistics.median(sizes):.0f} / {p95} bytes"))
        for form in ("literal", "mermaid", "diagram"):
            write_pages(root / form, ids, form)
        times = {form: sphinx(root / form, jobs) for form in ("literal", "mermaid", "diagram")}
        rows.append((f"site, plain literal blocks, -j {jobs}", f"{times['literal']:.2f} s"))
        rows.append((f"site, sphinxcontrib-mermaid in the browser, -j {jobs}", f"{times['mermaid']:.2f} s"))
        ratio = times["diagram"] / times["literal"]
        rows.append((f"site, cdc-diagram, cold, -j {jobs}", f"{times['diagram']:.2f} s ({ratio:.2f}x literal)"))
        site = root / "diagram"
        rows.append(("nothing changed", f"{sphinx(site, jobs):.2f} s"))
        changed = root / "data" / f"{ids[0]}.yaml"
        changed.write_text(re.sub('"title": "', '"title": "Changed ', changed.read_text(), count=1))
        rows.append(("one YAML file changed", f"{sphinx(site, jobs):.2f} s"))
        pickled = (site / "_build" / "doctrees" / "environment.pickle").stat().st_size
        rows.append(("environment", f"{pickled / 1e6:.1f} MB"))
        exported = (site / "_build" / "html" / "diagrams.json").stat().st_size
        rows.append(("diagrams.json", f"{exported / 1e6:.1f} MB"))
        shutil.rmtree(site / "_build")
        rows.append(("largest process of all builds", f"{_peak() / 1e3:.0f} MB"))
    return rows


def _peak() -> int:
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1247)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    rows = measure(arguments.count, arguments.jobs)
    names = ("sphinx", "myst-parser", "sphinxcontrib-mermaid", "merman", "pydantic")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    print(f"`python benchmarks/run.py {arguments.count} --jobs {arguments.jobs}`, {os.cpu_count()} cores,")
    print(f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {versions}.\n")
    print(f"| {arguments.count:,} diagrams | measured |\n|---|---|")
    for name, value in rows:
        print(f"| {name} | {value} |")


if __name__ == "__main__":
    main()
