"""What elements stand for in a repository."""

from __future__ import annotations

import pytest

from sphinx_diagram_ext.catalog.bindings import broken, repository

FILES = {
    "compose.yaml": "x: &x {a: 1}\nservices:\n  connect: {<<: *x, ports: ['8083:8083']}\n  my.db: !!str text\n",
    "data.json": '{"panels": [{"title": "Lag"}]}',
    "init.sql": 'create table if not exists public.orders (id int);\nCREATE TABLE "Outbox" (id int);\n',
    "lesson.md": "# The lab\n\n## Start it up\n",
    "page.rst": "The lab\n=======\n",
    "deep.yaml": "[" * 5_000,
    "run.sh": "echo\n",
}


@pytest.fixture
def top(tmp_path):
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "binding",
    [
        "compose.yaml",
        "compose.yaml#services.connect",
        "compose.yaml#services.connect.ports.0",
        "compose.yaml#services.my.db",
        "data.json#panels.0.title",
        "init.sql#orders",
        "init.sql#public.orders",
        "init.sql#Outbox",
        "lesson.md#start-it-up",
        "lesson.md#Start it up",
        "page.rst#the-lab",
        "run.sh",
    ],
)
def test_what_is_there(top, binding):
    assert broken(binding, top) == ""


@pytest.mark.parametrize(
    ("binding", "said"),
    [
        ("compos.yaml", "there is no file 'compos.yaml'"),
        ("compose.yaml#services.conect", "has no key 'services.conect' (did you mean 'connect'?)"),
        ("data.json#panels.7", "has no key 'panels.7'"),
        ("data.json#panels.0.title.x", "has no key"),
        ("init.sql#outbox", "creates no table 'outbox'"),
        ("lesson.md#stop", "has no heading 'stop'"),
        ("deep.yaml#a", "is not one YAML document"),
        ("run.sh#main", "cannot be found: wanted YAML, JSON, SQL"),
        ("../secret.yaml", "leads out of the repository"),
        ("/etc/passwd", "leads out of the repository"),
        ("link.yaml#a", "leads out of the repository"),
        ("data", "there is no file 'data'"),
        ("x" * 1000, "there is no file"),
    ],
)
def test_what_is_not(top, binding, said, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("a: 1\n", encoding="utf-8")
    (top / "link.yaml").symlink_to(outside)
    assert said in broken(binding, top)


def test_the_repository_is_the_nearest_folder_that_says_so(top):
    assert repository(top / "data") == top.resolve()
