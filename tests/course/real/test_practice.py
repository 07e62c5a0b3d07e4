"""The practice of the lessons, done from the page on the real stack."""

from __future__ import annotations

import pytest
from lessons import COURSE
from programs import find_program
from stack import wait_for
from walk import Learner, differences, practice

pytestmark = pytest.mark.xdist_group("real")

ACTIVE = "SELECT slot_name FROM pg_replication_slots WHERE active"
LESSONS = [
    "04-lag-alerting",
    "05-wal-bloat-heartbeat",
    "06-connector-scaling",
    "07-disaster-recovery",
    "08-snapshots-schema-errors",
]


@pytest.fixture
def classroom(stack):
    """The lab with its PostgreSQL connector running, and no topics but its own."""
    find_program("jq", "jq")
    stack.forget_topics()
    stack.create("inventory-postgres", stack.lab())
    stack.wait_running("inventory-postgres")
    yield stack
    for name in stack.get("/connectors"):
        stack.remove(name)
    # A task that was stopped lets go of its slot a moment later.
    wait_for("slots without readers", lambda: stack.postgres.sql(ACTIVE) == [])
    stack.postgres.reset()


@pytest.mark.parametrize("name", LESSONS)
def test_the_practice_goes_as_the_page_says(name, classroom, tmp_path):
    lesson = COURSE / "module-4" / f"{name}.md"
    assert differences(Learner(classroom, lesson, tmp_path), practice(lesson)) == []
