"""Pictures of sequences: what stands where between lifelines and in the list, in both widths."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import good, read

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.renderers import NARROW, WIDE, Space
from sphinx_diagram_ext.drawing.renderers.sequence import draw
from sphinx_diagram_ext.drawing.renderers.sequence_labels import label, plan
from sphinx_diagram_ext.drawing.renderers.sequence_lifelines import without
from sphinx_diagram_ext.drawing.scene import STRONG, Box, Head, Hook, Line, Path, Text
from sphinx_diagram_ext.model import (
    Arrow,
    Block,
    Diagram,
    Exchange,
    Message,
    Node,
    Note,
    Role,
    Sequence,
    Stretch,
    Tone,
    reading_order,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.scene import Item, Scene
    from sphinx_diagram_ext.model import Step

BOTH = pytest.mark.parametrize("width", [WIDE, NARROW])
LONG = "Репликация изменений между центрами обработки данных с подтверждением записи"  # noqa: RUF001
RIGHT_TO_LEFT = "שכפול שינויים בין מרכזי הנתונים"


def diagram(body: Sequence) -> Diagram:
    return Diagram("some/id", "sequence", Message("Title"), body)


def scene_of(body: Sequence, width: float = WIDE) -> Scene:
    return draw(diagram(body), body, Space(width))


def people(*names: str) -> tuple[Node, ...]:
    return tuple(Node(name, Message(name)) for name in names)


def say(source: str, target: str, text: str = "says", arrow: Arrow = Arrow.CALL) -> Exchange:
    return Exchange(source, target, Message(text), arrow)


def note(text: str, *over: str) -> Note:
    return Note(Message(text), over)


def loop(title: str, *steps: Step) -> Block:
    return Block("loop", ((Message(title), steps),))


def stretch(text: str, tone: Tone, over: tuple[str, ...], *steps: Step) -> Stretch:
    return Stretch(Note(Message(text), over), tone, steps)


def texts(scene: Scene) -> list[Text]:
    return [text for item in scene.items for text in item.texts]


def text_of(scene: Scene, words: str) -> Text:
    return next(text for text in texts(scene) if words in " ".join(text.rows))


def lifelines(scene: Scene) -> list[Line]:
    return [part for item in scene.of(Hook.LIFELINE) for part in item.parts if isinstance(part, Line)]


def arrows(scene: Scene) -> list[Line]:
    return [part for item in scene.of(Hook.EDGE) for part in item.parts if isinstance(part, Line)]


def boxes(scene: Scene) -> list[tuple[Item, Rect]]:
    """Return the items that are a shape with texts inside, and the shape: heads, chips, notes, tabs."""
    found = [(item, item.parts[0]) for item in scene.items if item.texts and len(item.parts) > 1]
    return [(item, part.rect) for item, part in found if isinstance(part, Box | Path)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def said(body: Sequence) -> Iterator[str]:
    """Yield every text of a sequence."""
    for node in body.participants:
        yield from (node.label.text, *(detail.text for detail in node.details))
    for step, _ in plan(body.steps):
        if isinstance(step, Exchange):
            yield step.label.text
        elif isinstance(step, Note):
            yield step.text.text
        elif isinstance(step, Stretch):
            yield step.note.text.text
        else:
            yield from (step.kind, *(title.text for title, _ in step.branches))


def faults(scene: Scene, body: Sequence) -> list[str]:
    """Return what is drawn badly or is not drawn."""
    ink = [(text, text.rect) for text in texts(scene)]
    wrong = [
        f"{one.rows} covers {other.rows}" for (one, a), (other, b) in itertools.combinations(ink, 2) if a.meets(b, -0.5)
    ]
    covered = [rect for _, rect in boxes(scene)]
    for line in (*lifelines(scene), *arrows(scene)):
        for text, rect in ink:
            if rect.grown(-0.5).met_by(line.points) and not any(box.holds(rect) for box in covered):
                wrong.append(f"a line crosses {text.rows}")
    for item, rect in boxes(scene):
        for text in item.texts:
            room = Rect(rect.left + 7.5, rect.top + 4, rect.right - 7.5, rect.bottom - 4)
            if not room.holds(text.rect, 0.1):
                wrong.append(f"{text.rows} is too near to its border")
    for (item, one), (other, two) in itertools.combinations(boxes(scene), 2):
        if one.meets(two, -0.5):
            wrong.append(f"{item.texts} is on {other.texts}")
    drawn = [squeezed("".join("".join(text.rows) for text in item.texts)) for item in scene.items]
    wrong += [f"{words} is not said" for words in said(body) if not any(squeezed(words) in part for part in drawn)]
    return wrong


KEYS = ("a", "b", "c", "d", "e")
WORDS = st.one_of(
    st.text("abcdefgh  ", min_size=1, max_size=60).filter(str.strip),
    st.sampled_from([LONG, RIGHT_TO_LEFT, "Ж" * 200, "x", "AppendEntries\nterm: 42\nprevLogIndex: 999", "👩‍🚀 up"]),
)
MESSAGES = WORDS.map(Message)
OVER = st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True).map(tuple)
NOTES = st.builds(Note, MESSAGES, OVER)
EXCHANGES = st.builds(Exchange, st.sampled_from(KEYS), st.sampled_from(KEYS), MESSAGES, st.sampled_from(Arrow))
TONES = st.sampled_from([Tone.PROBLEM, Tone.CAUTION, Tone.HEALTHY])


def _nested(steps: st.SearchStrategy[Step]) -> st.SearchStrategy[Step]:
    some = st.lists(steps, max_size=3).map(tuple)
    branches = st.lists(st.tuples(MESSAGES, some), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Block, st.sampled_from(["loop", "opt", "alt", "par"]), branches),
        st.builds(Stretch, NOTES, TONES, some),
    )


STEPS = st.lists(st.recursive(st.one_of(EXCHANGES, NOTES), _nested, max_leaves=6), max_size=6).map(tuple)
BODIES = st.builds(
    Sequence,
    st.tuples(
        *(
            st.builds(
                Node,
                st.just(key),
                MESSAGES,
                st.lists(MESSAGES, max_size=1).map(tuple),
                st.sampled_from(Role),
                st.sampled_from(Tone),
            )
            for key in KEYS
        )
    ),
    STEPS,
    st.booleans(),
)


@BOTH
@settings(max_examples=60, deadline=None)
@given(body=BODIES)
def test_any_sequence_is_drawn_without_a_fault(width: float, body: Sequence) -> None:
    scene = scene_of(body, width)
    assert faults(scene, body) == []
    assert scene.rect.width <= width + 0.5


@BOTH
@pytest.mark.parametrize("count", [1, 2, 3])
@settings(max_examples=30, deadline=None)
@given(steps=STEPS, numbered=st.booleans())
def test_few_participants_are_drawn_without_a_fault(
    width: float, count: int, steps: tuple[Step, ...], *, numbered: bool
) -> None:
    keys = dict(zip(KEYS, itertools.cycle(KEYS[:count]), strict=False))

    def known(step: Step) -> Step:
        if isinstance(step, Exchange):
            return Exchange(keys[step.source], keys[step.target], step.label, step.arrow)
        if isinstance(step, Note):
            return Note(step.text, tuple(dict.fromkeys(keys[key] for key in step.over)))
        if isinstance(step, Stretch):
            over = tuple(dict.fromkeys(keys[key] for key in step.note.over))
            return Stretch(Note(step.note.text, over), step.tone, tuple(map(known, step.steps)))
        return Block(step.kind, tuple((title, tuple(map(known, inner))) for title, inner in step.branches))

    body = Sequence(people(*KEYS[:count]), tuple(map(known, steps)), numbered)
    scene = scene_of(body, width)
    # Between three lifelines on a phone the fields of a message may have no room.
    assert lifelines(scene) or (count == 3 and width == NARROW and any(len(text.rows) > 1 for text in texts(scene)))
    assert faults(scene, body) == []
    assert scene.rect.width <= width + 0.5


@BOTH
@pytest.mark.parametrize("name", ["sequence", "protocol", "failure-sequence"])
def test_the_nodes_are_in_reading_order_and_begin_with_their_outline(width: float, name: str) -> None:
    text = {
        "sequence": "{from: a, to: c, label: x}",
        "protocol": "{from: c, to: a, label: x, fields: {term: 1}}",
        "failure-sequence": "{failure: x, steps: [{from: b, to: a, label: y}]}",
    }[name]
    names = "{c: Third, a: {role: actor}, b: {role: database, link: 'https://example.org/'}}"
    found = read(f"diagram:\n  type: {name}\n  title: T\n  participants: {names}\n  steps: [{text}]\n")
    scene = draw(found, found.body, Space(width))
    nodes = scene.of(Hook.NODE)
    assert [item.key for item in nodes] == reading_order(found) == ["c", "a", "b"]
    assert all(isinstance(item.parts[0], Box | Path) for item in nodes)
    assert [item.link for item in nodes] == ["", "", "https://example.org/"]


def test_heads_are_level_and_equal_and_so_are_their_names() -> None:
    nodes = (
        Node("a", Message("App"), role=Role.ACTOR),
        Node("b", Message("Base"), role=Role.DATABASE),
        Node("c", Message("Events"), role=Role.QUEUE),
    )
    heads = scene_of(Sequence(nodes, (say("a", "b"),))).of(Hook.NODE)
    rects = [item.parts[0].rect for item in heads]
    assert len({(rect.top, rect.bottom, rect.width) for rect in rects}) == 1
    assert len({item.texts[0].baseline for item in heads}) == 1


@BOTH
def test_messages_are_one_below_the_other_from_lifeline_to_lifeline(width: float) -> None:
    body = Sequence(people("a", "b"), (say("a", "b", "one"), say("b", "a", "two", Arrow.REPLY), say("a", "b", "three")))
    scene = scene_of(body, width)
    left, right = sorted({line.points[0][0] for line in lifelines(scene)})
    ends = [(line.points[0][0], line.points[-1][0]) for line in arrows(scene)]
    assert ends == [(left, right), (right, left), (left, right)]
    heights = [line.points[0][1] for line in arrows(scene)]
    assert heights == sorted(set(heights))
    for words, line in zip(("one", "two", "three"), arrows(scene), strict=True):
        found = text_of(scene, words)
        assert 4 <= line.points[0][1] - found.rect.bottom < 8
        assert left < found.rect.left < found.rect.right < right


def test_every_kind_of_message_has_a_line_of_its_own() -> None:
    steps = tuple(say("a", "b", arrow, arrow) for arrow in Arrow)
    lines = dict(zip(Arrow, arrows(scene_of(Sequence(people("a", "b"), steps))), strict=True))
    assert [lines[arrow].head for arrow in Arrow] == [Head.ARROW, Head.OPEN, Head.OPEN, Head.CROSS]
    assert [arrow for arrow in Arrow if lines[arrow].dash] == [Arrow.REPLY]
    assert lines[Arrow.LOST].points[-1][0] <= lines[Arrow.CALL].points[-1][0] - 10


def test_the_label_of_a_distant_message_stands_in_the_gap_beside_its_source() -> None:
    body = Sequence(people("a", "b", "c", "d"), (say("a", "d", "far"), say("d", "a", "back")))
    scene = scene_of(body)
    xs = sorted({line.points[0][0] for line in lifelines(scene)})
    far, back = text_of(scene, "far").rect, text_of(scene, "back").rect
    assert xs[0] < far.left < far.right < xs[1]
    assert xs[2] < back.left < back.right < xs[3]
    # Nothing stands in the way of a lifeline.
    assert len(lifelines(scene)) == 4


def test_a_label_that_no_gap_holds_interrupts_the_lifelines() -> None:
    word = "x" * 60
    scene = scene_of(Sequence(people("a", "b", "c", "d", "e"), (say("a", "e", word),)))
    rect = text_of(scene, word).rect
    assert len(lifelines(scene)) > 5
    assert [line for line in lifelines(scene) if rect.met_by(line.points)] == []


def test_a_message_to_oneself_is_a_loop_at_the_right_with_its_label_beside() -> None:
    scene = scene_of(Sequence(people("a", "b"), (say("a", "a", "thinks"), say("b", "b", "works"))))
    for line, words in zip(arrows(scene), ("thinks", "works"), strict=True):
        (x, top), (out, _), _, (back, bottom) = line.points
        assert back == x < out < text_of(scene, words).rect.left
        assert top < bottom
        assert top < text_of(scene, words).rect.centre[1] < bottom


@BOTH
def test_numbers_count_the_messages_and_stand_where_they_begin(width: float) -> None:
    steps = (say("a", "b", "one"), loop("again", say("b", "a", "two")), say("a", "a", "three"))
    scene = scene_of(Sequence(people("a", "b"), steps, numbered=True), width)
    numbers = [text for text in texts(scene) if text.font is STRONG and text.rows[0].isdigit()]
    assert [text.rows for text in numbers] == [("1",), ("2",), ("3",)]
    for number, line in zip(numbers, arrows(scene), strict=True):
        assert abs(number.rect.centre[1] - line.points[0][1]) < 2
        assert abs(number.x - line.points[0][0]) < 12


def test_without_numbers_none_are_drawn() -> None:
    assert "1" not in {
        row for text in texts(scene_of(Sequence(people("a", "b"), (say("a", "b"),)))) for row in text.rows
    }


def test_a_note_covers_the_lifelines_that_it_is_over_and_no_other() -> None:
    steps = (note("one", "b"), note("two", "b", "c"), note(LONG, "d"), say("a", "d"))
    scene = scene_of(Sequence(people("a", "b", "c", "d"), steps))
    xs = sorted({line.points[0][0] for line in lifelines(scene)})
    notes = [rect for item, rect in boxes(scene) if item.hook is Hook.NONE]
    covered = [[at for at, x in enumerate(xs) if rect.left < x < rect.right] for rect in notes]
    assert covered == [[1], [1, 2], [3]]


@BOTH
def test_blocks_share_their_sides_and_hold_what_is_in_them(width: float) -> None:
    inner = Block("alt", ((Message("yes"), (say("a", "b", "ok"),)), (Message("no"), (say("b", "a", "refused"),))))
    body = Sequence(people("a", "b"), (loop("first", inner), loop("second", say("a", "b", "last"))))
    scene = scene_of(body, width)
    outer, nested, second = (item.parts[0].rect for item in scene.of(Hook.GROUP))
    assert (outer.left, outer.right) == (second.left, second.right)
    assert outer.left < nested.left < nested.right < outer.right
    assert outer.top < nested.top < nested.bottom < outer.bottom < second.top
    for words in ("yes", "ok", "no", "refused"):
        assert nested.holds(text_of(scene, words).rect)
    kinds = [item.texts[0].rows[0] for item in scene.of(Hook.TITLE) if isinstance(item.parts[0], Path)]
    assert sorted(kinds) == ["alt", "loop", "loop"]
    division = next(part for item in scene.of(Hook.NONE) for part in item.parts if isinstance(part, Line))
    assert text_of(scene, "ok").rect.bottom < division.points[0][1] < text_of(scene, "no").rect.top
    assert (division.points[0][0], division.points[1][0]) == (nested.left, nested.right)


def test_a_phase_is_named_in_a_column_that_no_lifeline_crosses() -> None:
    phase = stretch("Network splits", Tone.PROBLEM, ("a", "c"), say("a", "b", "lost", Arrow.LOST))
    scene = scene_of(Sequence(people("a", "b", "c"), (say("a", "b", "before"), phase, say("a", "b", "after"))))
    band, bar = scene.of(Hook.GROUP)[0].parts
    assert isinstance(band, Box)
    assert isinstance(bar, Box)
    assert (band.fill, bar.fill, bar.rect.width) == ("problem-fill", "problem-stroke", 3)
    remark = text_of(scene, "splits")
    assert remark.rows[0].startswith(Tone.PROBLEM.mark)
    assert band.rect.holds(remark.rect)
    assert remark.rect.right < min(line.points[0][0] for line in lifelines(scene))
    assert band.rect.holds(text_of(scene, "lost").rect)
    assert text_of(scene, "before").rect.bottom < band.rect.top
    assert band.rect.bottom < text_of(scene, "after").rect.top


def test_a_phase_stresses_the_lifelines_that_it_is_over() -> None:
    phase = stretch("splits", Tone.PROBLEM, ("b", "c"), say("a", "b"))
    scene = scene_of(Sequence(people("a", "b", "c"), (phase,)))
    xs = sorted({line.points[0][0] for line in lifelines(scene)})
    assert {line.points[0][0] for line in lifelines(scene) if line.stroke == "problem-stroke"} == set(xs[1:])
    everybody = stretch("splits", Tone.PROBLEM, ("a", "c"), say("a", "b"))
    scene = scene_of(Sequence(people("a", "b", "c"), (everybody,)))
    assert {line.stroke for line in lifelines(scene)} == {"group-line"}


@BOTH
def test_a_failure_without_steps_is_a_box_over_its_participants(width: float) -> None:
    event = stretch("No heartbeat", Tone.CAUTION, ("b",))
    scene = scene_of(Sequence(people("a", "b"), (say("a", "b"), event)), width)
    item, rect = next((item, rect) for item, rect in boxes(scene) if "! No heartbeat" in item.texts[0].rows)
    assert isinstance(item.parts[0], Box)
    assert (item.parts[0].stroke, item.parts[0].dash) == ("caution-stroke", "5 3")
    x = max(line.points[0][0] for line in lifelines(scene))
    assert rect.left < x < rect.right


def test_many_participants_become_a_list_that_names_both_ends() -> None:
    names = tuple(f"Participant {number}" for number in range(12))
    body = Sequence(people(*names), (say(names[0], names[11], "far"), note("here", names[3], names[5])), numbered=True)
    scene = scene_of(body)
    assert lifelines(scene) == []
    words = [" ".join(text.rows) for text in texts(scene)]
    assert words.count("Participant 0") == words.count("Participant 11") == 2
    assert "Participant 3 \N{EN DASH} Participant 5" in words
    assert faults(scene, body) == []


def test_a_list_cuts_a_long_name_in_chips_only() -> None:
    nodes = (Node("a", Message(LONG * 3)), *people("b", "c", "d"))
    scene = scene_of(Sequence(nodes, (say("a", "b"),)), NARROW)
    heads = squeezed("".join("".join(text.rows) for item in scene.of(Hook.NODE) for text in item.texts))
    assert squeezed(LONG * 3) in heads
    assert any(text.rows[-1].endswith("…") and len(text.rows) == 3 for text in texts(scene))


def test_a_list_breaks_no_word_of_a_name_and_needs_no_hyphen() -> None:
    nodes = people("Kafka Connect", "connect-offsets", "a", "b")
    scene = scene_of(Sequence(nodes, (say("Kafka Connect", "connect-offsets"), say("a", "b"))), NARROW)
    chips = [item.texts[0].rows for item in scene.items if item.hook is Hook.NONE and item.texts]
    assert chips == [("Kafka Connect",), ("connect-offsets",), ("a",), ("b",)]


def test_long_names_in_a_list_are_below_each_other_and_whole() -> None:
    names = ("Controller of the replication of orders", "Registry of schemas and of their compatibility", "c", "d")
    scene = scene_of(Sequence(people(*names), (say(names[0], names[1]),)), NARROW)
    source, target = (item for item in scene.items if item.hook is Hook.NONE and item.texts)
    assert [" ".join(item.texts[0].rows) for item in (source, target)] == list(names[:2])
    assert target.parts[0].rect.top > source.parts[0].rect.bottom
    (edge,) = (line for item in scene.of(Hook.EDGE) for line in item.parts)
    assert edge.points[0][1] == source.parts[0].rect.bottom
    assert edge.points[-1][0] == target.parts[0].rect.left > source.parts[0].rect.left


def test_fields_that_would_break_between_three_lifelines_make_a_list_on_a_phone() -> None:
    steps = (say("Ann", "Bob", "RequestVote\nlastLogIndexOfLeader: 9"),)
    assert lifelines(scene_of(Sequence(people("Ann", "Bob", "Cid"), steps), NARROW)) == []
    assert lifelines(scene_of(Sequence(people("Ann", "Bob"), steps), NARROW))
    assert lifelines(scene_of(Sequence(people("Ann", "Bob", "Cid"), (say("Ann", "Bob", "vote\nterm: 9"),)), NARROW))


def test_names_are_repeated_below_a_high_picture_only() -> None:
    low, high = (scene_of(Sequence(people("Ann", "Bob"), (say("Ann", "Bob"),) * count)) for count in (3, 40))
    assert [" ".join(text.rows) for text in texts(low)].count("Ann") == 1
    assert [" ".join(text.rows) for text in texts(high)].count("Ann") == 2
    assert [item.key for item in high.of(Hook.NODE)] == ["Ann", "Bob"]


def test_fields_are_lines_of_their_own_in_a_softer_ink() -> None:
    scene = scene_of(Sequence(people("a", "b"), (say("a", "b", "AppendEntries\nterm: 42\nindex: 7"),)))
    (name, fields) = scene.of(Hook.EDGE_LABEL)[0].texts
    assert (name.rows, name.ink) == (("AppendEntries",), "text")
    assert (fields.rows, fields.ink) == (("term: 42", "index: 7"), "muted")


@BOTH
def test_the_good_sample_has_no_fault(width: float) -> None:
    found = good("sequence")
    assert isinstance(found.body, Sequence)
    assert faults(scene_of(found.body, width), found.body) == []


@BOTH
@pytest.mark.parametrize(
    "body", [Sequence((), ()), Sequence(people("a"), ()), Sequence(people("a", "b"), (loop("x"),))]
)
def test_almost_nothing_is_drawn_too(width: float, body: Sequence) -> None:
    assert faults(scene_of(body, width), body) == []


def test_a_thousand_messages_are_drawn_with_a_part_each() -> None:
    """The parts of a picture grow with its messages, not with their square."""
    names = tuple("abcdefgh")

    def parts(count: int) -> int:
        steps = tuple(say(names[at % 8], names[at * 3 % 8], f"message {at}") for at in range(count))
        return sum(len(item.parts) for item in scene_of(Sequence(people(*names), steps)).items)

    few, many = parts(100), parts(1000)
    assert many < 11 * few


def test_lines_of_a_label_are_about_as_long_as_each_other() -> None:
    found = label("one two three four five six seven eight", 180)
    assert len(found.name) == 2
    widths = [found.font.width(row) for row in found.name]
    assert min(widths) > 0.7 * max(widths)


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 60)), max_size=12))
def test_a_lifeline_is_drawn_where_no_text_is(found: list[tuple[int, int]]) -> None:
    gaps = sorted((start, start + height) for start, height in found)
    pieces = without(gaps, 0, 300)
    assert all(
        not (start < end and low < high) for low, end in pieces for start, high in gaps if low < high and start < end
    )
    kept = sum(end - start for start, end in pieces)
    lost = sum(1 for at in range(300) if any(start <= at < end for start, end in gaps))
    assert kept <= 300 - lost
    assert 300 - lost - kept <= 8 * (len(gaps) + 1)
