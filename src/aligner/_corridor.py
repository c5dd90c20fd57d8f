"""Where a path may run: found from coarse to fine, as wide as the evidence leaves it open.

A text is halved by adding neighbouring segments until its matrix is small; there every node is
allowed. A forward-backward pass then gives the probability of each node, and the next finer level
visits only nodes that are likely enough, with a margin. Where a text repeats itself or its topic is
flat many nodes stay likely, and the corridor is wide of itself; no constant width decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Corridor, Costs, IntArray, posteriors
from aligner._similarity import Background, Floats, NodeView, products, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._dp import Posteriors

FULL = 160_000
_CELLS = 400_000
_LIKELY = 1e-5
_PRESSING = 1e-3
_MARGIN = 6
_TYPES = ((1, 1), (1, 2), (2, 1))
# At coarse levels a match is worth its score above chance, half a nat a standard deviation.
_WORTH, _CHANCE = 0.5, 2.0


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

    def corridor(self, start: tuple[int, int], end: tuple[int, int]) -> Corridor:
        """Return the nodes between two nodes, counted from the first of them."""
        rows = slice(start[0], end[0] + 1)
        lo = np.clip(self.lo[rows], start[1], end[1]) - start[1]
        hi = np.clip(self.hi[rows], start[1] + 1, end[1] + 1) - start[1]
        lo[0] = 0
        hi[-1] = end[1] - start[1] + 1
        hi = np.maximum.accumulate(hi)
        # Every row reaches the first column of the next one: long target runs stay inside.
        hi[:-1] = np.maximum(hi[:-1], lo[1:] + 1)
        return Corridor(lo, int((hi - lo).max()), end[1] - start[1])

    def widened(self) -> Band:
        """Return the band with twice the room on either side."""
        room = self.hi - self.lo
        lo = np.minimum.accumulate(np.maximum(self.lo - room, 0)[::-1])[::-1]
        hi = np.maximum.accumulate(np.minimum(self.hi + room, self.columns + 1))
        return Band(lo, hi, self.columns)

    def last_row(self, start: int) -> int:
        """Return how far a window that begins in row *start* may reach within memory."""
        width = np.maximum.accumulate(self.hi[start:]) - self.lo[start:]
        area = np.maximum.accumulate(width) * np.arange(1, len(width) + 1)
        fits = int(np.searchsorted(area, _CELLS, side="right"))
        return min(self.rows, start + max(fits - 1, 64))


def presses(beliefs: Posteriors, corridor: Corridor) -> bool:
    """Whether likely paths run along the edge of the corridor, so that it may be too narrow."""
    left = beliefs.node[corridor.lo > 0, :1]
    inside = corridor.lo + corridor.width <= corridor.columns
    right = beliefs.node[inside, -1:]
    return bool(max(left.max(initial=0), right.max(initial=0)) > _PRESSING)


def halved(sums: Floats) -> Floats:
    """Return the sums of neighbouring pairs of rows; an odd last row stays alone."""
    count = len(sums) // 2
    pairs = sums[: 2 * count].reshape(count, 2, -1).sum(axis=1)
    return np.concatenate([pairs, sums[2 * count :]]) if len(sums) % 2 else pairs


def find_band(source: Floats, target: Floats) -> Band:
    """Return where the path between two versions runs, from their vectors [n, d] and [m, d]."""
    rows, columns = len(source), len(target)
    if (rows + 1) * (columns + 1) <= FULL:
        return Band.full(rows, columns)
    coarse_source, coarse_target = halved(source), halved(target)
    coarse = find_band(coarse_source, coarse_target)
    return _refined(_likely(coarse_source, coarse_target, coarse), rows, columns)


def _refined(band: Band, rows: int, columns: int) -> Band:
    """Return the band over the segments whose pairs *band* speaks of."""
    above = np.arange(rows + 1) // 2
    below = np.minimum((np.arange(rows + 1) + 1) // 2, band.rows)
    lo = np.clip(2 * band.lo[above] - _MARGIN, 0, columns)
    hi = np.clip(2 * (band.hi[below] - 1) + _MARGIN + 1, 1, columns + 1)
    lo, hi = np.minimum.accumulate(lo[::-1])[::-1], np.maximum.accumulate(hi)
    lo[0], hi[-1] = 0, columns + 1
    return Band(lo, hi, columns)


def _likely(source: Floats, target: Floats, band: Band) -> Band:
    """Return the nodes of *band* that some likely path visits, row by row."""
    backgrounds = Background.of(source), Background.of(target)
    lo, hi = band.lo.copy(), band.hi.copy()
    for start, end, first, last in _windows(band):
        corridor = band.corridor(start, end)
        part = source[start[0] : end[0]], target[start[1] : end[1]]
        node = posteriors(_coarse_costs(*part, corridor, backgrounds)).node > _LIKELY
        node &= corridor.positions() <= corridor.columns
        rows = slice(first - start[0], last - start[0] + 1)
        some = node[rows].any(axis=1)
        left = np.where(some, node[rows].argmax(axis=1), 0)
        right = np.where(some, corridor.width - node[rows][:, ::-1].argmax(axis=1), corridor.width)
        lo[first : last + 1] = corridor.lo[rows] + start[1] + left
        hi[first : last + 1] = corridor.lo[rows] + start[1] + right
    return Band(lo, np.maximum(hi, lo + 1), band.columns)


def _windows(band: Band) -> Iterator[tuple[tuple[int, int], tuple[int, int], int, int]]:
    """Yield overlapping windows: first node, last node, and the rows each is to answer for."""
    overlap = 32
    row = 0
    while True:
        begin = max(row - overlap, 0)
        end = band.last_row(begin)
        done = end == band.rows
        upto = end if done else max(end - overlap, row + 1)
        corner = (begin, int(band.lo[begin] + band.hi[begin] - 1) // 2 if begin else 0)
        far = (end, band.columns if done else int(band.lo[end] + band.hi[end] - 1) // 2)
        yield corner, far, row, upto
        if done:
            return
        row = upto


def _coarse_costs(
    source: Floats, target: Floats, corridor: Corridor, backgrounds: tuple[Background, Background]
) -> Costs:
    view = NodeView(corridor)
    dots = products(source, target, corridor)
    ours, theirs = spans(source, backgrounds[1]), spans(target, backgrounds[0])
    positions = corridor.positions()
    match = np.full((len(_TYPES), *positions.shape), np.inf)
    for t, (a, b) in enumerate(_TYPES):
        norm = np.maximum(view.source(ours.norm, a) * view.target(theirs.norm, b), 1e-9)
        mean = (view.source(ours.mean, a) + view.target(theirs.mean, b)) / 2
        spread = (view.source(ours.spread, a) + view.target(theirs.spread, b)) / 2
        score = (dots.block(a, b) / norm - mean) / np.maximum(spread, 0.01)
        inside = (positions >= b) & (positions <= corridor.columns)
        inside[:a] = False
        gain = _WORTH * (a + b) / 2 * (np.clip(score, -4, 12) - _CHANCE) - (a + b - 2)
        match[t][inside] = -gain[inside]
    rows, columns = np.zeros(len(source)), np.zeros(len(target))
    return Costs(corridor, _TYPES, match, rows + 1.0, rows, columns + 1.0, columns)
