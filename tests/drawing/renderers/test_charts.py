"""Bars, curves and matrices as scenes: nothing covers anything, nothing is lost, figures are at their marks."""

from __future__ import annotations

import dataclasses
import itertools
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import more_samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import flow, missing, squeezed

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.drawing.scene import Box, Circle, Hook, Line, Path, Scene, Text
from sphinx_diagram_ext.drawing.svg_writer import write
from sphinx_diagram_ext.limits import DEFAULT_LIMITS
from sphinx_diagram_ext.model import Tone, reading_order

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Item
    from sphinx_diagram_ext.model import Diagram

WIDTHS = pytest.mark.parametrize("width", [WIDE, NARROW])
TYPES = ["latency", "utilisation", "curve", "cost", "matrix"]
TEXTS = {
    "short": "short text",
    "Russian": "Репликация изменений между центрами обработки данных с подтверждением записи",  # noqa: RUF001
    "long word": "Ж" * 200,
    "long text": "a word and another " * 100,
    "right to left": "זמן תגובה של השירות",
    "emoji": "🚀🚀 up",
}


def of(kind: str, **keys: Any) -> Diagram:
    """Return a diagram of this type with these keys; figures are written as texts."""
    text = flow({"diagram": {"type": kind, "title": "T", **keys}})
    return read_diagram(text, "some/id", "file.yaml", dataclasses.replace(DEFAULT_LIMITS, nodes=2000))


def scene_of(diagram: Diagram, width: float = WIDE, language: str = "en") -> Scene:
    return RENDERERS[type(diagram.body)](diagram, diagram.body, Space(width, language))


def texts(scene: Scene) -> list[Text]:
    return [text for item in scene.items for text in item.texts]


def words(scene: Scene) -> str:
    return squeezed("".join(row for text in texts(scene) for row in text.rows))


def rows(item: Item) -> list[str]:
    return [row for text in item.texts for row in text.rows]


def find(scene: Scene, words: str) -> Text:
    (found,) = (text for text in texts(scene) if " ".join(text.rows) == words)
    return found


def box(item: Item) -> Box:
    assert isinstance(item.parts[0], Box)
    return item.parts[0]


def node(scene: Scene, key: str) -> Item:
    (found,) = (item for item in scene.of(Hook.NODE) if item.key == key)
    return found


def faults(scene: Scene, width: float) -> list[str]:
    """Return what is wrong in a scene: texts over texts, lines through texts, things outside."""
    found = []
    shown = texts(scene)
    for one, other in itertools.combinations(shown, 2):
        if one.rect.meets(other.rect, -0.5):
            found.append(f"{one.rows} covers {other.rows}")
    for text in shown:
        if text.font.size < 13:
            found.append(f"{text.rows} is small")
        for item in scene.items:
            found += [f"a line runs through {text.rows}" for part in item.parts if strikes(part, text)]
        for item in scene.of(Hook.NODE):
            mark = item.parts[0]
            inside = text in item.parts and isinstance(mark, Box) and mark.rect.grown(-8, -4).holds(text.rect, 0.1)
            if mark.rect.meets(text.rect, -0.5) and not inside:
                found.append(f"{text.rows} covers the mark of {item.key}")
    if scene.rect.width > width + 0.5:
        found.append(f"the scene is {scene.rect.width:.0f} wide")
    return found


def strikes(part: Any, text: Text) -> bool:
    if isinstance(part, Path) and not part.fill:
        start, end = (part.rect.left, part.rect.top), (part.rect.right, part.rect.bottom)
        return 0 in (part.rect.width, part.rect.height) and text.rect.crossed_by(start, end)
    return isinstance(part, Line) and text.rect.met_by(part.points)


@WIDTHS
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", TYPES)
def test_no_text_covers_anything_whatever_it_says(kind: str, text: str, width: float) -> None:
    scene = scene_of(more_samples.diagram_of(kind, lambda: TEXTS[text]), width)
    assert faults(scene, width) == []


