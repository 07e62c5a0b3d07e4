"""Import of fences: data files made of the Mermaid in pages, and pages that name them instead."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.files import read_file, safe_id
from sphinx_diagram_ext.catalog.listing import DATA_SUFFIXES
from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.fences.diagram import fence_diagram
from sphinx_diagram_ext.fences.ids import fence_id, slug
from sphinx_diagram_ext.fences.pages import SOURCES, Fence, fences_of
from sphinx_diagram_ext.fences.repair import repair
from sphinx_diagram_ext.fences.source import FRONT_MATTER_KEYS, with_front_matter
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.model import RawMermaid

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

MAX_PAGE = 10_000_000
"""Bytes of a page that is read."""

_KEPT = ("name", "alt", "align", "caption", "class", "width")
"""Options that a diagram of a data file has, too."""


@dataclass
class Import:
    """What an import does: new data files, pages before and after, faults that were repaired, and what is wrong."""

    files: dict[Path, str] = field(default_factory=dict)
    pages: dict[Path, tuple[str, str]] = field(default_factory=dict)
    repaired: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    found: int = 0
    present: int = 0
    left: int = 0


class Importer:
    """Reads pages one by one into an :class:`Import`; nothing is written here."""

    def __init__(
        self, data: Path, engine: Engine, *, repairs: bool, replaces: bool, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self.result = Import()
        self._data = data
        self._engine = engine
        self._repairs = repairs
        self._replaces = replaces
        self._limits = limits
        self._taken: set[str] = set()

    def page(self, path: Path, top: Path) -> None:
        """Import the fences of the page *path*, which is below the folder *top*."""
        try:
            text = read_file(path, top, MAX_PAGE)
        except ProblemsError as error:
            self.result.problems += error.problems
            return
        done: list[tuple[Fence, str]] = []
        for fence in fences_of(text, path.suffix):
            if fence.kind != "mermaid":
                continue
            self.result.found += 1
            try:
                done.append((fence, self._fence(fence, path, top)))
            except ProblemsError as error:
                self.result.left += 1
                self.result.problems += error.problems
        if self._replaces and done and path.suffix not in SOURCES:
            self.result.pages[path] = text, _replaced(text, done)

    def _fence(self, fence: Fence, path: Path, top: Path) -> str:
        """Return the id of the data file of a fence."""
        if not fence.closed:
            message = "The fence that begins here is never closed; write its marks below its last line."
            raise ProblemsError([Problem(str(path), fence.first + 1, 0, Code.DIRECTIVE, message)])
        source, line = self._source(fence, path, top)
        page = "/".join(slug(part) or "page" for part in path.relative_to(top).with_suffix("").parts)
        heading = fence.heading if path.suffix not in SOURCES else ""
        diagram = fence_diagram(source, page, str(path), line, heading or path.stem, self._limits)
        diagram = self._checked(diagram)
        name = self._id(page if path.suffix in SOURCES else None, page, heading, diagram)
        self._taken.add(name)
        return name

    def _source(self, fence: Fence, path: Path, top: Path) -> tuple[str, int]:
        source, line = fence.source, fence.line
        if fence.argument:
            source, line = read_file(path.parent / fence.argument, top, MAX_PAGE), 1
        if not source.strip():
            message = "The diagram is empty; write Mermaid source into it, or remove it."
            raise ProblemsError([Problem(str(path), fence.first + 1, 0, Code.DIRECTIVE, message)])
        options: dict[str, object] = {name: fence.options[name] for name in FRONT_MATTER_KEYS if name in fence.options}
        if "config" in options:
            try:
                options["config"] = json.loads(str(options["config"]))
            except ValueError as error:
                message = f"The option ':config:' is no JSON ({error})."
                raise ProblemsError([Problem(str(path), fence.first + 1, 0, Code.DIRECTIVE, message)]) from None
        source, added = with_front_matter(source, options)
        return source, line - added

    def _checked(self, diagram: Diagram) -> Diagram:
        """Return *diagram* if it parses, repaired if that is wanted and can be done."""
        assert isinstance(diagram.body, RawMermaid)
        try:
            pipeline.inspect(diagram, self._engine, self._limits)
        except ProblemsError:
            repaired = repair(diagram.body.source, self._engine) if self._repairs else None
            if repaired is None or repaired.source is None:
                raise
            line = diagram.body.line - 1
            self.result.repaired += (
                Problem(diagram.path, line + fault.line, 0, Code.MERMAID, fault.message) for fault in repaired.faults
            )
            diagram = replace(diagram, body=replace(diagram.body, source=repaired.source))
            pipeline.inspect(diagram, self._engine, self._limits)
        return diagram

    def _id(self, whole: str | None, page: str, heading: str, diagram: Diagram) -> str:
        """Return the id of a fence, and note its data file unless it is there already.

        A file of the same name with another source is another diagram, and the next number is tried.
        """
        assert isinstance(diagram.body, RawMermaid)
        source = diagram.body.source
        text = data_text(diagram.title.text, source)
        same: set[str] = set()

        def taken(name: str) -> bool:
            if name in self._taken:
                return True
            there = self._present(name)
            if there == source.strip():
                same.add(name)
            return there is not None and there != source.strip()

        name = whole if whole is not None and not taken(whole) else fence_id(page, heading, taken)
        if not safe_id(name):
            raise ProblemsError([Problem(diagram.path, diagram.line, 0, Code.FILE, f"{name!r} is no diagram id.")])
        if name in same:
            self.result.present += 1
        else:
            self.result.files[self._data / f"{name}{DATA_SUFFIXES[0]}"] = text
        return name

    def _present(self, name: str) -> str | None:
        """Return the Mermaid source of a data file, "" if it has another type, None if there is no file."""
        path = next((path for suffix in DATA_SUFFIXES if (path := self._data / f"{name}{suffix}").exists()), None)
        if path is None:
            return None
        try:
            body = read_diagram(read_file(path, self._data, self._limits.file_bytes), name, str(path)).body
        except ProblemsError:
            return ""
        return body.source.strip() if isinstance(body, RawMermaid) else ""


def data_text(title: str, source: str) -> str:
    """Return the YAML of a diagram with Mermaid *source*; what a block cannot hold is quoted."""
    head = f"diagram:\n  type: mermaid\n  title: {json.dumps(title, ensure_ascii=False)}\n"
    lines = source.rstrip().split("\n")
    block = "".join(f"    {line}\n" if line.strip() else "\n" for line in lines)
    text = f"{head}  source: |2\n{block}"
    try:
        body = read_diagram(text, "x", "x").body
    except ProblemsError:
        body = None
    if isinstance(body, RawMermaid) and body.source.rstrip() == source.rstrip():
        return text
    return f"{head}  source: {json.dumps(source, ensure_ascii=False)}\n"


def _replaced(text: str, done: list[tuple[Fence, str]]) -> str:
    """Return the *text* of a page with the names of diagrams in place of fences."""
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    for fence, name in reversed(done):
        options = [f":{key}: {fence.options[key]}" for key in _KEPT if fence.options.get(key)]
        if fence.markdown:
            new = [f"{fence.before}```{{cdc-diagram}} {name}", *(f"{fence.prefix}{line}" for line in (*options, "```"))]
        else:
            new = [f"{fence.before}.. cdc-diagram:: {name}", *(f"{fence.prefix}   {line}" for line in options)]
        lines[fence.first : fence.end] = new
    return newline.join(lines)
