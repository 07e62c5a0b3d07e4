"""Whatever breaks during a build ends in a message; everything else is published."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from site_output import drawn

from sphinx_diagram_ext.engine import EngineUnavailableError, select, supported_versions
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine

MERMAID = "diagram:\n  type: mermaid\n  title: Bad flow\n  source: 'flowchart LR; a[Bad flow] --> b'\n"


@pytest.fixture
def pages(site):
    """A site of two pages whose first diagram, "bad", is one that the engine draws, and has a fault."""
    site.write("data/bad.yaml", MERMAID)
    site.flow("good", "Good flow")
    site.write("index.md", "# Index\n\n```{toctree}\na\n```\n\n```{cdc-diagram} bad\n```\n\nThe end.\n")
    site.write("a.md", "# A\n\n```{cdc-diagram} good\n```\n\nThe end of A.\n")
    return site


def run(pages, out, *more) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own."""
    folders = [str(pages.folder), str(out)]
    build = [sys.executable, "-m", "sphinx", "-q", "-d", str(pages.folder / "trees"), *more, *folders]
    return subprocess.run(build, capture_output=True, text=True, check=False)


def published(built, *, index: bool = True) -> bool:
    """Tell whether all but the diagram with the fault is there."""
    if index:
        assert "The end." in built.text("index.html")
    page = built.text("a.html")
    assert "The end of A." in page
    return "Traceback" not in built.warnings and "<svg" in page


def said(built) -> str:
    return re.findall(r"^cdc: .*$", built.app.status.getvalue(), re.MULTILINE)[0]


def kinds(built) -> list[str]:
    return sorted(set(re.findall(r"\[cdc\.([a-z-]+)\]", built.warnings)))


# -- engines ------------------------------------------------------------------------------------


class Faulty(MermanEngine):
    """merman that does *fault* in place of drawing what is bad."""

    fault = staticmethod(lambda: None)

    def draw(self, source):
        if "Bad flow" in repr(source) or any("Alpha bad" in row for line in lines(source) for row in line.rows):
            self.fault()
        return super().draw(source)


def lines(source):
    return source.texts().values()


@pytest.fixture
def broken(monkeypatch):
    """Return a function that gives the build an engine with a fault."""

    def use(fault, **attributes):
        kind = type("Broken", (Faulty,), {"fault": staticmethod(fault), **attributes})
        monkeypatch.setattr(select.select_engine, "__defaults__", ("auto", {"merman": kind}))

    return use


def raise_(error):
    raise error


@pytest.mark.parametrize("parallel", [0, 2])
@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (lambda: raise_(RuntimeError("the layout is lost")), "merman failed: RuntimeError: the layout is lost"),
        (lambda: raise_(RecursionError("too deep")), "merman failed: RecursionError: too deep"),
        (lambda: b"x" * 10**11, "merman failed: MemoryError"),
        (os.abort, "merman crashed (SIGABRT)"),
        (lambda: os._exit(3), "merman crashed (exit status 3)"),
        (lambda: time.sleep(600), "merman did not finish in 1 seconds"),
    ],
    ids=["raises", "recursion", "memory", "aborts", "exits", "hangs"],
)
def test_an_engine_that_fails_on_one_diagram(pages, broken, fault, said, parallel):
    broken(fault)
    built = pages.build(parallel=parallel, cdc_diagram_limits={"seconds": 1})
    assert published(built)
    assert kinds(built) == ["render"]
    assert f"data/bad.yaml:2: WARNING: The diagram cannot be drawn: {said}" in built.warnings
    assert "flowchart" in built.text("index.html")
    assert drawn(built) == 1


