"""Nested layouts: ranks, frames around what is in them, the author's order, straight lines."""

from __future__ import annotations

import itertools
import random
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.drawing.layered import Block
from sphinx_diagram_ext.drawing.nested import Frame, Gaps, Nested, Tie, nested
from sphinx_diagram_ext.drawing.nested.ranks import ranked


def laid_out(
    edges: str, frames: tuple[Frame, ...] = (), level: tuple[tuple[str, ...], ...] = (), *, in_order: bool = False
) -> Nested:
    """Return the layout of blocks named by letters and ties written as "ab ac"."""
    ties = [Tie(pair[0], pair[1]) for pair in edges.split() if len(pair) == 2]
    blocks = [Block(key, 100, 40) for key in dict.fromkeys("".join(edges.split()))]
    return nested(blocks, ties, frames, Gaps(), level, in_order=in_order)


def middle(found: Nested, key: str) -> tuple[float, float]:
    return found.blocks[key].centre


def test_a_chain_is_a_straight_line() -> None:
    found = laid_out("ab bc cd")
    assert len({middle(found, key)[0] for key in "abcd"}) == 1
    ys = [middle(found, key)[1] for key in "abcd"]
    assert ys == sorted(ys)


def test_a_fork_is_symmetric_and_in_the_order_of_the_author() -> None:
    found = laid_out("r rb ra rc")
    xs = [middle(found, key)[0] for key in "bac"]
    assert xs == sorted(xs)
    assert middle(found, "r")[0] == pytest.approx(xs[1], abs=1)


def test_a_branch_that_goes_on_is_in_line_with_what_follows() -> None:
    found = laid_out("qa qb ac ce cf")
    assert middle(found, "a")[0] == pytest.approx(middle(found, "c")[0], abs=4)
    assert middle(found, "c")[0] == pytest.approx((middle(found, "e")[0] + middle(found, "f")[0]) / 2, abs=1)
    assert middle(found, "q")[0] == pytest.approx((middle(found, "a")[0] + middle(found, "b")[0]) / 2, abs=4)


def test_a_line_over_several_ranks_draws_nothing_aside() -> None:
    # p leads to r past w: the three stay in line, and the picture narrow.
    found = laid_out("pw wr pr rg gi ix iy iz iv")
    xs = [middle(found, key)[0] for key in "wrgi"]
    assert max(xs) - min(xs) < 4
    assert abs(middle(found, "p")[0] - middle(found, "w")[0]) < 40


def test_a_tie_against_the_flow_keeps_its_ends() -> None:
    found = laid_out("ab bc ca")
    assert middle(found, "a")[1] < middle(found, "c")[1]
    first, last = found.courses[2][0], found.courses[2][-1]
    assert (first, last) == (middle(found, "c"), middle(found, "a"))


def test_a_frame_holds_its_blocks_and_nothing_else() -> None:
    frames = (Frame("outer", ("a",), before=40), Frame("inner", ("b", "c"), "outer", before=30, breadth=300))
    found = laid_out("ab ac cd bd ad", frames)
    outer, inner = found.frames["outer"], found.frames["inner"]
    assert outer.holds(inner)
    assert inner.width >= 300
    assert all(inner.holds(found.blocks[key]) for key in "bc")
    assert outer.holds(found.blocks["a"])
    assert not inner.meets(found.blocks["a"])
    assert not outer.meets(found.blocks["d"])
    assert inner.top == min(found.blocks["b"].top, found.blocks["c"].top) - 30


def test_blocks_of_one_level_are_in_one_rank() -> None:
    found = laid_out("ab bc ad", level=(("c", "d"),))
    assert middle(found, "c")[1] == middle(found, "d")[1]


def test_frames_in_order_come_one_after_the_other() -> None:
    frames = (Frame("x", ("a", "b")), Frame("y", ("c",)), Frame("z", ("d", "e")))
    found = laid_out("a b c d e ea", frames, in_order=True)
    spans = [found.frames[key] for key in "xyz"]
    assert all(one.bottom < other.top for one, other in itertools.pairwise(spans))
    ranks, turned = ranked("abcde", [Tie("e", "a")], frames, in_order=True)
    assert ([ranks[key] for key in "abcde"], turned) == ([0, 0, 1, 2, 2], {0})


