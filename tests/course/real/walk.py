"""A learner who does the practice of a lesson on the real stack, command by command, in the order of the page."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from lessons import NOT_RUN, REAL, Block, blocks_of

if TYPE_CHECKING:
    from monitoring import Monitoring
    from stack import Stack

ROOT = Path(__file__).parents[3]
LABS = ROOT / "labs"
HERE = Path(__file__).parent
# `docker compose exec SERVICE COMMAND` of the lab, answered by the programs of this machine.
DOCKER = """\
#!/bin/bash
set -e
while [ "$1" != exec ]; do shift; done
shift
while [ "${{1#-}}" != "$1" ]; do shift; done
service=$1; shift
case "$service:$1" in
  postgres:psql) shift; exec {psql} --no-psqlrc "$@" ;;
  postgres:df) exec df -h {data} ;;
  mysql:mysql) exec mariadb --no-defaults --host=127.0.0.1 --port={mysql} --user=root inventory ;;
  kafka:*) exec {python} {tools} 127.0.0.1:{kafka} "$@" ;;
  connect:date) exec "$@" ;;
  prometheus:promtool) exec promtool "${{@:2:$#-2}}" "{labs}/prometheus/${{!##*/etc/prometheus/}}" ;;
  alertmanager:amtool) args=("$@"); exec "${{args[@]/\\/etc\\/alertmanager\\//{labs}/alertmanager/}}" ;;
esac
echo "no such service: $service $*" >&2
exit 1
"""
# Waiting is for slower machines and a flush of offsets every 10 seconds: here it is every 2.
PRELUDE = """\
set -e -o pipefail
sleep() { case "$1" in *.*) command sleep "$1" ;; *) command sleep $(( $1 > 8 ? 8 : $1 )) ;; esac; }
"""


def practice(path: Path, heading: str = "## Практика") -> list[Block]:
    """Blocks of a section, with the lines they have in the lesson."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if line.startswith(heading))
    last = next(number for number in range(first + 1, len(lines)) if lines[number].startswith("## "))
    return blocks_of("".join(lines[first:last]), path, first)


def real_elsewhere(path: Path) -> list[Block]:
    """Blocks outside the practice that only the real stack can run, such as those of a runbook."""
    practised = {block.line for block in practice(path)}
    every = blocks_of(path.read_text(encoding="utf-8"), path)
    return [block for block in every if block.comment(REAL) is not None and block.line not in practised]


