"""The JSON Schema that editors use agrees with what the loader says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from bad_samples import BAD, Bad
from hypothesis import given
from hypothesis import strategies as st
from samples import FIELDS, GOOD, WORDS, filled, flow, read

from sphinx_diagram_ext.catalog import Catalog, read_diagram
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.json_schema import DRAFT, json_schema
from sphinx_diagram_ext.yaml_source import parse_yaml

ROOT = Path(__file__).parents[2]
FOLDERS = [folder for folder in (ROOT / "data", ROOT / "docs" / "examples") if folder.is_dir()]
CATALOG = Catalog(FOLDERS)
FILES = sorted(path for _, path, _ in CATALOG.files())
VALIDATOR = jsonschema.Draft7Validator(json_schema())


def errors(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def as_text(text: str) -> Any:
    """Return the data with every scalar as text, except for truth values."""
    return with_truth_values(parse_yaml(text, "file.yaml").data)


def with_truth_values(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: with_truth_values(item) for key, item in value.items()}
    if isinstance(value, list):
        return [with_truth_values(item) for item in value]
    return {"true": True, "false": False}.get(value, value)


def as_an_editor_reads(text: str) -> Any:
    """Return the data as a YAML 1.2 editor sees it, numbers and truth values included; dates are text there."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def test_the_schema_is_one() -> None:
    schema = json_schema()
    jsonschema.Draft7Validator.check_schema(schema)
    assert schema["$schema"] == DRAFT
    assert schema["properties"]["diagram"]["properties"]["type"]["enum"] == list(TYPES)


def test_every_reference_leads_somewhere() -> None:
    schema = json_schema()
    used = set(re.findall(r'"#/definitions/([^"]+)"', json.dumps(schema)))
    assert used == set(schema["definitions"])


@pytest.mark.parametrize("path", [ROOT / "schema" / "diagram.schema.json"], ids=lambda path: path.name)
def test_the_committed_schema_is_that_of_the_types(path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8")) == json_schema()


def test_every_key_of_the_schema_is_described() -> None:
    for name, part in json_schema()["definitions"].items():
        bare = [
            key for key, value in part.get("properties", {}).items() if not value.get("description") and key != "type"
        ]
        assert bare == [], name


def test_there_are_data_files() -> None:
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_data_file_fits(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert errors(as_text(text)) == []
    assert errors(as_an_editor_reads(text)) == []
    assert read_diagram(text, "some/id", "file.yaml", shared=CATALOG.shared).title.text


@pytest.mark.parametrize("name", GOOD)
def test_every_good_sample_fits(name: str) -> None:
    assert errors(as_text(GOOD[name])) == []


@pytest.mark.parametrize("name", ["architecture", "flow", "comparison", "sequence", "timeline", "mermaid"])
def test_every_good_sample_fits_in_an_editor(name: str) -> None:
    assert errors(as_an_editor_reads(GOOD[name])) == []


@pytest.mark.parametrize("sample", [item for item in BAD if item.shape], ids=lambda sample: sample.name)
def test_a_sample_of_bad_shape_is_refused(sample: Bad) -> None:
    assert errors(as_text(sample.text)) != []


@pytest.mark.parametrize("sample", [item for item in BAD if not item.shape], ids=lambda sample: sample.name)
def test_a_sample_that_only_the_loader_refuses_fits(sample: Bad) -> None:
    assert errors(as_text(sample.text)) == []


@pytest.mark.parametrize("name", FIELDS)
@given(data=st.data())
def test_what_the_loader_takes_fits(name: str, data: st.DataObject) -> None:
    text = flow({"diagram": {"type": name, **filled(FIELDS[name], lambda: data.draw(WORDS))}})
    assert read(text).type == name
    assert errors(as_text(text)) == []


KEYS_OF_A_FLOW = st.sampled_from(["title", "nodes", "groups", "flows", "tags", "direction", "illustration", "explain"])
SHAPES = st.sampled_from([None, "a", "LR", "true", [], ["a"], {}, {"a": "b"}, {"a": None}, [{"from": "a", "to": "a"}]])


@given(more=st.dictionaries(KEYS_OF_A_FLOW, SHAPES))
def test_what_the_schema_refuses_the_loader_refuses_too(more: dict[str, Any]) -> None:
    data = {"diagram": {"type": "flow", "title": "T", "nodes": {"a": "A"}, **more}}
    text = json.dumps(data)
    if errors(as_text(text)):
        with pytest.raises(ProblemsError):
            read(text)


@pytest.mark.parametrize("value", [5, 1.5, True, "x"])
def test_numbers_and_truth_values_are_text_for_the_schema(value: object) -> None:
    data = {
        "type": "flow",
        "title": value,
        "tags": [value],
        "nodes": {"a": value, "b": {"name": value, "details": [value]}},
    }
    assert errors({"diagram": data}) == []


@pytest.mark.parametrize(
    "key", ["summary", "direction", "category", "difficulty", "tags", "reviewed", "groups", "flows", "illustration"]
)
def test_a_key_without_a_value_fits(key: str) -> None:
    assert errors({"diagram": {"type": "flow", "title": "T", "nodes": {"a": None}, key: None}}) == []
    assert read(f"diagram: {{type: flow, title: T, nodes: {{a: }}, {key}: }}\n").title.text == "T"
