"""Takes out each protection in turn and sees the test fail that guards it.

``protections.yaml`` beside this file says what is taken out, and which test is to notice. Writes what
was seen as a table: ``python tools/protections/take_out.py [WORD...]``; words choose some and write nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_name("protections.yaml")
TARGET = ROOT / "docs" / "reference" / "protections.md"
PARTS = ("sphinx_diagram_ext", "tests", "requirements", "schema", "data", "docs", "pyproject.toml", "tox.ini")
SECONDS = 120
"""Time after which a test does not end: it waits for what the protection would have stopped."""

HEAD = """\
# Protections

What keeps a build safe, steady and the same everywhere, the file that does it (below `sphinx_diagram_ext/` unless said
otherwise), and a test that fails when its code is taken out. What is promised stands in `SECURITY.md`, the bounds in
[](../guide/configuration.md).

`tox -e protections` takes each of them out in turn, in a copy of the project, runs the test and writes this page. A
test that does not end waits for what the protection would have stopped.
"""


@dataclass(frozen=True)
class Protection:
    """Code of a file that keeps something from happening."""

    area: str
    what: str
    file: str
    code: str
    instead: str
    test: str


def protections() -> list[Protection]:
    """Return the list."""
    return [
        Protection(area, **{"instead": "", **item})
        for area, items in yaml.safe_load(LIST.read_text(encoding="utf-8")).items()
        for item in items
    ]


def without(protection: Protection, text: str) -> str:
    """Return *text*, the file of the protection, without it.

    Raises:
        ValueError: its code does not stand there exactly once.
    """
    if text.count(protection.code) != 1:
        message = f"{protection.file}: {protection.code!r} stands there {text.count(protection.code)} times, wanted 1"
        raise ValueError(message)
    return text.replace(protection.code, protection.instead)


def seen(protection: Protection, copy: Path) -> str:
    """Return what the test says in *copy* of the project without the protection: fails, does not end or passes."""
    place = copy / protection.file
    whole = place.read_text(encoding="utf-8")
    place.write_text(without(protection, whole), encoding="utf-8")
    try:
        return _run(protection.test, copy)
    finally:
        place.write_text(whole, encoding="utf-8")


def _run(test: str, copy: Path) -> str:
    command = [sys.executable, "-B", "-m", "pytest", "-n", "0", "-x", "-p", "no:cacheprovider", test]
    # With another seed a test may not notice that the order of a set counts.
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONHASHSEED": "0"}
    process = subprocess.Popen(
        command,
        cwd=copy,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return "does not end"
    return {0: "passes", 1: "fails"}.get(code, f"pytest ends with {code}")


def table(found: Iterable[tuple[Protection, str]]) -> str:
    """Return the page."""
    parts = [HEAD]
    for area, items in groupby(found, key=lambda item: item[0].area):
        parts.append(f"\n## {area}\n\n| protection | file | test | without it |\n|---|---|---|---|\n")
        for one, said in items:
            name = one.test.rpartition("/")[2].replace("::", " ")
            parts.append(f"| {one.what} | `{one.file.removeprefix('sphinx_diagram_ext/')}` | `{name}` | {said} |\n")
    return "".join(parts)


def main(argv: Sequence[str] | None = None) -> int:
    """Take them out; the status is 1 if a test did not notice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", metavar="WORD", nargs="*", help="only protections that a word is part of")
    words = parser.parse_args(argv).words
    chosen = [item for item in protections() if not words or any(word in f"{item}" for word in words)]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        copy.mkdir()
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__", "_build"))
            else:
                shutil.copy(ROOT / part, copy / part)
        for item in chosen:
            found.append((item, seen(item, copy)))
            print(f"{found[-1][1]:12} {item.what}: {item.test}", flush=True)
    if not words:
        TARGET.write_text(table(found), encoding="utf-8")
    return int(any(said not in ("fails", "does not end") for _, said in found))


if __name__ == "__main__":
    sys.exit(main())
