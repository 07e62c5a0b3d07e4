"""Write the advance widths that labels are measured with.

Usage: python tools/font_widths.py REGULAR.ttf BOLD.ttf

The fonts are Liberation Sans (SIL Open Font License), whose widths are those of Arial and
Arimo by design. Needs fontTools. Only the widths, in thousandths of an em, are written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path(__file__).parent.parent / "sphinx_diagram_ext" / "text" / "widths.json"


def runs(path: str) -> list[list[object]]:
    """Return ``[first code point, [width, ...]]`` for every unbroken run of characters."""
    font = TTFont(path)
    scale = 1000 / font["head"].unitsPerEm
    widths = {
        code: round(font["hmtx"][name][0] * scale) for code, name in font.getBestCmap().items() if 0x20 <= code < 0xE000
    }
    found: list[list[object]] = []
    last = -2
    for code in sorted(widths):
        if code != last + 1:
            found.append([code, []])
        found[-1][1].append(widths[code])  # type: ignore[attr-defined]
        last = code
    return found


def main(regular: str, bold: str) -> None:
    """Write both tables."""
    tables = {"regular": runs(regular), "bold": runs(bold)}
    TARGET.write_text(json.dumps(tables, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
