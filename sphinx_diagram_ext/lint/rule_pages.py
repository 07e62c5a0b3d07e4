"""Web addresses of the pages of rules."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx_diagram_ext.lint.rule import Rule

_LABEL = "documentation"


def documentation() -> str:
    """Return the address of the documentation that the package's metadata names, "" if it names none.

    Labels are compared as https://packaging.python.org/en/latest/specifications/well-known-project-urls/ says.
    """
    try:
        found = metadata("sphinx-diagram-ext").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    pairs = (item.partition(",") for item in found)
    return next((url.strip() for label, _, url in pairs if label.strip().casefold() == _LABEL), "")


def page(rule: Rule, base: str) -> str:
    """Return the address of the page of *rule* below *base*, the address of the documentation."""
    return f"{base.rstrip('/')}/reference/lint/{rule.id}.html"
