"""Long texts window by window: many are decoded side by side, then put together where they agree.

The windows overlap. One begins and ends in the middle of the band, which may be off the path, so
near its ends it is not to be trusted; the beads of the next window are taken from a sure bead on
that both have. Where there is none, the text is decoded again from the last bead that is settled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._corridor import Stretch, batches, find_band, presses
from aligner._dp import Corridor, Costs, Posteriors, Step, best_paths
from aligner._ladder import Link
from aligner._solve import Node, Problem, Solution, Solver, hear_all, solve_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._corridor import Band
    from aligner._votes import Votes
    from aligner._weights import Weights

_OVERLAP = 96
_SURE = 0.9
# About so many windows, all over the text, tell how often segments stand alone in it.
_HEARD = 8
# Nodes of a text that is decoded together with others; what it costs is kept for a second round.
_SMALL = 20_000


@dataclass(frozen=True, slots=True)
class _Window:
    start: Node
    end: Node
    links: tuple[Link, ...]

    def after(self, last: Link) -> list[Link] | None:
        """Return the beads that follow *last*, or ``None`` if it is not one of this window's."""
        for k, link in enumerate(self.links):
            if link.source[1] >= last.source[1] and link.target[1] >= last.target[1]:
                same = (link.source, link.target) == (last.source, last.target)
                deep = link.source[0] >= self.start[0] + _OVERLAP // 4
                return list(self.links[k + 1 :]) if same and deep else None
        return None


class Windows:
    """The beads of two versions, however long they are."""

    def __init__(
        self, problem: Problem, band: Band | None = None, solver: Solver | None = None
    ) -> None:
        self.problem = problem
        self._band = band or find_band(problem.sides[0].sums, problem.sides[1].sums)
        self._solver = solver or Solver(problem)
        self._whole: _Window | None = None

    def voted(self, votes: Votes) -> Windows:
        """Return the same with *votes* of other versions, without finding the rest out again."""
        return Windows(replace(self.problem, votes=votes), self._band, self._solver.voted(votes))

    @property
    def is_small(self) -> bool:
        """Whether it is one window, and so small that decoding it is mostly overhead."""
        rows, columns = self.problem.counts
        lazy = all(side.overlaps is not None for side in self.problem.sides)
        return (rows + 1) * (columns + 1) <= _SMALL and not lazy

    def links(self) -> Iterator[Link]:
        """Yield all beads in text order."""
        last = Link((0, 0), (0, 0), 1.0)
        for window in self._decoded():
            first = window.start == (0, 0)
            links = list(window.links) if first else window.after(last)
            if links is None:
                links = list(self._single((last.source[1], last.target[1]), window.end).links)
            if window.end != self.problem.counts:
                links = _settled(links, window.end[0] - _OVERLAP // 2)
            yield from links
            last = links[-1] if links else last

    def _decoded(self) -> Iterator[_Window]:
        """Yield the overlapping windows of the whole text, each decoded by itself."""
        if self._whole:
            yield self._whole
            return
        whole = list(self._stretches())
        self._solver.hear(whole[:: max(1, len(whole) // _HEARD)])
        for stretches in batches(whole):
            solutions = self._solver.solved(stretches)
            fits = [
                k
                for k, (stretch, solution) in enumerate(zip(stretches, solutions, strict=True))
                if _fits(stretch.corridor, solution[1])
            ]
            beads = _beads([solutions[k] for k in fits], self.problem.weights)
            decoded = dict(zip(fits, beads, strict=True))
            for k, stretch in enumerate(stretches):
                if k in decoded:
                    yield _window(stretch, decoded[k])
                else:
                    yield self._single(stretch.start, stretch.end, self._band.widened())
        if not self.is_small:
            self._solver.forget()

    def _stretches(self) -> Iterator[Stretch]:
        band, last = self._band, self.problem.counts
        start: Node = (0, 0)
        while True:
            row = band.last_row(start[0])
            end = last if row == last[0] else band.corner(row)
            yield Stretch(start, end, band.corridor(start, end))
            if end == last:
                return
            start = band.corner(end[0] - _OVERLAP)

    def _single(self, start: Node, end: Node, band: Band | None = None) -> _Window:
        """Return one window, its band widened for as long as likely paths press against its edge.

        Raises:
            ValueError: if no path fits what the user demands.
        """
        band = band or self._band
        while True:
            stretch = Stretch(start, end, band.corridor(start, end))
            solution = self._solver.solved([stretch])[0]
            if _fits(stretch.corridor, solution[1]):
                return _window(stretch, _beads([solution], self.problem.weights)[0])
            if solution[1] is None and stretch.corridor.is_full:
                raise ValueError("no path of finite cost stays inside the corridor")
            band = band.widened()


def decode_together(many: Sequence[Windows]) -> None:
    """Decode small texts side by side, for their ``links`` to be asked for."""
    small = [windows for windows in many if windows.is_small]
    whole = [next(windows._stretches()) for windows in small]
    stretches = {id(s): (w, s) for w, s in zip(small, whole, strict=True)}
    for batch in batches(whole):
        pairs = [stretches[id(s)] for s in batch]
        asked = [(windows._solver, [stretch]) for windows, stretch in pairs]
        hear_all(asked)
        solved = [
            (windows, stretch, solution)
            for (windows, stretch), (solution,) in zip(pairs, solve_all(asked), strict=True)
            if solution[1] is not None
        ]
        found = _beads([s for _, _, s in solved], many[0].problem.weights)
        for (windows, stretch, _), links in zip(solved, found, strict=True):
            windows._whole = _window(stretch, links)


def _beads(solutions: Sequence[Solution], weights: Weights) -> list[list[Link]]:
    """Return for each solution the beads of greatest expected number of exactly right ones.

    Each bead earns its posterior less one half: with a strict F1 near one that is the decision
    that maximises it in expectation.
    """
    solved = [(costs, beliefs) for costs, beliefs in solutions if beliefs is not None]
    paths = best_paths([_gains(costs, beliefs) for costs, beliefs in solved])
    return [
        list(_links(path[0], costs, beliefs, weights))
        for path, (costs, beliefs) in zip(paths, solved, strict=True)
        if path is not None
    ]


def _fits(corridor: Corridor, beliefs: Posteriors | None) -> bool:
    """Whether there is a path, and no likely one presses against the edge of the corridor."""
    return beliefs is not None and (corridor.is_full or not presses(beliefs, corridor))


def _window(stretch: Stretch, links: Sequence[Link]) -> _Window:
    return _Window(
        stretch.start, stretch.end, tuple(link.moved_by(*stretch.start) for link in links)
    )


def _settled(links: list[Link], limit: int) -> list[Link]:
    """Return the beads of a window up to a sure one before the row *limit*."""
    count = sum(1 for link in links if link.source[1] <= limit) or 1
    late = [
        k for k in range(count // 2, count) if links[k].is_match and links[k].probability > _SURE
    ]
    return links[: late[-1] + 1] if late else links[:count]


def _gains(found: Costs, beliefs: Posteriors) -> Costs:
    match = np.where(np.isfinite(found.match), 0.5 - beliefs.match, np.inf)
    source, target = 0.5 - beliefs.source_null, 0.5 - beliefs.target_null
    return Costs(found.corridor, found.types, match, source, source, target, target)


def _links(
    steps: Sequence[Step], found: Costs, beliefs: Posteriors, weights: Weights
) -> Iterator[Link]:
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
