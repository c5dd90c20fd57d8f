"""Places: half-open offsets into a text, and how those of two texts lie to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Place = tuple[int, int]


def meet(one: Place, other: Place) -> bool:
    """Whether two places of one text have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def loneliest(ours: Sequence[int], text: str, theirs: Sequence[int], other: str) -> int:
    """Return which of the offsets *ours* into a text is farthest from any of *theirs* into another.

    How far is told by the shares of the texts that stand before them.
    """
    there = [start / max(len(other), 1) for start in theirs]

    def distance(start: int) -> float:
        here = start / max(len(text), 1)
        return min((abs(here - share) for share in there), default=1.0)

    return max(range(len(ours)), key=lambda k: distance(ours[k]))
