"""Small letters that stand higher or lower than the line they belong to: marks of notes, powers.

pdfium takes them for lines of their own, and what follows for a line more. Digits that are raised
are written so (``sea.²``), as they are no number of the text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.formats._columns import Box

_MOST = 4  # letters that are raised in a row
_SMALLER = 1.08  # times as large is what they belong to
_SHIFT = (0.1, 0.75)  # up or down, in sizes of what they belong to
_TOUCHES, _FOLLOWS = 0.6, 3.0  # how far apart they stand at most, in those sizes
_SPACE = 0.15  # between words at least
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Sign:
    """A character of a page.

    Attributes:
        number: among all of the page.
        box: where it stands, if it is seen; one that is shifted is as high as its line.
    """

    number: int
    text: str
    box: Box | None = None
    size: float = 0.0
    base: float = 0.0


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters of one size and height in a row: where they begin and end among all signs."""

    start: int
    end: int
    size: float
    base: float
    box: Box


def with_raised(signs: Sequence[Sign]) -> list[Sign]:
    """Return the signs with raised digits as such, and no line end around what is shifted."""
    runs = _runs(signs)
    found: list[Sign | None] = list(signs)
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        host = next((h for h in (before, after) if h and _belongs(run, h)), None)
        if host is None or run.end - run.start > _MOST:
            continue
        for at in range(run.start, run.end):
            found[at] = _in_line(signs[at], run, host)
        if before and host is before:
            _join(found, before, run)
        if after and (host is after or _is_same_row(host, run, after)):
            _join(found, run, after)
    return [sign for sign in found if sign]


def _runs(signs: Sequence[Sign]) -> list[_Run]:
    runs = []
    seen = [(at, sign) for at, sign in enumerate(signs) if sign.box]
    for (size, base), group in groupby(seen, lambda pair: (pair[1].size, round(pair[1].base, 1))):
        part = list(group)
        boxes = [sign.box for _, sign in part if sign.box]
        box = replace(boxes[0], right=boxes[-1].right)
        runs.append(_Run(part[0][0], part[-1][0] + 1, size, base, box))
    return runs


def _belongs(run: _Run, host: _Run) -> bool:
    low, high = (share * host.size for share in _SHIFT)
    gap = run.box.left - host.box.right if host.start < run.start else host.box.left - run.box.right
    return (
        host.size >= _SMALLER * run.size > 0
        and low < abs(run.base - host.base) < high
        and abs(gap) < _TOUCHES * host.size
    )


def _is_same_row(host: _Run, run: _Run, after: _Run) -> bool:
    return (
        abs(after.base - host.base) < _SHIFT[0] * host.size
        and -_TOUCHES * host.size < after.box.left - run.box.right < _FOLLOWS * host.size
    )


def _in_line(sign: Sign, run: _Run, host: _Run) -> Sign:
    text = sign.text.translate(_RAISED) if run.base > host.base else sign.text
    box = sign.box and replace(sign.box, bottom=host.box.bottom, top=host.box.top)
    return replace(sign, text=text, box=box)


def _join(found: list[Sign | None], before: _Run, after: _Run) -> None:
    """Take out the ends of lines between two runs, or make them spaces where there is room."""
    has_room = after.box.left - before.box.right > _SPACE * max(before.size, after.size)
    for at in range(before.end, after.start):
        sign = found[at]
        if sign and sign.text in "\r\n":
            found[at] = replace(sign, text=" ") if has_room else None
