"""The environment of an older version is never misread: every page is read again."""

from __future__ import annotations

import pickle
import sys
import types
from dataclasses import make_dataclass

import pytest

from sphinx_diagram_ext.sphinx_ext.domain.domain import DiagramDomain
from sphinx_diagram_ext.sphinx_ext.extension import ENV_VERSION

GONE = "sphinx_diagram_ext.sphinx_ext.records"
"""A module whose classes are in the environments of versions before its code moved."""


@pytest.fixture
def two(site):
    site.flow("one")
    site.write("a.md", "# A\n\n```{cdc-diagram} one\n```\n")
    site.write("index.md", "# Index\n\n```{toctree}\na\n```\n\n{cdc:diagram}`one`\n")
    return site


def rewrite(two, change) -> None:
    """Build, and change what the environment on the disk holds."""
    path = two.build().app.doctreedir / "environment.pickle"
    env = pickle.loads(path.read_bytes())
    change(env)
    path.write_bytes(pickle.dumps(env))


def of_a_module_that_moved(env) -> None:
    """Give the environment what the domain kept before: records by page, of a class that is gone."""
    kind = make_dataclass("DiagramRecord", ["id", "docname"])
    module = types.ModuleType(GONE)
    kind.__module__ = GONE
    module.DiagramRecord = kind
    sys.modules[GONE] = module
    env.domaindata["cdc"] = {
        "version": 5,
        "asked": {},
        "shown": {"a": [kind("one", "a")]},
        "mentions": {},
        "indexes": {},
    }


def with_another_data_version(env) -> None:
    env.domaindata["cdc"]["version"] = DiagramDomain.data_version - 1


def of_another_shape(env) -> None:
    env.version = {**env.version, "sphinx_diagram_ext": ENV_VERSION - 1}
    env.domaindata["cdc"] = {"version": DiagramDomain.data_version, "shown": {"a": ["nonsense"]}}


@pytest.mark.parametrize("change", [of_a_module_that_moved, with_another_data_version, of_another_shape])
def test_every_page_is_read_again(two, change):
    rewrite(two, change)
    sys.modules.pop(GONE, None)
    again = two.build()
    assert (again.read, again.warnings) == (["a", "index"], "")
    assert "<svg" in again.text("a.html")
    assert two.build().read == []
