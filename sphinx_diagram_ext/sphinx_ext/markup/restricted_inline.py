"""Inline markup that may be a stranger's, parsed apart from the page that shows it.

Markup has effects beyond its nodes: a role is a function that runs, a target takes a name on
the page, a footnote reference waits for a transform of the page. Data gets a document of its
own, which is thrown away, and roles that only refer or only style.
"""

from __future__ import annotations

import copy
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes
from sphinx.roles import XRefRole
from sphinx.util.docutils import CustomReSTDispatcher, LoggingReporter

from sphinx_diagram_ext.errors import Code
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from sphinx.domains import Domain
    from sphinx.util.docutils import SphinxDirective

Found: TypeAlias = tuple[list[nodes.Node], list[nodes.system_message]]

_STYLES = frozenset(
    [
        "",
        "abbr",
        "abbreviation",
        "any",
        "code",
        "command",
        "cve",
        "cwe",
        "dfn",
        "emphasis",
        "eq",
        "file",
        "guilabel",
        "kbd",
        "literal",
        "mailheader",
        "makevar",
        "manpage",
        "math",
        "menuselection",
        "mimetype",
        "newsgroup",
        "pep",
        "program",
        "regexp",
        "rfc",
        "samp",
        "strong",
        "sub",
        "subscript",
        "sup",
        "superscript",
        "t",
        "title",
        "title-reference",
    ]
)
"""Roles of docutils and Sphinx that only style or link their text."""

_MYST_RULES = ("substitution_inline", "substitution_block", "footnote_ref", "footnote_inline", "attr", "span")
"""Rules of MyST that data may not use: Jinja outside any sandbox, names and classes of the page."""


def parse_apart(directive: SphinxDirective, text: str, path: str, line: int) -> list[nodes.Node]:
    """Return *text*, of the line *line* of the data file *path*, as inline nodes."""
    document = _document(directive, path, line)
    with DataRoles(directive, path, line):
        renderer = getattr(directive.state, "_renderer", None)
        if renderer is None:
            return _parse_rst(directive, text, document, line)
        with _within(renderer, document):
            return list(directive.parse_inline(text, lineno=line)[0])


class DataRoles(CustomReSTDispatcher):
    """Finds roles as the page does, and exchanges those that data may not run."""

    def __init__(self, directive: SphinxDirective, path: str, line: int) -> None:
        super().__init__()
        self._domains = directive.env.domains
        self._default: Domain | None = directive.env.current_document.default_domain
        self._place = f"{path}:{line}"

    def role(self, role_name: str, language_module: ModuleType, lineno: int, reporter: Any) -> Any:
        """Return what runs the role *role_name*."""
        found, messages = super().role(role_name, language_module, lineno, reporter)
        if found is None:
            return self._unknown, []
        return (found if self._allowed(role_name.casefold()) else self._refused), messages

    def _allowed(self, name: str) -> bool:
        if name in _STYLES or name.startswith("external"):
            return True
        domain_name, _colon, role = name.rpartition(":")
        if domain_name:
            domains = [self._domains[domain_name]] if domain_name in self._domains else []
        else:
            domains = [domain for domain in (self._default, self._domains["std"]) if domain is not None]
        known = next((domain.roles[role] for domain in domains if role in domain.roles), None)
        return isinstance(known, XRefRole)

    def _unknown(self, name: str, rawtext: str, text: str, *rest: Any, **more: Any) -> Found:
        return self._text(text, "There is no role %r; its text is shown as it is.", name)

    def _refused(self, name: str, rawtext: str, text: str, *rest: Any, **more: Any) -> Found:
        return self._text(text, "The role %r is not allowed in data; its text is shown as it is.", name)

    def _text(self, text: str, message: str, name: str) -> Found:
        warn(Code.MARKUP, message, name, location=self._place)
        return [nodes.Text(text)], []


def _document(directive: SphinxDirective, path: str, line: int) -> nodes.document:
    """Return an empty document whose messages name the place in the data file."""
    page = directive.state.document
    reporter: Any = LoggingReporter(path, page.reporter.report_level, page.reporter.halt_level)
    reporter.get_source_and_line = lambda number=None: (path, number or line)
    return nodes.document(page.settings, reporter, source=path)


def _parse_rst(directive: SphinxDirective, text: str, document: nodes.document, line: int) -> list[nodes.Node]:
    state: Any = directive.state
    memo = copy.copy(state.memo)
    memo.document, memo.reporter = document, document.reporter
    inliner = copy.copy(state.inliner)
    memo.inliner = inliner
    return list(inliner.parse(text, line, memo, document)[0])


@contextmanager
def _within(renderer: Any, document: nodes.document) -> Iterator[None]:
    """Have MyST's *renderer* write to *document*, without the rules that data may not use."""
    page, reporter, parent = renderer.document, renderer.reporter, renderer.current_node
    renderer.document, renderer.reporter = document, document.reporter
    try:
        with renderer.md.reset_rules():
            renderer.md.disable(_MYST_RULES, ignoreInvalid=True)
            yield
    finally:
        # MyST leaves its place behind when it raises.
        renderer.document, renderer.reporter, renderer.current_node = page, reporter, parent
