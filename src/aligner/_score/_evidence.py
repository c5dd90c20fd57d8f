"""What speaks for a bead and against it: the features of similarity, length, anchors and marks.

Every feature is the same when the two sides are swapped.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from aligner._score._alone import null_features, own_lines, turns
from aligner._score._side import Side, run_totals
from aligner._score._similarity import (
    Background,
    Banded,
    Floats,
    Known,
    NodeView,
    RunBands,
    products,
    runs_of,
    scattered,
    spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._dp import Corridor

# Variance of the length of a translation per character (Gale & Church 1993).
_VARIANCE = 6.8
_LONGEST = 5.0  # standard deviations of length; more says no more
_SCORES = (-5, 15)  # standard deviations of similarity, between which it tells

MATCH_FEATURES = (
    "distance",
    "distance_squared",
    "score",
    "contrast",
    "rival",
    "spare",
    "weakest",
    "short",
    "short_distance",
    "length",
    "length_squared",
    "ratio",
    "anchored",
    "unanchored",
    "questions",
    "quotes",
    "unfinished",
    "joined",
    "twice",
    "kinds",
    "breaks",
)


Values: TypeAlias = npt.NDArray[np.floating[Any]]
_NOTHING = np.zeros((1, 1), np.float32)


class Evidence:
    """All features of all beads in a corridor, computed type by type.

    Args:
        backgrounds: of the whole versions that *source* and *target* are parts of.
        known: for each side the unit vectors of runs that do not add up, by range of segments.
    """

    def __init__(
        self,
        source: Side,
        target: Side,
        corridor: Corridor,
        backgrounds: tuple[Background, Background],
        known: tuple[Known, Known] | None = None,
    ) -> None:
        self.corridor = corridor
        self._view = NodeView(corridor)
        ours, theirs = known or (None, None)
        self._source = spans(source.sums, backgrounds[1], ours)
        self._target = spans(target.sums, backgrounds[0], theirs)
        self._products = products(source.sums, target.sums, corridor)
        self._runs = known and RunBands(
            list(runs_of(source.sums, ours)), list(runs_of(target.sums, theirs)), corridor
        )
        self._cosines: dict[tuple[int, int, int, int], Values] = {}
        self._lengths = run_totals(source.lengths), run_totals(target.lengths)
        self._shared, self._anchored = _anchor_matches(source, target, corridor)
        self._anchors = tuple(run_totals(side) for side in self._anchored)
        self._marks = [
            (run_totals(ours), run_totals(theirs))
            for ours, theirs in zip(source.marks, target.marks, strict=True)
        ]
        self.turns = turns(source), turns(target)
        self._ends = run_totals(source.unfinished), run_totals(target.unfinished)
        self._twice = run_totals(source.twice, inner=True), run_totals(target.twice, inner=True)
        self._alone = own_lines(source, target)
        self._breaks = run_totals(source.breaks, inner=True), run_totals(target.breaks, inner=True)

    def _cosine(self, a: int, b: int, i: int = 0, j: int = 0) -> Values:
        """Return the cosine of the runs of *a* and *b* that end *i* and *j* after every node.

        Those that several types of beads ask for are kept.
        """
        if self._runs:
            return self._runs.cosine(a, b, i, j)
        if (i, j) not in ((0, 0), (0, 1), (1, 0)):
            return self._new_cosine(a, b, i, j)
        if (a, b, i, j) not in self._cosines:
            self._cosines[a, b, i, j] = self._new_cosine(a, b, i, j)
        return self._cosines[a, b, i, j]

    def _new_cosine(self, a: int, b: int, i: int, j: int) -> Values:
        view = self._view
        norm = view.source(self._source.norm, a, i) * view.target(self._target.norm, b, j)
        cosine: Values = self._products.block(a, b, i, j) / np.maximum(norm, 1e-9)
        return cosine

    def _baseline(self, a: int, b: int) -> tuple[Values, Values]:
        """Return the mean and the spread of the cosine of both runs with random segments."""
        view = self._view
        mean = view.source(self._source.mean, a) + view.target(self._target.mean, b)
        spread = view.source(self._source.spread, a) + view.target(self._target.spread, b)
        return mean / 2, np.maximum(spread / 2, 0.01)

    def score(self, a: int, b: int) -> Values:
        """Return the cosine in standard deviations above that of random segments."""
        mean, spread = self._baseline(a, b)
        score: Values = (self._cosine(a, b) - mean) / spread
        return score

    def match(self, a: int, b: int) -> Iterator[Values]:
        """Yield the ``MATCH_FEATURES`` of the type (a, b), each broadcast to [n + 1, width]."""
        cosine = self._cosine(a, b)
        mean, spread = self._baseline(a, b)
        scale = np.maximum(1 - mean, 0.1)
        distance = (1 - cosine) / scale
        yield distance
        yield distance * distance
        yield np.clip((cosine - mean) / spread, *_SCORES)
        beside = self._neighbours(a, b)
        yield np.clip((sum(beside) / len(beside) - mean) / scale, -1, 1)
        yield np.clip((np.maximum.reduce(beside) - cosine) / scale, -1, 1)
        yield np.clip(self._spare(cosine, a, b) / scale, -0.5, 0.5)
        yield self._weakest(a, b)
        source = self._view.source(self._lengths[0], a)
        target = self._view.target(self._lengths[1], b)
        short = 1 / np.sqrt(1 + np.minimum(source, target) / 10)
        yield short
        yield short * distance
        delta = np.abs(target - source) / np.sqrt(_VARIANCE * (source + target + 1) / 2)
        yield np.minimum(delta, _LONGEST)
        yield np.minimum(delta, _LONGEST) ** 2
        yield np.minimum(np.abs(np.log((target + 5) / (source + 5))), 2)
        yield from self._counted(a, b)

    def _counted(self, a: int, b: int) -> Iterator[Values]:
        """Yield the features that count tokens: anchors, marks, kinds and breaks."""
        shared = self._shared.block(a, b)
        total = self._view.source(self._anchors[0], a) + self._view.target(self._anchors[1], b)
        yield np.minimum(shared, 3)
        yield np.clip(total - 2 * shared, 0, 4)
        *marks, kinds = self._marks
        for counts in marks:
            yield self._difference(counts, a, b)
        yield self._difference(self._ends, 1, 1)
        inner = self._view.source(self._ends[0], a) - self._view.source(self._ends[0], 1)
        yield inner + self._view.target(self._ends[1], b) - self._view.target(self._ends[1], 1)
        for counts in (self._twice, kinds, self._breaks):
            yield self._difference(counts, a, b)

    def _difference(self, counts: tuple[Floats, Floats], a: int, b: int) -> Values:
        if not (counts[0].any() or counts[1].any()):
            return _NOTHING
        difference = self._view.source(counts[0], a) - self._view.target(counts[1], b)
        capped: Values = np.minimum(np.abs(difference), 2)
        return capped

    def _weakest(self, a: int, b: int) -> Values:
        """Return the lowest score of an outer segment of a many-sided bead with the other side."""
        view = self._view
        found = []
        if a > 1:
            for shift in (0, 1 - a):
                mean = view.source(self._source.mean, 1, shift)
                spread = np.maximum(view.source(self._source.spread, 1, shift), 0.01)
                found.append((self._cosine(1, b, shift, 0) - mean) / spread)
        if b > 1:
            for shift in (0, 1 - b):
                mean = view.target(self._target.mean, 1, shift)
                spread = np.maximum(view.target(self._target.spread, 1, shift), 0.01)
                found.append((self._cosine(a, 1, 0, shift) - mean) / spread)
        if not found:
            return _NOTHING
        weakest: Values = np.clip(np.minimum.reduce(found), -3, 8)
        return weakest

    def _neighbours(self, a: int, b: int) -> list[Values]:
        return [
            self._cosine(a, 1, 0, -b),
            self._cosine(a, 1, 0, 1),
            self._cosine(1, b, -a, 0),
            self._cosine(1, b, 1, 0),
        ]

    def _spare(self, cosine: Values, a: int, b: int) -> Values:
        """Return how much the cosine would gain, at best, by leaving out an outer segment."""
        gains = []
        if a > 1:
            gains += [self._cosine(a - 1, b, -1, 0), self._cosine(a - 1, b)]
        if b > 1:
            gains += [self._cosine(a, b - 1, 0, -1), self._cosine(a, b - 1)]
        if not gains:
            return _NOTHING
        spare: Values = np.maximum.reduce(gains) - cosine
        return spare

    def nulls(self) -> tuple[Values, Values]:
        """Return the ``NULL_FEATURES`` after the rates of each source and target segment."""
        score = np.clip(self.score(1, 1), *_SCORES)
        positions = self.corridor.positions()
        outside = (positions < 1) | (positions > self.corridor.columns)
        score[outside] = -5
        source = score[1:].max(axis=1, initial=-5)
        target = np.full(self.corridor.columns + 1, -5, np.float32)
        np.maximum.at(target, positions[1:][~outside[1:]], score[1:][~outside[1:]])
        return (
            null_features(source, self._lengths[0][0, 1:], self._anchored[0], *self._alone[0]),
            null_features(target[1:], self._lengths[1][0, 1:], self._anchored[1], *self._alone[1]),
        )


def _anchor_matches(
    source: Side, target: Side, corridor: Corridor
) -> tuple[Banded, tuple[Floats, Floats]]:
    """Return the matrix of shared anchors and how many each segment shares with the other side.

    Only a token in at most two segments of each side counts: ``1`` and ``Chapter`` say nothing.
    """
    common = frozenset().union(*source.anchors) & frozenset().union(*target.anchors)
    where: list[dict[str, list[int]]] = []
    for side in (source, target):
        index: dict[str, list[int]] = {}
        for i, tokens in enumerate(side.anchors):
            for token in tokens & common:
                index.setdefault(token, []).append(i)
        where.append(index)
    shared: list[tuple[int, int]] = []
    mine: list[int] = []
    theirs: list[int] = []
    for token, here in where[0].items():
        there = where[1][token]
        if len(there) <= 2 and len(here) <= 2:
            mine += here
            theirs += there
            shared += itertools.product(here, there)
    rows, columns = np.array(shared, np.int64).reshape(-1, 2).T
    ours, others = (
        np.bincount(np.array(found, np.int64), minlength=len(side)).astype(np.float32)
        for found, side in ((mine, source), (theirs, target))
    )
    return scattered(rows, columns, np.ones(len(rows), np.float32), corridor), (ours, others)


def allowed(corridor: Corridor, a: int, b: int) -> npt.NDArray[np.bool_]:
    """Return where a match of type (a, b) can end, bool [n + 1, width]."""
    positions = corridor.positions()
    result = (positions >= b) & (positions <= corridor.columns)
    result[:a] = False
    return result
