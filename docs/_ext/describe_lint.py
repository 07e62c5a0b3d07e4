"""Describes the rules of the linter and the atlas as MyST text."""

from __future__ import annotations

import dataclasses

from describe import Section, attribute_docs

from sphinx_diagram_ext.atlas import atlas
from sphinx_diagram_ext.lint import RULES, Rule, Severity, Thresholds


def table() -> str:
    """Return a table of the rules."""
    rows = [
        f"| [{rule.id}](#{rule.code}) | {rule.severity} | {'on' if rule.default else 'off'} | {rule.summary} |"
        for rule in RULES.values()
    ]
    return "\n".join(["| Rule | Severity | Default | Finds |", "|---|---|---|---|", *rows, ""])


def rules() -> list[Section]:
    """Describe each rule in a section: why, and a bad and a good sample."""
    return [Section(rule.id, str(rule.code), _rule(rule)) for rule in RULES.values()]


def _rule(rule: Rule) -> str:
    more = "" if rule.default else " Off by default."
    lines = [f"{rule.summary} Severity: {rule.severity}.{more}", "", rule.why, ""]
    if rule.thresholds:
        docs = attribute_docs(Thresholds)
        defaults = {item.name: item.default for item in dataclasses.fields(Thresholds)}
        for name in rule.thresholds:
            lines += [f"`{name.replace('_', '-')}`", f": {docs[name]} Default: {defaults[name]:,}.", ""]
    if rule.id == "shown-nowhere":
        # What is wrong does not stand in the file.
        return "\n".join(lines)
    for title, kind in (("Bad", "bad"), ("Good", "good")):
        lines += [f"{title}:", "", f"```yaml\n{rule.sample(kind)}```", ""]
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
    """Describe the categories of the atlas, their views and what a view must show."""
    return [
        Section(category.title, f"atlas-{category.id}", _category(category.id))
        for category in atlas().categories.values()
    ]


def _category(name: str) -> str:
    category = atlas().categories[name]
    count = f"{category.count} diagrams: {category.subjects} subjects"
    if category.diagrams_per_subject > 1:
        count += f", {category.diagrams_per_subject} views of each"
    lines = [f"`{category.id}`: {category.purpose} {count}.", ""]
    for view in category.views.values():
        elements = "".join(f"\n  - {element.description} (`{element.id}`)" for element in view.elements)
        lines += [f"`{view.id}`", f": {view.purpose} Types: {', '.join(view.types)}.\n{elements}", ""]
    return "\n".join(lines)
