"""A directive for each part of the reference; the ``describe`` modules write their text from the code."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import describe
import describe_commands
import describe_faults
import describe_keys
import describe_lint
import describe_rooms
import describe_sides
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import sphinx_diagram_ext

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

PARTS: dict[str, Callable[..., str | list[describe.Section] | list[str | describe.Section]]] = {
    "configuration": describe.configuration,
    "limits": describe.limit_table,
    "engines": describe.engines,
    "directive-options": describe.directive_options,
    "index-options": describe.index_options,
    "commands": describe_commands.commands,
    "exit-status": describe_commands.exit_status,
    "keys": describe_keys.keys,
    "enums": describe.enums,
    "warnings": describe.warning_subtypes,
    "lint-rule": describe_lint.rule_page,
    "lint-table": describe_lint.table,
    "lint-settings": describe_lint.settings,
    "picture-faults": describe_faults.table,
    "plan": describe_lint.categories,
    "plan-keys": describe_keys.plan_keys,
    "rooms": describe_rooms.rooms,
    "side-by-side": describe_sides.diagram,
    "side-by-side-faults": describe_sides.kinds,
    "side-by-side-tools": describe_sides.packages,
    "side-by-side-totals": describe_sides.totals,
}


class FromCode(SphinxDirective):
    """``from-code`` with the name of a part, and of what it is about: the text that the code gives for it."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the text, parsed; the page is read again when the package changes."""
        name, *about = self.arguments
        if name not in PARTS:
            raise self.error(f"from-code: wanted one of {', '.join(PARTS)}, found {name!r}.")
        package = Path(inspect.getfile(sphinx_diagram_ext)).parent
        code = (*Path(__file__).parent.glob("*.py"), *package.rglob("*.py"))
        for path in (*code, describe_lint.PLAN, describe_rooms.IMPORTS, describe_sides.COUNTS):
            self.env.note_dependency(str(path))
        found = PARTS[name](*about)
        parts = [found] if isinstance(found, str) else found
        return [node for part in parts for node in self._nodes(part)]

    def _nodes(self, part: str | describe.Section) -> list[nodes.Node]:
        return self.parse_text_to_nodes(part) if isinstance(part, str) else [self._section(part)]

    def _section(self, part: describe.Section) -> nodes.section:
        section = nodes.section(names=[part.anchor])
        title = nodes.title(part.title, part.title)
        for node in (section, title):
            self.set_source_info(node)
        section += title
        self.state.document.note_explicit_target(section, section)
        section += self.parse_text_to_nodes(part.text)
        return section


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    app.add_directive("from-code", FromCode)
    return {"version": sphinx_diagram_ext.__version__, "parallel_read_safe": True, "parallel_write_safe": True}
