"""The practice of the lessons, done from the page on the real stack."""

from __future__ import annotations

import pytest
from lessons import COURSE
from monitoring import Monitoring
from programs import find_program
from stack import wait_for
from walk import Learner, differences, practice, real_elsewhere

pytestmark = pytest.mark.xdist_group("real")

ACTIVE = "SELECT slot_name FROM pg_replication_slots WHERE active"
LESSONS = [
    "module-4/01-jmx-metrics",
    "module-4/02-prometheus-collection",
    "module-4/04-lag-alerting",
    "module-4/05-wal-bloat-heartbeat",
    "module-4/06-connector-scaling",
    "module-4/07-disaster-recovery",
    "module-4/08-snapshots-schema-errors",
    "capstone/04-multi-database-architecture",
]


@pytest.fixture
def classroom(stack):
    """The lab with its PostgreSQL connector running, and no topics but its own."""
    find_program("jq", "jq")
    stack.forget_topics()
    stack.start_mysql()
    for name in ("inventory-postgres", "inventory-mysql"):
        stack.create(name, stack.lab(name))
    for name in ("inventory-postgres", "inventory-mysql"):
        stack.wait_running(name)
        wait_for(f"offsets of {name}", lambda name=name: stack.get(f"/connectors/{name}/offsets")["offsets"])
    yield stack
    for name in stack.get("/connectors"):
        stack.remove(name)
    # A task that was stopped lets go of its slot a moment later.
    wait_for("slots without readers", lambda: stack.postgres.sql(ACTIVE) == [])
    stack.postgres.reset()


@pytest.fixture
def monitoring(classroom, tmp_path_factory):
    running = Monitoring(classroom, tmp_path_factory.mktemp("monitoring"))
    yield running
    running.stop()


@pytest.mark.parametrize("name", LESSONS)
def test_the_practice_goes_as_the_page_says(name, classroom, monitoring, tmp_path):
    lesson = COURSE / f"{name}.md"
    found = differences(Learner(classroom, monitoring, lesson, tmp_path), [*practice(lesson), *real_elsewhere(lesson)])
    traces = [classroom.trace(connector)[:2000] for connector in classroom.get("/connectors")]
    assert not found, "\n".join([*found, *traces])
