"""The domain ``cdc``: diagrams and their nodes, who shows them and who mentions them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.util.nodes import make_refnode

from sphinx_diagram_ext.errors import Code, did_you_mean
from sphinx_diagram_ext.sphinx_ext.indices import AllDiagrams
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.logging import warn
from sphinx_diagram_ext.sphinx_ext.roles import DiagramRole
from sphinx_diagram_ext.sphinx_ext.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.sphinx_ext.records import DiagramRecord, NodeRecord


class DiagramDomain(Domain):
    """Objects ``diagram`` (by id) and ``node`` (by ``id#node``)."""

    name = "cdc"
    label = "CDC diagrams"
    object_types: ClassVar[dict[str, ObjType]] = {
        "diagram": ObjType(_("diagram"), "diagram"),
        "node": ObjType(_("node"), "node"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "diagram": DiagramRole(warn_dangling=True),
        "node": DiagramRole(warn_dangling=True),
    }
    indices: ClassVar[list[Any]] = [AllDiagrams]
    initial_data: ClassVar[dict[str, Any]] = {"shown": {}, "mentions": {}, "indexes": {}, "views": {}}
    data_version = 2
    dangling_warnings: ClassVar[dict[str, str]] = {}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._confdir = Path(env.srcdir)
        self._session: Session | None = None
        self._by_id: dict[str, list[DiagramRecord]] | None = None
        self._mentioning: dict[str, set[str]] | None = None

    @classmethod
    def of(cls, env: BuildEnvironment) -> DiagramDomain:
        """Return the domain of an environment."""
        domain = env.domains[cls.name]
        assert isinstance(domain, DiagramDomain)
        return domain

    @property
    def session(self) -> Session:
        """The tools of this build."""
        if self._session is None:
            self._session = Session(self.env, self._confdir)
        return self._session

    def start(self, confdir: Path) -> None:
        """Forget the tools of a build before, so that data files are listed anew."""
        self._confdir = confdir
        self._session = None
        self._by_id = self._mentioning = None

    # -- what is known, by page ------------------------------------------------------------

    @property
    def shown(self) -> dict[str, list[DiagramRecord]]:
        """The diagrams of each page."""
        return self.data.setdefault("shown", {})  # type: ignore[no-any-return]

    @property
    def mentions(self) -> dict[str, set[str]]:
        """The ids that each page refers to."""
        return self.data.setdefault("mentions", {})  # type: ignore[no-any-return]

    @property
    def indexes(self) -> dict[str, int]:
        """How many indexes of diagrams each page has."""
        return self.data.setdefault("indexes", {})  # type: ignore[no-any-return]

    @property
    def views(self) -> dict[str, str]:
        """A digest of what each page shows of other pages."""
        return self.data.setdefault("views", {})  # type: ignore[no-any-return]

    def note_diagram(self, found: DiagramRecord) -> None:
        """Note that a page shows a diagram."""
        self.shown.setdefault(found.docname, []).append(found)
        self._by_id = None

    def note_mention(self, docname: str, diagram_id: str) -> None:
        """Note that a page refers to a diagram."""
        self.mentions.setdefault(docname, set()).add(diagram_id)
        self._mentioning = None

    def note_index(self, docname: str) -> None:
        """Note that a page has an index of diagrams."""
        self.indexes[docname] = self.indexes.get(docname, 0) + 1

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for table in (self.shown, self.mentions, self.indexes):
            table.pop(docname, None)
        self._by_id = self._mentioning = None

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a reading process noted of its pages."""
        for name in ("shown", "mentions", "indexes"):
            for docname, value in otherdata.get(name, {}).items():
                if docname in docnames:
                    self.data.setdefault(name, {})[docname] = value
        self._by_id = self._mentioning = None

    # -- what is asked -----------------------------------------------------------------------

    def diagrams(self) -> dict[str, list[DiagramRecord]]:
        """Return every diagram by id, its places in the order in which a reader meets the pages."""
        if self._by_id is None:
            found: dict[str, list[DiagramRecord]] = {}
            order = self._reading_order()
            for docname in sorted(self.shown, key=lambda name: (order.get(name, len(order)), name)):
                for item in self.shown[docname]:
                    found.setdefault(item.id, []).append(item)
            self._by_id = dict(sorted(found.items()))
        return self._by_id

    def _reading_order(self) -> dict[str, int]:
        """Return the place of each page in the toctrees, from the root page on."""
        order: dict[str, int] = {}
        waiting = [self.env.config.root_doc]
        while waiting:
            docname = waiting.pop()
            if docname not in order:
                order[docname] = len(order)
                waiting += reversed(self.env.toctree_includes.get(docname, []))
        return order

    def find(self, diagram_id: str) -> DiagramRecord | None:
        """Return the first place of a diagram, by its id or an alias."""
        found = self.diagrams().get(diagram_id)
        if found is None:
            name = self.session.catalog.canonical(diagram_id)
            found = self.diagrams().get(name) if name else None
        return found[0] if found else None

    def find_node(self, target: str) -> tuple[DiagramRecord, NodeRecord] | None:
        """Return the node that ``id#node`` names."""
        diagram_id, _hash, key = target.partition("#")
        diagram = self.find(diagram_id)
        if diagram is None:
            return None
        short = key.rsplit(".", 1)[-1]
        for wanted in (key, short):
            for node in diagram.nodes:
                if node.key == wanted:
                    return diagram, node
        return None

    def backlinks(self, diagram_id: str) -> list[str]:
        """Return the pages that show or mention a diagram."""
        if self._mentioning is None:
            canonical = self.session.catalog.canonical
            self._mentioning = {}
            for docname, ids in self.mentions.items():
                for name in {*ids, *(canonical(name) or name for name in ids)}:
                    self._mentioning.setdefault(name, set()).add(docname)
        pages = {item.docname for item in self.diagrams().get(diagram_id, ())}
        return sorted(pages | self._mentioning.get(diagram_id, set()))

    def relative_path(self, path: str) -> str:
        """Return a data file relative to the folder of conf.py, the same on every machine."""
        return os.path.relpath(path, self.env.srcdir).replace(os.sep, "/")

    # -- Sphinx --------------------------------------------------------------------------------

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Return the link, with the diagram's title or the node's label as its text."""
        del env
        place = self._place(typ, target)
        if place is None:
            return None
        docname, anchor, text = place
        inner: Element = contnode
        if not node.get("refexplicit"):
            inner = nodes.inline("", text, classes=[*contnode.get("classes", []), f"cdc-{typ}-ref"])
        return make_refnode(builder, fromdocname, docname, anchor, inner, text)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Return the diagram or node that the role ``any`` may mean."""
        typ = "node" if "#" in target else "diagram"
        found = self.resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
        return [(f"cdc:{typ}", found)] if found is not None else []

    def _place(self, typ: str, target: str) -> tuple[str, str, str] | None:
        if typ == "diagram":
            diagram = self.find(target)
            return (diagram.docname, diagram.anchor, diagram.title) if diagram else None
        found = self.find_node(target)
        if found is None:
            return None
        diagram, node = found
        return diagram.docname, node.anchor or diagram.anchor, node.label

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield diagrams and nodes for the inventory and the search."""
        for diagram_id, places in self.diagrams().items():
            first = places[0]
            title = _line(first.title)
            if first.anchor == diagram_id:
                # Sphinx's search index leaves out an anchor that equals the name, and its script puts the
                # title in its place. So the inventory has the name, and the search another one.
                yield diagram_id, title, "diagram", first.docname, first.anchor, -1
                yield f"{diagram_id}#", title, "diagram", first.docname, first.anchor, 1
            else:
                yield diagram_id, title, "diagram", first.docname, first.anchor, 1
            for node in first.nodes:
                anchor = node.anchor or first.anchor
                yield f"{diagram_id}#{node.key}", _line(node.label), "node", first.docname, anchor, 1

    def get_full_qualified_name(self, node: Element) -> str | None:
        """Return the name that a reference would have in another project."""
        target = node.get("reftarget")
        return str(target) if target else None

    def missing(self, node: pending_xref) -> None:
        """Say what a reference that leads nowhere may have meant."""
        target = node["reftarget"]
        diagram_id, _hash, key = target.partition("#")
        diagram = self.find(diagram_id)
        if diagram is None and self.session.catalog.canonical(diagram_id):
            message = f"No page shows the diagram {diagram_id!r}, so nothing can refer to it."
        elif diagram is None:
            known = {*self.diagrams(), *self.session.catalog.ids}
            message = f"There is no diagram {diagram_id!r} to refer to.{did_you_mean(diagram_id, known)}"
        elif node["reftype"] == "node":
            keys = [item.key for item in diagram.nodes]
            message = f"The diagram {diagram_id!r} has no node {key!r}.{did_you_mean(key, keys)}"
        else:
            message = f"The diagram {diagram_id!r} cannot be referred to like this; use the role cdc:node."
        code = Code.UNKNOWN_NODE if diagram is not None else Code.UNKNOWN_DIAGRAM
        warn(code, "%s", message, location=node)

    # -- pages that show something of other pages ---------------------------------------------

    def changed_views(self) -> set[str]:
        """Return the pages whose references, backlinks or indexes look different now."""
        now = {docname: self._view(docname) for docname in self._dependent_pages()}
        changed = {docname for docname, digest in now.items() if self.views.get(docname) != digest}
        self.data["views"] = now
        return changed

    def _dependent_pages(self) -> set[str]:
        return {*self.shown, *self.mentions, *self.indexes}

    def _view(self, docname: str) -> str:
        parts: list[object] = []
        for name in sorted(self.mentions.get(docname, ())):
            found = self.find(name)
            if found is not None:
                places = tuple((node.key, node.label, node.anchor) for node in found.nodes)
                parts.append((name, found.docname, found.anchor, found.title, places))
        parts += [(item.id, *self.backlinks(item.id)) for item in self.shown.get(docname, ())]
        if docname in self.indexes:
            parts.append(self._everything())
        return hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _everything(self) -> str:
        return repr([(name, places, self.backlinks(name)) for name, places in self.diagrams().items()])


def _line(text: str) -> str:
    """Return *text* on one line: an inventory has one line an object."""
    return " ".join(text.split())
