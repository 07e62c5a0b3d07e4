"""Growth: what is ten times larger takes ten times the work, and what is too large a message, soon.

The places are those of the JSON Schema: each list, mapping, text and nesting of each type.
"""

from __future__ import annotations

import itertools
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from samples import problems_or_none
from schema_places import LIST, MAPPING, NESTING, TEXT, Place, diagram, places
from work import work

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.types import TYPES

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 16
"""Ten times the size may take n log n: 15 times from a hundred to a thousand."""

PLACES = places()
SECONDS, BYTES = 10, 1_000_000_000


def of(type_: str, *kinds: str) -> list[Place]:
    return [place for place in PLACES if place.type == type_ and place.kind in kinds]


def growth(make: Callable[[int], Callable[[], object]], sizes: tuple[int, int, int]) -> list[float]:
    """Return how many times as much work each size is as the one before."""
    done = [work(make(size)) for size in sizes]
    return [more / less for less, more in itertools.pairwise(done)]


def test_the_schema_has_places_of_every_kind():
    assert {place.kind for place in PLACES} == {LIST, MAPPING, TEXT, NESTING}
    assert {place.type for place in PLACES} == {*TYPES}
    assert len(PLACES) > 1_000


@pytest.mark.parametrize("type_", list(TYPES))
def test_ten_times_as_much_of_anything_is_ten_times_the_work(type_):
    too_much = {}
    for place in of(type_, LIST, MAPPING, TEXT, NESTING):
        sizes = (2, 20, 200) if place.kind == NESTING else (10, 100, 1_000)

        def reading(size: int, place: Place = place) -> Callable[[], object]:
            text = diagram(place, size)
            return lambda: problems_or_none(text)

        found = growth(reading, sizes)
        if max(found) > TIMES:
            too_much[str(place)] = found
    assert too_much == {}


@pytest.mark.parametrize("type_", [name for name in TYPES if os.environ.get("CDC_SLOW") or name in ("flow", "mermaid")])
def test_what_is_too_large_is_said_within_bounds(type_):
    """Sixty thousand items, a text of a megabyte: more than any bound. In a process that may take 1 GB."""
    large = [(place, 300 if place.kind == NESTING else 60_000) for place in of(type_, LIST, MAPPING, NESTING)]
    large += [(place, 100_000) for place in of(type_, TEXT)[:40]]
    code = (
        "import sys, time\n"
        "from schema_places import Place, diagram\n"
        "from samples import problems_or_none\n"
        "for line in sys.stdin:\n"
        "    place, size = eval(line)\n"
        "    text = diagram(place, size)\n"
        "    before = time.process_time()\n"
        "    problems = problems_or_none(text)\n"
        "    taken = time.process_time() - before\n"
        f"    if taken > {SECONDS} or not problems:\n"
        "        print(place, taken, len(problems))\n"
    )

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))

    done = subprocess.run(
        [sys.executable, "-c", code],
        input="".join(f"{item!r}\n" for item in large),
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bound,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
    )
    assert (done.returncode, done.stdout, done.stderr[-1_000:]) == (0, "", "")


def write(folder: Path, count: int, more: str = "") -> None:
    folder.mkdir()
    for number in range(count):
        text = f"diagram: {{type: flow, title: T, nodes: {{a: x}}{more.format(number)}}}\n"
        path = folder / f"part-{number % 7}" / f"d{number}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "more",
    [
        "",
        ", aliases: [old-{0}, former-{0}]",
        ", aliases: [the-same]",
        ", sources: [{{id: s{0}, title: S, url: '#'}}]",
    ],
    ids=["files", "aliases", "aliases of others", "sources"],
)
def test_ten_times_as_many_files_are_ten_times_the_work(tmp_path, more):
    for size in (5, 50, 500):
        write(tmp_path / str(size), size, more)
    assert max(growth(lambda size: lambda: Catalog([tmp_path / str(size)]).check(), (5, 50, 500))) < TIMES


def test_ten_times_as_many_folders_are_ten_times_the_work(tmp_path):
    for size in (5, 50, 500):
        for number in range(size):
            folder = tmp_path / str(size) / f"f{number}"
            folder.mkdir(parents=True)
            (folder / "d.yaml").write_text("diagram: {type: flow, title: T, nodes: {a: x}}\n", encoding="utf-8")
    assert max(growth(lambda size: lambda: Catalog([tmp_path / str(size)]).ids, (5, 50, 500))) < TIMES


def test_ten_times_as_many_unknown_ids_are_ten_times_the_work(tmp_path):
    write(tmp_path / "data", 50)
    catalog = Catalog([tmp_path / "data"])

    def asking(size: int) -> Callable[[], object]:
        return lambda: [catalog.candidate_paths(f"unknown-{number}") for number in range(size)]

    assert max(growth(asking, (10, 100, 1_000))) < TIMES
