"""Linter in a build: findings become warnings at the data file and its line."""

from __future__ import annotations

import contextlib
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_diagram_ext.catalog.bindings import broken_bindings
from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.errors import ProblemsError, printable
from sphinx_diagram_ext.lint import Severity, lint
from sphinx_diagram_ext.lint.run import active_rules
from sphinx_diagram_ext.sphinx_ext.build_tools.build import Build
from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.logging import info, warn, warn_all
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_diagram_ext.lint import Finding
    from sphinx_diagram_ext.model import Diagram

_UNSHOWN = "shown-nowhere"


def lint_shown(app: Sphinx, env: BuildEnvironment) -> None:
    """Say what could be better in the diagrams that pages show, once they are all read.

    A finding is a warning; one of the severity "info" is a line of status, unless conf.py
    names its rule.
    """
    domain = DiagramDomain.of(env)
    options = Build.of(domain.env).options
    settings = options.lint_settings(Path(app.confdir))
    if settings is None:
        return
    named = options.lint is not True
    shown = set(domain.shown_on)
    findings = lint(_shown_diagrams(domain), settings, shown=shown, engine=Build.of(domain.env).engine)
    if any(rule.id == _UNSHOWN for rule in active_rules(settings)):
        others = (diagram for diagram in Build.of(domain.env).catalog if diagram.id not in shown)
        findings += lint(others, dataclasses.replace(settings, rules=(_UNSHOWN,)), shown=shown)
    for finding in findings:
        _say(finding, named=named)


def _say(finding: Finding, *, named: bool) -> None:
    location = printable(f"{finding.path}:{max(finding.line, 1)}")
    if finding.severity is Severity.INFO and not named:
        info("%s: %s [cdc.%s]", location, finding.message, finding.code)
    else:
        warn(finding.code, "%s", finding.message, location=location)


def _shown_diagrams(domain: DiagramDomain) -> Iterator[Diagram]:
    """Yield each diagram that a page shows, as its data file has it; inline ones from their page."""
    build = Build.of(domain.env)
    for diagram_id, docname in sorted(domain.shown_on.items()):
        if diagram_id not in build.catalog:
            yield from _inline(domain, diagram_id, docname)
            continue
        try:
            yield pipeline.inspect(build.catalog.get(diagram_id), build.engine, build.options.bounds())
        except ProblemsError:
            # The page that shows it has said so already.
            continue


def _inline(domain: DiagramDomain, diagram_id: str, docname: str) -> Iterator[Diagram]:
    for node in domain.env.get_doctree(docname).findall(cdc_diagram):
        if node["diagram_id"] == diagram_id:
            with contextlib.suppress(ProblemsError):  # its page has said so
                yield Build.of(domain.env).shown(node)[0]
            return


def say_bindings(app: Sphinx, env: BuildEnvironment) -> None:
    """Say which elements stand for something that is gone, and which diagrams show them."""
    domain = DiagramDomain.of(env)
    users = {
        name: [place for place, records in domain.diagrams().items() if name in records[0].elements]
        for name, element in domain.catalog.shared.elements.items()
        if element.broken
    }
    warn_all(broken_bindings(domain.catalog.shared.elements, users))
