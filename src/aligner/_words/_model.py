"""The fitted model of lost words: its networks, and what they are told of a word."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

from aligner._tags import base_language
from aligner._words._network import Network, PairNetwork

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aligner._words._cut import Floats
    from aligner._words._network import Layer
    from aligner._words._vocabulary import Words

RANDOM_WORDS, BEST_OF = 256, 8  # random words, and how many of them are a word's nearest
_TOGETHER = 8192  # words compared with them at once


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Everything fitted.

    Attributes:
        random: unit vectors of random words, what the hub of a word is measured against.
        usual: link that a word usually has with its translation, by word.
        usual_line: the same for other words: a constant, and what their weight and hub add.
        lengths: log characters of a text by language, against English.
        projection: ``[dimensions, k]``, what the networks see of the vector of a word.
        lost: from what is known of the words of a pair of texts to their being lost.
        witness: from what two pairs know of a word to its being lost in the first of them only,
            and in both.
    """

    random: tuple[str, ...]
    usual: Mapping[str, float]
    usual_line: tuple[float, float, float]
    lengths: Mapping[str, float]
    projection: Floats
    lost: PairNetwork
    witness: Network

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
    steps = about["steps"]
    queries = (arrays[f"lost.query{k}"].astype(np.float32) for k in range(len(steps["lost"]) - 1))
    return Model(
        tuple(about["random"]),
        usual,
        (line[0], line[1], line[2]),
        about["lengths"],
        arrays["projection"].astype(np.float32),
        PairNetwork(
            *_layers(arrays, "lost", steps["lost"]), tuple(queries), float(arrays["lost.sharpness"])
        ),
        Network(*_layers(arrays, "witness", steps["witness"])),
    )


def _layers(
    arrays: Mapping[str, NDArray[np.floating]], name: str, steps: Sequence[int]
) -> tuple[Floats, Floats, tuple[Layer, ...], tuple[int, ...]]:
    """Return what every network has; behind the layers with steps is one more."""
    layers = tuple(
        (
            arrays[f"{name}.weights{k}"].astype(np.float32),
            arrays[f"{name}.bias{k}"].astype(np.float32),
        )
        for k in range(len(steps) + 1)
    )
    return arrays[f"{name}.mean"], arrays[f"{name}.scale"], layers, tuple(steps)
