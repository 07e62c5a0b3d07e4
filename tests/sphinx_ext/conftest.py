from __future__ import annotations

import os
import re
import textwrap
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.testing.util import SphinxTestApp

CONF = """\
extensions = ["myst_parser", "sphinx_diagram_ext"]
cdc_diagram_path = ["data"]
exclude_patterns = ["data", "_build"]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
numfig = True
"""

FLOW = """\
diagram:
  type: flow
  title: "{title}"
  summary: "What {title} shows"
  tags: [kafka, {name}]
  nodes:
    a: {{name: "Alpha {name}", explain: "Why *alpha*"}}
    b: {{name: "Beta {name}", role: database, tone: problem}}
  flows:
    - {{from: a, to: b, label: "rows"}}
"""


class Site:
    """A small site in a folder of its own, built as often as a test likes."""

    def __init__(self, folder: Path, make_app: Callable[..., SphinxTestApp]) -> None:
        self.folder = folder
        self._make_app = make_app
        self.write("conf.py", CONF)
        self.flow("spare")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def flow(self, name: str, title: str = "A flow") -> Path:
        return self.write(f"data/{name}.yaml", FLOW.format(title=title, name=name.rsplit("/", 1)[-1]))

    def build(self, builder: str = "html", *, parallel: int = 0, **overrides: object) -> Built:
        app = self._make_app(
            builder,
            srcdir=self.folder,
            builddir=self.folder / "_build",
            confoverrides=overrides,
            parallel=parallel,
        )
        read: list[str] = []
        app.connect("env-before-read-docs", lambda _app, _env, docnames: read.extend(docnames))
        written: list[str] = []
        app.connect("doctree-resolved", lambda _app, _doctree, docname: written.append(docname))
        app.build()
        # Lets the next build of the same test register its nodes anew.
        app.cleanup()
        return Built(app, read, written)

    def touch(self, path: Path) -> None:
        """Give *path* a time later than any build."""
        later = time.time() + 5
        os.utime(path, (later, later))


class Built:
    """What a build did."""

    def __init__(self, app: SphinxTestApp, read: list[str], written: list[str]) -> None:
        self.app = app
        self.read = sorted(read)
        self.written = sorted(set(written))
        self.out = Path(app.outdir)
        self.warnings = re.sub(r"\x1b\[[0-9;]*m", "", app.warning.getvalue())

    def text(self, name: str) -> str:
        return (self.out / name).read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path, make_app: Callable[..., SphinxTestApp]) -> Site:
    return Site(tmp_path / "site", make_app)
