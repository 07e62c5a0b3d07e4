"""What lessons 01, 05 and 06 say of metrics, heartbeats and second connectors, asked of Debezium and PostgreSQL."""

from __future__ import annotations

import pytest
from lab import NAME, SLOT
from stack import wait_for

pytestmark = pytest.mark.xdist_group("real")

PRODUCTS = {
    "slot.name": "debezium_products",
    "publication.name": "dbz_products",
    "table.include.list": "public.products",
    "snapshot.mode": "no_data",
}
WITHOUT_PRODUCTS = "public.orders,public.customers"


def price(lab, number: int, amount: int) -> None:
    lab.sql(f"UPDATE products SET price = {amount} WHERE id = {number}")


def updated(lab, *prefixes: str) -> list[int]:
    """Ids of updated products in the topics, in the order of the prefixes."""
    return [
        event["after"]["id"]
        for prefix in prefixes
        for event in lab.stack.events(f"{prefix}.public.products")
        if event["op"] == "u"
    ]


def second(lab) -> str:
    prefix = f"{lab.prefix}_products"
    lab.stack.create("products-cdc", lab.config() | PRODUCTS | {"topic.prefix": prefix})
    lab.stack.wait_running("products-cdc")
    return prefix


def test_taking_a_table_away_before_the_second_connector_runs_loses_events(lab):
    lab.start()
    lab.configure(table__include__list=WITHOUT_PRODUCTS)
    wait_for("products out of the publication", lambda: "products" not in published(lab, "dbz_publication"))
    lab.stack.wait_running(NAME)
    price(lab, 13, 500)
    new = second(lab)
    price(lab, 14, 500)
    wait_for("the update after the split", lambda: 14 in updated(lab, new))
    assert updated(lab, lab.prefix, new) == [14]


def test_the_second_connector_first_loses_nothing_and_repeats_the_overlap(lab):
    lab.start()
    new = second(lab)
    price(lab, 13, 500)
    wait_for("the update in both topics", lambda: updated(lab, lab.prefix, new) == [13, 13])
    lab.configure(table__include__list=WITHOUT_PRODUCTS)
    wait_for("products out of the publication", lambda: "products" not in published(lab, "dbz_publication"))
    lab.stack.wait_running(NAME)
    price(lab, 14, 500)
    wait_for("the update after the split", lambda: 14 in updated(lab, new))
    assert updated(lab, lab.prefix) == [13]
    assert updated(lab, new) == [13, 14]


def published(lab, publication: str) -> set[str]:
    return {row[0] for row in lab.sql(f"SELECT tablename FROM pg_publication_tables WHERE pubname = '{publication}'")}


MISSING_TABLE = "UPDATE public.debezium_heartbeat SET beat_at = now() WHERE id = 1"


def test_a_heartbeat_query_on_a_missing_table_restarts_the_task_for_ever_and_it_stays_running(lab):
    lab.start(heartbeat__interval__ms="1000", heartbeat__action__query=MISSING_TABLE)
    log = lab.stack.folder / "connect.log"
    known = log.stat().st_size
    lab.order(101)

    def restarted() -> bool:
        text = log.read_bytes()[known:].decode("utf-8", "replace")
        return "Error: 42P01" in text and "Going to restart connector after 10 sec." in text

    wait_for("a restart in the log", restarted)
    assert lab.stack.states(NAME) == ["RUNNING", "RUNNING"]
    assert lab.quantities() == []
    lab.sql(
        "CREATE TABLE debezium_heartbeat (id int PRIMARY KEY, beat_at timestamptz);"
        "ALTER TABLE debezium_heartbeat OWNER TO shop_owner"
    )
    assert 101 in lab.wait_order_in_any_way(101)


def test_a_limit_of_retries_makes_the_missing_table_a_failure(lab):
    lab.start(
        heartbeat__interval__ms="1000",
        heartbeat__action__query=MISSING_TABLE,
        errors__max__retries="1",
        retriable__restart__connector__wait__ms="100",
    )
    wait_for("the task FAILED", lambda: "FAILED" in lab.stack.states(NAME))
    assert "42P01" in lab.stack.trace(NAME)


def test_after_a_change_of_the_configuration_no_lag_is_known_until_an_event(lab):
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    wait_for("a lag", lambda: int(lab.metric("MilliSecondsBehindSource") or -1) >= 0)
    lab.configure(heartbeat__interval__ms=None, heartbeat__action__query=None)
    wait_for("a new MBean", lambda: lab.metric("TotalNumberOfEventsSeen") == "0")
    assert lab.metric("MilliSecondsBehindSource") == "-1"
    lab.sql("UPDATE orders SET id = id WHERE id = 1")
    wait_for("a lag", lambda: int(lab.metric("MilliSecondsBehindSource") or -1) >= 0)


