"""N versions into one set of beads that agrees with itself.

The ladders of a pivot version with each of the others are joined; cycles agree by construction,
and one bad link harms no more than its own bead. What the pivot lacks is joined among the
remaining versions in the same way, so a passage that one version lacks still links the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._ladder import Ladder, mirrored, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Ranges = tuple[tuple[int, int], ...]
_DISAGREEMENT = 0.5


@dataclass(frozen=True, slots=True)
class Joined:
    """A bead of all versions: for each its half-open range of segments, maybe empty."""

    ranges: Ranges
    probability: float
    moved: bool = False

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions that have segments here."""
        return tuple(v for v, (start, end) in enumerate(self.ranges) if start < end)


def join(counts: Sequence[int], ladders: Mapping[tuple[int, int], Ladder]) -> tuple[Joined, ...]:
    """Return the beads of all versions, in order, from the ladders of each pair.

    Args:
        counts: of the segments of each version.
        ladders: by pair of versions, the first the earlier one.
    """
    both = dict(ladders)
    both.update({(w, v): mirrored(ladder) for (v, w), ladder in ladders.items()})
    agreement = _Agreement(ladders)
    whole = tuple((0, count) for count in counts)
    return tuple(Joined(ranges, agreement.of(ranges)) for ranges in _joined(whole, both))


def _joined(ranges: Ranges, ladders: Mapping[tuple[int, int], Ladder]) -> Iterator[Ranges]:
    """Yield the ranges of each bead of the segments in *ranges*, in order."""
    filled = [v for v, (start, end) in enumerate(ranges) if start < end]
    if len(filled) <= 1:
        for v in filled:
            for k in range(*ranges[v]):
                yield _with(ranges, {v: (k, k + 1)})
        return
    parts = {
        (v, w): within(ladders[v, w], ranges[v], ranges[w])
        for v in filled
        for w in filled
        if v != w
    }
    pivot = max(filled, key=lambda v: sum(_weight(parts[v, w]) for w in filled if w != v))
    nodes = {w: _columns(parts[pivot, w]) for w in filled if w != pivot}
    length = ranges[pivot][1] - ranges[pivot][0]
    cuts = [i for i in range(length + 1) if all(i in columns for columns in nodes.values())]
    for index, cut in enumerate(cuts):
        gap = {w: _offset(columns[cut], ranges[w]) for w, columns in nodes.items()}
        if any(start < end for start, end in gap.values()):
            yield from _joined(_with(ranges, gap), ladders)
        if index + 1 < len(cuts):
            following = cuts[index + 1]
            bead = {
                w: _offset((columns[cut][1], columns[following][0]), ranges[w])
                for w, columns in nodes.items()
            }
            bead[pivot] = _offset((cut, following), ranges[pivot])
            yield _with(ranges, bead)


def _with(ranges: Ranges, parts: Mapping[int, tuple[int, int]]) -> Ranges:
    return tuple(parts.get(v, (start, start)) for v, (start, _) in enumerate(ranges))


def _offset(part: tuple[int, int], within_range: tuple[int, int]) -> tuple[int, int]:
    return part[0] + within_range[0], part[1] + within_range[0]


def _weight(ladder: Ladder) -> float:
    return sum(link.probability for link in ladder if link.is_match)


def _columns(ladder: Ladder) -> dict[int, tuple[int, int]]:
    """Return for each pivot position on the path the target positions where the path is there."""
    found: dict[int, tuple[int, int]] = {0: (0, 0)}
    for link in ladder:
        row, column = link.source[1], link.target[1]
        first = found[row][0] if row in found else column
        found[row] = (first, column)
    return found


class _Agreement:
    """How probable a bead is, from the ladders that carry it."""

    def __init__(self, ladders: Mapping[tuple[int, int], Ladder]) -> None:
        self._links = {
            pair: {(link.source, link.target): link.probability for link in ladder}
            for pair, ladder in ladders.items()
        }
        self._alone = {
            pair: tuple(_lonely(ladder, side) for side in (0, 1))
            for pair, ladder in ladders.items()
        }

    def of(self, ranges: Ranges) -> float:
        """Return the lowest probability that any pair gives its part of the bead."""
        lowest = 1.0
        for (v, w), links in self._links.items():
            source, target = ranges[v], ranges[w]
            if source[0] < source[1] and target[0] < target[1]:
                lowest = min(lowest, links.get((source, target), _DISAGREEMENT))
            else:
                for side, part in ((0, source), (1, target)):
                    alone = self._alone[v, w][side]
                    for k in range(*part):
                        lowest = min(lowest, alone.get(k, _DISAGREEMENT))
        return lowest


def _lonely(ladder: Ladder, side: int) -> dict[int, float]:
    """Return the probability of each segment of one side that has no counterpart."""
    return {
        (link.source, link.target)[side][0]: link.probability
        for link in ladder
        if not link.is_match
        and (link.source, link.target)[side][0] < (link.source, link.target)[side][1]
    }
