"""Types of a user's own: a Jinja template of Mermaid gives one its grammar.

The template is the project's code, the data is not: whatever a template writes from the data
is quoted as in every other type (see :mod:`sphinx_diagram_ext.mermaid.custom`).
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, Field

from sphinx_diagram_ext.errors import Code, Problem
from sphinx_diagram_ext.model import Custom
from sphinx_diagram_ext.types.base import DiagramSpec
from sphinx_diagram_ext.types.builder import Builder, Names
from sphinx_diagram_ext.types.nodes import EdgeSpec, NodeSpec
from sphinx_diagram_ext.types.registry import DiagramType
from sphinx_diagram_ext.types.texts import Key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SUFFIX = ".mmd.j2"
_NAME = re.compile(r"^[a-z][a-z0-9-]*$")


class CustomSpec(DiagramSpec):
    """Keys of a type of a user's own; every further key is at the template's service."""

    model_config = ConfigDict(extra="allow")

    nodes: dict[Key, NodeSpec | None] = Field({}, description="Nodes by key.")
    flows: list[EdgeSpec] = Field([], description="What flows from node to node.")


def custom_types(folders: Iterable[Path], known: Mapping[str, DiagramType]) -> tuple[list[DiagramType], list[Problem]]:
    """Return the types whose templates are in *folders*, and what is wrong with these."""
    found: dict[str, DiagramType] = {}
    problems = []
    for folder in folders:
        if not folder.is_dir():
            message = "The folder of types does not exist; create it or fix 'cdc_diagram_types'."
            problems.append(Problem(str(folder), 0, 0, Code.DATA_FOLDER, message))
            continue
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            name = path.name.removesuffix(SUFFIX)
            message = ""
            if not _NAME.match(name):
                message = f"The name of a type, {name!r}, has lower-case letters, digits and hyphens only."
            elif name in known or name in found:
                message = f"There is a type {name!r} already; rename the template."
            if message:
                problems.append(Problem(str(path), 1, 0, Code.DUPLICATE_ID, message))
                continue
            if not path.is_file():
                # Reading a pipe would wait for ever.
                problems.append(Problem(str(path), 1, 0, Code.FILE, "The template is not a regular file."))
                continue
            try:
                found[name] = _type(name, path.read_text(encoding="utf-8"), str(path))
            except (OSError, UnicodeDecodeError) as error:
                problems.append(Problem(str(path), 1, 0, Code.FILE, f"The template cannot be read: {error}"))
    return list(found.values()), problems


def _type(name: str, template: str, path: str) -> DiagramType:
    def build(spec: CustomSpec, builder: Builder) -> Custom:
        names = Names(("", key) for key in spec.nodes)
        nodes = tuple(builder.node(key, node or NodeSpec(), "nodes", key, name=key) for key, node in spec.nodes.items())
        for node in nodes:
            if node.icon:
                message = "The template of a type of your own draws its nodes, and has no icons; leave this out."
                builder.problem(Code.ICON, message, "nodes", node.key, "icon")
        data: dict[str, Any] = dict(spec.model_extra or {})
        return Custom(template, path, nodes, tuple(builder.edges(spec.flows, names, "flows")), data)

    return DiagramType(name, CustomSpec, build, hashlib.sha256(template.encode("utf-8")).hexdigest())
