"""Block sums, runs and what a random segment looks like, each against a plain version of itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner._dp import Corridor
from aligner._encode import unit_rows
from aligner._options import MAX_SIDE
from aligner._score._similarity import (
    Background,
    Floats,
    NodeView,
    RunBands,
    products,
    runs_of,
    scattered,
    spans,
)

SIZES = range(1, MAX_SIDE + 1)
ENDS = [(a, b, 0, j) for a in SIZES for b in SIZES for j in (-1, 0, 1)]
ENDS += [(a, b, -1, j) for a in SIZES[:-1] for b in SIZES for j in (-1, 0, 1)]
ENDS += [(1, b, 1, j) for b in SIZES for j in (-1, 0, 1)]


@st.composite
def corridors(draw: st.DrawFn) -> Corridor:
    rows, columns = draw(st.integers(0, 9)), draw(st.integers(0, 9))
    steps = draw(st.lists(st.integers(0, 3), min_size=rows, max_size=rows))
    lo = np.minimum(np.cumsum([0, *steps]), columns).astype(np.int64)
    return Corridor(lo, draw(st.integers(1, 6)), columns)


def vectors(rng: np.random.Generator, count: int) -> Floats:
    return rng.standard_normal((count, 6)).astype(np.float32)


def plain_block(matrix: Floats, corridor: Corridor, end: tuple[int, int, int, int]) -> Floats:
    """Return the sum over the block that ends at every node; what lies outside is zero."""
    a, b, i, j = end
    out = np.zeros(corridor.shape, np.float32)
    for row, positions in enumerate(corridor.positions()):
        for column, position in enumerate(positions):
            for source in range(row + i - a, row + i):
                for target in range(position + j - b, position + j):
                    if 0 <= source < len(matrix) and 0 <= target < matrix.shape[1]:
                        out[row, column] += matrix[source, target]
    return out


@settings(max_examples=40)
@given(corridors(), st.sampled_from(ENDS), st.integers(0, 99))
def test_blocks_are_sums_of_products(
    corridor: Corridor, end: tuple[int, int, int, int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    source, target = vectors(rng, corridor.rows), vectors(rng, corridor.columns)
    matrix = source @ target.T
    expected = plain_block(matrix, corridor, end)
    found = products(source, target, corridor).block(*end)
    np.testing.assert_allclose(found, expected, atol=1e-4)
    places = np.indices(matrix.shape).reshape(2, -1)
    found = scattered(places[0], places[1], matrix.reshape(-1), corridor).block(*end)
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_blocks_of_a_long_text_do_not_know_where_it_was_cut() -> None:
    rng = np.random.default_rng(3)
    source, target = vectors(rng, 200), vectors(rng, 190)
    corridor = Corridor(np.arange(201) * 9 // 10, 7, 190)
    banded = products(source, target, corridor)
    for end in [(1, 1, 0, 0), (2, 3, 0, 0), (4, 4, 0, -1), (3, 2, -1, 1), (1, 1, 1, 1)]:
        expected = plain_block(source @ target.T, corridor, end)
        np.testing.assert_allclose(banded.block(*end), expected, atol=1e-4)


def test_blocks_are_the_same_however_long_a_block_may_be() -> None:
    rng = np.random.default_rng(4)
    source, target, corridor = vectors(rng, 9), vectors(rng, 8), Corridor.full(9, 8)
    whole, short = products(source, target, corridor), products(source, target, corridor, 2)
    for a, b in [(1, 1), (1, 2), (2, 1), (2, 2)]:
        np.testing.assert_array_equal(short.block(a, b), whole.block(a, b))


def test_values_at_one_place_add_up() -> None:
    corridor = Corridor.full(2, 2)
    twice = np.array([1, 1])
    banded = scattered(twice, twice, np.array([0.25, 0.5], np.float32), corridor)
    assert banded.block(1, 1)[2, 2] == pytest.approx(0.75)
    assert banded.block(1, 1).sum() == pytest.approx(0.75)


def test_runs_add_up_unless_they_are_known() -> None:
    sums = vectors(np.random.default_rng(1), 6)
    plain = list(runs_of(sums))
    assert [len(run) for run in plain] == [6, 5, 4, 3, 2]
    for size, run in enumerate(plain, 1):
        for start, row in enumerate(run):
            np.testing.assert_allclose(row, sums[start : start + size].sum(0), atol=1e-5)
    exact = unit_rows(vectors(np.random.default_rng(2), 2))
    known = list(runs_of(sums, {(1, 3): exact[0], (2, 5): exact[1]}))
    np.testing.assert_allclose(known[1][1], np.linalg.norm(plain[1][1]) * exact[0], atol=1e-5)
    np.testing.assert_allclose(known[2][2], np.linalg.norm(plain[2][2]) * exact[1], atol=1e-5)
    changed = [(k, r) for k in range(5) for r in range(len(plain[k]))]
    changed = [(k, r) for k, r in changed if not np.array_equal(plain[k][r], known[k][r])]
    assert changed == [(1, 1), (2, 2)]
    assert [len(run) for run in runs_of(sums[:2])] == [2, 1]
    assert list(runs_of(sums[:0])) == []


def test_statistics_of_runs_are_those_of_their_cosines() -> None:
    rng = np.random.default_rng(5)
    sums, mean, root = vectors(rng, 5), vectors(rng, 1)[0], vectors(rng, 3).T
    found = spans(sums, Background(mean, root, 0.01))
    assert found.norm.shape == found.mean.shape == found.spread.shape == (MAX_SIDE, 6)
    for size in range(1, MAX_SIDE + 1):
        for end in range(6):
            values = [v[size - 1, end] for v in (found.norm, found.mean, found.spread)]
            if end < size:
                assert values == [0, 0, 0]
                continue
            run = sums[end - size : end].sum(0)
            length = np.linalg.norm(run)
            spread = np.sqrt(np.square(run / length @ root).sum() + 0.01)
            assert values == pytest.approx([length, run @ mean / length, spread], rel=1e-4)


def test_the_statistics_of_an_empty_segment_are_those_of_no_direction() -> None:
    background = Background(np.ones(4, np.float32), np.ones((4, 1), np.float32), 0.04)
    found = spans(np.zeros((1, 4), np.float32), background)
    assert found.mean[0, 1] == 0
    assert found.spread[0, 1] == pytest.approx(0.2)


@settings(max_examples=25)
@given(corridors(), st.sampled_from(ENDS), st.integers(0, 99))
def test_cosines_of_runs_are_those_of_their_vectors(
    corridor: Corridor, end: tuple[int, int, int, int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    source, target = vectors(rng, corridor.rows + 1)[1:], vectors(rng, corridor.columns + 1)[1:]
    runs = [list(runs_of(side)) or [side] for side in (source, target)]
    a, b, i, j = end
    found = RunBands(runs[0], runs[1], corridor).cosine(a, b, i, j)
    expected = np.zeros(corridor.shape, np.float32)
    for row, positions in enumerate(corridor.positions()):
        for column, position in enumerate(positions):
            here, there = row + i, position + j
            if a <= here <= len(source) and b <= there <= len(target):
                units = unit_rows(
                    np.stack([source[here - a : here].sum(0), target[there - b : there].sum(0)])
                )
                expected[row, column] = units[0] @ units[1]
    np.testing.assert_allclose(found, expected, atol=1e-4)


def test_statistics_are_read_at_the_nodes_and_beside_them() -> None:
    corridor = Corridor(np.array([0, 1, 2]), 3, 3)
    source = np.arange(1, 4 * 3 + 1, dtype=np.float32).reshape(4, 3)
    target = np.arange(1, 4 * 4 + 1, dtype=np.float32).reshape(4, 4)
    view = NodeView(corridor)
    assert view.source(source, 2).tolist() == [[4], [5], [6]]
    assert view.source(source, 1, 1).tolist() == [[2], [3], [0]]
    assert view.source(source, 1, -1).tolist() == [[0], [1], [2]]
    # The last node of the last row lies beyond the text: it reads what the last one reads.
    assert view.target(target, 1).tolist() == [[1, 2, 3], [2, 3, 4], [3, 4, 4]]
    assert view.target(target, 2, 1).tolist() == [[6, 7, 8], [7, 8, 0], [8, 0, 0]]
    assert view.target(target, 1, -1).tolist() == [[0, 1, 2], [1, 2, 3], [2, 3, 3]]
    assert view.target(target, 1) is view.target(target, 1)
    assert view.target(target * 2, 1).tolist() == [[2, 4, 6], [4, 6, 8], [6, 8, 8]]


def test_rows_of_zeros_stay_zeros() -> None:
    rows = np.array([[3, 4], [0, 0]], np.float32)
    expected = np.array([[0.6, 0.8], [0, 0]], np.float32)
    np.testing.assert_allclose(unit_rows(rows), expected, rtol=1e-6)


@pytest.mark.parametrize("count", [2, 40, 64, 65, 300])
def test_the_background_has_the_variance_of_the_cosines(count: int) -> None:
    rng = np.random.default_rng(count)
    axes = rng.standard_normal((20, 128))
    rows = unit_rows((rng.standard_normal((count, 20)) @ axes).astype(np.float32))
    other = unit_rows(rng.standard_normal((5, 128)).astype(np.float32))
    found = Background.of(rows)
    share = count / (count + 8)
    variance = np.square(np.linalg.norm(other @ found.root, axis=1))
    assert variance == pytest.approx(share * (other @ rows.T).var(axis=1), rel=1e-3)
    assert other @ found.mean == pytest.approx(share * (other @ rows.T).mean(axis=1), abs=1e-5)
    assert found.floor == pytest.approx((1 - share) * 0.01)


def test_a_text_without_pieces_has_a_background_without_a_direction() -> None:
    found = Background.of(np.zeros((3, 5), np.float32))
    assert (found.mean.tolist(), found.root.tolist()) == ([0] * 5, [[0]] * 5)
    assert found.floor == pytest.approx(0.01)


def test_the_background_of_many_segments_is_that_of_an_even_sample() -> None:
    rng = np.random.default_rng(8)
    rows = vectors(rng, 3 * 2048 + 5)
    rows[::7] = 0
    used = rows[np.linalg.norm(rows, axis=1) > 0]
    expected, found = Background.of(used[::2]), Background.of(rows)
    np.testing.assert_allclose(found.mean, expected.mean, atol=1e-6)
    np.testing.assert_allclose(
        found.root @ found.root.T, expected.root @ expected.root.T, atol=1e-5
    )


def test_the_background_keeps_the_leading_axes_alone() -> None:
    rng = np.random.default_rng(9)
    strong = rng.standard_normal((400, 64)) @ rng.standard_normal((64, 100)) * 3
    rows = unit_rows((strong + 0.1 * rng.standard_normal((400, 100))).astype(np.float32))
    found = Background.of(rows)
    assert found.root.shape == (100, 64)
    centred = rows - rows.mean(axis=0)
    values = np.linalg.eigvalsh(centred.T @ centred / 400)
    assert np.square(found.root).sum() == pytest.approx(values[-64:].sum() * 400 / 408, rel=1e-3)
