"""Second pass over a diagram: other mistakes, found once its misshapen values are left out.

A wrong value ends the checking of shapes, but an author wants to hear of the edge to a node
that is not there in the same run.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sphinx_diagram_ext.types.builder import Builder
from sphinx_diagram_ext.types.shared import NOTHING_SHARED

if TYPE_CHECKING:
    from sphinx_diagram_ext.errors import Problem
    from sphinx_diagram_ext.types import DiagramType
    from sphinx_diagram_ext.types.shared import Shared
    from sphinx_diagram_ext.yaml_source import YamlSource


def further_problems(
    data: Any, error: ValidationError, kind: DiagramType, source: YamlSource, shared: Shared = NOTHING_SHARED
) -> list[Problem]:
    """Return the problems of *data* besides those of *error*, as far as they can be found."""
    rest = copy.deepcopy(data)
    for detail in error.errors(include_url=False):
        if detail["type"] == "missing" or not _leave_out(rest, detail["loc"]):
            return []
    try:
        spec = kind.spec.model_validate(rest)
    except ValidationError:
        return []
    builder = Builder(spec, source, shared=shared)
    kind.build(spec, builder)
    return builder.problems


def _leave_out(data: Any, path: tuple[int | str, ...]) -> bool:
    """Remove the value at *path*; False where that would change the paths of others."""
    last: tuple[dict[str, Any], str] | None = None
    inner = data
    for part in path:
        if isinstance(inner, dict) and part in inner:
            last, inner = (inner, str(part)), inner[str(part)]
        elif isinstance(inner, list) and isinstance(part, int) and part < len(inner):
            last, inner = None, inner[part]
    if last is None:
        return False
    holder, key = last
    del holder[key]
    return True
