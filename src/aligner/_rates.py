"""How often segments stand alone in two versions: who left out a passage left out others as well.

It is evidence of a second pass, a hierarchical prior. A version that lacks passages says little of
the other one, so each has a rate of its own beside that of the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._dp import Posteriors
    from aligner._ladder import Link

# The usual rate, how many segments of each version it counts for, and the least of all.
_USUAL, _PRIOR_SEGMENTS, _LEAST = 0.02, 10, -1.5


@dataclass(frozen=True, slots=True)
class Rates:
    """How much more often than usual segments stand alone, as log ratios.

    A run of segments counts once, for its beginning: a missing chapter says nothing about others.

    Attributes:
        source, target: of the segments of one version.
        both: of the segments of the two together.
    """

    source: float = 0.0
    target: float = 0.0
    both: float = 0.0

    @classmethod
    def of(cls, begun: tuple[float, float], segments: tuple[float, float]) -> Rates:
        """Return the rates at which runs are *begun* among the *segments* of either version."""
        source, target = (_log_rate(*counts, 1) for counts in zip(begun, segments, strict=True))
        return cls(source, target, _log_rate(sum(begun), sum(segments), 2))

    def at_least_usual(self) -> Rates:
        """Return the rates without those below what is usual."""
        return Rates(*(max(rate, 0.0) for rate in (self.source, self.target, self.both)))


def rates_heard(beliefs: Sequence[Posteriors]) -> Rates:
    """Return the rates in what a first pass believes of some stretches."""
    begun = (
        sum(float(b.source_open.sum()) for b in beliefs),
        sum(float(b.target_open.sum()) for b in beliefs),
    )
    inner = (
        sum(float((b.source_null - b.source_open).sum()) for b in beliefs),
        sum(float((b.target_null - b.target_open).sum()) for b in beliefs),
    )
    counts = sum(len(b.source_null) for b in beliefs), sum(len(b.target_null) for b in beliefs)
    return Rates.of(begun, (counts[0] - inner[0], counts[1] - inner[1]))


def rates_of(links: Sequence[Link]) -> Rates:
    """Return the rates in a ladder that is settled."""
    begun, segments = [0, 0], [0, 0]
    before = (True, True)
    for link in links:
        filled = link.source[0] < link.source[1], link.target[0] < link.target[1]
        first = all(filled) or filled != before
        for side, (start, end) in enumerate((link.source, link.target)):
            segments[side] += (end - start) if first else 0
            begun[side] += int(first and filled[side] and not all(filled))
        before = filled
    return Rates.of((begun[0], begun[1]), (segments[0], segments[1]))


def _log_rate(begun: float, segments: float, versions: int) -> float:
    """Return the log ratio of *begun* runs among *segments* to what is usual.

    Some segments of usual rate are added, so that short texts say little, and there is a floor:
    however faithful a long text is, one sentence may be missing.
    """
    prior = _PRIOR_SEGMENTS * versions
    expected = (begun + _USUAL * prior) / (segments + prior)
    return max(float(np.log(expected / _USUAL)), _LEAST)
