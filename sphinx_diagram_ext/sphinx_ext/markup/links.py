"""Links of Markdown as nodes: addresses, pages and labels of the site, objects of other projects.

What a destination means is MyST's (https://myst-parser.readthedocs.io/en/latest/syntax/cross-referencing.html), and
MyST resolves what refers to the site: on every page, once ``myst_parser`` is one of the site's extensions.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes
from myst_parser.inventory import filter_sphinx_inventories
from sphinx import addnodes
from sphinx.ext.intersphinx import InventoryAdapter

if TYPE_CHECKING:
    from markdown_it.token import Token

    from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESSES = frozenset(("http", "https", "mailto", "ftp"))
_FILE = "A link to a file (%r) is not allowed in data; its text is shown as it is."
_MAX_WILDCARDS = 2
"""Stars in one part of an ``inv:`` link; MyST makes a regular expression of them."""


def link_nodes(token: Token, children: list[nodes.Node], origin: Origin) -> list[nodes.Node]:
    """Return the link that the token ``link_open`` begins, around *children*; only these if it leads nowhere."""
    href = str(token.attrs.get("href", ""))
    found = _SCHEME.match(href)
    scheme = found[1].lower() if found else ""
    automatic = token.info == "auto"
    text = [] if automatic and scheme in ("inv", "project", "path") else children
    link: nodes.Element | None = None
    if scheme == "inv":
        link = _object(unquote(href), text, origin)
    elif scheme == "path":
        origin.warn(_FILE, href)
    elif scheme in _ADDRESSES or (automatic and scheme != "project"):
        link = nodes.reference("", "", *children, refuri=href)  # restrict_inline asks whether it is safe
    elif _can_be_of_site(unquote(href), origin):
        link = _of_site(unquote(href), text, origin)
    if link is None:
        return children
    if "title" in token.attrs:
        link["reftitle"] = str(token.attrs["title"])
    return [link]


def _can_be_of_site(destination: str, origin: Origin) -> bool:
    """Tell whether MyST can look for *destination*; say why if not."""
    if not destination.removeprefix("project:").strip("#"):
        origin.warn("The link has no address; its text is shown as it is.")
    elif any(ord(char) < ord(" ") for char in destination):
        origin.warn("The address %r is not allowed in data.", destination)
    elif "myst_ref_domains" not in origin.env.config:
        message = "The link %r needs 'myst_parser' in extensions; without it, write {doc}`page` or {ref}`label`."
        origin.warn(message, destination)
    else:
        return True
    return False


def _of_site(destination: str, text: list[nodes.Node], origin: Origin) -> nodes.Element | None:
    """Return a link to a page, to a label or to anything else of the site that has a name."""
    page_only = destination.startswith("project:")
    destination = destination.removeprefix("project:")
    path, _sharp, anchor = destination.partition("#")
    if not path:
        return _pending(None, anchor, text, origin, **_anchor_on_page(anchor, origin))
    docname, file = _document(path, origin)
    if docname is not None:
        return _pending("doc", docname, text, origin, reftargetid=anchor or None)
    if page_only or os.path.isfile(file):  # noqa: PTH113 - takes names of any length
        origin.warn("There is no page %r; the text of the link is shown as it is." if page_only else _FILE, path)
        return None
    return _pending(None, destination, text, origin)


def _document(path: str, origin: Origin) -> tuple[str | None, str]:
    """Return the page that *path* leads to from the page that shows the diagram, if there is one, and the file."""
    _relative, file = origin.env.relfn2path(path, origin.env.docname)
    docname = origin.env.path2doc(file)
    return (docname if docname in origin.env.found_docs else None), file


def _pending(
    domain: str | None, target: str, text: list[nodes.Node], origin: Origin, **more: Any
) -> addnodes.pending_xref:
    """Return a reference for MyST to resolve; without *text* it takes the title of what it finds."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", "", *text, classes=["xref", "myst"]),
        refdoc=origin.env.docname,
        refdomain=domain,
        reftype="myst",
        reftarget=target,
        refexplicit=bool(text),
        **more,
    )


def _anchor_on_page(anchor: str, origin: Origin) -> dict[str, str]:
    """Return the id that *anchor* has on the page, for links that nothing else of the site answers to.

    MyST keeps the anchors that it makes of headings (``myst_heading_anchors``) in the metadata of the page.
    """
    slugs = origin.env.metadata[origin.env.docname].get("myst_slugs", {})
    if anchor in slugs:
        return {"reflocalid": slugs[anchor][1]}
    found = origin.page.nameids.get(anchor) or (anchor if anchor in origin.page.ids else None)
    return {"reflocalid": found} if found else {}


def _object(destination: str, text: list[nodes.Node], origin: Origin) -> nodes.reference | None:
    """Return a link to an object of another project: ``inv:project:domain:type#name``, each part optional."""
    path, _sharp, target = destination.partition(":")[2].partition("#")
    parts = [*path.split(":"), "", ""] if path else ["", "", ""]
    names = [part or None for part in (*parts[:3], target)]
    if any(name and name.count("*") > _MAX_WILDCARDS for name in names):
        origin.warn("Too many wildcards in %r; the text of the link is shown as it is.", destination)
        return None
    project, domain, kind, target_name = names
    found = filter_sphinx_inventories(
        InventoryAdapter(origin.env).named_inventory, invs=project, domains=domain, otypes=kind, targets=target_name
    )
    match = next(found, None)
    if match is None:
        origin.warn("No project of intersphinx_mapping has %r; the text of the link is shown as it is.", destination)
        return None
    if next(found, None) is not None:
        origin.warn("Several objects of intersphinx_mapping match %r; the first is taken.", destination)
    inner = text or [nodes.Text(match.text) if match.text else nodes.literal(match.name, match.name)]
    title = f"{match.project} {match.version}".strip()
    return nodes.reference("", "", *inner, internal=False, refuri=match.loc, reftitle=title)
