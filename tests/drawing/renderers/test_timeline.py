"""Pictures of timelines."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import good, read
from scene_checks import LONG, WIDTHS, WORD, faults, scene_of, unsaid, work

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.renderers import NARROW, WIDE
from sphinx_diagram_ext.drawing.scene import NAME, STRONG, Circle, Hook, Line, Text
from sphinx_diagram_ext.scaffold import find_templates

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Item, Scene
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

ROOT = Path(__file__).parents[3]

TIMELINE = """\
diagram:
  type: timeline
  title: T
  direction: {direction}
  sections:
    - name: First
      events:
        - {{time: "09:00", events: [one thing]}}
        - {{time: "10:00", events: [another thing, and a second thing with a name that takes two lines]}}
    - name: Second
      tone: problem
      events:
        - {{time: some time of the day with a long name, events: [last thing]}}
"""

HOSTILE = f"""\
diagram:
  type: timeline
  title: T
  direction: TB
  sections:
    - name: {LONG}
      tone: caution
      events:
        - {{time: {LONG}, events: [{LONG}, {WORD}]}}
        - {{time: {WORD}, events: [{WORD}], tone: problem}}
    - name: {WORD}
      events: [{{time: x, events: שלום עולם 🎉}}]
    - events: [{{time: "0", events: "0"}}]
"""


def every() -> dict[str, Diagram]:
    catalog = Catalog([ROOT / "data", ROOT / "docs" / "examples"])
    found = {id_: catalog.get(id_) for id_ in catalog.ids}
    found |= {f"template {name}": one.diagram() for name, one in find_templates().items()}
    found |= {f"timeline {direction}": read(TIMELINE.format(direction=direction)) for direction in ("LR", "TB")}
    found |= {"good": good("timeline"), "hostile": read(HOSTILE), "hostile LR": read(HOSTILE.replace("TB", "LR"))}
    return {name: diagram for name, diagram in found.items() if diagram.type == "timeline"}


EVERY = every()


def of_font(item: Item, size: float, *, bold: bool = True) -> list[Text]:
    return [text for text in item.texts if (text.font.size, text.font.bold) == (size, bold)]


def times(scene: Scene) -> list[Text]:
    return [of_font(node, STRONG.size)[0] for node in scene.of(Hook.NODE)]


def columns(count: int, sections: int = 1) -> str:
    event = "        - {time: '0%d:00', events: thing}\n"
    body = "".join("    - events:\n" + "".join(event % n for n in range(count)) for _ in range(sections))
    return f"diagram:\n  type: timeline\n  title: T\n  sections:\n{body}"


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(EVERY))
def test_a_timeline_has_no_faults_and_says_everything(name: str, width: float, engine: Engine) -> None:
    diagram = EVERY[name]
    scene = scene_of(diagram, width, engine)
    assert faults(scene, width) == []
    assert unsaid(diagram, scene, but=2 if diagram.summary else 1) == []
    assert [node.key for node in scene.of(Hook.NODE)] == [node.key for node in diagram.nodes]


@pytest.mark.parametrize("width", WIDTHS)
def test_rows_of_equal_words_are_at_even_distances(width: float, engine: Engine) -> None:
    scene = scene_of(columns(6).replace("title: T", "title: T\n  direction: TB"), width, engine)
    tops = [text.baseline for text in times(scene)]
    assert len({round(low - high, 3) for high, low in itertools.pairwise(tops)}) == 1


def test_time_place_and_card_of_an_event_are_level(engine: Engine) -> None:
    scene = scene_of(TIMELINE.format(direction="TB"), WIDE, engine)
    for node, time in zip(scene.of(Hook.NODE), times(scene), strict=True):
        (name,) = of_font(node, NAME.size)
        (place,) = (part for part in node.parts if isinstance(part, Circle))
        assert time.baseline == pytest.approx(name.baseline)
        assert abs(place.y - name.rect.centre[1]) < 2
        assert time.rect.right < place.rect.left < place.rect.right < node.parts[0].rect.left
    assert len({time.rect.right for time in times(scene)}) == 1


def test_an_event_is_one_node_with_its_time_and_its_card(engine: Engine) -> None:
    for width in WIDTHS:
        nodes = scene_of(good("timeline"), width, engine).of(Hook.NODE)
        assert [len(node.texts) for node in nodes] == [2, 3, 2]


def test_few_events_are_columns_along_an_axis(engine: Engine) -> None:
    scene = scene_of(columns(5), WIDE, engine)
    assert len({text.baseline for text in times(scene)}) == 1
    lefts = [text.rect.left for text in times(scene)]
    assert lefts == sorted(set(lefts))
    (axis,) = (part for item in scene.of(Hook.AXIS) for part in item.parts if isinstance(part, Line))
    places = [part for node in scene.of(Hook.NODE) for part in node.parts if isinstance(part, Circle)]
    assert {place.y for place in places} == {axis.points[0][1]}


def test_cards_of_a_line_are_equally_high(engine: Engine) -> None:
    scene = scene_of(columns(3).replace("thing", "[thing, and more]", 1), WIDE, engine)
    cards = [item.parts[0].rect for item in scene.of(Hook.NODE)]
    assert len({card.bottom for card in cards}) == len({card.top for card in cards}) == 1


def test_more_events_are_in_two_rows_and_still_more_from_top_to_bottom(engine: Engine) -> None:
    assert len({text.baseline for text in times(scene_of(columns(4, 2), WIDE, engine))}) == 2
    assert len({text.baseline for text in times(scene_of(columns(4, 3), WIDE, engine))}) == 12
    assert len({text.baseline for text in times(scene_of(columns(4), NARROW, engine))}) == 4


def test_a_tone_is_a_tint_and_a_mark_on_the_axis(engine: Engine) -> None:
    scene = scene_of(TIMELINE.format(direction="TB"), WIDE, engine)
    marked = [[type(part).__name__ for part in node.parts].count("Path") for node in scene.of(Hook.NODE)]
    assert marked == [0, 0, 1]


WORDS = st.text("abc Жщ x-", min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_words_are_drawn_without_faults(engine: Engine, data: st.DataObject) -> None:
    tones = st.sampled_from(["neutral", "problem", "caution", "healthy", "blue"])
    lines = ["diagram:", "  type: timeline", "  title: T", "  sections:"]
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.none() | WORDS)
        lines += [
            f'    - name: "{name}"' if name else "    - name:",
            f"      tone: {data.draw(tones)}",
            "      events:",
        ]
        for _ in range(data.draw(st.integers(1, 4))):
            texts = ", ".join(f'"{text}"' for text in data.draw(st.lists(WORDS, min_size=1, max_size=3)))
            lines.append(f'        - {{time: "{data.draw(WORDS)}", events: [{texts}], tone: {data.draw(tones)}}}')
    diagram = read("\n".join(lines) + "\n")
    for width in WIDTHS:
        scene = scene_of(diagram, width, engine)
        assert faults(scene, width) == []
        assert unsaid(diagram, scene, but=1) == []


def test_many_events_take_work_in_proportion(engine: Engine) -> None:
    for width in WIDTHS:
        assert work(read(columns(90, 4)), width, engine) < 10 * work(read(columns(10, 4)), width, engine)
