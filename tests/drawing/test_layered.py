"""Layered layouts: ranks, order, straight lines and channels."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_diagram_ext.drawing.layered import Block, End, Link, Spacing, TooLargeError, arranged, turned_links
from sphinx_diagram_ext.drawing.layered.channels import tracks
from sphinx_diagram_ext.drawing.layered.columns import spread
from sphinx_diagram_ext.drawing.layered.ranks import ranked

SPACING = Spacing()


def blocks(keys: str, **more: float) -> list[Block]:
    return [Block(key, 80, 40, **more) for key in keys]


def linked(keys: str, *ends: str, label: tuple[float, float] | None = None) -> list[Link]:
    pairs = [(one, other) for one, other in ends]
    turned = turned_links(keys, pairs)
    return [Link(*pair, label, turned=at in turned) for at, pair in enumerate(pairs)]


def test_links_that_close_a_circle_are_turned() -> None:
    assert turned_links("abc", [("a", "b"), ("b", "c"), ("c", "a"), ("b", "a")]) == {2, 3}
    assert turned_links("abc", [("a", "b"), ("a", "c"), ("b", "c")]) == set()


def test_a_block_is_ranked_after_all_that_leads_to_it() -> None:
    assert ranked(blocks("abcd"), linked("abcd", "ab", "bc", "ac", "dc")) == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_first_and_last_blocks_have_ranks_of_their_own() -> None:
    found = [*blocks("ab"), Block("in", 0, 0, end=End.FIRST), Block("out", 0, 0, end=End.LAST)]
    links = [*linked("ab", "ab"), Link("in", "b"), Link("a", "out")]
    assert ranked(found, links) == {"in": 0, "a": 1, "b": 2, "out": 3}


def test_a_chain_is_a_straight_line() -> None:
    found = arranged(blocks("abc"), linked("abc", "ab", "bc"), SPACING)
    assert len({rect.centre[0] for rect in found.blocks.values()}) == 1
    assert [len(route.points) for route in found.routes] == [2, 2]


def test_a_fork_is_symmetric_and_in_the_order_of_the_author() -> None:
    found = arranged(blocks("abcd"), linked("abcd", "ab", "ac", "ad"), SPACING)
    middles = [found.blocks[key].centre[0] for key in "bcd"]
    assert middles == sorted(middles)
    assert found.blocks["a"].centre[0] == pytest.approx((middles[0] + middles[2]) / 2, abs=1)


def test_links_do_not_cross_where_another_order_prevents_it() -> None:
    # "c" and "d" have to change places, and the links above them too.
    found = arranged(blocks("abcd"), linked("abcd", "ac", "ad", "bc"), SPACING)
    places = {key: rect.left for key, rect in found.blocks.items()}
    assert (places["a"] < places["b"]) == (places["d"] < places["c"])


def test_a_label_is_beside_its_line_and_a_turned_link_keeps_its_ends() -> None:
    there, back = arranged(blocks("ab"), linked("ab", "ab", "ba", label=(60, 17)), SPACING).routes
    assert there.points[0][1] < there.points[-1][1]
    assert back.points[0][1] > back.points[-1][1]
    assert (there.near, back.near) == (True, False)
    assert there.label is not None
    assert back.label is not None
    assert there.label.right == there.points[0][0] - SPACING.beside
    assert back.label.left == back.points[0][0] + SPACING.beside


def test_a_fixed_end_is_where_it_has_to_be() -> None:
    found = arranged(blocks("ab"), [Link("a", "b", source_at=10.0, target_at=70.0)], SPACING)
    (route,) = found.routes
    assert route.points[0][0] - found.blocks["a"].left == 10.0
    assert route.points[-1][0] - found.blocks["b"].left == 70.0


def test_level_blocks_begin_where_their_rank_does() -> None:
    found = [Block("a", 80, 40, level=True), Block("b", 80, 90, level=True)]
    assert {rect.top for rect in arranged(found, [], SPACING).blocks.values()} == {0.0}
    middles = arranged([Block("a", 80, 40), Block("b", 80, 90)], [], SPACING).blocks
    assert len({rect.centre[1] for rect in middles.values()}) == 1


def test_what_cannot_fit_is_refused() -> None:
    with pytest.raises(TooLargeError):
        arranged(blocks("abc"), [], SPACING, (240.0, 1000.0))
    with pytest.raises(TooLargeError):
        arranged(blocks("abc"), linked("abc", "ab", "bc"), SPACING, (1000.0, 100.0))
    assert len(arranged(blocks("abc"), [], SPACING, (300.0, 100.0)).blocks) == 3


def test_places_are_apart_and_as_near_to_wishes_as_can_be() -> None:
    assert spread([0, 100, 200], [10, 10], [1, 1, 1]) == [0, 100, 200]
    assert spread([0, 0], [10], [1, 1]) == [-5, 5]
    assert spread([0, 0], [10], [3, 1]) == [-2.5, 7.5]


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 9)), min_size=1, max_size=12))
def test_spread_keeps_all_distances(items) -> None:
    places = spread([wish for wish, _ in items], [7.0] * (len(items) - 1), [weight for _, weight in items])
    assert all(other - one >= 7 - 1e-6 for one, other in itertools.pairwise(places))


def test_lines_of_a_channel_that_overlap_have_tracks_of_their_own() -> None:
    assert tracks([(0.0, 0.0)]) == ([-1], 0)
    assert tracks([(0.0, 10.0), (50.0, 80.0)]) == ([0, 0], 1)
    # The one that begins further along turns off first, so that they do not cross.
    assert tracks([(0.0, 60.0), (20.0, 90.0)]) == ([1, 0], 2)
    assert tracks([(60.0, 0.0), (90.0, 20.0)]) == ([0, 1], 2)


KEYS = "abcdefg"
ENDS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda pair: pair[0] != pair[1]))


@settings(max_examples=60, deadline=None)
@given(ENDS.filter(lambda found: len(found) < 15))
def test_no_line_runs_through_a_block_or_a_label(pairs) -> None:
    turned = turned_links(KEYS, pairs)
    links = [Link(*pair, (50, 17), turned=at in turned) for at, pair in enumerate(pairs)]
    found = arranged(blocks(KEYS), links, SPACING)
    rects = [rect.grown(-1) for rect in found.blocks.values()]
    rects += [route.label for route in found.routes if route.label]
    assert not any(one.meets(other) for one, other in itertools.combinations(rects, 2))
    for pair, route in zip(pairs, found.routes, strict=True):
        assert not any(rect.met_by(route.points) for rect in rects)
        assert found.blocks[pair[0]].grown(0.1).has(route.points[0])
        assert found.blocks[pair[1]].grown(0.1).has(route.points[-1])
