"""The cheapest path through each of several corridors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner._dp._rows import MATCH, SOURCE_NULL, TARGET_NULL, Rows, Stack
from aligner._dp._values import Costs, FloatArray, IntArray, Step

if TYPE_CHECKING:
    from collections.abc import Sequence

_UP = np.array([[-1, 0]])


@dataclass(frozen=True, slots=True, eq=False)
class _Choices:
    """What the cheapest path to every node came from, each [rows + 1, corridors, width].

    Attributes:
        state: the kind of its last bead.
        choice: the type of the last match, as an index.
        opened: whether the last source segment began a run.
        begin: the column where the last target run began.
        match, source: the cost of the cheapest path that ends with a match or a source run.
    """

    state: npt.NDArray[np.uint8]
    choice: npt.NDArray[np.uint8]
    opened: npt.NDArray[np.bool_]
    begin: npt.NDArray[np.int32]
    match: FloatArray
    source: FloatArray


def best_path(costs: Costs) -> tuple[list[Step], float]:
    """Return the cheapest path from one end of the corridor to the other, and its cost in nats.

    Raises:
        ValueError: if no path of finite cost stays inside the corridor.
    """
    found = best_paths([costs])[0]
    if found is None:
        raise ValueError("no path of finite cost stays inside the corridor")
    return found


def best_paths(many: Sequence[Costs]) -> list[tuple[list[Step], float] | None]:
    """Return what ``best_path`` returns of each, ``None`` where it would raise."""
    if not many:
        return []
    stack = Stack(many)
    best, choices = _solved(stack)
    return [_traced(stack, b, best, choices) for b in range(len(many))]


def _solved(stack: Stack) -> tuple[FloatArray, _Choices]:
    """Return what the cheapest path to every node costs, and what it came from, row by row."""
    rows, columns, count = stack.rows, stack.columns, len(stack.many)
    best = Rows(stack.lo, stack.width, -stack.sizes, np.inf)
    match, source = (Rows(stack.lo, stack.width, _UP, np.inf) for _ in range(2))
    opening, extending, starts = stack.target
    choices = _Choices(
        np.zeros(stack.shape, np.uint8),
        np.zeros(stack.shape, np.uint8),
        np.ones(stack.shape, np.bool_),
        np.zeros(stack.shape, np.int32),
        match.inner[0],
        source.inner[0],
    )
    layer, column = np.arange(count)[:, None], columns[None, :]
    for i in range(rows + 1):
        if i == 0:
            match.inner[0, 0] = stack.origin(0.0, np.inf)
        else:
            candidates = best.shifted(i) + stack.match[i]
            choices.choice[i] = candidates.argmin(axis=0)
            match.inner[0, i] = candidates[choices.choice[i], layer, column]
            fresh = match.shifted(i)[0] + stack.source[0][i - 1]
            longer = source.shifted(i)[0] + stack.source[1][i - 1]
            np.less_equal(fresh, longer, out=choices.opened[i])
            np.minimum(fresh, longer, out=source.inner[0, i])
        free = np.minimum(match.inner[0, i], source.inner[0, i])
        begun = free + opening[starts[i]] - extending[starts[i] + 1]
        target, choices.begin[i] = _target_runs(begun, extending[starts[i]], columns)
        choices.state[i] = np.where(match.inner[0, i] <= source.inner[0, i], MATCH, SOURCE_NULL)
        choices.state[i][target < free] = TARGET_NULL
        best.inner[0, i] = np.minimum(free, target)
    return best.inner[0], choices


def _target_runs(
    begun: FloatArray, extending: FloatArray, columns: IntArray
) -> tuple[FloatArray, IntArray]:
    """Return the cost of the cheapest target run to each node of a row, and where it begins.

    Args:
        begun: cost of a path that opens a run at each node, [corridors, width], less the sum of
            the extend costs up to there.
        extending: that sum up to each node, [corridors, width].
    """
    running = np.minimum.accumulate(begun, axis=1)
    costs = np.full_like(begun, np.inf)
    costs[:, 1:] = running[:, :-1] + extending[:, 1:]
    # The winning run began at the last place where the running minimum fell.
    fell = np.ones(begun.shape, np.bool_)
    fell[:, 1:] = begun[:, 1:] < running[:, :-1]
    begins = np.zeros(begun.shape, np.int64)
    begins[:, 1:] = np.maximum.accumulate(np.where(fell, columns, 0), axis=1)[:, :-1]
    return costs, begins


def _traced(
    stack: Stack, b: int, best: FloatArray, choices: _Choices
) -> tuple[list[Step], float] | None:
    """Return the path of the corridor *b* from its end back to its start, and its cost."""
    corridor, types = stack.many[b].corridor, stack.many[b].types
    lo, i = corridor.lo.tolist(), corridor.rows
    reached = np.where(corridor.ends(), best[i, b, : corridor.width], np.inf)
    end = int(reached.argmin())
    cost = float(reached[end])
    if not np.isfinite(cost):
        return None
    j = lo[i] + end
    steps: list[Step] = []
    now: int | None = None
    while True:
        node = i, b, j - lo[i]
        now = int(choices.state[node]) if now is None else now
        if i == 0 and now == MATCH:
            break
        if now == TARGET_NULL:
            begin = lo[i] + int(choices.begin[node])
            steps.extend(Step((i, i), (c - 1, c)) for c in range(j, begin, -1))
            j = begin
            node = i, b, j - lo[i]
            now = MATCH if choices.match[node] <= choices.source[node] else SOURCE_NULL
        elif now == SOURCE_NULL:
            steps.append(Step((i - 1, i), (j, j)))
            now = MATCH if choices.opened[node] else SOURCE_NULL
            i -= 1
        else:
            rows, columns = types[choices.choice[node]]
            steps.append(Step((i - rows, i), (j - columns, j)))
            i, j, now = i - rows, j - columns, None
    steps.reverse()
    return steps, cost
