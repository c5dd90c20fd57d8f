"""Which runs of segments are worth encoding: those of beads that may be right and may be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aligner._dp import Costs, Posteriors
    from aligner._overlaps import Overlaps
    from aligner._score._similarity import Known

Run = tuple[int, int]

# A bead less probable than this is out of the question, one more probable than the rest is sure.
_QUESTION = 0.02


def contested(found: Costs, beliefs: Posteriors) -> tuple[list[Run], list[Run]]:
    """Return the runs of two segments and more, on each side, that stand in contested beads."""
    open_ = (beliefs.match > _QUESTION) & (beliefs.match < 1 - _QUESTION)
    sides: tuple[set[Run], set[Run]] = set(), set()
    for t, row, column in np.argwhere(open_).tolist():
        a, b = found.types[t]
        end = column + int(found.corridor.lo[row])
        sides[0].add((row - a, row))
        sides[1].add((end - b, end))
    source, target = (sorted(run for run in side if run[1] - run[0] > 1) for side in sides)
    return source, target


def encoded(
    overlaps: tuple[Overlaps, Overlaps], runs: tuple[list[Run], list[Run]]
) -> tuple[Known, Known]:
    """Return the vectors of the *runs* of each side."""
    source, target = (side.vectors(part) for side, part in zip(overlaps, runs, strict=True))
    return source, target
