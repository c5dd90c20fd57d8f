"""Word links as values: which word of one version stands for which of the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING

import numpy as np

from aligner._types import Span
from aligner._words._analyse import embedded_analyser
from aligner._words._pair import strengths

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aligner._words._analyse import Analyser
    from aligner._words._cut import Floats, Ints
    from aligner._words._pair import Pair
    from aligner._words._vocabulary import Words

_LEAST = 0.25  # probability of a link that is told
_FAR, _LIMIT, _CLEAR = 0.02, 10, 0.15
"""Loss of a link for each word that it is off its place, at most so many; lead of a sure link."""


@dataclass(frozen=True, slots=True)
class WordLink:
    """A word of one version and one of another that say the same; links are many-to-many.

    Attributes:
        versions: of the source and of the target.
        source, target: offsets into the texts of the bead.
    """

    versions: tuple[str, str]
    source: Span
    target: Span
    probability: float


def links(
    texts: Mapping[str, str], languages: Mapping[str, str], analyser: Analyser
) -> tuple[WordLink, ...]:
    """Return the word links of each pair of versions of one bead, in text order.

    Args:
        texts, languages: by version.
    """
    return links_of_each([texts], languages, analyser)[0]


def links_of_each(
    beads: Sequence[Mapping[str, str]], languages: Mapping[str, str], analyser: Analyser
) -> list[tuple[WordLink, ...]]:
    """Return the word links of several beads; together they take a third of the time."""
    there = [(b, v) for b, texts in enumerate(beads) for v, text in texts.items() if text.strip()]
    places = [list(same) for _, same in groupby(range(len(there)), key=lambda i: there[i][0])]
    pairs = [pair for same in places for pair in combinations(same, 2)]
    found = analyser([beads[b][v] for b, v in there], [languages[v] for _, v in there], pairs)
    out: list[list[WordLink]] = [[] for _ in beads]
    for i, j in pairs:
        if (i, j) in found.table:
            pair, versions = found.table[i, j], (there[i][1], there[j][1])
            out[there[i][0]] += _of_pair(versions, (i, j), pair, found.words)
    return list(map(tuple, out))


def word_links(texts: Mapping[str, str], languages: Mapping[str, str]) -> tuple[WordLink, ...]:
    """Return the word links of one bead by the embedded model; see `links`."""
    return links(texts, languages, embedded_analyser())


def _of_pair(
    versions: tuple[str, str], texts: tuple[int, int], pair: Pair, words: Words
) -> list[WordLink]:
    table = probabilities(pair)
    ours, theirs = (words.spans[words.of(text)].tolist() for text in texts)
    return [
        WordLink(versions, Span(*ours[i]), Span(*theirs[j]), round(float(table[i, j]), 4))
        for i, j in np.argwhere(table >= _LEAST).tolist()
    ]


def probabilities(pair: Pair) -> Floats:
    """Return ``[source, target]`` link probabilities: shares both ways, unless a word is lost.

    A word that comes again and again links to the ones at its place.
    """
    raw = strengths(pair.links - _FAR * _distance(pair.links))
    shares = raw / np.sqrt(raw.sum(1, keepdims=True) * raw.sum(0, keepdims=True))
    kept = [1 / (1 + np.exp(odds)) for odds in pair.lost]
    out: Floats = shares * np.minimum(kept[0][:, None], kept[1][None, :])
    return out


def _distance(links: Floats) -> Floats:
    """Return how far each target word is from where the sure links around a word point."""
    n, m = links.shape
    steps, nearest = np.arange(n), links.argmax(1)
    sure = np.clip(links.max(1), 0, 1) ** 2 * _is_clear(links, nearest) + 1e-6
    near = np.exp(-np.abs(steps[:, None] - steps[None, :]) / 2)
    offset = (near @ (sure * (nearest - steps * m / n))) / (near @ sure)
    out: Floats = np.abs(np.arange(m)[None, :] - (steps * m / n + offset)[:, None])
    return np.minimum(out, _LIMIT)


def _is_clear(links: Floats, nearest: Ints) -> NDArray[np.bool_]:
    """Return for which words no other word of either side makes as good a link."""
    least = links[np.arange(len(nearest)), nearest] - _CLEAR
    ours = (links > least[:, None]).sum(1)
    theirs = (links[:, nearest] > least[None, :]).sum(0)
    out: NDArray[np.bool_] = (ours == 1) & (theirs == 1)
    return out


WordLink.__module__ = "aligner"
