"""The domain ``cdc``: diagrams and their nodes, who shows them and who mentions them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode
from sphinx.util.tags import Tags

from sphinx_diagram_ext.sphinx_ext.domain import broken, objects
from sphinx_diagram_ext.sphinx_ext.domain.index_page import AllDiagrams
from sphinx_diagram_ext.sphinx_ext.domain.page_state import BrokenDiagram, PageState
from sphinx_diagram_ext.sphinx_ext.domain.reading_order import reading_order
from sphinx_diagram_ext.sphinx_ext.domain.roles import DiagramRole
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.worker_process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.catalog import Catalog
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.sphinx_ext.domain.records import DiagramRecord, ElementRecord, Target, Terms
    from sphinx_diagram_ext.sphinx_ext.placement import Placement


class DiagramDomain(Domain):
    """Objects ``diagram`` (by id), ``node`` (by ``id#node``) and ``element`` (by id)."""

    name = "cdc"
    label = "CDC diagrams"
    object_types: ClassVar[dict[str, ObjType]] = {
        "diagram": ObjType(_("diagram"), "diagram"),
        "node": ObjType(_("node"), "node"),
        "element": ObjType(_("element"), "element"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "diagram": DiagramRole(warn_dangling=True),
        "node": DiagramRole(warn_dangling=True),
        "element": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
    }
    indices: ClassVar[list[Any]] = [AllDiagrams]
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}}
    data_version = 8
    dangling_warnings: ClassVar[dict[str, str]] = {}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.worker = WorkerProcess()
        self.tools: object = None
        """What :class:`~sphinx_diagram_ext.sphinx_ext.build_tools.build.Build` keeps here until the build ends."""
        self._catalog: Callable[[], Catalog] | None = None
        self._tags = Tags()
        self._read: set[str] = set()
        self._by_id: dict[str, list[DiagramRecord]] | None = None
        self._by_label: dict[str, DiagramRecord] | None = None
        self._links: dict[str, set[str]] | None = None
        self._elements: dict[str, ElementRecord] | None = None

    @classmethod
    def of(cls, env: BuildEnvironment) -> DiagramDomain:
        """Return the domain of an environment."""
        domain = env.domains[cls.name]
        assert isinstance(domain, DiagramDomain)
        return domain

    def start(self, tags: Tags, catalog: Callable[[], Catalog]) -> None:
        """Begin a build with these *tags*; *catalog* gives the data files, which know the aliases of ids."""
        self._tags = tags
        self._catalog = catalog
        self._forget()

    @property
    def catalog(self) -> Catalog:
        """The data files."""
        assert self._catalog is not None
        return self._catalog()

    def _forget(self) -> None:
        """Forget what follows from what the pages noted."""
        self._by_id = None
        self._by_label = None
        self._links = None
        self._elements = None

    # -- what is known, by page ------------------------------------------------------------

    @property
    def pages(self) -> dict[str, PageState]:
        """What each page with diagrams, references to them or indexes of them noted when it was read."""
        return self.data.setdefault("pages", {})  # type: ignore[no-any-return]

    def page(self, docname: str) -> PageState:
        """Return what a page noted; nothing if it is not there."""
        return self.pages.get(docname) or PageState()

    def _noting(self, docname: str) -> PageState:
        self._forget()
        return self.pages.setdefault(docname, PageState())

    def note_placement(self, placement: Placement, *, warned: bool) -> None:
        """Note that a page asks for a diagram, and whether a warning says why there is none."""
        self._noting(placement.docname).placements[placement] = warned

    def note_broken(self, docname: str, diagram_id: str, anchor: str, problems: tuple[Problem, ...]) -> None:
        """Note that a page shows a message in place of a diagram; *problems* are said when all pages are read."""
        self._noting(docname).broken.setdefault(diagram_id, BrokenDiagram(anchor, problems))

    def note_diagram(self, found: DiagramRecord) -> None:
        """Note that a page shows a diagram."""
        self._noting(found.docname).diagrams.append(found)

    def note_mention(self, docname: str, target: str) -> None:
        """Note that a page refers to a diagram or to a node of it."""
        self._noting(docname).mentions.add(target)

    def note_index(self, docname: str, terms: Terms, *, pictures: bool) -> None:
        """Note that a page has an index of the diagrams that match *terms*, with *pictures* or without."""
        self._noting(docname).indexes.append((terms, pictures))

    def note_element(self, name: str, found: ElementRecord) -> None:
        """Note that a page describes the element with the id *name*."""
        self._noting(found.docname).elements[name] = found

    def note_all_elements(self, docname: str) -> None:
        """Note that a page describes all elements, those that come later too."""
        self._noting(docname).all_elements = True

    def note_inputs(self, docname: str, inputs: dict[str, str]) -> None:
        """Note what a page was read from: digests by kind and name."""
        self._noting(docname).inputs = inputs

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.pages.pop(docname, None)
        self._forget()

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Forget in a reading process what it did not read itself.

        It hands back its whole environment. What others noted before would go round with each
        part of the pages, and the time for it would grow with the square of the site.
        """
        if not self.worker.forked:
            return
        self.worker.settle()
        self._read.add(docname)
        for other in self.pages.keys() - self._read:
            del self.pages[other]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what a reading process noted of its pages."""
        self.pages.update({name: state for name, state in otherdata["pages"].items() if name in docnames})
        self._forget()

    # -- what is asked -----------------------------------------------------------------------

    def diagrams(self) -> dict[str, list[DiagramRecord]]:
        """Return every diagram of this output by id, its places in the order in which a reader meets the pages."""
        if self._by_id is None:
            found: dict[str, list[DiagramRecord]] = {}
            order = reading_order(self.env)
            for docname in sorted(self.pages, key=lambda name: (order.get(name, len(order)), name)):
                for item in self.pages[docname].diagrams:
                    if item.stands(self._tags):
                        found.setdefault(item.id, []).append(item)
            self._by_id = dict(sorted(found.items()))
        return self._by_id

    @property
    def shown_on(self) -> dict[str, str]:
        """A page that shows it, in whatever output, by the id of each diagram."""
        return {item.id: item.docname for state in self.pages.values() for item in state.diagrams}

    def find(self, diagram_id: str) -> DiagramRecord | None:
        """Return the first place of a diagram, by its id or an alias."""
        found = self.diagrams().get(diagram_id)
        if found is None:
            name = self.catalog.canonical(diagram_id)
            found = self.diagrams().get(name) if name else None
        return found[0] if found else None

    def names_of(self, target: str) -> set[str]:
        """Return the ids that the diagram of a *target* may have: as it is written, and the present one."""
        name = target.partition("#")[0]
        return {name, self.catalog.canonical(name) or name}

    def find_label(self, label: str) -> DiagramRecord | None:
        """Return the first place of the diagram that *label*, an id or alias in lower case, means."""
        if self._by_label is None:
            names = {*self.diagrams(), *self.catalog.aliases}
            self._by_label = {name.casefold(): found for name in sorted(names) if (found := self.find(name))}
        return self._by_label.get(label.casefold())

    def find_node(self, target: str) -> tuple[DiagramRecord, Target] | None:
        """Return the node that ``id#node`` names."""
        diagram_id, _hash, key = target.partition("#")
        diagram = self.find(diagram_id)
        if diagram is None:
            return None
        short = key.rsplit(".", 1)[-1]
        nodes_of = diagram.nodes
        for wanted in (key, short):
            for node in nodes_of:
                if node.key == wanted:
                    return diagram, node
        return None

    def backlinks(self, diagram_id: str) -> list[str]:
        """Return the pages that show or mention a diagram."""
        if self._links is None:
            self._links = {}
            for docname, state in self.pages.items():
                for target in state.mentions:
                    for one in self.names_of(target):
                        self._links.setdefault(one, set()).add(docname)
        pages = {item.docname for item in self.diagrams().get(diagram_id, ())}
        return sorted(pages | self._links.get(diagram_id, set()))

    def relative_path(self, path: str) -> str:
        """Return a data file relative to the folder of conf.py, the same on every machine."""
        return os.path.relpath(path, self.env.srcdir).replace(os.sep, "/")

    def elements(self) -> dict[str, ElementRecord]:
        """Return where each element is described, by its id; of several pages the first by name."""
        if self._elements is None:
            last_first = sorted(self.pages.items(), reverse=True)
            self._elements = {name: found for _, state in last_first for name, found in state.elements.items()}
        return self._elements

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
        found = self.locate(typ, target)
        if found is None:
            return broken.link(self.pages, self.names_of(target), fromdocname, builder, contnode)
        docname, anchor, text = found
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

    def locate(self, typ: str, target: str) -> tuple[str, str, str] | None:
        """Return the page, the anchor and the text of what a role refers to."""
        if typ == "element":
            return self.elements().get(target)
        if typ == "diagram":
            diagram = self.find(target)
            return (diagram.docname, diagram.anchor, diagram.title) if diagram else None
        found = self.find_node(target)
        return (found[0].docname, found[1].anchor or found[0].anchor, found[1].label) if found else None

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Yield diagrams, nodes and elements for the inventory and the search."""
        yield from objects.of_elements(self.elements())
        for diagram_id, places in self.diagrams().items():
            yield from objects.of_diagram(diagram_id, places[0])

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, FBT001, FBT002 - of Sphinx
        """Return what a search says of a hit: that it is a diagram or a node, not whose extension made it."""
        return str(type.lname)

    def get_full_qualified_name(self, node: Element) -> str | None:
        """Return the name that a reference would have in another project."""
        target = node.get("reftarget")
        return str(target) if target else None
