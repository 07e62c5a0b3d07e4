"""Registration of the visitors: every builder has one for every node."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.sphinx_ext.nodes import (
    cdc_alternative,
    cdc_backlinks,
    cdc_diagram,
    cdc_explanations,
    cdc_filter,
    cdc_index,
    cdc_legend,
    cdc_messages,
    cdc_missing,
    cdc_picture,
    cdc_sources,
    cdc_targets,
)
from sphinx_diagram_ext.sphinx_ext.writers import gallery, html, latex, texinfo_man
from sphinx_diagram_ext.sphinx_ext.writers.common import note_written, passing, skip

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx


def register(app: Sphinx) -> None:
    """Give every builder visitors for every node."""
    plain = (passing, passing)
    app.add_enumerable_node(
        cdc_diagram,
        "cdc-diagram",
        None,
        html=(html.html_visit_cdc_diagram, html.html_depart_cdc_diagram),
        latex=(latex.latex_visit_cdc_diagram, latex.latex_depart_cdc_diagram),
        texinfo=(texinfo_man.texinfo_visit_cdc_diagram, passing),
        text=(note_written, passing),
        man=(texinfo_man.man_visit_cdc_diagram, passing),
    )
    _add(app, cdc_missing, html=(html.html_visit_cdc_missing, None), others=(skip, None))
    for hidden in (cdc_messages, cdc_targets):
        _add(app, hidden, html=(skip, None), others=(skip, None))
    _add(app, cdc_picture, html=(html.html_visit_cdc_picture, None), others=(skip, None))
    app.add_node(
        cdc_legend,
        html=(html.html_visit_cdc_legend, None),
        latex=(latex.latex_visit_cdc_legend, None),
        texinfo=(skip, None),
        text=(skip, None),
        man=(skip, None),
    )
    _add(app, cdc_filter, html=(gallery.html_visit_cdc_filter, None), others=(skip, None))
    app.add_latex_package("rotating")
    for kind, visit in (
        (cdc_explanations, html.html_visit_cdc_explanations),
        (cdc_alternative, html.html_visit_cdc_alternative),
        (cdc_sources, html.html_visit_cdc_sources),
    ):
        _add(app, kind, html=(visit, html.html_depart_part), others=plain, man=(texinfo_man.man_visit_block, passing))
    # A manual page has no links: the names of other pages would lead nowhere.
    _add(app, cdc_backlinks, html=(html.html_visit_block, html.html_depart_block), others=plain, man=(skip, None))
    _add(
        app,
        cdc_index,
        html=(html.html_visit_block, html.html_depart_block),
        others=plain,
        man=(texinfo_man.man_visit_block, passing),
    )


def _add(app: Sphinx, kind: type[Element], html: Any, others: Any, man: Any = None) -> None:
    app.add_node(kind, html=html, latex=others, texinfo=others, text=others, man=man or others)
