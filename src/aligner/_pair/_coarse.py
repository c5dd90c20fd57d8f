"""The band of two versions: found from coarse to fine, as wide as the evidence leaves it open.

A text is halved by adding neighbouring segments until its matrix is small; there every node is
allowed. A forward-backward pass then gives the probability of each node, and the next finer level
visits only nodes that are likely enough, with a margin. Where a text repeats itself or its topic is
flat many nodes stay likely, and the band is wide of itself; no constant width decides.

What is compared is what a part says and its neighbours do not. All parts of a chapter are alike
beside those of another, and where one version lacks a passage there are very many ways to leave out
something of both: unless the right parts stand out from the other ones of their chapter, these
outweigh the one way that is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Costs, posteriors_of
from aligner._encode import lengths
from aligner._pair._corridor import FULL, OVERLAP, Band, batches
from aligner._score._similarity import Background, NodeView, products, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._dp import Corridor, FloatArray, IntArray, Posteriors
    from aligner._pair._corridor import Stretch
    from aligner._score._similarity import Floats

_LIKELY = 1e-4  # probability from which a node is kept for the finer level
_MARGIN = 4  # segments beside the likely nodes that the finer level visits too
_TYPES = ((1, 1), (1, 2), (2, 1))
_LONGEST = 2  # segments of the longest side of one of `_TYPES`
# Segments that tell what is random; with 64 of them swapped quarters are no longer found.
_SAMPLE = 512
# A match is worth its score above chance, a nat a standard deviation.
_WORTH, _CHANCE = 1.0, 2.0
# Neighbours on either side, and how much of what they have in common is taken away: what is the
# same all over a text keeps its direction.
_NEIGHBOURS, _COMMON = 8, 0.9
# Segments that are looked at together, so that their double sums take little memory.
_BLOCK = 4096


def find_band(source: Floats, target: Floats) -> Band:
    """Return where the path between two versions runs, from their vectors [n, d] and [m, d]."""
    rows, columns = len(source), len(target)
    if (rows + 1) * (columns + 1) <= FULL:
        return Band.full(rows, columns)
    coarse_source, coarse_target = halved(source), halved(target)
    coarse = find_band(coarse_source, coarse_target)
    return _refined(_likely(coarse_source, coarse_target, coarse), rows, columns)


def halved(sums: Floats) -> Floats:
    """Return the sums of neighbouring pairs of rows; an odd last row stays alone."""
    count = len(sums) // 2
    pairs = sums[: 2 * count].reshape(count, 2, sums.shape[1]).sum(axis=1)
    return np.concatenate([pairs, sums[2 * count :]]) if len(sums) % 2 else pairs


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
    source, target = distinct(source), distinct(target)
    backgrounds = Background.of(source, _SAMPLE), Background.of(target, _SAMPLE)
    lo, hi = band.lo.copy(), band.hi.copy()
    for batch in batches(_windows(band)):
        found = [
            _coarse_costs(
                source[w.start[0] : w.end[0]],
                target[w.start[1] : w.end[1]],
                w.corridor,
                backgrounds,
            )
            for w in (window.stretch for window in batch)
        ]
        for window, beliefs in zip(batch, posteriors_of(found), strict=True):
            if beliefs is not None:
                part = slice(window.first, window.last + 1)
                lo[part], hi[part] = _visited(window, beliefs)
    return Band(lo, np.maximum(hi, lo + 1), band.columns)


def _visited(window: _Window, beliefs: Posteriors) -> tuple[IntArray, IntArray]:
    """Return the first and the last likely target position of the rows *window* answers for."""
    corridor, start = window.corridor, window.stretch.start
    node = (beliefs.node > _LIKELY) & (corridor.positions() <= corridor.columns)
    rows = slice(window.first - start[0], window.last - start[0] + 1)
    some = node[rows].any(axis=1)
    left = np.where(some, node[rows].argmax(axis=1), 0)
    right = np.where(some, corridor.width - node[rows][:, ::-1].argmax(axis=1), corridor.width)
    base = corridor.lo[rows] + start[1]
    return base + left, base + right


def distinct(sums: Floats) -> Floats:
    """Return the sums of segments less most of what their neighbours say as well."""
    found = np.empty_like(sums)
    weights = lengths(sums)
    for start in range(0, len(sums), _BLOCK):
        rows = np.arange(start, min(start + _BLOCK, len(sums)))
        first = np.maximum(rows - _NEIGHBOURS, 0)
        last = np.minimum(rows + _NEIGHBOURS + 1, len(sums))
        weight, total = (_between(values, first, last) for values in (weights[:, None], sums))
        common = total / np.maximum(weight, 1e-9) * weights[rows, None]
        found[rows] = sums[rows] - _COMMON * common
    return found


def _between(values: Floats, first: IntArray, last: IntArray) -> FloatArray:
    """Return the sums of the rows from each of *first* to that of *last*, both ascending."""
    start = first[0]
    totals = np.cumsum(values[start : last[-1]], axis=0, dtype=np.float64)
    totals = np.concatenate((np.zeros((1, values.shape[1])), totals))
    found: FloatArray = totals[last - start] - totals[first - start]
    return found


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch that is to answer for the rows *first* to *last*."""

    stretch: Stretch
    first: int
    last: int

    @property
    def corridor(self) -> Corridor:
        return self.stretch.corridor


def _windows(band: Band) -> Iterator[_Window]:
    """Yield overlapping windows that together answer for all rows."""
    row = 0
    for first, last in band.windows():
        upto = last if last == band.rows else last - OVERLAP // 2
        yield _Window(band.stretch(first, last), row, upto)
        row = upto


def _coarse_costs(
    source: Floats, target: Floats, corridor: Corridor, backgrounds: tuple[Background, Background]
) -> Costs:
    view = NodeView(corridor)
    dots = products(source, target, corridor, _LONGEST)
    ours = spans(source, backgrounds[1], longest=_LONGEST)
    theirs = spans(target, backgrounds[0], longest=_LONGEST)
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
