"""Weigh a suspicion: is something left out or put in, and in which version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from ._cut import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A small network from ``RUN_FEATURES`` to the probability that the suspicion is right."""

    mean: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]

    def __call__(self, values: Floats, doubt: float = 0.0) -> Floats:
        """Return a probability for each row of features, with log odds less by *doubt*."""
        now = np.clip((values - self.mean) / self.scale, -4, 4)
        for k, (weights, bias) in enumerate(self.layers):
            now = now @ weights + bias
            if k + 1 < len(self.layers):
                now = np.tanh(now)
        probability: Floats = 1 / (1 + np.exp(doubt - now[:, 0]))
        return probability


@cache
def load_judge(name: str) -> Judge:
    """Return the shipped judge for ``pair-omission``, ``group-addition`` ..."""
    path = resources.files("aligner").joinpath("data", "words.judge.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    one = data[name]
    layers = tuple((np.array(w, np.float32), np.array(b, np.float32)) for w, b in one["layers"])
    mean, scale = np.array(one["mean"], np.float32), np.array(one["scale"], np.float32)
    return Judge(mean, scale, layers)
