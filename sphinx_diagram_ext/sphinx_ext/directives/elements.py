"""Directive ``cdc-elements``: what is known of elements, and every diagram that shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import make_id

from sphinx_diagram_ext.errors import Code, did_you_mean
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.domain.records import PLACE, ElementRecord
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.logging import warn
from sphinx_diagram_ext.sphinx_ext.markup.explanations import parse_explanation
from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.util.typing import OptionSpec

    from sphinx_diagram_ext.model import Element, Message
    from sphinx_diagram_ext.types.shared import Shared


class ElementsDirective(SphinxDirective):
    """A section for each element that it names, for each of the registry where it names none."""

    has_content = False
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {}

    def run(self) -> list[nodes.Node]:
        """Return the sections; their lists of diagrams are filled in once every page is read."""
        shared = Build.of(self.env).catalog.shared
        self._domain = DiagramDomain.of(self.env)
        wanted = self.arguments[0].split() if self.arguments else sorted(shared.elements)
        if not self.arguments:
            self._domain.note_all_elements(self.env.current_document.docname)
        found: list[nodes.Node] = []
        for name in wanted:
            if name in shared.elements:
                found.append(self._section(shared.elements[name], shared))
            else:
                hint = did_you_mean(name, shared.elements)
                message = f"There is no element {name!r}.{hint}"
                warn(Code.UNKNOWN_ELEMENT, "%s", message, location=self.get_location())
        return found

    def _section(self, element: Element, shared: Shared) -> nodes.Element:
        anchor = make_id(self.env, self.state.document, "element", element.id)
        section = nodes.section("", nodes.title("", "", nodes.Text(element.name)), ids=[anchor])
        section["classes"].append("cdc-element")
        section.source, section.line = element.path, element.line
        self.state.document.note_implicit_target(section, section)
        docname = self.env.current_document.docname
        self._domain.note_element(element.id, ElementRecord(docname, anchor, element.name))
        section += list(self._said(element, shared))
        terms = (("element", True, (element.id,)),)
        index = cdc_index(style="list", group=PLACE, terms=terms, quiet=True)
        self.set_source_info(index)
        section += index
        self._domain.note_index(docname, terms, pictures=False)
        return section

    def _said(self, element: Element, shared: Shared) -> Iterator[nodes.Node]:
        origin = Origin(self.env, self.state.document, element.path, element.line)
        if element.explain:
            yield from parse_explanation(element.explain, origin)
        if element.facts:
            facts = (nodes.list_item("", self._fact(fact, shared)) for fact in element.facts)
            yield nodes.bullet_list("", *facts, bullet="-")
        if element.within in shared.elements:
            outer = shared.elements[element.within].name
            yield nodes.paragraph("", f"{_('Part of')}: {outer}", translatable=False)
        if element.link:
            link = nodes.reference("", element.link, refuri=element.link, internal=False)
            yield nodes.paragraph("", "", link, translatable=False)
        if element.binding:
            yield nodes.paragraph("", "", nodes.literal("", element.binding), translatable=False)

    def _fact(self, fact: Message, shared: Shared) -> nodes.paragraph:
        paragraph = nodes.paragraph("", fact.text, translatable=False)
        names: tuple[Any, ...] = fact.backing.sources if fact.backing else ()
        for name in names:
            source = shared.sources.get(name)
            if source:
                link = nodes.reference("", source.title, refuri=source.url, internal=False)
                paragraph += [nodes.Text(" ("), link, nodes.Text(")")]
        return paragraph
