"""Commands in data: where they stand, and what they may hold."""

from __future__ import annotations

import json

import pytest

from sphinx_diagram_ext.catalog.reader import read_diagram
from sphinx_diagram_ext.errors import Problem, ProblemsError
from sphinx_diagram_ext.lint.texts import command_texts, explanations
from sphinx_diagram_ext.model import Command, Diagram, Message, explained, messages, shown_values, translate

HEAD = "diagram:\n  title: T\n"
COMMAND = "run: ls, expect: a file, then: read it"
PLACES = {
    "question": (
        "  type: decision\n  outcomes: {o: O}\n  questions:\n    q: {ask: Q, answers: [{label: l, to: o}], %s}\n",
        "q",
    ),
    "outcome": (
        "  type: decision\n  questions: {q: {ask: Q, answers: [{label: l, to: o}]}}\n  outcomes:\n    o: {%s}\n",
        "o",
    ),
    "event": ('  type: timeline\n  sections:\n    - events:\n      - {time: "1", events: E, key: e, %s}\n', "e"),
    "panel": ("  type: dashboard\n  rows:\n    r:\n      panels: {p: {%s}}\n", "p"),
}
STEPS = "  type: failure-sequence\n  participants: {a: A, b: B}\n  steps:\n    - {failure: F}\n"


def read(text: str) -> Diagram:
    return read_diagram(HEAD + text, "one", "data/one.yaml")


def problem(text: str) -> Problem:
    with pytest.raises(ProblemsError) as error:
        read(text)
    (found,) = error.value.problems
    return found


@pytest.mark.parametrize("place", PLACES)
def test_a_node_has_a_command_with_the_lines_of_its_texts(place):
    text, key = PLACES[place]
    line = (HEAD + text[: text.index("%s")]).count("\n") + 1
    node = read(text % COMMAND).node(key)
    assert node.command == Command(Message("ls", line), Message("a file", line), Message("read it", line))
    assert read(text % "run: ls").node(key).command == Command(Message("ls", line))
    # one more key, and nothing else is there
    assert read(text.replace(", %s", "").replace("%s", "name: N")).node(key).command is None


STEP_KINDS = {
    "a message": "{from: a, to: b, label: X, %s}",
    "a note": "{note: X, over: [a], %s}",
    "a failure": "{failure: X, %s}",
    "a timeout": "{timeout: X, %s}",
    "a retry": "{retry: X, steps: [{note: n, over: [a]}], %s}",
    "a recovery": "{recovery: X, %s}",
}


@pytest.mark.parametrize("kind", STEP_KINDS)
@pytest.mark.parametrize("around", ["%s", "{failure: G, steps: [%s]}", "{alt: [{when: w, steps: [%s]}]}"])
def test_a_step_has_a_command_and_its_text_says_which(kind, around):
    (found,) = explained(read(f"{STEPS}    - {around % (STEP_KINDS[kind] % COMMAND)}\n"))
    assert (found.key, found.label.text, found.command.run) == ("", "X", Message("ls", 7))


def test_steps_are_listed_in_the_order_of_the_file():
    step = "{failure: %s, run: ls, steps: [{note: %s, over: [a], run: ls}]}"
    text = f"{STEPS}    - {step % ('one', 'two')}\n    - {step % ('three', 'four')}\n"
    assert [item.label.text for item in explained(read(text))] == ["one", "two", "three", "four"]


@pytest.mark.parametrize(
    "step", ["{loop: X, run: ls, steps: [{note: n, over: [a]}]}", "{opt: X, run: ls, steps: [{note: n, over: [a]}]}"]
)
def test_a_frame_has_no_command(step):
    assert problem(f"{STEPS}    - {step}\n").message.endswith("has no 'run'.")


def test_lines_are_kept_and_what_is_around_them_is_not():
    text = PLACES["panel"][0].replace(
        "{p: {%s}}", "\n        p:\n          run: |\n            a \\\n              b | c\n\n            d\n\n"
    )
    command = read(text).node("p").command
    assert command.run == Message("a \\\n  b | c\n\nd", 8)


