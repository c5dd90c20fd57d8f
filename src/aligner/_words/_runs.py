"""Runs of lost words, and what they say: a version left something out, or put something in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from aligner._words._cut import Floats

_LEAST = 0.25  # sum of log odds of a run
_KEPT = np.float32(-9)  # log odds of what a run has already
_UNDECIDED = -1.0  # log odds of a word that may belong to the phrase beside it
_BESIDE = 2  # words that a phrase is widened by on either side


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first .. last - 1`` in a row.

    Attributes:
        score: sum of the log odds of its words.
    """

    first: int
    last: int
    score: float

    @property
    def size(self) -> int:
        """How many words it has."""
        return self.last - self.first


def best_run(odds: Floats) -> Run:
    """Return the run of words with the highest sum of log odds; empty if no word has any.

    >>> best_run(np.array([-2.0, 3.0, -1.0, 2.0, -4.0], np.float32))
    Run(first=1, last=4, score=4.0)
    """
    if not len(odds) or odds.max() <= 0:
        return Run(0, 0, 0.0)
    ends = np.cumsum(odds)
    before = np.concatenate([[np.float32(0)], ends[:-1]])
    scores = ends - np.minimum.accumulate(before)
    last = int(scores.argmax())
    first = int(before[: last + 1].argmin())
    return Run(first, last + 1, float(odds[first : last + 1].sum()))


def best_runs(odds: Floats, most: int) -> Iterator[Run]:
    """Yield up to *most* runs of lost words, the worst first."""
    rest = odds
    for _ in range(most):
        run = best_run(rest)
        if run.score < _LEAST:
            return
        yield run
        rest = rest.copy()
        rest[run.first : run.last] = _KEPT


def widened(run: Run, odds: Floats, breaks: NDArray[np.bool_]) -> Run:
    """Return the run with the words beside it that belong to its phrase.

    A preposition or article has too little weight to be missed by itself: its log odds say
    little. *breaks* tells after which words a mark stands; a phrase does not go beyond.

    >>> odds = np.array([-4.0, -0.5, 3.0, 2.0, -0.5], np.float32)
    >>> widened(best_run(odds), odds, np.array([False, False, False, True, True]))
    Run(first=1, last=4, score=5.0)
    """
    first, last = run.first, run.last
    while run.first - first < _BESIDE and first and not breaks[first - 1]:
        if odds[first - 1] < _UNDECIDED:
            break
        first -= 1
    while last - run.last < _BESIDE and last < len(odds) and not breaks[last - 1]:
        if odds[last] < _UNDECIDED:
            break
        last += 1
    return Run(first, last, run.score)
