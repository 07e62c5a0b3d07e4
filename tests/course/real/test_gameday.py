"""The game day: every case is there to be found by what a learner can look at, and mended afterwards."""

from __future__ import annotations

import gameday
import pytest
from lab import NAME, SLOT
from programs import find_program
from stack import wait_for

pytestmark = pytest.mark.xdist_group("real")


@pytest.fixture
def play(lab, tmp_path):
    """Run the script with the addresses of the stack."""
    find_program("psql", "postgresql")
    postgres = lab.stack.postgres
    psql = f"{postgres.binaries / 'psql'} --no-psqlrc '{postgres.dsn()}'"
    lab.start()
    lab.order(101)
    lab.wait_order(101)
    wait_for("a heartbeat in the offset", lambda: lab.offset().get("messageType") == "MESSAGE")

    def run(*words: str) -> int:
        options = ["--connect-url", lab.stack.url, "--psql", psql, "--state", str(tmp_path / "gameday.json")]
        return gameday.main([*options, *words])

    return run


def shows(lab, case: str) -> bool:
    """Whether what tells the case is there for who looks."""
    states = lab.stack.states(NAME)
    config = lab.stack.get(f"/connectors/{NAME}/config") or {}
    slot = lab.sql(f"SELECT active FROM pg_replication_slots WHERE slot_name = '{SLOT}'")
    looks = {
        "paused": lambda: states == ["PAUSED", "PAUSED"],
        "stopped": lambda: states == ["STOPPED"],
        "deleted": lambda: states == [] and slot == [["f"]],
        "old-offset": lambda: "FAILED" in states and "no longer available" in lab.stack.trace(NAME),
        "no-heartbeat": lambda: "heartbeat.interval.ms" not in config and states == ["RUNNING", "RUNNING"],
        "heartbeat-table": lambda: "debezium_heartbeat" in config["heartbeat.action.query"],
        "publication": lambda: lab.sql("SELECT 1 FROM pg_publication_tables WHERE tablename = 'orders'") == [],
        "skipped": lambda: config.get("errors.tolerance") == "all",
    }
    return bool(looks[case]())


@pytest.mark.parametrize("case", gameday.CASES)
def test_a_case_is_broken_found_and_mended(case, lab, play, capsys):
    assert play("start", "--case", case) == 0
    assert case not in capsys.readouterr().out
    assert play("start") == 2
    wait_for(case, lambda: shows(lab, case))
    wrong = next(name for name in gameday.CASES if name != case)
    assert play("diagnose", wrong) == 1
    assert play("diagnose", case) == 0
    assert play("mend") == 0
    lab.order(102)
    assert 102 in lab.wait_order(102)
