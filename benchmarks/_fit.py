"""The conditional random field behind ``weights.py``: features, likelihood, gradient, training."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Corridor, Costs, Posteriors, best_path, posteriors, posteriors_of
from aligner._options import AlignOptions
from aligner._pair._aligner import bead_types
from aligner._pair._contested import contested, encoded
from aligner._pair._corridor import batches
from aligner._score._alone import NULL_FEATURES
from aligner._score._evidence import MATCH_FEATURES, Evidence, allowed
from aligner._score._similarity import Background

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._score._side import Side
    from aligner._score._similarity import Known
    from aligner._score._weights import Weights

TYPES = bead_types(AlignOptions(max_side=4))  # the gold that is learned from has no longer ones
SIZES = sorted({(min(size), max(size)) for size in TYPES})
_HALF = 15
_M, _N = len(MATCH_FEATURES), len(NULL_FEATURES)
# Of the null features the first are not seen of a segment: beginning, going on, and the rate.
_GIVEN = NULL_FEATURES.index("rate") + 1

Pair = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass
class Example:
    """A pair of versions with gold: features of every bead near the gold path.

    Attributes:
        weight: how often it counts.
        rate: of segments that stand alone, as a first pass hears it.
    """

    name: str
    pair: str
    gold: list[Pair]
    corridor: Corridor
    features: list[np.ndarray]
    nulls: tuple[np.ndarray, np.ndarray]
    matches: list[tuple[int, int, int]]
    alone: tuple[list[tuple[int, bool]], list[tuple[int, bool]]]
    sides: tuple[Side, Side]
    known: tuple[Known, Known] | tuple[()] = ()
    rate: float = 0.0
    weight: float = 1.0


def ordered(gold: Sequence[Pair]) -> Iterator[Pair]:
    """Yield gold beads as a path: before each match first the source, then the target nulls."""
    sources = sorted(x[0] for x, y in gold if not y)
    targets = sorted(y[0] for x, y in gold if not x)
    end = (1 << 40,)
    for source, target in [*sorted(b for b in gold if b[0] and b[1]), (end, end)]:
        while sources and sources[0] < source[0]:
            yield (sources.pop(0),), ()
        while targets and targets[0] < target[0]:
            yield (), (targets.pop(0),)
        if source != end:
            yield source, target


def _corridor(gold: Sequence[Pair], rows: int, columns: int) -> Corridor:
    """Return the nodes near the gold path, all of them where that has long one-sided runs."""
    nodes = [(0, 0)]
    for source, target in ordered(gold):
        nodes.append((nodes[-1][0] + len(source), nodes[-1][1] + len(target)))
    known, at = zip(*nodes, strict=True)
    centre = np.interp(np.arange(rows + 1), known, at).astype(np.int64)
    lo = np.maximum.accumulate(np.clip(centre - _HALF, 0, max(0, columns - 2 * _HALF)))
    if columns <= 2 * _HALF or any(
        not 4 <= j - lo[i] < 2 * _HALF - 3 for i, j in nodes if 4 < i < rows - 4
    ):
        return Corridor.full(rows, columns)
    return Corridor(lo, 2 * _HALF + 1, columns)


def example(
    name: str, pair: str, gold: Sequence[Pair], source: Side, target: Side
) -> Example | None:
    """Return the example, or ``None`` if its gold has beads the model cannot make."""
    corridor = _corridor(gold, len(source), len(target))
    matches: list[tuple[int, int, int]] = []
    alone: tuple[list[tuple[int, bool]], list[tuple[int, bool]]] = [], []
    i = j = 0
    before = 2
    for x, y in ordered(gold):
        i, j = i + len(x), j + len(y)
        if x and y:
            column = j - int(corridor.lo[i])
            if (len(x), len(y)) not in TYPES or not 0 <= column < corridor.width:
                return None
            matches.append((TYPES.index((len(x), len(y))), i, column))
            before = 2
        else:
            side = 0 if x else 1
            alone[side].append(((i if x else j) - 1, before != side))
            before = side
    found = features(source, target, corridor)
    return Example(name, pair, list(gold), corridor, *found, matches, alone, (source, target))


def features(
    source: Side, target: Side, corridor: Corridor, known: tuple[Known, Known] | None = None
) -> tuple[list[np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Return the features of every match by type, and of every segment alone."""
    backgrounds = Background.of(source.sums), Background.of(target.sums)
    evidence = Evidence(source, target, corridor, backgrounds, known)
    shape = corridor.positions().shape
    matches = [
        np.stack([np.broadcast_to(f, shape).astype(np.float32) for f in evidence.match(a, b)], -1)
        for a, b in TYPES
    ]
    return matches, evidence.nulls()


