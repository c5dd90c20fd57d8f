"""The fitted numbers of the cost model and of the calibration, read from the package's data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from aligner.models import load_context

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aligner._dp import FloatArray
    from aligner._overlaps import Overlaps
    from aligner._vectors import SegmentVectors


_RARER = 2.0
"""What a segment more costs, in nats: less than a third beside two does (2.6 to 2.8)."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the log-linear model of ``_cost``.

    Attributes:
        single: of ``MATCH_FEATURES`` for 1-1 beads, by name.
        multiple: of ``MATCH_FEATURES`` for all other matches.
        types: log prior of a match type by its sorted sizes, such as (1, 2).
        null: of ``NULL_FEATURES``.
        posteriors, probabilities: the map from posterior to probability, by its corners.
    """

    single: Mapping[str, float]
    multiple: Mapping[str, float]
    types: Mapping[tuple[int, int], float]
    null: Mapping[str, float]
    posteriors: tuple[float, ...] = (0.0, 1.0)
    probabilities: tuple[float, ...] = (0.0, 1.0)

    def of_match(self, a: int, b: int) -> Mapping[str, float]:
        """Return the weights of ``MATCH_FEATURES`` for matches of *a* and *b* segments."""
        return self.single if (a, b) == (1, 1) else self.multiple

    def of_type(self, a: int, b: int) -> float:
        """Return the log prior of matches of *a* and *b* segments.

        Each segment beyond what the gold has costs ``_RARER`` more.
        """
        few, many = min(a, b), max(a, b)
        known = [size for size in self.types if size[0] <= few and size[1] <= many]
        nearest = max(known, key=sum)
        return self.types[nearest] - _RARER * (few + many - sum(nearest))

    def calibrated(self, posterior: FloatArray) -> FloatArray:
        """Return the probability that a bead of this *posterior* is exactly right."""
        return np.interp(posterior, self.posteriors, self.probabilities)


def weights_for(vectors: Iterable[SegmentVectors]) -> Weights:
    """Return the shipped weights for the *vectors* of some versions, by whether they add up."""
    many = list(vectors)
    if all(found.additive for found in many):
        return load_weights()
    return weights_in_context(found.overlaps for found in many)


def weights_in_context(many: Iterable[Overlaps | None]) -> Weights:
    """Return the shipped weights for encoders that read words in their context.

    Names are compared: in a cache or another process another object stands for the encoder.
    """
    own = all(one is not None and one.encoder.name == load_context().name for one in many)
    return load_weights("context" if own else "transformer")


@cache
def load_weights(name: str = "additive") -> Weights:
    """Return the shipped weights of that *name*.

    They are ``additive``, for the static model in the package, ``context``, for the transformer in
    it, or ``transformer``, for any other.
    """
    path = resources.files("aligner").joinpath("data", f"weights.{name}.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    return Weights(
        data["single"],
        data["multiple"],
        {(int(key[0]), int(key[2])): value for key, value in data["types"].items()},
        data["null"],
        tuple(data["calibration"]["posteriors"]),
        tuple(data["calibration"]["probabilities"]),
    )
