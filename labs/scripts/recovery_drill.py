#!/usr/bin/env python3
"""Walk through the recovery drill of lesson 07: lose a connector on purpose, and bring it back from a backup.

Steps: check, stop, back up offsets and configuration, delete, look at the slot, create it STOPPED, restore the offsets,
resume, verify. Each step is announced, confirmed (unless --yes) and timed: the times go into the runbook. Run it
against the lab. With --dry-run nothing changes and every call is printed.

Exit status: 0 recovered, 1 a step failed or was declined, 2 wrong use.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connect_api import (
    ConnectApi,
    LabError,
    Status,
    add_common_arguments,
    report,
    same_offsets,
    write_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

DEFAULT_CONNECTOR = "inventory-postgres"
LOOK = """\
run in psql, twice, while rows are written; retained_wal grows:
    SELECT slot_name, active, wal_status,
           pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)) AS retained_wal
    FROM pg_replication_slots
    WHERE slot_name = 'SLOT';"""


def is_running(status: Status) -> bool:
    """Whether the connector and all its tasks run, and there is a task."""
    return status.connector == "RUNNING" and bool(status.tasks) and set(status.tasks) == {"RUNNING"}


@dataclass
class Drill:
    """The drill on one connector; `directory` takes the backups."""

    api: ConnectApi
    connector: str
    directory: Path
    seconds: float = 60.0
    config: dict[str, str] = field(default_factory=dict)
    offsets: list[dict[str, Any]] = field(default_factory=list)
    deleted: bool = False
    times: list[tuple[str, float]] = field(default_factory=list)

    def steps(self) -> list[tuple[str, Callable[[], str]]]:
        """Title and action of every step, in order; an action returns what it found."""
        return [
            ("check that the connector runs", self.check),
            ("stop it (PUT /stop) and wait for STOPPED", self.stop),
            ("back up offsets and configuration", self.back_up),
            ("delete the connector: the accident", self.delete),
            ("look at what is left in PostgreSQL", self.look),
            ("create it again in the state STOPPED", self.create),
            ("restore the offsets (PATCH /offsets)", self.restore),
            ("resume it and wait for RUNNING", self.resume),
            ("verify", self.verify),
        ]

    def check(self) -> str:
        """Refuse to start from a state that is not healthy."""
        status = self.api.status(self.connector)
        if not is_running(status):
            raise LabError(
                f"{self.connector} is {status.connector} with tasks {list(status.tasks)}",
                "start the drill from a healthy connector, or you cannot tell what the drill broke",
            )
        self.config = self.api.config(self.connector)
        return f"RUNNING, tasks: {len(status.tasks)}"

    def stop(self) -> str:
        """Stop the connector: the offset of a stopped one does not move any more."""
        self.api.stop(self.connector)
        if not self.api.dry_run:
            self.api.wait_for(
                self.connector, lambda s: s.connector == "STOPPED" and not s.tasks, "STOPPED", seconds=self.seconds
            )
        return "STOPPED, no tasks"

    def back_up(self) -> str:
        """Save what the way back needs."""
        self.offsets = self.api.offsets(self.connector)
        if not self.offsets:
            raise LabError(f"{self.connector} has no offsets yet", "let it finish its snapshot and read a change first")
        stamp = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
        path = self.directory / f"{self.connector}.{stamp}.json"
        if self.api.dry_run:
            return f"would write {path}"
        write_json(path, {"name": self.connector, "config": self.config, "offsets": self.offsets})
        return f"written to {path}"

    def delete(self) -> str:
        """Delete the connector."""
        self.api.delete(self.connector)
        self.deleted = not self.api.dry_run
        return "deleted; its offsets and its slot stay"

    def look(self) -> str:
        """Say what to ask PostgreSQL."""
        return LOOK.replace("SLOT", self.config.get("slot.name", "debezium"))

    def create(self) -> str:
        """Create the connector STOPPED, so that it cannot start a snapshot before it has its offsets."""
        self.api.create(self.connector, self.config, stopped=True)
        if not self.api.dry_run:
            self.deleted = False
            self.api.wait_for(self.connector, lambda s: s.connector == "STOPPED", "STOPPED", seconds=self.seconds)
        return "created, STOPPED"

    def restore(self) -> str:
        """Write the offsets of the backup."""
        said = self.api.patch_offsets(self.connector, self.offsets)
        if not self.api.dry_run and not same_offsets(self.api.offsets(self.connector), self.offsets):
            raise LabError("the offsets are not those of the backup", "compare them before you resume")
        return said or "offsets of the backup"

    def resume(self) -> str:
        """Let it run."""
        self.api.resume(self.connector)
        if not self.api.dry_run:
            self.api.wait_for(self.connector, is_running, "RUNNING", seconds=self.seconds)
        return "RUNNING"

    def verify(self) -> str:
        """Say what must still be checked by hand."""
        return "now compare: every row number is at the consumer; repeats are allowed, gaps are not"

    def run(self, confirm: Callable[[str], bool]) -> None:
        """Take every step that `confirm` agrees to, and time it."""
        for number, (title, action) in enumerate(self.steps(), 1):
            text = f"step {number}: {title}"
            if not confirm(text):
                raise LabError(f"declined at {text}", self.way_back())
            start = time.monotonic()
            try:
                found = action()
            except LabError as error:
                error.hint = "; ".join(part for part in (error.hint, self.way_back()) if part)
                raise
            self.times.append((title, time.monotonic() - start))
            print(f"{text}\n  {found}")

    def way_back(self) -> str:
        """Say how to get the connector back from where the drill stands."""
        if self.deleted:
            return (
                f"the connector is deleted; its configuration and offsets are in {self.directory}: "
                "POST /connectors with it and initial_state STOPPED, PATCH the offsets, PUT /resume"
            )
        if self.times:
            return f"the connector may be stopped: curl -X PUT {self.api.url}/connectors/{self.connector}/resume"
        return ""


def ask(text: str) -> bool:
    """Ask on the terminal."""
    return input(f"{text} - go on? [y/N] ").strip().lower() in {"y", "yes"}


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    main = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    main.add_argument("--connector", default=DEFAULT_CONNECTOR, metavar="NAME", help="default: %(default)s")
    main.add_argument("--directory", type=Path, default=Path("drill"), help="where backups go (default: %(default)s)")
    main.add_argument("--timeout", type=float, default=60.0, metavar="SECONDS", help="wait for a state (default: 60)")
    main.add_argument("--yes", action="store_true", help="do not ask before each step")
    add_common_arguments(main)
    return main


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    args = parser().parse_args(argv)
    if not (args.yes or args.dry_run or sys.stdin.isatty()):
        print("error: nobody to ask: give --yes, or try --dry-run first", file=sys.stderr)
        return 2
    try:
        api = ConnectApi(args.connect_url, dry_run=args.dry_run)
        drill = Drill(api, args.connector, args.directory, args.timeout)
        drill.run((lambda _: True) if args.yes or args.dry_run else ask)
    except LabError as error:
        report(error)
        return 1
    except (EOFError, KeyboardInterrupt):
        print(f"\nerror: interrupted\nhint: {drill.way_back() or 'nothing has changed'}", file=sys.stderr)
        return 1
    if not args.dry_run:
        print("\ntimes for the runbook:")
        for title, seconds in drill.times:
            print(f"  {seconds:6.1f} s  {title}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
