"""Which files a folder has, whatever its links and its size, and in which order."""

from __future__ import annotations

import os
from itertools import permutations
from pathlib import Path

import pytest

from sphinx_diagram_ext.catalog import Catalog, listing
from sphinx_diagram_ext.catalog.listing import Listing
from sphinx_diagram_ext.errors import Code


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("diagram:\n  type: flow\n  title: T\n  nodes: {a: }\n", encoding="utf-8")


def ids(folder: Path) -> list[str]:
    return [file.id for file in Listing(folder)]


class Shuffled:
    """``os.scandir`` that lists a folder in another order."""

    def __init__(self, *, reverse: bool) -> None:
        self.reverse = reverse
        self.scandir = os.scandir

    def __call__(self, path: str) -> Shuffled:
        with self.scandir(path) as found:
            self.entries = sorted(found, key=lambda entry: entry.name, reverse=self.reverse)
        return self

    def __enter__(self) -> list[os.DirEntry[str]]:
        return self.entries

    def __exit__(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("reverse", [False, True])
def test_files_are_in_the_order_of_their_ids_whatever_the_system_lists_first(
    reverse: bool,  # noqa: FBT001
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path, "b.yaml", "a.yml", "c/x.yaml", "a.yaml", "_real/y.yaml")
    for name in ("one", "two"):
        (tmp_path / name).symlink_to(tmp_path / "_real")
    monkeypatch.setattr(os, "scandir", Shuffled(reverse=reverse))
    assert [(file.id, Path(file.path).name) for file in Listing(tmp_path)] == [
        ("a", "a.yaml"),
        ("a", "a.yml"),
        ("b", "b.yaml"),
        ("c/x", "x.yaml"),
        ("one/y", "y.yaml"),
    ]


def test_other_suffixes(tmp_path: Path) -> None:
    write(tmp_path, "a.svg", "b/c.svg", "d.yaml")
    assert [file.id for file in Listing(tmp_path, (".svg",))] == ["a", "b/c"]


def test_a_linked_file_has_an_id_of_its_own(tmp_path: Path) -> None:
    write(tmp_path, "a/x.yaml")
    (tmp_path / "y.yaml").symlink_to(tmp_path / "a" / "x.yaml")
    assert ids(tmp_path) == ["a/x", "y"]


def test_a_folder_is_listed_at_its_own_path_before_links_to_it(tmp_path: Path) -> None:
    write(tmp_path, "z/x.yaml")
    (tmp_path / "a").symlink_to(tmp_path / "z")
    assert ids(tmp_path) == ["z/x"]


def test_a_hidden_folder_is_listed_where_a_link_shows_it(tmp_path: Path) -> None:
    write(tmp_path, "_versions/1/x.yaml", "_versions/2/x.yaml")
    (tmp_path / "latest").symlink_to(tmp_path / "_versions" / "2")
    assert ids(tmp_path) == ["latest/x"]
    (tmp_path / "latest").unlink()
    (tmp_path / "all").symlink_to("_versions")
    assert ids(tmp_path) == ["all/1/x", "all/2/x"]


def test_links_that_lead_back_end(tmp_path: Path) -> None:
    write(tmp_path, "a/x.yaml", "b/y.yaml")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "to_b").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "to_a").symlink_to(tmp_path / "a")
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    catalog = Catalog([tmp_path])
    assert catalog.ids == ["a/x", "b/y", "loop"]
    assert [item.code for item in catalog.check()] == [Code.FILE]


@pytest.mark.parametrize("count", [4, 8])
def test_links_between_folders_are_not_every_path_through_them(
    count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in range(count):
        write(tmp_path, f"{name}/x.yaml")
    for one, other in permutations(range(count), 2):
        (tmp_path / str(one) / f"to_{other}").symlink_to(tmp_path / str(other))
    listed: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(path) or scandir(path))
    assert ids(tmp_path) == [f"{name}/x" for name in range(count)]
    assert len(listed) == count + 1


def test_a_linked_folder_that_leaves_the_folder_is_left_out(tmp_path: Path) -> None:
    write(tmp_path, "outside/secret.yaml", "data-private/secret.yaml", "data/x.yaml")
    for name in ("outside", "data-private"):
        (tmp_path / "data" / f"link-{name}").symlink_to(tmp_path / name)
    assert ids(tmp_path / "data") == ["x"]


def test_a_junction_is_a_link_though_the_system_does_not_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "outside/secret.yaml", "data/x/y.yaml")
    monkeypatch.setattr(listing, "_MAY_BE_JUNCTIONS", True)
    real = os.path.realpath
    outside = str(tmp_path / "outside")
    monkeypatch.setattr(os.path, "realpath", lambda path: outside if str(path).endswith("x") else real(path))
    assert ids(tmp_path / "data") == []
    monkeypatch.undo()
    monkeypatch.setattr(listing, "_MAY_BE_JUNCTIONS", True)
    assert ids(tmp_path / "data") == ["x/y"]


def test_the_number_of_files_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, *(f"{folder}/{name}.yaml" for folder in range(3) for name in range(4)))
    monkeypatch.setattr(listing, "MOST_ENTRIES", 15)
    assert Listing(tmp_path).problems == []
    monkeypatch.setattr(listing, "MOST_ENTRIES", 14)
    found = Listing(tmp_path)
    (problem,) = found.problems
    assert (problem.path, problem.code) == (str(tmp_path), Code.DATA_FOLDER)
    assert problem.message == "The folder has more than 14 files and folders in it; the rest is left out."
    assert len(found.files) == 11
    assert Catalog([tmp_path]).problems == [problem]


def test_the_depth_of_folders_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/b/x.yaml", "a/b/c/y.yaml")
    monkeypatch.setattr(listing, "MOST_DEPTH", 2)
    found = Listing(tmp_path)
    assert [file.id for file in found] == ["a/b/x"]
    (problem,) = found.problems
    assert problem.path == str(tmp_path / "a" / "b" / "c")
    assert problem.message == "The folder is more than 2 folders deep, and is left out; move it up."


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a/x.yaml", "b/y.yaml")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("a"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    catalog = Catalog([tmp_path])
    assert catalog.ids == ["b/y"]
    (problem,) = catalog.problems
    assert (problem.path, problem.message) == (
        str(tmp_path / "a"),
        "The folder cannot be listed: Permission denied.",
    )
