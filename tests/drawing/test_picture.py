"""The picture: an object that is asked, never a text that is read back."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import GOOD, good

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.ids import ANCHOR, MARKS, without_marks
from sphinx_diagram_ext.drawing.kept_pictures import read_kept
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.model import anchor_parts
from sphinx_diagram_ext.palette import DARK_BASE, LIGHT_BASE

LINE = LIGHT_BASE["line"]
SVG = (
    f'<svg width="20" height="10" role="img" aria-labelledby="{ANCHOR}-title">'
    f'<title id="{ANCHOR}-title">T</title><g id="{ANCHOR}--a" stroke="{LINE}"><rect x="1" points="2" /></g></svg>'
)


@pytest.fixture
def picture() -> Picture:
    return Picture.of(ET.fromstring(SVG), "T")


def test_what_others_need_is_asked_for(picture: Picture) -> None:
    assert (picture.width, picture.height, picture.title, picture.anchors) == (20.0, 10.0, "T", ("a",))


def test_as_programs_read_it(picture: Picture) -> None:
    assert picture.plain("d") == SVG.replace(ANCHOR, "d")


def test_on_a_page_colours_are_properties_and_titles_are_not_searched(picture: Picture) -> None:
    assert picture.inline("d") == (
        SVG.replace(ANCHOR, "d").replace(LINE, "var(--cdc-line)").replace("<title", '<title class="nohighlight"')
    )


def test_an_interactive_picture_is_a_group(picture: Picture) -> None:
    assert picture.inline("d", interactive=True) == picture.inline("d").replace('role="img"', 'role="group"')


def test_a_label_takes_the_place_of_the_title_and_is_quoted(picture: Picture) -> None:
    found = ET.fromstring(picture.inline("d", label='a "b" <c> &'))
    assert found.get("aria-label") == 'a "b" <c> &'
    assert "aria-labelledby" not in found.attrib


def test_a_width_takes_the_place_of_the_size(picture: Picture) -> None:
    found = ET.fromstring(picture.inline("d", width="50%"))
    assert (found.get("width"), found.get("height")) == ("50%", None)


def test_a_file_is_svg_1_1_in_either_scheme(picture: Picture) -> None:
    light = SVG.replace(ANCHOR, "cdc").replace(' points="2"', "")
    assert picture.standalone() == light
    assert picture.standalone("dark") == light.replace(LINE, DARK_BASE["line"])


@pytest.mark.parametrize("name", sorted(GOOD))
def test_every_anchor_of_a_node_is_known_and_a_cache_gives_back_the_same(engine, name: str) -> None:
    diagram = pipeline.inspect(good(name), engine)
    picture = pipeline.draw(diagram, pipeline.check(diagram, engine), engine)
    assert picture.title == diagram.title.text
    assert {*picture.anchors} <= {*anchor_parts(diagram).values()}
    assert Picture.decode(picture.encode()) == picture
    assert read_kept(picture.encode()) == picture
    ids = {one.get("id") for one in ET.fromstring(picture.inline("d")).iter()}
    assert {f"d--{part}" for part in picture.anchors} <= ids


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_whatever_a_cache_holds_is_a_picture_or_none(content: bytes) -> None:
    assert Picture.decode(content) is None


@pytest.mark.parametrize("size", ["", "0", "-1", "x", "nan"])
def test_a_kept_picture_without_a_size_is_none(size: str) -> None:
    damaged = Picture((("width", size), ("height", "10")), "", "T")
    assert Picture.decode(damaged.encode()) is None


@given(st.text(alphabet=st.sampled_from([*MARKS, "a", "-", '"', " "])))
def test_marks_in_a_text_from_elsewhere_stay_text(text: str) -> None:
    root = ET.fromstring("<svg width='1' height='1'><text/></svg>")
    root[0].text = without_marks(text)
    found = ET.fromstring(Picture.of(root).inline("d"))
    assert found[0].text == (without_marks(text) or None)


SIZE = (("width", "20"), ("height", "10"))


@pytest.mark.parametrize(
    "content",
    [
        "<script>alert(1)</script>",
        "<style>*{fill:red}</style>",
        "<foreignObject/>",
        "<image href='https://evil.example/x.png'/>",
        "<title><img src='x'/></title>",
        "</svg><script>alert(1)</script><svg>",
        "<rect onclick='x()'/>",
        '<rect \U00100003onclick="x()"/>',
        '<rect \U00100005style="fill:red"/>',
        "<rect style='mask:url(https://evil.example/x)'/>",
        "<rect fill='url(https://evil.example/x)'/>",
        "<rect fill='u\\72l(https://evil.example/x)'/>",
        "<rect fill='\U00100001x-no-colour\U00100002'/>",
        "<a href='javascript:x()'/>",
        "<a href='data:text/html,x'/>",
        "<use href='https://evil.example/x.svg#a'/>",
        "<use xlink:href='https://evil.example/x.svg#a'/>",
        "<!-- x -->",
        "<![CDATA[x]]>",
        "<?x y?>",
        "<g>",
        "&nbsp;",
    ],
)
def test_a_kept_picture_that_holds_more_than_we_write_is_none(content: str) -> None:
    for picture in (
        Picture(SIZE, content, "T"),
        Picture(SIZE, "<g/>", "T", narrow=Picture(SIZE, content, "T")),
    ):
        assert Picture.decode(picture.encode()) == picture
        assert read_kept(picture.encode()) is None


@pytest.mark.parametrize(
    "attribute",
    [("onload", "x()"), ("x onload", "1"), ("style", "a"), ("role", "button"), ("xmlns", "x"), ("href", "#a")],
)
def test_so_is_one_whose_root_does(attribute: tuple[str, str]) -> None:
    assert read_kept(Picture((*SIZE, attribute), "", "T").encode()) is None


@pytest.mark.parametrize("content", ["<g/>", "<a href='https://example.org/'><text>x</text></a>", "<use href='#a'/>"])
def test_a_kept_picture_of_what_we_write_is_taken(content: str) -> None:
    picture = Picture(SIZE, content, "T")
    assert read_kept(picture.encode()) == picture
