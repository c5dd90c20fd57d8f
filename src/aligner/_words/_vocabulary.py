"""Texts as words with vectors: a word is the sum of the vectors of its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import lengths
from aligner._words._cut import BREAK_AFTER, BREAK_BEFORE, Bools, Cutter, Flags, Floats, Forms, Ints
from aligner._words._letters import SURFACE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner._words._cut import TokenVectors
    from aligner._words._runs import Run

_MOST = 1 << 16  # forms that are remembered


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of some texts, one after the other; marks are left out but leave a break.

    Attributes:
        table: ``[forms, dimensions]``, one vector for each form: words come again and again.
            The length of a vector is the weight of the word.
        letters: ``[forms, SURFACE]``, unit vectors of their letters, for cognates.
        forms: each form in lower case.
        lengths: of the vectors of the forms.
        which: ``[n]``, the form of each word.
        bounds: ``[texts + 1]``, where the words of each text begin.
        spans: ``[n, 2]`` character offsets into the text.
        flags: bits ``NUMBER``, ``CAPITAL``, ``BREAK_BEFORE``, ``BREAK_AFTER``.
    """

    table: Floats
    letters: Floats
    forms: tuple[str, ...]
    lengths: Floats
    which: Ints
    bounds: Ints
    spans: Ints
    flags: Flags

    def __len__(self) -> int:
        return len(self.which)

    def of(self, text: int) -> slice:
        """Return where the words of one text stand."""
        return slice(int(self.bounds[text]), int(self.bounds[text + 1]))

    def count(self, text: int) -> int:
        """Return how many words a text has."""
        return int(self.bounds[text + 1] - self.bounds[text])

    def place(self, text: int, run: Run) -> tuple[int, int]:
        """Return where the words of a run stand in their text."""
        spans = self.spans[self.of(text)][run.first : run.last]
        return int(spans[0, 0]), int(spans[-1, 1])

    @property
    def vectors(self) -> Floats:
        """The vector of each word, ``[n, dimensions]``."""
        return self.vectors_of(slice(None))

    def vectors_of(self, words: slice) -> Floats:
        """Return the vectors of some words."""
        return self.table[self.which[words]]

    @property
    def keys(self) -> tuple[str, ...]:
        """Each word in lower case."""
        return tuple(map(self.forms.__getitem__, self.which.tolist()))

    @property
    def weights(self) -> Floats:
        """The length of the vector of each word."""
        weights: Floats = self.lengths[self.which]
        return weights

    def directions(self) -> Floats:
        """Return the vector of each form with unit length."""
        sizes: Floats = np.maximum(self.lengths, 1e-6)
        return self.table / sizes[:, None]


class Vocabulary:
    """Cuts texts into words; what stands between white space is cut when it is first met."""

    def __init__(self, tokens: TokenVectors) -> None:
        self._cutter = Cutter(tokens)
        self._table = tokens.table
        self._numbers: dict[str, int] = {}
        self._forms = Forms()
        self._known = self._cutter([], self._forms)

    def cut(self, texts: Sequence[str]) -> Words:
        """Return the words of *texts*."""
        parts = [text.split() for text in texts]
        stretches = list(chain.from_iterable(parts))
        self._learn(stretches)
        known = self._known
        number = np.fromiter(map(self._numbers.__getitem__, stretches), np.int64, len(stretches))
        text = np.repeat(np.arange(len(texts)), list(map(len, parts)))
        start = np.array(_starts(texts, parts), np.int64)
        filled = known.filled[number]
        number, text, start = number[filled], text[filled], start[filled]
        counts = known.counts[number]
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(np.bincount(text, counts, len(texts)), out=bounds[1:])
        ends = np.cumsum(counts)
        firsts = (np.cumsum(known.counts) - known.counts)[number]
        word = np.arange(bounds[-1]) + np.repeat(firsts - ends + counts, counts)
        flags, has = known.flags[word], counts > 0
        before, after = self._breaks(number, text)
        flags[(ends - counts)[has]] |= before[has] * np.uint8(BREAK_BEFORE)
        flags[ends[has] - 1] |= after[has] * np.uint8(BREAK_AFTER)
        spans = known.spans[word] + np.repeat(start, counts)[:, None]
        return self._words(known.forms[word], bounds, spans, flags)

    def _breaks(self, number: Ints, text: Ints) -> tuple[Bools, Bools]:
        """Return whether a mark, or an end of the text, stands before and after each stretch."""
        before, after = np.ones((2, len(number)), bool)
        same = text[1:] == text[:-1]
        before[1:] = ~same | self._known.closes[number[:-1]]
        after[:-1] = ~same | self._known.opens[number[1:]]
        return before, after

    def _words(self, forms: Ints, bounds: Ints, spans: Ints, flags: Flags) -> Words:
        some, which = np.unique(forms, return_inverse=True)
        known, numbers = self._forms, some.tolist()
        table = known.vectors(numbers, self._table)
        letters = np.array([known.letters[k] for k in numbers]).reshape(-1, SURFACE)
        keys = tuple(map(known.lower.__getitem__, numbers))
        return Words(table, letters, keys, lengths(table), which, bounds, spans, flags)

    def _learn(self, stretches: Sequence[str]) -> None:
        if len(self._numbers) > _MOST:
            self._numbers, self._forms = {}, Forms()
            self._known = self._cutter([], self._forms)
        new = [one for one in dict.fromkeys(stretches) if one not in self._numbers]
        if new:
            found = self._cutter(new, self._forms)
            self._known = self._known.joined(found)
            first = len(self._numbers)
            self._numbers.update(zip(new, range(first, first + len(new)), strict=True))


def _starts(texts: Sequence[str], parts: Sequence[Sequence[str]]) -> list[int]:
    """Return where each part of each text begins."""
    found = []
    for text, some in zip(texts, parts, strict=True):
        at = 0
        for part in some:
            at = text.index(part, at)
            found.append(at)
            at += len(part)
    return found
