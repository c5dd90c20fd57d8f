"""Candidates by margin over both directions, and how likely each is a pair of translations.

A candidate is a pair of segments each of which is the other's nearest. Its margin is the cosine
over the mean cosine with the nearest neighbours of both (the ratio margin of Artetxe and Schwenk
2019, section 3), in space that is centred for each language. Margin, lead over the next best,
lengths, numbers and the words without a counterpart make a log-linear model that
``benchmarks/mining.py`` fits.

How many candidates are translations differs from one collection to the next, and with it what a
margin is worth. The share is estimated from the candidates themselves by expectation maximisation
(Saerens, Latinne and Decaestecker 2002), held back where they are few.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner._encode import unit_rows
from aligner._surface import copied, number_gap
from aligner._words import embedded_analyser
from aligner.mining._neighbours import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._encode import Matrix

Floats = npt.NDArray[np.float64]

NEIGHBOURS = 4  # of each segment, that tell what is usual for it
FEATURES = (
    "margin",
    "cosine",
    "lead",
    "length",
    "numbers",
    "copied",
    "letters",
    "segments",
    "lost",
)
_PRIOR_SEGMENTS = 10  # segments that the mean of a language is held back by
_PRIOR_LETTERS = 20_000  # letters of equal length on both sides, added to the ratio
_HELD_BACK = 10  # candidates that the usual share of translations counts for
_ROUNDS = 50  # of expectation maximisation
_TOGETHER = 256  # pairs whose words are linked at once


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Pairs of segments each of which is the other's nearest.

    Attributes:
        source, target: indices of the segments.
        margin: of each pair.
        features: float64 [pairs, `FEATURES`].
    """

    source: npt.NDArray[np.int64]
    target: npt.NDArray[np.int64]
    margin: Floats
    features: Floats


@dataclass(frozen=True, slots=True, eq=False)
class MiningWeights:
    """The fitted numbers.

    Attributes:
        weights: of `FEATURES`.
        share: of translations among the candidates of the fit.
        usual: share that a collection is taken to have before it is looked at.
    """

    weights: Floats
    constant: float
    share: float
    usual: float


def candidates(
    texts: tuple[Sequence[str], Sequence[str]],
    vectors: tuple[Matrix, Matrix],
    languages: tuple[str, str],
) -> Candidates:
    """Return the pairs that are nearest to each other, in the order of the source."""
    ours, theirs = (_centred(rows) for rows in vectors)
    there, back = nearest(ours, theirs, NEIGHBOURS)
    best = there.indices[:, 0]
    source = np.flatnonzero(back.indices[best, 0] == np.arange(len(ours)))
    target = best[source]
    cosine = there.cosines[source, 0]
    around = (there.cosines[source].mean(axis=1) + back.cosines[target].mean(axis=1)) / 2
    margin = np.maximum(cosine, 0.02) / np.maximum(around, 0.1)
    rival = np.maximum(_second(there.cosines[source]), _second(back.cosines[target]))
    places = zip(source.tolist(), target.tolist(), strict=True)
    pairs = [(texts[0][i], texts[1][j]) for i, j in places]
    lengths = np.array([[len(a), len(b)] for a, b in pairs], np.float64).reshape(-1, 2)
    columns = [
        np.log(margin),
        cosine,
        cosine - rival,
        np.minimum(np.abs(_length_gap(lengths)), 6),
        np.array([number_gap(a, b) for a, b in pairs]),
        np.array([copied(a, b) for a, b in pairs]),
        np.log1p(lengths.min(axis=1)),
        np.full(len(pairs), np.log1p(min(map(len, texts)))),
        _lost(pairs, languages),
    ]
    return Candidates(source, target, margin, np.stack(columns, axis=1).astype(np.float64))


def _centred(rows: Matrix) -> Matrix:
    """Return unit rows less what all of them share; a few of them say little of that."""
    share = len(rows) / (len(rows) + _PRIOR_SEGMENTS)
    return unit_rows((rows - share * rows.mean(axis=0)).astype(np.float32))


def _lost(pairs: Sequence[tuple[str, str]], languages: tuple[str, str]) -> Floats:
    """Return the share of the words of each pair that the other side does not cover."""
    out = np.ones(len(pairs))
    for start in range(0, len(pairs), _TOGETHER):
        some = pairs[start : start + _TOGETHER]
        places = [(2 * k, 2 * k + 1) for k in range(len(some))]
        texts = [text for pair in some for text in pair]
        found = embedded_analyser()(texts, languages * len(some), places).table
        for k, place in enumerate(places, start):
            if place in found:
                odds = np.clip(np.concatenate(found[place].lost), -30, 30)
                out[k] = (1 / (1 + np.exp(-odds))).mean() if len(odds) else 1.0
    return out


def _second(cosines: Floats) -> Floats:
    return cosines[:, 1] if cosines.shape[1] > 1 else np.zeros(len(cosines))


def _length_gap(lengths: Floats) -> Floats:
    """Return how far lengths are from the usual ratio, in standard deviations."""
    usual = np.divide(*(lengths.sum(axis=0) + _PRIOR_LETTERS)[::-1])
    gap = lengths[:, 1] - usual * lengths[:, 0]
    spread: Floats = np.sqrt(6.8 * (lengths[:, 1] + usual * lengths[:, 0] + 2) / 2)
    return np.asarray(gap / spread, np.float64)


def probabilities(found: Candidates, model: MiningWeights) -> Floats:
    """Return how likely each candidate is a pair of translations."""
    odds = np.exp(np.clip(found.features @ model.weights + model.constant, -30, 30))
    odds *= (1 - model.share) / model.share
    share = model.usual
    belief = odds
    for _ in range(_ROUNDS):
        weighed = odds * share / (1 - share)
        belief = weighed / (1 + weighed)
        share = float((belief.sum() + _HELD_BACK * model.usual) / (len(belief) + _HELD_BACK))
    return belief


@cache
def load_weights() -> MiningWeights:
    """Return the shipped numbers."""
    path = resources.files("aligner").joinpath("data", "mining.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    return MiningWeights(
        np.array([data["weights"][feature] for feature in FEATURES]),
        data["constant"],
        data["share"],
        data["usual"],
    )
