"""Programs that tests need and that come from Debian packages."""

from __future__ import annotations

import os
import shutil

import pytest


def missing(what: str, package: str) -> None:
    """Skip a test that lacks a program; on CI every program must be there."""
    text = f"{what} is not installed (Debian package: {package})"
    if os.environ.get("CI"):
        pytest.fail(text)
    pytest.skip(text)


def find_program(name: str, package: str) -> str:
    path = shutil.which(name)
    if path is None:
        missing(name, package)
    assert path is not None
    return path
