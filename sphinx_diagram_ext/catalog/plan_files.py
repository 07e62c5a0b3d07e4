"""Plan files among data files, told by their text: a plan is no diagram and has no id."""

from __future__ import annotations

import re

from sphinx_diagram_ext.yaml_source import top_keys

KEY = "plan"
"""The one key at the top of a plan file."""

# Nearly every file is a diagram; searching for the key costs far less than YAML.
_MAY_BE = re.compile(rf"""^(?:---[ \t]+)?[{{\s]*["']?{KEY}["']?[ \t]*:""", re.MULTILINE)


def is_plan(text: str) -> bool:
    """Tell whether *text*, the content of a data file, is a plan: its one key at the top is ``plan``."""
    return _MAY_BE.search(text) is not None and top_keys(text) == [KEY]
