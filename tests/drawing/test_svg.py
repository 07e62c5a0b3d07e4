"""What is done to an engine's SVG: style sheets, safety, colours, ids and the box around it."""

from __future__ import annotations

import itertools
import re
import time
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from drawn import adapted, svg_of
from samples import GOOD, good, read, shown
from work import work

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.colours import contrast, ink_on, luminance, normal, plain_ink, readable
from sphinx_diagram_ext.drawing.foreign import Labels, css_cascade, css_parser
from sphinx_diagram_ext.drawing.foreign.bounding_boxes import bounds
from sphinx_diagram_ext.drawing.foreign.sanitize import restrict
from sphinx_diagram_ext.drawing.ids import ANCHOR
from sphinx_diagram_ext.drawing.picture import Picture
from sphinx_diagram_ext.engine import Drawing
from sphinx_diagram_ext.engine.mermaid_config import site_config
from sphinx_diagram_ext.engine.mermaid_theme import theme_variables
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.fonts import FONT_SIZE, text_width
from sphinx_diagram_ext.model import Tone, anchor_parts
from sphinx_diagram_ext.palette import (
    BY_COLOUR,
    DARK,
    DARK_BASE,
    LIGHT,
    LIGHT_BASE,
    Swatch,
    properties,
)

NS = "{http://www.w3.org/2000/svg}"


def styled(css: str | list[str], body: str) -> dict[str, ET.Element]:
    """Return the elements of *body* by id after the style sheets were applied."""
    root = ET.fromstring(f"<svg id='root'>{body}</svg>")
    css_cascade.apply(root, [css] if isinstance(css, str) else css)
    return {element.get("id") or "": element for element in root.iter()}


def fill(css: str | list[str], body: str) -> str | None:
    return styled(css, body)["x"].get("fill")


RECT = "<rect id='x' class='a b' data-kind='one two' name='left-top' fill='own'/>"


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("", "own"),
        ("rect{fill:red}", "red"),
        ("*{fill:red}", "red"),
        ("circle{fill:red}", "own"),
        ("rect{fill:red} rect{fill:blue}", "blue"),
        (".a{fill:red} rect{fill:blue}", "red"),
        ("rect{fill:blue} .a{fill:red}", "red"),
        (".b{fill:red} .a{fill:blue}", "blue"),
        (".a{fill:red} .b{fill:blue}", "blue"),
        (".a.b{fill:red} .a{fill:blue}", "red"),
        ("rect.a{fill:red} .a{fill:blue}", "red"),
        ("#x{fill:red} .a.b{fill:blue}", "red"),
        ("#root .a{fill:red} .a.b{fill:blue}", "red"),
        ("rect{fill:red !important} #x{fill:blue}", "red"),
        ("rect{fill:red!important} #x{fill:blue !important}", "blue"),
        ("rect{fill:red;fill:blue}", "blue"),
        ("rect{fill:red !important;fill:blue}", "red"),
        (".a,.c{fill:red}", "red"),
        (".c{fill:red}", "own"),
        ("/* rect{fill:red} */", "own"),
        ("@media print{rect{fill:red}}", "own"),
        ("@keyframes k{from{fill:red}to{fill:blue}} rect{fill:green}", "green"),
        ("@import 'x.css'; rect{fill:green}", "green"),
        (":root{--x:1} rect{fill:green}", "green"),
        ("rect:hover{fill:red}", "own"),
        ("rect{FILL:red}", "red"),
        ("rect{fill:url(http://evil/x)}", "own"),
        ("rect{fill:url(#ok)}", "url(#ok)"),
        ("rect{fill:expression(alert(1))}", "own"),
        ("rect{fill:var(--x)}", "own"),
        ("rect{nothing:red}", "own"),
        ("[data-kind]{fill:red}", "red"),
        ("[data-other]{fill:red}", "own"),
        ('[data-kind="one two"]{fill:red}', "red"),
        ('[data-kind="one"]{fill:red}', "own"),
        ('[data-kind~="two"]{fill:red}', "red"),
        ('[data-kind~="tw"]{fill:red}', "own"),
        ('[data-kind^="one"]{fill:red}', "red"),
        ("[data-kind$='two']{fill:red}", "red"),
        ("[data-kind*='e t']{fill:red}", "red"),
        ("[name|=left]{fill:red}", "red"),
        ("[name|=lef]{fill:red}", "own"),
        ("[data-kind].a{fill:red} .a{fill:blue}", "red"),
    ],
)
def test_the_cascade(css: str, wanted: str) -> None:
    assert fill(css, RECT) == wanted


