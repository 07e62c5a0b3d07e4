"""What the further types make of good data, and what they say about bad data."""

from __future__ import annotations

import contextlib
import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import flow, problems_of, read

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import Code, ProblemsError
from sphinx_diagram_ext.model import (
    Block,
    Chart,
    Count,
    Diagram,
    EdgeStyle,
    Entities,
    Exchange,
    Graph,
    Group,
    Matrix,
    Message,
    Note,
    Plot,
    Role,
    Schedule,
    Sequence,
    Shares,
    StateMachine,
    Stretch,
    Tone,
)
from sphinx_diagram_ext.plaintext import text_list
from sphinx_diagram_ext.types import TYPES

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "types"
OLD = ("architecture", "flow", "comparison", "decision", "sequence", "timeline", "mermaid")


def example(name: str) -> Diagram:
    return read_diagram((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8"), name, f"{name}.yaml")


def keys(diagram: Diagram) -> list[str]:
    return [node.key for node in diagram.nodes]


def ends(diagram: Diagram) -> list[tuple[str, str, str | None]]:
    return [(edge.source, edge.target, edge.label.text if edge.label else None) for edge in diagram.edges]


def lines(diagram: Diagram, key: str) -> list[str]:
    node = diagram.node(key)
    assert node is not None
    return [node.label.text, *(detail.text for detail in node.details)]


def test_there_is_an_example_of_every_further_type() -> None:
    assert {example(path.stem).type for path in EXAMPLES.glob("*.yaml")} == set(TYPES) - set(OLD)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_explanations_reach_their_nodes(name: str) -> None:
    diagram = example(name)
    text = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    explained = [node.explain for node in diagram.nodes if node.explain]
    assert len(explained) == text.count("explain: ") + text.count("  explain:\n")
    assert all(text.split("\n")[item.line - 1].endswith((item.text, f"{item.text}}}")) for item in explained)


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_the_outline_names_every_node(name: str) -> None:
    diagram = example(name)
    assert all(node.label.text in text_list(diagram) for node in diagram.nodes)


def test_state() -> None:
    diagram = example("raft-states")
    body = diagram.body
    assert isinstance(body, StateMachine)
    assert keys(diagram) == ["follower", "candidate", "leader", "heartbeats", "writes"]
    assert (body.start, body.states[2].start) == ("follower", "heartbeats")
    assert ends(diagram)[0] == ("follower", "candidate", "election timeout")


def test_topology() -> None:
    diagram = example("three-regions")
    body = diagram.body
    assert isinstance(body, Graph)
    assert body.groups[1] == Group("us_east\na", Message("Zone A", 14), ("leader",), parent="us_east")
    assert [(edge.label.text if edge.label else "", edge.style) for edge in body.edges[:2]] == [
        ("WAL\n2 ms", EdgeStyle.SOLID),
        ("WAL\n90 ms", EdgeStyle.DASHED),
    ]


def test_pipeline() -> None:
    diagram = example("canary-delivery")
    assert keys(diagram) == ["build", "staging", "staging.gate", "canary", "canary.gate", "production"]
    assert ends(diagram) == [
        ("build", "staging", None),
        ("staging", "staging.gate", None),
        ("staging.gate", "canary", "yes"),
        ("staging.gate", "build", "no"),
        ("canary", "canary.gate", None),
        ("canary.gate", "production", "yes"),
        ("canary.gate", "staging", "no"),
        ("production", "canary", "flag off"),
    ]
    assert diagram.nodes[2].role is Role.DECISION


def test_cascade() -> None:
    diagram = example("retry-storm")
    assert [edge.stopped for edge in diagram.edges] == [False, False, False, False, True]
    assert {node.key: node.tone for node in diagram.nodes}["pool"] is Tone.PROBLEM
    assert "retries --x|" in pipeline.emit(diagram).text


def test_evolution() -> None:
    diagram = example("shop-growth")
    body = diagram.body
    assert isinstance(body, Graph)
    assert body.joints == (Message("reads fill the CPU", 20), Message("one schema, ten teams", 31))
    assert keys(diagram)[:2] == ["one.app", "one.db"]


def test_journey() -> None:
    diagram = example("checkout-budget")
    assert lines(diagram, "phone") == ["Phone", "30 ms", "mobile network"]
    assert lines(diagram, "budget") == ["180 + 20 = 200 ms"]


def test_ownership() -> None:
    diagram = example("who-owns-what")
    assert keys(diagram)[:3] == ["cart", "payments", "checkout.on_call"]
    assert ends(diagram)[-1] == ("checkout.on_call", "platform.on_call", None)


def test_dashboard() -> None:
    diagram = example("connector-dashboard")
    assert lines(diagram, "lag") == ["Lag", "MilliSecondsBehindSource", "! more than 60 s for 5 min"]


def test_failure_sequence() -> None:
    body = example("split-brain").body
    assert isinstance(body, Sequence)
    failure, timeout, retry = body.steps[2], body.steps[3], body.steps[5]
    assert isinstance(failure, Stretch)
    assert isinstance(timeout, Stretch)
    assert isinstance(retry, Block)
    assert (failure.tone, len(failure.steps), timeout.tone) == (Tone.PROBLEM, 2, Tone.CAUTION)
    assert (retry.kind, len(body.edges)) == ("loop", 7)
    assert "\u2715 The network splits" in "".join(line.text for line in pipeline.emit(example("split-brain")).lines)


def test_protocol() -> None:
    body = example("append-entries").body
    assert isinstance(body, Sequence)
    assert body.steps[0] == Note(Message("term: 42\nlastIndex: 999", 14), ("leader", "two"))
    assert isinstance(body.steps[2], Exchange)
    assert body.steps[2].label.text == "commit\nindex: 1000"


def test_cost() -> None:
    diagram = example("monthly-bill")
    assert isinstance(diagram.body, Shares)
    assert diagram.body.total.text == "$290 K a month"
    assert lines(diagram, "compute") == ["Compute", "$180 K a month (62.1\u00a0%)", "EC2 and EKS"]


def test_latency() -> None:
    diagram = example("api-latency")
    body = diagram.body
    assert isinstance(body, Chart)
    assert [measure.value for measure in body.measures][-2:] == [Decimal(15), Decimal("0.5")]
    assert lines(diagram, "p99.9") == ["p99.9", "312 ms", "garbage collection"]
    assert body.limit is not None
    assert body.limit.label.text == "SLO 200 ms"


def test_utilisation() -> None:
    body = example("broker-utilisation").body
    assert isinstance(body, Chart)
    assert (body.plot, body.top) == (Plot.BARS, Decimal(100))


def test_curve() -> None:
    diagram = example("throughput-curve")
    assert isinstance(diagram.body, Chart)
    assert diagram.body.plot is Plot.CURVE
    assert lines(diagram, "k40") == ["40", "9600", "knee"]
    assert diagram.nodes[3].tone is Tone.CAUTION


def test_migration() -> None:
    diagram = example("database-migration")
    body = diagram.body
    assert isinstance(body, Schedule)
    cut = body.phases[1].tasks[2]
    assert (cut.start, cut.end, cut.node.tone) == (dt.date(2026, 3, 16), None, Tone.PROBLEM)
    assert lines(diagram, "dual") == ["Dual write", "2026-02-02 \u2013 2026-04-20"]


def test_schema() -> None:
    body = example("outbox-schema").body
    assert isinstance(body, Entities)
    assert body.entities[1].attributes[0].keys == ("PK", "FK")
    assert body.relations[0].counts == (Count.ONE, Count.SOME)


def test_matrix() -> None:
    body = example("capture-options").body
    assert isinstance(body, Matrix)
    assert (body.places[0].x, body.places[0].y) == (Decimal("0.65"), Decimal("0.95"))
    assert [title.text if title else "" for title in body.quadrants] == [
        "Worth it at scale",
        "Begin here",
        "For reports",
        "Avoid",
    ]


def test_a_quantity_times_a_price_is_the_amount_as_it_is_rounded() -> None:
    text = "diagram:\n  type: cost\n  title: T\n  parts: {a: {amount: 11.6, quantity: 503, price: 0.023}}\n"
    assert lines(read(text), "a") == ["A", "11.6 (100\u00a0%)", "503 \u00d7 0.023"]


def test_series_have_names_of_their_own() -> None:
    series = "series: {a: {name: One, percentiles: {p50: 1, p99: 2}}, b: {percentiles: {p50: 3}}}"
    body = read(f"diagram:\n  type: latency\n  title: T\n  unit: ms\n  {series}\n").body
    assert isinstance(body, Chart)
    assert [(part.label.text, part.beside) for part in body.series if part.label] == [("One", False), ("B", True)]
    assert [node.key for node in body.nodes] == ["a.p50", "p99", "b.p50"]


BAD: list[tuple[str, str, list[tuple[int, Code, str]]]] = [
    (
        "cost",
        "parts:\n    a: {amount: 451, quantity: 5020, price: 0.09}\n    b: {amount: 1, price: 2}",
        [
            (5, Code.SCHEMA, "5020 \u00d7 0.09 is 451.8, but the amount is 451."),
            (6, Code.SCHEMA, "'b' has a price and no quantity; write both or neither."),
        ],
    ),
    (
        "latency",
        "unit: ms\n  percentiles: {p50: 1}\n  series:\n    budget: {percentiles: {p50: 2, p99: 1}}",
        [
            (7, Code.SCHEMA, "'budget' is where the components are"),
            (7, Code.SCHEMA, "Found 'percentiles' and 'series'"),
            (7, Code.SCHEMA, "p99 is less than p50"),
        ],
    ),
    ("utilisation", "limit: {value: 5}", [(2, Code.SCHEMA, "Wanted 'resources' or 'series'.")]),
    (
        "curve",
        "load: a\n  measure: b\n  series:\n    x: {points: {a: {load: 2, value: 1}, b: {load: 1, value: 1}}}",
        [(7, Code.SCHEMA, "The load does not grow: 1 follows 2.")],
    ),
    ("state", "states: {a: , b: }\n  transitions: [{from: a, to: c}]", [(5, Code.UNKNOWN_NODE, "'c' here")]),
    ("state", "start: z\n  states: {a: }", [(4, Code.UNKNOWN_NODE, "no state 'z' to start with")]),
    ("state", "states:\n    a: {states: {b: }, details: [x]}", [(5, Code.SCHEMA, "'a' has states inside")]),
    ("state", "states:\n    a: {start: b}", [(5, Code.SCHEMA, "'a' has a start and no states inside")]),
    (
        "state",
        "states: {a: {states: {b: }}}\n  transitions: [{from: a, to: b}]",
        [(5, Code.SCHEMA, "'b' is a state inside 'a'")],
    ),
    ("topology", "regions: {r: {name: R}}", [(4, Code.SCHEMA, "'r' has neither zones nor replicas")]),
    (
        "topology",
        "regions: {r: {replicas: {a: }}}\n  links:\n    - {from: a, to: a, mode: later}",
        [(6, Code.SCHEMA, "wanted one of sync, async")],
    ),
    (
        "pipeline",
        "stages:\n    a: {gate: {ask: ok, passed: x, failed: no}}",
        [(5, Code.SCHEMA, "No stage follows this gate"), (5, Code.SCHEMA, "Name the stage in 'back'")],
    ),
    (
        "pipeline",
        "stages: {a: , b: }\n  rollbacks:\n    - {from: a, to: b}",
        [(6, Code.SCHEMA, "'b' is not before 'a'")],
    ),
    ("pipeline", "stages:\n    a: {gate: {ask: x}}\n    a.gate:", [(6, Code.DUPLICATE_ID, "the key 'a.gate'")]),
    ("cascade", "stages: {s: {events: {a: }}}\n  spread: [{from: a, to: b}]", [(5, Code.UNKNOWN_NODE, "'b' here")]),
    ("cascade", "stages: {s: {}}", [(4, Code.SCHEMA, "'events' is missing")]),
    (
        "evolution",
        "stages:\n    s: {why: x, nodes: {a: }}\n    t: {nodes: {b: }}",
        [(5, Code.SCHEMA, "Nothing leads to the first stage")],
    ),
    (
        "evolution",
        "stages:\n    s: {nodes: {a: }, flows: [{from: a, to: b}]}\n    t: {nodes: {b: }}",
        [(5, Code.SCHEMA, "from 'a' to 'b' leaves its stage")],
    ),
    (
        "evolution",
        "stages:\n    s: {nodes: {a: }}\n    t: {nodes: {b: }, flows: [{from: b, to: b},\n      {from: a, to: b}]}",
        [(7, Code.SCHEMA, "from 'a' to 'b' leaves its stage")],
    ),
    (
        "journey",
        "unit: ms\n  budget: 10\n  steps: {a: {takes: 4}, b: {takes: 5}}",
        [(5, Code.SCHEMA, "The steps take 9 ms, but the budget is 10 ms.")],
    ),
    (
        "journey",
        "unit: ms\n  budget: 5\n  reserve: 1\n  steps:\n    budget: {takes: 5}",
        [(5, Code.SCHEMA, "5 ms and 1 ms are in reserve"), (8, Code.DUPLICATE_ID, "the key of the note")],
    ),
    (
        "ownership",
        "teams:\n    a: {escalates: b, services: {x: }}\n    b: {services: {y: }}",
        [(5, Code.SCHEMA, "both need 'on_call'")],
    ),
    (
        "ownership",
        "teams:\n    a: {on_call: rota, services: {x: }}\n    b:\n      services:\n        y:\n        a.on_call: z",
        [(9, Code.DUPLICATE_ID, "'a.on_call' is the key of a service and of who is on call")],
    ),
    ("dashboard", "rows: {r: {panels: {}}}", [(4, Code.SCHEMA, "at least 1")]),
    (
        "failure-sequence",
        "participants: {a: }\n  steps:\n    - {from: a, to: a, label: x}",
        [(5, Code.SCHEMA, "Nothing fails here")],
    ),
    (
        "failure-sequence",
        "participants: {a: }\n  steps:\n    - {failure: x, label: y}",
        [(6, Code.SCHEMA, "a failure has no 'label'")],
    ),
    (
        "failure-sequence",
        "participants: {a: }\n  steps:\n    - {retry: x}",
        [(6, Code.SCHEMA, "a retry needs 'steps'")],
    ),
    ("protocol", "participants: {a: }\n  steps:\n    - {holds: {x: 1}}", [(6, Code.SCHEMA, "needs 'over'")]),
    (
        "protocol",
        "participants: {a: }\n  steps:\n    - {note: x, over: [a], fields: {y: z}}",
        [(6, Code.SCHEMA, "a note has no 'fields'")],
    ),
    (
        "cost",
        "currency: $\n  total: 31\n  parts: {a: {amount: 10}, b: {amount: 20.5}}",
        [(5, Code.SCHEMA, "The parts add up to $30.5, but the total is $31.")],
    ),
    ("cost", "parts: {a: {amount: ten}}", [(4, Code.SCHEMA, "'ten': wanted a number such as 12 or 0.5")]),
    ("cost", "parts: {a: {amount: -1}}", [(4, Code.SCHEMA, "'-1': wanted a number")]),
    ("cost", "parts: {a: {amount: 0}}", [(4, Code.SCHEMA, "'a' costs nothing")]),
    (
        "cost",
        "parts: {" + ", ".join(f"p{number}: {{amount: 1}}" for number in range(13)) + "}",
        [(4, Code.SCHEMA, "13 parts, more than 12")],
    ),
    ("latency", "unit: ms", [(2, Code.SCHEMA, "'percentiles', 'budget' or both")]),
    (
        "latency",
        "unit: ms\n  percentiles:\n    p50: 5\n    p99: 4\n    often: 9",
        [(7, Code.SCHEMA, "p99 is less than p50: 4 follows 5"), (8, Code.SCHEMA, "'often', wanted a percentile")],
    ),
    (
        "latency",
        "unit: ms\n  budget:\n    total: 3\n    parts: {a: 1, b: 1.5}",
        [(6, Code.SCHEMA, "add up to 2.5 ms, but the budget is 3 ms")],
    ),
    ("utilisation", "resources:\n    cpu: 101", [(5, Code.SCHEMA, "Found 101, wanted percent")]),
    (
        "curve",
        "load: n\n  measure: m\n  knee: z\n  points:\n    a: {load: 2, value: 1}\n    b: {load: 2, value: 1}",
        [(6, Code.UNKNOWN_NODE, "'z' here"), (9, Code.SCHEMA, "does not grow: 2 follows 2")],
    ),
    (
        "migration",
        "phases:\n    p:\n      tasks:\n        a: {start: 2026-02-01, end: 2026-01-01}",
        [(7, Code.SCHEMA, "ends on 2026-01-01, which is not after 2026-02-01")],
    ),
    (
        "migration",
        "phases:\n    p:\n      tasks:\n        a: {start: 2026-02-30}\n        b: {start: 2026-02-01}",
        [(7, Code.SCHEMA, "wanted a day as YYYY-MM-DD"), (8, Code.SCHEMA, "either 'at' or both 'start' and 'end'")],
    ),
    (
        "migration",
        "phases: {p: {tasks: {a: {kind: cut-over, start: 2026-02-01, end: 2026-02-02}}}}",
        [(4, Code.SCHEMA, "write 'at'")],
    ),
    (
        "schema",
        "entities: {a: }\n  relations:\n    - {from: a, to: a, label: x, to_count: two}",
        [(6, Code.SCHEMA, "wanted one of one, optional, many, some")],
    ),
    ("schema", "entities: {a: }\n  relations:\n    - {from: a, to: b, label: x}", [(6, Code.UNKNOWN_NODE, "'b' here")]),
    (
        "matrix",
        "x: {low: a, high: b}\n  y: {low: c, high: d}\n  items:\n    p: {x: 101, y: 0}",
        [(7, Code.SCHEMA, "Found 101, wanted a place from 0 to 100")],
    ),
]


@pytest.mark.parametrize("name", ["sequence", "failure-sequence", "protocol"])
@pytest.mark.parametrize("kind", ["alt", "par"])
def test_a_misspelt_key_in_a_branch_has_a_hint(name: str, kind: str) -> None:
    step = f"{kind}: [{{when: x, steps: [{{nota: n, over: [a]}}]}}]"
    (found,) = problems_of(f"diagram:\n  type: {name}\n  title: T\n  participants: {{a: }}\n  steps: [{{{step}}}]\n")
    assert (found.line, found.message) == (5, "Unknown key 'nota'. Did you mean 'note'?")


@pytest.mark.parametrize(("name", "text", "said"), BAD, ids=[f"{index}-{item[0]}" for index, item in enumerate(BAD)])
def test_what_is_said_about_a_bad_diagram(name: str, text: str, said: list[tuple[int, Code, str]]) -> None:
    found = problems_of(f"diagram:\n  type: {name}\n  title: T\n  {text}\n")
    assert [(item.line, item.code) for item in found] == [(line, code) for line, code, _ in said]
    assert [item.message for item, (*_, part) in zip(found, said, strict=True) if part not in item.message] == []


NAMES = sorted({key for name in set(TYPES) - set(OLD) for key in TYPES[name].spec.model_fields} - {"type", "title"})
VALUES = st.recursive(
    st.sampled_from(["a", "b", "1", "", "p50", "2026-01-01", "true", "http://x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*NAMES, "a", "b", "name", "from", "to", "value", "nodes"]), inner, max_size=4
        )
    ),
    max_leaves=14,
)


@given(
    name=st.sampled_from(sorted(set(TYPES) - set(OLD))),
    data=st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=8),
)
def test_data_of_any_shape_raises_nothing_but_problems(name: str, data: dict[str, object]) -> None:
    text = flow({"diagram": {"type": name, "title": "T", **data}})
    with contextlib.suppress(ProblemsError):
        read(text)


@given(data=st.data())
@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_an_example_with_any_one_value_changed_raises_nothing_but_problems(name: str, data: st.DataObject) -> None:
    rows = (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    number = data.draw(st.integers(2, len(rows) - 1))
    words = rows[number].split(": ")
    place = data.draw(st.integers(0, len(words) - 1))
    words[place] = data.draw(st.sampled_from(["a", "", "1", "[]", "{}", "[a, b]", "{a: b}", "{a: }", "~"]))
    rows[number] = ": ".join(words)
    with contextlib.suppress(ProblemsError):
        read("\n".join(rows))


def test_keys_of_zones_and_states_are_full_where_they_repeat() -> None:
    zones = "diagram: {type: topology, title: T, regions: {r: {zones: {z: {replicas: {a: }}}}, s: {replicas: {a: }}}}"
    assert keys(read(zones)) == ["r.z.a", "s.a"]
    states = "diagram: {type: state, title: T, states: {a: {states: {c: }}, b: {states: {c: }}}}"
    assert keys(read(states)) == ["a", "a.c", "b", "b.c"]