@WIDTHS
@pytest.mark.parametrize("kind", TYPES)
def test_every_word_is_in_the_picture(kind: str, width: float) -> None:
    said: list[str] = []

    def word() -> str:
        said.append(f"word{len(said) + 101}")
        return said[-1]

    diagram = more_samples.diagram_of(kind, word)
    scene = scene_of(diagram, width)
    assert len(said) > 2
    assert missing(said, words(scene)) == []
    measures = getattr(diagram.body, "measures", ()) or getattr(diagram.body, "parts", ())
    assert [one.value for one in measures if f"{one.value:f}" not in words(scene)] == []


@WIDTHS
@pytest.mark.parametrize("kind", TYPES)
def test_the_nodes_are_in_reading_order(kind: str, width: float) -> None:
    diagram = more_samples.diagram_of(kind, lambda: "text")
    assert [item.key for item in scene_of(diagram, width).of(Hook.NODE)] == reading_order(diagram)


def test_bars_are_as_long_as_their_figures_are_large() -> None:
    scene = scene_of(of("latency", unit="ms", percentiles={"p50": "20", "p90": "20", "p99": "80.5"}))
    lengths = {item.key: box(item).rect.width for item in scene.of(Hook.NODE)}
    assert lengths["p50"] / lengths["p99"] == pytest.approx(20 / 80.5)
    assert lengths["p50"] == lengths["p90"]
    assert len({box(item).rect.left for item in scene.of(Hook.NODE)}) == 1


@WIDTHS
def test_a_figure_is_at_the_end_of_its_bar_and_says_its_unit_once(width: float) -> None:
    scene = scene_of(of("latency", unit="ms", name="Time", percentiles={"p50": "1200", "p99": "15795"}), width)
    for key, figure in (("p50", "1,200"), ("p99", "15,795")):
        bar, text = box(node(scene, key)), find(scene, figure)
        assert text.rect.left == pytest.approx(bar.rect.right + 8)
        assert text.font.bold
        assert text.rect.centre[1] == pytest.approx(bar.rect.centre[1], abs=2)
    assert words(scene).count("ms") == 1
    assert find(scene, "Time, ms")


def test_without_a_title_the_last_tick_says_the_unit() -> None:
    scene = scene_of(of("utilisation", resources={"cpu": "46", "disk": "87.5"}))
    assert [text.rows[0] for item in scene.of(Hook.AXIS) for text in item.texts] == [
        *("0", "25", "50", "75", "100\u00a0%"),
    ]
    assert rows(node(scene, "disk")) == ["disk", "87.5\u00a0%"]


def test_a_long_unit_without_a_title_is_one() -> None:
    scene = scene_of(of("latency", unit="milliseconds of the server", percentiles={"p50": "3"}))
    assert find(scene, "milliseconds of the server").y < box(node(scene, "p50")).rect.top


@WIDTHS
def test_the_limit_is_named_at_its_line_which_spares_the_figures(width: float) -> None:
    percentiles = {"p50": "27", "p95": "178", "p99": "183", "p99.9": "312"}
    limit = {"name": "SLO", "value": "200"}
    scene = scene_of(of("latency", unit="ms", limit=limit, percentiles=percentiles), width)
    lines = [
        part
        for item in scene.of(Hook.AXIS)
        for part in item.parts
        if isinstance(part, Path) and part.stroke == "problem-stroke"
    ]
    bar = box(node(scene, "p99.9")).rect
    assert {round(line.rect.left, 1) for line in lines} == {round(bar.left + bar.width * 200 / 312, 1)}
    label = find(scene, "SLO 200\u00a0ms")
    assert label.rect.bottom < min(line.rect.top for line in lines)
    assert label.rect.left < lines[0].rect.left < label.rect.right
    assert faults(scene, width) == []
    inside = find(scene, "183")
    assert box(node(scene, "p99")).rect.grown(-8, -4).holds(inside.rect)
    assert inside.ink == "blue-text"


