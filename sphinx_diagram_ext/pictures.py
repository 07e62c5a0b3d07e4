"""Pictures that were drawn before, by the digest of everything they depend on."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

_HEAD = "cdc1 "


class PictureCache:
    """A folder of pictures; a damaged or missing entry is the same as none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> str | None:
        """Return the picture, or None."""
        try:
            content = self._place(key).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        head, _, picture = content.partition("\n")
        return picture if head == _HEAD + _checksum(picture) else None

    def put(self, key: str, picture: str) -> str | None:
        """Keep the picture; return why that is not possible, or None."""
        place = self._place(key)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=place.parent, suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as stream:
                    stream.write(f"{_HEAD}{_checksum(picture)}\n{picture}")
                Path(name).replace(place)
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        except OSError as error:
            return (
                f"Pictures cannot be kept in {self.folder} ({error.strerror});"
                " the build goes on and draws them anew each time."
            )
        return None

    def _place(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.picture"


def _checksum(picture: str) -> str:
    return hashlib.sha256(picture.encode("utf-8")).hexdigest()
