"""How often segments stand alone in two versions: who left out a passage left out others as well.

It is evidence of a second pass, a hierarchical prior. A rate for each version was tried: it finds
more of what one version lacks, and less where passages were replaced or moved to another text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._dp import Costs, Posteriors
    from aligner._pair._ladder import Link

# The usual rate, how many segments of the two versions it counts for, and the least of all.
_USUAL, _PRIOR_SEGMENTS, _LEAST = 0.02, 20, -1.5


def rate_heard(heard: Sequence[tuple[Costs, Posteriors]]) -> float:
    """Return how much more often than usual segments stand alone, as a log ratio.

    A run of segments counts once, for its beginning: a missing chapter says nothing about others.

    Segments that a path goes round at a free end do not count either: nothing is known of them.

    Args:
        heard: a first pass, over some stretches.
    """
    begun = matched = 0.0
    for found, beliefs in heard:
        begun += float(beliefs.source_open.sum() + beliefs.target_open.sum())
        sizes = np.array([a + b for a, b in found.types], np.float64)
        matched += float(sizes @ beliefs.match.sum(axis=(1, 2)))
    return _log_rate(begun, begun + matched)


def rate_of(links: Sequence[Link]) -> float:
    """Return that log ratio in a ladder that is settled."""
    begun = segments = 0
    before = (True, True)
    for link in links:
        sizes = link.source[1] - link.source[0], link.target[1] - link.target[0]
        filled = sizes[0] > 0, sizes[1] > 0
        first = all(filled) or filled != before
        segments += sum(sizes) if first else 0
        begun += int(first and not all(filled))
        before = filled
    return _log_rate(begun, segments)


def _log_rate(begun: float, segments: float) -> float:
    """Return the log ratio of *begun* runs among *segments* to what is usual.

    Some segments of usual rate are added, so that short texts say little, and there is a floor:
    however faithful a long text is, one sentence may be missing.
    """
    expected = (begun + _USUAL * _PRIOR_SEGMENTS) / (segments + _PRIOR_SEGMENTS)
    return max(float(np.log(expected / _USUAL)), _LEAST)
