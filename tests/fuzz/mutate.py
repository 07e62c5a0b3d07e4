"""Texts that a machine thinks of: what is in the corpus, cut, doubled, swapped and spiced."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

CORPUS = Path(__file__).parent / "corpus"
SPICE = Path(__file__).parent / "spice"
MAX_EDITS = 8
MAX_SIZE = 40_000


def seeds(name: str) -> list[Path]:
    """Return the files of the corpus of the target *name*."""
    return sorted(path for path in (CORPUS / name).iterdir() if path.is_file())


@st.composite
def mutated(draw: DrawFn, texts: list[bytes], spice: list[bytes]) -> bytes:
    """Draw one of *texts* after some edits, each with a piece of another one, of *spice* or of noise."""
    data = draw(st.sampled_from(texts))
    for _ in range(draw(st.integers(0, MAX_EDITS))):
        at = draw(st.integers(0, len(data)))
        end = min(len(data), at + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(("cut", "double", "spice", "noise", "other", "many")))
        if kind == "cut":
            data = data[:at] + data[end:]
        elif kind == "double":
            data = data[:end] + data[at:]
        elif kind == "spice":
            data = data[:at] + draw(st.sampled_from(spice)) + data[end:]
        elif kind == "noise":
            data = data[:at] + draw(st.binary(max_size=6)) + data[at:]
        elif kind == "many":
            data = data[:at] + draw(st.sampled_from(spice)) * draw(st.integers(2, 200)) + data[at:]
        else:
            other = draw(st.sampled_from(texts))
            start = draw(st.integers(0, len(other)))
            data = data[:at] + other[start : start + 60] + data[end:]
    return data[:MAX_SIZE]


def fuzzed(name: str, spice: str) -> SearchStrategy[bytes]:
    """Return what the target *name* is fed with; a file of spice has one literal a line."""
    pieces = [ast.literal_eval(line) for line in (SPICE / f"{spice}.txt").read_text(encoding="utf-8").splitlines()]
    return mutated([path.read_bytes() for path in seeds(name)], pieces)
