"""What happens to a diagram node after reading and before writing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.model import names, translate
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.domain.records import record
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.markup.explanations import parse_explanation
from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_alternative,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_messages,
    conditions_of,
)
from sphinx_diagram_ext.sphinx_ext.transforms.sources import Facts

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram


class CompleteDiagrams(SphinxTransform):
    """Gives each diagram its translated labels, lists and index entries; tells the domain.

    Runs after :class:`sphinx.transforms.i18n.Locale`, which translates the labels.
    """

    default_priority = 25

    def apply(self, **kwargs: Any) -> None:
        """Complete every diagram of the page."""
        del kwargs
        domain = DiagramDomain.of(self.env)
        taken: set[str] = set()
        for node in list(self.document.findall(cdc_diagram)):
            _give_own_anchor(node, taken)
            self._translate(node)
            diagram = node.diagram
            called = {key: str(name) for key, name in names(diagram).items()}
            facts = Facts(diagram, called, node["node_ids"])
            explained = self._list_explanations(node, called, facts)
            before = next((at for at, child in enumerate(node) if isinstance(child, cdc_backlinks)), len(node))
            node[before:before] = [cdc_alternative(explained=tuple(explained)), *facts.sources()]
            below = 1 + max((at for at, child in enumerate(node) if isinstance(child, nodes.caption)), default=0)
            node[below:below] = [*facts.illustration()]
            self._index(node, diagram)
            anchor = node["ids"][0]
            path = domain.relative_path(diagram.path)
            domain.note_diagram(
                record(
                    diagram,
                    self.env.docname,
                    anchor,
                    node["node_ids"],
                    explained,
                    path,
                    node.mermaid.text,
                    own=node["own"],
                    only=conditions_of(node),
                )
            )
            node.pack()

    def _translate(self, node: cdc_diagram) -> None:
        changed: dict[str, str] = {}
        for part in node.findall(cdc_messages):
            changed |= part["translations"]
        if not changed:
            return
        diagram = translate(
            node.diagram, lambda message: replace(message, text=changed.get(message.text, message.text))
        )
        node["own"] = True
        source = node.mermaid
        try:
            source = Build.of(self.env).emit(diagram)
        except ProblemsError as error:
            warn_all(error.problems)
        node.show(diagram, source)
        for part in node.findall(mermaid):
            part["code"], part["alt"] = source.text, diagram.title.text
        for caption in node.findall(nodes.caption):
            if caption.get("from_title"):
                caption[:] = [nodes.Text(diagram.title.text)]

    def _list_explanations(self, node: cdc_diagram, called: dict[str, str], facts: Facts) -> dict[str, str]:
        """List the explanations, in the language of the page; return their text by node key."""
        holder = next(iter(node.findall(cdc_explanations)), None)
        if holder is None:
            return {}
        diagram = node.diagram
        listing = nodes.definition_list(classes=["cdc-explained"])
        texts = {}
        for item in diagram.nodes:
            if item.explain is None:
                continue
            origin = Origin(self.env, self.document, diagram.path, item.explain.line)
            definition = nodes.definition("", *parse_explanation(item.explain.text, origin))
            definition.source, definition.line = origin.path, origin.line
            term = nodes.term("", "", nodes.Text(called[item.key]), ids=[node["node_ids"][item.key]])
            term["translatable"] = False
            texts[item.key] = definition.astext()
            definition += [*facts.of_node(item.key)]
            listing += nodes.definition_list_item("", term, definition)
        if texts:
            holder += listing
        else:
            node.remove(holder)
        return texts

    def _index(self, node: cdc_diagram, diagram: Diagram) -> None:
        """Put the diagram into the general index, before the figure."""
        title = diagram.title.text.replace(";", ",")
        entry = ("single", _("%s (diagram)") % title, node["ids"][0], "", None)
        node.insert(0, addnodes.index(entries=[entry]))


def _give_own_anchor(node: cdc_diagram, taken: set[str]) -> None:
    """Rename a diagram whose anchor another one on the page has.

    A document within the document (MyST's ``eval-rst``) does not know the ids outside it.
    """
    old = node["ids"][0]
    new, number = old, 1
    while new in taken:
        number += 1
        new = f"{old}-{number}"
    taken.add(new)
    if new != old:
        node["ids"][0] = new
        node["node_ids"] = {key: new + name.removeprefix(old) for key, name in node["node_ids"].items()}
