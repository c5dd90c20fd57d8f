"""Two versions into one ladder of beads, each with the probability that it is exactly right."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from aligner._pair._cascade import reconsidered
from aligner._pair._constraints import Constraints
from aligner._pair._ladder import Link, alone
from aligner._pair._solve import Problem
from aligner._pair._windows import Windows
from aligner._score._side import of_like_length
from aligner._score._similarity import Background

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aligner._dp import Node
    from aligner._options import AlignOptions
    from aligner._pair._votes import Votes
    from aligner._score._side import Side
    from aligner._score._weights import Weights


def bead_types(options: AlignOptions) -> tuple[tuple[int, int], ...]:
    """Return the match types that *options* allow, (1, 1) first."""
    sizes = range(1, options.max_side + 1)
    found = ((a, b) for a in sizes for b in sizes if a + b <= options.max_sum)
    return tuple(sorted(found, key=lambda size: (sum(size), size)))


class PairAligner:
    """Aligns two versions; what it found out about them serves when others have voted."""

    def __init__(self, problem: Problem) -> None:
        self._pieces = [
            (first, last, Windows(problem.part(first, last)) if _is_filled(first, last) else None)
            for first, last in problem.constraints.pieces(*problem.counts)
        ]

    def voted(self, votes: Votes) -> PairAligner:
        """Return the same with the *votes* of other versions."""
        other = copy(self)
        other._pieces = [
            (first, last, windows and windows.voted(votes.part(first, last)))
            for first, last, windows in self._pieces
        ]
        return other

    def links(self) -> Iterator[Link]:
        """Yield the beads in text order."""
        for first, last, windows in self._pieces:
            if windows is None:
                yield from alone((first[0], last[0]), (first[1], last[1]))
            else:
                yield from (link.moved_by(*first) for link in _decoded(windows))

    @staticmethod
    def prepare(many: Iterable[PairAligner]) -> None:
        """Do the work of small pairs side by side; their links are then there to be asked for."""
        Windows.decode_together(
            [part for one in many for _, _, part in one._pieces if part is not None]
        )


def pair_problem(
    source: Side,
    target: Side,
    options: AlignOptions,
    weights: Weights,
    *,
    constraints: Constraints = Constraints(),  # noqa: B008  # frozen
    backgrounds: tuple[Background, Background] | None = None,
) -> Problem:
    """Return what there is to be solved of two versions.

    Args:
        backgrounds: of the whole texts, where the sides are parts of them.
    """
    return Problem(
        of_like_length(source, target),
        backgrounds or (Background.of(source.sums), Background.of(target.sums)),
        bead_types(options),
        weights,
        options.null_price,
        constraints=constraints,
    )


def align_pair(
    source: Side,
    target: Side,
    options: AlignOptions,
    weights: Weights,
) -> Iterator[Link]:
    """Yield the beads of two versions in text order; see `pair_problem`."""
    return PairAligner(pair_problem(source, target, options, weights)).links()


def _decoded(windows: Windows) -> Iterator[Link]:
    ours, theirs = (side.heavier for side in windows.problem.sides)
    if ours is None or theirs is None:
        return windows.links()
    return reconsidered(list(windows.links()), windows.problem, (ours, theirs))


def _is_filled(first: Node, last: Node) -> bool:
    return first[0] < last[0] and first[1] < last[1]
