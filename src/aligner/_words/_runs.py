"""Runs of lost words, and what they say: a version left something out, or put something in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._cut import Floats


@dataclass(frozen=True, slots=True)
class Run:
    """Words ``first .. last - 1`` in a row.

    Attributes:
        score: sum of the log odds of its words.
    """

    first: int
    last: int
    score: float


def best_run(odds: Floats) -> Run:
    """Return the run of words with the highest sum of log odds (Kadane).

    >>> import numpy as np
    >>> best_run(np.array([-2.0, 3.0, -1.0, 2.0, -4.0], np.float32))
    Run(first=1, last=4, score=4.0)
    """
    best, start, total = Run(0, 0, 0.0), 0, 0.0
    for place, value in enumerate(odds.tolist()):
        if total <= 0:
            start, total = place, 0.0
        total += value
        if total > best.score:
            best = Run(start, place + 1, total)
    return best
