"""What goes into the dynamic programme and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
Node: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Corridor:
    """The nodes a path may visit.

    Attributes:
        lo: int64 [n + 1], the first target position in each row; never decreasing.
        width: number of target positions in each row.
        columns: number of target segments, *m*.
        free_start: whether a path may begin in any node of the first row, not only in the first.
        free_end: whether a path may end in any node of the last row, not only in the last.
    """

    lo: IntArray
    width: int
    columns: int
    free_start: bool = False
    free_end: bool = False

    @classmethod
    def full(cls, rows: int, columns: int) -> Corridor:
        """Return the corridor that holds every node of *rows* by *columns* segments."""
        return cls(np.zeros(rows + 1, np.int64), columns + 1, columns)

    @property
    def rows(self) -> int:
        """Number of source segments, *n*."""
        return len(self.lo) - 1

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of nodes."""
        return len(self.lo), self.width

    @property
    def is_full(self) -> bool:
        """Whether every node may be visited."""
        return self.width > self.columns

    def positions(self) -> IntArray:
        """Return the target position of every node, int64 [n + 1, width]."""
        return self.lo[:, None] + np.arange(self.width)

    def starts(self) -> BoolArray:
        """Return in which nodes of the first row a path may begin, bool [width]."""
        return self._allowed(0, 0, free=self.free_start)

    def ends(self) -> BoolArray:
        """Return in which nodes of the last row a path may end, bool [width]."""
        return self._allowed(self.rows, self.columns, free=self.free_end)

    def _allowed(self, row: int, column: int, *, free: bool) -> BoolArray:
        positions = self.lo[row] + np.arange(self.width)
        allowed: BoolArray = positions <= self.columns if free else positions == column
        return allowed


@dataclass(frozen=True, slots=True)
class Costs:
    """What the beads inside a corridor cost, in nats; ``inf`` where a bead is impossible.

    Attributes:
        types: (a, b) of each match type.
        match: float64 [types, n + 1, width], cost of the match that ends at a node.
        source_open, source_extend: float64 [n], a source segment without counterpart.
        target_open, target_extend: float64 [m], a target segment without counterpart.
    """

    corridor: Corridor
    types: tuple[tuple[int, int], ...]
    match: FloatArray
    source_open: FloatArray
    source_extend: FloatArray
    target_open: FloatArray
    target_extend: FloatArray


@dataclass(frozen=True, slots=True)
class Step:
    """One bead of a path: ``source`` and ``target`` are half-open ranges of segments."""

    source: tuple[int, int]
    target: tuple[int, int]

    @property
    def type(self) -> tuple[int, int]:
        """How many segments the bead has on each side."""
        return self.source[1] - self.source[0], self.target[1] - self.target[0]


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probabilities of beads over all paths of the corridor.

    Attributes:
        match: float64 [types, n + 1, width], of the match that ends at a node.
        source_null: float64 [n], that a source segment has no counterpart.
        target_null: float64 [m], that a target segment has no counterpart.
        source_open, target_open: float64 [n], [m], that a null run begins with the segment.
        node: float64 [n + 1, width], that a path comes through a node.
        log_total: log of the sum over all paths of ``exp(-cost)``.
    """

    match: FloatArray
    source_null: FloatArray
    target_null: FloatArray
    source_open: FloatArray
    target_open: FloatArray
    node: FloatArray
    log_total: float
