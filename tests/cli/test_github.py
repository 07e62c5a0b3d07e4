"""Annotations of GitHub: whatever they say stays in its place."""

from __future__ import annotations

from sphinx_diagram_ext.cli.github import annotation


def test_a_message_is_no_command_and_ends_none() -> None:
    said = annotation("error", "a,b:c%.yaml", 0, 2, "schema", "100 %\r\n::error::mine: a, b")
    assert said == ("::error file=a%2Cb%3Ac%25.yaml,line=1,col=2,title=cdc schema::100 %25%0D%0A::error::mine: a, b\n")
