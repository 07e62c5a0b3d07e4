"""Front matter of Mermaid source, and what the source says about itself.

See https://mermaid.js.org/config/configuration.html#frontmatter-config and
https://mermaid.js.org/config/accessibility.html.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import NamedTuple

from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.yaml_source import parse_yaml

FRONT_MATTER_KEYS = ("title", "config", "displayMode")
"""Keys of front matter that Mermaid knows."""

_RULE = re.compile(r"-{3}\s*$")
_TITLE = re.compile(r"^\s*accTitle\s*:\s*(\S.*?)\s*$", re.MULTILINE)
_DESCRIPTION = re.compile(r"^\s*accDescr\s*(?::\s*(\S.*?)\s*$|\{([^}]*)\})", re.MULTILINE)


class About(NamedTuple):
    """What a source says about itself; "" where it says nothing."""

    title: str
    description: str


def with_front_matter(source: str, options: dict[str, object]) -> tuple[str, int]:
    """Return *source* with *options* as front matter, and the number of lines that were added before it.

    The front matter that a source has of its own wins.
    """
    if not options or _front_matter(source):
        return source, 0
    # JSON is YAML.
    before = ["---", *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in options.items()), "---"]
    return "\n".join((*before, source)), len(before)


def about(source: str, path: str, first_line: int, limits: Limits = DEFAULT_LIMITS) -> About:
    """Return the title and the description that *source*, which starts on *first_line* of *path*, has of its own.

    Raises:
        ProblemsError: its front matter is no YAML.
    """
    title = ""
    front = _front_matter(source)
    if front.strip():
        try:
            data = parse_yaml(front, path, limits, first_line + 1).data
        except ProblemsError as error:
            told = (replace(one, message=f"In the front matter: {one.message}") for one in error.problems)
            raise ProblemsError(told) from None
        given = data.get("title") if isinstance(data, dict) else None
        title = given if isinstance(given, str) else ""
    named, described = _TITLE.search(source), _DESCRIPTION.search(source)
    description = " ".join((described[1] or described[2] or "").split()) if described else ""
    return About(" ".join((title or (named[1] if named else "")).split()), description)


def _front_matter(source: str) -> str:
    """Return the front matter without its rules, "" if there is none or it is never closed."""
    lines = source.split("\n")
    if not _RULE.match(lines[0]):
        return ""
    end = next((at for at, line in enumerate(lines[1:], 1) if _RULE.match(line)), 0)
    return "\n".join(lines[1:end]) + "\n" if end else ""
