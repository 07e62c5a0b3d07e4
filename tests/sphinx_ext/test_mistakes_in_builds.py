"""The mistakes that authors make most (tests/mistakes.yaml), in pages and in conf.py."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

MISTAKES = yaml.safe_load((Path(__file__).parents[1] / "mistakes.yaml").read_text(encoding="utf-8"))["pages"]


def test_what_conf_py_imports_is_no_setting(site):
    site.flow("orders")
    site.write("index.md", "# Index\n")
    with (site.folder / "conf.py").open("a") as stream:
        stream.write("from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram\n")
    assert site.build().warnings == ""


@pytest.mark.parametrize("one", MISTAKES, ids=[f"{item['number']}-{item['mistake']}" for item in MISTAKES])
def test_a_mistake_is_said_once_with_its_place_and_a_remedy(site, one):
    site.flow("orders")
    site.write("index.md", f"# Index\n\n{one['page']}")
    with (site.folder / "conf.py").open("a") as stream:
        stream.write(one.get("conf", "") + "\n")
    said = site.build().warnings.replace(f"{site.folder}/", "").splitlines()
    # MyST lists all options, of which more may come.
    wanted = [line.removesuffix("...") for line in one["says"]]
    assert [
        line[: len(want)] if want.endswith("(allowed: ") else line for line, want in zip(said, wanted, strict=True)
    ] == wanted
