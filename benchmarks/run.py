"""Measures the extension beside what else puts diagrams, or as much of anything, on a Sphinx site.

python benchmarks/run.py --output docs/reference/benchmarks.md

Makes sites from a seed, so that anyone can do the same; takes more than an hour on two cores, a few minutes
with ``--counts 1247``. What is not installed (sphinx-needs, ``mmdc``) is left out and named.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import measure
import report
from generate import large, write_data, write_pages


def main() -> None:
    """Measure, print the page, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=int, nargs="+", default=[1247, 10_000, 100_000], help="diagrams of a site")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: all cores)")
    parser.add_argument("--build-limit", type=int, default=100_000, help="larger sites are checked and drawn only")
    parser.add_argument(
        "--peer-limit", type=int, default=10_000, help="larger sites are built without other extensions"
    )
    parser.add_argument("--rounds", type=int, default=3, help="first builds of each small site; the middle one counts")
    parser.add_argument("--sample", type=int, default=20, help="diagrams that mmdc draws")
    parser.add_argument("--output", type=Path, help="Markdown page to write")
    arguments = parser.parse_args()
    found = [_measured(count, arguments) for count in arguments.counts]
    command = f"python benchmarks/run.py {' '.join(sys.argv[1:])}".strip()
    page = report.page(command, found, arguments)
    print(page)
    if arguments.output:
        arguments.output.write_text(page, encoding="utf-8")


def _measured(count: int, arguments: argparse.Namespace) -> report.Results:
    """Return what was measured on a site of *count* diagrams."""
    results = report.Results(count)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        ids = write_data(root / "data", count)
        results.note("validate", measure.validate(root / "data", arguments.jobs))
        results.note("render", measure.render(root / "data", root / "sources", arguments.jobs))
        sizes = measure.picture_sizes(root / "data", ids[:1000])
        results.sizes["picture, gzipped, median"] = round(statistics.median(sizes))
        results.sizes["picture, gzipped, p95"] = sizes[int(len(sizes) * 0.95) - 1]
        if count <= arguments.build_limit:
            _build(root, ids, arguments, results)
    return results


def _build(root: Path, ids: list[str], arguments: argparse.Namespace, results: report.Results) -> None:
    forms = ["literal", "mermaid", "needs", "diagram"] if len(ids) <= arguments.peer_limit else ["literal", "diagram"]
    if "needs" in forms and importlib.util.find_spec("sphinx_needs") is None:
        forms.remove("needs")
        results.missing.append("sphinx-needs is not installed")
    for form in forms:
        write_pages(root / form, ids, form)
    # One after the other, time and again: other machines on the same metal are busy for minutes.
    for _ in range(1 if large(len(ids)) else arguments.rounds):
        for form in forms:
            shutil.rmtree(root / form / "_build", ignore_errors=True)
            results.note(f"{form}: first build", measure.build(root / form, arguments.jobs))
        _keep_pictures(root / "diagram")
        results.note("diagram: first build with pictures kept", measure.build(root / "diagram", arguments.jobs))
    for form in forms:
        results.note(f"{form}: nothing changed", measure.build(root / form, arguments.jobs))
        _sizes(root / form, form, results)
    changed = root / "data" / f"{ids[0]}.yaml"
    changed.write_text(changed.read_text().replace("Diagram 0", "Changed 0"))
    results.note("diagram: one YAML file changed", measure.build(root / "diagram", arguments.jobs))
    if not large(len(ids)):
        _with_mmdc(root, ids[: arguments.sample], results)


def _keep_pictures(site: Path) -> None:
    """Leave nothing of a build but the pictures that were drawn."""
    kept = site / "pictures"
    shutil.move(site / "_build" / "doctrees" / "cdc-pictures", kept)
    shutil.rmtree(site / "_build")
    (site / "_build" / "doctrees").mkdir(parents=True)
    shutil.move(kept, site / "_build" / "doctrees" / "cdc-pictures")


def _with_mmdc(root: Path, sample: list[str], results: report.Results) -> None:
    if shutil.which("mmdc") is None:
        results.missing.append("mmdc (npm package @mermaid-js/mermaid-cli) is not on PATH")
        return
    for form in ("literal", "mmdc"):
        write_pages(root / f"sample-{form}", sample, form)
    with_mmdc, without = (measure.build(root / f"sample-{form}", 1) for form in ("mmdc", "literal"))
    results.mmdc = (with_mmdc.seconds - without.seconds) / len(sample)


def _sizes(site: Path, form: str, results: report.Results) -> None:
    """Note what a site weighs: on disk, and what a reader loads for a page of five diagrams."""
    out = site / "_build" / "html"
    pages = sorted(out.glob("page*.html"))
    results.sizes[f"{form}: output"] = measure.folder_size(out)
    results.sizes[f"{form}: environment"] = (site / "_build" / "doctrees" / "environment.pickle").stat().st_size
    results.sizes[f"{form}: page, gzipped"] = round(statistics.median(map(measure.gzipped, pages)))
    text = pages[0].read_text(encoding="utf-8")
    local = {name.partition("?")[0] for name in re.findall(r'src="([^":]+\.js[^"]*)"', text)}
    results.sizes[f"{form}: scripts of the site, gzipped"] = sum(measure.gzipped(out / name) for name in sorted(local))
    hosts = re.findall(r'(?:src="|from "|import\("|import ")https?://([^/"]+)', text)
    results.sizes[f"{form}: scripts from other hosts"] = len(hosts)
    exported = out / "diagrams.json"
    if exported.is_file():
        results.sizes[f"{form}: diagrams.json"] = exported.stat().st_size


if __name__ == "__main__":
    main()