def test_one_message_outside_a_transaction_moves_a_slot_without_heartbeat(lab):
    lab.start()
    # The last processed event is a message, as it is in the lab.
    wait_for("a message in the offset", lambda: lab.offset().get("messageType") == "MESSAGE")
    lab.configure(heartbeat__interval__ms=None, heartbeat__action__query=None)
    lab.stack.wait_running(NAME)
    lab.sql("SELECT pg_logical_emit_message(false, 'manual', 'is the slot alive?')")
    lab.wait_slot_beyond(lab.wal_position() - 4096)


def quiet_after_a_row(lab) -> int:
    """A connector without heartbeat behind a row, and WAL that it does not see; answers where the slot stands."""
    lab.start(heartbeat__interval__ms="1000", heartbeat__action__query=None)
    lab.order(101)
    lab.wait_order(101)
    lab.wait_streaming_offset()
    before = lab.slot()
    lab.stack.postgres.fill_wal(3)
    return before


def test_heartbeat_records_alone_do_not_move_the_slot(lab):
    before = quiet_after_a_row(lab)
    heartbeats = f"__debezium-heartbeat.{lab.prefix}"
    count = len(lab.stack.records(heartbeats))
    wait_for("three more heartbeats", lambda: len(lab.stack.records(heartbeats)) >= count + 3)
    assert lab.slot() - before < 1024 * 1024


def test_after_a_restart_behind_a_row_a_heartbeat_outside_transactions_waits_for_a_commit(lab):
    before = quiet_after_a_row(lab)
    lab.configure(heartbeat__interval__ms="1000")
    log = lab.stack.folder / "connect.log"
    known = log.stat().st_size
    ignored = b"LSN flushing is not allowed yet"
    wait_for("two confirmations ignored", lambda: log.read_bytes()[known:].count(ignored) >= 2)
    assert lab.slot() - before < 1024 * 1024
    lab.sql("SELECT pg_logical_emit_message(true, 'manual', 'ends the search')")
    lab.wait_slot_beyond(before + 3 * 1024 * 1024)


def test_after_a_restart_behind_a_row_a_heartbeat_in_a_transaction_moves_the_slot(lab):
    before = quiet_after_a_row(lab)
    lab.configure(
        heartbeat__interval__ms="1000",
        heartbeat__action__query="SELECT pg_logical_emit_message(true, 'heartbeat', now()::varchar)",
    )
    lab.wait_slot_beyond(before + 3 * 1024 * 1024)


def test_a_message_of_the_heartbeat_touches_no_metric(lab):
    lab.start(heartbeat__interval__ms="1000")
    before = lab.slot()
    lab.wait_slot_beyond(before)
    names = ("MilliSecondsBehindSource", "MilliSecondsSinceLastEvent", "TotalNumberOfEventsSeen")
    assert [lab.metric(name) for name in names] == ["-1", "-1", "0"]


def test_tasks_max_of_four_runs_one_task(lab):
    lab.start(tasks__max="4")
    assert lab.stack.states(NAME) == ["RUNNING", "RUNNING"]


def test_a_paused_connector_reads_on_and_confirms_nothing(lab):
    lab.start()
    lab.wait_streaming_offset()
    lab.stack.call("PUT", f"/connectors/{NAME}/pause")
    lab.stack.wait_states(NAME, "PAUSED", "PAUSED")
    before = lab.slot()
    lab.sql(
        "INSERT INTO orders (customer_id, product_id, quantity, amount) SELECT 1, 1, 1, 1 FROM generate_series(1, 200)"
    )
    wait_for("a queue in use", lambda: int(lab.metric("QueueRemainingCapacity") or 8192) <= 8192 - 200)
    assert lab.slot() == before
    assert lab.sql(f"SELECT active FROM pg_replication_slots WHERE slot_name = '{SLOT}'") == [["t"]]


def test_mbeans_vanish_in_stopped_and_failed_and_the_status_stays(lab):
    lab.start()
    wait_for("MBeans", lambda: lab.metric("Connected") == "true")
    lab.stop()
    assert lab.metric("Connected") is None
    # The oldest position there is: the server has it no more.
    assert lab.restore({"lsn": 1, "lsn_proc": 1, "lsn_commit": 1})[0] == 200
    lab.resume()
    wait_for("the task FAILED", lambda: "FAILED" in lab.stack.states(NAME))
    assert lab.metric("Connected") is None
    status = [line for line in lab.stack.mbeans() if f"connector={NAME}, task=0><>status: " in line]
    assert [line.rpartition(" ")[2] for line in status] == ["failed"]
