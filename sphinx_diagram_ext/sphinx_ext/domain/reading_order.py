"""Reading order of the pages: that of the toctrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def reading_order(env: BuildEnvironment) -> dict[str, int]:
    """Return the number of each page in the toctrees, from the root page on."""
    order: dict[str, int] = {}
    waiting = [env.config.root_doc]
    while waiting:
        docname = waiting.pop()
        if docname not in order:
            order[docname] = len(order)
            waiting += reversed(env.toctree_includes.get(docname, []))
    return order
