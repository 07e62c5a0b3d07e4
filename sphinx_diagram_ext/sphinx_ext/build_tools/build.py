"""Build tools: the catalog, the engine, the pictures and the report of one build. Never pickled."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog import Catalog, read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.cache import PictureCache
from sphinx_diagram_ext.engine.subprocess_guard import Guard
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.fences import fence_diagram
from sphinx_diagram_ext.icons import IconFolders
from sphinx_diagram_ext.model import Custom, Direction, redirected, translate
from sphinx_diagram_ext.sphinx_ext import config
from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import BuildReport
from sphinx_diagram_ext.sphinx_ext.build_tools.find_engine import find_engine
from sphinx_diagram_ext.sphinx_ext.build_tools.other_builders import writes_plain_nodes
from sphinx_diagram_ext.sphinx_ext.build_tools.pictures import Pictures
from sphinx_diagram_ext.sphinx_ext.build_tools.problems import changed, name_of
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import warn_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.sphinx_ext.nodes import InlineDiagram, cdc_diagram


_DRAWN = ("html", "latex")
"""Formats whose pages have pictures."""


class Build:
    """Tools of one build, each made when it is first needed."""

    @classmethod
    def of(cls, env: BuildEnvironment) -> Build:
        """Return the tools of the build that an environment is in."""
        build = DiagramDomain.of(env).tools
        assert isinstance(build, cls)
        return build

    @classmethod
    def start(cls, app: Sphinx) -> Build:
        """Begin a build: forget the tools of one before, so that data files are listed again."""
        domain = DiagramDomain.of(app.env)
        domain.tools = build = cls(app.env, Path(app.confdir), app.builder, plain_nodes=writes_plain_nodes(app))
        domain.start(app.tags, lambda: build.catalog)
        return build

    def __init__(self, env: BuildEnvironment, confdir: Path, builder: Builder, *, plain_nodes: bool) -> None:
        self.options = config.read(env.config)
        self._confdir = confdir
        self.builder = builder.name
        """The builder that pages are read for."""
        self.writer = builder
        """The builder itself, for what only it knows."""
        self.plain_nodes = plain_nodes
        """Whether the builder knows only nodes of docutils."""
        self._draws = plain_nodes or builder.format in _DRAWN
        self._doctreedir = Path(env.doctreedir)
        self._catalog: Catalog | None = None
        self._engines: dict[int, Engine] = {}
        self.views: tuple[dict[str, str], dict[str, str]] = ({}, {})
        """What pages showed when they were written last, and what they show now."""
        self.report = BuildReport()
        own = self.options.cache
        cache = PictureCache(confdir / own if own else self._doctreedir / "cdc-pictures")
        language = str(env.config.language or "en")
        self.pictures = Pictures(self.options, cache, language, lambda: self.engine, self.report)

    @property
    def catalog(self) -> Catalog:
        """The diagrams of the data folders."""
        if self._catalog is None:
            folders = self.options.folders(self._confdir)
            own_types = self.options.type_folders(self._confdir)
            index = self._doctreedir / "cdc-data-files.json"
            self._catalog = Catalog(folders, self.options.bounds(), own_types, self.icons, index)
        return self._catalog

    @cached_property
    def icons(self) -> IconFolders:
        """The icons that nodes may name."""
        return IconFolders(self.options.icon_folders(self._confdir))

    @property
    def engine(self) -> Engine:
        """The engine of this process; a forked worker makes its own."""
        process = os.getpid()
        if process not in self._engines:
            self._engines[process] = find_engine(self.options)
        return self._engines[process]

    def close(self) -> None:
        """End the engine's process, now: the build of another folder may follow in this process."""
        engine = self._engines.pop(os.getpid(), None)
        if isinstance(engine, Guard):
            engine.close()

    @cached_property
    def reading(self) -> str:
        """What every diagram that is read depends on, beside its own data."""
        return repr((self.engine.name, self.engine.version, self.options.bounds()))

    def state(self, wanted: str) -> str:
        """Return what tells which file a page gets that asks for the diagram *wanted*, "" for none."""
        place = self.catalog.place(wanted)
        if place is None:
            return ""
        folder, within = place
        return f"{self._data_folders[folder]}{within} {self.catalog.digest(wanted)}"

    @cached_property
    def _data_folders(self) -> dict[Path, str]:
        """What the paths of files begin with, relative to conf.py, by their folders."""
        folders = self.catalog.folders
        return {folder: os.path.join(os.path.relpath(folder, self._confdir), "") for folder in folders}  # noqa: PTH118

    def template(self, name: str) -> str:
        """Return the digest of the template of the type *name*, "" for a type without one."""
        return self.catalog.types[name].digest if name in self.catalog.types else ""

    @cached_property
    def templates(self) -> str:
        """The digests of all templates."""
        return repr(sorted((kind.name, kind.digest) for kind in self.catalog.types.values() if kind.digest))

    def inline(self, held: InlineDiagram) -> Diagram:
        """Return the diagram that a page itself holds.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        text, diagram_id, path, line, heading = held
        if heading is not None:
            return fence_diagram(text, diagram_id, path, line, heading, self.options.bounds())
        found = self.catalog
        return read_diagram(text, diagram_id, path, self.options.bounds(), line, found.types, self.icons, found.shared)

    def complete(self, diagram: Diagram) -> tuple[Diagram, MermaidSource]:
        """Return the diagram with all its nodes, and its Mermaid text.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        complete = pipeline.inspect(diagram, self.engine, self.options.bounds())
        return complete, self.emit(complete)

    def emit(self, diagram: Diagram) -> MermaidSource:
        """Return the Mermaid text of a diagram.

        That of a template of a project's own is parsed now; what this extension writes itself is
        tested for every type, and parsed when it is drawn.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        how = pipeline.check if isinstance(diagram.body, Custom) else pipeline.emitted
        return how(diagram, self.engine)

    def shown(self, node: cdc_diagram) -> tuple[Diagram, MermaidSource]:
        """Return the diagram of a node as its page shows it, and its Mermaid text.

        Raises:
            ProblemsError: its data is not what it was when the page was read.
        """
        if node.shown is None:
            diagram = self._read_again(node)
            if node["direction"]:
                diagram = redirected(diagram, Direction(node["direction"])) or diagram
            diagram = self._translated(pipeline.inspect(diagram, self.engine, self.options.bounds()), node)
            node.shown = (diagram, self.emit(diagram))
        return node.shown

    def _read_again(self, node: cdc_diagram) -> Diagram:
        try:
            diagram = self.inline(node["inline"]) if node["inline"] else self.catalog.get(node["diagram_id"])
        except ProblemsError:
            raise changed(node) from None
        if diagram.digest != node["digest"]:
            # Two states of the data on one page would be worse than a page without its picture.
            raise changed(node)
        return diagram

    def _translated(self, diagram: Diagram, node: cdc_diagram) -> Diagram:
        translations: dict[str, str] = node["translations"]
        if not translations:
            return diagram
        return translate(diagram, lambda message: replace(message, text=translations.get(message.text, message.text)))

    def picture(self, node: cdc_diagram) -> Picture:
        """Return the picture of a node, from the cache or drawn now.

        Raises:
            ProblemsError: it cannot be drawn.
        """
        if (kept := self.pictures.kept(node["picture"])) is not None:
            return kept
        problems = self.report.why_undrawn(name_of(node))
        if problems:  # an engine that hung takes its time once a build, not twice
            raise ProblemsError(problems)
        diagram, source = self.shown(node)
        if self.pictures.content_key(diagram, source) != node["picture"]:
            raise changed(node)
        return self.pictures.draw(diagram, source)

    def draw_early(self, node: cdc_diagram) -> None:
        """Draw the picture of a node into the cache while its page is read.

        Sphinx reads in as many processes as it may use, and writes in one less. What cannot be drawn is left to
        the writer, which says so.
        """
        wanted = self._draws and self.pictures.keeps and node["drawn"]
        if wanted and not self.pictures.has(node["picture"]):
            try:
                self.pictures.draw(*self.shown(node))
            except ProblemsError as error:
                self.report.undrawn(name_of(node), error.problems)

    def source_of(self, node: cdc_diagram) -> str:
        """Return the YAML of a diagram of the data folders, "" for an inline one."""
        return "" if node["inline"] else self.catalog.text(node["diagram_id"])

    def say_what_is_wrong(self) -> None:
        """Log what is wrong with the data folders as a whole."""
        warn_all(self.catalog.problems)
