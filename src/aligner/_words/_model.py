"""The fitted model of lost words: a small network over the words of a passage, in NumPy."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from aligner._tags import base_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ._cut import Floats
    from ._vocabulary import Words

RANDOM_WORDS, BEST_OF = 256, 8
WIDTH = 5
_TOGETHER = 8192


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Layers over neighbouring words; the last gives log odds of each word.

    Attributes:
        mean, scale: of the features.
        layers: ``[width * inputs, outputs]`` weights and ``[outputs]`` biases, first to last.
        steps: of each layer, how far apart the words are that it sees; 0 for the word alone.
    """

    mean: Floats
    scale: Floats
    layers: tuple[tuple[Floats, Floats], ...]
    steps: tuple[int, ...]

    def __call__(self, inputs: Floats, here: NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Return log odds ``[pairs, words, outputs]``, very low where there is no word.

        The second array is all that is known of a word: the inputs, scaled, the last layer but
        one, and the log odds.
        """
        inside = here[:, :, None].astype(np.float32)
        scaled = inputs - self.mean
        scaled /= self.scale
        scaled *= inside
        before = now = scaled
        for k, ((weights, bias), step) in enumerate(zip(self.layers, self.steps, strict=True)):
            before, now = now, (_neighbours(now, step) if step else now) @ weights + bias
            if k + 1 < len(self.layers):
                np.maximum(now, 0, out=now)
                now *= inside
        odds: Floats = np.where(here[:, :, None], now, np.float32(-9))
        return odds, np.concatenate([scaled, before, now], axis=2)


def _neighbours(values: Floats, step: int) -> Floats:
    """Put the values of each word and its neighbours side by side."""
    pairs, count, size = values.shape
    reach = WIDTH // 2 * step
    padded = np.zeros((pairs, count + 2 * reach, size), np.float32)
    padded[:, reach : reach + count] = values
    return np.concatenate([padded[:, k * step : k * step + count] for k in range(WIDTH)], axis=2)


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything fitted.

    Attributes:
        random: unit vectors of random words, what the hub of a word is measured against.
        usual: link that a word usually has with its translation, by word.
        projection: ``[dimensions, k]``, what the networks see of the vector of a word.
        lost: from what is known of a word in a pair of texts to its being lost.
        witness: from what two pairs know of a word to its being lost in the first of them only,
            and in both.
    """

    random: tuple[str, ...]
    usual: Mapping[str, float]
    usual_line: tuple[float, float, float]
    projection: Floats
    lost: Network | None = None
    witness: Network | None = None
    lengths: Mapping[str, float] = field(default_factory=dict)

    def size(self, text: str, language: str) -> float:
        """Return the log length of *text* in characters, as long as it would be in English."""
        return math.log(max(len(text), 1)) - self.lengths.get(base_language(language), 0.0)

    def projected(self, words: Words) -> Floats:
        """Return what the networks see of the vector of each word, whatever its length."""
        out: Floats = (words.directions() @ self.projection)[words.which]
        return out

    def hubs(self, words: Words, random: Floats) -> Floats:
        """Return what a random text would offer each word: the mean of its best cosines."""
        directions = words.directions()
        best = np.empty(len(directions), np.float32)
        for start in range(0, len(best), _TOGETHER):
            cosines = directions[start : start + _TOGETHER] @ random.T
            nearest = np.partition(cosines, -BEST_OF, axis=1)[:, -BEST_OF:]
            best[start : start + _TOGETHER] = nearest.mean(1)
        return best[words.which]

    def usuals(self, words: Words, hubs: Floats) -> Floats:
        """Return the link that each word usually has; rare words by their weight and hub."""
        constant, by_weight, by_hub = self.usual_line
        line = constant + by_weight * words.weights + by_hub * hubs
        known = np.array(list(map(self.usual.get, words.forms, repeat(np.nan))), np.float32)
        known = known[words.which]
        out: Floats = np.where(np.isnan(known), line, known).astype(np.float32)
        return out


@cache
def load_model() -> Model:
    """Return the shipped model."""
    folder = resources.files("aligner").joinpath("data")
    about = json.loads(folder.joinpath("words.model.json").read_text(encoding="utf-8"))
    with folder.joinpath("words.network.npz").open("rb") as file:
        arrays = dict(np.load(file, allow_pickle=False))
    usual = dict(zip(arrays["usual_words"].tolist(), arrays["usual_links"].tolist(), strict=True))
    line = about["usual_line"]
    return Model(
        tuple(about["random"]),
        usual,
        (line[0], line[1], line[2]),
        arrays["projection"].astype(np.float32),
        _network(arrays, "lost", about["steps"]["lost"]),
        _network(arrays, "witness", about["steps"]["witness"]),
        about["lengths"],
    )


def _network(arrays: Mapping[str, NDArray[np.floating]], name: str, steps: list[int]) -> Network:
    layers = tuple(
        (
            arrays[f"{name}.weights{k}"].astype(np.float32),
            arrays[f"{name}.bias{k}"].astype(np.float32),
        )
        for k in range(len(steps))
    )
    return Network(arrays[f"{name}.mean"], arrays[f"{name}.scale"], layers, tuple(steps))