def running() -> set[str]:
    """Return the processes that this one started and that have not ended."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    states = {pid: Path("/proc", pid, "stat") for pid in children}
    return {pid for pid, path in states.items() if path.exists() and path.read_text().split()[2] != "Z"}


def test_an_engine_that_fails_leaves_no_process(pages, broken):
    before = running()  # Python 3.14 keeps a server for tests that start processes
    broken(lambda: time.sleep(600))
    pages.build(cdc_diagram_limits={"seconds": 1})
    assert running() <= before


def test_a_diagram_that_was_not_drawn_is_tried_again(pages, broken, monkeypatch):
    broken(lambda: raise_(RuntimeError("out of sorts")))
    built = pages.build()
    assert said(built) == "cdc: 2 diagrams on 2 pages: 1 drawn, 0 from the cache, 1 not drawn"
    assert kinds(pages.build()) == ["render"]
    monkeypatch.undo()
    again = pages.build()
    assert (again.warnings, again.read, again.written) == ("", [], ["index"])
    assert "<svg" in again.text("index.html")


def large(pages) -> None:
    """Make the diagram "bad" one that needs more memory than there is for it; "good" needs a third of that."""
    edges = "".join(f"      n{number}[A label of node {number}] --> n{number + 1}\n" for number in range(1_500))
    source = f"  source: |\n    flowchart TB\n{edges}"
    pages.write("data/bad.yaml", f"diagram:\n  type: mermaid\n  title: B\n{source}")
    with (pages.folder / "conf.py").open("a") as stream:
        stream.write("cdc_diagram_limits = {'megabytes': 14, 'nodes': 9_999, 'edges': 9_999}\n")


@pytest.mark.parametrize("more", [(), ("-W",)])
def test_too_little_memory_for_one_diagram(pages, tmp_path, more):
    large(pages)
    done = run(pages, tmp_path / "out", *more)
    assert (done.returncode, "Traceback" in done.stderr) == (1 if more else 0, False)
    assert re.search(r"data/bad\.yaml:\d+: WARNING: .*: merman (crashed|failed)", done.stderr)
    assert "The end." in (tmp_path / "out" / "index.html").read_text()
    assert "<svg" in (tmp_path / "out" / "a.html").read_text()


def test_no_engine(pages, monkeypatch):
    def missing():
        raise EngineUnavailableError("it is not installed")

    monkeypatch.setattr(select.select_engine, "__defaults__", ("auto", {"merman": missing}))
    built = pages.build()
    assert "The engine 'auto' does not work here: it is not installed." in built.warnings
    assert kinds(built) == ["engine"]
    assert "The end." in built.text("index.html")
    assert "flowchart" in built.text("index.html")


@pytest.mark.parametrize(
    ("version", "said"), [("0.9.2", ""), ("1.0", "merman 1.0 is installed and ==0.9.2 was tested")]
)
def test_an_engine_of_another_version_is_said(pages, monkeypatch, version, said):
    class Other(MermanEngine):
        def __init__(self):
            super().__init__()
            self.version = version

    monkeypatch.setattr(
        supported_versions, "requires", lambda _: ["sphinx>=8.2", "merman==0.9.2; platform_system == 'Linux'"]
    )
    monkeypatch.setattr(select.select_engine, "__defaults__", ("auto", {"merman": Other}))
    built = pages.build()
    assert published(built)
    assert kinds(built) == (["engine"] if said else [])
    assert said in built.warnings


# -- data files -----------------------------------------------------------------------------------


def into_folder(path):
    path.unlink()
    path.mkdir()


def into_pipe(path):
    path.unlink()
    os.mkfifo(path)


def into_broken_link(path):
    path.unlink()
    path.symlink_to(path.with_name("nowhere.yaml"))


def into_own_link(path):
    path.unlink()
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("change", "kind", "said"),
    [
        (into_folder, "unknown-diagram", "There is no diagram 'bad'"),
        (into_pipe, "file", "is not a regular file"),
        (into_broken_link, "file", "is not a regular file"),
        (into_own_link, "file", "The file "),
        (lambda path: path.write_bytes(b"diagram:\n  title: \xff\n"), "file", "not UTF-8"),
        (lambda path: path.write_bytes(b"\0"), "yaml", ""),
    ],
    ids=["folder", "pipe", "broken-link", "own-link", "bytes", "zero"],
)
@pytest.mark.parametrize("again", [False, True], ids=["at-first", "later"])
def test_a_file_that_cannot_be_read(pages, change, kind, said, again):
    if again:
        pages.build()
    change(pages.folder / "data" / "bad.yaml")
    built = pages.build()
    assert published(built)
    assert kinds(built) == [kind]
    assert said in built.warnings


def test_a_data_folder_that_is_a_file_or_a_pipe(pages):
    (pages.folder / "file").write_text("")
    os.mkfifo(pages.folder / "pipe")
    built = pages.build(cdc_diagram_path=["data", "file", "pipe"], cdc_diagram_types=["file"])
    assert published(built)
    assert built.warnings.count("does not exist") == 3


def test_a_template_that_is_a_pipe(pages):
    (pages.folder / "types").mkdir()
    os.mkfifo(pages.folder / "types" / "radar.mmd.j2")
    built = pages.build(cdc_diagram_types=["types"])
    assert published(built)
    assert "radar.mmd.j2:1: WARNING: The template is not a regular file" in built.warnings


def during(site, event: str, code: str) -> None:
    """Run *code* in the build when Sphinx emits *event*."""
    with (site.folder / "conf.py").open("a") as stream:
        stream.write(
            "\ndef change(app, *_):\n    from pathlib import Path\n    import os\n"
            f"    path = Path(app.confdir, 'data', 'bad.yaml')\n    {code}\n"
            f"\ndef setup(app):\n    app.connect({event!r}, change)\n"
        )


@pytest.mark.parametrize("event", ["builder-inited", "env-before-read-docs", "env-updated", "write-started"])
def test_a_file_that_vanishes_during_the_build(pages, event):
    during(pages, event, "path.unlink(missing_ok=True)")
    built = pages.build()
    assert published(built)
    # What was read before is shown; what was not is said.
    shown = "Bad flow" in built.text("index.html")
    assert shown is (event in ("env-updated", "write-started"))
    assert kinds(built) == ([] if shown else ["file"])
    assert "There is no diagram 'bad'" in pages.build().warnings


@pytest.mark.parametrize("event", ["env-before-read-docs", "env-updated", "write-started"])
def test_a_file_that_changes_during_the_build(pages, event):
    during(pages, event, "'Bad' in path.read_text() and path.write_text(path.read_text().replace('Bad', 'Other'))")
    built = pages.build()
    assert published(built)
    assert built.warnings == ""
    again = pages.build()
    assert "Other flow" in again.text("index.html")
    assert "Bad flow" not in again.text("index.html")
    assert pages.build().read == []


# -- output -----------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path):
    """Return a function that makes a disk of its own."""
    made = []

    def mount(options: str):
        folder = tmp_path / "disk"
        folder.mkdir(exist_ok=True)
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"cannot mount a disk here: {done.stderr}")
        made.append(folder)
        return folder

    yield mount
    for folder in made:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize(
    ("options", "said"), [("size=16k", "No space left on device"), ("ro", "Read-only file system")]
)
def test_an_output_that_cannot_be_written_to_ends_in_a_message(pages, disk, options, said):
    done = run(pages, disk(options))
    assert done.returncode != 0
    assert said in done.stderr
    again = run(pages, pages.folder / "out")
    assert (again.returncode, again.stderr) == (0, "")


def test_a_file_in_place_of_the_exported_one(pages):
    (pages.folder / "_build" / "html" / "diagrams.json").mkdir(parents=True)
    built = pages.build()
    assert published(built)
    assert "diagrams.json cannot be written (Is a directory)" in built.warnings


def test_a_picture_of_another_format_that_cannot_be_written(pages):
    built = pages.build("epub", cdc_diagram_legend=False)
    images = sorted((built.out / "_images").glob("cdc-*.svg"))
    assert len(images) == 2
    images[0].unlink()
    images[0].mkdir()
    pages.touch(pages.folder / "index.md")
    pages.touch(pages.folder / "a.md")
    assert pages.build("epub", cdc_diagram_legend=False).warnings.count("cannot be written (Is a directory)") == 1
