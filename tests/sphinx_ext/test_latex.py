"""Pictures in PDF."""

from __future__ import annotations

import re

import pytest

from sphinx_diagram_ext.drawing import pdf
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.palette import PALETTE
from sphinx_diagram_ext.sphinx_ext.build_tools import pictures

pytest.importorskip("typst")


def test_latex_has_a_numbered_figure_with_a_vector_picture(site):
    site.flow("one", "A flow")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n\n{numref}`one`\n")
    built = site.build("latex")
    assert built.warnings == ""
    tex = next(built.out.glob("*.tex")).read_text(encoding="utf-8")
    figure = r"\\sphinxincludegraphics\{\{(cdc-[0-9a-f]+)\}\.pdf\}\}%\n[^§]*?"
    name = re.search(figure + r"\\renewcommand\{\\figurename\}\{Diagram \}\n\\caption\{A flow\}", tex)
    assert name is not None
    assert (built.out / f"{name[1]}.pdf").read_bytes().startswith(b"%PDF-")
    assert "Why \\sphinxstyleemphasis{alpha}" in tex
    assert "flowchart" not in tex


def test_a_wide_picture_is_turned_and_a_strip_is_not(site):
    boxes = "; ".join(f"n{number}[A rather long label {number}]" for number in range(9))
    flows = "; ".join(f"n{number} --> n{number + 1}" for number in range(8))
    more = "; ".join(f"n0 --> n{number}" for number in range(2, 9))
    head = "diagram:\n  type: mermaid\n  title: Author's own Mermaid\n  source: |\n    flowchart LR;"
    site.write("data/strip.yaml", f"{head} {boxes}; {flows}\n")
    site.write("data/wide.yaml", f"{head} {boxes}; {flows}; {more}\n")
    site.write("index.md", "# Index\n\n```{cdc-diagram} strip\n```\n\n```{cdc-diagram} wide\n```\n")
    tex = next(site.build("latex").out.glob("*.tex")).read_text(encoding="utf-8")
    frames = re.findall(r"\\begin\{(figure|sideways)\}", tex)
    assert frames == ["figure", "figure", "sideways"]


def test_pictures_float_where_conf_py_says_so(site):
    site.flow("one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    for elements, place in (({}, "H"), ({"figure_align": "tbp"}, "tbp")):
        tex = next(site.build("latex", latex_elements=elements).out.glob("*.tex")).read_text(encoding="utf-8")
        assert f"\\begin{{figure}}[{place}]" in tex


def test_without_a_converter_the_list_stands_in_and_one_warning_says_how(site, monkeypatch):
    monkeypatch.setattr(pictures, "converter", lambda: None)
    site.flow("one")
    site.flow("two")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n\n```{cdc-diagram} two\n```\n")
    built = site.build("latex")
    assert built.warnings.count("PDF has no pictures: install 'typst'") == 1
    assert "Beta one" in next(built.out.glob("*.tex")).read_text(encoding="utf-8")


def test_rsvg_convert_serves_where_typst_is_missing(monkeypatch, tmp_path):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert pdf.converter() is None
    command = tmp_path / "rsvg-convert"
    command.write_text("#!/bin/sh\nprintf '%%PDF-fake'\n")
    command.chmod(0o755)
    found = pdf.converter()
    assert found is not None
    picture = Picture((("width", "1"), ("height", "1")), "", "T")
    assert found.convert(picture, PALETTE) == b"%PDF-fake"
    command.write_text("#!/bin/sh\nprintf 'broken picture' >&2; exit 1\n")
    with pytest.raises(pdf.PdfError, match="broken picture"):
        found.convert(picture, PALETTE)


def test_a_table_of_diagrams_may_go_on_on_the_next_page(site):
    for number in range(5):
        site.flow(f"flow{number}")
    shown = "".join(f"```{{cdc-diagram}} flow{number}\n```\n\n" for number in range(5))
    site.write("index.md", f"# Index\n\n{shown}```{{cdc-diagram-index}}\n:style: table\n```\n")
    tex = next(site.build("latex").out.glob("*.tex")).read_text(encoding="utf-8")
    table = tex.partition("\\begin{longtable}")[2].partition("\\end{longtable}")[0]
    assert "\\X{40}{100}" in table.partition("\n")[0]
    assert all(f"flow{number}" in table for number in range(5))


def test_the_word_before_a_number_is_text(site):
    site.write("index.md", "# Index\n\n```{cdc-diagram} spare\n```\n")
    with (site.folder / "conf.py").open("a") as stream:
        stream.write("numfig_format = {'cdc-diagram': 'A_b & \\\\input{x} %s'}\n")
    (source,) = site.build("latex").out.glob("*.tex")
    assert r"\renewcommand{\figurename}{A\_b \& \textbackslash{}input\{x\} }" in source.read_text(encoding="utf-8")
