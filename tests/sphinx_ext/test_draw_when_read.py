"""Pictures are drawn while pages are read, and found in the cache when they are written."""

from __future__ import annotations

import gc
import multiprocessing
import re
import weakref

import pytest
from docutils import nodes

from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram, cdc_explanations, pack, unpack
from sphinx_diagram_ext.sphinx_ext.pickled import Pickled

PAGES = 12

COUNT = """
from pathlib import Path

def setup(app):
    app.connect("write-started", count, priority=900)

def count(app, builder):
    found = len(list(Path(app.doctreedir, "cdc-pictures").rglob("*.picture")))
    Path(app.srcdir, "found.txt").write_text(str(found))
"""


@pytest.fixture
def pages(site):
    """A site of pages with a diagram each, which notes how many pictures there are before any page is written."""
    names = [f"p{number:02}" for number in range(PAGES)]
    for name in names:
        site.flow(name, f"Flow {name}")
        site.write(f"{name}.md", f"# {name}\n\n```{{cdc-diagram}} {name}\n```\n")
    site.write("index.md", "# Index\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    with (site.folder / "conf.py").open("a") as conf:
        conf.write(COUNT)
    return site


def before_writing(pages) -> int:
    return int((pages.folder / "found.txt").read_text())


def said(built) -> str:
    return next(line for line in built.app.status.getvalue().splitlines() if line.startswith("cdc:"))


@pytest.mark.parametrize("parallel", [0, 2])
@pytest.mark.parametrize("builder", ["html", "latex"])
def test_pictures_are_there_before_pages_are_written(pages, builder, parallel):
    built = pages.build(builder, parallel=parallel)
    assert before_writing(pages) == PAGES
    assert built.warnings == ""
    assert said(built) == f"cdc: {PAGES} diagrams on {PAGES} pages: {PAGES} drawn, 0 from the cache"


@pytest.mark.parametrize("builder", ["text", "man", "gettext", "linkcheck"])
def test_nothing_is_drawn_for_builders_without_pictures(pages, builder):
    pages.build(builder)
    assert before_writing(pages) == 0


def test_a_picture_that_is_gone_is_drawn_when_its_page_is_written(pages):
    pages.build()
    for picture in (pages.folder / "_build").rglob("*.picture"):
        picture.unlink()
    pages.write("p03.md", "# p03\n\nMore text.\n\n```{cdc-diagram} p03\n```\n")
    pages.touch(pages.folder / "p03.md")
    (pages.folder / "_build" / "html" / "p04.html").unlink()
    built = pages.build()
    assert built.read == ["p03"]
    assert {"p03", "p04"} <= {*built.written}
    assert all("<svg" in built.text(f"{name}.html") for name in ("p03", "p04"))
    assert "drawn, 0 from the cache" in said(built)


@pytest.mark.parametrize("parallel", [0, 2])
def test_an_error_of_drawing_is_said_once(pages, monkeypatch, parallel):
    draw = MermanEngine.draw

    def fail(self, source):
        if "p10" in source.text:
            with (pages.folder / "calls.txt").open("a") as stream:
                stream.write("p10\n")
            raise RuntimeError("no")
        return draw(self, source)

    monkeypatch.setattr(MermanEngine, "draw", fail)
    pages.write("data/p10.yaml", "diagram:\n  type: mermaid\n  title: p10\n  source: 'flowchart LR; p10 --> b'\n")
    calls = pages.folder / "calls.txt"
    built = pages.build(parallel=parallel)
    assert calls.read_text().count("p10") == 1, (
        "what failed while a page was read is not tried again when it is written"
    )
    assert before_writing(pages) == PAGES - 1
    assert built.warnings.count("WARNING") == 1
    assert "data/p10.yaml:2: WARNING: The diagram cannot be drawn: merman failed: RuntimeError: no" in built.warnings
    monkeypatch.setattr(MermanEngine, "draw", draw)
    again = pages.build(parallel=parallel)
    assert (again.read, again.warnings) == ([], "")
    assert "<svg" in again.text("p10.html"), "it is tried again in the next build"


@pytest.mark.parametrize("parallel", [0, 2])
def test_a_cache_that_takes_nothing_costs_no_picture(pages, parallel):
    (pages.folder / "kept").write_text("not a folder")
    built = pages.build(parallel=parallel, cdc_diagram_cache="kept")
    assert built.warnings.count("WARNING") == built.warnings.count("Pictures cannot be kept") >= 1
    assert all("<svg" in built.text(f"p{number:02}.html") for number in range(PAGES))


def test_a_doctree_holds_no_diagram(pages):
    built = pages.build()
    node = next(built.app.env.get_doctree("p03").findall(cdc_diagram))
    assert node.shown is None
    assert node["diagram_id"] == "p03"
    assert not [value for value in node.attributes.values() if isinstance(value, Pickled)]


KEPT = """
def setup(app):
    app.connect("build-finished", note)

def note(app, exception):
    with open(app.srcdir / "kept.txt", "w") as stream:
        stream.write(" ".join(sorted(app.env._pickled_doctree_cache)))
"""


@pytest.mark.parametrize("parallel", [0, 2])
def test_the_bytes_of_pages_with_diagrams_are_not_held(pages, parallel):
    with (pages.folder / "conf.py").open("a") as conf:
        conf.write(KEPT)
    pages.write("plain.md", "---\norphan: true\n---\n# Plain\n")
    pages.build(parallel=parallel)
    built = pages.build(parallel=parallel, html_title="Another")
    assert (built.read, len(built.written)) == ([], PAGES + 2)
    assert (pages.folder / "kept.txt").read_text() == "index plain"


def test_a_packed_diagram_has_its_words_and_comes_back_whole(pages):
    node = next(pages.build().app.env.get_doctree("p03").findall(cdc_diagram))
    for part in list(node.findall(lambda one: one.tagname == "mermaid")):
        part.parent.remove(part)
    before, words = node.pformat(), node.astext()
    gone = weakref.ref(next(node.findall(nodes.caption)))
    gc.disable()
    pack(node)
    gc.enable()
    assert gone() is None, "no circle keeps what is packed"
    assert node.next_node(cdc_explanations) is None
    assert node.astext().split() == words.split()
    unpack(node)
    assert node.pformat() == before
    assert all(child.parent is node for child in node)


def test_a_diagram_that_the_browser_draws_is_not_packed(pages):
    node = next(pages.build().app.env.get_doctree("p03").findall(cdc_diagram))
    before = node.pformat()
    pack(node)
    assert node.pformat() == before


def test_a_reading_process_hands_back_only_what_it_read(pages):
    built = pages.build()
    domain = DiagramDomain.of(built.app.env)

    def read(pipe):
        domain.process_doc(built.app.env, "p03", built.app.env.get_doctree("p03"))
        pipe.send(sorted(domain.pages))

    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=read, args=(theirs,))
    process.start()
    assert ours.recv() == ["p03"]
    process.join()
    assert len([state for state in domain.pages.values() if state.diagrams]) == PAGES


