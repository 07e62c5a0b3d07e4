"""Icons of a project: SVG files below folders, by their paths without suffix."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.listing import Listing, inside
from sphinx_diagram_ext.drawing.foreign.icon_svg import MAX_BYTES, read_icon
from sphinx_diagram_ext.errors import Code, Problem, did_you_mean, wrong_file_name
from sphinx_diagram_ext.types.icons import NO_ICONS, IconError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_diagram_ext.model import Icon


class IconFolders:
    """The icons of some folders, which are listed once; a file is read when its icon is asked for."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self.folders = tuple(folders)
        self.problems: list[Problem] = []
        self._files: dict[str, tuple[Path, Path]] = {}
        self._contents: dict[str, bytes | IconError] = {}
        self._found: dict[str, Icon | IconError] = {}
        for folder in self.folders:
            self._list(folder)

    def _list(self, folder: Path) -> None:
        if not folder.is_dir():
            message = "The folder of icons does not exist; create it or fix 'cdc_diagram_icons'."
            self.problems.append(Problem(str(folder), 0, 0, Code.DATA_FOLDER, message))
            return
        listing = Listing(folder, (".svg",))
        self.problems += listing.problems
        for name, path in listing:
            wrong = wrong_file_name(name)
            if wrong:
                self.problems.append(Problem(path, 0, 0, Code.FILE, wrong))
            elif name in self._files:
                message = f"The icon {name!r} is {self._files[name][0]} already; rename one of the files."
                self.problems.append(Problem(path, 0, 0, Code.DUPLICATE_ID, message))
            else:
                self._files[name] = (Path(path), folder)

    def find(self, name: str) -> Icon:
        """Return the icon called *name*.

        Raises:
            IconError: there is none, or its file cannot be used.
        """
        if not self.folders:
            return NO_ICONS.find(name)
        if name not in self._files:
            hint = did_you_mean(name, self._files) or " Its name is the path of an SVG file below a folder of icons."
            raise IconError(f"There is no icon {name!r}.{hint}")
        if name not in self._found:
            self._found[name] = self._read(name)
        found = self._found[name]
        if isinstance(found, IconError):
            raise found
        return found

    def _read(self, name: str) -> Icon | IconError:
        content = self._content(name)
        if isinstance(content, IconError):
            return content
        try:
            return read_icon(name, content)
        except ValueError as error:
            return self._unusable(name, str(error))

    def _unusable(self, name: str, why: str) -> IconError:
        return IconError(f"The icon {name!r} cannot be used: {self._files[name][0]} {why}.")

    def _content(self, name: str) -> bytes | IconError:
        """Return the bytes of a file, which are read once: what is noted of it is what is drawn."""
        if name not in self._contents:
            self._contents[name] = self._load(name, *self._files[name])
        return self._contents[name]

    def _load(self, name: str, path: Path, folder: Path) -> bytes | IconError:
        if not inside(path, folder):
            return self._unusable(name, "leads out of its folder; copy the file into it")
        try:
            if not path.is_file():
                return self._unusable(name, "is not a regular file")
            with path.open("rb") as stream:
                return stream.read(MAX_BYTES + 1)
        except OSError as error:
            return self._unusable(name, f"cannot be read: {error.strerror}")

    def digest(self, name: str) -> str:
        """Return the digest of an icon's file, "" if there is none."""
        if name not in self._files:
            return ""
        content = self._content(name)
        return hashlib.sha256(content if isinstance(content, bytes) else str(content).encode()).hexdigest()

    def state(self) -> str:
        """Return a digest of all names and files."""
        return hashlib.sha256(repr([(name, self.digest(name)) for name in self._files]).encode()).hexdigest()
