r"""Allowlist of the formulas that data may hold.

A formula reaches TeX and MathJax as it is, and both run commands: ``\input`` reads files,
``\write18`` runs programs, ``\href`` makes links. So commands are those of a list, and what
changes how the rest is read is refused.
"""

from __future__ import annotations

import re

from sphinx_diagram_ext.sphinx_ext.markup.math_grammar import unsettable

_NAMES = """
    alpha beta gamma delta epsilon varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau
    upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega frac
    tfrac dfrac sqrt binom over sum prod int lim log ln lg exp min max sup inf gcd det dim Pr sin cos
    tan cdot cdots ldots dots times div pm mp ast star circ bullet oplus otimes le leq ge geq ne neq lt
    gt ll gg approx equiv sim simeq propto mid parallel perp in notin ni subset subseteq supset supseteq
    cup cap setminus emptyset varnothing forall exists neg lnot land lor wedge vee to gets mapsto
    leftarrow rightarrow Leftarrow Rightarrow leftrightarrow Leftrightarrow implies iff uparrow
    downarrow infty partial nabla prime angle lfloor rfloor lceil rceil langle rangle lvert rvert lVert
    rVert vert Vert left right big Big bigg Bigg text textrm textbf textit mathrm mathbf mathit mathsf
    mathtt mathcal mathbb operatorname hat bar vec tilde dot overline underline overbrace underbrace
    quad qquad displaystyle textstyle limits bmod pmod
"""
_COMMANDS = frozenset(_NAMES.split())
_COMMAND = re.compile(r"\\([A-Za-z]+|.|$)", re.DOTALL)
_SYMBOLS = frozenset(r",;:! {}%$#&_|\/")


def refused(formula: str) -> str | None:
    """Return the first part of *formula* that data may not hold, None if TeX can set all of it and it is harmless."""
    for found in _COMMAND.finditer(formula):
        name = found[1]
        if name not in _COMMANDS and name not in _SYMBOLS:
            return found[0]
    plain = _COMMAND.sub("", formula)
    # "^^5c" is a backslash to TeX, whatever the characters around it mean.
    odd = re.search(r"\^\^|[%$#~&\0]", plain) or re.search(r"\^\^", formula)
    if odd:
        return odd[0]
    depth = 0
    for char in plain:
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth < 0:
            return "}"
    return "{" if depth else unsettable(formula)
