"""The nearest neighbours of every row on the other side, exact, by blocks or with faiss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

    from aligner._encode import Matrix

Indices = npt.NDArray[np.int64]
Cosines = npt.NDArray[np.float64]

LARGE = 20_000 * 20_000
"""Products from which faiss is used where it is installed."""
_ROWS, _COLUMNS = 1024, 8192  # of the products made at once
_SPARE = 4  # neighbours more than asked for, settled in double precision


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The nearest rows of the other side, best first; of equals the one with the lower index.

    Attributes:
        indices: int64 [n, k].
        cosines: float64 [n, k].
    """

    indices: Indices
    cosines: Cosines


def nearest(source: Matrix, target: Matrix, count: int) -> tuple[Neighbours, Neighbours]:
    """Return the *count* nearest rows of the other side for each source and each target row.

    Both searches are exact, and what they name is measured again in the same way, so the result
    does not depend on whether faiss is there.
    """
    search = by_faiss if len(source) * len(target) >= LARGE and has_faiss() else by_blocks
    return searched(source, target, count, search)


def searched(
    source: Matrix,
    target: Matrix,
    count: int,
    search: Callable[[Matrix, Matrix, int], tuple[Indices, Indices]],
) -> tuple[Neighbours, Neighbours]:
    """Return the neighbours that *search* names, measured again and put in order."""
    there, back = search(source, target, count + _SPARE)
    return _ordered(source, target, there, count), _ordered(target, source, back, count)


def has_faiss() -> bool:
    """Whether faiss (extra ``mining``) is installed."""
    from importlib.util import find_spec

    return find_spec("faiss") is not None


def by_faiss(source: Matrix, target: Matrix, count: int) -> tuple[Indices, Indices]:
    """Return the indices of the nearest rows in both directions, from two flat indexes."""
    import faiss

    found = []
    for ours, theirs in ((source, target), (target, source)):
        index = faiss.IndexFlatIP(theirs.shape[1])
        index.add(np.ascontiguousarray(theirs))
        found.append(index.search(np.ascontiguousarray(ours), min(count, len(theirs)))[1])
    return found[0], found[1]


def by_blocks(source: Matrix, target: Matrix, count: int) -> tuple[Indices, Indices]:
    """Return the same from one pass over the matrix of products, a block at a time."""
    there, back = _Best(len(source), count), _Best(len(target), count)
    for i in range(0, len(source), _ROWS):
        for j in range(0, len(target), _COLUMNS):
            products = source[i : i + _ROWS] @ target[j : j + _COLUMNS].T
            there.offer(i, j, products)
            back.offer(j, i, products.T)
    return there.indices(len(target)), back.indices(len(source))


class _Best:
    """The greatest products of each row seen so far."""

    def __init__(self, rows: int, count: int) -> None:
        self._count = count
        self._value = np.full((rows, count), -np.inf, np.float32)
        self._index = np.zeros((rows, count), np.int64)

    def offer(self, first: int, column: int, products: Matrix) -> None:
        """Take in the products of the rows from *first* with the columns from *column*."""
        rows = slice(first, first + len(products))
        best = _greatest(products, self._count)
        value = np.concatenate([self._value[rows], np.take_along_axis(products, best, axis=1)], 1)
        index = np.concatenate([self._index[rows], best + column], axis=1)
        kept = _greatest(value, self._count)
        self._value[rows] = np.take_along_axis(value, kept, axis=1)
        self._index[rows] = np.take_along_axis(index, kept, axis=1)

    def indices(self, columns: int) -> Indices:
        """Return the columns of the greatest products, as many as there are columns at most."""
        order = np.argsort(-self._value, axis=1, kind="stable")[:, : min(self._count, columns)]
        return np.take_along_axis(self._index, order, axis=1)


def _greatest(values: Matrix, count: int) -> Indices:
    if values.shape[1] <= count:
        return np.broadcast_to(np.arange(values.shape[1]), values.shape)
    return np.argpartition(-values, count - 1, axis=1)[:, :count]


def _ordered(ours: Matrix, theirs: Matrix, indices: Indices, count: int) -> Neighbours:
    """Measure the pairs named, in double precision and row by row, and keep the best."""
    cosines = np.empty(indices.shape, np.float64)
    for start in range(0, len(ours), _ROWS):
        rows = slice(start, start + _ROWS)
        near = theirs[indices[rows]].astype(np.float64)
        cosines[rows] = np.einsum("id,ikd->ik", ours[rows].astype(np.float64), near)
    cosines = np.round(cosines, 7)
    order = np.lexsort((indices, -cosines), axis=1)[:, :count]
    return Neighbours(
        np.take_along_axis(indices, order, axis=1), np.take_along_axis(cosines, order, axis=1)
    )
