"""One picture for light and dark: colours become custom properties, or those of the dark scheme."""

from __future__ import annotations

import re

from sphinx_diagram_ext.palette import BY_COLOUR, DARK, DARK_BASE, properties

# Texts are taken as a whole, so that one which looks like a paint is none: the angle brackets of texts and values are
# escaped. A look at what follows each paint would take as long as the square of a text that repeats one.
_PAINT = re.compile(r'>[^<]+| (fill|stroke|stop-color)="(#[0-9a-f]{6})"')
_DARK = properties(DARK, DARK_BASE)


def themed(svg: str) -> str:
    """Return *svg* with every colour of the palette as ``var(--cdc-...)``.

    The result follows the scheme of the page that holds it; the input stands alone.
    """
    return _PAINT.sub(_variable, svg)


def darkened(svg: str) -> str:
    """Return *svg* with every colour of the palette as the dark scheme has it.

    The result stands alone: images take no custom properties from their page.
    """
    return _PAINT.sub(_dark, svg)


def _variable(found: re.Match[str]) -> str:
    name = BY_COLOUR.get(found[2] or "")
    return f' {found[1]}="var(--cdc-{name})"' if name else found[0]


def _dark(found: re.Match[str]) -> str:
    name = BY_COLOUR.get(found[2] or "")
    return f' {found[1]}="{_DARK[name]}"' if name else found[0]
