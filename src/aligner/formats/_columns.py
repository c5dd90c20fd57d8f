"""Columns on a page: where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ROWS = 4  # fewer lines side by side are a table or a letterhead
_BOXES = 4_000  # on a page; with more it is a drawing
_MIDDLE = (0.3, 0.7)  # shares of the width between which a gap parts columns
_GAP, _WIDE = 0.012, 0.2  # of the width of the page
_FULL = 0.55  # of the longest line of a column; cells of tables are shorter
_INDENT = 30.0  # points; what begins no further right than that begins with its column
_APART = 1.8  # of the usual distance of lines
ROW = 3.0  # points; letters that stand no further apart in height are of a line
Extent = tuple[float, float]  # left and right end
_Sides = tuple[list[Extent], list[Extent]]  # of the left column, and of the right one


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

    def meets(self, other: Box) -> bool:
        """Whether the two have a point in common, be it on their edges."""
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.bottom <= other.top
            and other.bottom <= self.top
        )


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the page as a gap at *x* would cut it, and what stands on either side of it."""

    y: float
    left: tuple[Extent, ...]
    right: tuple[Extent, ...]
    is_cut: bool


def regions(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """Return the regions of a page with columns in reading order, none for any other page.

    Columns may fill a part of the page only: what is above, between and below is read over the
    whole width. A column of two that has columns itself makes three, and so on.
    """
    if len(boxes) > _BOXES:
        return []
    joined = [box for row in _rows(boxes) for box in _joined(row, _GAP * width)]
    found = _split(joined, Box(0, 0, width, height), width)
    return found if len(found) > 1 else []


def _joined(row: Sequence[Box], gap: float) -> Iterator[Box]:
    """Yield what stands too close together on a line for a column to end between."""
    last: Box | None = None
    for box in sorted(row, key=lambda box: box.left):
        if last and box.left - last.right < gap:
            bottom, top = min(last.bottom, box.bottom), max(last.top, box.top)
            last = Box(last.left, bottom, max(last.right, box.right), top)
            continue
        if last:
            yield last
        last = box
    if last:
        yield last


def _split(boxes: Sequence[Box], area: Box, width: float) -> list[Box]:
    """Return the regions of *area*, itself if it has no columns; *width* is that of the page."""
    best: tuple[int, float, list[tuple[float, float]]] | None = None
    rows = _rows(boxes)
    for x in _gaps(boxes, area):
        cut = [_cut(row, x, _GAP * width) for row in rows]
        zones = list(_zones(cut, width))
        whole = (row.y for row in cut if not row.is_cut)
        filled = sum(any(bottom <= y < top for top, bottom in zones) for y in whole)
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
        if rows and rows[-1][0].middle - box.middle < ROW:
            rows[-1].append(box)
        else:
            rows.append([box])
    return rows


def _cut(row: Sequence[Box], x: float, gap: float) -> _Row:
    left = [box for box in row if box.right <= x]
    right = [box for box in row if box.left >= x]
    is_cut = len(left) + len(right) < len(row)
    return _Row(row[0].middle, tuple(_pieces(left, gap)), tuple(_pieces(right, gap)), is_cut)


def _pieces(boxes: Sequence[Box], gap: float) -> Iterator[Extent]:
    """Yield left and right end of what stands together: of one column, or of one cell."""
    begin = end = float("nan")
    for box in sorted(boxes, key=lambda box: box.left):
        if box.left - end < gap:
            end = max(end, box.right)
            continue
        if begin == begin:
            yield begin, end
        begin, end = box.left, box.right
    if begin == begin:
        yield begin, end


def _zones(rows: Sequence[_Row], width: float) -> Iterator[tuple[float, float]]:
    """Yield top and bottom of each stretch of columns, as the gap cuts them in two."""
    usual = max(_distance([r for r in rows if r.left]), _distance([r for r in rows if r.right]))
    beside: list[list[_Row]] = []
    for run in [*_runs(rows, _APART * usual), []]:
        if run:
            beside.append(run)
        else:
            yield from _joined_zones(beside, usual, width)
            beside = []


def _joined_zones(
    runs: Sequence[list[_Row]], usual: float, width: float
) -> Iterator[tuple[float, float]]:
    """Yield the stretches among runs that no line parts, those as one that belong together.

    A heading in one of the columns has more room around it than lines usually have: what begins
    where the columns begin is more of them, up to the last line that is as long as they are.
    """
    found = [_zone(_without_cells(run), usual, width) for run in runs]
    columns = _sides([row for run, zone in zip(runs, found, strict=True) if zone for row in run])
    top = bottom = None
    for run, zone in zip(runs, found, strict=True):
        own = _sides(run)
        if zone is None and columns[0] and _begins_alike(own, columns):
            zone = (run[0].y + ROW, run[-1].y - 2 * ROW)
            if not _is_as_long(own, columns):
                continue
        if zone:
            top = zone[0] if top is None else top
            bottom = zone[1]
        elif top is not None and bottom is not None:
            yield top, bottom
            top = bottom = None
    if top is not None and bottom is not None:
        yield top, bottom


def _zone(run: Sequence[_Row], usual: float, width: float) -> tuple[float, float] | None:
    """Return top and bottom of the columns in *run*, if it has any."""
    lefts, rights = [r for r in run if r.left], [r for r in run if r.right]
    if not (lefts and rights):
        return None
    higher, lower = sorted((lefts[0].y, rights[0].y), reverse=True)
    top = (higher if higher - lower < usual else lower) + ROW
    bottom = max(lefts[-1].y, rights[-1].y) - ROW
    beside = [[r for r in side if bottom <= r.y <= top] for side in (lefts, rights)]
    extents = [[e for r in beside[0] for e in r.left], [e for r in beside[1] for e in r.right]]
    if min(map(len, beside)) >= _ROWS and _are_columns(extents, width):
        return top, run[-1].y - 2 * ROW
    return None


def _begins_alike(own: _Sides, columns: _Sides) -> bool:
    """Whether what stands on either side begins where its column does."""
    return all(
        abs(left - min(begin for begin, _ in there)) < _INDENT
        for here, there in zip(own, columns, strict=True)
        for left, _ in here
    )


def _is_as_long(own: _Sides, columns: _Sides) -> bool:
    """Whether a line on either side is about as long as those of its column."""
    return any(
        right - left >= _FULL * max(b - a for a, b in there)
        for here, there in zip(own, columns, strict=True)
        for left, right in here
    )


def _sides(rows: Sequence[_Row]) -> _Sides:
    return [e for row in rows for e in row.left], [e for row in rows for e in row.right]


def _distance(rows: Sequence[_Row]) -> float:
    """Return the usual distance of lines; columns may stand on lines of their own."""
    distances = [a.y - b.y for a, b in pairwise(rows)]
    return median(distances) if distances else 0.0


def _runs(rows: Sequence[_Row], apart: float) -> Iterator[list[_Row]]:
    """Yield the rows that no line cuts, parted where the distance is greater than usual.

    An empty run stands for a line that cuts them.
    """
    run: list[_Row] = []
    for row in rows:
        if run and (row.is_cut or run[-1].y - row.y > apart):
            yield run
            run = []
        if row.is_cut:
            yield []
        else:
            run.append(row)
    if run:
        yield run


def _without_cells(run: list[_Row]) -> list[_Row]:
    """Return *run* without the rows at its top that are short on both sides: cells of a table."""
    sides = [[row.left for row in run], [row.right for row in run]]
    longest = [max((b - a for row in side for a, b in row), default=0.0) for side in sides]
    for i, row in enumerate(run):
        pieces = zip((row.left, row.right), longest, strict=True)
        if any(b - a >= _FULL * most for side, most in pieces for a, b in side):
            return run[i:]
    return []


def _are_columns(extents: Sequence[Sequence[Extent]], width: float) -> bool:
    room = min(left for left, _ in extents[1]) - max(right for _, right in extents[0])
    for side in extents:
        lengths = [right - left for left, right in side]
        if max(lengths) < _WIDE * width or median(lengths) < _FULL * max(lengths):
            return False
    return room >= _GAP * width
