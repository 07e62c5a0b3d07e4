from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from sphinx_diagram_ext.engine import select_engine

if TYPE_CHECKING:
    from sphinx_diagram_ext.engine import Engine

settings.register_profile(
    "core",
    deadline=None,
    max_examples=60,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("core")


@pytest.fixture(scope="module")
def engine() -> Engine:
    return select_engine().engine
