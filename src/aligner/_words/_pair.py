"""What the words of two texts say of each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from aligner._words._cut import Floats

_SHARP = np.float32(8)


def strengths(links: Floats) -> Floats:
    """Return what each link weighs beside the other links of its words."""
    out: Floats = np.exp(_SHARP * links)
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """What the words of two texts say of each other.

    Attributes:
        lost: log odds of each source word, and of each target word, to be lost.
        known: ``[words, size]`` for source and target: the features of a word, scaled, what the
            network makes of them, and the log odds.
        links: ``[source, target]`` cosines less what random texts would offer.
        similarity: cosine of the sums of the words.
        ratio: log length ratio, source to target, less what is usual.
        worst: log odds of the word of either side that is the likeliest to be lost.
    """

    lost: tuple[Floats, Floats]
    known: tuple[Floats, Floats]
    links: Floats
    similarity: float
    ratio: float
    worst: float

    def turned(self) -> Pair:
        """Return the pair as the target sees it; the numbers are the same, not copies of them."""
        return Pair(
            self.lost[::-1],
            self.known[::-1],
            self.links.T,
            self.similarity,
            -self.ratio,
            self.worst,
        )


Table: TypeAlias = Mapping[tuple[int, int], Pair]
"""The pairs by the places of their texts, each of them both ways."""
