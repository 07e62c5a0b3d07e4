"""The SQL of the lessons, and what they claim of PostgreSQL, on a real server."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from lessons import COURSE, NOT_RUN, blocks
from postgres import SLOT, SqlError

pytestmark = pytest.mark.xdist_group("postgres")

SCRIPTS = Path(__file__).parents[2] / "labs" / "scripts"
SQL = blocks("sql")
RUN_HERE = [block for block in SQL if block.comment(NOT_RUN) is None and block.comment("database") is None]
LESSONS = sorted({block.lesson for block in RUN_HERE})
HEARTBEAT = "SELECT pg_logical_emit_message(false, 'heartbeat', now()::varchar)"
PGOUTPUT = "'proto_version', '1', 'publication_names', 'dbz_publication'"
NEW_ORDER = "INSERT INTO orders (customer_id, product_id, quantity, amount) VALUES (1, 1, 1, 1)"


def kinds(server, *, messages=True):
    """First letters of the messages that pgoutput gives, and takes as read: B(egin), I(nsert), M(essage), C(ommit)."""
    server.flush()
    option = ", 'messages', 'true'" if messages else ""
    query = f"SELECT encode(substr(data, 1, 1), 'escape') FROM pg_logical_slot_get_binary_changes('{SLOT}', NULL, NULL"
    return "".join(row[0] for row in server.sql(f"{query}, {PGOUTPUT}{option})"))


def of_slot(server, column):
    return server.value(f"SELECT {column} FROM pg_replication_slots WHERE slot_name = '{SLOT}'")


def ahead(server, new, old):
    return int(server.value(f"SELECT pg_wal_lsn_diff('{new}', '{old}')::bigint"))


# The lessons


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: str(path.relative_to(COURSE)))
def test_every_sql_block_of_a_lesson_runs(slot, lesson):
    """The blocks of a lesson run in their order, on the database of the lab with the slot of the connector.

    Loads are cut to a thousand rows: it is the statement that is tried, not the machine.
    """
    wrong = []
    for block in RUN_HERE:
        if block.lesson == lesson:
            try:
                slot.sql(re.sub(r"generate_series\(1, \d{4,}\)", "generate_series(1, 1000)", block.text))
            except (SqlError, subprocess.TimeoutExpired) as error:
                wrong.append(f"{block}: {error}")
    assert wrong == []


# The seed


def test_the_seed_is_what_the_readme_says(shop):
    assert shop.sql("SELECT (SELECT count(*) FROM customers), (SELECT count(*) FROM orders)") == [["50", "200"]]
    assert shop.value("SHOW wal_level") == "logical"


def test_the_publication_holds_the_three_tables(shop):
    query = (
        "SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = 'dbz_publication' ORDER BY 1"
    )
    assert sorted(shop.sql(query)) == [["public.customers"], ["public.orders"], ["public.products"]]


def test_the_role_of_the_connector_needs_no_superuser(slot):
    assert slot.sql("SELECT rolsuper, rolreplication FROM pg_roles WHERE rolname = 'debezium'") == [["f", "t"]]
    slot.sql("SELECT count(*) FROM orders", user="debezium")
    slot.sql(HEARTBEAT, user="debezium")
    # What `publication.autocreate.mode=filtered` does, for its own publication and for that of another connector.
    slot.sql("ALTER PUBLICATION dbz_publication SET TABLE orders, customers", user="debezium")
    slot.sql("CREATE PUBLICATION dbz_products FOR TABLE products", user="debezium")
    with pytest.raises(SqlError, match="must be superuser"):
        slot.sql("CREATE PUBLICATION dbz_all FOR ALL TABLES", user="debezium")


# Slots keep WAL


def first_segment(server):
    return server.value(f"SELECT pg_walfile_name(restart_lsn) FROM pg_replication_slots WHERE slot_name = '{SLOT}'")


def has_segment(server, name):
    return server.value(f"SELECT count(*) FROM pg_ls_waldir() WHERE name = '{name}'") == "1"


def test_a_slot_keeps_wal_until_it_is_dropped(slot):
    segment, position = first_segment(slot), of_slot(slot, "restart_lsn")
    slot.fill_wal(4)
    slot.sql("CHECKPOINT")
    assert of_slot(slot, "restart_lsn") == position
    assert ahead(slot, slot.value("SELECT pg_current_wal_lsn()"), position) >= 4 * 1024 * 1024
    assert has_segment(slot, segment)
    slot.sql(f"SELECT pg_drop_replication_slot('{SLOT}')")
    slot.sql("CHECKPOINT")
    assert not has_segment(slot, segment)


def test_wal_status_from_reserved_to_lost(slot):
    assert of_slot(slot, "wal_status") == "reserved"
    slot.fill_wal(12)
    slot.sql("CHECKPOINT")
    assert of_slot(slot, "wal_status") == "extended"
    assert slot.sql(f"SELECT safe_wal_size FROM pg_replication_slots WHERE slot_name = '{SLOT}'") == []
    # The limit takes effect by a reload; WAL is removed by the next checkpoint.
    slot.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '4MB'")
    slot.sql("SELECT pg_reload_conf()")
    slot.sql("SELECT pg_sleep(0.2)")
    assert slot.value("SHOW max_slot_wal_keep_size") == "4MB"
    assert of_slot(slot, "wal_status") == "unreserved"
    slot.sql("CHECKPOINT")
    assert of_slot(slot, "wal_status") == "lost"
    with pytest.raises(SqlError):
        kinds(slot)
    slot.sql(f"SELECT pg_drop_replication_slot('{SLOT}')")


def test_an_unreserved_slot_can_come_back(slot):
    slot.fill_wal(12)
    # One that the server began by itself would come after the limit, and take the slot's files away.
    slot.sql("CHECKPOINT")
    slot.sql("ALTER SYSTEM SET max_slot_wal_keep_size = '4MB'")
    slot.sql("SELECT pg_reload_conf()")
    slot.sql("SELECT pg_sleep(0.2)")
    assert of_slot(slot, "wal_status") == "unreserved"
    kinds(slot)
    slot.sql("SELECT pg_log_standby_snapshot()" if slot.version >= 16 else "SELECT 1")
    slot.sql(f"SELECT pg_replication_slot_advance('{SLOT}', pg_current_wal_lsn())")
    assert of_slot(slot, "wal_status") == "reserved"


def test_the_default_sets_no_limit(slot):
    assert slot.value("SELECT boot_val || unit FROM pg_settings WHERE name = 'max_slot_wal_keep_size'") == "-1MB"


# The heartbeat


def test_a_heartbeat_moves_an_idle_slot(slot):
    kinds(slot)
    before, restart = of_slot(slot, "confirmed_flush_lsn"), of_slot(slot, "restart_lsn")
    slot.fill_wal(4)
    slot.sql("CHECKPOINT")
    # Other databases write, the tables of the publication rest: nothing for the connector to confirm, nothing moves.
    assert of_slot(slot, "confirmed_flush_lsn") == before
    slot.sql(HEARTBEAT, user="debezium")
    received = slot.receive(SLOT, "dbz_publication")
    assert b"heartbeat\x00" in received
    assert b"noise" not in received
    assert ahead(slot, of_slot(slot, "confirmed_flush_lsn"), before) >= 4 * 1024 * 1024
    # restart_lsn follows with the next snapshot of running transactions that the slot has read.
    slot.sql("CHECKPOINT")
    slot.sql(HEARTBEAT, user="debezium")
    slot.receive(SLOT, "dbz_publication")
    slot.sql("CHECKPOINT")
    slot.sql(HEARTBEAT, user="debezium")
    slot.receive(SLOT, "dbz_publication")
    assert ahead(slot, of_slot(slot, "restart_lsn"), restart) >= 4 * 1024 * 1024


def test_a_message_reaches_pgoutput_without_a_transaction_and_only_when_asked_for(slot):
    kinds(slot)
    slot.sql(HEARTBEAT)
    assert kinds(slot) == "M"
    slot.sql(HEARTBEAT.replace("(false", "(true"))
    assert kinds(slot) == "BMC"
    slot.sql(HEARTBEAT)
    assert kinds(slot, messages=False) == ""


def test_a_heartbeat_table_must_be_in_the_publication(slot):
    slot.sql("CREATE TABLE heartbeat (id int PRIMARY KEY, at timestamptz); ALTER TABLE heartbeat OWNER TO shop_owner")
    kinds(slot)
    beat = "INSERT INTO heartbeat VALUES (1, now()) ON CONFLICT (id) DO UPDATE SET at = excluded.at"
    slot.sql(beat)
    assert "I" not in kinds(slot)
    slot.sql("ALTER PUBLICATION dbz_publication ADD TABLE heartbeat", user="debezium")
    slot.sql(beat)
    assert "U" in kinds(slot)


# Recovery


def test_an_old_position_does_not_bring_back_what_was_confirmed(slot):
    old = of_slot(slot, "confirmed_flush_lsn")
    slot.sql(NEW_ORDER.replace("1, 1, 1, 1)", "1, 1, 11, 1)"))
    assert b"\x0211" in slot.receive(SLOT, "dbz_publication", old)
    slot.sql(NEW_ORDER.replace("1, 1, 1, 1)", "1, 1, 22, 1)"))
    again = slot.receive(SLOT, "dbz_publication", old)
    assert b"\x0222" in again
    assert b"\x0211" not in again


def test_an_offset_ahead_of_the_slot_skips_what_is_between(slot):
    slot.sql(NEW_ORDER.replace("1, 1, 1, 1)", "1, 1, 11, 1)"))
    ahead_of_slot = slot.value("SELECT pg_current_wal_insert_lsn()")
    slot.sql(NEW_ORDER.replace("1, 1, 1, 1)", "1, 1, 22, 1)"))
    received = slot.receive(SLOT, "dbz_publication", ahead_of_slot)
    assert b"\x0222" in received
    assert b"\x0211" not in received
    # What was skipped is confirmed with the rest: no position brings it back.
    assert ahead(slot, of_slot(slot, "confirmed_flush_lsn"), ahead_of_slot) >= 0
    assert b"\x0211" not in slot.receive(SLOT, "dbz_publication")


def test_advancing_a_slot_is_for_good(slot):
    """What `trust_offset` and `trust_greater_lsn` do at the start when the offset is ahead of the slot."""
    before = of_slot(slot, "confirmed_flush_lsn")
    slot.sql(NEW_ORDER.replace("1, 1, 1, 1)", "1, 1, 11, 1)"))
    slot.flush()
    slot.sql(f"SELECT pg_replication_slot_advance('{SLOT}', pg_current_wal_flush_lsn())")
    assert ahead(slot, of_slot(slot, "confirmed_flush_lsn"), before) > 0
    with pytest.raises(SqlError, match="cannot advance replication slot to"):
        slot.sql(f"SELECT pg_replication_slot_advance('{SLOT}', '{before}')")
    assert b"\x0211" not in slot.receive(SLOT, "dbz_publication", before)


def test_a_new_slot_starts_at_the_current_position(shop):
    shop.sql(NEW_ORDER)
    shop.sql(f"SELECT pg_create_logical_replication_slot('{SLOT}', 'pgoutput')")
    assert "I" not in kinds(shop)
    shop.sql(NEW_ORDER)
    assert "I" in kinds(shop)


def find_orphans(server, connect):
    command = [sys.executable, SCRIPTS / "orphaned_slots.py", "--connect-url", connect.url]
    command += ["--psql", str(server.binaries / "psql"), "--dsn", server.dsn()]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_orphaned_slot_is_found_and_dropped(slot, connect):
    slot.sql("SELECT pg_create_logical_replication_slot('dbz_old', 'pgoutput')")
    slot.sql("SELECT pg_create_physical_replication_slot('standby')", database="postgres")
    done = find_orphans(slot, connect)
    assert done.returncode == 1, done.stderr
    assert re.search(rf"^owned +{SLOT} ", done.stdout, re.MULTILINE)
    assert re.search(r"^orphaned +dbz_old .*wal_status=reserved", done.stdout, re.MULTILINE)
    assert re.search(r"^skipped +standby ", done.stdout, re.MULTILINE)
    (statement,) = re.findall(r"^SELECT .*;$", done.stdout, re.MULTILINE)
    slot.sql(statement)
    assert slot.sql("SELECT slot_name FROM pg_replication_slots ORDER BY 1") == [[SLOT], ["standby"]]
    assert find_orphans(slot, connect).returncode == 0


def test_the_statement_does_not_drop_a_slot_that_is_read(slot, connect):
    del connect.connectors["inventory-postgres"]
    done = find_orphans(slot, connect)
    (statement,) = re.findall(r"^SELECT .*;$", done.stdout, re.MULTILINE)
    reader = subprocess.Popen(
        [
            *(slot.binaries / "pg_recvlogical", "--dbname", slot.dsn(), "--slot", SLOT, "--start", "--no-loop"),
            *("--file", "-", "--option", "proto_version=1", "--option", "publication_names=dbz_publication"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait = f"DO $$ BEGIN WHILE NOT (SELECT active FROM pg_replication_slots WHERE slot_name = '{SLOT}') "
        slot.sql(wait + "LOOP PERFORM pg_sleep(0.02); END LOOP; END $$")
        slot.sql(statement)
        assert slot.sql("SELECT slot_name FROM pg_replication_slots") == [[SLOT]]
    finally:
        reader.terminate()
        reader.wait(timeout=10)
    gone = f"DO $$ BEGIN WHILE (SELECT active FROM pg_replication_slots WHERE slot_name = '{SLOT}') "
    slot.sql(gone + "LOOP PERFORM pg_sleep(0.02); END LOOP; END $$")
    slot.sql(statement)
    assert slot.sql("SELECT slot_name FROM pg_replication_slots") == []


def test_psql_that_fails_is_explained(slot, connect):
    command = [sys.executable, SCRIPTS / "orphaned_slots.py", "--connect-url", connect.url]
    command += ["--psql", str(slot.binaries / "psql"), "--dsn", slot.dsn(database="nowhere")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert 'database "nowhere" does not exist' in done.stderr
