"""Files beside the pages: written if they changed, and never a reason to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from pathlib import Path


def write_output(target: Path, content: str | bytes) -> bool:
    """Write *content* unless *target* holds it already; say if that is not possible, and return whether it holds it."""
    new = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if not target.is_file() or target.read_bytes() != new:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(new)
    except OSError as error:
        warn(Code.OUTPUT, "%s cannot be written (%s).", target, error.strerror)
        return False
    return True
