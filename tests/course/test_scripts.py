"""The scripts of the lab against a stand-in of Kafka Connect."""

from __future__ import annotations

import ast
import copy
import json
import socket
import subprocess
import sys
from pathlib import Path

import offsets
import orphaned_slots
import pytest
import recovery_drill
from connect_api import ConnectApi, ConnectError, LabError, same_offsets
from connect_stand_in import DOCUMENTED, is_documented

SCRIPTS = Path(__file__).parents[2] / "labs" / "scripts"
NAMES = ["gameday.py", "offsets.py", "orphaned_slots.py", "recovery_drill.py"]
PG = "inventory-postgres"
PG_OFFSETS = [{"partition": {"server": "shop"}, "offset": {"lsn": 24023128, "txId": 556}}]
SLOT = {"slot_name": "debezium_shop", "slot_type": "logical", "database": "shop", "active": True}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _seconds: None)


@pytest.fixture
def saved(connect, tmp_path):
    """A backup of the PostgreSQL connector; afterwards its offset is another one."""
    path = tmp_path / "offsets.json"
    assert offsets.main(["backup", "--connect-url", connect.url, "--connector", PG, "--output", str(path)]) == 0
    connect.connectors[PG].offsets = [{"partition": {"server": "shop"}, "offset": {"lsn": 99}}]
    connect.requests.clear()
    return path


# Every script


@pytest.mark.parametrize("name", NAMES)
def test_help_says_what_a_script_does_and_its_exit_statuses(name):
    done = subprocess.run([SCRIPTS / name, "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--connect-url" in done.stdout or "{backup,restore}" in done.stdout
    assert "Exit status:" in done.stdout


def test_backup_and_restore_have_the_common_options(capsys):
    for command in ("backup", "restore"):
        with pytest.raises(SystemExit):
            offsets.main([command, "--help"])
        text = capsys.readouterr().out
        assert "--connect-url" in text
        assert "--dry-run" in text


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.py")), ids=lambda path: path.name)
def test_scripts_need_nothing_but_python(path):
    own = {script.stem for script in SCRIPTS.glob("*.py")}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        for name in names:
            root = name.partition(".")[0]
            assert root in sys.stdlib_module_names | own, f"{path.name} imports {name}"


def test_scripts_are_typed():
    pytest.importorskip("mypy", reason="mypy comes with the extra `lint`")
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir=/dev/null",
        "--no-error-summary",
    ]
    done = subprocess.run([*command, *NAMES], cwd=SCRIPTS, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "argv",
    [
        ["offsets.py", "backup", "--output", "x.json"],
        ["orphaned_slots.py", "--slots", "slots.json"],
        ["recovery_drill.py", "--yes"],
    ],
    ids=lambda argv: argv[0],
)
def test_without_connect_a_script_says_so_and_what_to_do(argv, tmp_path):
    (tmp_path / "slots.json").write_text("[]")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        command = [sys.executable, SCRIPTS / argv[0], *argv[1:], "--connect-url", url]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == (2 if argv[0] == "orphaned_slots.py" else 1)
    assert f"no answer from {url}" in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "slots.json"]


@pytest.mark.parametrize(
    "url", ["localhost:8083", "ftp://x", "http://", "http://x:port", "file:///etc/passwd", "http://me:secret@x:8083"]
)
def test_a_wrong_address_is_refused(url, capsys):
    assert offsets.main(["backup", "--output", "/dev/null", "--connect-url", url]) == 1
    assert "address" in capsys.readouterr().err


# The client


def test_a_rebalance_is_waited_for(connect):
    connect.rebalancing = 2
    ConnectApi(connect.url).stop(PG)
    assert connect.changes() == [f"PUT /connectors/{PG}/stop"] * 3
    assert connect.connectors[PG].state == "STOPPED"


def test_a_rebalance_that_does_not_end_is_an_error(connect):
    connect.rebalancing = 100
    with pytest.raises(ConnectError, match="409 Request cannot be completed because a rebalance") as caught:
        ConnectApi(connect.url, retries=2).stop(PG)
    assert caught.value.status == 409
    assert "rebalance" in caught.value.hint
    assert len(connect.changes()) == 3


