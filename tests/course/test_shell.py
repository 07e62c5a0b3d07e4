"""The shell blocks of the lessons, run in their order: Kafka Connect is a stand-in, PostgreSQL a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from connect_stand_in import Connector, StandIn
from lessons import COURSE, NOT_RUN, REAL, ROOT, Block, blocks, blocks_of, lessons
from programs import find_program

if TYPE_CHECKING:
    from pathlib import Path

    from postgres import Postgres

pytestmark = pytest.mark.xdist_group("postgres")

LABS = ROOT / "labs"
CONNECT = "http://localhost:8083"
RUN_HERE = [block for block in blocks("bash", "sh") if block.comment(NOT_RUN) is None and block.comment(REAL) is None]
LESSONS = sorted({block.lesson for block in RUN_HERE})
# The psql of the container is that of the test server.
DOCKER = """#!/bin/sh
while [ "$1" != postgres ]; do shift; done
shift 2
exec {psql} --no-psqlrc "$@"
"""
# Waiting is for a worker, not for the stand-in.
PRELUDE = "set -e -o pipefail\nsleep() { :; }\n"


def configurations(lesson: Path) -> dict[str, dict]:
    """What a lesson has the learner save as NAME.json: its complete configurations, by name."""
    found = {}
    for block in blocks_of(lesson.read_text(encoding="utf-8"), lesson):
        if block.language == "json" and block.text.startswith("{\n"):
            data = json.loads(block.text)
            if "name" in data and "connector.class" in data.get("config", {}):
                found[data["name"]] = data
    return found


class Learner:
    """Runs the blocks of a lesson in the folder of the lab; variables live on from block to block."""

    def __init__(self, lesson: Path, folder: Path, connect: StandIn, server: Postgres) -> None:
        self.connect, self.folder = connect, folder
        programs = folder / "bin"
        programs.mkdir()
        (programs / "docker").write_text(DOCKER.format(psql=server.binaries / "psql"), encoding="utf-8")
        (programs / "docker").chmod(0o755)
        self.environment = os.environ | {
            "CONNECT_URL": connect.url,
            "CONNECT": connect.url,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(server.port),
        }
        self.known = configurations(lesson)
        for name in ("connectors", "scripts"):
            shutil.copytree(LABS / name, folder / name)
        for name, data in self.known.items():
            (folder / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
        for block in blocks_of(lesson.read_text(encoding="utf-8"), lesson):
            if block.language == "json" and block.text.startswith('{\n  "offsets"'):
                connect.connectors["inventory-postgres"].offsets = json.loads(block.text)["offsets"]
        self.offsets = connect.connectors["inventory-postgres"].offsets
        (folder / "inventory-postgres.offsets.json").write_text(json.dumps({"offsets": self.offsets}), encoding="utf-8")
        self.state = folder / "variables"
        self.state.write_text("", encoding="utf-8")

    def run(self, block: Block) -> subprocess.CompletedProcess[str]:
        for name, connector in self.connect.connectors.items():
            if name == "inventory-postgres" and connector.state == "RUNNING" and not connector.offsets:
                # A connector that runs writes offsets.
                connector.offsets = self.offsets
        for name, state in block.all_comments("before", 2):
            if state == "missing":
                gone = self.connect.connectors.pop(name, None)
                # Offsets outlive their connector.
                self.connect.stored_offsets |= {name: gone.offsets} if gone else {}
                continue
            if name not in self.connect.connectors:
                self.connect.connectors[name] = Connector(self.known[name]["config"])
            self.connect.connectors[name].state = state
        text = block.text.replace(CONNECT, self.connect.url)
        file = self.folder / "block.sh"
        file.write_text(text, encoding="utf-8")
        if text.startswith("#!"):
            command = ["bash", str(file), *(block.comment("arguments") or "").split()]
        else:
            script = (
                f"{PRELUDE}. {self.state}\n. {file}\ndeclare -p | grep -E '^declare -- [A-Z]+=' > {self.state} || true"
            )
            command = ["bash", "-c", script]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


@pytest.fixture(scope="module", autouse=True)
def programs():
    find_program("jq", "jq")
    find_program("curl", "curl")


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: str(path.relative_to(COURSE)))
def test_shell_blocks_run(lesson, connect, slot, tmp_path):
    learner = Learner(lesson, tmp_path, connect, slot)
    wrong = []
    for block in RUN_HERE:
        if block.lesson == lesson:
            done = learner.run(block)
            if (done.returncode == 0) == (block.comment("fails") is not None):
                wrong.append(f"{block}: status {done.returncode}\n{done.stdout}{done.stderr}")
            printed = (done.stdout + done.stderr).replace(connect.url, CONNECT)
            if block.followed_by and not shows(printed, block.followed_by):
                wrong.append(f"{block}: printed\n{printed}\ninstead of\n{block.followed_by}")
    assert wrong == []


def shows(printed: str, wanted: str) -> bool:
    """Whether what a lesson promises is in what was printed: the same JSON, or every line, in any order."""
    try:
        return json.loads(printed) == json.loads(wanted)
    except ValueError:
        return set(wanted.splitlines()) <= set(printed.splitlines())


def test_a_block_that_is_not_run_says_what_it_needs():
    for block in [block for path in lessons() for block in blocks_of(path.read_text(encoding="utf-8"), path)]:
        reason = block.comment(NOT_RUN)
        if reason is not None:
            assert re.search(r"\w", reason), f"{block}: no reason"
            assert block.comment("before") is None, f"{block}: a state, and not run"


def test_blocks_that_need_what_is_not_here_are_marked():
    """Containers but for psql, and whatever listens on a port of the lab other than that of Kafka Connect."""
    needs = re.compile(
        r"\bdocker (?!compose exec (-T )?postgres psql\b)|\bkafka-[\w-]+\b|localhost:(?!8083)\d+|\bkafka:9092"
    )
    for block in blocks("bash", "sh"):
        if needs.search(block.text):
            marked = block.comment(NOT_RUN) or block.comment(REAL) is not None
            assert marked, f"{block}: needs more than Kafka Connect and psql, and no % {NOT_RUN} or % {REAL}"
