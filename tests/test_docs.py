"""The documentation builds without a warning, on every builder."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from babel.messages import pofile


@pytest.mark.parametrize("builder", ["dirhtml", "singlehtml", "text", "man", "texinfo", "epub", "latex", "gettext"])
def test_docs_build_without_warnings(builder, project, tmp_path_factory):
    out = tmp_path_factory.mktemp(f"docs-{builder}")
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", builder]
    done = subprocess.run(
        [*command, "-d", str(out / "doctrees"), str(project / "docs"), str(out / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_local_links_of_the_docs_lead_somewhere(project, tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", "linkcheck"]
    done = subprocess.run(
        [
            *command,
            "-D",
            "linkcheck_ignore=^https?://",
            "-d",
            str(tmp_path / "doctrees"),
            str(project / "docs"),
            str(tmp_path / "out"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_english_site_builds_without_warnings(project, tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-nW", "--keep-going", "-b", "html", "-D", "language=en"]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "doctrees"), str(project / "docs"), str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out" / "course" / "module-4" / "05-wal-bloat-heartbeat.html").read_text(encoding="utf-8")
    body = page.split("<article", 1)[1].split("</article>", 1)[0]
    svgs = re.findall(r"<svg .*?</svg>", body, flags=re.DOTALL)
    assert svgs
    assert not re.search(r"[\u0400-\u04ff]", "".join(svgs))
    assert "../../../ru/course/module-4/05-wal-bloat-heartbeat.html" in page


def test_translations_of_the_course_are_complete_and_none_is_stale(project, tmp_path):
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "gettext", "-D", "language=ru"]
    subprocess.run([*command, "-d", str(tmp_path / "dt"), str(project / "docs"), str(tmp_path / "pot")], check=True)
    wrong = []
    for template in sorted((tmp_path / "pot" / "course").rglob("*.pot")):
        name = template.relative_to(tmp_path / "pot").with_suffix(".po")
        catalogue = project / "docs" / "locales" / "en" / "LC_MESSAGES" / name
        with template.open("rb") as stream:
            wanted = {message.id for message in pofile.read_po(stream) if message.id}
        found = {}
        if catalogue.is_file():
            with catalogue.open("rb") as stream:
                found = {message.id: message for message in pofile.read_po(stream) if message.id}
        done = {text for text, message in found.items() if message.string and not message.fuzzy}
        # What has no Russian letter (titles of English documents, names of settings) reads the same.
        left = [text for text in sorted(wanted - done) if re.search(r"[\u0400-\u04ff]", text)]
        wrong += [f"{name}: not translated: {text}" for text in left]
        wrong += [f"{name}: stale: {text}" for text in sorted(set(found) - wanted)]
    assert wrong == []
