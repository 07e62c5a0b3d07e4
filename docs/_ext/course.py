"""Lessons of the course: front matter that is checked and shown, and tables of lessons."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import yaml
from babel.messages import pofile
from docutils import nodes
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from sphinx.addnodes import pending_xref
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective
from sphinx.util.nodes import extract_messages

from sphinx_diagram_ext.sphinx_ext.nodes import cdc_diagram
from sphinx_diagram_ext.sphinx_ext.transforms.gettext import explained_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

LOGGER = logging.getLogger(__name__)

_LESSON = re.compile(r"^course/[\w-]+/\d\d-[\w-]+$")
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_RUSSIAN = re.compile(r"[\u0400-\u04ff]")
"""What has to be translated; titles of English documents and names of settings stay as they are."""

_PAGE = re.compile(r"^[\w./-]+$")

_WORDS = {
    "ru": {
        "difficulty": "Сложность",
        "time": "Время",
        "minutes": "мин",
        "topics": "Темы",
        "prerequisites": "Что нужно знать",
        "lesson": "Урок",
        "beginner": "начальная",
        "intermediate": "средняя",
        "advanced": "высокая",
    },
    "en": {
        "difficulty": "Difficulty",
        "time": "Time",
        "minutes": "min",
        "topics": "Topics",
        "prerequisites": "What you need to know",
        "lesson": "Lesson",
        "beginner": "beginner",
        "intermediate": "intermediate",
        "advanced": "advanced",
    },
}

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class FrontMatter(BaseModel):
    """What stands above a lesson."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text
    description: Text
    order: int
    difficulty: Literal["beginner", "intermediate", "advanced"]
    estimatedTime: Annotated[str, StringConstraints(pattern=r"^\d+min$")]  # noqa: N815 - the course's own name
    topics: list[Text]
    prerequisites: list[Text]

    @property
    def minutes(self) -> int:
        """The time that a lesson takes."""
        return int(self.estimatedTime.removesuffix("min"))


class LessonHeader(SphinxTransform):
    """Shows the front matter below the title; before translation, so that it is translated."""

    default_priority = 3

    def apply(self, **kwargs: Any) -> None:
        """Check the front matter of a lesson and show it."""
        del kwargs
        if not _LESSON.match(self.env.docname):
            return
        matter = self._read()
        title = next(iter(self.document.findall(nodes.title)), None)
        if matter is None or title is None:
            return
        self.env.metadata[self.env.docname]["lesson"] = matter.model_dump_json()
        title.parent[1:1] = self._header(matter)

    def _read(self) -> FrontMatter | None:
        found = _FRONT.match(Path(self.document["source"]).read_text(encoding="utf-8"))
        try:
            return FrontMatter.model_validate(yaml.safe_load(found[1]) if found else {})
        except (ValidationError, yaml.YAMLError) as error:
            said = "; ".join(str(error).split("\n")[1:]) if isinstance(error, ValidationError) else str(error)
            LOGGER.warning(
                "The front matter of the lesson is wrong: %s",
                said,
                location=(self.env.docname, 1),
                type="course",
                subtype="front-matter",
            )
            return None

    def _header(self, matter: FrontMatter) -> list[nodes.Node]:
        words = _WORDS[self.config.language]
        summary = nodes.paragraph(matter.description, matter.description, classes=["lesson-summary"])
        summary.source, summary.line = self.document["source"], 3
        facts = (
            f"{words['difficulty']}: {words[matter.difficulty]}",
            f"{words['time']}: {matter.minutes} {words['minutes']}",
            f"{words['topics']}: {', '.join(matter.topics)}",
        )
        line = nodes.paragraph("", " · ".join(facts), translatable=False, classes=["lesson-facts"])
        label = nodes.paragraph("", f"{words['prerequisites']}:", translatable=False, classes=["lesson-facts"])
        listing = nodes.bullet_list(bullet="-")
        for item in matter.prerequisites:
            listing += nodes.list_item("", self._prerequisite(item))
        return [summary, line, label, listing]

    def _prerequisite(self, item: str) -> nodes.paragraph:
        if _PAGE.match(item):
            inner = nodes.inline("", item)
            link = pending_xref(
                "",
                inner,
                refdomain="std",
                reftype="doc",
                reftarget=item,
                refdoc=self.env.docname,
                refexplicit=False,
                refwarn=True,
            )
            return nodes.paragraph("", "", link, translatable=False)
        paragraph = nodes.paragraph(item, item)
        paragraph.source, paragraph.line = self.document["source"], 1
        return paragraph


