"""Runs commands and builds, and tells what they cost."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from gzip import compress
from pathlib import Path

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds on the clock, seconds of all cores, and its largest process."""

    seconds: float
    cpu: float
    peak: int
    """Bytes."""


def run(command: list[str]) -> Cost:
    """Run a command, which must succeed."""
    start = time.perf_counter()
    with Path(os.devnull).open("wb") as nothing:
        actions = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), stream) for stream in (1, 2)]
        process = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    if status:
        message = f"{' '.join(command)} failed with status {os.waitstatus_to_exitcode(status)}"
        raise RuntimeError(message)
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit)


def build(site: Path, jobs: int) -> Cost:
    """Build a site as HTML; a warning is a failure, for less would be measured than is said."""
    places = ["-d", str(site / "_build" / "doctrees"), str(site), str(site / "_build" / "html")]
    return run([sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html", "-j", str(jobs), *places])


def validate(data: Path, jobs: int) -> Cost:
    """Check every data file."""
    command = [sys.executable, "-m", "sphinx_diagram_ext.cli", "validate", "--data", str(data), "--jobs", str(jobs)]
    return run(command)


def render(data: Path, mermaid: Path, jobs: int) -> Cost:
    """Draw every diagram from its YAML to its finished picture; keep the Mermaid text below *mermaid*."""
    return run([sys.executable, __file__, str(data), str(mermaid), str(jobs)])


def folder_size(folder: Path, suffix: str = "") -> int:
    """Return the bytes of all files below *folder* whose names end in *suffix*."""
    return sum(path.stat().st_size for path in folder.rglob(f"*{suffix}") if path.is_file())


def gzipped(path: Path) -> int:
    """Return the bytes of a file as a server sends them."""
    return len(compress(path.read_bytes(), mtime=0))


def picture_sizes(data: Path, ids: list[str]) -> list[int]:
    """Return the gzipped bytes of the pictures of *ids*, as pages hold them, in order of size."""
    catalog, engine = Catalog([data]), select_engine().engine
    drawn = (pipeline.draw(item, pipeline.check(item, engine), engine) for item in map(catalog.get, ids))
    return sorted(len(compress(picture.inline("d").encode(), mtime=0)) for picture in drawn)


def _draw_part(data: Path, mermaid: Path, part: int, parts: int) -> None:
    catalog, engine = Catalog([data]), select_engine().engine
    for name in catalog.ids[part::parts]:
        diagram = pipeline.inspect(catalog.get(name), engine)
        source = pipeline.check(diagram, engine)
        pipeline.draw(diagram, source, engine)
        target = mermaid / f"{name}.mmd"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(source.text, encoding="utf-8")


def _draw_all(data: Path, mermaid: Path, jobs: int) -> None:
    with ProcessPoolExecutor(jobs) as pool:
        for done in [pool.submit(_draw_part, data, mermaid, part, jobs) for part in range(jobs)]:
            done.result()


if __name__ == "__main__":
    _draw_all(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
