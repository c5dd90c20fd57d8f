"""The dynamic programme against a naive one, and its properties."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aligner._dp import (
    Corridor,
    Costs,
    FloatArray,
    Step,
    best_path,
    best_paths,
    posteriors,
    posteriors_of,
)

TYPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))


@st.composite
def random_costs(draw: st.DrawFn) -> Costs:
    rows, columns = draw(st.integers(0, 7)), draw(st.integers(0, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    corridor = Corridor.full(rows, columns)
    match = rng.uniform(0, 5, (len(TYPES), rows + 1, columns + 1))
    for t, (a, b) in enumerate(TYPES):
        match[t, :a] = np.inf
        match[t, :, :b] = np.inf
    opens = rng.uniform(0.5, 4, rows), rng.uniform(0.5, 4, columns)
    extends = (np.minimum(o, rng.uniform(0.2, 4, len(o))) for o in opens)
    source_extend, target_extend = extends
    return Costs(corridor, TYPES, match, opens[0], source_extend, opens[1], target_extend)


@st.composite
def banded_costs(draw: st.DrawFn) -> Costs:
    """Return costs in a corridor that leaves out nodes, maybe the last one, or has free ends."""
    full = draw(random_costs())
    rows, columns = full.corridor.rows, full.corridor.columns
    steps = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    lo = np.minimum(np.cumsum([0, *steps]), columns).astype(np.int64)
    width, free = draw(st.integers(1, columns + 2)), draw(st.tuples(st.booleans(), st.booleans()))
    corridor = Corridor(lo, width, columns, *free)
    match = np.full((len(TYPES), *corridor.shape), np.inf)
    for i in range(rows + 1):
        part = full.match[:, i, lo[i] : lo[i] + corridor.width]
        match[:, i, : part.shape[1]] = part
    return replace(full, corridor=corridor, match=match)


def naive(costs: Costs) -> tuple[float, float]:
    """Return the lowest cost of a path and the log sum over all paths, by plain recursion."""
    rows, columns = costs.corridor.rows, costs.corridor.columns
    lo, width = costs.corridor.lo.tolist(), costs.corridor.width
    starts = range(columns + 1) if costs.corridor.free_start else range(1)

    @cache
    def rest(i: int, j: int, run: str) -> tuple[float, float]:
        if not lo[i] <= j < lo[i] + width:
            return math.inf, -math.inf
        options: list[tuple[float, tuple[float, float]]] = []
        if i == rows and (j == columns or costs.corridor.free_end):
            options.append((0.0, (0.0, 0.0)))
        for t, (a, b) in enumerate(costs.types):
            if i + a <= rows and 0 <= j + b - lo[i + a] < width and j + b <= columns:
                price = costs.match[t, i + a, j + b - lo[i + a]]
                options.append((price, rest(i + a, j + b, "")))
        if i < rows and run != "target":
            price = costs.source_extend if run == "source" else costs.source_open
            options.append((price[i], rest(i + 1, j, "source")))
        if j < columns:
            price = costs.target_extend if run == "target" else costs.target_open
            options.append((price[j], rest(i, j + 1, "target")))
        best = min((c + r[0] for c, r in options), default=math.inf)
        terms = [r[1] - c for c, r in options]
        return best, float(np.logaddexp.reduce(terms)) if terms else -math.inf

    found = [rest(0, j, "") for j in starts]
    return min(best for best, _ in found), float(np.logaddexp.reduce([sum_ for _, sum_ in found]))


def price(costs: Costs, steps: list[Step]) -> float:
    """Return what *steps* cost, bead by bead."""
    total, run = 0.0, ""
    for step in steps:
        a, b = step.type
        if a and b:
            column = step.target[1] - int(costs.corridor.lo[step.source[1]])
            total += costs.match[costs.types.index((a, b)), step.source[1], column]
            run = ""
        elif a:
            opened = run != "source"
            total += (costs.source_open if opened else costs.source_extend)[step.source[0]]
            run = "source"
        else:
            opened = run != "target"
            total += (costs.target_open if opened else costs.target_extend)[step.target[0]]
            run = "target"
    return total


def mirrored(costs: Costs) -> Costs:
    types = tuple((b, a) for a, b in costs.types)
    return Costs(
        Corridor.full(costs.corridor.columns, costs.corridor.rows),
        types,
        np.ascontiguousarray(costs.match.transpose(0, 2, 1)),
        costs.target_open,
        costs.target_extend,
        costs.source_open,
        costs.source_extend,
    )


def sheared(costs: Costs, spare: int) -> Costs:
    """Return the same costs in a corridor that follows the diagonal, *spare* columns wider."""
    rows, columns = costs.corridor.rows, costs.corridor.columns
    lo = np.minimum(np.arange(rows + 1) // 3, columns)
    width = columns + 1 + spare
    match = np.full((len(costs.types), rows + 1, width), np.inf)
    for i in range(rows + 1):
        part = costs.match[:, i, lo[i] :]
        match[:, i, : part.shape[1]] = part
    corridor = Corridor(lo, width, columns)
    return Costs(
        corridor,
        costs.types,
        match,
        costs.source_open,
        costs.source_extend,
        costs.target_open,
        costs.target_extend,
    )


def covered(size: int, ranges: list[tuple[int, int]]) -> bool:
    return [k for start, end in ranges for k in range(start, end)] == list(range(size))


@given(random_costs())
def test_best_path_equals_naive_programme(costs: Costs) -> None:
    steps, total = best_path(costs)
    assert total == pytest.approx(naive(costs)[0], abs=1e-9)
    assert price(costs, steps) == pytest.approx(total, abs=1e-9)


@given(random_costs())
def test_every_segment_stands_in_one_bead_in_order(costs: Costs) -> None:
    steps, _ = best_path(costs)
    assert covered(costs.corridor.rows, [step.source for step in steps])
    assert covered(costs.corridor.columns, [step.target for step in steps])


@given(random_costs())
def test_swapping_the_sides_mirrors_the_beads(costs: Costs) -> None:
    ours = {(step.source, step.target) for step in best_path(costs)[0] if all(step.type)}
    theirs = {
        (step.target, step.source) for step in best_path(mirrored(costs))[0] if all(step.type)
    }
    assert ours == theirs


@given(random_costs())
def test_log_total_equals_naive_sum_over_paths(costs: Costs) -> None:
    assert posteriors(costs).log_total == pytest.approx(naive(costs)[1], abs=1e-9)


@given(random_costs())
def test_posteriors_of_a_segment_add_up_to_one(costs: Costs) -> None:
    beliefs = posteriors(costs)
    source: FloatArray = beliefs.source_null.copy()
    target: FloatArray = beliefs.target_null.copy()
    for t, (a, b) in enumerate(costs.types):
        for i, j in zip(*np.nonzero(beliefs.match[t] > 0), strict=True):
            source[i - a : i] += beliefs.match[t, i, j]
            target[j - b : j] += beliefs.match[t, i, j]
    assert source == pytest.approx(1)
    assert target == pytest.approx(1)
    assert np.all(beliefs.source_open <= beliefs.source_null + 1e-9)
    assert np.all(beliefs.target_open <= beliefs.target_null + 1e-9)


@given(random_costs(), st.integers(0, 3))
@settings(max_examples=50)
def test_a_corridor_along_the_diagonal_gives_the_same(costs: Costs, spare: int) -> None:
    narrow = sheared(costs, spare)
    full = best_path(costs)
    try:
        steps, total = best_path(narrow)
    except ValueError:
        return
    assert total >= full[1] - 1e-9
    assert price(narrow, steps) == pytest.approx(total, abs=1e-9)
    if spare and all(step.target[0] >= step.source[0] // 3 for step in full[0]):
        assert posteriors(narrow).log_total <= posteriors(costs).log_total + 1e-9


@given(banded_costs())
def test_the_programme_keeps_to_its_corridor(costs: Costs) -> None:
    best, total = naive(costs)
    if math.isinf(best):
        with pytest.raises(ValueError, match="no path of finite cost"):
            best_path(costs)
        with pytest.raises(ValueError, match="no path of finite cost"):
            posteriors(costs)
        return
    steps, found = best_path(costs)
    assert found == pytest.approx(best, abs=1e-9)
    assert price(costs, steps) == pytest.approx(best, abs=1e-9)
    assert posteriors(costs).log_total == pytest.approx(total, abs=1e-9)


@given(banded_costs(), st.integers(0, 1000))
@settings(max_examples=60)
def test_a_posterior_is_the_share_of_the_paths_that_are_lost_without_it(
    costs: Costs, draw: int
) -> None:
    total = naive(costs)[1]
    assume(math.isfinite(total))
    beliefs = posteriors(costs)

    def lost(name: str, *place: int) -> float:
        values = getattr(costs, name).copy()
        values[place] = np.inf
        return 1 - math.exp(naive(replace(costs, **{name: values}))[1] - total)

    finite = np.argwhere(np.isfinite(costs.match))
    if len(finite):
        place = finite[draw % len(finite)].tolist()
        assert beliefs.match[tuple(place)] == pytest.approx(lost("match", *place), abs=1e-9)
    for side, begun, alone in (
        ("source", beliefs.source_open, beliefs.source_null),
        ("target", beliefs.target_open, beliefs.target_null),
    ):
        if len(begun):
            k = draw % len(begun)
            opened, extended = lost(f"{side}_open", k), lost(f"{side}_extend", k)
            assert begun[k] == pytest.approx(opened, abs=1e-9)
            assert alone[k] == pytest.approx(opened + extended, abs=1e-9)


@given(random_costs())
@settings(max_examples=30)
def test_a_path_visits_every_node_of_its_beads(costs: Costs) -> None:
    beliefs = posteriors(costs)
    rows, columns = costs.corridor.rows, costs.corridor.columns
    assert beliefs.node[0, 0] == pytest.approx(1)
    assert beliefs.node[rows, columns] == pytest.approx(1)
    ended = beliefs.match.sum(axis=0)
    assert np.all(beliefs.node >= ended - 1e-9)
    assert np.all(beliefs.node <= 1 + 1e-9)


@pytest.mark.parametrize(("width", "full"), [(3, False), (4, True), (5, True)])
def test_a_corridor_is_full_if_it_holds_every_node(width: int, full: bool) -> None:
    corridor = Corridor(np.zeros(3, np.int64), width, 3)
    assert corridor.is_full is full
    assert (corridor.rows, corridor.shape) == (2, (3, width))
    assert Corridor.full(2, 3).is_full


def test_long_target_run_crosses_a_wide_gap() -> None:
    columns = 50
    match = np.full((1, 3, columns + 1), np.inf)
    match[0, 1, 1], match[0, 2, columns] = 0.0, 0.0
    runs = np.full(columns, 2.0), np.full(columns, 0.1)
    costs = Costs(
        Corridor.full(2, columns), ((1, 1),), match, np.full(2, 9.0), np.full(2, 9.0), *runs
    )
    steps, total = best_path(costs)
    assert total == pytest.approx(2.0 + 47 * 0.1)
    assert [step.type for step in steps] == [(1, 1), *[(0, 1)] * 48, (1, 1)]


def test_no_path_is_an_error() -> None:
    match = np.full((1, 2, 2), np.inf)
    bars, free = np.full(1, np.inf), np.zeros(1)
    costs = Costs(Corridor.full(1, 1), ((1, 1),), match, bars, free, bars, free)
    with pytest.raises(ValueError, match="no path of finite cost"):
        best_path(costs)
    with pytest.raises(ValueError, match="no path of finite cost"):
        posteriors(costs)


@given(st.lists(random_costs(), min_size=2, max_size=4))
@settings(max_examples=40)
def test_side_by_side_gives_the_same_as_one_by_one(many: list[Costs]) -> None:
    for costs, found, beliefs in zip(many, best_paths(many), posteriors_of(many), strict=True):
        assert found is not None
        assert beliefs is not None
        steps, cost = best_path(costs)
        assert found[0] == steps
        assert math.isclose(found[1], cost, abs_tol=1e-9)
        alone = posteriors(costs)
        assert math.isclose(beliefs.log_total, alone.log_total, abs_tol=1e-9)
        for name in ("match", "source_null", "target_null", "source_open", "target_open", "node"):
            np.testing.assert_allclose(getattr(beliefs, name), getattr(alone, name), atol=1e-9)


def test_one_of_several_corridors_may_have_no_path() -> None:
    def costs(barred: bool) -> Costs:
        match = np.full((1, 2, 2), np.inf)
        match[0, 1, 1] = np.inf if barred else 1.0
        alone = np.full(1, np.inf)
        return Costs(Corridor.full(1, 1), ((1, 1),), match, alone, alone, alone, np.ones(1))

    barred, free = best_paths([costs(True), costs(False)])
    assert barred is None
    assert free == ([Step((0, 1), (0, 1))], 1.0)
    assert [found is None for found in posteriors_of([costs(True), costs(False)])] == [True, False]
