"""What only a distributed worker shows: its own topics, and how a stop goes."""

from __future__ import annotations

import re
import time

import pytest
from lessons import COURSE, REAL, blocks_of
from stack import Stack, wait_for

pytestmark = pytest.mark.xdist_group("real")
NAME = "inventory-postgres"


@pytest.fixture
def distributed(stack):
    """A worker of a group, beside the other one; `stack` is asked for so that both are skipped alike."""
    running = Stack.start(distributed=True)
    try:
        running.create(NAME, running.lab())
        running.wait_running(NAME)
        yield running
    finally:
        running.stop()


def test_offsets_lie_in_a_topic_by_connector_and_partition_and_tasks_leave_after_the_state(distributed):
    keys = wait_for("an offset in its topic", lambda: [key for key, _ in distributed.records("connect-offsets")])
    assert keys[0] == [NAME, {"server": "shop"}]
    lesson = COURSE / "module-4" / "07-disaster-recovery.md"
    (dump,) = (
        block
        for block in blocks_of(lesson.read_text(encoding="utf-8"), lesson)
        if block.comment(REAL) is not None and "--topic connect-offsets" in block.text
    )
    assert re.findall(r"--formatter-property (\S+)", dump.text) == [
        "print.key=true",
        "print.partition=true",
        "key.separator='|'",
    ]
    assert distributed.call("PUT", f"/connectors/{NAME}/stop")[0] == 204
    seen: list[list[str]] = []
    while not seen or seen[-1] != ["STOPPED"]:
        seen.append(distributed.states(NAME))
        assert len(seen) < 300
        time.sleep(0.1)
    # Waiting for the connector's state alone would be too early.
    assert ["STOPPED", "RUNNING"] in seen
