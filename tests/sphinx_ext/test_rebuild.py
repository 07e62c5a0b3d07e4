"""Exact sets: what is read, written and drawn again after a change, and equal bytes."""

from __future__ import annotations

import json
import os
import re
import shutil

import pytest
from site_output import drawn, times, tree

from sphinx_diagram_ext.catalog import catalog, file_index, files
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.incremental import written_pages
from sphinx_diagram_ext.sphinx_ext.output import diagrams_json

TEMPLATE = "flowchart TB\n{% for node in nodes %}\n  {{ node.id }}[{{ node.label }}]\n{% endfor %}\n"

RADAR = "diagram:\n  type: radar\n  title: A radar\n  nodes: {a: Alpha, b: Beta}\n"

SPHINX_OWN = {"genindex.html", "search.html", "searchindex.js", "objects.inv", "cdc-diagrams.html", ".buildinfo"}
"""What Sphinx's HTML builders write in every build, whatever has changed."""


@pytest.fixture
def three(site):
    site.flow("one")
    site.flow("two")
    site.write("index.md", "# Index\n\n```{toctree}\na\nb\nc\nd\nall\n```\n")
    site.write("all.md", "# All\n\n```{cdc-diagram-index}\n:style: table\n```\n")
    site.write("a.md", "# A\n\n```{cdc-diagram} one\n```\n")
    site.write("b.md", "# B\n\n```{cdc-diagram} two\n```\n")
    site.write("c.md", "# C\n\n{cdc:diagram}`one`\n")
    site.write("d.md", "# D\n\nNothing.\n")
    return site


@pytest.fixture(params=[0, 4], ids=["serial", "parallel"])
def parallel(request):
    return request.param


def with_toctree(*pages: str) -> list[str]:
    """Sphinx itself writes the page whose toctree lists a page that was read."""
    return sorted((*pages, "index"))


def done(built) -> tuple[list[str], list[str], int]:
    """Return the pages that were read, those that were written, and the number of pictures drawn."""
    return built.read, built.written, drawn(built)


def add_to_conf(site, text: str) -> None:
    with (site.folder / "conf.py").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{text}\n")


@pytest.mark.parametrize("builder", ["html", "dirhtml", "latex"])
def test_nothing_changed_draws_nothing_and_changes_no_output(three, builder, parallel):
    three.write("gallery.md", "---\norphan: true\n---\n# G\n\n```{cdc-diagram-index}\n:style: gallery\n```\n")
    first = three.build(builder, parallel=parallel)
    assert drawn(first) == 2
    before, when = tree(first.out), times(first.out)
    built = three.build(builder, parallel=parallel)
    assert (built.read, drawn(built)) == ([], 0)
    assert tree(built.out) == before
    later = times(built.out)
    again = {name for name in when if when[name] != later[name]}
    if builder == "latex":
        assert not [name for name in again if name.startswith("cdc-")]
    else:
        assert built.written == []
        assert {name.replace("/index.html", ".html") for name in again if "_static" not in name} <= SPHINX_OWN


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_a_touched_file_reads_exactly_the_pages_that_show_it(three, builder, parallel):
    three.build(builder, parallel=parallel)
    three.touch(three.folder / "data" / "one.yaml")
    assert done(three.build(builder, parallel=parallel)) == (["a"], with_toctree("a"), 0)


@pytest.mark.parametrize("builder", ["html", "dirhtml", "latex"])
def test_a_new_title_refreshes_references_and_indexes(three, builder, parallel):
    first = three.build(builder, parallel=parallel)
    before = tree(first.out)
    three.flow("one", "Another title")
    built = three.build(builder, parallel=parallel)
    assert (built.read, drawn(built)) == (["a"], 1)
    after = tree(built.out)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    if builder == "latex":
        # Of the new picture and the old one, which LaTeX's folder keeps, only the new one is changed.
        assert sorted(re.sub(r"[0-9a-f]{20}", "*", name) for name in changed) == ["cdc-*.pdf", "projectnamenotset.tex"]
        return
    assert built.written == with_toctree("a", "all", "c")
    pages = {name.replace("/index.html", ".html") for name in changed}
    # Sphinx's own search data and general index have titles too.
    assert pages == {
        "a.html", "all.html", "c.html", "cdc-diagrams.html", "diagrams.json",
        "genindex.html", "objects.inv", "searchindex.js",
    }  # fmt: skip


