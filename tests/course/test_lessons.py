"""What learners copy from the lessons: shell, JSON, YAML, properties, calls of the REST API, names of metrics."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest
import yaml
from babel.messages.pofile import read_po
from connect_stand_in import is_documented
from jmx import STREAMING
from keys import configs_in, known_in, unknown_keys
from lessons import COURSE, NOT_RUN, PARSER, ROOT, blocks, blocks_of, lessons

LESSONS = [pytest.param(path, id=str(path.relative_to(COURSE))) for path in lessons()]
# Files of the lab that a lesson has the learner make.
MADE_BY_LEARNERS = {"labs/prometheus/lag.test.yml"}
CALL = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\s+`?(/[\w{}<>./?=&;*$-]*)")


def test_there_are_lessons():
    assert LESSONS
    assert blocks("bash")
    assert blocks("sql")
    assert blocks("json")


# The form of a lesson

SECTIONS = ["Цели урока", "Почему это важно", "Практика", "Проверьте себя", "Итоги", "Источники"]
# What the plan of the course asks for.
LEAST_LINES = {
    "05-wal-bloat-heartbeat": 200,
    "06-connector-scaling": 180,
    "07-disaster-recovery": 200,
    "04-multi-database-architecture": 250,
}


def headings(path) -> list[str]:
    tokens = PARSER.parse(path.read_text(encoding="utf-8"))
    return [tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"]


@pytest.mark.parametrize("path", [path for path in lessons() if path.stem[0].isdigit()], ids=lambda path: path.stem)
def test_a_lesson_has_everything_a_lesson_needs(path):
    text = path.read_text(encoding="utf-8")
    found = [heading.partition(":")[0] for heading in headings(path)]
    assert [name for name in found if name in SECTIONS] == SECTIONS
    assert {"{cdc-diagram}", "{warning}", "|---|", "Ответы", "](https://"} - {
        part for part in ("{cdc-diagram}", "{warning}", "|---|", "Ответы", "](https://") if part in text
    } == set()
    assert len(text.splitlines()) >= LEAST_LINES.get(path.stem, 0)


@pytest.mark.parametrize("path", LESSONS)
def test_front_matter_has_a_title_and_a_description(path):
    front = yaml.safe_load(path.read_text(encoding="utf-8").split("---")[1])
    assert len(front["title"]) > 5
    assert len(front["description"]) > 20


def test_a_heading_of_several_lessons_has_one_translation():
    found: dict[str, set[str]] = {}
    for path in lessons():
        name = path.relative_to(COURSE).with_suffix(".po")
        catalogue = read_po((ROOT / "docs/locales/en/LC_MESSAGES/course" / name).read_bytes().splitlines())
        for heading in headings(path):
            found.setdefault(heading, set()).add(catalogue[heading].string)
    assert {heading: texts for heading, texts in found.items() if len(texts) > 1} == {}
    assert [found[name] for name in SECTIONS] == [
        {"Lesson goals"},
        {"Why it matters"},
        {"Practice"},
        {"Check yourself"},
        {"Summary"},
        {"Sources"},
    ]


def test_code_is_english():
    """Lessons are translated, their code is not: comments and messages in it are English from the start."""
    code = [block for path in lessons() for block in blocks_of(path.read_text(encoding="utf-8"), path)]
    assert [str(block) for block in code if re.search(r"[\u0400-\u04FF]", block.text)] == []


def test_blocks_are_found_wherever_they_stand():
    text = """---
title: x
---

% not run here: PostgreSQL 17
% makes: file
```sql
one
```

```sql
two
```

1. In a list:

   % not run here: why
   ```sql
   three
   ```

````{dropdown} Title
```{code-block} sql
:caption: c

four
```
````

