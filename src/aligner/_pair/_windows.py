"""Long texts window by window: many are decoded side by side, then put together where they agree.

The windows overlap. A path may begin and end anywhere in the first and the last row of one; near
these it has not seen what is beyond and is not to be trusted. The beads of the next window are
taken from a sure bead on that both have. Where there is none, as in a passage that one version
lacks, the text is decoded again from the last bead that is settled up to the next sure ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._dp import Corridor, Costs, Posteriors, Step, best_paths
from aligner._pair._coarse import find_band
from aligner._pair._corridor import FULL, LARGEST, OVERLAP, batches, presses
from aligner._pair._ladder import Ladder, Link, completed
from aligner._pair._solve import Problem, Solution, Solver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._dp import Node
    from aligner._pair._corridor import Band, Stretch
    from aligner._pair._votes import Votes
    from aligner._score._weights import Weights

_SURE = 0.9  # probability of a match where two windows may be put together
# Nodes of the widest band that is tried, as far as memory allows.
_WIDEST = 24 * FULL
# About so many windows, all over the text, tell how often segments stand alone in it.
_HEARD = 8
# Nodes of a text that is decoded together with others; what it costs is kept for a second round.
_SMALL = 20_000


@dataclass(frozen=True, slots=True)
class _Window:
    start: Node
    end: Node
    links: Ladder

    def after(self, last: Link) -> Ladder | None:
        """Return the beads that follow *last*, or ``None`` if it is not one of this window's."""
        if self.start == (0, 0):
            return self.links
        for k, link in enumerate(self.links):
            if link.source[1] >= last.source[1] and link.target[1] >= last.target[1]:
                same = (link.source, link.target) == (last.source, last.target)
                deep = link.source[0] >= self.start[0] + OVERLAP // 4
                return self.links[k + 1 :] if same and deep else None
        return None

    def beyond(self, last: Link) -> Ladder:
        """Return the matches that lie beyond *last*; all else there is left alone."""
        start, end = (last.source[1], last.target[1]), self.links[-1]
        links = [k for k in self.links if k.source[0] >= start[0] and k.target[0] >= start[1]]
        column = max(end.target[1], start[1])
        return completed(links, (start[0], end.source[1]), (start[1], column))

    def trusted(self, links: Ladder) -> Ladder:
        """Return of *links* that end with this window those that are not near its end."""
        limit = self.end[0] - OVERLAP // 2
        return links[: sum(1 for link in links if link.source[1] <= limit) or 1]


class Windows:
    """The beads of two versions, however long they are."""

    def __init__(
        self, problem: Problem, band: Band | None = None, solver: Solver | None = None
    ) -> None:
        self.problem = problem
        band = band or find_band(problem.sides[0].sums, problem.sides[1].sums)
        anchors = problem.constraints.anchors
        self._band = band.through(anchors) if anchors else band
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
            done = window.end == self.problem.counts
            place = last.source[1], window.end[0], last.target[1]
            sure = done or _settled(window.trusted(window.links))
            if not sure and _nodes(self._band.stretch(*place)) <= LARGEST:
                continue
            links = window.after(last)
            if links is None:
                links = self._single(place, self._band).links if sure else window.beyond(last)
            if not done:
                links = window.trusted(links)
                links = links[: _settled(links) or len(links)]
            yield from links
            last = links[-1] if links else last

    @staticmethod
    def decode_together(many: Sequence[Windows]) -> None:
        """Decode small texts side by side, for their ``links`` to be asked for."""
        small = [windows for windows in many if windows.is_small]
        whole = [w._band.stretch(*next(w._band.windows())) for w in small]
        stretches = {id(s): (w, s) for w, s in zip(small, whole, strict=True)}
        for batch in batches(whole):
            pairs = [stretches[id(s)] for s in batch]
            asked = [(windows._solver, [stretch]) for windows, stretch in pairs]
            Solver.hear_all(asked)
            solved = [
                (windows, stretch, solution)
                for (windows, stretch), (solution,) in zip(
                    pairs, Solver.solve_all(asked), strict=True
                )
                if solution[1] is not None
            ]
            found = _beads([s for _, _, s in solved], many[0].problem.weights)
            for (windows, stretch, _), links in zip(solved, found, strict=True):
                windows._whole = _window(stretch, links)

    def _decoded(self) -> Iterator[_Window]:
        """Yield the overlapping windows of the whole text, each decoded by itself."""
        if self._whole:
            yield self._whole
            return
        whole = [self._band.stretch(*rows) for rows in self._band.windows()]
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
                    rows = stretch.start[0], stretch.end[0], None
                    yield self._single(rows, self._band.widened())
        if not self.is_small:
            self._solver.forget()

    def _single(self, place: tuple[int, int, int | None], band: Band) -> _Window:
        """Return one window, its band widened while likely paths press against its edge.

        Args:
            place: its first and last row, and the column where it begins if that is known.

        Raises:
            ValueError: if no path fits what the user demands.
        """
        while True:
            stretch = band.stretch(*place)
            solution = self._solver.solved([stretch])[0]
            fits = _fits(stretch.corridor, solution[1])
            band = band.widened()
            wider = band.stretch(*place)
            done = wider.key == stretch.key or _nodes(wider) > _WIDEST
            if solution[1] is not None and (fits or done):
                return _window(stretch, _beads([solution], self.problem.weights)[0])
            if done:
                raise ValueError("no path of finite cost stays inside the corridor")


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


def _nodes(stretch: Stretch) -> int:
    rows, width = stretch.corridor.shape
    return rows * width


def _window(stretch: Stretch, links: Sequence[Link]) -> _Window:
    return _Window(
        stretch.start, stretch.end, tuple(link.moved_by(*stretch.start) for link in links)
    )


def _settled(links: Ladder) -> int:
    """Return how many beads there are up to the last of two sure matches in a row, 0 if none.

    One alone may be by chance, where one version lacks a passage longer than a window. Only the
    second half is looked at.
    """
    sure = [link.is_match and link.probability > _SURE for link in links]
    late = (k for k in range(len(links) - 1, len(links) // 2, -1) if sure[k - 1] and sure[k])
    return next(late, -1) + 1


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
