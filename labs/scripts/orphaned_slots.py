#!/usr/bin/env python3
"""List logical replication slots of PostgreSQL and say whether a connector of Kafka Connect owns them.

A slot without an owner keeps WAL until the disk is full. It looks exactly like the slot of a connector that is stopped
on purpose, so this script drops nothing: it prints the statement and leaves the decision to you. Give every cluster of
Kafka Connect that reads this server with a --connect-url of its own, or slots of the others look orphaned.

Slots are read with psql, or from a file (--slots): a JSON array, or CSV with a header. The file needs the columns
slot_name, slot_type, database and active; wal_status and retained_bytes are shown if they are there. Make one with:

  orphaned_slots.py --print-query | psql --csv --dbname shop > slots.csv

Exit status: 0 every slot has an owner, 1 there are candidates for dropping, 2 wrong use or failure.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import shlex
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from connect_api import DEFAULT_URL, ConnectApi, ConnectError, LabError, report

QUERY = """\
SELECT slot_name, slot_type, database, active, wal_status,
       pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::bigint AS retained_bytes
FROM pg_replication_slots
ORDER BY slot_name;"""
POSTGRES = "io.debezium.connector.postgresql.PostgresConnector"
DEFAULT_SLOT = "debezium"


@dataclass(frozen=True)
class Slot:
    """A row of pg_replication_slots."""

    name: str
    kind: str
    database: str
    active: bool
    wal_status: str = ""
    retained_bytes: int | None = None


@dataclass(frozen=True)
class Owner:
    """A PostgreSQL connector and the slot it reads."""

    connector: str
    connect_url: str
    state: str
    slot: str
    database: str


@dataclass(frozen=True)
class Finding:
    """What is known of a slot: verdict is owned, kept, in use, orphaned or skipped."""

    slot: Slot
    verdict: str
    reason: str
    statement: str = ""


def parse_slots(text: str, where: str) -> list[Slot]:
    """Read slots from JSON or CSV; `where` names the source in errors."""
    rows: list[dict[str, Any]]
    if text.lstrip().startswith("["):
        try:
            rows = json.loads(text)
        except ValueError as error:
            raise LabError(f"{where} is not JSON: {error}") from None
    else:
        rows = list(csv.DictReader(io.StringIO(text)))
        if not rows and "slot_name" not in text:
            raise LabError(f"{where}: neither a JSON array nor CSV with a header")
    slots = []
    for number, row in enumerate(rows, 1):
        try:
            retained = row.get("retained_bytes")
            slots.append(
                Slot(
                    name=row["slot_name"],
                    kind=row["slot_type"],
                    database=row["database"] or "",
                    active=_boolean(row["active"]),
                    wal_status=row.get("wal_status") or "",
                    retained_bytes=None if retained in {None, ""} else int(str(retained)),
                )
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise LabError(f"{where}: row {number}: wanted the column {error}") from None
        except ValueError as error:
            raise LabError(f"{where}: row {number}: {error}") from None
    return slots


def _boolean(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    known = {"t": True, "true": True, "f": False, "false": False}
    try:
        return known[str(value).lower()]
    except KeyError:
        raise ValueError(f"active: wanted t or f, found {value!r}") from None


def query_slots(psql: str, dsn: str | None) -> list[Slot]:
    """Ask PostgreSQL for its slots through psql."""
    command = [*shlex.split(psql), "--no-psqlrc", "--quiet", "--csv", "--set=ON_ERROR_STOP=1", f"--command={QUERY}"]
    if dsn:
        command.append(f"--dbname={dsn}")
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LabError(f"cannot run {command[0]}: {error}", "give the slots in a file: --slots FILE") from None
    if done.returncode:
        raise LabError(
            f"psql failed: {done.stderr.strip()}", "check --dsn, or the variables PGHOST, PGUSER, PGPASSWORD"
        )
    return parse_slots(done.stdout, "the answer of psql")


def find_owners(apis: list[ConnectApi]) -> list[Owner]:
    """Collect the PostgreSQL connectors of all clusters. One that does not answer is an error, not empty."""
    owners = []
    for api in apis:
        for name in api.connectors():
            config = api.config(name)
            if config.get("connector.class") not in {POSTGRES, "PostgresConnector", "Postgres"}:
                continue
            try:
                state = api.status(name).connector
            except ConnectError as error:
                if error.status != 404:
                    raise
                state = "without status"
            owners.append(
                Owner(name, api.url, state, config.get("slot.name", DEFAULT_SLOT), config.get("database.dbname", ""))
            )
    return owners


def judge(slots: list[Slot], owners: list[Owner], keep: set[str]) -> list[Finding]:
    """Give a verdict on every slot; `keep` names slots that somebody has documented."""
    findings = []
    for slot in slots:
        matches = [owner for owner in owners if owner.slot == slot.name]
        owned = [owner for owner in matches if owner.database in {slot.database, ""} or "$" in owner.database]
        if slot.kind != "logical":
            finding = Finding(slot, "skipped", f"a {slot.kind} slot: a standby or a backup uses it")
        elif owned:
            text = ", ".join(f"{owner.connector} ({owner.state})" for owner in owned)
            finding = Finding(slot, "owned", f"read by {text}")
        elif slot.name in keep:
            finding = Finding(slot, "kept", "documented: ask its owner")
        elif slot.active:
            finding = Finding(slot, "in use", "somebody reads it who is not in these clusters: find out who")
        else:
            reason = "no connector of these clusters names it"
            if matches:
                text = ", ".join(f"{owner.connector} has it in {owner.database}" for owner in matches)
                reason = f"no connector of the database {slot.database} names it ({text})"
            finding = Finding(slot, "orphaned", reason, drop_statement(slot.name))
        findings.append(finding)
    return findings


def drop_statement(name: str) -> str:
    """Return the statement that drops a slot if nobody reads it."""
    quoted = "'" + name.replace("'", "''") + "'"
    return (
        "SELECT slot_name, pg_drop_replication_slot(slot_name) FROM pg_replication_slots "  # noqa: S608
        f"WHERE slot_name = {quoted} AND NOT active;"
    )


def size(number: int | None) -> str:
    """Format a number of bytes."""
    if number is None:
        return "unknown"
    value = float(number)
    for unit in ("B", "KiB", "MiB", "GiB"):
        if abs(value) < 1024:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} TiB"


def show(findings: list[Finding]) -> None:
    """Print the findings, then the statements for orphaned slots."""
    for finding in findings:
        slot = finding.slot
        print(
            f"{finding.verdict:9} {slot.name}  database={slot.database or '-'} active={'yes' if slot.active else 'no'}",
            end="",
        )
        print(f" wal_status={slot.wal_status or '-'} keeps={size(slot.retained_bytes)}: {finding.reason}")
    statements = [finding.statement for finding in findings if finding.statement]
    if statements:
        print("\nNothing was dropped. A dropped slot cannot be brought back: the way back is a new snapshot.")
        print("When no other cluster reads it, nobody keeps it on purpose and it is documented nowhere:\n")
        print("\n".join(statements))


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    main = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    main.add_argument(
        "--connect-url",
        action="append",
        metavar="URL",
        help=f"address of the REST API of a cluster; repeatable (default: $CONNECT_URL, else {DEFAULT_URL})",
    )
    main.add_argument("--slots", type=Path, metavar="FILE", help="read slots from this file instead of asking psql")
    main.add_argument(
        "--dsn", metavar="DSN", help="connection string for psql (default: psql's own, from PG* variables)"
    )
    main.add_argument(
        "--psql",
        default="psql",
        metavar="COMMAND",
        help="how to run psql, e.g. 'docker compose exec -T postgres psql -U postgres -d shop' (default: psql)",
    )
    main.add_argument("--keep", action="append", default=[], metavar="SLOT", help="a documented slot; repeatable")
    main.add_argument("--json", action="store_true", help="print the findings as JSON")
    main.add_argument("--print-query", action="store_true", help="print the query for the slots and stop")
    main.add_argument("--dry-run", action="store_true", help="ask nobody, say what would be asked")
    return main


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    args = parser().parse_args(argv)
    urls = args.connect_url or [os.environ.get("CONNECT_URL", DEFAULT_URL)]
    if args.print_query:
        print(QUERY)
        return 0
    try:
        apis = [ConnectApi(url) for url in urls]
        if args.dry_run:
            print(f"would read {args.slots}" if args.slots else f"would run: {args.psql} --csv, with:\n{QUERY}")
            for api in apis:
                print(f"would ask: GET {api.url}/connectors, and the configuration and status of each")
            print("would drop nothing: this script never does")
            return 0
        if args.slots:
            try:
                slots = parse_slots(args.slots.read_text(encoding="utf-8"), str(args.slots))
            except OSError as error:
                raise LabError(f"cannot read {args.slots}: {error.strerror}") from None
        else:
            slots = query_slots(args.psql, args.dsn)
        findings = judge(slots, find_owners(apis), set(args.keep))
    except LabError as error:
        report(error)
        return 2
    if args.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        show(findings)
    return 1 if any(finding.verdict == "orphaned" for finding in findings) else 0


if __name__ == "__main__":
    sys.exit(main())
