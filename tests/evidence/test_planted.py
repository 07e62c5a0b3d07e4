"""Planted errors are found, and true claims raise nothing."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.lint import lint, read_settings
from sphinx_diagram_ext.plan import read_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

TRUE = yaml.safe_load(Path(__file__).with_name("true_claims.yaml").read_text(encoding="utf-8"))
PLAN = read_plan(Path(__file__).parents[2] / "data" / "atlas" / "plan.yaml")
SETTINGS = read_settings({"enable": ["subject-unknown"], "ignore": ["metric-without-source"]}, plan=PLAN)
RULES = (
    "figure-not-in-evidence",
    "source-unread",
    "derived-wrong",
    "impossible-value",
    "near-duplicate",
    "subject-unknown",
)
TODAY = dt.date(2026, 11, 28)


class Claim(NamedTuple):
    source: str
    quote: str
    text: str


CLAIMS = [Claim(name, item["quote"], text) for name, items in TRUE.items() for item in items for text in item["claims"]]


class Planted(NamedTuple):
    """An error: its kind, the claims or the whole data of the diagrams, and what differs in the registry."""

    kind: str
    diagrams: list[dict]
    registry: dict[str, dict] | None = None


def entry(name: str) -> dict:
    publisher = name.partition("/")[0]
    return {
        "title": f"{publisher}: {name.partition('/')[2]}",
        "url": f"https://example.org/{name}",
        "kind": "documentation",
        "published": "2026-08",
        "read": "2026-11-27",
        "extent": "whole",
        "about": [publisher],
        "text": f"texts/{name.replace('/', '-')}.txt",
    }


def diagram(title: str, claims: list[Claim], **more: object) -> dict:
    """Return a flow whose nodes make the *claims*, about the system that their source is about."""
    nodes = {
        f"n{number}": {"name": claim.text, "source": claim.source, "quote": claim.quote}
        for number, claim in enumerate(claims)
    }
    systems = sorted({claim.source.partition("/")[0] for claim in claims})
    summary = "What the documentation says."
    return {"type": "flow", "title": title, "summary": summary, "systems": systems, "nodes": nodes, **more}


def findings(diagrams: list[dict], folder: Path, changes: dict[str, dict] | None = None) -> list[str]:
    """Return what the rules of this file find in *diagrams*, with the registry of all sources and its *changes*."""
    for publisher, names in itertools.groupby(TRUE, key=lambda name: name.partition("/")[0]):
        entries = {name: {**entry(name), **(changes or {}).get(name, {})} for name in names}
        path = folder / "sources" / f"{publisher}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"sources": {name.partition("/")[2]: one for name, one in entries.items()}}))
    for name, items in TRUE.items():
        path = folder / "sources" / entry(name)["text"]
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n\n".join(item["quote"] for item in items), encoding="utf-8")
    for number, data in enumerate(diagrams):
        (folder / f"d{number}.yaml").write_text(json.dumps({"diagram": data}), encoding="utf-8")
    catalog = Catalog([folder])
    problems = [str(problem) for problem in catalog.check()]
    found = lint(catalog, SETTINGS, today=TODAY)
    wanted = {f"lint-{name}" for name in RULES}
    return [*problems, *(str(item) for item in found if item.code in wanted)]


def test_two_hundred_true_claims_raise_nothing(tmp_path):
    parts = [CLAIMS[start : start + 12] for start in range(0, len(CLAIMS), 12)]
    assert len(CLAIMS) >= 200
    assert findings([diagram("True", part) for part in parts], tmp_path) == []


# -- the errors ----------------------------------------------------------------------------


def spread(claims: list[Claim], count: int = 10) -> list[Claim]:
    """Return *count* of the claims, from everywhere."""
    assert len(claims) >= count
    return [claims[index * len(claims) // count] for index in range(count)]


def wrong_numbers() -> Iterator[Planted]:
    for claim in spread([claim for claim in CLAIMS if re.match(r"\D*\b\d+", claim.text)]):
        text = re.sub(r"\b\d+", lambda found: str(int(found[0]) + 1), claim.text, count=1)
        yield Planted("number", [diagram("Wrong", [claim._replace(text=text)])])


UNITS = {"ms": "s", "GB": "TB", "MB": "GB", "min": "h", "MiB": "GiB", "s": "min", "%": "ms", "h": "min"}


def wrong_units() -> Iterator[Planted]:
    pattern = re.compile(r"(?<=\d )(?:ms|GB|MB|MiB|min|s|%|h)(?!\w)")
    for claim in spread([claim for claim in CLAIMS if pattern.search(claim.text)]):
        text = pattern.sub(lambda found: UNITS[found[0]], claim.text)
        yield Planted("unit", [diagram("Wrong", [claim._replace(text=text)])])


def wrong_orders() -> Iterator[Planted]:
    for name, published in zip(TRUE, ["2026-12", "2027", "2026-11-28", "2030-01-01", "2028-02"], strict=False):
        claims = [claim for claim in CLAIMS if claim.source == name][:3]
        yield Planted("order", [diagram("Order", claims)], {name: {"published": published}})
    times = (("22:52", "22:43"), ("10:00", "09:59"), ("23:11 UTC", "23:10 UTC"), ("7:30", "5:12"), ("1:02", "0:58"))
    for first, second in times:
        events = [{"time": first, "events": "The disk is full"}, {"time": second, "events": "An alert fires"}]
        data = {"type": "timeline", "title": "Order", "illustration": True, "sections": [{"events": events}]}
        yield Planted("order", [data])


def wrong_sums() -> Iterator[Planted]:
    sums = (
        ("30 ms", "12 ms", "a + b", "41 ms"),
        ("3 GB", "500 MB", "a + b", "5 GB"),
        ("24 h", "11 min", "a + b", "24.5 h"),
        ("400 requests/s", "250 requests/s", "a + b", "600 requests/s"),
        ("10 TB", "30 d", "a / b", "5 MB/s"),
        ("12", "100 ms", "a * b", "12 s"),
        ("95 %", "20", "a * b", "20"),
        ("$0.09", "100", "a * b", "$90"),
        ("5 min", "30 s", "a - b", "4.4 min"),
        ("3", "5", "(a + b) / 2", "3"),
    )
    for a, b, formula, result in sums:
        nodes = {
            "a": {"name": a, "figure": "a", "illustration": True},
            "b": {"name": b, "figure": "b", "illustration": True},
            "c": {"name": result, "derived": formula},
        }
        yield Planted("sum", [{"type": "flow", "title": "Sum", "summary": "A sum.", "nodes": nodes}])


def wrong_versions() -> Iterator[Planted]:
    pattern = re.compile(r"(?<=[v ])(\d+\.(?:\d+\.)?)(\d+)\b(?! [sx%]| MiB| round)")
    for claim in spread([claim for claim in CLAIMS if re.search(r"v\d+\.\d|\d+\.\d+\.\d", claim.text)]):
        text = pattern.sub(lambda found: f"{found[1]}{int(found[2]) + 7}", claim.text)
        assert text != claim.text
        yield Planted("version", [diagram("Version", [claim._replace(text=text)])])


def other_subjects() -> Iterator[Planted]:
    for claim in spread(CLAIMS):
        yield Planted("subject", [diagram("Another", [claim], systems=["Cassandra"])])


def copied_siblings() -> Iterator[Planted]:
    for start in range(0, 200, 20):
        claims = CLAIMS[start : start + 6]
        copy = diagram("The copy", claims, subject="Another company")
        copy["nodes"]["n0"] = {"name": "Another company", "explain": "It had the same outage."}
        yield Planted("copy", [diagram("The first", claims, subject="A company"), copy])


def dead_parameters() -> Iterator[Planted]:
    pattern = re.compile(r"--[a-z]+|[a-z]+_[a-z]+|math\.Max")
    for claim in spread([claim for claim in CLAIMS if pattern.search(claim.text)]):
        text = pattern.sub(lambda found: f"{found[0]}x", claim.text, count=1)
        yield Planted("parameter", [diagram("Parameter", [claim._replace(text=text)])])


def impossible_times() -> Iterator[Planted]:
    times = ("25:99 UTC", "12:60", "24:75", "2021-02-30", "31 April 2022", "2022-13-01", "February 30, 2020",
             "2023-02-29", "29:00 PST", "June 31, 2019")  # fmt: skip
    for time in times:
        nodes = {"a": {"name": "The disk is full", "details": [time], "illustration": True}}
        yield Planted("time", [{"type": "flow", "title": "Time", "summary": "A time.", "nodes": nodes}])


def invented_quotations() -> Iterator[Planted]:
    for claim in spread([claim for claim in CLAIMS if re.match(r"\D*\b\d+\b", claim.text)]):
        quote = f"{claim.text.split(':')[-1]} were measured by the team"
        yield Planted("quotation", [diagram("Quotation", [claim._replace(quote=quote)])])


ERRORS = [
    error
    for kind in (wrong_numbers, wrong_units, wrong_orders, wrong_sums, wrong_versions, other_subjects, copied_siblings,
                 dead_parameters, impossible_times, invented_quotations)
    for error in kind()
]  # fmt: skip


def test_at_least_95_of_100_planted_errors_are_found(tmp_path):
    assert Counter(error.kind for error in ERRORS) == dict.fromkeys(
        ("number", "unit", "order", "sum", "version", "subject", "copy", "parameter", "time", "quotation"), 10
    )
    missed = [
        error
        for number, error in enumerate(ERRORS)
        if not findings(error.diagrams, tmp_path / str(number), error.registry)
    ]
    assert len(missed) <= 5, missed


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (0, "does not stand in the quotation of 'etcd/performance'; correct one of them."),
        (10, "does not stand in the quotation of"),
        (20, "was read on 2026-11-27, before it was published (2026-12)."),
        (30, "The formula gives 0.042 s, not '41 ms'; correct one of them."),
        (50, "is about etcd, not Cassandra."),
        (60, "The diagram has the same shape as 'd0' and"),
        (90, "does not have the words"),
    ],
)
def test_what_is_said(error, said, tmp_path):
    found = findings(ERRORS[error].diagrams, tmp_path, ERRORS[error].registry)
    assert any(said in item for item in found), found
