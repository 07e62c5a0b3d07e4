"""Makes a site of diagrams from a seed, after the measures of a public atlas.

Measured there (4,237 flowcharts): median 38 lines of Mermaid, 93 % with subgraphs, 94 % with
line breaks in labels, 25 % with dotted edges, 18 % with cylinders, 13 % with edge labels.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    "order",
    "payment",
    "broker",
    "replica",
    "leader",
    "follower",
    "gateway",
    "cache",
    "index",
    "shard",
    "partition",
    "topic",
    "offset",
    "snapshot",
    "connector",
    "consumer",
    "producer",
    "schema",
    "ledger",
    "session",
    "token",
    "queue",
    "worker",
    "cluster",
    "region",
)
TONES = ("neutral",) * 6 + ("problem", "caution", "healthy", "blue", "purple")


def diagram(number: int, rng: random.Random) -> dict[str, object]:
    """Return the data of one diagram."""
    count = max(4, min(30, round(rng.lognormvariate(2.35, 0.4))))
    nodes: dict[str, object] = {}
    for index in range(count):
        node: dict[str, object] = {"name": " ".join(rng.choices(WORDS, k=rng.randint(1, 3))).capitalize()}
        if rng.random() < 0.94:
            node["details"] = [f"{rng.choice(WORDS)} {rng.randint(1, 900)}" for _ in range(rng.randint(1, 2))]
        if rng.random() < 0.18:
            node["role"] = "database"
        node["tone"] = rng.choice(TONES)
        if rng.random() < 0.3:
            node["explain"] = " ".join(rng.choices(WORDS, k=14)).capitalize() + "."
        nodes[f"n{index}"] = node
    flows = []
    for index in range(1, count):
        flow: dict[str, object] = {"from": f"n{rng.randrange(max(0, index - 4), index)}", "to": f"n{index}"}
        if rng.random() < 0.13:
            flow["label"] = rng.choice(WORDS)
        if rng.random() < 0.25:
            flow["style"] = "dashed"
        flows.append(flow)
    data: dict[str, object] = {
        "type": "flow",
        "title": f"Diagram {number}: {' '.join(rng.choices(WORDS, k=3))}",
        "summary": " ".join(rng.choices(WORDS, k=12)).capitalize() + ".",
        "tags": rng.sample(WORDS, 2),
        "direction": rng.choice(("TB", "LR")),
        "illustration": True,
        "nodes": nodes,
        "flows": flows,
    }
    if rng.random() < 0.93:
        cut = count // 2
        data["groups"] = {
            "left": {"name": rng.choice(WORDS).capitalize(), "nodes": [f"n{index}" for index in range(cut)]},
            "right": {"name": rng.choice(WORDS).capitalize(), "nodes": [f"n{index}" for index in range(cut, count)]},
        }
    return {"diagram": data}


def write_data(folder: Path, count: int, seed: int = 1) -> list[str]:
    """Write *count* data files below *folder* and return their ids."""
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    ids = []
    for number in range(count):
        name = f"part{number % 25}/d{number}"
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines_of(diagram(number, rng))) + "\n", encoding="utf-8")
        ids.append(name)
    return ids


def lines_of(data: dict[str, object], indent: str = "") -> list[str]:
    """Return *data* as lines of YAML, in the style that people write: short lists and flows on one line."""
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            lines += [f"{indent}{key}:", *lines_of(value, f"{indent}  ")]
        elif isinstance(value, list) and isinstance(value[0], dict):
            lines.append(f"{indent}{key}:")
            lines += [f"{indent}  - {{{', '.join(f'{name}: {one}' for name, one in item.items())}}}" for item in value]
        elif isinstance(value, list):
            lines.append(f"{indent}{key}: [{', '.join(value)}]")
        else:
            text = f'"{value}"' if ":" in str(value) else str(value).lower() if value is True else value
            lines.append(f"{indent}{key}: {text}")
    return lines


EXTENSIONS = {
    "literal": [],
    "mermaid": ["sphinxcontrib.mermaid"],
    "mmdc": ["sphinxcontrib.mermaid"],
    "needs": ["sphinx_needs"],
    "diagram": ["sphinx_diagram_ext"],
}
"""What each form of the pages needs beside MyST."""


FEW = 2_000
"""Up to so many diagrams a site is one of 250 pages with a theme that shows all of them beside each."""

_PAGES = 2_000
_CHAPTER = 50


def large(count: int) -> bool:
    """Tell whether a site of *count* diagrams is in chapters, with a theme that shows none of the other pages.

    Beside each page of thousands, a tree of all of them would be most of what is measured: that
    time grows with the square of the pages, whatever is on them.
    """
    return count > FEW


def write_pages(folder: Path, ids: list[str], form: str) -> None:
    """Write pages that show the diagrams *ids* in one of the forms of EXTENSIONS: five on each, or 2,000 pages."""
    folder.mkdir(parents=True, exist_ok=True)
    per_page = max(5, len(ids) // _PAGES)
    pages = [ids[start : start + per_page] for start in range(0, len(ids), per_page)]
    for number, names in enumerate(pages):
        parts = [f"# Page {number}\n"]
        for name in names:
            parts.append(f"\nSome text before the diagram {name}, as a lesson would have it.\n\n")
            parts.append(_block(folder, name, form))
        (folder / f"page{number}.md").write_text("".join(parts), encoding="utf-8")
    listed = [f"page{number}" for number in range(len(pages))]
    if large(len(ids)):
        chapters = [listed[start : start + _CHAPTER] for start in range(0, len(listed), _CHAPTER)]
        for number, chapter in enumerate(chapters):
            (folder / f"chapter{number}.md").write_text(_tree(f"Chapter {number}", chapter), encoding="utf-8")
        listed = [f"chapter{number}" for number in range(len(chapters))]
    (folder / "index.md").write_text(_tree("Site", listed), encoding="utf-8")
    (folder / "conf.py").write_text(_configuration(form, "basic" if large(len(ids)) else "furo"), encoding="utf-8")


def _tree(title: str, names: list[str]) -> str:
    listed = "\n".join(names)
    return f"# {title}\n\n```{{toctree}}\n{listed}\n```\n"


def _configuration(form: str, theme: str) -> str:
    # As sphinx-quickstart writes it: else Sphinx looks for pages among pictures, doctrees and output.
    lines = [f"extensions = {['myst_parser', *EXTENSIONS[form]]!r}", f'html_theme = "{theme}"']
    lines.append('exclude_patterns = ["_build", "Thumbs.db", ".DS_Store"]')
    if form == "diagram":
        lines.append('cdc_diagram_path = ["../data"]')
    if form == "mmdc":
        lines += [
            "import os",
            'mermaid_output_format = "svg"',
            'puppeteer = os.environ.get("CDC_DIAGRAM_PUPPETEER_CONFIG")',
            'mermaid_params = ["-p", puppeteer] if puppeteer else []',
        ]
    return "\n".join(lines) + "\n"


def _block(folder: Path, name: str, form: str) -> str:
    if form == "diagram":
        return f"```{{cdc-diagram}} {name}\n```\n"
    data = folder.parent / "data" / f"{name}.yaml"
    if form == "needs":
        title, summary = data.read_text(encoding="utf-8").split("\n")[2:4]
        number = int(name.rpartition("d")[2])
        # sphinx-needs takes no id of fewer than five characters.
        before = f":links: D{number - 1:06}\n" if number else ""
        title = title.partition(": ")[2].strip('"')
        return f"```{{req}} {title}\n:id: D{number:06}\n{before}\n{summary.partition(': ')[2]}\n```\n"
    source = (folder.parent / "sources" / f"{name}.mmd").read_text(encoding="utf-8")
    return f"```{'text' if form == 'literal' else '{mermaid}'}\n{source}```\n"
