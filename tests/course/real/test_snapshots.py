"""What lesson 08 says beyond its practice: snapshots without writing, and what errors.tolerance decides."""

from __future__ import annotations

import json

import pytest
from lab import NAME
from stack import wait_for

pytestmark = pytest.mark.xdist_group("real")

# An event of orders cannot pass: the field does not exist.
BROKEN = {
    "transforms": "bad",
    "transforms.bad.type": "org.apache.kafka.connect.transforms.ExtractField$Value",
    "transforms.bad.field": "missing",
    "transforms.bad.predicate": "isOrders",
    "predicates": "isOrders",
    "predicates.isOrders.type": "org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
    "predicates.isOrders.pattern": r".*\.public\.orders",
}


def signal_by_file(lab, number: int) -> None:
    content = {"data-collections": ["public.orders"], "type": "INCREMENTAL"}
    line = json.dumps({"id": f"file-{number}", "type": "execute-snapshot", "data": content})
    (lab.stack.folder / "signals").write_text(line + "\n", encoding="utf-8")


def read_only(lab, heartbeat: str) -> None:
    signals = lab.stack.folder / "signals"
    signals.unlink(missing_ok=True)
    lab.start(
        read__only="true",
        signal__enabled__channels="file",
        signal__file=str(signals),
        heartbeat__interval__ms="500",
        heartbeat__action__query=f"SELECT pg_logical_emit_message({heartbeat}, 'heartbeat', now()::varchar)",
    )
    lab.order(101)
    lab.wait_order(101)
    signal_by_file(lab, 1)


def test_a_read_only_snapshot_fails_on_heartbeats_outside_transactions(lab):
    read_only(lab, "false")
    wait_for("the task FAILED", lambda: "FAILED" in lab.stack.states(NAME))
    assert '"eventTxId" is null' in lab.stack.trace(NAME)


def test_a_read_only_snapshot_completes_with_heartbeats_in_transactions(lab):
    read_only(lab, "true")

    def snapshot() -> bool:
        events = lab.stack.events(f"{lab.prefix}.public.orders")
        return sum(event["source"]["snapshot"] == "incremental" for event in events) == 201

    wait_for("201 orders again", snapshot)
    assert lab.stack.states(NAME) == ["RUNNING", "RUNNING"]


def test_without_tolerance_a_broken_transformation_stops_the_task_and_loses_nothing(lab):
    lab.start()
    lab.wait_slot_beyond(lab.slot())
    status, _ = lab.stack.call("PUT", f"/connectors/{NAME}/config", lab.stack.adapt(lab.config() | BROKEN))
    assert status == 200
    lab.order(101)
    wait_for("the task FAILED", lambda: "FAILED" in lab.stack.states(NAME))
    assert "Unknown field: missing" in lab.stack.trace(NAME)
    lab.configure()
    lab.order(102)
    assert lab.wait_order(102) == [101, 102]


def test_with_tolerance_the_event_is_in_no_topic_and_only_one_metric_tells(lab):
    lab.start()
    lab.wait_slot_beyond(lab.slot())
    tolerant = lab.config(heartbeat__interval__ms="500") | BROKEN | {"errors.tolerance": "all"}
    assert lab.stack.call("PUT", f"/connectors/{NAME}/config", lab.stack.adapt(tolerant))[0] == 200
    lab.stack.wait_running(NAME)
    lab.order(101)
    head = f"kafka.connect<type=task-error-metrics, connector={NAME}, task=0><>total-records-skipped: "

    def skipped() -> bool:
        return f"{head}1.0" in lab.stack.mbeans()

    wait_for("a skipped record", skipped)
    assert lab.stack.states(NAME) == ["RUNNING", "RUNNING"]
    lab.wait_slot_beyond(lab.wal_position() - 4096)
    lab.configure()
    lab.order(102)
    assert lab.wait_order(102) == [102]


def test_exactly_once_is_accepted_by_the_connector(lab):
    config = lab.stack.adapt(lab.config(exactly__once__support="required")) | {"name": NAME}
    plugin = "io.debezium.connector.postgresql.PostgresConnector"
    status, answer = lab.stack.call("PUT", f"/connector-plugins/{plugin}/config/validate", config)
    assert (status, answer["error_count"]) == (200, 0)
