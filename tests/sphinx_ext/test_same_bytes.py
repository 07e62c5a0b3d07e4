"""Two people with two machines get the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONF = """\
extensions = ["myst_parser", "sphinx_diagram_ext"]
cdc_diagram_path = ["data"]
exclude_patterns = ["data"]
html_theme = "basic"
numfig = True
"""
FLOW = """\
diagram:
  type: flow
  title: "Title {name}"
  summary: "What {name} shows"
  tags: [kafka, {name}]
  nodes:
    a: {{name: "Alpha {name}", explain: "Why *alpha*"}}
    b: {{name: "Beta {name}", role: database, tone: problem}}
    c: {{name: "Gamma", tone: healthy}}
  flows:
    - {{from: a, to: b, label: "rows"}}
    - {{from: b, to: c}}
"""
INDEX = """\
# Index

```{{toctree}}
{listed}
```

```{{cdc-diagram-index}}
:style: gallery
:group-by: tag
```
"""
VARIANTS = {
    "one process": (1, {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}),
    "four processes": (4, {"PYTHONHASHSEED": "1", "TZ": "Asia/Kamchatka", "LC_ALL": "C"}),
}


def files_of(folder: Path, *, backwards: bool) -> None:
    """Write a site of more pages than Sphinx reads in one process; *backwards* is the order of the files."""
    names = [f"d{number}" for number in range(8)]
    pages = {"conf.py": CONF}
    for number, name in enumerate(names):
        pages[f"data/{name}.yaml"] = FLOW.format(name=name)
        other = names[number - 3]
        pages[f"{name}.md"] = f"# {name}\n\n```{{cdc-diagram}} {name}\n```\n\nSee {{cdc:node}}`{other}#a`.\n"
    pages["index.md"] = INDEX.format(listed="\n".join(names))
    for name, text in sorted(pages.items(), reverse=backwards):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def built(folder: Path, jobs: int, environment: dict[str, str]) -> dict[str, bytes]:
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-W",
        "-b",
        "html",
        "-j",
        str(jobs),
        "-d",
        "../doctrees",
        ".",
        "../out",
    ]
    subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=True)
    out = folder.parent / "out"
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_processes_order_of_files_locale_time_zone_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    found = []
    for number, (jobs, environment) in enumerate(VARIANTS.values()):
        files_of(tmp_path / str(number) / "site", backwards=bool(number))
        found.append(built(tmp_path / str(number) / "site", jobs, environment))
    one, two = found
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert {"diagrams.json", "objects.inv", "searchindex.js"} <= set(one)
