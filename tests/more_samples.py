"""More samples: a diagram of every other type with texts of one's choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from samples import TEXTS, filled, flow

from sphinx_diagram_ext.catalog.reader import read_diagram

if TYPE_CHECKING:
    from collections.abc import Callable

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
