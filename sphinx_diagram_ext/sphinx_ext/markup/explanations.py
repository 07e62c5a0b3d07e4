"""Explanations: paragraphs of MyST inline markup, the same on every page.

Sphinx would translate them as text of the page, in its language. So they are no text for it to translate: they are
translated here, and the translation is parsed as the original is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from sphinx_diagram_ext.sphinx_ext.markup.inline import TooDeepError, parse_inline
from sphinx_diagram_ext.sphinx_ext.markup.restrict import restrict_inline

if TYPE_CHECKING:
    from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin

_LOGGER = logging.getLogger(__name__)
_NO_QA = re.compile(r"(?<!\\)#\s*noqa\s*$")
"""What ends a translation whose references may differ from those of the original.

Source: https://www.sphinx-doc.org/en/master/usage/advanced/intl.html
"""


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of an explanation, each on one line: the messages of catalogues."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return [part for part in parts if part]


def parse_explanation(text: str, origin: Origin) -> list[nodes.paragraph]:
    """Return the paragraphs of the explanation *text*, translated.

    Only inline markup is parsed: no directive can run and no file can be included from data.
    """
    return [_translated(part, origin) for part in paragraphs(text)]


def _translated(text: str, origin: Origin) -> nodes.paragraph:
    """Return the paragraph *text* or, if the catalogue of the page has one, its translation."""
    original = _paragraph(text, origin)
    # The transform Locale has just read the catalogue.
    catalogue = docname_to_domain(origin.env.docname, origin.env.config.gettext_compact)
    found = str(get_translation(catalogue)(text))
    words = _NO_QA.sub("", found)
    if not words.strip() or words == text:
        return original
    translation = _paragraph(words, origin)
    wanted, used = _targets(original), _targets(translation)
    if wanted != used and words == found:
        _LOGGER.warning(
            "inconsistent references in the translation of an explanation. original: %s, translated: %s",
            wanted,
            used,
            location=origin.location,
            type="i18n",
            subtype="inconsistent_references",
        )
    return translation


def _targets(paragraph: nodes.paragraph) -> list[str]:
    return sorted(str(node.get("reftarget")) for node in paragraph.findall(addnodes.pending_xref))


def _paragraph(text: str, origin: Origin) -> nodes.paragraph:
    try:
        inline = parse_inline(text, origin)
    except TooDeepError:
        origin.warn("Markup nested too deeply; its text is shown as it is.")
        inline = [nodes.Text(text)]
    paragraph = nodes.paragraph(text, "", *inline, translatable=False)
    for node in (paragraph, *paragraph.findall(nodes.Element)):
        node.source, node.line = origin.path, origin.line
    restrict_inline(paragraph, origin)
    return paragraph
