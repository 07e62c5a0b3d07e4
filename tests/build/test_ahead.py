"""Pictures are drawn by a process of their own while Sphinx writes pages."""

from __future__ import annotations

import multiprocessing

import pytest

from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.sphinx_ext.build_tools.prefetch import FEWEST, Ahead
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.pickled import Packed

PAGES = FEWEST + 4

WAIT = """
from pathlib import Path
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain

def setup(app):
    app.connect("write-started", wait, priority=900)

def wait(app, builder):
    ahead = Build.of(app.env).ahead
    if ahead is None:
        found = "nobody"
    else:
        ahead.process.join()
        found = str(len(list(Path(app.doctreedir, "cdc-pictures").rglob("*.picture"))))
    Path(app.srcdir, "found.txt").write_text(found)
"""


@pytest.fixture
def pages(site):
    """A site with enough pages for a process that draws, each with a diagram of its own."""
    names = [f"p{number:02}" for number in range(PAGES)]
    for name in names:
        site.flow(name, f"Flow {name}")
        site.write(f"{name}.md", f"# {name}\n\n```{{cdc-diagram}} {name}\n```\n")
    site.write("index.md", "# Index\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    with (site.folder / "conf.py").open("a") as conf:
        conf.write(WAIT)
    return site


def found(pages) -> str:
    return (pages.folder / "found.txt").read_text()


def said(built) -> str:
    return next(line for line in built.app.status.getvalue().splitlines() if line.startswith("cdc:"))


def test_pictures_are_drawn_before_they_are_needed(pages):
    built = pages.build(parallel=2)
    assert found(pages) == str(PAGES)
    assert (built.warnings, said(built)) == (
        "",
        f"cdc: {PAGES} diagrams on {PAGES} pages: {PAGES} drawn, 0 from the cache",
    )
    assert all("<svg" in built.text(f"p{number:02}.html") for number in range(PAGES))


@pytest.mark.parametrize(
    "how", [{"parallel": 0}, {"parallel": 2, "builder": "text"}, {"parallel": 2, "builder": "latex"}]
)
def test_nobody_draws_ahead_where_that_would_not_help(pages, how):
    pages.build(**how)
    assert found(pages) == "nobody"


def test_nobody_draws_ahead_when_few_pages_are_written(pages):
    pages.build(parallel=2)
    pages.touch(pages.flow("p12", "Changed"))
    assert said(pages.build(parallel=2)) == "cdc: 1 diagram on 1 page: 1 drawn, 0 from the cache"
    assert found(pages) == "nobody"


def test_what_follows_the_page_that_is_written_comes_first(pages):
    ahead = Ahead(pages.build().app.env, [f"p{number}" for number in range(10)])
    order = ahead.order()
    assert [next(order) for _ in range(2)] == [1, 2]
    ahead.writes("index")
    assert (ahead.place, next(order)) == (-1, 3)
    # Sphinx goes on with its last part, and then with the one before.
    ahead.writes("p6")
    assert [next(order) for _ in range(2)] == [8, 9]
    ahead.writes("p4")
    assert [next(order) for _ in range(2)] == [6, 7]
    assert list(order) == [5, 4, 0]


def test_the_page_that_is_written_is_known_to_every_process(pages):
    with (pages.folder / "conf.py").open("a") as conf:
        conf.write(
            """
def setup(app):
    app.connect("write-started", wait, priority=900)
    app.connect("html-collect-pages", note, priority=1)

def note(app):
    Path(app.srcdir, "place.txt").write_text(str(Build.of(app.env).ahead.place))
    return []
"""
        )
    pages.build(parallel=2)
    assert (pages.folder / "place.txt").read_text() == str(PAGES - 1)


def test_an_error_is_said_once_and_by_the_page(pages, monkeypatch):
    draw = MermanEngine.draw

    def fail(self, source):
        if "p14" in source.text:
            raise RuntimeError("no")
        return draw(self, source)

    monkeypatch.setattr(MermanEngine, "draw", fail)
    built = pages.build(parallel=2)
    assert found(pages) == str(PAGES - 1)
    assert built.warnings.count("WARNING") == 1
    assert "data/p14.yaml:2: WARNING: The diagram cannot be drawn: merman failed: RuntimeError: no" in built.warnings


def test_a_cache_that_takes_nothing_ends_it(pages):
    (pages.folder / "kept").write_text("not a folder")
    built = pages.build(parallel=2, cdc_diagram_cache="kept")
    assert built.warnings.count("WARNING") == built.warnings.count("Pictures cannot be kept") >= 1
    assert all("<svg" in built.text(f"p{number:02}.html") for number in range(PAGES))


def test_a_reading_process_hands_back_only_what_it_read(pages):
    built = pages.build()
    domain = DiagramDomain.of(built.app.env)

    def read(pipe):
        domain.process_doc(built.app.env, "p03", built.app.env.get_doctree("p03"))
        pipe.send([sorted(table) for table in (domain.asked, domain.shown)])

    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=read, args=(theirs,))
    process.start()
    assert ours.recv() == [["p03"], ["p03"]]
    process.join()
    assert len(domain.shown) == PAGES


def test_packed_values_compare_by_what_they_are():
    one, same = str([1]), str([1])
    assert Packed((one, one)) == Packed((one, same))
    assert hash(Packed((one, one))) == hash(Packed((one, same)))
    assert repr(Packed((one, one))) == "('[1]', '[1]')"
    assert Packed((one, one)).__getstate__() != Packed((one, same)).__getstate__()
    assert Packed(one) != Packed("d")