def test_a_frame_that_leads_to_another_is_before_it_where_that_costs_no_rank() -> None:
    frames = (Frame("x", ("a", "b", "o")), Frame("y", ("c", "d", "p")))
    ranks, _ = ranked("abocdp", [Tie("a", "b"), Tie("b", "c"), Tie("c", "d"), Tie("o", "p")], frames)
    assert [ranks[key] for key in "abo"] == [0, 1, 1]
    assert [ranks[key] for key in "cdp"] == [2, 3, 2]
    # Here it would.
    ranks, _ = ranked("abc", [Tie("a", "b"), Tie("a", "c")], (Frame("x", ("a", "b")), Frame("y", ("c",))))
    assert ranks["b"] == ranks["c"]


def test_a_block_without_ties_is_beside_those_of_its_frame() -> None:
    found = laid_out("ab bc bd e", (Frame("x", ("c", "d", "e")),))
    assert middle(found, "e")[1] == middle(found, "d")[1]
    assert found.blocks["e"].left - found.blocks["d"].right == Gaps().blocks


def test_labels_have_room_and_are_with_what_they_lead_to() -> None:
    blocks = [Block(key, 100, 40) for key in "abc"]
    ties = [Tie("a", "b", (60, 20)), Tie("a", "c", (80, 20))]
    found = nested(blocks, ties, (), Gaps())
    for key, label in zip("bc", found.labels, strict=True):
        assert label is not None
        assert label.centre[0] == pytest.approx(middle(found, key)[0], abs=1)
        assert found.blocks["a"].bottom < label.top
        assert label.bottom < found.blocks[key].top


def test_blocks_of_a_rank_are_alike() -> None:
    blocks = [Block("a", 100, 40), Block("b", 88, 40), Block("c", 120, 60), Block("d", 300, 20), Block("e", 95, 50)]
    found = nested(blocks, [], (), Gaps())
    assert {found.blocks[key].height for key in "abce"} == {60}
    assert found.blocks["d"].height == 20
    assert len({rect.width for rect in found.blocks.values()}) == 2


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Block], list[Tie], list[Frame]]:
    keys = "abcdefghij"[: draw(st.integers(1, 10))]
    sizes = st.floats(20, 200)
    blocks = [Block(key, draw(sizes), draw(sizes), beyond=draw(st.sampled_from((0.0, 40.0)))) for key in keys]
    label = st.one_of(st.none(), st.tuples(st.floats(10, 120), st.floats(15, 60)))
    ends = draw(st.lists(st.tuples(st.sampled_from(keys), st.sampled_from(keys), label), max_size=16))
    ties = [Tie(source, target, size) for source, target, size in ends if source != target]
    count = draw(st.integers(0, min(3, len(keys))))
    homes = [at if at < count else draw(st.integers(-1, count - 1)) for at in range(len(keys))]
    frames = []
    for number in range(count):
        inside = tuple(key for key, home in zip(keys, homes, strict=True) if home == number)
        parent = draw(st.sampled_from((None, *(str(at) for at in range(number)))))
        frames.append(
            Frame(str(number), inside, parent, 30, 14, 16, 16, draw(st.floats(0, 300)), draw(st.floats(0, 300)))
        )
    return blocks, ties, frames


@given(graph=graphs(), in_order=st.booleans())
def test_nothing_overlaps(graph: tuple[list[Block], list[Tie], list[Frame]], *, in_order: bool) -> None:
    blocks, ties, frames = graph
    found = nested(blocks, ties, frames, Gaps(), in_order=in_order)
    assert not any(one.meets(other, -1) for one, other in itertools.combinations(found.blocks.values(), 2))
    around = {frame.key: {frame.key} for frame in frames}
    for frame in frames:
        around[frame.key] |= around[frame.parent] if frame.parent else set()
    homes = {key: around[frame.key] for frame in frames for key in frame.blocks}
    for key, frame_rect in found.frames.items():
        for name, rect in found.blocks.items():
            if key in homes.get(name, ()):
                assert frame_rect.holds(rect, 1)
            else:
                assert not frame_rect.meets(rect, -1)
    for frame in frames:
        assert found.frames[frame.key].width >= frame.breadth - 2
        assert found.frames[frame.key].height >= frame.depth - 2
    assert [len(course) >= 2 for course in found.courses] == [True] * len(ties)


def work(count: int) -> int:
    """Return how many functions a graph of *count* blocks calls."""
    chance = random.Random(1)
    blocks = [Block(str(at), 100, 40) for at in range(count)]
    ties = [Tie(str(chance.randrange(max(0, at - 12), at)), str(at)) for at in range(1, count)]
    calls = 0

    def called(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(called)
    try:
        nested(blocks, ties, [], Gaps())
    finally:
        sys.setprofile(None)
    return calls


def test_work_grows_with_the_number_of_blocks() -> None:
    # Five times as many blocks: quadratic growth would be 25.
    assert work(500) < 14 * work(100)
