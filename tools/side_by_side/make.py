"""Draws diagrams of this repository with other tools too, counts the faults of all, and writes what the page shows.

Mermaid, D2 and Graphviz come from npm and run here, the first in Chromium, the others in Node.js:

    python tools/side_by_side/make.py              # draws and counts everything again
    python tools/side_by_side/make.py --ours       # counts our own pictures again, which needs no npm

It writes a JSON file with all counts, and a small SVG file for each picture of another tool.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
import languages
from files import cleaned

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.engine.mermaid_config import NO_WRAP
from sphinx_diagram_ext.fonts import FONT_FAMILY
from sphinx_diagram_ext.mermaid import emit
from sphinx_diagram_ext.model import Graph
from sphinx_diagram_ext.sphinx_ext.output.assets import style_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser, Page

    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.model import Diagram

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDERS = ("data", "docs/examples", "sphinx_diagram_ext/templates")
PICTURES = ROOT / "docs" / "reference" / "side-by-side"
COUNTS = PICTURES / "counts.json"
FAULTS = ROOT / "tests" / "browser" / "faults.js"
SAMPLES = (
    "snapshot-mode",
    "connect-cluster",
    "atlas/failure-cascade",
    "types/three-regions",
    "case-studies/service-mesh",
    "case-studies/deployment-pipeline",
    "develop/data-flow",
    "case-studies/global-architecture",
    "case-studies/failure-domains",
    "incidents/cascade",
)
"""Diagrams that are easy for us, then as many that are hard."""

PACKAGES = {
    "mermaid": "mermaid@12.3.0",
    "d2": "@terrastruct/d2@0.1.33",
    "wasm-graphviz": "@hpcc-js/wasm-graphviz@1.29.2",
}
TOOLS = {"mermaid": "mermaid", "d2-dagre": "d2", "d2-elk": "d2", "graphviz": "graphviz"}
"""Pictures of others, each with the tool whose classes it has."""

SHOWN = ("mermaid", "d2-dagre", "graphviz")
"""Those that are files; D2's other layout is counted only."""

NUMBERS = range(2, 8)
"""Faults that are counted; the others need a page, a sequence or a rank."""

KEPT = ("faults", "crossings", "width", "height", "type", "bytes")
"""What is kept of a measurement."""

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
_MERMAID = """async ([name, source, config]) => {
  mermaid.initialize(config);
  return (await mermaid.render(name, source)).svg;
}"""
_D2_VERSION = re.compile(r'data-d2-version="([^"]+)"')
FONTS = {name: f"LiberationSans-{name.title()}.ttf" for name in ("regular", "bold", "italic")}


def diagrams() -> dict[str, Diagram]:
    """Return the diagrams that are compared, complete, by id."""
    engine = select_engine().engine
    catalog = Catalog([ROOT / folder for folder in FOLDERS])
    return {name: pipeline.inspect(catalog.get(name), engine) for name in SAMPLES}


def sources(diagram: Diagram) -> dict[str, Any]:
    """Return what the other tools are given for *diagram*: three texts, and Mermaid's room for titles."""
    body = diagram.body
    assert isinstance(body, Graph)
    source = emit(diagram)
    return {
        "mermaid": languages.mermaid(source.text),
        "flowchart": source.config["flowchart"],
        "d2": languages.d2(body),
        "dot": languages.dot(body),
    }


def digest(diagram: Diagram) -> str:
    """Return what changes when the other tools would be given something else."""
    return hashlib.sha256(json.dumps(sources(diagram)).encode()).hexdigest()[:16]


def slug(name: str) -> str:
    """Return the id of a diagram as part of the name of a file."""
    return name.replace("/", "-")


def page_of(pictures: Mapping[str, str], style: str = "") -> str:
    """Return a page of SVG pictures in their natural size, each with its name."""
    own = "svg { max-width: none !important } .cdc-frame { max-width: none; overflow: visible; padding: 0 }"
    figures = "".join(
        f'<figure class="cdc-diagram" id="{name}"><div class="cdc-frame">{svg[svg.index("<svg") :]}</div></figure>'
        for name, svg in pictures.items()
    )
    return f'<!doctype html><meta charset="utf-8"><title>T</title><style>{style} {own}</style>{figures}'


