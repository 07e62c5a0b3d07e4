"""Days, zones and order of the events of a timeline."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from samples import problems_of, read
from scene_checks import WIDTHS, faults, rows, scene_of

from sphinx_diagram_ext.mermaid import emit
from sphinx_diagram_ext.model import Timeline
from sphinx_diagram_ext.plaintext import draw_text, text_list

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Engine

OUTAGE = """\
diagram:
  type: timeline
  title: T
  date: 2018-10-21
  zone: UTC
  sections:
    - events:
        - {time: "22:52", until: "23:02", events: Partition, key: partition}
        - {unknown: the log was lost, events: Alarm}
    - events:
        - {time: "00:05", date: 2018-10-22, events: Plan}
        - {time: "11:12", events: Primaries, tone: healthy}
"""


def test_a_date_holds_until_the_next_one() -> None:
    body = read(OUTAGE).body
    assert isinstance(body, Timeline)
    assert [event.day for event in body.events] == [dt.date(2018, 10, 21)] * 2 + [dt.date(2018, 10, 22)] * 2
    assert [event.known for event in body.events] == [True, False, True, True]
    assert body.zone is not None
    assert (body.zone.text, body.zone.line) == ("UTC", 5)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("direction", ["LR", "TB"])
def test_days_zone_end_and_unknown_times_are_drawn(direction: str, width: float, engine: Engine) -> None:
    scene = scene_of(OUTAGE.replace("title: T", f"title: T\n  direction: {direction}"), width, engine)
    assert faults(scene, width) == []
    found = rows(scene)
    for text in ("UTC", "Oct 21, 2018", "Oct 22, 2018", "22:52 \u2013 23:02", "? the log was lost", "00:05", "11:12"):
        assert found.count(text) == 1, text


def test_the_day_of_all_events_is_above_them_with_the_zone(engine: Engine) -> None:
    text = OUTAGE.replace(", date: 2018-10-22", "").replace("00:05", "23:05").replace("11:12", "23:12")
    assert rows(scene_of(text, WIDTHS[0], engine, "ru"))[0] == "21 окт. 2018\u202f\u0433., UTC"


def test_text_and_mermaid_say_days_zone_and_end(engine: Engine) -> None:
    diagram = read(OUTAGE)
    listed = text_list(diagram)
    drawn = draw_text(diagram, engine, 80) or ""
    mermaid = emit(diagram).text
    assert "- Oct 21, 2018 22:52 \u2013 23:02 UTC: Partition\n- ? the log was lost: Alarm\n" in listed
    assert "- 11:12: Primaries (healthy)\n" in listed
    for text in (drawn, mermaid.replace("<br>", " ").replace("#58;", ":")):
        said = "".join(text.split())
        for words in ("2018-10-21", "22:52", "23:02", "UTC", "?thelogwaslost", "2018-10-22", "11:12"):
            assert words in said


@pytest.mark.parametrize(
    ("wrong", "line", "found", "before"),
    [
        ((", date: 2018-10-22", ""), 11, "2018-10-21 at 00:05", "2018-10-21 at 22:52"),
        (("2018-10-22", "2018-10-20"), 11, "2018-10-20 at 00:05", "2018-10-21 at 22:52"),
        (('"11:12"', "2018-10-21 23:59:59"), 12, "2018-10-21 at 23:59:59", "2018-10-22 at 00:05"),
    ],
)
def test_events_out_of_order_are_an_error(wrong: tuple[str, str], line: int, found: str, before: str) -> None:
    (problem,) = problems_of(OUTAGE.replace(*wrong))
    assert problem.line == line
    message = f"It is on {found}, before the event above it, on {before};"
    assert problem.message == f"{message} put them in order, or give the next day a 'date'."


@pytest.mark.parametrize("times", [("23:30", "00:05"), ("9:00", "09:00"), ("noon", "1:00"), ("25:00", "1:00")])
def test_times_that_cannot_be_compared_are_in_any_order(times: tuple[str, str]) -> None:
    one, other = times
    text = f"diagram:\n  type: timeline\n  title: T\n  sections: [{{events: [{{time: '{one}', events: x}}"
    assert len(read(f"{text}, {{time: '{other}', events: y}}]}}]\n").nodes) == 2


def test_a_time_is_known_or_not() -> None:
    text = "diagram:\n  type: timeline\n  title: T\n  sections:\n    - events:\n        - {events: x%s}\n"
    for more in ("", ", time: '1', unknown: lost"):
        (problem,) = problems_of(text % more)
        assert problem.line == 6
        assert "wanted either 'time' or 'unknown', which says why the time is not known" in problem.message
