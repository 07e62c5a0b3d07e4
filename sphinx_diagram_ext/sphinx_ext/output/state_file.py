"""State files: JSON beside the doctrees, one for each builder and output folder.

The environment cannot hold what a builder wrote: it is saved before pages are written, and serves
several builders.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx


class StateFile:
    """A mapping that is kept from build to build; a damaged or missing file is the same as none."""

    def __init__(self, app: Sphinx, name: str) -> None:
        self._folder = Path(app.doctreedir)
        self._output = hashlib.sha256(os.fsencode(app.outdir)).hexdigest()[:12]
        self._name = name
        self.path = self._folder / f"cdc-{name}-{app.builder.name}-{self._output}.json"

    def read(self) -> dict[str, Any] | None:
        """Return what was kept, None if nothing can be read."""
        return _read(self.path)

    def write(self, content: dict[str, Any]) -> bool:
        """Keep *content* whole or not at all; tell whether that worked. Without it the next build does more."""
        part = self.path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            part.write_text(json.dumps(content, indent=0, sort_keys=True), encoding="utf-8")
            part.replace(self.path)
            return True
        return False

    def remove(self) -> None:
        """Forget what was kept. Where this does not work, Sphinx cannot save its doctrees either and says so."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)

    def of_all_builders(self) -> Iterator[dict[str, Any]]:
        """Yield what was kept for each builder that writes to the same folder."""
        for path in self._folder.glob(f"cdc-{self._name}-*-{self._output}.json"):
            yield _read(path) or {}


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
