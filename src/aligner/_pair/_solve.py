"""What every bead of a stretch costs and how probable it is: all evidence put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aligner._dp import Costs, Posteriors, posteriors_of
from aligner._pair._constraints import Constraints, with_anchors
from aligner._pair._contested import contested, encoded
from aligner._pair._corridor import batches
from aligner._pair._rates import rate_heard
from aligner._pair._votes import with_votes
from aligner._score._cost import at_rate, costs
from aligner._score._evidence import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._dp import Node
    from aligner._pair._contested import Run
    from aligner._pair._corridor import Stretch
    from aligner._pair._votes import Votes
    from aligner._score._side import Side
    from aligner._score._similarity import Background, Known
    from aligner._score._weights import Weights

    # Stretches of its problem that a solver is asked for.
    Asked = tuple["Solver", Sequence[Stretch]]

Solution: TypeAlias = tuple[Costs, Posteriors | None]

# Runs are encoded until no new ones are contested, and at most so often.
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """Two versions and everything that says how they are to be aligned.

    Attributes:
        backgrounds: what random segments of each version look like.
        types: the match types allowed.
        null_price: cost of a segment alone in place of the model's own.
        votes: of the other versions, once they were heard.
        constraints: what the user demands.
        rate: of nulls, as a log ratio to the usual one, where it is known beforehand.
    """

    sides: tuple[Side, Side]
    backgrounds: tuple[Background, Background]
    types: tuple[tuple[int, int], ...]
    weights: Weights
    null_price: float | None = None
    votes: Votes | None = None
    constraints: Constraints = field(default_factory=Constraints)
    rate: float | None = None

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
    """Solves stretches of a problem, at the rate of nulls of those it heard first."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._rate = problem.rate
        self._heard: dict[tuple[object, ...], Costs] = {}

    def voted(self, votes: Votes) -> Solver:
        """Return a solver that hears *votes*, and knows all this one does: they came later."""
        other = Solver(replace(self._problem, votes=votes))
        other._rate, other._heard = self._rate, self._heard
        return other

    def hear(self, stretches: Sequence[Stretch]) -> None:
        """Take the rate of nulls from these stretches, unless it is known."""
        self.hear_all([(self, stretches)])

    def forget(self) -> None:
        """Let go of what the stretches cost that were heard; the rate stays."""
        self._heard = {}

    def solved(self, stretches: Sequence[Stretch]) -> list[Solution]:
        """Return costs and probabilities for each stretch, ``None`` where no path fits in it."""
        return self.solve_all([(self, stretches)])[0]

    @staticmethod
    def hear_all(asked: Sequence[Asked]) -> None:
        """Let each solver take the rate of nulls from its stretches, all of them at once."""
        asked = [(solver, stretches) for solver, stretches in asked if solver._rate is None]
        for solver, stretches in asked:
            solver._heard = {s.key: solver._costs(s) for s in stretches}
        heard = [found for solver, _ in asked for found in solver._heard.values()]
        found = chain.from_iterable(posteriors_of(batch) for batch in batches(heard))
        for solver, _ in asked:
            solutions = zip(solver._heard.values(), found, strict=False)
            solver._rate = rate_heard([(c, b) for c, b in solutions if b is not None])

    @staticmethod
    def solve_all(asked: Sequence[Asked]) -> list[list[Solution]]:
        """Return what each solver makes of its stretches; all are gone through at once."""
        costs = [[solver._demanded(solver._known(s), s) for s in some] for solver, some in asked]
        found = iter(posteriors_of([c for some in costs for c in some]))
        return [
            [solver._refined(s, (c, next(found))) for s, c in zip(stretches, some, strict=True)]
            for (solver, stretches), some in zip(asked, costs, strict=True)
        ]

    def _refined(self, stretch: Stretch, solution: Solution) -> Solution:
        """Return the solution with what the encoder says of the contested runs, if it has to."""
        ours, theirs = (side.overlaps for side in self._problem.sides)
        if ours is None or theirs is None:
            return solution
        found, beliefs = solution
        (i, j), (last, other) = stretch.start, stretch.end
        parts = ours.picked(range(i, last)), theirs.picked(range(j, other))
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

    def _known(self, stretch: Stretch) -> Costs:
        """Return what a stretch costs, looked up if it was heard."""
        return self._heard.get(stretch.key) or self._costs(stretch)

    def _demanded(self, found: Costs, stretch: Stretch) -> Costs:
        """Return the costs with the rate of nulls, the votes, and what the user demands."""
        problem = self._problem
        found = at_rate(found, problem.weights, self._rate or 0.0)
        if problem.null_price is not None:
            found = _priced(found, problem.null_price)
        if problem.votes is not None:
            found = with_votes(found, problem.votes.part(stretch.start, stretch.end))
        return with_anchors(found, problem.constraints.window(stretch.start, stretch.end))


def _priced(found: Costs, price: float) -> Costs:
    rows, columns = np.full(len(found.source_open), price), np.full(len(found.target_open), price)
    return Costs(found.corridor, found.types, found.match, rows, rows, columns, columns)
