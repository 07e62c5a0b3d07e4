"""What Read the Docs does with this repository, done here.

The rules are those of its configuration reference
(https://docs.readthedocs.com/platform/stable/config-file/v2.html), the commands those that its
build logs show, the variables those it sets
(https://docs.readthedocs.com/platform/stable/reference/environment-variables.html).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from typing import TYPE_CHECKING

import pytest
import yaml
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "": {"version", "build", "sphinx", "formats", "python", "submodules", "search"},
    "build": {"os", "tools", "apt_packages", "jobs"},
    "sphinx": {"configuration", "builder", "fail_on_warning"},
    "python": {"install"},
}
IMAGES = {"ubuntu-22.04", "ubuntu-24.04", "ubuntu-26.04", "ubuntu-lts-latest"}
PYTHONS = {"3.11", "3.12", "3.13", "3.14"}
BUILDERS = {"html": "html", "htmlzip": "singlehtml", "epub": "epub", "pdf": "latex"}
"""The builder of each output, in the order that they run in."""


@pytest.fixture(scope="module")
def settings(project):
    return yaml.safe_load((project / ".readthedocs.yaml").read_text(encoding="utf-8"))


def test_the_configuration_has_known_keys_and_values(settings):
    assert settings["version"] == 2
    for name, known in KEYS.items():
        assert set(settings[name] if name else settings) <= known
    assert settings["build"]["os"] in IMAGES
    assert settings["build"]["tools"]["python"] in PYTHONS
    assert set(settings["formats"]) == {"pdf", "epub", "htmlzip"}
    assert settings["sphinx"]["fail_on_warning"] is True


def test_everything_that_the_configuration_names_exists(settings, project):
    assert (project / settings["sphinx"]["configuration"]).is_file()
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = tuple(map(int, declared["requires-python"].removeprefix(">=").split(".")))
    assert tuple(map(int, settings["build"]["tools"]["python"].split("."))) >= least
    for step in settings["python"]["install"]:
        assert (project / step["path"] / "pyproject.toml").is_file()
        assert set(step["extra_requirements"]) <= set(declared["optional-dependencies"])
    fonts = {"DejaVu": "fonts-dejavu", "Liberation": "fonts-liberation"}
    assert set(settings["build"]["apt_packages"]) == set(fonts.values())
    assert "DejaVu" in (project / "docs" / "conf.py").read_text(encoding="utf-8")


def read_the_docs(docs: Path, out: Path, language: str, formats: list[str], *, strict: bool) -> None:
    """Run what Read the Docs runs in *docs*, with its variables; the doctrees are shared as there."""
    variables = {
        "READTHEDOCS": "True",
        "READTHEDOCS_VERSION": "latest",
        "READTHEDOCS_PROJECT": "diagrams",
        "READTHEDOCS_LANGUAGE": language,
        "READTHEDOCS_OUTPUT": str(out),
        "READTHEDOCS_CANONICAL_URL": f"https://diagrams.example.org/{language}/latest/",
    }
    for name, builder in BUILDERS.items():
        if name not in ("html", *formats):
            continue
        options = ["-W", "--keep-going"] if strict and name != "pdf" else []
        command = [sys.executable, "-m", "sphinx", "-T", *options, "-b", builder, "-d", "_build/doctrees"]
        done = subprocess.run(
            [*command, "-D", f"language={language}", ".", str(out / name)],
            cwd=docs,
            env=os.environ | variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{name}: {done.stderr}"


def check_outputs(out: Path, language: str) -> None:
    """Check that each output is there, in its language and under its canonical address."""
    page = BeautifulSoup((out / "html" / "index.html").read_text(encoding="utf-8"), "html.parser")
    link = page.find("link", rel="canonical")
    assert link is not None
    assert link["href"] == f"https://diagrams.example.org/{language}/latest/index.html"
    assert page.html["lang"] == language
    single = BeautifulSoup((out / "htmlzip" / "index.html").read_text(encoding="utf-8"), "html.parser")
    assert single.find("svg")
    scripts = [str(script["src"]) for script in single.find_all("script", src=True)]
    assert [address for address in scripts if "//" in address] == []
    books = list((out / "epub").glob("*.epub"))
    assert len(books) == 1
    with zipfile.ZipFile(books[0]) as book:
        assert f"<dc:language>{language}</dc:language>" in book.read("content.opf").decode()
    sources = list((out / "pdf").glob("*.tex"))
    assert len(sources) == 1  # latexmk prints every one there is
    pictures = {path.name for path in (out / "pdf").glob("cdc-*.pdf")}
    assert pictures
    assert pictures == {
        name for name in pictures if name.removesuffix(".pdf") in sources[0].read_text(encoding="utf-8")
    }


CONF = """\
import os

project = "diagrams"
author = "somebody"
copyright = "2026, somebody"
version = "1"
extensions = ["myst_parser", "sphinx_diagram_ext"]
cdc_diagram_path = ["data"]
exclude_patterns = ["data", "_build"]
numfig = True
language = os.environ.get("READTHEDOCS_LANGUAGE", "en")
html_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
latex_engine = "xelatex"
epub_show_urls = "footnote"
"""


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_small_site_builds_in_every_format_from_shared_doctrees(project, tmp_path, language):
    docs = tmp_path / "docs"
    shutil.copytree(project / "docs" / "examples", docs / "data")
    (docs / "conf.py").write_text(CONF, encoding="utf-8")
    pages = {
        "index": "# Index\n\n{numref}`orders`\n\n```{toctree}\none\ntwo\n```\n",
        "one": "# One\n\n```{cdc-diagram} orders\n```\n",
        "two": "# Two\n\n{cdc:node}`orders#database`\n\n```{cdc-diagram} types/raft-states\n```\n",
    }
    for name, text in pages.items():
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    read_the_docs(docs, out, language, ["pdf", "epub", "htmlzip"], strict=True)
    check_outputs(out, language)


@pytest.mark.skipif("CDC_SLOW" not in os.environ, reason="takes minutes; tox -e rtd runs it")
@pytest.mark.parametrize("language", ["ru", "en"])
def test_this_documentation_builds_from_a_clean_clone(settings, project, tmp_path, language):
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(project), str(clone)], check=True)
    docs = (clone / settings["sphinx"]["configuration"]).parent
    out = clone / "_readthedocs"
    read_the_docs(docs, out, language, settings["formats"], strict=settings["sphinx"]["fail_on_warning"])
    check_outputs(out, language)
    if shutil.which("latexmk") and shutil.which("xelatex"):
        options = ["-pdf", "-f", "-dvi-", "-ps-", "-jobname=diagrams", "-interaction=nonstopmode"]
        printed = subprocess.run(
            ["latexmk", "-r", "latexmkrc", *options],
            cwd=out / "pdf",
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        assert printed.returncode == 0, printed.stdout[-3000:]
        assert (out / "pdf" / "diagrams.pdf").stat().st_size > 100_000
