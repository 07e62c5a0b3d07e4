"""Drawings in characters: complete, no wider than asked, and none where it could mislead."""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import ALLOWED, FIELDS, GOOD, WORDS, diagram_of, good, read

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine.browser import ClientEngine
from sphinx_diagram_ext.model import messages
from sphinx_diagram_ext.plaintext import columns, draw_text
from sphinx_diagram_ext.plaintext.columns import cells, fold

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

PROJECT = Path(__file__).parent.parent.parent
WIDTH = 67


def draw(engine: Engine, text: str, width: int = WIDTH) -> str | None:
    diagram = read(textwrap.dedent(text))
    return draw_text(pipeline.inspect(diagram, engine), engine, width)


def flow(*edges: str, direction: str = "TB") -> str:
    """Return a flow: ``a b`` is an edge, ``a b yes`` one with a label."""
    names = sorted({name for edge in edges for name in edge.split()[:2]})
    flows = [
        f"{{from: {source}, to: {target}{f', label: {label[0]}' if label else ''}}}"
        for source, target, *label in map(str.split, edges)
    ]
    nodes = ", ".join(f"{name}: Node {name}" for name in names)
    return f"diagram: {{type: flow, title: T, direction: {direction}, nodes: {{{nodes}}}, flows: [{', '.join(flows)}]}}"


def lost(diagram: Diagram, drawing: str) -> list[str]:
    """Return the characters of labels that *drawing* does not have as often as they stand in them."""
    texts = [message.text for message in messages(diagram)]
    texts.remove(diagram.title.text)
    if diagram.summary:
        texts.remove(diagram.summary.text)
    return sorted(Counter("".join("".join(texts).split())) - Counter(drawing))


def test_a_flow_looks_like_this(engine: Engine) -> None:
    text = """\
        diagram:
          type: flow
          title: T
          nodes:
            db: {name: База данных, role: database, details: [日本語]}
            log: {name: Log, tone: problem}
          flows: [{from: db, to: log, label: строки}]
    """
    assert draw(engine, text) == textwrap.dedent(
        """\
        ┌─────────────┐           ┌───────┐
        │ База данных │           │       │
        │             ├──строки──►│ ✕ Log │
        │    日本語   │           │       │
        └─────────────┘           └───────┘
        """
    )


def test_a_flow_that_is_too_wide_grows_downwards(engine: Engine) -> None:
    drawing = draw(engine, flow("a b yes", direction="LR"), width=20)
    assert drawing is not None
    assert [line.strip() for line in drawing.splitlines()] == [
        "┌────────┐",
        "│ Node a │",
        "└────┬───┘",
        "│",
        "yes",
        "│",
        "▼",
        "┌────────┐",
        "│ Node b │",
        "└────────┘",
    ]


@pytest.mark.parametrize(
    ("edges", "drawn"),
    [
        (("a b", "b c", "c d"), True),
        (("a b yes", "a c no"), True),
        (("a b", "a c", "a d", "a e"), True),
        (("a d", "b d", "c d"), True),
        # Lines that run together here would have to be told apart by their labels or not at all.
        (("a c yes", "b c no"), False),
        (("a b yes", "a c no", "a d perhaps"), False),
        (("a c", "a d", "b c", "b d"), False),
        (("a a", "a b"), False),
    ],
)
def test_edges_that_cannot_be_told_apart_are_not_drawn(engine: Engine, edges: tuple[str, ...], *, drawn: bool) -> None:
    assert (draw(engine, flow(*edges)) is not None) is drawn


def test_sides_of_a_comparison_stand_one_below_the_other(engine: Engine) -> None:
    text = """\
        diagram:
          type: comparison
          title: T
          sides:
            before: {name: Nightly, nodes: {a: Dump, b: Load}, flows: [{from: a, to: b}]}
            after: {name: Stream, nodes: {c: Log}}
    """
    drawing = draw(engine, text)
    assert drawing is not None
    assert drawing.index("Nightly") < drawing.index("Dump") < drawing.index("Load") < drawing.index("Stream")
    assert "│ │ Log │ │" in drawing.splitlines()


def test_a_sequence_looks_like_this(engine: Engine) -> None:
    text = """\
        diagram:
          type: sequence
          title: T
          numbered: true
          participants: {user: Покупатель, shop: Shop}
          steps:
            - {from: user, to: shop, label: buy}
            - loop: until it answers
              steps:
                - {from: shop, to: user, label: a rather long answer, arrow: reply}
            - {note: done, over: [shop]}
    """
    assert draw(engine, text, 36) == textwrap.dedent(
        """\
          ┌────────────┐           ┌──────┐
          │ Покупатель │           │ Shop │
          └──────┬─────┘           └───┬──┘
                 │                     │
                 │ 1. buy              │
                 ├────────────────────►│
        ┌─ loop: until it answers
        │        │                     │
        │        │ 2. a rather long    │
        │        │ answer              │
        │        │◄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┤
        └─
                 │                     │
                 │                 ┌──────┐
                 │                 │ done │
                 │                 └──────┘
        """
    )
    assert draw(engine, text, 24) is None


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_drawing_says_everything_and_fits(engine: Engine, name: str) -> None:
    diagram = pipeline.inspect(good(name), engine)
    for width in (30, WIDTH, 200):
        drawing = draw_text(diagram, engine, width)
        if drawing is not None:
            assert max(map(columns, drawing.splitlines())) <= width
            assert lost(diagram, drawing) == []


@pytest.mark.parametrize("name", sorted(FIELDS))
@given(texts=st.data())
def test_any_text_is_whole_or_not_drawn(engine: Engine, name: str, texts: st.DataObject) -> None:
    diagram = diagram_of(name, lambda: texts.draw(WORDS))
    drawing = draw_text(diagram, engine, WIDTH)
    if drawing is not None:
        assert max(map(columns, drawing.splitlines())) <= WIDTH
        assert lost(diagram, drawing) == []


DRAWN = {
    "api-latency",
    "append-entries",
    "broker-utilisation",
    "capture-options",
    "checkout-budget",
    "database-migration",
    "mesh-latency",
    "monthly-bill",
    "outbox-schema",
    "read-scaling",
    "shop-growth",
    "split-brain",
    "throughput-curve",
    "who-owns-what",
}


def test_most_types_have_a_drawing(engine: Engine) -> None:
    catalog = Catalog([PROJECT / "docs" / "examples" / "types"])
    found = set()
    for diagram_id in catalog.ids:
        diagram = catalog.get(diagram_id)
        drawing = draw_text(diagram, engine, WIDTH)
        if drawing is not None:
            found.add(diagram_id)
            assert lost(diagram, drawing) == []
    assert found == DRAWN


def test_without_an_engine_only_graphs_have_no_drawing() -> None:
    engine = ClientEngine()
    assert draw(engine, flow("a b")) is None
    assert draw_text(good("sequence"), engine, 100) is not None
    assert draw_text(good("timeline"), engine, 100) is not None


@given(st.text(ALLOWED, max_size=60), st.integers(2, 20))
def test_folded_text_is_whole(text: str, width: int) -> None:
    rows = fold(text, width)
    assert "".join("".join(rows).split()) == "".join(text.split())
    assert all(columns(row) <= width for row in rows)
    assert all("".join(cells(row)) == row and len(cells(row)) >= columns(row) for row in rows)
