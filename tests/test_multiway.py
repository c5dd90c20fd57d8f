"""Joining ladders: valid beads from any ladders, and beads as small as the ladders allow."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import Alignment, Bead, Document, Signature
from aligner._align._multiway import IndexedLadder, Joined, PairLadders, hull
from aligner._align._multiway import join as join_ladders
from aligner._pair._confidence import load_confidence
from aligner._pair._ladder import Ladder, Link, mirrored, within


def ladder(*links: tuple[range, range], probability: float = 0.9) -> Ladder:
    return tuple(Link((x.start, x.stop), (y.start, y.stop), probability) for x, y in links)


def join(counts: list[int], ladders: dict[tuple[int, int], Ladder]) -> tuple[Joined, ...]:
    return join_ladders(counts, ladders, load_confidence())


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


@given(random_ladders())
def test_pairs_are_valid_ladders_inside_the_beads_so_cycles_agree(
    given_ladders: tuple[list[int], dict[tuple[int, int], Ladder]],
) -> None:
    counts, ladders = given_ladders
    made = as_alignment(counts, ladders)
    bead_of = {
        (name, k): n for n, bead in enumerate(made) for name in made.versions for k in bead[name]
    }
    for source, target in combinations(made.versions, 2):
        beads = made.pair(source, target)
        for name in (source, target):
            count = len(made.document(name).segments)
            assert sorted(k for bead in beads for k in bead[name]) == list(range(count))
        matches = [bead for bead in beads if not bead.is_null]
        for name in (source, target):
            assert [bead[name] for bead in matches] == sorted(bead[name] for bead in matches)
        for bead in beads:
            assert len({bead_of[name, k] for name in bead.versions for k in bead[name]}) == 1


def as_alignment(counts: list[int], ladders: dict[tuple[int, int], Ladder]) -> Alignment:
    names = tuple("abcd"[: len(counts)])
    documents = tuple(
        replace(Document.from_segments([f"{name}{k}" for k in range(count)]), name=name)
        for name, count in zip(names, counts, strict=True)
    )
    beads = tuple(Bead(names, sides(bead), bead.probability) for bead in join(counts, ladders))
    pairs = tuple(
        tuple(
            Bead((names[v], names[w]), (tuple(range(*k.source)), tuple(range(*k.target))))
            for k in ladder
        )
        for (v, w), ladder in ladders.items()
    )
    return Alignment(documents, beads, Signature("0", "none", "given"), ladders=pairs)


def test_links_are_those_of_the_pairs_that_lie_in_the_bead() -> None:
    split = ladder((range(1), range(1)), (range(1, 2), range(1, 1)), (range(2, 3), range(1, 2)))
    made = as_alignment([3, 3, 2], {(0, 1): one_to_one(3), (0, 2): split, (1, 2): split})
    index = [bead.sides for bead in made].index(((0,), (0,), (0,)))
    assert [(*link.versions, *link.sides) for link in made.links(index)] == [
        ("a", "b", (0,), (0,)),
        ("a", "c", (0,), (0,)),
        ("b", "c", (0,), (0,)),
    ]
    index = [bead.sides for bead in made].index(((1,), (1,), ()))
    assert [link.versions for link in made.links(index)] == [("a", "b")]


def test_a_pivot_that_joins_too_much_gives_way_to_one_that_does_not() -> None:
    crossing = ladder((range(1), range(1)), (range(1, 3), range(1, 3)), probability=0.6)
    first = ladder((range(1), range(1)), (range(1, 1), range(1, 2)), (range(1, 2), range(2, 3)))
    second = ladder((range(1), range(1)), (range(1, 2), range(1, 2)), (range(2, 2), range(2, 3)))
    beads = join([2, 3, 3], {(0, 1): first, (0, 2): second, (1, 2): crossing})
    assert ((1,), (2,), (1,)) in [sides(bead) for bead in beads]


def test_stretches_of_pairs_without_a_ladder_are_aligned_when_they_are_needed() -> None:
    lacking = ladder((range(1), range(1)), (range(1, 1), range(1, 2)), (range(1, 2), range(2, 3)))
    asked = []

    def aligner(pair: tuple[int, int], source: object, target: object) -> Ladder:
        asked.append((pair, source, target))
        return one_to_one(1)

    beads = join_ladders([2, 3, 3], {(0, 1): lacking, (0, 2): lacking}, load_confidence(), aligner)
    assert asked == [((1, 2), (1, 2), (1, 2))]
    assert sides(beads[1]) == ((), (1,), (1,))


def test_a_stretch_without_a_ladder_and_without_an_aligner_is_an_error() -> None:
    lacking = ladder((range(1), range(1)), (range(1, 1), range(1, 2)), (range(1, 2), range(2, 3)))
    with pytest.raises(ValueError, match="no ladder of the versions 1 and 2"):
        join([2, 3, 3], {(0, 1): lacking, (0, 2): lacking})


def test_within_breaks_links_that_leave_the_ranges() -> None:
    links = ladder((range(2), range(1)), (range(2, 3), range(1, 2)))
    assert [(link.source, link.target) for link in within(links, (1, 3), (0, 2))] == [
        ((0, 1), (0, 0)),
        ((1, 1), (0, 1)),
        ((1, 2), (1, 2)),
    ]


def test_a_hull_reaches_from_the_first_segment_to_the_last() -> None:
    assert hull([(4, 6), (9, 9), (1, 2), (3, 3)]) == (1, 6)
    assert hull([(2, 3)]) == (2, 3)
    assert hull([(2, 2), (7, 7)]) == (0, 0)


def test_a_bead_names_the_versions_that_have_segments() -> None:
    assert Joined(((0, 2), (3, 3), (5, 6)), 0.5).versions == (0, 2)


def test_evidence_is_what_each_pair_says_of_its_part() -> None:
    links = (
        Link((0, 1), (0, 2), 0.8),
        Link((1, 2), (2, 2), 0.6),
        Link((2, 2), (2, 3), 0.7),
        Link((2, 3), (3, 4), 0.9),
    )
    evidence = PairLadders({(0, 1): links})
    assert list(evidence.of(((0, 1), (0, 2)))) == [(3, 0.8)]
    assert list(evidence.of(((0, 1), (0, 1)))) == [(2, None)]
    assert list(evidence.of(((1, 2), (2, 2)))) == [(1, 0.6)]
    assert list(evidence.of(((2, 2), (2, 3)))) == [(1, 0.7)]
    assert list(evidence.of(((0, 2), (2, 2)))) == [(1, None), (1, 0.6)]
    assert list(evidence.of(((2, 2), (2, 4)))) == [(1, 0.7), (1, None)]
    assert evidence.agrees(((0, 1), (0, 2)))
    assert not evidence.agrees(((0, 1), (0, 1)))
    # Three segments at .3 above par, and two that no link knows.
    assert evidence.worth([((0, 1), (0, 2)), ((0, 1), (0, 1))]) == pytest.approx(3 * 0.3 - 2 * 0.4)
    assert evidence.worth([]) == 0


def test_a_bead_of_two_versions_is_as_sure_as_its_least_sure_part() -> None:
    links = (Link((0, 1), (0, 1), 0.8), Link((1, 2), (1, 1), 0.6), Link((2, 3), (1, 1), 0.7))
    beads = join([3, 1], {(0, 1): links})
    assert [bead.probability for bead in beads] == [0.8, 0.6, 0.7]
    evidence, confidence = PairLadders({(0, 1): links}), load_confidence()
    assert evidence.probability(((1, 3), (1, 1)), confidence) == 0.6
    assert evidence.probability(((0, 3), (1, 1)), confidence) == 0.6
    assert evidence.probability(((0, 2), (0, 1)), confidence) == 0.5


def test_a_bead_of_three_versions_is_surer_if_all_have_it() -> None:
    pairs = list(combinations(range(3), 2))
    evidence = PairLadders(dict.fromkeys(pairs, one_to_one(2)))
    confidence = load_confidence()
    whole = evidence.probability(((0, 1),) * 3, confidence)
    assert whole == pytest.approx(confidence.of_bead([0.9] * 3, 0))
    lacking = evidence.probability(((0, 1), (0, 1), (1, 1)), confidence)
    assert lacking == pytest.approx(confidence.of_bead([0.9, None, None], 1 / 3))
    assert lacking < whole


def test_the_beads_with_the_surest_links_win() -> None:
    split = ladder((range(1), range(1)), (range(1, 2), range(1, 2)), probability=0.95)
    whole = ladder((range(2), range(2)), probability=0.6)
    for sure in combinations(range(3), 2):
        ladders = {pair: split if pair == sure else whole for pair in combinations(range(3), 2)}
        assert types(join([2, 2, 2], ladders)) == ["2-2-2"]
        ladders = {pair: whole if pair == sure else split for pair in combinations(range(3), 2)}
        assert types(join([2, 2, 2], ladders)) == ["1-1-1"] * 2


def test_without_any_ladder_the_longest_version_is_the_pivot() -> None:
    asked = []

    def aligner(pair: tuple[int, int], source: tuple[int, int], target: tuple[int, int]) -> Ladder:
        asked.append(pair)
        assert source[0] == target[0] == 0
        both, only = one_to_one(target[1]), range(target[1], source[1])
        ends = range(target[1], target[1])
        return both + ladder(*((range(k, k + 1), ends) for k in only))

    beads = join_ladders([2, 4, 3], {}, load_confidence(), aligner)
    assert asked == [(1, 0), (1, 2)]
    assert types(beads) == ["1-1-1", "1-1-1", "0-1-1", "0-1-0"]


def test_a_text_that_is_alone_gives_a_bead_a_segment() -> None:
    beads = join([0, 3, 0], dict.fromkeys(combinations(range(3), 2), ()))
    assert [sides(bead) for bead in beads] == [((), (k,), ()) for k in range(3)]
    assert join([0, 0], {(0, 1): ()}) == ()


@settings(max_examples=40)
@given(random_ladder(30, 30), st.integers(0, 59), st.integers(0, 59))
def test_an_indexed_ladder_finds_what_lies_between_two_of_its_nodes(
    links: Ladder, one: int, other: int
) -> None:
    nodes = [(0, 0), *((link.source[1], link.target[1]) for link in links)]
    (i, j), (i_end, j_end) = sorted((nodes[one % len(nodes)], nodes[other % len(nodes)]))
    source, target = (i, i_end), (j, j_end)
    assert IndexedLadder(links).within(source, target) == within(links, source, target)


def test_what_two_pairs_say_unsurely_cuts_no_sure_link_of_the_third() -> None:
    sure = ladder(
        (range(1), range(2)),
        (range(1, 2), range(2, 3)),
        (range(2, 3), range(3, 4)),
        probability=0.99,
    )
    merging = ladder((range(2), range(1)), (range(2, 3), range(1, 2)), probability=0.7)
    cutting = ladder((range(1), range(2)), (range(1, 2), range(2, 4)), probability=0.7)
    beads = join([3, 2, 4], {(0, 1): merging, (0, 2): sure, (1, 2): cutting})
    for link in sure:
        (whole,) = (b for b in beads if b.ranges[0][0] <= link.source[0] < b.ranges[0][1])
        assert whole.ranges[2][0] <= link.target[0]
        assert link.target[1] <= whole.ranges[2][1]
