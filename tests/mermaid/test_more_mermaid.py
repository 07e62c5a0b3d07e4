"""Whatever an author writes in the further types, the Mermaid parses and the picture says exactly that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from drawn import svg_of
from hypothesis import given, settings
from hypothesis import strategies as st
from more_samples import FIELDS, diagram_of
from samples import WORDS, flow, missing, shown
from test_mermaid import NASTY, RESERVED, body_texts, check_and_draw

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.model import Chart, Matrix, Schedule, Shares

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

DAY = re.compile(r"\d{4}-\d\d-\d\d")
CHARTS = (Chart, Matrix, Schedule, Shares)


def assert_says_all(diagram: Diagram, engine: Engine, said: list[str] | None = None) -> None:
    """Check the picture for what an author *said*: charts put names, figures and units together in their own way."""
    svg = check_and_draw(diagram, engine)
    wanted = said if said and type(diagram.body) in CHARTS else body_texts(diagram)
    if isinstance(diagram.body, Schedule):
        # Days are written in the language of the page.
        wanted = [text for text in wanted if not DAY.match(text)]
    assert missing(wanted, shown(svg)) == []
    assert svg.count("cdc-node") == len(diagram.nodes)


def kept(texts: Callable[[], str]) -> tuple[Callable[[], str], list[str]]:
    """Return *texts*, and the list of what it has returned."""
    said: list[str] = []

    def text() -> str:
        said.append(texts())
        return said[-1]

    return text, said


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", FIELDS)
def test_a_text_that_mermaid_reads_as_grammar_is_shown_as_it_is(name: str, text: str, engine: Engine) -> None:
    texts, said = kept(lambda: text)
    assert_says_all(diagram_of(name, texts), engine, said)


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=30)
@given(data=st.data())
def test_any_text_in_any_field_is_shown(name: str, data: st.DataObject, engine: Engine) -> None:
    texts, said = kept(lambda: data.draw(WORDS))
    assert_says_all(diagram_of(name, texts), engine, said)


@pytest.mark.parametrize("name", ["state", "topology", "schema", "migration"])
@pytest.mark.parametrize("key", [*RESERVED, "choice", "fork", "join", "state", "entity", "one", "many", "to"])
def test_a_key_that_is_a_word_of_mermaid_is_fine(name: str, key: str, engine: Engine) -> None:
    renamed = {"state": "states", "schema": "entities"}.get(name)
    body: dict[str, Any]
    if renamed:
        body = {renamed: {key: "One", "other": "Two"}}
    elif name == "topology":
        body = {"regions": {key: {"zones": {key: {"replicas": {key: "One"}}}}}}
    else:
        body = {"phases": {key: {"tasks": {key: {"name": "One", "at": "2026-01-01"}}}}}
    diagram = read_diagram(flow({"diagram": {"type": name, "title": "T", **body}}), "id", "file.yaml")
    assert_says_all(diagram, engine)


@pytest.mark.parametrize("word", ["PK", "fk", "UK", "PK!"])
def test_an_attribute_may_be_called_like_a_mark_of_keys(word: str, engine: Engine) -> None:
    body = {"type": "schema", "title": "T", "entities": {"orders": {"attributes": {word: word}}}}
    diagram = read_diagram(flow({"diagram": body}), "id", "file.yaml")
    assert_says_all(diagram, engine)


@pytest.mark.parametrize("name", FIELDS)
def test_a_drawing_is_the_same_each_time(name: str, engine: Engine) -> None:
    diagram = diagram_of(name, lambda: "text")
    first, second = (svg_of(diagram, pipeline.check(diagram, engine), engine) for _ in range(2))
    assert first == second
