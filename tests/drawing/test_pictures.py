"""Where the parts of a picture stand: nothing covers a label, and the order is the author's."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

import pytest
from drawn import svg_of
from samples import read

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.foreign.bounding_boxes import bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

LONG = "Репликация изменений между центрами обработки данных и подтверждение записи"


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
    svg = svg_of(diagram, pipeline.check(diagram, engine), engine)
    root = ET.fromstring(re.sub(r' xmlns="[^"]*"', "", svg))
    for label in root.iter("text"):
        label.attrib.setdefault("font-size", root.get("font-size") or "16")
    return root


def parts(element: ET.Element, x: float = 0.0, y: float = 0.0) -> Iterator[Part]:
    """Yield every shape and text below *element*, in the order of drawing."""
    for child in element:
        if child.tag in ("title", "desc", "defs"):
            continue
        move = re.match(r"translate\(\s*([-\d.]+)(?:[\s,]+([-\d.]+))?\s*\)", child.get("transform") or "")
        if child.tag in ("g", "a"):
            yield from parts(child, x + float(move[1]), y + float(move[2] or 0)) if move else parts(child, x, y)
            continue
        picture = ET.Element("svg")
        picture.append(child)
        box = bounds(picture)
        if box is not None:
            left, top, end, low = (edge + base for edge, base in zip(box, (x, y, x, y), strict=True))
            words = " ".join("".join(row.itertext()) for row in child.iter("tspan")) or (child.text or "")
            yield Part(child.tag, words, left, top, end, low, child)


def texts(root: ET.Element) -> list[Part]:
    return [part for part in parts(root) if part.tag == "text"]


def text(root: ET.Element, words: str) -> Part:
    return next(part for part in texts(root) if words in part.words)


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


def own_mermaid(text: str, engine: Engine) -> ET.Element:
    """Return the picture of the diagram as an author's own Mermaid, which the engine draws."""
    source = "".join(f"    {line}\n" for line in pipeline.emitted(read(text), engine).text.splitlines())
    return drawn(read(f"diagram:\n  type: mermaid\n  title: T\n  source: |\n{source}"), engine)


def test_the_head_of_a_participant_holds_its_lines(engine: Engine) -> None:
    root = own_mermaid(SEQUENCE, engine)
    server = next(group for group in root.iter("g") if "--server" in (group.get("id") or ""))
    (box,) = (part for part in parts(server) if part.tag == "rect")
    assert len(texts(server)) > 3
    assert [label.words for label in texts(server) if not box.holds(label)] == []


def test_the_name_of_an_actor_stands_between_figure_and_first_step(engine: Engine) -> None:
    root = own_mermaid(SEQUENCE, engine)
    actor = next(group for group in root.iter("g") if "--client" in (group.get("id") or ""))
    figure = max(part.bottom for part in parts(actor) if part.tag in ("line", "circle"))
    tab = next(part for part in parts(root) if part.tag == "polygon")
    assert min(label.top for label in texts(actor)) >= figure
    assert max(label.bottom for label in texts(actor)) <= tab.top


def test_the_title_of_a_block_stands_beside_its_tab_and_in_its_frame(engine: Engine) -> None:
    root = own_mermaid(SEQUENCE, engine)
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


def test_no_lifeline_is_drawn_over_a_note(engine: Engine) -> None:
    # Figures are sorted among the other heads, whose groups hold their lifelines.
    steps = "  steps:\n    - {note: A note, over: [server]}\n    - {from: server, to: client, label: ask}\n"
    root = own_mermaid(SEQUENCE.partition("  steps:")[0] + steps, engine)
    everything = list(parts(root))
    note = next(at for at, part in enumerate(everything) if part.words == "A note")
    lifelines = [at for at, part in enumerate(everything) if part.tag == "line" and part.bottom - part.top > 60]
    assert lifelines
    assert max(lifelines) < note


def test_numbers_of_messages_stand_on_circles_that_cover_no_label(engine: Engine) -> None:
    root = own_mermaid(SEQUENCE, engine)
    circles = [part for part in parts(root) if part.tag == "circle" and part.right - part.left < 25]
    assert len(circles) == 2
    assert [label.words for label in texts(root) for ring in circles if label.meets(ring)] == ["1", "2"]


def middles(root: ET.Element, *words: str) -> list[tuple[float, float]]:
    return [text(root, word).middle for word in words]


def test_answers_stand_from_left_to_right_as_they_are_written(engine: Engine) -> None:
    body = """\
diagram:
  type: decision
  title: T
  questions:
    a: {ask: First?, answers: [{label: one, to: b}, {label: two, to: c}, {label: three, to: out5}]}
    c: {ask: Third?, answers: [{label: five, to: out3}, {label: six, to: d}]}
    b: {ask: Second?, answers: [{label: seven, to: out1}, {label: eight, to: out2}]}
    d: {ask: Fourth?, answers: [{label: nine, to: out4}, {label: ten, to: out6}]}
  outcomes: {out6: , out5: , out4: , out3: , out2: , out1: }
"""
    root = drawn(read(body), engine)
    for row in (("Second", "Third", "Out5"), ("Out1", "Out2", "Out3", "Fourth"), ("Out4", "Out6")):
        xs = [x for x, _ in middles(root, *row)]
        assert xs == sorted(xs), row
    answers = [x for x, _ in middles(root, "one", "two", "three")]
    assert answers == sorted(answers)


