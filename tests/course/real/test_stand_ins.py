"""The stand-in of the REST API and the list of MBean attributes, compared with the real ones."""

from __future__ import annotations

import re

import pytest
from connect_stand_in import ALTERED, RESET, Connector, StandIn
from jmx import STREAMING
from lab import NAME
from stack import wait_for

pytestmark = pytest.mark.xdist_group("real")


def test_every_attribute_that_lessons_may_use_is_one_of_debezium(lab):
    lab.stack.start_mysql()
    lab.start()
    lab.stack.create("mysql", lab.stack.lab("inventory-mysql") | {"topic.prefix": f"{lab.prefix}_mysql"})
    lab.stack.wait_running("mysql")
    wait_for("streaming", lambda: lab.metric("Connected") == "true")

    def attributes() -> set[str]:
        return {match[1] for line in lab.stack.mbeans() if (match := re.match(r"debezium\..*><>(\w+): ", line))}

    wait_for("the MBeans of both connectors", lambda: {"BinlogFilename", "SourceEventPosition"} <= attributes())
    assert STREAMING - attributes() == set()


@pytest.fixture
def stand_in():
    with StandIn() as running:
        yield running


def answer(stack, stand_in, method: str, path: str, body: object = None) -> tuple[object, object]:
    """What the real worker and the stand-in say to the same request."""
    real = stack.call(method, path, body)
    url, stack.url = stack.url, stand_in.url
    try:
        imitation = stack.call(method, path, body)
    finally:
        stack.url = url
    return real, imitation


def test_the_stand_in_answers_as_kafka_connect_does(lab, stand_in):
    lab.start()
    entry = wait_for("an offset", lab.offsets)
    stand_in.connectors[NAME] = Connector(dict(lab.config()), offsets=entry)
    path = f"/connectors/{NAME}"
    for method, call, body in (
        ("GET", "/connectors/nobody/status", None),
        ("GET", "/connectors/nobody/offsets", None),
        ("PATCH", f"{path}/offsets", {"offsets": entry}),
        ("DELETE", f"{path}/offsets", None),
        ("PATCH", f"{path}/offsets", {"offsets": []}),
        ("POST", f"{path}/offsets", None),
        ("GET", "/nothing", None),
    ):
        real, imitation = answer(lab.stack, stand_in, method, call, body)
        assert real == imitation, f"{method} {call}"
    lab.stop()
    stand_in.connectors[NAME].state = "STOPPED"
    real, imitation = answer(lab.stack, stand_in, "PATCH", f"{path}/offsets", {"offsets": lab.offsets()})
    assert real == imitation == (200, {"message": ALTERED})
    real, imitation = answer(lab.stack, stand_in, "DELETE", f"{path}/offsets")
    assert real == imitation == (200, {"message": RESET})
    for call in ("stop", "resume", "pause"):
        real, imitation = answer(lab.stack, stand_in, "PUT", f"{path}/{call}")
        assert real[0] == imitation[0], call
