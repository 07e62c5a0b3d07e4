"""Renderer of entities: tables of attributes, joined by relations with crow's feet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_diagram_ext.drawing.geometry import Rect
from sphinx_diagram_ext.drawing.layered import Block, Link, Spacing, TooLargeError, Turn, arranged, turned_links
from sphinx_diagram_ext.drawing.renderers.branches import (
    STEP,
    branch_end,
    branch_line,
    branch_middle,
    branch_texts,
)
from sphinx_diagram_ext.drawing.renderers.crow_feet import LENGTH, foot
from sphinx_diagram_ext.drawing.renderers.entity_table import table
from sphinx_diagram_ext.drawing.renderers.line_labels import label_rows, link_size, route_label
from sphinx_diagram_ext.drawing.renderers.loops import Loops
from sphinx_diagram_ext.drawing.scene import Hook, Line, Scene
from sphinx_diagram_ext.model import Direction, reading_order

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_diagram_ext.drawing.geometry import Point
    from sphinx_diagram_ext.drawing.renderers.entity_table import Table
    from sphinx_diagram_ext.drawing.renderers.line_labels import Label
    from sphinx_diagram_ext.drawing.renderers.renderer import Space
    from sphinx_diagram_ext.model import Diagram, Entities, Relation

_TALL = 900.0
"""Height in CSS pixels that no screen shows at once: another direction is tried."""

_MOST_ENTITIES, _MOST_RELATIONS = 60, 120
"""More than that are a list: lines between them could not be followed."""

_WIDTHS = ((480.0, 130.0), (300.0, 100.0), (220.0, 80.0))
"""Greatest widths of a table and of a label, tried one after the other."""

_LIST_WIDTH, _GAP = 480.0, 28.0
"""Greatest width of a table in a list, and the room between two."""
_BRANCH = 74.0
"""Where a relation's line ends in a list, from the left side of its table."""

_CORNER = 4.0
"""Between the trunk of relations in a list and the foot of each."""

_WEAK = "6 4"
"""Dashes of a relation that neither end needs to exist."""


def draw(diagram: Diagram, body: Entities, space: Space) -> Scene:
    """Return tables and relations where they are no wider than *space*, else the tables below each other."""
    if not body.entities:
        return Scene()
    if len(body.entities) > _MOST_ENTITIES or len(body.relations) > _MOST_RELATIONS:
        return _list(diagram, body, space)
    fitting = []
    for direction in _directions(body.direction, space):
        for width, label in _WIDTHS:
            try:
                scene = _graph(diagram, body, direction, space.width, min(width, space.width), label)
            except TooLargeError:
                continue
            if scene.rect.width <= space.width:
                if space.narrow or scene.height <= _TALL:
                    return scene
                fitting.append(scene)
    return min(fitting, key=lambda scene: scene.height) if fitting else _list(diagram, body, space)


def _directions(direction: Direction, space: Space) -> Iterator[Direction]:
    sideways = direction in (Direction.LR, Direction.RL)
    if not (sideways and space.narrow):
        yield direction
    if sideways:
        yield Direction.TB
    elif not space.narrow:
        yield Direction.LR


def _graph(diagram: Diagram, body: Entities, direction: Direction, room: float, width: float, label: float) -> Scene:
    turn = Turn(direction)
    texts = [label_rows(relation.label, label) for relation in body.relations]
    own = [number for number, relation in enumerate(body.relations) if relation.source == relation.target]
    between = [number for number in range(len(texts)) if number not in set(own)]
    tables, loops, blocks = {}, {}, []
    for entity in body.entities:
        key = entity.node.key
        tables[key] = table(entity, width)
        loops[key] = Loops([texts[n] for n in own if body.relations[n].source == key], turn, LENGTH + 12)
        ends = sum(key in (body.relations[n].source, body.relations[n].target) for n in between)
        size = loops[key].grown((tables[key].width, tables[key].height), ends)
        blocks.append(Block(key, *turn.size(*size), beyond=loops[key].beyond, level=True))
    pairs = [(body.relations[n].source, body.relations[n].target) for n in between]
    turned = turned_links(tables, pairs)
    links = [
        Link(*pair, link_size(texts[n], turn), turned=at in turned)
        for at, (n, pair) in enumerate(zip(between, pairs, strict=True))
    ]
    beside = 3.0 if turn.sideways else 8.0
    spacing = Spacing(blocks=32, lines=20, beside=beside, leg=LENGTH + 8, labels_near=turn.sideways)
    found = arranged(blocks, links, spacing, turn.room(room))
    rects = {key: turn.rect(rect) for key, rect in found.blocks.items()}
    lines: dict[int, tuple[list[Point], Label | None]] = {}
    for number, route in zip(between, found.routes, strict=True):
        points = [turn.point(point) for point in route.points]
        lines[number] = points, route_label(texts[number], route, turn)
    for key, rect in rects.items():
        mine = [number for number in own if body.relations[number].source == key]
        lines |= dict(zip(mine, loops[key].placed(rect), strict=True))
    return _scene(diagram, body, tables, rects, lines)


def _scene(
    diagram: Diagram,
    body: Entities,
    tables: dict[str, Table],
    rects: dict[str, Rect],
    lines: dict[int, tuple[list[Point], Label | None]],
) -> Scene:
    scene = Scene()
    for number, relation in enumerate(body.relations):
        points = lines[number][0]
        _add_relation(scene, relation, points, points)
    for key in reading_order(diagram):
        link = tables[key].entity.node.link or ""
        scene.add(Hook.NODE, *tables[key].parts(rects[key]), key=key, link=link)
    for _, label in lines.values():
        if label:
            scene.add(Hook.EDGE_LABEL, label.text)
    return scene


def _add_relation(scene: Scene, relation: Relation, points: list[Point], ends: list[Point]) -> None:
    """Add a line and its feet, which are at both ends of *ends*."""
    source, target = relation.counts
    line = Line(points, dash=_WEAK if relation.weak else "")
    feet = [*foot(ends[0], ends[1], source), *foot(ends[-1], ends[-2], target)]
    scene.add(Hook.EDGE, line, *feet, ends=(relation.source, relation.target))


def _list(diagram: Diagram, body: Entities, space: Space) -> Scene:
    """Return the tables below each other, each with the relations that begin at it."""
    width = min(space.width, _LIST_WIDTH)
    tables = {entity.node.key: table(entity, width) for entity in body.entities}
    # On a phone tables are as wide as the list, whatever they hold: what leaves them is as wide.
    width = space.width if space.narrow else max(found.width for found in tables.values())
    leaving: dict[str, list[Relation]] = {key: [] for key in tables}
    for relation in body.relations:
        leaving[relation.source].append(relation)
    scene, y = Scene(), 0.0
    rects, texts = {}, []
    for key, found in tables.items():
        rects[key] = Rect.at(0, y, width, found.height)
        y += found.height
        for relation in leaving[key]:
            top = y + STEP + 2
            name = tables[relation.target].entity.node.label
            texts.append(branch_texts(name, relation.label, _BRANCH + 8, top, max(width, space.width)))
            points = branch_line(0, rects[key].bottom, branch_middle(top), _BRANCH)
            (x, middle), end = points[1], points[2]
            _add_relation(scene, relation, points, [(x + _CORNER, middle), end])
            y = branch_end(texts[-1])
        y += _GAP
    for key in reading_order(diagram):
        scene.add(Hook.NODE, *tables[key].parts(rects[key]), key=key, link=tables[key].entity.node.link or "")
    for found_texts in texts:
        scene.add(Hook.EDGE_LABEL, *found_texts)
    return scene
