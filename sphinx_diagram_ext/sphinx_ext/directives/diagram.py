"""Directive ``cdc-diagram``; every form of it ends here."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, did_you_mean
from sphinx_diagram_ext.model import Custom, Direction, messages, redirected, source_titles
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.config import PARTS, shown_parts
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import warn, warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import (
    InlineDiagram,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_messages,
    cdc_missing,
)
from sphinx_diagram_ext.sphinx_ext.placement import Placement

if TYPE_CHECKING:
    from sphinx_diagram_ext.catalog import Catalog
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram


def _align(argument: str) -> str:
    return directives.choice(argument, ("left", "center", "right"))


def _direction(argument: str) -> str:
    known = [str(item) for item in Direction]
    word = (argument or "").strip()
    if word.upper() not in known:
        message = f"found {word[:60]!r}, wanted one of {', '.join(known)}.{did_you_mean(word, known)}"
        raise ValueError(message)
    return word.upper()


def _show(argument: str | None) -> tuple[str, ...]:
    words = (argument or "").replace(",", " ").split()
    for word in words:
        if word not in PARTS:
            message = f"found {word[:60]!r}, wanted some of {', '.join(PARTS)}.{did_you_mean(word, PARTS)}"
            raise ValueError(message)
    return tuple(words)


OPTIONS: dict[str, Any] = {
    "caption": directives.unchanged_required,
    "name": directives.unchanged_required,
    "alt": directives.unchanged_required,
    "align": _align,
    "width": directives.length_or_percentage_or_unitless,
    "class": directives.class_option,
    "direction": _direction,
    "no-explain": directives.flag,
    "show": _show,
}


class DiagramDirective(SphinxDirective):
    """Shows a diagram of the data folders, or one that the page itself holds."""

    has_content = True
    required_arguments = 0
    optional_arguments = 1
    final_argument_whitespace = False
    option_spec: ClassVar[dict[str, Any]] = OPTIONS

    def run(self) -> list[nodes.Node]:
        """Return the diagram, or an invisible node that says that it is missing."""
        wanted = self._wanted()
        try:
            inline = None if wanted else self._inline()
            diagram = Build.of(self.env).inline(inline) if inline else self._named(wanted)
            diagram = self._redirected(diagram)
            if isinstance(diagram.body, Custom):
                self.env.note_dependency(os.path.relpath(diagram.body.path, self.env.srcdir))
            diagram, source = Build.of(self.env).complete(diagram)
        except ProblemsError as error:
            return [self._message(wanted, error.problems)]
        node = self._show(diagram, source, inline)
        node["placement"] = self._placement(diagram.id)
        self._domain.note_placement(node["placement"], warned=False)
        return [node]

    def _message(self, wanted: str, problems: tuple[Problem, ...]) -> cdc_missing:
        """Return what says in place of a diagram what is wrong; mistakes of a file are said once a build."""
        missing = cdc_missing(diagram_id=wanted, problems=problems)
        self.set_source_info(missing)
        name = wanted or self.options.get("name", "")
        of_file = tuple(problem for problem in problems if wanted and problem.path)
        warn_all((problem for problem in problems if problem not in of_file), self.get_location())
        if name:
            self._anchor(missing, name)
        if name and (not wanted or Build.of(self.env).catalog.file(wanted)):
            self._domain.note_broken(self.env.docname, name, missing["ids"][0], of_file)
        self._domain.note_placement(self._placement(wanted), warned=True)
        return missing

    def _wanted(self) -> str:
        """Return the id of the diagram that the page names, "" if it holds one."""
        return str(self.arguments[0]) if self.arguments else ""

    def _placement(self, diagram_id: str) -> Placement:
        path, line = self.get_source_info()
        return Placement(self.env.docname, path, line, diagram_id)

    @property
    def _domain(self) -> DiagramDomain:
        return DiagramDomain.of(self.env)

    def _named(self, wanted: str) -> Diagram:
        if self.content:
            message = "A diagram is named by its id or written as the body, not both; the body is ignored."
            warn(Code.DIRECTIVE, "%s", message, location=self.get_location())
        catalog = Build.of(self.env).catalog
        self._note_files(catalog, wanted)
        return catalog.get(wanted)

    def _note_files(self, catalog: Catalog, wanted: str) -> None:
        """Have the page read again when the file changes, vanishes or appears."""
        path = catalog.file(wanted)
        for candidate in [path] if path else catalog.candidate_paths(wanted):
            self.env.note_dependency(os.path.relpath(candidate, self.env.srcdir))

    def _inline(self) -> InlineDiagram:
        """Return the diagram that the page holds itself."""
        text = "\n".join(self.content)
        if not text.strip():
            message = "Name a diagram (its id) or write its YAML as the body."
            raise ProblemsError([Problem("", 0, 0, Code.DIRECTIVE, message)])
        name = self.options.get("name")
        if not name:
            message = "A diagram in the page itself needs an id; give it the option ':name:'."
            raise ProblemsError([Problem("", 0, 0, Code.DIRECTIVE, message)])
        taken = Build.of(self.env).catalog.file(name)
        if taken is not None:
            message = "The id %r belongs to %s already; give the diagram in this page another ':name:'."
            warn(Code.DUPLICATE_ID, message, name, taken, location=self.get_location())
        path, _line = self.get_source_info()
        return InlineDiagram(text, name, path, self._first_line())

    def _first_line(self) -> int:
        """Return the line of the page that the body starts on.

        reST gives every line of a body its line in the file, MyST its line in the body.
        """
        line = self.content.items[0][1]
        if line is not None and line + 1 > self.lineno:
            return int(line) + 1
        return int(self.lineno + self.content_offset + 1)

    def _redirected(self, diagram: Diagram) -> Diagram:
        direction = self.options.get("direction")
        if not direction:
            return diagram
        changed = redirected(diagram, Direction(direction))
        if changed is None:
            warn(
                Code.DIRECTIVE,
                "A diagram of the type %r has no direction; the option is ignored.",
                diagram.type,
                location=self.get_location(),
            )
            return diagram
        return changed

    def _show(self, diagram: Diagram, source: MermaidSource, inline: InlineDiagram | None) -> cdc_diagram:
        shown = shown_parts(self.options.get("show"), self.config)
        node = cdc_diagram(
            wanted=self._wanted(),
            diagram_id=diagram.id,
            digest=diagram.digest,
            type=diagram.type,
            title=diagram.title.text,
            direction=self.options.get("direction", ""),
            inline=inline,
            translations={},
            picture="",
            explain="no-explain" not in self.options and "explanations" in shown,
            show=tuple(sorted(shown)),
            own=inline is not None or "direction" in self.options,
            align=self.options.get("align", "center"),
            classes=self.options.get("class", []),
            alt=self.options.get("alt", ""),
            width=self.options.get("width", ""),
        )
        node.shown = (diagram, source)
        self._give_ids(node, diagram)
        node += mermaid("", code=source.text, options={}, alt=diagram.title.text)
        caption = self._caption(diagram)
        node += [caption] if caption else []
        node += _messages(diagram)
        if node["explain"]:
            node += cdc_explanations()  # filled in once the catalogue of the page is read
        node += cdc_backlinks(diagram_id=diagram.id)
        for part in node.findall(lambda item: isinstance(item, nodes.Element)):
            if part.source is None:
                part.source, part.line = diagram.path, diagram.line
        self.set_source_info(node)
        return node

    def _give_ids(self, node: cdc_diagram, diagram: Diagram) -> None:
        self._anchor(node, diagram.id)
        if self.options.get("name"):
            node["names"].append(nodes.fully_normalize_name(self.options["name"]))
            self.state.document.note_explicit_target(node, node)

    def _anchor(self, node: nodes.Element, diagram_id: str) -> None:
        """Give *node* the anchor of the diagram that it shows or stands for."""
        # A diagram that a page shows again is "one-2": Sphinx would number all such things of the page.
        times = self.env.current_document.setdefault("cdc_times_shown", Counter())
        assert isinstance(times, Counter)
        times[diagram_id] += 1
        wanted = diagram_id if times[diagram_id] == 1 else f"{diagram_id}-{times[diagram_id]}"
        anchor = make_id(self.env, self.state.document, "", wanted)
        if re.fullmatch(r"id\d+", anchor):
            # A heading has it. A number would change with everything above it on the page.
            anchor = make_id(self.env, self.state.document, "diagram", wanted)
        node["ids"].append(anchor)
        self.state.document.note_explicit_target(node)

    def _caption(self, diagram: Diagram) -> nodes.caption | None:
        text = self.options.get("caption")
        if not text:
            caption = nodes.caption("", "", nodes.Text(diagram.title.text), translatable=False)
            caption.source, caption.line = diagram.path, diagram.title.line
            caption["from_title"] = True
            return caption
        inline, problems = self.parse_inline(text, lineno=self.lineno)
        # MyST puts empty text beside markup; man pages stumble over it.
        shown = [part for part in inline if not isinstance(part, nodes.Text) or part.astext()]
        caption = nodes.caption(text, "", *shown, *problems)
        self.set_source_info(caption)
        return caption


def _messages(diagram: Diagram) -> cdc_messages:
    found = (*messages(diagram), *source_titles(diagram))
    node = cdc_messages(messages=tuple((message.text, message.line) for message in found), translations={})
    node.source, node.line = diagram.path, diagram.line
    return node
