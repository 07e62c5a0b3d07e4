"""Kafka Connect with Debezium, a broker, PostgreSQL and, if asked for, MariaDB: processes of their own on free ports.

Connect and Debezium are the real ones, of the versions in download.py. The broker speaks Kafka's protocol and keeps
everything in memory. MariaDB calls itself MySQL 5.7, so that the connector reads it; it has no GTID of MySQL.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any

import download
from maria import Maria
from postgres import Postgres
from programs import find_program

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
LABS = ROOT / "labs"
# The jars that run the worker and the connectors for PostgreSQL and MySQL: 70 of 393.
NEEDED = re.compile(
    r"(connect-|kafka-clients|jersey-|hk2-|jackson-|jetty-.*-12\.|jakarta\.|log4j-|slf4j-api|classgraph|maven-artifact"
    r"|javassist|osgi-resource|swagger-annotations-2|sketches-|zstd-jni|lz4-|snappy-|postgresql-|mysql-|antlr4-"
    r"|debezium-(api|config|util|openlineage-api|connect-plugins|connector-(common|postgres|mysql|binlog)|ddl-parser"
    r"|storage-(kafka|file)))"
)
WORKER = """\
bootstrap.servers=127.0.0.1:{kafka}
listeners=http://127.0.0.1:{rest}
key.converter=org.apache.kafka.connect.json.JsonConverter
value.converter=org.apache.kafka.connect.json.JsonConverter
offset.flush.interval.ms=2000
plugin.discovery=service_load
config.providers=file
config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
"""
# A standalone worker has the same REST API and no group to join. On the broker of the tests each change of a group
# takes five seconds, so only what is about the group or about Connect's own topics is tested with a distributed one.
STANDALONE = "offset.storage.file.filename={folder}/offsets\n"
DISTRIBUTED = """\
group.id=connect-cdc
config.storage.topic=connect-configs
offset.storage.topic=connect-offsets
status.storage.topic=connect-status
config.storage.replication.factor=1
offset.storage.replication.factor=1
status.storage.replication.factor=1
"""


class StackError(Exception):
    """What did not come about in time."""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(what: str, true: Callable[[], Any], seconds: float = 60) -> Any:
    """Ask until the answer is true, and return it."""
    end = time.monotonic() + seconds
    while not (answer := true()):
        if time.monotonic() > end:
            raise StackError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.2)
    return answer


class Stack:
    """The lab without containers; `stop` ends every process that `start` began."""

    def __init__(self, *, distributed: bool = False) -> None:
        self.distributed = distributed
        self.folder = Path(tempfile.mkdtemp(prefix="cdc-stack-"))
        self.kafka, self.rest, self.jmx, self.mbeans_port = (free_port() for _ in range(4))
        self.url = f"http://127.0.0.1:{self.rest}"
        self.postgres = Postgres.start()
        self.maria: Maria | None = None
        self._mbeans: subprocess.Popen[bytes] | None = None
        self._processes: list[subprocess.Popen[bytes]] = []

    @classmethod
    def start(cls, *, distributed: bool = False) -> Stack:
        stack = cls(distributed=distributed)
        try:
            stack._compile()
            stack._start_broker()
            stack._start_worker()
        except BaseException:
            stack.stop()
            raise
        return stack

    def stop(self) -> None:
        # Connect first: without its broker it waits for it before it ends.
        for process in reversed(self._processes):
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._processes.clear()
        if self.maria is not None:
            self.maria.stop()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _compile(self) -> None:
        javac = find_program("javac", "default-jdk-headless")
        library = self.folder / "lib"
        library.mkdir()
        for jar in download.jars().iterdir():
            if NEEDED.match(jar.name):
                (library / jar.name).symlink_to(jar)
        here = Path(__file__).parent
        sources = [here / "SecurityHandler.java", here / "Mbeans.java"]
        subprocess.run([javac, "-d", self.folder / "stub", "-cp", f"{library}/*", *sources], check=True)

    def _run(self, name: str, *command: str | Path) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env=os.environ | {"TZ": "UTC"},
            )
        self._processes.append(process)
        return process

    def _start_broker(self) -> None:
        listener = f"tcp://127.0.0.1:{self.kafka}"
        self._run(
            "broker",
            *(download.broker(), "broker", "--listener-url", listener, "--advertised-listener-url", listener),
            *("--storage-engine", "memory://tansu/"),
        )

    def _start_worker(self) -> None:
        properties = self.folder / "connect.properties"
        text = WORKER + (DISTRIBUTED if self.distributed else STANDALONE)
        properties.write_text(text.format(kafka=self.kafka, rest=self.rest, folder=self.folder), encoding="utf-8")
        shutil.copytree(LABS / "connect" / "secrets", self.folder / "secrets")
        jmx = "-Dcom.sun.management.jmxremote"
        classes = f"{self.folder}/stub:{self.folder}/lib/*"
        self._run(
            "connect",
            *(find_program("java", "default-jre-headless"), "-Xmx384m", "-Dorg.apache.logging.log4j.level=INFO"),
            *(f"{jmx}.port={self.jmx}", f"{jmx}.rmi.port={self.jmx}", f"{jmx}.host=127.0.0.1"),
            *("-Djava.rmi.server.hostname=127.0.0.1", f"{jmx}.authenticate=false", f"{jmx}.ssl=false", "-cp", classes),
            "org.apache.kafka.connect.cli." + ("ConnectDistributed" if self.distributed else "ConnectStandalone"),
            properties,
        )
        # The port is open before the worker is in its group: 404 comes first.
        wait_for("Kafka Connect", lambda: self.call("GET", "/connectors")[0] == 200)

    def start_mysql(self) -> Maria:
        """MariaDB with the seed of the lab; the second call returns the same server."""
        if self.maria is None:
            self.maria = Maria.start()
        return self.maria

    # The REST API

    def call(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Status and JSON of an answer; status 0 if nobody answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                text = answer.read()
                return answer.status, json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            text = error.read()
            return error.code, json.loads(text) if text.startswith(b"{") else text.decode("utf-8", "replace")
        except urllib.error.URLError:
            return 0, None

    def get(self, path: str) -> Any:
        return self.call("GET", path)[1]

    def states(self, name: str) -> list[str]:
        """States of the connector and of its tasks; empty without such a connector."""
        status, answer = self.call("GET", f"/connectors/{name}/status")
        if status != 200:
            return []
        return [answer["connector"]["state"], *(task["state"] for task in answer["tasks"])]

    def adapt(self, config: dict[str, str]) -> dict[str, str]:
        """A configuration of the lab with hosts, ports and paths of this machine."""
        known = {"postgres": ("127.0.0.1", str(self.postgres.port))}
        if self.maria is not None:
            known["mysql"] = ("127.0.0.1", str(self.maria.port))
        host, port = known.get(config.get("database.hostname", ""), (None, None))
        changed = {key: self.adapt_text(value) for key, value in config.items()}
        if host:
            changed |= {"database.hostname": host, "database.port": str(port)}
        return changed

    def adapt_text(self, text: str) -> str:
        return text.replace("file:/secrets/", f"file:{self.folder}/secrets/").replace(
            "kafka:9092", f"127.0.0.1:{self.kafka}"
        )

    def create(self, name: str, config: dict[str, str], **more: str) -> None:
        status, answer = self.call("POST", "/connectors", {"name": name, "config": self.adapt(config), **more})
        assert status == 201, answer

    def lab(self, name: str = "inventory-postgres") -> dict[str, str]:
        """The configuration of a connector of the lab."""
        config: dict[str, str] = json.loads((LABS / "connectors" / f"{name}.json").read_text(encoding="utf-8"))[
            "config"
        ]
        return config

    def wait_running(self, name: str) -> None:
        wait_for(f"{name} RUNNING", lambda: self.states(name) == ["RUNNING", "RUNNING"])

    def wait_states(self, name: str, *states: str) -> None:
        wait_for(f"{name}: {states}", lambda: self.states(name) == list(states))

    def stop_connector(self, name: str) -> None:
        self.call("PUT", f"/connectors/{name}/stop")
        self.wait_states(name, "STOPPED")

    def trace(self, name: str) -> str:
        return "".join(task.get("trace", "") for task in self.get(f"/connectors/{name}/status")["tasks"])

    def remove(self, name: str) -> None:
        """Delete a connector with its offsets; what it left in the database stays."""
        if name in (self.get("/connectors") or []):
            self.stop_connector(name)
            self.call("DELETE", f"/connectors/{name}/offsets")
            self.call("DELETE", f"/connectors/{name}")

    # Topics

    def records(self, topic: str) -> list[tuple[Any, Any]]:
        """Keys and values of a topic from its beginning, JSON decoded."""
        from kafka_tools import read_topic

        return [(_json(key), _json(value)) for key, value, *_ in read_topic(f"127.0.0.1:{self.kafka}", topic)]

    def events(self, topic: str) -> list[dict[str, Any]]:
        """Change events of a topic, without tombstones."""
        return [value.get("payload", value) for _, value in self.records(topic) if isinstance(value, dict)]

    def forget_topics(self) -> None:
        """Delete every topic of the database and of lessons; Connect's own stay."""
        from kafka_tools import delete_topics

        delete_topics(f"127.0.0.1:{self.kafka}", r"(?!connect-).*")

    # MBeans

    def mbeans(self) -> list[str]:
        """Every attribute as a line, as the JMX exporter hands it to its rules."""
        if self._mbeans is None:
            java = find_program("java", "default-jre-headless")
            program = (java, "-cp", self.folder / "stub", "Mbeans", str(self.jmx), str(self.mbeans_port))
            self._mbeans = self._run("mbeans", *program)
        return str(wait_for("MBeans", self._read_mbeans)).splitlines()

    def _read_mbeans(self) -> str:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.mbeans_port}/", timeout=30) as answer:
                return str(answer.read().decode())
        except (urllib.error.URLError, ConnectionError):
            return ""


def _json(data: bytes | None) -> Any:
    if data is None:
        return None
    try:
        return json.loads(data)
    except ValueError:
        return data.decode("utf-8", "replace")
