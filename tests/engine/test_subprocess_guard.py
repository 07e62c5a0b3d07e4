"""The engine's process ends with its question, whatever becomes of those who asked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sphinx_diagram_ext.engine import EngineError, subprocess_guard
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.mermaid import MermaidSource

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Layout, Structure

SOURCE = "flowchart TB\n  a --> b\n"


def gone(process: int, *, seconds: int = 60) -> bool:
    """Tell whether a process ends; *seconds* bounds a failure only."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":  # of a parent that does not ask
            return True
        time.sleep(0.05)
    return False


def number(path: Path, *, seconds: int = 60) -> int:
    """Return the process that *path* names once it does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not (path.exists() and path.read_text(encoding="utf-8").endswith("\n")):
        time.sleep(0.05)
    return int(path.read_text(encoding="utf-8"))


def test_the_process_of_an_engine_that_hangs_outlives_a_killed_build_by_seconds_only(tmp_path: Path) -> None:
    place = tmp_path / "process"
    build = f"""
        import os, time
        from pathlib import Path
        from sphinx_diagram_ext.engine import subprocess_guard
        from sphinx_diagram_ext.engine.merman.adapter import MermanEngine

        class Hanging(MermanEngine):
            def parse(self, source):
                Path({str(place)!r}).write_text(f"{{os.getpid()}}\\n")
                time.sleep(600)

        subprocess_guard._LONGER = 1
        subprocess_guard.Guard(Hanging(), 1, 1_000).parse("flowchart TB")
    """
    with subprocess.Popen([sys.executable, "-c", textwrap.dedent(build)]) as process:
        engine = number(place)
        process.kill()
    assert gone(engine)


class Calling(MermanEngine):
    """An engine that calls a command and waits for ever."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.place = place

    def parse(self, source: str) -> Structure:
        with subprocess.Popen(["sleep", "600"]) as command:
            self.place.write_text(f"{command.pid}\n", encoding="utf-8")
        return super().parse(source)


def test_the_commands_of_an_engine_that_hangs_end_with_it(tmp_path: Path) -> None:
    guarded = subprocess_guard.Guard(Calling(tmp_path / "process"), 1, 1_000)
    with pytest.raises(EngineError, match="merman did not finish in 1 seconds"):
        guarded.parse(SOURCE)
    assert gone(number(tmp_path / "process"))


def test_a_process_with_threads_may_ask_too() -> None:
    """Other extensions start threads, and so does typst; Python 3.12 and later warn of a fork beside them."""
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    guarded = subprocess_guard.Guard(MermanEngine(), 60, 1_000)
    try:
        assert guarded.parse(SOURCE).nodes == (("a", "a"), ("b", "b"))
        os.kill(guarded._process.pid, signal.SIGKILL)
        with pytest.raises(EngineError, match=r"merman crashed \(SIGKILL\)"):
            guarded.parse(SOURCE)
        assert guarded.parse(SOURCE).nodes == (("a", "a"), ("b", "b"))
    finally:
        guarded.close()
        stop.set()
        thread.join()


class Talking(MermanEngine):
    """An engine whose runtime says something."""

    def parse(self, source: str) -> Structure:
        for stream in (1, 2):
            os.write(stream, b"said")
        return super().parse(source)


def test_what_an_engine_says_is_no_output_of_the_build(capfd: pytest.CaptureFixture[str]) -> None:
    guarded = subprocess_guard.Guard(Talking(), 60, 1_000)
    guarded.parse(SOURCE)
    guarded.close()
    assert capfd.readouterr() == ("", "")


class Greedy(MermanEngine):
    """An engine whose layout takes more memory than it may."""

    def layout(self, source: MermaidSource) -> Layout:
        bytearray(2_000_000_000)
        return super().layout(source)


class Slow(MermanEngine):
    """An engine whose layout takes more time than it may."""

    def layout(self, source: MermaidSource) -> Layout:
        time.sleep(600)
        return super().layout(source)


@pytest.mark.parametrize(
    ("engine", "seconds", "said"),
    [(Greedy, 60, "merman failed: MemoryError"), (Slow, 1, "merman did not finish in 1 seconds")],
)
def test_a_layout_has_the_bounds_of_every_question(engine: type[MermanEngine], seconds: int, said: str) -> None:
    guarded = subprocess_guard.Guard(engine(), seconds, 1_000)
    try:
        with pytest.raises(EngineError, match=said):
            guarded.layout(MermaidSource("flowchart", SOURCE, SOURCE))
    finally:
        guarded.close()


def test_a_layout_that_is_refused_is_refused_in_the_same_words() -> None:
    guarded = subprocess_guard.Guard(MermanEngine(), 60, 1_000)
    try:
        with pytest.raises(EngineError, match="unexpected end of input; expected node identifier"):
            guarded.layout(MermaidSource("flowchart", "flowchart TB\n a -->", "flowchart TB\n a -->"))
        assert guarded.layout(MermaidSource("flowchart", SOURCE, SOURCE, nodes={"a": "a", "b": "b"})).nodes
    finally:
        guarded.close()


def test_an_answer_that_was_not_waited_for_is_not_that_to_the_next_question() -> None:
    guarded = subprocess_guard.Guard(MermanEngine(), 60, 1_000)

    class Interruption(BaseException):
        pass

    def interrupt(_number: int, _frame: object) -> None:
        raise Interruption

    before = signal.signal(signal.SIGALRM, interrupt)
    try:
        guarded.parse(SOURCE)
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with pytest.raises(Interruption):
            guarded.run(time.sleep, 1)
        assert guarded.parse(SOURCE).nodes == (("a", "a"), ("b", "b"))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        guarded.close()


def test_the_process_leaves_when_the_one_that_asks_is_gone_though_the_pipe_is_open() -> None:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        guarded = subprocess_guard.Guard(MermanEngine(), 60, 1_000)
        guarded.parse(SOURCE)
        if os.fork() == 0:  # holds the pipe, as a worker of Sphinx's does
            time.sleep(30)
            os._exit(0)
        os.write(writing, str(guarded._process.pid).encode())
        os._exit(0)
    os.waitpid(child, 0)
    process = int(os.read(reading, 20))
    os.close(reading)
    os.close(writing)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{process}").exists() and "Z" not in Path(f"/proc/{process}/stat").read_text().split()[2]:
        assert time.monotonic() < deadline, "it waits for a question that cannot come"
        time.sleep(0.1)