def refined(item: Example, theta: Theta) -> Example:
    """Return the example with its contested runs encoded, as *theta* sees them."""
    source, target = item.sides
    if source.overlaps is None or target.overlaps is None:
        return item
    found = costs_of(item, theta)
    runs = contested(found, posteriors(found))
    known = encoded((source.overlaps, target.overlaps), runs)
    matches, nulls = features(source, target, item.corridor, known)
    return replace(item, features=matches, nulls=nulls, known=known)


@dataclass
class Theta:
    """The weights as one vector, and by their parts."""

    vector: np.ndarray

    @property
    def single(self) -> np.ndarray:
        return self.vector[:_M]

    @property
    def multiple(self) -> np.ndarray:
        return self.vector[_M : 2 * _M]

    @property
    def sizes(self) -> np.ndarray:
        return self.vector[2 * _M : 2 * _M + len(SIZES)]

    @property
    def null(self) -> np.ndarray:
        return self.vector[2 * _M + len(SIZES) :]

    @classmethod
    def zeros(cls) -> Theta:
        return cls(np.zeros(2 * _M + len(SIZES) + _N))

    @classmethod
    def of(cls, weights: Weights) -> Theta:
        """Return weights that were fitted before, to begin with."""
        theta = cls.zeros()
        theta.single[:] = [weights.single[name] for name in MATCH_FEATURES]
        theta.multiple[:] = [weights.multiple[name] for name in MATCH_FEATURES]
        theta.sizes[:] = [weights.types[size] for size in SIZES]
        theta.null[:] = [weights.null[name] for name in NULL_FEATURES]
        return theta

    @classmethod
    def start(cls) -> Theta:
        theta = cls.zeros()
        for part in (theta.single, theta.multiple):
            part[MATCH_FEATURES.index("distance")] = -8
            part[MATCH_FEATURES.index("length_squared")] = -0.2
        theta.sizes[:] = [0.0 if size == (1, 1) else -4.0 for size in SIZES]
        theta.null[:2] = -9.0, -7.0
        return theta


def costs_of(item: Example, theta: Theta) -> Costs:
    """Return the costs of the example's beads."""
    match = np.full((len(TYPES), *item.corridor.positions().shape), np.inf)
    for t, (a, b) in enumerate(TYPES):
        factors = theta.single if a == b == 1 else theta.multiple
        gain = (
            item.features[t] @ factors.astype(np.float32)
            + theta.sizes[SIZES.index((min(a, b), max(a, b)))]
        )
        inside = allowed(item.corridor, a, b)
        match[t][inside] = -gain[inside]
    open_ = theta.null[0] + theta.null[2] * item.rate
    extend = theta.null[1] + theta.null[2] * max(item.rate, 0.0)
    source, target = (theta.null[_GIVEN:] @ features for features in item.nulls)
    return Costs(
        item.corridor,
        TYPES,
        match,
        -open_ - source,
        -extend - source,
        -open_ - target,
        -extend - target,
    )


def losses(items: Sequence[Example], theta: Theta) -> tuple[np.ndarray, np.ndarray]:
    """Return the negative log-likelihood of each gold path, [n], and their gradients, [n, d]."""
    found: list[tuple[float, np.ndarray]] = []
    for batch in batches(items):
        many = [costs_of(item, theta) for item in batch]
        for item, costs, beliefs in zip(batch, many, posteriors_of(many), strict=True):
            assert beliefs is not None
            found.append(_loss(item, costs, beliefs))
    values, gradients = zip(*found, strict=True)
    return np.array(values), np.array(gradients)


