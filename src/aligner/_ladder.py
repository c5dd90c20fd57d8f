"""Bilingual ladders as the engine passes them on: links in text order, and ways to look at them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Link:
    """A bead of two versions: half-open ranges of segments, and its probability."""

    source: tuple[int, int]
    target: tuple[int, int]
    probability: float

    @property
    def is_match(self) -> bool:
        """Whether both sides have segments."""
        return self.source[0] < self.source[1] and self.target[0] < self.target[1]

    @property
    def size(self) -> int:
        """Number of segments on both sides together."""
        return self.source[1] - self.source[0] + self.target[1] - self.target[0]

    def moved_by(self, source: int, target: int) -> Link:
        """Return the same link counted from other first segments."""
        if not (source or target):
            return self
        ours = self.source[0] + source, self.source[1] + source
        theirs = self.target[0] + target, self.target[1] + target
        return Link(ours, theirs, self.probability)

    def mirrored(self) -> Link:
        """Return the link with the sides swapped."""
        return Link(self.target, self.source, self.probability)


Ladder: TypeAlias = tuple[Link, ...]


def mirrored(ladder: Sequence[Link]) -> Ladder:
    """Return the ladder with the sides swapped."""
    return tuple(link.mirrored() for link in ladder)


def alone(
    source: tuple[int, int], target: tuple[int, int], probability: float = 1.0
) -> Iterator[Link]:
    """Yield every segment of two ranges without counterpart, those of the source first."""
    yield from (Link((k, k + 1), (target[0], target[0]), probability) for k in range(*source))
    yield from (Link((source[1], source[1]), (k, k + 1), probability) for k in range(*target))


def within(ladder: Sequence[Link], source: tuple[int, int], target: tuple[int, int]) -> Ladder:
    """Return the ladder between two ranges of segments, counted from their first ones.

    A link that leaves either range falls apart into segments without counterpart.
    """
    sides = source, target
    next_free = [source[0], target[0]]
    out: list[Link] = []

    def fill(upto: tuple[int, int]) -> None:
        for side in (0, 1):
            for k in range(next_free[side], upto[side]):
                here = [(next_free[0], next_free[0]), (next_free[1], next_free[1])]
                here[side] = (k, k + 1)
                out.append(Link(here[0], here[1], 0.5))
                next_free[side] = k + 1

    for link in ladder:
        inside = all(
            side[0] <= part[0] and part[1] <= side[1]
            for side, part in zip(sides, (link.source, link.target), strict=True)
        )
        if inside and link.is_match:
            fill((link.source[0], link.target[0]))
            out.append(link)
            next_free = [link.source[1], link.target[1]]
    fill((source[1], target[1]))
    return tuple(link.moved_by(-source[0], -target[0]) for link in out)


def completed(links: Sequence[Link], source: tuple[int, int], target: tuple[int, int]) -> Ladder:
    """Return the ladder of two ranges of segments that has the matches of *links*.

    All other segments are without counterpart there, with the probability that *links* give them.
    """
    alone = {
        (side, part[0]): link.probability
        for link in links
        if not link.is_match
        for side, part in enumerate((link.source, link.target))
        if part[0] < part[1]
    }
    here = [source[0], target[0]]
    out: list[Link] = []
    ends = Link((source[1], source[1]), (target[1], target[1]), 1.0)
    for link in [*(link for link in links if link.is_match), ends]:
        for side, part in enumerate((link.source, link.target)):
            for k in range(here[side], part[0]):
                sides = [(here[0], here[0]), (here[1], here[1])]
                sides[side] = (k, k + 1)
                out.append(Link(sides[0], sides[1], alone.get((side, k), 1.0)))
                here[side] = k + 1
        if link.is_match:
            out.append(link)
            here = [link.source[1], link.target[1]]
    return tuple(out)
