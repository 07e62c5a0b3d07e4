"""Files beside the pages are written only if they change, and large ones a part at a time."""

from __future__ import annotations

import tracemalloc

import pytest

from sphinx_diagram_ext.sphinx_ext.output import diagrams_json
from sphinx_diagram_ext.sphinx_ext.output.files import write_output, write_parts

WRITERS = {"whole": write_output, "parts": lambda target, text: write_parts(target, iter(text))}


@pytest.mark.parametrize("how", WRITERS)
def test_a_file_is_written_if_it_changes(how, tmp_path):
    target = tmp_path / "folder" / "file.json"
    assert WRITERS[how](target, "Ж\nx\n")
    assert target.read_bytes() == "Ж\nx\n".encode()
    before = target.stat()
    assert WRITERS[how](target, "Ж\nx\n")
    assert (target.stat().st_mtime_ns, target.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert WRITERS[how](target, "new")
    assert target.read_text() == "new"
    assert [path.name for path in target.parent.iterdir()] == ["file.json"]


def test_a_part_at_a_time_is_in_memory(tmp_path):
    tracemalloc.start()
    assert write_parts(tmp_path / "file", ("x" * 1_000_000 for _ in range(40)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "file").stat().st_size == 40_000_000
    assert peak < 10_000_000


def test_parts_that_cannot_be_made_leave_the_file_as_it_was(tmp_path):
    def parts():
        yield "new"
        raise KeyError

    target = tmp_path / "file"
    target.write_text("old")
    with pytest.raises(KeyError):
        write_parts(target, parts())
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_the_export_does_not_hold_its_entries():
    made = []
    lines = diagrams_json._lines({"version": 1}, (made.append(number) or f"{number}" for number in range(3)))
    assert next(lines) == '{"version": 1, "diagrams": ['
    assert made == []
    assert next(lines) == "\n0"
    assert made == [0]
    assert "".join(lines) == ",\n1,\n2\n]}\n"
