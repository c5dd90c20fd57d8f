"""Ladders between two ranges of segments: every segment once, in order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from aligner._pair._ladder import Ladder, Link, completed, within

Range = tuple[int, int]


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Return a ladder from the first segments on, with null links of one segment."""
    sizes = st.sampled_from([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)])
    i = j = 0
    links = []
    for a, b in draw(st.lists(sizes, max_size=8)):
        probability = draw(st.sampled_from([0.25, 0.75]))
        links.append(Link((i, i + a), (j, j + b), probability))
        i, j = i + a, j + b
    return tuple(links)


def covered(ladder: Ladder, side: int) -> list[int]:
    parts = [(link.source, link.target)[side] for link in ladder]
    return [k for part in parts for k in range(*part)]


def alone(ladder: Ladder) -> dict[tuple[int, int], float]:
    """Return how sure each segment without counterpart is, by its side and index."""
    return {
        (side, k): link.probability
        for link in ladder
        for side in (0, 1)
        for k in covered((link,), side)
        if not link.is_match
    }


def is_path(ladder: Ladder) -> bool:
    """Whether each link begins where the one before ends."""
    return all(
        (one.source[1], one.target[1]) == (other.source[0], other.target[0])
        for one, other in pairwise(ladder)
    )


@given(ladders(), st.tuples(*[st.integers(0, 6)] * 4))
def test_a_part_of_a_ladder_has_each_of_its_segments_once(
    ladder: Ladder, cut: tuple[int, int, int, int]
) -> None:
    ends = [len(covered(ladder, side)) for side in (0, 1)]
    source, target = (
        (min(one, other, end), min(max(one, other), end))
        for one, other, end in ((*cut[:2], ends[0]), (*cut[2:], ends[1]))
    )
    found = within(ladder, source, target)
    assert covered(found, 0) == list(range(source[1] - source[0]))
    assert covered(found, 1) == list(range(target[1] - target[0]))
    assert is_path(found)
    kept = [link.moved_by(source[0], target[0]) for link in found if link.is_match]
    assert set(kept) <= set(ladder)


@given(ladders())
def test_a_ladder_completed_with_its_own_segments_keeps_all_its_links(ladder: Ladder) -> None:
    source, target = (len(covered(ladder, side)) for side in (0, 1))
    found = completed(ladder, (0, source), (0, target))
    assert is_path(found)
    assert [k for k in found if k.is_match] == [k for k in ladder if k.is_match]
    assert alone(found) == alone(ladder)


def test_what_is_left_between_links_is_alone_and_as_sure_as_it_was() -> None:
    ladder = (Link((0, 1), (0, 1), 0.9), Link((1, 2), (1, 1), 0.6), Link((2, 3), (1, 2), 0.8))
    found = completed(ladder, (0, 4), (0, 2))
    assert found == (*ladder, Link((3, 4), (2, 2), 1.0))
    assert within(ladder, (1, 3), (0, 2)) == (
        Link((0, 1), (0, 0), 0.5),
        Link((1, 1), (0, 1), 0.5),
        Link((1, 2), (1, 2), 0.8),
    )
