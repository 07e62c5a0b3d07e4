"""The commands that run the tests leave nothing out without saying so."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
import tomllib

import pytest

COURSE = "Not run: tests/course, the labs of the course (PostgreSQL, promtool, shellcheck): tox -e course"


def run(project, *arguments):
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", *arguments]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "CDC_"))}
    done = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def testpaths(project):
    settings = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))
    return settings["tool"]["pytest"]["ini_options"]["testpaths"]


def test_only_the_course_has_a_command_of_its_own(project, testpaths):
    run_by_default = {path for pattern in testpaths for path in project.glob(pattern)}
    tests = {path for path in project.joinpath("tests").rglob("test_*.py") if "course" not in path.parts}
    assert [path for path in sorted(tests) if not {path, *path.parents} & run_by_default] == []
    assert project / "tests" / "course" not in run_by_default


def test_the_course_has_its_command(project):
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(project / "tox.ini", encoding="utf-8")
    assert settings["testenv:course"]["commands"] == "pytest tests/course"


def test_a_run_of_all_tests_says_what_it_leaves_out(project):
    assert COURSE in run(project, "-o", "testpaths=tests/test_commands.py", "--collect-only")


def test_a_run_of_the_course_does_not(project):
    assert COURSE not in run(project, "tests/course/test_shell.py", "--collect-only")


def test_a_skipped_test_has_its_reason(project):
    lines = run(project, "-o", "testpaths=tests/test_read_the_docs.py")
    assert [line for line in lines if line.startswith("SKIPPED")] != []
