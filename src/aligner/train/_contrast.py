"""Contrastive training of a table of piece vectors, in arrays: batches, loss, gradient, Adam.

The table is tuned with a symmetric contrastive loss over the pairs of a batch: each text must be
nearer to its own translation than to the translations of all others (InfoNCE; the
``MultipleNegativesRankingLoss`` of sentence-transformers, in both directions). The gradient of a
sum of vectors is so simple that it is written out here. Only the rows a batch touches are read
and changed, which is why a step takes a tenth of the time of the general machinery; the figures
are in ``docs/train.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._encode import Matrix

Ints: TypeAlias = NDArray[np.int64]

_CACHED = 256  # rows whose arrays stay in the processor's cache


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Rows of piece ids of different lengths, end to end in one array.

    Attributes:
        ids: int32, the pieces of all rows.
        bounds: int64 [n + 1], where the rows begin and end.
    """

    ids: NDArray[np.int32]
    bounds: Ints

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> Ragged:
        """Return *rows* end to end."""
        bounds = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=bounds[1:])
        ids = np.fromiter((i for row in rows for i in row), np.int32, int(bounds[-1]))
        return cls(ids, bounds)

    @classmethod
    def join(cls, parts: Sequence[Ragged]) -> Ragged:
        """Return the rows of all *parts*."""
        sizes = np.cumsum([0, *(len(part.ids) for part in parts)])
        bounds = [part.bounds[1:] + size for part, size in zip(parts, sizes, strict=False)]
        return cls(
            np.concatenate([part.ids for part in parts]),
            np.concatenate([np.zeros(1, int), *bounds]),
        )

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def take(self, rows: Ints, longest: int) -> Ragged:
        """Return the *rows* asked for, each cut after *longest* pieces."""
        starts = self.bounds[rows]
        lengths = np.minimum(self.bounds[rows + 1] - starts, longest)
        bounds = np.zeros(len(rows) + 1, np.int64)
        np.cumsum(lengths, out=bounds[1:])
        where = np.repeat(starts - bounds[:-1], lengths) + np.arange(bounds[-1])
        return Ragged(self.ids[where], bounds)

    def thinned(self, share: float, random: np.random.Generator) -> Ragged:
        """Return the rows without a random *share* of their pieces; each keeps its first."""
        keep = random.random(len(self.ids)) >= share
        keep[self.bounds[:-1]] = True
        bounds = np.concatenate([[0], np.cumsum(keep)])[self.bounds]
        return Ragged(self.ids[keep], bounds)


@dataclass(slots=True, eq=False)
class RowAdam:
    """Adam that touches only the rows of the table that a batch used.

    The averages of a row stand still while it is not used ("lazy" Adam).
    """

    table: Matrix
    mean: Matrix = field(init=False)
    square: Matrix = field(init=False)
    steps: int = 0

    def __post_init__(self) -> None:
        self.mean = np.zeros_like(self.table)
        self.square = np.zeros_like(self.table)

    def step(self, rows: Ints, gradient: Matrix, rate: float) -> None:
        """Move *rows* of the table against *gradient*."""
        self.steps += 1
        bias, rate = 1 - 0.999**self.steps, rate / (1 - 0.9**self.steps)
        for start in range(0, len(rows), _CACHED):
            part = slice(start, start + _CACHED)
            self._step(rows[part], gradient[part], bias, rate)

    def _step(self, rows: Ints, gradient: Matrix, bias: float, rate: float) -> None:
        mean = self.mean[rows]
        mean += 0.1 * (gradient - mean)
        self.mean[rows] = mean
        square = self.square[rows]
        square += 0.001 * (gradient * gradient - square)
        self.square[rows] = square
        mean *= np.float32(rate) / (np.sqrt(square / np.float32(bias)) + np.float32(1e-8))
        self.table[rows] -= mean


def rate_at(step: int, steps: int, peak: float, warm_up: float = 0.3) -> float:
    """Return the learning rate of the one-cycle schedule: up to *peak*, then down to nothing."""
    done = step / steps
    if done < warm_up:
        return peak * (0.04 + 0.96 * (1 - float(np.cos(np.pi * done / warm_up))) / 2)
    return peak * (1 + float(np.cos(np.pi * (done - warm_up) / (1 - warm_up)))) / 2


def contrast(
    left: Matrix, right: Matrix, scale: float, same: NDArray[np.bool_] | None = None
) -> tuple[float, Matrix, Matrix]:
    """Return the symmetric contrastive loss of unit rows, and its gradients.

    Args:
        scale: the inverse temperature.
        same: where a pair is no negative, because one of the texts is the same.
    """
    count = len(left)
    similarity = (left @ right.T) * np.float32(scale)
    own = similarity.diagonal().copy()
    similarity -= np.float32(scale)
    np.exp(similarity, out=similarity)
    if same is not None:
        similarity[same] = 0
    by_row, by_column = similarity.sum(1), similarity.sum(0)
    loss = float(np.mean(np.log(by_row) + np.log(by_column)) / 2 - np.mean(own) + scale)
    similarity *= 0.5 / by_row[:, None] + 0.5 / by_column[None, :]
    np.fill_diagonal(similarity, similarity.diagonal() - 1)
    similarity *= np.float32(scale / count)
    return loss, np.matmul(similarity, right), np.matmul(similarity.T, left)


def repeats(left: Ragged, right: Ragged) -> NDArray[np.bool_] | None:
    """Return where two different pairs of a batch share a text; ``None`` if nowhere."""
    same = None
    for side in (left, right):
        first: dict[bytes, list[int]] = {}
        for row in range(len(side)):
            key = side.ids[side.bounds[row] : side.bounds[row + 1]].tobytes()
            first.setdefault(key, []).append(row)
        for rows in first.values():
            if len(rows) > 1:
                if same is None:
                    same = np.zeros((len(left), len(left)), np.bool_)
                same[np.ix_(rows, rows)] = True
    if same is not None:
        np.fill_diagonal(same, False)
    return same


class Batch:
    """The texts of one step: their pieces looked up once, sums and gradients through one matrix."""

    def __init__(self, table: Matrix, sides: Sequence[Ragged]) -> None:
        from scipy.sparse import csr_matrix

        joined = Ragged.join(sides)
        used = np.zeros(len(table), np.bool_)
        used[joined.ids] = True
        self.rows = np.flatnonzero(used)
        place = np.empty(len(table), np.int32)
        place[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        ones = np.ones(len(joined.ids), np.float32)
        shape = (len(joined), len(self.rows))
        self._counts = csr_matrix((ones, place[joined.ids], joined.bounds), shape=shape)
        sums = self._counts @ table[self.rows]
        self._lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
        self._units = sums / self._lengths
        self._cuts = np.cumsum([len(side) for side in sides])[:-1]

    @property
    def units(self) -> list[Matrix]:
        """The unit vectors of the texts, side by side."""
        return np.split(self._units, self._cuts)

    def gradient(self, by_unit: Sequence[Matrix]) -> Matrix:
        """Return the gradient by table row, from the gradients by unit vector of each side."""
        whole = np.concatenate(by_unit)
        whole -= np.einsum("ij,ij->i", whole, self._units)[:, None] * self._units
        whole /= self._lengths
        gradient: Matrix = self._counts.T @ whole
        return gradient
