"""Describes the packages of the project as MyST text, from the table that the test of imports holds."""

from __future__ import annotations

import ast
from pathlib import Path

from describe import sentence

import sphinx_diagram_ext

PACKAGE = Path(sphinx_diagram_ext.__file__).parent
IMPORTS = Path(__file__).parents[2] / "tests" / "test_imports.py"


def rooms(name: str) -> str:
    """Describe each package or module of ``CORE`` or ``SPHINX``: what it is and what it may import of them."""
    prefix = "sphinx_ext/" if name == "SPHINX" else ""
    rows = [
        f"| `{prefix}{room}` | {_summary(PACKAGE / prefix / room)} | {', '.join(sorted(filter(None, uses))) or '-'} |"
        for room, uses in _tables()[name].items()
    ]
    return "\n".join(["| Package or module | What it is | May import |", "|---|---|---|", *rows, ""])


def _tables() -> dict[str, dict[str, set[str]]]:
    """Return the tables of the test, which is read and not imported: it needs pytest."""
    found = {}
    for item in ast.parse(IMPORTS.read_text(encoding="utf-8")).body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            assert item.value is not None
            found[item.target.id] = ast.literal_eval(item.value)
    return found


def _summary(path: Path) -> str:
    """Return the first line of a package's or module's docstring."""
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return sentence(text.partition("\n")[0])
