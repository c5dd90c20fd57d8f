"""N versions into one set of beads that agrees with itself.

The ladders of a pivot version with each of the others are joined; cycles agree by construction,
and one bad link harms no more than its own bead. What the pivot lacks is joined among the
remaining versions in the same way, so a passage that one version lacks still links the others.
Where the ladders do not agree with one another every version is tried as the pivot, and the beads
are taken in which the pairs of versions find most of their own.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from aligner._pair._ladder import Ladder, mirrored, within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from aligner._pair._confidence import Confidence

    Pair = tuple[int, int]
    Range = tuple[int, int]
    # Aligns two stretches of versions that were not aligned as a whole.
    Aligner = Callable[[Pair, Range, Range], Ladder]

Ranges = tuple[tuple[int, int], ...]
# What a bead must be worth to be better than none, and what it is worth if a pair knows it not.
_PAR, _UNKNOWN = 0.5, 0.1


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


def join(
    counts: Sequence[int],
    ladders: Mapping[Pair, Ladder],
    confidence: Confidence,
    aligner: Aligner | None = None,
) -> tuple[Joined, ...]:
    """Return the beads of all versions, in order, from ladders of pairs; of two, those of theirs.

    Args:
        counts: of the segments of each version.
        ladders: by pair of versions, the first the earlier one.
        confidence: says how sure a bead is that the ladders carry.
        aligner: for stretches of pairs that have no ladder; if not given, none may be missing.
    """
    if len(counts) == 2 and (0, 1) in ladders:
        return tuple(Joined((link.source, link.target), link.probability) for link in ladders[0, 1])
    joiner = _Joiner(ladders, aligner)
    whole = tuple((0, count) for count in counts)
    return tuple(
        Joined(ranges, joiner.ladders.probability(ranges, confidence))
        for ranges in joiner.best(whole)
    )


class _Joiner:
    """Joins stretches of the versions, and knows how well that agrees with the ladders."""

    def __init__(self, ladders: Mapping[Pair, Ladder], aligner: Aligner | None) -> None:
        self.ladders = PairLadders(ladders)
        self._known = self.ladders.indexed | {
            (w, v): IndexedLadder(mirrored(ladder)) for (v, w), ladder in ladders.items()
        }
        self._aligner = aligner

    def best(self, whole: Ranges) -> Iterator[Ranges]:
        """Yield the beads of *whole*, mended where the ladders do not agree."""
        found = list(self._joined(whole, self._pivots(whole)[:1]))
        for agreed, group in groupby(found, key=self.ladders.agrees):
            beads = list(group)
            yield from beads if agreed else self._mended(beads)

    def _mended(self, beads: list[Ranges]) -> list[Ranges]:
        part = tuple(hull(ranges) for ranges in zip(*beads, strict=True))
        tries = [list(self._joined(part, [pivot])) for pivot in self._pivots(part)]
        return max([beads, *tries], key=self.ladders.worth)

    def _pivots(self, ranges: Ranges) -> list[int]:
        """Return the versions with ladders to all others, the best first; if none, the longest."""
        filled = _filled(ranges)
        able = [v for v in filled if all((v, w) in self._known for w in filled if w != v)]
        if not able and filled:
            return [max(filled, key=lambda v: ranges[v][1] - ranges[v][0])]
        weights = {
            v: sum(_weight(self._ladder((v, w), ranges)) for w in filled if w != v) for v in able
        }
        return sorted(able, key=lambda v: (-weights[v], v))

    def _joined(self, ranges: Ranges, pivots: Sequence[int] = ()) -> Iterator[Ranges]:
        """Yield the ranges of each bead of the segments in *ranges*, in order.

        Args:
            pivots: the pivot to take; the best one if none is given.
        """
        filled = _filled(ranges)
        if len(filled) <= 1:
            for v in filled:
                for k in range(*ranges[v]):
                    yield _with(ranges, {v: (k, k + 1)})
            return
        pivot = (pivots or self._pivots(ranges))[0]
        nodes = {w: _columns(self._ladder((pivot, w), ranges)) for w in filled if w != pivot}
        length = ranges[pivot][1] - ranges[pivot][0]
        cuts = [i for i in range(length + 1) if all(i in columns for columns in nodes.values())]
        for index, cut in enumerate(cuts):
            gap = {w: _offset(columns[cut], ranges[w]) for w, columns in nodes.items()}
            if any(start < end for start, end in gap.values()):
                yield from self._joined(_with(ranges, gap))
            if index + 1 < len(cuts):
                following = cuts[index + 1]
                bead = {
                    w: _offset((columns[cut][1], columns[following][0]), ranges[w])
                    for w, columns in nodes.items()
                }
                bead[pivot] = _offset((cut, following), ranges[pivot])
                yield _with(ranges, bead)

    def _ladder(self, pair: Pair, ranges: Ranges) -> Ladder:
        """Return the ladder of a pair inside *ranges*, counted from their first segments."""
        source, target = ranges[pair[0]], ranges[pair[1]]
        if pair in self._known:
            return self._known[pair].within(source, target)
        if self._aligner is None:
            raise ValueError(f"no ladder of the versions {pair[0]} and {pair[1]}")
        return self._aligner(pair, source, target)


def hull(parts: Sequence[Range]) -> Range:
    """Return the range from the first to the last segment of *parts*."""
    filled = [part for part in parts if part[0] < part[1]]
    return (min(filled)[0], max(filled)[1]) if filled else (0, 0)


class IndexedLadder:
    """A ladder whose links are found by where they stand."""

    def __init__(self, ladder: Ladder) -> None:
        self._links = ladder
        self._starts = [link.source[0] + link.target[0] for link in ladder]
        self._ends = [link.source[1] + link.target[1] for link in ladder]

    def within(self, source: Range, target: Range) -> Ladder:
        """Return what `within` of the ladder returns; only links near by are looked at."""
        first = bisect_left(self._starts, source[0] + target[0])
        last = bisect_right(self._ends, source[1] + target[1])
        return within(self._links[first:last], source, target)


def _filled(ranges: Ranges) -> list[int]:
    return [v for v, (start, end) in enumerate(ranges) if start < end]


def _with(ranges: Ranges, parts: Mapping[int, Range]) -> Ranges:
    return tuple(parts.get(v, (start, start)) for v, (start, _) in enumerate(ranges))


def _offset(part: Range, within_range: Range) -> Range:
    return part[0] + within_range[0], part[1] + within_range[0]


def _weight(ladder: Ladder) -> float:
    return sum(link.probability for link in ladder if link.is_match)


def _columns(ladder: Ladder) -> dict[int, Range]:
    """Return for each pivot position on the path the target positions where the path is there."""
    found: dict[int, Range] = {0: (0, 0)}
    for link in ladder:
        row, column = link.source[1], link.target[1]
        first = found[row][0] if row in found else column
        found[row] = (first, column)
    return found


class PairLadders:
    """What the ladders of the pairs say of a bead of all versions.

    Attributes:
        indexed: of each pair, its links found by where they stand.
    """

    def __init__(self, ladders: Mapping[Pair, Ladder]) -> None:
        self.indexed = {pair: IndexedLadder(ladder) for pair, ladder in ladders.items()}
        self._links = {
            pair: {(link.source, link.target): link.probability for link in ladder if link.is_match}
            for pair, ladder in ladders.items()
        }
        self._alone = {
            pair: tuple(_lonely(ladder, side) for side in (0, 1))
            for pair, ladder in ladders.items()
        }

    def of(self, ranges: Ranges) -> Iterator[tuple[int, float | None]]:
        """Yield size and probability of each pair's parts of the bead, ``None`` if not its own."""
        yield from (part for _, part in self._both(ranges))
        yield from self._single(ranges)

    def _both(self, ranges: Ranges) -> Iterator[tuple[Pair, tuple[int, float | None]]]:
        """Yield each pair that has segments on both sides, with size and probability."""
        for (v, w), links in self._links.items():
            source, target = ranges[v], ranges[w]
            if source[0] < source[1] and target[0] < target[1]:
                size = source[1] - source[0] + target[1] - target[0]
                yield (v, w), (size, links.get((source, target)))

    def _single(self, ranges: Ranges) -> Iterator[tuple[int, float | None]]:
        """Yield each segment, with its probability, of pairs that have only one side here."""
        for (v, w), alone in self._alone.items():
            parts = ranges[v], ranges[w]
            if any(start == end for start, end in parts):
                for side, part in enumerate(parts):
                    yield from ((1, alone[side].get(k)) for k in range(*part))

    def agrees(self, ranges: Ranges) -> bool:
        """Whether all pairs know their part of the bead."""
        return all(p is not None for _, p in self.of(ranges))

    def worth(self, beads: Sequence[Ranges]) -> float:
        """Return how many segments are in parts that are right in expectation, above par.

        A part that is no link of its pair but holds several cuts none of them: in the ladder of the
        pair these are right, in the bead they are not, so it is worth half of what they are.
        """
        return sum(self._worth(ranges) for ranges in beads)

    def _worth(self, ranges: Ranges) -> float:
        """Return what one bead is worth; see `worth`."""
        total = sum(_above_par(size, p) for size, p in self._single(ranges))
        for (v, w), (size, p) in self._both(ranges):
            own = _above_par(size, p)
            held = () if p is not None else self.indexed[v, w].within(ranges[v], ranges[w])
            links = [link for link in held if link.is_match]
            if len(links) > 1:
                rest = size - sum(link.size for link in links)
                finer = sum(_above_par(link.size, link.probability) for link in links)
                own = (own + finer + _above_par(rest, None)) / 2
            total += own
        return total

    def probability(self, ranges: Ranges, confidence: Confidence) -> float:
        """Return how sure the bead is: of two versions as sure as the link."""
        parts = [p for _, p in self.of(ranges)]
        if len(ranges) < 3:
            return min((p for p in parts if p is not None), default=_PAR)
        lacking = 1 - len(_filled(ranges)) / len(ranges)
        return confidence.of_bead(parts, lacking)


def _above_par(size: int, probability: float | None) -> float:
    return size * ((_UNKNOWN if probability is None else probability) - _PAR)


def _lonely(ladder: Ladder, side: int) -> dict[int, float]:
    """Return the probability of each segment of one side that has no counterpart."""
    return {
        part[0]: link.probability
        for link in ladder
        for part in ((link.source, link.target)[side],)
        if not link.is_match and part[0] < part[1]
    }