def test_a_filtered_index_is_written_for_its_own_diagrams_only(three, parallel):
    three.write("all.md", "# All\n\n```{cdc-diagram-index}\n:filter: tag=two\n```\n")
    three.build(parallel=parallel)
    three.flow("one", "Another title")
    assert done(three.build(parallel=parallel)) == (["a"], with_toctree("a", "c"), 1)
    three.flow("two", "Another title")
    assert done(three.build(parallel=parallel)) == (["b"], with_toctree("all", "b"), 1)


def test_a_mention_of_a_node_follows_that_node_only(three, parallel):
    three.write("d.md", "# D\n\n{cdc:node}`one#b`\n")
    three.build(parallel=parallel)
    path = three.folder / "data" / "one.yaml"
    path.write_text(path.read_text().replace("Alpha one", "Gamma"))
    assert done(three.build(parallel=parallel)) == (["a"], with_toctree("a", "all"), 1)
    path.write_text(path.read_text().replace("Beta one", "Delta"))
    built = three.build(parallel=parallel)
    assert done(built) == (["a"], with_toctree("a", "all", "d"), 1)
    assert "Delta" in built.text("d.html")


def test_the_title_of_a_page_is_shown_on_others(three):
    three.build()
    three.write("c.md", "# Another heading\n\n{cdc:diagram}`one`\n")
    built = three.build()
    assert done(built) == (["c"], with_toctree("a", "all", "c"), 0)
    assert "Another heading" in built.text("all.html")
    assert "Another heading" in built.text("a.html")


class Title:
    """A title that counts how often its words are put together."""

    def __init__(self):
        self.times = 0

    def astext(self):
        self.times += 1
        return "A title"


def test_titles_are_put_together_once_a_page_not_once_a_diagram(three):
    three.write("b.md", "# B\n\n```{cdc-diagram} two\n```\n\n```{cdc-diagram} one\n```\n")
    env = three.build().app.env
    titles = {docname: Title() for docname in env.titles}
    env.titles = titles
    assert len(written_pages.page_digests(DiagramDomain.of(env))) == 4
    assert {title.times for title in titles.values()} == {1}


def test_a_file_that_came_back_older_is_noticed_by_its_content(three):
    path = three.folder / "data" / "one.yaml"
    three.build()
    three.flow("one", "Restored")
    os.utime(path, (1, 1))
    assert three.build().read == ["a"]


def test_a_deleted_file_warns_on_each_page_that_shows_it(three):
    three.write("d.md", "# D\n\n```{cdc-diagram} one\n```\n")
    three.build()
    (three.folder / "data" / "one.yaml").unlink()
    built = three.build()
    # The number of the diagram on b is another now.
    assert done(built) == (["a", "d"], with_toctree("a", "all", "b", "c", "d"), 0)
    assert built.warnings.count("There is no diagram 'one'.") == 2
    assert "a.md:3: WARNING" in built.warnings
    assert "d.md:3: WARNING" in built.warnings
    assert "A flow" in built.text("b.html")


def test_a_missing_file_that_appears_is_shown(three):
    three.write("d.md", "# D\n\n```{cdc-diagram} three\n```\n")
    assert "There is no diagram 'three'" in three.build().warnings
    three.flow("three")
    built = three.build()
    assert done(built) == (["d"], with_toctree("all", "d"), 1)
    assert built.warnings == ""
    assert 'id="three"' in built.text("d.html")


def test_nothing_changed_reads_no_data_file(three, monkeypatch):
    monkeypatch.setattr(file_index, "SETTLED", -10_000_000_000)
    read = []
    read_file = files.read_file

    def noted(path, folder, limit):
        read.append(path.stem)
        return read_file(path, folder, limit)

    for module in (file_index, catalog):
        monkeypatch.setattr(module, "read_file", noted)
    three.build()
    assert {*read} == {"one", "spare", "two"}
    read.clear()
    assert done(three.build()) == ([], [], 0)
    assert read == []
    three.flow("spare", "Nobody shows it")
    three.build()
    assert read == ["spare"]


def test_a_new_file_that_no_page_shows_concerns_no_page(three):
    three.build()
    three.flow("more/four")
    assert done(three.build()) == ([], [], 0)


def test_a_renamed_file(three):
    three.build()
    (three.folder / "data" / "one.yaml").rename(three.folder / "data" / "uno.yaml")
    three.write("a.md", "# A\n\n```{cdc-diagram} uno\n```\n")
    built = three.build()
    assert done(built) == (["a"], with_toctree("a", "all", "c"), 0)
    assert "There is no diagram 'one' to refer to" in built.warnings