@WIDTHS
def test_a_limit_far_above_the_figures_is_named_at_the_end_of_the_scale(width: float) -> None:
    scene = scene_of(of("latency", unit="ms", limit={"name": "SLO", "value": "1000"}, percentiles={"p50": "57"}), width)
    assert find(scene, "SLO 1,000\u00a0ms\u00a0\u2192").rect.right == pytest.approx(box(node(scene, "p50")).rect.right)
    assert not [part for item in scene.of(Hook.AXIS) for part in item.parts if part_ink(part) == "problem-stroke"]
    assert box(node(scene, "p50")).rect.width > width / 2
    limit = {"name": "link", "value": "90000"}
    scene = scene_of(curve([("1", "3000"), ("2", "9000")], limit=limit), width)
    assert find(scene, "\u2191\u00a0link 90,000")
    assert not [part for item in scene.of(Hook.AXIS) for part in item.parts if part_ink(part) == "problem-stroke"]
    (_, low), (_, high) = places(scene)
    assert low - high > 100


def part_ink(part: Any) -> str:
    return getattr(part, "stroke", "")


def test_the_scale_of_a_curve_ends_at_a_tick_above_its_points() -> None:
    scene = scene_of(curve([("1", "3633"), ("2", "3821")]))
    assert find(scene, "4,000").rect.centre[1] < min(y for _, y in places(scene))
    assert not [text for text in texts(scene) if "5,000" in text.rows]


def test_series_that_are_far_apart_have_scales_of_their_own() -> None:
    budget = {"name": "A request", "total": "10", "parts": {"db": "8", "app": "2"}}
    near = scene_of(of("latency", unit="ms", percentiles={"p50": "160"}, budget=budget))
    far = scene_of(of("latency", unit="ms", percentiles={"p50": "161"}, budget=budget))
    assert "ownscale" not in words(near)
    assert box(node(near, "db")).rect.width == pytest.approx(box(node(near, "p50")).rect.width / 20)
    assert find(far, "\u03a3 10 \u00b7 own scale")
    assert box(node(far, "db")).rect.width == pytest.approx(box(node(far, "p50")).rect.width)
    russian = scene_of(of("latency", unit="ms", percentiles={"p50": "161"}, budget=budget), language="ru")
    assert "свой масштаб" in " ".join(row for text in texts(russian) for row in text.rows)


def test_meaning_is_in_the_border_too() -> None:
    resources = {tone: {"value": "50", "tone": tone} for tone in ("neutral", "problem", "caution", "healthy")}
    scene = scene_of(of("utilisation", resources=resources))
    assert {key: (box(node(scene, key)).width, box(node(scene, key)).dash) for key in resources} == {
        "neutral": (1.3, ""),
        "problem": (2.4, ""),
        "caution": (1.8, "5 3"),
        "healthy": (1.3, ""),
    }


def test_parts_of_a_total_are_sorted_and_each_number_is_there_once() -> None:
    parts = {"a": {"amount": "7142.40"}, "b": {"amount": "21905.28", "details": ["x"]}, "c": {"amount": "5.1"}}
    scene = scene_of(of("cost", currency="$", parts=parts))
    assert [rows(item) for item in scene.of(Hook.NODE)] == [
        ["B", "$21,905.28", "75\u00a0% \u00b7 x"],
        ["A", "$7,142.40", "25\u00a0%"],
        ["C", "$5.1", "<\u00a00.1\u00a0%"],
    ]
    tops = [box(item).rect.top for item in scene.of(Hook.NODE)]
    assert tops == sorted(tops)
    assert find(scene, "Total $29,052.78")
    assert not any(
        isinstance(part, Path) and part.stroke == "group-line" for item in scene.items for part in item.parts
    )


@pytest.mark.parametrize(
    ("unit", "figure", "total"),
    [
        ("K", "$180\u00a0K", "Total $180\u00a0K"),
        ("K a month", "$180\u00a0K", "Total $180\u00a0K a month"),
        ("requests a day", "$180", "Total $180\u00a0requests a day"),
        ("a month", "$180", "Total $180\u00a0a month"),
        ("млн запросов", "$180\u00a0млн", "Total $180\u00a0млн запросов"),
    ],
)
def test_a_short_unit_is_a_sign_and_a_long_one_is_said_once(unit: str, figure: str, total: str) -> None:
    scene = scene_of(of("cost", currency="$", unit=unit, parts={"a": {"amount": "180"}}))
    assert find(scene, figure)
    assert find(scene, total)


