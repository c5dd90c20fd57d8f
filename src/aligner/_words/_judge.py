"""Weigh a suspicion: is something left out or put in, and in which version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aligner._words._cut import Floats

MOST = 4
"""Deviations beyond which a value counts no more."""


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A logistic regression of a suspicion's values on the probability that it is right.

    Attributes:
        mean, scale: of the values.
    """

    mean: Floats
    scale: Floats
    weights: Floats
    bias: float

    def __call__(self, values: Floats, doubt: Floats | float = 0.0) -> Floats:
        """Return a probability for each row of values, with log odds less by *doubt*."""
        odds = np.clip((values - self.mean) / self.scale, -MOST, MOST) @ self.weights + self.bias
        probability: Floats = 1 / (1 + np.exp(doubt - odds))
        return probability


@cache
def load_judge(name: str) -> Judge:
    """Return the shipped judge for ``pair-omission``, ``group-addition`` ..."""
    path = resources.files("aligner").joinpath("data", "words.judge.json")
    one = json.loads(path.read_text(encoding="utf-8"))[name]
    mean, scale, weights = (np.array(one[key], np.float32) for key in ("mean", "scale", "weights"))
    return Judge(mean, scale, weights, one["bias"])
