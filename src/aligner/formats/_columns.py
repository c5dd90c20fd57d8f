"""Two columns on a page: where the gap between them is, and in which order their parts are read."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS = 4  # fewer lines side by side are a table or a letterhead
_BOXES = 4_000
_MIDDLE = (0.3, 0.7)
_GAP = 0.012
_FULL = 0.55
_EDGE = 1.0


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


def regions(boxes: Sequence[Box], width: float, height: float) -> list[Box]:
    """Return the regions of a page of two columns in reading order, none for any other page.

    What runs over both columns (a title, a wide figure's caption) cuts them: above it the left and
    the right part are read, then itself, then what is below.
    """
    gap = _gap(boxes, width)
    if gap is None:
        return []
    sides = [box for box in boxes if not box.left < gap < box.right]
    found: list[Box] = []
    top = height
    for box in sorted((b for b in boxes if b.left < gap < b.right), key=lambda b: -b.middle):
        if any(box.top < side.middle < top for side in sides):
            found += _pair(gap, box.top, top, width)
        found.append(Box(0, box.bottom - _EDGE, width, box.top + _EDGE))
        top = min(top, box.bottom)
    return found + _pair(gap, 0, top, width)


def _pair(gap: float, bottom: float, top: float, width: float) -> list[Box]:
    return [Box(0, bottom, gap, top), Box(gap, bottom, width, top)]


def _gap(boxes: Sequence[Box], width: float) -> float | None:
    """Return the middle of the gap between two columns of full lines, if there are two."""
    if len(boxes) > _BOXES:
        return None
    ends = sorted({round(box.right) for box in boxes})
    best: tuple[int, float, float] | None = None
    for end in ends:
        beyond = [box.left for box in boxes if box.left > end + 0.5]
        x = (end + min(beyond, default=end)) / 2
        if not (beyond and _MIDDLE[0] * width < x < _MIDDLE[1] * width):
            continue
        left = [box for box in boxes if box.right <= x]
        right = [box for box in boxes if box.left >= x]
        across = len(boxes) - len(left) - len(right)
        if across * 4 > len(left) + len(right) or not _are_columns(left, right, width):
            continue
        room = min(box.left for box in right) - max(box.right for box in left)
        if best is None or (across, -room) < best[:2]:
            best = across, -room, x
    return best[2] if best else None


def _are_columns(left: Sequence[Box], right: Sequence[Box], width: float) -> bool:
    if not left or not right:
        return False
    if min(box.left for box in right) - max(box.right for box in left) < _GAP * width:
        return False
    lines = [_lines(left), _lines(right)]
    beside = sum(any(abs(y - other) < 3 for other in lines[1]) for y in lines[0])
    full = (median(lengths.values()) >= _FULL * max(lengths.values()) for lengths in lines)
    wide = (max(lengths.values()) >= 0.2 * width for lengths in lines)
    return beside >= _ROWS and min(map(len, lines)) >= _ROWS and all(full) and all(wide)


def _lines(boxes: Sequence[Box]) -> dict[float, float]:
    """Return the length of each line by its height on the page."""
    extents: dict[float, tuple[float, float]] = {}
    for box in boxes:
        key = next((y for y in extents if abs(y - box.middle) < 3), box.middle)
        left, right = extents.get(key, (box.left, box.right))
        extents[key] = min(left, box.left), max(right, box.right)
    return {key: right - left for key, (left, right) in extents.items()}