@WIDTHS
def test_a_remark_that_does_not_fit_beside_its_bar_is_below_it(width: float) -> None:
    details = ["a remark that is much too long to be written on the line of a bar that is full" * 2]
    scene = scene_of(of("utilisation", resources={"a": {"value": "100", "details": details}, "b": "1"}), width)
    bar = box(node(scene, "a")).rect
    remark = node(scene, "a").texts[-1]
    assert len(remark.rows) > 1
    assert remark.rect.top > bar.bottom
    assert remark.rect.bottom < box(node(scene, "b")).rect.top


LOADS = [("5", "1900"), ("10", "3700"), ("20", "7000"), ("40", "9600"), ("80", "10100")]


def curve(points: list[tuple[str, str]], **keys: Any) -> Diagram:
    named = {f"p{at}": {"load": load, "value": value} for at, (load, value) in enumerate(points)}
    return of("curve", load="clients", measure="requests/s", points=named, **keys)


def places(scene: Scene) -> list[tuple[float, float]]:
    return [(item.parts[0].x, item.parts[0].y) for item in scene.of(Hook.NODE) if isinstance(item.parts[0], Circle)]


def test_loads_that_double_are_on_a_logarithmic_scale_that_says_so() -> None:
    scene = scene_of(curve(LOADS))
    xs = [x for x, _ in places(scene)]
    steps = [round(after - before, 3) for before, after in itertools.pairwise(xs)]
    assert len(set(steps)) == 1
    assert find(scene, "logarithmic scale")


def test_other_loads_are_to_scale() -> None:
    scene = scene_of(curve([("48", "3633"), ("96", "3821"), ("144", "3730"), ("288", "3819")]))
    xs = [x for x, _ in places(scene)]
    assert (xs[1] - xs[0]) / (xs[3] - xs[0]) == pytest.approx(48 / 240)
    assert "logarithmic" not in words(scene)


def test_a_curve_begins_at_zero_and_says_every_load_and_figure() -> None:
    scene = scene_of(curve(LOADS, limit={"name": "network", "value": "11000"}))
    axis = [" ".join(text.rows) for item in scene.of(Hook.AXIS) for text in item.texts]
    assert axis[:5] == ["0", "2,500", "5,000", "7,500", "10,000"]
    assert axis[5:10] == [load for load, _ in LOADS]
    assert {"network 11,000", "requests/s", "clients"} <= {*axis}
    low = find(scene, "0").rect.centre[1]
    ys = [y for _, y in places(scene)]
    assert (low - ys[0]) / (low - ys[3]) == pytest.approx(1900 / 9600, abs=0.01)
    for item, (x, y) in zip(scene.of(Hook.NODE), places(scene), strict=True):
        (text,) = item.texts
        assert abs(text.rect.centre[0] - x) < 40
        assert abs(text.rect.centre[1] - y) < 24


@WIDTHS
@pytest.mark.parametrize("count", [41, 120])
def test_a_curve_of_many_points_has_a_table(count: int, width: float) -> None:
    points = [(str(number * 7 + 1), str(1000 + number * number % 97)) for number in range(count)]
    diagram = curve(points)
    scene = scene_of(diagram, width)
    assert [rows(item) for item in scene.of(Hook.NODE)] == [[f"{int(x):,}", f"{int(y):,}"] for x, y in points]
    assert faults(scene, width) == []


@WIDTHS
def test_labels_of_points_near_each_other_make_a_table(width: float) -> None:
    scene = scene_of(curve([("1", "5"), ("2", "6"), ("1000", "7")]), width)
    assert faults(scene, width) == []
    assert rows(node(scene, "p2")) in (["7"], ["1,000", "7"])


def matrix(places: list[tuple[str, str]], name: str = "Thing", **keys: Any) -> Diagram:
    items = {f"i{at}": {"name": f"{name} {at}", "x": x, "y": y} for at, (x, y) in enumerate(places)}
    ends = {"x": {"low": "little", "high": "much"}, "y": {"low": "seldom", "high": "often"}}
    return of("matrix", items=items, **{**ends, **keys})


