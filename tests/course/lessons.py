"""Reads the lessons: their code blocks, with the comments that stand before them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from markdown_it import MarkdownIt
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "docs" / "course"
PARSER = MarkdownIt("commonmark").use(front_matter_plugin).use(myst_block_plugin).use(colon_fence_plugin)

# `% not run here: what it needs` right before a block that no test runs.
NOT_RUN = "not run here"
# `% real` right before a block that needs more than a stand-in: tests/course/real runs it.
REAL = "real"


@dataclass(frozen=True)
class Block:
    """A code block: `comments` are the MyST comment lines right before it, `followed_by` the output right after it."""

    lesson: Path
    line: int
    language: str
    text: str
    comments: tuple[str, ...] = ()
    followed_by: str = ""

    def __str__(self) -> str:
        return f"{self.lesson.name}:{self.line}"

    def comment(self, name: str) -> str | None:
        """The text after `% NAME:`, an empty one for a bare `% NAME`, None without such a comment."""
        for comment in self.comments:
            head, _, tail = comment.partition(":")
            if head.strip() == name:
                return tail.strip()
        return None

    def all_comments(self, name: str, words: int) -> list[list[str]]:
        """The words of every comment `% NAME: ...`; each must have so many."""
        found = [
            tail.split() for head, _, tail in (comment.partition(":") for comment in self.comments) if head == name
        ]
        assert all(len(parts) == words for parts in found), f"{self}: % {name}: wanted {words} words"
        return found


def blocks_of(text: str, path: Path, first_line: int = 0) -> list[Block]:
    """Every code block of a text, also those inside directives."""
    found: list[Block] = []
    comments: tuple[str, ...] = ()
    end = -1
    for token in PARSER.parse(text):
        if token.type == "myst_line_comment":
            comments += tuple(line.strip() for line in token.content.splitlines() if line.strip())
            continue
        if token.type in {"fence", "colon_fence"}:
            assert token.map
            line = first_line + token.map[0] + 1
            info = token.info.strip()
            directive = re.match(r"\{([\w:-]+)\}\s*(\S*)", info)
            if directive and directive[1] in {"code-block", "code", "sourcecode"}:
                body = re.sub(r"\A(:[\w-]+:.*\n)+\n?", "", token.content)
                found.append(Block(path, line, directive[2], body, comments))
            elif directive:
                found += blocks_of(token.content, path, line)
            else:
                language = info.split(" ")[0]
                if language in {"json", "text"} and token.map[0] == end + 1 and not comments:
                    found[-1] = replace(found[-1], followed_by=token.content)
                found.append(Block(path, line, language, token.content, comments))
                end = token.map[1]
        if token.type != "inline":
            comments = ()
    return found


def lessons() -> list[Path]:
    return sorted(COURSE.rglob("*.md"))


def blocks(*languages: str) -> list[Block]:
    """Every block of the course in one of the languages."""
    return [
        block
        for path in lessons()
        for block in blocks_of(path.read_text(encoding="utf-8"), path)
        if block.language in languages
    ]
