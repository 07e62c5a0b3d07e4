"""The documentation builds without a warning, on every builder."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text", "man", "texinfo", "epub", "latex", "gettext"])
def test_docs_build_without_warnings(builder, project, tmp_path_factory):
    out = tmp_path_factory.mktemp(f"docs-{builder}")
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", builder]
    done = subprocess.run(
        [*command, "-d", str(out / "doctrees"), str(project / "docs"), str(out / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_local_links_of_the_docs_lead_somewhere(project, tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", "linkcheck"]
    done = subprocess.run(
        [
            *command,
            "-D",
            "linkcheck_ignore=^https?://",
            "-d",
            str(tmp_path / "doctrees"),
            str(project / "docs"),
            str(tmp_path / "out"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
