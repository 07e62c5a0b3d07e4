"""Mermaid keywords: the words that Mermaid text begins with, to tell it from YAML and to name the nearest.

See https://mermaid.js.org/intro/syntax-reference.html#diagram-types.
"""

from __future__ import annotations

import re

from sphinx_diagram_ext.errors import did_you_mean

FAMILIES: dict[str, str] = {
    "architecture": "architecture",
    "architecture-beta": "architecture",
    "block": "block",
    "block-beta": "block",
    "C4Component": "c4",
    "C4Container": "c4",
    "C4Context": "c4",
    "C4Deployment": "c4",
    "C4Dynamic": "c4",
    "classDiagram": "class",
    "classDiagram-v2": "class",
    "erDiagram": "er",
    "eventmodeling": "eventmodeling",
    "flowchart": "flowchart",
    "flowchart-elk": "flowchart",
    "gantt": "gantt",
    "gitGraph": "git",
    "graph": "flowchart",
    "info": "info",
    "ishikawa": "ishikawa",
    "ishikawa-beta": "ishikawa",
    "journey": "journey",
    "kanban": "kanban",
    "mindmap": "mindmap",
    "packet": "packet",
    "packet-beta": "packet",
    "pie": "pie",
    "quadrantChart": "quadrant",
    "radar-beta": "radar",
    "requirement": "requirement",
    "requirementDiagram": "requirement",
    "sankey": "sankey",
    "sankey-beta": "sankey",
    "sequenceDiagram": "sequence",
    "stateDiagram": "state",
    "stateDiagram-v2": "state",
    "timeline": "timeline",
    "treeView-beta": "treeView",
    "treemap": "treemap",
    "treemap-beta": "treemap",
    "venn-beta": "venn",
    "wardley-beta": "wardley",
    "xychart": "xychart",
    "xychart-beta": "xychart",
    "zenuml": "zenuml",
}
"""The family of each keyword."""

KEYWORDS = tuple(FAMILIES)

_FRONT_MATTER = re.compile(r"\A\s*-{3}[ \t]*\r?\n.*?\n[ \t]*-{3}[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\s:;]+")
_SUGGESTED = tuple(word for word in KEYWORDS if word not in ("classDiagram-v2", "flowchart-elk", "info"))
_COMMON = ("flowchart", "sequenceDiagram", "stateDiagram-v2", "erDiagram", "gantt")


def first_word(source: str) -> str:
    """Return the word that Mermaid text begins with, below front matter, comments and settings."""
    found = _WORD.match(source, start_of(source))
    return found[0] if found else ""


def start_of(source: str) -> int:
    """Return the place at which Mermaid text begins, below front matter, comments and settings."""
    front = _FRONT_MATTER.match(source)
    at = front.end() if front else 0
    ends = True
    while (space := _SPACE.match(source, at)) and source.startswith("%%", space.end()):
        # Settings take several lines. Where none end any more, they are comments.
        end = source.find("}%%", space.end()) if ends and source.startswith("%%{", space.end()) else -1
        ends = ends and (end >= 0 or not source.startswith("%%{", space.end()))
        line = source.find("\n", space.end())
        at = end + 3 if end >= 0 else line if line >= 0 else len(source)
    return space.end() if space else at


def family_of(source: str) -> str:
    """Return the family of *source*, "" if its keyword is not known."""
    return FAMILIES.get(first_word(source), "")


def looks_like_mermaid(text: str) -> bool:
    """Tell whether *text*, which is to be YAML, is Mermaid instead."""
    start = start_of(text)
    found = _WORD.match(text, start)
    key = text.startswith(":", found.end()) if found else False
    return (found is not None and found[0] in KEYWORDS and not key) or is_fence(text)


def is_fence(source: str) -> bool:
    """Tell whether *source* begins with the fence of a Markdown page."""
    return source.lstrip().startswith(("```", "~~~", ":::"))


def unknown_start(source: str) -> str:
    """Return what to say of Mermaid text that begins with no keyword, "" where it begins with one."""
    if is_fence(source):
        fence = source.split(maxsplit=1)[0]
        return f"found the fence {fence[:40]!r}; leave out the lines of the fence, and write the Mermaid text alone."
    word = first_word(source)
    if word in KEYWORDS:
        return ""
    shown = repr(word[:60]) if word else "no word"
    hint = did_you_mean(word, _SUGGESTED) or f" Known are {', '.join(_COMMON)} and the other types of Mermaid."
    return f"it begins with {shown}, which is no type of Mermaid diagram.{hint}"
