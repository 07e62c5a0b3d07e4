"""A real PostgreSQL for tests: its own cluster in a temporary folder, with the seed data of the lab."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from programs import missing

SEED = Path(__file__).parents[2] / "labs" / "postgres"
SLOT = "debezium_shop"


class SqlError(Exception):
    """What psql says of a statement that fails."""


def find_binaries() -> Path:
    """The folder of the newest PostgreSQL that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        missing("PostgreSQL", "postgresql")
    return found[-1].parent


@dataclass
class Postgres:
    """A running server. WAL segments are 1 MB, so that a test fills them quickly."""

    binaries: Path
    folder: Path
    port: int
    prefix: list[str]

    @classmethod
    def start(cls) -> Postgres:
        folder = Path(tempfile.mkdtemp(prefix="cdc-pg-"))
        prefix = []
        if os.geteuid() == 0:
            # The server refuses to run as root.
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            prefix = ["runuser", "-u", "postgres", "--"]
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = cls(find_binaries(), folder, port, prefix)
        try:
            server._initialise()
        except BaseException:
            server.stop()
            raise
        return server

    def _initialise(self) -> None:
        data = self.folder / "data"
        self._run(
            *("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync", "--no-instructions"),
            *("--encoding=UTF8", "--locale=C.UTF-8", "--wal-segsize=1"),
        )
        settings = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self.folder,
            "wal_level": "logical",
            "max_replication_slots": 10,
            "max_wal_senders": 10,
            "max_wal_size": "8MB",
            "min_wal_size": "2MB",
            "wal_keep_size": 0,
            "fsync": "off",
            "autovacuum": "off",
        }
        # Settings of the command line would win over ALTER SYSTEM, so they go to the file.
        text = "".join(f"{name} = '{value}'\n" for name, value in settings.items())
        conf = data / "postgresql.conf"
        conf.write_text(conf.read_text() + text)
        self._run("pg_ctl", "-D", str(data), "-w", "-t", "30", "-l", str(self.folder / "log"), "start")
        self.sql("CREATE DATABASE seed", database="postgres")
        for path in sorted(SEED.glob("*.sql")):
            self.sql(path.read_text(encoding="utf-8").replace("DATABASE shop", "DATABASE seed"), database="seed")
        self.reset()

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def reset(self) -> None:
        """Make the database `shop` anew from the seed, with no slots and no settings left behind."""
        self.sql("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots", database="postgres")
        # pg_drop_replication_slot refuses an active slot: nobody reads one between two tests.
        for statement in (
            "ALTER SYSTEM RESET ALL",
            "SELECT pg_reload_conf()",
            "DROP DATABASE IF EXISTS shop WITH (FORCE)",
            "CREATE DATABASE shop TEMPLATE seed",
            "GRANT CREATE ON DATABASE shop TO debezium",
        ):
            self.sql(statement, database="postgres")

    def sql(self, text: str, *, user: str = "postgres", database: str = "shop") -> list[list[str]]:
        """Run statements by psql and return the rows of what they print."""
        done = self._psql(text, user, database, "--quiet", "--no-align", "--tuples-only", "--field-separator=|")
        return [line.split("|") for line in done.splitlines() if line]

    def value(self, text: str, **options: str) -> str:
        """The only value of a query."""
        ((value,),) = self.sql(text, **options)
        return value

    def _psql(self, text: str, user: str, database: str, *options: str) -> str:
        command = [str(self.binaries / "psql"), "--no-psqlrc", "--set=ON_ERROR_STOP=1", *options, "--file=-"]
        done = subprocess.run(
            [*command, self.dsn(user, database)],
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
        if done.returncode:
            raise SqlError(done.stderr.strip())
        return done.stdout

    def dsn(self, user: str = "postgres", database: str = "shop") -> str:
        return f"host=127.0.0.1 port={self.port} user={user} dbname={database}"

    @property
    def version(self) -> int:
        return int(self.value("SHOW server_version_num", database="postgres")) // 10000

    def receive(self, slot: str, publication: str, start: str = "0/0") -> bytes:
        """Stream a slot as a connector does, from the LSN `start` to now, confirm it and return what came."""
        self.flush()
        end = self.value("SELECT pg_current_wal_insert_lsn()")
        target = self.folder / "received"
        target.unlink(missing_ok=True)
        self._run(
            *("pg_recvlogical", "--dbname", self.dsn(), "--slot", slot, "--start", "--no-loop", "--file", str(target)),
            *("--startpos", start, "--endpos", end, "--option", "proto_version=1"),
            *("--option", f"publication_names={publication}", "--option", "messages=true"),
        )
        return target.read_bytes()

    def flush(self) -> None:
        """Bring WAL to disk: only then can it be decoded, and a message outside a transaction flushes none."""
        self.sql("SELECT pg_logical_emit_message(true, 'commit', '')", database="postgres")

    def fill_wal(self, megabytes: int) -> None:
        """Write WAL that belongs to no table of the publication."""
        text = "SELECT pg_logical_emit_message(false, 'noise', repeat('x', 1000000)); SELECT pg_switch_wal();"
        self.sql(text * megabytes, database="postgres")

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self.prefix, str(self.binaries / program), *arguments]
        # The server keeps standard output open, so nothing may wait for the end of a pipe.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, check=False, timeout=60, cwd="/"
            )
            if done.returncode:
                output.seek(0)
                text = output.read().decode("utf-8", "replace")
                raise SqlError(f"{program}: {text}")