DECEPTIVE = {
    "a tab": "\t",
    "an escape": "\\e",
    "a bell": "\\a",
    "a return": "\\r",
    "a no-break space": "\\_",
    "an ideographic space": "\\u3000",
    "an override": "\\u202e",
    "the end of one": "\\u202c",
    "an isolate": "\\u2066",
    "a mark of direction": "\\u200f",
    "a letter mark": "\\u061c",
    "a zero-width space": "\\u200b",
    "a joiner": "\\u200d",
    "a byte order mark": "\\ufeff",
    "a soft hyphen": "\\u00ad",
    "a filler": "\\u3164",
    "a variation selector": "\\ufe0f",
    "a blank pattern": "\\u2800",
    "a tag": "\\U000e0041",
}


@pytest.mark.parametrize("name", DECEPTIVE)
def test_what_reads_other_than_it_runs_is_refused_with_its_line(name):
    found = problem(PLACES["panel"][0] % f'run: "ls\\nrm {DECEPTIVE[name]}x"')
    assert (found.path, found.line) == ("data/one.yaml", 6)
    said = (
        "in line 2 of the command makes it read other than it runs; write letters, signs, plain spaces and line breaks."
    )
    assert found.message.endswith((said, "cannot be shown; remove it."))


def test_a_message_names_the_character_and_does_not_write_it():
    found = problem(PLACES["panel"][0] % 'run: "ls \\u202ex"')
    assert "the character U+202E in line 1" in found.message
    assert found.message.isprintable()


@pytest.mark.parametrize("text", ["Привет", "שלום", "echo 日本 | grep 'é' > \"$X\" && `id`; {{ x }} <b> *a*", "🎉"])
def test_letters_of_any_script_and_signs_of_shells_are_text(text):
    assert read(PLACES["panel"][0] % f"run: {json.dumps(text, ensure_ascii=False)}").node("p").command.run.text == text


def test_a_line_separator_is_a_line_break():
    command = read(PLACES["panel"][0] % 'run: "ls\\u2028rm x"').node("p").command
    assert command.run.text == "ls\nrm x"


def test_a_command_is_bounded():
    assert read(PLACES["panel"][0] % f"run: {'x' * 2_000}").node("p").command
    found = problem(PLACES["panel"][0] % f"run: {'x' * 2_001}")
    assert (found.line, "2000" in found.message) == (6, True)


@pytest.mark.parametrize("name", ["expect", "then"])
def test_what_is_said_about_a_command_needs_one(name):
    assert problem(PLACES["panel"][0] % f"{name}: x").message.endswith(
        f"{name!r} is about a command; write it below 'run'."
    )


def test_an_empty_command_is_an_error():
    assert problem(PLACES["panel"][0] % "run: ''").line == 6


def test_a_command_is_below_the_picture_not_in_it():
    diagram = read(PLACES["panel"][0] % COMMAND)
    assert [text.text for text in messages(diagram)] == ["T", "P", "R"]
    assert translate(diagram, lambda text: Message("?", text.line)).node("p").command == diagram.node("p").command


def test_a_picture_depends_on_whether_a_node_has_a_command_only():
    def shown(text: str) -> object:
        return shown_values(read(text).body)

    panel = PLACES["panel"][0]
    assert shown(panel % COMMAND) == shown(panel % "run: other") != shown(panel % "name: P")
    step = f"{STEPS}    - {{note: n, over: [a]%s}}\n"
    assert shown(step % ", run: ls") == shown(step % "")


def test_the_linter_reads_commands_and_counts_them_as_no_explanation():
    diagram = read(PLACES["panel"][0] % COMMAND)
    assert [text.text for text in command_texts(diagram)] == ["ls", "a file", "read it"]
    assert explanations(diagram) == []
