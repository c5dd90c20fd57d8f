"""Beads of all versions that are one passage in different places, merged."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._moved import MOVE_PRICE
from aligner._multiway import Joined, hull

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._moved import MovedLink


def with_moved(
    beads: Sequence[Joined], moved: Mapping[tuple[int, int], Sequence[MovedLink]]
) -> tuple[Joined, ...]:
    """Return the beads with those merged that are one passage in different places.

    Args:
        moved: by pair of versions, what they have in different places.
    """
    where = [
        {k: n for n, bead in enumerate(beads) for k in range(*bead.ranges[v])}
        for v in range(len(beads[0].ranges) if beads else 0)
    ]
    gains: dict[tuple[int, ...], list[float]] = {}
    for (v, w), links in moved.items():
        for found in links:
            source = {where[v][k] for k in range(*found.link.source)}
            target = {where[w][k] for k in range(*found.link.target)}
            gains.setdefault(tuple(sorted(source | target)), []).append(found.gain)
    groups: dict[int, tuple[int, ...]] = {}
    order = sorted(gains.items(), key=lambda item: (-max(item[1]), item[0]))
    for members, values in order:
        whole = sorted({k for m in members for k in groups.get(m, (m,))})
        if max(values) < MOVE_PRICE or not _disjoint([beads[k] for k in whole]):
            continue
        groups.update(dict.fromkeys(whole, tuple(whole)))
    return tuple(_merged(beads, sorted(set(groups.values()))))


def _disjoint(beads: Sequence[Joined]) -> bool:
    """Whether the beads can be one: each version's segments are neighbours, and it is a match."""
    for parts in zip(*(bead.ranges for bead in beads), strict=True):
        filled = sorted(part for part in parts if part[0] < part[1])
        if any(one[1] != other[0] for one, other in pairwise(filled)):
            return False
    return True


def _merged(beads: Sequence[Joined], groups: Sequence[Sequence[int]]) -> Iterator[Joined]:
    """Yield the beads, each group as one moved bead that stands where its first version has it."""
    joined: dict[int, Joined] = {}
    dropped = {k for part in groups for k in part}
    for part in groups:
        ranges = tuple(hull(parts) for parts in zip(*(beads[k].ranges for k in part), strict=True))
        probability = min(beads[k].probability for k in part)
        place = min(part, key=lambda k: beads[k].versions)
        joined[place] = Joined(ranges, probability, moved=True)
    for k, bead in enumerate(beads):
        if k in joined:
            yield joined[k]
        elif k not in dropped:
            yield bead
