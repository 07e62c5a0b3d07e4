"""What lesson 07 says of offsets, slots and restoring them, asked of Debezium and PostgreSQL."""

from __future__ import annotations

import json

import pytest
from lab import NAME, SLOT
from stack import wait_for

pytestmark = pytest.mark.xdist_group("real")


def at(position: int) -> dict[str, int]:
    """The least that an offset needs: one position, completely processed."""
    return {"lsn": position, "lsn_proc": position, "lsn_commit": position}


def copy_then_run_on(lab) -> dict:
    """A copy of the offset of a running connector, and then a slot whose restart_lsn has passed the copy."""
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    # Until then the copy says that the snapshot is not complete, and restoring it begins the snapshot again.
    copy = lab.wait_streaming_offset()
    position = max(copy.get("lsn_proc", 0), copy["lsn"])
    lab.order(102)
    lab.wait_order(102)
    # The heartbeat confirms, and the server then moves restart_lsn.
    lab.sql("CHECKPOINT")
    lab.wait_slot_beyond(position, "restart_lsn")
    lab.stop()
    return copy


def test_a_copy_taken_while_running_is_older_than_the_slot_and_does_not_start(lab):
    copy = copy_then_run_on(lab)
    assert lab.restore(copy)[0] == 200
    lab.resume()
    wait_for("the task FAILED", lambda: lab.stack.states(NAME) == ["RUNNING", "FAILED"])
    assert "no longer available on the server" in lab.stack.trace(NAME)


def test_the_confirmed_position_of_the_slot_restores_without_gap_or_repeat(lab):
    copy_then_run_on(lab)
    lab.order(103)
    assert lab.restore(at(lab.slot()))[0] == 200
    lab.resume()
    lab.stack.wait_running(NAME)
    assert lab.wait_order(103) == [101, 102, 103]


def test_trust_slot_starts_with_an_old_copy(lab):
    copy = copy_then_run_on(lab)
    lab.order(103)
    assert lab.restore(copy)[0] == 200
    lab.configure(offset__mismatch__strategy="trust_slot")
    lab.resume()
    lab.stack.wait_running(NAME)
    assert lab.wait_order(103) == [101, 102, 103]


def test_an_offset_between_restart_and_confirmed_goes_on_from_the_slot(lab):
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    lab.wait_slot_beyond(lab.wal_position())
    lab.stop()
    confirmed, restart = lab.slot(), lab.slot("restart_lsn")
    assert restart < confirmed
    lab.order(102)
    assert lab.restore(at(restart))[0] == 200
    lab.resume()
    lab.stack.wait_running(NAME)
    assert lab.wait_order(102) == [101, 102]


def test_a_copy_from_the_snapshot_begins_the_snapshot_again(lab):
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    lab.stop()
    copy = {**lab.offset(), "snapshot": "INITIAL", "snapshot_completed": False, "last_snapshot_record": False}
    assert lab.restore(copy)[0] == 200
    lab.configure(offset__mismatch__strategy="trust_slot")
    lab.resume()

    def read_again() -> bool:
        events = lab.stack.events(f"{lab.prefix}.public.orders")
        return [event["op"] for event in events if event["after"]["quantity"] == 101] == ["c", "r"]

    wait_for("order 101 from a second snapshot", read_again)


def test_an_offset_ahead_of_the_slot_loses_events_without_an_error(lab):
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    lab.stop()
    for quantity in (102, 103):
        lab.order(quantity)
    ahead = lab.wal_position()
    assert ahead > lab.slot()
    assert lab.restore(at(ahead))[0] == 200
    lab.resume()
    lab.stack.wait_running(NAME)
    lab.order(104)
    assert lab.wait_order(104) == [101, 104]


def test_leaving_connector_and_driver_fails_until_the_slot_is_trusted_once(lab):
    lab.start(
        lsn__flush__mode="connector_and_driver",
        offset__mismatch__strategy="trust_slot",
        heartbeat__action__query=None,
    )
    lab.order(101)
    lab.wait_order(101)
    stored = max(value for key, value in lab.offset().items() if key.startswith("lsn"))
    lab.stack.postgres.fill_wal(3)
    lab.sql("CHECKPOINT")
    lab.wait_slot_beyond(stored, "restart_lsn")
    lab.configure()
    wait_for("the task FAILED", lambda: lab.stack.states(NAME) == ["RUNNING", "FAILED"])
    assert "no longer available on the server" in lab.stack.trace(NAME)
    lab.configure(offset__mismatch__strategy="trust_slot")
    lab.stack.wait_running(NAME)
    lab.order(102)
    assert lab.wait_order(102) == [101, 102]


def test_keys_of_an_offset_depend_on_the_last_event(lab):
    lab.start(heartbeat__interval__ms=None, heartbeat__action__query=None)
    assert {"lsn", "txId", "ts_usec"} <= set(lab.offset())
    assert not {"lsn_proc", "messageType"} & set(lab.offset())
    lab.order(101)
    lab.wait_order(101)
    first = lab.wait_streaming_offset()
    assert set(first) == {"lsn", "lsn_proc", "messageType", "txId", "ts_usec"}, first
    lab.order(102)
    lab.wait_order(102)
    wait_for("a second row in the offset", lambda: lab.offset()["lsn"] > first["lsn"])
    assert set(lab.offset()) == {"lsn", "lsn_proc", "lsn_commit", "messageType", "txId", "ts_usec"}, lab.offset()
    lab.configure()
    wait_for("a message in the offset", lambda: lab.offset().get("messageType") == "MESSAGE")
    assert set(lab.offset()) == {"lsn", "lsn_proc", "lsn_commit", "messageType", "ts_usec"}, lab.offset()


@pytest.mark.parametrize("state", ["RUNNING", "PAUSED"])
def test_offsets_change_only_in_stopped(lab, state):
    lab.start()
    entry = lab.offset()
    if state == "PAUSED":
        lab.stack.call("PUT", f"/connectors/{NAME}/pause")
        lab.stack.wait_states(NAME, "PAUSED", "PAUSED")
    status, answer = lab.restore(entry)
    assert status == 400
    assert "must be in the STOPPED state" in answer["message"]
    assert lab.stack.call("DELETE", f"/connectors/{NAME}/offsets")[0] == 400


def test_a_deleted_connector_leaves_slot_and_offset(lab):
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    lab.stop()
    offset = lab.offset()
    lab.stack.call("DELETE", f"/connectors/{NAME}")
    assert lab.sql(f"SELECT active FROM pg_replication_slots WHERE slot_name = '{SLOT}'") == [["f"]]
    lab.order(102)
    lab.stack.create(NAME, lab.config(), initial_state="STOPPED")
    assert json.dumps(lab.offset()) == json.dumps(offset)
    lab.resume()
    assert lab.wait_order(102) == [101, 102]
