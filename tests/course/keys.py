"""The list of known configuration keys, and what to make of a configuration."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

KNOWN = json.loads((Path(__file__).parents[2] / "labs" / "known-keys.json").read_text(encoding="utf-8"))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile("".join(r"[^\s]+" if part.startswith("<") else re.escape(part) for part in _parts(key)))


def _parts(key: str) -> list[str]:
    return [part for part in re.split(r"(<[^>]+>)", key) if part]


def known_in(key: str, *sections: str) -> bool:
    """Whether a key is in one of the sections; `<...>` of a listed key stands for any text."""
    return any(_pattern(listed).fullmatch(key) for section in sections for listed in KNOWN["keys"][section])


def unknown_keys(config: dict) -> list[str]:
    """Say what is wrong with the keys of a connector's configuration, or of a part of one."""
    kind = config.get("connector.class")
    if kind is None:
        sections = list(KNOWN["keys"])
    elif kind in KNOWN["connectors"]:
        sections = KNOWN["connectors"][kind]
    else:
        return [f"connector.class {kind}: not in labs/known-keys.json"]
    plugins = _plugins(config)
    return [text for key in config if (text := _judge(key, config, sections, plugins))]


def _plugins(config: dict) -> dict[str, str | None]:
    """Prefix of the keys of every transformation and predicate, and its class."""
    found = {}
    for kind in ("transforms", "predicates"):
        for name in filter(None, (part.strip() for part in str(config.get(kind, "")).split(","))):
            found[f"{kind}.{name}."] = config.get(f"{kind}.{name}.type")
    return found


def _judge(key: str, config: dict, sections: list[str], plugins: dict[str, str | None]) -> str:
    """Say what is wrong with a key, or nothing."""
    prefix = next((prefix for prefix in plugins if key.startswith(prefix)), None)
    if prefix is not None:
        section = KNOWN["transforms"].get(plugins[prefix])
        if section is None:
            return f"{key}: {plugins[prefix]} is not in labs/known-keys.json"
        if not known_in(key, "connect") and not known_in(key.removeprefix(prefix), section):
            return f"{key}: not a known key of {plugins[prefix]}"
    elif key.startswith(("transforms.", "predicates.")):
        # A part of a configuration may leave out the list of aliases.
        return f"{key}: no such alias in {key.split('.', maxsplit=1)[0]}" if "connector.class" in config else ""
    elif not known_in(key, *sections):
        return f"{key}: not a known key of {config.get('connector.class', 'any connector')}"
    return ""


def configs_in(data: object) -> list[dict]:
    """Every connector configuration in JSON data."""
    found = []
    if isinstance(data, dict):
        inner = data.get("config")
        if isinstance(inner, dict) and all(isinstance(value, str) for value in inner.values()):
            return [inner]
        if "connector.class" in data or (data and all("." in key and isinstance(data[key], str) for key in data)):
            return [data]
        for value in data.values():
            found += configs_in(value)
    elif isinstance(data, list):
        for value in data:
            found += configs_in(value)
    return found
