"""Every diagram that is asked for is in the output or in a warning, and the build says how many."""

from __future__ import annotations

import multiprocessing
import re
import sys
import types

import pytest
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_diagram_ext.sphinx_ext.build_tools.accounting import Journal
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

BUILDERS = ["html", "dirhtml", "singlehtml", "epub", "latex", "text", "man", "texinfo", "xml", "gettext", "linkcheck"]


@pytest.fixture
def pages(site):
    site.flow("one")
    site.flow("two")
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\n```\n\n```{cdc-diagram} one\n```\n")
    site.write("a.md", "# A\n\n```{cdc-diagram} one\n```\n\n```{cdc-diagram} two\n```\n")
    site.write("b.md", '# B\n\n<cdc-diagram ref="two"/>\n')
    return site


def said(built) -> list[str]:
    status = re.sub(r"\x1b\[[0-9;]*m", "", built.app.status.getvalue())
    return re.findall(r"^cdc: .*$", status, re.MULTILINE)


def lost(built) -> list[str]:
    return re.findall(r"(\w+\.md:\d+): WARNING: The diagram '(\w+)' is asked for here and is not", built.warnings)


def taking_away(base, **attributes):
    """Return a transform of another extension that takes the second diagram off page a."""

    def remove(self, **kwargs):
        for node in [*self.document.findall(cdc_diagram)]:
            if node["placement"].docname == "a" and node["diagram_id"] == "two":
                node.parent.remove(node)

    return type("TakesAway", (base,), {"apply" if base is SphinxTransform else "run": remove, **attributes})


@pytest.mark.parametrize("parallel", [0, 2])
def test_the_end_of_a_build_says_how_many(pages, parallel):
    for number in range(8):
        pages.write(f"more{number}.md", "---\norphan: true\n---\n# More\n\n```{cdc-diagram} one\n```\n")
    assert said(pages.build(parallel=parallel)) == ["cdc: 12 diagrams on 11 pages: 2 drawn, 0 from the cache"]
    assert said(pages.build(parallel=parallel)) == ["cdc: 0 diagrams on 0 pages: 0 drawn, 0 from the cache"]
    pages.touch(pages.flow("two", "Changed"))
    pages.touch(pages.folder / "more3.md")
    again = pages.build(parallel=parallel)
    assert again.read == ["a", "b", "more3"]
    assert said(again) == ["cdc: 5 diagrams on 4 pages: 1 drawn, 1 from the cache"]


def test_nothing_is_said_with_q(pages, tmp_path, capfd):
    from sphinx.cmd.build import main

    assert main(["-q", "-b", "html", str(pages.folder), str(tmp_path / "out")]) == 0
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("builder", BUILDERS)
def test_nothing_is_lost_by_any_builder(pages, builder):
    with (pages.folder / "b.md").open("a") as stream:
        stream.write("\n```{cdc-diagram} three\n```\n")
    built = pages.build(builder)
    assert lost(built) == []
    assert re.findall(r"(\w+)\.md:\d+: WARNING", built.warnings) == ["b"]
    counted = {"xml": 0, "gettext": 0, "linkcheck": 0}.get(builder, 1)
    assert len(said(built)) == counted
    if counted:
        assert said(built)[0].startswith("cdc: 4 diagrams on 3 pages: ")


@pytest.mark.parametrize("parallel", [0, 2])
@pytest.mark.parametrize("builder", ["html", "latex", "text"])
@pytest.mark.parametrize(("base", "priority"), [(SphinxTransform, 990), (SphinxPostTransform, 0)])
def test_a_diagram_that_another_extension_takes_away_is_named(pages, builder, base, priority, parallel, monkeypatch):
    module = types.ModuleType("fault")
    module.kind = taking_away(base, default_priority=priority)
    monkeypatch.setitem(sys.modules, "fault", module)
    add = "add_transform" if base is SphinxTransform else "add_post_transform"
    with (pages.folder / "conf.py").open("a") as stream:
        stream.write(f"\ndef setup(app):\n    from fault import kind\n    app.{add}(kind)\n")
    built = pages.build(builder, parallel=parallel)
    assert lost(built) == [("a.md:6", "two")]
    assert "[cdc.lost]" in built.warnings
    assert said(built)[0].startswith("cdc: 3 diagrams on 3 pages: ")


def test_with_w_a_lost_diagram_fails_the_build(pages, tmp_path, capfd):
    (pages.folder / "b.md").unlink()
    pages.write("index.md", "# Index\n\n```{toctree}\na\n```\n")
    with (pages.folder / "conf.py").open("a") as stream:
        stream.write(
            "\ndef lose(app, doctree, docname):\n"
            "    from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram\n"
            "    for node in [*doctree.findall(cdc_diagram)]:\n        node.parent.remove(node)\n"
            "\ndef setup(app):\n    app.connect('doctree-resolved', lose)\n"
        )
    from sphinx.cmd.build import main

    assert main(["-q", "-W", "-b", "html", str(pages.folder), str(tmp_path / "out")]) == 1
    text = capfd.readouterr().err
    assert text.count("is asked for here and is not in the output of the builder 'html'") == 2


@pytest.mark.parametrize("builder", ["html", "latex"])
def test_what_the_author_leaves_out_is_not_lost(pages, builder):
    with (pages.folder / "conf.py").open("a") as stream:
        stream.write("\nextensions += ['sphinx.ext.todo', 'sphinx.ext.ifconfig']\n")
    pages.write("b.rst", "B\n=\n\n.. only:: never\n\n   .. cdc-diagram:: one\n\n.. todo::\n\n   .. cdc-diagram:: two\n")
    (pages.folder / "b.md").unlink()
    built = pages.build(builder)
    assert built.warnings == ""
    assert said(built)[0].startswith("cdc: 3 diagrams on 2 pages: ")


def test_the_same_file_included_twice(pages):
    pages.write("_part.txt", ".. cdc-diagram:: one\n")
    (pages.folder / "b.md").unlink()
    pages.write("b.rst", "B\n=\n\n.. include:: _part.txt\n\nAgain\n\n.. include:: _part.txt\n")
    built = pages.build()
    assert lost(built) == []
    assert said(built) == ["cdc: 5 diagrams on 3 pages: 2 drawn, 0 from the cache"]


def test_no_line_is_lost_when_processes_write_at_the_same_time():
    def write(part):
        for number in range(2_000):
            journal.note("page", f"{part}-{number}")

    journal = Journal()
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=write, args=(part,)) for part in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(journal.close()) == sorted(
        ["page", f"{part}-{number}"] for part in range(4) for number in range(2_000)
    )
