"""Mermaid source of an author's own, within bounds; characters that stand for something else."""

from __future__ import annotations

import textwrap
from xml.etree import ElementTree as ET

import pytest
from drawn import adapted, svg_of
from samples import problems_of, read
from work import work

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.foreign import Labels
from sphinx_diagram_ext.drawing.ids import ANCHOR
from sphinx_diagram_ext.engine import Drawing
from sphinx_diagram_ext.errors import MAX_HINTS, Code, ProblemsError, nearest
from sphinx_diagram_ext.limits import DEFAULT_LIMITS
from sphinx_diagram_ext.mermaid.source import Line


def mermaid(source: str) -> str:
    return "diagram:\n  type: mermaid\n  title: T\n  source: |\n" + textwrap.indent(source, "    ")


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("flowchart TB\n" + "a\n" * DEFAULT_LIMITS.lines, 5 + DEFAULT_LIMITS.lines, "lines, more than 2000"),
        ("block-beta\n" + "block\n" * 1900 + "a\n" + "end\n" * 90, 45, "Blocks are nested more than 40 levels deep"),
        ("flowchart TB\n" + "-->".join(f"n{i}" for i in range(401)), 5, "The diagram has 401 nodes, more than 400"),
        (
            f"flowchart TB\n{'&'.join(f'a{i}' for i in range(40))} --> {'&'.join(f'b{i}' for i in range(40))}",
            5,
            "The diagram has 1600 edges, more than 1000",
        ),
        (f"flowchart TB\n  a[{'x' * 2001}]", 5, "A label has 2001 characters, more than 2000"),
    ],
    ids=["lines", "blocks", "nodes", "edges", "label"],
)
def test_mermaid_source_beyond_its_bounds_is_a_problem_with_its_line(engine, source, line, said):
    with pytest.raises(ProblemsError) as caught:
        pipeline.inspect(read(mermaid(source)), engine)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert (problem.line, problem.code) == (line, Code.SCHEMA)


def test_the_character_of_anchors_cannot_be_written_as_an_entity_code(engine):
    for text in ("#1048576;", "&#1048576;", "&#x100000;", "#x100000;"):
        diagram = pipeline.inspect(read(mermaid(f'flowchart TB\n  a["{text}title"] --> b')), engine)
        svg = svg_of(diagram, pipeline.check(diagram, engine), engine)
        root = ET.fromstring(svg)
        assert ANCHOR not in "".join(root.itertext())
        assert len({element.get("id") for element in root.iter() if element.get("id")}) == svg.count(' id="')


def test_a_label_of_private_use_characters_is_no_placeholder_where_labels_stand_in_the_picture():
    labels = Labels("T", texts={"\U000f0000": Line("other")})
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" id="cdc"><text>\U000f0000</text></svg>'
    assert "other" in adapted(Drawing(drawing, set_aside=True), labels)
    assert "other" not in adapted(Drawing(drawing, set_aside=False), labels)


@pytest.mark.parametrize("code", ["\\n", "\\r", "\\L", "\\P", "\\N"])
def test_a_key_is_one_line(code):
    (problem,) = problems_of(f'diagram:\n  type: flow\n  title: T\n  nodes: {{"a{code}b": A}}\n')
    assert "holds a character that cannot be shown" in problem.message
    assert problem.line == 4


def test_an_explanation_is_bounded():
    text = "diagram:\n  type: flow\n  title: T\n  nodes: {{a: {{explain: {}}}}}\n"
    assert read(text.format("x" * 8_000)).nodes[0].explain
    (problem,) = problems_of(text.format("x" * 8_001))
    assert "8000" in problem.message
    assert problem.line == 4


def states(count: int) -> str:
    """Return a diagram of so many states, with as many transitions between states that are not there."""
    names = "".join(f"    state-of-affairs-number-{i}: x\n" for i in range(count))
    edges = "".join(f"  - {{from: state-of-affair-no-{i}, to: state-of-affair-nr-{i}}}\n" for i in range(count))
    return f"diagram:\n  type: state\n  title: T\n  states:\n{names}  transitions:\n{edges}"


def test_suggestions_for_mistyped_names_do_not_take_the_square_of_their_number():
    assert work(lambda: problems_of(states(400))) < 6 * work(lambda: problems_of(states(100)))


def test_the_first_mistyped_names_of_a_file_have_suggestions_and_all_are_named():
    problems = [item.message for item in problems_of(states(100))]
    assert len(problems) == 200
    assert [" Did you mean " in message for message in problems] == [True] * 20 + [False] * 180


def test_a_name_is_found_among_more_than_are_compared():
    known = [f"module-{number}/part-{number}" for number in range(5_000)] + ["netflix/global-architecture"]
    assert nearest("netflix/globl-architecture", known) == ["netflix/global-architecture"]
    assert work(lambda: nearest("netflix/globl-architecture", known)) < 20 * len(known)


@pytest.mark.parametrize(
    "lines",
    [
        "".join(f"  titel{i}: x\n" for i in range(300)),
        f"  lint: {{ignore: [{','.join(f'namin{i}' for i in range(300))}]}}\n",
        "  flows:\n" + "  - {from: a, to: a, tone: bleu}\n" * 300,
    ],
    ids=["keys", "rules", "tones"],
)
def test_wrong_values_beyond_a_number_are_counted_not_listed(lines):
    problems = problems_of("diagram:\n  type: flow\n  title: T\n  nodes: {a: x}\n" + lines)
    assert len(problems) == 201
    assert [item.message for item in problems if "listed" in item.message] == [
        "100 values are wrong besides those that are listed; correct these first."
    ]
    assert sum("Did you mean" in item.message for item in problems) <= MAX_HINTS


def test_suggestions_are_in_one_order_whatever_the_hash_seed():
    known = {f"n{number:02}/zuul-and-its-many-filters-{number:02}" for number in range(60)}
    assert nearest("netflix/zuul", known) == sorted(known)[:3]


@pytest.mark.parametrize(
    ("nodes", "said"),
    [
        ("".join(f"    a{i}: {'x' * 1_990}\n" for i in range(102)), "The labels have 202,980 characters together"),
        ("    a: {name: x, details: [" + "word, " * 60_000 + "]}\n", "values once its aliases are followed"),
        ("    a: {name: x, details: [" + "a longer word, " * 17_000 + "]}\n", "The labels have 221,001 characters"),
        (
            "".join(f"    a{i}: {{explain: {'x' * 7_900}}}\n" for i in range(13)),
            "The explanations have 102,700 characters together, more than 100,000; write pages and refer to them.",
        ),
        (
            f"    a: {{explain: &e {'x' * 7_900}}}\n" + "".join(f"    b{i}: {{explain: *e}}\n" for i in range(12)),
            "102,700",
        ),
        (
            f"    a: {{details: [&d {'x' * 1_990}{', *d' * 40_000}]}}\n",
            "aliases of the file repeat more than 1,000,000",
        ),
    ],
    ids=["labels", "values", "details", "explanations", "explanations by aliases", "details by aliases"],
)
def test_texts_are_bounded_together_too(nodes, said):
    (problem,) = problems_of(f"diagram:\n  type: flow\n  title: T\n  nodes:\n{nodes}")
    assert said in problem.message


def test_texts_at_their_bounds_are_fine():
    labels = "".join(f"    a{i}: {'x' * 1_990}\n" for i in range(100))
    texts = "".join(f"    b{i}: {{name: B, explain: {'x' * 7_900}}}\n" for i in range(12))
    assert len(read(f"diagram:\n  type: flow\n  title: T\n  nodes:\n{labels}{texts}").nodes) == 112
