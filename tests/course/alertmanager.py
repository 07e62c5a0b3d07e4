"""Alertmanager with the configuration of the lab: only the running server tells which alerts are inhibited."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

CONFIG = Path(__file__).parents[2] / "labs" / "alertmanager" / "alertmanager.yml"


class Alertmanager:
    def __init__(self, program: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/api/v2/"
        options = [f"--config.file={CONFIG}", f"--storage.path={folder}", f"--web.listen-address=127.0.0.1:{port}"]
        self._process = subprocess.Popen(
            # Without a cluster address it talks to nobody.
            [program, *options, "--cluster.listen-address="],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        end = time.monotonic() + 30
        while True:
            try:
                self._call("status")
            except (urllib.error.URLError, ConnectionError):
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
            else:
                return self

    def __exit__(self, *_exception: object) -> None:
        self._process.terminate()
        self._process.wait(30)

    def not_suppressed(self, alerts: list[dict[str, str]]) -> list[str]:
        """Hand over alerts and return the names of those that would be sent."""
        self._call("alerts", [{"labels": labels} for labels in alerts])
        end = time.monotonic() + 30
        while True:
            # An alert is "unprocessed" until it has been through the routes.
            known = self._call("alerts")
            if len(known) == len(alerts) and all(alert["status"]["state"] != "unprocessed" for alert in known):
                return sorted(
                    alert["labels"]["alertname"] for alert in known if alert["status"]["state"] != "suppressed"
                )
            assert time.monotonic() < end, known
            time.sleep(0.1)

    def _call(self, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            text = answer.read()
            return json.loads(text) if text else None
