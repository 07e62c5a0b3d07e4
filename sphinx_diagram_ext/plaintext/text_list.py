"""Text alternative of a diagram: what is said of it, then its nodes and what their edges lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import Comparison, Timeline, Tone, explained, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_diagram_ext.model import Diagram

TONES: Mapping[Tone, str] = {Tone.PROBLEM: "problem", Tone.CAUTION: "caution", Tone.HEALTHY: "healthy"}
"""The words for tones that say something; an adapter passes them in the language of its reader."""


@dataclass(frozen=True, slots=True)
class Item:
    """A node as text, what its edges lead to, and its link."""

    key: str
    text: str
    leads: tuple[str, ...]
    link: str | None


def remarks(diagram: Diagram, alt: str = "") -> list[str]:
    """Return what is said of the diagram as a whole."""
    summary = diagram.summary.text if diagram.summary else ""
    return [text for text in (alt, summary) if text]


def items(diagram: Diagram, tones: Mapping[Tone, str] = TONES) -> Iterator[Item]:
    """Yield the nodes in the order of the data, under names that tell them apart."""
    called = names(diagram)
    leads: dict[str, list[str]] = {}
    for edge in diagram.edges:
        text = f"→ {called.get(edge.target, edge.target)}"
        leads.setdefault(edge.source, []).append(f"{text}: {edge.label.text}" if edge.label else text)
    body = diagram.body
    before = body.times if isinstance(body, Timeline) else body.row_titles if isinstance(body, Comparison) else {}
    for node in diagram.nodes:
        name = called[node.key]
        text = ". ".join((str(name), *(line.text for line in node.details if line.text not in name.apart)))
        if node.tone in tones:
            text = f"{text} ({tones[node.tone]})"
        if node.key in before and before[node.key] not in name.apart:
            text = f"{before[node.key]}: {text}"
        yield Item(node.key, text, tuple(leads.get(node.key, ())), node.link)


def command_list(diagram: Diagram) -> str:
    """Return the commands as an indented list, "" if there are none."""
    called = names(diagram)
    lines: list[str] = []
    for item in explained(diagram):
        if item.command:
            lines += ["", f"- {called.get(item.key) or ' '.join(item.label.text.split())}", ""]
            lines += [f"      {line}".rstrip() for line in item.command.run.text.split("\n")]
            said = (("Expect", item.command.expect), ("Then", item.command.then))
            lines += [text for lead, one in said if one for text in ("", f"  {lead}: {' '.join(one.text.split())}")]
    return "\n".join(["Commands:", *lines]) + "\n" if lines else ""


def text_list(diagram: Diagram) -> str:
    """Return title, remarks and nodes as an indented list, for where no drawing fits."""
    lines = [diagram.title.text, ""]
    for remark in remarks(diagram):
        lines += [remark, ""]
    for item in items(diagram):
        lines.append(f"- {item.text}")
        lines += [f"  - {lead}" for lead in item.leads]
    return "\n".join(lines) + "\n"
