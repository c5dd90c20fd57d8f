"""Beads of all versions merged: those that an anchor holds together, and what moved."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._align._multiway import Joined, Ranges, hull

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._pair._confidence import Confidence
    from aligner._pair._ladder import Ladder, Link
    from aligner._pair._moved import MovedLink

    Group = tuple[int, ...]  # beads by their number, in order

_LIKELY = 0.5  # probability from which beads are one that moved


def with_anchors(
    beads: Sequence[Joined], anchors: Mapping[tuple[int, int], Sequence[tuple[int, int]]]
) -> tuple[Joined, ...]:
    """Return the beads such that both segments of each anchor stand in the same one.

    Args:
        anchors: by pair of versions, pairs of their segments.
    """
    if not any(anchors.values()):
        return tuple(beads)
    where = _places(beads)
    last = list(range(len(beads)))
    for (v, w), pairs in anchors.items():
        for i, j in pairs:
            first, end = sorted((where[v][i], where[w][j]))
            last[first] = max(last[first], end)
    return tuple(
        beads[start]
        if end - start == 1
        else Joined(_hulls(beads[start:end]), beads[start].probability)
        for start, end in _stretches(last)
    )


def _stretches(last: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield half-open ranges such that what begins in one ends in it.

    Args:
        last: for each bead the last one, it or a later one, that it is held together with.

    >>> list(_stretches([0, 3, 2, 3, 4]))
    [(0, 1), (1, 4), (4, 5)]
    """
    start = end = 0
    for k, reach in enumerate(last):
        end = max(end, reach)
        if k == end:
            yield start, k + 1
            start = end = k + 1


def _hulls(beads: Sequence[Joined]) -> Ranges:
    """Return for each version the range of all that some beads have of it."""
    return tuple(hull(parts) for parts in zip(*(bead.ranges for bead in beads), strict=True))


def _places(beads: Sequence[Joined]) -> list[dict[int, int]]:
    """Return for each version the bead in which each of its segments stands."""
    return [
        {k: n for n, bead in enumerate(beads) for k in range(*bead.ranges[v])}
        for v in range(len(beads[0].ranges) if beads else 0)
    ]


def with_moved(
    beads: Sequence[Joined],
    moved: Mapping[tuple[int, int], Sequence[MovedLink]],
    confidence: Confidence,
) -> tuple[Joined, ...]:
    """Return the beads with those merged that are one passage in different places.

    Args:
        moved: by pair of versions, what they have in different places.
    """
    if not any(moved.values()):
        return tuple(beads)
    sure = _moves(beads, moved, confidence)
    groups: dict[int, Group] = {}
    probabilities: dict[Group, float] = {}
    for members, probability in sorted(sure.items(), key=lambda item: (-item[1], item[0])):
        parts = {groups.get(k, (k,)) for k in members}
        whole = tuple(sorted(k for part in parts for k in part))
        if len(whole) < 2 or probability < _LIKELY or not _disjoint([beads[k] for k in whole]):
            continue
        known = [probabilities[part] for part in parts if part in probabilities]
        probabilities[whole] = min([probability, *known])
        groups.update(dict.fromkeys(whole, whole))
    return tuple(_merged(beads, {part: probabilities[part] for part in groups.values()}))


def _moves(
    beads: Sequence[Joined],
    moved: Mapping[tuple[int, int], Sequence[MovedLink]],
    confidence: Confidence,
) -> dict[Group, float]:
    """Return which beads a pair has in different places, and how sure that is."""
    where = _places(beads)
    sure: dict[Group, float] = {}
    for (v, w), links in moved.items():
        for found in links:
            source = {where[v][k] for k in range(*found.link.source)}
            target = {where[w][k] for k in range(*found.link.target)}
            members = tuple(sorted(source | target))
            probability = confidence.of_move(found.matched, found.gain) * found.link.probability
            sure[members] = max(sure.get(members, 0.0), probability)
    return sure


def confirmed(
    moved: Sequence[MovedLink], pair: tuple[int, int], beads: Sequence[Joined]
) -> frozenset[Link]:
    """Return the links out of order of a *pair* that lie in a moved bead."""
    where = [
        {k: n for n, bead in enumerate(beads) if bead.moved for k in range(*bead.ranges[v])}
        for v in pair
    ]
    return frozenset(
        found.link
        for found in moved
        if where[0].get(found.link.source[0], -1) == where[1].get(found.link.target[0], -2)
    )


def with_links(ladder: Ladder, moved: frozenset[Link]) -> Iterator[Link]:
    """Yield the links of a ladder, and those that *moved* where their source side stands."""
    taken = {(0, k) for link in moved for k in range(*link.source)}
    taken |= {(1, k) for link in moved for k in range(*link.target)}
    begins = {link.source[0]: link for link in moved}
    for link in ladder:
        sides = enumerate((link.source, link.target))
        if taken.isdisjoint((side, k) for side, part in sides for k in range(*part)):
            yield link
        elif link.source[0] < link.source[1] and link.source[0] in begins:
            yield begins[link.source[0]]


def _disjoint(beads: Sequence[Joined]) -> bool:
    """Whether the beads can be one: each version's segments are neighbours, and it is a match."""
    for parts in zip(*(bead.ranges for bead in beads), strict=True):
        filled = sorted(part for part in parts if part[0] < part[1])
        if any(one[1] != other[0] for one, other in pairwise(filled)):
            return False
    return True


def _merged(beads: Sequence[Joined], groups: Mapping[Group, float]) -> Iterator[Joined]:
    """Yield the beads, each group as one moved bead that stands where its first version has it."""
    joined: dict[int, Joined] = {}
    dropped = {k for part in groups for k in part}
    for part, probability in groups.items():
        place = min(part, key=lambda k: beads[k].versions)
        joined[place] = Joined(_hulls([beads[k] for k in part]), probability, moved=True)
    for k, bead in enumerate(beads):
        if k in joined:
            yield joined[k]
        elif k not in dropped:
            yield bead
