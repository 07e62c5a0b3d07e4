"""Text alternative in HTML: nested lists through which a reader can walk by links."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx_diagram_ext.sphinx_ext.nodes import Item, cdc_alternative


def html(alternative: cdc_alternative) -> str:
    """Return the alternative as HTML; an anchor that is in the picture or at an explanation is not here."""
    remarks = "".join(f"<p>{escape(text)}</p>\n" for text in alternative["remarks"])
    return f"{remarks}{_Lists(alternative).listing(alternative['items'])}\n"


class _Lists:
    """Writer of the lists of one diagram; ``places`` are the ids of the items of its nodes, by anchor."""

    def __init__(self, alternative: cdc_alternative) -> None:
        drawn: set[str] = alternative.get("drawn", set())
        self.places = {
            # No other id of a page has a colon.
            item.anchor: item.anchor if item.here and item.anchor not in drawn else f"{item.anchor}:text"
            for item in alternative.every_item()
            if item.anchor
        }

    def listing(self, items: Iterable[Item]) -> str:
        """Return a list of *items*."""
        return f'<ul class="simple">\n{"".join(map(self._item, items))}</ul>'

    def _item(self, item: Item) -> str:
        text = escape(item.text)
        if item.link:
            kind = "external" if ":" in item.link.partition("/")[0] else "internal"
            text = f'<a class="reference {kind}" href="{escape(item.link)}">{text}</a>'
        run = f'<pre class="cdc-command">{escape(item.run)}</pre>' if item.run else ""
        edges = [f"<li>{escape(remark)}</li>" for remark in item.remarks]
        edges += [f"<li>{self._edge(*lead)}</li>" for lead in item.leads]
        if item.before:
            edges.append(f"<li>{', '.join(self._edge(*lead) for lead in item.before)}</li>")
        leads = f"<ul>{''.join(edges)}</ul>" if edges else ""
        inner = self.listing(item.inner) if item.inner else ""
        place = f' id="{escape(self.places[item.anchor])}"' if item.anchor else ""
        return f"<li{place}>{text}{run}{leads}{inner}</li>\n"

    def _edge(self, text: str, anchor: str) -> str:
        place = self.places.get(anchor)
        return f'<a class="reference internal" href="#{escape(place)}">{escape(text)}</a>' if place else escape(text)