class CheckTranslation(SphinxTransform):
    """Says what the English site lacks, and what its catalogue has too much."""

    default_priority = 15  # after the messages are kept, before they are translated

    def apply(self, **kwargs: Any) -> None:
        """Compare the messages of a page with its catalogue."""
        del kwargs
        name = self.env.docname
        if self.config.language != "en" or not name.startswith("course/"):
            return
        path = Path(self.env.srcdir, "locales", "en", "LC_MESSAGES", f"{name}.po")
        found = {}
        if path.is_file():
            with path.open("rb") as stream:
                found = {message.id: message for message in pofile.read_po(stream) if message.id}
        # The front matter stands in the doctree still; it is shown by the header, not as it is.
        front = {id(part) for holder in self.document[:1] for part in holder.findall() if _is_front_matter(holder)}
        wanted = {text for node, text in extract_messages(self.document) if id(node) not in front}
        wanted |= {text for node in self.document.findall(cdc_diagram) for text in _explained(node)}
        done = {text for text, message in found.items() if message.string and not message.fuzzy}
        left = {text for text in wanted - done if _RUSSIAN.search(text)}
        for what, texts in (("Not translated", left), ("Stale in the catalogue", set(found) - wanted)):
            if texts:
                LOGGER.warning(
                    "%s: %s of %s messages, the first: %s",
                    what,
                    len(texts),
                    len(wanted),
                    min(texts),
                    location=(name, 1),
                    type="course",
                    subtype="translation",
                )


def _explained(node: cdc_diagram) -> Iterator[str]:
    """Yield the paragraphs of explanations and about commands, which the extension translates itself."""
    if node["explain"] and node.shown is not None:
        yield from (text for text, _line in explained_texts(node.shown[0]))


def _is_front_matter(node: nodes.Node) -> bool:
    return isinstance(node, nodes.docinfo | nodes.field_list)


class lesson_table(nodes.General, nodes.Element):
    """Stands for a table of lessons until every page is read."""


class LessonsDirective(SphinxDirective):
    """Lists the lessons of the page's folder with what their front matter says."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """Return a placeholder."""
        return [lesson_table(folder=self.env.docname.rpartition("/")[0])]


class FillLessonTables(SphinxPostTransform):
    """Fills in the tables of lessons, before references are resolved."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill in those of the page."""
        del kwargs
        for node in list(self.document.findall(lesson_table)):
            node.replace_self(self._table(node["folder"]))

    def _table(self, folder: str) -> nodes.table:
        words = _WORDS[self.config.language]
        lessons = sorted(
            (FrontMatter.model_validate_json(data["lesson"]).order, name)
            for name, data in self.env.metadata.items()
            if "lesson" in data and name.rpartition("/")[0] == folder
        )
        head = ("№", words["lesson"], words["difficulty"], words["time"], words["topics"])
        table = nodes.table(classes=["lessons"])
        group = nodes.tgroup(cols=len(head))
        group += [nodes.colspec(colwidth=width) for width in (5, 35, 15, 10, 35)]
        group += nodes.thead("", _row([nodes.Text(text)] for text in head))
        body = nodes.tbody()
        for order, name in lessons:
            matter = FrontMatter.model_validate_json(self.env.metadata[name]["lesson"])
            link = pending_xref(
                "",
                nodes.inline("", name),
                refdomain="std",
                reftype="doc",
                reftarget=f"/{name}",
                refdoc=self.env.docname,
                refexplicit=False,
                refwarn=True,
            )
            time = f"{matter.minutes} {words['minutes']}"
            cells = (str(order), "", words[matter.difficulty], time, ", ".join(matter.topics))
            body += _row([link] if not text else [nodes.Text(text)] for text in cells)
        group += body
        table += group
        return table


def _row(cells: Any) -> nodes.row:
    row = nodes.row()
    for content in cells:
        row += nodes.entry("", nodes.paragraph("", "", *content))
    return row


def link_languages(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object) -> None:
    """Tell the templates where the same page of the other language is."""
    del templatename, doctree
    if app.builder.name != "html" or "READTHEDOCS" in os.environ:
        # Read the Docs has a menu of languages of its own, and other addresses.
        return
    other = "en" if app.config.language == "ru" else "ru"
    depth = pagename.count("/")
    context["other_language"] = {"ru": "Русский", "en": "English"}[other]
    context["other_language_code"] = other
    context["other_language_url"] = f"{'../' * (depth + 1)}{other}/{pagename}.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up the extension."""
    app.add_node(lesson_table)
    app.add_directive("course-lessons", LessonsDirective)
    app.add_transform(LessonHeader)
    app.add_transform(CheckTranslation)
    app.add_post_transform(FillLessonTables)
    app.connect("html-page-context", link_languages)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
