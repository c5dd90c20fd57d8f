"""The banded dynamic programme: best path, forward-backward, posteriors. Arrays only.

A node ``(i, j)`` means that the first *i* source and the first *j* target segments are used up.
A corridor holds the nodes that may be visited: in row *i* the *width* columns from ``lo[i]`` on.
Match beads take ``a`` source and ``b`` target segments, both at least one. A run of segments that
have no counterpart costs ``open`` for its first and ``extend`` for each further segment (the affine
gaps of Gotoh 1982, J. Mol. Biol. 162); between two matches the source run comes before the target
run, so that every set of beads has exactly one path.

Everything works row by row on NumPy arrays: the only dependency inside a row is the target run,
which is a running minimum (or a running log-sum), so a row costs a handful of array operations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

MATCH, SOURCE_NULL, TARGET_NULL = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Corridor:
    """The nodes a path may visit.

    Attributes:
        lo: int64 [n + 1], the first target position in each row; never decreasing.
        width: number of target positions in each row.
        columns: number of target segments, *m*.
    """

    lo: IntArray
    width: int
    columns: int

    @classmethod
    def full(cls, rows: int, columns: int) -> Corridor:
        """Return the corridor that holds every node of *rows* by *columns* segments."""
        return cls(np.zeros(rows + 1, np.int64), columns + 1, columns)

    @property
    def rows(self) -> int:
        """Number of source segments, *n*."""
        return len(self.lo) - 1

    def positions(self) -> IntArray:
        """Return the target position of every node, int64 [n + 1, width]."""
        return self.lo[:, None] + np.arange(self.width)


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


class _Rows:
    """Rows of values with padding on either side, so that a shifted row is one ``take``.

    Attributes:
        inner: float64 [layers, n + 1, width], the values themselves.
        flat: the values and their padding in one row, to be read from ``starts`` on.
    """

    def __init__(self, corridor: Corridor, filler: float, moves: _Moves, layers: int = 1) -> None:
        rows, width = len(corridor.lo), corridor.width
        stride = width + 2 * moves.room
        # One row of filler more: where moves that leave the corridor are sent.
        values = np.full((layers, rows + 1, stride), filler)
        self.flat = values.reshape(-1)
        self.inner = values[:, :rows, moves.room : moves.room + width]
        row = np.where(moves.outside, rows, moves.row)
        first = row * stride + moves.room + np.where(moves.outside, 0, moves.shift)
        layer = np.arange(moves.row.shape[1]) if layers > 1 else 0
        self.starts = first + layer * (rows + 1) * stride


class _Moves:
    """For each row and kind of bead the row the bead leads to, and the shift of its columns."""

    def __init__(self, corridor: Corridor, rows: IntArray, columns: IntArray) -> None:
        lo = corridor.lo
        self.row = np.arange(len(lo))[:, None] + rows
        inside = np.clip(self.row, 0, len(lo) - 1)
        self.shift = lo[:, None] + columns - lo[inside]
        self.outside = (self.row != inside) | (np.abs(self.shift) > corridor.width)
        self.room = int(np.abs(self.shift[~self.outside]).max(initial=0))


def _target_runs(costs: Costs) -> tuple[FloatArray, FloatArray]:
    """Return open costs and summed extend costs of target segments by position, padded."""
    pad = costs.corridor.width + 1
    opening = np.pad(costs.target_open, (0, pad), constant_values=np.inf)
    # The sums stay finite beyond the last segment: the infinite opening cost bars the way there.
    extending = np.pad(np.concatenate(([0.0], np.cumsum(costs.target_extend))), (0, pad), "edge")
    return opening, extending


def best_path(costs: Costs) -> tuple[list[Step], float]:
    """Return the cheapest path from the first to the last node, and its cost in nats.

    Raises:
        ValueError: if no path of finite cost stays inside the corridor.
    """
    corridor = costs.corridor
    rows, width, lo = corridor.rows, corridor.width, corridor.lo
    sizes = np.array(costs.types, np.int64).reshape(-1, 2)
    up = _Moves(corridor, np.array([-1]), np.array([0]))
    best = _Rows(corridor, np.inf, _Moves(corridor, -sizes[:, 0], -sizes[:, 1]))
    match, source = (_Rows(corridor, np.inf, up) for _ in range(2))
    above = match.starts[:, 0]
    opening, extending = _target_runs(costs)
    choice = np.zeros((rows + 1, width), np.uint8)
    state = np.zeros((rows + 1, width), np.uint8)
    opened = np.ones((rows + 1, width), bool)
    target_from = np.zeros((rows + 1, width), np.int32)
    columns = np.arange(width)
    for i in range(rows + 1):
        if i == 0:
            match.inner[0, 0, :] = np.where(lo[0] + columns == 0, 0.0, np.inf)
        else:
            candidates = best.flat[best.starts[i][:, None] + columns] + costs.match[:, i]
            choice[i] = candidates.argmin(axis=0)
            match.inner[0, i] = candidates[choice[i], columns]
            fresh = match.flat[above[i] : above[i] + width] + costs.source_open[i - 1]
            longer = source.flat[above[i] : above[i] + width] + costs.source_extend[i - 1]
            opened[i] = fresh <= longer
            source.inner[0, i] = np.minimum(fresh, longer)
        free = np.minimum(match.inner[0, i], source.inner[0, i])
        here = extending[lo[i] : lo[i] + width]
        begin = free + opening[lo[i] : lo[i] + width] - extending[lo[i] + 1 : lo[i] + width + 1]
        running = np.minimum.accumulate(begin)
        target = np.full(width, np.inf)
        target[1:] = running[:-1] + here[1:]
        # The column where the winning run began: the last place where the running minimum fell.
        fell = np.concatenate(([True], begin[1:] < running[:-1]))
        target_from[i, 1:] = np.maximum.accumulate(np.where(fell, columns, 0))[:-1]
        state[i] = np.where(match.inner[0, i] <= source.inner[0, i], MATCH, SOURCE_NULL)
        state[i][target < free] = TARGET_NULL
        best.inner[0, i] = np.minimum(free, target)
    end = corridor.columns - lo[rows]
    if not 0 <= end < width or not np.isfinite(best.inner[0, rows, end]):
        raise ValueError("no path of finite cost stays inside the corridor")
    steps = _trace(costs, state, choice, opened, target_from, match.inner[0], source.inner[0])
    return steps, float(best.inner[0, rows, end])


def _trace(
    costs: Costs,
    state: npt.NDArray[np.uint8],
    choice: npt.NDArray[np.uint8],
    opened: npt.NDArray[np.bool_],
    target_from: npt.NDArray[np.int32],
    match: FloatArray,
    source: FloatArray,
) -> list[Step]:
    lo = costs.corridor.lo
    i, j = costs.corridor.rows, costs.corridor.columns
    steps: list[Step] = []
    now: int | None = None
    while i or j:
        k = j - lo[i]
        now = int(state[i, k]) if now is None else now
        if now == TARGET_NULL:
            begin = int(lo[i]) + int(target_from[i, k])
            steps.extend(Step((i, i), (c - 1, c)) for c in range(j, begin, -1))
            j = begin
            k = j - lo[i]
            now = MATCH if match[i, k] <= source[i, k] else SOURCE_NULL
        elif now == SOURCE_NULL:
            steps.append(Step((i - 1, i), (j, j)))
            now = MATCH if opened[i, k] else SOURCE_NULL
            i -= 1
        else:
            a, b = costs.types[choice[i, k]]
            steps.append(Step((i - a, i), (j - b, j)))
            i, j, now = i - a, j - b, None
    steps.reverse()
    return steps


def _log_sum(terms: FloatArray) -> FloatArray:
    """Return log(sum(exp(terms))) over the first axis; ``-inf`` where all are."""
    top = terms.max(axis=0)
    safe = np.where(np.isfinite(top), top, 0.0)
    with np.errstate(divide="ignore"):
        total: FloatArray = np.log(np.exp(terms - safe).sum(axis=0)) + safe
    return total


def _forward(costs: Costs) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return log sums over paths that end at a node by state: match, source run, target run."""
    corridor = costs.corridor
    rows, width, lo = corridor.rows, corridor.width, corridor.lo
    sizes = np.array(costs.types, np.int64).reshape(-1, 2)
    up = _Moves(corridor, np.array([-1]), np.array([0]))
    total = _Rows(corridor, -np.inf, _Moves(corridor, -sizes[:, 0], -sizes[:, 1]))
    match, source = (_Rows(corridor, -np.inf, up) for _ in range(2))
    target = np.full((rows + 1, width), -np.inf)
    above = match.starts[:, 0]
    opening, extending = _target_runs(costs)
    columns = np.arange(width)
    for i in range(rows + 1):
        if i == 0:
            match.inner[0, 0, :] = np.where(lo[0] + columns == 0, 0.0, -np.inf)
        else:
            terms = total.flat[total.starts[i][:, None] + columns] - costs.match[:, i]
            match.inner[0, i] = _log_sum(terms)
            source.inner[0, i] = np.logaddexp(
                match.flat[above[i] : above[i] + width] - costs.source_open[i - 1],
                source.flat[above[i] : above[i] + width] - costs.source_extend[i - 1],
            )
        free = np.logaddexp(match.inner[0, i], source.inner[0, i])
        here = extending[lo[i] : lo[i] + width]
        begin = extending[lo[i] + 1 : lo[i] + width + 1] - opening[lo[i] : lo[i] + width] + free
        target[i, 1:] = np.logaddexp.accumulate(begin)[:-1] - here[1:]
        total.inner[0, i] = np.logaddexp(free, target[i])
    return match.inner[0], source.inner[0], target