def counted(page: Page, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what is measured of each picture of a page, with the numbers of its faults."""
    wrong = page.evaluate(FAULTS.read_text(encoding="utf-8"))["wrong"]
    found = {}
    for name in names:
        numbers = Counter(int(item.split(": ")[1].split()[0]) for item in wrong if item.startswith(f"{name}: "))
        found[name] = {"faults": {str(number): numbers[number] for number in NUMBERS}}
        found[name] |= page.evaluate("measure", name)
    return found


def ours(browser: Browser, found: Mapping[str, Diagram]) -> dict[str, dict[str, Any]]:
    """Return what is measured of our own pictures for a column of text, by id of the diagram."""
    engine = select_engine().engine
    drawn = {name: pipeline.draw(one, pipeline.check(one, engine), engine) for name, one in found.items()}
    named = {slug(name): _named(picture.inline(slug(name)), slug(name)) for name, picture in drawn.items()}
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    page.set_content(page_of(named, style_sheet()))
    page.add_script_tag(path=HERE / "hooks.js")
    measured = counted(page, named)
    page.close()
    return {name: {**measured[slug(name)], "bytes": _bytes(picture)} for name, picture in drawn.items()}


def _bytes(picture: Picture) -> int:
    """Return how long a picture is in a page, in all its forms."""
    forms = [picture, *([picture.narrow] if picture.narrow else [])]
    return sum(len(form.inline("cdc").encode()) for form in forms)


def _named(svg: str, name: str) -> str:
    before, _, rest = svg.partition("</title>")
    return f"{before[: before.rindex('>') + 1]}{name}</title>{rest}"


def others(
    browser: Browser, found: Mapping[str, Diagram], modules: Path, versions: dict[str, dict[str, str]]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what is measured of the others' pictures by picture and id, and the text of their files by name.

    What D2 and Graphviz call themselves is added to the *versions* of their packages.
    """
    asked = {name: sources(diagram) for name, diagram in found.items()}
    drawn, graphviz = _by_node(asked, modules)
    (d2,) = {found[1] for kinds in drawn.values() for found in _D2_VERSION.finditer(kinds["d2-dagre"])}
    versions["d2"]["engine"], versions["wasm-graphviz"]["engine"] = f"D2 {d2}", f"Graphviz {graphviz}"
    for name, svg in _by_mermaid(browser, asked, modules).items():
        drawn[name]["mermaid"] = svg
    named = {f"{slug(name)}-{kind}": svg for name, kinds in drawn.items() for kind, svg in kinds.items()}
    page = browser.new_page(viewport={"width": 1300, "height": 900})
    # The widths that D2 and Graphviz reckon with are those of this font.
    page.set_content(page_of(named, f"svg, svg text, svg tspan {{ font-family: {FONT_FAMILY} !important }}"))
    page.add_script_tag(path=HERE / "hooks.js")
    for name in drawn:
        for kind, tool in TOOLS.items():
            page.evaluate("prepare", {"tool": tool, "name": f"{slug(name)}-{kind}"})
    measured = counted(page, named)
    shown = [name for name in named if name.endswith(SHOWN)]
    files = {name: cleaned(page.evaluate("written", name), name) for name in shown}
    page.close()
    result = {
        name: {kind: {**measured[f"{slug(name)}-{kind}"], "bytes": len(kinds[kind].encode())} for kind in sorted(kinds)}
        for name, kinds in drawn.items()
    }
    return result, files


def _by_node(asked: Mapping[str, Mapping[str, Any]], modules: Path) -> tuple[dict[str, dict[str, str]], str]:
    """Return the pictures of D2 and Graphviz by id and kind, and the version of Graphviz."""
    node = shutil.which("node")
    if node is None:
        sys.exit("node is not on PATH")
    fonts = {name: _font(file) for name, file in FONTS.items()}
    given = json.dumps({"fonts": fonts, "graphs": list(asked.values())})
    command = [node, str(HERE / "draw.mjs"), str(modules)]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    answer = json.loads(done.stdout)
    return dict(zip(asked, answer["drawn"], strict=True)), answer["graphviz"]


def _font(file: str) -> str:
    found = next(Path("/usr/share/fonts").rglob(file), None)
    if found is None:
        sys.exit(f"{file} is not installed: on Debian it is in fonts-liberation")
    return str(found)


def _by_mermaid(browser: Browser, asked: Mapping[str, Mapping[str, Any]], modules: Path) -> dict[str, str]:
    """Return Mermaid's pictures by id: its own look, labels as SVG; lines are broken already."""
    page = browser.new_page()
    page.set_content('<!doctype html><meta charset="utf-8"><title>T</title>')
    page.add_script_tag(path=modules / "mermaid" / "dist" / "mermaid.min.js")
    config = {
        "startOnLoad": False,
        "layout": "elk",
        "fontFamily": FONT_FAMILY,
        "themeVariables": {"fontFamily": FONT_FAMILY},
        "htmlLabels": False,
        "deterministicIds": True,
    }
    drawn = {}
    for number, (name, given) in enumerate(asked.items()):
        flowchart = {"htmlLabels": False, "wrappingWidth": NO_WRAP, **given["flowchart"]}
        wanted = [f"m{number}", given["mermaid"], {**config, "flowchart": flowchart}]
        drawn[name] = page.evaluate(_MERMAID, wanted)
    page.close()
    return drawn


def download(folder: Path) -> dict[str, dict[str, str]]:
    """Put the packages into *folder*; return the version and the licence of each."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is not on PATH")
    told = {}
    for name, wanted in PACKAGES.items():
        command = [npm, "pack", "--silent", "--ignore-scripts", "--pack-destination", str(folder), wanted]
        archive = subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder).stdout.split()[-1]
        with tarfile.open(folder / archive) as package:
            package.extractall(folder / name, filter="data")
        for path in (folder / name / "package").iterdir():
            path.rename(folder / name / path.name)
        said = json.loads((folder / name / "package.json").read_text(encoding="utf-8"))
        told[name] = {"package": said["name"], "version": said["version"], "licence": said["license"]}
    return told


def check(found: Mapping[str, Diagram], measured: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Iterator[str]:
    """Yield what a picture lacks: a word, a node or an edge."""
    for name, kinds in measured.items():
        body = found[name].body
        assert isinstance(body, Graph)
        labels = [node.label for node in body.nodes] + [detail for node in body.nodes for detail in node.details]
        labels += [edge.label for edge in body.edges if edge.label] + [group.label for group in body.groups]
        for kind, one in kinds.items():
            shown = "".join(one["words"].split())
            yield from (
                f"{name}, {kind}: no {label.text!r}" for label in labels if "".join(label.text.split()) not in shown
            )
            wanted = {"nodes": len(body.nodes), "edges": len(body.edges), "frames": len(body.groups)}
            yield from (
                f"{name}, {kind}: {one[part]} {part}, wanted {wanted[part]}"
                for part in wanted
                if one[part] != wanted[part]
            )


def main(argv: Sequence[str] | None = None) -> int:
    """Draw, count, write the files; return 1 if a picture lacks something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", action="store_true", help="count our own pictures only, and keep the other counts")
    arguments = parser.parse_args(argv)
    found = diagrams()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    old = json.loads(COUNTS.read_text(encoding="utf-8")) if arguments.ours else {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        measured: dict[str, dict[str, Any]] = {name: {"ours": one} for name, one in ours(browser, found).items()}
        if not arguments.ours:
            old["packages"] = download(Path(folder))
            theirs, files = others(browser, found, Path(folder), old["packages"])
            measured = {name: {**kinds, **theirs[name]} for name, kinds in measured.items()}
            write_pictures(files)
        browser.close()
    lacking = list(check(found, measured))
    for line in lacking:
        print(line, file=sys.stderr)
    COUNTS.write_text(json.dumps(merged(old, found, measured), indent=1) + "\n", encoding="utf-8")
    return int(bool(lacking))


def merged(
    old: Mapping[str, Any], found: Mapping[str, Diagram], measured: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> dict[str, Any]:
    """Return the counts for the file: those that are new, in place of *old* ones."""
    told = {}
    for name, kinds in measured.items():
        before = old.get("diagrams", {}).get(name, {"digest": digest(found[name]), "pictures": {}})
        new = {kind: {key: one[key] for key in KEPT} for kind, one in kinds.items()}
        # The digest is of what the others were given: it stays as long as their pictures do.
        told[name] = {"digest": before["digest"], "pictures": {**before["pictures"], **new}}
    return {"packages": old["packages"], "diagrams": told}


def write_pictures(files: Mapping[str, str]) -> None:
    """Write the pictures of others, in place of those that are there."""
    PICTURES.mkdir(exist_ok=True)
    for path in PICTURES.glob("*.svg"):
        path.unlink()
    for name, text in files.items():
        (PICTURES / f"{name}.svg").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
