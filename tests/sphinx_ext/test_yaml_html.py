"""Data that is shown on a page: every character of it, none of it as HTML, coloured."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_diagram_ext.sphinx_ext.writers.yaml_highlight import highlighted

SAMPLE = """\
# A comment
diagram:
  type: flow   # another
  title: "It's: \\"quoted\\""
  nodes:
    a: {name: Don't break, details: ['x ''y''', z]}
    order service: https://example.org/a:b#c
  flows:
    - from: a
      to: b
  source: |
    flowchart LR
      a[key: no key] --> b

  summary: >-
    folded: text
  end: <script>
"""


def marked(yaml: str, name: str) -> list[str]:
    return [item.get_text() for item in BeautifulSoup(highlighted(yaml), "html.parser").find_all(class_=name)]


def test_what_is_coloured_how() -> None:
    assert marked(SAMPLE, "c1") == ["# A comment", "# another"]
    assert marked(SAMPLE, "s2") == ['"It\'s: \\"quoted\\""']
    assert marked(SAMPLE, "s1") == ["'x ''y'''"]
    assert marked(SAMPLE, "l") == ["    flowchart LR\n      a[key: no key] --> b\n\n", "    folded: text\n"]
    assert marked(SAMPLE, "nt") == [
        *("diagram:", "type:", "title:", "nodes:", "a:", "name:", "details:", "order service:"),
        *("flows:", "from:", "to:", "source:", "summary:", "end:"),
    ]
    assert BeautifulSoup(highlighted(SAMPLE), "html.parser").find("script") is None


@example(yaml="a: <b>&amp;</b>")
@given(yaml=st.text(alphabet=st.sampled_from("ab: \n-#|>{}[],\"'<>&\\é"), max_size=200) | st.text(max_size=100))
def test_every_character_is_shown_as_text(yaml: str) -> None:
    soup = BeautifulSoup(highlighted(yaml), "html.parser")
    shown = yaml.strip("\n").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�")
    assert soup.get_text().rstrip("\n").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "�") == shown
    assert {item.name for item in soup.find_all()} <= {"div", "pre", "span"}


@pytest.mark.parametrize("part", ["a ", "'", '"', "a: ", "|\n ", "- ", "#", "''", "> ", "\\"])
def test_a_long_text_is_no_trap(part: str) -> None:
    shown = re.sub("<[^>]*>", "", highlighted(part * 60_000))
    assert len(shown.strip("\n")) >= len(part.strip() * 60_000)
