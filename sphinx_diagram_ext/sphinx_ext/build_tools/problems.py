"""Problems of a diagram on a page: what it is called in the account, and what to say if its data changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import Code, Problem, ProblemsError

if TYPE_CHECKING:
    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram


def name_of(node: cdc_diagram) -> str:
    """Return what tells a picture from all others of a build."""
    return f"{node['diagram_id']} {node['picture']}"


def changed(node: cdc_diagram) -> ProblemsError:
    """Return what to say of a diagram whose data, or the template of whose type, is another one now."""
    placement, name = node["placement"], node["diagram_id"]
    message = f"The data of the diagram {name!r} changed or went away after this page was read; build again."
    return ProblemsError([Problem(placement.source, placement.line, 0, Code.FILE, message)])