def _loss(item: Example, costs: Costs, beliefs: Posteriors) -> tuple[float, np.ndarray]:
    total, gradient = beliefs.log_total, Theta.zeros()
    for t, i, column in item.matches:
        total += costs.match[t, i, column]
        part = gradient.single if TYPES[t] == (1, 1) else gradient.multiple
        part -= item.features[t][i, column]
        gradient.sizes[SIZES.index((min(TYPES[t]), max(TYPES[t])))] -= 1
    for t, (a, b) in enumerate(TYPES):
        weight = np.where(allowed(item.corridor, a, b), beliefs.match[t], 0).astype(np.float32)
        part = gradient.single if a == b == 1 else gradient.multiple
        part += weight.ravel() @ item.features[t].reshape(-1, _M)
        gradient.sizes[SIZES.index((min(a, b), max(a, b)))] += weight.sum()
    sides = (
        (costs.source_open, costs.source_extend, beliefs.source_null, beliefs.source_open),
        (costs.target_open, costs.target_extend, beliefs.target_null, beliefs.target_open),
    )
    for features, gold, (opened, extended, null, begun) in zip(
        item.nulls, item.alone, sides, strict=True
    ):
        for k, first in gold:
            total += float((opened if first else extended)[k])
            gradient.null[0 if first else 1] -= 1
            gradient.null[2] -= item.rate if first else max(item.rate, 0.0)
            gradient.null[_GIVEN:] -= features[:, k]
        gradient.null[0] += begun.sum()
        gradient.null[1] += (null - begun).sum()
        gradient.null[2] += item.rate * begun.sum()
        gradient.null[2] += max(item.rate, 0.0) * (null - begun).sum()
        gradient.null[_GIVEN:] += features @ null
    return total, gradient.vector


def fit(
    items: Sequence[Example], start: Theta, steps: int, ridge: float, prior: Theta | None = None
) -> Theta:
    """Return the weights of the greatest likelihood, penalised for leaving the *prior* (L-BFGS).

    The features go together so closely that steps are taken in another space: one in which the
    gradients of the documents at the *start* are of like size in all directions.
    """
    from scipy.optimize import minimize

    prior = prior or Theta.start()
    items = sorted(items, key=lambda item: item.corridor.shape)
    weights = np.array([item.weight for item in items])
    beads = weights @ [len(i.matches) + len(i.alone[0]) + len(i.alone[1]) for i in items]
    _, gradients = losses(items, start)
    information = weights * gradients.T @ gradients / beads + ridge * np.eye(gradients.shape[1])
    metric = np.linalg.inv(np.linalg.cholesky(information)).T

    def objective(point: np.ndarray) -> tuple[float, np.ndarray]:
        vector = metric @ point
        values, gradients = losses(items, Theta(vector))
        away = vector - prior.vector
        total = weights @ values / beads + ridge * float(away @ away) / 2
        return total, metric.T @ (weights @ gradients / beads + ridge * away)

    point = np.linalg.solve(metric, start.vector)
    found = minimize(objective, point, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    print(f"likelihood of a bead {np.exp(-found.fun):.4f}", flush=True)
    return Theta(metric @ found.x)


def decode(item: Example, theta: Theta) -> list[tuple[Pair, float]]:
    """Return the beads of the most accurate path in expectation, with their posteriors."""
    costs = costs_of(item, theta)
    beliefs = posteriors(costs)
    match = np.where(np.isfinite(costs.match), 0.5 - beliefs.match, np.inf)
    source, target = 0.5 - beliefs.source_null, 0.5 - beliefs.target_null
    steps, _ = best_path(Costs(item.corridor, TYPES, match, source, source, target, target))
    found = []
    for step in steps:
        a, b = step.type
        if a and b:
            column = step.target[1] - int(item.corridor.lo[step.source[1]])
            belief = beliefs.match[TYPES.index((a, b)), step.source[1], column]
        else:
            belief = (
                beliefs.source_null[step.source[0]] if a else beliefs.target_null[step.target[0]]
            )
        bead = tuple(range(*step.source)), tuple(range(*step.target))
        found.append((bead, float(belief)))
    return found
