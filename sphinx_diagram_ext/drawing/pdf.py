"""Pictures as PDF, with vectors and real text, and as PNG."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.fonts import FONT_FAMILY

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.drawing.picture import Picture
    from sphinx_diagram_ext.palette import Palette

POINTS = 0.75
"""Points a CSS pixel (https://www.w3.org/TR/css-values-4/#absolute-lengths)."""

PRINT_FONT = "Liberation Sans"
_SECONDS = 60


class PdfError(Exception):
    """The picture cannot be converted; the message says why."""


@dataclass(frozen=True, slots=True)
class Converter:
    """Turns a finished picture into PDF; ``name`` has the version."""

    name: str
    convert: Callable[[Picture, Palette], bytes]


def converter() -> Converter | None:
    """Return what turns a finished picture into PDF here: typst's wheel, else rsvg-convert."""
    try:
        import typst  # noqa: F401
    except ImportError:
        return Converter(f"rsvg-convert {_rsvg_version()}", _by_rsvg) if shutil.which("rsvg-convert") else None
    return Converter(f"typst {version('typst')}", _by_typst)


def _rsvg_version() -> str:
    try:
        said = subprocess.run(["rsvg-convert", "--version"], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S607
    except (OSError, subprocess.SubprocessError):
        return ""
    return said.stdout.decode("utf-8", "replace").strip()


def _printable(picture: Picture, palette: Palette) -> str:
    """Name the one font to print with: converters read no lists of fonts."""
    return picture.plain(palette=palette).replace(FONT_FAMILY, PRINT_FONT)


def png(picture: Picture, palette: Palette, scale: float = 2) -> bytes:
    """Return a finished picture as PNG on its ground, with *scale* pixels a CSS pixel.

    Raises:
        PdfError: it cannot be converted, or nothing here converts.
    """
    try:
        import typst  # noqa: F401
    except ImportError:
        if not shutil.which("rsvg-convert"):
            message = "PNG and PDF need the wheel 'typst' (pip install typst) or the program rsvg-convert"
            raise PdfError(message) from None
        ground = ["--background-color", palette.light["ground"], "--zoom", f"{scale:g}"]
        return _by_rsvg(picture, palette, "png", *ground)
    return _by_typst(picture, palette, format="png", ppi=72 / POINTS * scale)


def _by_typst(picture: Picture, palette: Palette, **options: Any) -> bytes:
    import typst

    width, height = (part * POINTS for part in (picture.width, picture.height))
    ground = f', fill: rgb("{palette.light["ground"]}")' if options else ""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "picture.svg").write_text(_printable(picture, palette), encoding="utf-8")
        page = f"#set page(width: {width:.2f}pt, height: {height:.2f}pt, margin: 0pt{ground})\n"
        (here / "page.typ").write_text(f'{page}#image("picture.svg", width: 100%)\n', encoding="utf-8")
        try:
            content = typst.compile(str(here / "page.typ"), root=folder, **options)
        except (RuntimeError, typst.TypstError) as error:
            raise PdfError(str(error)) from None
    return bytes(content)


def _by_rsvg(picture: Picture, palette: Palette, form: str = "pdf", *options: str) -> bytes:
    try:
        done = subprocess.run(
            ["rsvg-convert", "--format", form, *options],  # noqa: S607 - the one on PATH is meant
            input=_printable(picture, palette).encode("utf-8"),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        message = f"rsvg-convert did not finish: {error}"
        raise PdfError(message) from None
    if done.returncode:
        raise PdfError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout
