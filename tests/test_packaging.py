"""What is published: the contents of wheel and sdist, and the versions that are promised."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PACKAGE = "sphinx_diagram_ext"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def below(folder: Path) -> set[str]:
    """Return the files below *folder* that belong to the project, relative to its root."""
    return {
        path.relative_to(ROOT).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
        and not {"__pycache__", "_build"} & set(path.parts)
        and (path.suffix != ".mo" or PACKAGE in path.parts)
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def test_the_wheel_holds_the_package_and_nothing_else(built):
    (path,) = built.glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        (info,) = {name.split("/")[0] for name in names if ".dist-info/" in name}
        meta = wheel.read(f"{info}/METADATA").decode()
        points = wheel.read(f"{info}/entry_points.txt").decode()
    metadata = {f"{info}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")}
    assert names - metadata == below(ROOT / PACKAGE)
    needed = (
        "py.typed",
        "sphinx_ext/static/cdc-diagram.css",
        "sphinx_ext/static/script/start.js",
    )
    assert {f"{PACKAGE}/{name}" for name in needed} <= names
    assert len([name for name in names if name.startswith(f"{PACKAGE}/templates/") and name.endswith(".yaml")]) >= 50
    assert "cdc-diagram = sphinx_diagram_ext.cli:main" in points
    assert "License-Expression: MIT" in meta
    assert f"Requires-Python: {PROJECT['requires-python']}" in meta


def test_the_sdist_holds_what_tests_and_documentation_need(built):
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    parts = (PACKAGE, "tests", "docs", "data", "labs", "schema", "tools", "benchmarks", "requirements")
    wanted = set().union(*(below(ROOT / part) for part in parts))
    files = {
        "pyproject.toml",
        "tox.ini",
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "LICENSE",
        "PKG-INFO",
        ".gitignore",
    }
    assert names == wanted | files


def pins(name: str) -> dict[str, list[tuple[Version, str]]]:
    """Return the versions in a file of requirements, each with its marker, by package."""
    found: dict[str, list[tuple[Version, str]]] = {}
    for line in (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            item = Requirement(line)
            (pin,) = item.specifier
            assert pin.operator == "==", line
            found.setdefault(canonicalize_name(item.name), []).append((Version(pin.version), str(item.marker or "")))
    return found


def requirements() -> list[Requirement]:
    extras = PROJECT["optional-dependencies"]
    texts = [*PROJECT["dependencies"], *extras["pdf"], *extras["docs"], *extras["test"], *extras["lint"]]
    return [item for item in map(Requirement, texts) if canonicalize_name(item.name) != "sphinx-diagram-ext"]


def test_the_lock_file_satisfies_every_requirement():
    locked = pins("ci.txt")
    for item in requirements():
        versions = locked.get(canonicalize_name(item.name), [])
        assert versions, f"{item.name}: run 'tox -e lock'"
        assert all(version in item.specifier for version, _marker in versions), f"{item}: run 'tox -e lock'"


def test_the_lowest_versions_are_the_lower_bounds():
    lowest = pins("lowest.txt")
    seen = set()
    for text in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["pdf"]]:
        item = Requirement(text)
        if item.marker is None or item.marker.evaluate({"platform_system": "Linux", "platform_machine": "x86_64"}):
            ((version, _marker),) = lowest[canonicalize_name(item.name)]
            bounds = [part for part in item.specifier if part.operator in (">=", "==")]
            assert [Version(part.version) for part in bounds] == [version], item.name
            seen.add(canonicalize_name(item.name))
    assert seen <= set(lowest)


@pytest.mark.skipif("CDC_SLOW" not in os.environ, reason="installs from a package index: tox -e wheel")
def test_the_wheel_works_in_a_bare_environment(built, tmp_path):
    venv.create(tmp_path / "bare", with_pip=True)
    tools = tmp_path / "bare" / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = built.glob("*.whl")
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def run(*command: str) -> str:
        name, *rest = command
        done = subprocess.run(
            [tools / name, *rest], capture_output=True, text=True, check=False, cwd=tmp_path, env=clean
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    run("pip", "install", "-q", str(wheel))
    (tmp_path / "data").mkdir()
    (tmp_path / "docs").mkdir()
    source = "diagram:\n  type: flow\n  title: T\n  nodes: {a: A, b: B}\n  flows: [{from: a, to: b, label: rows}]\n"
    (tmp_path / "data" / "one.yaml").write_text(source, encoding="utf-8")
    conf = 'extensions = ["myst_parser", "sphinx_diagram_ext"]\ncdc_diagram_path = ["../data"]\n'
    (tmp_path / "docs" / "conf.py").write_text(conf, encoding="utf-8")
    (tmp_path / "docs" / "index.md").write_text("# Index\n\n```{cdc-diagram} one\n```\n", encoding="utf-8")
    run("cdc-diagram", "validate")
    run("cdc-diagram", "new", "--list")
    run("cdc-diagram", "render", "one", "-o", "one.svg")
    run("sphinx-build", "-nW", "docs", "out")
    assert "<svg" in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "<svg" in (tmp_path / "one.svg").read_text(encoding="utf-8")
    names = run("python", "-m", "pip", "list", "--format", "freeze")
    assert not re.search(r"^(pytest|furo|typst)==", names, re.MULTILINE)
