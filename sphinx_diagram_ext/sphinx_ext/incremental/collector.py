"""Which page shows which diagram, from which file, with which digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.environment.collectors import EnvironmentCollector

from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.incremental import written_pages
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_missing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.sphinx_ext.build.build import Session

STATE = "files"
_SETTINGS = "settings"
_TEMPLATES = "templates"


class DiagramCollector(EnvironmentCollector):
    """Keeps the digests of everything that a page with diagrams was read from.

    Sphinx compares times of the files a page depends on; the digests catch what times do
    not tell: a file that came back older, an id or alias that now belongs to another file,
    another engine, other limits, another template.
    """

    @staticmethod
    def files(env: BuildEnvironment) -> dict[str, dict[str, str]]:
        """Return for each page what it was read from: a kind and a name, and the digest then."""
        return env.domaindata["cdc"].setdefault(STATE, {})  # type: ignore[no-any-return]

    def clear_doc(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a page."""
        del app
        self.files(env).pop(docname, None)

    def merge_other(
        self, app: Sphinx, env: BuildEnvironment, docnames: AbstractSet[str], other: BuildEnvironment
    ) -> None:
        """Take over what a reading process collected of its pages."""
        del app
        theirs = self.files(other)
        self.files(env).update({name: theirs[name] for name in docnames if name in theirs})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Collect the diagrams of a page."""
        env = app.env
        session = DiagramDomain.of(env).session
        wanted = set()
        for node in doctree.findall(cdc_diagram):
            wanted |= {f"diagram {node['wanted']}"} if node["wanted"] else set()
            wanted |= {f"type {node['type']}"} if session.template(node["type"]) else set()
        for missing in doctree.findall(cdc_missing):
            # It may be of a type that has no template yet.
            wanted |= {f"diagram {missing['diagram_id']}", _TEMPLATES}
        found = {name: _state(session, name) for name in sorted(wanted)}
        if doctree.next_node(cdc_diagram) is not None or found:
            found[_SETTINGS] = session.reading
            self.files(env)[env.current_document.docname] = found

    def get_outdated_docs(
        self,
        app: Sphinx,
        env: BuildEnvironment,
        added: set[str],
        changed: set[str],
        removed: set[str],
    ) -> list[str]:
        """Return the pages whose diagrams are not what they were read from."""
        del app, added, changed, removed
        session = DiagramDomain.of(env).session
        return [
            docname
            for docname, found in sorted(self.files(env).items())
            if any(_state(session, name) != state for name, state in found.items())
        ]

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that would be written differently now."""
        del env
        return written_pages.outdated(app)


def _state(session: Session, what: str) -> str:
    """Return the digest of what a page is read from now."""
    kind, _, name = what.partition(" ")
    if kind == "diagram":
        return session.state(name)
    if kind == "type":
        return session.template(name)
    return session.reading if what == _SETTINGS else session.templates
