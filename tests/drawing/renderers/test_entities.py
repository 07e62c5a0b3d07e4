"""Pictures of entities: tables, relations and crow's feet, in both widths."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import more_samples
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scene_geometry import badly_drawn, lines, outlines, words

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.drawing.renderers.crow_feet import LENGTH, foot
from sphinx_diagram_ext.drawing.renderers.entity_table import table
from sphinx_diagram_ext.drawing.scene import DETAIL, STRONG, Circle, Hook, Line, Scene, Text
from sphinx_diagram_ext.drawing.scene import Path as Shape
from sphinx_diagram_ext.model import (
    Attribute,
    Count,
    Diagram,
    Direction,
    Entities,
    Entity,
    Message,
    Node,
    Relation,
    messages,
    reading_order,
)
from sphinx_diagram_ext.scaffold import find_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTHS = (WIDE, NARROW)
ONE_TO_MANY = (Count.ONE, Count.MANY)


def drawn(diagram: Diagram, width: float = WIDE) -> Scene:
    return RENDERERS[Entities](diagram, diagram.body, Space(width))


def attribute(name: str, kind: str, *keys: str, remark: str = "") -> Attribute:
    return Attribute(Message(name), Message(kind), keys, Message(remark) if remark else None)


def entity(key: str, *attributes: Attribute) -> Entity:
    return Entity(Node(key, Message(key)), attributes)


def relation(source: str, target: str, label: str = "has", counts=ONE_TO_MANY, *, weak: bool = False) -> Relation:
    return Relation(source, target, Message(label), counts, weak)


def schema(*parts: Entity | Relation, direction: Direction = Direction.TB) -> Diagram:
    entities = tuple(part for part in parts if isinstance(part, Entity))
    relations = tuple(part for part in parts if isinstance(part, Relation))
    return Diagram("d", "schema", Message("T"), Entities(entities, relations, direction))


def own_diagrams() -> Iterator[tuple[str, Diagram]]:
    for name, template in find_templates().items():
        yield f"template {name}", template.diagram()
    project = Path(__file__).parents[3]
    catalog = Catalog([project / "data", project / "docs" / "examples"])
    for name in catalog.ids:
        yield name, catalog.get(name)


OWN = [(name, diagram) for name, diagram in own_diagrams() if isinstance(diagram.body, Entities)]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("name", "diagram"), OWN, ids=[name for name, _ in OWN])
def test_a_picture_of_our_own_has_no_fault_and_all_words(name: str, diagram: Diagram, width: float) -> None:
    scene = drawn(diagram, width)
    assert badly_drawn(scene) == []
    assert scene.rect.width <= width
    head = (diagram.title, diagram.summary)
    written = ["".join(text.text.split()) for text in messages(diagram) if text not in head]
    assert [text for text in written if text not in words(scene)] == []
    assert [item.key for item in scene.of(Hook.NODE)] == reading_order(diagram)


def test_there_are_pictures_of_our_own() -> None:
    assert len(OWN) >= 2


ORDERS = entity(
    "orders",
    attribute("id", "bigint", "PK"),
    attribute("customer", "bigint", "FK", remark="who pays"),
    attribute("placed_at", "timestamp"),
)
LINES = entity("lines", attribute("order", "bigint", "PK", "FK"))


def test_the_columns_of_a_table_are_aligned_and_primary_keys_are_bold() -> None:
    scene = drawn(schema(ORDERS))
    (node,) = scene.of(Hook.NODE)
    by_words = {text.rows[0]: text for text in node.texts}
    for column in (("id", "customer", "placed_at"), ("bigint", "timestamp"), ("PK", "FK")):
        assert len({by_words[word].x for word in column}) == 1
    order = [by_words[word].x for word in ("customer", "timestamp", "FK", "who pays")]
    assert order == sorted(set(order))
    assert [by_words[word].font for word in ("id", "customer")] == [STRONG, DETAIL]
    tops = [by_words[word].y for word in ("orders", "id", "customer", "placed_at")]
    assert tops == sorted(set(tops))


def test_the_rules_of_a_table_are_between_its_rows() -> None:
    scene = drawn(schema(ORDERS))
    (node,) = scene.of(Hook.NODE)
    rules = [part for part in node.parts if isinstance(part, Shape) and part.stroke == "group-line"]
    assert [rule.data.count("M") for rule in rules] == [2]


@pytest.mark.parametrize("direction", Direction)
def test_a_relation_ends_at_the_borders_of_its_tables(direction: Direction) -> None:
    scene = drawn(schema(ORDERS, LINES, relation("orders", "lines"), direction=direction))
    rects = outlines(scene)
    ((_, points),) = lines(scene)
    for point, key in ((points[0], "orders"), (points[-1], "lines")):
        assert rects[key].grown(0.1).has(point)
        assert not rects[key].grown(-0.1).has(point)
    feet = [part for item in scene.of(Hook.EDGE) for part in item.parts if not isinstance(part, Line)]
    assert len(feet) == 3
    assert not any(part.rect.meets(rect, -1) for part in feet for rect in rects.values())


@pytest.mark.parametrize(
    ("count", "strokes", "rings"),
    [(Count.ONE, 2, 0), (Count.OPTIONAL, 1, 1), (Count.MANY, 1, 1), (Count.SOME, 2, 0)],
)
@pytest.mark.parametrize("before", [(0.0, 100.0), (0.0, -100.0), (100.0, 0.0), (-100.0, 0.0)])
def test_a_foot_says_how_many_take_part(count: Count, strokes: int, rings: int, before) -> None:
    shape, *others = foot((0.0, 0.0), before, count)
    assert isinstance(shape, Shape)
    assert shape.data.count("M") == strokes
    assert [isinstance(part, Circle) for part in others] == [True] * rings
    along = (before[0] / 100 * LENGTH, before[1] / 100 * LENGTH)
    room = Rect(min(0.0, along[0]), min(0.0, along[1]), max(0.0, along[0]), max(0.0, along[1])).grown(6)
    assert all(room.holds(part.rect, 0.1) for part in (shape, *others))


def test_only_weak_relations_are_dashed() -> None:
    for width in WIDTHS:
        scene = drawn(schema(ORDERS, LINES, relation("orders", "lines"), relation("lines", "orders", weak=True)), width)
        found = {item.ends: part.dash for item in scene.of(Hook.EDGE) for part in item.parts if isinstance(part, Line)}
        assert found[("orders", "lines")] == ""
        assert found[("lines", "orders")] != ""


def test_a_table_that_is_too_wide_has_its_remarks_below_its_rows() -> None:
    long = entity("t", attribute("a_long_column_name", "timestamp with time zone", "PK", remark="never changes"))
    wide, narrow = table(long, 480.0), table(long, 288.0)
    assert [row.below for row in wide.rows] == [()]
    assert narrow.rows[0].below != ()
    assert narrow.width <= 288.0 < wide.width
    assert narrow.height > wide.height


def test_tables_that_do_not_fit_side_by_side_are_a_list_with_their_relations() -> None:
    many = [entity(f"t{number}", attribute("id", "bigint", "PK", remark="a remark")) for number in range(5)]
    relations = [relation("t0", f"t{number}", f"leads to {number}") for number in range(1, 5)]
    scene = drawn(schema(*many, *relations), NARROW)
    rects = list(outlines(scene).values())
    assert {rect.left for rect in rects} == {0}
    assert all(one.bottom < other.top for one, other in itertools.pairwise(rects))
    assert all(f"leadsto{number}" in words(scene) for number in range(1, 5))
    assert badly_drawn(scene) == []
    assert scene.rect.width <= NARROW


def test_a_relation_of_an_entity_with_itself_is_a_loop() -> None:
    for direction in Direction:
        scene = drawn(schema(LINES, relation("lines", "lines", "is above"), direction=direction))
        assert badly_drawn(scene) == []
        assert [ends for ends, _ in lines(scene)] == [("lines", "lines")]


def test_tables_of_a_list_on_a_phone_are_as_wide_as_what_leaves_them() -> None:
    small = [entity(f"table_of_orders_{at}", attribute("id", "int")) for at in range(4)]
    relations = [relation("table_of_orders_0", f"table_of_orders_{at}", "copied and replayed") for at in range(1, 4)]
    scene = drawn(schema(*small, *relations), NARROW)
    assert {item.parts[0].rect.width for item in scene.of(Hook.NODE)} == {NARROW}
    assert max(item.rect.right for item in scene.of(Hook.EDGE_LABEL)) <= NARROW


def test_large_schemas_are_lists() -> None:
    many = [entity(f"t{number}", attribute("id", "bigint")) for number in range(300)]
    relations = [relation(f"t{number}", f"t{number + 1}") for number in range(299)]
    for width in WIDTHS:
        scene = drawn(schema(*many, *relations), width)
        assert len(scene.items) == 299 + 300 + 299
        assert scene.rect.height < 300 * 130


def test_no_entities_are_an_empty_picture() -> None:
    assert drawn(schema()).items == []


@pytest.mark.parametrize("text", ["short text", "Ж" * 200, "слово " * 300, "مرحبا بالعالم", "🙂 " * 30, "a\nb"])
def test_any_text_has_its_place(text: str) -> None:
    diagram = more_samples.diagram_of("schema", lambda: text)
    for width in WIDTHS:
        scene = drawn(diagram, width)
        assert badly_drawn(scene) == []
        assert scene.rect.width <= width
        assert "".join(text.split()) in words(scene)


KEYS = st.sampled_from("abcd")
RELATIONS = st.lists(st.tuples(KEYS, KEYS, st.text(max_size=30), st.sampled_from(Count), st.sampled_from(Count)))


@settings(max_examples=40, deadline=None)
@given(RELATIONS.filter(lambda found: len(found) < 9), st.sampled_from(Direction), st.sampled_from(WIDTHS))
def test_any_relations_are_drawn(found, direction, width) -> None:
    relations = [relation(source, target, label, (one, other)) for source, target, label, one, other in found]
    scene = drawn(
        schema(*(entity(key, attribute("id", "int")) for key in "abcd"), *relations, direction=direction), width
    )
    assert badly_drawn(scene) == []
    assert sorted(ends for ends, _ in lines(scene)) == sorted((one.source, one.target) for one in relations)


def test_every_text_of_a_table_is_inside_it() -> None:
    scene = drawn(schema(ORDERS), NARROW)
    (node,) = scene.of(Hook.NODE)
    outline = node.parts[0].rect
    assert all(outline.holds(part.rect) for part in node.parts if isinstance(part, Text))
