"""Pictures of schedules."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import read
from scene_checks import LONG, WIDTHS, WORD, faults, rows, said, scene_of, work

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing.dates import Dates
from sphinx_diagram_ext.drawing.renderers import NARROW, WIDE
from sphinx_diagram_ext.drawing.renderers.calendar import Calendar
from sphinx_diagram_ext.drawing.scene import Box, Hook, Line
from sphinx_diagram_ext.drawing.scene import Path as Shape
from sphinx_diagram_ext.model import Schedule, translate
from sphinx_diagram_ext.scaffold import find_templates

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.geometry import Rect
    from sphinx_diagram_ext.drawing.scene import Item, Scene
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

ROOT = Path(__file__).parents[3]

SHORT = """\
diagram:
  type: migration
  title: T
  phases:
    move:
      name: Move
      tasks:
        copy: {name: Copy, start: 2026-01-12, end: 2026-02-02, details: [by night]}
        dual: {name: Dual write, kind: dual-write, start: 2026-02-02, end: 2026-04-20}
        cut: {name: Cut over, kind: cut-over, at: 2026-03-16}
        off: {name: Off, at: 2026-04-27}
"""

HOSTILE = f"""\
diagram:
  type: migration
  title: T
  phases:
    one:
      name: {LONG}
      tasks:
        a: {{name: {LONG}, details: [{WORD}], start: 1999-12-31, end: 2000-01-01, kind: way-back}}
        b: {{name: {WORD}, at: 2026-01-01}}
        c: {{start: 1999-12-31, end: 2026-01-02, kind: dual-write}}
        d: {{start: 1999-12-31, end: 2012-01-02}}
        e: {{start: 2012-12-31, end: 2026-01-02, name: שלום עולם 🎉}}
    two: {{name: {WORD}, tasks: {{f: {{at: 1999-12-31}}}}}}
