"""Plans: what a file may say, what is said of a wrong one, and the plan of this project."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.catalog.plan_files import is_plan
from sphinx_diagram_ext.errors import Code, Problem, ProblemsError
from sphinx_diagram_ext.limits import Limits
from sphinx_diagram_ext.model import Tone
from sphinx_diagram_ext.plan import Check, Plan, read_plan, slug
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.yaml_source import top_keys

ROOT = Path(__file__).parents[2]
OWN = read_plan(ROOT / "data" / "atlas" / "plan.yaml")
EXAMPLE = ROOT / "docs" / "examples" / "plans" / "shop.yaml"
DIAGRAM = "diagram:\n  type: flow\n  title: T\n  nodes: {a: }\n"
SMALL = "plan: {categories: {costs: }}\n"


@pytest.fixture
def write(tmp_path: Path):
    def do(text: str, name: str = "plan.yaml") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return do


def wrong(path: Path, **more: object) -> list[Problem]:
    with pytest.raises(ProblemsError) as caught:
        read_plan(path, **more)
    assert {problem.path for problem in caught.value.problems} == {str(path)}
    return list(caught.value.problems)


# -- what a plan says ------------------------------------------------------------------------


def test_the_example_of_the_guide():
    plan = read_plan(EXAMPLE)
    category = plan.category("Incidents")
    assert (category.subjects, category.subject_names, category.count) == (2, ("checkout outage", "lost orders"), 2)
    view = category.view("timeline")
    assert [element.id for element in view.elements] == ["times", "root-cause"]
    assert view.elements[1].check.tones == [Tone.PROBLEM]
    assert (view.fits("sequence"), view.fits("mermaid"), view.fits("flow")) == (True, True, False)


def test_a_category_needs_nothing_but_its_id(write):
    plan = read_plan(write(SMALL))
    category = plan.category("Costs")
    assert (category.title, category.purpose, category.count, category.subjects, category.views) == (
        "Costs",
        "",
        None,
        None,
        {},
    )
    assert plan.count == 0


def test_a_view_without_types_fits_all(write):
    plan = read_plan(write("plan: {categories: {costs: {views: {breakdown: }}}}\n"))
    assert plan.category("costs").view("breakdown").fits("flow")


@pytest.mark.parametrize("name", ["счета", "Счета", "Bills_paid", "bills paid", "oude-rekeningen", "Oude Rekeningen"])
def test_names_are_found_in_any_script_and_form(name, write):
    text = "plan:\n  categories:\n    заказы: \n    счета: {title: Bills paid, aliases: [Oude Rekeningen]}\n"
    assert read_plan(write(text)).category(name).id == "счета"


def test_names_of_other_scripts_differ():
    assert (slug("Заказы магазина"), slug("Case_studies"), slug("--")) == ("заказы-магазина", "case-studies", "")


def test_views_may_name_types_of_the_project(write):
    path = write("plan: {categories: {a: {views: {v: {types: [handover, flow]}}}}}\n")
    assert read_plan(path, types=[*TYPES, "handover"]).category("a").view("v").types == ("handover", "flow")
    (problem,) = wrong(path)
    assert problem.message.startswith("Found 'handover': there is no diagram type of that name. One of architecture,")


# -- what is wrong ---------------------------------------------------------------------------

BASE = """\
plan:
  categories:
    costs:
      subjects: 3
      names: [one, two, three]
      diagrams-per-subject: 2
      count: 6
      aliases: [bills]
      views:
        split: {types: [cost], elements: [shares]}
        curve: {title: Growth}
    other:
  elements:
    shares: {description: Parts., check: {text: '%', at-least: 2}}
