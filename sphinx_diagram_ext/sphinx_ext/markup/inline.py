"""Parser of MyST inline markup: tokens of markdown-it-py become docutils nodes.

The rules are those of a list. What it leaves out (footnotes, substitutions, attributes, block markup) is text; HTML and
images are tokens only so that a warning can name them.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from docutils import nodes
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from sphinx_diagram_ext.sphinx_ext.markup import rest_habits
from sphinx_diagram_ext.sphinx_ext.markup.allowed_roles import role_nodes
from sphinx_diagram_ext.sphinx_ext.markup.links import link_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token
    from sphinx.config import Config

    from sphinx_diagram_ext.sphinx_ext.markup.origin import Origin

MAX_DEPTH = 20
"""Levels of nesting in a paragraph; docutils walks them by recursion."""

_RULES = ("escape", "backticks", "emphasis", "link", "autolink", "entity", "html_inline", "image")
_SPANS: Final = {"em_open": nodes.emphasis, "strong_open": nodes.strong, "link_open": nodes.inline}


class TooDeepError(Exception):
    """Markup nests more than ``MAX_DEPTH`` levels deep."""


def parse_inline(text: str, origin: Origin) -> list[nodes.Node]:
    """Return *text*, a paragraph of MyST, as inline nodes; not yet restricted.

    Raises:
        TooDeepError: it nests too deeply.
    """
    (block,) = _parser(*_dollar_math(origin.env.config)).parseInline(text)
    return _walk(block.children or [], origin)


def _dollar_math(config: Config) -> tuple[bool, bool, bool]:
    """Tell whether the site has ``$formulas$``, and whether spaces and digits may be at their dollars."""
    wanted = "dollarmath" in getattr(config, "myst_enable_extensions", ())
    return wanted, getattr(config, "myst_dmath_allow_space", True), getattr(config, "myst_dmath_allow_digits", True)


@cache
def _parser(dollar_math: bool, allow_space: bool, allow_digits: bool) -> MarkdownIt:  # noqa: FBT001 - the key of a cache
    parser = MarkdownIt("zero", {"html": True}).enable(_RULES).use(myst_role_plugin)
    if dollar_math:
        parser.use(dollarmath_plugin, allow_space=allow_space, allow_digits=allow_digits)
    return parser


def _walk(tokens: Sequence[Token], origin: Origin) -> list[nodes.Node]:
    """Return the nodes of *tokens*, without recursion: each token that opens something has one that closes it."""
    root = nodes.inline()
    opened: list[tuple[Token, nodes.Element]] = []
    for at, token in enumerate(tokens):
        inside = opened[-1][1] if opened else root
        if token.nesting > 0:
            opened.append((token, _SPANS[token.type]()))
            if len(opened) >= MAX_DEPTH:
                raise TooDeepError
        elif token.nesting < 0:
            first, done = opened.pop()
            around = opened[-1][1] if opened else root
            around += link_nodes(first, done.children, origin) if first.type == "link_open" else [done]
        else:
            inside += _leaf(tokens, at, origin)
    return root.children


def _leaf(tokens: Sequence[Token], at: int, origin: Origin) -> list[nodes.Node]:
    token = tokens[at]
    content = token.content
    match token.type:
        case "code_inline":
            return [_code(tokens, at, origin)]
        case "myst_role":
            return role_nodes(token.meta["name"], content, origin)
        case "math_inline":
            return [nodes.math(content, content)]
        case "html_inline":
            origin.warn("HTML (%s) is not allowed in data; it is shown as text.", content)
        case "image":
            origin.warn("An image is not allowed in data; its text is shown as it is.")
        case _:
            if habit := rest_habits.of_text(content):
                origin.warn("%s", habit)
    return [nodes.Text(content)] if content else []


def _code(tokens: Sequence[Token], at: int, origin: Origin) -> nodes.Node:
    """Return the code of a token, or the text as it was written if it is a role or a link of reST."""
    token = tokens[at]
    habit = None
    if token.markup == "`":
        habit = rest_habits.of_code(_text(tokens, at - 1), token.content, _text(tokens, at + 1))
    if habit:
        origin.warn("%s", habit)
        return nodes.Text(f"`{token.content}`")
    return nodes.literal(token.content, token.content)


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].content if 0 <= at < len(tokens) and tokens[at].type == "text" else ""
