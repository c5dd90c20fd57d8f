"""Similarities of the words of pairs of passages, many pairs at once in padded arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aligner._words._pair import strengths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from aligner._words._cut import Floats, Ints
    from aligner._words._vocabulary import Words

_CELLS = 20_000  # pairs of words in a batch
_FAR = np.float32(-2)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The words of one side of a batch of pairs, padded; ``[pairs, longest]`` each.

    Attributes:
        index: of the words, 0 where padded.
        here: which are words.
        hub: what a random text would offer the word.
        weights: lengths of the vectors.
        own: dot product of the word with the sum of its side.
        neighbours: dot product of the word with the next one.
    """

    index: Ints
    here: NDArray[np.bool_]
    hub: Floats
    weights: Floats
    own: Floats
    neighbours: Floats

    @property
    def counts(self) -> Floats:
        """Words by pair."""
        counts: Floats = self.here.sum(1).astype(np.float32)
        return counts


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A batch of pairs; ``[pairs, source, target]`` each.

    Attributes:
        dots: dot products of the words.
        surface: the same for their letters.
        links: cosines less what a random text would offer to both words.
        ahead: the links of source words with two target words in a row.
        behind: those of target words with two source words, ``[pairs, target, source]``.
        shares: of each target word in all that a source word links to.
        shares_back: of each source word in all that a target word links to.
    """

    rows: Ints
    source: Side
    target: Side
    dots: Floats
    surface: Floats
    links: Floats
    ahead: Floats
    behind: Floats
    shares: Floats
    shares_back: Floats

    @classmethod
    def of(cls, rows: Ints, source: Side, target: Side, dots: Floats, surface: Floats) -> Grid:
        """Return the grid of two sides, given the dot products of their words."""
        back = dots.transpose(0, 2, 1)
        links = _links(source, target, dots)
        raw = strengths(links)
        shares = raw / np.maximum(raw.sum(2, keepdims=True), 1e-9)
        shares_back = raw / np.maximum(raw.sum(1, keepdims=True), 1e-9)
        ahead, behind = _pair_links(source, target, dots), _pair_links(target, source, back)
        return cls(rows, source, target, dots, surface, links, ahead, behind, shares, shares_back)

    def swapped(self) -> Grid:
        """Return the grid as the other side sees it."""
        return Grid(
            self.rows,
            self.target,
            self.source,
            self.dots.transpose(0, 2, 1),
            self.surface.transpose(0, 2, 1),
            self.links.transpose(0, 2, 1),
            self.behind,
            self.ahead,
            self.shares_back.transpose(0, 2, 1),
            self.shares.transpose(0, 2, 1),
        )


def _links(source: Side, target: Side, dots: Floats) -> Floats:
    cosines = dots / np.maximum(source.weights[:, :, None] * target.weights[:, None, :], 1e-6)
    links = cosines - (source.hub[:, :, None] + target.hub[:, None, :]) / 2
    both = source.here[:, :, None] & target.here[:, None, :]
    out: Floats = np.where(both, links, _FAR)
    return out


def _pair_links(source: Side, target: Side, dots: Floats) -> Floats:
    """Return the links of source words with two target words in a row.

    Two words are the sum of their vectors, so the cosine follows from the dots of each.
    """
    both, squares, hub = dots.copy(), target.weights**2, target.hub.copy()
    both[:, :, :-1] += dots[:, :, 1:]
    squares[:, :-1] += target.weights[:, 1:] ** 2 + 2 * target.neighbours[:, :-1]
    hub[:, :-1] = (target.hub[:, :-1] + target.hub[:, 1:]) / 2
    here = target.here.copy()
    here[:, :-1] &= target.here[:, 1:]
    here[:, -1] = False
    lengths = source.weights[:, :, None] * np.sqrt(np.maximum(squares, 1e-6))[:, None, :]
    cosines = both / np.maximum(lengths, 1e-6)
    links = cosines - (source.hub[:, :, None] + hub[:, None, :]) / 2
    out: Floats = np.where(source.here[:, :, None] & here[:, None, :], links, _FAR)
    return out


def grids(words: Words, hub: Floats, pairs: Ints) -> Iterator[Grid]:
    """Yield batches of *pairs* of texts, pairs of like length together."""
    counts = np.diff(words.bounds)
    sizes = counts[pairs]
    order = np.lexsort((sizes[:, 1], sizes.max(1)))
    order = order[(sizes[order] > 0).all(1)]
    start = 0
    while start < len(order):
        stop = start + 1
        longest = sizes[order[start]].copy()
        while stop < len(order):
            grown = np.maximum(longest, sizes[order[stop]])
            if int(grown.prod()) * (stop + 1 - start) > _CELLS:
                break
            longest, stop = grown, stop + 1
        rows = order[start:stop]
        yield _grid(words, hub, pairs[rows], rows)
        start = stop


def _grid(words: Words, hub: Floats, pairs: Ints, rows: Ints) -> Grid:
    source, left = _side(words, hub, pairs[:, 0])
    target, right = _side(words, hub, pairs[:, 1])
    dots = left @ right.transpose(0, 2, 1)
    ours, theirs = (
        words.letters[words.which[side.index]] * side.here[:, :, None] for side in (source, target)
    )
    return Grid.of(rows, source, target, dots, ours @ theirs.transpose(0, 2, 1))


def _side(words: Words, hub: Floats, texts: Ints) -> tuple[Side, Floats]:
    starts, counts = words.bounds[texts], np.diff(words.bounds)[texts]
    steps = np.arange(int(counts.max()))
    here = steps[None, :] < counts[:, None]
    index = np.where(here, starts[:, None] + steps[None, :], 0)
    which = words.which[index]
    vectors = words.table[which]
    vectors *= here[:, :, None]
    own = (vectors @ vectors.sum(1)[:, :, None])[:, :, 0]
    neighbours = np.zeros_like(own)
    neighbours[:, :-1] = np.einsum("pid,pid->pi", vectors[:, :-1], vectors[:, 1:])
    return Side(
        index, here, hub[index] * here, words.lengths[which] * here, own, neighbours
    ), vectors
