"""Mermaid keywords: the words that Mermaid text begins with, to tell it from YAML and to name the nearest.

See https://mermaid.js.org/intro/syntax-reference.html#diagram-types.
"""

from __future__ import annotations

from sphinx_diagram_ext.errors import did_you_mean

KEYWORDS = (
    *("flowchart", "graph", "sequenceDiagram", "classDiagram", "stateDiagram-v2", "stateDiagram", "erDiagram"),
    *("journey", "gantt", "pie", "quadrantChart", "requirementDiagram", "gitGraph", "C4Context", "C4Container"),
    *("C4Component", "C4Dynamic", "C4Deployment", "mindmap", "timeline", "sankey-beta", "xychart-beta", "block-beta"),
    *("packet-beta", "kanban", "architecture-beta", "radar-beta", "treemap-beta"),
)

_COMMON = ("flowchart", "sequenceDiagram", "stateDiagram-v2", "erDiagram", "gantt")


def first_word(source: str) -> str:
    """Return the word that Mermaid text begins with, below its settings and remarks."""
    lines = iter(source.splitlines())
    for line in lines:
        words = line.strip()
        if words == "---":
            # Settings end with the same line.
            next((end for end in lines if end.strip() == "---"), None)
        elif words and not words.startswith("%%"):
            return words.split(maxsplit=1)[0].rstrip(":;")
    return ""


def looks_like_mermaid(text: str) -> bool:
    """Tell whether *text*, which is to be YAML, is Mermaid instead."""
    word = first_word(text)
    return word in KEYWORDS or is_fence(text)


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
    hint = did_you_mean(word, KEYWORDS) or f" Known are {', '.join(_COMMON)} and the other types of Mermaid."
    return f"it begins with {shown}, which is no type of Mermaid diagram.{hint}"
