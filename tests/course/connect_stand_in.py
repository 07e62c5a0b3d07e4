"""A stand-in of the Kafka Connect REST API: the calls the course uses, with the answers of Kafka's own sources.

Answers follow ConnectorsResource, DistributedHerder and ConnectExceptionMapper of Kafka: offsets change only in the
state STOPPED (else 400), an unknown connector is 404, a rebalance 409, an unknown method 405.
"""

from __future__ import annotations

import copy
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

ALTERED = (
    "The Connect framework-managed offsets for this connector have been altered successfully. However, if this "
    "connector manages offsets externally, they will need to be manually altered in the system that the connector uses."
)
RESET = ALTERED.replace("altered", "reset")
REBALANCE = "Request cannot be completed because a rebalance is expected"

# Method and path of every documented call: https://kafka.apache.org/documentation/#connect_rest
DOCUMENTED = [
    "GET /",
    "GET /health",
    "GET /connectors",
    "POST /connectors",
    "GET /connectors/{name}",
    "DELETE /connectors/{name}",
    "GET /connectors/{name}/config",
    "PUT /connectors/{name}/config",
    "PATCH /connectors/{name}/config",
    "GET /connectors/{name}/status",
    "GET /connectors/{name}/tasks",
    "GET /connectors/{name}/tasks/{task}/status",
    "POST /connectors/{name}/tasks/{task}/restart",
    "PUT /connectors/{name}/pause",
    "PUT /connectors/{name}/stop",
    "PUT /connectors/{name}/resume",
    "POST /connectors/{name}/restart",
    "GET /connectors/{name}/topics",
    "PUT /connectors/{name}/topics/reset",
    "GET /connectors/{name}/offsets",
    "PATCH /connectors/{name}/offsets",
    "DELETE /connectors/{name}/offsets",
    "GET /connector-plugins",
    "GET /connector-plugins/{plugin}/config",
    "PUT /connector-plugins/{plugin}/config/validate",
    "GET /admin/loggers",
    "GET /admin/loggers/{logger}",
    "PUT /admin/loggers/{logger}",
]


def is_documented(method: str, path: str) -> bool:
    """Whether Kafka Connect documents the call; a query does not count."""
    bare = path.split("?", maxsplit=1)[0].rstrip("/") or "/"
    for call in DOCUMENTED:
        known_method, known_path = call.split(" ")
        pattern = re.sub(r"\{\w+\}", "[^/]+", known_path)
        if method == known_method and re.fullmatch(pattern, bare):
            return True
    return False


@dataclass
class Connector:
    config: dict
    state: str = "RUNNING"
    task_state: str = "RUNNING"
    offsets: list = field(default_factory=list)


class Answer(Exception):  # noqa: N818 - an answer is no error
    def __init__(self, status: int, body: object = None) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def refuse(status: int, message: str) -> Answer:
    return Answer(status, {"error_code": status, "message": message})


