"""``diagrams.json``: everything that is known of every diagram, for other programs."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.output.files import write_output, write_parts
from sphinx_diagram_ext.sphinx_ext.output.state_file import StateFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord

VERSION = 1
NAME = "diagrams.json"
SCHEMA_NAME = "diagrams.schema.json"


def export(app: Sphinx, exception: Exception | None) -> None:
    """Write ``diagrams.json`` and its schema beside the pages."""
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    domain = DiagramDomain.of(app.env)
    schema = files("sphinx_diagram_ext.sphinx_ext").joinpath("static", SCHEMA_NAME)
    write_output(Path(app.outdir, SCHEMA_NAME), schema.read_text(encoding="utf-8"))
    state, target = StateFile(app, "export"), Path(app.outdir, NAME)
    digest = _digest(app, domain)
    if state.read() == {"content": digest, "file": _file_state(target)}:
        return
    # All entries at once would be more than anything else that a build holds.
    items = (_json(_entry(app, domain, places)) for places in domain.diagrams().values())
    content = {"$schema": SCHEMA_NAME, "version": VERSION, "project": app.config.project}
    state.remove()
    if write_parts(target, _lines(content, items)):
        state.write({"content": digest, "file": _file_state(target)})


def _file_state(path: Path) -> list[int]:
    """Return what tells whether anybody wrote to a file."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def _digest(app: Sphinx, domain: DiagramDomain) -> str:
    """Return the digest of all that the file says, which takes far less time than to write it."""
    # The digests of pages hold those of their diagrams, and who mentions these.
    _, pages = Build.of(app.env).views
    shown = [(name, [place.docname for place in places]) for name, places in domain.diagrams().items()]
    said = (VERSION, app.config.project, app.builder.get_target_uri("a/b"), sorted(pages.items()), shown)
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def _lines(content: dict[str, Any], items: Iterable[str]) -> Iterator[str]:
    """Yield *content* with its *items* as JSON, a diagram a line: quick to write and to compare."""
    yield _json(content).removesuffix("}") + ', "diagrams": ['
    for number, item in enumerate(items):
        yield f"{',' if number else ''}\n{item}"
    yield "\n]}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _entry(app: Sphinx, domain: DiagramDomain, places: list[DiagramRecord]) -> dict[str, Any]:
    item = places[0]
    parts = item.parts
    uri = app.builder.get_target_uri
    entry: dict[str, Any] = {
        "id": item.id,
        "title": item.title,
        "type": item.type,
        "summary": item.summary,
        "page": uri(item.docname),
        "anchor": item.anchor,
        "source_file": item.path,
        "nodes": [
            {
                "key": node.key,
                "label": node.label,
                "details": list(node.details),
                "role": node.role,
                "tone": node.tone,
                "anchor": node.anchor,
                "explanation": node.explanation,
                "element": node.element,
            }
            for node in parts.nodes
        ],
        "edges": [{"from": source, "to": target, "label": label} for source, target, label in parts.edges],
        "tags": list(item.tags),
        "systems": list(item.systems),
        "symptoms": list(item.symptoms),
        "messages": list(item.messages),
        "sources": [source._asdict() for source in parts.sources],
        "claims": [claim._asdict() for claim in parts.claims],
        "commands": [command._asdict() for command in parts.commands],
        "illustration": item.illustration,
        "aliases": list(item.aliases),
        "shown_on": [uri(place.docname) for place in places],
        "pages": [uri(docname) for docname in domain.backlinks(item.id)],
    }
    for name in ("category", "subject", "view", "module", "difficulty", "status", "checked_by"):
        entry[name] = getattr(item, name)
    return entry
