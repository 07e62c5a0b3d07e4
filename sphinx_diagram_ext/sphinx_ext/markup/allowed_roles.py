"""Roles that data may use: those that refer, and those of docutils and Sphinx that only style their text.

A role is a function that runs, so roles are chosen by what they are. A name says nothing: an extension can give its
own function the name ``kbd``, and a page can make ``kbd`` a kind of ``raw``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from docutils.parsers.rst import roles, states
from docutils.parsers.rst.languages import get_language
from sphinx.domains.math import MathReferenceRole
from sphinx.ext.intersphinx import IntersphinxRole, InventoryAdapter
from sphinx.roles import XRefRole, code_role, generic_docroles, specific_docroles
from sphinx.util.docutils import LoggingReporter

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin

_ENGLISH: Final[Any] = get_language("en")
_NODES: Final = {
    "abbreviation": nodes.abbreviation,
    "emphasis": nodes.emphasis,
    "literal": nodes.literal,
    "strong": nodes.strong,
    "sub": nodes.subscript,
    "subscript": nodes.subscript,
    "sup": nodes.superscript,
    "superscript": nodes.superscript,
    "t": nodes.title_reference,
    "title": nodes.title_reference,
    "title-reference": nodes.title_reference,
}


def _with_class(name: str, node: type[nodes.Node]) -> roles.CustomRole:
    """Return a role as Sphinx makes those of ``generic_docroles``."""
    role: Any = roles.GenericRole(name, node)
    return roles.CustomRole(name, role, {"classes": [name]})


_STYLES: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: roles.GenericRole(name, node) for name, node in _NODES.items()},
    **{name: _with_class(name, node) for name, node in generic_docroles.items()},
    **{name: role for name, role in specific_docroles.items() if name != "download"},
    "code": code_role,
    "eq": MathReferenceRole(warn_dangling=True),
    "math": roles.math_role,
}
"""Roles of docutils and Sphinx that only style or link their text, whatever else has their names."""


def role_nodes(name: str, text: str, origin: Origin) -> list[nodes.Node]:
    """Return what the role *name* makes of *text*; the text and a warning if data may not use the role."""
    found = _styling(name) or _external(name, origin) or _referring(name, origin)
    if found is None:
        message = "The role %r is not allowed in data; its text is shown as it is."
        if not _is_known(name, origin):
            message = "There is no role %r; its text is shown as it is."
        origin.warn(message, name)
        return [nodes.Text(text)]
    full_name, role = found
    made, _messages = role(full_name, f":{full_name}:`{text}`", text, origin.line, _inliner(origin))
    return list(made)


def _styling(name: str) -> tuple[str, Callable[..., Any]] | None:
    role = _STYLES.get(name.lower())
    return None if role is None else (name.lower(), role)


def _referring(name: str, origin: Origin) -> tuple[str, Callable[..., Any]] | None:
    """Return a cross-referencing role of a domain and its full name."""
    found = _of_domain(name, origin)
    return found if found and isinstance(found[1], XRefRole) else None


def _of_domain(name: str, origin: Origin) -> tuple[str, Any] | None:
    """Return the role *name* (``domain:role`` or ``role``) of a domain and its full name.

    Without a domain the site's primary one is asked first, then ``std``, as on a page that sets no default domain.
    """
    domain_name, _colon, role_name = name.lower().rpartition(":")
    domains = origin.env.domains
    for domain in [domain_name] if domain_name else [origin.env.config.primary_domain or "std", "std"]:
        if domain in domains and role_name in domains[domain].roles:
            return f"{domain}:{role_name}", domains[domain].roles[role_name]
    return None


def _external(name: str, origin: Origin) -> tuple[str, Callable[..., Any]] | None:
    """Return Sphinx's own role for ``external:...`` and ``external+project:...``, if what it refers with may be used.

    Source: https://www.sphinx-doc.org/en/master/usage/extensions/intersphinx.html#role-external
    """
    prefix, _colon, inner = name.partition(":")
    head, plus, project = prefix.partition("+")
    if head.lower() != "external" or not inner or "intersphinx_mapping" not in origin.env.config:
        return None
    found = _referring(inner, origin)
    if found is None or (plus and project not in InventoryAdapter(origin.env).named_inventory):
        return None
    full_name = f"external{plus}{project}:{found[0]}"
    return full_name, IntersphinxRole(full_name)


def _is_known(name: str, origin: Origin) -> bool:
    """Tell whether the page could use a role of this name."""
    if _of_domain(name, origin) is not None:
        return True
    if ":" in name:  # Sphinx would warn of it, without a location
        return False
    registered, _messages = roles.role(name, _ENGLISH, origin.line, _reporter(origin))
    return registered is not None


def _inliner(origin: Origin) -> states.Inliner:
    """Return what a role knows about its surroundings: a document of its own, which is thrown away.

    Targets and footnotes that a role notes are so no names of the page.
    Source: https://docutils.sourceforge.io/docs/howto/rst-roles.html
    """
    inliner: Any = states.Inliner()
    inliner.reporter = _reporter(origin)
    inliner.document = nodes.document(origin.page.settings, inliner.reporter, source=origin.path)
    inliner.language = _ENGLISH
    inliner.parent = inliner.document
    return inliner  # type: ignore[no-any-return]


def _reporter(origin: Origin) -> Any:
    """Return a reporter whose messages name the line of the data file."""
    page = origin.page.reporter
    reporter: Any = LoggingReporter(origin.path, page.report_level, page.halt_level)
    reporter.get_source_and_line = lambda number=None: (origin.path, number or origin.line)
    return reporter
