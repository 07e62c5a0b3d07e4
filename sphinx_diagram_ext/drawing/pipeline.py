"""Drawing pipeline: every step from a checked diagram to its picture, for the command and the extension."""

from __future__ import annotations

import dataclasses
import hashlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sphinx_diagram_ext.drawing import dates
from sphinx_diagram_ext.drawing.fingerprint import drawing_digest
from sphinx_diagram_ext.drawing.foreign import Labels, adapt
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space, renderer_of
from sphinx_diagram_ext.drawing.scene import MARGIN
from sphinx_diagram_ext.drawing.svg_writer import write
from sphinx_diagram_ext.engine import EngineError, Fault, Structure
from sphinx_diagram_ext.engine.mermaid_config import site_settings
from sphinx_diagram_ext.engine.source_limits import too_long, too_much
from sphinx_diagram_ext.engine.subprocess_guard import within
from sphinx_diagram_ext.errors import Code, Hints, Problem, ProblemsError
from sphinx_diagram_ext.fonts import FONT_FAMILY
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.mermaid import EmitError, cleaned, emit, with_elk
from sphinx_diagram_ext.mermaid_keywords import unknown_start
from sphinx_diagram_ext.model import (
    Custom,
    Diagram,
    Edge,
    Message,
    Node,
    RawMermaid,
    anchor_parts,
    edge_numbers,
    reading_order,
    shown_values,
)

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.drawing.renderers import Renderer
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.mermaid import MermaidSource


def inspect(diagram: Diagram, engine: Engine, limits: Limits = DEFAULT_LIMITS) -> Diagram:
    """Return *diagram* with the nodes that the parser finds in Mermaid source.

    Diagrams of other types are returned as they are.

    Raises:
        ProblemsError: the source does not parse or is too large, or an explanation names no node of it.
    """
    body = diagram.body
    if not isinstance(body, RawMermaid):
        return diagram
    beyond = too_long(body.source, limits)
    if beyond:
        raise ProblemsError([Problem(diagram.path, body.line + beyond[0] - 1, 0, Code.SCHEMA, beyond[1])])
    try:
        found = engine.parse(cleaned(body.source))
    except EngineError as error:
        raise ProblemsError(_refused(diagram, body, error)) from None
    much = too_much(found, limits)
    if much:
        raise ProblemsError([Problem(diagram.path, body.line, 0, Code.SCHEMA, much)])
    return dataclasses.replace(diagram, body=_with_nodes(diagram, body, found))


def _refused(diagram: Diagram, body: RawMermaid, error: EngineError) -> list[Problem]:
    """Return everything that the engine found wrong with a source, at its lines of the file."""
    faults = error.faults or (Fault(error.line or 1, 0, unknown_start(body.source) or error.message),)
    # Columns of a source in a file count from its indent, which nobody kept.
    return [
        Problem(
            diagram.path, body.line + one.line - 1, 0, Code.MERMAID, f"The Mermaid source does not parse: {one.message}"
        )
        for one in faults
    ]


def _with_nodes(diagram: Diagram, body: RawMermaid, found: Structure) -> RawMermaid:
    explained = dict(body.explanations)
    known = dict(found.nodes)
    hints = Hints()
    problems = [
        Problem(
            diagram.path,
            text.line,
            0,
            Code.UNKNOWN_NODE,
            f"There is no node {name!r} to explain.{hints.did_you_mean(name, known)}",
        )
        for name, text in explained.items()
        if name not in known and known
    ]
    if problems:
        raise ProblemsError(problems)
    # An engine that does not tell the nodes leaves those that the author explains.
    named = found.nodes or tuple((key, key) for key in explained)
    nodes = tuple(Node(key, Message(label, body.line), explain=explained.get(key)) for key, label in named)
    edges = tuple(
        Edge(source, target, Message(label, body.line) if label else None) for source, target, label in found.edges
    )
    return dataclasses.replace(body, nodes=nodes, edges=edges)


def check(diagram: Diagram, engine: Engine) -> MermaidSource:
    """Return the diagram as Mermaid that the engine's parser accepts.

    Raises:
        ProblemsError: it does not parse.
    """
    source = emitted(diagram, engine)
    if not isinstance(diagram.body, RawMermaid):
        try:
            engine.parse(source.plainly_broken(source.text))
        except EngineError as error:
            message = f"The diagram does not become valid Mermaid: {error.message}"
            raise ProblemsError([Problem(diagram.path, diagram.line, 0, Code.MERMAID, message)]) from None
    return source


