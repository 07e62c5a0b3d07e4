"""What one build needs: the catalog, the engine and the cache. Never pickled."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext import pipeline
from sphinx_diagram_ext.catalog import Catalog, read_diagram
from sphinx_diagram_ext.engine import EngineUnavailableError, select_engine
from sphinx_diagram_ext.engine.client_engine import ClientEngine
from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.pdf import converter
from sphinx_diagram_ext.pictures import PictureCache
from sphinx_diagram_ext.sphinx_ext import options
from sphinx_diagram_ext.sphinx_ext.logging import warn, warn_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.expand import Expansion
    from sphinx_diagram_ext.model import Diagram


class Session:
    """Tools of one build, each made when it is first needed."""

    def __init__(self, env: BuildEnvironment, confdir: Path) -> None:
        self.options = options.read(env.config)
        self._confdir = confdir
        self._doctreedir = Path(env.doctreedir)
        self._catalog: Catalog | None = None
        self._engines: dict[int, Engine] = {}
        self._cache: PictureCache | None = None
        self.drawn = 0

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
    def to_pdf(self) -> Callable[[str], bytes] | None:
        """What turns a picture into PDF here, if anything does."""
        return converter()

    def inline(self, text: str, diagram_id: str, path: str, line: int) -> Diagram:
        """Return the diagram that a lesson holds itself.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        return read_diagram(text, diagram_id, path, self.options.bounds(), line, self.catalog.types)

    def complete(self, diagram: Diagram) -> tuple[Diagram, Expansion]:
        """Return the diagram with all its nodes, and its Mermaid text, both checked.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        complete = pipeline.inspect(diagram, self.engine, self.options.bounds())
        return complete, pipeline.check(complete, self.engine)

    def picture(self, diagram: Diagram, expansion: Expansion) -> str:
        """Return the finished picture, from the cache or drawn now.

        Raises:
            ProblemsError: it cannot be drawn.
        """
        key = pipeline.picture_key(diagram, expansion, self.engine)
        picture = self.cache.get(key)
        if picture is None:
            picture = pipeline.draw(diagram, expansion, self.engine)
            self.drawn += 1
            problem = self.cache.put(key, picture)
            if problem:
                warn(Code.CACHE, "%s", problem, once=True)
        return picture

    def source_of(self, diagram: Diagram) -> str:
        """Return the YAML of a diagram of the data folders, "" for any other."""
        return self.catalog.text(diagram.id) if diagram.id in self.catalog else ""

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
        return choice.engine
