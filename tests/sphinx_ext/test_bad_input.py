"""Bad input ends in a message with its place; the rest of the site still builds."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

GOOD = "diagram:\n  type: flow\n  title: Good\n  nodes: {a: A}\n"


def build_with(site, name: str, content: str | bytes):
    site.write("data/good.yaml", GOOD)
    path = site.folder / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    site.write("index.md", "# Index\n\n```{cdc-diagram} bad\n```\n\n```{cdc-diagram} good\n```\n\nThe end.\n")
    built = site.build()
    assert "Traceback" not in built.warnings
    assert 'id="good"' in built.text("index.html")
    assert "The end." in built.text("index.html")
    return built


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("", 1, "The file is empty"),
        ("- [", 1, "This is not YAML"),
        (b"diagram:\n  title: \xff\xfe\n", 2, "The file is not UTF-8 here"),
        ("diagram:\n  type: flow\n  title: [x]\n  nodes: {a: A}\n", 3, "Found a list of 1, wanted text"),
        ("diagram:\n  type: flow\n  titel: x\n  nodes: {a: A}\n", 3, "Unknown key 'titel'. Did you mean 'title'?"),
        ("diagram:\n  type: flwo\n", 2, "There is no diagram type 'flwo'"),
        (f"{GOOD}  flows:\n    - {{from: a, to: zed}}\n", 6, "There is no node 'zed' here"),
        (f"{GOOD}  title: Again\n", 5, "The key 'title' stands here a second time"),
        (
            (
                "diagram:\n  type: decision\n  title: T\n  questions:\n"
                "    q: {ask: Q, answers: [{label: yes, to: r}]}\n    r: {ask: R, answers: [{label: no, to: q}]}\n"
                "  outcomes: {o: O}\n"
            ),
            6,
            "This answer leads back",
        ),
        (
            "a: &a [x, x]\nb: &b [*a, *a]\n"
            + "".join(f"{chr(99 + n)}: &{chr(99 + n)} [{', '.join([f'*{chr(98 + n)}'] * 9)}]\n" for n in range(9)),
            None,
            "once its aliases are followed",
        ),
        ("[" * 1000 + "]" * 1000, 1, "Nested more than 40 levels deep"),
        (
            "diagram:\n  type: mermaid\n  title: M\n  source: |\n    flowchart TB\n      a --> b\n      b[x(] --> c\n",
            7,
            "The Mermaid source does not parse",
        ),
        ("diagram: !!python/object/apply:os.system ['true']\n", 1, "is not allowed; leave it out."),
    ],
    ids=range(13),
)
def test_a_bad_file_is_a_warning_with_file_and_line(site, content, line, said):
    built = build_with(site, "bad.yaml", content)
    assert said in built.warnings
    if line is not None:
        assert f"data/bad.yaml:{line}: WARNING: " in built.warnings


@pytest.mark.parametrize("name", ["x\n::error::pwned.yaml", "\x1b]0;pwned\x07\x1b[2J.yaml", "caf\udce9.yaml"])
def test_a_file_name_is_no_command_in_the_log(site, name):
    site.write("data/a.yaml", GOOD + "  aliases: [old]\n")
    built = build_with(site, name, GOOD + "  aliases: [old]\n")
    assert "can hold; rename the file." in built.warnings
    assert not any(line.startswith("::") for line in built.warnings.splitlines())
    assert "\x1b]" not in built.warnings
    assert "\x07" not in built.warnings


def test_a_file_of_20_megabytes(site):
    built = build_with(site, "bad.yaml", "#" * 20_000_000)
    assert "The file is larger than 1,000,000 bytes" in built.warnings


def test_an_id_that_leaves_the_folder(site):
    secret = site.write("secret.yaml", GOOD.replace("Good", "Secret"))
    site.write("data/good.yaml", GOOD)
    site.write(
        "index.md",
        f"# Index\n\n```{{cdc-diagram}} ../secret\n```\n\n```{{cdc-diagram}} {secret.with_suffix('')}\n```\n",
    )
    built = site.build()
    assert built.warnings.count("is no diagram id") + built.warnings.count("There is no diagram") == 2
    assert "Secret" not in built.text("index.html")


def test_a_link_that_leaves_the_folder(site):
    site.write("outside/secret.yaml", GOOD.replace("Good", "Secret"))
    site.write("data/good.yaml", GOOD)
    (site.folder / "data" / "bad.yaml").symlink_to(site.folder / "outside" / "secret.yaml")
    (site.folder / "data" / "folder").symlink_to(site.folder / "outside")
    site.write("index.md", "# Index\n\n```{cdc-diagram} bad\n```\n\n```{cdc-diagram} folder/secret\n```\n")
    built = site.build()
    assert "leads out of its data folder" in built.warnings
    assert "There is no diagram 'folder/secret'" in built.warnings
    assert "Secret" not in built.text("index.html")


def test_duplicate_ids_and_aliases(site):
    site.write("data/one.yaml", GOOD + "  aliases: [two]\n")
    site.write("data/two.yaml", GOOD)
    site.write("more/one.yaml", GOOD)
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build(cdc_diagram_path=["data", "more"])
    assert "The id 'one' belongs to" in built.warnings
    assert "more/one.yaml:1: WARNING" in built.warnings
    assert "The alias 'two' belongs to the diagram 'two' already" in built.warnings


def test_missing_and_empty_folder(site):
    (site.folder / "empty").mkdir()
    site.write("index.md", "# Index\n")
    built = site.build(cdc_diagram_path=["nowhere", "empty"])
    assert "nowhere: The data folder does not exist" in built.warnings
    assert "empty: The data folder holds no YAML file" in built.warnings


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("cdc_diagram_path", [1], "cdc_diagram_path in conf.py: found 1 in the list, wanted the path of a folder"),
        ("cdc_diagram_path", 3, "cdc_diagram_path"),
        ("cdc_diagram_engine", "mermann", "Did you mean 'merman'?"),
        ("cdc_diagram_engine", 3, "cdc_diagram_engine"),
        ("cdc_diagram_limits", {"nods": 3}, "found 'nods', wanted one of"),
        ("cdc_diagram_limits", {"nodes": -1}, "wanted a whole number from 1 on"),
        ("cdc_diagram_cache", 7, "cdc_diagram_cache"),
    ],
)
def test_a_configuration_of_the_wrong_kind(site, name, value, said):
    site.write("index.md", "# Index\n\nThe end.\n")
    site.write("data/good.yaml", GOOD)
    with (site.folder / "conf.py").open("a") as stream:
        stream.write(f"{name} = {value!r}\n")
    built = site.build()
    assert said in built.warnings
    assert "The end." in built.text("index.html")


def test_every_problem_of_a_file_is_said_at_once(site):
    bad = (
        "diagram:\n  type: flow\n  title: T\n  diffculty: x\n  direction: UP\n  nodes:\n"
        "    a: {role: x}\n    b: {tone: y}\n    c: {colour: z}\n"
    )
    built = build_with(site, "bad.yaml", bad)
    assert [line for line in range(1, 10) if f"bad.yaml:{line}: WARNING" in built.warnings] == [4, 5, 7, 8, 9]


@pytest.mark.parametrize("suffix", ["md", "rst"])
def test_data_cannot_bring_html_files_or_directives_into_a_page(site, suffix):
    site.write("secret.txt", "top secret")
    text = (
        "<script>alert(1)</script> ![x](../secret.txt) {download}`x </secret.txt>` [j](javascript:alert(1))"
        " <ftp://example.org/> :download:`x </secret.txt>` `j <javascript:alert(1)>`__"
    )
    site.write(
        "data/bad.yaml",
        "diagram:\n  type: flow\n  title: '<script>alert(2)</script>'\n  nodes:\n    a:\n"
        f"      name: '<img src=x onerror=alert(3)>'\n      explain: |\n        {text}\n",
    )
    title = "# Index\n\n```{cdc-diagram} bad\n```\n" if suffix == "md" else "Index\n=====\n\n.. cdc-diagram:: bad\n"
    site.write(f"index.{suffix}", title)
    built = site.build()
    html = built.text("index.html")
    assert "is not allowed in data" in built.warnings
    assert "data/bad.yaml:" in built.warnings
    assert "The address 'ftp://example.org/' is not allowed in data." in built.warnings
    assert 'href="ftp' not in html
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert 'href="javascript' not in html
    assert not list(built.out.rglob("secret.txt*"))


def test_data_is_never_evaluated_as_a_substitution(site):
    with (site.folder / "conf.py").open("a") as stream:
        stream.write('myst_enable_extensions = ["substitution"]\nmyst_substitutions = {"mine": "from the page"}\n')
    site.write(
        "data/bad.yaml",
        "diagram:\n  type: flow\n  title: T\n  nodes:\n    a: {explain: 'Read {{ env.srcdir }} and {{ 6 * 7 }}'}\n",
    )
    site.write("index.md", "# Index\n\n{{ mine }}\n\n```{cdc-diagram} bad\n```\n\nAgain {{ mine }}.\n")
    built = site.build()
    html = built.text("index.html")
    # The page shows the YAML too, so that the words alone say nothing.
    explained = BeautifulSoup(html, "html.parser").find(class_="cdc-explanations").get_text()
    assert "Read {{ env.srcdir }} and {{ 6 * 7 }}" in explained
    assert str(site.folder) not in html
    assert html.count("from the page") == 2


@pytest.mark.parametrize("name", ["nowhere.yaml", "a\0b", "a" * 300, "a" * 300 + ".yaml", "data"])
def test_a_plan_that_cannot_be_read_is_a_message(site, name):
    site.flow("one")
    site.write("index.md", "# Index\n\n```{cdc-diagram} one\n```\n")
    built = site.build(cdc_diagram_plan=name, cdc_diagram_lint=["summary-missing"])
    assert len(built.warnings.splitlines()) == 1
    assert "WARNING: The " in built.warnings
    assert "<svg" in built.text("index.html")
