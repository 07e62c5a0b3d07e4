"""The files of the lab: they parse, name exact versions, fit together, and pass the tools of those who read them."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml
from jmx import STREAMING, exported
from keys import KNOWN, unknown_keys
from lessons import blocks_of

LABS = Path(__file__).parents[2] / "labs"
DATA = Path(__file__).parent / "data"
FILES = sorted(path for path in LABS.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
COMPOSE = yaml.safe_load((LABS / "compose.yaml").read_text(encoding="utf-8"))
DASHBOARDS = sorted((LABS / "grafana" / "dashboards").glob("*.json"))
RULES = sorted((LABS / "prometheus" / "rules").glob("*.yml"))
ROUTER = "io.debezium.transforms.ByLogicalTableRouter"
CONNECTORS = sorted((LABS / "connectors").glob("*.json"))


def of(*suffixes):
    return [pytest.param(path, id=str(path.relative_to(LABS))) for path in FILES if path.suffix in suffixes]


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


# Every file


@pytest.mark.parametrize("path", of(".json"))
def test_json_parses(path):
    load(path)


@pytest.mark.parametrize("path", of(".yml", ".yaml"))
def test_yaml_parses(path):
    assert list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


# Compose


def test_compose_fits_the_schema_of_the_compose_specification():
    schema = load(DATA / "compose-spec" / "compose-spec.json")
    # The schema is older than the name of a project at the top level.
    compose = {key: COMPOSE[key] for key in COMPOSE if key != "name"}
    errors = jsonschema.Draft201909Validator(schema).iter_errors(compose)
    assert [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in errors] == []


@pytest.mark.parametrize("service", COMPOSE["services"])
def test_images_name_an_exact_version(service):
    image = COMPOSE["services"][service]["image"]
    _, _, tag = image.rpartition(":")
    assert "/" not in tag, f"{image}: no tag"
    assert re.fullmatch(r"v?\d+(\.\d+)+(\.Final)?", tag), f"{image}: not an exact version"


def test_the_image_of_connect_is_built_from_the_version_it_is_named_after():
    text = (LABS / "connect" / "Dockerfile").read_text(encoding="utf-8")
    (base,) = re.findall(r"^FROM (\S+)$", text, re.MULTILINE)
    assert base == "quay.io/debezium/connect:" + COMPOSE["services"]["connect"]["image"].rpartition(":")[2]
    assert re.search(r"^ARG JMX_EXPORTER_VERSION=\d+\.\d+\.\d+$", text, re.MULTILINE)


def test_what_is_mounted_exists():
    named = set(COMPOSE["volumes"])
    used = set()
    for service in COMPOSE["services"].values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (LABS / source).exists(), source
            else:
                used.add(source)
    assert used == named


def test_ports_are_for_this_machine_only_and_each_is_used_once():
    ports = [port for service in COMPOSE["services"].values() for port in service.get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in ports)
    published = [port.split(":")[1] for port in ports]
    assert len(published) == len(set(published))
    assert {"8083", "9090", "3000", "5432", "3306", "9404"} <= set(published)


def test_services_wait_for_services_that_can_say_they_are_healthy():
    for service in COMPOSE["services"].values():
        needed = service.get("depends_on", {})
        for name in needed:
            assert name in COMPOSE["services"]
            if isinstance(needed, dict) and needed[name]["condition"] == "service_healthy":
                assert "healthcheck" in COMPOSE["services"][name]


def test_postgres_decodes_logically_and_leaves_the_rest_to_alter_system():
    command = COMPOSE["services"]["postgres"]["command"]
    assert "wal_level=logical" in command
    assert not any("max_slot_wal_keep_size" in word for word in command)


# Connectors


def test_known_keys_have_addresses_of_the_projects_own_documentation():
    hosts = {"debezium.io", "kafka.apache.org"}
    for section in KNOWN["keys"].values():
        for key, address in section.items():
            assert re.fullmatch(r"https://([^/]+)/\S+", address), key
            assert address.split("/")[2] in hosts, key
    assert set(KNOWN["transforms"].values()) <= set(KNOWN["keys"])
    assert {name for names in KNOWN["connectors"].values() for name in names} <= set(KNOWN["keys"])


@pytest.mark.parametrize("path", CONNECTORS, ids=lambda path: path.name)
def test_keys_of_connectors_are_known(path):
    data = load(path)
    assert data["name"] == path.stem
    assert unknown_keys(data["config"]) == []
    assert all(isinstance(value, str) for value in data["config"].values())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"heartbeat.intervall.ms": "1"}, "heartbeat.intervall.ms: not a known key"),
        ({"database.server.name": "x"}, "database.server.name: not a known key"),
        ({"database.server.id": "1"}, "database.server.id: not a known key"),
        ({"connector.class": "Postgres"}, "connector.class Postgres: not in labs/known-keys.json"),
        ({"transforms": "a", "transforms.a.type": "x.Y"}, "transforms.a.type: x.Y is not in"),
        ({"transforms.a.type": "x.Y"}, "transforms.a.type: no such alias"),
        (
            {
                "transforms": "a",
                "transforms.a.type": "io.debezium.transforms.ByLogicalTableRouter",
                "transforms.a.b": "c",
            },
            "transforms.a.b: not a known key of io.debezium.transforms.ByLogicalTableRouter",
        ),
    ],
)
def test_unknown_keys_are_found(change, complaint):
    config = load(LABS / "connectors" / "inventory-postgres.json")["config"] | change
    assert any(text.startswith(complaint) for text in unknown_keys(config)), unknown_keys(config)


def test_the_postgres_connector_is_the_one_the_lessons_speak_of():
    config = load(LABS / "connectors" / "inventory-postgres.json")["config"]
    wanted = {
        "topic.prefix": "shop",
        "slot.name": "debezium_shop",
        "publication.name": "dbz_publication",
        "plugin.name": "pgoutput",
        "heartbeat.interval.ms": "10000",
        "database.dbname": "shop",
    }
    assert {key: config[key] for key in wanted} == wanted
    assert "pg_logical_emit_message" in config["heartbeat.action.query"]
    # Else every heartbeat becomes an event of the topic shop.message.
    assert f"'{config['message.prefix.exclude.list']}'" in config["heartbeat.action.query"]


def test_secrets_are_references_to_files_that_are_there():
    for path in CONNECTORS:
        password = load(path)["config"]["database.password"]
        file, key = re.fullmatch(r"\$\{file:/secrets/([\w.]+):(\w+)\}", password).groups()
        assert re.search(rf"^{key}=\S+$", (LABS / "connect" / "secrets" / file).read_text(), re.MULTILINE)


def test_connectors_do_not_share_what_must_be_their_own():
    configs = [load(path)["config"] for path in CONNECTORS]
    for key in ("topic.prefix", "slot.name", "database.server.id", "schema.history.internal.kafka.topic"):
        values = [config[key] for config in configs if key in config]
        assert len(values) == len(set(values)), key


# From MBeans to metrics


JMX = yaml.safe_load((LABS / "connect" / "jmx-exporter.yml").read_text(encoding="utf-8"))["rules"]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        (
            "debezium.postgres<type=connector-metrics, context=streaming, server=shop><>MilliSecondsBehindSource: 350",
            (
                "debezium_metrics_MilliSecondsBehindSource",
                {"plugin": "postgres", "context": "streaming", "name": "shop"},
            ),
        ),
        (
            "debezium.mysql<type=connector-metrics, context=schema-history, server=inventory><>ChangesApplied: 3",
            ("debezium_metrics_ChangesApplied", {"plugin": "mysql", "context": "schema-history", "name": "inventory"}),
        ),
        (
            "debezium.sql_server<type=connector-metrics, server=s, task=0, context=streaming><>Connected: true",
            (
                "debezium_metrics_Connected",
                {"plugin": "sql_server", "name": "s", "task": "0", "context": "streaming"},
            ),
        ),
        (
            "debezium.sql_server<type=connector-metrics, server=s, task=0, context=streaming, database=d><>Connected",
            (
                "debezium_metrics_Connected",
                {"plugin": "sql_server", "name": "s", "task": "0", "context": "streaming", "database": "d"},
            ),
        ),
        (
            "kafka.connect<type=connector-task-metrics, connector=inventory-postgres, task=0><>status: running",
            (
                "kafka_connect_connector_task_status",
                {"connector": "inventory-postgres", "task": "0", "status": "running"},
            ),
        ),
        (
            "kafka.connect<type=source-task-metrics, connector=c, task=0><>source-record-write-total: 7.0",
            ("kafka_connect_source_task_source_record_write_total", {"connector": "c", "task": "0"}),
        ),
        (
            "kafka.connect<type=source-task-metrics, connector=c, task=0><>source-record-write-rate: 7.0",
            ("kafka_connect_source_task_source_record_write_rate", {"connector": "c", "task": "0"}),
        ),
        (
            "kafka.connect<type=task-error-metrics, connector=c, task=0><>total-record-failures: 0.0",
            ("kafka_connect_task_error_record_failures_total", {"connector": "c", "task": "0"}),
        ),
        (
            "kafka.connect<type=task-error-metrics, connector=c, task=0><>last-error-timestamp: 0",
            ("kafka_connect_task_error_last_error_timestamp", {"connector": "c", "task": "0"}),
        ),
        (
            "kafka.connect<type=connect-worker-rebalance-metrics><>completed-rebalances-total: 2.0",
            ("kafka_connect_worker_rebalance_completed_rebalances_total", {}),
        ),
        (
            "debezium.mongodb<type=connector-metrics, context=streaming, server=m, task=0><>Connected: true",
            ("debezium_metrics_Connected", {"plugin": "mongodb", "context": "streaming", "name": "m", "task": "0"}),
        ),
        # custom.metric.tags
        (
            "debezium.postgres<type=connector-metrics, context=streaming, server=shop, team=a, env=p><>Connected: true",
            ("debezium_metrics_Connected", {"plugin": "postgres", "context": "streaming", "name": "shop"}),
        ),
        (
            "debezium.sql_server<type=connector-metrics, server=s, task=0, context=streaming, team=a><>Connected: true",
            ("debezium_metrics_Connected", {"plugin": "sql_server", "name": "s", "task": "0", "context": "streaming"}),
        ),
        # A row of a table.
        (
            "debezium.postgres<type=connector-metrics, context=snapshot, server=shop, key=orders><>RowsScanned: 5",
            None,
        ),
        (
            "debezium.postgres<type=connector-metrics, context=snapshot, server=s, team=a, key=t><>RowsScanned: 5",
            None,
        ),
        (
            "kafka.connect<type=connect-worker-metrics><>connector-count: 2.0",
            ("kafka_connect_worker_connector_count", {}),
        ),
        ("java.lang<type=Memory><HeapMemoryUsage>used: 1", None),
    ],
)
def test_rules_of_the_jmx_exporter(text, metric):
    assert exported(JMX, text) == metric


def test_counters_are_counters():
    """The exporter cuts `_total` off whatever is no COUNTER, and gives it to every COUNTER."""
    kinds = {rule["name"]: rule.get("type") for rule in JMX}
    assert {name for name in kinds if name.endswith("_total")} == {
        name for name, kind in kinds.items() if kind == "COUNTER"
    }


# Prometheus, Alertmanager, Grafana


def queries():
    """Every PromQL expression of the lab, by where it stands."""
    found = {}
    for path in RULES:
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for rule in group["rules"]:
                found[f"{path.name}: {rule.get('alert') or rule['record']}"] = rule["expr"]
    for path in DASHBOARDS:
        for panel in load(path)["panels"]:
            for target in panel.get("targets", []):
                found[f"{path.name}: {panel['title']} {target['refId']}"] = target["expr"]
    return found


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_prometheus_reads_its_configuration_and_rules(promtool):
    run(promtool, "check", "config", str(LABS / "prometheus" / "prometheus.yml"))


def test_alertmanager_reads_its_configuration(amtool):
    run(amtool, "check-config", str(LABS / "alertmanager" / "alertmanager.yml"))


@pytest.mark.parametrize(
    ("labels", "receiver"),
    [
        ("severity=critical", "on-call"),
        ("severity=warning", "cdc-team"),
        ("severity=unheard-of", "cdc-team"),
        ("alertname=Watchdog", "watchdog"),
    ],
)
def test_alerts_reach_who_should_hear_them(amtool, labels, receiver):
    file = str(LABS / "alertmanager" / "alertmanager.yml")
    run(amtool, "config", "routes", "test", f"--config.file={file}", f"--verify.receivers={receiver}", labels)


def test_alerts_fire_when_they_should_and_only_then(promtool, tmp_path):
    text = (DATA / "alerts.test.yml").read_text(encoding="utf-8").replace("RULES", str(LABS / "prometheus" / "rules"))
    file = tmp_path / "alerts.test.yml"
    file.write_text(text, encoding="utf-8")
    run(promtool, "test", "rules", str(file))


def firing_for_one_failed_task() -> list[dict[str, str]]:
    """The alerts that promtool has confirmed for the scenario."""
    tests = yaml.safe_load((DATA / "alerts.test.yml").read_text(encoding="utf-8"))["tests"]
    (scenario,) = (test for test in tests if test["name"] == "One failed task")
    (query,) = scenario["promql_expr_test"]
    found = [dict(re.findall(r'(\w+)="([^"]*)"', sample["labels"])) for sample in query["exp_samples"]]
    return [{key: value for key, value in labels.items() if key != "alertstate"} for labels in found]


def test_one_failed_task_notifies_once(alertmanager):
    alerts = firing_for_one_failed_task()
    assert {"DebeziumTaskFailed", "DebeziumLagBudgetFastBurn", "ReplicationSlotInactive"} <= {
        alert["alertname"] for alert in alerts
    }
    # Another connector's trouble is not hidden by it.
    other = {"alertname": "DebeziumLagHigh", "severity": "warning", "plugin": "mysql", "name": "inventory"}
    assert alertmanager.not_suppressed([*alerts, other]) == ["DebeziumLagHigh", "DebeziumTaskFailed"]


def test_every_alert_is_tested():
    alerts = {name.split(": ")[1] for name in queries() if name.split(": ")[1][0].isupper() and ".yml" in name}
    tests = yaml.safe_load((DATA / "alerts.test.yml").read_text(encoding="utf-8"))["tests"]
    tested = {case["alertname"] for test in tests for case in test.get("alert_rule_test", []) if case.get("exp_alerts")}
    assert alerts - tested == set()


def test_every_query_of_the_dashboards_parses(promtool, tmp_path):
    rules = []
    for number, (name, query) in enumerate(sorted(queries().items())):
        text = query.replace("$__rate_interval", "1m").replace("$__interval", "15s").replace("$server", "shop")
        assert not re.search(r"\$[a-z_]", text), f"{name}: a variable that this test does not know"
        rules.append({"record": f"query:{number}", "expr": text})
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}), encoding="utf-8")
    run(promtool, "check", "rules", str(file))


def test_queries_use_metrics_that_exist():
    text = "\n".join(queries().values())
    assert set(re.findall(r"debezium_metrics_(\w+)", text)) - STREAMING == set()
    recorded = {
        rule["record"]
        for path in RULES
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
        for rule in group["rules"]
        if "record" in rule
    }
    assert set(re.findall(r"debezium:[\w:]+", text)) - recorded == set()
    # https://github.com/prometheus-community/postgres_exporter/blob/v0.20.1/collector/pg_replication_slots.go
    slots = {"active", "pg_wal_lsn_diff", "slot_confirmed_flush_lsn", "wal_status", "safe_wal_size_bytes"}
    assert set(re.findall(r"pg_replication_slots_(\w+)", text)) - slots == set()


def test_every_connector_of_the_lab_is_expected():
    rules = [
        rule for group in yaml.safe_load(RULES[0].read_text(encoding="utf-8"))["groups"] for rule in group["rules"]
    ]
    listed = [rule["labels"] for rule in rules if rule.get("record") == "debezium:connector_expected"]
    configs = {path.stem: load(path)["config"] for path in CONNECTORS}
    plugins = {"io.debezium.connector.postgresql.PostgresConnector": "postgres"}
    wanted = [
        {
            "connector": name,
            "plugin": plugins.get(config["connector.class"], "mysql"),
            "name": config["topic.prefix"],
            **({"slot_name": config["slot.name"]} if "slot.name" in config else {}),
        }
        for name, config in configs.items()
    ]
    assert sorted(listed, key=str) == sorted(wanted, key=str)


def test_every_alert_says_what_and_how_bad():
    for path in RULES:
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for rule in group["rules"]:
                if "alert" in rule:
                    wanted = {"none"} if rule["alert"] == "Watchdog" else {"warning", "critical"}
                    assert rule["labels"]["severity"] in wanted, rule["alert"]
                    assert {"summary", "description"} <= set(rule["annotations"]), rule["alert"]


@pytest.mark.parametrize("path", DASHBOARDS, ids=lambda path: path.name)
def test_a_dashboard_has_three_rows_of_three_panels(path):
    panels = load(path)["panels"]
    kinds = [panel["type"] == "row" for panel in panels]
    assert kinds == [True, False, False, False] * 3
    assert len({panel["id"] for panel in panels}) == 12
    source = yaml.safe_load((LABS / "grafana/provisioning/datasources/prometheus.yml").read_text(encoding="utf-8"))
    for panel in panels:
        if panel["type"] != "row":
            assert panel["description"]
            assert panel["datasource"]["uid"] == source["datasources"][0]["uid"]
    taken = set()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert max(x for x, _ in cells) < 24
        assert not cells & taken, panel["title"]
        taken |= cells


def by_title(name):
    return {panel["title"]: panel for panel in load(LABS / "grafana" / "dashboards" / name)["panels"]}


def test_the_fixed_dashboard_has_none_of_the_three_traps():
    broken, fixed = by_title("cdc-overview.json"), by_title("cdc-overview.fixed.json")
    assert list(fixed) == list(broken)
    for panel in fixed.values():
        if panel["type"] == "stat":
            assert all(target["instant"] and not target["range"] for target in panel["targets"]), panel["title"]
            assert panel["fieldConfig"]["defaults"]["noValue"], panel["title"]
    text, traps = json.dumps(fixed), json.dumps(broken)
    for trap in ("vector(0)", "BehindSourceP95", "BehindSourceP99"):
        assert trap in traps
        assert trap not in text
    # The queries are those of the lesson.
    lesson = (LABS.parent / "docs/course/module-4/03-grafana-dashboard.md").read_text(encoding="utf-8")
    for title, number in (("Failed tasks", 0), ("Lag over time", 1), ("Lag over time", 2)):
        query = fixed[title]["targets"][number]["expr"]
        assert re.sub(r"\s", "", query) in re.sub(r"\s", "", lesson), query


def test_dashboards_are_where_grafana_looks():
    provider = yaml.safe_load((LABS / "grafana/provisioning/dashboards/cdc.yml").read_text(encoding="utf-8"))
    folder = provider["providers"][0]["options"]["path"]
    assert f"./grafana/dashboards:{folder}:ro" in COMPOSE["services"]["grafana"]["volumes"]


# README


def test_shell_blocks_of_the_readme_pass_shellcheck(shellcheck, tmp_path):
    path = LABS / "README.md"
    found = [block for block in blocks_of(path.read_text(encoding="utf-8"), path) if block.language == "bash"]
    assert found
    for block in found:
        file = tmp_path / f"line-{block.line}.sh"
        file.write_text(block.text)
        run(shellcheck, "--shell=bash", "--exclude=SC2034,SC2154", str(file))


def test_the_readme_names_every_image_and_only_files_that_exist():
    text = (LABS / "README.md").read_text(encoding="utf-8")
    for service in COMPOSE["services"].values():
        image = service["image"].replace("cdc-lab/connect", "quay.io/debezium/connect")
        assert image in text, image
    for name in set(re.findall(r"`([a-z]+/[^`: ]*)`", text)):
        assert (LABS / name).exists(), name