"""


def test_the_base_of_the_cases_is_right(write):
    plan = read_plan(write(BASE))
    assert (plan.count, plan.category("bills").id) == (6, "costs")


@pytest.mark.parametrize(
    ("old", "new", "line", "code", "said"),
    [
        ("subjects: 3", "subject: 3", 4, Code.UNKNOWN_KEY, "Unknown key 'subject'. Did you mean 'subjects'?"),
        ("count: 6", "count: 7", 7, Code.SCHEMA, "Found '7': 3 x 2 is 6, not 7."),
        ("subjects: 3", "subjects: 2", 5, Code.SCHEMA, "Found a list of 3: 3 names for 2 subjects."),
        ("count: 6", "count: many", 7, Code.SCHEMA, "Found 'many', wanted a whole number."),
        ("count: 6", "count: 0", 7, Code.SCHEMA, "greater than or equal to 1"),
        ("[cost]", "[costs]", 10, Code.SCHEMA, "'costs': there is no diagram type of that name. Did you mean 'cost'?"),
        ("[shares]", "[share]", 10, Code.SCHEMA, "'share': there is no element of that name. Did you mean 'shares'?"),
        ("'%'", "'(%'", 14, Code.SCHEMA, "Found '(%': wanted a regular expression of Python, but missing )"),
        ("'%'", "'%{99999999999}'", 14, Code.SCHEMA, "wanted at most 50 repetitions"),
        ("at-least", "at_least", 14, Code.UNKNOWN_KEY, "Unknown key 'at_least'. Did you mean 'at-least'?"),
        ("at-least: 2", "any: [{txt: a}]", 14, Code.UNKNOWN_KEY, "Unknown key 'txt'. Did you mean 'text'?"),
        ("at-least: 2", "roles: {queue: one}", 14, Code.SCHEMA, "Found 'one', wanted a whole number."),
        ("at-least: 2", "tones: [bad]", 14, Code.SCHEMA, "Found 'bad', wanted one of "),
        ("description: Parts.", "title: Parts.", 14, Code.SCHEMA, "The key 'description' is missing here."),
        ("    other:", "    Other costs:", 12, Code.SCHEMA, "hyphens between them, such as 'other-costs'."),
        ("    other:", "    other: {title: Bills}", 12, Code.DUPLICATE_ID, "'Bills' means the category 'costs'"),
        ("Growth", "Split", 11, Code.DUPLICATE_ID, "The name 'Split' means the view 'split' already; drop it"),
        ("  categories:", "  category:", 2, Code.UNKNOWN_KEY, "Unknown key 'category'. Did you mean 'categories'?"),
        ("plan:", "more: 1\nplan:", 1, Code.UNKNOWN_KEY, "Unknown key 'more'; everything is below 'plan:'."),
        ("plan:", "plans:", 1, Code.SCHEMA, "A plan has one key at the top, 'plan:'."),
        ("count: 6", "count: !thing 6", 7, Code.YAML, "The tag"),
        ("count: 6", "count: 6\n      count: 6", 8, Code.YAML, "a second time"),
        ("'%'", "'%", 14, Code.YAML, "This is not YAML"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_at_its_line(old, new, line, code, said, write):
    assert BASE.count(old) == 1 or old == "plan:"
    found = wrong(write(BASE.replace(old, new, 1)))
    assert any((item.line, item.code) == (line, code) and said in item.message for item in found), found


def test_everything_is_said_at_once(write):
    text = BASE.replace("count: 6", "count: 7").replace("[shares]", "[share]").replace("'%'", "'(%'")
    assert [problem.line for problem in wrong(write(f"{text}more: 1\n"))] == [7, 10, 14, 15]


@pytest.mark.parametrize("text", ["", "# only this\n", "plan:\n", "plan: x\n", "- plan\n", "plan: {categories: {}}\n"])
def test_a_plan_without_content(text, write):
    (problem,) = wrong(write(text))
    assert problem.line == 1
    assert "plan" in problem.message or problem.code is Code.SCHEMA


def test_a_file_that_is_no_plan_says_both_words(write):
    (problem,) = wrong(write(DIAGRAM))
    assert problem.message == "A plan has one key at the top, 'plan:'."
    (problem,) = wrong(write(""))
    assert problem.message == "The file is empty; a diagram starts with 'diagram:', a plan with 'plan:'."


def test_a_plan_that_is_not_there(tmp_path):
    (problem,) = wrong(tmp_path / "nowhere.yaml")
    assert problem.message == "The plan does not exist; create the file or fix the setting that names it."


def test_a_folder_is_no_plan(tmp_path):
    (problem,) = wrong(tmp_path)
    assert problem.message == "The file is not a regular file."


def test_a_plan_is_bounded(write):
    path = write(BASE)
    assert "larger than 50 bytes" in wrong(path, limits=Limits(file_bytes=50))[0].message
    assert "Nested more than 2 levels" in wrong(path, limits=Limits(depth=2))[0].message
    assert "more than 5 values" in wrong(path, limits=Limits(values=5))[0].message


def test_a_plan_may_be_a_link_to_one_elsewhere(write, tmp_path):
    write(SMALL, "outside/plan.yaml")
    link = tmp_path / "inside.yaml"
    link.symlink_to(tmp_path / "outside" / "plan.yaml")
    assert list(read_plan(link).categories) == ["costs"]


# -- plans below data folders ----------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        BASE,
        SMALL,
        "{plan: {categories: {a: }}}",
        '"plan" :\n',
        "# a\n---\nplan: 1\n",
        "--- {plan: 1}\n",
        "---\n{\n 'plan': 1}\n",
        "plan: [\n",
        "plan: {a: {plan: 1}}\n",
        "plan: &a [plan, diagram]\n",
    ],
)
def test_a_text_that_is_a_plan(text):
    assert is_plan(text)


@pytest.mark.parametrize(
    "text",
    [
        DIAGRAM,
        "",
        "plan\n",
        "- plan: 1\n",
        "diagram: {plan: 1}\n",
        "diagram:\n  plan: 1\n",
        "plan: 1\ndiagram: 2\n",
        "diagram: 1\nplan: 2\n",
        "plans: 1\n",
        "? [plan: 1]\n: plan\n",
        "plan: 1\nplan: 2\n",
        "x: |\n\nplan: 1",
        "\x00",
    ],
)
def test_a_text_that_is_none(text):
    assert not is_plan(text)


def test_keys_at_the_top():
    assert top_keys("a: {b: c}\n? d\n: [e, {f: g}]\nh: *i\n") == ["a", "d", "h"]
    assert top_keys("a: 1\nb: [\n") == ["a", "b"]


def test_a_plan_has_no_id(write, tmp_path):
    write(DIAGRAM, "shop/one.yaml")
    path = write(SMALL, "shop/plan.yaml")
    catalog = Catalog([tmp_path])
    assert catalog.ids == ["shop/one"]
    assert [diagram.id for diagram in catalog] == ["shop/one"]
    assert catalog.check() == []
    assert ("shop/plan" in catalog, catalog.canonical("shop/plan")) == (False, None)
    assert catalog.plans() == [("shop/plan", path, tmp_path)]
    with pytest.raises(ProblemsError) as caught:
        catalog.get("shop/plan")
    assert str(caught.value) == f"'shop/plan' is a plan, not a diagram ({path}); name a diagram. [unknown-diagram]"


def test_an_id_is_not_taken_by_a_plan(write, tmp_path):
    for folder, first, second in (("one", SMALL, DIAGRAM), ("two", DIAGRAM, SMALL)):
        write(first, f"{folder}/x.yaml")
        write(second, f"{folder}/x.yml")
        catalog = Catalog([tmp_path / folder])
        assert (catalog.ids, catalog.check()) == (["x"], [])
        assert catalog.get("x").title.text == "T"
        assert len(catalog.plans()) == 1


def test_an_alias_may_be_what_a_plan_is_called(write, tmp_path):
    write(f"{DIAGRAM}  aliases: [plan]\n", "a.yaml")
    write(SMALL)
    catalog = Catalog([tmp_path])
    assert (catalog.check(), catalog.aliases) == ([], {"plan": "a"})


def test_a_plan_that_leads_out_of_its_data_folder_is_not_read(write, tmp_path):
    write(SMALL, "outside/plan.yaml")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "plan.yaml").symlink_to(tmp_path / "outside" / "plan.yaml")
    catalog = Catalog([tmp_path / "data"])
    assert "leads out of its data folder" in catalog.check()[0].message
    assert catalog.plans() == []


# -- the plan of this project ----------------------------------------------------------------

NUMBERS = {
    "guarantees": (108, 18, 6),
    "mechanisms": (120, 20, 6),
    "patterns": (105, 21, 5),
    "case-studies": (480, 30, 16),
    "incidents": (100, 100, 1),
    "performance": (80, 80, 1),
    "migrations": (60, 60, 1),
    "costs": (60, 60, 1),
    "debug-guides": (80, 80, 1),
    "operations": (54, 54, 1),
}
"""Diagrams, subjects and diagrams a subject of each category."""

VIEWS = [view for category in OWN.categories.values() for view in category.views.values()]


def test_the_plan_has_1247_diagrams():
    assert isinstance(OWN, Plan)
    assert sum(count for count, *_ in NUMBERS.values()) == 1247
    assert OWN.count == 1247


@pytest.mark.parametrize("name", NUMBERS)
def test_a_category_has_its_numbers(name):
    category = OWN.categories[name]
    assert (category.count, category.subjects, category.diagrams_per_subject) == NUMBERS[name]
    if category.diagrams_per_subject > 1:
        assert len(category.views) == category.diagrams_per_subject
        assert len(set(category.subject_names)) == category.subjects


def test_the_categories_are_in_their_order():
    assert list(OWN.categories) == list(NUMBERS)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
def test_a_view_is_complete(view):
    assert set(view.types) <= set(TYPES)
    assert view.purpose.endswith(".")
    assert view.elements
    for element in view.elements:
        assert element.description.endswith(".")
        assert element.check != Check(), element.id


def test_names_of_views_are_unique_in_their_category():
    for category in OWN.categories.values():
        names = [slug(name) for view in category.views.values() for name in {view.id, *view.aliases}]
        assert len(names) == len(set(names)), category.id


@pytest.mark.parametrize(
    ("category", "view", "found"),
    [
        ("case studies", "Global architecture", ("case-studies", "global-architecture")),
        ("Incident", "timeline visualization", ("incidents", "timeline")),
        ("performance", "latency distribution", ("performance", "latency")),
        ("patterns", "architectural_overview", ("patterns", "architecture")),
    ],
)
def test_names_are_found_by_title_and_alias(category, view, found):
    known = OWN.category(category)
    assert (known.id, known.view(view).id) == found


def test_what_is_not_there_is_not_found():
    assert OWN.category("stories") is None
    assert OWN.categories["costs"].view("poem") is None


def test_mermaid_fits_every_view():
    assert all(view.fits("mermaid") for view in VIEWS)


def test_the_wheel_has_no_plan():
    package = ROOT / "sphinx_diagram_ext"
    texts = (path.read_text(encoding="utf-8") for path in package.rglob("*.yaml"))
    assert [text for text in texts if re.search(r"^plan:", text, re.MULTILINE)] == []


@pytest.mark.parametrize("check", ["{}", "{nodes: -5}", "{nodes: 0}", "{roles: {queue: 0}}"])
def test_a_check_that_always_holds_is_refused(write, check):
    problems = wrong(write(BASE.replace("{text: '%', at-least: 2}", check)))
    assert {problem.line for problem in problems} == {14}


def test_a_hint_ends_the_sentence(write):
    (problem,) = wrong(write(BASE.replace("[cost]", "[costs]")))
    assert problem.message.endswith("Did you mean 'cost'?")
