"""Text alternative of a diagram as an indented list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.model import explained, names
from sphinx_diagram_ext.plaintext.outline import outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.plaintext.outline import Entry, Wording


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


def text_list(diagram: Diagram, wording: Wording | None = None) -> str:
    """Return title, remarks and outline as an indented list, for where no drawing fits."""
    found = outline(diagram, wording)
    lines = [diagram.title.text, ""]
    for remark in found.remarks:
        lines += [remark, ""]
    lines += _lines(found.entries)
    return "\n".join(lines) + "\n"


def _lines(entries: Iterable[Entry], indent: str = "") -> Iterator[str]:
    for entry in entries:
        yield f"{indent}- {entry.text}"
        yield from (f"{indent}  - {lead.text}" for lead in entry.leads)
        yield from _lines(entry.inner, f"{indent}  ")
