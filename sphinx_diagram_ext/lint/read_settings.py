"""Reader of the linter's settings, from pyproject.toml or conf.py."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sphinx_diagram_ext.errors import did_you_mean
from sphinx_diagram_ext.lint.finding import Severity
from sphinx_diagram_ext.lint.rules import RULES
from sphinx_diagram_ext.lint.settings import Settings, SettingsError, Thresholds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx_diagram_ext.plan import Plan


KEYS = ("rules", "enable", "ignore", "severity", "thresholds", "categories", "per-file-ignores", "evidence", "schema")
"""Keys of ``[tool.cdc-diagram.lint]`` and of ``cdc_diagram_lint_options``."""


def read_settings(
    data: Mapping[str, Any], only: Iterable[str] = (), ignore: Iterable[str] = (), plan: Plan | None = None
) -> Settings:
    """Return the settings in *data* with the rules *only*, if given, and without those to *ignore*.

    *plan* is the project's plan of diagrams, which the rules about categories and views compare with.

    Raises:
        SettingsError: a key, a rule or a value cannot be used.
    """
    data = {key.replace("_", "-"): value for key, value in data.items()}
    for key in data:
        _known("key", key, KEYS)
    wanted = _rule_names(list(only), "--rule") or _rule_names(data.get("rules", []), "rules")
    if not wanted:
        wanted = [rule.id for rule in RULES.values() if rule.default]
    wanted = [*wanted, *_rule_names(data.get("enable", []), "enable")] if not list(only) else wanted
    left_out = {*_rule_names(list(ignore), "--ignore")}
    if not list(only):
        left_out |= {*_rule_names(data.get("ignore", []), "ignore")}
    return Settings(
        # A name that no rule has keeps "none at all" apart from "the default ones".
        rules=tuple(name for name in dict.fromkeys(wanted) if name not in left_out) or ("",),
        severity=_severities(data.get("severity", {})),
        thresholds=_thresholds(data.get("thresholds", {})),
        categories=tuple(_texts(data.get("categories", []), "categories")),
        per_file_ignores={
            pattern: tuple(_rule_names(names, f"per-file-ignores of {pattern!r}"))
            for pattern, names in _mapping(data.get("per-file-ignores", {}), "per-file-ignores").items()
        },
        plan=plan,
        evidence=tuple(_texts(data.get("evidence", []), "evidence")),
        schema=_text(data.get("schema", ""), "schema"),
    )


def _thresholds(data: Any) -> Thresholds:
    given = {key.replace("-", "_"): value for key, value in _mapping(data, "thresholds").items()}
    known = [item.name for item in dataclasses.fields(Thresholds)]
    for key, value in given.items():
        _known("threshold", key, known)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise SettingsError(f"found {value!r} for the threshold {key!r}, wanted a whole number from 0 on.")
    return Thresholds(**given)


def _severities(data: Any) -> dict[str, Severity]:
    found = {}
    for name, value in _mapping(data, "severity").items():
        _known("rule", name, RULES)
        _known("severity", value, [str(item) for item in Severity])
        found[name] = Severity(value)
    return found


def _rule_names(value: Any, where: str) -> list[str]:
    names = _texts(value, where)
    for name in names:
        _known("rule", name, RULES)
    return names


def _known(what: str, name: Any, known: Iterable[str]) -> None:
    names = list(known)
    if name not in names:
        hint = did_you_mean(str(name), names)
        raise SettingsError(f"found {name!r}, which is no {what}; wanted one of {', '.join(names)}.{hint}")


def _texts(value: Any, where: str) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise SettingsError(f"found {value!r} for {where}, wanted a list of names.")
    return list(value)


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise SettingsError(f"found {value!r} for {where}, wanted text.")
    return value


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise SettingsError(f"found {value!r} for {where}, wanted a table.")
    return value