def test_a_taken_name_is_not_tried_again(connect):
    with pytest.raises(ConnectError, match="already exists"):
        ConnectApi(connect.url).create(PG, {})
    assert len(connect.requests) == 1


def test_names_are_quoted(connect):
    with pytest.raises(ConnectError) as caught:
        ConnectApi(connect.url).status("a/b c?d")
    assert caught.value.status == 404
    assert connect.requests[-1][1] == "/connectors/a%2Fb%20c%3Fd/status"


def test_the_stand_in_answers_405_and_404_like_connect(connect):
    api = ConnectApi(connect.url)
    for method, path, status in [("POST", f"/connectors/{PG}/stop", 405), ("GET", f"/connectors/{PG}/nothing", 404)]:
        with pytest.raises(ConnectError) as caught:
            api._call(method, path)
        assert caught.value.status == status


def test_offsets_compare_in_any_order():
    one, two = ({"partition": {"a": n}, "offset": {"x": n}} for n in (1, 2))
    assert same_offsets([one, two], [two, one])
    assert not same_offsets([one], [one, two])


# Backup


def test_backup_of_all_connectors(connect, tmp_path, capsys):
    path = tmp_path / "deep" / "offsets.json"
    assert offsets.main(["backup", "--connect-url", connect.url, "--output", str(path)]) == 0
    data = json.loads(path.read_text())
    assert list(data["connectors"]) == ["inventory-mysql", PG]
    assert data["connectors"][PG] == {"state": "RUNNING", "topic.prefix": "shop", "offsets": PG_OFFSETS}
    assert data["taken_at"].endswith("+00:00")
    assert connect.changes() == []
    assert path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in path.parent.iterdir()] == ["offsets.json"]
    assert f"written to {path}" in capsys.readouterr().out


def test_backup_does_not_overwrite_without_force(connect, saved, capsys):
    before = saved.read_text()
    argv = ["backup", "--connect-url", connect.url, "--output", str(saved)]
    assert offsets.main(argv) == 1
    assert "exists already" in capsys.readouterr().err
    assert saved.read_text() == before
    assert offsets.main([*argv, "--force"]) == 0
    assert saved.read_text() != before


def test_backup_of_an_unknown_connector(connect, tmp_path, capsys):
    path = tmp_path / "offsets.json"
    argv = ["backup", "--connect-url", connect.url, "--connector", "nobody", "--output", str(path)]
    assert offsets.main(argv) == 1
    assert "404 Connector nobody not found" in capsys.readouterr().err
    assert not path.exists()


def test_backup_dry_run_writes_nothing(connect, tmp_path, capsys):
    path = tmp_path / "offsets.json"
    assert offsets.main(["backup", "--connect-url", connect.url, "--output", str(path), "--dry-run"]) == 0
    assert "would write" in capsys.readouterr().out
    assert not path.exists()


# Restore


def restore(connect, path, *more):
    return offsets.main(["restore", "--connect-url", connect.url, "--input", str(path), *more])


@pytest.mark.parametrize("state", ["RUNNING", "PAUSED"])
def test_restore_refuses_a_connector_that_is_not_stopped(connect, saved, state, capsys):
    connect.connectors[PG].state = state
    assert restore(connect, saved) == 1
    error = capsys.readouterr().err
    assert f"{PG} is {state}" in error
    assert f"curl -X PUT {connect.url}/connectors/{PG}/stop" in error
    assert connect.changes() == []


def test_restore_of_a_stopped_connector(connect, saved, capsys):
    connect.connectors[PG].state = "STOPPED"
    assert restore(connect, saved) == 0
    assert connect.changes() == [f"PATCH /connectors/{PG}/offsets"]
    assert connect.connectors[PG].offsets == PG_OFFSETS
    out = capsys.readouterr().out
    assert "altered successfully" in out
    assert f"curl -X PUT {connect.url}/connectors/{PG}/resume" in out


def test_restore_stops_the_connector_and_waits(connect, saved):
    connect.polls_until_state = 3
    assert restore(connect, saved, "--stop") == 0
    assert connect.changes() == [f"PUT /connectors/{PG}/stop", f"PATCH /connectors/{PG}/offsets"]
    assert connect.connectors[PG].offsets == PG_OFFSETS
    assert connect.connectors[PG].state == "STOPPED"


