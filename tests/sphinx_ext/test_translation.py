"""Labels, captions and explanations in catalogues, and translated pictures."""

from __future__ import annotations

import json
import pickle
import re
import shutil

import pytest
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
    # The data file is shown as it was written.
    assert "Alpha one" not in re.sub(
        r'<details class="cdc-data">.*?</details>', "", built.text("index.html"), flags=re.DOTALL
    )


SOURCED = """\
diagram:
  type: flow
  title: "Title"
  nodes: {a: A, b: B}
  flows: [{from: a, to: b}]
  sources:
    - {title: Design notes, url: "https://example.org/notes"}
    - title: The manual
      url: "https://example.org/manual"
"""


def test_titles_of_sources_are_in_the_catalogue_and_translated(site):
    site.write("data/one.yaml", SOURCED)
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build("gettext")
    with (built.out / "index.pot").open("rb") as stream:
        found = {message.id: message.locations for message in pofile.read_po(stream) if message.id}
    lines = {text: [line for _, line in found[text]] for text in ("Design notes", "The manual")}
    assert lines == {"Design notes": [7], "The manual": [8]}
    assert not [text for text in found if "example.org" in text]
    catalogue(site, "index", {"Design notes": "Заметки автора"})
    shutil.rmtree(site.folder / "_build")  # gettext has doctrees of its own
    html = site.build(language="ru", locale_dirs=["locales"]).text("index.html")
    assert 'href="https://example.org/notes">Заметки автора</a>' in html
    assert 'href="https://example.org/manual">The manual</a>' in html
    data = json.loads((site.folder / "_build" / "html" / "diagrams.json").read_text(encoding="utf-8"))
    assert [source["title"] for source in data["diagrams"][0]["sources"]] == ["Заметки автора", "The manual"]


@pytest.mark.filterwarnings("ignore:.*HTMLBuilder.app' is deprecated")
@pytest.mark.parametrize(
    ("builder", "name"),
    [
        ("html", "index.html"),
        ("dirhtml", "index.html"),
        ("singlehtml", "index.html"),
        ("json", "index.fjson"),
        ("pickle", "index.fpickle"),
        ("text", "index.txt"),
        ("epub", "index.xhtml"),
        ("latex", "project.tex"),
        ("man", "project.1"),
        ("texinfo", "project.texi"),
    ],
)
def test_every_builder_shows_the_translation(site, builder, name):
    site.write("data/one.yaml", SOURCED.replace("a: A", "a: {name: Alpha, explain: Why *alpha*}"))
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n:caption: My caption\n```\n")
    translated = {
        "Alpha": "Альфа",
        "Why *alpha*": "Почему *альфа*",
        "My caption": "Моя подпись",
        "Design notes": "Заметки",
    }
    catalogue(site, "index", translated)
    conf = {"project": "project", "version": "1", "copyright": "2026, me", "epub_show_urls": "no"}
    built = site.build(builder, language="ru", locale_dirs=["locales"], **conf)
    assert "WARNING" not in built.warnings.replace("WARNING: unknown mimetype", "")
    path = next(built.out.glob(f"**/{name}"))
    if builder == "pickle":
        text = pickle.loads(path.read_bytes())["body"]
    elif builder == "json":
        text = json.loads(path.read_text(encoding="utf-8"))["body"]
    else:
        text = path.read_text(encoding="utf-8")
    for shown in ("Альфа", "Почему", "Моя подпись", "Заметки"):
        assert shown in text, shown
    if builder in ("text", "epub", "latex", "man", "texinfo"):  # the others show the data file too
        assert not [word for word in ("Alpha", "Why", "Design notes", "My caption") if word in text]


COPY = """
from sphinx.transforms import SphinxTransform
from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram

class Copy(SphinxTransform):
    default_priority = 900

    def apply(self, **kwargs):
        for node in list(self.document.findall(cdc_diagram)):
            self.document.append(node.deepcopy())

def setup(app):
    app.add_transform(Copy)
"""


def test_a_copy_that_another_extension_made_is_no_message(site):
    site.write("index.md", "# Index\n\n```{cdc-diagram} spare\n```\n")
    with (site.folder / "conf.py").open("a") as conf:
        conf.write(COPY)
    built = site.build("gettext")
    assert built.warnings == ""
    assert built.text("index.pot").count('msgid "Alpha spare"') == 1
