"""An alignment side by side: a probability, then a column of wrapped text for each version."""

from __future__ import annotations

import unicodedata
from itertools import zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Alignment, Bead

_GAP = "  "
_MARGIN = 5  # columns for the probability
_NARROWEST = 12  # columns of a version
_NOTHING = "-"
_GREEN, _YELLOW, _RED, _BOLD, _OFF = "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[1m", "\x1b[0m"


def render(alignment: Alignment, *, width: int, colour: bool = False) -> Iterator[str]:
    """Yield the lines of *alignment*, at most *width* wide unless the columns get too narrow.

    A hyphen stands for a version without a counterpart, ``moved`` under the probability for a
    bead that stands elsewhere in another version.
    """
    count = len(alignment.documents)
    column = max(_NARROWEST, (width - _MARGIN - count * len(_GAP)) // count)
    header = _GAP.join(["prob ", *(_pad(name, column) for name in alignment.versions)]).rstrip()
    yield f"{_BOLD}{header}{_OFF}" if colour else header
    for bead in alignment.beads:
        yield ""
        yield from _rows(alignment, bead, column, colour)


def _rows(alignment: Alignment, bead: Bead, column: int, colour: bool) -> Iterator[str]:
    margin = [f"{bead.probability:.2f}"] + ["moved"] * bead.moved
    texts = alignment.texts(bead).values()
    columns = [
        list(wrap(text, column)) or ([_NOTHING] if not side else [""])
        for text, side in zip(texts, bead.sides, strict=True)
    ]
    for head, *cells in zip_longest(margin, *columns, fillvalue=""):
        first = head.ljust(_MARGIN)
        if colour:
            first = f"{_shade(bead.probability)}{first}{_OFF}"
        yield _GAP.join([first, *(_pad(cell, column) for cell in cells)]).rstrip()


def _shade(probability: float) -> str:
    return _GREEN if probability >= 0.9 else _YELLOW if probability >= 0.5 else _RED


def wrap(text: str, width: int) -> Iterator[str]:
    """Yield lines of at most *width* terminal cells; words that are longer are cut.

    >>> list(wrap("Donaudampfschiff fuhr", 10))
    ['Donaudampf', 'schiff', 'fuhr']
    """
    line = ""
    for word in _printable(text).split():
        if line and _cells(line) + 1 + _cells(word) <= width:
            line += f" {word}"
            continue
        if line:
            yield line
        *whole, line = _cut(word, width)
        yield from whole
    if line:
        yield line


def _cut(word: str, width: int) -> Iterator[str]:
    if word.isascii():
        yield from (word[i : i + width] for i in range(0, len(word), width))
        return
    start = cells = 0
    for i, letter in enumerate(word):
        size = _cells(letter)
        if cells + size > width:
            yield word[start:i]
            start, cells = i, 0
        cells += size
    yield word[start:]


def _printable(text: str) -> str:
    """Return *text* without what would move the cursor, recolour or turn round the terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c.isspace() else "" for c in text)


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _cells(text))
