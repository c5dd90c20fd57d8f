"""Several corridors side by side: the *i*-th rows of all of them are one row of the arrays."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._dp._values import BoolArray, Costs, FloatArray, IntArray

MATCH, SOURCE_NULL, TARGET_NULL = 0, 1, 2


class Stack:
    """The costs of several corridors, filled up with ``inf`` to the same height and width.

    Attributes:
        many: the costs as they were given; all have the same types.
        lo: int64 [rows + 1, corridors], the first target position of each row.
        width: number of columns of each row.
    """

    def __init__(self, many: Sequence[Costs]) -> None:
        self.many = many
        corridors = [costs.corridor for costs in many]
        self.rows = max(corridor.rows for corridor in corridors)
        self.width = max(corridor.width for corridor in corridors)
        self.lo = np.stack(
            [np.pad(c.lo, (0, self.rows - c.rows), "edge") for c in corridors], axis=1
        )
        self.columns = np.arange(self.width)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Rows of nodes, corridors, columns."""
        return self.rows + 1, len(self.many), self.width

    @cached_property
    def sizes(self) -> IntArray:
        """The match types, int64 [types, 2]."""
        return np.array(self.many[0].types, np.int64).reshape(-1, 2)

    @cached_property
    def ends(self) -> dict[int, list[tuple[int, BoolArray]]]:
        """The corridors that end with a row, and in which of its nodes."""
        found: dict[int, list[tuple[int, BoolArray]]] = {}
        for b, costs in enumerate(self.many):
            found.setdefault(costs.corridor.rows, []).append((b, costs.corridor.ends()))
        return found

    @cached_property
    def match(self) -> FloatArray:
        """Match costs, float64 [rows + 1, types, corridors, width]: a row lies in one piece."""
        out = np.full((self.rows + 1, len(self.sizes), len(self.many), self.width), np.inf)
        for b, costs in enumerate(self.many):
            rows, width = costs.match.shape[1:]
            out[:rows, :, b, :width] = costs.match.transpose(1, 0, 2)
        return out

    @cached_property
    def source(self) -> tuple[FloatArray, FloatArray]:
        """Open and extend costs of source segments, float64 [rows, corridors, 1]."""
        out = np.full((2, self.rows, len(self.many), 1), np.inf)
        for b, costs in enumerate(self.many):
            out[0, : costs.corridor.rows, b, 0] = costs.source_open
            out[1, : costs.corridor.rows, b, 0] = costs.source_extend
        return out[0], out[1]

    @cached_property
    def target(self) -> tuple[FloatArray, FloatArray, IntArray]:
        """Open and summed extend costs of target segments, and where each row of them begins.

        Both can be read a row at a time, float64 [places, width]; the next place is one segment on.
        The sums stay finite beyond the last segment: the infinite opening cost bars the way there.
        """
        length = max(costs.corridor.columns for costs in self.many) + self.width + 2
        opening = np.full((len(self.many), length), np.inf)
        extending = np.zeros((len(self.many), length))
        for b, costs in enumerate(self.many):
            count = costs.corridor.columns
            opening[b, :count] = costs.target_open
            np.cumsum(costs.target_extend, out=extending[b, 1 : count + 1])
            extending[b, count + 1 :] = extending[b, count]
        starts = self.lo + np.arange(len(self.many)) * length
        rows = [sliding_window_view(v.reshape(-1), self.width) for v in (opening, extending)]
        return rows[0], rows[1], starts

    def origin(self, reached: float, barred: float) -> FloatArray:
        """Return a row, *reached* where a path of each corridor begins and *barred* elsewhere."""
        out = np.full((len(self.many), self.width), barred)
        for b, costs in enumerate(self.many):
            out[b, : costs.corridor.width][costs.corridor.starts()] = reached
        return out

    def part(self, values: FloatArray, b: int) -> FloatArray:
        """Return what *values* [rows + 1, corridors, width] say of the corridor *b* alone."""
        corridor = self.many[b].corridor
        return values[: corridor.rows + 1, b, : corridor.width]


class Rows:
    """Rows of values with padding on either side, so that a shifted row is one ``take``.

    Attributes:
        inner: float64 [layers, rows + 1, corridors, width], the values themselves.
        flat: the values and their padding in one row, to be read from ``starts`` on.
        starts: int64 [rows + 1, moves, corridors].
    """

    def __init__(
        self, lo: IntArray, width: int, moves: IntArray, filler: float, *, layered: bool = False
    ) -> None:
        """Make room for values to be read *moves* [moves, 2] rows and columns away.

        Args:
            layered: whether each move reads a layer of its own.
        """
        height, count = lo.shape
        row = np.arange(height)[:, None] + moves[:, 0]
        inside = np.clip(row, 0, height - 1)
        shift = lo[:, None, :] + moves[:, 1, None] - lo[inside]
        outside = (row != inside)[:, :, None] | (np.abs(shift) > width)
        room = int(np.abs(shift[~outside]).max(initial=0))
        stride = width + 2 * room
        # One row of filler more: where moves that leave the corridor are sent.
        values = np.full((len(moves) if layered else 1, height + 1, count, stride), filler)
        self.flat = values.reshape(-1)
        self.inner = values[:, :height, :, room : room + width]
        row = np.where(outside, height, row[:, :, None]) * count + np.arange(count)
        self.starts = row * stride + room + np.where(outside, 0, shift)
        if layered:
            layer = (height + 1) * count * stride
            self.starts = self.starts + np.arange(len(moves))[:, None] * layer
        self._windows = sliding_window_view(self.flat, width)

    def shifted(self, i: int) -> FloatArray:
        """Return what each move from row *i* reads, float64 [moves, corridors, width]."""
        found: FloatArray = self._windows[self.starts[i]]
        return found
