"""Entry point of the extension: what it adds to Sphinx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.display import progress_message

from sphinx_diagram_ext import __version__
from sphinx_diagram_ext.sphinx_ext import config, linting, locale
from sphinx_diagram_ext.sphinx_ext.build_tools import accounting
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.directives.diagram import DiagramDirective
from sphinx_diagram_ext.sphinx_ext.directives.elements import ElementsDirective
from sphinx_diagram_ext.sphinx_ext.directives.html_tag import ReplaceTags
from sphinx_diagram_ext.sphinx_ext.directives.index import DiagramIndexDirective
from sphinx_diagram_ext.sphinx_ext.directives.mermaid import replace_mermaid
from sphinx_diagram_ext.sphinx_ext.domain import broken, labels
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.domain.missing import say_missing
from sphinx_diagram_ext.sphinx_ext.incremental import written_pages
from sphinx_diagram_ext.sphinx_ext.incremental.collector import DiagramCollector
from sphinx_diagram_ext.sphinx_ext.locale import _
from sphinx_diagram_ext.sphinx_ext.output import assets, diagrams_json, gallery, images, path_styles
from sphinx_diagram_ext.sphinx_ext.transforms import legend, plaintext
from sphinx_diagram_ext.sphinx_ext.transforms.complete import CompleteDiagrams
from sphinx_diagram_ext.sphinx_ext.transforms.expect import ExpectDiagrams
from sphinx_diagram_ext.sphinx_ext.transforms.gettext import ListMessages
from sphinx_diagram_ext.sphinx_ext.transforms.index import BreakTables, FillIndexes
from sphinx_diagram_ext.sphinx_ext.transforms.other_builders import UsePlainNodes
from sphinx_diagram_ext.sphinx_ext.transforms.pack import PackDiagrams
from sphinx_diagram_ext.sphinx_ext.transforms.parts_shown import DropParts
from sphinx_diagram_ext.sphinx_ext.transforms.picture import DrawDiagrams, DropSources
from sphinx_diagram_ext.sphinx_ext.transforms.sources import UnlinkClaims
from sphinx_diagram_ext.sphinx_ext.transforms.targets import PlaceTargets
from sphinx_diagram_ext.sphinx_ext.transforms.text_alternative import ListAlternatives, WriteAlternatives
from sphinx_diagram_ext.sphinx_ext.writers import register

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

ENV_VERSION = 10
"""Raise it with any change of what is in the environment or in doctrees."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    app.setup_extension("sphinxcontrib.mermaid")
    app.add_message_catalog(locale.CATALOGUE, str(locale.FOLDER))
    config.register(app)
    register.register(app)
    app.add_directive("cdc-diagram", DiagramDirective)
    app.add_directive("cdc-diagram-index", DiagramIndexDirective)
    app.add_directive("cdc-elements", ElementsDirective)
    app.add_domain(DiagramDomain)
    app.add_env_collector(DiagramCollector)
    app.add_transform(ReplaceTags)
    app.add_transform(CompleteDiagrams)
    app.add_post_transform(ExpectDiagrams)
    app.add_post_transform(FillIndexes)
    app.add_post_transform(PlaceTargets)
    app.add_post_transform(BreakTables)
    app.add_post_transform(DropParts)
    app.add_post_transform(WriteAlternatives)
    app.add_post_transform(ListAlternatives)
    app.add_post_transform(ListMessages)
    app.add_post_transform(DrawDiagrams)
    app.add_post_transform(DropSources)
    app.add_post_transform(UsePlainNodes)
    app.add_post_transform(UnlinkClaims)
    app.add_post_transform(PackDiagrams)
    for transform in plaintext.TRANSFORMS:
        app.add_post_transform(transform)
    app.connect("config-inited", config.check)
    app.connect("config-inited", replace_mermaid)
    app.connect("config-inited", _name_figures, priority=700)
    app.connect("builder-inited", _start)
    app.connect("builder-inited", assets.write_assets)
    app.connect("env-updated", _say_broken)
    app.connect("env-check-consistency", linting.lint_shown)
    app.connect("env-check-consistency", linting.say_bindings)
    app.connect("missing-reference", labels.resolve)
    app.connect("warn-missing-reference", _missing_reference)
    app.connect("doctree-resolved", legend.add_legends, priority=900)
    app.connect("html-page-context", assets.add_assets)
    app.connect("html-page-context", path_styles.add_page_style)
    app.connect("html-page-context", assets.drop_idle_script, priority=900)
    app.connect("write-started", written_pages.begin)
    app.connect("html-collect-pages", images.sweep_book)
    app.connect("build-finished", diagrams_json.export)
    app.connect("build-finished", gallery.write_words)
    app.connect("build-finished", images.sweep)
    app.connect("build-finished", path_styles.sweep)
    app.connect("build-finished", _finish, priority=900)
    return {
        "version": __version__,
        "env_version": ENV_VERSION,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }


def _name_figures(app: Sphinx, config: Config) -> None:
    """Give diagrams a caption number of their own, unless conf.py names one."""
    config.numfig_format = {"cdc-diagram": _("Diagram %s"), **config.numfig_format}


def _start(app: Sphinx) -> None:
    """List the data files, before Sphinx asks what is outdated."""
    build = Build.start(app)
    with progress_message("reading the catalog of diagrams"):
        build.say_what_is_wrong()


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Account for every diagram; start again for a build that the same process may do next."""
    build = Build.of(app.env)
    result = build.report.close()
    if exception is None:
        written_pages.end(app, build, result)
    if exception is None and app.builder.format in accounting.COUNTED:
        accounting.say(app, result)
    build.pictures.prune(result)
    build.close()
    Build.start(app)


def _say_broken(app: Sphinx, env: BuildEnvironment) -> None:
    """Say what is wrong with diagrams of the pages that were read."""
    broken.say(DiagramDomain.of(env).pages)


def _missing_reference(app: Sphinx, domain: Domain | None, node: Element) -> bool | None:
    if isinstance(domain, DiagramDomain):
        say_missing(domain, node)  # type: ignore[arg-type]
        return True
    return None
