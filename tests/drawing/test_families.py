"""Every family of Mermaid source of an author's own is drawn with what it says, where it can be read."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.drawing.colours import contrast, normal
from sphinx_diagram_ext.engine import select_engine
from sphinx_diagram_ext.mermaid import cleaned
from sphinx_diagram_ext.model import Diagram, Message, RawMermaid
from sphinx_diagram_ext.palette import LIGHT_BASE

STATES = """stateDiagram-v2
  [*] --> Follower
  state Follower {
    [*] --> Waiting
    Waiting --> Voting : timeout
  }
  Follower --> Leader
  Leader --> [*]
"""
CALENDAR = """gantt
  dateFormat YYYY-MM-DD
  section A
  Design :a1, 2024-01-01, 30d
  Ship :milestone, 2024-03-01, 0d
"""


@pytest.fixture(scope="module")
def draw():
    engine = select_engine("merman").engine

    def drawn(source: str) -> ET.Element:
        diagram = Diagram(id="a", type="mermaid", title=Message("T", 1), body=RawMermaid(source, 1))
        diagram = pipeline.inspect(diagram, engine)
        picture = pipeline.draw(diagram, pipeline.emitted(diagram, engine), engine)
        return ET.fromstring(re.sub(r' xmlns="[^"]+"', "", picture.standalone("light")))

    return drawn


def width(root: ET.Element) -> float:
    return float(root.get("width", "0"))


def words(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in root.iter("text")]


def test_a_calendar_is_as_wide_as_its_days(draw):
    """The engine puts "today" in 1970, so the picture was 214,000 pixels wide."""
    root = draw(CALENDAR)
    assert width(root) < 1000
    assert not [part for part in root.iter() if "today" in part.get("class", "")]


def test_the_text_of_a_milestone_is_right_of_its_diamond(draw):
    root = draw(CALENDAR)
    text = next(part for part in root.iter("text") if "Ship" in "".join(part.itertext()))
    diamond = next(
        part for part in root.iter("path") if re.fullmatch(r"M[\d.]+,[\d.]+(l[-\d.]+,[-\d.]+){3}z", part.get("d", ""))
    )
    x, _y = re.match(r"M([\d.]+),([\d.]+)", diamond.get("d")).groups()
    assert text.get("text-anchor") == "start"
    assert float(text.get("x")) > float(x) + 10


def test_bands_of_a_sankey_are_painted(draw):
    root = draw("sankey-beta\nA,B,10\nA,C,5\n")
    painted = [part.get("stroke", "") for part in root.iter("path")]
    used = [match[1] for stroke in painted if (match := re.fullmatch(r"url\(#(.+)\)", stroke))]
    assert len(used) == 2
    assert set(used) <= {part.get("id") for part in root.iter("linearGradient")}


def test_frames_are_drawn_below_what_is_in_them(draw):
    parts = [part for part in draw(STATES).iter() if part.tag in ("rect", "text")]
    highest = max(float(part.get("height", "0")) for part in parts)
    frame = max(index for index, part in enumerate(parts) if float(part.get("height", "0")) == highest)
    assert frame < next(index for index, part in enumerate(parts) if "".join(part.itertext()) == "Waiting")


def test_blocks_in_blocks_are_not_covered(draw):
    root = draw("block-beta\n columns 3\n a b c\n block:one:2\n  columns 2\n  h i j k\n end\n g\n")
    parts = [part for part in root.iter() if part.tag in ("rect", "text")]
    rects = [(index, float(part.get("width", "0"))) for index, part in enumerate(parts) if part.tag == "rect"]
    frame = max(rects, key=lambda item: item[1])[0]
    assert frame < next(index for index, part in enumerate(parts) if "".join(part.itertext()) == "h")


@pytest.mark.parametrize(("arrow", "hollow"), [("o--", True), ("<|--", True), ("*--", False), ("<|..", True)])
def test_heads_of_class_relations(draw, arrow, hollow):
    root = draw(f"classDiagram\n A {arrow} B\n")
    fills = {path.get("fill") for marker in root.iter("marker") for path in marker.iter("path")}
    assert fills == {"none"} if hollow else "none" not in fills


def test_the_end_of_states_is_round(draw):
    root = draw("stateDiagram-v2\n  A --> [*]\n")
    paths = [part.get("d", "") for part in root.iter("path")]
    assert not [path for path in paths if re.fullmatch(r"M[-\d.]+,[-\d.]+H[-\d.]+V[-\d.]+H[-\d.]+z", path)]


HTML = [
    ('flowchart LR\n a["<b>Gateway</b><br/><i>edge</i> x"]', ["Gateway", "edge", "x"]),
    ("flowchart LR\n a[\"<img src='/i.svg'/> VPC\"]", ["VPC"]),
    ("flowchart LR\n a[\"<img src='/i.svg' alt='A cloud'>\"]", ["A", "cloud"]),
    ("flowchart LR\n a[fa:fa-user User]", ["User"]),
    ("flowchart LR\n a[fa:fa-user]", ["user"]),
    ("flowchart LR\n a[\"<a href='https://x.org'>Link</a> <small>tiny</small>\"]", ["Link", "tiny"]),
    ("stateDiagram-v2\n s1: <b>Bold</b> x", ["Bold", "x"]),
    ('block-beta\n a["SDK<br>(Azure)"]', ["SDK", "(Azure)"]),
    ('mindmap\n r\n  a["<b>Bold</b> x"]', ["r", "Bold", "x"]),
]


@pytest.mark.parametrize(("source", "wanted"), HTML)
def test_html_in_labels_is_not_shown(draw, source, wanted):
    root = draw(source)
    assert re.findall(r"[^\s]+", " ".join(" ".join(part.itertext()) for part in root.iter("text"))) == wanted


def test_bold_in_html_is_bold(draw):
    root = draw('flowchart LR\n a["<b>Gateway</b><br/>edge"]')
    bold = [part for part in root.iter() if part.get("font-weight") == "bold"]
    assert ["".join(part.itertext()) for part in bold] == ["Gateway"]


@pytest.mark.parametrize(
    "source",
    [
        "classDiagram\n class A\n <<interface>> A\n A <|-- B",
        "sequenceDiagram\n A->>B: <b>as it is</b>",
        "flowchart LR\n a[x < y] --> b[y > i]",
        'flowchart LR\n a["`**bold**`"]',
        "flowchart LR\n a<-->b",
    ],
)
def test_what_is_no_html_stays(source):
    assert cleaned(source) == source


def test_lines_stay_where_they_are():
    source = '---\ntitle: <b>x</b>\n---\nflowchart LR\n a["<b>one</b>"]\n\n b["<i>two</i>"]\n'
    assert cleaned(source).count("\n") == source.count("\n")
    assert '\n b["`*two*`"]\n' in cleaned(source)


@pytest.mark.parametrize("text", ["<b" * 50_000, "<a " * 50_000, '"<b>' * 50_000, "fa:fa-" * 30_000])
def test_html_that_never_ends_takes_no_time(text):
    assert cleaned(f"flowchart LR\n a[{text}]").startswith("flowchart LR")


def test_long_labels_are_broken(draw):
    text = "Is the request authenticated by the gateway and does the token carry the scope that the service wants?"
    root = draw(f"flowchart TB\n a{{{text}}} --> b")
    assert width(root) < 400
    assert " ".join(words(root)).replace(" ", "").startswith(text[:60].replace(" ", ""))


def test_an_entity_code_counts_as_one_character(draw):
    """A label that fits is not broken because its codes are long."""
    root = draw('flowchart LR\n  a["M#58; #quot;t#quot; #38;amp; 1 #lt; 2"]')
    assert words(root) == ['M: "t" &amp; 1 < 2']


def test_curves_of_a_radar_are_strong(draw):
    root = draw("radar-beta\n axis a,b,c\n curve x{3,5,2}\n curve y{1,2,3}\n")
    strokes = [normal(part.get("stroke", "")) for part in root.iter("path") if part.get("fill") not in ("none", None)]
    assert len(set(strokes)) == 2
    assert all(contrast(stroke, "#ffffff") >= 3 for stroke in strokes)


def test_a_mind_map_spreads_to_all_sides(draw):
    leaves = "".join(
        f"  B{branch}\n" + "".join(f"   leaf {branch}{leaf}\n" for leaf in range(4)) for branch in range(3)
    )
    assert width(draw(f"mindmap\n r\n{leaves}")) < 1000


def test_labels_are_text_where_they_are_shown(draw):
    for source in ("mindmap\n r\n  one\n", "kanban\n Todo\n  one\n", "block-beta\n one\n"):
        root = draw(source)
        assert not list(root.iter("use"))
        assert not [text for group in root.iter("defs") for text in group.iter("text")]
        assert "one" in words(root)


def test_columns_of_a_board_can_be_seen(draw):
    root = draw("kanban\n Todo\n  Design\n Doing\n  Code\n")
    strokes = [part.get("stroke") for part in root.iter("rect")]
    assert not [stroke for stroke in strokes if normal(stroke or "") in ("#ffffff", "#fffffe")]


def test_a_highlighted_commit_can_be_seen(draw):
    root = draw("gitGraph\n commit\n commit type: HIGHLIGHT\n")
    fills = [normal(part.get("fill", "")) for part in root.iter("rect")]
    assert any(contrast(fill, "#ffffff") >= 3 for fill in fills if fill.startswith("#"))


def test_groups_that_nothing_joins_are_not_in_one_long_row(draw):
    groups = " subgraph One\n a-->b-->c-->d\n end\n subgraph Two\n e-->f-->g-->h\n end\n"
    assert width(draw(f"flowchart TB\n{groups}")) < 600
    assert width(draw(f"---\nconfig:\n  layout: dagre\n---\nflowchart TB\n{groups}")) > 1000, "the author's own layout"


@pytest.mark.parametrize("ground", ["rgb(40,60,60)", "rgb(200,220,255)"])
def test_grounds_in_sequences_let_texts_be_read(draw, ground):
    root = draw(
        f"sequenceDiagram\n box Blue Team\n participant A\n participant B\n end\n rect {ground}\n A->>B: Hi\n end\n"
    )
    own = [rect for rect in root.iter("rect") if rect.get("fill-opacity")]
    assert {rect.get("fill") for rect in own} >= {"#0000ff"}
    assert all(float(rect.get("fill-opacity")) <= 0.4 for rect in own)
    assert len(own) == 2


def test_a_long_title_of_a_journey_is_not_cut(draw):
    title = "My working day that has a title which is much longer than the picture is wide, really"
    root = draw(f"journey\n title {title}\n section A\n  Make tea: 5: Me\n")
    text = next(part for part in root.iter("text") if "".join(part.itertext()) == title)
    assert text.get("font-size") == "20"
    assert width(root) > 900


def test_externals_of_a_c4_model_can_be_read_in_both_schemes(draw):
    root = draw('C4Context\n System_Ext(a, "Mainframe", "Stores all")\n')
    fill = next(part.get("fill") for part in root.iter("rect") if part.get("stroke-width"))
    assert contrast(fill, "#ffffff") >= 4.5
    assert fill not in LIGHT_BASE.values()


def test_frames_that_are_seen_through_follow_the_scheme(draw):
    root = draw("block-beta\n block:one\n  a b\n end\n")
    frame = next(part for part in root.iter("rect") if part.get("fill-opacity"))
    assert (frame.get("fill"), frame.get("fill-opacity")) == (LIGHT_BASE["group"], "0.5")


def test_labels_of_a_treemap_have_one_ink(draw):
    root = draw('treemap-beta\n"Root"\n  "A": 1200\n  "B"\n    "B1": 2000\n"Other"\n  "C": 500\n')
    assert len({text.get("fill") for text in root.iter("text")}) == 1


def test_compartments_of_classes_that_hold_nothing_have_no_line(draw):
    def lines(members: str) -> int:
        root = draw(f"classDiagram\n class A {{\n{members} }}\n")
        node = next(group for group in root.iter() if group.get("class") == "cdc-node")
        return sum(path.get("stroke-dasharray") == "0 0" for path in node.iter("path"))

    assert [lines(""), lines("  x\n"), lines("  x\n  y()\n"), lines("  y()\n")] == [0, 1, 2, 2]


def test_counts_of_relations_are_large_enough_to_read(draw):
    root = draw('classDiagram\n A "1" --> "0..1" B : has\n')
    sizes = {group.get("font-size") for group in root.iter("g") if group.get("font-size")}
    assert "13px" in sizes
    assert "11px" not in sizes
