#!/usr/bin/env python3
"""Back up the offsets of Kafka Connect's connectors to a JSON file, and restore them.

The backup asks GET /connectors/NAME/offsets (Kafka Connect 3.5 and newer). The restore needs 3.6 and a connector in the
state STOPPED: Connect answers 400 to any other state, and a paused connector is not a stopped one.

Restoring an old offset does not bring back changes that PostgreSQL has already let go: the slot gives nothing before
its confirmed_flush_lsn. To read such changes again, take a new snapshot.

Exit status: 0 done, 1 refused or failed, 2 wrong use.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path
from typing import Any

from connect_api import (
    ConnectApi,
    LabError,
    add_common_arguments,
    read_json,
    report,
    same_offsets,
    write_json,
)

FORMAT = 1


def backup(api: ConnectApi, names: list[str]) -> dict[str, Any]:
    """Collect the offsets of the connectors `names`, or of all of them."""
    connectors: dict[str, Any] = {}
    for name in names or api.connectors():
        offsets = api.offsets(name)
        connectors[name] = {
            "state": api.status(name).connector,
            "topic.prefix": api.config(name).get("topic.prefix"),
            "offsets": offsets,
        }
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"format": FORMAT, "taken_at": now, "connect_url": api.url, "connectors": connectors}


def read_backup(path: Path) -> dict[str, dict[str, Any]]:
    """Read a backup and check its form; return the connectors in it."""
    data = read_json(path)
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("connectors"), dict):
        raise LabError(f"{path} is no backup of this script", "it is written by: offsets.py backup --output FILE")
    for name, entry in data["connectors"].items():
        offsets = entry.get("offsets") if isinstance(entry, dict) else None
        if not isinstance(offsets, list) or not all(
            isinstance(item, dict) and isinstance(item.get("partition"), dict) and isinstance(item.get("offset"), dict)
            for item in offsets
        ):
            raise LabError(f"{path}: {name}: wanted a list of objects with 'partition' and 'offset'")
    connectors: dict[str, dict[str, Any]] = data["connectors"]
    return connectors


def choose(connectors: dict[str, dict[str, Any]], name: str | None) -> str:
    """Say which connector of a backup is meant."""
    if name is None:
        if len(connectors) == 1:
            return next(iter(connectors))
        raise LabError(f"the backup holds {len(connectors)} connectors", "name one: --connector NAME")
    if name not in connectors:
        raise LabError(f"{name} is not in the backup", f"it holds: {', '.join(sorted(connectors)) or 'nothing'}")
    return name


def restore(api: ConnectApi, name: str, entry: dict[str, Any], *, stop: bool, seconds: float = 60.0) -> str:
    """Write the offsets of a backup to the connector `name` and return what Connect says.

    The connector must be STOPPED; with `stop` it is stopped first.
    """
    offsets: list[dict[str, Any]] = entry["offsets"]
    if not offsets:
        raise LabError(f"{name}: the backup holds no offsets", "there is nothing to restore; Connect answers 400")
    prefix = api.config(name).get("topic.prefix")
    foreign = sorted({str(item["partition"].get("server")) for item in offsets} - {str(prefix)})
    if foreign:
        raise LabError(
            f"{name}: the backup is for topic.prefix {', '.join(foreign)}, the connector has {prefix}",
            "offsets of another topic.prefix would be stored and never read",
        )
    state = api.status(name).connector
    if state != "STOPPED":
        if not stop:
            raise LabError(
                f"{name} is {state}, and offsets can be changed only while it is STOPPED",
                f"stop it with --stop, or: curl -X PUT {api.url}/connectors/{name}/stop",
            )
        api.stop(name)
        if not api.dry_run:
            api.wait_for(name, lambda s: s.connector == "STOPPED" and not s.tasks, "STOPPED", seconds=seconds)
    said = api.patch_offsets(name, offsets)
    if not api.dry_run and not same_offsets(api.offsets(name), offsets):
        # Partitions that are not in the backup stay as they are: that is allowed, but worth a word.
        said += (
            f"\nnote: {name} has offsets that are not in the backup; compare: GET {api.url}/connectors/{name}/offsets"
        )
    return said


def parser() -> argparse.ArgumentParser:
    """Build the parser of the command line."""
    main = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = main.add_subparsers(dest="command", required=True)
    save = commands.add_parser("backup", help="save offsets to a file")
    save.add_argument("--connector", action="append", default=[], metavar="NAME", help="repeatable (default: all)")
    save.add_argument("--output", type=Path, required=True, metavar="FILE", help="file to write")
    save.add_argument("--force", action="store_true", help="overwrite the file")
    load = commands.add_parser("restore", help="write offsets of a file to a stopped connector")
    load.add_argument("--connector", metavar="NAME", help="which connector of the file (default: the only one)")
    load.add_argument("--input", type=Path, required=True, metavar="FILE", help="file that backup has written")
    load.add_argument("--stop", action="store_true", help="stop the connector first (PUT /connectors/NAME/stop)")
    for command in (save, load):
        add_common_arguments(command)
    return main


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    args = parser().parse_args(argv)
    try:
        api = ConnectApi(args.connect_url, dry_run=args.dry_run)
        if args.command == "backup":
            data = backup(api, args.connector)
            if args.dry_run:
                print(f"would write {args.output}: {', '.join(data['connectors']) or 'no connectors'}")
                return 0
            write_json(args.output, data, force=args.force)
            for name, entry in data["connectors"].items():
                print(f"{name}: {entry['state']}, partitions: {len(entry['offsets'])}")
            print(f"written to {args.output}")
            return 0
        connectors = read_backup(args.input)
        name = choose(connectors, args.connector)
        said = restore(api, name, connectors[name], stop=args.stop)
        if said:
            print(f"{name}: {said}")
        print(f"{name} stays STOPPED. When all is well: curl -X PUT {api.url}/connectors/{name}/resume")
    except LabError as error:
        report(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
