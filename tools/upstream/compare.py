"""Compares the engine with Mermaid itself, on every diagram of the documentation and every template.

Mermaid comes from npm and runs in headless Chromium: in the version that the fallback ``client``
uses and in the newest. Writes a table of both: ``python tools/upstream/compare.py``.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import Structure, select_engine
from sphinx_diagram_ext.engine.browser import for_browser
from sphinx_diagram_ext.engine.mermaid_config import merged
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.model import RawMermaid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_diagram_ext.mermaid import MermaidSource

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
FALLBACK = "11.12.1"
"""The version that sphinxcontrib-mermaid loads unless told."""

FOLDERS = ("data", "docs/examples", "docs/own", "sphinx_diagram_ext/templates")
TARGET = ROOT / "docs" / "reference" / "agreement.md"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PAGE = """\
<!DOCTYPE html>
<meta charset="utf-8">
<div id="place"></div>
<script src="mermaid.js"></script>
<script src="page.js"></script>
"""


@dataclass(frozen=True)
class Sample:
    """A diagram: its file, what the engine's parser said and what it becomes."""

    name: str
    structure: Structure
    source: MermaidSource
    own_source: bool


@dataclass(frozen=True)
class Difference:
    """One thing that Mermaid sees otherwise."""

    name: str
    version: str
    what: str


def samples() -> Iterator[Sample]:
    """Yield every diagram, each checked by the engine first."""
    engine = select_engine("merman").engine
    for folder in FOLDERS:
        catalog = Catalog([ROOT / folder], type_folders=[ROOT / "docs" / "own"])
        for diagram in catalog:
            name = f"{folder}/{diagram.id}"
            try:
                complete = pipeline.inspect(diagram, engine)
                source = pipeline.check(complete, engine)
            except ProblemsError as error:
                sys.exit(f"{name}: {error}")
            yield Sample(name, engine.parse(source.text), source, isinstance(complete.body, RawMermaid))


def download(version: str, folder: Path) -> str:
    """Put the script of Mermaid's *version* into *folder*; return the version that it is."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not on PATH")
    command = [npm, "pack", "--silent", "--pack-destination", str(folder), f"mermaid@{version}"]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    (archive,) = folder.glob("mermaid-*.tgz")
    with tarfile.open(archive) as package:
        for member, name in (("package/dist/mermaid.min.js", "mermaid.js"), ("package/package.json", "package.json")):
            content = package.extractfile(member)
            assert content is not None
            (folder / name).write_bytes(content.read())
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    shutil.copy(HERE / "page.js", folder)
    return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])


def config(source: MermaidSource) -> dict[str, Any]:
    """Return the configuration of the engine with labels in HTML, as browsers draw them.

    Mermaid's labels in SVG show entity codes as they are written where the engine's do not.
    """
    found = merged(source.config)
    found["htmlLabels"] = True
    for family in ("flowchart", "state", "class"):
        found[family] = {**found.get(family, {}), "htmlLabels": True}
    return found


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve *folder* on this machine; yield its address."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def answers(version: str, asked: Sequence[Sample]) -> tuple[str, list[dict[str, Any]]]:
    """Return the version of Mermaid and what it makes of each sample."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        found = download(version, Path(name))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with served(Path(name)) as address:
            page = browser.new_page()
            page.goto(address)
            said = [
                page.evaluate("ask", {"source": for_browser(item.mermaid.text), "config": config(item.mermaid)})
                for item in asked
            ]
        browser.close()
    return found, said


def differences(version: str, sample: Sample, answer: dict[str, Any]) -> Iterator[Difference]:
    """Yield what Mermaid sees otherwise than the engine."""
    if answer["error"]:
        yield Difference(sample.name, version, f"Mermaid refuses it: {answer['error']}")
        return
    if answer["structure"] is not None:
        theirs, ours = answer["structure"], sample.structure
        yield from _odd(sample, version, "nodes", Counter(theirs["nodes"]), Counter(name for name, _ in ours.nodes))
        edges = Counter((source, target) for source, target in theirs["edges"])
        yield from _odd(sample, version, "edges", edges, Counter((source, target) for source, target, _ in ours.edges))
    shown = "".join(answer["text"].split())
    lost = [line.text for line in sample.mermaid.lines if not line.word and "".join(line.text.split()) not in shown]
    if lost:
        yield Difference(sample.name, version, f"Mermaid does not show {lost[0]!r}, one of {len(lost)} lines of labels")


