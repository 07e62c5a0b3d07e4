"""``cdc-diagram schema``: the JSON Schema of data files, for editors."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.types.json_schema import json_schema

if TYPE_CHECKING:
    import argparse

    from sphinx_diagram_ext.cli.project import Project


def add_parser(commands: Any, shared: argparse.ArgumentParser) -> None:
    """Add the command."""
    del shared
    parser = commands.add_parser(
        "schema",
        help="write the JSON Schema of data files",
        description="Write the JSON Schema of data files, which editors check and complete with.",
    )
    parser.add_argument("-o", "--output", metavar="OUT", help="file to write (default: standard output)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, project: Project) -> int:
    """Write the schema."""
    del project
    content = json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n"
    if arguments.output:
        Path(arguments.output).write_text(content, encoding="utf-8")
    else:
        sys.stdout.write(content)
    return 0
