"""From texts to the log odds of every word being lost on the other side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import unit_rows
from aligner._words._features import WORD_FEATURES, features
from aligner._words._grid import Grid, grids
from aligner._words._model import Model, load_model
from aligner._words._pair import Pair, Table
from aligner._words._suspicions import Evidence
from aligner._words._vocabulary import Vocabulary
from aligner._words._witness import witnesses

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner._words._cut import Floats, TokenVectors
    from aligner._words._network import PairNetwork
    from aligner._words._vocabulary import Words

_DOUBT, _DOUBT_OF_TWO = -3, -1
"""Log odds of a word of three versions, and of two, from which on they are looked at together."""
COSINE = WORD_FEATURES.index("similarity of the passages")


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Texts cut into words, and what their words say of each other.

    Attributes:
        table: by the places of two texts their pair, as the first sees it; a text without words
            is in no pair.
    """

    words: Words
    table: Table


class Analyser:
    """Compares texts word by word with the vectors of one model."""

    def __init__(self, tokens: TokenVectors, model: Model | None = None) -> None:
        self._vocabulary = Vocabulary(tokens)
        self._model = model or load_model()
        random = self._vocabulary.cut(self._model.random).vectors
        self._random = unit_rows(random)

    def __call__(
        self, texts: Sequence[str], languages: Sequence[str], pairs: Sequence[tuple[int, int]]
    ) -> Analysis:
        """Compare the *pairs* of *texts*, given by their places."""
        return self.compare(self._vocabulary.cut(texts), texts, languages, pairs)

    def compare(
        self,
        words: Words,
        texts: Sequence[str],
        languages: Sequence[str],
        pairs: Sequence[tuple[int, int]],
    ) -> Analysis:
        """Compare the *pairs* of *texts* that are cut into *words* already."""
        hubs = self._model.hubs(words, self._random)
        usual = self._model.usuals(words, hubs)
        projected = self._model.projected(words)
        which = np.array(pairs, np.int64).reshape(-1, 2)
        sizes = np.array(list(map(self._model.size, texts, languages)))
        ratios = (sizes[which[:, 0]] - sizes[which[:, 1]]).astype(np.float32)
        table: dict[tuple[int, int], Pair] = {}
        for grid in grids(words, hubs, which):
            ratio = ratios[grid.rows]
            found = _pairs(grid, words, usual, ratio, projected, self._model.lost)
            for (first, second), pair in zip(which[grid.rows].tolist(), found, strict=True):
                table[first, second], table[second, first] = pair, pair.turned()
        return Analysis(words, table)

    def evidence(self, analysis: Analysis, groups: Iterable[Sequence[int]]) -> Evidence:
        """Return what the pairs of each group of texts say together.

        Groups with a text without words, or in which every word is covered, are left out.
        """
        doubtful = [group for group in groups if _is_doubtful(group, analysis.table)]
        together = witnesses(doubtful, analysis.table, self._model.witness)
        return Evidence(doubtful, analysis.table, analysis.words, together)


def _is_doubtful(group: Sequence[int], table: Table) -> bool:
    pairs = [table.get(pair) for pair in combinations(group, 2)]
    least = _DOUBT if len(group) > 2 else _DOUBT_OF_TWO
    return all(pair is not None for pair in pairs) and any(
        pair.worst > least for pair in pairs if pair is not None
    )


def _pairs(
    grid: Grid, words: Words, usual: Floats, ratio: Floats, projected: Floats, network: PairNetwork
) -> Iterator[Pair]:
    source = features(grid, words, usual, ratio, projected)
    target = features(grid.swapped(), words, usual, -ratio, projected)
    here = grid.source.here, grid.target.here
    ours, theirs = network((source, target), here, grid.links)
    worst = np.maximum(ours[:, :, -1].max(1), theirs[:, :, -1].max(1)).tolist()
    similarity, ratios = source[:, 0, COSINE].tolist(), ratio.tolist()
    sizes = zip(*(side.sum(1).tolist() for side in here), strict=True)
    for k, (n, m) in enumerate(sizes):
        both = ours[k, :n], theirs[k, :m]
        lost = both[0][:, -1], both[1][:, -1]
        yield Pair(lost, both, grid.links[k, :n, :m], similarity[k], ratios[k], worst[k])


@cache
def embedded_analyser() -> Analyser:
    """Return the analyser of the embedded model; it is made once."""
    from aligner.models import load_embedded

    return Analyser(load_embedded())
