"""Faults of alignment: frames of a rank without a common edge, boxes of a rank in many widths."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.faults.kinds import KINDS, Fault
from sphinx_diagram_ext.drawing.faults.survey import keys_of
from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx_diagram_ext.drawing.faults.survey import Outline, Survey

MOST_WIDTHS = 3
_SAME = 1.0
"""Numbers that differ by no more are the same to the eye."""


def uneven_frames(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each two neighbouring frames of a row or a column without a common edge."""
    for frames in _siblings(survey.frames):
        yield from _uneven(survey, frames)


def _siblings(frames: list[Outline]) -> list[list[Outline]]:
    """Return the frames by the frame that they are in."""
    grid = Grid((frame.rect, frame) for frame in frames)
    found: dict[int, list[Outline]] = {}
    for frame in frames:
        around = [
            (rect.width * rect.height, other.order)
            for rect, other in grid.meeting(frame.rect)
            if other is not frame and rect.holds(frame.rect, 0.5) and rect != frame.rect
        ]
        found.setdefault(min(around)[1] if around else -1, []).append(frame)
    return list(found.values())


def _uneven(survey: Survey, frames: list[Outline]) -> Iterator[Fault]:
    """Cut *frames* into rows, or else into columns, and compare each with the next, inside each the same."""
    waiting = [frames]
    while waiting:
        these = waiting.pop()
        for turned in (False, True):
            bands = _bands(these, turned=turned)
            if len(bands) < 2:
                continue
            for one, two in itertools.pairwise(bands):
                # A frame beside several is no part of their row or column.
                if len(one) == len(two) == 1 and _apart(survey, one[0].rect, two[0].rect, turned=turned):
                    yield _fault(survey, one[0], two[0], turned=turned)
            waiting += [band for band in bands if len(band) > 1]
            break


def _bands(frames: list[Outline], *, turned: bool) -> list[list[Outline]]:
    """Return the rows of *frames*, or the columns: what a straight cut sets apart."""
    low, high = (0, 2) if turned else (1, 3)
    found: list[list[Outline]] = []
    end = 0.0
    for frame in sorted(frames, key=lambda frame: frame.rect[low]):
        if found and frame.rect[low] < end - _SAME:
            found[-1].append(frame)
            end = max(end, frame.rect[high])
        else:
            found.append([frame])
            end = frame.rect[high]
    return found


def _apart(survey: Survey, one: Rect, two: Rect, *, turned: bool) -> bool:
    """Tell whether two face each other with no node between and have no edge in common; *one* comes first."""
    if turned:
        between = Rect(one.right, max(one.top, two.top), two.left, min(one.bottom, two.bottom))
    else:
        between = Rect(max(one.left, two.left), one.bottom, min(one.right, two.right), two.top)
    facing = between.height if turned else between.width
    if facing <= 0 or any(survey.all_boxes.meeting(between)):
        return False
    return all(abs(one[side] - two[side]) > _SAME for side in ((1, 3) if turned else (0, 2)))


def _fault(survey: Survey, one: Outline, two: Outline, *, turned: bool) -> Fault:
    where = "stand side by side" if turned else "stand one below the other"
    names = f"{survey.name(one.item)} and {survey.name(two.item)}"
    return Fault(
        11, KINDS[11].name, f"The frames {names} {where} and have no edge in common", keys_of(one.item, two.item)
    )


def many_widths(survey: Survey) -> Iterator[Fault]:
    """Yield a fault for each rank of boxes of more than three widths.

    A rank is a row where most edges lead up or down, otherwise a column. Where no edge says which, there is none. A
    node counts that its text is in: the length of a bar says something else.
    """
    downwards = _downwards(survey)
    if downwards is None:
        return
    boxes = [node for node in survey.nodes if any(node.rect.has(text.rect.centre) for text in node.item.texts)]
    for rank in _ranks(boxes, turned=not downwards):
        widths = sorted(node.rect.width for node in rank)
        distinct = 1 + sum(after - before > _SAME for before, after in itertools.pairwise(widths))
        if distinct > MOST_WIDTHS:
            names = ", ".join(survey.name(node.item) for node in rank[:4])
            message = f"The boxes of a rank have {distinct} widths: {names}{', ...' if len(rank) > 4 else ''}"
            yield Fault(12, KINDS[12].name, message, keys_of(*(node.item for node in rank)))


def _downwards(survey: Survey) -> bool | None:
    """Tell whether most edges lead up or down; None if there is none."""
    votes = 0
    some = False
    for edge in survey.edges:
        if not edge.lines or edge.item.ends[0] == edge.item.ends[1]:
            continue
        (x0, y0), (x1, y1) = edge.lines[0][0], edge.lines[-1][-1]
        some = True
        votes += 1 if abs(y1 - y0) >= abs(x1 - x0) else -1
    return votes >= 0 if some else None


def _ranks(boxes: list[Outline], *, turned: bool) -> list[list[Outline]]:
    """Return the boxes that are level, by their middles or by their upper (or left) sides."""
    low, high = (0, 2) if turned else (1, 3)
    by_middle = _level_runs(boxes, lambda node: (node.rect[low] + node.rect[high]) / 2)
    by_side = _level_runs(boxes, lambda node: node.rect[low])
    seen: set[frozenset[int]] = set()
    found = []
    for run in (*by_middle, *by_side):
        members = frozenset(node.order for node in run)
        if members not in seen:
            seen.add(members)
            found.append(sorted(run, key=lambda node: node.order))
    return found


def _level_runs(boxes: list[Outline], at: Callable[[Outline], float]) -> list[list[Outline]]:
    found: list[list[Outline]] = []
    last = 0.0
    for node in sorted(boxes, key=at):
        if found and at(node) - last <= _SAME:
            found[-1].append(node)
        else:
            found.append([node])
        last = at(node)
    return [run for run in found if len(run) > MOST_WIDTHS]
