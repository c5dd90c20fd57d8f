"""Candidates: for each document the few of each language whose vectors come nearest."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner._encode import unit_rows
from aligner.pairing._cells import MANY, top_in_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.pairing._sketch import Floats, Sketch

Indices = npt.NDArray[np.int64]
Pair = tuple[int, int]

_NEAREST = 5  # candidates of a document in each language
_HUB = 10  # nearest neighbours that tell how near a document is to everything
_KEPT = 40  # nearest by cosine, among which those are chosen
_ROWS = 1024  # documents compared with all others at once
_FEW = 8  # documents on one side of which every pair is a candidate
_PRIOR = 10.0  # documents that the mean of a language is held back by


def candidates(sketches: Sequence[Sketch], keys: Sequence[str] | None = None) -> list[Pair]:
    """Return the pairs of documents worth a closer look, each once, the smaller index first.

    Args:
        keys: what the names say; documents with the same key are candidates as well.
    """
    filled = [i for i, sketch in enumerate(sketches) if len(sketch)]
    if not filled:
        return []
    by_language: dict[str, list[int]] = defaultdict(list)
    for i in filled:
        by_language[sketches[i].language].append(i)
    vectors = {
        language: _centred(np.stack([sketches[i].sums.sum(axis=0) for i in members]))
        for language, members in by_language.items()
    }
    found: set[Pair] = set()
    for one, other in combinations(sorted(by_language), 2):
        ours, theirs = by_language[one], by_language[other]
        rows = _nearest(vectors[one], vectors[other])
        found.update(_ordered(ours[i], theirs[j]) for i, j in rows)
    for language, members in by_language.items():
        rows = _nearest(vectors[language], vectors[language])
        found.update(_ordered(members[i], members[j]) for i, j in rows if i != j)
    return sorted(found | _of_one_name(keys, filled))


def _ordered(i: int, j: int) -> Pair:
    return (i, j) if i < j else (j, i)


def _centred(sums: Floats) -> Floats:
    """Return unit rows less what all documents of the language share.

    A handful of documents says little about a language: their mean counts in part only.
    """
    rows = unit_rows(sums)
    share = len(rows) / (len(rows) + _PRIOR)
    return unit_rows((rows - share * rows.mean(axis=0)).astype(np.float32))


def _nearest(ours: Floats, theirs: Floats) -> list[Pair]:
    """Return the pairs of rows of which either is among the nearest of the other.

    Nearness is the cosine less what the two have on average with their nearest neighbours, or a
    few hubs would be near to everything.
    """
    if min(len(ours), len(theirs)) <= _FEW and len(ours) * len(theirs) <= _FEW * _ROWS:
        return [(i, j) for i in range(len(ours)) for j in range(len(theirs))]
    there, back = _top(ours, theirs), _top(theirs, ours)
    hub_ours, hub_theirs = _hubness(there[1]), _hubness(back[1])
    found = [(i, int(j)) for i, row in enumerate(_best(there, hub_theirs)) for j in row]
    found += [(int(i), j) for j, row in enumerate(_best(back, hub_ours)) for i in row]
    return found


def _top(ours: Floats, theirs: Floats) -> tuple[Indices, Floats]:
    """Return for each of our rows the nearest of theirs and their cosines, best first."""
    count = min(_KEPT, len(theirs))
    if min(len(ours), len(theirs)) >= MANY:
        return top_in_cells(ours, theirs, count)
    indices = np.empty((len(ours), count), np.int64)
    cosines = np.empty((len(ours), count), np.float32)
    for start in range(0, len(ours), _ROWS):
        block = ours[start : start + _ROWS] @ theirs.T
        best = np.argpartition(-block, count - 1, axis=1)[:, :count]
        value = np.take_along_axis(block, best, axis=1)
        order = np.argsort(-value, axis=1, kind="stable")
        indices[start : start + _ROWS] = np.take_along_axis(best, order, axis=1)
        cosines[start : start + _ROWS] = np.take_along_axis(value, order, axis=1)
    return indices, cosines


def _hubness(cosines: Floats) -> Floats:
    mean: Floats = cosines[:, :_HUB].mean(axis=1)
    return mean


def _best(top: tuple[Indices, Floats], hubness: Floats) -> Indices:
    """Return the nearest after correction: their own hubness decides, ours is the same for all."""
    indices, cosines = top
    corrected = 2 * cosines - hubness[indices]
    order = np.argsort(-corrected, axis=1, kind="stable")[:, :_NEAREST]
    return np.take_along_axis(indices, order, axis=1)


def _of_one_name(keys: Sequence[str] | None, filled: Sequence[int]) -> set[Pair]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for i in filled:
        if keys and keys[i]:
            by_key[keys[i]].append(i)
    return {pair for members in by_key.values() for pair in combinations(members, 2)}