def test_places_of_a_matrix_are_to_scale_with_labels_beside_them() -> None:
    scene = scene_of(matrix([("0", "0"), ("100", "100"), ("25", "75")]))
    (x0, y0), (x1, y1), (x2, y2) = places(scene)
    assert (x2 - x0) / (x1 - x0) == pytest.approx(0.25)
    assert (y0 - y2) / (y0 - y1) == pytest.approx(0.75)
    assert [rows(item) for item in scene.of(Hook.NODE)] == [["Thing 0"], ["Thing 1"], ["Thing 2"]]
    assert faults(scene, WIDE) == []


def test_the_ends_of_the_axes_are_named_at_the_ends() -> None:
    scene = scene_of(matrix([("50", "50")]))
    little, much, seldom, often = (find(scene, word).rect for word in ("little", "much", "seldom", "often"))
    assert little.right < much.left
    assert little.centre[1] == much.centre[1] > seldom.centre[1]
    assert often.bottom < seldom.top


@WIDTHS
@pytest.mark.parametrize("count", [12, 70])
def test_a_crowded_matrix_has_numbers_and_a_list(count: int, width: float) -> None:
    diagram = matrix([(str(50 + at % 3), str(50 + at % 5)) for at in range(count)], "A thing with a long name")
    scene = scene_of(diagram, width)
    said = [rows(item) for item in scene.of(Hook.NODE)]
    numbers = [str(number) for number in range(1, count + 1)]
    assert [[row for row in item if row.isdigit()] for item in said] == [[number, number] for number in numbers]
    assert [text for text in faults(scene, width) if "line" not in text] == []


@WIDTHS
def test_a_title_of_a_quadrant_is_in_a_corner_without_points(width: float) -> None:
    scene = scene_of(matrix([("2", "98"), ("45", "98")], quadrants={"upper_left": "Begin"}), width)
    title = find(scene, "Begin")
    assert title.rect.top > max(y for _, y in places(scene))
    assert faults(scene, width) == []


@WIDTHS
def test_titles_of_quadrants_are_in_the_corners_of_the_plot(width: float) -> None:
    titles = {"upper_left": "A", "upper_right": "B", "lower_left": "C", "lower_right": "D"}
    scene = scene_of(matrix([("50", "50")], quadrants=titles), width)
    upper_left, upper_right, lower_left, lower_right = (find(scene, word).rect for word in "ABCD")
    assert upper_left.left == lower_left.left < upper_right.left
    assert upper_right.right == lower_right.right
    ((_, y),) = places(scene)
    assert y - upper_left.centre[1] == pytest.approx(lower_right.centre[1] - y, abs=3)
    assert y - upper_left.centre[1] > 100


def test_a_label_is_broken_rather_than_above_its_point_or_across_two_quadrants() -> None:
    scene = scene_of(matrix([("75", "75")], "Stays readable beside its point"))
    ((_, y),) = places(scene)
    (label,) = scene.of(Hook.NODE)[0].texts
    assert len(label.rows) > 1
    assert label.rect.centre[1] == pytest.approx(y, abs=2)
    assert label.rect.left > places(scene)[0][0]


def test_a_title_that_has_no_corner_is_in_the_list() -> None:
    corners = [(x, y) for x in ("2", "45") for y in ("98", "56")]
    scene = scene_of(matrix(corners, quadrants={"upper_left": "A title of some length"}))
    title = find(scene, "A title of some length")
    assert title.rect.left > max(x for x, _ in places(scene))
    assert find(scene, "\u2196").y == title.y


AMOUNTS = st.one_of(st.integers(0, 10**15 - 1).map(str), st.decimals(0, 1000, places=3).map(lambda value: f"{value:f}"))


@given(st.lists(AMOUNTS, min_size=1, max_size=9), AMOUNTS, st.sampled_from([WIDE, NARROW]))
def test_bars_take_any_figures(values: list[str], limit: str, width: float) -> None:
    parts = {f"b{at}": value for at, value in enumerate(values)}
    total = f"{sum(map(Decimal, values)):f}"
    budget = {"total": total, "parts": parts}
    if len(total.partition(".")[0]) > 15:
        return
    scene = scene_of(of("latency", unit="ms", budget=budget, limit={"value": limit}), width)
    assert faults(scene, width) == []
    assert len(scene.of(Hook.NODE)) == len(values)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=2, max_size=12, unique_by=lambda pair: Decimal(pair[0])))
