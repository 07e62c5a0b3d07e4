"""MariaDB with the seed of the lab: it calls itself MySQL 5.7, which Debezium's connector for MySQL reads."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from programs import find_program

SEED = Path(__file__).parents[3] / "labs" / "mysql" / "01-schema.sql"


@dataclass
class Maria:
    """A running server with the database `inventory`."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @classmethod
    def start(cls) -> Maria:
        install = find_program("mariadb-install-db", "mariadb-server-core")
        folder = Path(tempfile.mkdtemp(prefix="cdc-maria-"))
        prefix: list[str] = []
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            prefix = ["runuser", "-u", "postgres", "--"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        data = folder / "data"
        options = ["--no-defaults", f"--datadir={data}"]
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
        first = [*prefix, install, *options, "--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run(first, check=True, **quiet)  # type: ignore[call-overload]
        command = [
            *(*prefix, find_program("mariadbd", "mariadb-server-core"), *options, f"--port={port}"),
            *("--bind-address=127.0.0.1", f"--socket={folder}/socket", f"--pid-file={folder}/pid", "--server-id=1"),
            *("--log-bin=mysql-bin", "--binlog-format=ROW", "--binlog-row-image=FULL", "--version=5.7.19-log"),
        ]
        server = cls(folder, port, subprocess.Popen(command, **quiet))  # type: ignore[call-overload]
        for _ in range(150):
            if server._client("CREATE DATABASE IF NOT EXISTS inventory", "mysql").returncode == 0:
                break
            time.sleep(0.2)
        server.sql(SEED.read_text(encoding="utf-8"))
        return server

    def stop(self) -> None:
        pid = self.folder / "pid"
        if pid.exists():
            # The process that was started is runuser's; the server wrote its own number.
            os.kill(int(pid.read_text()), 15)
        self.process.wait(60)
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, text: str) -> list[list[str]]:
        """Run statements in the database `inventory` and return the rows of what they print."""
        done = self._client(text, "inventory")
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def _client(self, text: str, database: str) -> subprocess.CompletedProcess[str]:
        client = [find_program("mariadb", "mariadb-client-core"), "--no-defaults", "--batch", "--skip-column-names"]
        return subprocess.run(
            [*client, "--host=127.0.0.1", f"--port={self.port}", "--user=root", database],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
