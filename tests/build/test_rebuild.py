"""Exact sets: what is read and written again after a change, and equal bytes."""

from __future__ import annotations

import hashlib
import shutil
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def three(site):
    site.flow("one")
    site.flow("two")
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\nc\nd\nall\n```\n")
    site.write("all.md", "# All\n\n```{cdc-diagram-index}\n:style: table\n```\n")
    site.write("a.md", "# A\n\n```{cdc-diagram} one\n```\n")
    site.write("b.md", "# B\n\n```{cdc-diagram} two\n```\n")
    site.write("c.md", "# C\n\n{cdc:diagram}`one`\n")
    site.write("d.md", "# D\n\nNothing.\n")
    return site


def with_toctree(*pages: str) -> list[str]:
    """Sphinx itself writes the page whose toctree lists a page that was read."""
    return sorted((*pages, "index"))


def test_nothing_changed_reads_and_writes_nothing(three):
    three.build()
    built = three.build()
    assert (built.read, built.written) == ([], [])


def test_a_touched_file_reads_exactly_the_pages_that_show_it(three):
    three.build()
    three.touch(three.folder / "data" / "one.yaml")
    built = three.build()
    assert built.read == ["a"]
    assert built.written == with_toctree("a")


def test_a_new_title_refreshes_references_and_indexes(three):
    three.build()
    three.touch(three.flow("one", "Another title"))
    built = three.build()
    assert built.read == ["a"]
    assert built.written == with_toctree("a", "all", "c")
    assert "Another title" in built.text("all.html")
    assert "Another title" in built.text("c.html")


def test_a_file_that_came_back_older_is_noticed_by_its_content(three):
    import os

    path = three.folder / "data" / "one.yaml"
    three.build()
    three.flow("one", "Restored")
    os.utime(path, (1, 1))
    assert three.build().read == ["a"]


def test_a_deleted_file_warns_on_each_page_that_shows_it(three):
    three.write("d.md", "# D\n\n```{cdc-diagram} one\n```\n")
    three.build()
    (three.folder / "data" / "one.yaml").unlink()
    built = three.build()
    assert built.read == ["a", "d"]
    assert built.warnings.count("There is no diagram 'one'.") == 2
    assert "a.md:3: WARNING" in built.warnings
    assert "d.md:3: WARNING" in built.warnings
    assert "A flow" in built.text("b.html")


def test_a_missing_file_that_appears_is_shown(three):
    three.write("d.md", "# D\n\n```{cdc-diagram} three\n```\n")
    assert "There is no diagram 'three'" in three.build().warnings
    three.flow("three")
    built = three.build()
    assert built.read == ["d"]
    assert built.warnings == ""
    assert 'id="three"' in built.text("d.html")


def test_a_new_mention_refreshes_the_page_that_is_mentioned(three):
    three.build()
    three.touch(three.write("d.md", "# D\n\n{cdc:diagram}`two`\n"))
    built = three.build()
    assert built.read == ["d"]
    assert built.written == with_toctree("all", "b", "d")
    assert 'href="d.html"' in built.text("b.html")


def test_pictures_are_drawn_once(three, monkeypatch):
    from sphinx_diagram_ext import pipeline

    drawn = []
    original = pipeline.draw

    def counting(diagram, expansion, engine):
        drawn.append(diagram.id)
        return original(diagram, expansion, engine)

    monkeypatch.setattr(pipeline, "draw", counting)
    three.build()
    assert sorted(drawn) == ["one", "two"]
    drawn.clear()
    three.touch(three.folder / "data" / "one.yaml")
    three.build()
    assert drawn == []
    three.touch(three.flow("two", "Changed"))
    three.build()
    assert drawn == ["two"]


def tree(folder: Path) -> dict[str, str]:
    skipped = {".doctrees", ".buildinfo"}
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not skipped & set(path.parts) and path.suffix != ".pickle"
    }


@pytest.mark.parametrize("parallel", [0, 2])
def test_two_builds_give_the_same_bytes(three, parallel):
    for number in range(8):
        three.write(f"more{number}.md", f"---\norphan: true\n---\n# More {number}\n\n```{{cdc-diagram}} one\n```\n")
    first = tree(three.build().out)
    shutil.rmtree(three.folder / "_build")
    built = three.build(parallel=parallel)
    assert built.warnings == ""
    assert tree(built.out) == first
