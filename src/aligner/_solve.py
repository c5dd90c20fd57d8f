"""What every bead of a stretch costs and how probable it is: all evidence put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from aligner._constraints import Constraints, with_anchors
from aligner._contested import contested, encoded
from aligner._cost import at_rates, costs
from aligner._dp import Costs, Posteriors, posteriors_of
from aligner._evidence import Evidence
from aligner._rates import Rates, rates_heard
from aligner._votes import with_votes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._contested import Run
    from aligner._corridor import Stretch
    from aligner._overlaps import Overlaps
    from aligner._side import Side
    from aligner._similarity import Background, Known
    from aligner._votes import Votes
    from aligner._weights import Weights

Node = tuple[int, int]

# Runs are encoded until no new ones are contested, and at most so often.
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """Two versions and everything that says how they are to be aligned.

    Attributes:
        backgrounds: what random segments of each version look like.
        types: the match types allowed.
        null_price: cost of a segment alone in place of the model's own.
        rates: of nulls, where they are known beforehand.
    """

    sides: tuple[Side, Side]
    backgrounds: tuple[Background, Background]
    types: tuple[tuple[int, int], ...]
    weights: Weights
    null_price: float | None = None
    votes: Votes | None = None
    constraints: Constraints = field(default_factory=Constraints)
    rates: Rates | None = None

    @property
    def counts(self) -> tuple[int, int]:
        """Number of segments of each version."""
        return len(self.sides[0]), len(self.sides[1])

    def part(self, start: Node, end: Node) -> Problem:
        """Return the problem between two nodes; what is random is still that of the whole."""
        return replace(
            self,
            sides=(self.sides[0].part(start[0], end[0]), self.sides[1].part(start[1], end[1])),
            votes=self.votes and self.votes.part(start, end),
            constraints=self.constraints.part(start, end),
        )


class Solver:
    """Solves stretches of a problem, at the rates of nulls of those it heard first."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._rates = problem.rates
        self._heard: list[tuple[Stretch, Costs]] = []

    def hear(self, stretches: Sequence[Stretch]) -> None:
        """Take the rates of nulls from these stretches, unless the problem tells them."""
        if self._rates is None:
            self._heard = [(stretch, self._costs(stretch)) for stretch in stretches]
            found = posteriors_of([costs for _, costs in self._heard])
            self._rates = rates_heard([beliefs for beliefs in found if beliefs is not None])

    def solved(self, stretches: Sequence[Stretch]) -> list[tuple[Costs, Posteriors | None]]:
        """Return costs and probabilities for each stretch, ``None`` where no path fits in it."""
        problem = self._problem
        heard = {id(stretch): costs for stretch, costs in self._heard}
        found = [heard[id(s)] if id(s) in heard else self._costs(s) for s in stretches]
        found = [self._demanded(c, s) for c, s in zip(found, stretches, strict=True)]
        beliefs = posteriors_of(found)
        ours, theirs = (side.overlaps for side in problem.sides)
        if ours is None or theirs is None:
            return list(zip(found, beliefs, strict=True))
        return [
            self._refined(stretch, costs, belief, (ours, theirs))
            for stretch, costs, belief in zip(stretches, found, beliefs, strict=True)
        ]

    def _refined(
        self,
        stretch: Stretch,
        found: Costs,
        beliefs: Posteriors | None,
        overlaps: tuple[Overlaps, Overlaps],
    ) -> tuple[Costs, Posteriors | None]:
        """Return the solution with what the encoder says of the contested runs."""
        (i, j), (last, other) = stretch.start, stretch.end
        parts = overlaps[0].picked(range(i, last)), overlaps[1].picked(range(j, other))
        runs: tuple[set[Run], set[Run]] = set(), set()
        for _ in range(_ROUNDS):
            if beliefs is None:
                break
            fresh = contested(found, beliefs)
            if runs[0].issuperset(fresh[0]) and runs[1].issuperset(fresh[1]):
                break
            runs = runs[0] | set(fresh[0]), runs[1] | set(fresh[1])
            known = encoded(parts, (sorted(runs[0]), sorted(runs[1])))
            found = self._demanded(self._costs(stretch, known), stretch)
            beliefs = posteriors_of([found])[0]
        return found, beliefs

    def _costs(
        self,
        stretch: Stretch,
        known: tuple[Known, Known] | None = None,
    ) -> Costs:
        source, target = self._problem.sides
        (i, j), (last, other) = stretch.start, stretch.end
        parts = source.part(i, last), target.part(j, other)
        evidence = Evidence(*parts, stretch.corridor, self._problem.backgrounds, known)
        return costs(evidence, self._problem.weights, self._problem.types)

    def _demanded(self, found: Costs, stretch: Stretch) -> Costs:
        """Return the costs with the rates of nulls, the votes, and what the user demands."""
        problem = self._problem
        found = at_rates(found, problem.weights, self._rates or Rates())
        if problem.null_price is not None:
            found = _priced(found, problem.null_price)
        if problem.votes is not None:
            found = with_votes(found, problem.votes.part(stretch.start, stretch.end))
        return with_anchors(found, problem.constraints.part(stretch.start, stretch.end).anchors)


def _priced(found: Costs, price: float) -> Costs:
    rows, columns = np.full(len(found.source_open), price), np.full(len(found.target_open), price)
    return Costs(found.corridor, found.types, found.match, rows, rows, columns, columns)
