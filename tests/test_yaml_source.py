"""YAML stays what was typed, and nothing in a file can hang, crash or run."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ALLOWED, flow, problems_or_none, read

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.limits import Limits
from sphinx_diagram_ext.model import Graph, Timeline
from sphinx_diagram_ext.yaml_source import YamlSource, parse_yaml

if TYPE_CHECKING:
    from pathlib import Path

ODD = [
    "no",
    "on",
    "Yes",
    "1e3",
    "0777",
    "0x1F",
    "1_000",
    "2026-01-31",
    "22:52",
    ".inf",
    "1.0",
    "true",
    "+1",
    "=",
    "<<x",
]


def parse(text: str, limits: Limits | None = None) -> YamlSource:
    return parse_yaml(text, "file.yaml", limits or Limits())


def problem_of(text: str, limits: Limits | None = None) -> Problem:
    with pytest.raises(ProblemsError) as caught:
        parse(text, limits)
    assert len(caught.value.problems) == 1
    return caught.value.problems[0]


def file_problem(folder: Path, content: bytes) -> Problem:
    (folder / "x.yaml").write_bytes(content)
    found = Catalog([folder]).check()
    assert len(found) == 1
    assert found[0].path == str(folder / "x.yaml")
    return found[0]


@pytest.mark.parametrize("word", ODD)
def test_words_stay_text_through_a_whole_diagram(word: str) -> None:
    text = f"diagram:\n  type: flow\n  title: {word}\n  nodes:\n    {word}: {word}\n  tags: [{word}]\n"
    text += f"  flows:\n    - {{from: {word}, to: {word}, label: {word}}}\n"
    diagram = read(text)
    assert isinstance(diagram.body, Graph)
    (node,), (edge,) = diagram.body.nodes, diagram.body.edges
    assert (diagram.title.text, node.key, node.label.text, diagram.meta.tags) == (word, word, word, (word,))
    assert (edge.source, edge.target, edge.label and edge.label.text) == (word, word, word)


@pytest.mark.parametrize("word", ODD)
def test_words_stay_text_in_a_timeline(word: str) -> None:
    text = "diagram:\n  type: timeline\n  title: T\n  sections:\n    - events:\n"
    text += f"        - time: {word}\n          events: {word}\n"
    body = read(text).body
    assert isinstance(body, Timeline)
    event = body.periods[0].events[0]
    assert (event.time.text, event.node.label.text) == (word, word)


@pytest.mark.parametrize(("word", "wanted"), [("true", True), ("yes", True), ("false", False), ("off", False)])
def test_a_truth_value_is_read_where_one_is_meant(word: str, *, wanted: bool) -> None:
    diagram = read(f"diagram: {{type: flow, title: T, nodes: {{a: }}, illustration: {word}}}\n")
    assert diagram.meta.illustration is wanted


@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL"])
def test_null_is_no_text(null: str) -> None:
    assert parse(f"a: {null}\nb: 1\n").data == {"a": None, "b": "1"}


@pytest.mark.parametrize("quoted", ['"null"', "'~'", '""'])
def test_quoted_null_is_text(quoted: str) -> None:
    assert parse(f"a: {quoted}\n").data == {"a": quoted[1:-1]}


def test_a_key_that_stands_twice_is_an_error_with_both_lines() -> None:
    problem = problem_of("a: 1\nb: 2\na: 3\n")
    assert (problem.line, problem.column, problem.code) == (3, 1, Code.YAML)
    assert "'a' stands here a second time; the first is on line 1" in problem.message


def test_every_repeated_key_is_reported() -> None:
    with pytest.raises(ProblemsError) as caught:
        parse("a:\n  x: 1\n  x: 2\na: 3\nb: [{c: 1, c: 2}]\n")
    assert [(item.line, item.column) for item in caught.value.problems] == [(3, 3), (4, 1), (5, 12)]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    problem = problem_of(text)
    assert (problem.line, problem.column) == (1, 1)
    assert "empty" in problem.message


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: b: c\n", 1, 5),
        ("a: 1\nb: [1, 2\nc: 3\n", 2, 4),
        ("a: 1\n\tb: 2\n", 2, 1),
        ("a: 'open\n", 1, 4),
        ("a: 1\n b: 2\n", 2, 2),
        ("a: @x\n", 1, 4),
        ("a: `x`\n", 1, 4),
        ("a: %x\n", 1, 4),
    ],
)
def test_not_yaml(text: str, line: int, column: int) -> None:
    problem = problem_of(text)
    assert (problem.line, problem.column, problem.code) == (line, column, Code.YAML)
    assert problem.message.startswith("This is not YAML: ")


def test_a_second_document_is_an_error_at_its_start() -> None:
    problem = problem_of("a: 1\n---\nb: 2\n")
    assert (problem.line, problem.column) == (2, 1)
    assert "more than one YAML document" in problem.message


@pytest.mark.parametrize(
    "value",
    [
        "!foo x",
        "!foo",
        "!<tag:x,1:y> z",
        "!foo [x]",
        "!foo {x: y}",
        "!!python/object/apply:os.system ['true']",
        "!!python/object/apply:os.system 'true'",
        "!!set {x}",
        "!!omap [{x: y}]",
        "{!foo x: y}",
    ],
)
def test_a_tag_of_another_kind_is_refused(value: str) -> None:
    problem = problem_of(f"a:\n  b: {value}\n")
    assert "is not allowed; leave it out." in problem.message
    assert problem.line == 2


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:pathlib.Path.touch", "!!python/object/new:pathlib.Path", "!foo", "!!set"]
)
def test_a_tag_runs_nothing(tag: str, tmp_path: Path) -> None:
    target = tmp_path / "touched"
    with pytest.raises(ProblemsError):
        parse(f"a: {tag} ['{target}']\n")
    assert not target.exists()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("!!int 5", "5"),
        ("!!binary aGk=", "aGk="),
        ("! x", "x"),
        ("!<tag:yaml.org,2002:str> x", "x"),
        ("!!str no", "no"),
    ],
)
def test_a_tag_of_yaml_itself_leaves_text(value: str, text: str) -> None:
    assert parse(f"a: {value}\n").data == {"a": text}


def test_a_billion_laughs_end_in_an_error() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]" for number in range(1, 12)]
    problem = problem_of("\n".join(lines))
    assert "more than 50000 values once its aliases are followed" in problem.message


def test_an_alias_bomb_in_a_mapping_ends_in_an_error() -> None:
    lines = ["a0: &a0 {k: v, l: v}"]
    lines += [f"a{number}: &a{number} {{k: *a{number - 1}, l: *a{number - 1}}}" for number in range(1, 60)]
    assert problem_of("\n".join(lines)).code is Code.YAML


@pytest.mark.parametrize("text", ["a: &a [*a]\n", "a: &a {b: *a}\n", "&a [*a]\n", "a: *nowhere\n"])
def test_an_alias_without_a_finished_anchor_is_an_error(text: str) -> None:
    assert "has no anchor before it" in problem_of(text).message


def test_an_alias_stands_for_its_value_and_has_a_place_of_its_own() -> None:
    source = parse("a: &x {b: [1]}\nc: *x\n")
    assert source.data == {"a": {"b": ["1"]}, "c": {"b": ["1"]}}
    assert source.mark(("c", "b", 0)).line == 2


@pytest.mark.parametrize(
    "text",
    [
        "[" * 1000 + "]" * 1000,
        "{a: " * 1000 + "}" * 1000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        "- " * 1000 + "x",
        "[" * 200_000,
        "a0: &a0 [x]\n" + "".join(f"a{number}: &a{number} [*a{number - 1}]\n" for number in range(1, 1000)),
    ],
    ids=["flow lists", "flow mappings", "block mappings", "block lists", "open lists", "aliases"],
)
def test_deep_nesting_is_an_error(text: str) -> None:
    assert "Nested more than 40 levels deep" in problem_of(text).message


@pytest.mark.parametrize(("levels", "fits"), [(3, True), (4, False)])
def test_the_limit_of_nesting_is_exact(levels: int, *, fits: bool) -> None:
    text = "[" * levels + "x" + "]" * levels
    if fits:
        assert parse(text, Limits(depth=3)).data == [[["x"]]]
    else:
        assert "Nested more than 3 levels" in problem_of(text, Limits(depth=3)).message


def test_the_limit_of_values_is_exact() -> None:
    assert parse("[a, b, c]", Limits(values=4)).data == ["a", "b", "c"]
    assert "more than 3 values" in problem_of("[a, b, c]", Limits(values=3)).message


@pytest.mark.parametrize(("text", "column"), [("? [a]\n: b\n", 3), ("{a: b}: c\n", 1), ("a: &x k\n*x : 3\n", 1)])
def test_a_key_is_text(text: str, column: int) -> None:
    problem = problem_of(text)
    assert (problem.message, problem.column) == ("A key must be plain text.", column)


def test_merge_keys_are_refused() -> None:
    assert "Merge keys" in problem_of("a: &x {b: 1}\nc:\n  <<: *x\n").message


@pytest.mark.parametrize(
    ("text", "code_point", "column"),
    [
        ("a: x\n\x01: y\n", "U+0001", 1),
        ("a: x\nb: \x00\n", "U+0000", 4),
        ("a: x\nb: \x1b[0m\n", "U+001B", 4),
        ("a: x\nb: \x7f\n", "U+007F", 4),
        ("a: x\nb: \x9f\n", "U+009F", 4),
        ('a: x\nb: "\\x01"\n', "U+0001", 4),
        ('a: x\nb: "\\0"\n', "U+0000", 4),
        ('a: x\nb: "\\e"\n', "U+001B", 4),
        ('a: x\nb: "\\uffff"\n', "U+FFFF", 4),
        ("a: x\nb: \ufffe\n", "U+FFFE", 4),
    ],
)
def test_a_character_that_xml_cannot_hold_is_an_error(text: str, code_point: str, column: int) -> None:
    problem = problem_of(text)
    assert code_point in problem.message
    assert (problem.line, problem.column) == (2, column)


@pytest.mark.parametrize("text", ['a: "\\ud800"\n', 'a: "\\udfff"\n', 'a: "\\U00110000"\n', 'a: "\\ud83d\\ude00"\n'])
def test_an_escape_that_is_no_character_is_an_error(text: str) -> None:
    problem = problem_of(text)
    assert problem.line == 1
    assert "escape code" in problem.message


def test_a_lone_surrogate_in_the_text_is_an_error() -> None:
    problem = problem_of("a: 1\nb: x\ud800y\n")
    assert (problem.line, problem.column) == (2, 5)
    assert "U+D800" in problem.message


def test_the_character_that_stands_for_anchors_is_refused() -> None:
    assert "U+100000" in problem_of('a: "\\U00100000"\n').message


def test_separators_of_lines_become_line_breaks() -> None:
    assert parse('a: "x\\Ny\\Lz\\Pw"\n').data == {"a": "x\ny\nz\nw"}


def test_line_ends_of_windows() -> None:
    source = parse("a: 1\r\nb: |\r\n  x\r\n  y\r\nc: 3\r\n")
    assert source.data == {"a": "1", "b": "x\ny\n", "c": "3"}
    assert source.mark(("c",)).line == 5


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    text = "diagram: {type: flow, title: T, nodes: {a: }}\n"
    (tmp_path / "x.yaml").write_bytes(codecs.BOM_UTF8 + text.encode())
    assert Catalog([tmp_path]).get("x").title.text == "T"


def test_a_file_that_is_not_utf_8_tells_the_line(tmp_path: Path) -> None:
    problem = file_problem(tmp_path, b"diagram:\n  type: flow\n  title: caf\xe9\n")
    assert (problem.line, problem.code) == (3, Code.FILE)
    assert "not UTF-8" in problem.message


def test_a_file_of_utf_16_is_an_error(tmp_path: Path) -> None:
    assert file_problem(tmp_path, "diagram: {}\n".encode("utf-16")).code is Code.FILE


def test_a_file_too_large_is_refused_without_reading_all_of_it(tmp_path: Path) -> None:
    with (tmp_path / "x.yaml").open("wb") as stream:
        stream.write(b"diagram:\n")
        stream.truncate(20_000_000_000)
    (problem,) = Catalog([tmp_path]).check()
    assert "larger than 1,000,000 bytes" in problem.message


def test_a_file_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    text = "diagram: {type: flow, title: T, nodes: {a: }}\n#"
    (tmp_path / "x.yaml").write_text(text)
    assert Catalog([tmp_path], Limits(file_bytes=len(text))).check() == []
    assert "larger" in Catalog([tmp_path], Limits(file_bytes=len(text) - 1)).check()[0].message


@given(text=st.text() | st.text(st.sampled_from(list("ab: \n-[]{}&*!|>'\"%@`#,?~\t\\u0")), max_size=60))
def test_any_text_raises_nothing_but_problems(text: str) -> None:
    found = problems_or_none(text)
    assert {item.path for item in found} <= {"file.yaml"}
    assert [item for item in found if not 1 <= item.line <= len(text.splitlines()) + 1] == []


@given(content=st.binary() | st.text().map(lambda text: text.encode("utf-16")))
def test_any_bytes_raise_nothing_but_problems(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    assert all(item.code in (Code.FILE, Code.YAML, Code.SCHEMA) for item in Catalog([tmp_path]).check())


NESTED = st.recursive(
    st.text(ALLOWED, max_size=8).map(lambda text: text.replace("\u2028", "").replace("\u2029", "")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4),
    max_leaves=15,
)


def written(
    value: Any, indent: int, path: tuple[Any, ...], lines: list[str], places: dict[Any, tuple[int, int]]
) -> None:
    """Write *value* as block YAML and note where every key and value stands."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for part, item in items:
        head = f"{' ' * indent}{part}:" if isinstance(value, dict) else f"{' ' * indent}-"
        if item and not isinstance(item, str):
            lines.append(head)
            first = next(iter(item))
            places[(*path, part)] = (len(lines) + 1, indent + 3)
            assert first is not None
            written(item, indent + 2, (*path, part), lines, places)
        else:
            lines.append(f"{head} {flow(item)}")
            places[(*path, part)] = (len(lines), len(head) + 2)


@given(data=st.dictionaries(st.text("abc", min_size=1), NESTED, min_size=1, max_size=5), first=st.integers(1, 9))
def test_values_and_their_places_are_right(data: dict[str, Any], first: int) -> None:
    lines: list[str] = []
    places: dict[Any, tuple[int, int]] = {}
    written(data, 0, (), lines, places)
    source = parse_yaml("\n".join(lines) + "\n", "file.yaml", first_line=first)
    assert source.data == data
    found = {path: (mark.line, mark.column) for path, mark in source.values.items() if path}
    assert found == {path: (line + first - 1, column) for path, (line, column) in places.items()}


def test_a_place_that_is_not_there_is_that_of_what_holds_it() -> None:
    source = parse("a:\n  b: [x, y]\n")
    assert source.mark(("a", "b", 7, "c")).line == 2
    assert source.mark(("z",)).line == 1
    assert (source.mark(("a", "b")).column, source.mark(("a", "b"), key=True).column) == (6, 3)
