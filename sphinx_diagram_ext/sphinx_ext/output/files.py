"""Files beside the pages: written if they changed, and never a reason to stop."""

from __future__ import annotations

import filecmp
from typing import TYPE_CHECKING

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def write_output(target: Path, content: str | bytes) -> bool:
    """Write *content* unless *target* holds it already; say if that is not possible, and return whether it holds it."""
    new = content.encode("utf-8") if isinstance(content, str) else content

    def write() -> None:
        if not target.is_file() or target.read_bytes() != new:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(new)

    return _tried(target, write)


def write_parts(target: Path, parts: Iterable[str]) -> bool:
    """Do as :func:`write_output` for a content of hundreds of megabytes, of which one part at a time is in memory."""
    # The same name each time, so that builds that are killed leave one file and not many.
    new = target.with_name(f"{target.name}.tmp")

    def write() -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with new.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(parts)
            if not (target.is_file() and filecmp.cmp(new, target, shallow=False)):
                new.replace(target)
        finally:
            new.unlink(missing_ok=True)

    return _tried(target, write)


def _tried(target: Path, write: Callable[[], None]) -> bool:
    """Tell whether *write* writes *target*; say why if it does not."""
    try:
        write()
    except OSError as error:
        warn(Code.OUTPUT, "%s cannot be written (%s).", target, error.strerror)
        return False
    return True
