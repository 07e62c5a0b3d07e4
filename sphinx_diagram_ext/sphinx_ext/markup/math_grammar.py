r"""Grammar of formulas: what TeX can set, told before a formula becomes part of a book.

One formula that TeX cannot read ends the PDF of a whole site: ``\text`` without braces takes the end of the formula
with it. So commands have their arguments in braces, scripts stand once at what they belong to, and ``\left`` has its
``\right``. Source: The TeXbook, chapters 16 to 18, and https://ctan.org/pkg/amsmath.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TEXTS = frozenset(("text", "textrm", "textbf", "textit"))
_TWO = frozenset(("frac", "tfrac", "dfrac", "binom"))
_ONE = _TEXTS | frozenset(
    [
        "sqrt",
        "mathrm",
        "mathbf",
        "mathit",
        "mathsf",
        "mathtt",
        "mathcal",
        "mathbb",
        "operatorname",
        "hat",
        "bar",
        "vec",
        "tilde",
        "dot",
        "overline",
        "underline",
        "overbrace",
        "underbrace",
        "pmod",
    ]
)
_BIG = frozenset(("left", "right", "big", "Big", "bigg", "Bigg"))
_LIMITED = frozenset(("sum", "prod", "int", "lim", "max", "min", "sup", "inf", "det", "gcd", "Pr"))
_PART = re.compile(r"\\(?:[A-Za-z]+|.)|[{}^_']|\S", re.DOTALL)
_DELIMITER = re.compile(
    r"[()\[\]|./<>]|\\[{}|]|\\(?:langle|rangle|lfloor|rfloor|lceil|rceil|[lr]?[vV]ert|uparrow|downarrow)"
)
_ROOT = re.compile(r"\\sqrt\s*\[[^\[\]{}\\^_]*\]")
"""A root with its degree, which is an argument in brackets."""


@dataclass(slots=True)
class _Group:
    """What is open: how it began, and what has been said in it."""

    opener: str = ""
    wanted: int = 0
    """Arguments that the command before it takes after this one."""
    text: bool = False
    scripts: set[str] = field(default_factory=set)
    """Scripts of the last thing."""
    lefts: int = 0
    over: bool = False
    last: str = ""


def unsettable(formula: str) -> str | None:
    r"""Return the first part of *formula* at which TeX would stop, None if it can set it.

    Only for formulas whose commands are those of the allowlist and whose braces match.
    """
    reader = _Reader()
    for part in _PART.findall(_ROOT.sub(r"\\sqrt", formula)):
        if not reader.take(part):
            return part if reader.blamed is None else reader.blamed
    return reader.unfinished()


class _Reader:
    def __init__(self) -> None:
        self.groups = [_Group()]
        self.wanted = 0
        """Arguments that the last command still takes."""
        self.command = ""
        self.script = ""
        """The script whose argument comes next."""
        self.blamed: str | None = None

    def take(self, part: str) -> bool:
        """Tell whether *part* may come next."""
        group = self.groups[-1]
        if group.last in _BIG:
            group.last = ""
            return self._blame(f"\\{self.command}", right=_DELIMITER.fullmatch(part) is not None)
        if self.wanted and part != "{":
            return self._blame(f"\\{self.command}", right=False)
        if part in "{}":
            return self._open() if part == "{" else self._close()
        if group.text:
            return part not in "^_" and (part[0] != "\\" or not part[1].isalpha())
        return self._in_formula(part, group)

    def _in_formula(self, part: str, group: _Group) -> bool:
        if part in "^_":
            return self._script(part)
        if part == "'":
            # A prime is a superscript of its own, and may stand before one but not after.
            return not self.script and "^" not in group.scripts
        return self._thing(part)

    def unfinished(self) -> str | None:
        """Return what the formula ends without."""
        if self.wanted or self.groups[-1].last in _BIG:
            return f"\\{self.command}"
        if self.script:
            return self.script
        return "\\left" if self.groups[-1].lefts else None

    def _blame(self, what: str, *, right: bool) -> bool:
        self.blamed = None if right else what
        return right

    def _open(self) -> bool:
        text = self.groups[-1].text or bool(self.wanted and self.command in _TEXTS)
        self.groups.append(_Group(self.command, max(0, self.wanted - 1), text))
        if not self.script and not self.wanted:
            self.groups[-2].scripts.clear()
        self.wanted, self.script = 0, ""
        return True

    def _close(self) -> bool:
        if self.script or len(self.groups) == 1:
            return False
        group = self.groups.pop()
        if group.lefts:
            return self._blame("\\left", right=False)
        self.wanted, self.command = group.wanted, group.opener
        return True

    def _script(self, part: str) -> bool:
        group = self.groups[-1]
        if self.script or part in group.scripts:
            return False
        group.scripts.add(part)
        self.script = part
        return True

    def _thing(self, part: str) -> bool:
        """Take a character or a command that stands for something."""
        group = self.groups[-1]
        name = part[1:] if part.startswith("\\") else ""
        if self.script:
            self.script = ""
            # Braces make plain what belongs to the script.
            return name not in _TWO | _ONE | _BIG | {"over", "limits", "displaystyle", "textstyle", "\\"}
        self.command = name
        if name == "limits":
            return self._blame(part, right=group.last in _LIMITED and not group.scripts)
        group.scripts.clear()
        group.last = name
        if name == "over":
            once, group.over = not group.over, True
            return once
        if name in _BIG:
            group.lefts += {"left": 1, "right": -1}.get(name, 0)
            return group.lefts >= 0
        self.wanted = 2 if name in _TWO else int(name in _ONE)
        return True