:::{tip}
```sql
five
```
:::
"""
    found = blocks_of(text, ROOT / "x.md")
    assert [block.text.strip() for block in found] == ["one", "two", "three", "four", "five"]
    assert [block.line for block in found] == [7, 11, 18, 23, 31]
    assert [block.comment(NOT_RUN) for block in found] == ["PostgreSQL 17", None, "why", None, None]
    assert [block.comment("makes") for block in found] == ["file", None, None, None, None]


# Shell


@pytest.mark.parametrize("path", LESSONS)
def test_shell_blocks_pass_shellcheck(path, shellcheck, tmp_path):
    found = [block for block in blocks_of(path.read_text(encoding="utf-8"), path) if block.language in {"bash", "sh"}]
    files = []
    for block in found:
        file = tmp_path / f"line-{block.line:04}.sh"
        file.write_text(block.text, encoding="utf-8")
        files.append(file.name)
    if not files:
        return
    # A block may use a variable of the block before it (SC2154) or set one for the block after it (SC2034).
    command = [shellcheck, "--shell=bash", "--exclude=SC2034,SC2154", "--format=gcc", *files]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{path.name}\n{done.stdout}{done.stderr}"


# Data


@pytest.mark.parametrize("block", blocks("json"), ids=str)
def test_json_blocks_parse_and_their_keys_are_known(block):
    try:
        data = [json.loads(block.text)]
    except ValueError as error:
        # Output of jq -c: one value a line.
        if "Extra data" not in str(error):
            raise
        data = [json.loads(line) for line in block.text.splitlines() if line.strip()]
    wrong = [text for value in data for config in configs_in(value) for text in unknown_keys(config)]
    assert wrong == []


@pytest.mark.parametrize("block", blocks("properties"), ids=str)
def test_keys_of_properties_blocks_are_known(block):
    lines = [line.strip() for line in block.text.splitlines()]
    config = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    # Keys of PostgreSQL have no dots, so a key with an underscore only is a setting of the server.
    wrong = [key for key in config if "." in key and not known_in(key, "worker") and unknown_keys({key: config[key]})]
    assert wrong == []


@pytest.mark.parametrize("block", blocks("yaml"), ids=str)
def test_yaml_blocks_parse(block):
    assert list(yaml.safe_load_all(block.text))


def test_rules_in_yaml_blocks_pass_promtool(promtool, tmp_path):
    files = []
    for block in blocks("yaml"):
        (data, *_) = yaml.safe_load_all(block.text)
        rules = data
        if isinstance(data, list) and all(isinstance(item, dict) and {"alert", "record"} & set(item) for item in data):
            rules = {"groups": [{"name": "lesson", "rules": data}]}
        if isinstance(rules, dict) and set(rules) == {"groups"}:
            file = tmp_path / f"{block.lesson.stem}-line-{block.line}.yml"
            file.write_text(yaml.safe_dump(rules), encoding="utf-8")
            files.append(file)
    if files:
        done = subprocess.run([promtool, "check", "rules", *files], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_queries_in_text_blocks_pass_promtool(promtool, tmp_path):
    """Blocks after `% promql`: one query, or several with an empty line between them."""
    queries = [
        re.sub(r"\$\w+", "1m", query)
        for block in blocks("text")
        if block.comment("promql") is not None
        for query in re.split(r"\n\s*\n", block.text)
    ]
    assert queries
    rules = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(queries)]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "queries", "rules": rules}]}), encoding="utf-8")
    done = subprocess.run([promtool, "check", "rules", file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_unit_tests_of_rules_in_yaml_blocks_pass(promtool, tmp_path):
    shutil.copytree(ROOT / "labs" / "prometheus", tmp_path, dirs_exist_ok=True)
    for block in blocks("yaml"):
        (data, *_) = yaml.safe_load_all(block.text)
        if isinstance(data, dict) and {"rule_files", "tests"} <= set(data):
            file = tmp_path / f"{block.lesson.stem}-line-{block.line}.yml"
            file.write_text(block.text, encoding="utf-8")
            done = subprocess.run([promtool, "test", "rules", file], capture_output=True, text=True, check=False)
            assert done.returncode == 0, f"{block}\n{done.stdout}{done.stderr}"


# Calls of the REST API


def calls_in_text(text: str) -> set[tuple[str, str]]:
    return {(method, path.rstrip(".;?")) for method, path in CALL.findall(text)}


def calls_in_shell(text: str, variables: dict[str, str]) -> tuple[set[tuple[str, str]], list[str]]:
    """Calls of Kafka Connect by curl, and addresses that cannot be told; `variables` are kept for the next block."""
    calls: set[tuple[str, str]] = set()
    unclear = []
    for line in re.sub(r"\\\n", " ", text).splitlines():
        for name, value in re.findall(r"(?:^|\s)([A-Za-z_]\w*)=(\"[^\"]*\"|'[^']*'|\S*)", line):
            variables[name] = expand(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value.strip("\"'")), variables)
        for call in re.findall(r"\bcurl\b([^|;)]*(?:'[^']*'[^|;)]*|\"[^\"]*\"[^|;)]*)*)", line):
            words = expand(call, variables)
            match = re.search(r"(?:-X|--request)[ =]?([A-Z]+)", words)
            has_body = re.search(r"(?:^|\s)(?:-d|--data\S*|--json)\b", words) and not re.search(
                r"\s(?:-G|--get)\b", words
            )
            method = match[1] if match else ("POST" if has_body else "GET")
            url = re.search(r"https?://([^/\s\"']+)([^\s\"']*)", words)
            if url is None:
                unclear.append(call.strip())
            elif url[1].endswith(":8083"):
                calls.add((method, url[2] or "/"))
    return calls, unclear


def expand(text: str, variables: dict[str, str]) -> str:
    def value(match: re.Match[str]) -> str:
        return variables.get(match[1] or match[2], "VALUE")

    return re.sub(r"\$(?:\{(\w+)\}|(\w+))", value, text)


def test_calls_are_read_from_shell():
    variables: dict[str, str] = {}
    text = """CONNECT=${CONNECT:-http://connect:8083}
C="$CONNECT/connectors/shop-cdc"
curl -fsS "$CONNECT/connectors" | jq -r '.[]'
curl -fsS -X PUT "$C/stop"
until [ "$(curl -fsS "${C}/status" | jq -r .x)" = STOPPED ]; do sleep 1; done
curl -fsS --request DELETE \\
  "$C/offsets"
curl -X POST -H 'Content-Type: application/json' --data @x.json http://localhost:8083/connectors
curl -s http://localhost:9090/api/v1/query
"""
    calls, unclear = calls_in_shell(text, variables)
    assert unclear == []
    assert calls == {
        ("GET", "/connectors"),
        ("PUT", "/connectors/shop-cdc/stop"),
        ("GET", "/connectors/shop-cdc/status"),
        ("DELETE", "/connectors/shop-cdc/offsets"),
        ("POST", "/connectors"),
    }
    assert calls_in_shell('curl -X PATCH "$C/offsets"', variables)[0] == {("PATCH", "/connectors/shop-cdc/offsets")}
    assert calls_in_shell("curl -X PUT nowhere", {})[1] == ["-X PUT nowhere"]


@pytest.mark.parametrize("path", LESSONS)
def test_calls_of_the_rest_api_are_documented(path):
    text = path.read_text(encoding="utf-8")
    # Paths like /stop and /offsets stand for those of a connector.
    calls = {
        (method, call if call.startswith(("/connect", "/admin")) else f"/connectors/name{call}")
        for method, call in calls_in_text(text)
        if not call.startswith(("/api", "/-/", "/metrics"))
    }
    variables: dict[str, str] = {}
    unclear = []
    for block in blocks_of(text, path):
        if block.language in {"bash", "sh"}:
            found, lost = calls_in_shell(block.text, variables)
            calls |= found
            unclear += [f"{block}: {call}" for call in lost]
    wrong = sorted(f"{method} {call}" for method, call in calls if not is_documented(method, call))
    assert wrong == []
    assert unclear == []


# Metrics


@pytest.mark.parametrize("path", LESSONS)
def test_metrics_of_debezium_exist(path):
    text = path.read_text(encoding="utf-8")
    # A{B,C}D is short for ABD and ACD.
    text = re.sub(
        r"\b(debezium_metrics_\w*)\{([A-Z]\w*(?:,[A-Z]\w*)+)\}(\w*)",
        lambda short: " ".join(short[1] + part + short[3] for part in short[2].split(",")),
        text,
    )
    names = set(re.findall(r"\bdebezium_metrics_([A-Za-z]\w*)", text))
    assert names - STREAMING == set()


@pytest.mark.parametrize("path", LESSONS)
def test_files_of_the_lab_exist(path):
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w/])labs/[\w./-]*\w", text))
    assert [name for name in named - MADE_BY_LEARNERS if not (ROOT / name).exists()] == []
