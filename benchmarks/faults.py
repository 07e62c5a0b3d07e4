"""Counts the faults of the pictures of generated graphs.

python benchmarks/faults.py [--count 500] [--seed 1] [--json]

The graphs come from a seed: 3 to 60 nodes, groups in groups, loops, parallel edges, labels. The same command counts
the same faults on every machine, so that a change of the layout shows in its numbers.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.drawing.faults import KINDS, faults
from sphinx_diagram_ext.drawing.renderers import NARROW, RENDERERS, WIDE, Space
from sphinx_diagram_ext.model import Diagram, Direction, Edge, Graph, Group, Message, Node, Role

if TYPE_CHECKING:
    from sphinx_diagram_ext.drawing.scene import Scene

LATIN = "order payment stock service gateway primary replica of the change log topic consumer retry archive warehouse"
CYRILLIC = "заказы оплата склад журнал изменений"
WORDS = [*LATIN.split(" "), *CYRILLIC.split(" ")]
WIDTHS = {"wide": WIDE, "narrow": NARROW}


def main() -> None:
    """Count and print a table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500, help="graphs (default: 500)")
    parser.add_argument("--seed", type=int, default=1, help="of the generator (default: 1)")
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    arguments = parser.parse_args()
    found = measured(graphs(arguments.count, arguments.seed))
    print(json.dumps(found, indent=1) if arguments.json else table(found))


def graphs(count: int, seed: int) -> list[Graph]:
    """Return *count* graphs, the same for the same *seed*."""
    chance = random.Random(seed)  # noqa: S311
    return [_graph(chance) for _ in range(count)]


def _graph(chance: random.Random) -> Graph:
    keys = [f"n{number}" for number in range(round(3 * 20 ** chance.random()))]
    nodes = tuple(_node(key, chance) for key in keys)
    edges = [_edge(chance.choice(keys[:at]), keys[at], chance) for at in range(1, len(keys))]
    more = round(len(keys) * chance.choice((0.0, 0.1, 0.3)))
    # Among them loops, parallel edges, and edges against the flow.
    edges += [_edge(chance.choice(keys), chance.choice(keys), chance) for _ in range(more)]
    groups = _groups(keys, chance) if chance.random() < 0.6 else ()
    return Graph(nodes, tuple(edges), groups, chance.choice((Direction.TB, Direction.LR)))


def _node(key: str, chance: random.Random) -> Node:
    details = tuple(Message(_words(2, chance)) for _ in range(chance.choice((0, 0, 1, 2))))
    role = chance.choice((Role.SERVICE, Role.SERVICE, Role.SERVICE, *Role))
    return Node(key, Message(_words(3, chance)), details, role)


def _edge(source: str, target: str, chance: random.Random) -> Edge:
    return Edge(source, target, Message(_words(2, chance)) if chance.random() < 0.4 else None)


def _groups(keys: list[str], chance: random.Random) -> tuple[Group, ...]:
    """Return frames around runs of nodes; every third holds another."""
    found: list[Group] = []
    start = 0
    while start < len(keys):
        end = start + chance.randint(2, 8)
        own = keys[start:end]
        name = f"g{len(found)}"
        if len(own) > 3 and chance.random() < 0.3:
            found.append(Group(name, Message(_words(2, chance)), tuple(own[2:])))
            found.append(Group(f"{name}i", Message(_words(1, chance)), tuple(own[:2]), parent=name))
        else:
            found.append(Group(name, Message(_words(2, chance)), tuple(own)))
        start = end + chance.choice((0, 0, 2))
    return tuple(found)


def _words(most: int, chance: random.Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most))).capitalize()


def measured(found: list[Graph]) -> dict[str, Any]:
    """Return the counts for both widths: pictures, those without a fault, faults by name, and milliseconds."""
    result: dict[str, Any] = {"graphs": len(found)}
    for form, width in WIDTHS.items():
        total: Counter[str] = Counter()
        drawn = failed = without = too_wide = 0
        start = time.process_time()
        for number, graph in enumerate(found):
            scene = _scene(graph, number, Space(width))
            if scene is None:
                failed += 1
                continue
            drawn += 1
            too_wide += scene.rect.width > width + 0.5
            here = faults(scene)
            total.update(fault.name for fault in here)
            without += all(fault.allowed for fault in here)
        result[form] = {
            "drawn": drawn,
            "failed": failed,
            "without a fault": without,
            "wider than their room": too_wide,
            "faults": {kind.name: total[kind.name] for kind in KINDS.values() if not kind.by_browser},
            "ms each": round(1000 * (time.process_time() - start) / max(1, len(found)), 1),
        }
    return result


def _scene(graph: Graph, number: int, space: Space) -> Scene | None:
    diagram = Diagram(id=f"generated/{number}", type="flow", title=Message("Generated"), body=graph)
    try:
        return RENDERERS[Graph](diagram, graph, space)
    except (ValueError, ArithmeticError):
        return None


def table(found: dict[str, Any]) -> str:
    """Return the counts as a Markdown table."""
    rows = [("", *WIDTHS), ("---", *("---:" for _ in WIDTHS))]
    rows += [
        (name, *(str(found[form][name]) for form in WIDTHS))
        for name in ("drawn", "failed", "without a fault", "wider than their room", "ms each")
    ]
    for kind in KINDS.values():
        if not kind.by_browser:
            mark = " (allowed)" if kind.allowed else ""
            rows.append(
                (f"{kind.number} {kind.name}{mark}", *(str(found[form]["faults"][kind.name]) for form in WIDTHS))
            )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    main()
