"""The cache of pictures: bounded, shared, and never the reason why a build goes wrong."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from site_output import drawn, tree

import sphinx_diagram_ext
from sphinx_diagram_ext.drawing.cache import PictureCache

PACKAGE = Path(sphinx_diagram_ext.__file__).parent
PICTURE = "<svg>ж</svg>".encode()
KEYS = [f"{number:02x}{'a' * 62}" for number in range(5)]


@pytest.fixture
def cache(tmp_path):
    return PictureCache(tmp_path / "cache")


@pytest.fixture
def shelf(site):
    """A site of twelve pages with a diagram each."""
    for number in range(12):
        site.flow(f"d{number}", f"Flow {number}")
        site.write(f"p{number}.md", f"---\norphan: true\n---\n# P{number}\n\n```{{cdc-diagram}} d{number}\n```\n")
    site.write("index.md", "# Index\n\n```{cdc-diagram-index}\n:style: gallery\n```\n")
    with (site.folder / "conf.py").open("a") as stream:
        stream.write("cdc_diagram_cache = 'pictures'\nexclude_patterns += ['pictures', 'out*', 'trees*']\n")
    return site


def start(site, name: str, *more: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own, as leader of a group."""
    folder = site.folder
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-d", str(folder / f"trees{name}"), *more]
    return subprocess.Popen(
        [*command, str(folder), str(folder / f"out{name}")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=folder,  # not this project's, whose package would win
        env={**os.environ, "NO_COLOR": "1"},
    )


def finish(process: subprocess.Popen[str]) -> tuple[str, str]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out, err


def place(cache: PictureCache, key: str) -> Path:
    return cache.folder / key[:2] / f"{key[2:]}.picture"


def test_what_is_put_is_got(cache):
    assert cache.get(KEYS[0]) is None
    assert cache.put(KEYS[0], PICTURE) is None
    assert cache.get(KEYS[0]) == PICTURE


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(path.read_bytes().replace(b"svg", b"gvs")),
        lambda path: path.write_bytes(os.urandom(400)),
        lambda path: (path.unlink(), path.symlink_to(path)),
        lambda path: (path.unlink(), os.mkfifo(path)),
    ],
    ids=["empty", "short", "changed", "random", "link-to-itself", "pipe"],
)
def test_a_damaged_entry_is_the_same_as_none_and_is_replaced(cache, damage):
    cache.put(KEYS[0], PICTURE)
    damage(place(cache, KEYS[0]))
    assert cache.get(KEYS[0]) is None
    assert cache.put(KEYS[0], PICTURE) is None
    assert cache.get(KEYS[0]) == PICTURE


def test_a_folder_in_place_of_an_entry_is_said(cache):
    place(cache, KEYS[0]).mkdir(parents=True)
    assert cache.get(KEYS[0]) is None
    assert "Is a directory" in (cache.put(KEYS[0], PICTURE) or "")
    assert [path.name for path in place(cache, KEYS[0]).parent.iterdir()] == [place(cache, KEYS[0]).name]


def test_what_was_used_longest_ago_is_removed_and_what_is_used_is_not(cache):
    for at, key in enumerate(KEYS):
        cache.put(key, PICTURE)
        os.utime(place(cache, key), (1_000 + at, 1_000 + at))
    size = place(cache, KEYS[0]).stat().st_size
    assert cache.prune(5 * size, frozenset()) == 0
    assert cache.get(KEYS[1]) == PICTURE  # is the last one used from now on
    assert cache.prune(2 * size, frozenset({KEYS[0]})) == 3
    assert [cache.get(key) is not None for key in KEYS] == [True, True, False, False, False]
    assert cache.prune(1, frozenset(KEYS)) == 0


def test_what_a_killed_process_left_is_removed_and_what_another_one_writes_is_not(cache):
    cache.put(KEYS[0], PICTURE)
    old, new = (place(cache, KEYS[0]).parent / f"{name}.part" for name in ("old", "new"))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    cache.prune(1_000_000, frozenset())
    assert (old.exists(), new.exists(), cache.get(KEYS[0])) == (False, True, PICTURE)


def test_what_a_link_leads_to_is_not_removed(cache, tmp_path):
    elsewhere = PictureCache(tmp_path / "elsewhere")
    for one in (cache, elsewhere):
        one.put(KEYS[0], PICTURE)
    (cache.folder / "zz").symlink_to(place(elsewhere, KEYS[0]).parent)
    assert cache.prune(1, frozenset()) == 1
    assert elsewhere.get(KEYS[0]) == PICTURE


def test_a_build_keeps_the_folder_in_its_bounds_but_what_it_used(shelf):
    other = PictureCache(shelf.folder / "pictures")
    for key in KEYS:
        other.put(key, PICTURE * 100_000)
    assert drawn(shelf.build(cdc_diagram_cache_size=1)) == 12
    assert [other.get(key) for key in KEYS] == [None] * 5
    shutil.rmtree(shelf.folder / "_build")
    assert drawn(shelf.build(cdc_diagram_cache_size=1)) == 0


