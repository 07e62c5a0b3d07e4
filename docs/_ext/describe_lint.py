"""Describes the rules of the linter and this project's plan as MyST text."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from describe import Section, attribute_docs

from sphinx_diagram_ext.lint import RULES, Rule, Severity, Thresholds
from sphinx_diagram_ext.plan import Category, read_plan

PLAN = Path(__file__).parents[2] / "data" / "atlas" / "plan.yaml"
"""The plan of this project's diagrams."""


def table() -> str:
    """Return a table of the rules."""
    rows = [
        f"| [{rule.id}](#{rule.code}) | {rule.severity} | {'on' if rule.default else 'off'} | {rule.summary} |"
        for rule in RULES.values()
    ]
    return "\n".join(["| Rule | Severity | Default | Finds |", "|---|---|---|---|", *rows, ""])


def rule_page(name: str) -> list[str | Section]:
    """Describe the rule *name*: what it finds, why, and a bad and a good sample."""
    rule = RULES[name]
    parts: list[str | Section] = [_facts(rule), Section("Why", f"{rule.code}-why", rule.why)]
    if name == "shown-nowhere" or not rule.samples:
        # What is wrong does not stand in the file, or not in the file alone.
        return parts
    samples = (("Bad", "bad"), ("Good", "good"))
    return parts + [
        Section(title, f"{rule.code}-{kind}", f"```yaml\n{rule.sample(kind)}```") for title, kind in samples
    ]


def _facts(rule: Rule) -> str:
    lines = [rule.summary, "", "Severity", f": {rule.severity}{'' if rule.default else '; off by default'}", ""]
    docs = attribute_docs(Thresholds)
    defaults = {item.name: item.default for item in dataclasses.fields(Thresholds)}
    for name in rule.thresholds:
        lines += [f"`{name.replace('_', '-')}`", f": {docs[name]} Default: {defaults[name]:,}.", ""]
    lines += ["Leave it out", f": `--ignore {rule.id}`, or `lint: {{ignore: [{rule.id}]}}` in the diagram", ""]
    return "\n".join(lines)


def settings() -> str:
    """Describe thresholds and severities."""
    docs = attribute_docs(Thresholds)
    lines = [
        f"`{item.name.replace('_', '-')}`\n: {docs[item.name]} Default: {item.default:,}.\n"
        for item in dataclasses.fields(Thresholds)
    ]
    levels = attribute_docs(Severity)
    lines += ["Severities:\n", *(f"`{level}`\n: {levels[level.name]}\n" for level in Severity)]
    return "\n".join(lines)


def categories() -> list[Section]:
    """Describe the categories of this project's plan, their views and what a view must show."""
    categories = read_plan(PLAN).categories.values()
    return [Section(category.title, f"plan-{category.id}", _category(category)) for category in categories]


def _category(category: Category) -> str:
    count = f"{category.count} diagrams: {category.subjects} subjects"
    if (category.diagrams_per_subject or 1) > 1:
        count += f", {category.diagrams_per_subject} views of each"
    lines = [f"`{category.id}`: {category.purpose} {count}.", ""]
    for view in category.views.values():
        elements = "".join(f"\n  - {element.description} (`{element.id}`)" for element in view.elements)
        lines += [f"`{view.id}`", f": {view.purpose} Types: {', '.join(view.types)}.\n{elements}", ""]
    return "\n".join(lines)