class Learner:
    """Runs blocks in a copy of the folder `labs`; variables live on from block to block."""

    def __init__(self, stack: Stack, monitoring: Monitoring, lesson: Path, folder: Path) -> None:
        self.stack, self.monitoring, self.folder = stack, monitoring, folder
        for name in ("connectors", "scripts", "prometheus", "alertmanager"):
            shutil.copytree(LABS / name, folder / name)
        programs = folder / "bin"
        programs.mkdir()
        words = {
            "psql": stack.postgres.binaries / "psql",
            "data": stack.postgres.folder / "data",
            "python": sys.executable,
            "tools": HERE / "kafka_tools.py",
            "kafka": stack.kafka,
            "mysql": stack.maria.port if stack.maria else 0,
            "labs": folder,
        }
        (programs / "docker").write_text(DOCKER.format(**words), encoding="utf-8")
        (programs / "docker").chmod(0o755)
        self.environment = os.environ | {
            "CONNECT_URL": stack.url,
            "CONNECT": stack.url,
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PGHOST": "127.0.0.1",
            "PGPORT": str(stack.postgres.port),
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)]),
        }
        self.state = folder / "variables"
        self.state.write_text("", encoding="utf-8")
        for file in (folder / "connectors").glob("*.json"):
            self._save(file, json.loads(file.read_text(encoding="utf-8")))
        text = lesson.read_text(encoding="utf-8")
        for name, content in re.findall(
            r"Сохраните как `([\w-]+\.json)`[^`]*\n\n```json\n(\{\n.*?\n\})\n```", text, re.DOTALL
        ):
            (folder / name).write_text(content, encoding="utf-8")
        for block in blocks_of(lesson.read_text(encoding="utf-8"), lesson):
            if block.language == "json" and block.text.startswith("{\n"):
                data = json.loads(block.text)
                if "name" in data and "connector.class" in data.get("config", {}):
                    self._save(folder / f"{data['name']}.json", data)
            elif block.language == "yaml" and {"rule_files", "tests"} <= set(yaml.safe_load(block.text)):
                (name,) = set(re.findall(r"test rules /etc/prometheus/([\w.-]+)", text))
                (folder / "prometheus" / name).write_text(block.text, encoding="utf-8")

    def _save(self, file: Path, data: dict) -> None:
        file.write_text(json.dumps(data | {"config": self.stack.adapt(data["config"])}), encoding="utf-8")

    def run(self, block: Block) -> subprocess.CompletedProcess[str]:
        # A batch of 300000 rows is one of 3000 here.
        block = replace(block, text=re.sub(r"(generate_series\(1, \d{3,})00\)", r"\1)", block.text))
        for name, state in block.all_comments("before", 2):
            self._bring(name, state)
        if block.language == "sql":
            # MariaDB spells this default in a way that the connector for MySQL cannot parse.
            block = replace(
                block, text=re.sub(r"CHAR\(36\) .*PRIMARY KEY", "BIGINT AUTO_INCREMENT PRIMARY KEY", block.text)
            )
            program = (
                "mysql mysql"
                if block.comment("database") == "mysql"
                else "postgres psql -v ON_ERROR_STOP=1 -U postgres -d shop"
            )
            return self._bash(f"docker compose exec -T {program}", stdin=block.text)
        file = self.folder / "block.sh"
        file.write_text(
            self.monitoring.adapt(block.text.replace("http://localhost:8083", self.stack.url)), encoding="utf-8"
        )
        keep = f"declare -p | grep -E '^declare -- [A-Z]+=' > {self.state}; declare -f >> {self.state}"
        return self._bash(f"{PRELUDE}. {self.state}\n. {file}\n{keep}")

    def _bring(self, name: str, state: str) -> None:
        """Have a connector in the state that a block begins with."""
        if state == "STOPPED":
            self.stack.stop_connector(name)
        elif state == "missing":
            self.stack.remove(name)

    def _bash(self, script: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        # A file takes the output: a load that goes on in the background would keep a pipe open.
        with (self.folder / "output").open("w+", encoding="utf-8") as output:
            done = subprocess.run(
                ["bash", "-c", script],
                cwd=self.folder,
                env=self.environment,
                input=stdin,
                stdin=subprocess.DEVNULL if stdin is None else None,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
                timeout=120,
            )
            output.seek(0)
            done.stdout = (
                output.read().replace(self.stack.url, "http://localhost:8083").replace(f"{self.folder}/", "/etc/")
            )
        return done


def shape(text: str) -> list[str]:
    """Lines without what differs from run to run: numbers, sizes, spaces and lines of tables."""
    text = re.sub(r"\b[0-9A-F]+/[0-9A-F]+\b", "0/0", text)
    text = re.sub(r"\d+(\.\d+)? ?(bytes|kB|MB|GB|[KMG]iB)\b", "SIZE", text)
    return [
        re.sub(r"\s+", "", re.sub(r"\d+(\.\d+)?", "0", line))
        for line in text.splitlines()
        if not re.fullmatch(r"[-+ ]*", line)
    ]


def differences(learner: Learner, blocks: list[Block]) -> list[str]:
    """Run the blocks of a page and say where page and machine differ."""
    wrong = []
    for block in blocks:
        if block.language not in {"bash", "sh", "sql"} or block.comment(NOT_RUN) is not None:
            continue
        try:
            done = learner.run(block)
        except subprocess.TimeoutExpired:
            wrong.append(f"{block}: does not end\n{block.text}")
            continue
        if (done.returncode == 0) == (block.comment("fails") is not None):
            wrong.append(f"{block}: status {done.returncode}\n{block.text}\n{done.stdout}")
        printed = shape(done.stdout)
        promised = shape(block.followed_by) if block.comment("differs") is None else []
        missing = [line for line in promised if line not in printed]
        if missing:
            wrong.append(f"{block}: printed\n{done.stdout}\ninstead of\n{block.followed_by}")
    return wrong
