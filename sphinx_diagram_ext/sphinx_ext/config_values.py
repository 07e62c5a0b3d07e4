"""Configuration values of the extension: one dataclass declares them and documents them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog import Catalog, Limits
from sphinx_diagram_ext.errors import ProblemsError
from sphinx_diagram_ext.lint import read_settings
from sphinx_diagram_ext.plan import read_plan

if TYPE_CHECKING:
    from sphinx_diagram_ext.lint import Settings
    from sphinx_diagram_ext.plan import Plan

PREFIX = "cdc_diagram_"

DIAGRAMS = "diagrams"
"""What is read again after a change: the pages whose diagrams it changes. The collector finds them."""

FOLDERS = (list, tuple, str)
"""Types of a value that lists folders; one folder may be given without a list."""


def _value(default: Any, types: tuple[type, ...], rebuild: str, text: str) -> Any:
    metadata = {"types": types, "rebuild": rebuild, "help": text}
    if isinstance(default, list | dict):
        return field(default_factory=lambda: type(default)(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Options:
    """The configuration of a build; every value is ``cdc_diagram_<name>`` in ``conf.py``."""

    path: list[str] = _value(
        [], FOLDERS, DIAGRAMS, "Folders of YAML data files, or one, relative to the folder of conf.py."
    )
    engine: str = _value(
        "auto",
        (str,),
        DIAGRAMS,
        "Engine that checks and draws: auto, merman, mmdr or client (the reader's browser).",
    )
    cache: str | None = _value(
        None,
        (str, type(None)),
        "",
        "Folder that keeps drawn pictures between builds, relative to the folder of conf.py;"
        " None keeps them beside the doctrees.",
    )
    cache_size: int = _value(
        500,
        (int,),
        "",
        "Size of that folder in megabytes; at the end of a build the pictures used longest ago are removed.",
    )
    limits: dict[str, int] = _value(
        {},
        (dict,),
        DIAGRAMS,
        "Bounds for one diagram: file_bytes, depth, values, nodes, edges, lines, seconds, megabytes.",
    )
    lint: bool | list[str] = _value(
        default=False,
        types=(bool, list, tuple),
        rebuild="env",
        text="Lint the diagrams that pages show: True for the rules that are on by default, or a list of rules.",
    )
    lint_options: dict[str, Any] = _value(
        {},
        (dict,),
        "env",
        "Settings of the linter, as [tool.cdc-diagram.lint] in pyproject.toml has them.",
    )
    types: list[str] = _value(
        [],
        FOLDERS,
        DIAGRAMS,
        "Folders of Jinja templates (`NAME.mmd.j2`) that give diagram types of your own, relative to the"
        " folder of conf.py.",
    )
    icons: list[str] = _value(
        [],
        FOLDERS,
        DIAGRAMS,
        "Folders of SVG files that nodes may have as icons, relative to the folder of conf.py.",
    )
    mermaid: bool = _value(
        default=False,
        types=(bool,),
        rebuild="env",
        text="Whether this extension draws and checks the Mermaid that stands in pages: the directive `mermaid` of"
        " sphinxcontrib-mermaid, and MyST fences that are marked `mermaid`.",
    )
    plan: str | None = _value(
        None,
        (str, type(None)),
        "env",
        "Plan of diagrams that the linter compares with, a YAML file relative to the folder of conf.py."
        " With cdc_diagram_lint on, a change of the file has the same effect as one of the name.",
    )

    palette: dict[str, Any] = _value(
        {},
        (dict,),
        "html",
        "Colours of your own as `#rrggbb`, by the names of the custom properties without `--cdc-`: for the light"
        ' scheme, or two such dicts, {"light": {...}, "dark": {...}}. The others stay as they are.',
    )

    legend: bool = _value(
        default=True,
        types=(bool,),
        rebuild="html",
        text="Whether the first picture of a page that has tones with a meaning is followed by a legend of all that the"
        " page uses.",
    )

    show: list[str] | None = _value(
        None,
        (list, tuple, type(None)),
        "env",
        "What is below a picture in HTML: explanations, text, sources, data, pages, tools. None is all of them, and"
        " data only where the site shows its sources (html_copy_source and html_show_sourcelink).",
    )

    def folders(self, confdir: Path) -> tuple[Path, ...]:
        """Return the data folders as absolute paths."""
        return tuple((confdir / folder).resolve() for folder in self.path)

    def type_folders(self, confdir: Path) -> tuple[Path, ...]:
        """Return the folders of types as absolute paths."""
        return tuple((confdir / folder).resolve() for folder in self.types)

    def icon_folders(self, confdir: Path) -> tuple[Path, ...]:
        """Return the folders of icons as absolute paths."""
        return tuple((confdir / folder).resolve() for folder in self.icons)

    def bounds(self) -> Limits:
        """Return the bounds on one diagram."""
        return Limits(**self.limits)

    def plan_file(self, confdir: Path) -> Path | None:
        """Return the plan as an absolute path, None if there is none."""
        # resolve() raises for a path that no system takes; reading it says so with a message.
        return Path(os.path.abspath(confdir / self.plan)) if self.plan else None  # noqa: PTH100

    def read_plan(self, confdir: Path) -> Plan | None:
        """Return the plan of diagrams, None if there is none.

        Raises:
            ProblemsError: with everything that is wrong with it.
        """
        path = self.plan_file(confdir)
        types = Catalog([], type_folders=self.type_folders(confdir)).types
        return read_plan(path, self.bounds(), types) if path else None

    def lint_settings(self, confdir: Path) -> Settings | None:
        """Return what the linter does, or None if it is off; a plan that cannot be read is none."""
        if self.lint is False or self.lint == []:
            return None
        try:
            plan = self.read_plan(confdir)
        except ProblemsError:
            # Said when the configuration was read.
            plan = None
        return read_settings(self.lint_options, () if self.lint is True else self.lint, plan=plan)
