"""Allowlist of the addresses that may become links."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_SCHEMES = frozenset(("http", "https", "mailto"))
_SCHEME = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]*:")


def safe_url(url: str) -> str | None:
    """Return *url* if following it can run no script, else None.

    Browsers drop control characters and white space inside a scheme before they read it
    (https://url.spec.whatwg.org/#concept-basic-url-parser), so such addresses are refused.
    """
    url = url.strip()
    if not url or any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") for char in url):
        return None
    if any(char in url for char in " <>\"'`\\"):
        return None
    if _SCHEME.match(url):
        try:
            scheme = urlsplit(url).scheme.casefold()
        except ValueError:
            return None
        return url if scheme in _SCHEMES else None
    if url.startswith("//") or ":" in url.split("/", 1)[0].split("#", 1)[0].split("?", 1)[0]:
        return None
    return url
