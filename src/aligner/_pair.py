"""Two versions into one ladder of beads, each with the probability that it is exactly right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._cascade import reconsidered
from aligner._constraints import Constraints
from aligner._ladder import Link
from aligner._similarity import Background
from aligner._solve import Problem
from aligner._windows import Windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._options import AlignOptions
    from aligner._side import Side
    from aligner._solve import Node
    from aligner._votes import Votes
    from aligner._weights import Weights


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

    Args:
        backgrounds: of the whole texts, where the sides are parts of them.
    """
    whole = Problem(
        (source, target),
        backgrounds or (Background.of(source.sums), Background.of(target.sums)),
        bead_types(options),
        weights,
        options.null_price,
        votes,
        constraints,
    )
    for first, last in constraints.pieces(len(source), len(target)):
        if first[0] == last[0] or first[1] == last[1]:
            yield from _alone(first, last)
        else:
            yield from (link.moved_by(*first) for link in _solved(whole.part(first, last)))


def _solved(problem: Problem) -> Iterator[Link]:
    links = Windows(problem).links()
    ours, theirs = (side.heavier for side in problem.sides)
    if ours is None or theirs is None:
        return links
    return reconsidered(list(links), problem, (ours, theirs))


def _alone(first: Node, last: Node) -> Iterator[Link]:
    """Yield every segment between two nodes as a null bead."""
    yield from (Link((i, i + 1), (first[1], first[1]), 1.0) for i in range(first[0], last[0]))
    yield from (Link((last[0], last[0]), (j, j + 1), 1.0) for j in range(first[1], last[1]))
