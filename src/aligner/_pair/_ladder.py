"""Bilingual ladders as the engine passes them on: links in text order, and ways to look at them."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    inside = [
        link
        for link in ladder
        if link.is_match and _contains(source, link.source) and _contains(target, link.target)
    ]
    found = _with_rest(inside, source, target, 0.5)
    return tuple(link.moved_by(-source[0], -target[0]) for link in found)


def completed(links: Sequence[Link], source: tuple[int, int], target: tuple[int, int]) -> Ladder:
    """Return the ladder of two ranges of segments that has the matches of *links*.

    All other segments are without counterpart there, with the probability that *links* give them.
    """
    known = {_place(link): link.probability for link in links if link.size == 1}
    found = _with_rest([link for link in links if link.is_match], source, target, 1.0)
    return tuple(
        link if link.is_match else replace(link, probability=known.get(_place(link), 1.0))
        for link in found
    )


def _with_rest(
    matches: Sequence[Link], source: tuple[int, int], target: tuple[int, int], probability: float
) -> Iterator[Link]:
    """Yield the matches of two ranges, and between them the segments without counterpart."""
    here = source[0], target[0]
    for link in matches:
        yield from alone((here[0], link.source[0]), (here[1], link.target[0]), probability)
        yield link
        here = link.source[1], link.target[1]
    yield from alone((here[0], source[1]), (here[1], target[1]), probability)


def _contains(whole: tuple[int, int], part: tuple[int, int]) -> bool:
    return whole[0] <= part[0] and part[1] <= whole[1]


def _place(link: Link) -> tuple[int, int]:
    """Return the side and the index of the segment of a link without counterpart."""
    side = int(link.source[0] == link.source[1])
    return side, (link.source, link.target)[side][0]