def test_an_alias_that_becomes_a_file(three):
    path = three.folder / "data" / "one.yaml"
    path.write_text(f"{path.read_text()}  aliases: [old]\n")
    three.write("d.md", "# D\n\n```{cdc-diagram} old\n```\n\n{cdc:diagram}`old`\n")
    built = three.build()
    assert built.warnings == ""
    assert "A flow" in built.text("d.html")
    three.flow("old", "The old one")
    built = three.build()
    assert built.read == ["d"]
    assert "The alias 'old' belongs to the diagram 'old' already" in built.warnings
    assert "The old one" in built.text("d.html")


def test_a_new_mention_refreshes_the_page_that_is_mentioned(three, parallel):
    three.build(parallel=parallel)
    three.write("d.md", "# D\n\n{cdc:diagram}`two`\n")
    built = three.build(parallel=parallel)
    assert done(built) == (["d"], with_toctree("all", "b", "d"), 0)
    assert 'href="d.html"' in built.text("b.html")


def test_a_template_concerns_the_diagrams_of_its_type(three, parallel):
    three.write("types/radar.mmd.j2", TEMPLATE)
    three.write("types/other.mmd.j2", TEMPLATE)
    three.write("data/radar.yaml", RADAR)
    inline = RADAR.replace("A radar", "Inline")
    three.write("d.md", f"# D\n\n```{{cdc-diagram}}\n:name: here\n\n{inline}```\n")
    three.write("c.md", "# C\n\n```{cdc-diagram} radar\n```\n")
    add_to_conf(three, "cdc_diagram_types = ['types']")
    assert drawn(three.build(parallel=parallel)) == 4
    three.write("types/radar.mmd.j2", TEMPLATE.replace("TB", "LR"))
    os.utime(three.folder / "types" / "radar.mmd.j2", (1, 1))
    assert done(three.build(parallel=parallel)) == (["c", "d"], with_toctree("all", "c", "d"), 2)
    three.write("types/other.mmd.j2", TEMPLATE.replace("TB", "LR"))
    assert done(three.build(parallel=parallel)) == ([], [], 0)
    (three.folder / "types" / "radar.mmd.j2").unlink()
    built = three.build(parallel=parallel)
    assert built.read == ["c", "d"]
    assert built.warnings.count("There is no diagram type 'radar'") == 2
    three.write("types/radar.mmd.j2", TEMPLATE)
    built = three.build(parallel=parallel)
    assert built.read == ["c", "d"]
    assert (built.warnings, drawn(built)) == ("", 0)


class OtherEngine:
    """merman under another version."""

    name = "merman"
    version = "99"
    draws = checks = True

    def __init__(self):
        from sphinx_diagram_ext.engine.merman.adapter import MermanEngine

        inner = MermanEngine()
        self.parse, self.draw, self.layout = inner.parse, inner.draw, inner.layout


def test_another_engine_concerns_every_page_with_a_diagram(three, parallel, monkeypatch):
    from sphinx_diagram_ext.engine import select

    three.write("all.md", "# All\n\n```{cdc-diagram-index}\n:style: gallery\n```\n")
    three.build(parallel=parallel)
    monkeypatch.setattr(select.select_engine, "__defaults__", ("auto", {"merman": OtherEngine}))
    assert done(three.build(parallel=parallel)) == (["a", "b"], with_toctree("a", "all", "b"), 2)
    assert done(three.build(parallel=parallel)) == ([], [], 0)


def test_another_palette_concerns_every_page_with_a_picture(three, parallel, monkeypatch):
    from sphinx_diagram_ext.drawing import pipeline

    three.write("g.md", "---\norphan: true\n---\n# G\n\n```{cdc-diagram-index}\n:style: gallery\n```\n")
    three.build(parallel=parallel)
    monkeypatch.setattr(pipeline, "site_settings", lambda: "others")
    assert done(three.build(parallel=parallel)) == ([], with_toctree("a", "b", "g"), 2)


@pytest.mark.parametrize(
    ("line", "read", "count"),
    [
        ("cdc_diagram_limits = {'nodes': 50}", ["a", "b"], 0),
        ("cdc_diagram_engine = 'mmdr'", ["a", "b"], 2),
        ("cdc_diagram_cache_size = 7", [], 0),
        ("cdc_diagram_path = ['data', 'more']", [], 0),
    ],
)
def test_an_option_concerns_what_depends_on_it(three, line, read, count):
    three.flow("spare")
    three.write("more/five.yaml", RADAR.replace("radar", "flow"))
    three.build()
    add_to_conf(three, line)
    built = three.build()
    assert (built.read, drawn(built)) == (read, count)


def test_a_folder_that_takes_over_an_id_is_read(three):
    (three.folder / "first").mkdir()
    shutil.copy(three.folder / "data" / "one.yaml", three.folder / "first" / "one.yaml")
    three.build()
    add_to_conf(three, "cdc_diagram_path = ['first', 'data']")
    built = three.build()
    assert built.read == ["a"]
    assert '"source_file": "first/one.yaml"' in built.text("diagrams.json")


