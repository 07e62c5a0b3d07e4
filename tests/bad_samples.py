"""Diagrams with something wrong, and all that is said about each."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from sphinx_diagram_ext.errors import Code

Said = tuple[int, int, Code, str]
"""Line, column, code and a part of the message."""

WANTED_URL = "wanted an address that starts with http://"
ONE_KIND = "wanted one of 'from', 'note', 'loop', 'opt', 'alt' and 'par' in a step"


@dataclass(frozen=True)
class Bad:
    """A bad diagram. ``shape`` tells whether a JSON Schema can refuse it too."""

    name: str
    text: str
    said: tuple[Said, ...]
    shape: bool = True


def bad(name: str, text: str, *said: Said, shape: bool = True) -> Bad:
    return Bad(name, textwrap.dedent(text), said, shape)


def flow(*lines: str) -> str:
    """Return a flow diagram with two nodes; *lines* start on line 7."""
    head = "diagram:\n  type: flow\n  title: T\n  nodes:\n    alpha:\n    beta:\n"
    return head + "".join(f"  {line}\n" for line in lines)


def sequence(*steps: str) -> str:
    """Return a sequence; *steps* start on line 8."""
    head = "diagram:\n  type: sequence\n  title: T\n  participants:\n    user:\n    shop:\n  steps:\n"
    return head + "".join(f"    - {step}\n" for step in steps)


def decision(*lines: str) -> str:
    """Return a decision between questions a and b; *lines* start on line 13."""
    head = """\
        diagram:
          type: decision
          title: T
          questions:
            a:
              ask: A
              answers:
                - {label: next, to: b}
            b:
              ask: B
              answers:
                - {label: done, to: end}
    """
    return textwrap.dedent(head) + "".join(f"{line}\n" for line in lines)


SOURCES = (
    "sources:",
    "- {id: note, title: A, url: 'https://example.org/a'}",
    "- {id: report, title: B, url: 'https://example.org/b'}",
)
"""Sources for :func:`flow`, on lines 7 to 9."""

BAD: tuple[Bad, ...] = (
    bad("no diagram", "diagrm: {}\n", (1, 1, Code.SCHEMA, "one key at the top, 'diagram:'; that of a plan is 'plan:'")),
    bad("a list", "- diagram\n", (1, 1, Code.SCHEMA, "one key at the top, 'diagram:'")),
    bad("diagram is text", "diagram: x\n", (1, 10, Code.SCHEMA, "'diagram:' holds a mapping")),
    bad("diagram is nothing", "diagram:\n", (1, 9, Code.SCHEMA, "'diagram:' holds a mapping")),
    bad(
        "no type", "diagram:\n  title: T\n", (2, 3, Code.SCHEMA, "The key 'type' is missing here; one of architecture,")
    ),
    bad(
        "unknown type",
        "diagram:\n  type: zzz\n",
        (2, 9, Code.UNKNOWN_TYPE, "no diagram type 'zzz'; one of architecture, flow,"),
    ),
    bad("unknown type, nearest", "diagram:\n  type: timelin\n", (2, 9, Code.UNKNOWN_TYPE, "Did you mean 'timeline'")),
    bad(
        "shape and meaning at once",
        "diagram:\n  type: flow\n  title: T\n  nodes: {a: {tone: rosy}}\n  flows:\n    - {from: a, to: zed}\n",
        (4, 21, Code.SCHEMA, "Found 'rosy', wanted one of"),
        (6, 21, Code.UNKNOWN_NODE, "There is no node 'zed' here"),
    ),
    bad("type is a list", "diagram:\n  type: [flow]\n", (2, 9, Code.UNKNOWN_TYPE, "no diagram type ['flow']")),
    bad(
        "key beside diagram",
        "other: 1\n" + flow(),
        (1, 1, Code.UNKNOWN_KEY, "Unknown key 'other'; everything stands below 'diagram:'"),
    ),
    bad(
        "key beside diagram and one within",
        "other: 1\n" + flow("sumary: x"),
        (1, 1, Code.UNKNOWN_KEY, "Unknown key 'other'"),
        (8, 3, Code.UNKNOWN_KEY, "Unknown key 'sumary'. Did you mean 'summary'?"),
    ),
    bad("unknown key, nearest", flow("sumary: x"), (7, 3, Code.UNKNOWN_KEY, "'sumary'. Did you mean 'summary'?")),
    bad("unknown key", flow("zzz: x"), (7, 3, Code.UNKNOWN_KEY, "'zzz'. Known here: aliases, category,")),
    bad(
        "unknown key of a node",
        "diagram:\n  type: flow\n  title: T\n  nodes:\n    a: {nmae: x}\n",
        (5, 9, Code.UNKNOWN_KEY, "'nmae'. Did you mean 'name'?"),
    ),
    bad(
        "title missing",
        "diagram:\n  type: flow\n  nodes: {a: }\n",
        (2, 3, Code.SCHEMA, "The key 'title' is missing here."),
    ),
    bad(
        "title without a value",
        "diagram:\n  type: flow\n  title:\n  nodes: {a: }\n",
        (2, 3, Code.SCHEMA, "The key 'title' is missing here."),
    ),
    bad(
        "title is a list",
        "diagram:\n  type: flow\n  title: [a]\n  nodes: {a: }\n",
        (3, 10, Code.SCHEMA, "Found a list of 1, wanted text."),
    ),
    bad(
        "title of white space",
        'diagram:\n  type: flow\n  title: " "\n  nodes: {a: }\n',
        (3, 10, Code.SCHEMA, "at least 1 character"),
        shape=False,
    ),
    bad("tags are text", flow("tags: x"), (7, 9, Code.SCHEMA, "Found 'x', wanted a list (- item).")),
    bad("flows are a mapping", flow("flows: {a: b}"), (7, 10, Code.SCHEMA, "Found a mapping of 1, wanted a list")),
    bad(
        "nodes are a list", "diagram:\n  type: flow\n  title: T\n  nodes: [a]\n", (4, 10, Code.SCHEMA, "a mapping (key")
    ),
    bad("no nodes", "diagram:\n  type: flow\n  title: T\n  nodes: {}\n", (4, 10, Code.SCHEMA, "at least 1 item")),
    bad(
        "a node is a list",
        "diagram:\n  type: flow\n  title: T\n  nodes:\n    a: [x]\n",
        (5, 8, Code.SCHEMA, "Found a list of 1, wanted a mapping"),
    ),
    bad("not true or false", flow("illustration: maybe"), (7, 17, Code.SCHEMA, "'maybe', wanted true or false.")),
    bad("unknown direction", flow("direction: XX"), (7, 14, Code.SCHEMA, "'XX', wanted one of TB, BT, LR, RL.")),
    bad(
        "unknown difficulty",
        flow("difficulty: beginer"),
        (7, 15, Code.SCHEMA, "wanted one of beginner, intermediate, advanced. Did you mean 'beginner'?"),
    ),
    bad(
        "unknown role and tone",
        "diagram:\n  type: flow\n  title: T\n  nodes:\n    a: {role: servce, tone: red}\n",
        (5, 15, Code.SCHEMA, "Did you mean 'service'?"),
        (5, 29, Code.SCHEMA, "wanted one of neutral, problem, caution, healthy, blue, purple."),
    ),
    bad("edge without from", flow("flows:", "- {to: beta}"), (8, 5, Code.SCHEMA, "The key 'from' is missing here.")),
    bad(
        "edge with its ends called source and target",
        flow("flows:", "- {source: alpha, target: beta}"),
        (8, 5, Code.SCHEMA, "The key 'from' is missing here."),
        (8, 21, Code.UNKNOWN_KEY, "Unknown key 'target'. Did you mean 'to'?"),
    ),
    bad(
        "edge to a missing node",
        flow("flows:", "- from: alpha", "  to: bta"),
        (9, 9, Code.UNKNOWN_NODE, "There is no node 'bta' here. Did you mean 'beta'?"),
        shape=False,
    ),
    bad(
        "edge from and to missing nodes",
        flow("flows:", "- {from: x, to: y}"),
        (8, 12, Code.UNKNOWN_NODE, "There is no node 'x' here."),
        (8, 19, Code.UNKNOWN_NODE, "There is no node 'y' here."),
        shape=False,
    ),
    bad(
        "node in two groups",
        flow("groups:", "  one: {nodes: [alpha]}", "  two: {nodes: [beta, alpha]}"),
        (9, 25, Code.SCHEMA, "The node 'alpha' stands in the group 'one' already."),
        shape=False,
    ),
    bad(
        "node in two ranks, and one that is unknown",
        flow("same_rank:", "- [alpha, beta]", "- [alpha, gama]"),
        (
            9,
            6,
            Code.SCHEMA,
            "The node 'alpha' is in a list of 'same_rank' already; put all that is level into one list.",
        ),
        (9, 13, Code.UNKNOWN_NODE, "There is no node 'gama' here."),
        shape=False,
    ),
    bad(
        "unknown node in a group",
        flow("groups:", "  one: {nodes: [alpha, gama]}"),
        (8, 26, Code.UNKNOWN_NODE, "There is no node 'gama' here."),
        shape=False,
    ),
    bad("empty group", flow("groups:", "  one: {nodes: []}"), (8, 18, Code.SCHEMA, "at least 1 item")),
    bad(
        "explanation of an unknown node",
        flow("explain:", "  alhpa: x"),
        (8, 5, Code.UNKNOWN_NODE, "There is no node 'alhpa' to explain. Did you mean 'alpha'?"),
        shape=False,
    ),
    bad(
        "explanation of a node in a layer that does not exist",
        flow("explain:", "  nowhere.alpha: x"),
        (8, 5, Code.UNKNOWN_NODE, "There is no node 'nowhere.alpha' to explain."),
        shape=False,
    ),
    bad("explanation is a list", flow("explain: [x]"), (7, 12, Code.SCHEMA, "wanted a mapping")),
    bad("reviewed is no date", flow("reviewed: 31.1.2026"), (7, 13, Code.SCHEMA, "Found '31.1.2026'")),
    bad("reviewed is no day", flow("reviewed: 2026-02-30"), (7, 13, Code.SCHEMA, "Found '2026-02-30'"), shape=False),
    bad(
        "script as a source",
        flow("sources:", "- title: x", "  url: javascript:alert(1)"),
        (9, 10, Code.SCHEMA, WANTED_URL),
        shape=False,
    ),
    bad(
        "script as a link",
        "diagram:\n  type: flow\n  title: T\n  nodes:\n    a: {link: 'JavaScript:alert(1)'}\n"
        '    b: {link: "java\\tscript:x"}\n',
        (5, 15, Code.SCHEMA, WANTED_URL),
        (6, 15, Code.SCHEMA, WANTED_URL),
        shape=False,
    ),
    bad(
        "source without an address",
        flow("sources:", "- {title: x}"),
        (8, 5, Code.SCHEMA, "The key 'url' is missing here."),
    ),
    bad("alias with a fragment", flow("aliases: ['a#b']"), (7, 13, Code.SCHEMA, "'a#b', wanted a name without '#'")),
    bad(
        "cycle in a decision",
        decision(
            "    again:", "      ask: C", "      answers: [{label: back, to: a}]", "  outcomes:", "    end:"
        ).replace("to: b", "to: again"),
        (15, 35, Code.CYCLE, "This answer leads back: a -> again -> a."),
        shape=False,
    ),
    bad(
        "answer that leads to its own question",
        "diagram:\n  type: decision\n  title: T\n  questions:\n"
        "    a: {ask: A, answers: [{label: x, to: a}]}\n  outcomes: {b: }\n",
        (5, 42, Code.CYCLE, "a -> a"),
        shape=False,
    ),
    bad(
        "question and outcome with the same key",
        decision("  outcomes:", "    end:", "    b:"),
        (15, 5, Code.SCHEMA, "'b' is a question and an outcome"),
        shape=False,
    ),
    bad(
        "answer to nowhere",
        decision("  outcomes:", "    ende:"),
        (12, 29, Code.UNKNOWN_NODE, "There is no node 'end' here. Did you mean 'ende'?"),
        shape=False,
    ),
    bad(
        "decision that starts nowhere",
        decision("  start: c", "  outcomes: {end: }"),
        (13, 10, Code.UNKNOWN_NODE, "There is no node 'c' here."),
        shape=False,
    ),
    bad(
        "decision that starts with an outcome",
        decision("  start: end", "  outcomes: {end: }"),
        (13, 10, Code.UNKNOWN_NODE, "'end'"),
        shape=False,
    ),
    bad("decision without outcomes", decision("  outcomes: {}"), (13, 13, Code.SCHEMA, "at least 1 item")),
    bad("step of no kind", sequence("{label: hm}"), (8, 7, Code.SCHEMA, ONE_KIND), shape=False),
    bad(
        "step of two kinds",
        sequence("{from: user, to: shop, label: x, note: y, over: [user]}"),
        (8, 7, Code.SCHEMA, ONE_KIND),
        shape=False,
    ),
    bad(
        "steps that miss what they need",
        sequence("{from: user}", "{note: x}", "{loop: x}", "{opt: x}"),
        (8, 7, Code.SCHEMA, "a message needs 'to' and 'label'"),
        (9, 7, Code.SCHEMA, "a note needs 'over'"),
        (10, 7, Code.SCHEMA, "a loop needs 'steps'"),
        (11, 7, Code.SCHEMA, "an option needs 'steps'"),
        shape=False,
    ),
    bad(
        "message with steps that nothing would show",
        sequence("{from: user, to: shop, label: x, steps: [{from: user, to: shop, label: y}]}"),
        (8, 7, Code.SCHEMA, "'steps'"),
        shape=False,
    ),
    bad(
        "note with a label that nothing would show",
        sequence("{note: x, over: [user], label: y}"),
        (8, 7, Code.SCHEMA, "'label'"),
        shape=False,
    ),
    bad(
        "unknown participants, deep inside",
        sequence("{from: user, to: shp, label: x}", "loop: x\n      steps:\n        - {note: y, over: [usr]}"),
        (8, 24, Code.UNKNOWN_NODE, "'shp' here. Did you mean 'shop'?"),
        (11, 28, Code.UNKNOWN_NODE, "'usr' here. Did you mean 'user'?"),
        shape=False,
    ),
    bad(
        "note over three",
        sequence("{note: x, over: [user, shop, user]}"),
        (8, 23, Code.SCHEMA, "at most 2 items"),
    ),
    bad(
        "unknown arrow",
        sequence("{from: user, to: shop, label: x, arrow: cal}"),
        (8, 47, Code.SCHEMA, "Did you mean 'call'?"),
    ),
    bad(
        "empty layer",
        "diagram:\n  type: architecture\n  title: T\n  components:\n    edge: {}\n    core: {api: }\n",
        (5, 11, Code.SCHEMA, "The layer 'edge' has no components."),
        shape=False,
    ),
    bad(
        "misspelt key in a component",
        "diagram:\n  type: architecture\n  title: T\n  components:\n    core:\n      api: {expain: x, instances: 3}\n",
        (6, 13, Code.UNKNOWN_KEY, "Unknown key 'expain'. Did you mean 'explain'?"),
        shape=False,
    ),
    bad(
        "metric that is a mapping",
        "diagram:\n  type: architecture\n  title: T\n  components:\n    core:\n      api: {rate: {a: b}}\n",
        (6, 19, Code.SCHEMA, "The key 'value' is missing here."),
        (6, 20, Code.UNKNOWN_KEY, "Unknown key 'a'. Known here: derived, figure, illustration, quote, source, value."),
    ),
    bad(
        "metric that is nearly a key",
        "diagram:\n  type: architecture\n  title: T\n  components:\n    core:\n      api: {sources: x}\n",
        (6, 13, Code.UNKNOWN_KEY, "'sources'. Did you mean 'source'? A metric of that name goes below 'metrics:'."),
        shape=False,
    ),
    bad(
        "name of a layer that does not exist",
        "diagram:\n  type: architecture\n  title: T\n  components: {core: {api: }}\n  layers:\n    cor: {name: x}\n",
        (6, 5, Code.UNKNOWN_KEY, "There is no layer 'cor' in components."),
        shape=False,
    ),
    bad(
        "component with the key of the scale",
        "diagram:\n  type: architecture\n  title: T\n  scale: {users: 2M}\n  components:\n"
        "    core:\n      scale: {name: Weigh}\n",
        (7, 7, Code.DUPLICATE_ID, "'scale'"),
        shape=False,
    ),
    bad(
        "one explanation twice, by two names",
        "diagram:\n  type: architecture\n  title: T\n  components: {core: {api: }}\n"
        "  explain:\n    api: one\n    core.api: two\n",
        (7, 5, Code.SCHEMA, "'api' has an explanation"),
        shape=False,
    ),
    bad(
        "explanation at the node and below explain",
        "diagram:\n  type: flow\n  title: T\n  nodes:\n    a: {explain: one}\n  explain:\n    a: two\n",
        (7, 5, Code.SCHEMA, "The node 'a' has an explanation of its own already."),
        shape=False,
    ),
    bad(
        "name of two nodes",
        "diagram:\n  type: comparison\n  title: T\n  sides:\n    a: {nodes: {db: , x: }}\n    b: {nodes: {db: }}\n"
        "  flows:\n    - {from: x, to: db}\n",
        (8, 21, Code.UNKNOWN_NODE, "'db' names more than one node; write 'a.db' or 'b.db'."),
        shape=False,
    ),
    bad(
        "comparison of one side",
        "diagram:\n  type: comparison\n  title: T\n  sides:\n    a: {nodes: {db: }}\n",
        (5, 5, Code.SCHEMA, "at least 2 items"),
    ),
    bad(
        "two events with one key",
        "diagram:\n  type: timeline\n  title: T\n  sections:\n    - events:\n"
        "        - {time: x, events: y, key: k}\n        - {time: x, events: z, key: k}\n",
        (7, 37, Code.DUPLICATE_ID, "The key 'k' stands on an event before."),
        shape=False,
    ),
    bad(
        "event without a time and one without events",
        "diagram:\n  type: timeline\n  title: T\n  sections:\n    - events:\n"
        "        - {events: y}\n        - {time: x, events: []}\n",
        (6, 11, Code.SCHEMA, "wanted either 'time' or 'unknown', which says why the time is not known"),
        (7, 29, Code.SCHEMA, "at least 1 item"),
    ),
    bad(
        "mermaid without a source",
        "diagram:\n  type: mermaid\n  title: T\n",
        (2, 3, Code.SCHEMA, "The key 'source' is missing"),
    ),
    bad(
        "source that is not listed",
        flow(*SOURCES, "flows:", "- {from: alpha, to: beta, source: [note, raport]}"),
        (11, 44, Code.UNKNOWN_SOURCE, "There is no source 'raport'. Did you mean 'report'?"),
        shape=False,
    ),
    bad(
        "source without an id",
        flow("sources:", "- {title: T, url: 'https://example.org'}", "flows:", "- {from: alpha, to: beta, source: t}"),
        (10, 37, Code.UNKNOWN_SOURCE, "There is no source 't'. Give a source below 'sources' this 'id'."),
        shape=False,
    ),
    bad(
        "two sources with one id",
        flow(*SOURCES, "- {id: note, title: B, url: 'https://example.org/b'}"),
        (10, 10, Code.DUPLICATE_ID, "The id 'note' belongs to a source before"),
        shape=False,
    ),
    bad(
        "source and illustration at once",
        flow(*SOURCES, "flows:", "- {from: alpha, to: beta, illustration: true, source: note}"),
        (11, 29, Code.SCHEMA, "A claim has a source or is an illustration, not both"),
        shape=False,
    ),
    bad(
        "claims of wrong shape",
        flow("flows:", "- {from: alpha, to: beta, source: [], illustration: maybe}", "sources: [{id: A b}]"),
        (8, 37, Code.SCHEMA, "at least 1 item"),
        (8, 55, Code.SCHEMA, "'maybe', wanted true or false."),
        (9, 13, Code.SCHEMA, "The key 'title' is missing here."),
        (9, 13, Code.SCHEMA, "The key 'url' is missing here."),
        (9, 18, Code.SCHEMA, "Found 'A b', wanted lower-case letters and digits, with"),
    ),
    bad(
        "rule of the linter that does not exist",
        flow("lint: {ignore: [nameing], ignor: []}"),
        (7, 19, Code.SCHEMA, "Found 'nameing': wanted a rule of the linter. Did you mean 'naming'?"),
        (7, 29, Code.UNKNOWN_KEY, "Unknown key 'ignor'. Did you mean 'ignore'?"),
    ),
    bad(
        "ten errors",
        "diagram:\n  type: flow\n  titel: T\n  tags: x\n  direction: up\n  difficulty: hard\n  reviewed: today\n"
        "  illustration: perhaps\n  nodes:\n    a: {nmae: x}\n"
        "  flows:\n    - {from: a}\n    - {from: a, to: a, style: wavy}\n  module: [x]\n",
        (3, 3, Code.UNKNOWN_KEY, "'titel'. Did you mean 'title'?"),
        (4, 9, Code.SCHEMA, "wanted a list"),
        (5, 14, Code.SCHEMA, "wanted one of TB"),
        (6, 15, Code.SCHEMA, "wanted one of beginner"),
        (7, 13, Code.SCHEMA, "Found 'today'"),
        (8, 17, Code.SCHEMA, "wanted true or false"),
        (10, 9, Code.UNKNOWN_KEY, "'nmae'"),
        (12, 7, Code.SCHEMA, "The key 'to' is missing here."),
        (13, 31, Code.SCHEMA, "wanted one of solid, dashed, thick, plain."),
        (14, 11, Code.SCHEMA, "wanted text"),
    ),
    bad(
        "ten references to nowhere",
        flow("flows:", *(f"- {{from: alpha, to: no{number}}}" for number in range(10))),
        *((8 + number, 23, Code.UNKNOWN_NODE, f"There is no node 'no{number}' here.") for number in range(10)),
        shape=False,
    ),
)
