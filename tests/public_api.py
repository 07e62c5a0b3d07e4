"""The public API as the code has it, section by section, in the form of ``public_api.yaml``."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag
from docutils.nodes import Node
from docutils.parsers.rst import directives

import sphinx_diagram_ext
from sphinx_diagram_ext.cli import main_parser
from sphinx_diagram_ext.engine import ENGINES
from sphinx_diagram_ext.errors import LINT_RULES, Code
from sphinx_diagram_ext.limits import Limits
from sphinx_diagram_ext.sphinx_ext import nodes
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.output.diagrams_json import VERSION
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.base import DiagramSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

PACKAGE = Path(sphinx_diagram_ext.__file__).parent
EXPORT = PACKAGE / "sphinx_ext" / "static" / "diagrams.schema.json"


def python() -> dict[str, list[str]]:
    """Return the names that may be imported, by module."""
    kinds = inspect.getmembers(nodes, inspect.isclass)
    return {
        "sphinx_diagram_ext": sorted(
            name
            for name, value in vars(sphinx_diagram_ext).items()
            if name == "__version__" or (inspect.isfunction(value) and value.__module__ == "sphinx_diagram_ext")
        ),
        "sphinx_diagram_ext.cli": sorted(importlib.import_module("sphinx_diagram_ext.cli").__all__),
        "sphinx_diagram_ext.sphinx_ext.nodes": [
            name for name, kind in kinds if issubclass(kind, Node) and kind.__module__ == nodes.__name__
        ],
    }


def sphinx(app: Sphinx) -> dict[str, Any]:
    """Return what the extension adds to Sphinx."""
    added = {name: kind for name, kind in directives._directives.items() if name.startswith("cdc")}
    added |= {f"{DiagramDomain.name}:{name}": kind for name, kind in DiagramDomain.directives.items()}
    return {
        "configuration": sorted(name for name in app.config.values if name.startswith("cdc")),
        "directives": {name: sorted(kind.option_spec) for name, kind in added.items()},
        "roles": sorted(f"{DiagramDomain.name}:{name}" for name in DiagramDomain.roles),
        "object_types": sorted(f"{DiagramDomain.name}:{name}" for name in DiagramDomain.object_types),
        "indices": sorted(f"{DiagramDomain.name}-{kind.name}" for kind in DiagramDomain.indices),
        "numfig_format": sorted(name for name in app.config.numfig_format if name.startswith("cdc")),
    }


def values() -> dict[str, list[str]]:
    """Return the words that configuration values take, and the variables of the environment that are read."""
    code = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    return {
        "engines": sorted({"auto", *ENGINES}),
        "limits": sorted(item.name for item in dataclasses.fields(Limits)),
        "lint_rules": sorted(LINT_RULES),
        "environment": sorted(set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', code))),
    }


def commands() -> dict[str, list[str]]:
    """Return the arguments and options of ``cdc-diagram`` and of each of its commands."""
    whole = main_parser()
    (action,) = (item for item in whole._actions if isinstance(item, argparse._SubParsersAction))
    parsers = {"cdc-diagram": whole, **action.choices}
    return {name: sorted(_arguments(parser)) for name, parser in parsers.items()}


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        yield from action.option_strings or [action.dest]


def data() -> dict[str, Any]:
    """Return the keys at the top of a data file: those of every type, and those of each."""
    shared = {field.alias or name for name, field in DiagramSpec.model_fields.items()}
    types = {
        name: {field.alias or key for key, field in kind.spec.model_fields.items()} - shared
        for name, kind in TYPES.items()
    }
    return {
        "every_type": sorted(shared),
        "types": {name: sorted(own) for name, own in types.items()},
    }


def export() -> dict[str, Any]:
    """Return the version and the fields of ``diagrams.json``."""
    schema = json.loads(EXPORT.read_text(encoding="utf-8"))
    assert schema["properties"]["version"]["const"] == VERSION
    return {
        "version": VERSION,
        "fields": sorted(_fields(schema, schema.get("$defs", {}))),
    }


def _fields(schema: dict[str, Any], parts: dict[str, Any], path: str = "") -> Iterator[str]:
    schema = parts[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    for name, inner in schema.get("properties", {}).items():
        yield f"{path}{name}"
        yield from _fields(inner, parts, f"{path}{name}.")
    for choice in (schema.get("items"), schema.get("additionalProperties"), *schema.get("anyOf", ())):
        if isinstance(choice, dict):
            yield from _fields(choice, parts, path)


def warnings() -> list[str]:
    """Return the subtypes of warnings."""
    return sorted(f"cdc.{code}" for code in Code)


def html(page: str, style: str) -> dict[str, list[str]]:
    """Return the hooks for style sheets and scripts: *page* shows every type, *style* is the site's CSS.

    ``--cdc-when-dark`` and ``--cdc-when-light`` choose the scheme, ``--cdc-room-...`` the form of a
    picture: no colours.
    """
    soup = BeautifulSoup(page, "html.parser")
    inside: set[str] = set()
    around: set[str] = set()
    types = "|".join(TYPES)
    for element in soup.find_all(class_=re.compile("^cdc")):
        drawn = element.name == "svg" or element.find_parent("svg") is not None
        for name in element["class"]:
            if name.startswith("cdc"):
                typed = re.sub(f"^cdc-type-(?:{types})$", "cdc-type-TYPE", name)
                stepped = re.sub(r"^cdc-from-(\d+|never)$", "cdc-from-STEP", typed)
                (inside if drawn else around).add(re.sub(r"^cdc-e\d+$", "cdc-eNUMBER", stepped))
    return {
        "classes": sorted(around),
        "svg_classes": sorted(inside),
        "ids": sorted(set(_ids(soup))),
        "custom_properties": sorted(set(re.findall(r"--cdc-(?!when-|room-)[a-z-]+(?=\s*:)", style))),
    }


def _ids(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the ids in the diagram ``flow`` with the name of a node as NODE; those of markers are the engine's."""
    figure = soup.find("figure", id="flow")
    assert isinstance(figure, Tag)
    for element in [figure, *figure.find_all(id=True)]:
        if element.name != "marker":
            yield re.sub("^flow", "ID", re.sub("--(?:source|sink-table|errors)", "--NODE", str(element["id"])))
