"""Post-transform for ``gettext``: each text of a diagram with the line of its data file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.sphinx_ext.markup.explanations import paragraphs
from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_diagram,
    cdc_message,
    cdc_messages,
)

if TYPE_CHECKING:
    from collections.abc import Iterator


class ListMessages(SphinxPostTransform):
    """Gives catalogues each text of a picture and each paragraph of an explanation."""

    default_priority = 400
    builders = ("gettext",)

    def run(self, **kwargs: Any) -> None:
        """Exchange the messages of every diagram of the page."""
        del kwargs
        for node in list(self.document.findall(cdc_messages)):
            parts = []
            # A copy that another extension made has no uid, and Sphinx takes no messages from it.
            for text, line in (*node["messages"], *_explained(node)) if hasattr(node, "uid") else ():
                part = cdc_message(text=text)
                part.source, part.line = node.source, line
                part.uid = uuid5(UUID(node.uid), text).hex  # type: ignore[attr-defined]
                parts.append(part)
            node.replace_self(parts)


def _explained(node: cdc_messages) -> Iterator[tuple[str, int]]:
    """Yield the paragraphs that the diagram of *node* shows, and their lines."""
    owner = node.parent
    if isinstance(owner, cdc_diagram) and owner["explain"]:
        for item in owner.diagram.nodes:
            if item.explain is not None:
                yield from ((text, item.explain.line) for text in paragraphs(item.explain.text))
