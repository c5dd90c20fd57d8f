"""Where two versions look alike off the path: pairs of segments that prefer each other, in blocks.

Arrays only. A seed is a pair of free segments of which one is the other's best counterpart, and the
other way round at least its second best. Seeds off the path that follow one another on both sides
are a block.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import unit_rows
from aligner._score._similarity import Background, Floats, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._dp import IntArray

# How much less like a passage its counterpart may be than any other segment there, in cosine.
_CLOSE = 0.15
# Seeds of one block are no further apart than this, in segments, and about as far on both sides.
_GAP, _SHIFT = 12, 3
_ROWS = 1024  # segments compared with all others at once
# More pairs of free segments than these are not compared one by one: source segments are sampled.
_PAIRS = 400_000_000


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of segments that correspond, by its seeds, in ascending order."""

    seeds: tuple[tuple[int, int], ...]

    @property
    def source(self) -> tuple[int, int]:
        """The half-open range of source segments."""
        return min(i for i, _ in self.seeds), max(i for i, _ in self.seeds) + 1

    @property
    def target(self) -> tuple[int, int]:
        """The half-open range of target segments."""
        return min(j for _, j in self.seeds), max(j for _, j in self.seeds) + 1


def find_blocks(
    sums: tuple[Floats, Floats],
    free: tuple[IntArray, IntArray],
    path: tuple[IntArray, IntArray],
    backgrounds: tuple[Background, Background],
) -> list[Block]:
    """Return the blocks among *free* segments, those with most seeds first.

    A seed with as many links of the path up to it on one side as on the other stands where it
    should; it belongs to no block.

    Args:
        sums: vectors of all segments of both versions.
        free: ascending indices of the segments that have no sure counterpart.
        path: ascending indices of the segments that likely links of the path begin with.
    """
    step = -(-len(free[0]) * len(free[1]) // _PAIRS) or 1
    found = list(_seeds(sums, (free[0][::step], free[1]), backgrounds))
    places = np.array(found, np.int64).reshape(-1, 2)
    before, beside = (np.searchsorted(path[k], places[:, k], side="right") for k in (0, 1))
    seeds = list(compress(found, before != beside))
    blocks = [Block(tuple(sorted(part))) for part in _chained(seeds, step)]
    return sorted(blocks, key=lambda block: (-len(block.seeds), block.seeds))


def _seeds(
    sums: tuple[Floats, Floats],
    free: tuple[IntArray, IntArray],
    backgrounds: tuple[Background, Background],
) -> Iterator[tuple[int, int]]:
    if not len(free[0]) or not len(free[1]):
        return
    source, target = (_Preferences(len(rows)) for rows in free)
    for first in range(0, len(free[0]), _ROWS):
        part = free[0][first : first + _ROWS]
        scores = _scores(sums, (part, free[1]), backgrounds)
        source.see(scores, np.arange(first, first + len(part)), np.arange(len(free[1])))
        target.see(scores.T, np.arange(len(free[1])), np.arange(first, first + len(part)))
    chosen = set(zip(range(len(free[0])), source.best.tolist(), strict=True))
    chosen |= set(zip(target.best.tolist(), range(len(free[1])), strict=True))
    closeness = _Closeness(sums, free)
    for i, j in sorted(chosen):
        if source.likes(i, j) and target.likes(j, i) and closeness.close(i, j):
            yield int(free[0][i]), int(free[1][j])


class _Preferences:
    """The two best counterparts of each segment of one side, found part by part."""

    def __init__(self, count: int) -> None:
        self.best = np.zeros(count, np.int64)
        self.second = np.full(count, -1, np.int64)
        self._values = np.full((count, 2), -np.inf, np.float32)

    def see(self, scores: Floats, rows: IntArray, columns: IntArray) -> None:
        """Take *scores* [rows, columns] into account."""
        order = np.argpartition(-scores, min(1, scores.shape[1] - 1), axis=1)[:, :2]
        here = np.arange(len(rows))
        known = np.stack([self.best[rows], self.second[rows]], axis=1)
        indices = np.concatenate([known, columns[order]], axis=1)
        values = np.concatenate([self._values[rows], scores[here[:, None], order]], axis=1)
        two = np.argsort(-values, axis=1, kind="stable")[:, :2]
        self._values[rows] = values[here[:, None], two]
        self.best[rows], self.second[rows] = indices[here[:, None], two].T

    def likes(self, i: int, j: int) -> bool:
        """Whether *j* is one of the two best counterparts of *i*."""
        return j in (self.best[i], self.second[i])


def _scores(
    sums: tuple[Floats, Floats],
    rows: tuple[IntArray, IntArray],
    backgrounds: tuple[Background, Background],
) -> Floats:
    """Return the cosine of each pair in standard deviations above random segments."""
    parts = sums[0][rows[0]], sums[1][rows[1]]
    stats = spans(parts[0], backgrounds[1]), spans(parts[1], backgrounds[0])
    cosine: Floats = unit_rows(parts[0]) @ unit_rows(parts[1]).T
    mean = (stats[0].mean[0, 1:, None] + stats[1].mean[0, None, 1:]) / 2
    spread = (stats[0].spread[0, 1:, None] + stats[1].spread[0, None, 1:]) / 2
    scores: Floats = ((cosine - mean) / np.maximum(spread, 0.01)).astype(np.float32)
    return scores


class _Closeness:
    """Knows how alike each free segment is to whatever the other version has."""

    def __init__(self, sums: tuple[Floats, Floats], free: tuple[IntArray, IntArray]) -> None:
        units = unit_rows(sums[0]), unit_rows(sums[1])
        self._units = units[0][free[0]], units[1][free[1]]
        self._most = [_greatest(self._units[side], units[1 - side]) for side in (0, 1)]

    def close(self, i: int, j: int) -> bool:
        """Whether two free segments are nearly as alike as either is to any segment at all."""
        cosine = float(self._units[0][i] @ self._units[1][j])
        return cosine >= max(float(self._most[0][i]), float(self._most[1][j])) - _CLOSE


def _greatest(rows: Floats, others: Floats) -> Floats:
    """Return the greatest product of each row with any of *others*."""
    parts = [
        (rows[first : first + _ROWS] @ others.T).max(axis=1) for first in range(0, len(rows), _ROWS)
    ]
    return np.concatenate(parts)


def _chained(seeds: Sequence[tuple[int, int]], step: int) -> list[list[tuple[int, int]]]:
    """Return the seeds, ascending, in groups that follow one another on both sides.

    Args:
        step: every so many of the source segments were looked at.
    """
    gap, shift = _GAP * step, _SHIFT * step
    group = list(range(len(seeds)))

    def root(k: int) -> int:
        while group[k] != k:
            group[k] = group[group[k]]
            k = group[k]
        return k

    for k, (i, j) in enumerate(seeds):
        for n in range(k + 1, len(seeds)):
            after, beside = seeds[n][0] - i, seeds[n][1] - j
            if after > gap:
                break
            if after and 0 < beside <= gap and abs(after - beside) <= shift:
                group[root(n)] = root(k)
    parts: dict[int, list[tuple[int, int]]] = {}
    for k, seed in enumerate(seeds):
        parts.setdefault(root(k), []).append(seed)
    return list(parts.values())
