"""Whatever an author writes in the further types, the Mermaid parses and the picture says exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from drawn import svg_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline

from .samples import TEXTS, WORDS, filled, flow, missing, shown
from .test_mermaid import NASTY, RESERVED, body_texts, check_and_draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.engine import Engine
    from sphinx_diagram_ext.model import Diagram

NODE = {"name": TEXTS, "details": [TEXTS]}
MESSAGE = {"from": "a", "to": "b", "label": TEXTS}

FIELDS: dict[str, dict[str, Any]] = {
    "state": {
        "states": {"a": NODE, "b": {"name": TEXTS, "states": {"c": NODE, "d": TEXTS}}, "e": {**NODE, "final": "true"}},
        "transitions": [{"from": "a", "to": "b", "label": TEXTS}, {"from": "c", "to": "d", "label": TEXTS}],
    },
    "topology": {
        "regions": {
            "r": {"name": TEXTS, "zones": {"z": {"name": TEXTS, "replicas": {"a": NODE}}}, "replicas": {"b": NODE}},
            "s": {"name": TEXTS, "replicas": {"c": TEXTS}},
        },
        "links": [{"from": "a", "to": "c", "label": TEXTS, "lag": TEXTS, "mode": "async"}],
    },
    "pipeline": {
        "stages": {
            "a": {**NODE, "gate": {"ask": TEXTS, "passed": TEXTS, "failed": TEXTS, "back": "a"}},
            "b": TEXTS,
        },
        "rollbacks": [{"from": "b", "to": "a", "label": TEXTS}],
    },
    "cascade": {
        "stages": {
            "s": {"time": TEXTS, "name": TEXTS, "events": {"a": NODE, "b": NODE}},
            "t": {"name": TEXTS, "events": {"c": TEXTS}},
        },
        "spread": [{"from": "a", "to": "c", "label": TEXTS, "stopped_by": TEXTS}, MESSAGE],
        "flows": [MESSAGE],
    },
    "evolution": {
        "stages": {
            "s": {"scale": TEXTS, "name": TEXTS, "nodes": {"a": NODE, "b": TEXTS}, "flows": [MESSAGE]},
            "t": {"name": TEXTS, "why": TEXTS, "nodes": {"a": NODE}},
        },
    },
    "journey": {
        "unit": TEXTS,
        "budget": "12",
        "reserve": "2",
        "steps": {"a": {**NODE, "takes": "4.5"}, "b": {**NODE, "takes": "5.5", "via": TEXTS}},
    },
    "ownership": {
        "teams": {
            "t": {"name": TEXTS, "on_call": TEXTS, "escalates": "u", "services": {"a": NODE}},
            "u": {"name": TEXTS, "on_call": TEXTS, "services": {"b": TEXTS}},
        },
        "flows": [MESSAGE],
    },
    "dashboard": {
        "rows": {"r": {"name": TEXTS, "panels": {"a": {**NODE, "shows": TEXTS, "alert": TEXTS}, "b": TEXTS}}},
    },
    "failure-sequence": {
        "participants": {"a": NODE, "b": TEXTS},
        "steps": [
            {"failure": TEXTS, "steps": [MESSAGE]},
            {"timeout": TEXTS, "over": ["b"]},
            {"retry": TEXTS, "steps": [MESSAGE]},
            {"recovery": TEXTS},
        ],
    },
    "protocol": {
        "participants": {"a": NODE, "b": TEXTS},
        "steps": [{**MESSAGE, "fields": {"term": TEXTS, "index": TEXTS}}, {"holds": {"log": TEXTS}, "over": ["a"]}],
    },
    "cost": {
        "currency": TEXTS,
        "unit": TEXTS,
        "total": "30",
        "parts": {"a": {**NODE, "amount": "10"}, "b": {"name": TEXTS, "amount": "19.5"}, "c": {"amount": "0.5"}},
    },
    "latency": {
        "unit": TEXTS,
        "name": TEXTS,
        "limit": {"name": TEXTS, "value": "9"},
        "percentiles": {"p50": {**NODE, "value": "5"}, "p99": "12"},
        "budget": {"name": TEXTS, "total": "3", "parts": {"a": {**NODE, "value": "3"}, "b": "0"}},
    },
    "utilisation": {"limit": {"name": TEXTS, "value": "80"}, "resources": {"a": {**NODE, "value": "45"}, "b": "100"}},
    "curve": {
        "load": TEXTS,
        "measure": TEXTS,
        "limit": {"name": TEXTS, "value": "100"},
        "points": {"a": {**NODE, "load": "1", "value": "10"}, "b": {**NODE, "load": "2", "value": "19"}},
    },
    "migration": {
        "phases": {
            "p": {
                "name": TEXTS,
                "tasks": {
                    "a": {**NODE, "start": "2026-01-01", "end": "2026-02-01"},
                    "b": {**NODE, "kind": "cut-over", "at": "2026-01-15"},
                },
            },
            "q": {"name": TEXTS, "tasks": {"c": {"name": TEXTS, "start": "2026-01-30", "end": "2026-02-01"}}},
        },
    },
    "schema": {
        "entities": {
            "a": {**NODE, "attributes": {"id": {"kind": TEXTS, "keys": ["PK", "FK"], "remark": TEXTS}, "x": TEXTS}},
            "b": TEXTS,
        },
        "relations": [
            {"from": "a", "to": "b", "label": TEXTS, "from_count": one, "to_count": other}
            for one, other in (("one", "many"), ("optional", "some"), ("some", "optional"), ("many", "one"))
        ],
    },
    "matrix": {
        "x": {"low": TEXTS, "high": TEXTS},
        "y": {"low": TEXTS, "high": TEXTS},
        "quadrants": dict.fromkeys(("upper_right", "upper_left", "lower_left", "lower_right"), TEXTS),
        "items": {"a": {**NODE, "x": "10", "y": "100"}, "b": {"name": TEXTS, "x": "0.5", "y": "33.3"}},
    },
}
"""Every place of every further type that takes text of an author."""


def diagram_of(name: str, texts: Callable[[], str]) -> Diagram:
    fields = {"type": name, "title": "Title", "summary": "What it shows", **filled(FIELDS[name], texts)}
    return read_diagram(flow({"diagram": fields}), "some/id", "file.yaml")


def assert_says_all(diagram: Diagram, engine: Engine) -> None:
    svg = check_and_draw(diagram, engine)
    assert missing(body_texts(diagram), shown(svg)) == []
    assert svg.count("cdc-node") == len(diagram.nodes)


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("name", FIELDS)
def test_a_text_that_mermaid_reads_as_grammar_is_shown_as_it_is(name: str, text: str, engine: Engine) -> None:
    assert_says_all(diagram_of(name, lambda: text), engine)


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=30)
@given(data=st.data())
def test_any_text_in_any_field_is_shown(name: str, data: st.DataObject, engine: Engine) -> None:
    assert_says_all(diagram_of(name, lambda: data.draw(WORDS)), engine)


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
