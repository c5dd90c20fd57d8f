"""Joining ladders: valid beads from any ladders, and beads as small as the ladders allow."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from aligner._ladder import Ladder, Link, mirrored, within
from aligner._multiway import Joined, join


def ladder(*links: tuple[range, range], probability: float = 0.9) -> Ladder:
    return tuple(Link((x.start, x.stop), (y.start, y.stop), probability) for x, y in links)


def one_to_one(count: int) -> Ladder:
    return ladder(*((range(k, k + 1), range(k, k + 1)) for k in range(count)))


def types(beads: tuple[Joined, ...]) -> list[str]:
    return ["-".join(str(end - start) for start, end in bead.ranges) for bead in beads]


def sides(bead: Joined) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(range(*part)) for part in bead.ranges)


@st.composite
def random_ladder(draw: st.DrawFn, rows: int, columns: int) -> Ladder:
    i = j = 0
    links = []
    while (i, j) != (rows, columns):
        a = draw(st.integers(0, min(3, rows - i)))
        b = draw(st.integers(0, min(3, columns - j)))
        if not a and not b:
            a, b = (1, 0) if i < rows else (0, 1)
        if not a or not b:
            a, b = min(a, 1), min(b, 1)
        links.append(Link((i, i + a), (j, j + b), draw(st.floats(0, 1))))
        i, j = i + a, j + b
    return tuple(links)


@st.composite
def random_ladders(draw: st.DrawFn) -> tuple[list[int], dict[tuple[int, int], Ladder]]:
    counts = draw(st.lists(st.integers(0, 7), min_size=2, max_size=4))
    pairs = combinations(range(len(counts)), 2)
    return counts, {(v, w): draw(random_ladder(counts[v], counts[w])) for v, w in pairs}


@given(random_ladders())
def test_any_ladders_give_beads_that_hold_every_segment_once_and_in_order(
    given_ladders: tuple[list[int], dict[tuple[int, int], Ladder]],
) -> None:
    counts, ladders = given_ladders
    beads = join(counts, ladders)
    for v, count in enumerate(counts):
        assert [k for bead in beads for k in sides(bead)[v]] == list(range(count))
    assert all(0 <= bead.probability <= 1 for bead in beads)


@given(random_ladder(6, 5))
def test_two_versions_keep_their_ladder(links: Ladder) -> None:
    beads = join([6, 5], {(0, 1): links})
    expected = {(tuple(range(*link.source)), tuple(range(*link.target))) for link in links}
    assert {sides(bead) for bead in beads} == expected


def test_a_passage_that_one_version_lacks_still_links_the_others() -> None:
    gap = ladder((range(1), range(1)), (range(1, 2), range(1, 1)), (range(2, 3), range(1, 2)))
    beads = join([3, 2, 3], {(0, 1): gap, (0, 2): one_to_one(3), (1, 2): mirrored(gap)})
    assert [sides(bead) for bead in beads] == [
        ((0,), (0,), (0,)),
        ((1,), (), (1,)),
        ((2,), (1,), (2,)),
    ]


def test_what_the_pivot_lacks_links_the_others() -> None:
    lacking = ladder((range(1), range(1)), (range(1, 1), range(1, 2)), (range(1, 2), range(2, 3)))
    beads = join([2, 3, 3], {(0, 1): lacking, (0, 2): lacking, (1, 2): one_to_one(3)})
    assert [sides(bead) for bead in beads] == [
        ((0,), (0,), (0,)),
        ((), (1,), (1,)),
        ((1,), (2,), (2,)),
    ]


def test_one_bad_link_harms_its_own_bead_only() -> None:
    count = 20
    swallow = ladder(
        *((range(k, k + 1), range(k, k + 1)) for k in range(5)),
        (range(5, 8), range(5, 8)),
        *((range(k, k + 1), range(k, k + 1)) for k in range(8, count)),
        probability=0.8,
    )
    beads = join(
        [count] * 3, {(0, 1): one_to_one(count), (0, 2): one_to_one(count), (1, 2): swallow}
    )
    assert types(beads) == ["1-1-1"] * count
    assert beads[6].probability < beads[3].probability


def test_within_breaks_links_that_leave_the_ranges() -> None:
    links = ladder((range(2), range(1)), (range(2, 3), range(1, 2)))
    assert [(link.source, link.target) for link in within(links, (1, 3), (0, 2))] == [
        ((0, 1), (0, 0)),
        ((1, 1), (0, 1)),
        ((1, 2), (1, 2)),
    ]
