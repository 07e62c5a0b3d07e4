"""Registries of a project: files below ``sources/`` and ``elements/`` of the data folders, which diagrams share."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import ValidationError

from sphinx_diagram_ext.catalog.element_specs import ELEMENTS, ElementsSpec, content, element, problems
from sphinx_diagram_ext.catalog.files import DataFile, read_file
from sphinx_diagram_ext.catalog.listing import Listing
from sphinx_diagram_ext.catalog.source_specs import SourcesSpec, reference
from sphinx_diagram_ext.catalog.validation_messages import complaints
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.types.shared import Shared
from sphinx_diagram_ext.yaml_source import parse_yaml, top_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.model import Element, Reference
    from sphinx_diagram_ext.yaml_source import YamlSource

SOURCES = "sources"
KINDS = (SOURCES, ELEMENTS)
"""The folders of the files, and the one key at the top of each file."""

_Registry: TypeAlias = SourcesSpec | ElementsSpec
_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def may_be_shared(name: str) -> bool:
    """Tell whether the data file with the id *name* stands where registries do."""
    return name.partition("/")[0] in KINDS and "/" in name


def is_shared(text: str) -> bool:
    """Tell whether *text*, the content of a data file, is a registry."""
    return top_keys(text) in ([SOURCES], [ELEMENTS])


def read_shared(folders: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> tuple[Shared, list[Problem]]:
    """Return the registries below the data *folders* and everything that is wrong with them.

    An entry that is wrong is left out; the others can be used.
    """
    reader = _Reader(limits)
    for folder, kind in itertools.product(folders, KINDS):
        for name, path in Listing(folder / kind) if (folder / kind).is_dir() else ():
            reader.read(DataFile(f"{kind}/{name}", Path(path), folder))
    reader.compare()
    return Shared(reader.sources, reader.elements, reader.digests), sorted(reader.problems)


def problems_of(path: Path, limits: Limits, shared: Shared) -> list[Problem]:
    """Return what is wrong with one registry, a file anywhere, beside the entries *shared* of its project."""
    reader = _Reader(limits)
    reader.read(DataFile(f"{SOURCES}/{path.stem}", path, path.parent))
    reader.sources = {**shared.sources, **reader.sources}
    reader.elements = {**shared.elements, **reader.elements}
    reader.compare()
    return sorted(reader.problems)


class _Reader:
    """The entries that were read, each by the name of its file and its own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.sources: dict[str, Reference] = {}
        self.elements: dict[str, Element] = {}
        self._element_files: dict[str, YamlSource] = {}
        self.digests: dict[str, str] = {}
        self.problems: list[Problem] = []

    def read(self, file: DataFile) -> None:
        """Read a file; one that is no registry is a diagram, which others read."""
        try:
            text = read_file(file.path, file.folder, self._limits.file_bytes)
            if not is_shared(text):
                return
            source = parse_yaml(text, str(file.path), self._limits)
            if isinstance(source.data, dict) and ELEMENTS in source.data:
                self._read_elements(file, source)
            else:
                self._read_sources(file, source)
        except ProblemsError as error:
            self.problems += error.problems

    def compare(self) -> None:
        """Note what is wrong with elements beside others: an element may be described in any file."""
        for name, source in self._element_files.items():
            self.problems += problems(name, self.elements, self.sources, source)

    def _read_elements(self, file: DataFile, source: YamlSource) -> None:
        for name, spec in self._entries(ElementsSpec, ELEMENTS, source).items():
            if name in self.elements:
                message = f"The element {name!r} is in {self.elements[name].path} already; rename one of them."
                self.problems.append(source.problem(Code.DUPLICATE_ID, message, (ELEMENTS, name), key=True))
                continue
            self.elements[name] = found = element(name, spec, file, source)
            self._element_files[name] = source
            self.digests[f"element {name}"] = _digest(content(found))

    def _entries(self, model: type[_Registry], kind: str, source: YamlSource) -> dict[str, Any]:
        """Return the entries that are right; what is wrong with the others is noted."""
        data = source.data[kind] if isinstance(source.data, dict) else None
        found: dict[str, Any] = {}
        try:
            found = getattr(model.model_validate({kind: data}), kind)
        except ValidationError as error:
            self.problems += complaints(error, model, source, ())
            wrong = {str(item["loc"][1]) for item in error.errors(include_url=False) if len(item["loc"]) > 1}
            if wrong and isinstance(data, dict):
                kept = {key: item for key, item in data.items() if key not in wrong}
                found = getattr(model.model_validate({kind: kept}), kind)
        return found

    def _read_sources(self, file: DataFile, source: YamlSource) -> None:
        publisher = file.path.stem
        if not _NAME.fullmatch(publisher):
            message = f"The name {publisher!r} of the file is no publisher; use lower-case letters, digits and hyphens."
            raise ProblemsError([source.problem(Code.SCHEMA, message)])
        for key, spec in self._entries(SourcesSpec, SOURCES, source).items():
            name = f"{publisher}/{key}"
            if name in self.sources:
                first = self.sources[name].entry
                message = f"The source {name!r} is in {first.path if first else ''} already; rename one of them."
                self.problems.append(source.problem(Code.DUPLICATE_ID, message, (SOURCES, key), key=True))
                continue
            found, wrong = reference(name, spec, file, source)
            self.problems += wrong
            self.sources[name] = found
            # Where it stands does not matter to those who cite it.
            entry = dataclasses.replace(found.entry, path="", line=0, stored=None) if found.entry else None
            self.digests[f"source {name}"] = _digest(dataclasses.replace(found, entry=entry))


def _digest(found: object) -> str:
    return hashlib.sha256(repr(found).encode("utf-8", "surrogatepass")).hexdigest()