def test_a_style_of_the_element_wins_over_rules_but_not_over_important_ones() -> None:
    body = "<rect id='x' style='fill:red; stroke : blue'/>"
    assert fill("#x{fill:green}", body) == "red"
    assert fill("rect{fill:green !important}", body) == "green"
    assert fill("rect{fill:green !important}", "<rect id='x' style='fill:red !important'/>") == "red"
    found = styled("", body)["x"]
    assert (found.get("stroke"), found.get("style")) == ("blue", None)


@pytest.mark.parametrize(
    ("selector", "applies"),
    [
        ("svg rect", True),
        ("g rect", True),
        (".outer rect", True),
        (".outer .inner rect", True),
        (".inner .outer rect", False),
        (".inner > rect", True),
        (".inner>rect", True),
        (".outer > rect", False),
        (".outer > .inner > rect", True),
        ("svg > .inner > rect", False),
        (".outer > g rect", True),
        ("svg > rect", False),
        ("g > g > rect", True),
        (".twice > g rect", True),
        ("rect rect", False),
    ],
)
def test_combinators(selector: str, *, applies: bool) -> None:
    body = "<g class='outer twice'><g class='inner'><g class='twice'/><rect id='x' fill='own'/></g></g>"
    assert (fill(f"{selector}{{fill:red}}", body) == "red") is applies


def test_a_child_is_looked_for_in_every_ancestor() -> None:
    body = "<g class='a'><g class='b'><g class='b'><rect id='x' fill='own'/></g></g></g>"
    assert fill(".a > .b rect{fill:red}", body) == "red"


