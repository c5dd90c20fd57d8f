"""Maps from what a model believes to probabilities, and how well these hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

# Of a bead: the fold of its document, its posterior, and whether it is right.
Belief: TypeAlias = "tuple[int, float, bool]"
BINS = 15
# No bead is held for impossible or for certain.
_LEAST, _MOST = 0.01, 0.9995
_NIL = 1e-5


def logistic_fit(
    features: np.ndarray, right: np.ndarray, weight: float = 1.0, ridge: float = 1e-3
) -> np.ndarray:
    """Return the weights of the logistic model of the rows of *features*, by Newton's method.

    Args:
        weight: how much a row that is right counts.
    """
    counts = np.where(right > 0, weight, 1.0)
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(features @ weights, -30, 30)))
        gradient = features.T @ (counts * (right - p)) - ridge * weights
        curvature = (features * (counts * p * (1 - p))[:, None]).T @ features
        weights = weights + np.linalg.solve(curvature + ridge * np.eye(len(weights)), gradient)
    return weights


@dataclass(frozen=True)
class LogitMap:
    """A map from posterior to probability: linear in the log odds, with another slope above even.

    A bead of low posterior stands only where all its rivals have less, so that few are right below
    a third and most from there on. One curve for both misses that, and for an isotonic map, which
    follows each bead, they are too few.
    """

    weights: np.ndarray

    @classmethod
    def fit(cls, beliefs: Sequence[Belief]) -> LogitMap:
        """Return the map fitted on *beliefs*."""
        _, raw, right = (np.array(column, float) for column in zip(*beliefs, strict=True))
        return cls(logistic_fit(_features(raw), right))

    def __call__(self, posterior: np.ndarray) -> np.ndarray:
        """Return the probability that a bead of this *posterior* is exactly right."""
        p = 1 / (1 + np.exp(-_features(posterior) @ self.weights))
        found: np.ndarray = np.clip(p, _LEAST, _MOST)
        return found


def _features(posterior: np.ndarray) -> np.ndarray:
    p = np.clip(posterior, _NIL, 1 - _NIL)
    odds = np.log(p / (1 - p))
    return np.stack([odds, np.maximum(odds, 0), np.ones_like(p)], axis=1)


def calibration_error(probability: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error over bins of equal width."""
    rows = reliability(probability, right)
    return sum(count * abs(claim - share) for count, claim, share in rows) / len(right)


def reliability(probability: np.ndarray, right: np.ndarray) -> list[tuple[int, float, float]]:
    """Return count, mean probability and share of right beads of each bin that has any."""
    bins = np.minimum((probability * BINS).astype(int), BINS - 1)
    return [
        (int(inside.sum()), float(probability[inside].mean()), float(right[inside].mean()))
        for inside in (bins == b for b in range(BINS))
        if inside.any()
    ]


def print_calibration(beliefs: Sequence[Belief]) -> None:
    """Print how well the map holds, fitted for each fold on the beads of the others."""
    folds, raw, right = (np.array(column, float) for column in zip(*beliefs, strict=True))
    probability = np.zeros(len(raw))
    for k in np.unique(folds):
        fitted = LogitMap.fit([belief for belief in beliefs if belief[0] != k])
        probability[folds == k] = fitted(raw[folds == k])
    error = calibration_error(probability, right)
    print(f"expected calibration error {error:.4f} over {len(right)} beads")
    low = right[probability < 0.5]
    print(f"beads below .5: {len(low)}, of them right {low.mean() if len(low) else 0:.3f}")
    print(f"{'beads':>8}{'claimed':>9}{'right':>8}")
    for count, claim, share in reliability(probability, right):
        print(f"{count:>8}{claim:>9.3f}{share:>8.3f}")
