"""Code that draws otherwise has another digest, and nothing else has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sphinx_diagram_ext
from sphinx_diagram_ext.drawing.fingerprint import code_digest, drawing_digest

PACKAGE = Path(sphinx_diagram_ext.__file__).parent


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "copy"
    shutil.copytree(PACKAGE, folder)
    return folder


def test_the_same_files_elsewhere_have_the_same_digest(copy: Path) -> None:
    assert code_digest(copy) == drawing_digest() == code_digest(PACKAGE)


@pytest.mark.parametrize(
    "name",
    [
        "drawing/foreign/adapt.py",
        "drawing/pdf.py",
        "drawing/pipeline.py",
        "engine/merman/adapter.py",
        "fonts/widths.json",
        "mermaid/escape.py",
        "palette.py",
        "urls.py",
    ],
)
def test_a_change_of_code_that_draws_changes_it(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
    assert code_digest(copy) != drawing_digest()


@pytest.mark.parametrize(
    "name",
    [
        "catalog/catalog.py",
        "cli/main.py",
        "drawing/__pycache__/new.py",
        "errors.py",
        "lint/layout.py",
        "plaintext/draw.py",
        "sphinx_ext/extension.py",
        "templates/new.yaml",
        "types/flow.py",
    ],
)
def test_a_change_elsewhere_does_not(copy: Path, name: str) -> None:
    (copy / name).parent.mkdir(exist_ok=True)
    with (copy / name).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    assert code_digest(copy) == drawing_digest()


def test_a_file_that_moves_changes_it(copy: Path) -> None:
    (copy / "palette.py").rename(copy / "colours.py")
    assert code_digest(copy) != drawing_digest()