def _odd(sample: Sample, version: str, what: str, theirs: Counter[Any], ours: Counter[Any]) -> Iterator[Difference]:
    if theirs != ours:
        more, less = sorted((theirs - ours).elements()), sorted((ours - theirs).elements())
        yield Difference(sample.name, version, f"{what}: Mermaid has {more or 'none'}, the engine {less or 'none'}")


def table(asked: Sequence[Sample], told: Sequence[tuple[str, list[dict[str, Any]], list[Difference]]]) -> str:
    """Return the page of the documentation."""
    engine = select_engine("merman").engine
    lines = [HEAD.format(name=engine.name, version=engine.version)]
    for version, said, odd in told:
        kinds = {kind: {item.name for item in odd if mark in item.what} for kind, mark in _MARKS.items()}
        compared = sum(answer["structure"] is not None for answer in said)
        taken = len(asked) - len(kinds["refused"])
        lines.append(
            f"| {version} | {len(asked)} | {taken} | {sum(answer['width'] > 0 for answer in said)} | {compared}"
            f" | {compared - len(kinds['structure'])} | {taken - len(kinds['labels'])} |"
        )
    families = Counter(answer["family"] for answer in told[-1][1] if answer["family"])
    counted = ", ".join(f"{name} {count}" for name, count in families.most_common())
    lines += ["", f"By family: {counted}.", "", "## Disagreements", ""]
    found = [f"| `{item.name}` | {item.version} | {_cell(item.what)} |" for _v, _s, odd in told for item in odd]
    lines += ["| diagram | Mermaid | what |", "|---|---|---|", *found] if found else ["None."]
    lines.append(NOTES)
    return "\n".join(lines) + "\n"


HEAD = """\
# Agreement with Mermaid

Pictures are drawn by a port of Mermaid, so its verdicts are compared with those of Mermaid itself: every diagram of
this documentation and every template, parsed and drawn by the library in headless Chromium. One version is what the
fallback `client` uses, the other was the newest when this page was written. Nodes and edges are compared by id where
the library tells them; labels by what stands in the picture that it draws.

`tox -e upstream` (npm and Chromium on PATH) writes this page.

Engine: {name} {version}.

| Mermaid | diagrams | same verdict | drawn | nodes and edges compared | the same | all labels shown |
|---|--:|--:|--:|--:|--:|--:|"""

NOTES = """
## Where Mermaid draws otherwise

- Mermaid's labels in SVG (`htmlLabels: false`) show entity codes such as `&#58;` as they are written: in some shapes
  and, since version 12, in titles of groups and labels of edges. In HTML labels, which browsers draw and which are
  compared here, they are characters. The engine's labels are put into its pictures afterwards.
- Mermaid 11 takes the direction of a timeline for a period. Where a browser draws, timelines have none and lie."""

_MARKS = {"refused": "Mermaid refuses", "structure": "Mermaid has", "labels": "Mermaid does not show"}


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("{", "&#123;")


def main(argv: Sequence[str] | None = None) -> int:
    """Compare, write the page, return 1 if there is a disagreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("versions", nargs="*", default=[FALLBACK, "latest"], help="versions of Mermaid")
    parser.add_argument("-o", "--output", type=Path, default=TARGET, help="page to write")
    arguments = parser.parse_args(argv)
    asked = list(samples())
    told = []
    for wanted in arguments.versions:
        version, said = answers(wanted, asked)
        odd = [
            item for sample, answer in zip(asked, said, strict=True) for item in differences(version, sample, answer)
        ]
        told.append((version, said, odd))
        print(f"Mermaid {version}: {len(asked)} diagrams, {len(odd)} disagreements")
    arguments.output.write_text(table(asked, told), encoding="utf-8")
    return int(any(odd for _version, _said, odd in told))


if __name__ == "__main__":
    sys.exit(main())
