"""Builders of which this extension knows nothing: a figure with a picture file and the lists, never an unknown node."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.osutil import copyfile

PAGE = """\
# Index

```{cdc-diagram} one
:caption: A *caption*
```

```{cdc-diagram-index}
:style: gallery
```

See {cdc:node}`one#a`.
"""


class StrictTranslator(nodes.NodeVisitor):
    """Knows the nodes of docutils and no others, and keeps what it meets."""

    def __init__(self, document: nodes.document) -> None:
        super().__init__(document)
        self.seen: list[str] = []

    def unknown_visit(self, node: nodes.Node) -> None:
        raise NotImplementedError(type(node).__name__)

    def dispatch_visit(self, node: nodes.Node) -> None:
        if type(node).__module__.startswith("sphinx_diagram_ext") or type(node).__name__ == "mermaid":
            raise NotImplementedError(type(node).__name__)
        self.seen.append(node["uri"] if isinstance(node, nodes.image) else type(node).__name__)
        if isinstance(node, nodes.Text):
            self.seen.append(str(node))

    def visit_caption(self, node: nodes.Node) -> None:
        """Tell that captions are known."""

    def dispatch_departure(self, node: nodes.Node) -> None:
        pass


class StrictBuilder(Builder):
    """A builder of a format that nobody else has."""

    name = "strict"
    format = "strict"
    default_translator_class = StrictTranslator
    supported_image_types = ("image/svg+xml",)

    def get_outdated_docs(self) -> set[str]:
        return self.env.found_docs

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:  # noqa: ARG002 - as the base has it
        return f"{docname}.strict"

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        self.post_process_images(doctree)
        visitor = self.create_translator(doctree)
        doctree.walkabout(visitor)
        (self.outdir / f"{docname}.strict").write_text("\n".join(visitor.seen), encoding="utf-8")

    def finish(self) -> None:
        for source, name in self.images.items():
            copyfile(self.srcdir / source, self.outdir / name, force=True)


@pytest.fixture
def strict(site):
    site.write("conf.py", (site.folder / "conf.py").read_text(encoding="utf-8").replace("[", '["strict_builder", ', 1))
    return site


@pytest.fixture(autouse=True)
def extension(monkeypatch):
    import sys
    import types

    module = types.ModuleType("strict_builder")
    module.setup = lambda app: app.add_builder(StrictBuilder)
    monkeypatch.setitem(sys.modules, "strict_builder", module)


def test_an_unknown_builder_gets_a_figure_a_file_and_lists(strict):
    strict.flow("one")
    strict.write("index.md", PAGE)
    built = strict.build("strict")
    assert built.warnings == ""
    seen = built.text("index.strict").split("\n")
    (picture,) = [item for item in seen if item.endswith(".svg")]
    assert built.text(picture.rsplit("/", 1)[-1]).startswith("<svg ")
    assert seen.index("figure") < seen.index(picture) < seen.index("caption") < seen.index("bullet_list")
    assert "Alpha one" in seen
    assert "Explanations" in seen
    assert "alpha" in seen, "the words of an explanation"


def test_a_builder_without_images_and_captions_gets_paragraphs_and_a_file_in_its_output(strict, monkeypatch):
    monkeypatch.setattr(StrictBuilder, "supported_image_types", ())
    monkeypatch.delattr(StrictTranslator, "visit_caption")
    strict.flow("one")
    strict.write("deep/index.md", PAGE)
    strict.write("index.md", "# Index\n\n```{toctree}\ndeep/index\n```\n")
    (strict.folder / "_build" / "strict" / "deep").mkdir(parents=True)
    built = strict.build("strict")
    assert built.warnings == ""
    seen = built.text("deep/index.strict").split("\n")
    (picture,) = [item for item in seen if item.endswith(".svg")]
    assert picture.startswith("../_images/")
    assert (built.out / "deep" / picture).is_file()
    assert "figure" not in seen
    assert "caption" in seen, "the words of the caption"


def test_mermaid_in_pages_too(strict):
    strict.write("index.md", "# Index\n\n```mermaid\nflowchart LR\n  a[Alpha box] --> b\n```\n")
    built = strict.build("strict", cdc_diagram_mermaid=True)
    assert built.warnings == ""
    assert "Alpha box" in built.text("index.strict")
    assert ".svg" in built.text("index.strict")


def test_a_diagram_that_cannot_be_shown_stops_nothing(strict):
    strict.write("index.md", "# Index\n\n```{cdc-diagram} nowhere\n```\n\nText.\n")
    built = strict.build("strict")
    assert "There is no diagram 'nowhere'" in built.warnings
    assert "Text." in built.text("index.strict")


@pytest.mark.parametrize("builder", ["xml", "gettext", "dummy"])
def test_builders_that_write_no_pages_are_left_alone(site, builder):
    site.flow("one")
    site.write("index.md", PAGE)
    built = site.build(builder)
    assert "cdc" not in built.warnings
    assert not (site.folder / "_build" / "doctrees" / "cdc-images").exists()
    if builder == "xml":
        assert "<cdc_diagram" in built.text("index.xml")
