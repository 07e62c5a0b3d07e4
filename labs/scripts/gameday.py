#!/usr/bin/env python3
"""Game day: break the running lab in one of eight ways, find out which by the runbooks, and mend it.

    gameday.py start                 break something and do not say what
    gameday.py diagnose NAME         say what it is: right or wrong
    gameday.py mend                  put everything back
    gameday.py list                  the eight names

Exit status: 0 done or right, 1 a wrong diagnosis, 2 an error.

Only for the lab. One game at a time: its state lies in the file gameday.json, which tells the answer to who reads it.
"""

from __future__ import annotations

import argparse
import base64
import json
import secrets
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from connect_api import ConnectApi, LabError, add_common_arguments, read_json, report, write_json

if TYPE_CHECKING:
    from collections.abc import Callable

CONNECTOR = "inventory-postgres"
PSQL = "docker compose exec -T postgres psql -U postgres -d shop"
NOISE = "SELECT count(pg_logical_emit_message(false, 'noise', repeat('x', 100000))) FROM generate_series(1, 200)"


@dataclass
class Lab:
    """The lab that a game is played in: its REST API and its database."""

    api: ConnectApi
    psql: str

    def sql(self, text: str) -> None:
        """Run statements in the connector's database; `LabError` says what psql said."""
        if self.api.dry_run:
            print(f"would run in the database: {text}")
            return
        command = [*shlex.split(self.psql), "--quiet", "--set=ON_ERROR_STOP=1", "--command", text]
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        except OSError as error:
            raise LabError(f"cannot run {command[0]}: {error.strerror}", "name it with --psql") from None
        if done.returncode:
            raise LabError(f"psql: {done.stderr.strip()}", "is the lab up, and --psql right?")

    def change(self, **properties: str | None) -> None:
        """Change properties of the connector; `__` stands for a dot, None takes a property away."""
        config = self.api.config(CONNECTOR)
        for key, value in properties.items():
            name = key.replace("__", ".")
            config.pop(name, None)
            if value is not None:
                config[name] = value
        self.api.configure(CONNECTOR, config)

    def stop(self) -> None:
        """Stop the connector and wait until its tasks are gone."""
        self.api.stop(CONNECTOR)
        if not self.api.dry_run:
            self.api.wait_for(CONNECTOR, lambda status: status.connector == "STOPPED" and not status.tasks, "STOPPED")


def _break_paused(lab: Lab) -> None:
    lab.api.pause(CONNECTOR)


def _break_stopped(lab: Lab) -> None:
    lab.api.stop(CONNECTOR)


def _break_deleted(lab: Lab) -> None:
    lab.api.delete(CONNECTOR)


def _break_no_heartbeat(lab: Lab) -> None:
    lab.change(heartbeat__interval__ms=None, heartbeat__action__query=None)
    lab.sql(NOISE)


def _break_heartbeat_table(lab: Lab) -> None:
    lab.change(heartbeat__action__query="UPDATE public.debezium_heartbeat SET beat_at = now() WHERE id = 1")


def _break_old_offset(lab: Lab) -> None:
    lab.stop()
    offsets = lab.api.offsets(CONNECTOR)
    for entry in offsets:
        entry["offset"] = {"lsn": 1, "lsn_proc": 1, "lsn_commit": 1}
    lab.api.patch_offsets(CONNECTOR, offsets)
    lab.api.resume(CONNECTOR)


def _break_publication(lab: Lab) -> None:
    lab.sql("ALTER PUBLICATION dbz_publication DROP TABLE orders")


def _break_skipped(lab: Lab) -> None:
    lab.change(
        transforms="game",
        transforms__game__type="org.apache.kafka.connect.transforms.ExtractField$Value",
        transforms__game__field="missing",
        transforms__game__predicate="isOrders",
        predicates="isOrders",
        predicates__isOrders__type="org.apache.kafka.connect.transforms.predicates.TopicNameMatches",
        predicates__isOrders__pattern=r".*\.public\.orders",
        errors__tolerance="all",
    )


@dataclass(frozen=True)
class Case:
    """A way to break the lab; `lesson` is where its answer is explained."""

    act: Callable[[Lab], None]
    what: str
    lesson: str


