"""What the scripts of the lab share: a small client of the Kafka Connect REST API, and its errors."""
# ruff: noqa: INP001 - the scripts beside it import it by name, they are no package

from __future__ import annotations

import http.client
import json
import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

DEFAULT_URL = "http://localhost:8083"


class LabError(Exception):
    """Something the user can act on; `hint` says how."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class ConnectError(LabError):
    """An answer of Kafka Connect that is not a success; `status` is the HTTP status, 0 without an answer."""

    def __init__(self, status: int, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.status = status


@dataclass(frozen=True)
class Status:
    """State of a connector and of its tasks, for example RUNNING, PAUSED, STOPPED or FAILED."""

    connector: str
    tasks: tuple[str, ...]


def same_offsets(left: Any, right: Any) -> bool:
    """Whether two lists of partitions and offsets say the same, in any order."""

    def key(entries: Any) -> list[str]:
        return sorted(json.dumps(entry, sort_keys=True) for entry in entries)

    return key(left) == key(right)


class ConnectApi:
    """The calls of the REST API that the lab needs.

    Connect answers 409 while its workers rebalance: such a call is repeated `retries` times, `delay` seconds apart.
    With `dry_run` a call that changes something is printed and not sent.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        *,
        timeout: float = 30.0,
        retries: int = 5,
        delay: float = 2.0,
        dry_run: bool = False,
    ) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise LabError(f"not an address: {url!r} ({error})") from None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise LabError(f"not an http or https address: {url!r}", f"for example {DEFAULT_URL}")
        if parts.username or parts.query or parts.fragment:
            raise LabError("the address must be one of host, port and path only", f"for example {DEFAULT_URL}")
        self.url = url.rstrip("/")
        self.dry_run = dry_run
        self._host = parts.hostname
        self._port = port
        self._secure = parts.scheme == "https"
        self._path = parts.path.rstrip("/")
        self._timeout = timeout
        self._retries = retries
        self._delay = delay

    def connectors(self) -> list[str]:
        """Names of all connectors, sorted."""
        return sorted(self._call("GET", "/connectors"))

    def status(self, name: str) -> Status:
        """State of a connector and of its tasks."""
        answer = self._call("GET", _path(name, "status"))
        return Status(answer["connector"]["state"], tuple(task["state"] for task in answer["tasks"]))

    def config(self, name: str) -> dict[str, str]:
        """Configuration of a connector; secrets of a config provider stay references."""
        answer: dict[str, str] = self._call("GET", _path(name, "config"))
        return answer

    def offsets(self, name: str) -> list[dict[str, Any]]:
        """Partitions and offsets of a connector (Kafka Connect 3.5 and newer)."""
        answer: list[dict[str, Any]] = self._call("GET", _path(name, "offsets"))["offsets"]
        return answer

    def stop(self, name: str) -> None:
        """Ask for the state STOPPED, which ends the tasks (3.5 and newer)."""
        self._change("PUT", _path(name, "stop"))

    def resume(self, name: str) -> None:
        """Ask for the state RUNNING."""
        self._change("PUT", _path(name, "resume"))

    def pause(self, name: str) -> None:
        """Ask for the state PAUSED: the task stays, and Connect takes nothing from it."""
        self._change("PUT", _path(name, "pause"))

    def configure(self, name: str, config: dict[str, str]) -> None:
        """Replace the configuration of a connector; its task restarts."""
        self._change("PUT", _path(name, "config"), {key: value for key, value in config.items() if key != "name"})

    def patch_offsets(self, name: str, offsets: list[dict[str, Any]]) -> str:
        """Write offsets of a STOPPED connector (3.6 and newer) and return what Connect says."""
        answer = self._change("PATCH", _path(name, "offsets"), {"offsets": offsets})
        return answer["message"] if answer else ""

    def create(self, name: str, config: dict[str, str], *, stopped: bool = False) -> None:
        """Create a connector; `stopped` creates it in the state STOPPED (3.7 and newer)."""
        body: dict[str, Any] = {"name": name, "config": config}
        if stopped:
            body["initial_state"] = "STOPPED"
        self._change("POST", "/connectors", body)

    def delete(self, name: str) -> None:
        """Delete a connector and its configuration; its offsets and its slot stay."""
        self._change("DELETE", _path(name))

    def wait_for(self, name: str, wanted: Callable[[Status], bool], what: str, *, seconds: float = 60.0) -> Status:
        """Ask for the state until `wanted` says yes; `what` names it in the error after `seconds`."""
        end = time.monotonic() + seconds
        while True:
            try:
                status = self.status(name)
            except ConnectError as error:
                # A new connector has no status until a worker has written one.
                if error.status != http.HTTPStatus.NOT_FOUND or time.monotonic() > end:
                    raise
            else:
                if wanted(status):
                    return status
                if time.monotonic() > end:
                    raise LabError(
                        f"{name}: still {status.connector} with tasks {list(status.tasks)} after {seconds:g} s",
                        f"wanted {what}; look at GET {self.url}{_path(name, 'status')}",
                    )
            time.sleep(min(1.0, self._delay))

    def _change(self, method: str, path: str, body: Any = None) -> Any:
        if self.dry_run:
            text = f" {json.dumps(body, ensure_ascii=False)}" if body is not None else ""
            print(f"would send: {method} {self.url}{path}{text}")
            return None
        return self._call(method, path, body)

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        attempt = 0
        while True:
            status, text = self._send(method, path, body)
            if status != http.HTTPStatus.CONFLICT or attempt >= self._retries or "already exists" in text:
                break
            attempt += 1
            time.sleep(self._delay)
        if status >= http.HTTPStatus.BAD_REQUEST:
            raise _error(method, path, status, text)
        if not text:
            return None
        try:
            return json.loads(text)
        except ValueError:
            raise ConnectError(status, f"{method} {path}: the answer is no JSON", "is this Kafka Connect?") from None

    def _send(self, method: str, path: str, body: Any) -> tuple[int, str]:
        make = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = make(self._host, self._port, timeout=self._timeout)
        headers = {"Accept": "application/json"}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        try:
            connection.request(method, self._path + path, data, headers)
            response = connection.getresponse()
            return response.status, response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise ConnectError(
                0,
                f"no answer from {self.url}: {error or type(error).__name__}",
                "is the lab up? docker compose ps; another address: --connect-url",
            ) from None
        finally:
            connection.close()