@pytest.mark.parametrize(("direction", "axis"), [("TB", 0), ("LR", 1)])
def test_groups_stand_beside_each_other_as_they_are_written(direction: str, axis: int, engine: Engine) -> None:
    names = ["First", "Second", "Third", "Fourth"]
    groups = "".join(f"    g{n}: {{name: {name}, nodes: [n{n}]}}\n" for n, name in enumerate(names))
    head = f"diagram:\n  type: flow\n  title: T\n  direction: {direction}\n"
    body = f"{head}  nodes: {{top: , n0: , n1: , n2: , n3: }}\n  groups:\n{groups}"
    body += "  flows:\n" + "".join(f"    - {{from: top, to: n{n}}}\n" for n in range(4))
    found = [middle[axis] for middle in middles(drawn(read(body), engine), *names)]
    assert found == sorted(found)
    assert len(set(found)) == 4


REGION = """\
diagram:
  type: topology
  title: T
  direction: {direction}
  regions:
    us:
      name: Region
      zones:
        a: {{name: Zone A, replicas: {{leader: }}}}
        b: {{name: Zone B, replicas: {{standby: }}}}
        c: {{name: Zone C, replicas: {{third: }}}}
  links: [{{from: leader, to: standby}}, {{from: leader, to: third}}]
"""


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_a_single_region_is_drawn_in_the_direction_of_its_topology(direction: str, engine: Engine) -> None:
    root = drawn(read(REGION.format(direction=direction)), engine)
    first, second, third = middles(root, "Leader", "Standby", "Third")
    along, across = (1, 0) if direction == "TB" else (0, 1)
    assert second[along] == third[along] > first[along] + 40
    assert second[across] < third[across]


def test_the_titles_of_groups_in_each_other_do_not_meet(engine: Engine) -> None:
    body = REGION.replace("Region", LONG).replace("Zone A", LONG).format(direction="TB")
    titles = [part for part in texts(drawn(read(body), engine)) if "Репликация" in part.words]
    assert len(titles) == 2
    assert not titles[0].meets(titles[1])


MATRIX = f"""\
diagram:
  type: matrix
  title: T
  x: {{low: {LONG}, high: {LONG}}}
  y: {{low: low, high: high}}
  quadrants: {{upper_left: {LONG}, lower_left: {LONG}}}
  items:
    a: {{name: {LONG}, details: [{LONG}], x: 2, y: 98}}
    b: {{name: {LONG}, x: 1, y: 30}}
    c: {{name: c, x: 3, y: 34}}
"""


def test_long_labels_of_a_matrix_cover_nothing(engine: Engine) -> None:
    labels = texts(drawn(read(MATRIX), engine))
    assert sum(label.words.count("Репликация") for label in labels) == 2 + 2 + 3
    assert [(a.words, b.words) for a, b in itertools.combinations(labels, 2) if a.meets(b)] == []


STATES = """\
diagram:
  type: state
  title: T
  direction: {direction}
  states:
    follower:
    candidate:
    leader: {{states: {{a: , b: }}}}
  transitions:
    - {{from: follower, to: candidate, label: the first election timeout}}
    - {{from: candidate, to: follower, label: a higher term is discovered}}
    - {{from: candidate, to: candidate, label: a split vote and again a timeout}}
    - {{from: candidate, to: leader, label: the majority of the votes}}
    - {{from: follower, to: leader, label: something else that is long}}
    - {{from: leader, to: follower, label: a higher term is discovered here too}}
    - {{from: a, to: b, label: a client writes and writes}}
    - {{from: b, to: a, label: every 50 ms or so}}
"""


@pytest.mark.parametrize("direction", ["TB", "LR"])
def test_no_label_of_a_transition_covers_another_or_a_state(direction: str, engine: Engine) -> None:
    root = own_mermaid(STATES.format(direction=direction), engine)
    labels = texts(root)
    assert len(labels) == 8 + 5
    assert [(a.words, b.words) for a, b in itertools.combinations(labels, 2) if a.meets(b)] == []
    states = [part for part in parts(root) if part.tag == "rect" and part.element.get("stroke") == "#64748c"]
    assert [(a.words, b[2:6]) for a in labels for b in states if a.meets(b, 3) and not b.holds(a, 3)] == []


def test_the_picture_of_a_state_machine_ends_where_its_states_do(engine: Engine) -> None:
    root = own_mermaid(STATES.format(direction="TB"), engine)
    left, top, width, height = (float(part) for part in (root.get("viewBox") or "").split())
    everything = list(parts(root))
    assert left + width - max(part.right for part in everything) <= 11
    assert top + height - max(part.bottom for part in everything) <= 11


def test_the_lines_of_a_table_are_straight_and_only_its_frame_is_dashed(engine: Engine) -> None:
    body = "diagram:\n  type: schema\n  title: T\n  entities:\n"
    body += "    a: {tone: caution, attributes: {id: {kind: int, keys: [PK]}, name: text}}\n"
    body += "    b: {attributes: {id: int}}\n"
    root = own_mermaid(body, engine)
    table, plain = (group for group in root.iter("g") if "cdc-node" in (group.get("class") or ""))
    assert {line.get("stroke-dasharray") for line in plain.findall("path")} == {None}
    lines = table.findall("path")
    assert [line.get("stroke-dasharray") for line in lines] == ["6 3", *[None] * (len(lines) - 1)]
    assert len(lines) > 4
    assert [line.get("d") for line in lines if re.search("[CcQqAa]", line.get("d") or "")] == []


def test_a_circle_of_failures_begins_where_it_is_written_to_begin(engine: Engine) -> None:
    body = """\
diagram:
  type: cascade
  title: T
  stages:
    one: {name: First, events: {query: }}
    two: {name: Second, events: {pool: , retries: }}
    three: {name: Third, events: {search: }}
  spread:
    - {from: query, to: pool}
    - {from: pool, to: retries}
    - {from: retries, to: query}
    - {from: retries, to: search}
"""
    ys = [y for _, y in middles(drawn(read(body), engine), "Query", "Pool", "Retries", "Search")]
    assert ys == sorted(ys)
