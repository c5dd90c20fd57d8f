"""What a bead costs: a log-linear model over evidence from similarity, length and anchors.

The cost of a bead is the negative weighted sum of its features, and the probability of a path is
proportional to ``exp(-cost)``: a semi-Markov conditional random field (Sarawagi & Cohen 2004). Its
weights are fitted to gold ladders by maximum likelihood (``benchmarks/weights.py``) and shipped as
data.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Costs, Posteriors
from aligner._evidence import MATCH_FEATURES, NULL_FEATURES, Evidence, allowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._weights import Weights

_USUAL_RATE, _PRIOR_SEGMENTS, _LEAST_RATE = 0.02, 20, -1.5


def null_rate(beliefs: Sequence[Posteriors]) -> float:
    """Return how much more often than usual segments stand alone, as a log ratio.

    It is the ``rate`` feature of a second pass: whoever left out one passage in ten is likelier to
    have left out this one. A run of segments counts once, for its beginning, so a missing chapter
    says nothing about the others.
    """
    begun = sum(float(b.source_open.sum() + b.target_open.sum()) for b in beliefs)
    alone = sum(float(b.source_null.sum() + b.target_null.sum()) for b in beliefs)
    segments = sum(len(b.source_null) + len(b.target_null) for b in beliefs)
    return log_rate(begun, segments - (alone - begun))


def log_rate(begun: float, segments: float) -> float:
    """Return the log ratio of *begun* runs among *segments* to what is usual.

    Some segments of usual rate are added, so that short texts say little, and there is a floor:
    however faithful a long text is, one sentence may be missing.
    """
    expected = (begun + _USUAL_RATE * _PRIOR_SEGMENTS) / (segments + _PRIOR_SEGMENTS)
    return max(float(np.log(expected / _USUAL_RATE)), _LEAST_RATE)


def costs(evidence: Evidence, weights: Weights, types: tuple[tuple[int, int], ...]) -> Costs:
    """Return the cost of every bead in the corridor of *evidence*, at the usual rate of nulls."""
    corridor = evidence.corridor
    match = np.full((len(types), *corridor.positions().shape), np.inf)
    for t, (a, b) in enumerate(types):
        factors = weights.single if (a, b) == (1, 1) else weights.multiple
        gain = np.full(match.shape[1:], weights.types[min(a, b), max(a, b)], np.float32)
        for name, feature in zip(MATCH_FEATURES, evidence.match(a, b), strict=True):
            gain += factors[name] * feature
        np.negative(gain, out=match[t], where=allowed(corridor, a, b))
    factors = weights.null
    rest = np.array([factors[name] for name in NULL_FEATURES[3:]])
    source, target = ((rest @ f).astype(np.float64) for f in evidence.nulls())
    return Costs(
        corridor,
        types,
        match,
        source_open=-factors["open"] - source,
        source_extend=-factors["extend"] - source,
        target_open=-factors["open"] - target,
        target_extend=-factors["extend"] - target,
    )


def at_rate(costs: Costs, weights: Weights, rate: float) -> Costs:
    """Return the costs where segments stand alone at a *rate* as ``null_rate`` gives it."""
    shift = weights.null["rate"] * rate
    return replace(
        costs,
        source_open=costs.source_open - shift,
        source_extend=costs.source_extend - shift,
        target_open=costs.target_open - shift,
        target_extend=costs.target_extend - shift,
    )