def _backward(costs: Costs) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return log sums over the rest of the paths from a node, by state as in ``_forward``."""
    corridor = costs.corridor
    rows, width, lo = corridor.rows, corridor.width, corridor.lo
    sizes = np.array(costs.types, np.int64).reshape(-1, 2)
    ahead = _Rows(corridor, -np.inf, _Moves(corridor, sizes[:, 0], sizes[:, 1]), len(sizes))
    below = _Rows(corridor, -np.inf, _Moves(corridor, np.array([1]), np.array([0])))
    target = np.full((rows + 1, width), -np.inf)
    match = np.full((rows + 1, width), -np.inf)
    beneath = below.starts[:, 0]
    opening, extending = _target_runs(costs)
    columns = np.arange(width)
    for i in range(rows, -1, -1):
        free = _log_sum(ahead.flat[ahead.starts[i][:, None] + columns])
        if i == rows:
            free = np.where(lo[i] + columns == corridor.columns, 0.0, free)
        # From a target run: on to column k, then free. Sums of extend costs run from the right.
        here = extending[lo[i] : lo[i] + width]
        onward = np.logaddexp.accumulate((free - here)[::-1])[::-1]
        target[i] = onward + here
        run = np.full(width, -np.inf)
        run[:-1] = target[i, 1:] - opening[lo[i] : lo[i] + width - 1]
        free_or_run = np.logaddexp(free, run)
        lower = below.flat[beneath[i] : beneath[i] + width]
        if i < rows:
            match[i] = np.logaddexp(free_or_run, lower - costs.source_open[i])
            below.inner[0, i] = np.logaddexp(free_or_run, lower - costs.source_extend[i])
        else:
            match[i] = below.inner[0, i] = free_or_run
        ahead.inner[:, i] = match[i] - costs.match[:, i]
    return match, below.inner[0], target


def posteriors(costs: Costs) -> Posteriors:
    """Return the probability of every bead of the corridor (forward-backward over all paths).

    Raises:
        ValueError: if no path of finite cost stays inside the corridor.
    """
    corridor = costs.corridor
    lo, width, rows = corridor.lo, corridor.width, corridor.rows
    forward, backward = _forward(costs), _backward(costs)
    end = corridor.columns - lo[rows]
    log_total = -np.inf
    if 0 <= end < width:
        log_total = float(_log_sum(np.stack([state[rows, end] for state in forward])))
    if not np.isfinite(log_total):
        raise ValueError("no path of finite cost stays inside the corridor")
    through = [np.exp(f + b - log_total) for f, b in zip(forward, backward, strict=True)]
    source_open, target_open = _openings(costs, forward, backward, log_total)
    positions = corridor.positions()
    inside = positions <= corridor.columns
    target_null = np.bincount(
        positions[inside], weights=through[TARGET_NULL][inside], minlength=corridor.columns + 1
    )[1:]
    return Posteriors(
        match=_match_posteriors(costs, forward, backward[MATCH], log_total),
        source_null=through[SOURCE_NULL][1:].sum(axis=1),
        target_null=target_null.astype(np.float64),
        source_open=source_open,
        target_open=target_open,
        node=through[MATCH] + through[SOURCE_NULL] + through[TARGET_NULL],
        log_total=log_total,
    )


def _match_posteriors(
    costs: Costs,
    forward: tuple[FloatArray, FloatArray, FloatArray],
    backward: FloatArray,
    log_total: float,
) -> FloatArray:
    corridor = costs.corridor
    sizes = np.array(costs.types, np.int64).reshape(-1, 2)
    total = _Rows(corridor, -np.inf, _Moves(corridor, -sizes[:, 0], -sizes[:, 1]))
    total.inner[0] = _log_sum(np.stack(forward))
    columns = np.arange(corridor.width)
    result = np.empty_like(costs.match)
    for t in range(len(sizes)):
        reach = total.flat[total.starts[:, t, None] + columns]
        result[t] = np.exp(reach - costs.match[t] + backward - log_total)
    return result


def _openings(
    costs: Costs,
    forward: tuple[FloatArray, FloatArray, FloatArray],
    backward: tuple[FloatArray, FloatArray, FloatArray],
    log_total: float,
) -> tuple[FloatArray, FloatArray]:
    """Return for each source and target segment the probability that a null run begins with it."""
    corridor = costs.corridor
    columns = np.arange(corridor.width)
    match = _Rows(corridor, -np.inf, _Moves(corridor, np.array([-1]), np.array([0])))
    match.inner[0] = forward[MATCH]
    reach = match.flat[match.starts[1:] + columns]
    source = np.exp(reach - costs.source_open[:, None] + backward[SOURCE_NULL][1:] - log_total).sum(
        axis=1
    )
    opening, _ = _target_runs(costs)
    positions = corridor.positions()[:, :-1]
    free = np.logaddexp(forward[MATCH], forward[SOURCE_NULL])[:, :-1]
    begun = np.exp(free - opening[positions] + backward[TARGET_NULL][:, 1:] - log_total)
    inside = positions < corridor.columns
    target = np.bincount(positions[inside], weights=begun[inside], minlength=corridor.columns)
    return source, target.astype(np.float64)
