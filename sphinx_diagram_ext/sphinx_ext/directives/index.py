"""Directive ``cdc-diagram-index``: lists, tables and galleries of diagrams."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_diagram_ext.errors import Code, did_you_mean
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.domain.records import INDEX_FIELDS
from sphinx_diagram_ext.sphinx_ext.logging import warn
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_index,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes


_TERM = re.compile(r"^\s*(?P<field>[a-z]+)\s*(?P<operator>!?=)\s*(?P<values>.+?)\s*$")


def _style(argument: str) -> str:
    return directives.choice(argument, ("list", "table", "gallery"))


class DiagramIndexDirective(SphinxDirective):
    """An index of the diagrams that the site shows."""

    option_spec: ClassVar[dict[str, Any]] = {
        "style": _style,
        "group-by": directives.unchanged_required,
        "filter": directives.unchanged_required,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """Return a node that is filled in once every page is read."""
        group = self.options.get("group-by", "")
        if group and group not in INDEX_FIELDS:
            self._complain(group)
            group = ""
        terms = tuple(self._terms(self.options.get("filter", "")))
        node = cdc_index(
            style=self.options.get("style", "list"),
            group=group,
            terms=terms,
            classes=self.options.get("class", []),
        )
        self.set_source_info(node)
        DiagramDomain.of(self.env).note_index(self.env.docname, terms, pictures=node["style"] == "gallery")
        return [node]

    def _terms(self, text: str) -> Iterator[tuple[str, bool, tuple[str, ...]]]:
        for part in filter(str.strip, re.split(r"[;\n]", text)):
            found = _TERM.match(part)
            if found is None:
                warn(
                    Code.INDEX,
                    "Found the filter %r, wanted field=value[, value], for example tag=kafka.",
                    part.strip(),
                    location=self.get_location(),
                )
            elif found["field"] not in INDEX_FIELDS:
                self._complain(found["field"])
            else:
                values = tuple(value.strip() for value in found["values"].split(","))
                yield found["field"], found["operator"] == "=", values

    def _complain(self, field: str) -> None:
        warn(
            Code.INDEX,
            "Diagrams have no field %r; one of %s.%s",
            field,
            ", ".join(INDEX_FIELDS),
            did_you_mean(field, INDEX_FIELDS),
            location=self.get_location(),
        )