def emitted(diagram: Diagram, engine: Engine) -> MermaidSource:
    """Return the diagram as Mermaid, which the parser reads when it is drawn.

    A template of a project's own is expanded within the bounds of the engine's process.

    Raises:
        ProblemsError: its template does not work with it.
    """
    try:
        return within(engine, emit, diagram) if isinstance(diagram.body, Custom) else emit(diagram)
    except (EmitError, EngineError) as error:
        message = f"The template of the type {diagram.type!r} does not work with {diagram.id}: {error}"
        path = error.path if isinstance(error, EmitError) else diagram.path
        raise ProblemsError([Problem(path, error.line, 0, Code.MERMAID, message)]) from None


def labels_of(diagram: Diagram, source: MermaidSource) -> Labels:
    """Return what the picture of *diagram* says."""
    parts = anchor_parts(diagram)
    return Labels(
        title=diagram.title.text,
        description=diagram.summary.text if diagram.summary else "",
        texts=source.texts(),
        nodes=source.nodes,
        anchors={key: parts[key] for key in reading_order(diagram)},
        tones={node.key: node.tone for node in diagram.nodes},
        roles={node.key: node.role for node in diagram.nodes},
    )


def draw(diagram: Diagram, source: MermaidSource, engine: Engine, language: str = "en") -> Picture:
    """Return the finished picture, with a narrow one where the wide one does not fit a phone.

    Raises:
        ProblemsError: the engine cannot draw it.
    """
    try:
        renderer = renderer_of(diagram.body)
        if renderer:
            return _rendered(diagram, renderer, language)
        return _adapted(diagram, source, engine)
    except (EngineError, ET.ParseError, ValueError, ArithmeticError) as error:
        # The last two: numbers of the engine's that are none.
        message = f"The diagram cannot be drawn: {error}"
        problem = Problem(diagram.path, diagram.line, 0, Code.RENDER, message)
        raise ProblemsError([problem]) from None


def _adapted(diagram: Diagram, source: MermaidSource, engine: Engine) -> Picture:
    """Return the engine's own picture; of one with groups that is wider than a page the narrower of two layouts."""
    labels = labels_of(diagram, source)
    picture = adapt(engine.draw(source), labels)
    other = with_elk(source) if picture.width > WIDE else None
    if other is None:
        return picture
    return min(picture, adapt(engine.draw(other), labels), key=lambda one: one.width)


def _rendered(diagram: Diagram, renderer: Renderer, language: str) -> Picture:
    parts = anchor_parts(diagram)
    description = diagram.summary.text if diagram.summary else ""
    explained = {node.key for node in diagram.nodes if node.explain}
    commanded = {node.key for node in diagram.nodes if node.command}
    leading = {node.key for node in diagram.nodes if node.target}
    edges = edge_numbers(diagram)

    def rendered(width: float) -> Picture:
        scene = renderer(diagram, diagram.body, Space(width, language))
        return write(scene, diagram.title.text, description, parts, explained, commanded, leading, edges)

    wide = rendered(WIDE)
    if wide.width <= NARROW + 2 * MARGIN:
        return wide
    return dataclasses.replace(wide, narrow=rendered(NARROW))


def drawing(engine: Engine) -> str:
    """Return what every picture depends on: this code, the engine, fonts, colours, forms of days."""
    parts = (drawing_digest(), engine.name, engine.version, FONT_FAMILY, site_settings(), dates.version())
    return "\0".join(parts)


def content_key(diagram: Diagram, source: MermaidSource, language: str = "en") -> str:
    """Return the digest of everything of a diagram that its picture depends on."""
    if type(diagram.body) in RENDERERS:
        parts = (language, diagram.type, repr(shown_values((diagram.title, diagram.summary, diagram.body))))
    else:
        parts = (repr(sorted(source.config.items())), source.skeleton, repr(labels_of(diagram, source)))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def picture_key(content: str, drawing: str) -> str:
    """Return the key of a picture: what it depends on of its diagram and of everything else."""
    return hashlib.sha256(f"{drawing}\0{content}".encode()).hexdigest()
