"""The ladders of all pairs that are aligned, in two rounds: in the second the others vote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._pair._aligner import PairAligner, align_pair, pair_problem
from aligner._pair._confidence import link_features, without_chance
from aligner._pair._moved import find_moved
from aligner._pair._votes import Ballot
from aligner._score._similarity import Background

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from aligner._dp import FloatArray
    from aligner._options import AlignOptions
    from aligner._pair._confidence import Confidence
    from aligner._pair._constraints import Constraints
    from aligner._pair._ladder import Ladder, Link
    from aligner._pair._moved import MovedLink
    from aligner._pair._solve import Problem
    from aligner._progress import Progress
    from aligner._score._side import Side
    from aligner._score._weights import Weights

    Pair = tuple[int, int]
    Range = tuple[int, int]


class Pairwise:
    """Aligns versions two by two.

    Args:
        additive: whether the vectors are such as the *confidence* is fitted to.

    Attributes:
        ladders: by pair, once it is aligned.
        moved: by pair, what it has in different places.
    """

    def __init__(
        self,
        sides: Sequence[Side],
        options: AlignOptions,
        weights: Weights,
        demands: Mapping[Pair, Constraints],
        confidence: Confidence,
        progress: Progress,
        *,
        additive: bool = True,
    ) -> None:
        self.ladders: dict[Pair, Ladder] = {}
        self.moved: dict[Pair, tuple[MovedLink, ...]] = {}
        self._sides = sides
        self._backgrounds = [Background.of(side.sums) for side in sides]
        self._options = options
        self._weights = weights
        self._demands = demands
        self._confidence = confidence
        self._progress = progress
        self._additive = additive

    def align(self) -> None:
        """Align all pairs; with three versions or more the others then vote on each."""
        problems = {pair: self._problem(pair) for pair in self._demands}
        aligners = {pair: PairAligner(problem) for pair, problem in problems.items()}
        self.ladders = self._found(aligners)
        if len(self._sides) > 2:
            heard = {pair: self._credible(pair) for pair in self.ladders}
            ballot = Ballot([len(side) for side in self._sides], heard)
            self.ladders = self._found(
                {pair: aligner.voted(ballot.votes(pair)) for pair, aligner in aligners.items()}
            )
        for pair, problem in problems.items():
            found = find_moved(problem, self.ladders[pair], self._confidence)
            self.ladders[pair], self.moved[pair] = found

    def judge(self) -> None:
        """Give each link the probability it has in view of the whole text; chance ones go.

        Where the user sets the price of leaving segments alone, that decides.
        """
        for pair, ladder in self.ladders.items():
            judged = self._confidence.of_links(ladder, self._features(pair))
            free = self._options.null_price is None
            self.ladders[pair] = without_chance(judged) if free else judged

    def _features(self, pair: Pair) -> FloatArray:
        return link_features(self.ladders[pair], (self._sides[pair[0]], self._sides[pair[1]]))

    def _credible(self, pair: Pair) -> Ladder:
        """Return the links of a pair that may vote on the others.

        What is in doubt has no vote: where two pairs contradict each other the wrong one is often
        the surer, and two pairs often mistake the same segment alike.
        """
        ladder = self.ladders[pair]
        if not self._additive:
            return ladder
        return self._confidence.credible(ladder, self._features(pair))

    def part(self, pair: Pair, source: Range, target: Range) -> Ladder:
        """Return the ladder of a stretch of a pair that is not aligned as a whole."""
        sides = self._sides[pair[0]].part(*source), self._sides[pair[1]].part(*target)
        return tuple(align_pair(*sides, self._options, self._weights))

    def _problem(self, pair: Pair) -> Problem:
        return pair_problem(
            self._sides[pair[0]],
            self._sides[pair[1]],
            self._options,
            self._weights,
            constraints=self._demands[pair],
            backgrounds=(self._backgrounds[pair[0]], self._backgrounds[pair[1]]),
        )

    def _found(self, aligners: Mapping[Pair, PairAligner]) -> dict[Pair, Ladder]:
        PairAligner.prepare(aligners.values())
        return {pair: tuple(self._counted(one.links())) for pair, one in aligners.items()}

    def _counted(self, links: Iterator[Link]) -> Iterator[Link]:
        for link in links:
            self._progress.add(link.size)
            yield link
