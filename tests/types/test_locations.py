"""Paths that diagram types spell: one that the model does not know is an error here, and a warning for users."""

from __future__ import annotations

import warnings

import pytest
from samples import GOOD, read

from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.locations import Locations, UnknownPathWarning, unknown_part
from sphinx_diagram_ext.yaml_source import parse_yaml

ARCHITECTURE = """\
diagram:
  type: architecture
  title: T
  components:
    edge:
      named: {name: N, details: [x], max_rps: 5}
      text: plain text
      empty:
  flows:
    - {from: named, to: text}
"""


def locations(text: str) -> Locations:
    source = parse_yaml(text, "file.yaml")
    return Locations(TYPES[source.data["diagram"]["type"]].spec, source)


def unknown(text: str, *path: str | int) -> str | int | None:
    at = locations(text)
    return unknown_part(at.spec, at.source.data["diagram"], path)


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("summary",),
        ("components", "edge", "named", "name"),
        ("components", "edge", "named", "explain"),
        ("components", "edge", "named", "details", 0),
        ("components", "edge", "named", "details", 0, "value"),
        ("components", "edge", "named", "max_rps"),
        ("components", "edge", "named", "max_rps", "value"),
        ("components", "edge", "text", "name"),
        ("components", "edge", "empty", "name"),
        ("flows", 0, "from"),
        ("flows", 0, "label"),
        ("layers",),
    ],
)
def test_what_can_be_written_has_a_path(path):
    assert unknown(ARCHITECTURE, *path) is None


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("component", "edge"), "component"),
        (("components", "core"), "core"),
        (("components", "edge", "edge.named", "name"), "edge.named"),
        (("components", "edge", "named", "p99"), "p99"),
        (("components", "edge", "text", "p99"), "p99"),
        (("components", "edge", "named", "details", 1), 1),
        (("components", "edge", "named", "details", "0"), "0"),
        (("components", "edge", "named", "name", "text"), "text"),
        (("components", 0), 0),
        (("flows", 0, "source", 0), 0),
        (("flows", 0, "target"), "target"),
        (("flows", 1, "from"), 1),
        (("layers", "edge", "name"), "edge"),
    ],
)
def test_what_cannot_be_written_has_none(path, wrong):
    assert unknown(ARCHITECTURE, *path) == wrong


def test_models_that_hold_themselves_are_followed():
    steps = "steps: [{loop: x, steps: [{failure: y}]}, {alt: [{when: z, steps: [{note: n, over: [a]}]}]}]"
    text = f"diagram: {{type: failure-sequence, title: T, participants: {{a: }}, {steps}}}"
    assert unknown(text, "steps", 0, "steps", 0, "timeout") is None
    assert unknown(text, "steps", 1, "alt", 0, "steps", 0, "timeout") is None
    assert unknown(text, "steps", 1, "alt", 0, "steps", 0, "holds") == "holds"


def test_one_text_stands_for_a_list_of_one():
    text = "diagram: {type: timeline, title: T, sections: [{events: [{time: now, events: Deploy}]}]}"
    assert unknown(text, "sections", 0, "events", 0, "events", 0) is None
    assert unknown(text, "sections", 0, "events", 0, "events", 1) == 1


def test_an_unknown_path_is_an_exception_in_tests():
    with pytest.raises(UnknownPathWarning, match=r"'diagram\.flows\.0\.target'"):
        locations(ARCHITECTURE).mark(("flows", 0, "target"))


def test_a_user_gets_a_warning_and_the_line_around():
    at = locations(ARCHITECTURE)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("default")
        assert at.mark(("flows", 0, "target")).line == 10
        assert at.problem("code", "m", ("component", "edge")).line == 2
    remedy = "This is an error in the diagram type; please report it."
    assert [str(item.message) for item in said] == [
        f"file.yaml: the line of 'diagram.flows.0.target' is not exact: there is no 'target'. {remedy}",
        f"file.yaml: the line of 'diagram.component.edge' is not exact: there is no 'component'. {remedy}",
    ]


@pytest.mark.parametrize("name", GOOD)
def test_every_key_of_a_sample_has_a_path(name):
    """The models say what the files say: whatever an author wrote can be asked for."""
    source = parse_yaml(GOOD[name], "file.yaml")
    data = source.data["diagram"]
    assert [path for path in source.values if unknown_part(TYPES[name].spec, data, path[1:]) is not None] == []


def test_a_limit_without_a_name_has_the_line_of_its_value():
    head = "diagram:\n  type: utilisation\n  title: T\n"
    text = f"{head}  resources: {{a: 5}}\n  limit:\n    illustration: true\n    value: 80\n"
    limit = read(text).body.limit
    assert (limit.label.text, limit.label.line) == ("80 %", 7)
