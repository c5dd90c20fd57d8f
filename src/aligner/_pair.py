"""Two versions into one ladder of beads, each with the probability that it is exactly right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner._constraints import Constraints, with_anchors
from aligner._corridor import Band, find_band, presses
from aligner._cost import Evidence, at_rate, costs, null_rate
from aligner._dp import Corridor, Costs, Posteriors, Step, best_path, posteriors
from aligner._ladder import Link
from aligner._similarity import Background
from aligner._votes import with_votes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aligner._options import AlignOptions
    from aligner._side import Side
    from aligner._votes import Votes
    from aligner._weights import Weights

_OVERLAP = 48


def bead_types(options: AlignOptions) -> tuple[tuple[int, int], ...]:
    """Return the match types that *options* allow, (1, 1) first."""
    sizes = range(1, options.max_side + 1)
    found = ((a, b) for a in sizes for b in sizes if a + b <= options.max_sum)
    return tuple(sorted(found, key=lambda size: (sum(size), size)))


def align_pair(
    source: Side,
    target: Side,
    options: AlignOptions,
    weights: Weights,
    *,
    votes: Votes | None = None,
    constraints: Constraints = Constraints(),  # noqa: B008  # frozen
    backgrounds: tuple[Background, Background] | None = None,
) -> Iterator[Link]:
    """Yield the beads of two versions in text order.

    Long texts are decoded window by window; a window is settled up to a sure bead well before its
    end, where the next one begins.

    Args:
        backgrounds: of the whole texts, where the sides are parts of them.
    """
    if backgrounds is None:
        backgrounds = Background.of(source.sums), Background.of(target.sums)
    for first, last in constraints.pieces(len(source), len(target)):
        if first[0] == last[0] or first[1] == last[1]:
            yield from (
                Link((i, i + 1), (first[1], first[1]), 1.0) for i in range(first[0], last[0])
            )
            yield from (Link((last[0], last[0]), (j, j + 1), 1.0) for j in range(first[1], last[1]))
            continue
        windows = _Windows(
            (source.part(first[0], last[0]), target.part(first[1], last[1])),
            backgrounds,
            options,
            weights,
            votes.part(first, last) if votes else None,
            constraints.part(first, last),
        )
        yield from (link.moved_by(*first) for link in windows.links())


class _Windows:
    """Two versions, decoded from any node to as far as memory allows."""

    def __init__(
        self,
        sides: tuple[Side, Side],
        backgrounds: tuple[Background, Background],
        options: AlignOptions,
        weights: Weights,
        votes: Votes | None,
        constraints: Constraints,
    ) -> None:
        self._sides = sides
        self._band = find_band(sides[0].sums, sides[1].sums)
        self._backgrounds = backgrounds
        self._types = bead_types(options)
        self._price = options.null_price
        self._weights = weights
        self._votes = votes
        self._constraints = constraints
        self._rate: float | None = None

    def links(self) -> Iterator[Link]:
        """Yield all beads in text order."""
        here, last = (0, 0), (len(self._sides[0]), len(self._sides[1]))
        while here != last:
            end, links = self.decoded(here)
            if end != last:
                links = _settled(links, end[0] - here[0])
            yield from (link.moved_by(*here) for link in links)
            here = links[-1].source[1] + here[0], links[-1].target[1] + here[1]

    def decoded(self, start: tuple[int, int]) -> tuple[tuple[int, int], list[Link]]:
        """Return the node where the window from *start* ends, and its beads.

        The band is widened for as long as likely paths press against its edge.
        """
        while True:
            end = _window_end(self._band, start)
            corridor = self._band.corridor(start, end)
            whole = corridor.width > corridor.columns
            try:
                found, beliefs = self._solved(start, end, corridor)
            except ValueError:
                if whole:
                    raise
                self._band = self._band.widened()
                continue
            if whole or not presses(beliefs, corridor):
                return end, list(_decoded(found, beliefs, self._weights))
            self._band = self._band.widened()

    def _solved(
        self, start: tuple[int, int], end: tuple[int, int], corridor: Corridor
    ) -> tuple[Costs, Posteriors]:
        source, target = self._sides
        evidence = Evidence(
            source.part(start[0], end[0]),
            target.part(start[1], end[1]),
            corridor,
            self._backgrounds,
        )
        found = costs(evidence, self._weights, self._types)
        if self._rate is None:
            self._rate = null_rate(posteriors(found))
        found = at_rate(found, self._weights, self._rate)
        if self._price is not None:
            found = _priced(found, self._price)
        if self._votes is not None:
            found = with_votes(found, self._votes.part(start, end))
        found = with_anchors(found, self._constraints.part(start, end).anchors)
        return found, posteriors(found)


def _window_end(band: Band, start: tuple[int, int]) -> tuple[int, int]:
    """Return the node at which the window from *start* ends: within memory, in mid-corridor."""
    row = band.last_row(start[0])
    if row == band.rows:
        return band.rows, band.columns
    column = int(band.lo[row] + band.hi[row] - 1) // 2
    return row, max(column, start[1])


def _settled(links: list[Link], rows: int) -> list[Link]:
    """Return the beads of a window up to a sure one, well before its makeshift end."""
    limit = max(rows - _OVERLAP, 1)
    count = sum(1 for link in links if link.source[1] <= limit) or 1
    late = [k for k in range(count // 2, count) if _is_sure(links[k])]
    return links[: late[-1] + 1] if late else links[:count]


def _is_sure(link: Link) -> bool:
    return link.is_match and link.probability > 0.9


def _priced(found: Costs, price: float) -> Costs:
    rows, columns = np.full(len(found.source_open), price), np.full(len(found.target_open), price)
    return Costs(found.corridor, found.types, found.match, rows, rows, columns, columns)


def _decoded(found: Costs, beliefs: Posteriors, weights: Weights) -> Iterator[Link]:
    """Yield the beads whose expected number of exactly right ones is greatest.

    Each bead earns its posterior less one half: with a strict F1 near one that is the decision
    that maximises it in expectation.
    """
    match = np.where(np.isfinite(found.match), 0.5 - beliefs.match, np.inf)
    source, target = 0.5 - beliefs.source_null, 0.5 - beliefs.target_null
    steps, _ = best_path(Costs(found.corridor, found.types, match, source, source, target, target))
    index = {size: t for t, size in enumerate(found.types)}
    raw = np.array([_belief(step, beliefs, found.corridor, index) for step in steps])
    for step, probability in zip(steps, weights.calibrated(np.clip(raw, 0, 1)), strict=True):
        yield Link(step.source, step.target, float(probability))


def _belief(
    step: Step, beliefs: Posteriors, corridor: Corridor, index: Mapping[tuple[int, int], int]
) -> float:
    a, b = step.type
    if not b:
        return float(beliefs.source_null[step.source[0]])
    if not a:
        return float(beliefs.target_null[step.target[0]])
    row, column = step.source[1], step.target[1]
    return float(beliefs.match[index[a, b], row, column - corridor.lo[row]])
