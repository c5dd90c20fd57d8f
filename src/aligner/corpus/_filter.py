"""How likely each row of a bitext is a clean pair of translations, to train on it or drop it.

A row is judged by four things: how far the similarity of its texts stands above that of random
pairs, how far their lengths are from what is usual between the languages, whether each text is
in its language, and whether their numbers agree.
"""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner._surface import copied, is_foreign, number_gap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aligner._encode import Encoder, EncoderLike
    from aligner._encode import Matrix as Floats

BATCH = 4096  # rows judged together
_SAMPLE = 256  # other rows that tell how alike random ones are
FEATURES = ("z", "cosine", "length", "wrong language", "same text", "numbers")
# A logistic fit on news, encyclopaedia and novels of the development gold with a fifth of the pairs
# damaged, rounded; `benchmarks/filter.py` measures it on other sets.
_WEIGHTS = np.array((0.15, 6.5, -2.8, -3.2, -8.0, -1.0))
_CONSTANT = 0.25


def scores(
    rows: Iterable[Mapping[str, str]], *, encoder: EncoderLike | None = None
) -> Iterator[float]:
    """Yield for each row of texts by language how likely it is clean, 0 to 1.

    Some thousand rows are judged together, each against random others of them. A row of three
    languages or more is as good as its worst pair; one with an empty text has 0.
    """
    from aligner._encode import load_encoder

    loaded = load_encoder(encoder)
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        languages = list(dict.fromkeys(key for row in batch for key in row))
        worst = np.ones(len(batch))
        for pair in combinations(languages, 2):
            texts = [(row.get(pair[0], ""), row.get(pair[1], "")) for row in batch]
            np.minimum(worst, _clean(texts, pair, loaded), out=worst)
        yield from (worst if len(languages) > 1 else 0 * worst).tolist()


def _clean(
    pairs: Sequence[tuple[str, str]], languages: tuple[str, str], encoder: Encoder
) -> npt.NDArray[np.float64]:
    logits = features(pairs, languages, encoder) @ _WEIGHTS + _CONSTANT
    filled = np.array([bool(ours.strip() and theirs.strip()) for ours, theirs in pairs])
    clean: npt.NDArray[np.float64] = filled / (1 + np.exp(-logits))
    return clean


def features(
    pairs: Sequence[tuple[str, str]], languages: tuple[str, str], encoder: Encoder
) -> npt.NDArray[np.float64]:
    """Return one row of `FEATURES` for each pair."""
    sides = [encoder.encode([pair[k] for pair in pairs]) for k in (0, 1)]
    cosine = np.einsum("ij,ij->i", *sides)
    z = _above_chance(cosine, sides[0], sides[1])
    columns = [
        np.clip(z, -2, 10),
        cosine,
        np.minimum(np.abs(_length_gap(pairs)), 6),
        [sum(is_foreign(pair[k], languages[k]) for k in (0, 1)) for pair in pairs],
        [copied(*pair) for pair in pairs],
        [number_gap(*pair) for pair in pairs],
    ]
    return np.array(columns, np.float64).T


def _above_chance(cosine: Floats, ours: Floats, theirs: Floats) -> Floats:
    """Return the cosines in standard deviations above those with random texts."""
    chosen = np.random.default_rng(0).permutation(len(ours))[:_SAMPLE]
    there, back = ours @ theirs[chosen].T, theirs @ ours[chosen].T
    mean = (there.mean(axis=1) + back.mean(axis=1)) / 2
    spread = (there.std(axis=1) + back.std(axis=1)) / 2
    above: Floats = (cosine - mean) / np.maximum(spread, 0.05)
    return above


def _length_gap(pairs: Sequence[tuple[str, str]]) -> npt.NDArray[np.float64]:
    """Return how far the lengths are from the usual ratio, in standard deviations."""
    lengths = np.array([[len(text) + 1 for text in pair] for pair in pairs], np.float64)
    usual = float(np.median(lengths[:, 1] / lengths[:, 0]))
    gap = lengths[:, 1] - usual * lengths[:, 0]
    deviations: npt.NDArray[np.float64] = gap / np.sqrt(
        6.8 * (lengths[:, 1] + usual * lengths[:, 0]) / 2
    )
    return deviations
