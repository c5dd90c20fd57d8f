"""What there is to say of a segment that stands alone: the features of null beads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from aligner._score._side import Side
    from aligner._score._similarity import Floats

    Values = npt.NDArray[np.floating[Any]]

NULL_FEATURES = (
    "open",
    "extend",
    "rate",
    "best",
    "best_squared",
    "short",
    "anchored",
    "again",
    "twice",
)


def turns(side: Side) -> npt.NDArray[np.bool_]:
    """Return where running text follows something else, or the other way round, bool [n]."""
    kinds = side.marks[-1]
    changes: npt.NDArray[np.bool_] = np.diff(kinds, prepend=kinds[:1]) != 0
    return changes


def null_features(
    best: Values, lengths: Values, anchors: Values, again: Values, twice: Values
) -> Values:
    """Return the ``NULL_FEATURES`` after the rates of each segment, float32 [features, n]."""
    short = 1 / np.sqrt(1 + lengths / 10)
    features = [best, best * best / 10, short, np.minimum(anchors, 3), again, twice]
    return np.stack(features).astype(np.float32)


def own_lines(source: Side, target: Side) -> tuple[tuple[Floats, Floats], tuple[Floats, Floats]]:
    """Return what either version repeats more than the other: as a head, and one behind another.

    What one version says as often as the other says anything has its counterpart there.
    """
    ours, theirs = (side.again.max(initial=0) for side in (source, target))
    return (
        (np.maximum(source.again - theirs, 0), source.twice),
        (np.maximum(target.again - ours, 0), target.twice),
    )