def test_a_selector_of_many_parts_takes_no_power_of_their_number() -> None:
    def apply(size: int) -> None:
        root = ET.fromstring("<svg>" + "<g class='a'>" * size + "<rect class='a'/>" + "</g>" * size + "</svg>")
        css_cascade.apply(root, [".b " + ".a " * (size // 2) + "{fill:red}"])

    # By trying every ancestor for every part, 22 levels and 11 parts take ten thousand times as long as 10 and 5.
    assert work(lambda: apply(40)) < 20 * work(lambda: apply(10))


@pytest.mark.parametrize(
    "piece", ["a", "@", "/*", "@a{", "a{", "a,", "[", "a[b=c", ":a(", "a{b", "}", ";", "a{fill:red}", "@a{b{}}"]
)
def test_a_style_sheet_is_read_in_time_that_grows_with_its_length(piece: str) -> None:
    # In quadratic time 20,000 of some of these take 3 to 6 seconds.
    before = time.process_time()
    css_parser.parse(piece * 80_000 + "{fill:red}")
    assert time.process_time() - before < 10


def test_many_rules_for_many_elements_are_refused() -> None:
    body = "".join(f"<g id='e{number}'/>" for number in range(1_000))
    css = "".join(f"g{{fill:#{number:06x}}}#e{number}{{fill:red}}" for number in range(2_000))
    with pytest.raises(ValueError, match="too many rules for so many elements"):
        styled(css, body)


def test_a_later_style_sheet_wins() -> None:
    assert fill(["rect{fill:red}", "rect{fill:blue}"], RECT) == "blue"


def test_a_later_style_sheet_wins_whatever_its_length() -> None:
    assert fill(["g{fill:a} g{fill:b} rect{fill:red}", "rect{fill:blue}"], RECT) == "blue"


def restricted(body: str) -> str:
    root = ET.fromstring(f"<svg xmlns:xlink='http://www.w3.org/1999/xlink'>{body}</svg>")
    restrict(root)
    return "".join(ET.tostring(child, encoding="unicode") for child in root) + f"|{root.text or ''}"


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<foreignObject><b>x</b></foreignObject>",
        "<image href='x.png'/>",
        "<iframe/>",
        "<animate attributeName='href' to='javascript:x'/>",
        "<set/>",
        "<style>x</style>",
        "<handler/>",
        "<SCRIPT>x</SCRIPT>",
    ],
)
def test_elements_that_are_not_known_are_dropped(body: str) -> None:
    assert restricted(body) == "|"


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("onclick", "alert(1)"),
        ("onload", "alert(1)"),
        ("ONCLICK", "alert(1)"),
        ("style", "fill:red"),
        ("href", "#x"),
        ("src", "x"),
        ("fill", "url(http://evil/x)"),
        ("fill", "URL(http://evil/x)"),
        ("fill", "red url(http://evil/x)"),
        ("fill", "url(#ok) url(http://evil/x)"),
        ("clip-path", "url('//evil/x')"),
        # Escapes, strings and other functions of CSS: Chromium asked the host for the first four.
        ("fill", r"u\72l(https://evil.example/f.svg#x)"),
        ("marker-end", r"\75rl(https://evil.example/f.svg#x)"),
        ("mask", "image-set(&quot;https://evil.example/i.png&quot; 1x)"),
        ("mask", "-webkit-image-set('https://evil.example/i.png' 1x)"),
        ("clip-path", "src('https://evil.example/s')"),
        ("clip-path", "src(https://evil.example/s)"),
        ("stroke-dasharray", r"u\72l(https://evil.example/a.svg#x)"),
        ("stroke-width", r"u\72 l(#x)"),
        ("fill", "ur/**/l(https://evil.example/a.svg#x)"),
        ("fill", "url(#a) image(x)"),
        ("fill", "rgb(url(https://evil.example/a))"),
        ("fill", "url(#a&quot;b)"),
        ("transform", "translate(1) attr(x)"),
        ("xml:base", "http://evil"),
        ("tabindex", "1"),
    ],
)
def test_attributes_that_are_not_known_are_dropped(attribute: str, value: str) -> None:
    assert restricted(f"<rect {attribute}=\"{value}\" x='1'/>") == '<rect x="1" />|'


@pytest.mark.parametrize(
    ("attribute", "value"),
    [
        ("fill", "url(#ok)"),
        ("marker-end", "url(#cdc_flowchart-v2-pointEnd)"),
        ("fill", "rgba(10, 20%, 30, .5)"),
        ("stroke", "hsl(240, 60%, 86.27%)"),
        ("transform", "translate(-1.5e-3, 2) rotate(45 1,2)"),
        ("d", "M0,0L1.5-2e-7Z"),
        ("class", "x (y) \\ z"),
    ],
)
def test_values_of_known_forms_stay(attribute: str, value: str) -> None:
    assert restricted(f'<rect {attribute}="{value}"/>') == f'<rect {attribute}="{value}" />|'


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        " javascript:x",
        "java&#9;script:x",
        "data:text/html,x",
        "//evil",
        "vbscript:x",
        "javascript:url(x)",
    ],
)
@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_a_link_that_runs_a_script_is_dropped(name: str, url: str) -> None:
    assert restricted(f"<a {name}='{url}'><text>x</text></a>") == "<a><text>x</text></a>|"


@pytest.mark.parametrize("name", ["href", "xlink:href"])
def test_good_links_stay(name: str) -> None:
    assert restricted(f"<a {name}='https://example.org/'/>") == '<a href="https://example.org/" />|'
    assert restricted(f"<use {name}='#x'/>") == '<use href="#x" />|'
    assert restricted(f"<use {name}='http://evil/x.svg#x'/>") == "<use />|"