"""


def every() -> dict[str, Diagram]:
    catalog = Catalog([ROOT / "data", ROOT / "docs" / "examples"])
    found = {id_: catalog.get(id_) for id_ in catalog.ids}
    found |= {f"template {name}": one.diagram() for name, one in find_templates().items()}
    found |= {"short": read(SHORT), "hostile": read(HOSTILE)}
    one = "diagram:\n  type: migration\n  title: T\n  phases: {p: {tasks: {t: {%s}}}}\n"
    found |= {f"one {days}": read(one % days) for days in ("at: 2026-01-01", "start: 0001-01-01, end: 9999-12-31")}
    found |= {f"edge {day}": read(one % f"at: {day}") for day in ("0001-01-01", "9999-12-31")}
    return {name: diagram for name, diagram in found.items() if diagram.type == "migration"}


EVERY = every()


def outline(node: Item) -> Rect:
    """Return the bar or the rhombus of a task; before it stands the room of its row."""
    shape = node.parts[1]
    assert isinstance(shape, Box | Shape)
    return shape.rect


def nodes(scene: Scene) -> dict[str, Item]:
    return {node.key: node for node in scene.of(Hook.NODE)}


def axis_texts(scene: Scene) -> list[str]:
    return [" ".join(text.rows) for item in scene.of(Hook.AXIS) for text in item.texts]


@pytest.mark.parametrize("language", ["en", "ru", "tlh"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", list(EVERY))
def test_a_schedule_has_no_faults_and_says_everything(name: str, width: float, language: str, engine: Engine) -> None:
    diagram = EVERY[name]
    scene = scene_of(diagram, width, engine, language)
    assert faults(scene, width) == []
    body = diagram.body
    assert isinstance(body, Schedule)
    words = [phase.label.text for phase in body.phases]
    words += [text.text for node in body.nodes for text in (node.label, *node.details[1:])]
    assert [text for text in words if "".join(text.split()) not in said(scene)] == []
    assert list(nodes(scene)) == [node.key for node in body.nodes]


def test_bars_are_where_their_days_are(engine: Engine) -> None:
    scene = scene_of(SHORT, WIDE, engine)
    found = {key: outline(node) for key, node in nodes(scene).items()}
    assert found["copy"].right == pytest.approx(found["dual"].left)
    assert found["cut"].centre[0] == pytest.approx(
        found["dual"].left + found["dual"].width * (dt.date(2026, 3, 16) - dt.date(2026, 2, 2)).days / 77
    )
    assert found["copy"].width / found["dual"].width == pytest.approx(21 / 77)


def test_the_year_is_written_once_and_months_begin_at_their_lines(engine: Engine) -> None:
    scene = scene_of(SHORT, WIDE, engine)
    assert axis_texts(scene) == ["2026", "Jan", "Feb", "Mar", "Apr"]
    texts = [text for item in scene.of(Hook.AXIS) for text in item.texts][1:]
    lines = {part.points[0][0] for item in scene.of(Hook.AXIS) for part in item.parts if isinstance(part, Line)}
    assert {text.rect.left for text in texts} < lines
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("language", "days"),
    [
        ("en", ["Jan 12 - Feb 2", "Feb 2 - Apr 20", "Mar 16", "Apr 27"]),
        ("ru", ["12 янв. - 2 февр.", "2 февр. - 20 апр.", "16 мар.", "27 апр."]),
        ("de", ["12. Jan. - 2. Feb.", "2. Feb. - 20. Apr.", "16. März", "27. Apr."]),
        ("pt_BR", ["12 de jan. - 2 de fev.", "2 de fev. - 20 de abr.", "16 de mar.", "27 de abr."]),
        ("tlh", ["2026-01-12 - 2026-02-02", "2026-02-02 - 2026-04-20", "2026-03-16", "2026-04-27"]),
    ],
)
def test_days_are_written_in_the_language_of_the_page(language: str, days: list[str], engine: Engine) -> None:
    for width in WIDTHS:
        texts = (text for item in scene_of(SHORT, width, engine, language).of(Hook.NODE) for text in item.texts)
        found = [row.replace(" \u2013 ", " - ") for text in texts for row in text.rows]
        assert [row for row in found if row in days] == days


def test_what_a_translator_wrote_for_the_days_is_kept(engine: Engine) -> None:
    def change(message: object) -> object:
        text = getattr(message, "text", "")
        return type(message)("середина марта") if text == "2026-03-16" else message  # type: ignore[call-arg]

    diagram = translate(read(SHORT), change)  # type: ignore[arg-type]
    assert "середина марта" in rows(scene_of(diagram, WIDE, engine))
    assert "Mar 16" not in rows(scene_of(diagram, WIDE, engine))


def test_a_list_says_the_whole_time_once_and_years_where_there_are_two(engine: Engine) -> None:
    assert axis_texts(scene_of(SHORT, NARROW, engine)) == ["Jan 12 \u2013 Apr 27, 2026"]
    scene = scene_of(SHORT.replace("at: 2026-04-27", "at: 2027-04-27"), NARROW, engine)
    assert axis_texts(scene) == ["Jan 12, 2026 \u2013 Apr 27, 2027"]
    assert "Mar 16, 2026" in rows(scene)


def test_no_line_of_the_grid_runs_through_a_bar(engine: Engine) -> None:
    scene = scene_of(SHORT, WIDE, engine)
    lines = [part.points for item in scene.of(Hook.AXIS) for part in item.parts if isinstance(part, Line)]
    bars = [outline(node) for node in nodes(scene).values()]
    assert [bar for bar, points in itertools.product(bars, lines) if bar.met_by(points)] == []


@given(st.dates(), st.dates())
def test_a_calendar_holds_its_days_and_has_a_few_ticks_with_room(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    calendar = Calendar(first, last, 100, 600, Dates("en"))
    assert calendar.ticks == sorted(set(calendar.ticks))
    assert 2 <= len(calendar.ticks) <= 11
    assert 100 <= calendar.x(first) <= calendar.x(last) <= 600.001
    labels = list(calendar.labels())
    assert all(x + 8 <= after for (x, _), (after, _) in itertools.pairwise(labels))
    assert len(list(calendar.years())) <= len(labels)


DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 31))
WORDS = st.text("abc Жщ x-", min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_days_are_drawn_without_faults(engine: Engine, data: st.DataObject) -> None:
    lines = ["diagram:", "  type: migration", "  title: T", "  phases:"]
    for phase in range(data.draw(st.integers(1, 3))):
        lines += [f"    p{phase}:", f'      name: "{data.draw(WORDS)}"', "      tasks:"]
        for task in range(data.draw(st.integers(1, 5))):
            start, end = sorted((data.draw(DAYS), data.draw(DAYS)))
            days = f"at: {start}" if start == end or data.draw(st.booleans()) else f"start: {start}, end: {end}"
            lines.append(f'        t{phase}{task}: {{name: "{data.draw(WORDS)}", {days}}}')
    diagram = read("\n".join(lines) + "\n")
    for width in WIDTHS:
        assert faults(scene_of(diagram, width, engine), width) == []


def test_many_tasks_take_work_in_proportion(engine: Engine) -> None:
    def tasks(count: int) -> Diagram:
        day = dt.date(2026, 1, 1)
        lines = [
            f"        t{n}: {{start: {day + dt.timedelta(n)}, end: {day + dt.timedelta(n + 9)}}}\n"
            for n in range(count)
        ]
        return read(f"diagram:\n  type: migration\n  title: T\n  phases:\n    p:\n      tasks:\n{''.join(lines)}")

    for width in WIDTHS:
        assert work(tasks(320), width, engine) < 10 * work(tasks(40), width, engine)
