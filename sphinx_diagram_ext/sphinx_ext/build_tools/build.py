"""Build tools: the catalog, the engine, the cache and the report of one build. Never pickled."""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog import Catalog, read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.cache import PictureCache
from sphinx_diagram_ext.drawing.fingerprint import drawing_digest
from sphinx_diagram_ext.drawing.pdf import converter
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.engine import EngineUnavailableError, select_engine
from sphinx_diagram_ext.engine.browser import ClientEngine
from sphinx_diagram_ext.engine.subprocess_guard import guarded
from sphinx_diagram_ext.engine.supported_versions import untested
from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.model import Custom
from sphinx_diagram_ext.sphinx_ext import config
from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import BuildReport
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import warn, warn_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.drawing.pdf import Converter
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import BuildResult


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
        domain.tools = build = cls(app.env, Path(app.confdir))
        domain.start(app.tags, lambda: build.catalog)
        return build

    def __init__(self, env: BuildEnvironment, confdir: Path) -> None:
        self.options = config.read(env.config)
        self._confdir = confdir
        self._doctreedir = Path(env.doctreedir)
        self._catalog: Catalog | None = None
        self._engines: dict[int, Engine] = {}
        self._cache: PictureCache | None = None
        self.views: tuple[dict[str, str], dict[str, str]] = ({}, {})
        """What pages showed when they were written last, and what they show now."""
        self.report = BuildReport()
        self.read_now: set[str] = set()
        """Pages that this build reads."""
        self.ahead: Any = None
        """What draws while pages are written."""

    @property
    def catalog(self) -> Catalog:
        """The diagrams of the data folders."""
        if self._catalog is None:
            folders = self.options.folders(self._confdir)
            self._catalog = Catalog(folders, self.options.bounds(), self.options.type_folders(self._confdir))
        return self._catalog

    @property
    def engine(self) -> Engine:
        """The engine of this process; a forked worker makes its own."""
        process = os.getpid()
        if process not in self._engines:
            self._engines[process] = self._find_engine()
        return self._engines[process]

    @property
    def cache(self) -> PictureCache:
        """The pictures that were drawn before."""
        if self._cache is None:
            folder = self.options.cache
            place = self._confdir / folder if folder else self._doctreedir / "cdc-pictures"
            self._cache = PictureCache(place)
        return self._cache

    @cached_property
    def _pdf(self) -> Converter | None:
        return converter()

    @cached_property
    def drawing(self) -> str:
        """What every picture of this build depends on."""
        return pipeline.drawing(self.engine)

    @cached_property
    def reading(self) -> str:
        """What every diagram that is read depends on, beside its own data."""
        return repr((self.engine.name, self.engine.version, self.options.bounds()))

    def state(self, wanted: str) -> str:
        """Return what tells which file a page gets that asks for the diagram *wanted*, "" for none."""
        path = self.catalog.file(wanted)
        return f"{os.path.relpath(path, self._confdir)} {self.catalog.digest(wanted)}" if path else ""

    def template(self, name: str) -> str:
        """Return the digest of the template of the type *name*, "" for a type without one."""
        return self.catalog.types[name].digest if name in self.catalog.types else ""

    @cached_property
    def templates(self) -> str:
        """The digests of all templates."""
        kinds = self.catalog.types
        return repr(sorted((kind.name, kind.digest) for kind in kinds.values() if kind.digest))

    def inline(self, text: str, diagram_id: str, path: str, line: int) -> Diagram:
        """Return the diagram that a lesson holds itself.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        return read_diagram(text, diagram_id, path, self.options.bounds(), line, self.catalog.types)

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
        return pipeline.check(diagram, self.engine) if isinstance(diagram.body, Custom) else pipeline.emitted(diagram)

    def picture(self, diagram: Diagram, source: MermaidSource) -> Picture:
        """Return the finished picture, from the cache or drawn now.

        Raises:
            ProblemsError: it cannot be drawn.
        """
        key = pipeline.picture_key(diagram, source, self.engine)
        kept = Picture.decode(self.cache.get(key) or b"")
        if kept is not None:
            self.report.picture(key, drawn=False)
            return kept
        picture = pipeline.draw(diagram, source, self.engine)
        self.report.picture(key, drawn=True)
        self._keep(key, picture.encode())
        return picture

    def draw_ahead(self, diagram: Diagram, source: MermaidSource) -> bool:
        """Draw a picture for the cache; tell whether it is there now.

        Raises:
            ProblemsError: it cannot be drawn.
        """
        key = pipeline.picture_key(diagram, source, self.engine)
        if self.cache.get(key) is not None:
            return True
        picture = pipeline.draw(diagram, source, self.engine)
        self.report.picture(key, drawn=True)
        return self.cache.put(key, picture.encode()) is None

    def pdf(self, picture: Picture) -> bytes | None:
        """Return a finished picture as PDF, from the cache or converted now, None if nothing converts here.

        Raises:
            PdfError: it cannot be converted.
        """
        if self._pdf is None:
            return None
        key = hashlib.sha256(f"{drawing_digest()} {self._pdf.name}\n".encode() + picture.encode()).hexdigest()
        content = self.cache.get(key)
        self.report.use(key)
        if content is None:
            content = self._pdf.convert(picture)
            self._keep(key, content)
        return content

    def _keep(self, key: str, content: bytes) -> None:
        problem = self.cache.put(key, content)
        if problem:
            warn(Code.CACHE, "%s", problem, once=True)

    def prune(self, result: BuildResult) -> None:
        """Keep the cache in its bounds after a build that added to it."""
        if result.drawn:
            self.cache.prune(self.options.cache_size * 1_000_000, result.drawn | result.cached | result.used)

    def source_of(self, diagram: Diagram) -> str:
        """Return the YAML of a diagram of the data folders, "" for any other."""
        path = self.catalog.file(diagram.id)
        return self.catalog.text(diagram.id) if path is not None and str(path) == diagram.path else ""

    def say_what_is_wrong(self) -> None:
        """Log what is wrong with the data folders as a whole."""
        warn_all(self.catalog.problems)

    def _find_engine(self) -> Engine:
        try:
            choice = select_engine(self.options.engine)
        except EngineUnavailableError as error:
            warn(
                Code.ENGINE,
                "The engine %r does not work here: %s. Diagrams are drawn in the reader's browser.",
                self.options.engine,
                error,
                once=True,
            )
            return ClientEngine()
        if choice.message:
            warn(Code.ENGINE, "%s", choice.message[:1].upper() + choice.message[1:], once=True)
        untried = untested(choice.engine)
        if untried:
            warn(Code.ENGINE, "%s", untried, once=True)
        bounds = self.options.bounds()
        return guarded(choice.engine, bounds.seconds, bounds.megabytes)
