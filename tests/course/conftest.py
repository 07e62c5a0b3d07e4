from __future__ import annotations

import sys
from pathlib import Path

import pytest
from alertmanager import Alertmanager
from connect_stand_in import Connector, StandIn
from postgres import SLOT, Postgres
from programs import find_program

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "labs" / "scripts"
sys.path.insert(0, str(SCRIPTS))


@pytest.fixture(scope="session")
def promtool() -> str:
    return find_program("promtool", "prometheus")


@pytest.fixture(scope="session")
def amtool() -> str:
    return find_program("amtool", "prometheus-alertmanager")


@pytest.fixture
def alertmanager(tmp_path):
    """A running Alertmanager with the lab's configuration."""
    with Alertmanager(find_program("prometheus-alertmanager", "prometheus-alertmanager"), tmp_path) as running:
        yield running


@pytest.fixture(scope="session")
def shellcheck() -> str:
    return find_program("shellcheck", "shellcheck")


@pytest.fixture
def connect():
    """A stand-in of Kafka Connect with the two connectors of the lab."""
    with StandIn() as stand_in:
        stand_in.connectors["inventory-postgres"] = Connector(
            {
                "connector.class": "io.debezium.connector.postgresql.PostgresConnector",
                "topic.prefix": "shop",
                "slot.name": "debezium_shop",
                "database.dbname": "shop",
            },
            offsets=[{"partition": {"server": "shop"}, "offset": {"lsn": 24023128, "txId": 556}}],
        )
        stand_in.connectors["inventory-mysql"] = Connector(
            {"connector.class": "io.debezium.connector.mysql.MySqlConnector", "topic.prefix": "inventory"},
            offsets=[{"partition": {"server": "inventory"}, "offset": {"file": "mysql-bin.000003", "pos": 157}}],
        )
        yield stand_in


@pytest.fixture(scope="session")
def server():
    postgres = Postgres.start()
    try:
        yield postgres
    finally:
        postgres.stop()


@pytest.fixture
def shop(server):
    """The database of the lab as it is after the start, without slots."""
    server.reset()
    return server


@pytest.fixture
def slot(shop):
    """The slot of the connector, made as Debezium makes it."""
    shop.sql(f"SELECT pg_create_logical_replication_slot('{SLOT}', 'pgoutput')", user="debezium")
    return shop
