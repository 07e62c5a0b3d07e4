"""Which files are read again when an index says what was in them."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sphinx_diagram_ext.catalog import Catalog, Limits, file_index
from sphinx_diagram_ext.catalog.reader import text_digest
from sphinx_diagram_ext.errors import Code

LONG_AGO = 1_000_000_000


def flow(title: str, *lines: str) -> str:
    more = "".join(f"  {line}\n" for line in lines)
    return f"diagram:\n  type: flow\n  title: {title}\n  nodes: {{a: }}\n{more}"


class Folder:
    """A data folder with an index, and which of its files were read to look into them."""

    def __init__(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.path = tmp_path / "data"
        self.index = tmp_path / "index.json"
        self.read: list[str] = []
        self.now = LONG_AGO
        read_file = file_index.read_file

        def noted(path: Path, folder: Path, limit: int) -> str:
            self.read.append(path.relative_to(self.path).as_posix())
            return read_file(path, folder, limit)

        monkeypatch.setattr(file_index, "read_file", noted)
        # The times of files are those of the system, so that it is the clock which is set.
        monkeypatch.setattr(file_index.time, "time_ns", lambda: self.now)

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def later(self) -> None:
        """Let the files settle."""
        states = [path.stat() for path in self.path.rglob("*") if path.is_file()]
        self.now = max(max(item.st_mtime_ns, item.st_ctime_ns) for item in states) + file_index.SETTLED + 1

    def catalog(self, limits: Limits | None = None) -> Catalog:
        self.read.clear()
        return Catalog([self.path], limits or Limits(), index=self.index)

    def again(self) -> list[str]:
        """Return what a catalog reads that is made now."""
        self.catalog()
        return sorted(self.read)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    found = Folder(tmp_path, monkeypatch)
    found.write("a.yaml", flow("A"))
    found.write("b/c.yaml", flow("C", "aliases: [old, older]"))
    found.write("plan.yaml", "plan:\n  name: P\n")
    found.later()
    return found


def known(catalog: Catalog) -> object:
    digests = {name: catalog.digest(name) for name in catalog.ids}
    return catalog.ids, catalog.aliases, digests, catalog.plans(), catalog.problems


def test_files_that_did_not_change_are_not_read(folder: Folder) -> None:
    first = known(folder.catalog())
    assert sorted(folder.read) == ["a.yaml", "b/c.yaml", "plan.yaml"]
    assert known(folder.catalog()) == first
    assert folder.read == []
    assert first[:3] == (
        ["a", "b/c"],
        {"old": "b/c", "older": "b/c"},
        {"a": text_digest(flow("A")), "b/c": text_digest(flow("C", "aliases: [old, older]"))},
    )


def test_without_an_index_all_files_are_read(folder: Folder) -> None:
    folder.catalog()
    folder.read.clear()
    Catalog([folder.path])
    assert len(folder.read) == 3


def test_a_changed_file_is_read(folder: Folder) -> None:
    folder.catalog()
    folder.write("a.yaml", flow("B"))
    folder.later()
    assert folder.catalog().digest("a") == text_digest(flow("B"))
    assert folder.read == ["a.yaml"]
    assert folder.again() == []


def test_a_touched_file_is_read_and_is_the_same(folder: Folder) -> None:
    before = known(folder.catalog())
    os.utime(folder.path / "a.yaml", ns=(LONG_AGO, LONG_AGO))
    folder.later()
    assert known(folder.catalog()) == before
    assert folder.read == ["a.yaml"]
    assert folder.again() == []


def test_a_file_of_the_same_size_and_time_is_read(folder: Folder) -> None:
    path = folder.path / "a.yaml"
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    folder.later()
    folder.catalog()
    before = path.stat()
    path.write_text(flow("X"), encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    after = path.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (before.st_size, before.st_mtime_ns, before.st_ino)
    folder.later()
    assert folder.catalog().digest("a") == text_digest(flow("X"))


def test_another_file_in_its_place_is_read(folder: Folder) -> None:
    folder.catalog()
    path = folder.path / "a.yaml"
    other = folder.write("_other", flow("X"))
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    folder.later()
    assert folder.catalog().digest("a") == text_digest(flow("X"))


def test_a_file_that_changed_just_before_it_was_read_is_read_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file system whose times are those of the same second: nothing shows that the file changed once more.
    times = (LONG_AGO, LONG_AGO)
    state = f"{times[0]} {times[1]} 5 7 "
    monkeypatch.setattr(file_index, "_state", lambda _path: (state, LONG_AGO))
    folder.now = LONG_AGO + file_index.SETTLED
    folder.catalog()
    folder.write("a.yaml", flow("B"))
    assert folder.catalog().digest("a") == text_digest(flow("B"))
    folder.now += 1
    folder.catalog()
    assert folder.again() == []


def test_deleted_and_renamed_files_leave_the_index(folder: Folder) -> None:
    folder.catalog()
    (folder.path / "b" / "c.yaml").unlink()
    (folder.path / "a.yaml").rename(folder.path / "new.yaml")
    folder.later()
    catalog = folder.catalog()
    assert (catalog.ids, catalog.aliases, folder.read) == (["new"], {}, ["new.yaml"])
    assert "a.yaml" not in folder.index.read_text(encoding="utf-8")
    assert folder.again() == []


def test_a_folder_that_became_a_link_is_looked_at_anew(folder: Folder, tmp_path: Path) -> None:
    folder.catalog()
    (folder.path / "b").rename(tmp_path / "outside")
    (folder.path / "b").symlink_to(tmp_path / "outside")
    catalog = folder.catalog()
    assert (catalog.ids, catalog.aliases) == (["a"], {})


def test_a_file_that_became_a_link_is_looked_at_each_time(folder: Folder, tmp_path: Path) -> None:
    folder.catalog()
    (folder.path / "a.yaml").rename(folder.path / "_a")
    (folder.path / "a.yaml").symlink_to(folder.path / "_a")
    folder.later()
    assert folder.again() == ["a.yaml"]
    assert folder.again() == ["a.yaml"]
    (folder.path / "_a").rename(tmp_path / "outside")
    (folder.path / "a.yaml").unlink()
    (folder.path / "a.yaml").symlink_to(tmp_path / "outside")
    catalog = folder.catalog()
    assert catalog.digest("a") == ""
    assert "leads out of its data folder" in catalog.check()[0].message


def test_a_file_that_cannot_be_used_is_read_each_time(folder: Folder) -> None:
    path = folder.write("a.yaml", "x")
    path.write_bytes(b"\xff")
    folder.later()
    for _ in range(2):
        assert [item.code for item in folder.catalog().check()] == [Code.FILE]
        assert "a.yaml" in folder.read


def test_an_alias_that_is_taken_is_said_each_time(folder: Folder) -> None:
    folder.write("d.yaml", "# first line\n" + flow("D", "aliases: [old]"))
    folder.later()
    first = folder.catalog().problems
    assert [(Path(item.path).name, item.line, item.code) for item in first] == [("d.yaml", 3, Code.DUPLICATE_ID)]
    assert folder.catalog().problems == first
    assert folder.read == []


def test_an_alias_of_a_broken_diagram_leads_to_what_is_wrong_with_it(folder: Folder) -> None:
    folder.write("d.yaml", flow("D", "aliases: [former]", "colour: red"))
    catalog = folder.catalog()
    assert catalog.canonical("former") == "d"
    assert [item.code for item in catalog.check()] == [Code.UNKNOWN_KEY]


@pytest.mark.parametrize("aliases", ["old", "[1, {a: b}]", "[", "[''] "])
def test_wrong_aliases_are_none(aliases: str, folder: Folder) -> None:
    folder.write("d.yaml", flow("D", f"aliases: {aliases}"))
    catalog = folder.catalog()
    assert "d" not in catalog.aliases.values()
    assert {Path(item.path).name for item in catalog.check()} == {"d.yaml"}


def test_other_limits_read_all_files(folder: Folder) -> None:
    folder.catalog()
    folder.catalog(Limits(file_bytes=20))
    assert len(folder.read) == 3


def without_format(content: bytes) -> bytes:
    body = json.loads(content.partition(b"\n")[2]) | {"format": 0}
    text = json.dumps(body, separators=(",", ":")).encode()
    return file_index._checksum(text) + text


DAMAGE = {
    "empty": lambda _: b"",
    "cut": lambda content: content[:-10],
    "a digest is another": lambda content: content.replace(text_digest(flow("A")).encode(), b"0" * 64),
    "another format": without_format,
    "no JSON": lambda _: file_index._checksum(b"{") + b"{",
    "other JSON": lambda _: file_index._checksum(b'{"format": 1}') + b'{"format": 1}',
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_none(damage: str, folder: Folder) -> None:
    first = known(folder.catalog())
    content = folder.index.read_bytes()
    folder.index.write_bytes(DAMAGE[damage](content))
    assert known(folder.catalog()) == first
    assert len(folder.read) == 3
    assert folder.index.read_bytes() == content


def test_an_index_that_is_right_is_not_written(folder: Folder) -> None:
    folder.catalog()
    os.utime(folder.index, ns=(LONG_AGO, LONG_AGO))
    folder.catalog()
    assert folder.index.stat().st_mtime_ns == LONG_AGO


def test_an_index_that_cannot_be_written_is_none(folder: Folder) -> None:
    folder.index = folder.path / "nowhere" / "index.json"
    assert folder.catalog().ids == ["a", "b/c"]
    assert folder.again() == ["a.yaml", "b/c.yaml", "plan.yaml"]
