"""Pictures of one build, each from the cache or drawn now, and as PDF. Never pickled."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.fingerprint import drawing_digest
from sphinx_diagram_ext.drawing.kept_pictures import read_kept
from sphinx_diagram_ext.drawing.own_palette import read_palette
from sphinx_diagram_ext.drawing.pdf import converter
from sphinx_diagram_ext.drawing.renderers import renderer_of
from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.drawing.cache import PictureCache
    from sphinx_diagram_ext.drawing.pdf import Converter
    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.mermaid import MermaidSource
    from sphinx_diagram_ext.model import Diagram
    from sphinx_diagram_ext.palette import Palette
    from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import BuildReport, BuildResult
    from sphinx_diagram_ext.sphinx_ext.config_values import Options


class Pictures:
    """Pictures of one build; *engine* returns the engine of the process that asks."""

    def __init__(
        self, options: Options, cache: PictureCache, language: str, engine: Callable[[], Engine], report: BuildReport
    ) -> None:
        self._options = options
        self._cache = cache
        self._language = language
        self._engine = engine
        self._report = report
        self.keeps = True
        """Whether the cache took what it was given."""

    @cached_property
    def palette(self) -> Palette:
        """The colours that pictures are shown in."""
        return read_palette(self._options.palette)[0]

    @cached_property
    def drawing(self) -> str:
        """What every picture of this build depends on."""
        return pipeline.drawing(self._engine())

    @cached_property
    def _pdf(self) -> Converter | None:
        return converter()

    def draws(self, diagram: Diagram) -> bool:
        """Tell whether there is a picture of *diagram*: our own pictures need no engine."""
        return self._engine().draws or renderer_of(diagram.body) is not None

    def content_key(self, diagram: Diagram, source: MermaidSource) -> str:
        """Return the digest of everything of a diagram that its picture on this site depends on."""
        return pipeline.content_key(diagram, source, self._language)

    def _key(self, content: str) -> str:
        return pipeline.picture_key(content, self.drawing)

    def has(self, content: str) -> bool:
        """Tell whether the cache has the picture with this content key."""
        return self._cache.get(self._key(content)) is not None

    def kept(self, content: str) -> Picture | None:
        """Return the picture with this content key from the cache, None if it is not there."""
        key = self._key(content)
        picture = read_kept(self._cache.get(key) or b"")
        if picture is not None:
            self._report.picture(key, drawn=False)
        return picture

    def draw(self, diagram: Diagram, source: MermaidSource) -> Picture:
        """Draw a diagram and keep its picture.

        Raises:
            ProblemsError: it cannot be drawn.
        """
        picture = pipeline.draw(diagram, source, self._engine(), self._language)
        key = self._key(self.content_key(diagram, source))
        self._report.picture(key, drawn=True)
        self._keep(key, picture.encode())
        return picture

    def thumbnail(self, content: str, find: Callable[[], tuple[Diagram, MermaidSource]]) -> Picture:
        """Return the picture with this content key; a diagram that has none yet is looked for by *find*.

        Raises:
            ProblemsError: it cannot be drawn.
        """
        return self.kept(content) or self.draw(*find())

    def pdf(self, picture: Picture) -> bytes | None:
        """Return a finished picture as PDF, from the cache or converted now, None if nothing converts here.

        Raises:
            PdfError: it cannot be converted.
        """
        if self._pdf is None:
            return None
        used = f"{drawing_digest()} {self._pdf.name} {sorted(self.palette.light.items())}\n"
        key = hashlib.sha256(used.encode() + picture.encode()).hexdigest()
        self._report.use(key)
        if (content := self._cache.get(key)) is None:
            content = self._pdf.convert(picture, self.palette)
            self._keep(key, content)
        return content

    def _keep(self, key: str, content: bytes) -> None:
        problem = self._cache.put(key, content)
        if problem:
            self.keeps = False
            warn(Code.CACHE, "%s", problem, once=True)

    def prune(self, result: BuildResult) -> None:
        """Keep the cache in its bounds after a build that added to it."""
        if result.drawn:
            self._cache.prune(self._options.cache_size * 1_000_000, result.drawn | result.cached | result.used)
