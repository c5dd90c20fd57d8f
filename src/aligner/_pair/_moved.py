"""Passages of two versions that changed place: what the path leaves over, matched out of order.

Blocks of segments that prefer each other are looked for among all segments without a sure
counterpart, the longest first. A long block takes back what chance matches on the path took from
it, and is aligned with the same programme as a whole text, so that beads of several segments come
out. It is kept if it is likelier by far than passages without counterpart, and what stood around it
on the path is then aligned again without it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Corridor
from aligner._pair._aligner import PairAligner
from aligner._pair._constraints import Constraints
from aligner._pair._ladder import Ladder, Link, completed
from aligner._pair._rates import rate_of
from aligner._pair._seeds import Block, find_blocks
from aligner._score._cost import at_rate, costs
from aligner._score._evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from aligner._dp import IntArray
    from aligner._pair._confidence import Confidence
    from aligner._pair._solve import Problem

    Flags = npt.NDArray[np.bool_]

# A block of so many seeds is no chance, and chance matches that stand in it give way.
_LONG = 6
# How far a block may reach beyond its outermost seeds, in segments.
_REACH = 4
_SURE = 0.9  # probability of a link that stays where it is
# From how probable on a link is part of the path that others cross, in texts of which as much is
# matched: in others it may be chance.
_LIKELY, _RELATED = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class MovedLink:
    """A link out of order.

    Attributes:
        matched: share of matches among the links of the two versions.
        gain: by how much its block is likelier than passages without counterpart, in nats.
    """

    link: Link
    matched: float
    gain: float


def find_moved(
    problem: Problem, ladder: Ladder, confidence: Confidence
) -> tuple[Ladder, tuple[MovedLink, ...]]:
    """Return the ladder of a *problem* without what moved, and the links of what may have moved.

    Links that are less likely moved than not have left the ladder as it was; other versions may
    speak for them. What the constraints hold together stays, and across hard breaks no link gives
    way.
    """
    finder = _Finder(problem, ladder, confidence)
    for block in finder.blocks():
        finder.take(block)
    return finder.ladder(), tuple(finder.moved)


class _Finder:
    """The search in one pair of versions."""

    def __init__(self, problem: Problem, ladder: Ladder, confidence: Confidence) -> None:
        sides, constraints = problem.sides, problem.constraints
        self.moved: list[MovedLink] = []
        self._matched = sum(link.is_match for link in ladder) / max(len(ladder), 1)
        self._price = confidence.move_price(self._matched)
        self._rigid = bool(constraints.breaks)
        self._problem = replace(problem, constraints=Constraints())
        self._sides = sides
        self._ladder = ladder
        # In texts that are no versions of each other passages stand alone all the time.
        self._rate = max(0.0, rate_of(ladder))
        self._owner = np.zeros(len(sides[0]), np.int64), np.zeros(len(sides[1]), np.int64)
        for n, link in enumerate(ladder):
            self._owner[0][slice(*link.source)] = n
            self._owner[1][slice(*link.target)] = n
        self._sure = np.array([k.is_match and k.probability > _SURE for k in ladder], bool)
        self._held = np.zeros(len(ladder), bool)
        for anchor in constraints.anchors:
            for owner, k in zip(self._owner, anchor, strict=True):
                self._held[owner[k]] = self._sure[owner[k]] = True
        least = _LIKELY if self._matched > _RELATED else 1.0
        likely = np.array([k.is_match and k.probability > least for k in ladder], bool)
        self._path = self._sure | likely
        self._match = np.array([link.is_match for link in ladder], bool)
        self._starts = (
            np.array([link.source[0] for link in ladder], np.int64),
            np.array([link.target[0] for link in ladder], np.int64),
        )
        self._taken = np.zeros(len(sides[0]), bool), np.zeros(len(sides[1]), bool)
        self._freed = np.zeros(len(ladder), bool)

    def blocks(self) -> list[Block]:
        """Return the blocks among the segments without a sure counterpart."""
        free = [np.flatnonzero(~self._sure[owner]) for owner in self._owner]
        sums = self._sides[0].sums, self._sides[1].sums
        path = self._starts[0][self._path], self._starts[1][self._path]
        return find_blocks(sums, (free[0], free[1]), path, self._problem.backgrounds)

    def take(self, block: Block) -> None:
        """Accept or refuse a block; the path gives way to a long one."""
        crossed = self._crossed(block)
        if not crossed.any():
            return
        if self._is_long(block) and len(block.seeds) > 2 * np.count_nonzero(crossed):
            self._freed |= crossed & ~self._held
            return
        links = [link for link in self._aligned(block) if link.is_match]
        gains = [self._gain(link) for link in links]
        kept = [(k, g) for k, g in zip(links, gains, strict=True) if g > 0]
        released = {int(n) for link, _ in kept for n in self._owners(link) if self._match[n]}
        total = sum(g for _, g in kept)
        if not self._is_long(block):
            total -= sum(max(self._gain(self._ladder[n]), 0.0) for n in released)
        if released and (self._rigid or total < self._price):
            return
        moved = self._out_of_order([link for link, _ in kept])
        self.moved += [MovedLink(link, self._matched, total) for link in moved]
        if total >= self._price:
            for link in moved:
                self._taken[0][slice(*link.source)] = True
                self._taken[1][slice(*link.target)] = True
            self._freed[list(released)] = True
            self._sure[list(released)] = self._path[list(released)] = False

    def ladder(self) -> Ladder:
        """Return the ladder, aligned again wherever links had to give way."""
        if not self._freed.any():
            return self._ladder
        out: list[Link] = []
        n = 0
        while n < len(self._ladder):
            if self._settled(n):
                out.append(self._ladder[n])
                n += 1
                continue
            end = n
            while end < len(self._ladder) and not self._settled(end):
                end += 1
            part = self._ladder[n:end]
            out.extend(self._again(part) if self._freed[n:end].any() else part)
            n = end
        return tuple(out)

    def _settled(self, n: int) -> bool:
        return bool(self._sure[n] and not self._freed[n])

    def _again(self, part: Sequence[Link]) -> Ladder:
        """Align a stretch of the ladder anew without the segments that moved."""
        source = part[0].source[0], part[-1].source[1]
        target = part[0].target[0], part[-1].target[1]
        links = self._between(
            [k for k in range(*source) if not self._taken[0][k]],
            [k for k in range(*target) if not self._taken[1][k]],
        )
        return completed(links, source, target)

    def _crossed(self, block: Block | Link) -> Flags:
        """Return which links of the path a block or a link crosses.

        Two neighbours that changed places are about as likely to be on the path: neither is sure.
        """
        (i, i_end), (j, j_end) = block.source, block.target
        source, target = self._starts
        before = (source < i) & (target >= j_end)
        after = (source >= i_end) & (target < j)
        crossed: Flags = self._path & (before | after)
        return crossed

    def _out_of_order(self, links: Sequence[Link]) -> list[Link]:
        """Return the links of a block without those that the path has too, maybe in a larger bead.

        Unless nothing of the block crosses the path: then these are what it moves.
        """
        crossing = [bool(self._crossed(link).any()) for link in links]
        if not any(crossing):
            return list(links)
        return [
            link
            for link, crosses in zip(links, crossing, strict=True)
            if crosses or not self._is_linked(link)
        ]

    def _is_linked(self, link: Link) -> bool:
        """Whether one bead of the path has all segments of a link."""
        owners = self._owners(link)
        return bool(np.all(owners == owners[0]))

    def _owners(self, link: Link) -> IntArray:
        return np.concatenate(
            [self._owner[0][slice(*link.source)], self._owner[1][slice(*link.target)]]
        )

    def _aligned(self, block: Block) -> list[Link]:
        """Return the links of a block and of what is free beside it."""
        picked = []
        for side, part in ((0, block.source), (1, block.target)):
            free = ~self._sure[self._owner[side]] & ~self._taken[side]
            beside = free & ~(self._path[self._owner[side]] & (len(block.seeds) > 1))
            start, end = part
            for _ in range(_REACH):
                start -= start > 0 and bool(beside[start - 1])
                end += end < len(free) and bool(beside[end])
            if self._is_long(block):
                free = ~self._held[self._owner[side]] & ~self._taken[side]
            picked.append([k for k in range(start, end) if free[k]])
        return self._between(*picked)

    def _is_long(self, block: Block) -> bool:
        return len(block.seeds) >= _LONG and not self._rigid

    def _between(self, sources: Sequence[int], targets: Sequence[int]) -> list[Link]:
        """Return the links of some segments with some; none whose segments are not neighbours."""
        parts = self._sides[0].picked(sources), self._sides[1].picked(targets)
        out = []
        for link in PairAligner(replace(self._problem, sides=parts)).links():
            source, target = sources[slice(*link.source)], targets[slice(*link.target)]
            if _run(source) and _run(target):
                out.append(Link(_range(source), _range(target), link.probability))
        return out

    def _gain(self, link: Link) -> float:
        """Return by how much a match is cheaper than two passages without counterpart, in nats."""
        size = link.source[1] - link.source[0], link.target[1] - link.target[0]
        types, weights = self._problem.types, self._problem.weights
        if size not in types:
            return 0.0
        source = self._sides[0].part(*link.source)
        target = self._sides[1].part(*link.target)
        evidence = Evidence(source, target, Corridor.full(*size), self._problem.backgrounds)
        found = at_rate(costs(evidence, weights, types), weights, self._rate)
        alone = (
            found.source_open[0]
            + found.source_extend[1:].sum()
            + found.target_open[0]
            + found.target_extend[1:].sum()
        )
        return float(alone - found.match[types.index(size), -1, -1])


def _run(segments: Sequence[int]) -> bool:
    return not segments or segments[-1] - segments[0] == len(segments) - 1


def _range(segments: Sequence[int]) -> tuple[int, int]:
    return (segments[0], segments[-1] + 1) if segments else (0, 0)
