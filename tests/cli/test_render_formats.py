"""Formats of ``render``: pictures for slides and chats, all of a project, from any folder below it."""

from __future__ import annotations

import struct
import subprocess
import sys

import pytest
from samples import GOOD

from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.palette import PALETTE


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with settings, two diagrams in a folder of its own and a current folder below it."""
    (tmp_path / "pyproject.toml").write_text('[tool.cdc-diagram]\npath = ["pictures"]\n', encoding="utf-8")
    for name in ("flow", "timeline"):
        path = tmp_path / "pictures" / "shop" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(GOOD[name], encoding="utf-8")
    (tmp_path / "docs" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


def test_png_at_two_scales(project):
    for scale, name in ((1, "one.png"), (2, "two.png")):
        assert main(["render", "shop/flow", "-o", name, "--scale", str(scale)]) == 0
    one, two = (size((project / name).read_bytes()) for name in ("one.png", "two.png"))
    assert all(abs(double - 2 * single) <= 2 for single, double in zip(one, two, strict=True))


def test_pdf(project):
    assert main(["render", "shop/flow", "-o", "out.pdf"]) == 0
    assert (project / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_standard_output(project, capfdbinary):
    assert main(["render", "shop/flow", "--format", "svg"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<svg")
    assert main(["render", "shop/flow", "--format", "png", "-o", "-"]) == 0
    assert size(capfdbinary.readouterr().out)[0] > 100


def test_dark_and_narrow(project):
    assert main(["render", "shop/timeline", "-o", "wide.svg"]) == 0
    assert main(["render", "shop/timeline", "-o", "dark.svg", "--theme", "dark", "--form", "narrow"]) == 0
    wide, dark = ((project / name).read_text(encoding="utf-8") for name in ("wide.svg", "dark.svg"))
    assert f'style="background:{PALETTE.dark["ground"]}"' in dark
    assert PALETTE.dark["text"] in dark
    assert PALETTE.light["text"] in wide
    assert float(dark.split('width="')[1].split('"')[0]) < float(wide.split('width="')[1].split('"')[0])


def test_all_of_a_project_from_a_folder_below_it(project, monkeypatch, capsys):
    (project / "pictures" / "bad.yaml").write_text("diagram: {type: flow}\n", encoding="utf-8")
    monkeypatch.chdir(project / "docs" / "deep")
    assert main(["render", "--all", "-o", "out"]) == 1
    out = project / "docs" / "deep" / "out"
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.svg")) == [
        "shop/flow.svg",
        "shop/timeline.svg",
    ]
    assert capsys.readouterr().err.startswith("../../pictures/bad.yaml:1:10: The key 'nodes' is missing here.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "wanted the id or the file of a diagram, or --all"),
        (["shop/flow", "--all"], "wanted the id or the file of a diagram, or --all"),
        (["--all"], "name the folder to write to with -o"),
        (["shop/flow", "-o", "x.gif"], "does not end in one of .svg, .png, .pdf, .mmd, .txt"),
        (["shop/flow", "--scale", "0"], "wanted a number above 0"),
        (["shop/flow", "--scale", "nan"], "wanted a number above 0"),
    ],
)
def test_wrong_usage(project, arguments, said, capsys):
    assert main(["render", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_every_command_finds_the_project_from_below(project, monkeypatch, capsys):
    monkeypatch.chdir(project / "docs" / "deep")
    assert main(["validate"]) == 0
    assert main(["list"]) == 0
    assert "shop/flow" in capsys.readouterr().out
    assert main(["new", "shop/more", "--template", "incidents/timeline"]) == 0
    assert (project / "pictures" / "shop" / "more.yaml").is_file()


def test_a_pyproject_of_another_project_in_between_is_passed_over(project, monkeypatch):
    (project / "docs" / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    monkeypatch.chdir(project / "docs" / "deep")
    assert main(["validate"]) == 0


def test_python_runs_the_package(project):
    command = [sys.executable, "-m", "sphinx_diagram_ext", "validate"]
    assert (
        subprocess.run(command, capture_output=True, text=True, check=False).stdout == "2 diagrams checked, 0 errors.\n"
    )
