"""YAML as highlighted HTML.

Pygments takes longer for a data file than the engine takes to draw it. What data files use of YAML
is told apart by one pattern here, with the classes of Pygments (https://pygments.org/docs/tokens/),
so that the site's own style colours it.
"""

from __future__ import annotations

import re
from html import escape

_TOKEN = re.compile(
    r"""
      ^(?P<indent>[ ]*)(?P<head>[^\n]*(?:\||&gt;)[-+0-9]*)\n(?P<block>(?:(?P=indent)[ ]+[^\n]*\n|[ ]*\n)+)
    | (?P<c1>(?:^|(?<=\s))\#[^\n]*)
    | (?P<s2>"(?:[^"\\\n]|\\.)*")
    | (?P<s1>'(?:[^'\n]|'')*')
    | (?P<nt>[^\s{}\[\],"'\#:-][^{}\[\],"'\#:\n]{0,80}:(?=\s|\Z))
    | (?P<p>[{}\[\],]|-(?=\s))
    | (?P<word>[^\s{}\[\],]+)
    """,
    re.VERBOSE | re.MULTILINE,
)


def highlighted(yaml: str) -> str:
    """Return *yaml* as the block of HTML that Sphinx's own highlighter would make of it."""
    text = escape(yaml.strip("\n"), quote=False) + "\n"
    return f'<div class="highlight"><pre><span></span>{_TOKEN.sub(_marked, text)}</pre></div>\n'


def _marked(found: re.Match[str]) -> str:
    if found["block"] is not None:
        return f'{found["indent"]}{_TOKEN.sub(_marked, found["head"])}\n<span class="l">{found["block"]}</span>'
    if found.lastgroup == "word":
        return found[0]
    return f'<span class="{found.lastgroup}">{found[0]}</span>'
