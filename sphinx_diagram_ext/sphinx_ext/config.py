"""Configuration of a build: its values are registered, read and checked."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.catalog.files import read_file
from sphinx_diagram_ext.drawing.own_palette import read_palette
from sphinx_diagram_ext.engine import ENGINES
from sphinx_diagram_ext.errors import Code, ProblemsError, did_you_mean, nearest
from sphinx_diagram_ext.limits import counts, wrong_limits
from sphinx_diagram_ext.lint import RULES, SettingsError, read_settings
from sphinx_diagram_ext.sphinx_ext.config_values import DIAGRAMS, FOLDERS, PREFIX, Options
from sphinx_diagram_ext.sphinx_ext.logging import warn, warn_all

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PLAN_DIGEST = f"_{PREFIX}plan_digest"
"""Value that the extension sets itself, so that a build after a change of the plan reads and lints every page."""

PARTS = ("explanations", "text", "sources", "data", "pages", "tools")
"""What may be below a picture."""


def register(app: Sphinx) -> None:
    """Make the configuration values known to Sphinx."""
    for item in dataclasses.fields(Options):
        default = item.default
        if default is dataclasses.MISSING and item.default_factory is not dataclasses.MISSING:
            default = item.default_factory()
        app.add_config_value(
            PREFIX + item.name,
            default,
            "" if item.metadata["rebuild"] == DIAGRAMS else item.metadata["rebuild"],
            item.metadata["types"],
            item.metadata["help"],
        )

    app.add_config_value(PLAN_DIGEST, "", "env", (str,), "Digest of the plan; set by the extension.")


def read(config: Config, *, complain: bool = False) -> Options:
    """Return the checked configuration; a value that cannot be used is its default instead."""
    good: dict[str, Any] = {}
    for item in dataclasses.fields(Options):
        value = getattr(config, PREFIX + item.name)
        wrong = _wrong(item.name, value, item.metadata["types"])
        if wrong is None:
            good[item.name] = _as_list(value) if item.metadata["types"] == FOLDERS else value
            if isinstance(value, tuple):
                good[item.name] = list(value)
        elif complain:
            warn(Code.CONFIG, "%s%s in conf.py: %s", PREFIX, item.name, wrong)
    return Options(**good)


def _as_list(value: str | list[str] | tuple[str, ...]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _wrong(name: str, value: Any, types: tuple[type, ...]) -> str | None:
    """Return what is wrong with a value, and what is wanted."""
    fits: bool = isinstance(value, types)
    if not fits:
        names = " or ".join(item.__name__ for item in types)
        return f"found {value!r}, wanted {names}."
    if types == FOLDERS:
        bad = next((item for item in _as_list(value) if not isinstance(item, str | Path)), None)
        return f"found {bad!r} in the list, wanted the path of a folder." if bad is not None else None
    if name == "engine" and value not in ("auto", *ENGINES):
        return f"found {value!r}, wanted one of auto, {', '.join(ENGINES)}.{did_you_mean(value, ENGINES)}"
    if name == "cache_size":
        return None if counts(value) else f"found {value!r}, wanted a whole number of megabytes from 1 on."
    if name in ("limits", "show"):
        return wrong_limits(value) if name == "limits" else _wrong_parts(value)
    return _wrong_lint(name, value) if name.startswith("lint") else None


def _wrong_parts(value: list[object] | None) -> str | None:
    bad = next((item for item in value or () if item not in PARTS), None)
    hint = did_you_mean(str(bad), PARTS)
    return f"found {bad!r} in the list, wanted some of {', '.join(PARTS)}.{hint}" if bad is not None else None


def _wrong_lint(name: str, value: Any) -> str | None:
    if name == "lint" and not isinstance(value, bool):
        unknown = next((item for item in value if item not in RULES), None)
        if unknown is not None:
            return f"found {unknown!r} in the list, wanted rules of the linter.{did_you_mean(str(unknown), RULES)}"
    if name == "lint_options":
        try:
            read_settings(value)
        except SettingsError as error:
            return str(error)
    return None


def shown_parts(own: tuple[str, ...] | None, config: Config) -> frozenset[str]:
    """Return what is below a picture whose directive says *own*, None for what conf.py says."""
    wanted = own if own is not None else read(config).show
    if wanted is not None:
        return frozenset(wanted)
    sources = config.html_copy_source and config.html_show_sourcelink
    return frozenset(PARTS) if sources else frozenset(PARTS) - {"data"}


def _unknown(app: Sphinx, config: Config) -> None:
    """Warn of names in conf.py that look like ours and are none."""
    known = [item.name for item in dataclasses.fields(Options)]
    # Sphinx says this of values of its command line only, and nothing public tells what conf.py holds.
    written = config._raw_config  # noqa: SLF001
    # A conf.py may import nodes and functions of that name, which are no settings.
    plain = (str, int, float, list, tuple, dict, type(None))
    ours = (name for name, value in written.items() if name.startswith(PREFIX.rstrip("_")) and isinstance(value, plain))
    for name in sorted(name for name in ours if name not in config):
        near = nearest(name.removeprefix(PREFIX), known, limit=1)
        every = f" Known are {', '.join(f'{PREFIX}{item}' for item in known)}."
        hint = f" Did you mean '{PREFIX}{near[0]}'?" if near else every
        path = Path(app.confdir) / "conf.py"
        warn(Code.CONFIG, "There is no setting %r.%s", name, hint, location=f"{path}:{_line_of(name, path)}")


def _line_of(name: str, path: Path) -> int:
    """Return the line of the file *path* that gives *name* its value, 1 where none is found."""
    with contextlib.suppress(OSError, ValueError):
        lines = path.read_text(encoding="utf-8").splitlines()
        return next((number for number, line in enumerate(lines, 1) if line.split("=")[0].strip() == name), 1)
    return 1


def check(app: Sphinx, config: Config) -> None:
    """Say what is wrong with the configuration, once a build, and note the state of the plan."""
    options = read(config, complain=True)
    _unknown(app, config)
    for wrong in read_palette(options.palette)[1]:
        warn(Code.PALETTE, "%spalette in conf.py: %s", PREFIX, wrong)
    confdir = Path(app.confdir)
    try:
        options.read_plan(confdir)
    except ProblemsError as error:
        warn_all(error.problems)
    plan = options.plan_file(confdir)
    if plan and options.lint:
        # Sphinx compares the values of one build with those of the next, and lints only where one differs.
        with contextlib.suppress(ProblemsError, ValueError, OSError):
            text = read_file(plan, plan.parent, options.bounds().file_bytes)
            config[PLAN_DIGEST] = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
