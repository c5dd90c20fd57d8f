"""How alike two documents are: the best monotone path through their segments.

Each similarity is measured in standard deviations above what the segment has with random segments
of the other language (``z``), so one scale serves all texts and encoders. Two things tell versions
of one text from texts about one thing: how much lower the path runs when one document is read
backwards, and how far behind the other candidates stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import unit_rows
from aligner.pairing._sketch import Floats, Sketch, merged

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE = 512  # units that tell what a random one of a language looks like
_PART = 1.6  # times as long: the shorter document can be no more than a part
_MARKS = 3.0  # height for numbers and names if all are shared; 1 at the most
_NAME = 1.0  # height for a file name that is shared


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a closer look at two documents found.

    Attributes:
        height: mean z on the path, with what numbers and names add.
        contrast: how much of the height is lost when one document is read backwards.
        cosine: mean cosine on the path.
        is_part: one is so much shorter that only it was measured: it can be no more than a part.
    """

    height: float
    contrast: float
    cosine: float
    is_part: bool


class Judge:
    """Compares documents of one collection.

    Args:
        keys: what the names say, where they are to count.
    """

    def __init__(self, sketches: Sequence[Sketch], keys: Sequence[str] | None = None) -> None:
        self._sketches = sketches
        self._keys = keys
        self._mean, self._sample = _backgrounds(sketches)
        self._norms: dict[tuple[int, int, str], tuple[Floats, Floats]] = {}
        self._runs: dict[tuple[int, int], tuple[Floats, Floats]] = {}
        self._weights = _mark_weights(sketches)

    def likeness(self, i: int, j: int) -> Likeness:
        """Return how alike the documents *i* and *j* are."""
        short, long = sorted((i, j), key=lambda k: self._sketches[k].size)
        sizes = self._sketches[short].size, self._sketches[long].size
        is_part = sizes[1] >= _PART * sizes[0]
        most = len(self._sketches[short])
        if is_part:  # both in units of the same grain
            most = max(2, round(len(self._sketches[long]) * sizes[0] / sizes[1]))
        cosines, z, weights = self._compared(short, long, most)
        if is_part:  # what the long one has besides does not count
            weights = 2 * weights[0], 0 * weights[1]
        height = _path(z, *weights)
        backwards = _path(_mirrored(z, len(weights[1])), weights[0], weights[1][::-1])
        return Likeness(
            height + self._shared(i, j),
            height - backwards,
            _path(cosines, *weights),
            is_part,
        )

    def _compared(self, i: int, j: int, most: int) -> tuple[Floats, Floats, tuple[Floats, Floats]]:
        """Return cosines and z of all runs of one or two units, and the weight of each unit."""
        language, other = self._sketches[i].language, self._sketches[j].language
        (ours, our_weights), (theirs, their_weights) = self._units(i, most), self._units(j)
        cosines = ours @ theirs.T
        our_mean, our_spread = self._norm(i, most, other)
        their_mean, their_spread = self._norm(j, len(self._sketches[j]), language)
        mean = (our_mean[:, None] + their_mean) / 2
        spread = (our_spread[:, None] + their_spread) / 2
        z = ((cosines - mean) / np.maximum(spread, 1e-3)).astype(np.float32)
        return cosines, z, (our_weights, their_weights)

    def _units(self, i: int, most: int | None = None) -> tuple[Floats, Floats]:
        """Return the centred unit vectors of all runs of one or two units, and unit weights."""
        sketch = self._sketches[i]
        most = min(most or len(sketch), len(sketch))
        if (i, most) not in self._runs:
            sums, letters = merged(sketch.sums, sketch.letters, most)
            both = np.concatenate([sums, sums[:-1] + sums[1:]])
            centred = unit_rows(unit_rows(both) - self._mean[sketch.language])
            self._runs[i, most] = centred, letters / letters.sum()
        return self._runs[i, most]

    def _norm(self, i: int, most: int, language: str) -> tuple[Floats, Floats]:
        """Return mean and spread of the cosines of each run with random segments of *language*."""
        most = min(most, len(self._sketches[i]))
        key = (i, most, language)
        if key not in self._norms:
            cosines = self._units(i, most)[0] @ self._sample[language].T
            self._norms[key] = cosines.mean(axis=1), cosines.std(axis=1)
        return self._norms[key]

    def _shared(self, i: int, j: int) -> float:
        """Return what numbers, names and, if asked for, file names add to the height."""
        ours, theirs = self._sketches[i].marks, self._sketches[j].marks
        both, whole = self._weight(ours & theirs), self._weight(ours) * self._weight(theirs)
        share = both / whole**0.5 if whole else 0.0
        same_name = bool(self._keys and self._keys[i] and self._keys[i] == self._keys[j])
        return min(1.0, _MARKS * share) + _NAME * same_name

    def _weight(self, marks: frozenset[str]) -> float:
        return sum(self._weights[mark] for mark in marks)


def _backgrounds(sketches: Sequence[Sketch]) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return by language the mean of the unit vectors and a sample of the rest."""
    rng = np.random.default_rng(0)
    means, samples = {}, {}
    for language in sorted({sketch.language for sketch in sketches if len(sketch)}):
        rows = unit_rows(
            np.concatenate([s.sums for s in sketches if s.language == language and len(s)])
        )
        means[language] = rows.mean(axis=0)
        count = min(_SAMPLE, len(rows))
        chosen = rows[np.sort(rng.choice(len(rows), count, replace=False))]
        samples[language] = unit_rows(chosen - means[language])
    return means, samples


def _mark_weights(sketches: Sequence[Sketch]) -> dict[str, float]:
    """Return the weight of each number and name: the rarer, the more it says."""
    counts: dict[str, int] = {}
    for sketch in sketches:
        for mark in sketch.marks:
            counts[mark] = counts.get(mark, 0) + 1
    return {mark: log((len(sketches) + 1) / count) for mark, count in counts.items()}


def _mirrored(z: Floats, columns: int) -> Floats:
    """Return the similarities with the other document read backwards."""
    return np.concatenate([z[:, :columns][:, ::-1], z[:, columns:][:, ::-1]], axis=1)


def _path(z: Floats, ours: Floats, theirs: Floats) -> float:
    """Return the weighted mean of *z* on the monotone path where it is greatest.

    Beads are 1-1, 1-2 and 2-1; a segment without counterpart counts as zero.

    Args:
        z: float32 [2n - 1, 2m - 1], runs of one unit first, then runs of two.
        ours, theirs: weights of the units, together two.
    """
    n, m = len(ours), len(theirs)
    z = np.maximum(z, 0)
    one = z[:n, :m] * (ours[:, None] + theirs)
    two_one = z[n:, :m] * ((ours[:-1] + ours[1:])[:, None] + theirs)
    one_two = z[:n, m:] * (ours[:, None] + (theirs[:-1] + theirs[1:]))
    before, last = np.zeros(m + 1), np.zeros(m + 1)
    for i in range(n):
        row = last.copy()
        np.maximum(row[1:], last[:-1] + one[i], out=row[1:])
        np.maximum(row[2:], last[:-2] + one_two[i], out=row[2:])
        if i:
            np.maximum(row[1:], before[:-1] + two_one[i - 1], out=row[1:])
        np.maximum.accumulate(row, out=row)
        before, last = last, row
    return float(last[-1]) / 2
