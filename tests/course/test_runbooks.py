"""Commands of the runbooks: each stands in its lesson, where the tests of the lesson try it."""

from __future__ import annotations

import pytest
from lessons import COURSE, ROOT, blocks_of

from sphinx_diagram_ext.catalog import Catalog
from sphinx_diagram_ext.model import explained

LESSONS = {"runbook-wal": "05-wal-bloat-heartbeat.md", "runbook-lag": "04-lag-alerting.md"}


@pytest.mark.parametrize("name", LESSONS)
def test_every_command_of_a_runbook_is_a_block_of_its_lesson(name):
    lesson = COURSE / "module-4" / LESSONS[name]
    known = {block.text.strip() for block in blocks_of(lesson.read_text(encoding="utf-8"), lesson)}
    diagram = Catalog([ROOT / "data"]).get(f"module4/{name}")
    commands = [item.command.run.text for item in explained(diagram) if item.command]
    assert len(commands) >= 6
    assert [command for command in commands if command not in known] == []
