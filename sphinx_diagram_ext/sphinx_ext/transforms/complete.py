"""Transform that completes a diagram when its page has been read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform
from sphinxcontrib.mermaid import mermaid

from sphinx_diagram_ext.drawing.ids import without_marks
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.model import anchor_parts, explained, names, tones_shown
from sphinx_diagram_ext.plaintext.outline import outline
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.domain.record_factory import record
from sphinx_diagram_ext.sphinx_ext.locale import _, tones, wording
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.markup.explanations import parse_explanation
from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin
from sphinx_diagram_ext.sphinx_ext.nodes import (
    Item,
    cdc_alternative,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_messages,
    cdc_missing,
    conditions_of,
)
from sphinx_diagram_ext.sphinx_ext.transforms.commands import command_nodes
from sphinx_diagram_ext.sphinx_ext.transforms.commands import remarks as command_remarks
from sphinx_diagram_ext.sphinx_ext.transforms.sources import SourceTexts, signs, status
from sphinx_diagram_ext.sphinx_ext.transforms.targets import target_nodes

if TYPE_CHECKING:
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plaintext.outline import Entry, Lead, Outline
    from sphinx_diagram_ext.sphinx_ext.domain.records import CommandRecord


class CompleteDiagrams(SphinxTransform):
    """Gives each diagram its translated labels, lists and index entries; tells the domain; draws.

    Runs after :class:`sphinx.transforms.i18n.Locale`, which translates the labels.
    """

    default_priority = 25

    def apply(self, **kwargs: Any) -> None:
        """Complete every diagram of the page."""
        self.build = Build.of(self.env)
        taken: set[str] = set()
        for node in list(self.document.findall(cdc_diagram)):
            _give_own_anchor(node, taken)
            try:
                diagram, source = self._translate(node)
            except ProblemsError as error:
                warn_all(error.problems)
                node.replace_self(cdc_missing(diagram_id=node["wanted"], problems=error.problems, ids=node["ids"]))
                continue
            self._complete(node, diagram, source)
            self.build.draw_early(node)
            node.shown = None

    def _complete(self, node: cdc_diagram, diagram: Diagram, source: MermaidSource) -> None:
        domain = DiagramDomain.of(self.env)
        anchor = node["ids"][0]
        anchors = {key: f"{anchor}--{part}" for key, part in anchor_parts(diagram).items()}
        called = {key: str(name) for key, name in names(diagram).items()}
        sources = SourceTexts(diagram, called, anchors)
        listed = self._list_explanations(node, diagram, called, anchors, sources)
        before = next((at for at, child in enumerate(node) if isinstance(child, cdc_backlinks)), len(node))
        said = outline(diagram, wording(str(self.config.language or "en")), node["alt"])
        targets = target_nodes(diagram, anchors, self.env)
        node[before:before] = [_alternative(said, anchors, listed), *sources.sources(), *targets]
        below = 1 + max((at for at, child in enumerate(node) if isinstance(child, nodes.caption)), default=0)
        node[below:below] = [*sources.illustration(), *status(diagram), *signs(diagram)]
        self._index(node)
        node["drawn"] = self.build.pictures.draws(diagram)
        node["picture"] = self.build.pictures.content_key(diagram, source)
        shared = [f"source {item.id}" for item in diagram.meta.sources if item.entry]
        shared += [f"element {item.element}" for item in diagram.nodes if item.element]
        node["shared"] = tuple(sorted({*shared}))
        node["icons"] = tuple(sorted({item.icon.name for item in diagram.nodes if item.icon}))
        shown = tones_shown(diagram)
        node["tones"] = tuple(tone for tone in tones() if tone in shown)
        domain.note_diagram(
            record(
                diagram,
                self.env.docname,
                anchor,
                anchors,
                listed.texts,
                tuple(listed.commands),
                domain.relative_path(diagram.path),
                node["picture"],
                own=node["own"],
                only=conditions_of(node),
            )
        )

    def _translate(self, node: cdc_diagram) -> tuple[Diagram, MermaidSource]:
        """Return the diagram in the language of the site."""
        changed: dict[str, str] = {}
        for part in node.findall(cdc_messages):
            changed |= {text: without_marks(new) for text, new in part["translations"].items()}
            part["messages"], part["translations"] = (), {}
        if not changed:
            return self.build.shown(node)
        before, node.shown = self.build.shown(node), None
        node["translations"] = changed
        try:
            diagram, source = self.build.shown(node)
        except ProblemsError as error:  # a template of the project's own does not work with the translation
            warn_all(error.problems)
            node["translations"] = {}
            return before
        node["own"], node["title"] = True, diagram.title.text
        for part in node.findall(mermaid):
            part["code"], part["alt"] = source.text, diagram.title.text
        for caption in node.findall(nodes.caption):
            if caption.get("from_title"):
                caption[:] = [nodes.Text(diagram.title.text)]
        return diagram, source

    def _list_explanations(
        self, node: cdc_diagram, diagram: Diagram, called: dict[str, str], anchors: dict[str, str], sources: SourceTexts
    ) -> _Listed:
        """List explanations and commands, in the language of the site."""
        listed = _Listed({}, [], set())
        holder = next(iter(node.findall(cdc_explanations)), None)
        if holder is None:
            return listed
        listing = nodes.definition_list(classes=["cdc-explained"])
        for item in explained(diagram):
            name = called.get(item.key) or " ".join(item.label.text.split())
            origin = Origin(self.env, self.document, diagram.path, (item.explain or item.label).line)
            definition = nodes.definition("", *(parse_explanation(item.explain.text, origin) if item.explain else ()))
            definition.source, definition.line = origin.path, origin.line
            term = nodes.term("", "", nodes.Text(name), ids=[anchors[item.key]] if item.key else [])
            term["translatable"] = False
            if item.explain:
                listed.texts[item.key] = definition.astext()
            if item.command:
                parts, command = command_nodes(item, item.command, origin, name)
                definition += parts
                listed.commands.append(command)
            listed.keys.add(item.key)
            definition += [*sources.of_node(item.key)]
            listing += nodes.definition_list_item("", term, definition)
        if listed.keys:
            holder += listing
        else:
            node.remove(holder)
        return listed

    def _index(self, node: cdc_diagram) -> None:
        """Put the diagram into the general index, before the figure."""
        title = node["title"].replace(";", ",")
        entry = ("single", _("%s (diagram)") % title, node["ids"][0], "", None)
        node.insert(0, addnodes.index(entries=[entry]))


class _Listed(NamedTuple):
    """What is below a picture: the explanations by node, the commands, and the nodes that have a term there."""

    texts: dict[str, str]
    commands: list[CommandRecord]
    keys: set[str]


def _alternative(found: Outline, anchors: dict[str, str], listed: _Listed) -> cdc_alternative:
    commands = {command.node: command for command in listed.commands if command.node}
    steps = iter([command for command in listed.commands if not command.node])

    def ends(leads: tuple[Lead, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((lead.text, anchors.get(lead.key, "")) for lead in leads)

    def item(entry: Entry) -> Item:
        command = next(steps) if entry.command else commands.get(entry.key)
        return Item(
            entry.text,
            ends(entry.leads),
            ends(entry.before),
            tuple(map(item, entry.inner)),
            entry.link,
            anchors[entry.key] if entry.key else "",
            bool(entry.key) and entry.key not in listed.keys,
            command.run if command else "",
            tuple(command_remarks(command)) if command else (),
        )

    return cdc_alternative(remarks=found.remarks, items=tuple(map(item, found.entries)))


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
    node["ids"][0] = new