def test_two_addresses_at_one_link_leave_no_bad_one() -> None:
    body = "<a href='https://ok/' xlink:href='javascript:x'/>"
    assert "javascript" not in restricted(body)
    assert "javascript" not in restricted("<a xlink:href='https://ok/' href='javascript:x'/>")


def test_text_after_what_is_dropped_stays() -> None:
    assert restricted("<text>a<script>x</script>b</text>") == "<text>ab</text>|"
    assert restricted("<text><tspan>a</tspan><script>x</script>b</text>") == "<text><tspan>a</tspan>b</text>|"
    assert restricted("<text>a<b>x</b>b<b>y</b>c</text>") == "<text>abc</text>|"


def test_a_hostile_drawing_is_finished_without_its_scripts() -> None:
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:x='http://www.w3.org/1999/xlink' onload='x()' viewBox='0 0 9 9'>"
        "<style>rect{fill:#f1f5fa} @import url(http://evil);</style><script>x()</script>"
        "<g><a x:href='javascript:x()'><rect onclick='x()' width='5' height='5' style='stroke:url(http://evil)'/></a></g>"
        "<foreignObject><div>x</div></foreignObject></svg>"
    )
    done = adapted(Drawing(svg, set_aside=False), Labels("T"))
    assert not re.search(r"script|onload|onclick|evil|style|foreignObject|import", done)
    assert 'fill="#f1f5fa"' in done


def test_svg_that_is_not_well_formed_is_an_error() -> None:
    with pytest.raises(ET.ParseError):
        adapted(Drawing("<svg><g></svg>", set_aside=False), Labels("T"))


def themed(written: str) -> str:
    """Return the content of an SVG element as it is on a page."""
    picture = Picture.of(ET.fromstring(f"<svg width='1' height='1'>{written}</svg>"))
    return picture.inline("d").removeprefix('<svg width="1" height="1">').removesuffix("</svg>")


@pytest.mark.parametrize(("colour", "name"), BY_COLOUR.items())
def test_a_colour_of_the_palette_becomes_its_property(colour: str, name: str) -> None:
    assert themed(f'<rect fill="{colour}" />') == f'<rect fill="var(--cdc-{name})" />'


@pytest.mark.parametrize(
    "svg",
    [
        '<rect fill="#123456" />',
        '<rect fill="none" />',
        "<text>#f1f5fa</text>",
        '<text>fill="#f1f5fa"</text>',
        '<rect data-fill="#f1f5fa" />',
        '<rect id="#f1f5fa" />',
        '<rect fill="#f1f5fa0" />',
    ],
)
def test_other_colours_and_texts_stay(svg: str) -> None:
    assert themed(svg) == svg


@pytest.mark.parametrize("text", ['fill="#f1f5fa"', 'stroke="#1f2938"', 'say fill="#f1f5fa" >', '<g fill="#f1f5fa" />'])
def test_a_label_that_looks_like_a_colour_stays_text(text: str, engine) -> None:
    diagram = read(f"diagram:\n  type: flow\n  title: T\n  nodes:\n    a: '{text}'\n")
    svg = pipeline.draw(diagram, pipeline.check(diagram, engine), engine).inline(ANCHOR)
    assert text.replace(" ", "") in shown(svg)


def test_a_text_of_a_megabyte_that_repeats_a_paint_stays_text() -> None:
    repeated = ' fill="#f1f5fa"' * 70_000
    svg = f"<text>{repeated}</text>"
    assert themed(svg) == svg


def test_every_paint_is_replaced() -> None:
    svg = '<g fill="#f1f5fa" stroke="#64748c"><stop stop-color="#1e293c"/></g>'
    assert themed(svg).count("var(--cdc-neutral-") == 3


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_shows_only_colours_of_the_palette(name: str, engine) -> None:
    svg = drawn(name, engine)
    colours = set(re.findall(r'(?:fill|stroke|stop-color)="([^"]*)"', svg)) - {"none", "transparent", "currentColor"}
    assert colours
    assert {colour for colour in colours if colour not in BY_COLOUR and not colour.startswith("url(#")} == set()


