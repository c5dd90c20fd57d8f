"""Forward-backward: the probability of every bead over all paths of a corridor."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aligner._dp._rows import MATCH, SOURCE_NULL, TARGET_NULL, Rows, Stack
from aligner._dp._values import Costs, FloatArray, Posteriors

if TYPE_CHECKING:
    from collections.abc import Sequence

# Log sums over paths by the state in a node: match, source run, target run.
States: TypeAlias = tuple[FloatArray, FloatArray, FloatArray]

_UP, _DOWN = np.array([[-1, 0]]), np.array([[1, 0]])


def posteriors(costs: Costs) -> Posteriors:
    """Return the probability of every bead of the corridor (forward-backward over all paths).

    Raises:
        ValueError: if no path of finite cost stays inside the corridor.
    """
    found = posteriors_of([costs])[0]
    if found is None:
        raise ValueError("no path of finite cost stays inside the corridor")
    return found


def posteriors_of(many: Sequence[Costs]) -> list[Posteriors | None]:
    """Return what ``posteriors`` returns of each, ``None`` where it would raise."""
    if not many:
        return []
    stack = Stack(many)
    forward, backward = _forward(stack), _backward(stack)
    found = []
    for b, costs in enumerate(many):
        before, after = (
            (stack.part(states[0], b), stack.part(states[1], b), stack.part(states[2], b))
            for states in (forward, backward)
        )
        found.append(_beliefs(costs, before, after))
    return found


def _log_sum(terms: FloatArray) -> FloatArray:
    """Return log(sum(exp(terms))) over the first axis; ``-inf`` where all are."""
    top = terms.max(axis=0)
    top[top == -np.inf] = 0.0
    terms -= top
    np.exp(terms, out=terms)
    total: FloatArray = terms.sum(axis=0)
    with np.errstate(divide="ignore"):
        np.log(total, out=total)
    total += top
    return total


def _forward(stack: Stack) -> States:
    """Return log sums over the paths that end at a node."""
    total = Rows(stack.lo, stack.width, -stack.sizes, -np.inf)
    match, source = (Rows(stack.lo, stack.width, _UP, -np.inf) for _ in range(2))
    target = np.full(stack.shape, -np.inf)
    opening, extending, starts = stack.target
    for i in range(stack.rows + 1):
        if i == 0:
            match.inner[0, 0] = stack.origin(0.0, -np.inf)
        else:
            match.inner[0, i] = _log_sum(total.shifted(i) - stack.match[i])
            source.inner[0, i] = np.logaddexp(
                match.shifted(i)[0] - stack.source[0][i - 1],
                source.shifted(i)[0] - stack.source[1][i - 1],
            )
        free = np.logaddexp(match.inner[0, i], source.inner[0, i])
        begin = extending[starts[i] + 1] - opening[starts[i]] + free
        running = np.logaddexp.accumulate(begin, axis=1)
        target[i, :, 1:] = running[:, :-1] - extending[starts[i]][:, 1:]
        total.inner[0, i] = np.logaddexp(free, target[i])
    return match.inner[0], source.inner[0], target


def _backward(stack: Stack) -> States:
    """Return log sums over the rest of the paths from a node."""
    ahead = Rows(stack.lo, stack.width, stack.sizes, -np.inf, layered=True)
    below = Rows(stack.lo, stack.width, _DOWN, -np.inf)
    target = np.full(stack.shape, -np.inf)
    match = np.full(stack.shape, -np.inf)
    opening, extending, starts = stack.target
    for i in range(stack.rows, -1, -1):
        free = _log_sum(ahead.shifted(i))
        for b, ends in stack.ends.get(i, ()):
            free[b, : len(ends)][ends] = 0.0
        # From a target run: on to column k, then free. Sums of extend costs run from the right.
        here = extending[starts[i]]
        onward = np.logaddexp.accumulate((free - here)[:, ::-1], axis=1)[:, ::-1]
        target[i] = onward + here
        run = np.full_like(free, -np.inf)
        run[:, :-1] = target[i, :, 1:] - opening[starts[i]][:, :-1]
        free_or_run = np.logaddexp(free, run)
        match[i] = below.inner[0, i] = free_or_run
        if i < stack.rows:
            lower = below.shifted(i)[0]
            match[i] = np.logaddexp(free_or_run, lower - stack.source[0][i])
            below.inner[0, i] = np.logaddexp(free_or_run, lower - stack.source[1][i])
        ahead.inner[:, i] = match[i] - stack.match[i]
    return match, below.inner[0], target


def _beliefs(costs: Costs, forward: States, backward: States) -> Posteriors | None:
    """Return the probabilities in one corridor; ``None`` if no path of finite cost reaches its end.

    Args:
        forward, backward: of each state, float64 [n + 1, width].
    """
    corridor = costs.corridor
    reached = [state[corridor.rows, corridor.ends()] for state in forward]
    log_total = float(np.logaddexp.reduce(reached, axis=None))
    if not np.isfinite(log_total):
        return None
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
    costs: Costs, forward: States, backward: FloatArray, log_total: float
) -> FloatArray:
    """Return the probability of each match, float64 [types, n + 1, width]."""
    corridor = costs.corridor
    sizes = np.array(costs.types, np.int64).reshape(-1, 2)
    total = Rows(corridor.lo[:, None], corridor.width, -sizes, -np.inf)
    total.inner[0, :, 0] = np.logaddexp.reduce(forward)
    columns = np.arange(corridor.width)
    rest = backward - log_total
    result = np.empty_like(costs.match)
    for t in range(len(sizes)):
        reach = total.flat[total.starts[:, t] + columns]
        np.exp(reach - costs.match[t] + rest, out=result[t])
    return result


def _openings(
    costs: Costs, forward: States, backward: States, log_total: float
) -> tuple[FloatArray, FloatArray]:
    """Return for each source and target segment the probability that a null run begins with it."""
    corridor = costs.corridor
    columns = np.arange(corridor.width)
    match = Rows(corridor.lo[:, None], corridor.width, _UP, -np.inf)
    match.inner[0, :, 0] = forward[MATCH]
    reach = match.flat[match.starts[1:, 0] + columns]
    source = np.exp(reach - costs.source_open[:, None] + backward[SOURCE_NULL][1:] - log_total).sum(
        axis=1
    )
    positions = corridor.positions()[:, :-1]
    inside = positions < corridor.columns
    free = np.logaddexp(forward[MATCH], forward[SOURCE_NULL])[:, :-1]
    opening = costs.target_open[np.minimum(positions, corridor.columns - 1)[inside]]
    begun = np.exp(free[inside] - opening + backward[TARGET_NULL][:, 1:][inside] - log_total)
    target = np.bincount(positions[inside], weights=begun, minlength=corridor.columns)
    return source, target.astype(np.float64)