def test_restore_gives_up_on_a_connector_that_does_not_stop(connect, saved):
    connect.polls_until_state = 10**6
    entry = offsets.read_backup(saved)[PG]
    with pytest.raises(LabError, match="still RUNNING"):
        offsets.restore(ConnectApi(connect.url), PG, entry, stop=True, seconds=0)
    assert connect.connectors[PG].offsets != PG_OFFSETS


def test_restore_waits_for_a_rebalance(connect, saved):
    connect.connectors[PG].state = "STOPPED"
    connect.rebalancing = 1
    assert restore(connect, saved) == 0
    assert connect.connectors[PG].offsets == PG_OFFSETS


def test_a_400_is_explained(connect):
    with pytest.raises(ConnectError, match="400 Connectors must be in the STOPPED state") as caught:
        ConnectApi(connect.url).patch_offsets(PG, PG_OFFSETS)
    assert "PUT .../stop" in caught.value.hint


def test_restore_dry_run_changes_nothing(connect, saved, capsys):
    assert restore(connect, saved, "--stop", "--dry-run") == 0
    assert connect.changes() == []
    out = capsys.readouterr().out
    assert f"would send: PUT {connect.url}/connectors/{PG}/stop" in out
    assert f"would send: PATCH {connect.url}/connectors/{PG}/offsets" in out


def test_restore_refuses_offsets_of_another_topic_prefix(connect, saved, capsys):
    connect.connectors[PG].config["topic.prefix"] = "shop2"
    connect.connectors[PG].state = "STOPPED"
    assert restore(connect, saved) == 1
    assert "topic.prefix shop, the connector has shop2" in capsys.readouterr().err
    assert connect.changes() == []


def test_restore_tells_of_offsets_that_are_not_in_the_backup(connect, saved, capsys):
    connect.connectors[PG].state = "STOPPED"
    connect.connectors[PG].offsets.append({"partition": {"server": "other"}, "offset": {"lsn": 1}})
    assert restore(connect, saved) == 0
    assert "offsets that are not in the backup" in capsys.readouterr().out


def test_restore_of_a_deleted_connector(connect, saved, capsys):
    del connect.connectors[PG]
    assert restore(connect, saved) == 1
    assert "404" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no json", "is not JSON"),
        ("[]", "is no backup of this script"),
        ('{"format": 2, "connectors": {}}', "is no backup of this script"),
        ('{"format": 1, "connectors": {"a": {"offsets": [{"partition": 1}]}}}', "wanted a list of objects"),
        ('{"format": 1, "connectors": {"a": []}}', "wanted a list of objects"),
        ('{"format": 1, "connectors": {}}', "holds 0 connectors"),
        ('{"format": 1, "connectors": {"a": {"offsets": []}}}', "holds no offsets"),
        ('{"format": 1, "connectors": {"a": {"offsets": []}, "b": {"offsets": []}}}', "name one: --connector"),
    ],
)
def test_restore_of_a_broken_backup(connect, tmp_path, text, message, capsys):
    path = tmp_path / "backup.json"
    path.write_text(text)
    assert restore(connect, path) == 1
    assert message in capsys.readouterr().err
    assert connect.changes() == []


# Orphaned slots


def verdicts(connect, slots, tmp_path, capsys, *more):
    path = tmp_path / "slots.json"
    path.write_text(slots if isinstance(slots, str) else json.dumps(slots))
    status = orphaned_slots.main(["--connect-url", connect.url, "--slots", str(path), "--json", *more])
    assert connect.changes() == []
    return status, {entry["slot"]["name"]: entry["verdict"] for entry in json.loads(capsys.readouterr().out)}


def test_a_slot_of_a_connector_is_owned_whatever_the_connector_does(connect, tmp_path, capsys):
    for state in ("RUNNING", "PAUSED", "STOPPED"):
        connect.connectors[PG].state = state
        slot = SLOT | {"active": state == "RUNNING"}
        assert verdicts(connect, [slot], tmp_path, capsys) == (0, {"debezium_shop": "owned"})


