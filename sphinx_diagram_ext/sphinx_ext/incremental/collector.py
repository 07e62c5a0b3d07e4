"""Collector: what each page with diagrams was read from, by digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.environment.collectors import EnvironmentCollector

from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.incremental import written_pages
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_missing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


_SETTINGS = "settings"
_TEMPLATES = "templates"
_ICONS = "icons"
_SHARED = "shared"


class DiagramCollector(EnvironmentCollector):
    """Keeps the digests of everything that a page with diagrams was read from.

    Sphinx compares times of the files a page depends on; the digests catch what times do
    not tell: a file that came back older, an id or alias that now belongs to another file,
    another engine, other limits, another template, another icon.
    """

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Do nothing: the domain forgets the page."""

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        """Do nothing: the domain takes over what a reading process noted."""

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Collect the diagrams of a page."""
        env = app.env
        build = Build.of(env)
        wanted = set()
        for node in doctree.findall(cdc_diagram):
            wanted |= {f"diagram {node['wanted']}"} if node["wanted"] else set()
            wanted |= {f"type {node['type']}"} if build.template(node["type"]) else set()
            wanted |= {f"icon {icon}" for icon in node["icons"]}
            wanted |= {*node["shared"]}
        state = DiagramDomain.of(env).page(env.current_document.docname)
        wanted |= {f"element {name}" for name in state.elements} | ({_SHARED} if state.all_elements else set())
        for missing in doctree.findall(cdc_missing):
            # It may be of a type that has no template yet, or name an icon or a source that is not there yet.
            wanted |= {f"diagram {missing['diagram_id']}", _TEMPLATES, _ICONS, _SHARED}
        found = {name: _digest(build, name) for name in sorted(wanted)}
        if doctree.next_node(cdc_diagram) is not None or found:
            found[_SETTINGS] = build.reading
            DiagramDomain.of(env).note_inputs(env.current_document.docname, found)

    def get_outdated_docs(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Return the pages whose diagrams are not what they were read from."""
        build = Build.of(env)
        return [
            docname
            for docname, state in sorted(DiagramDomain.of(env).pages.items())
            if any(_digest(build, name) != digest for name, digest in state.inputs.items())
        ]

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that would be written differently now."""
        return written_pages.outdated(app)


def _digest(build: Build, what: str) -> str:
    """Return the digest of what a page is read from now."""
    kind, _, name = what.partition(" ")
    if kind == "diagram":
        return build.state(name)
    if kind == "type":
        return build.template(name)
    if kind == "icon":
        return build.icons.digest(name)
    if kind in ("source", "element"):
        return build.catalog.shared.digests.get(what, "")
    wholes = {_SETTINGS: build.reading, _TEMPLATES: build.templates, _ICONS: build.icons.state()}
    return build.catalog.shared.digest if what == _SHARED else wholes[what]
