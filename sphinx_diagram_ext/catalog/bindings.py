"""Bindings of elements: the part of a file of the repository that an element stands for."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_diagram_ext.model import Element

_MOST_BYTES = 2_000_000
_TOPS = (".git", "pyproject.toml", ".hg")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TABLE = re.compile(
    r"\bCREATE\s+(?:TEMP(?:ORARY)?\s+|UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?([\w.\"`]+)", re.IGNORECASE
)
_MARKDOWN = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
_REST = re.compile(r"^(\S.*)\n([=\-~^\"'`#*+])\2+[ \t]*$", re.MULTILINE)


def repository(folder: Path) -> Path:
    """Return the top of the repository that a data folder is in; what is around it, if there is none."""
    real = Path(os.path.realpath(folder))
    return next((top for top in (real, *real.parents) if any((top / name).exists() for name in _TOPS)), real.parent)


def broken(binding: str, top: Path) -> str:
    """Return why there is nothing for *binding*, ``file`` or ``file#part``, below *top*; "" if it is there."""
    name, _, part = binding.partition("#")
    path = top / name.strip()
    if "\0" in name or name.startswith("/") or not _inside(path, top):
        return f"the path {name!r} leads out of the repository"
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises for names that no system takes
        return f"there is no file {name!r}"
    if not part.strip():
        return ""
    try:
        text = read_file(path, top, _MOST_BYTES)
    except ProblemsError as error:
        return f"the file {name!r} cannot be used: {error.problems[0].message.rstrip('.')}"
    return _part(part.strip(), name, path.suffix.lower(), text)


def broken_bindings(elements: Mapping[str, Element], users: Mapping[str, list[str]]) -> list[Problem]:
    """Return a problem for each of the *elements* that stands for nothing; *users* are the diagrams that show it."""
    found = []
    for name, element in elements.items():
        if element.broken:
            shown = ", ".join(users.get(name, ())) or "no diagram"
            message = (
                f"The element {name!r} stands for {element.binding!r}: {element.broken}. It is in: {shown}."
                " Correct 'is', or the diagrams."
            )
            found.append(Problem(element.path, element.line, 0, Code.BINDING, message))
    return found


def _inside(path: Path, top: Path) -> bool:
    real = os.path.realpath(path)
    return real.startswith(os.path.realpath(top).rstrip(os.sep) + os.sep)


def _part(part: str, name: str, suffix: str, text: str) -> str:
    if suffix in (".yaml", ".yml", ".json"):
        return _key(part, name, text)
    if suffix == ".sql":
        tables = [found.replace('"', "").replace("`", "") for found in _TABLE.findall(text)]
        return _one_of(part, tables, f"the file {name!r} creates no table")
    if suffix in (".md", ".rst"):
        found = _MARKDOWN.findall(text) if suffix == ".md" else [title for title, _ in _REST.findall(text)]
        headings = {form for title in found for form in (title, _slug(title))}
        return _one_of(part, headings, f"the page {name!r} has no heading")
    return f"the part {part!r} of {name!r} cannot be found: wanted YAML, JSON, SQL, Markdown or reStructuredText"


def _one_of(part: str, known: Any, said: str) -> str:
    names = {*known, *(item.rpartition(".")[2] for item in known)}
    return "" if part in names else f"{said} {part!r}{_hint(part, names)}"


def _hint(word: str, known: Any) -> str:
    found = nearest(word, known)
    return f" (did you mean {' or '.join(map(repr, found))}?)" if found else ""


def _slug(title: str) -> str:
    return re.sub(r"[^\w]+", "-", title.casefold()).strip("-")


def _key(part: str, name: str, text: str) -> str:
    """Follow the keys of *part*, which full stops separate; a key may have full stops itself."""
    try:
        # Nodes, not values: nothing that a tag or an alias asks for is made.
        node = yaml.compose(text, Loader=_LOADER)
    except (yaml.YAMLError, RecursionError):
        return f"the file {name!r} is not one YAML document"
    rest = part.split(".")
    while rest:
        if isinstance(node, yaml.SequenceNode) and rest[0].isdigit() and len(rest[0]) < 7:
            node = dict(enumerate(node.value)).get(int(rest.pop(0)))
        elif isinstance(node, yaml.MappingNode):
            inner = {str(key.value): value for key, value in node.value}
            end = next((end for end in range(len(rest), 0, -1) if ".".join(rest[:end]) in inner), 0)
            if not end:
                return f"the file {name!r} has no key {part!r}{_hint(rest[0], inner)}"
            node, rest = inner[".".join(rest[:end])], rest[end:]
        else:
            return f"the file {name!r} has no key {part!r}"
    return "" if node is not None else f"the file {name!r} has no key {part!r}"
