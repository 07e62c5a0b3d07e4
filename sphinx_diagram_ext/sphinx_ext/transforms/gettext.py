"""Post-transform for ``gettext``: each text of a diagram with the line of its data file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.model import explained, messages, source_titles
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.logging import warn_all
from sphinx_diagram_ext.sphinx_ext.markup.explanations import paragraphs
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_message,
    cdc_messages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.model import Diagram


class ListMessages(SphinxPostTransform):
    """Gives catalogues each text of a picture and each paragraph of an explanation or about a command."""

    default_priority = 400
    builders = ("gettext",)

    def run(self, **kwargs: Any) -> None:
        """Exchange the messages of every diagram of the page."""
        for node in list(self.document.findall(cdc_messages)):
            # A copy that another extension made has no uid, and Sphinx takes no messages from it.
            node.replace_self([*self._parts(node)] if hasattr(node, "uid") else [])

    def _parts(self, node: cdc_messages) -> Iterator[cdc_message]:
        owner: Any = node.parent
        original = owner.deepcopy()
        original["translations"] = {}
        try:
            diagram, _source = Build.of(self.env).shown(original)
        except ProblemsError as error:
            warn_all(error.problems)
            return
        texts = [(message.text, message.line) for message in (*messages(diagram), *source_titles(diagram))]
        for text, line in (*texts, *(explained_texts(diagram) if owner["explain"] else ())):
            part = cdc_message(text=text)
            part.source, part.line = node.source, line
            part.uid = uuid5(UUID(node.uid), text).hex  # type: ignore[attr-defined]
            yield part


def explained_texts(diagram: Diagram) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs of explanations and about commands, and their lines; commands read the same anywhere."""
    for item in explained(diagram):
        said = (*([item.explain] if item.explain else []), *(item.command.remarks if item.command else ()))
        yield from ((text, message.line) for message in said for text in paragraphs(message.text))