CASES = {
    "paused": Case(_break_paused, "somebody paused the connector", "lessons 1 and 3"),
    "stopped": Case(_break_stopped, "somebody stopped the connector", "lesson 4"),
    "deleted": Case(_break_deleted, "the connector is deleted, its slot is not", "lesson 7"),
    "no-heartbeat": Case(_break_no_heartbeat, "no heartbeat, and noise outside the publication", "lesson 5"),
    "heartbeat-table": Case(
        _break_heartbeat_table, "the heartbeat's query names a table that does not exist", "lesson 5"
    ),
    "old-offset": Case(_break_old_offset, "the offset is older than the slot's restart_lsn", "lesson 7"),
    "publication": Case(_break_publication, "a captured table is not in the publication", "lesson 5"),
    "skipped": Case(_break_skipped, "a broken transformation, and errors.tolerance=all", "lesson 8"),
}


def start(lab: Lab, state: Path, name: str | None) -> int:
    """Remember how the lab is, then break it."""
    if state.exists():
        raise LabError(f"{state}: a game is on", "diagnose it, then: gameday.py mend")
    case = name or secrets.choice(sorted(CASES))
    config, offsets = lab.api.config(CONNECTOR), lab.api.offsets(CONNECTOR)
    if not offsets:
        raise LabError(f"{CONNECTOR} has no offsets yet", "wait until it has read its first event")
    hidden = base64.b64encode(case.encode()).decode()
    if not lab.api.dry_run:
        write_json(state, {"case": hidden, "config": config, "offsets": offsets})
    CASES[case].act(lab)
    print("Something is broken. Take the runbook of lesson 4, 5 or 7, look, and then: gameday.py diagnose NAME")
    return 0


def diagnose(state: Path, name: str) -> int:
    """Compare a diagnosis with what was broken."""
    case = base64.b64decode(read_json(state)["case"]).decode()
    if name != case:
        print(f"No, it is not {name}: {CASES[name].what}. Look again.")
        return 1
    print(f"Right: {CASES[case].what} ({CASES[case].lesson}). Mend it by the runbook, or: gameday.py mend")
    return 0


def mend(lab: Lab, state: Path) -> int:
    """Put configuration, offset, publication and state back."""
    known = read_json(state)
    case = base64.b64decode(known["case"]).decode()
    if case == "publication":
        lab.sql("ALTER PUBLICATION dbz_publication ADD TABLE orders")
    if case == "deleted" and CONNECTOR not in lab.api.connectors():
        config = {key: value for key, value in known["config"].items() if key != "name"}
        lab.api.create(CONNECTOR, config)
    else:
        if case == "old-offset":
            lab.stop()
            lab.api.patch_offsets(CONNECTOR, known["offsets"])
            # The copy may be older than the slot by now: the slot is right for one start.
            lab.change(offset__mismatch__strategy="trust_slot")
            lab.api.resume(CONNECTOR)
            wait_running(lab)
        lab.api.configure(CONNECTOR, known["config"])
        lab.api.resume(CONNECTOR)
    wait_running(lab)
    if not lab.api.dry_run:
        state.unlink()
    print(f"It was {case}: {CASES[case].what}. The lab is as it was; events that were skipped stay lost.")
    return 0


def wait_running(lab: Lab) -> None:
    """Wait until the connector and its task run."""
    if not lab.api.dry_run:
        lab.api.wait_for(
            CONNECTOR, lambda status: status.connector == "RUNNING" and status.tasks == ("RUNNING",), "RUNNING"
        )


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    main = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_common_arguments(main)
    main.add_argument("--psql", default=PSQL, metavar="COMMAND", help="how to run psql (default: %(default)s)")
    main.add_argument("--state", type=Path, default=Path("gameday.json"), metavar="FILE", help="default: %(default)s")
    commands = main.add_subparsers(dest="command", required=True)
    begin = commands.add_parser("start", help="break something")
    begin.add_argument("--case", choices=sorted(CASES), help="this and no other, for a teacher")
    guess = commands.add_parser("diagnose", help="say what it is")
    guess.add_argument("name", choices=sorted(CASES))
    commands.add_parser("mend", help="put everything back")
    commands.add_parser("list", help="the names of the eight ways")
    return main


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status: 0 well, 1 a wrong diagnosis, 2 an error."""
    args = parser().parse_args(argv)
    try:
        if args.command == "list":
            print("\n".join(f"{name:16} {case.what}" for name, case in CASES.items()))
            return 0
        if args.command == "diagnose":
            return diagnose(args.state, args.name)
        lab = Lab(ConnectApi(args.connect_url, dry_run=args.dry_run), args.psql)
        return start(lab, args.state, args.case) if args.command == "start" else mend(lab, args.state)
    except LabError as error:
        report(error)
        return 2
    except (KeyError, ValueError, json.JSONDecodeError):
        report(LabError(f"{args.state} is not the state of a game", "delete it and start again"))
        return 2


if __name__ == "__main__":
    sys.exit(main())
