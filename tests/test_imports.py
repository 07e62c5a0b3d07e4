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

CORE: dict[str, set[str]] = {
    "synonyms": set(),
    "errors": {"synonyms"},
    "fonts": set(),
    "model": set(),
    "urls": set(),
    "limits": {"errors"},
    "palette": {"model"},
    "mermaid_keywords": {"errors"},
    "yaml_comments": set(),
    "yaml_errors": set(),
    "yaml_messages": {"yaml_errors"},
    "yaml_source": {"errors", "limits", "yaml_messages"},
    "types": {"errors", "model", "urls", "yaml_source"},
    "catalog": {"errors", "limits", "mermaid_keywords", "model", "synonyms", "types", "yaml_source"},
    "evidence": set(),
    "mermaid": {"fonts", "mermaid_keywords", "model", "palette"},
    "engine": {"fonts", "limits", "mermaid", "mermaid_keywords", "model", "palette"},
    "drawing": {"engine", "errors", "fonts", "limits", "mermaid", "mermaid_keywords", "model", "palette", "urls"},
    "plaintext": {"drawing", "engine", "mermaid", "model"},
    "fences": {"catalog", "drawing", "engine", "errors", "limits", "model", "yaml_source"},
    "plan": {"catalog", "errors", "limits", "model", "types", "yaml_source"},
    "lint": {"catalog", "drawing", "engine", "errors", "evidence", "mermaid", "model", "plan", "yaml_source"},
    "icons": {"catalog", "drawing", "errors", "model", "types"},
    "scaffold": {"catalog", "errors", "limits", "model", "types"},
    "changes": {"drawing", "errors", "fonts", "model", "palette"},
    "cli": {
        "",
        "catalog",
        "changes",
        "drawing",
        "engine",
        "errors",
        "fences",
        "icons",
        "limits",
        "lint",
        "mermaid",
        "model",
        "palette",
        "plaintext",
        "plan",
        "scaffold",
        "types",
    },
    "__main__": {"cli"},
}
"""What each room of the core may import, besides itself; "" is the package itself (its version)."""

SPHINX: dict[str, set[str]] = {
    "locale": set(),
    "pickled": set(),
    "placement": set(),
    "worker_process": set(),
    "logging": set(),
    "nodes": {"pickled"},
    "config_values": set(),
    "config": {"config_values", "logging"},
    "domain": {"locale", "logging", "pickled", "placement", "worker_process"},
    "markup": {"logging"},
    "build_tools": {"config", "config_values", "domain", "logging", "nodes", "placement"},
    "linting": {"build_tools", "domain", "logging", "nodes"},
    "output": {"build_tools", "domain", "locale", "logging", "nodes"},
    "incremental": {"build_tools", "domain", "nodes", "output"},
    "directives": {"build_tools", "config", "domain", "locale", "logging", "markup", "nodes", "placement"},
    "writers": {"build_tools", "domain", "locale", "logging", "nodes", "output"},
    "transforms": {"build_tools", "domain", "locale", "logging", "markup", "nodes", "output"},
    "extension": {
        "build_tools",
        "config",
        "directives",
        "domain",
        "incremental",
        "linting",
        "locale",
        "output",
        "transforms",
        "writers",
    },
}
"""What each room of the Sphinx side may import of that side, besides itself; of the core it may import anything."""

ALLOWED = {**CORE, **{f"sphinx_ext.{room}": {f"sphinx_ext.{name}" for name in uses} for room, uses in SPHINX.items()}}


def modules() -> list[Path]:
    """Return the modules of the core."""
    return [path for path in every_module() if "sphinx_ext" not in path.parts]


def every_module() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def imports(path: Path, *, typing: bool) -> set[str]:
    """Return the modules of the package that *path* imports at run time, and for types too if asked."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not typing:
        tree.body = [node for node in tree.body if not typing_block(node)]
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            full = [f"{module}.{item.name}" for item in node.names]
            found |= {name if name.startswith(NAME) and is_module(name) else module for name in full}
        elif isinstance(node, ast.Import):
            found |= {item.name for item in node.names}
    return found


def room(name: str) -> str:
    """Return the room of a module, by its dotted name: ``catalog``, ``sphinx_ext.domain``; "" is the package."""
    parts = name.split(".")[1:]
    return ".".join(parts[: 2 if parts[:1] == ["sphinx_ext"] else 1])


def own_imports(path: Path) -> set[str]:
    """Return the modules of this package that *path* imports, for types too."""
    return {name for name in imports(path, typing=True) if name == NAME or name.startswith(f"{NAME}.")}


ROOMS = [path for path in every_module() if room(dotted(path)) not in {"", "sphinx_ext"}]


def test_every_room_has_its_layer() -> None:
    assert {room(dotted(path)) for path in ROOMS} == set(ALLOWED)


@pytest.mark.parametrize("path", ROOMS, ids=dotted)
def test_imports_go_downwards(path: Path) -> None:
    own = room(dotted(path))
    above = []
    for name in own_imports(path):
        other = room(name)
        allowed = other == own or other in ALLOWED[own] or name.removeprefix(f"{NAME}.") in ALLOWED[own]
        if own.startswith("sphinx_ext."):
            allowed = allowed or not other.startswith("sphinx_ext")
        if not allowed:
            above.append(name)
    assert above == []


def test_rooms_have_no_circles() -> None:
    rooms = {own: {room(f"{NAME}.{name}") for name in uses} - {""} for own, uses in ALLOWED.items()}
    done: set[str] = set()
    while len(done) < len(rooms):
        ready = {own for own, uses in rooms.items() if own not in done and uses <= done}
        assert ready, {own: uses - done for own, uses in rooms.items() if own not in done}
        done |= ready


def test_files_have_no_circles() -> None:
    """No file imports itself in a loop, not even for types; the package's lazy ``setup`` is the one exception."""
    paths = {dotted(path): path for path in every_module() if path != PACKAGE / "__init__.py"}
    uses = {name: {found for found in own_imports(path) if found in paths} - {name} for name, path in paths.items()}
    done: set[str] = set()
    while len(done) < len(uses):
        ready = {name for name, needs in uses.items() if name not in done and needs <= done}
        assert ready, {name: sorted(needs - done) for name, needs in uses.items() if name not in done}
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