def test_curves_take_any_figures(points: list[tuple[str, str]]) -> None:
    ordered = sorted(points, key=lambda pair: Decimal(pair[0]))
    for width in (WIDE, NARROW):
        scene = scene_of(curve(ordered), width)
        assert faults(scene, width) == []
        assert len(scene.of(Hook.NODE)) == len(points)


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=30))
def test_matrices_take_any_places(given_places: list[tuple[int, int]]) -> None:
    diagram = matrix([(str(x), str(y)) for x, y in given_places], quadrants={"upper_right": "Here", "lower_left": "No"})
    for width in (WIDE, NARROW):
        scene = scene_of(diagram, width)
        assert [text for text in faults(scene, width) if "line" not in text] == []


def calls(diagram: Diagram) -> int:
    """Return how many functions are called to draw *diagram*, when widths of its texts are known."""
    count = 0

    def profile(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    scene_of(diagram)
    sys.setprofile(profile)
    try:
        scene_of(diagram)
    finally:
        sys.setprofile(None)
    return count


def many(kind: str, count: int) -> Diagram:
    if kind == "latency":
        return of("latency", unit="ms", budget={"total": str(count), "parts": {f"p{n}": "1" for n in range(count)}})
    if kind == "curve":
        return curve([(str(n), str(n % 50)) for n in range(count)])
    return matrix([(str(n * 37 % 101), str(n * 53 % 97)) for n in range(count)])


@pytest.mark.parametrize("kind", ["latency", "curve", "matrix"])
def test_work_grows_with_the_number_of_figures(kind: str) -> None:
    assert calls(many(kind, 1600)) < 10 * calls(many(kind, 200))


@pytest.mark.parametrize("kind", TYPES)
@WIDTHS
def test_a_scene_is_written(kind: str, width: float) -> None:
    diagram = more_samples.diagram_of(kind, lambda: "text & more")
    keys = reading_order(diagram)
    picture = write(scene_of(diagram, width), "T", "", {key: key for key in keys})
    assert picture.anchors == tuple(keys)
    assert "text &amp; more" in picture.plain("a")


def test_tones_of_points_are_signs() -> None:
    diagram = of(
        "matrix",
        x={"low": "a", "high": "b"},
        y={"low": "c", "high": "d"},
        items={tone: {"x": "50", "y": str(10 + 15 * at), "tone": tone} for at, tone in enumerate(Tone)},
    )
    signs = {
        item.key: len([part for part in item.parts if isinstance(part, Path)])
        for item in scene_of(diagram).of(Hook.NODE)
    }
    assert signs == {"neutral": 0, "problem": 1, "caution": 1, "healthy": 1, "blue": 0, "purple": 0}


MESH = {
    "none": {"name": "No mesh", "percentiles": {"p50": "6", "p99": "14"}},
    "istio": {"percentiles": {"p50": "25", "p99": {"value": "57", "tone": "caution"}, "max": "221"}},
}


@WIDTHS
def test_series_are_bars_side_by_side_that_are_named_at_their_first(width: float) -> None:
    diagram = of("latency", unit="ms", name="Time", series=MESH)
    scene = scene_of(diagram, width)
    assert [item.key for item in scene.of(Hook.NODE)] == reading_order(diagram)
    assert {item.key: rows(item) for item in scene.of(Hook.NODE)} == {
        "none.p50": ["p50", "6", "No mesh"],
        "none.p99": ["p99", "14"],
        "istio.p50": ["25", "Istio"],
        "istio.p99": ["57"],
        "max": ["max", "221"],
    }
    tops = [box(node(scene, key)).rect.top for key in ("none.p50", "istio.p50", "none.p99", "istio.p99", "max")]
    assert tops == sorted(tops)
    fills = [box(node(scene, key)).fill for key in ("none.p50", "none.p99", "istio.p50", "istio.p99", "max")]
    assert fills == ["blue-fill", "blue-fill", "neutral-fill", "caution-fill", "neutral-fill"]
    assert find(scene, "Time, ms")
    assert faults(scene, width) == []


def test_names_of_series_are_in_their_bars_where_all_are_long_enough() -> None:
    series = {
        "none": {"name": "No mesh", "resources": {"cpu": "40"}},
        "istio": {"name": "Istio", "resources": {"cpu": "61"}},
    }
    scene = scene_of(of("utilisation", limit={"value": "62"}, series=series))
    for key, name in (("none.cpu", "No mesh"), ("istio.cpu", "Istio")):
        assert box(node(scene, key)).rect.grown(-8, -3).holds(find(scene, name).rect)
    assert faults(scene, WIDE) == []


@WIDTHS
def test_curves_without_room_for_figures_share_a_table(width: float) -> None:
    series = {
        key: {"name": key, "points": {f"{key}{at}": {"load": str(at), "value": str(value)} for at, value in values}}
        for key, values in (
            ("a", [(1, 100), (2, 200), (3, 300)]),
            ("b", [(1, 101), (2, 201), (3, 200)]),
            ("c", [(1, 102), (2, 202), (3, 100)]),
        )
    }
    scene = scene_of(of("curve", load="clients", measure="rate", series=series), width)
    assert {item.key: rows(item) for item in scene.of(Hook.NODE)} == {
        "a1": ["1", "100"],
        "a2": ["2", "200"],
        "a3": ["a", "3", "300"],
        "b1": ["101"],
        "b2": ["201"],
        "b3": ["b", "200"],
        "c1": ["102"],
        "c2": ["202"],
        "c3": ["c", "100"],
    }
    first, second = node(scene, "a2").texts[-1], node(scene, "b2").texts[-1]
    assert first.y == second.y
    assert first.rect.right < second.rect.left
    assert faults(scene, width) == []


@WIDTHS
def test_curves_of_several_series_are_named_at_their_last_points(width: float) -> None:
    series = {
        key: {"name": key.upper(), "points": {f"p{load}": {"load": load, "value": value} for load, value in points}}
        for key, points in (("low", (("1", "10"), ("2", "20"), ("3", "25"))), ("high", (("2", "60"), ("4", "90"))))
    }
    scene = scene_of(of("curve", load="x", measure="y", series=series), width)
    lines = [part for item in scene.of(Hook.NONE) for part in item.parts if isinstance(part, Line)]
    assert [(len(line.points), line.stroke) for line in lines] == [(3, "blue-stroke"), (2, "neutral-stroke")]
    assert "LOW" in rows(node(scene, "p3"))
    assert "HIGH" in rows(node(scene, "p4"))
    assert faults(scene, width) == []


def test_quantity_and_price_are_said() -> None:
    part = {"amount": "235.52", "quantity": "10240", "price": "0.023", "details": ["stored"]}
    scene = scene_of(of("cost", currency="$", parts={"a": part}), language="ru")
    assert rows(node(scene, "a"))[1:] == ["$235,52", "100\u00a0% \u00b7 10\u202f240 \u00d7 $0,023 \u00b7 stored"]


def test_a_currency_of_letters_stands_apart() -> None:
    scene = scene_of(of("cost", currency="EUR", parts={"a": {"amount": "1200"}, "b": {"amount": "300"}}))
    assert find(scene, "1,200")
    assert find(scene, "Total EUR\u00a01,500")


@pytest.mark.parametrize(("language", "figure"), [("de", "21.905,28"), ("fr", "21\u202f905,28")])
def test_other_languages_have_their_numbers_and_english_words(language: str, figure: str) -> None:
    parts = {"a": {"amount": "21905.28"}, "b": {"amount": "30.5"}}
    said = [
        row for text in texts(scene_of(of("cost", currency="EUR", parts=parts), language=language)) for row in text.rows
    ]
    assert said[0].startswith("Total")
    assert any(figure in row for row in said)
    assert "0,1\u00a0%" in said
    points = [("1", "10"), ("10", "20"), ("100", "30")]
    assert find(scene_of(curve(points), language=language), "logarithmic scale")
    budget = {"name": "A", "total": "10", "parts": {"db": "8", "app": "2"}}
    far = scene_of(of("latency", unit="ms", percentiles={"p50": "1610.5"}, budget=budget), language=language)
    assert find(far, "\u03a3 10 \u00b7 own scale")
    assert find(far, {"de": "1.610,5", "fr": "1\u202f610,5"}[language])
