"""Addresses that become links, and those that never do."""

from __future__ import annotations

import pytest

from sphinx_diagram_ext.urls import safe_url


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?b=c:d#e:f",
        "http://example.org",
        "HTTPS://example.org/",
        "mailto:a@example.org",
        "/from/the/root:x",
        "page.html",
        "folder/page:1.html",
        "page.html?at=1:2",
        "#part:1",
        "https://пример.рф/путь",
    ],
)
def test_an_address_is_taken_as_it_is(url: str) -> None:
    assert safe_url(url) == url
    assert safe_url(f" {url}\n") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        " ",
        # other schemes
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "x+y.z-1:a",
        "http://[",
        # what browsers drop before they read the scheme, and what hides one
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "a\tb",
        "https://example.org/\x00",
        "https://example.org/\u202egro",
        "https://example.org/\u200b",
        "https://example.org/\u2028x",
        "https://example.org/\ud800",
        # another host without saying so
        "//example.org/",
        "\\\\example.org",
        # what ends an attribute or a link in some markup
        'https://example.org/"x',
        "https://example.org/'x",
        "https://example.org/`x",
        "https://example.org/<x",
        "https://example.org/>x",
        "https://example.org/a b",
        # a scheme to some readers
        "ж:alert(1)",
        "1:alert(1)",
    ],
)
def test_an_address_that_could_do_more_than_lead_somewhere_is_none(url: str) -> None:
    assert safe_url(url) is None
