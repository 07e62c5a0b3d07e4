"""Registries of a project: the files below ``sources/`` of the data folders, whose entries diagrams share."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sphinx_diagram_ext.catalog.files import DataFile, read_file
from sphinx_diagram_ext.catalog.listing import Listing
from sphinx_diagram_ext.catalog.source_specs import SourcesSpec, reference
from sphinx_diagram_ext.catalog.validation_messages import complaints
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.types.shared import Shared
from sphinx_diagram_ext.yaml_source import parse_yaml, top_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.model import Reference
    from sphinx_diagram_ext.yaml_source import YamlSource

SOURCES = "sources"
"""The folder of the files and the one key at their top."""

_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


def may_be_shared(name: str) -> bool:
    """Tell whether the data file with the id *name* stands where registries do."""
    return name.startswith(f"{SOURCES}/")


def is_shared(text: str) -> bool:
    """Tell whether *text*, the content of a data file, is a registry."""
    return top_keys(text) == [SOURCES]


def read_shared(folders: Iterable[Path], limits: Limits = DEFAULT_LIMITS) -> tuple[Shared, list[Problem]]:
    """Return the registries below the data *folders* and everything that is wrong with them.

    An entry that is wrong is left out; the others can be used.
    """
    reader = _Reader(limits)
    for folder in folders:
        for name, path in Listing(folder / SOURCES) if (folder / SOURCES).is_dir() else ():
            reader.read(DataFile(f"{SOURCES}/{name}", Path(path), folder))
    return Shared(reader.sources, reader.digests), sorted(reader.problems)


def problems_of(path: Path, limits: Limits = DEFAULT_LIMITS) -> list[Problem]:
    """Return what is wrong with one registry, a file anywhere."""
    reader = _Reader(limits)
    reader.read(DataFile(f"{SOURCES}/{path.stem}", path, path.parent))
    return sorted(reader.problems)


class _Reader:
    """The entries that were read, each by the name of its file and its own."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.sources: dict[str, Reference] = {}
        self.digests: dict[str, str] = {}
        self.problems: list[Problem] = []

    def read(self, file: DataFile) -> None:
        """Read a file; one that is no registry is a diagram, which others read."""
        try:
            text = read_file(file.path, file.folder, self._limits.file_bytes)
            if not is_shared(text):
                return
            source = parse_yaml(text, str(file.path), self._limits)
            for name, found in self._references(file, source):
                self.sources[name] = found
                self.digests[f"source {name}"] = _digest(found)
        except ProblemsError as error:
            self.problems += error.problems

    def _references(self, file: DataFile, source: YamlSource) -> Iterator[tuple[str, Reference]]:
        publisher = file.path.stem
        if not _NAME.fullmatch(publisher):
            message = f"The name {publisher!r} of the file is no publisher; use lower-case letters, digits and hyphens."
            raise ProblemsError([source.problem(Code.SCHEMA, message)])
        data = source.data[SOURCES] if isinstance(source.data, dict) else None
        wrong: set[str] = set()
        try:
            entries = SourcesSpec.model_validate({SOURCES: data}).sources
        except ValidationError as error:
            self.problems += complaints(error, SourcesSpec, source, ())
            wrong = {str(item["loc"][1]) for item in error.errors(include_url=False) if len(item["loc"]) > 1}
            kept = {key: item for key, item in data.items() if key not in wrong} if isinstance(data, dict) else {}
            entries = SourcesSpec.model_validate({SOURCES: kept}).sources if wrong else {}
        for key, spec in entries.items():
            name = f"{publisher}/{key}"
            if name in self.sources:
                first = self.sources[name].entry
                message = f"The source {name!r} is in {first.path if first else ''} already; rename one of them."
                self.problems.append(source.problem(Code.DUPLICATE_ID, message, (SOURCES, key), key=True))
                continue
            found, problems = reference(name, spec, file, source)
            self.problems += problems
            yield name, found


def _digest(found: Reference) -> str:
    # Where it stands does not matter to those who cite it.
    entry = dataclasses.replace(found.entry, path="", line=0, stored=None) if found.entry else None
    found = dataclasses.replace(found, entry=entry)
    return hashlib.sha256(repr(found).encode("utf-8", "surrogatepass")).hexdigest()
