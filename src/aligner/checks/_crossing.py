"""Sentences of one passage that stand in another order in another version.

A bead has its sentences in order; two that changed places are joined with those between them.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner.checks._sentences import segments

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._encode import Matrix
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

    Link = tuple[int, int]

_MARGIN = 0.2
"""How much more alike two sentences must be than either is to any other of the passage."""


class Crossing(NamedTuple):
    """A sentence of two versions that stands elsewhere among the others."""

    row: int
    source: Passage
    target: Passage
    places: tuple[Place, Place]


def crossings(rows: Sequence[Sequence[Passage]]) -> Iterator[Crossing]:
    """Yield the sentences that stand out of order, pair of versions by pair."""
    pairs = [
        (k, source, target)
        for k, row in enumerate(rows)
        for source, target in combinations(row, 2)
        if min(len(source.pieces), len(target.pieces)) > 1
    ]
    if not pairs:
        return
    from aligner.models import load_embedded

    texts = [
        passage.text[slice(*one)]
        for _, source, target in pairs
        for passage in (source, target)
        for one in segments(passage)
    ]
    vectors, start = load_embedded().encode(texts), 0
    for k, source, target in pairs:
        ours, theirs = segments(source), segments(target)
        middle, end = start + len(ours), start + len(ours) + len(theirs)
        links = _links(vectors[start:middle] @ vectors[middle:end].T)
        for i, j in _out_of_order(links, ours, theirs):
            yield Crossing(k, source, target, (ours[i], theirs[j]))
        start = end


def _links(alike: Matrix) -> list[Link]:
    """Return which sentences are surely each other's."""
    found = []
    for i, row in enumerate(alike):
        j = int(row.argmax())
        rivals = [*np.delete(row, j), *np.delete(alike[:, j], i)]
        if row[j] - max(rivals) > _MARGIN:
            found.append((i, j))
    return found


def _out_of_order(
    links: Sequence[Link], ours: Sequence[Place], theirs: Sequence[Place]
) -> list[Link]:
    """Return the links to take out so that the others are in order, as few as can be.

    Where there is a choice, those of the shortest sentences, so that all pairs of versions agree.
    """

    def worth(chain: Sequence[Link]) -> tuple[int, int]:
        places = [place for i, j in chain for place in (ours[i], theirs[j])]
        return len(chain), sum(end - start for start, end in places)

    best: list[list[Link]] = []
    for i, j in links:
        before = [chain for chain in best if chain[-1][1] < j]
        best.append([*max(before, key=worth, default=[]), (i, j)])
    kept = max(best, key=worth, default=[])
    return [link for link in links if link not in kept]
