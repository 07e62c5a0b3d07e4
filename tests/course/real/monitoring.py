"""Prometheus with the rules of the lab over the real MBeans and slots.

The exporters cannot be had as packages, so their place is taken here: MBeans pass the rules of
labs/connect/jmx-exporter.yml, slots are named as postgres_exporter 0.20 names them. What Prometheus makes of it is
its own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from jmx import exported
from programs import find_program
from stack import free_port, wait_for

if TYPE_CHECKING:
    from stack import Stack

LABS = Path(__file__).parents[3] / "labs"
SLOTS = """
SELECT slot_name, active::int, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn),
       CASE WHEN active THEN confirmed_flush_lsn - '0/0'::pg_lsn END, safe_wal_size
FROM pg_replication_slots
"""
NAMES = ("active", "pg_wal_lsn_diff", "slot_confirmed_flush_lsn", "safe_wal_size_bytes")


def metrics_of_mbeans(lines: list[str]) -> str:
    """The page of the JMX exporter for attributes that it is given as lines."""
    rules = yaml.safe_load((LABS / "connect" / "jmx-exporter.yml").read_text(encoding="utf-8"))["rules"]
    found: dict[str, list[str]] = {}
    types: dict[str, str] = {}
    for line in lines:
        rule = next((rule for rule in rules if re.search(rule["pattern"], line)), None)
        value = str(rule["value"]) if rule and "value" in rule else _number(line.rpartition(": ")[2])
        result = exported([rule], line) if rule else None
        if rule is None or result is None or value is None:
            continue
        name, labels = result
        words = ",".join(f'{key}="{labels[key]}"' for key in sorted(labels))
        types[name] = rule.get("type", "UNTYPED").lower()
        found.setdefault(name, []).append(f"{name}{{{words}}} {float(value)}")
    return "".join(f"# TYPE {name} {types[name]}\n" + "\n".join(found[name]) + "\n" for name in sorted(found))


def _number(text: str) -> str | None:
    """The value of an attribute; None for texts, tables and null, which are not exported."""
    if text in {"true", "false"}:
        return str(int(text == "true"))
    return text if re.fullmatch(r"-?\d+(\.\d+)?(E-?\d+)?", text) else None


def metrics_of_slots(rows: list[list[str]]) -> str:
    lines = []
    for slot, *values in rows:
        for name, value in zip(NAMES, values, strict=True):
            if value:
                lines.append(f'pg_replication_slots_{name}{{slot_name="{slot}",slot_type="logical"}} {float(value)}')
    return "\n".join(lines) + "\n"


class Monitoring:
    """Exporters and Prometheus on free ports; scrapes every second."""

    def __init__(self, stack: Stack, folder: Path) -> None:
        self.exporter, self.prometheus = free_port(), free_port()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                page = metrics_of_mbeans(stack.mbeans())
                if self.path == "/slots":
                    page = metrics_of_slots(stack.postgres.sql(SLOTS))
                self.send_response(200)
                self.send_header("Content-Type", "text/plain; version=0.0.4")
                self.end_headers()
                self.wfile.write(page.encode())

            def log_message(self, *_arguments: object) -> None:
                pass

        stack.mbeans()
        self._server = ThreadingHTTPServer(("127.0.0.1", self.exporter), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._process = self._start_prometheus(folder)
        wait_for("Prometheus with its targets up", lambda: self._targets_up() == 2)

    def _start_prometheus(self, folder: Path) -> subprocess.Popen[bytes]:
        shutil.copytree(LABS / "prometheus", folder / "monitored")
        file = folder / "monitored" / "prometheus.yml"
        config = yaml.safe_load(file.read_text(encoding="utf-8"))
        config["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
        del config["alerting"]
        config["scrape_configs"] = [
            {
                "job_name": job,
                "metrics_path": path,
                "static_configs": [{"targets": [f"127.0.0.1:{self.exporter}"]}],
                "relabel_configs": [{"target_label": "instance", "replacement": instance}],
            }
            for job, path, instance in (
                ("kafka-connect", "/metrics", "connect:9404"),
                ("postgres", "/slots", "postgres-exporter:9187"),
            )
        ]
        file.write_text(yaml.safe_dump(config), encoding="utf-8")
        for rules in (folder / "monitored" / "rules").glob("*.yml"):
            rules.write_text(
                rules.read_text(encoding="utf-8").replace("interval: 15s", "interval: 1s"), encoding="utf-8"
            )
        options = [f"--config.file={file}", f"--storage.tsdb.path={folder}/tsdb"]
        with (folder / "prometheus.log").open("wb") as log:
            return subprocess.Popen(
                [
                    find_program("prometheus", "prometheus"),
                    *options,
                    f"--web.listen-address=127.0.0.1:{self.prometheus}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _targets_up(self) -> int:
        """How many targets have been scraped well; 0 while Prometheus starts."""
        url = f"http://127.0.0.1:{self.prometheus}/api/v1/query?query=up"
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                result = json.load(answer)["data"]["result"]
        except (urllib.error.URLError, ConnectionError):
            return 0
        return sum(sample["value"][1] == "1" for sample in result)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)
        self._server.shutdown()
        self._server.server_close()

    def adapt(self, text: str) -> str:
        """Commands of a lesson with the ports of this machine."""
        return text.replace("localhost:9404", f"127.0.0.1:{self.exporter}").replace(
            "localhost:9090", f"127.0.0.1:{self.prometheus}"
        )
