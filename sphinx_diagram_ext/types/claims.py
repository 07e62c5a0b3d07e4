"""Claims of a diagram: items that name their source, or say that they are made up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from sphinx_diagram_ext.errors import Code, Problem
from sphinx_diagram_ext.model import Backing, Claim, Message
from sphinx_diagram_ext.types.base import ClaimSpec
from sphinx_diagram_ext.types.shared import NOTHING_SHARED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sphinx_diagram_ext.types.base import DiagramSpec
    from sphinx_diagram_ext.types.locations import Locations
    from sphinx_diagram_ext.types.shared import Shared
    from sphinx_diagram_ext.yaml_source import Path

_KEYS = ("source", "illustration", "quote", "derived", "figure")
_FIELDS = ("cites", *_KEYS[1:])
_NOT_THERE = (" Give a source below 'sources' this 'id'.", " Add it to a file below 'sources/' of a data folder.")


class Claims:
    """The claims of a diagram by the paths below ``diagram:`` of the items that make them.

    A claim covers everything written below its item, unless something there makes its own.
    """

    def __init__(self, spec: DiagramSpec, locations: Locations, shared: Shared = NOTHING_SHARED) -> None:
        self.problems = list(_twins(spec, locations))
        self._backings: dict[Path, Backing] = {}
        self._nodes: dict[Path, tuple[str, ...]] = {}
        self._texts: dict[Path, tuple[int, Message]] = {}
        # Few diagrams have claims of single items; the others pay for this line only.
        paths = [path for path in locations.source.keys if path[-1] in _KEYS and len(path) > 2]
        ids = {item.id for item in spec.sources if item.id} | shared.sources.keys()
        for path in sorted(paths, key=len):
            item_path = path[1:-1]
            item = _item(spec, item_path)
            if isinstance(item, ClaimSpec) and item_path not in self._backings:
                self.problems += _wrong(item, ids, item_path, locations)
                if not any(getattr(item, name) for name in _FIELDS):
                    continue
                around = _nearest(item_path[:-1], self._backings)
                outer = self._backings[around] if around is not None else Backing()
                if item.quote and not item.cites and not outer.sources:
                    message = "A quotation needs its source; name it with 'source' beside 'quote'."
                    self.problems.append(locations.problem(Code.SCHEMA, message, (*item_path, "quote"), key=True))
                self._backings[item_path] = _backing(item, outer, item_path, locations)
        # Outer items come first, for the inner ones to have their sources; everything else is in the order of the file.
        in_file = dict.fromkeys(path[1:-1] for path in paths)
        self._backings = {path: self._backings[path] for path in in_file if path in self._backings}

    def __bool__(self) -> bool:
        return bool(self._backings)

    def about(self, path: Path, *keys: str) -> None:
        """Note that the item at *path* is a node, or an edge between two."""
        self._nodes[path] = keys

    def backed(self, message: Message, path: Path) -> Message:
        """Return *message*, which is at *path*, with what it rests on."""
        item_path = _nearest(path, self._backings)
        if item_path is None:
            return message
        # What an item says of itself is right below it, its name before all.
        rank = 2 * (len(path) - len(item_path)) - (path[-1] == "name")
        if item_path not in self._texts or rank < self._texts[item_path][0]:
            self._texts[item_path] = (rank, message)
        return Message(message.text, message.line, self._backings[item_path])

    @property
    def cited(self) -> list[str]:
        """The sources that the claims name, in the order of the file."""
        return list(dict.fromkeys(name for backing in self._backings.values() for name in backing.sources))

    def all(self) -> tuple[Claim, ...]:
        """Return every claim, in the order of the file."""
        resting = ((path, backing) for path, backing in self._backings.items() if backing.rests)
        claims = (self._claim(path, backing) for path, backing in resting)
        return tuple(claim for claim in claims if claim.nodes or claim.text)

    def _claim(self, item_path: Path, backing: Backing) -> Claim:
        home = _nearest(item_path, self._nodes)
        nodes = self._nodes[home] if home is not None else ()
        text = self._texts[item_path][1] if item_path in self._texts else None
        whole = home == item_path and len(nodes) == 1
        return Claim(backing, nodes, None if whole else text)


def _nearest(path: Path, known: dict[Path, Any]) -> Path | None:
    """Return the longest beginning of *path* that is *known*."""
    return next((path[:end] for end in range(len(path), 0, -1) if path[:end] in known), None)


def _item(value: Any, path: Path) -> Any:
    """Return what is at *path* below the model *value*, None if the data has another shape there."""
    for part in path:
        if isinstance(value, BaseModel):
            names = {field.alias or name: name for name, field in type(value).model_fields.items()}
            extra = value.model_extra or {}
            value = getattr(value, names[str(part)]) if part in names else extra.get(str(part))
        elif isinstance(value, dict):
            value = value.get(str(part))
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        else:
            return None
    return value


def _backing(item: ClaimSpec, outer: Backing, item_path: Path, locations: Locations) -> Backing:
    """Return what an item says that it rests on; one with only a quotation or a name has the sources around it."""

    def message(text: str, *path: str | int) -> Message:
        return Message(text, locations.mark((*item_path, *path)).line)

    quotations = tuple(message(text, "quote", index) for index, text in enumerate(item.quote))
    own = bool(item.cites or item.illustration or item.derived)
    return Backing(
        sources=tuple(dict.fromkeys(item.cites)) if own else outer.sources,
        illustration=item.illustration if own else outer.illustration,
        quotations=quotations if own or quotations else outer.quotations,
        formula=message(item.derived, "derived") if item.derived else None,
        figure=item.figure or "",
        line=locations.mark(item_path).line,
    )


def _wrong(item: ClaimSpec, ids: Collection[str], item_path: Path, locations: Locations) -> Iterator[Problem]:
    if item.cites and item.illustration:
        message = "A claim has a source or is an illustration, not both; leave one out."
        yield locations.problem(Code.SCHEMA, message, (*item_path, "illustration"), key=True)
    if item.derived and item.illustration:
        message = "A claim is computed or an illustration, not both; leave one out."
        yield locations.problem(Code.SCHEMA, message, (*item_path, "illustration"), key=True)
    for index, name in enumerate(item.cites):
        if name not in ids:
            hint = locations.source.hints.did_you_mean(name, ids) or _NOT_THERE[1 if "/" in name else 0]
            yield locations.problem(
                Code.UNKNOWN_SOURCE, f"There is no source {name!r}.{hint}", (*item_path, "source", index)
            )


def _twins(spec: DiagramSpec, locations: Locations) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, item in enumerate(spec.sources):
        if item.id in seen:
            message = f"The id {item.id!r} belongs to a source before; give this one another."
            yield locations.problem(Code.DUPLICATE_ID, message, ("sources", index, "id"))
        if item.id:
            seen.add(item.id)
