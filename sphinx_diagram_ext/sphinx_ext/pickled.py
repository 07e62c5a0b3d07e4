"""Values as bytes, for what doctrees and the environment hold by the thousand.

Sphinx hands both from process to process, and holds the doctrees of all pages that wait to be
written. Python's garbage collector walks every object of every one of them, again and again, in
each of these processes: on a site of 1,247 diagrams that took longer than drawing them.

The dataclasses that are packed have no slots: Python pickles frozen ones with slots three times slower.
"""

from __future__ import annotations

import pickle
import zlib
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Pickled(Generic[T]):
    """A value that the garbage collector, pickles and copies see as a string of bytes."""

    __slots__ = ("_content",)

    def __init__(self, value: T) -> None:
        self._content = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)

    def unpack(self) -> T:
        """Return the value, a new one each time."""
        # It comes from this process, or out of one of Sphinx's own pickles.
        return pickle.loads(zlib.decompress(self._content))  # type: ignore[no-any-return]  # noqa: S301

    def __eq__(self, other: object) -> bool:
        """Compare by the value: equal ones may differ as bytes."""
        if not isinstance(other, Pickled):
            return NotImplemented
        return bool(self._content == other._content or self.unpack() == other.unpack())

    def __hash__(self) -> int:
        """Return the hash of the value."""
        return hash(self.unpack())

    def __repr__(self) -> str:
        """Return how the value looks; the same for equal ones."""
        return repr(self.unpack())

    def __getstate__(self) -> Any:
        """Return the bytes."""
        return self._content

    def __setstate__(self, content: bytes) -> None:
        """Take the bytes."""
        self._content = content
