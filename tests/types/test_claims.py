"""Every item of every type can name its source or say that it is an illustration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel
from samples import GOOD, read

from sphinx_diagram_ext.lint.texts import words
from sphinx_diagram_ext.model import Backing, Diagram, RawMermaid
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.base import ClaimSpec
from sphinx_diagram_ext.types.json_schema import json_schema
from sphinx_diagram_ext.yaml_source import parse_yaml

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "types"
SAMPLES = GOOD | {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.yaml"))}
TYPED = {name: text for name, text in SAMPLES.items() if name != "mermaid"}
ONE, TWO = Backing(("one",)), Backing(("one", "two"))
SOURCES = [{"id": name, "title": name, "url": f"https://example.org/{name}"} for name in ("one", "two")]
MADE_UP = Backing(illustration=True)
BARE = {
    "architecture": {"Edge"},
    "capture-options": {"Worth it at scale", "Begin here", "For reports", "Avoid"},
    "read-scaling": {"clients", "reads per second"},
    "throughput-curve": {"clients", "requests per second"},
}
"""Texts that no item makes: a title made of a key, quarters of a matrix, axes of a curve."""


def data_of(text: str) -> dict[str, Any]:
    data = parse_yaml(text, "file.yaml").data
    assert isinstance(data, dict)
    return data["diagram"]


def cited(value: Any, data: Any, claim: dict[str, Any]) -> Any:
    """Return *data* with *claim* added to each of its items; *value* is what a model made of it."""
    if isinstance(value, BaseModel):
        names = {field.alias or name: name for name, field in type(value).model_fields.items()}
        given = {type(value).plain: data} if isinstance(data, str) else data or {}
        inner = {key: cited(child(value, names.get(key, key)), item, claim) for key, item in given.items()}
        return inner | claim if isinstance(value, ClaimSpec) else inner
    if isinstance(data, dict) and isinstance(value, dict):
        return {key: cited(value[key], item, claim) for key, item in data.items()}
    if isinstance(data, list):
        return [cited(one, item, claim) for one, item in zip(value, data, strict=True)]
    if data is None and value is None:
        return dict(claim)
    return data


def child(value: BaseModel, name: str) -> Any:
    return getattr(value, name) if name in type(value).model_fields else (value.model_extra or {})[name]


def read_with(text: str, claim: dict[str, Any]) -> Diagram:
    data = data_of(text)
    spec = TYPES[data["type"]].spec.model_validate(data)
    data = cited(spec, data, claim) | {"sources": SOURCES}
    jsonschema.Draft7Validator(json_schema()).validate({"diagram": with_truth_values(data)})
    return read(json.dumps({"diagram": data}))


def with_truth_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: with_truth_values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_truth_values(item) for item in value]
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


@pytest.mark.parametrize("name", TYPED)
@pytest.mark.parametrize(
    ("claim", "backing"),
    [({"source": "one"}, ONE), ({"source": ["one", "two", "one"]}, TWO), ({"illustration": True}, MADE_UP)],
    ids=["source", "sources", "illustration"],
)
def test_every_item_takes_it_and_every_text_rests_on_it(name, claim, backing):
    diagram = read_with(TYPED[name], claim)
    assert {item.text for item in words(diagram) if item.backing is None} == BARE.get(name, set())
    assert {item.backing for item in words(diagram)} <= {backing, None}
    assert {item.backing for item in diagram.claims} == {backing}
    about = [claim.nodes for claim in diagram.claims]
    made = {node.key for node in diagram.nodes if node.key in ("scale", "budget") or node.key.endswith(".on_call")}
    assert {node.key for node in diagram.nodes} - made <= {keys[0] for keys in about if len(keys) == 1}
    # Edges of pipelines and journeys belong to the stages and steps that they lead from or to.
    if diagram.type not in ("pipeline", "journey"):
        assert {(edge.source, edge.target) for edge in diagram.edges if edge.label} <= {*about}


@pytest.mark.parametrize("name", SAMPLES)
def test_without_it_there_are_no_claims(name):
    diagram = read(SAMPLES[name])
    assert diagram.claims == ()
    if not isinstance(diagram.body, RawMermaid):
        assert {item.backing for item in words(diagram)} == {None}


def test_the_nearest_item_counts():
    diagram = read(
        json.dumps(
            {
                "diagram": {
                    "type": "cascade",
                    "title": "T",
                    "sources": SOURCES,
                    "stages": {
                        "first": {
                            "source": "one",
                            "time": "0 s",
                            "events": {
                                "a": "A",
                                "b": {"illustration": True, "details": [{"value": "5 ms", "source": "two"}]},
                            },
                        }
                    },
                }
            }
        )
    )
    first, second = diagram.nodes
    assert first.label.backing == ONE
    assert second.label.backing == MADE_UP
    assert second.details[0].backing == Backing(("two",))
    stage, node, line = diagram.claims
    assert (stage.nodes, stage.text.text) == ((), "0 s\nFirst")
    assert (node.nodes, node.text) == (("b",), None)
    assert (line.nodes, line.text.text) == (("b",), "5 ms")


def test_mermaid_source_keeps_its_own_source():
    text = GOOD["mermaid"] + "  sources: [{id: one, title: T, url: 'https://example.org'}]\n  illustration: true\n"
    assert read(text).claims == ()


def test_keys_called_source_are_no_claims():
    text = """\
diagram:
  type: flow
  title: T
  nodes: {source: {name: S}, illustration: I}
  explain: {source: What is read.}
"""
    diagram = read(text)
    assert diagram.claims == ()
    assert [node.key for node in diagram.nodes] == ["source", "illustration"]


BACKINGS = st.builds(Backing, st.lists(st.sampled_from("abc"), unique=True).map(tuple), st.booleans())


@given(st.lists(st.none() | BACKINGS, min_size=1))
def test_a_sum_rests_on_all_of_its_parts_or_on_nothing(parts):
    found = Backing.union(parts)
    if None in parts:
        assert found is None
    else:
        assert found is not None
        assert set(found.sources) == {name for part in parts for name in part.sources}
        assert found.illustration == any(part.illustration for part in parts)
