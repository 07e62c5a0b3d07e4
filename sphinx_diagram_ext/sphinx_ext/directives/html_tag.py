"""Tag ``<cdc-diagram ref="..."/>`` in MyST: found where MyST left raw HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, TypeAlias

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_diagram_ext.errors import Code, did_you_mean, nearest
from sphinx_diagram_ext.sphinx_ext.directives.diagram import OPTIONS
from sphinx_diagram_ext.sphinx_ext.logging import warn

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

Runner: TypeAlias = Callable[[str, str, int], list[nodes.Node]]

TAG = "cdc-diagram"


@dataclass
class Tag:
    """A tag in a piece of HTML: where it starts and ends, and what it says."""

    start: int
    end: int
    line: int
    attributes: dict[str, str | None]
    body: str = ""
    closed: bool = True
    problems: list[str] = field(default_factory=list)


class TagParser(HTMLParser):
    """Finds the tags in raw HTML; comments and other elements' text are passed over."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = text
        self.tags: list[Tag] = []
        self.stray: list[tuple[int, int, int]] = []
        self._starts = [0]
        # As HTMLParser counts lines: U+2028 and the like end none.
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._open: Tag | None = None
        self.feed(text)
        self.close()
        self._end_open(closed=False)

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def parse_marked_section(self, i: int, report: bool = True) -> int:  # noqa: FBT001, FBT002 - as the base has it
        """Pass over ``<![...>`` as browsers do; Python's own parser asserts that it knows what is in it."""
        return self.parse_bogus_comment(i, report)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag."""
        if tag == TAG:
            self._end_open(closed=False)
            self._open = self._tag(attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag that closes itself."""
        if tag == TAG:
            self._end_open(closed=False)
            self.tags.append(self._tag(attrs))

    def handle_endtag(self, tag: str) -> None:
        """Close a tag."""
        if tag != TAG:
            return
        start = self._offset()
        end = self.text.find(">", start) + 1 or len(self.text)
        if self._open is None:
            self.stray.append((start, end, self.getpos()[0]))
            return
        self._open.body = self.text[self._open.end : start].strip()
        self._open.end = end
        self._end_open(closed=True)

    def _tag(self, attrs: list[tuple[str, str | None]]) -> Tag:
        start = self._offset()
        given = self.get_starttag_text() or ""
        tag = Tag(start, start + len(given), self.getpos()[0], {})
        for name, value in attrs:
            if name in tag.attributes:
                tag.problems.append(f"The attribute {name!r} stands twice; the first one counts.")
            else:
                tag.attributes[name] = value
        return tag

    def _end_open(self, *, closed: bool) -> None:
        if self._open is not None:
            self._open.closed = closed
            self.tags.append(self._open)
            self._open = None


