"""The categories of the atlas as data."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from sphinx_diagram_ext.atlas import Category, Check, atlas, slug
from sphinx_diagram_ext.types import TYPES

PLAN = {
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
"""Diagrams, subjects and diagrams a subject, as the plan has them."""

PLANNED_TYPES = {
    *("topology", "failure-sequence", "state", "cascade", "latency", "curve", "utilisation", "cost", "migration"),
    *("journey", "evolution", "ownership", "pipeline", "dashboard", "matrix", "schema", "protocol"),
}

VIEWS = [view for category in atlas().categories.values() for view in category.views.values()]


def test_the_plan_has_1247_diagrams():
    assert sum(count for count, *_ in PLAN.values()) == 1247
    assert atlas().count == 1247


@pytest.mark.parametrize("name", PLAN)
def test_a_category_has_the_numbers_of_the_plan(name):
    category = atlas().categories[name]
    assert (category.count, category.subjects, category.diagrams_per_subject) == PLAN[name]
    assert category.subjects * category.diagrams_per_subject == category.count
    if category.diagrams_per_subject > 1:
        assert len(category.views) == category.diagrams_per_subject
        assert len(set(category.names)) == category.subjects


def test_the_categories_are_those_of_the_plan():
    assert list(atlas().categories) == list(PLAN)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
def test_a_view_is_complete(view):
    assert set(view.types) <= {*TYPES, *PLANNED_TYPES}
    assert view.purpose.endswith(".")
    assert view.elements
    for element in view.elements:
        assert element.description.endswith(".")
        assert element.check != Check(), element.id


def test_names_of_views_are_unique_in_their_category():
    for category in atlas().categories.values():
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
    known = atlas().category(category)
    assert (known.id, known.view(view).id) == found


def test_what_is_not_there_is_not_found():
    assert atlas().category("stories") is None
    assert atlas().categories["costs"].view("poem") is None


def test_a_category_that_does_not_add_up_is_refused():
    data = {**atlas().categories["costs"].model_dump(by_alias=True), "count": 61}
    with pytest.raises(ValidationError, match=re.escape("costs: 60 x 1 is not 61")):
        Category.model_validate(data)


def test_mermaid_fits_every_view():
    assert all(view.fits("mermaid") for view in VIEWS)