def test_pickled_values_compare_by_what_they_are():
    one, same = str([1]), str([1])
    assert Pickled((one, one)) == Pickled((one, same))
    assert hash(Pickled((one, one))) == hash(Pickled((one, same)))
    assert repr(Pickled((one, one))) == "('[1]', '[1]')"
    assert Pickled((one, one)).__getstate__() != Pickled((one, same)).__getstate__()
    assert Pickled(one) != Pickled("d")


CHANGE = """
import shutil
from pathlib import Path

def setup(app):
    app.connect("write-started", change)

def change(app, builder):
    shutil.rmtree(Path(app.doctreedir, "cdc-pictures"), ignore_errors=True)
    data = Path(app.srcdir, "data", "p03.yaml")
    {how}
"""


@pytest.mark.parametrize("builder", ["html", "latex", "text"])
@pytest.mark.parametrize(
    "how",
    [
        'data.write_text(data.read_text().replace("Alpha", "Omega"))',
        "data.unlink()",
        'data.write_text("diagram: [")',
    ],
)
def test_two_states_of_the_data_are_never_on_one_page(pages, builder, how):
    pages.build("html")
    with (pages.folder / "conf.py").open("a") as conf:
        conf.write(CHANGE.replace("def setup", "def setup_change").format(how=how))
        conf.write("\nbefore = setup\n\ndef setup(app):\n    before(app)\n    setup_change(app)\n")
    for number in range(PAGES):
        pages.touch(pages.folder / f"p{number:02}.md")
    # What reads is another process, so that the one that writes has to read the data again.
    built = pages.build(builder, parallel=2)
    said_of = [line for line in built.warnings.splitlines() if "p03" in line]
    assert len(said_of) == 1
    assert (
        "p03.md:3: WARNING: The data of the diagram 'p03' changed or went away after this page was read" in said_of[0]
    )
    texts = "".join(path.read_text(encoding="utf-8") for path in built.out.rglob("p03.*") if path.suffix != ".js")
    # The data below a picture are those of the file, whatever the page shows.
    assert "Omega" not in re.sub(r'<details class="cdc-data">.*?</details>', "", texts, flags=re.DOTALL)


def test_index_entries_of_diagrams_are_in_the_search(pages):
    built = pages.build()
    assert "flow p03 (diagram)" in built.text("searchindex.js").casefold()


@pytest.mark.parametrize(("show", "found"), [("inline", "link-target"), ("footnote", "footnote")])
def test_a_book_shows_the_addresses_of_links_in_explanations(site, show, found):
    site.write("data/one.yaml", "diagram:\n  type: flow\n  title: T\n  nodes: {a: {explain: '[w](https://e.org/x)'}}\n")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build("epub", epub_show_urls=show, copyright="2026", version="1")
    assert found in built.text("index.xhtml")
    assert built.text("index.xhtml").count("https://e.org/x") > 1
