"""Image files beside the pages: those that no page shows any more go, and no others."""

from __future__ import annotations

import pytest

GALLERY = "```{cdc-diagram-index}\n:style: gallery\n```\n"


@pytest.fixture
def pages(site):
    """Two pages of diagrams and two galleries of them."""
    site.flow("one")
    site.flow("two")
    site.write("index.md", f"# Index\n\n{GALLERY}\n```{{toctree}}\na\nb\nmore\n```\n")
    site.write("a.md", "# A\n\n```{cdc-diagram} one\n```\n")
    site.write("b.md", "# B\n\n```{cdc-diagram} two\n```\n")
    site.write("more.md", "# More\n\n```{cdc-diagram-index}\n:style: gallery\n:filter: tag=two\n```\n")
    return site


def images(built) -> set[str]:
    return {path.name for path in (built.out / "_images").iterdir()}


def shown(built) -> set[str]:
    text = "".join(path.read_text(encoding="utf-8") for path in built.out.rglob("*html"))
    return {name for name in images(built) if name in text}


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml", "epub"])
@pytest.mark.parametrize("parallel", [0, 2])
def test_a_changed_diagram_leaves_no_image_behind(pages, builder, parallel):
    settings = {"epub_copyright": "x", "version": "1", "parallel": parallel}
    built = pages.build(builder, **settings)
    before = images(built)
    assert before == shown(built)
    pages.touch(pages.flow("one", "Changed"))
    built = pages.build(builder, **settings)
    after = images(built)
    assert after == shown(built) != before
    assert len(after) == len(before)
    # A page that goes takes its images along.
    (pages.folder / "b.md").unlink()
    pages.write("more.md", "# More\n\nNo gallery\n")
    pages.write("index.md", f"# Index\n\n{GALLERY}\n```{{toctree}}\na\nmore\n```\n")
    built = pages.build(builder, **settings)
    assert images(built) == shown(built) < after


def test_a_book_holds_no_image_of_an_earlier_build(pages):
    settings = {"epub_copyright": "x", "version": "1"}
    pages.build("epub", **settings)
    pages.touch(pages.flow("one", "Changed"))
    after = pages.build("epub", **settings)
    assert after.text("content.opf").count(".svg") == len(images(after)) == len(shown(after))


def test_files_of_others_stay(pages):
    before = pages.build()
    others = ["own.svg", "cdc-own.svg", f"cdc-{'0' * 20}.svg"]
    for name in others:
        (before.out / "_images" / name).write_text("<svg/>", encoding="utf-8")
    pages.touch(pages.flow("one", "Changed"))
    after = pages.build()
    assert images(after) - shown(after) == {*others}


def test_without_a_record_nothing_is_removed_until_every_page_is_written(pages):
    built = pages.build()
    for record in (built.out.parent / "doctrees").glob("cdc-images-*"):
        record.unlink()
    pages.touch(pages.folder / "a.md")
    assert images(pages.build()) == shown(built)
    pages.touch(pages.flow("one", "Changed"))
    left = pages.build()
    assert shown(left) < images(left)
    (left.out.parent / "doctrees" / "environment.pickle").unlink()
    clean = pages.build()
    assert images(clean) == shown(clean)
