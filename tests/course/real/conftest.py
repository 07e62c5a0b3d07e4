from __future__ import annotations

import itertools

import download
import pytest

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def stack():
    """The real stack; without its download every test of this folder is skipped."""
    if not download.is_complete():
        pytest.skip("the real stack is not downloaded: python tests/course/real/download.py")
    from stack import Stack

    running = Stack.start()
    try:
        yield running
    finally:
        running.stop()


@pytest.fixture
def lab(stack):
    """The database as the lab seeds it, no connectors, and a name for topics that no other test has."""
    from lab import Lab

    fresh = Lab(stack, f"shop{next(_NUMBERS)}")
    yield fresh
    for name in stack.get("/connectors"):
        stack.remove(name)
    stack.postgres.reset()