class StandIn:
    """A Kafka Connect worker; `connectors` is its state, `requests` what it was asked.

    `rebalancing` answers 409 to so many requests that change something; `polls_until_state` is for how many status
    requests a stop or a resume is under way.
    """

    def __init__(self) -> None:
        self.connectors: dict[str, Connector] = {}
        self.stored_offsets: dict[str, list] = {}
        self.requests: list[tuple[str, str, object]] = []
        self.rebalancing = 0
        self.polls_until_state = 0
        self._pending: dict[str, list] = {}
        self._lock = threading.Lock()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                text = self.rfile.read(length)
                body = json.loads(text) if text else None
                with stand_in._lock:
                    try:
                        stand_in._handle(self.command, self.path, body)
                    except Answer as answer:
                        self._reply(answer.status, answer.body)

            def _reply(self, status: int, body: object) -> None:
                data = b"" if body is None else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

            def log_message(self, *_args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def changes(self) -> list[str]:
        """The requests that were not GET, as METHOD PATH."""
        return [f"{method} {path}" for method, path, _ in self.requests if method != "GET"]

    def _handle(self, method: str, path: str, body: object) -> None:
        self.requests.append((method, path, body))
        parts = [unquote(part) for part in urlsplit(path).path.strip("/").split("/") if part]
        if method != "GET" and self.rebalancing > 0:
            self.rebalancing -= 1
            raise refuse(409, REBALANCE)
        if not parts:
            raise Answer(200, {"version": "4.3.0", "commit": "0", "kafka_cluster_id": "lab"})
        if parts[0] != "connectors":
            raise refuse(404, "HTTP 404 Not Found")
        if len(parts) == 1:
            self._collection(method, body, parse_qs(urlsplit(path).query).get("expand", []))
        name, rest = parts[1], "/".join(parts[2:])
        if not is_documented(method, path):
            known = any(is_documented(other, path) for other in ("GET", "PUT", "POST", "PATCH", "DELETE"))
            raise refuse(405, "HTTP 405 Method Not Allowed") if known else refuse(404, "HTTP 404 Not Found")
        if name not in self.connectors:
            raise refuse(
                404, f"No status found for connector {name}" if rest == "status" else f"Connector {name} not found"
            )
        getattr(self, f"_{method.lower()}_{rest.replace('/', '_') or 'connector'}")(name, body)

    def _collection(self, method: str, body: object, expand: list[str]) -> None:
        if method == "GET":
            raise Answer(200, self._expanded(expand) if expand else sorted(self.connectors))
        if method != "POST":
            raise refuse(405, "HTTP 405 Method Not Allowed")
        assert isinstance(body, dict)
        name = body["name"]
        if name in self.connectors:
            raise refuse(409, f"Connector {name} already exists")
        self.connectors[name] = Connector(
            dict(body["config"]), body.get("initial_state", "RUNNING"), "RUNNING", self.stored_offsets.get(name, [])
        )
        raise Answer(201, {"name": name, "config": body["config"], "tasks": [], "type": "source"})

    def _expanded(self, expand: list[str]) -> dict[str, dict[str, object]]:
        return {
            name: {
                what: self._info(name) if what == "info" else self._status(name)
                for what in expand
                if what in {"info", "status"}
            }
            for name in sorted(self.connectors)
        }

    def _info(self, name: str) -> dict[str, object]:
        return {"name": name, "config": self.connectors[name].config, "tasks": [], "type": "source"}

    def _get_connector(self, name: str, _body: object) -> None:
        raise Answer(200, self._info(name))

    def _delete_connector(self, name: str, _body: object) -> None:
        # Offsets stay in their topic when a connector is deleted.
        self.stored_offsets[name] = self.connectors.pop(name).offsets
        raise Answer(204)

    def _get_config(self, name: str, _body: object) -> None:
        raise Answer(200, {"name": name, **self.connectors[name].config})

    def _put_config(self, name: str, body: object) -> None:
        assert isinstance(body, dict)
        self.connectors[name].config = {key: value for key, value in body.items() if key != "name"}
        raise Answer(200, self._info(name))

    def _post_restart(self, name: str, _body: object) -> None:
        self.connectors[name].task_state = "RUNNING"
        raise Answer(202, self._status(name))

    def _get_status(self, name: str, _body: object) -> None:
        raise Answer(200, self._status(name))

    def _status(self, name: str) -> dict[str, object]:
        connector = self.connectors[name]
        if name in self._pending:
            pending = self._pending[name]
            if pending[1] <= 0:
                connector.state = pending[0]
                del self._pending[name]
            else:
                pending[1] -= 1
        worker = "connect:8083"
        tasks = []
        if connector.state != "STOPPED":
            state = "PAUSED" if connector.state == "PAUSED" else connector.task_state
            tasks = [{"id": 0, "state": state, "worker_id": worker}]
        return {
            "name": name,
            "connector": {"state": connector.state, "worker_id": worker},
            "tasks": tasks,
            "type": "source",
        }

    def _target(self, name: str, state: str, status: int) -> None:
        if self.polls_until_state:
            self._pending[name] = [state, self.polls_until_state]
        else:
            self.connectors[name].state = state
        raise Answer(status)

    def _put_stop(self, name: str, _body: object) -> None:
        self._target(name, "STOPPED", 204)

    def _put_pause(self, name: str, _body: object) -> None:
        self._target(name, "PAUSED", 202)

    def _put_resume(self, name: str, _body: object) -> None:
        self._target(name, "RUNNING", 202)

    def _get_offsets(self, name: str, _body: object) -> None:
        raise Answer(200, {"offsets": copy.deepcopy(self.connectors[name].offsets)})

    def _need_stopped(self, name: str) -> None:
        if self.connectors[name].state != "STOPPED":
            raise refuse(
                400,
                "Connectors must be in the STOPPED state before their offsets can be modified. This can be done for "
                f"the specified connector by issuing a 'PUT' request to the '/connectors/{name}/stop' endpoint",
            )

    def _patch_offsets(self, name: str, body: object) -> None:
        wanted = body.get("offsets") if isinstance(body, dict) else None
        if not wanted:
            raise refuse(400, "Partitions / offsets need to be provided for an alter offsets request")
        self._need_stopped(name)
        for entry in wanted:
            kept = [old for old in self.connectors[name].offsets if old["partition"] != entry["partition"]]
            self.connectors[name].offsets = kept + ([entry] if entry["offset"] is not None else [])
        raise Answer(200, {"message": ALTERED})

    def _delete_offsets(self, name: str, _body: object) -> None:
        self._need_stopped(name)
        self.connectors[name].offsets = []
        raise Answer(200, {"message": RESET})
