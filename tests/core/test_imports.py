"""The core needs no Sphinx, and imports go downwards only."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_diagram_ext

PACKAGE = Path(sphinx_diagram_ext.__file__).parent
NAME = "sphinx_diagram_ext"

ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "urls": set(),
    "model": set(),
    "fonts": set(),
    "limits": {"errors"},
    "palette": {"model"},
    "yaml_source": {"errors", "limits"},
    "types": {"errors", "model", "urls", "yaml_source"},
    "catalog": {"errors", "limits", "model", "types", "yaml_source"},
    "mermaid": {"fonts", "model", "palette"},
    "engine": {"fonts", "limits", "mermaid", "model", "palette"},
    "drawing": {"engine", "errors", "fonts", "limits", "mermaid", "model", "palette", "urls"},
    "plaintext": {"engine", "mermaid", "model"},
    "atlas": {"model"},
    "lint": {"", "atlas", "engine.mermaid_config", "errors", "fonts", "mermaid", "model", "yaml_source"},
    "scaffold": {"catalog", "errors", "limits", "model", "types", "yaml_source"},
    "cli": {
        "",
        "atlas",
        "catalog",
        "drawing",
        "engine",
        "errors",
        "limits",
        "lint",
        "model",
        "plaintext",
        "scaffold",
        "types",
    },
}
"""What each part of the core may import, besides itself; "" is the package itself (its version)."""


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if "sphinx_ext" not in path.parts]


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def within_package(name: str) -> str:
    there = (PACKAGE / f"{name}.py").exists() or (PACKAGE / name).is_dir()
    return f"{NAME}.{name}" if there else NAME


def imports(path: Path, *, typing: bool) -> set[str]:
    """Return the modules of the package that *path* imports at run time, and for types too if asked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not typing:
        tree.body = [node for node in tree.body if not typing_block(node)]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            if node.module == NAME:
                found |= {within_package(item.name) for item in node.names}
            else:
                found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
    return found


def test_every_part_of_the_core_has_its_layer() -> None:
    parts = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()} - {"__init__"}
    assert parts == set(ALLOWED)


@pytest.mark.parametrize("path", [path for path in modules() if path != PACKAGE / "__init__.py"], ids=dotted)
def test_imports_go_downwards(path: Path) -> None:
    part = dotted(path).split(".")[1]
    above = []
    for name in imports(path, typing=True):
        if name != NAME and not name.startswith(f"{NAME}."):
            continue
        inner = name.removeprefix(NAME).removeprefix(".")
        first = inner.split(".")[0]
        if first != part and first not in ALLOWED[part] and inner not in ALLOWED[part]:
            above.append(name)
    assert above == []


def test_layers_have_no_cycles_at_run_time() -> None:
    uses: dict[str, set[str]] = {}
    for path in modules()[1:]:
        names = {name for name in imports(path, typing=False) if name.startswith(f"{NAME}.")}
        part = ".".join(dotted(path).split(".")[:2])
        uses.setdefault(part, set()).update(".".join(name.split(".")[:2]) for name in names)
    done: set[str] = set()
    while len(done) < len(uses):
        ready = {part for part, needs in uses.items() if part not in done and needs - {part, NAME} <= done}
        assert ready, {part: needs - done for part, needs in uses.items() if part not in done}
        done |= ready


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_no_module_of_the_core_names_sphinx(path: Path) -> None:
    outer = {name.split(".")[0] for name in imports(path, typing=False)}
    assert outer & {"sphinx", "docutils", "myst_parser", "sphinxcontrib"} == set()


def test_the_core_imports_neither_sphinx_nor_docutils() -> None:
    names = [dotted(path) for path in modules() if path.name != "__main__.py"]
    code = (
        f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'sphinx', 'docutils', 'myst_parser', 'sphinxcontrib', 'jinja2'}))\n"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.parametrize("name", [dotted(path) for path in modules() if path.name == "__init__.py"])
def test_what_a_part_promises_is_there(name: str) -> None:
    module = sys.modules.get(name) or __import__(name, fromlist=["x"])
    assert [item for item in getattr(module, "__all__", ()) if not hasattr(module, item)] == []
