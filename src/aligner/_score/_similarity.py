"""Similarity of any span of one version with any span of the other, from one banded product.

The vector of a run of segments is the sum of theirs, so the dot product of a run here with a run
there is a block sum of the matrix of segment-by-segment products. ``Products`` holds that matrix in
the shape of a corridor, and every bead of every type reads its similarity from it in O(1).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from aligner._encode import lengths, unit_rows
from aligner._options import MAX_SIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._dp import Corridor

Floats = npt.NDArray[np.float32]
# Unit vectors of runs that do not add up, by half-open range of segments.
Known: TypeAlias = "Mapping[tuple[int, int], Floats]"

SAMPLE = 2048  # segments that tell what a random one looks like
_AXES = 64  # of the covariance that are kept
_PRIOR_SEGMENTS, _PRIOR_SPREAD = 8, 0.1  # what any text shows, and for how many it counts
_BLOCK = 64  # rows of the band multiplied at once


@dataclass(frozen=True, slots=True)
class Spans:
    """Statistics of the runs of up to ``MAX_SIDE`` segments of one version.

    Row *i* of every array speaks of the run of *k* segments that ends before segment *i*.

    Attributes:
        norm: float32 [MAX_SIDE, n + 1], length of the summed vector.
        mean: float32 [MAX_SIDE, n + 1], mean cosine with single segments of the other version.
        spread: float32 [MAX_SIDE, n + 1], standard deviation of these cosines.
    """

    norm: Floats
    mean: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """What a random segment of a version looks like: mean and covariance of its unit vectors.

    Attributes:
        mean: float32 [d].
        root: float32 [d, axes], a root of the covariance along its leading axes.
        floor: variance of a cosine that is expected of any text; it fades as segments are many.
    """

    mean: Floats
    root: Floats
    floor: float

    @classmethod
    def of(cls, sums: Floats, most: int = SAMPLE) -> Background:
        """Return the background of the segments with vectors *sums*.

        A few segments say little of what is random, so they are drawn towards what any text shows:
        no mean, and cosines that vary by ``_PRIOR_SPREAD``.

        Args:
            most: of more segments about so many are looked at, evenly spread.
        """
        used = sums[sums.any(axis=1)]
        sample = unit_rows(used[:: max(1, len(used) // most)])
        share = len(sample) / (len(sample) + _PRIOR_SEGMENTS)
        floor = (1 - share) * _PRIOR_SPREAD**2
        if not len(sample):
            width = sums.shape[1]
            return cls(np.zeros(width, np.float32), np.zeros((width, 1), np.float32), floor)
        mean = sample.mean(axis=0)
        centred = sample - mean
        if len(sample) <= _AXES:  # a root as it stands: the rows, scaled
            root = centred.T * np.sqrt(share / len(sample))
        else:
            values, axes = np.linalg.eigh(centred.T @ centred / len(sample))
            root = axes[:, -_AXES:] * np.sqrt(share * np.maximum(values[-_AXES:], 0))
        return cls((share * mean).astype(np.float32), root.astype(np.float32), floor)


def runs_of(sums: Floats, known: Known | None = None) -> Iterator[Floats]:
    """Yield for each size up to ``MAX_SIDE`` the vectors of all runs of that size, in order.

    A run adds up, unless its unit vector is *known*; it then keeps the length of the sum.
    """
    known = known or {}
    run = sums
    for size in range(1, MAX_SIDE + 1):
        if size > len(sums):
            return
        run = sums if size == 1 else run[1:] + sums[: len(sums) - size + 1]
        exact = [(start, row) for (start, end), row in known.items() if end - start == size]
        found = run
        if exact:
            found = run.copy()
            rows = np.array([start for start, _ in exact])
            found[rows] = lengths(found[rows])[:, None] * np.stack([row for _, row in exact])
        yield found


def spans(
    sums: Floats, other: Background, known: Known | None = None, longest: int = MAX_SIDE
) -> Spans:
    """Return the statistics of all runs of the segments with vectors *sums*, float32 [n, d].

    Args:
        longest: how many segments a run has at most that is asked for; the others are left at zero.
    """
    count = len(sums)
    norm = np.zeros((MAX_SIDE, count + 1), np.float32)
    mean, spread = np.zeros_like(norm), np.zeros_like(norm)
    for size, run in enumerate(islice(runs_of(sums, known), longest), 1):
        # run[r] is the vector of segments r .. r + size - 1, which ends before segment r + size.
        length = np.maximum(lengths(run), 1e-9)
        norm[size - 1, size:] = length
        mean[size - 1, size:] = run @ other.mean / length
        variance = np.square(lengths(run @ other.root) / length)
        spread[size - 1, size:] = np.sqrt(variance + other.floor)
    return Spans(norm, mean, spread)


class Banded:
    """A matrix of segment-by-segment values in the shape of a corridor, read by blocks.

    Layer *p*, row *i*, column *c* of ``layers`` is the value of source segment ``i - p`` with
    target segment ``lo[i] + c - longest - 1``: layer 0 is the segment after a node, layer 1 the
    one before it, and so on. There are two more layers than a block has segments on a side.
    """

    def __init__(self, layers: Floats, width: int) -> None:
        self._layers = layers
        self._totals = np.cumsum(layers[1:-1], axis=0)
        self._longest = len(layers) - 2
        self._width = width

    def block(self, a: int, b: int, i: int = 0, j: int = 0) -> Floats:
        """Return the sum over the *a* by *b* block that ends at every node, [n + 1, width].

        With *i* and *j* the block ends so many source and target segments later.
        """
        rows = self._layers[1 - i] if a == 1 else self._totals[a - i - 1]
        if a > 1 and i:
            rows = rows - self._totals[-i - 1]
        first = self._longest + j
        total: Floats = rows[:, first : first + self._width]
        for step in range(1, b):
            total = total + rows[:, first - step : first - step + self._width]
        return total


class RunBands:
    """Cosines of the runs of one version with those of the other, one banded product a size.

    It stands in for the sums of a ``Banded`` where the vectors of runs do not add up.
    """

    def __init__(self, source: Sequence[Floats], target: Sequence[Floats], corridor: Corridor):
        self._runs = source, target
        self._corridor = corridor
        self._found: dict[tuple[int, int], Banded] = {}

    def _ends(self, side: int, size: int) -> Floats:
        """Return the unit vectors of the runs of *size* by the segment they end with."""
        runs = self._runs[side]
        ends = np.zeros_like(runs[0])
        if size <= len(runs):
            ends[size - 1 :] = unit_rows(runs[size - 1])
        return ends

    def cosine(self, a: int, b: int, i: int = 0, j: int = 0) -> Floats:
        """Return the cosine of the runs of *a* and *b* that end *i* and *j* after every node."""
        if (a, b) not in self._found:
            self._found[a, b] = products(self._ends(0, a), self._ends(1, b), self._corridor)
        return self._found[a, b].block(1, 1, i, j)


class NodeView:
    """Reads statistics of runs at the nodes of a corridor."""

    def __init__(self, corridor: Corridor) -> None:
        self._columns = np.minimum(corridor.positions(), corridor.columns)
        # What was read, beside the array it came from, which keeps the number of that array taken.
        self._read: dict[tuple[int, int, int], tuple[Floats, Floats]] = {}

    @staticmethod
    def source(values: Floats, a: int, shift: int = 0) -> Floats:
        """Return what *values* [MAX_SIDE, n + 1] say of the run of *a*, float32 [n + 1, 1].

        ``shift`` moves the end of the run: -1 is one segment earlier, 1 one later.
        """
        return _shifted(values[a - 1], shift)[:, None]

    def target(self, values: Floats, b: int, shift: int = 0) -> Floats:
        """Return what *values* [MAX_SIDE, m + 1] say of the run of *b*, [n + 1, width]."""
        key = id(values), b, shift
        if key not in self._read:
            self._read[key] = values, _shifted(values[b - 1], shift)[self._columns]
        return self._read[key][1]


def _shifted(values: Floats, shift: int) -> Floats:
    if shift == 0:
        return values
    moved = np.zeros_like(values)
    if shift > 0:
        moved[:-shift] = values[shift:]
    else:
        moved[-shift:] = values[:shift]
    return moved


def products(source: Floats, target: Floats, corridor: Corridor, longest: int = MAX_SIDE) -> Banded:
    """Return the dot products of the rows of *source* [n, d] with those of *target* [m, d].

    Args:
        longest: how many segments a side of a block has at most that is asked for.
    """
    reach = longest + 1
    rows, lo = corridor.rows, corridor.lo
    wide = corridor.width + reach
    left = np.zeros((rows + 2 * reach, source.shape[1]), np.float32)
    left[reach : reach + rows] = source
    right = np.zeros((corridor.columns + wide + 2 * reach, target.shape[1]), np.float32)
    right[reach : reach + corridor.columns] = target
    out = np.empty((longest + 2, rows + 1, wide), np.float32)
    columns = np.arange(wide)
    for first in range(0, rows + 1, _BLOCK):
        last = min(first + _BLOCK, rows + 1)
        span = slice(int(lo[first]), int(lo[last - 1]) + wide)
        dense = left[first : last + reach] @ right[span].T
        index = (lo[first:last] - lo[first])[:, None] + columns
        here = np.arange(last - first)
        for layer in range(longest + 2):
            out[layer, first:last] = dense[(here + reach - layer)[:, None], index]
    return Banded(out, corridor.width)


def scattered(
    source: npt.NDArray[np.int64],
    target: npt.NDArray[np.int64],
    values: Floats,
    corridor: Corridor,
) -> Banded:
    """Return a matrix that is zero but for *values* at the pairs of segments given."""
    reach = MAX_SIDE + 1
    wide = corridor.width + reach
    out = np.zeros((MAX_SIDE + 2, corridor.rows + 1, wide), np.float32)
    for layer in range(MAX_SIDE + 2):
        row = source + layer
        column = target - corridor.lo[np.minimum(row, corridor.rows)] + reach
        inside = (row <= corridor.rows) & (column >= 0) & (column < wide)
        np.add.at(out[layer], (row[inside], column[inside]), values[inside])
    return Banded(out, corridor.width)
