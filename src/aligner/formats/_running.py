"""Running heads and page numbers of a PDF: what stands at the top or bottom of most pages."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.formats._typeset import Line

_DIGITS = re.compile(r"\d+")
_EDGE = 2  # lines at the top, and as many at the bottom
_APART = 2.5  # sizes of the type
_SAME = 4.0  # points; lines of two pages that stand no further apart have the same place
Column = list["Line"]


def without_running(pages: Sequence[Sequence[Column]]) -> list[list[Column]]:
    """Return the columns of the pages without running heads and page numbers.

    They are lines at the edge of a page that come back, but for their numbers, on at least half of
    the pages, in the same place if they have words. Of two pages they stand on both, and count the
    pages or stand apart from the text.
    """
    edges = [list(_edges(page)) for page in pages]
    seen = Counter(key for found in edges for key in {_key(line) for line, _ in found})
    running = {key for key, times in seen.items() if times * 2 >= len(pages) > 2}
    if len(pages) == 2:
        running = {
            _key(line)
            for line, is_apart in edges[0]
            for other, _ in edges[1]
            if _key(line) == _key(other) and (is_apart or line.text != other.text)
        }
    dropped = [{id(line) for line, _ in found if _key(line) in running} for found in edges]
    return [
        [kept for column in page if (kept := [line for line in column if id(line) not in ids])]
        for page, ids in zip(pages, dropped, strict=True)
    ]


def _edges(page: Sequence[Column]) -> Iterator[tuple[Line, bool]]:
    """Yield the lines at the top and at the bottom of a page, and whether they stand apart."""
    lines = sorted((line for column in page for line in column), key=lambda line: -line.base)
    for at in {*range(len(lines))[:_EDGE], *range(len(lines))[-_EDGE:]}:
        line = lines[at]
        beside = (other.base for other in lines if other is not line)
        nearest = min((abs(line.base - base) for base in beside), default=0.0)
        yield line, nearest > _APART * line.type.size


def _key(line: Line) -> tuple[str, float, int]:
    """Return what a running head has in common from page to page."""
    text = _DIGITS.sub("#", line.text)
    return text, line.type.size, round(line.base / _SAME) if any(map(str.isalpha, text)) else 0
