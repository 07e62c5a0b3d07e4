"""Settings of Mermaid that hold on every path: engine and browser."""

from __future__ import annotations

from functools import cache
from typing import Any

from sphinx_diagram_ext.engine.mermaid_theme import theme_variables
from sphinx_diagram_ext.fonts import FONT_FAMILY

NO_WRAP = 4_000
"""Width in CSS pixels that no label reaches: labels are broken into lines before."""


MIN_WIDTH = 60
"""Least width of a node in CSS pixels; Mermaid 12's own 120 makes chains needlessly wide."""


def site_config() -> dict[str, Any]:
    """Return the Mermaid configuration that pictures are drawn with.

    Mermaid 12's own defaults (ELK, the "neo" look, a web font) differ from Mermaid 11's and
    weigh twice as much, so layout, look, theme and fonts are all set here.
    """
    return {
        "layout": "dagre",
        "look": "classic",
        "theme": "base",
        "themeVariables": {**theme_variables(), "fontFamily": FONT_FAMILY, "fontSize": "16px"},
        "fontFamily": FONT_FAMILY,
        "fontSize": 16,
        "htmlLabels": False,
        "securityLevel": "strict",
        "deterministicIds": True,
        "flowchart": {
            "htmlLabels": False,
            "wrappingWidth": NO_WRAP,
            "minNodeWidth": MIN_WIDTH,
            "nodeSpacing": 40,
            "rankSpacing": 46,
            "padding": 12,
            "curve": "basis",
        },
        "sequence": {"wrap": False, "mirrorActors": False, "useMaxWidth": True},
        "state": {"htmlLabels": False, "wrappingWidth": NO_WRAP, "minNodeWidth": MIN_WIDTH},
        "class": {"htmlLabels": False},
        "timeline": {"disableMulticolor": False},
    }


@cache
def site_settings() -> str:
    """Return that configuration as a text, which differs where it does."""
    return repr(site_config())


def merged(more: dict[str, object]) -> dict[str, Any]:
    """Return the configuration of the site with that of a diagram in it."""
    config = site_config()
    for key, value in more.items():
        old = config.get(key)
        config[key] = {**old, **value} if isinstance(old, dict) and isinstance(value, dict) else value
    return config
