"""Templates: complete diagrams with comments, and new data files that begin as a copy of one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sphinx_diagram_ext.catalog.files import read_file, safe_id
from sphinx_diagram_ext.catalog.listing import DATA_SUFFIXES, Listing
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.limits import DEFAULT_LIMITS
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.icons import NO_ICONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.types import DiagramType
    from sphinx_diagram_ext.types.icons import Icons

# The pure Python scanner refuses some texts that libyaml, which reads the data, takes.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

BUILT_IN = Path(str(files("sphinx_diagram_ext"))) / "templates"
"""Folder of the templates that come with the package; each has the id ``category/view``."""


class ScaffoldError(ValueError):
    """A new file cannot be written as asked; says what was found and what is wanted."""


@dataclass(frozen=True, slots=True)
class Template:
    """A template: its name, its file and the folder that it was found in."""

    name: str
    path: Path
    folder: Path

    def text(self) -> str:
        """Return the text of the file.

        Raises:
            ProblemsError: it cannot be read.
        """
        return read_file(self.path, self.folder, DEFAULT_LIMITS.file_bytes)

    def diagram(self, types: Mapping[str, DiagramType] = TYPES, icons: Icons = NO_ICONS) -> Diagram:
        """Return the diagram that the template is, of one of these types and with some of these icons.

        Raises:
            ProblemsError: everything that is wrong with it.
        """
        return read_diagram(self.text(), self.name, str(self.path), types=types, icons=icons)


def find_templates(folders: Iterable[Path] = ()) -> dict[str, Template]:
    """Return the templates by name, sorted; one in an earlier folder replaces one of its name in a later.

    The folder of the package is the last one.

    Raises:
        ScaffoldError: a folder cannot be listed.
    """
    found: dict[str, Template] = {}
    for folder in (*folders, BUILT_IN):
        listing = Listing(folder)
        if listing.problems:
            raise ScaffoldError(str(listing.problems[0]))
        for name, path in listing:
            found.setdefault(name, Template(name, Path(path), folder))
    return dict(sorted(found.items()))


def choose(name: str, templates: dict[str, Template]) -> Template:
    """Return the template called *name*.

    Raises:
        ScaffoldError: there is none; the nearest ones are named.
    """
    if name not in templates:
        hint = did_you_mean(name, templates) or " 'cdc-diagram new --list' lists them."
        raise ScaffoldError(f"there is no template {name!r}.{hint}")
    return templates[name]


def with_title(text: str, title: str) -> str:
    """Return the *text* of a data file with another title; comments and everything else stay."""
    return with_value(text, "title", title)


def with_value(text: str, key: str, value: str) -> str:
    """Return the *text* of a data file with another *value* of a key of the diagram, which is added if it is new."""
    top = _value(yaml.compose(text, Loader=_LOADER), "diagram")
    node, title = _value(top, key), _value(top, "title")
    if title is None:
        raise ScaffoldError("the template has no title to replace.")
    # JSON is YAML, whatever the value holds; a block text ends with the line.
    written = json.dumps(value, ensure_ascii=False)
    if node is None:
        end = title.end_mark.index
        before = text[:end] if text[:end].endswith("\n") else f"{text[:end]}\n"
        indent = " " * _column(top, "title")
        return f"{before}{indent}{key}: {written}\n{text[end:].removeprefix(chr(10))}"
    start, end = node.start_mark.index, node.end_mark.index
    line_end = "\n" if text[start:end].endswith("\n") else ""
    return f"{text[:start]}{written}{line_end}{text[end:]}"


def _column(node: yaml.Node | None, key: str) -> int:
    """Return the column of a *key* of a mapping, from 0."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((name.start_mark.column for name, _ in pairs if name.value == key), 0)


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """Return what is below *key* in a mapping."""
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def target_path(diagram_id: str, folders: Sequence[Path]) -> Path:
    """Return the path of the file of a new diagram, which may exist already.

    Raises:
        ScaffoldError: the id is none, or its file would not be found.
    """
    if not safe_id(diagram_id):
        raise ScaffoldError(
            f"{diagram_id!r} is no diagram id: an id is the path of a file below a data folder,"
            " without its suffix, and without '..'."
        )
    if diagram_id.endswith(DATA_SUFFIXES):
        raise ScaffoldError(f"write the id without its suffix: {diagram_id.rpartition('.')[0]!r}.")
    hidden = [part for part in diagram_id.split("/") if part.startswith((".", "_"))]
    if hidden:
        raise ScaffoldError(f"{hidden[0]!r} begins with {hidden[0][0]!r}; data files of that name are left out.")
    for folder in folders:
        for suffix in DATA_SUFFIXES:
            path = folder / f"{diagram_id}{suffix}"
            if path.exists() or path.is_symlink():
                return _inside(path, folder)
    return _inside(folders[0] / f"{diagram_id}{DATA_SUFFIXES[0]}", folders[0])


def _inside(path: Path, folder: Path) -> Path:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ScaffoldError(f"'{path}' leads out of its data folder '{folder}'.")
    return path


def write(path: Path, text: str, *, force: bool = False) -> None:
    """Write *text* to the new file *path*; over an existing one only with *force*.

    Raises:
        ScaffoldError: the file exists.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("w" if force else "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise ScaffoldError(f"'{path}' exists; --force writes over it.") from None