def test_a_second_builder_with_the_same_doctrees_is_not_left_behind(three):
    three.build("html")
    three.build("dirhtml")
    three.flow("one", "Another title")
    three.build("html")
    built = three.build("dirhtml")
    assert built.read == []
    assert built.written == with_toctree("a", "all", "c")
    assert "Another title" in built.text("all/index.html")


def test_a_build_of_one_page_leaves_the_others_outdated(three):
    from sphinx.cmd.build import main

    arguments = ["-q", "-d", str(three.folder / "trees"), str(three.folder), str(three.folder / "out")]
    three.write("conf.py", (three.folder / "conf.py").read_text().replace("_build", "out"))
    assert main(arguments) == 0
    three.flow("one", "Another title")
    assert main([*arguments, str(three.folder / "a.md")]) == 0
    pages = {name: (three.folder / "out" / f"{name}.html").read_text() for name in ("a", "c", "all")}
    assert [name for name, text in pages.items() if "Another title" in text] == ["a"]
    assert main(arguments) == 0
    assert "Another title" in (three.folder / "out" / "c.html").read_text()
    assert "Another title" in (three.folder / "out" / "all.html").read_text()


def test_an_inline_diagram_with_the_id_of_a_file_is_not_mistaken_for_it(three):
    inline = RADAR.replace("radar", "flow")
    three.write("d.md", f"# D\n\n```{{cdc-diagram}}\n:name: one\n\n{inline}```\n")
    built = three.build()
    assert "d.md:3: WARNING: The id 'one' belongs to" in built.warnings
    assert "[cdc.duplicate-id]" in built.warnings
    # The data below a diagram is that of its file; an inline diagram has none.
    assert 'class="highlight"' not in built.text("d.html")
    assert 'class="highlight"' in built.text("a.html")
    assert done(three.build()) == ([], [], 0)


@pytest.mark.parametrize("parallel", [0, 2])
def test_two_builds_give_the_same_bytes(three, parallel):
    for number in range(8):
        three.write(f"more{number}.md", f"---\norphan: true\n---\n# More {number}\n\n```{{cdc-diagram}} one\n```\n")
    first = tree(three.build().out)
    shutil.rmtree(three.folder / "_build")
    built = three.build(parallel=parallel)
    assert built.warnings == ""
    assert tree(built.out) == first


def test_the_export_is_written_again_only_when_it_would_say_something_else(three, monkeypatch):
    writes = []
    write = diagrams_json.write_parts
    monkeypatch.setattr(diagrams_json, "write_parts", lambda path, text: writes.append(path.name) or write(path, text))

    def written(built) -> bool:
        found = "diagrams.json" in writes
        writes.clear()
        assert [entry["id"] for entry in json.loads(built.text("diagrams.json"))["diagrams"]]
        return found

    assert written(three.build())
    assert not written(three.build())
    three.touch(three.flow("two", "Another title"))
    assert written(three.build())
    assert not written(three.build())
    three.write("d.md", "# D\n\n{cdc:diagram}`two`\n")
    assert written(three.build()), "another page refers to a diagram"
    (three.folder / "_build" / "html" / "diagrams.json").write_text("{}")
    assert written(three.build()), "somebody else wrote over it"
    assert written(three.build(project="Another name"))
    (three.folder / "_build" / "html" / "diagrams.schema.json").unlink()
    assert json.loads(three.build(project="Another name").text("diagrams.schema.json"))


def test_what_is_noted_of_a_file_is_what_was_read(three):
    """A file that is another one while it is read, and then comes back as old as before, is noticed."""
    path, hook = three.folder / "data" / "one.yaml", three.folder / "hook.txt"
    original = path.read_text(encoding="utf-8")
    add_to_conf(
        three,
        "def meddle(app, env, docnames):\n"
        "    from pathlib import Path\n"
        "    hook = Path(app.srcdir, 'hook.txt')\n"
        "    if hook.exists():\n"
        "        Path(app.srcdir, 'data', 'one.yaml').write_text(hook.read_text())\n\n"
        "def setup(app):\n    app.connect('env-before-read-docs', meddle)\n",
    )
    three.build()
    hook.write_text(original.replace("Alpha", "Omega"), encoding="utf-8")
    three.touch(three.folder / "a.md")
    assert "Omega one" in three.build().text("a.html")
    hook.unlink()
    path.write_text(original, encoding="utf-8")
    os.utime(path, (1, 1))
    assert "Alpha one" in three.build().text("a.html")
