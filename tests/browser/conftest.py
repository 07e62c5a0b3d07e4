from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETTINGS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # One worker builds the site once and shares it.
    for item in items:
        if SETTINGS in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


CONF = """\
extensions = ["myst_parser", "sphinx_diagram_ext"{more}]
cdc_diagram_path = ["data"]
exclude_patterns = ["data", "_build"]
html_theme = "{theme}"
"""


@pytest.fixture(scope="session")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return what builds a site of files and returns the folder of its pages."""

    def make(files: dict[str, str], theme: str = "basic", more: tuple[str, ...] = (), conf: str = "") -> Path:
        folder = tmp_path_factory.mktemp("site")
        extensions = "".join(f', "{name}"' for name in more)
        files = {"conf.py": CONF.format(theme=theme, more=extensions) + conf, **files}
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        out = folder / "_build" / "html"
        command = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
        done = subprocess.run([*command, str(folder), str(out)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return out

    return make


@pytest.fixture(scope="session")
def docs_site(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Iterator[tuple[str, list[str]]]:
    """The documentation, built and served: its address and its pages with diagrams."""
    out = tmp_path_factory.mktemp("docs") / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-j", "2", "-b", "html"]
    done = subprocess.run(
        [*command, "-d", str(out.parent / "doctrees"), str(project / "docs"), str(out)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(out)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    pages = [
        path.relative_to(out).as_posix()
        for path in sorted(out.rglob("*.html"))
        if "<svg" in path.read_text(encoding="utf-8") and "cdc-" in path.read_text(encoding="utf-8")
    ]
    yield f"http://127.0.0.1:{server.server_port}/", pages
    server.shutdown()
    server.server_close()
    thread.join()
