"""Revisions: the data folders as a commit of git has them."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.cli.common import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SECONDS = 120


@contextlib.contextmanager
def folders_at(revision: str, folders: Sequence[Path]) -> Iterator[list[Path]]:
    """Give copies of the *folders* as they are in a *revision*; a folder that it does not have is left out.

    Raises:
        UsageError: there is no git, no repository or no such revision.
    """
    commit = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", said=revision)
    name = commit.decode().strip()
    top = Path(_git("rev-parse", "--show-toplevel").decode().rstrip("\n"))
    with tempfile.TemporaryDirectory() as scratch:
        found = []
        for folder in folders:
            path = folder.resolve()
            if not path.is_relative_to(top.resolve()):
                raise UsageError(f"diff: the data folder '{folder}' is not in the repository '{top}'")
            inside = path.relative_to(top.resolve()).as_posix()
            if inside != "." and not _git("-C", str(top), "ls-tree", "-d", name, "--", inside):
                continue
            _extract(_git("-C", str(top), "archive", "--format=tar", name, "--", inside), scratch)
            found.append(Path(scratch, inside))
        yield found


def _extract(content: bytes, folder: str) -> None:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            # Links that lead out, devices and the like are left out: a data folder has files.
            with contextlib.suppress(tarfile.FilterError):
                archive.extract(member, folder, filter="data")


def _git(*arguments: str, said: str = "") -> bytes:
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, timeout=_SECONDS, check=False)  # noqa: S607
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(f"diff: git cannot be run: {error}") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()
        missing = f"git has no revision '{said}' here" if said else "git failed"
        raise UsageError(f"diff: {missing}{f': {why[0]}' if why else ''}")
    return done.stdout
