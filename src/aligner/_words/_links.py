"""Word links as values: which word of one version stands for which of the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, groupby
from typing import TYPE_CHECKING

import numpy as np

from aligner._types import Span

from ._analyse import embedded_analyser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._analyse import Analyser, Pair
    from ._cut import Floats, Words

_SHARP = np.float32(8)
_LEAST = 0.2


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
            pair, _ = found.table[i, j]
            out[there[i][0]] += _of_pair((there[i][1], there[j][1]), (i, j), pair, found.words)
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
    """Return ``[source, target]`` link probabilities: shares both ways, unless a word is lost."""
    raw = np.exp(_SHARP * pair.links)
    shares = raw / np.sqrt(raw.sum(1, keepdims=True) * raw.sum(0, keepdims=True))
    kept = [1 / (1 + np.exp(odds)) for odds in pair.lost]
    out: Floats = shares * np.minimum(kept[0][:, None], kept[1][None, :])
    return out


WordLink.__module__ = "aligner"
