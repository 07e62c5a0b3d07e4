"""The linter in a build."""

from __future__ import annotations

import pytest

NO_SUMMARY = "diagram:\n  type: flow\n  title: One\n  nodes: {a: Alpha, b: {name: Beta, tone: problem}}\n"
PAGE = "# Index\n\n```{cdc-diagram} shop/one\n```\n"
SAID = "data/shop/one.yaml:3: WARNING: The diagram has no summary; say in a sentence what it shows."


@pytest.fixture
def shop(site):
    site.write("data/shop/one.yaml", NO_SUMMARY)
    site.write("index.md", PAGE)
    return site


def test_it_is_off_by_default(shop):
    assert shop.build().warnings == ""


def test_findings_are_warnings_at_the_data_file(shop):
    built = shop.build(cdc_diagram_lint=True, cdc_diagram_lint_options={"ignore": ["shown-nowhere"]})
    assert SAID in built.warnings
    assert built.warnings.count("WARNING") == 1
    assert "The node 'Beta' has the tone 'problem' and no explanation." in built.app.status.getvalue()


def test_named_rules_only(shop):
    built = shop.build(cdc_diagram_lint=["explanation-missing"])
    assert "data/shop/one.yaml:4: WARNING: The node 'Beta' has the tone 'problem'" in built.warnings
    assert built.warnings.count("WARNING") == 1


def test_what_no_page_shows(shop):
    built = shop.build(cdc_diagram_lint=["shown-nowhere", "summary-missing"])
    assert SAID in built.warnings
    assert "data/spare.yaml:3: WARNING: No page shows the diagram 'spare'" in built.warnings
    assert built.warnings.count("WARNING") == 2


def test_a_finding_is_suppressed_by_its_subtype(shop):
    built = shop.build(cdc_diagram_lint=["summary-missing"], suppress_warnings=["cdc.lint-summary-missing"])
    assert built.warnings == ""


def test_diagrams_of_a_page_itself(shop):
    shop.write(
        "index.md",
        "# Index\n\n```{cdc-diagram}\n:name: mine\n\ndiagram:\n  type: flow\n  title: Mine\n  nodes: {a: TODO}\n```\n",
    )
    built = shop.build(cdc_diagram_lint=["placeholder-text"])
    assert "index.md:9: WARNING: The text 'TODO' is a placeholder" in built.warnings


def test_pages_read_in_parallel(shop):
    for number in range(6):
        shop.write(f"page{number}.md", "# Page\n\n```{cdc-diagram} shop/one\n```\n")
    pages = "\n".join(f"page{number}" for number in range(6))
    shop.write("index.md", f"{PAGE}\n```{{toctree}}\n{pages}\n```\n")
    built = shop.build(parallel=2, cdc_diagram_lint=["summary-missing"])
    assert built.warnings.count("has no summary") == 1


PLANNED = "diagram:\n  type: flow\n  title: One\n  category: {}\n  nodes: {{a: Alpha}}\n"


@pytest.fixture
def planned(shop):
    shop.write("data/shop/one.yaml", PLANNED.format("bills"))
    shop.write("data/plan.yaml", "plan: {categories: {bills: }}\n")
    return shop


OPTIONS = {"cdc_diagram_lint": ["category-unknown"], "cdc_diagram_plan": "data/plan.yaml"}


def test_a_change_of_the_plan_lints_the_diagrams_again(planned):
    assert planned.build(**OPTIONS).warnings == ""
    assert planned.build(**OPTIONS).read == []
    planned.write("data/plan.yaml", "plan: {categories: {bill: }}\n")
    said = "data/shop/one.yaml:4: WARNING: There is no category 'bills'; one of bill. Did you mean 'bill'?"
    changed = planned.build(**OPTIONS)
    assert said in changed.warnings
    assert planned.build(**OPTIONS).warnings == ""
    planned.write("data/plan.yaml", "plan: {categories: {bills: }}\n")
    assert planned.build(**OPTIONS).read == ["index"]


def test_a_plan_is_no_diagram(planned):
    planned.write("index.md", "# Index\n\n```{cdc-diagram} plan\n```\n\n{cdc:diagram}`plan`\n")
    built = planned.build(**OPTIONS)
    assert built.warnings.count("'plan' is a plan, not a diagram (") == 2
    assert built.warnings.count("WARNING") == 2


@pytest.mark.parametrize("lint", [True, False])
def test_a_plan_that_cannot_be_used_is_a_warning(planned, lint):
    planned.write("data/plan.yaml", "plan:\n  categories: {bills: {count: 0}}\n")
    built = planned.build(**OPTIONS | {"cdc_diagram_lint": ["category-unknown"] if lint else False})
    assert "data/plan.yaml:2: WARNING: Found '0': input should be greater than or equal to 1." in built.warnings
    assert built.warnings.count("WARNING") == 1
    built = planned.build(**OPTIONS | {"cdc_diagram_plan": "nowhere.yaml"})
    assert "nowhere.yaml:1: WARNING: The plan does not exist; create the file or fix" in built.warnings
    built = planned.build(**OPTIONS | {"cdc_diagram_plan": 3})
    assert "cdc_diagram_plan in conf.py: found 3, wanted str or NoneType." in built.warnings


def test_a_view_of_the_plan_may_name_a_type_of_the_project(planned):
    planned.write("types/handover.mmd.j2", "flowchart LR\n{% for node in nodes %}  {{ node.id }}\n{% endfor %}")
    planned.write("data/plan.yaml", "plan: {categories: {bills: {views: {all: {types: [handover]}}}}}\n")
    assert "there is no diagram type of that name" in planned.build(**OPTIONS).warnings
    assert planned.build(**OPTIONS, cdc_diagram_types=["types"]).warnings == ""


def test_a_broken_diagram_is_said_once(shop):
    shop.write("data/shop/one.yaml", "diagram:\n  type: mermaid\n  title: M\n  source: flowchart x(\n")
    built = shop.build(cdc_diagram_lint=True, cdc_diagram_lint_options={"ignore": ["shown-nowhere"]})
    assert built.warnings.count("WARNING") == 1
    assert "does not parse" in built.warnings


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"cdc_diagram_lint": ["nameing"]}, "cdc_diagram_lint in conf.py: found 'nameing' in the list"),
        ({"cdc_diagram_lint_options": {"thresholds": {"max-node": 3}}}, "Did you mean 'max_nodes'?"),
    ],
)
def test_configuration_that_cannot_be_used(shop, values, said):
    built = shop.build(**values)
    assert said in built.warnings
    assert built.warnings.count("WARNING") == 1


def test_a_second_build_says_nothing_again(shop):
    options = {"cdc_diagram_lint": ["summary-missing"]}
    assert SAID in shop.build(**options).warnings
    assert shop.build(**options).warnings == ""
