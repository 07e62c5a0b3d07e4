"""Registries of a project on the command line: single files, folders and fences of pages know them."""

from __future__ import annotations

import pytest

from sphinx_diagram_ext.cli import main

NODES = "  nodes: {a: {element: etcd, details: [{value: 1 s, source: docs/faq, quote: one second}]}}\n"
FLOW = f"diagram:\n  type: flow\n  title: A flow\n{NODES}"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, text in {
        "data/elements/core.yaml": "elements: {etcd: {name: etcd}}\n",
        "data/sources/docs.yaml": 'sources: {faq: {title: FAQ, url: "https://example.org", kind: primary}}\n',
        "data/shop/flow.yaml": FLOW,
        "page.md": f"# Page\n\n```{{cdc-diagram}}\n:name: here\n\n{FLOW}```\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("path", ["data/shop/flow.yaml", "data/shop", "page.md", "data/elements/core.yaml"])
def test_what_is_validated_knows_the_registries(folder, path, capsys):
    assert main(["validate", path]) == 0, capsys.readouterr().out


def test_a_registry_is_no_diagram(folder, capsys):
    assert main(["validate"]) == 0
    assert capsys.readouterr().out == "1 diagram checked, 0 errors.\n"
    assert main(["lint", "--rule", "source-unread"]) == 1
    assert "The registry does not say when 'docs/faq' was read; add 'read'" in capsys.readouterr().out
