"""What the other versions say of a pair: links through a third version count as evidence.

The consistency idea of T-Coffee (Notredame, Higgins & Heringa 2000): where A is linked with C and C
with B, that speaks for linking A with B, and against leaving either alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._pair._ladder import mirrored
from aligner._score._side import run_totals
from aligner._score._similarity import Floats, NodeView, scattered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._dp import Costs, IntArray
    from aligner._pair._ladder import Ladder


@dataclass(frozen=True, slots=True)
class VotePrices:
    """Nats for a link that all other versions vote for: inside a bead, cut by it, or left alone.

    Stronger votes make two pairs agree on what is wrong (``benchmarks/votes.py``).
    """

    inside: float = 1.0
    cut: float = 2.0
    alone: float = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Links between segments of two versions that run through the other versions.

    Attributes:
        source, target: int64 [k], the segments linked.
        values: float32 [k], share of the other versions that link them, at most 1.
        source_total, target_total: float32 [n], [m], votes for each segment, at most 1.
    """

    source: IntArray
    target: IntArray
    values: Floats
    source_total: Floats
    target_total: Floats

    def part(self, start: tuple[int, int], end: tuple[int, int]) -> Votes:
        """Return the votes between two nodes, counted from the first of them."""
        inside = (self.source >= start[0]) & (self.source < end[0])
        inside &= (self.target >= start[1]) & (self.target < end[1])
        return Votes(
            self.source[inside] - start[0],
            self.target[inside] - start[1],
            self.values[inside],
            self.source_total[start[0] : end[0]],
            self.target_total[start[1] : end[1]],
        )


class Ballot:
    """Hears all ladders once, and then says of each pair what the other versions make of it."""

    def __init__(self, counts: Sequence[int], ladders: Mapping[tuple[int, int], Ladder]) -> None:
        self._counts = counts
        self._links = {pair: _links(ladder) for pair, ladder in ladders.items()}
        self._links |= {(w, v): _links(mirrored(ladder)) for (v, w), ladder in ladders.items()}

    def votes(self, pair: tuple[int, int]) -> Votes:
        """Return what the versions that were aligned with both of the *pair* say of it."""
        thirds = [
            k
            for k in range(len(self._counts))
            if (pair[0], k) in self._links and (k, pair[1]) in self._links
        ]
        found: dict[tuple[int, int], float] = defaultdict(float)
        for third in thirds:
            onward = self._links[third, pair[1]]
            for i, links in self._links[pair[0], third].items():
                for k, first in links.items():
                    for j, second in onward.get(k, {}).items():
                        found[i, j] += first * second / len(thirds)
        keys = np.array(list(found), np.int64).reshape(-1, 2)
        values = np.minimum(np.array(list(found.values()), np.float32), 1)
        totals = [
            np.minimum(np.bincount(side, values, self._counts[v]), 1).astype(np.float32)
            for side, v in zip(keys.T, pair, strict=True)
        ]
        return Votes(keys[:, 0], keys[:, 1], values, totals[0], totals[1])


def _links(ladder: Ladder) -> dict[int, dict[int, float]]:
    """Return for each source segment the target segments of its bead, with the probability.

    In a many-sided bead each link carries its share, so that a segment has one vote in all.
    """
    links: dict[int, dict[int, float]] = {}
    for link in ladder:
        if link.is_match:
            share = link.probability / (link.target[1] - link.target[0])
            there = dict.fromkeys(range(*link.target), share)
            links.update(dict.fromkeys(range(*link.source), there))
    return links


_PRICES = VotePrices()


def with_votes(costs: Costs, votes: Votes, prices: VotePrices = _PRICES) -> Costs:
    """Return the costs with the votes added; a bead that cuts a link pays for it."""
    match = costs.match.copy()
    for t, (inside, cut) in enumerate(counted(costs, votes)):
        match[t] += prices.cut * cut - prices.inside * inside
    source, target = (prices.alone * total for total in (votes.source_total, votes.target_total))
    return replace(
        costs,
        match=match,
        source_open=costs.source_open + source,
        source_extend=costs.source_extend + source,
        target_open=costs.target_open + target,
        target_extend=costs.target_extend + target,
    )


def counted(costs: Costs, votes: Votes) -> Iterator[tuple[Floats, Floats]]:
    """Yield for each type the votes inside the bead and those it cuts, at every node."""
    view = NodeView(costs.corridor)
    band = scattered(votes.source, votes.target, votes.values, costs.corridor)
    totals = run_totals(votes.source_total), run_totals(votes.target_total)
    for a, b in costs.types:
        inside = np.minimum(band.block(a, b), min(a, b))
        share = view.source(totals[0], a) + view.target(totals[1], b)
        yield np.minimum(inside, 1), np.clip(share - 2 * inside, 0, 2)
