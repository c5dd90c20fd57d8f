"""Word links as values: which word of one version stands for which of the other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aligner._types import Span

from ._analyse import embedded_analyser

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    versions = [version for version, text in texts.items() if text.strip()]
    pairs = list(combinations(range(len(versions)), 2))
    found = analyser([texts[v] for v in versions], [languages[v] for v in versions], pairs)
    out: list[WordLink] = []
    for i, j in pairs:
        if (i, j) in found.table:
            pair, _ = found.table[i, j]
            out.extend(_of_pair((versions[i], versions[j]), (i, j), pair, found.words))
    return tuple(out)


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
