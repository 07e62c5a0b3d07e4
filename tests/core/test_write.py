"""Pictures are written as ElementTree writes them."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from sphinx_diagram_ext.svg.write import write

NAMES = st.text("abcxyz-", min_size=1, max_size=6)
TEXTS = st.none() | st.text(max_size=12) | st.text("&<>\"'\r\n\t ]a;", max_size=12)
VALUES = TEXTS.map(lambda text: text or "")


def element(tag, attributes, text, tail, children):
    made = ET.Element(tag, attributes)
    made.text, made.tail = text, tail
    made.extend(children)
    return made


ELEMENTS = st.recursive(
    st.builds(element, NAMES, st.dictionaries(NAMES, VALUES, max_size=3), TEXTS, TEXTS, st.just([])),
    lambda inner: st.builds(
        element, NAMES, st.dictionaries(NAMES, VALUES, max_size=3), TEXTS, TEXTS, st.lists(inner, max_size=3)
    ),
    max_leaves=8,
)


@given(ELEMENTS)
def test_a_picture_is_written_as_elementtree_writes_it(root):
    assert write(root) == ET.tostring(root, encoding="unicode")
