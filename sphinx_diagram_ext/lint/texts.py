"""Texts, lines and structure of a diagram of any type."""

from __future__ import annotations

import functools
import itertools
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Comparison, Graph, Group, Message, RawMermaid, Role, explained, messages

if TYPE_CHECKING:
    from sphinx_diagram_ext.model import Diagram, Edge, Node

_MERMAID_TEXT = re.compile(
    r"""^\s*(?:
        subgraph\s+(?:[\w-]+\s*\[)?"?(?P<subgraph>[^"\]]+)
      | note\s+[^:]+:(?P<note>.+)
      | (?:pie\s+(?:showData\s+)?)?title\s+(?P<title>.+)
      | section\s+(?P<section>.+)
      | (?P<slice>".+?"\s*:\s*[\d.]+)\s*$
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_ADDRESS = re.compile(r"https?://[^\s)>\]]+|(?<=\])\([^)]*\)|\{[\w:-]+\}`[^`]*`")


def words(diagram: Diagram) -> list[Message]:
    """Return every text on the picture, without title and summary."""
    body = diagram.body
    if isinstance(body, RawMermaid):
        return list(_mermaid_words(body))
    return list(itertools.islice(messages(diagram), 2 if diagram.summary else 1, None))


def explanations(diagram: Diagram) -> list[Message]:
    """Return the explanations of the nodes."""
    return [node.explain for node in diagram.nodes if node.explain]


def claimed_texts(diagram: Diagram) -> list[Message]:
    """Return every text that may make a claim: those of the picture and the explanations."""
    return [*words(diagram), *explanations(diagram)]


def without_addresses(text: str) -> str:
    """Return *text* without web addresses and the targets of links, whose numbers are no figures."""
    return _ADDRESS.sub(" ", text)


def command_texts(diagram: Diagram) -> list[Message]:
    """Return the commands, and what is said about them."""
    found = [item.command for item in explained(diagram) if item.command]
    return [text for command in found for text in (command.run, *command.remarks)]


@functools.lru_cache(maxsize=64)
def _mermaid_words(body: RawMermaid) -> tuple[Message, ...]:
    found = [Message(node.label.text, mermaid_line(body, node.key)) for node in body.nodes]
    found += [
        Message(edge.label.text, mermaid_line(body, edge.source, edge.target)) for edge in body.edges if edge.label
    ]
    for number, line in enumerate(body.source.splitlines(), body.line):
        match = _MERMAID_TEXT.match(line)
        if match:
            found.append(Message(next(text for text in match.groups() if text).strip(), number))
    return tuple(found)


def mermaid_line(body: RawMermaid, *keys: str) -> int:
    """Return the line of the file on which Mermaid source first names all the *keys*."""
    patterns = [re.compile(rf"(?<!\w){re.escape(key)}(?!\w)") for key in keys]
    for number, line in enumerate(body.source.splitlines(), body.line):
        if all(pattern.search(line) for pattern in patterns):
            return number
    return body.line


def node_line(diagram: Diagram, node: Node) -> int:
    """Return the line of a node's label."""
    if isinstance(diagram.body, RawMermaid):
        return mermaid_line(diagram.body, node.key)
    return node.label.line


def edge_line(diagram: Diagram, edge: Edge) -> int:
    """Return the line of an edge's label, or of the node that it leaves."""
    if isinstance(diagram.body, RawMermaid):
        return mermaid_line(diagram.body, edge.source, edge.target)
    if edge.label:
        return edge.label.line
    source = diagram.node(edge.source)
    return source.label.line if source else diagram.line


def key_line(diagram: Diagram, key: str) -> int:
    """Return the line of a key below ``diagram:``."""
    lines = _file_lines(diagram.path, diagram.digest)
    start = re.compile(rf"^\s+[\"']?{re.escape(key)}[\"']?\s*:")
    return next((number for number, line in enumerate(lines, 1) if start.match(line)), diagram.line)


@functools.lru_cache(maxsize=64)
def _file_lines(path: str, digest: str) -> tuple[str, ...]:
    """Return the lines of a data file; a diagram written in a page has none of its own."""
    del digest
    if Path(path).suffix not in (".yaml", ".yml"):
        return ()
    try:
        return tuple(Path(path).read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError):
        return ()


def groups(diagram: Diagram) -> tuple[Group, ...]:
    """Return the groups, where the type has any."""
    body = diagram.body.graph if isinstance(diagram.body, Comparison) else diagram.body
    return body.groups if isinstance(body, Graph) else ()


def is_graph(diagram: Diagram) -> bool:
    """Tell whether the picture is one of nodes and edges that an engine lays out in layers."""
    body = diagram.body
    if isinstance(body, RawMermaid):
        return family(body) in ("graph", "flowchart", "flowchart-elk")
    return isinstance(body, Graph)


def family(body: RawMermaid) -> str:
    """Return the word that Mermaid source starts with, below its settings and remarks."""
    lines = iter(body.source.splitlines())
    for line in lines:
        if line.strip() == "---":
            # Settings as YAML end with the same line.
            next((end for end in lines if end.strip() == "---"), None)
        elif line.strip() and not line.lstrip().startswith("%%"):
            return re.split(r"[\s:;]", line.strip(), maxsplit=1)[0]
    return ""


def is_decision(diagram: Diagram, node: Node) -> bool:
    """Tell whether a node is a question; in Mermaid source, whether it is written as a rhombus."""
    if isinstance(diagram.body, RawMermaid):
        return re.search(rf"(?<!\w){re.escape(node.key)}\{{", diagram.body.source) is not None
    return node.role is Role.DECISION
