"""What is said of Mermaid source that does not parse: every faulty line, and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sphinx_diagram_ext.engine import EngineError, Fault
from sphinx_diagram_ext.engine.diagnosis import find_faults
from sphinx_diagram_ext.engine.diagnosis.faults import MAX_FAULTS, MAX_LINES
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine

MISTAKES = yaml.safe_load((Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def engine():
    return MermanEngine()


def faults(engine, source: str) -> tuple[Fault, ...]:
    with pytest.raises(EngineError) as caught:
        engine.parse(source)
    return caught.value.faults


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_mistake_has_its_line_and_its_fix(engine, mistake):
    (found,) = faults(engine, mistake["source"])
    assert found.line == mistake["line"]
    assert mistake["says"] in found.message


def test_there_are_forty_mistakes_one_a_kind():
    assert len({mistake["name"] for mistake in MISTAKES}) == len(MISTAKES) == 40


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("flowchart LR\n a[x (1)] --> b\n b --> c\n c[y (2)] --> d\n d -> e\n", [2, 4, 5]),
        ("sequenceDiagram\n A->>B x\n loop y\n A->>B: z\n Note right A: n\n", [2, 3, 5]),
        ("classDiagram\n A extends B\n class C {\n  +x\n }\n D extends E\n", [2, 6]),
        ('pie\n Dogs : 3\n "Cats" : 4\n Rats : 5\n', [2, 4]),
        ("erDiagram\n A ||-- B : x\n C {\n  name\n  string ok\n }\n", [2, 4]),
        ("---\ntitle: x\n---\n%% c\nflowchart LR\n a[x (1)] --> b\n\n c[y (2)]\n", [6, 8]),
    ],
)
def test_every_fault_is_told_at_once(engine, source, lines):
    assert [fault.line for fault in faults(engine, source)] == lines


VALID = [
    'flowchart LR\n a["one\n two"] --> b\n subgraph s [Title]\n  direction TB\n  c --> d\n end\n style a fill:#f00\n',
    'flowchart LR\n a --> b & c --> d\n click a "https://x.org"\n class a x\n linkStyle 0 stroke:red\n',
    "sequenceDiagram\n A->>+B: x\n activate A\n B-->>-A: y\n alt\n  A->>B: z\n else b\n  B->>A: w\n end\n",
    "stateDiagram-v2\n state A {\n  [*] --> B\n  --\n  [*] --> C\n }\n note left of A\n  more\n end note\n",
    "---\nconfig:\n  gantt:\n    x: 1\n---\n%% gantt\ngantt\n section A\n One :a1, 2024-01-01, 3d\n Two : 3d\n",
    'C4Context\n Boundary(a, "A", "x") {\n  System(s, "S", "T")\n }\n System(t, "T")\n Rel(s, t, "Uses")\n',
    "classDiagram\n class A {\n  +x int\n  +y() void\n }\n namespace N {\n  class B\n }\n A <|-- B : is\n",
    "gantt\n dateFormat YYYY-MM-DD\n excludes weekends\n section A\n One :a1, 2024-01-01, 3d\n Two :after a1, 2d\n",
    "timeline\n title T\n 2002 : one\n      : two\n",
]


@pytest.mark.parametrize("source", VALID)
def test_a_good_line_is_not_blamed_for_another(engine, source):
    engine.parse(source)
    assert find_faults(source, engine._refusal) == []
    family = source.split(maxsplit=1)[0]
    bad = {"flowchart": " q[x (1)]", "timeline": " 14:00 : x", "stateDiagram-v2": " A -> B"}.get(family, " ?? ??")
    found = faults(engine, f"{source}{bad}\n")
    assert [fault.line for fault in found] == [source.count("\n") + 1]


def test_a_line_that_is_right_alone_and_wrong_here_is_found(engine):
    (found,) = faults(engine, "gitGraph\n commit\n branch dev\n branch dev\n")
    assert found.line == 4


def test_faults_are_bounded(engine):
    many = "flowchart LR\n" + "".join(f" a{at}[x ({at})]\n" for at in range(MAX_FAULTS + 5))
    assert len(faults(engine, many)) == MAX_FAULTS


def test_lines_that_are_asked_about_are_bounded(engine):
    asked = []

    def refuses(text: str) -> str:
        asked.append(text)
        return "no"

    assert find_faults("flowchart LR\n" + "a\n" * MAX_LINES, refuses) == []
    assert asked == []
    find_faults("flowchart LR\n" + "a\n" * (MAX_LINES - 2), refuses)
    assert len(asked) < 3 * MAX_LINES


@pytest.mark.parametrize("piece", ["[", "a[", '"', "|", "-->", "a[(", " end", "{", "((", "x ", "->", "a[b]"])
def test_a_long_line_takes_no_long_time(piece):
    """Only the first characters of a line are looked at."""
    find_faults(f"flowchart LR\n {piece * 50_000}\n", lambda _text: "no")


def test_a_message_holds_little_of_a_long_line():
    (found,) = find_faults(f"flowchart LR\n a[{'(' * 5000}]\n", lambda text: "no" if "((" in text else None)
    assert len(found.message) < 1500
