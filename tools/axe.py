"""Look for barriers on every page of a built site with axe-core.

Usage: python tools/axe.py FOLDER [PAGE...]

Every page is looked at in light and dark, wide (1300 px) and narrow (390 px), with its first explanation open.
Prints each finding and how many there are; the exit status is 1 if there is any.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

VIEWS = (("light", 1300), ("dark", 1300), ("light", 390), ("dark", 390))
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def pages_of(folder: Path) -> list[str]:
    """Return the address of every page below *folder*, and of a search that finds something."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return [*(name for name in found if not name.startswith("_static/")), "search.html?q=kafka"]


def findings(page: Page, axe: Axe) -> Iterator[str]:
    """Yield what axe-core finds on *page* as it is now."""
    for item in axe.run(page).response["violations"]:
        for node in item["nodes"]:
            yield f"{item['id']}: {node['html'][:160]}"


def main(arguments: list[str]) -> int:
    """Look at a site and return the exit status."""
    folder = Path(arguments[0])
    names = arguments[1:] or pages_of(folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        found = look(f"http://127.0.0.1:{server.server_port}/", names)
        server.shutdown()
    for text, times in found.most_common():
        print(f"{times} x {text}")
    print(f"{len(names)} pages in {len(VIEWS)} views: {found.total()} findings")
    return 1 if found else 0


def look(address: str, names: list[str]) -> Counter[str]:
    """Return what is found on the pages *names* below *address*, with how often."""
    found: Counter[str] = Counter()
    axe = Axe()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for scheme, width in VIEWS:
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
            page = context.new_page()
            for name in names:
                page.goto(address + name)
                node = page.locator(".cdc-explained-node").first
                if node.count():
                    node.press("Enter")
                found.update(f"{name} ({scheme}, {width} px): {text}" for text in findings(page, axe))
            context.close()
        browser.close()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
