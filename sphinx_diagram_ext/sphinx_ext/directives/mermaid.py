"""Directive ``mermaid`` as sphinxcontrib-mermaid has it, drawn and checked by this extension."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.i18n import search_image_for_language

from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.fences import fence_id, with_front_matter
from sphinx_diagram_ext.fences.source import FRONT_MATTER_KEYS
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.directives.diagram import OPTIONS, DiagramDirective
from sphinx_diagram_ext.sphinx_ext.nodes import InlineDiagram

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinx_diagram_ext.model import Diagram

NAME = "mermaid"


class MermaidDirective(DiagramDirective):
    """Shows Mermaid source that stands in the page, or in a file beside it."""

    option_spec: ClassVar[dict[str, Any]] = {
        **{name: OPTIONS[name] for name in ("align", "class", "width")},
        # As sphinxcontrib-mermaid has them: each may be empty.
        **dict.fromkeys(("alt", "caption", "name", "zoom", *FRONT_MATTER_KEYS), directives.unchanged),
    }

    def run(self) -> list[nodes.Node]:
        """Return the diagram; one that cannot be drawn is its source, so that nothing is lost."""
        found = super().run()
        if isinstance(found[0], nodes.Invisible):
            text = self._text_in_page()
            source = nodes.literal_block(text, text, language="none", classes=["cdc-source"])
            self.set_source_info(source)
            found.append(source)
        return found

    def _wanted(self) -> str:
        return ""

    def _inline(self) -> InlineDiagram:
        """Return the source with its id, path, first line and title."""
        text, path, line = self._file() if self.arguments else self._body()
        if not text.strip():
            message = "The diagram is empty; write Mermaid source into it, or remove it."
            raise ProblemsError([Problem("", 0, 0, Code.DIRECTIVE, message)])
        options = {} if self._has_rules() else self._front_matter()
        text, added = with_front_matter(text, options)
        heading = self._heading()
        return InlineDiagram(text, self._id(heading), path, line - added, heading)

    def _body(self) -> tuple[str, str, int]:
        path, _line = self.get_source_info()
        if self._has_rules():
            return self._text_in_page(), path, self.lineno + 1
        return "\n".join(self.content), path, self._first_line() if self.content else self.lineno

    def _has_rules(self) -> bool:
        """Tell whether the body begins with front matter that MyST took for options."""
        lines = self.block_text.split("\n", 2)
        known = any(name in self.options for name in FRONT_MATTER_KEYS)
        return len(lines) > 1 and lines[1].startswith("---") and (known or not self.content)

    def _text_in_page(self) -> str:
        """Return the body as it was written."""
        if not self._has_rules():
            return "\n".join(self.content)
        lines = self.block_text.rstrip("\n").split("\n")[1:]
        return "\n".join(lines[:-1] if lines[-1].startswith(("```", "~~~", ":::")) else lines)

    def _front_matter(self) -> dict[str, object]:
        """Return the options that Mermaid reads from front matter."""
        found: dict[str, object] = {name: self.options[name] for name in FRONT_MATTER_KEYS if self.options.get(name)}
        if "config" in found:
            try:
                found["config"] = json.loads(str(found["config"]))
            except ValueError as error:
                message = f'The option \':config:\' is no JSON ({error}); write it like {{"theme": "forest"}}.'
                raise ProblemsError([Problem("", 0, 0, Code.DIRECTIVE, message)]) from None
        return found

    def _file(self) -> tuple[str, str, int]:
        """Return the source in the file that the argument names; it must be below the source folder."""
        name = search_image_for_language(self.arguments[0], self.env)
        relative, absolute = self.env.relfn2path(name)
        self.env.note_dependency(relative)
        limit = Build.of(self.env).options.bounds().file_bytes
        return read_file(Path(absolute), Path(self.env.srcdir), limit), absolute, 1

    def _heading(self) -> str:
        """Return the title of the section that the diagram stands in."""
        parent: Any = self.state_machine.node
        while parent is not None and not isinstance(parent, nodes.section):
            parent = parent.parent
        title = parent.next_node(nodes.title) if parent is not None else None
        return " ".join(title.astext().split()) if title is not None else ""

    def _id(self, heading: str) -> str:
        if self.options.get("name"):
            return str(self.options["name"])
        taken = self.env.current_document.setdefault("cdc_fence_ids", set())
        assert isinstance(taken, set)
        catalog = Build.of(self.env).catalog
        name = fence_id(self.env.docname, heading, lambda one: one in taken or one in catalog)
        taken.add(name)
        return name

    def _caption(self, diagram: Diagram) -> nodes.caption | None:
        return super()._caption(diagram) if self.options.get("caption") else None


def replace_mermaid(app: Sphinx, config: Config) -> None:
    """Take over the directive, and the fences that are marked ``mermaid``, if conf.py says so."""
    if config.cdc_diagram_mermaid is not True:
        return
    app.add_directive(NAME, MermaidDirective, override=True)
    if "myst_fence_as_directive" in config:
        config["myst_fence_as_directive"] = [*config["myst_fence_as_directive"], NAME]