@pytest.mark.parametrize("size", [0, True, "1 GB"])
def test_a_size_that_is_none(shelf, size):
    built = shelf.build(cdc_diagram_cache_size=size)
    assert "cdc_diagram_cache_size" in built.warnings
    assert drawn(built) == 12


def test_another_builder_and_another_folder_of_doctrees_share_it(shelf):
    assert drawn(shelf.build("html")) == 12
    shutil.rmtree(shelf.folder / "_build")
    assert drawn(shelf.build("dirhtml")) == 0
    assert drawn(shelf.build("latex")) == 0


def test_other_code_of_the_same_version_draws_anew(shelf, monkeypatch):
    other = shelf.folder.parent / "other"
    shutil.copytree(PACKAGE, other / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    assert "12 drawn, 0 from the cache" in finish(start(shelf, "1"))[0]
    monkeypatch.setenv("PYTHONPATH", str(other))
    assert "0 drawn, 12 from the cache" in finish(start(shelf, "2"))[0]
    code = other / PACKAGE.name / "drawing" / "svg_writer.py"
    code.write_text(code.read_text().replace("{ANCHOR}--", "{ANCHOR}--changed-"))
    assert "12 drawn, 0 from the cache" in finish(start(shelf, "3"))[0]
    assert [name for name in "123" if "changed" in (shelf.folder / f"out{name}" / "p1.html").read_text()] == ["3"]


def test_two_builds_at_once_share_a_folder(shelf):
    both = [start(shelf, "1", "-j", "2"), start(shelf, "2")]
    said = [finish(process) for process in both]
    assert [err for _, err in said] == ["", ""]
    pages = [tree(shelf.folder / f"out{name}") for name in "12"]
    assert pages[0] == pages[1]
    assert len(list((shelf.folder / "pictures").rglob("*.picture"))) == 12
    assert not list((shelf.folder / "pictures").rglob("*.part"))
    out, _ = finish(start(shelf, "3"))
    assert "12 diagrams on 12 pages: 0 drawn, 12 from the cache" in out


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_after_a_kill_the_next_build_is_right(shelf, jobs):
    """Kill builds that follow a change, each at another moment; then build once more and compare."""
    chance = random.Random(int(jobs))
    finish(start(shelf, "1", "-j", jobs))
    for number in range(5):
        for one in range(0, 12, 2):
            shelf.flow(f"d{one}", f"Round {number}, flow {one}")
        process = start(shelf, "1", "-j", jobs)
        for line in process.stdout:
            if re.match(r"updating|reading|writing|pickling|preparing", line) and chance.random() < 0.3:
                break
        time.sleep(chance.random() * 0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    finish(start(shelf, "1", "-j", jobs))
    finish(start(shelf, "fresh", "-j", jobs))
    patched, fresh = tree(shelf.folder / "out1"), tree(shelf.folder / "outfresh")
    # Images of pictures that have changed since stay behind, as images always do.
    assert {name: patched.get(name) for name in fresh} == fresh
    assert not [name for name in {*patched} - {*fresh} if not name.startswith("_images/cdc-")]


def test_a_page_that_was_half_written_is_written_again(shelf, monkeypatch):
    """What Sphinx leaves when it is killed: saved doctrees, and a page that ends anywhere."""
    built = shelf.build()
    good = tree(built.out)
    from sphinx_diagram_ext.sphinx_ext.incremental import written_pages

    monkeypatch.setattr(written_pages, "end", lambda *_: None)
    page = shelf.folder / "p3.md"
    page.write_text(page.read_text())
    assert shelf.build().read == ["p3"]
    monkeypatch.undo()
    page = built.out / "p3.html"
    page.write_bytes(page.read_bytes()[:500])
    assert tree(shelf.build().out) == good


def cannot_keep(built) -> list[str]:
    return re.findall(r"WARNING: Pictures cannot be kept in \S+ \((.*)\); the build goes on", built.warnings)


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_cache_that_is_a_file(shelf, parallel):
    (shelf.folder / "pictures").write_text("")
    built = shelf.build(parallel=parallel)
    assert cannot_keep(built) == ["Not a directory"]
    assert drawn(built) == 12
    assert "Flow 11" in built.text("p11.html")


@pytest.mark.parametrize(
    ("options", "said"), [("size=24k", "No space left on device"), ("ro", "Read-only file system")]
)
def test_a_full_or_read_only_disk(shelf, options, said):
    folder = shelf.folder / "pictures"
    folder.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False)
    if mount.returncode:
        pytest.skip(f"cannot mount a small disk here: {mount.stderr.decode()}")
    try:
        built = shelf.build()
        assert cannot_keep(built) == [said]
        assert "Flow 11" in built.text("p11.html")
        left = list(folder.rglob("*"))
        assert not [path for path in left if path.suffix == ".part"]
    finally:
        subprocess.run(["umount", folder], check=True)
