"""A good diagram of every type, and helpers that read, write and look into diagrams."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing.ids import MARKS
from sphinx_diagram_ext.errors import ProblemsError

if TYPE_CHECKING:
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.model import Diagram

GOOD: dict[str, str] = {
    "architecture": """\
        diagram:
          type: architecture
          title: Shop
          summary: Where an order goes.
          tags: [orders, storage]
          reviewed: 2026-01-31
          sources:
            - {title: Design notes, url: "https://example.org/notes", date: 2025}
          scale:
            users: 2M
            peak_rate: 1e3
          layers:
            data: {name: Stores, tone: blue, direction: LR}
          components:
            edge:
              gateway:
                name: API Gateway
                role: external
                details: [Terminates TLS]
                max_rps: 200k
            data:
              orders: {role: database, metrics: {name: pg, size: 2 TB}}
              cache:
          flows:
            - {from: gateway, to: data.orders, label: writes, style: dashed, tone: caution}
            - {from: gateway, to: cache}
          explain:
            orders: Kept for ten years.
    """,
    "flow": """\
        diagram:
          type: flow
          title: Pipeline
          direction: TB
          nodes:
            source: {name: Change log, role: queue, link: "https://example.org/log"}
            sink_table: Warehouse
            errors: {tone: problem, explain: Read it daily.}
          groups:
            inner: {name: Inside, nodes: [source, sink_table], tone: healthy}
          flows:
            - {from: source, to: sink_table, label: rows}
            - {from: source, to: errors, style: plain}
    """,
    "comparison": """\
        diagram:
          type: comparison
          title: Before and after
          sides:
            before:
              name: Nightly batch
              tone: problem
              nodes:
                db: {role: database}
                job: Cron job
              flows:
                - {from: db, to: job, label: dump}
            after:
              nodes:
                db:
                stream: {role: queue}
              flows:
                - {from: db, to: stream}
          flows:
            - {from: job, to: after.db, label: becomes}
    """,
    "decision": """\
        diagram:
          type: decision
          title: Which store?
          start: size
          questions:
            shape:
              ask: Is it relational?
              answers:
                - {label: "yes", to: sql}
                - {label: no, to: documents, tone: caution}
            size:
              ask: Does it fit one machine?
              explain: Count the indexes too.
              answers:
                - {label: yes, to: shape}
                - {label: no, to: documents}
          outcomes:
            sql: {name: PostgreSQL, tone: healthy}
            documents:
    """,
    "sequence": """\
        diagram:
          type: sequence
          title: Checkout
          numbered: true
          participants:
            user: {name: Shopper, role: actor}
            shop:
            bank: {name: Bank, details: [over TLS], tone: purple}
          steps:
            - {from: user, to: shop, label: buy}
            - {note: cart is kept, over: [user, shop]}
            - loop: until it answers
              steps:
                - {from: shop, to: bank, label: charge, arrow: async}
            - alt:
                - when: accepted
                  steps:
                    - {from: bank, to: shop, label: ok, arrow: reply}
                - when: refused
                  steps:
                    - {from: bank, to: shop, label: no, arrow: lost}
            - par:
                - when: mail
                  steps: [{from: shop, to: user, label: receipt}]
                - when: store
                  steps: [{from: shop, to: shop, label: write}]
            - opt: gift
              steps: [{note: wrap it, over: [shop]}]
    """,
    "timeline": """\
        diagram:
          type: timeline
          title: Outage
          sections:
            - name: Before
              events:
                - {time: 22:52, events: Deploy}
                - {time: 2026-01-31, events: [Alarm, Page sent], key: alarm, tone: problem}
            - tone: healthy
              events:
                - {time: 0777, events: [Fixed], explain: See the report.}
          explain:
            alarm: It rang twice.
    """,
    "mermaid": """\
        diagram:
          type: mermaid
          title: As it is
          source: |
            flowchart LR
              a[First] -->|then| b[Second]
          explain:
            b: The end.
    """,
}
GOOD = {name: textwrap.dedent(text) for name, text in GOOD.items()}

TEXTS = "texts"
"""Stands for a place in FIELDS that any text may take."""

FIELDS: dict[str, dict[str, Any]] = {
    "architecture": {
        "title": TEXTS,
        "summary": TEXTS,
        "scale": {"users": TEXTS, "peak rate": TEXTS},
        "layers": {"edge": {"name": TEXTS}},
        "components": {
            "edge": {"gate": {"name": TEXTS, "details": [TEXTS, TEXTS], "rate": TEXTS, "metrics": {"name": TEXTS}}},
            "data": {"store": {"name": TEXTS, "role": "database"}, "plain": TEXTS},
        },
        "flows": [{"from": "gate", "to": "store", "label": TEXTS}],
    },
    "flow": {
        "title": TEXTS,
        "summary": TEXTS,
        "nodes": {
            role: {"name": TEXTS, "details": [TEXTS], "role": role}
            for role in ("service", "database", "queue", "storage", "actor", "decision", "external", "note")
        },
        "groups": {"group": {"name": TEXTS, "nodes": ["queue", "storage"], "direction": "LR"}},
        "flows": [
            {"from": "service", "to": "database", "label": TEXTS, "style": style}
            for style in ("solid", "dashed", "thick", "plain")
        ],
    },
    "comparison": {
        "title": TEXTS,
        "sides": {
            side: {
                "name": TEXTS,
                "nodes": {"one": {"name": TEXTS, "details": [TEXTS]}, "two": TEXTS},
                "flows": [{"from": "one", "to": "two", "label": TEXTS}],
            }
            for side in ("before", "after")
        },
        "flows": [{"from": "before.two", "to": "after.one", "label": TEXTS}],
    },
    "decision": {
        "title": TEXTS,
        "questions": {"ask": {"ask": TEXTS, "answers": [{"label": TEXTS, "to": "yes"}, {"label": TEXTS, "to": "no"}]}},
        "outcomes": {"yes": {"name": TEXTS, "details": [TEXTS]}, "no": TEXTS},
    },
    "sequence": {
        "title": TEXTS,
        "participants": {"user": {"name": TEXTS, "role": "actor"}, "shop": {"name": TEXTS, "details": [TEXTS]}},
        "steps": [
            *(
                {"from": "user", "to": "shop", "label": TEXTS, "arrow": arrow}
                for arrow in ("call", "reply", "async", "lost")
            ),
            {"from": "shop", "to": "shop", "label": TEXTS},
            {"note": TEXTS, "over": ["user"]},
            {"note": TEXTS, "over": ["user", "shop"]},
            {"loop": TEXTS, "steps": [{"from": "user", "to": "shop", "label": TEXTS}]},
            {"opt": TEXTS, "steps": [{"from": "user", "to": "shop", "label": TEXTS}]},
            *(
                {
                    kind: [
                        {"when": TEXTS, "steps": [{"from": "user", "to": "shop", "label": TEXTS}]},
                        {"when": TEXTS, "steps": [{"from": "shop", "to": "user", "label": TEXTS}]},
                    ]
                }
                for kind in ("alt", "par")
            ),
        ],
    },
    "timeline": {
        "title": TEXTS,
        "sections": [
            {"name": TEXTS, "events": [{"time": TEXTS, "events": [TEXTS, TEXTS]}]},
            {"name": TEXTS, "events": [{"time": TEXTS, "events": [TEXTS]}, {"time": TEXTS, "events": [TEXTS]}]},
        ],
    },
}
"""Every place of every type that takes text of an author."""

ALLOWED = st.characters(
    exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff" + MARKS, include_characters="\n\t"
)
"""Characters that the loader takes."""

WORDS = st.text(ALLOWED, min_size=1, max_size=40).filter(lambda text: text.strip() != "")
KEYS = st.from_regex(r"\A[^#\s](?:[^#\n]{0,20}[^#\s])?\Z", alphabet=ALLOWED)


def good(name: str) -> Diagram:
    return read(GOOD[name], f"good/{name}")


def read(text: str, diagram_id: str = "some/id") -> Diagram:
    return read_diagram(text, diagram_id, "file.yaml")


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProblemsError) as caught:
        read(textwrap.dedent(text))
    return caught.value.problems


def problems_or_none(text: str) -> tuple[Problem, ...]:
    """Return what is wrong with *text*; any other error than ProblemsError is raised."""
    try:
        read(text)
    except ProblemsError as error:
        return error.problems or pytest.fail("an error without a problem")
    return ()


def flow(value: Any) -> str:
    """Return *value* as YAML on one line, with every unusual character escaped."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    plain = (char if char.isascii() and (char.isalnum() or char == " ") else f"\\U{ord(char):08x}" for char in value)
    return f'"{"".join(plain)}"'


def filled(value: Any, texts: Any) -> Any:
    """Return *value* with what *texts* returns at every place for text."""
    if isinstance(value, dict):
        return {key: filled(item, texts) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, texts) for item in value]
    return texts() if value is TEXTS else value


def diagram_of(name: str, texts: Any) -> Diagram:
    return read(flow({"diagram": {"type": name, **filled(FIELDS[name], texts)}}))


def squeezed(text: str) -> str:
    return "".join(text.split())


def shown(svg: str) -> str:
    """Return all text of the drawing itself, without white space."""
    root = ET.fromstring(svg)
    parts = (child for child in root if child.tag.rsplit("}", 1)[-1] not in ("title", "desc"))
    return squeezed("".join(text for part in parts for text in part.itertext()))


def missing(wanted: list[str], found: str) -> list[str]:
    """Return the texts of *wanted* that do not stand in *found*, each as often as it is wanted."""
    lost = [text for text in wanted if squeezed(text) not in found]
    short = Counter("".join(map(squeezed, wanted))) - Counter(found)
    return lost + sorted(short)