def test_every_verdict(connect, tmp_path, capsys):
    slots = [
        SLOT,
        SLOT | {"slot_name": "left_behind", "active": False},
        SLOT | {"slot_name": "other_cluster"},
        SLOT | {"slot_name": "written_down", "active": False},
        {"slot_name": "standby", "slot_type": "physical", "database": None, "active": False},
    ]
    status, found = verdicts(connect, slots, tmp_path, capsys, "--keep", "written_down")
    assert status == 1
    assert found == {
        "debezium_shop": "owned",
        "left_behind": "orphaned",
        "other_cluster": "in use",
        "written_down": "kept",
        "standby": "skipped",
    }


def test_a_connector_without_slot_name_owns_the_default_slot(connect, tmp_path, capsys):
    del connect.connectors[PG].config["slot.name"]
    slots = [SLOT | {"slot_name": "debezium", "active": False}]
    assert verdicts(connect, slots, tmp_path, capsys) == (0, {"debezium": "owned"})


def test_the_same_slot_name_in_another_database_is_not_owned(connect, tmp_path, capsys):
    slots = [SLOT | {"database": "billing", "active": False}]
    assert verdicts(connect, slots, tmp_path, capsys) == (1, {"debezium_shop": "orphaned"})


def test_csv_of_psql(connect, tmp_path, capsys):
    text = "slot_name,slot_type,database,active,wal_status,retained_bytes\nold,logical,shop,f,extended,3221225472\n"
    path = tmp_path / "slots.csv"
    path.write_text(text)
    assert orphaned_slots.main(["--connect-url", connect.url, "--slots", str(path)]) == 1
    out = capsys.readouterr().out
    assert "orphaned  old" in out
    assert "keeps=3.0 GiB" in out
    assert "WHERE slot_name = 'old' AND NOT active;" in out
    assert "Nothing was dropped" in out


def test_a_name_is_quoted_in_the_statement():
    assert "slot_name = 'a''b' AND" in orphaned_slots.drop_statement("a'b")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "neither a JSON array nor CSV"),
        ("[", "is not JSON"),
        ("[1]", "row 1"),
        ('[{"slot_name": "a"}]', "wanted the column 'slot_type'"),
        ("slot_name,slot_type,database,active\na,logical,shop,maybe\n", "wanted t or f, found 'maybe'"),
        ("slot_name,slot_type,database,active,retained_bytes\na,logical,shop,t,much\n", "row 1"),
    ],
)
def test_broken_slots(connect, tmp_path, text, message, capsys):
    path = tmp_path / "slots"
    path.write_text(text)
    assert orphaned_slots.main(["--connect-url", connect.url, "--slots", str(path)]) == 2
    assert message in capsys.readouterr().err


def test_one_cluster_that_does_not_answer_makes_no_slot_orphaned(connect, tmp_path, capsys):
    path = tmp_path / "slots.json"
    path.write_text(json.dumps([SLOT | {"slot_name": "old", "active": False}]))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        dead = f"http://127.0.0.1:{free.getsockname()[1]}"
        status = orphaned_slots.main(["--connect-url", connect.url, "--connect-url", dead, "--slots", str(path)])
    assert status == 2
    assert "DROP" not in capsys.readouterr().out.upper()


def test_psql_that_is_not_there(connect, capsys):
    assert orphaned_slots.main(["--connect-url", connect.url, "--psql", "/nonexistent/psql"]) == 2
    assert "--slots FILE" in capsys.readouterr().err


def test_orphaned_slots_dry_run_and_query_ask_nobody(connect, capsys):
    assert orphaned_slots.main(["--connect-url", connect.url, "--dry-run"]) == 0
    assert orphaned_slots.main(["--print-query"]) == 0
    assert capsys.readouterr().out.count("FROM pg_replication_slots") == 2
    assert connect.requests == []


# The drill


def drill(connect, directory, *more):
    return recovery_drill.main(["--connect-url", connect.url, "--directory", str(directory), "--yes", *more])


