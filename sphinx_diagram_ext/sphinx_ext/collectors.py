"""Which page shows which diagram, from which file, with which digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.environment.collectors import EnvironmentCollector

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.sphinx_ext.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_missing

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

STATE = "files"


class DiagramCollector(EnvironmentCollector):
    """Keeps the digest of every data file that a page was built from.

    Sphinx compares times of the files a page depends on; the digests catch what times do
    not tell: a file that came back older, an id that now belongs to another file.
    """

    @staticmethod
    def files(env: BuildEnvironment) -> dict[str, dict[str, str]]:
        """Return for each page the digest of each diagram it asked for ("" if it had none)."""
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
        domain = DiagramDomain.of(env)
        found: dict[str, str] = {}
        for node in doctree.findall(cdc_diagram):
            if node["diagram_id"] in domain.session.catalog:
                found[node["diagram_id"]] = node["diagram"].digest
        for missing in doctree.findall(cdc_missing):
            if missing["diagram_id"]:
                found[missing["diagram_id"]] = ""
        if found:
            self.files(env)[env.docname] = found

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
        domain = DiagramDomain.of(env)
        return [
            docname
            for docname, found in sorted(self.files(env).items())
            if any(self._digest(domain, name) != digest for name, digest in found.items())
        ]

    def get_updated_docs(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Return the pages that show something of other pages which changed."""
        del app
        return sorted(DiagramDomain.of(env).changed_views())

    @staticmethod
    def _digest(domain: DiagramDomain, diagram_id: str) -> str:
        try:
            return domain.session.catalog.get(diagram_id).digest
        except ProblemsError:
            return ""
