"""Where the parts of a picture stand: nothing covers a label, and the order is the author's."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest

from sphinx_diagram_ext import pipeline
from sphinx_diagram_ext.svg.bounds import bounds

from .samples import good, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

LONG = "Репликация изменений между центрами обработки данных с подтверждением записи"


class Part(NamedTuple):
    """A shape or a text of a picture, where it stands in the whole."""

    tag: str
    words: str
    left: float
    top: float
    right: float
    bottom: float
    element: ET.Element

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: Part, room: float = 1.0) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > room
            and min(self.bottom, other.bottom) - max(self.top, other.top) > room
        )

    def holds(self, other: Part, room: float = 1.0) -> bool:
        return (
            self.left - room <= other.left
            and other.right <= self.right + room
            and self.top - room <= other.top
            and other.bottom <= self.bottom + room
        )


def drawn(diagram: Diagram, engine: Engine) -> ET.Element:
    diagram = pipeline.inspect(diagram, engine)
    svg = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    return ET.fromstring(re.sub(r' xmlns="[^"]*"', "", svg))


def parts(element: ET.Element, x: float = 0.0, y: float = 0.0) -> Iterator[Part]:
    """Yield every shape and text below *element*, in the order of drawing."""
    for child in element:
        if child.tag in ("title", "desc", "defs"):
            continue
        move = re.match(r"translate\(\s*([-\d.]+)(?:[\s,]+([-\d.]+))?\s*\)", child.get("transform") or "")
        right, down = (x + float(move[1]), y + float(move[2] or 0)) if move else (x, y)
        if child.tag in ("g", "a"):
            yield from parts(child, right, down)
            continue
        box = bounds(ET.fromstring(f"<svg>{ET.tostring(child, encoding='unicode')}</svg>"))
        if box is not None:
            left, top, end, low = box
            if move:
                left, top, end, low = (left - float(move[1]), top - float(move[2] or 0), end, low)
                end, low = end - float(move[1]), low - float(move[2] or 0)
            words = " ".join("".join(row.itertext()) for row in child.iter("tspan")) or (child.text or "")
            yield Part(child.tag, words, left + right, top + down, end + right, low + down, child)


def texts(root: ET.Element) -> list[Part]:
    return [part for part in parts(root) if part.tag == "text"]


def text(root: ET.Element, words: str) -> Part:
    return next(part for part in texts(root) if words in part.words)


TIMELINE = """\
diagram:
  type: timeline
  title: T
  direction: {direction}
  sections:
    - name: First
      events:
        - {{time: "09:00", events: [one thing with a name that takes two lines]}}
        - {{time: "10:00", events: [another thing, and a second thing with a name that takes two lines]}}
    - name: Second
      tone: problem
      events:
        - {{time: some time of the day with a long name, events: [last thing]}}
"""


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_no_box_of_a_timeline_covers_another(direction: str, engine: Engine) -> None:
    root = drawn(read(TIMELINE.format(direction=direction)), engine)
    boxes = [part for part in parts(root) if part.tag == "rect"]
    assert len(boxes) == 2 + 3 + 4
    assert [(a.top, b.top) for a, b in itertools.combinations(boxes, 2) if a.meets(b, 0)] == []
    assert all(any(box.holds(label) for box in boxes) for label in texts(root))


def test_the_rows_of_a_timeline_stand_at_even_distances(engine: Engine) -> None:
    body = "".join(f'        - {{time: "0{hour}:00", events: [thing]}}\n' for hour in range(6))
    root = drawn(
        read(f"diagram:\n  type: timeline\n  title: T\n  direction: TB\n  sections:\n    - events:\n{body}"), engine
    )
    tops = sorted(part.top for part in texts(root) if "00" in part.words)
    assert len({round(low - high, 1) for high, low in itertools.pairwise(tops)}) == 1


def test_an_event_of_a_timeline_is_one_node_with_its_time_and_its_boxes(engine: Engine) -> None:
    root = drawn(good("timeline"), engine)
    nodes = [group for group in root.iter("g") if "cdc-node" in (group.get("class") or "")]
    assert [len(node.findall("text")) for node in nodes] == [2, 3, 2]
    assert all(node[0].tag == "rect" for node in nodes)


SEQUENCE = f"""\
diagram:
  type: sequence
  title: T
  numbered: true
  participants:
    client: {{name: {LONG}, role: actor, details: [{LONG}]}}
    server: {{name: Server, details: [one, two, {LONG}]}}
  steps:
    - loop: {LONG}
      steps:
        - alt:
            - when: {LONG}
              steps: [{{from: client, to: server, label: ask}}]
            - when: otherwise
              steps: [{{from: server, to: server, label: append to its own log}}]
"""


def test_the_head_of_a_participant_holds_its_lines(engine: Engine) -> None:
    root = drawn(read(SEQUENCE), engine)
    server = next(group for group in root.iter("g") if "--server" in (group.get("id") or ""))
    (box,) = (part for part in parts(server) if part.tag == "rect")
    assert len(texts(server)) > 3
    assert [label.words for label in texts(server) if not box.holds(label)] == []


def test_the_name_of_an_actor_stands_between_figure_and_first_step(engine: Engine) -> None:
    root = drawn(read(SEQUENCE), engine)
    actor = next(group for group in root.iter("g") if "--client" in (group.get("id") or ""))
    figure = max(part.bottom for part in parts(actor) if part.tag in ("line", "circle"))
    tab = next(part for part in parts(root) if part.tag == "polygon")
    assert min(label.top for label in texts(actor)) >= figure
    assert max(label.bottom for label in texts(actor)) <= tab.top


def test_the_title_of_a_block_stands_beside_its_tab_and_in_its_frame(engine: Engine) -> None:
    root = drawn(read(SEQUENCE), engine)
    frames = [group for group in root.iter("g") if group.find("polygon") is not None]
    assert len(frames) == 2
    for frame in frames:
        inner = list(parts(frame))
        tab = next(part for part in inner if part.tag == "polygon")
        right = max(part.right for part in inner if part.tag == "line")
        word, *titles = (part for part in inner if part.tag == "text")
        assert tab.holds(word)
        assert titles
        assert [title.words for title in titles if title.meets(tab) or title.right > right] == []


def test_numbers_of_messages_stand_on_circles_that_cover_no_label(engine: Engine) -> None:
    root = drawn(read(SEQUENCE), engine)
    circles = [part for part in parts(root) if part.tag == "circle" and part.right - part.left < 25]
    assert len(circles) == 2
    assert [label.words for label in texts(root) for ring in circles if label.meets(ring)] == ["1", "2"]
