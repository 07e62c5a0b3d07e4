"""``cdc-diagram import``: data files made of the Mermaid that stands in pages."""

from __future__ import annotations

import difflib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog.listing import Listing
from sphinx_diagram_ext.cli.common import UsageError, guarded_engine
from sphinx_diagram_ext.errors import printable
from sphinx_diagram_ext.fences.importing import Importer
from sphinx_diagram_ext.fences.pages import PAGES

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from sphinx_diagram_ext.cli.project import Project
    from sphinx_diagram_ext.fences.importing import Import


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "import",
        parents=[shared],
        help="turn Mermaid in pages into data files",
        description="Write a data file for every Mermaid fence of pages (.md, .rst) and every Mermaid file (.mmd)."
        " Ids are made of the page and the heading above. What is there already is left as it is, so the command can"
        " be run again. The exit status is 1 if something could not be imported.",
    )
    parser.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="pages, Mermaid files or folders of them")
    parser.add_argument(
        "--repair", action="store_true", help="repair faults whose remedy is known, with the same words"
    )
    parser.add_argument("--replace", action="store_true", help="put the names of the diagrams into the pages instead")
    parser.add_argument("--dry-run", action="store_true", help="print what would change and write nothing")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Import the fences and print what was done."""
    data = project.folders[0]
    with guarded_engine(arguments.engine, project.limits) as engine:
        importer = Importer(data, engine, repairs=arguments.repair, replaces=arguments.replace, limits=project.limits)
        for path, top in _pages(arguments.paths):
            importer.page(path, top)
    result = importer.result
    if arguments.dry_run:
        print("".join(_differences(result)), end="")
    else:
        _write(result)
    for problem in sorted(result.repaired):
        print(printable(f"{problem.path}:{problem.line}: repaired: {problem.message}"))
    for problem in sorted(result.problems):
        print(printable(str(problem)))
    print(_summary(result, dry_run=arguments.dry_run))
    return 1 if result.problems else 0


def _pages(paths: Iterable[Path]) -> Iterator[tuple[Path, Path]]:
    """Yield every page with the folder that its id is relative to."""
    for path in paths:
        if path.is_dir():
            listing = Listing(path, PAGES)
            if listing.problems:
                raise UsageError(str(listing.problems[0]))
            yield from ((Path(file.path), path) for file in listing)
        elif path.is_file() and path.suffix in PAGES:
            yield path, path.parent
        else:
            raise UsageError(f"'{path}' is neither a page ({', '.join(PAGES)}) nor a folder")


def _summary(result: Import, *, dry_run: bool) -> str:
    would = " would be" if dry_run else ""
    edited = sum(before != after for before, after in result.pages.values())
    return (
        f"{result.found} fences: {len(result.files)} data files{would} written, {result.present} there already,"
        f" {result.left} left as they are; {edited} pages{would} edited."
    )


def _differences(result: Import) -> Iterator[str]:
    """Yield the changes as a unified diff."""
    changes = [*((path, "", text) for path, text in sorted(result.files.items()))]
    changes += ((path, before, after) for path, (before, after) in sorted(result.pages.items()))
    for path, before, after in changes:
        source = f"{path}" if before else os.devnull
        for line in difflib.unified_diff(before.splitlines(), after.splitlines(), source, f"{path}", lineterm=""):
            yield f"{printable(line)}\n"


def _write(result: Import) -> None:
    """Write data files, then pages that name them; each whole or not at all."""
    for path, text in result.files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, text)
        print(printable(str(path)))
    for path, (before, after) in result.pages.items():
        if after != before:
            mark = "\ufeff" if path.read_bytes().startswith(b"\xef\xbb\xbf") else ""
            _write_whole(path, mark + after)
            print(printable(str(path)))


def _write_whole(path: Path, text: str) -> None:
    """Write a file beside *path*, and put it in its place."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=f".{path.name}.", delete=False, encoding="utf-8", newline=""
    ) as new:
        try:
            new.write(text)
            new.close()
            Path(new.name).chmod(mode)
            Path(new.name).replace(path)
        except OSError:
            Path(new.name).unlink(missing_ok=True)
            raise