def drawn(name: str, engine) -> str:
    diagram = pipeline.inspect(good(name), engine)
    return svg_of(diagram, pipeline.check(diagram, engine), engine)


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_well_formed_small_and_without_styles(name: str, engine) -> None:
    svg = drawn(name, engine)
    root = ET.fromstring(svg)
    assert root.tag == f"{NS}svg"
    assert "<style" not in svg
    assert " style=" not in svg
    classes = {word for found in re.findall(r' class="([^"]*)"', svg) for word in found.split()}
    assert [word for word in classes if not word.startswith("cdc-")] == []
    assert "<script" not in svg
    assert "foreignObject" not in svg
    assert len(svg) < 20_000
    assert not re.search(r"\d\.\d{3}", svg)


@pytest.mark.parametrize("name", GOOD)
def test_ids_are_unique_and_below_the_anchor(name: str, engine) -> None:
    svg = drawn(name, engine)
    ids = [element.get("id") for element in ET.fromstring(svg).iter() if element.get("id")]
    assert len(set(ids)) == len(ids) > 1
    assert [one for one in ids if not one or not one.startswith(f"{ANCHOR}-")] == []
    used = set(re.findall(r"url\(#([^)]+)\)", svg)) | set(re.findall(r'labelledby="([^"]+)"', svg))
    assert used <= set(ids)


@pytest.mark.parametrize("name", GOOD)
def test_every_node_has_its_anchor(name: str, engine) -> None:
    diagram = pipeline.inspect(good(name), engine)
    svg = drawn(name, engine)
    ids = {element.get("id") for element in ET.fromstring(svg).iter()}
    wanted = {f"{ANCHOR}--{part}" for part in anchor_parts(diagram).values()}
    assert wanted - ids == set()


def test_anchors_are_unique_for_keys_that_look_alike() -> None:
    text = "diagram: {type: flow, title: T, nodes: {A b: , a-b: , a.b: , Ж: , 漢: , node-4: }}\n"
    parts = anchor_parts(read(text))
    assert len(set(parts.values())) == 6
    assert parts["A b"] == "a-b"


@pytest.mark.parametrize("name", GOOD)
def test_the_frame_tells_what_the_picture_is(name: str, engine) -> None:
    root = ET.fromstring(drawn(name, engine))
    assert root[0].tag == f"{NS}title"
    assert root.get("aria-labelledby") == root[0].get("id")
    assert root.get("role") in ("img", "group")
    assert len(root.findall(f".//{NS}title")) == 1
    width, height = (float(part) for part in (root.get("viewBox") or "").split()[2:])
    assert root.get("width") == f"{width:.0f}"
    assert root.get("height") == f"{height:.0f}"


def boxes(element: ET.Element, x: float, y: float, size: float):
    """Yield the box of every text, by its anchors and the widths of Arial; *size* is that of the font around it."""
    size = float((element.get("font-size") or str(size)).removesuffix("px"))
    moved = re.fullmatch(r"translate\(\s*([-\d.]+)[\s,]+([-\d.]+)\s*\)", element.get("transform") or "translate(0,0)")
    assert moved
    x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag != f"{NS}text":
        for child in element:
            yield from boxes(child, x, y, size)
        return
    anchor = element.get("text-anchor") or "start"
    for line in element.findall(f"{NS}tspan") or [element]:
        text = "".join(line.itertext())
        wide = text_width(text, size, bold=element.get("font-weight") == "600")
        left = x + float(line.get("x") or element.get("x") or 0)
        left -= {"start": 0.0, "middle": wide / 2, "end": wide}[line.get("text-anchor") or anchor]
        yield text, left, left + wide, y + float((element.get("y") or "0").removesuffix("em"))


def assert_texts_inside(svg: str, wanted: int) -> None:
    root = ET.fromstring(svg)
    left, top, width, height = (float(part) for part in (root.get("viewBox") or "").split())
    size = float(root.get("font-size") or FONT_SIZE)
    found = [box for child in root if child.tag != f"{NS}defs" for box in boxes(child, 0.0, 0.0, size)]
    assert len(found) >= wanted
    assert [box for box in found if box[1] < left or box[2] > left + width] == []
    assert [box for box in found if box[3] < top or box[3] > top + height] == []


