"""The mistakes that authors make most (tests/mistakes.yaml), in data files and in pyproject.toml."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from sphinx_diagram_ext.cli import main
from sphinx_diagram_ext.types import TYPES
from sphinx_diagram_ext.types.texts import FORMS

MISTAKES = yaml.safe_load((Path(__file__).parents[1] / "mistakes.yaml").read_text(encoding="utf-8"))["data"]


@pytest.mark.parametrize("one", MISTAKES, ids=[f"{item['number']}-{item['mistake']}" for item in MISTAKES])
def test_a_mistake_is_said_once_with_its_place_and_a_remedy(one, tmp_path, monkeypatch, capsys):
    content = bytes.fromhex(one["hex"]) if "hex" in one else one["file"].encode()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "orders.yaml").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    status = main(["validate"])
    said = capsys.readouterr().out.splitlines()
    assert said[:-1] == [f"data/orders.yaml:{line}" for line in one["says"]]
    assert status == 1


def test_every_form_of_a_text_has_words():
    found = set()

    def walk(part):
        if isinstance(part, dict):
            if "pattern" in part:
                found.add(part["pattern"])
            for value in part.values():
                walk(value)
        elif isinstance(part, list):
            for value in part:
                walk(value)

    for kind in TYPES.values():
        walk(kind.spec.model_json_schema())
    # Figures and days of charts are checked by code of their own, which says what is wanted.
    asked = {pattern for pattern in found if not pattern.startswith("^(") and pattern not in FORMS}
    assert {pattern for pattern in asked if "[0-9" not in pattern and r"\d" not in pattern} == set()
    assert set(FORMS) <= found


def test_a_misspelt_setting_of_pyproject(tmp_path, monkeypatch, capsys):
    (tmp_path / "pyproject.toml").write_text('[tool.cdc-diagram]\npathh = ["x"]\n', encoding="utf-8")
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["validate"]) == 2
    said = capsys.readouterr().err
    assert said == "cdc-diagram: pyproject.toml: [tool.cdc-diagram] has no setting 'pathh'. Did you mean 'path'?\n"
