"""Columns on a page: where they stand, and the letters of the page in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_ROWS = 4  # fewer lines side by side are a table or a letterhead
_BOXES = 4_000
_MIDDLE = (0.3, 0.7)
_GAP, _WIDE = 0.012, 0.2  # of the width of the page
_FULL = 0.55  # of the longest line of a column; cells of tables are shorter
_APART = 1.8  # of the usual distance of lines
_ROW = 3.0


@dataclass(frozen=True, slots=True)
class Box:
    """A run of letters on a line, or a region of the page; upwards is greater."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.bottom + self.top) / 2

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside, or on the left or lower edge."""
        return self.left <= x < self.right and self.bottom <= y < self.top


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page as a gap at *x* would cut it; an extent is left and right end."""

    y: float
    left: tuple[float, float] | None
    right: tuple[float, float] | None
    is_cut: bool


def regions(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """Return the regions of a page with columns in reading order, none for any other page.

    Columns may fill a part of the page only: what is above, between and below is read over the
    whole width. A column of two that has columns itself makes three, and so on.
    """
    found = _split(boxes, Box(0, 0, width, height), width)
    return found if len(found) > 1 else []


def _split(boxes: Sequence[Box], area: Box, width: float) -> list[Box]:
    """Return the regions of *area*, itself if it has no columns; *width* is that of the page."""
    best: tuple[int, float, list[tuple[float, float]]] | None = None
    rows = _rows(boxes) if len(boxes) <= _BOXES else []
    for x in _gaps(boxes, area):
        cut = [_cut(row, x) for row in rows]
        zones = list(_zones(cut, width))
        filled = sum(any(bottom <= row.y < top for top, bottom in zones) for row in cut)
        if zones and (best is None or filled > best[0]):
            best = filled, x, zones
    if best is None:
        return [area]
    _, x, zones = best
    found: list[Box] = []
    top = area.top
    for upper, lower in zones:
        found.append(Box(area.left, upper, area.right, top))
        for side in (Box(area.left, lower, x, upper), Box(x, lower, area.right, upper)):
            inside = [box for box in boxes if side.holds((box.left + box.right) / 2, box.middle)]
            found += _split(inside, side, width)
        top = lower
    return [*found, Box(area.left, area.bottom, area.right, top)]


def _gaps(boxes: Sequence[Box], area: Box) -> Iterator[float]:
    """Yield the places where some runs of letters end and others begin, near the middle."""
    starts = sorted({box.left for box in boxes})
    first, last = (area.left + share * (area.right - area.left) for share in _MIDDLE)
    for end in sorted({round(box.right) for box in boxes}):
        after = next((start for start in starts if start > end + 0.5), None)
        if after is not None and first < (end + after) / 2 < last:
            yield (end + after) / 2


def _rows(boxes: Sequence[Box]) -> list[list[Box]]:
    """Return the lines of the page from top to bottom, whatever column they are in."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda box: -box.middle):
        if rows and rows[-1][0].middle - box.middle < _ROW:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _cut(row: Sequence[Box], x: float) -> _Row:
    left = [box for box in row if box.right <= x]
    right = [box for box in row if box.left >= x]
    return _Row(
        row[0].middle,
        (min(b.left for b in left), max(b.right for b in left)) if left else None,
        (min(b.left for b in right), max(b.right for b in right)) if right else None,
        len(left) + len(right) < len(row),
    )


def _zones(rows: Sequence[_Row], width: float) -> Iterator[tuple[float, float]]:
    """Yield top and bottom of each stretch of columns, as the gap cuts them in two."""
    distances = [a.y - b.y for a, b in pairwise(rows)]
    usual = median(distances) if distances else 0.0
    for run in map(_without_cells, _runs(rows, _APART * usual)):
        lefts, rights = [r for r in run if r.left], [r for r in run if r.right]
        if not (lefts and rights):
            continue
        top = min(lefts[0].y, rights[0].y) + _ROW
        bottom = max(lefts[-1].y, rights[-1].y) - _ROW
        beside = [[r for r in side if bottom <= r.y <= top] for side in (lefts, rights)]
        extents = [[r.left for r in beside[0] if r.left], [r.right for r in beside[1] if r.right]]
        if min(map(len, extents)) >= _ROWS and _are_columns(extents, width):
            yield top, run[-1].y - 2 * _ROW


def _runs(rows: Sequence[_Row], apart: float) -> Iterator[list[_Row]]:
    """Yield the rows that no line cuts, parted where the distance is greater than usual."""
    run: list[_Row] = []
    for row in rows:
        if run and (row.is_cut or run[-1].y - row.y > apart):
            yield run
            run = []
        if not row.is_cut:
            run.append(row)
    if run:
        yield run


def _without_cells(run: list[_Row]) -> list[_Row]:
    """Return *run* without the rows at its top that are short on both sides: cells of a table."""
    sides = [[row.left for row in run], [row.right for row in run]]
    longest = [max((b - a for a, b in filter(None, side)), default=0.0) for side in sides]
    for i, row in enumerate(run):
        extents = zip((row.left, row.right), longest, strict=True)
        if any(extent and extent[1] - extent[0] >= _FULL * most for extent, most in extents):
            return run[i:]
    return []


def _are_columns(extents: Sequence[Sequence[tuple[float, float]]], width: float) -> bool:
    room = min(left for left, _ in extents[1]) - max(right for _, right in extents[0])
    for side in extents:
        lengths = [right - left for left, right in side]
        if max(lengths) < _WIDE * width or median(lengths) < _FULL * max(lengths):
            return False
    return room >= _GAP * width


def in_order(letters: Iterable[tuple[str, Box]], found: Sequence[Box]) -> list[str]:
    """Return the text of each region, a line for each line.

    Args:
        letters: of the whole page; white space belongs to the letter before it.
    """
    texts = [""] * len(found)
    last: list[Box | None] = [None] * len(found)
    region, spaced = 0, False
    for letter, box in letters:
        if letter.isspace():
            spaced = True
            continue
        x, y = (box.left + box.right) / 2, box.middle
        region = next((i for i, r in enumerate(found) if r.holds(x, y)), region)
        before = last[region]
        if before is not None:
            high = max(before.top - before.bottom, box.top - box.bottom, _ROW)
            texts[region] += "\n" if abs(before.middle - y) > 0.6 * high else " " * spaced
        texts[region] += letter
        last[region], spaced = box, False
    return texts
