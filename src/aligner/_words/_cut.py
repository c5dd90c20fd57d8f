"""Cut stretches of text into words: runs of pieces between marks."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from aligner._words._letters import surfaces

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.uint8]
Bools = NDArray[np.bool_]

NUMBER, CAPITAL, BREAK_BEFORE, BREAK_AFTER = 1, 2, 4, 8
_BOUNDARY = "▁"
_BETWEEN = "  "  # single letters with one blank between them are read as a word spaced apart
_WORD, _MARK, _DIGITS, _NOTHING = 0, 1, 2, 3


class TokenVectors(Protocol):
    """What gives the pieces of texts and their vectors; the embedded model is one.

    ``pieces`` returns ids, ``[n + 1]`` bounds by text and ``[k, 2]`` character spans;
    ``table`` has the vector of each id.
    """

    @property
    def table(self) -> Floats: ...

    def pieces(
        self, texts: Sequence[str], /
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]: ...

    def piece(self, index: int, /) -> str: ...


class Forms:
    """The different words met so far: as written, with the pieces they were cut into.

    Attributes:
        lower: each form in lower case.
        letters: the vector of its letters; see `surfaces`.
    """

    def __init__(self) -> None:
        self.lower: list[str] = []
        self.letters: list[Floats] = []
        self._pieces: list[tuple[int, ...]] = []
        self._numbers: dict[tuple[str, tuple[int, ...]], int] = {}

    def number(self, words: Sequence[tuple[str, tuple[int, ...]]]) -> Ints:
        """Return the number of each word; one not met before gets the next."""
        new = [word for word in dict.fromkeys(words) if word not in self._numbers]
        self._numbers.update(zip(new, count(len(self.lower))))
        self.lower += [written.lower() for written, _ in new]
        self._pieces += [pieces for _, pieces in new]
        self.letters += list(surfaces(self.lower[len(self.letters) :]))
        return np.fromiter(map(self._numbers.__getitem__, words), np.int64, len(words))

    def vectors(self, numbers: Sequence[int], table: Floats) -> Floats:
        """Return the sum of the vectors of the pieces of each form; most have one or two."""
        pieces = [self._pieces[number] for number in numbers]
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
        ids = np.fromiter(chain.from_iterable(pieces), np.int64, int(sizes.sum()))
        firsts = np.cumsum(sizes) - sizes
        out: Floats = table[ids[firsts]]
        for step in range(1, int(sizes.max(initial=0))):
            more = np.flatnonzero(sizes > step)
            out[more] += table[ids[firsts[more] + step]]
        return out


class Stretches(NamedTuple):
    """Stretches of text cut into words, one after the other; marks are left out.

    Attributes:
        counts: words of each stretch.
        opens, closes: whether a stretch begins, or ends, with a mark.
        filled: whether a stretch has pieces at all.
        forms: of each word.
        spans: ``[words, 2]`` character offsets into the stretch.
        flags: of each word ``NUMBER``, ``CAPITAL``, and a break where a mark of the stretch stands.
    """

    counts: Ints
    opens: Bools
    closes: Bools
    filled: Bools
    forms: Ints
    spans: Ints
    flags: Flags

    def joined(self, others: Stretches) -> Stretches:
        """Return these stretches and *others* behind them."""
        both: zip[tuple[NDArray[Any], NDArray[Any]]] = zip(self, others, strict=True)
        return Stretches(*(np.concatenate(arrays) for arrays in both))


class Cutter:
    """Cuts stretches into words, by the pieces that *tokens* cuts them into."""

    def __init__(self, tokens: TokenVectors) -> None:
        self._tokens = tokens
        self._kinds = _kinds(tokens)

    def __call__(self, stretches: Sequence[str], forms: Forms) -> Stretches:
        """Cut *stretches* into words, and number their *forms*.

        They are cut as one text: a text for each would take the tokenizer three times as long.
        """
        ids, _, spans = self._tokens.pieces([_BETWEEN.join(stretches)])
        sizes = np.fromiter(map(len, stretches), np.int64, len(stretches))
        starts = np.cumsum(sizes + len(_BETWEEN)) - sizes - len(_BETWEEN)
        kinds = self._kinds[ids]
        full = (spans[:, 1] > spans[:, 0]) & (kinds != _NOTHING)
        ids, spans, kinds = ids[full], spans[full], kinds[full]
        owner = np.searchsorted(starts, spans[:, 0], "right") - 1
        spans = spans - starts[owner][:, None]
        mark = kinds == _MARK
        mark &= ~_decimal_marks(kinds, spans, owner)
        firsts, lasts = _words(mark, spans, owner)
        where = np.stack([spans[firsts, 0], spans[lasts, 1]], axis=1)
        places = zip(owner[firsts].tolist(), where.tolist(), strict=True)
        written = [stretches[k][start:end] for k, (start, end) in places]
        listed, runs = ids.tolist(), zip(firsts.tolist(), (lasts + 1).tolist(), strict=True)
        pieces = [tuple(listed[start:end]) for start, end in runs]
        flags = np.array(list(map(_looks, written)), np.uint8)
        flags |= _beside(mark, owner, firsts, -1) * np.uint8(BREAK_BEFORE)
        flags |= _beside(mark, owner, lasts, 1) * np.uint8(BREAK_AFTER)
        return Stretches(
            np.bincount(owner[firsts], minlength=len(stretches)),
            *_ends(mark, owner, len(stretches)),
            forms.number(list(zip(written, pieces, strict=True))),
            where,
            flags,
        )


def _ends(mark: Bools, owner: Ints, stretches: int) -> tuple[Bools, Bools, Bools]:
    """Return of each stretch whether it opens and closes with a mark, and has pieces at all."""
    sizes = np.bincount(owner, minlength=stretches)
    ends, filled = np.cumsum(sizes), sizes > 0
    opens, closes = filled.copy(), filled.copy()
    opens[filled], closes[filled] = mark[(ends - sizes)[filled]], mark[ends[filled] - 1]
    return opens, closes, filled


def _kinds(tokens: TokenVectors) -> Flags:
    """Return for each piece whether it has letters, digits, marks, or is a mere boundary."""
    kinds = np.zeros(len(tokens.table), np.uint8)
    for index in range(len(kinds)):
        text = (tokens.piece(index) or "").removeprefix(_BOUNDARY)
        special = text[:1] == "<" and text[-1:] == ">"
        if not text:
            kinds[index] = _NOTHING
        elif special or not any(c.isalnum() for c in text):
            kinds[index] = _MARK
        elif text[:1].isdigit() and text[-1:].isdigit():
            kinds[index] = _DIGITS
    return kinds


def _decimal_marks(kinds: Flags, spans: Ints, owner: Ints) -> Bools:
    """Return which marks stand inside a number, such as the comma of 1,5."""
    inner = np.zeros(len(kinds), bool)
    if len(kinds) < 3:
        return inner
    joined = (spans[1:, 0] == spans[:-1, 1]) & (owner[1:] == owner[:-1])
    digits = kinds == _DIGITS
    inner[1:-1] = (kinds[1:-1] == _MARK) & digits[:-2] & digits[2:] & joined[:-1] & joined[1:]
    return inner


def _words(mark: Bools, spans: Ints, owner: Ints) -> tuple[Ints, Ints]:
    """Return the first and the last piece of each word."""
    apart = np.ones(len(mark), bool)
    if len(mark):
        apart[1:] = (spans[1:, 0] > spans[:-1, 1]) | (owner[1:] != owner[:-1])
        apart[1:] |= mark[1:] | mark[:-1]
    firsts = np.flatnonzero(apart & ~mark)
    word_of = np.cumsum(apart & ~mark) - 1
    lasts = np.zeros(len(firsts), np.int64)
    lasts[word_of[~mark]] = np.flatnonzero(~mark)
    return firsts, lasts


def _beside(mark: Bools, owner: Ints, places: Ints, step: int) -> Bools:
    """Return whether a mark of the same stretch stands beside each place."""
    other = places + step
    inside = (other >= 0) & (other < len(mark))
    safe = np.where(inside, other, places)
    found: Bools = inside & (owner[safe] == owner[places]) & mark[safe]
    return found


@lru_cache(maxsize=65536)
def _looks(word: str) -> int:
    return NUMBER * any(c.isdigit() for c in word) + CAPITAL * word[:1].isupper()
