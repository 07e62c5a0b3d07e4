"""What the guide prints of the command is what the command prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sphinx_diagram_ext.cli import main

GUIDE = Path(__file__).parents[2] / "docs" / "guide"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(
        rf"^```{language}\n(.*?)^```$", (GUIDE / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )


def test_the_errors_of_the_guide_are_those_of_its_file(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "orders.yaml").write_text(blocks("errors.md", "yaml")[0], encoding="utf-8")
    assert main(["validate"]) == 1
    assert f"$ cdc-diagram validate\n{capsys.readouterr().out}" == blocks("errors.md", "console")[0]
    assert main(["validate", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == json.loads(blocks("errors.md", "json")[0])
