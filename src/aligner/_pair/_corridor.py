"""Where a path may run: a band over the whole of two versions, and the windows it is cut into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np

from aligner._dp import Corridor, IntArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aligner._dp import Node, Posteriors

FULL = 160_000  # nodes that are all visited: a text so small needs no band
# Nodes that are solved in one piece at most, where nothing sure divides them.
LARGEST = 3 * FULL
# Rows of a window, and cells of windows that are solved together.
_ROWS, _LEAST_ROWS, OVERLAP = 800, 200, 64
_CELLS = 300_000
# A row is narrow up to so many times the lower quartile of all.
_NARROW = 2
_PRESSING = 1e-3  # probability of a node at the edge that makes it too narrow
# Room around a place that the path must come to: the longest bead, and a margin.
_AROUND = 10

AnyStretch = TypeVar("AnyStretch", bound="HasCorridor")


@dataclass(frozen=True, slots=True)
class Band:
    """For each source position 0 .. n the target positions ``lo`` to ``hi`` (exclusive)."""

    lo: IntArray
    hi: IntArray
    columns: int

    @classmethod
    def full(cls, rows: int, columns: int) -> Band:
        """Return the band of every node."""
        return cls(np.zeros(rows + 1, np.int64), np.full(rows + 1, columns + 1, np.int64), columns)

    @property
    def rows(self) -> int:
        """Number of source segments."""
        return len(self.lo) - 1

    def stretch(self, first: int, last: int, column: int | None = None) -> Stretch:
        """Return the rows *first* to *last*; inside the text a path may begin and end anywhere.

        Args:
            column: where the path begins, if that is known.
        """
        free = first > 0 and column is None
        if column is None:
            column = int(self.lo[first]) if free else 0
        start, end = (first, column), (last, max(int(self.hi[last]) - 1, column))
        return Stretch(start, end, self._corridor(start, end, free, last < self.rows))

    def _corridor(self, start: Node, end: Node, free_start: bool, free_end: bool) -> Corridor:
        """Return the nodes between two nodes, counted from the first of them."""
        rows = slice(start[0], end[0] + 1)
        lo = np.clip(self.lo[rows], start[1], end[1]) - start[1]
        hi = np.clip(self.hi[rows], start[1] + 1, end[1] + 1) - start[1]
        lo[0] = 0
        hi[-1] = end[1] - start[1] + 1
        hi = np.maximum.accumulate(hi)
        # Every row reaches the first column of the next one: long target runs stay inside.
        hi[:-1] = np.maximum(hi[:-1], lo[1:] + 1)
        return Corridor(lo, int((hi - lo).max()), end[1] - start[1], free_start, free_end)

    def widened(self) -> Band:
        """Return the band with twice the room on either side."""
        room = self.hi - self.lo
        lo = np.minimum.accumulate(np.maximum(self.lo - room, 0)[::-1])[::-1]
        hi = np.maximum.accumulate(np.minimum(self.hi + room, self.columns + 1))
        return Band(lo, hi, self.columns)

    def through(self, nodes: Iterable[Node]) -> Band:
        """Return the band with room for a path that comes near each of *nodes*."""
        lo, hi = self.lo.copy(), self.hi.copy()
        for row, column in nodes:
            near = slice(max(row - _AROUND, 0), row + _AROUND + 1)
            lo[near] = np.minimum(lo[near], max(column - _AROUND, 0))
            hi[near] = np.maximum(hi[near], min(column + _AROUND, self.columns) + 1)
        lo = np.minimum.accumulate(lo[::-1])[::-1]
        return Band(lo, np.maximum.accumulate(hi), self.columns)

    def windows(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the last row of windows that overlap by ``OVERLAP`` rows.

        They are short, to be solved side by side; where the band is wide they are shorter, so as
        to fit in memory. What is small as a whole is one window. Each ends in rows where the band
        is narrow, if it can: else a path that may end anywhere would go round a passage that the
        source lacks.
        """
        if (self.rows + 1) * (self.columns + 1) <= FULL:
            yield 0, self.rows
            return
        width = self.hi - self.lo
        wide = np.cumsum(width > _NARROW * np.quantile(width, 0.25))
        ends = OVERLAP + np.flatnonzero(wide[OVERLAP:] == wide[:-OVERLAP])
        first = 0
        while True:
            last = self._last_row(first, ends)
            yield first, last
            if last == self.rows:
                return
            first = last - OVERLAP

    def _last_row(self, first: int, ends: IntArray) -> int:
        """Return one of *ends* as far away as memory allows, or the next one."""
        fits = int(np.searchsorted(self._areas(first, first + _ROWS), FULL, side="right"))
        furthest = first + max(fits - 1, _LEAST_ROWS)
        if furthest >= self.rows:
            return self.rows
        k = int(np.searchsorted(ends, furthest, side="right"))
        if k and ends[k - 1] >= first + 2 * OVERLAP:
            return int(ends[k - 1])
        following = int(ends[k]) if k < len(ends) else self.rows
        fitting = self._areas(first, following)[-1] <= LARGEST
        return following if fitting else furthest

    def _areas(self, first: int, last: int) -> IntArray:
        """Return how many nodes the rows from *first* to each row up to *last* have."""
        part = slice(first, last + 1)
        width = np.maximum.accumulate(self.hi[part]) - self.lo[part]
        areas: IntArray = np.maximum.accumulate(width) * np.arange(1, len(width) + 1)
        return areas


def presses(beliefs: Posteriors, corridor: Corridor) -> bool:
    """Whether likely paths run along the edge of the corridor, so that it may be too narrow."""
    left = beliefs.node[corridor.lo > 0, :1]
    inside = corridor.lo + corridor.width <= corridor.columns
    right = beliefs.node[inside, -1:]
    return bool(max(left.max(initial=0), right.max(initial=0)) > _PRESSING)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of two versions between two nodes, and where a path may run in it.

    Attributes:
        start, end: what the nodes of the corridor are counted from, and the last of them.
    """

    start: Node
    end: Node
    corridor: Corridor

    @property
    def key(self) -> tuple[object, ...]:
        """What tells it from any other of the same versions."""
        lo, free = self.corridor.lo.tobytes(), self.corridor.free_start
        return self.start, self.end, self.corridor.width, lo, free


class HasCorridor(Protocol):
    """Whatever is decoded in a corridor: a stretch, or a whole pair of versions."""

    @property
    def corridor(self) -> Corridor: ...


def batches(stretches: Iterable[AnyStretch]) -> Iterator[list[AnyStretch]]:
    """Yield the stretches in groups that are solved together, as many as memory allows."""
    batch: list[AnyStretch] = []
    for stretch in stretches:
        longer = [*batch, stretch]
        rows, width = (
            max(sizes) for sizes in zip(*(s.corridor.shape for s in longer), strict=True)
        )
        if batch and rows * width * len(longer) > _CELLS:
            yield batch
            longer = [stretch]
        batch = longer
    if batch:
        yield batch
