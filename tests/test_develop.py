"""The examples of the documentation for contributors work as they are."""

from __future__ import annotations

import ast
import datetime as dt
import importlib.util
import re
import sys

import pytest
from samples import good

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import EngineError, select_engine
from sphinx_diagram_ext.engine.subprocess_guard import guarded
from sphinx_diagram_ext.errors import Code, ProblemsError
from sphinx_diagram_ext.lint import Settings
from sphinx_diagram_ext.lint.context import Context
from sphinx_diagram_ext.mermaid import emit
from sphinx_diagram_ext.model import Edge, EdgeStyle
from sphinx_diagram_ext.types import DiagramType


@pytest.fixture(scope="module")
def examples(project):
    return project / "docs" / "develop" / "examples"


@pytest.fixture
def example(examples, monkeypatch):
    """Return what loads a module of the examples for one test."""

    def load(name: str):
        spec = importlib.util.spec_from_file_location(f"example_{name}", examples / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        # Pydantic looks up annotations in the module that a class names.
        monkeypatch.setitem(sys.modules, spec.name, module)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture
def read_loop(example):
    module = example("loop")
    types = {"loop": DiagramType("loop", module.LoopSpec, module.build)}
    return lambda text: read_diagram(text, "retry-loop", "retry-loop.yaml", types=types)


@pytest.fixture
def loop_text(examples):
    return (examples / "retry-loop.yaml").read_text(encoding="utf-8")


def test_the_type_reads_its_sample(read_loop, loop_text):
    diagram = read_loop(loop_text)
    assert [node.key for node in diagram.nodes] == ["connect", "read", "write", "store"]
    assert diagram.edges == (
        Edge("connect", "read"),
        Edge("read", "write"),
        Edge("write", "store"),
        Edge("store", "read", None, EdgeStyle.DASHED),
    )
    engine = select_engine().engine
    picture = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    assert picture.anchors == ("connect", "read", "write", "store")


def test_the_type_says_what_is_wrong_and_where(read_loop, loop_text):
    with pytest.raises(ProblemsError) as caught:
        read_loop(loop_text.replace("back: read", "back: reed"))
    assert [str(item) for item in caught.value.problems] == [
        "retry-loop.yaml:12:9: There is no node 'reed' here. Did you mean 'read'? [unknown-node]"
    ]
    assert caught.value.problems[0].code is Code.UNKNOWN_NODE


@pytest.mark.parametrize(
    ("kind", "hits"),
    [("bad", [(7, "The label 'ORDER SERVICE' is in capitals; write it as a sentence.")]), ("good", [])],
)
def test_the_rule_finds_its_bad_sample_only(example, examples, kind, hits):
    rule = example("capitals").capitals
    text = (examples / f"{rule.id}.{kind}.yaml").read_text(encoding="utf-8")
    diagram = read_diagram(text, "shop/order-path", "data/shop/order-path.yaml")
    context = Context((diagram,), Settings(), dt.date(2026, 6, 1))
    assert list(rule.check(diagram, context)) == hits


def test_the_rule_has_its_texts(example):
    rule = example("capitals").capitals
    assert rule.summary == "A label is written in capitals."
    assert rule.why.startswith("Words in capitals")


def test_the_engine_draws_and_gets_its_labels_back(example):
    engine = guarded(example("listing").ListingEngine(), 60, 1_000)
    diagram = good("flow")
    source = emit(diagram)
    svg = pipeline.draw(diagram, source, engine).plain()
    assert [label for label in ("Warehouse", "rows") if label not in svg] == []
    assert re.search(r"[\U000F0000-\U000FFFFD]", svg) is None
    with pytest.raises(EngineError, match="the source is empty"):
        engine.parse("")
    with pytest.raises(EngineError, match="listing has no layout"):
        engine.layout(source)
    engine.close()


def test_the_visitor_of_the_builder_loads(example):
    assert callable(example("outline").outline_visit_cdc_diagram)


def test_pages_name_files_that_are_there(project):
    """Paths in code font, from the root of the repository."""
    pages = [project / "CONTRIBUTING.md", *sorted((project / "docs" / "develop").glob("*.md"))]
    roots = "sphinx_diagram_ext|tests|docs|tools|schema|requirements|benchmarks|labs|data"
    new = ("loop", "capitals", "listing", "outline", "retry-loop")
    wrong = []
    for page in pages:
        for path in re.findall(rf"`((?:{roots})/[\w./-]*)`", page.read_text(encoding="utf-8")):
            is_new = any(word in path.rpartition("/")[2] for word in new)
            if not is_new and not (project / path).exists():
                wrong.append(f"{page.name}: {path}")
    assert wrong == []


def test_the_table_of_rooms_is_read_as_it_is(project):
    """The documentation reads two assignments of the test of imports; they are plain literals."""
    tree = ast.parse((project / "tests" / "test_imports.py").read_text(encoding="utf-8"))
    found = {}
    for item in tree.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name):
            found[item.target.id] = ast.literal_eval(item.value)
    assert set(found) == {"CORE", "SPHINX"}
    assert "model" in found["CORE"]
    assert "transforms" in found["SPHINX"]
