"""Which files hold which diagram, and that nothing outside the data folders is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.files import safe_id
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError, did_you_mean, nearest


def write(folder: Path, name: str, *lines: str, title: str = "T") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    more = "".join(f"  {line}\n" for line in lines)
    path.write_text(f"diagram:\n  type: flow\n  title: {title}\n  nodes: {{a: }}\n{more}", encoding="utf-8")
    return path


def asked(catalog: Catalog, diagram_id: str) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        catalog.get(diagram_id)
    (problem,) = caught.value.problems
    return problem


def test_ids_are_paths_without_suffix(tmp_path: Path) -> None:
    for name in ("b.yaml", "a/c.yml", "a/b/d.e.yaml", "Ж/ü x.yaml"):
        write(tmp_path, name, title=f"title of {name}")
    catalog = Catalog([tmp_path])
    assert catalog.ids == ["a/b/d.e", "a/c", "b", "Ж/ü x"]
    assert [diagram.id for diagram in catalog] == catalog.ids
    assert catalog.get("a/c").title.text == "title of a/c.yml"
    assert catalog.get("Ж/ü x").path == str(tmp_path / "Ж" / "ü x.yaml")
    assert catalog.check() == []


@pytest.mark.parametrize(
    "name", [".x.yaml", "_x.yaml", ".git/x.yaml", "_partial/x.yaml", "x.yaml.bak", "x.json", "x", "x.YAML~"]
)
def test_other_files_are_left_out(name: str, tmp_path: Path) -> None:
    write(tmp_path, "good.yaml")
    write(tmp_path, name)
    assert Catalog([tmp_path]).ids == ["good"]


def test_a_folder_with_the_name_of_a_file_is_no_diagram(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml/inner.yaml")
    assert Catalog([tmp_path]).ids == ["x.yaml/inner"]


def test_the_same_id_in_two_folders(tmp_path: Path) -> None:
    first = write(tmp_path / "one", "x.yaml", title="first")
    second = write(tmp_path / "two", "x.yaml", title="second")
    catalog = Catalog([tmp_path / "one", tmp_path / "two"])
    assert [(item.path, item.code) for item in catalog.check()] == [(str(second), Code.DUPLICATE_ID)]
    assert str(first) in catalog.problems[0].message
    assert catalog.get("x").title.text == "first"


def test_the_same_id_by_two_suffixes(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    write(tmp_path, "x.yml")
    assert [item.code for item in Catalog([tmp_path]).check()] == [Code.DUPLICATE_ID]


def test_an_alias_leads_to_its_diagram(tmp_path: Path) -> None:
    write(tmp_path, "new/name.yaml", "aliases: [old/name, older]")
    catalog = Catalog([tmp_path])
    assert catalog.aliases == {"old/name": "new/name", "older": "new/name"}
    assert catalog.get("older") is catalog.get("new/name")
    assert ("older" in catalog, "oldest" in catalog) == (True, False)
    assert catalog.canonical("old/name") == "new/name"
    assert catalog.file("older") == tmp_path / "new" / "name.yaml"
    assert catalog.ids == ["new/name"]


def test_an_alias_of_two_diagrams(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "aliases: [old]")
    second = write(tmp_path, "b.yaml", "aliases: [old]")
    catalog = Catalog([tmp_path])
    (problem,) = catalog.check()
    assert (problem.path, problem.code) == (str(second), Code.DUPLICATE_ID)
    assert "'old' belongs to the diagram 'a'" in problem.message
    assert catalog.get("old").id == "a"


def test_folders_are_in_the_order_of_the_ids_not_in_their_own(tmp_path: Path) -> None:
    write(tmp_path / "one", "b.yaml", "aliases: [old]")
    write(tmp_path / "two", "a.yaml", "aliases: [old]")
    catalog = Catalog([tmp_path / "one", tmp_path / "two"])
    assert catalog.ids == ["a", "b"]
    assert catalog.get("old").id == "a"


def test_an_alias_that_is_an_id(tmp_path: Path) -> None:
    first = write(tmp_path, "a.yaml", "aliases: [b]")
    write(tmp_path, "b.yaml")
    catalog = Catalog([tmp_path])
    assert [(item.path, item.code) for item in catalog.check()] == [(str(first), Code.DUPLICATE_ID)]
    assert catalog.get("b").id == "b"


def test_a_missing_folder(tmp_path: Path) -> None:
    write(tmp_path / "good", "x.yaml")
    catalog = Catalog([tmp_path / "nowhere", tmp_path / "good"])
    assert [(item.path, item.code) for item in catalog.check()] == [(str(tmp_path / "nowhere"), Code.DATA_FOLDER)]
    assert "does not exist" in catalog.problems[0].message
    assert catalog.ids == ["x"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, "x.yaml")
    assert [item.code for item in Catalog([path]).check()] == [Code.DATA_FOLDER]


def test_an_empty_folder(tmp_path: Path) -> None:
    (problem,) = Catalog([tmp_path]).check()
    assert (problem.path, problem.code) == (str(tmp_path), Code.DATA_FOLDER)
    assert "holds no YAML file" in problem.message


OUTSIDE = [
    "..",
    "../x",
    "a/../../x",
    "/etc/passwd",
    "a//b",
    "./x",
    "a/",
    "",
    "C:/x",
    "C:\\x",
    "..\\x",
    "a\\b",
    "x\0",
    "a/./b",
]


@pytest.mark.parametrize("diagram_id", OUTSIDE)
def test_an_id_never_leads_out_of_the_folder(diagram_id: str, tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    write(tmp_path / "data", "y.yaml")
    catalog = Catalog([tmp_path / "data"])
    problem = asked(catalog, diagram_id)
    assert (problem.path, problem.code) == ("", Code.UNKNOWN_DIAGRAM)
    assert "is no diagram id" in problem.message
    assert catalog.candidate_paths(diagram_id) == []
    assert catalog.file(diagram_id) is None


@given(diagram_id=st.text(st.sampled_from(list("ab./\\:\0 ")), max_size=12))
def test_places_of_any_id_stay_below_the_folder(diagram_id: str) -> None:
    folder = Path("/data/here")
    if safe_id(diagram_id):
        assert Path(os.path.normpath(folder / f"{diagram_id}.yaml")).is_relative_to(folder)


def test_a_linked_file_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.yaml", title="secret")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.yaml").symlink_to(secret)
    problem = asked(Catalog([tmp_path / "data"]), "x")
    assert problem.code is Code.FILE
    assert "leads out of its data folder" in problem.message


def test_a_linked_folder_that_leaves_the_folder_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "outside", "secret.yaml")
    write(tmp_path / "data", "x.yaml")
    (tmp_path / "data" / "link").symlink_to(tmp_path / "outside")
    assert Catalog([tmp_path / "data"]).ids == ["x"]


def test_a_folder_beside_with_the_same_beginning_is_outside(tmp_path: Path) -> None:
    secret = write(tmp_path / "data-private", "x.yaml")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.yaml").symlink_to(secret)
    assert asked(Catalog([tmp_path / "data"]), "x").code is Code.FILE


def test_a_data_folder_that_is_a_link_works(tmp_path: Path) -> None:
    write(tmp_path / "real", "x.yaml")
    (tmp_path / "data").symlink_to(tmp_path / "real")
    catalog = Catalog([tmp_path / "data"])
    assert catalog.ids == ["x"]
    assert catalog.check() == []


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    path = write(tmp_path, "x.yaml")
    path.unlink()
    path.symlink_to(tmp_path / "gone.yaml")
    (problem,) = Catalog([tmp_path]).check()
    assert (problem.path, problem.code) == (str(path), Code.FILE)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "x.yaml")
    path.chmod(0)
    (problem,) = Catalog([tmp_path]).check()
    assert "cannot be read" in problem.message


def test_an_error_of_the_system_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "x.yaml")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = Catalog([tmp_path]).check()
    assert problem.message == "The file cannot be read: Permission denied."


def test_a_pipe_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.yaml")
    (problem,) = Catalog([tmp_path]).check()
    assert "not a regular file" in problem.message


@pytest.mark.parametrize(
    ("wanted", "hint"),
    [
        ("netflix/global-architectur", "Did you mean 'netflix/global-architecture'?"),
        ("global-architecture", "Did you mean 'netflix/global-architecture'?"),
        ("zzz", "Create its YAML file below a folder of 'cdc_diagram_path'."),
        ("old-nam", "Did you mean 'old-name'?"),
    ],
)
def test_an_unknown_id_names_the_nearest(wanted: str, hint: str, tmp_path: Path) -> None:
    write(tmp_path, "netflix/global-architecture.yaml", "aliases: [old-name]")
    problem = asked(Catalog([tmp_path]), wanted)
    assert problem.message.startswith(f"There is no diagram {wanted!r}.")
    assert hint in problem.message


def test_a_very_long_unknown_id_is_shortened(tmp_path: Path) -> None:
    write(tmp_path, "x.yaml")
    assert len(asked(Catalog([tmp_path]), "y" * 100_000).message) < 300


def test_a_place_is_told_for_a_file_that_may_come(tmp_path: Path) -> None:
    catalog = Catalog([tmp_path / "one", tmp_path / "two"])
    assert catalog.candidate_paths("a/b") == [tmp_path / "one" / "a" / "b.yaml", tmp_path / "two" / "a" / "b.yaml"]


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, "good.yaml")
    (tmp_path / "bad.yaml").write_text("diagram: [\n")
    write(tmp_path, "worse.yaml", "nope: 1", "direction: up")
    catalog = Catalog([tmp_path])
    assert [diagram.id for diagram in catalog] == ["good"]
    assert [Path(item.path).name for item in catalog.check()] == ["bad.yaml", "worse.yaml", "worse.yaml"]
    with pytest.raises(ProblemsError):
        catalog.get("bad")


def test_a_file_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path, "x.yaml")
    catalog = Catalog([tmp_path])
    first = catalog.get("x")
    path.unlink()
    assert catalog.get("x") is first


def test_nearest_words() -> None:
    assert nearest("timelin", ["flow", "timeline", "time"]) == ["timeline", "time"]
    assert nearest("zuul", ["netflix/zuul", "a"]) == ["netflix/zuul"]
    assert nearest("", ["a"]) == []
    assert did_you_mean("flwo", ["flow"]) == " Did you mean 'flow'?"
    assert did_you_mean("x", []) == ""


def test_a_problem_says_its_place() -> None:
    assert str(Problem("f.yaml", 3, 5, Code.YAML, "Bad.")) == "f.yaml:3:5: Bad. [yaml]"
    assert str(Problem("f.yaml", 3, 0, Code.YAML, "Bad.")) == "f.yaml:3: Bad. [yaml]"
    assert str(Problem("f.yaml", 0, 0, Code.FILE, "Bad.")) == "f.yaml: Bad. [file]"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"x\n::error::pwned.yaml", r"x\n::error::pwned"),
        (b"x\r/y.yaml", r"x\r/y"),
        (b"\x1b]0;pwned\x07\x1b[2J.yaml", r"\x1b]0;pwned\x07\x1b[2J"),
        (b"caf\xe9.yaml", r"caf\udce9"),
        ("a\u2028b.yaml".encode(), r"a\u2028b"),
        ("gpj\u202elmay.yaml".encode(), r"gpj\u202elmay"),
        (b"a\xc2\x85b.yaml", r"a\x85b"),
    ],
)
def test_a_file_name_that_no_log_can_hold_is_refused_in_one_message_on_one_line(
    name: bytes, shown: str, tmp_path: Path
) -> None:
    path = tmp_path / os.fsdecode(name)
    path.parent.mkdir(exist_ok=True)
    path.write_text("diagram: {type: flow, title: T, nodes: {a: }, aliases: [good]}\n", encoding="utf-8")
    write(tmp_path, "good.yaml")
    catalog = Catalog([tmp_path])
    assert catalog.ids == ["good"]
    (problem,) = catalog.check()
    line = str(problem)
    assert f"The name '{shown}' has characters that no log, page or archive can hold; rename the file. [file]" in line
    assert line.isprintable()


def test_file_names_in_any_script_are_fine(tmp_path: Path) -> None:
    for name in ("сбой.yaml", "故障.yaml", "a b.yaml", "e\u0301.yaml", "👩\u200d💻.yaml"):
        write(tmp_path, name)
    catalog = Catalog([tmp_path])
    assert (len(catalog.ids), catalog.check()) == (5, [])