@pytest.mark.parametrize(("name", "texts"), [("sequence", 14), ("timeline", 8)])
def test_the_box_holds_every_text(name: str, texts: int, engine) -> None:
    assert_texts_inside(drawn(name, engine), texts)


def test_the_box_holds_long_texts_at_the_edges(engine) -> None:
    long = "a rather long remark that is wider than its participant " * 2
    text = "diagram:\n  type: sequence\n  title: T\n  participants: {a: , b: }\n  steps:\n"
    text += f"    - {{note: {long}, over: [a]}}\n"
    text += f"    - {{from: b, to: b, label: {long}}}\n    - {{from: a, to: b, label: {long}}}\n"
    diagram = read(text)
    assert_texts_inside(svg_of(diagram, pipeline.check(diagram, engine), engine), 8)


@pytest.mark.parametrize(
    ("body", "box"),
    [
        ("<rect x='1' y='2' width='3' height='4'/>", (1, 2, 4, 6)),
        ("<g transform='translate(10, 20)'><rect width='3' height='4'/></g>", (10, 20, 13, 24)),
        ("<g transform='translate(10)'><circle cx='0' cy='0' r='2'/></g>", (8, -2, 12, 2)),
        ("<line x1='5' x2='1' y1='2' y2='9'/>", (1, 2, 5, 9)),
        ("<polygon points='1,2 5,-6 3,4'/>", (1, -6, 5, 4)),
        ("<path d='M1 2L5,6h-10v3z'/>", (-5, 2, 5, 9)),
        ("<path d='m1 2l4 4l-9-9'/>", (-4, -3, 5, 6)),
        ("<ellipse cx='1' cy='1' rx='2' ry='3'/>", (-1, -2, 3, 4)),
        ("<defs><rect width='99' height='99'/></defs><rect width='1' height='1'/>", (0, 0, 1, 1)),
    ],
)
def test_bounds(body: str, box: tuple[float, ...]) -> None:
    assert bounds(ET.fromstring(f"<svg>{body}</svg>")) == pytest.approx(box)


@pytest.mark.parametrize(
    "body", ["", "<g/>", "<g transform='rotate(45)'><rect width='1' height='1'/></g>", "<path d='M1 1X2 2'/>"]
)
def test_bounds_that_cannot_be_told(body: str) -> None:
    assert bounds(ET.fromstring(f"<svg>{body}</svg>")) is None


SWATCHES = [(name, swatch) for scheme in (LIGHT, DARK) for name, swatch in scheme.items()]


@pytest.mark.parametrize(("tone", "swatch"), SWATCHES)
def test_text_reads_on_every_swatch(tone: Tone, swatch: Swatch) -> None:
    assert contrast(swatch.text, swatch.fill) >= 4.5