def _path(name: str, *more: str) -> str:
    return "/".join(["/connectors", quote(name, safe=""), *more])


def _error(method: str, path: str, status: int, text: str) -> ConnectError:
    try:
        answer = json.loads(text)
        said = answer.get("message") or text
    except (ValueError, AttributeError):
        said = text.strip() or "no explanation"
    hints = {
        http.HTTPStatus.BAD_REQUEST: "offsets can be changed only while the connector is STOPPED: PUT .../stop first",
        http.HTTPStatus.NOT_FOUND: "no such connector here, or this Kafka Connect is too old for the call",
        http.HTTPStatus.METHOD_NOT_ALLOWED: "this Kafka Connect is too old: PATCH of offsets needs 3.6",
        http.HTTPStatus.CONFLICT: "the workers rebalance, or the name is taken; wait and run the command again",
    }
    known = {code.value: hint for code, hint in hints.items()}
    hint = known.get(status, "read the log of the worker: docker compose logs connect")
    if status == http.HTTPStatus.BAD_REQUEST and not path.endswith("/offsets"):
        hint = "Connect rejects the request as it is; its message says why"
    return ConnectError(status, f"{method} {path}: {status} {said}", hint)


def write_json(path: Path, data: Any, *, force: bool = False) -> None:
    """Write a file whole or not at all, readable by its owner only; an existing one only with `force`."""
    if path.exists() and not force:
        raise LabError(f"{path} exists already", "choose another name, or overwrite it with --force")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, indent=2, ensure_ascii=False)
                file.write("\n")
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise LabError(f"cannot write {path}: {error.strerror}") from None


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise LabError(f"cannot read {path}: {error.strerror}") from None
    except ValueError as error:
        raise LabError(f"{path} is not JSON: {error}") from None


def add_common_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that every script has."""
    parser.add_argument(
        "--connect-url",
        default=os.environ.get("CONNECT_URL", DEFAULT_URL),
        metavar="URL",
        help=f"address of the REST API (default: $CONNECT_URL, else {DEFAULT_URL})",
    )
    parser.add_argument("--dry-run", action="store_true", help="change nothing, say what would be done")


def report(error: LabError) -> None:
    """Print an error and what to do about it."""
    print(f"error: {error}", file=sys.stderr)
    if error.hint:
        print(f"hint: {error.hint}", file=sys.stderr)
