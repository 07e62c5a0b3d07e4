"""YAML as it was written: every scalar stays text, every value knows its line and column.

The schema decides what is a number, a date or a word, so ``no``, ``1e3``, ``0777`` and
``22:52`` are what the author typed wherever text is meant (YAML 1.1's implicit types,
https://yaml.org/type/, would make them False, 1000.0, 511 and 1372).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from sphinx_diagram_ext.errors import Code, Hints, Problem, ProblemsError
from sphinx_diagram_ext.limits import DEFAULT_LIMITS, Limits
from sphinx_diagram_ext.yaml_messages import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"
Path: TypeAlias = "tuple[str | int, ...]"

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS: dict[type, tuple[str, ...]] = {
    yaml.ScalarEvent: ("str", "int", "float", "bool", "null", "binary", "timestamp"),
    yaml.MappingStartEvent: ("map",),
    yaml.SequenceStartEvent: ("seq",),
}
"""Tags of YAML itself, which say what a value is anyway (https://yaml.org/type/)."""
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\U00100000-\U00100007]")
"""What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), and the placeholders of anchors in pictures."""
_BREAKS = re.compile("[\x85\u2028\u2029]")


class Mark(NamedTuple):
    """A location in a file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlSource:
    """A parsed YAML document: plain data and the locations of its keys and values."""

    path: str
    data: Data
    values: dict[Path, Mark] = field(repr=False)
    keys: dict[Path, Mark] = field(repr=False)
    hints: Hints = field(default_factory=Hints, repr=False, compare=False)

    def mark(self, path: Path, *, key: bool = False) -> Mark:
        """Return the location of the value (or key) at *path*, or of what holds it.

        Parts of *path* that are not in the document are passed over, so that a location
        from the schema, which may name its own inner steps, still finds its line. Diagram types
        ask :class:`sphinx_diagram_ext.types.locations.Locations`, which tells of parts that cannot be.
        """
        if not key and path in self.values:
            return self.values[path]
        here: Path = ()
        node: Any = self.data
        found = self.values.get((), Mark(1, 1))
        for part in path:
            step = (*here, part)
            inside = (isinstance(node, dict) and part in node) or (
                isinstance(node, list) and isinstance(part, int) and 0 <= part < len(node)
            )
            if not inside:
                continue
            here, node = step, node[part]
            found = self.values[here]
        if key and here in self.keys:
            return self.keys[here]
        return found

    def problem(self, code: Code, message: str, path: Path = (), *, key: bool = False) -> Problem:
        """Return a problem at *path*."""
        mark = self.mark(path, key=key)
        return Problem(self.path, mark.line, mark.column, code, message)


def parse_yaml(text: str, path: str, limits: Limits = DEFAULT_LIMITS, first_line: int = 1) -> YamlSource:
    """Parse *text*, the content of the file *path*, whose first line is *first_line*.

    Raises:
        ProblemsError: the text is not one YAML document of mappings, lists and text.
    """
    return _Constructor(text, path, limits, first_line).build()


def top_keys(text: str) -> list[str]:
    """Return the keys of the mapping that *text* is, without its values; as far as it is YAML."""
    keys: list[str] = []
    depth = 0
    key_is_next = False
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if isinstance(event, yaml.NodeEvent) and depth == 1:
                if key_is_next and isinstance(event, yaml.ScalarEvent):
                    keys.append(str(event.value))
                key_is_next = not key_is_next
            if isinstance(event, yaml.CollectionStartEvent):
                if depth == 0 and not isinstance(event, yaml.MappingStartEvent):
                    return keys
                depth += 1
                key_is_next = key_is_next or depth == 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.YAMLError:
        # Whoever reads the file says what is wrong with it.
        return keys
    return keys


class _Constructor:
    """Builds plain data from libyaml's event stream, within bounds."""

    def __init__(self, text: str, path: str, limits: Limits, first_line: int) -> None:
        self.text = text
        self.path = path
        self.limits = limits
        self.offset = first_line - 1
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.anchors: dict[str, Data] = {}
        self.count = 0
        self.repeated = 0
        self.problems: list[Problem] = []

    def build(self) -> YamlSource:
        bad = _SURROGATE.search(self.text)
        if bad:
            message = f"The character U+{ord(bad[0]):04X} is not allowed in YAML."
            raise self._error(message, self._mark_at(bad.start()))
        try:
            data = self._document(yaml.parse(self.text, Loader=_LOADER))
        except yaml.MarkedYAMLError as error:
            fault = fault_of(error, self.text)
            raise self._error(f"This is not YAML: {fault.message}.", self._mark(fault)) from None
        except yaml.reader.ReaderError as error:
            at = self._mark_at(error.position)
            message = f"The character U+{_code_point(error.character):04X} is not allowed in YAML."
            raise self._error(message, at) from None
        if self.problems:
            raise ProblemsError(self.problems)
        return YamlSource(self.path, data, self.values, self.keys)

    def _document(self, events: Iterator[Any]) -> Data:
        data: Data = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(
                        "The file holds more than one YAML document; write one file a diagram.",
                        self._mark(event.start_mark),
                    )
            elif isinstance(event, yaml.StreamStartEvent | yaml.StreamEndEvent | yaml.DocumentEndEvent):
                continue
            else:
                data = self._value(event, events, (), 0)
        if documents == 0:
            message = "The file is empty; a diagram starts with 'diagram:', a plan with 'plan:'."
            raise self._error(message, Mark(self.offset + 1, 1))
        return data

    def _value(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Data:
        mark = self._mark(event.start_mark)
        self._count(mark)
        if depth > self.limits.depth:
            raise self._error(f"Nested more than {self.limits.depth} levels deep; flatten the data.", mark)
        self.values[path] = mark
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in self.anchors:
                raise self._error(f"The alias *{event.anchor} has no anchor before it.", mark)
            data = self.anchors[event.anchor]
            self._count_text(data, mark)
            self._mark_copy(data, path, mark)
            return data
        self._refuse_tag(event, mark)
        if isinstance(event, yaml.ScalarEvent):
            data = self._scalar(event, mark)
        elif isinstance(event, yaml.MappingStartEvent):
            data = self._mapping(events, path, depth)
        else:
            data = self._sequence(events, path, depth)
        if event.anchor:
            self.anchors[event.anchor] = data
        return data

    def _refuse_tag(self, event: Any, mark: Mark) -> None:
        """Refuse tags, but those that only say what a value is anyway."""
        known = next(tags for kind, tags in _TAGS.items() if isinstance(event, kind))
        if event.tag and event.tag != "!" and event.tag.removeprefix("tag:yaml.org,2002:") not in known:
            raise self._error(f"The tag {event.tag!r} is not allowed; leave it out.", mark)

    def _scalar(self, event: Any, mark: Mark) -> str | None:
        value = str(event.value)
        if event.implicit[0] and value in _NULLS:
            return None
        bad = _FORBIDDEN.search(value)
        if bad:
            raise self._error(f"The character U+{ord(bad[0]):04X} cannot be shown; remove it.", mark)
        return _BREAKS.sub("\n", value)

    def _mapping(self, events: Iterator[Any], path: Path, depth: int) -> dict[str, Data]:
        result: dict[str, Data] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            mark = self._mark(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error("A key must be plain text.", mark)
            self._refuse_tag(event, mark)
            key = str(event.value)
            if key == "<<" and event.implicit[0]:
                raise self._error("Merge keys (<<) are not supported; write the keys out.", mark)
            if _FORBIDDEN.search(key) or key.splitlines() not in ([], [key]):
                raise self._error(f"The key {key!r} holds a character that cannot be shown.", mark)
            step = (*path, key)
            if key in result:
                first = self.keys[step].line
                message = f"The key {key!r} stands here a second time; the first is on line {first}."
                self.problems.append(Problem(self.path, mark.line, mark.column, Code.YAML, message))
            else:
                self.keys[step] = mark
            result[key] = self._value(next(events), events, step, depth + 1)
        return result

    def _sequence(self, events: Iterator[Any], path: Path, depth: int) -> list[Data]:
        result: list[Data] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            result.append(self._value(event, events, (*path, len(result)), depth + 1))
        return result

    def _mark_copy(self, data: Data, path: Path, mark: Mark) -> None:
        """Give every value of an alias its location, and count it."""
        if isinstance(data, str) or data is None:
            return
        items = data.items() if isinstance(data, dict) else enumerate(data)
        for part, value in items:
            self._count(mark)
            if len(path) >= self.limits.depth:
                raise self._error(f"Nested more than {self.limits.depth} levels deep; flatten the data.", mark)
            step = (*path, part)
            self.values[step] = self.keys[step] = mark
            self._count_text(value, mark)
            self._mark_copy(value, step, mark)

    def _count_text(self, value: Data, mark: Mark) -> None:
        """Count the characters that an alias repeats: a file of ten kilobytes could hold a hundred megabytes."""
        self.repeated += len(value) if isinstance(value, str) else 0
        if self.repeated > self.limits.file_bytes:
            raise self._error(
                f"The aliases of the file repeat more than {self.limits.file_bytes:,} characters; write less.", mark
            )

    def _count(self, mark: Mark) -> None:
        self.count += 1
        if self.count > self.limits.values:
            raise self._error(
                f"The file has more than {self.limits.values} values once its aliases are followed.",
                mark,
            )

    def _mark(self, mark: Any) -> Mark:
        return Mark(mark.line + 1 + self.offset, mark.column + 1)

    def _mark_at(self, position: int) -> Mark:
        before = self.text[:position]
        column = position - (before.rfind("\n") + 1) + 1
        return Mark(before.count("\n") + 1 + self.offset, column)

    def _error(self, message: str, mark: Mark) -> ProblemsError:
        problem = Problem(self.path, mark.line, mark.column, Code.YAML, message)
        return ProblemsError([*self.problems, problem])


def _code_point(character: str | int | bytes) -> int:
    if isinstance(character, int):
        return character
    return ord(character[:1]) if character else 0
