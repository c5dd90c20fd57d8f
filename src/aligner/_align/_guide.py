"""Which pairs of versions are aligned: all of three, and of more each with two pivots.

The pivots are the versions that stand in the middle of all: the first is most like the others, the
second most like those that the first is least like. So the work grows with the number of versions,
and yet each pair with a pivot has the other pivot to vote on it. How alike two versions are is seen
from a few dozen parts of each, cut at equal shares of the text.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import unit_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._score._side import Side
    from aligner._score._similarity import Floats

_PARTS = 32  # of each version, cut at equal shares of the text
_ALL = 3  # versions of which every pair is aligned


def pairs_to_align(sides: Sequence[Side]) -> tuple[tuple[int, int], ...]:
    """Return the pairs of versions to align, each with the earlier version first, in order."""
    count = len(sides)
    if count <= _ALL:
        return tuple(combinations(range(count), 2))
    chosen = pivots(likeness(sides))
    pairs = {(min(v, p), max(v, p)) for p in chosen for v in range(count) if v != p}
    return tuple(sorted(pairs))


def pivots(likeness: Floats) -> tuple[int, int]:
    """Return two versions that between them are most like all others."""
    first = int(likeness.sum(axis=1).argmax())
    covered = np.maximum(likeness, likeness[first]).sum(axis=1)
    covered[first] = -np.inf
    return first, int(covered.argmax())


def likeness(sides: Sequence[Side]) -> Floats:
    """Return how alike each two versions are, part by part, float32 [versions, versions]."""
    parts = [_parts(side) for side in sides]
    found = np.zeros((len(sides), len(sides)), np.float32)
    for v, w in combinations(range(len(sides)), 2):
        cosines = parts[v] @ parts[w].T
        near = [np.diag(cosines, shift).sum() for shift in (-1, 0, 1)]
        found[v, w] = found[w, v] = max(near) / _PARTS
    return found


def _parts(side: Side) -> Floats:
    """Return the unit vectors of equal shares of a version, float32 [parts, d]."""
    lengths = np.maximum(side.lengths, 1)
    place = (np.cumsum(lengths) - lengths / 2) / max(float(lengths.sum()), 1.0)
    sums = np.zeros((_PARTS, side.sums.shape[1]), np.float32)
    np.add.at(sums, np.minimum((place * _PARTS).astype(np.int64), _PARTS - 1), side.sums)
    return unit_rows(sums)