@pytest.mark.parametrize("base", [LIGHT_BASE, DARK_BASE], ids=["light", "dark"])
def test_text_reads_on_every_ground(base: dict[str, str]) -> None:
    for text, ground in (("text", "ground"), ("text", "group"), ("note-text", "note"), ("line", "ground")):
        assert contrast(base[text], base[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize(("tones", "base"), [(LIGHT, LIGHT_BASE), (DARK, DARK_BASE)], ids=["light", "dark"])
def test_borders_of_nodes_stand_out(tones: dict[Tone, Swatch], base: dict[str, str]) -> None:
    assert [tone for tone, swatch in tones.items() if contrast(swatch.stroke, base["ground"]) < 3] == []


def test_colours_are_distinct_and_both_schemes_have_the_same_names() -> None:
    light, dark = properties(LIGHT, LIGHT_BASE), properties(DARK, DARK_BASE)
    assert light.keys() == dark.keys()
    assert len(set(light.values())) == len(light) == len(BY_COLOUR) == 6 * 3 + 9
    assert set(LIGHT) == set(DARK) == set(Tone)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in (*light.values(), *dark.values()))


def test_theme_variables_hold_colours_of_the_palette_only() -> None:
    flat = [
        *theme_variables().values(),
        *(v for part in theme_variables().values() if isinstance(part, dict) for v in part.values()),
    ]
    colours = set(itertools.chain.from_iterable(re.findall(r"#[0-9a-f]+", str(value)) for value in flat))
    assert colours <= set(BY_COLOUR)
    assert site_config()["themeVariables"].keys() >= theme_variables().keys()


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [
        ("#ABC", "#aabbcc"),
        (" #F1F5FA ", "#f1f5fa"),
        ("black", "#000000"),
        ("White", "#ffffff"),
        ("rgb(255, 0, 10)", "#ff000a"),
        ("rgb(100%, 0%, 20%)", "#ff0033"),
        ("hsl(120, 100%, 50%)", "#00ff00"),
        ("hsl(-240, 100%, 50%)", "#00ff00"),
        ("rgb(300, -5, 0)", "#ff0000"),
        ("url(#x)", "url(#x)"),
        ("none", "none"),
    ],
)
def test_colours_are_written_in_one_way(colour: str, wanted: str) -> None:
    assert normal(colour) == wanted


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert luminance("#ffffff") == pytest.approx(1)


@pytest.mark.parametrize(
    "fill_colour", ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#777777", "#ffff00", "#767676"]
)
def test_ink_reads_on_a_colour_of_an_author(fill_colour: str) -> None:
    ink = ink_on(fill_colour)
    assert ink is not None
    assert contrast(ink, fill_colour) >= 4.5
    assert readable(ink, fill_colour)


def test_ink_on_the_palette_is_left_alone() -> None:
    assert ink_on("#f1f5fa") is None
    assert ink_on("none") is None


@pytest.mark.parametrize(
    ("colour", "wanted"),
    [("black", "line"), ("#333", "line"), ("#fff", "ground"), ("#aaaaaa", "group-line")],
)
def test_greys_of_an_engine_become_those_of_the_palette(colour: str, wanted: str) -> None:
    assert plain_ink(colour) == LIGHT_BASE[wanted]


def test_a_colour_of_an_author_stays() -> None:
    assert plain_ink("#FF0000") == "#ff0000"


@pytest.mark.parametrize("tone", list(Tone))
def test_a_node_shows_its_tone(tone: Tone, engine) -> None:
    diagram = read(f"diagram:\n  type: flow\n  title: T\n  nodes:\n    a: {{tone: {tone}}}\n")
    svg = svg_of(diagram, pipeline.check(diagram, engine), engine)
    assert f'fill="{LIGHT[tone].fill}"' in svg
    assert f'fill="{LIGHT[tone].text}"' in svg


def test_inline_styles_of_the_engine_reach_the_picture(engine) -> None:
    source = 'C4Context\n  Person(a, "User")\n'
    text = "diagram:\n  type: mermaid\n  title: T\n  source: |\n" + "".join(
        f"    {line}\n" for line in source.splitlines()
    )
    diagram = pipeline.inspect(read(text), engine)
    assert 'fill="#08427b"' in svg_of(diagram, pipeline.check(diagram, engine), engine)


def test_a_number_that_is_none_is_said(engine) -> None:
    class Odd(MermanEngine):
        def draw(self, source):
            drawing = super().draw(source)
            return replace(drawing, svg=re.sub(r'(<rect[^>]* height=)"[^"]*"', r'\1"wide"', drawing.svg))

    text = "flowchart LR\n      subgraph g [G]\n        a --> b\n      end\n"
    diagram = read(f"diagram:\n  type: mermaid\n  title: T\n  source: |\n    {text}")
    diagram = pipeline.inspect(diagram, engine)
    with pytest.raises(ProblemsError) as caught:
        svg_of(diagram, pipeline.check(diagram, engine), Odd())
    (problem,) = caught.value.problems
    assert problem.message == "The diagram cannot be drawn: could not convert string to float: 'wide'"
