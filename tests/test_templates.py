"""The templates are diagrams worth showing, and ``new`` makes data files of them."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml
from drawn import svg_of
from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.lint import Settings, lint
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.plan import read_plan
from sphinx_diagram_ext.scaffold import ScaffoldError, find_templates, with_title

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx_diagram_ext.engine import Engine

ROOT = Path(__file__).parents[1]
TEMPLATES = find_templates()
PLAN = read_plan(ROOT / "data" / "atlas" / "plan.yaml")
VIEWS = [f"{category.id}/{view}" for category in PLAN.categories.values() for view in category.views]
PLACEHOLDER = re.compile(r"\b(TODO|TBD|FIXME|XXX|lorem|foo|bar|baz|example\.com|Service [AB]|acme)\b")
WIDEST = 900
"""Width in CSS pixels that a reader at a desk sees without scrolling."""

all_templates = pytest.mark.parametrize("name", TEMPLATES)


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    def call(*arguments: object) -> Done:
        status = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Done(status, said.out, said.err)

    return call


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, as the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_there_are_fifty_and_one_for_every_view():
    assert len(TEMPLATES) >= 50
    assert sorted(TEMPLATES) == sorted(VIEWS)


@all_templates
def test_a_template_is_named_after_its_view(name):
    diagram = TEMPLATES[name].diagram()
    assert f"{diagram.meta.category}/{diagram.meta.view}" == name
    assert PLAN.categories[diagram.meta.category].views[diagram.meta.view].fits(diagram.type)


@all_templates
def test_a_template_is_drawn_and_not_too_wide(name, engine: Engine):
    diagram = pipeline.inspect(TEMPLATES[name].diagram(), engine)
    picture = svg_of(diagram, pipeline.check(diagram, engine), engine)
    width = float(re.search(r'viewBox="\S+ \S+ (\S+) \S+"', picture)[1])
    assert width <= WIDEST


@all_templates
def test_a_template_has_what_its_view_must_show_and_lint_finds_nothing(name, engine: Engine):
    diagram = pipeline.inspect(TEMPLATES[name].diagram(), engine)
    assert [finding.message for finding in lint([diagram], Settings(plan=PLAN))] == []


@all_templates
def test_a_template_has_facts_and_says_where_they_come_from(name):
    meta = TEMPLATES[name].diagram().meta
    assert meta.subject
    assert meta.tags
    assert meta.sources
    assert all(source.date and source.url.startswith("https://") for source in meta.sources)
    assert all(dt.date.fromisoformat(f"{source.date}-01-01"[:10]) for source in meta.sources)


@all_templates
def test_a_template_explains_its_nodes_and_has_tones(name):
    nodes = TEMPLATES[name].diagram().nodes
    assert sum(node.explain is not None for node in nodes) >= 2
    assert any(node.tone is not Tone.NEUTRAL for node in nodes)


@all_templates
def test_a_template_tells_authors_how_to_adapt_it(name):
    text = TEMPLATES[name].text()
    head = text.partition("diagram:")[0]
    assert "To adapt it:" in head
    assert all(line.startswith("#") for line in head.splitlines())
    assert len(head.split()) >= 40


@all_templates
def test_a_template_has_no_placeholder(name):
    assert PLACEHOLDER.findall(TEMPLATES[name].text()) == []


@all_templates
def test_a_template_is_shown_in_the_gallery(name):
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "templates").glob("*.md"))
    assert f"```{{cdc-diagram}} {name}\n" in pages


def test_no_two_templates_tell_the_same():
    titles = [template.diagram().title.text for template in TEMPLATES.values()]
    assert len(set(titles)) == len(titles)


@all_templates
def test_new_writes_a_file_that_validates(name, project, run):
    done = run("new", "shop/mine", "--template", name, "--title", 'Mine: a "title" # with signs')
    assert (done.status, done.out, done.err) == (0, f"{Path('data/shop/mine.yaml')}\n", "")
    diagram = read_diagram(Path("data/shop/mine.yaml").read_text(encoding="utf-8"), "shop/mine", "")
    assert diagram.title.text == 'Mine: a "title" # with signs'
    assert diagram.body.nodes
    assert run("validate").status == 0


def test_new_keeps_comments_and_the_title_unless_another_is_given(project, run):
    assert run("new", "a", "--template", "incidents/cascade").status == 0
    assert Path("data/a.yaml").read_text(encoding="utf-8") == TEMPLATES["incidents/cascade"].text()


def test_new_tells_editors_the_schema_if_there_is_one(project, run):
    Path("schema").mkdir()
    assert run("schema", "-o", "schema/diagram.schema.json").status == 0
    assert run("new", "shop/a", "--template", "costs/breakdown").status == 0
    first = Path("data/shop/a.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../schema/diagram.schema.json"


def test_new_writes_into_the_first_data_folder(project, run):
    Path("pyproject.toml").write_text('[tool.cdc-diagram]\npath = ["one", "two"]\n')
    assert run("new", "a", "--template", "costs/breakdown").out == f"{Path('one/a.yaml')}\n"
    assert run("new", "a", "--template", "costs/breakdown", "--data", "three").out == f"{Path('three/a.yaml')}\n"


@pytest.mark.parametrize(
    ("diagram_id", "said"),
    [
        ("../a", "is no diagram id"),
        ("a/../../b", "is no diagram id"),
        ("/etc/a", "is no diagram id"),
        ("a\\b", "is no diagram id"),
        ("c:a", "is no diagram id"),
        ("a.yaml", "write the id without its suffix: 'a'"),
        ("_a", "data files of that name are left out"),
        ("x/.a/b", "data files of that name are left out"),
    ],
)
def test_new_refuses_ids_that_no_catalog_would_find(diagram_id, said, project, run):
    done = run("new", diagram_id, "--template", "costs/breakdown")
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert list(project.rglob("*")) == []


def test_new_leaves_a_linked_folder_that_leads_out(project, run):
    (project / "outside").mkdir()
    (project / "data").mkdir()
    (project / "data" / "link").symlink_to(project / "outside", target_is_directory=True)
    done = run("new", "link/a", "--template", "costs/breakdown")
    assert done.status == 2
    assert "leads out of its data folder" in done.err
    assert list((project / "outside").iterdir()) == []


@pytest.mark.parametrize("file", ["data/a.yaml", "data/a.yml", "more/a.yaml"])
def test_new_writes_over_a_file_only_when_forced(file, project, run):
    Path(file).parent.mkdir()
    Path(file).write_text("kept: true\n")
    folders = ("--data", "data", "--data", "more")
    done = run("new", "a", "--template", "costs/breakdown", *folders)
    assert (done.status, done.err) == (2, f"cdc-diagram: new: '{Path(file)}' exists; --force writes over it.\n")
    assert Path(file).read_text() == "kept: true\n"
    assert run("new", "a", "--template", "costs/breakdown", "--force", *folders).out == f"{Path(file)}\n"
    assert Path(file).read_text(encoding="utf-8") == TEMPLATES["costs/breakdown"].text()
    assert len([path for path in project.rglob("a.*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("incidents/timelin", "Did you mean 'incidents/timeline'"),
        ("state-machine", "Did you mean 'mechanisms/state-machine'"),
        ("qqqqqq", "--list"),
    ],
)
def test_new_names_the_nearest_templates(name, said, project, run):
    done = run("new", "a", "--template", name)
    assert done.status == 2
    assert f"there is no template {name!r}" in done.err
    assert said in done.err


@pytest.mark.parametrize("arguments", [(), ("a",), ("--template", "costs/breakdown")])
def test_new_needs_an_id_and_a_template(arguments, project, run):
    done = run("new", *arguments)
    assert done.status == 2
    assert "wanted an id and --template NAME" in done.err


@pytest.mark.parametrize("title", ["", "  "])
def test_new_refuses_an_empty_title(title, project, run):
    done = run("new", "a", "--template", "costs/breakdown", "--title", title)
    assert done.status == 1
    assert "data/a.yaml" in done.err.replace("\\", "/")
    assert not Path("data/a.yaml").exists()


def test_list_has_name_category_type_and_title(project, run):
    done = run("new", "--list")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) == len(TEMPLATES)
    assert re.fullmatch(r"case-studies/cost-breakdown +case-studies +cost +An AWS bill of Kit \(ConvertKit\)", lines[0])


OWN = "# mine\ndiagram:\n  type: flow\n  title: >-\n    Two\n    lines\n  nodes: {a: One}\n"


@pytest.mark.parametrize("configured", [True, False])
def test_own_templates_are_found_and_stand_for_built_in_ones(configured, project, run):
    for name in ("service", "incidents/timeline"):
        path = project / "mine" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OWN)
    more = () if configured else ("--templates", "mine")
    if configured:
        Path("pyproject.toml").write_text('[tool.cdc-diagram]\ntemplates = "mine"\n')
    listed = run("new", "--list", *more).out
    assert re.search(r"^service +- +flow +Two lines$", listed, re.MULTILINE)
    assert run("new", "a", "--template", "incidents/timeline", *more).status == 0
    assert Path("data/a.yaml").read_text() == OWN
    assert run("new", "b", "--template", "service", "--title", "Mine", *more).status == 0
    assert Path("data/b.yaml").read_text() == OWN.replace(">-\n    Two\n    lines", '"Mine"')


def test_a_broken_template_is_reported_and_not_copied(project, run):
    (project / "mine").mkdir()
    (project / "mine" / "broken.yaml").write_text("diagram:\n  type: flow\n  title: T\n")
    done = run("new", "--list", "--templates", "mine")
    assert done.status == 0
    assert f"{Path('mine/broken.yaml')}:2" in done.err
    assert "broken" not in done.out
    done = run("new", "a", "--template", "broken", "--templates", "mine")
    assert done.status == 1
    assert "'nodes' is missing" in done.err
    assert not Path("data").exists()


def test_a_folder_of_templates_that_does_not_exist_is_an_error(project, run):
    assert "'nowhere' does not exist" in run("new", "--list", "--templates", "nowhere").err
    Path("pyproject.toml").write_text("[tool.cdc-diagram]\ntemplates = 1\n")
    done = run("new", "--list")
    assert done.status == 2
    assert "templates: wanted a list of folders" in done.err


def test_a_title_is_replaced_where_text_of_any_script_stands_before_it():
    text = "# комментарий 🙂\ndiagram: {type: flow, title: Старый, nodes: {a: Почему?}}\n"
    assert with_title(text, "Новый") == text.replace("Старый", '"Новый"')


@all_templates
def test_a_template_is_yaml_for_every_parser(name):
    text = TEMPLATES[name].text()
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=yaml.CSafeLoader)


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=200))
def test_any_title_survives(title):
    text = with_title(TEMPLATES["mechanisms/topology"].text(), title)
    data = yaml.safe_load(text)
    assert data["diagram"].pop("title") == title
    before = yaml.safe_load(TEMPLATES["mechanisms/topology"].text())
    before["diagram"].pop("title")
    assert data == before


@pytest.mark.parametrize("text", ["", "diagram: 1\n", "diagram:\n  type: flow\n", "- 1\n"])
def test_a_text_without_a_title_is_refused(text):
    with pytest.raises(ScaffoldError, match="no title"):
        with_title(text, "T")
