"""Labels, captions and explanations in catalogues, and translated pictures."""

from __future__ import annotations

import re

from babel.messages import pofile
from babel.messages.mofile import write_mo


def catalogue(site, name: str, messages: dict[str, str]) -> None:
    from babel.messages.catalog import Catalog

    found = Catalog(locale="ru")
    for original, translated in messages.items():
        found.add(original, translated)
    folder = site.folder / "locales" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.mo").open("wb") as stream:
        write_mo(stream, found)


def test_catalogue_names_the_yaml_file_and_line(site):
    site.flow("one", "Title one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n:caption: My caption\n```\n")
    built = site.build("gettext")
    with (built.out / "index.pot").open("rb") as stream:
        found = {message.id: message.locations for message in pofile.read_po(stream) if message.id}
    assert {"Title one", "Alpha one", "Beta one", "rows", "Why *alpha*", "My caption", "What Title one shows"} <= set(
        found
    )
    assert [line for path, line in found["Beta one"] if path.endswith("data/one.yaml")] == [8]
    assert not [text for text in found if "flowchart" in text]


def test_translated_build_shows_translated_labels_in_the_picture(site):
    site.flow("one", "Title one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    catalogue(
        site,
        "index",
        {"Alpha one": "Альфа", "Title one": "Заголовок", "Why *alpha*": "Почему *альфа*", "rows": "строки"},
    )
    built = site.build(language="ru", locale_dirs=["locales"])
    svg = re.search(r"<svg .*?</svg>", built.text("index.html"), re.DOTALL)[0]
    assert "Альфа" in svg
    assert "строки" in svg
    assert "Beta one" in svg
    assert ">Заголовок</title>" in svg
    assert "<em>альфа</em>" in built.text("index.html")
    assert "Alpha one" not in built.text("index.html")