def test_the_drill_loses_a_connector_and_brings_it_back(connect, tmp_path, capsys):
    before = copy.deepcopy(connect.connectors[PG])
    connect.polls_until_state = 1
    assert drill(connect, tmp_path) == 0
    assert connect.connectors[PG].offsets == before.offsets
    assert connect.connectors[PG].state == "RUNNING"
    assert connect.connectors[PG].config == {"name": PG, **before.config}
    assert connect.changes() == [
        f"PUT /connectors/{PG}/stop",
        f"DELETE /connectors/{PG}",
        "POST /connectors",
        f"PATCH /connectors/{PG}/offsets",
        f"PUT /connectors/{PG}/resume",
    ]
    posted = next(body for method, _, body in connect.requests if method == "POST")
    assert posted["initial_state"] == "STOPPED"
    (backup,) = tmp_path.iterdir()
    assert json.loads(backup.read_text())["offsets"] == PG_OFFSETS
    out = capsys.readouterr().out
    assert "slot_name = 'debezium_shop'" in out
    assert "times for the runbook" in out


def test_the_drill_only_calls_what_is_documented(connect, tmp_path):
    assert drill(connect, tmp_path) == 0
    assert all(is_documented(method, path) for method, path, _ in connect.requests)


def test_the_drill_dry_run_changes_nothing(connect, tmp_path, capsys):
    argv = ["--connect-url", connect.url, "--directory", str(tmp_path / "drill"), "--dry-run"]
    assert recovery_drill.main(argv) == 0
    assert connect.changes() == []
    assert not (tmp_path / "drill").exists()
    out = capsys.readouterr().out
    assert [f"step {n}:" in out for n in range(1, 10)] == [True] * 9
    assert out.count("would send:") == 5


@pytest.mark.parametrize("break_it", [{"state": "PAUSED"}, {"task_state": "FAILED"}])
def test_the_drill_does_not_start_from_a_sick_connector(connect, tmp_path, break_it, capsys):
    for name, value in break_it.items():
        setattr(connect.connectors[PG], name, value)
    assert drill(connect, tmp_path) == 1
    assert connect.changes() == []
    assert "healthy" in capsys.readouterr().err


def test_the_drill_does_not_delete_a_connector_without_offsets(connect, tmp_path, capsys):
    connect.connectors[PG].offsets = []
    assert drill(connect, tmp_path) == 1
    assert PG in connect.connectors
    assert f"curl -X PUT {connect.url}/connectors/{PG}/resume" in capsys.readouterr().err


def test_the_drill_says_the_way_back_when_it_fails_after_the_deletion(connect, tmp_path, monkeypatch, capsys):
    def fail(self, name, config, *, stopped=False):
        raise ConnectError(500, "POST /connectors: 500 no")

    monkeypatch.setattr(ConnectApi, "create", fail)
    assert drill(connect, tmp_path) == 1
    error = capsys.readouterr().err
    assert "the connector is deleted" in error
    assert str(tmp_path) in error


def test_the_drill_stops_when_a_step_is_declined(connect, tmp_path, monkeypatch, capsys):
    answers = iter(["y", "yes", "n"])
    monkeypatch.setattr("builtins.input", lambda _text: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert recovery_drill.main(["--connect-url", connect.url, "--directory", str(tmp_path)]) == 1
    assert connect.changes() == [f"PUT /connectors/{PG}/stop"]
    assert "declined at step 3" in capsys.readouterr().err


def test_the_drill_asks_nobody_when_nobody_is_there(connect, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert recovery_drill.main(["--connect-url", connect.url, "--directory", str(tmp_path)]) == 2
    assert connect.requests == []


# The list of documented calls


@pytest.mark.parametrize(
    ("call", "known"),
    [
        ("GET /connectors?expand=info", True),
        ("GET /connectors/", True),
        ("PUT /connectors/a/stop", True),
        ("POST /connectors/a/stop", False),
        ("PATCH /connectors/a/offsets", True),
        ("PUT /connectors/a/offsets", False),
        ("GET /connectors/a/b/c/d", False),
    ],
)
def test_documented_calls(call, known):
    assert is_documented(*call.split(" ")) is known
    assert len(DOCUMENTED) == len(set(DOCUMENTED))