class ReplaceTags(SphinxTransform):
    """Runs the directive for every tag, with the tag's attributes as its options."""

    default_priority = 4

    def apply(self, **kwargs: Any) -> None:
        """Replace the tags of a MyST page."""
        raws = [
            node
            for node in self.document.findall(nodes.raw)
            if "html" in node.get("format", "").split()
            and any(mark in node.astext().casefold() for mark in (f"<{TAG}", f"</{TAG}"))
        ]
        if not raws:
            return
        run = _directive_runner(self.document, self.env)
        if run is None:
            return
        for node in raws:
            if isinstance(node.parent, nodes.TextElement):
                self._replace_inline(node, run)
            else:
                self._replace_block(node, run)

    def _replace_block(self, node: nodes.raw, run: Runner) -> None:
        text = node.astext()
        parser = TagParser(text)
        line = node.line or 0
        pieces: list[nodes.Node] = []
        at = 0
        for start, end, _ in parser.stray:
            self._complain_stray(node, line)
            text = text[:start] + " " * (end - start) + text[end:]
        for tag in parser.tags:
            pieces += _rest(text[at : tag.start], node)
            if not tag.closed:
                self._complain_open(node, line + tag.line - 1)
            pieces += self._run(tag, line + tag.line - 1, run)
            at = tag.end
        pieces += _rest(text[at:], node)
        node.parent[node.parent.index(node) : node.parent.index(node) + 1] = pieces

    def _replace_inline(self, node: nodes.raw, run: Runner) -> None:
        """Replace a tag inside a paragraph; the diagram follows the paragraph."""
        if all(child is not node for child in node.parent):
            return  # the closing tag of one before it
        parser = TagParser(node.astext())
        line = node.line or node.parent.line or 0
        if not parser.tags:
            self._complain_stray(node, line)
            node.parent.remove(node)
            return
        paragraph = node.parent
        at = paragraph.index(node)
        tag = parser.tags[0]
        if not tag.closed:
            closing = _closing(paragraph, at + 1)
            if closing is None:
                self._complain_open(node, line)
            else:
                inside = paragraph.children[at + 1 : closing]
                tag.body = "".join(item.astext() for item in inside).strip()
                del paragraph[at + 1 : closing + 1]
        paragraph.remove(node)
        found = self._run(tag, line, run)
        _strip_end(paragraph, at)
        holder = paragraph
        where = holder.parent.index(holder) + 1
        holder.parent[where:where] = found
        if not paragraph.astext().strip() and not list(paragraph.findall(nodes.image)):
            holder.parent.remove(paragraph)

    def _run(self, tag: Tag, line: int, run: Runner) -> list[nodes.Node]:
        attributes = {name: value or "" for name, value in tag.attributes.items()}
        ref = attributes.pop("ref", "").strip()
        known = ("ref", *OPTIONS)
        unknown = [item for item in attributes if item not in OPTIONS]
        for name in unknown:
            hint = did_you_mean(name, known) or f" Known are {', '.join(known)}."
            message = f"The tag has no attribute {name!r}.{hint}"
            self._warn(message, line)
            del attributes[name]
        for message in tag.problems:
            self._warn(message, line)
        if not ref:
            if not any("ref" in nearest(name, known) for name in unknown):
                self._warn('The tag names no diagram; write ref="its id".', line)
            return []
        if tag.body:
            self._warn("The tag has content, which is ignored; write a directive for an inline diagram.", line)
        options = "\n".join(f":{name}: {' '.join(value.split())}".rstrip() for name, value in attributes.items())
        return list(run(ref, options, line))

    def _complain_open(self, node: nodes.raw, line: int) -> None:
        self._warn(f'The tag is never closed; write <{TAG} ref="..."/>.', line)

    def _complain_stray(self, node: nodes.raw, line: int) -> None:
        self._warn(f"The closing tag </{TAG}> has no tag to close.", line)

    def _warn(self, message: str, line: int) -> None:
        warn(Code.TAG, "%s", message, location=(self.env.docname, line))


def _closing(paragraph: nodes.Element, at: int) -> int | None:
    for index in range(at, len(paragraph)):
        child = paragraph[index]
        if isinstance(child, nodes.raw):
            text = child.astext().strip().casefold()
            return index if text.startswith(f"</{TAG}") else None
    return None


def _strip_end(paragraph: nodes.Element, at: int) -> None:
    """Drop the white space that stood between the text and the tag at its end."""
    if at and at == len(paragraph) and isinstance(paragraph[at - 1], nodes.Text):
        paragraph[at - 1] = nodes.Text(str(paragraph[at - 1]).rstrip())


def _rest(text: str, node: nodes.raw) -> list[nodes.Node]:
    """Return what is beside a tag in the same block of HTML."""
    if not text.strip():
        return []
    rest = nodes.raw("", text, format="html")
    rest.source, rest.line = node.source, node.line
    return [rest]


def _directive_runner(document: nodes.document, env: BuildEnvironment) -> Runner | None:
    """Return what runs the directive in MyST's own renderer, or None outside MyST."""
    try:
        from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
        from myst_parser.parsers.mdit import create_md_parser
    except ImportError:
        return None
    if not hasattr(env, "myst_config"):
        return None

    parser = create_md_parser(env.myst_config, SphinxRenderer)
    parser.options["document"] = document
    renderer: Any = parser.renderer
    renderer.setup_render(parser.options, {})

    def run(argument: str, options: str, line: int) -> list[nodes.Node]:
        holder = nodes.container()
        with renderer.current_node_context(holder):
            found = renderer.run_directive(TAG, argument, options, line)
        return [*holder.children, *found]

    return run
