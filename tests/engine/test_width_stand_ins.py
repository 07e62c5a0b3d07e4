"""Labels that the engine measures by itself: as wide as their text, and gone from the picture."""

from __future__ import annotations

import json
import re

import merman
import pytest
from drawn import adapted
from hypothesis import given
from hypothesis import strategies as st
from samples import GOOD, good, read

from sphinx_diagram_ext.drawing import pipeline
from sphinx_diagram_ext.engine import Drawing
from sphinx_diagram_ext.engine.mermaid_config import site_config
from sphinx_diagram_ext.engine.merman import width_stand_ins
from sphinx_diagram_ext.engine.merman.adapter import MermanEngine
from sphinx_diagram_ext.mermaid import emit
from sphinx_diagram_ext.mermaid.source import Line, MermaidSource

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def test_the_engine_gives_letters_the_widths_of_the_table() -> None:
    engine = merman.MermanEngine(json.dumps({"version": 2, "site_config": site_config()}), None)
    known = {**width_stand_ins.LETTERS, "\U000f0000": width_stand_ins.PLACEHOLDER}
    lines = [f'  n{index}x{count}["{char * count}"]' for index, char in enumerate(known) for count in (20, 40)]
    laid_out = json.loads(engine.layout_json("\n".join(["flowchart TB", *lines]), None))
    wide = {item["id"]: item["width"] for item in laid_out["layout"]["FlowchartV2"]["nodes"]}
    found = {char: (wide[f"n{index}x40"] - wide[f"n{index}x20"]) / 20 / 16 for index, char in enumerate(known)}
    assert found == pytest.approx({char: units * width_stand_ins.UNIT for char, units in known.items()})


@given(units=st.integers(-100, 30_000))
def test_padding_is_never_too_narrow_and_exact_from_two_ems_on(units: int) -> None:
    wide = sum(width_stand_ins.LETTERS[char] for char in width_stand_ins.padding(units))
    assert max(units, 0) <= wide <= max(units, 0) + 28
    if units >= 161:
        assert wide == units


@given(texts=st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_what_is_made_wide_is_made_narrow_again(texts: list[str]) -> None:
    skeleton = "\n".join(chr(0xF0000 + index) for index in range(len(texts)))
    source = MermaidSource("flowchart", "", skeleton, tuple(map(Line, texts)))
    instead = width_stand_ins.stand_ins(source)
    assert width_stand_ins.restored(width_stand_ins.padded(source, instead), instead) == skeleton


def broken_flowcharts() -> list[str]:
    found = {name: emit(good(name)) for name in GOOD if name != "mermaid"}
    return [name for name, one in found.items() if one.family == "flowchart" and "<br/>" in one.skeleton]


@pytest.mark.parametrize("name", broken_flowcharts())
def test_a_line_break_that_is_quicker_to_parse_draws_the_same(name: str) -> None:
    engine = MermanEngine()
    source = emit(good(name))
    instead = width_stand_ins.stand_ins(source)
    as_written = source.skeleton.translate({ord(char): text for char, text in instead.items()})
    assert width_stand_ins.padded(source, instead) != as_written
    drawn = engine._engine.render_svg(as_written, None)
    assert engine._engine.render_svg(width_stand_ins.padded(source, instead), None) == drawn


@pytest.mark.parametrize("broken", ["\U000f0000W-</tspan><tspan>WW", "\U000f0000WWW-</tspan>"])
def test_a_placeholder_that_the_engine_broke_is_noticed(broken: str) -> None:
    assert width_stand_ins.restored(broken, {"\U000f0000": "\U000f0000WWW"}) is None


@pytest.mark.parametrize("name", [name for name in GOOD if name not in ("mermaid", "er")])
def test_a_picture_is_where_a_measured_one_is(name: str) -> None:
    engine = MermanEngine()
    diagram = pipeline.inspect(good(name), engine)
    source = emit(diagram)
    padded, measured = engine._padded("render_svg", source), engine._measured("render_svg", source)
    assert padded is not None
    found, wanted = (
        adapted(Drawing(svg, set_aside=True), pipeline.labels_of(diagram, source)) for svg in (padded, measured)
    )
    assert _NUMBER.sub("#", found) == _NUMBER.sub("#", wanted)
    assert list(map(float, _NUMBER.findall(found))) == pytest.approx(list(map(float, _NUMBER.findall(wanted))), abs=1)


LOOP = """\
diagram:
  type: sequence
  title: T
  participants: {a: One, b: Two}
  steps:
    - loop: it crashed before confirming
      steps:
        - {from: a, to: b, label: x}
"""


def test_a_label_that_the_engine_would_break_is_measured() -> None:
    engine = MermanEngine()
    source = emit(read(LOOP))
    assert engine._padded("render_svg", source) is None
    assert engine.draw(source).svg == engine._measured("render_svg", source)
