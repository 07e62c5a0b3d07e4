"""Types of a user's own: templates in the sandbox, data that never becomes grammar."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from drawn import svg_of
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.engine.subprocess_guard import Guard
from sphinx_diagram_ext.errors import ProblemsError

TEMPLATE = """\
flowchart LR
{% for node in nodes %}
  {{ node.id }}["{{ node.label }}"]
{% endfor %}
{% for flow in flows %}
  {{ flow.source }} -->|"{{ flow.label }}"| {{ flow.target }}
{% endfor %}
  {{ id(nodes[0].key) }} --- owner["{{ data.owner }}"]
"""
DATA = """\
diagram:
  type: lane
  title: Lane
  owner: "{owner}"
  nodes:
    a: {{name: "{name}", explain: Why}}
    b:
  flows:
    - {{from: a, to: b, label: "{name}"}}
"""
ENGINE = select_engine().engine
DOUBLED = (
    "{{% set ns = namespace(s={start}) %}}"
    "{{% for i in range(28) %}}{{% set ns.s = ns.s {operator} ns.s %}}{{% endfor %}}"
)


def catalogue(folder, template: str = TEMPLATE, owner: str = "Team", name: str = "Alpha") -> Catalog:
    (folder / "types").mkdir(exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    (folder / "types" / "lane.mmd.j2").write_text(template, encoding="utf-8")
    (folder / "data" / "one.yaml").write_text(DATA.format(owner=owner, name=name), encoding="utf-8")
    return Catalog([folder / "data"], type_folders=[folder / "types"])


def picture(catalog: Catalog) -> str:
    diagram = pipeline.inspect(catalog.get("one"), ENGINE)
    return svg_of(diagram, pipeline.check(diagram, ENGINE), ENGINE)


def test_a_template_gives_a_type_its_grammar(tmp_path):
    svg = picture(catalogue(tmp_path))
    text = "".join(ET.fromstring(svg).itertext())
    assert "Alpha" in text
    assert "Team" in text
    assert svg.count("cdc-node") == 2


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=40))
def test_no_data_becomes_grammar(tmp_path_factory, text):
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    if not text.strip():
        return
    svg = picture(catalogue(tmp_path_factory.mktemp("lane"), owner=quoted, name=quoted))
    shown = "".join("".join(ET.fromstring(svg).itertext()).split())
    assert "".join(text.split()) in shown


@pytest.mark.parametrize("text", ['x"] --> evil["y', "#quot;x", "<b>x</b>", "%%{init: {}}%%", "`*x*`"])
def test_data_that_looks_like_grammar_is_text(tmp_path, text):
    quoted = text.replace('"', '\\"')
    svg = picture(catalogue(tmp_path, owner=quoted))
    assert text in "".join(ET.fromstring(svg).itertext())


@pytest.mark.parametrize(
    ("template", "line", "said"),
    [
        ("flowchart LR\n{% for %}\n", 2, "Expected"),
        ("flowchart LR\n  {{ nothing }}\n", 0, "'nothing' is undefined"),
        ("flowchart LR\n  {{ ''.__class__.__mro__ }}\n", 0, "is unsafe"),
        ("flowchart LR\n  {{ data.__init__.__globals__ }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ 1 / 0 }}\n", 0, "ZeroDivisionError"),
        ("flowchart LR\n  {% include '/etc/passwd' %}\n", 0, "no loader"),
        ("flowchart LR\n  {% for i in range(999999999) %}x{% endfor %}\n", 0, "Range too big"),
        ("flowchart LR\n  {{ 'x' * 999999999 }}\n", 0, "not allowed on these values"),
        ("flowchart LR\n  {{ [1] * 999999999 }}\n", 0, "not allowed on these values"),
        ("flowchart LR\n  {{ 9 ** 9 ** 9 }}\n", 0, "a power of more than 1000"),
        ("flowchart LR\n  {{ '%999999999d' % 1 }}\n", 0, "not allowed on these values"),
        ("flowchart LR\n  {{ '{:>999999999}'.format(1) }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ '{0.__class__}'.format(1) }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ 'x'['ljust'](999999999) }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ 'x'.ljust(999999999) }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ 'x'|center(999999999) }}\n", 2, "No filter named 'center'"),
        ("flowchart LR\n  {{ '%999999999d'|format(1) }}\n", 2, "No filter named 'format'"),
        ("flowchart LR\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}\n", 0, "RecursionError"),
        (
            "flowchart LR\n{% for i in range(99999) %}{% for j in range(99999) %}%% x\n{% endfor %}{% endfor %}\n",
            0,
            "it writes more than 200,000 characters",
        ),
        ("flowchart LR\n  {{ cycler.__init__.__globals__.os }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ data['__class__'] }}\n", 0, "unsafe"),
        ("flowchart LR\n  {{ nodes|map(attribute='__class__.__mro__')|list }}\n", 0, "unsafe"),
        ("flowchart LR\n  {% import 'os' as os %}\n", 0, "no loader"),
        ("flowchart LR\n  {{ self._TemplateReference__context }}\n", 0, "unsafe"),
        ("flowchart LR\n  a[[[\n", 0, "does not become valid Mermaid"),
    ],
)
def test_a_template_that_does_not_work_is_a_message(tmp_path, template, line, said):
    catalog = catalogue(tmp_path, template)
    with pytest.raises(ProblemsError) as caught:
        picture(catalog)
    (problem,) = caught.value.problems
    assert said in problem.message
    if line:
        assert problem.path.endswith("lane.mmd.j2")
        assert problem.line == line


def test_a_name_that_is_taken_is_a_message(tmp_path):
    (tmp_path / "flow.mmd.j2").write_text("flowchart LR\n")
    (tmp_path / "My Type.mmd.j2").write_text("flowchart LR\n")
    found = [problem.message for problem in Catalog([], type_folders=[tmp_path, tmp_path / "nowhere"]).problems]
    assert [text.split(";")[0].split(",")[0] for text in found] == [
        "The name of a type",
        "There is a type 'flow' already",
        "The folder of types does not exist",
    ]


def test_types_are_in_the_order_of_their_names(tmp_path):
    names = [f"type-{number * 7 % 26:02}" for number in range(26)]
    for name in names:
        (tmp_path / f"{name}.mmd.j2").write_text("flowchart TB\n", encoding="utf-8")
    own = [name for name in Catalog([], type_folders=[tmp_path]).types if name.startswith("type-")]
    assert own == sorted(names)


def test_the_command_knows_types_from_pyproject(tmp_path, monkeypatch, capsys):
    catalogue(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.cdc-diagram]\npath = ["data"]\ntypes = ["types"]\n')
    monkeypatch.chdir(tmp_path)
    assert main(["validate"]) == 0
    assert main(["render", "one"]) == 0
    assert 'owner["Team"]' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("template", "seconds", "said"),
    [
        (DOUBLED.format(start="'x'", operator="~"), 60, "MemoryError"),
        (DOUBLED.format(start="[1]", operator="+"), 60, "MemoryError"),
        (
            "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
            1,
            "did not finish in 1 seconds",
        ),
    ],
    ids=["texts", "lists", "time"],
)
def test_a_template_has_the_bounds_of_the_process_of_the_engine(tmp_path, template, seconds, said):
    guard = Guard(MermanEngine(), seconds, 300)
    try:
        with pytest.raises(ProblemsError) as caught:
            pipeline.emitted(catalogue(tmp_path, f"flowchart LR\n{template}\n").get("one"), guard)
        (problem,) = caught.value.problems
        assert "does not work with one" in problem.message
        assert said in problem.message
        # The next one is answered.
        assert guard.parse("flowchart LR\n a --> b\n").nodes == (("a", "a"), ("b", "b"))
    finally:
        guard.close()


def test_a_wrong_template_is_named_with_its_line_from_that_process_too(tmp_path):
    guard = Guard(MermanEngine(), 60, 300)
    try:
        with pytest.raises(ProblemsError) as caught:
            pipeline.emitted(catalogue(tmp_path, "flowchart LR\n{% for %}\n").get("one"), guard)
    finally:
        guard.close()
    (problem,) = caught.value.problems
    assert (problem.path.rsplit("/", 1)[-1], problem.line) == ("lane.mmd.j2", 2)
