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

from aligner._dp import Costs
from aligner._score._alone import NULL_FEATURES
from aligner._score._evidence import MATCH_FEATURES, Evidence, allowed

if TYPE_CHECKING:
    from aligner._score._weights import Weights


def costs(evidence: Evidence, weights: Weights, types: tuple[tuple[int, int], ...]) -> Costs:
    """Return the cost of every bead in the corridor of *evidence*, at the usual rates of nulls."""
    corridor = evidence.corridor
    match = np.full((len(types), *corridor.positions().shape), np.inf)
    gain = np.empty(match.shape[1:], np.float32)
    for t, (a, b) in enumerate(types):
        factors = weights.of_match(a, b)
        gain[:] = weights.of_type(a, b)
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
        source_extend=-np.where(evidence.turns[0], factors["open"], factors["extend"]) - source,
        target_open=-factors["open"] - target,
        target_extend=-np.where(evidence.turns[1], factors["open"], factors["extend"]) - target,
    )


def at_rate(costs: Costs, weights: Weights, rate: float) -> Costs:
    """Return the costs where segments stand alone at this *rate*, a log ratio to the usual one.

    In a faithful text runs of them begin more seldom, but what has begun is no shorter for it: a
    missing chapter would cost more than everything else, and be linked with whatever is near.
    """
    begun = weights.null["rate"] * rate
    going_on = max(begun, 0.0)
    return replace(
        costs,
        source_open=costs.source_open - begun,
        source_extend=costs.source_extend - going_on,
        target_open=costs.target_open - begun,
        target_extend=costs.target_extend - going_on,
    )
