"""Cut texts into words with vectors: a word is the sum of the vectors of its pieces."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NUMBER, CAPITAL, BREAK_BEFORE, BREAK_AFTER = 1, 2, 4, 8
SURFACE = 96
"""Dimensions of the vector of a word's letters."""
_BOUNDARY = "▁"


class TokenVectors(Protocol):
    """What gives the vectors of the pieces of texts, static or in context.

    ``pieces`` returns ids, ``[n + 1]`` bounds by text and ``[k, 2]`` character spans;
    ``table`` has the vector of each id. The embedded model is one; a transformer may number
    the tokens of a batch through and give their vectors in context.
    """

    @property
    def table(self) -> Floats: ...

    def pieces(
        self, texts: Sequence[str], /
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]: ...

    def piece(self, index: int, /) -> str: ...


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of some texts, one after the other; marks are left out but leave a break.

    Attributes:
        vectors: ``[n, dimensions]``; the length of a vector is the weight of the word.
        bounds: ``[texts + 1]``, where the words of each text begin.
        spans: ``[n, 2]`` character offsets into the text.
        flags: bits ``NUMBER``, ``CAPITAL``, ``BREAK_BEFORE``, ``BREAK_AFTER``.
        keys: each word in lower case.
        surface: ``[n, SURFACE]``, unit vectors of the words' letters, for cognates.
        weights: ``[n]``, the lengths of the vectors.
        firsts: one word for each different vector: words come again and again.
        which: ``[n]``, which of those each word has the vector of.
    """

    vectors: Floats
    bounds: Ints
    spans: Ints
    flags: NDArray[np.uint8]
    keys: tuple[str, ...]
    surface: Floats
    weights: Floats
    firsts: Ints
    which: Ints

    def __len__(self) -> int:
        return len(self.keys)

    def of(self, text: int) -> slice:
        """Return where the words of one text stand."""
        return slice(int(self.bounds[text]), int(self.bounds[text + 1]))

    def directions(self) -> Floats:
        """Return each different vector with unit length."""
        lengths: Floats = np.maximum(self.weights[self.firsts], 1e-6)
        return self.vectors[self.firsts] / lengths[:, None]


def cut(texts: Sequence[str], tokens: TokenVectors) -> Words:
    """Cut *texts* into words."""
    ids, bounds, spans = tokens.pieces(texts)
    owner = np.repeat(np.arange(len(texts)), np.diff(bounds))
    full = spans[:, 1] > spans[:, 0]
    ids, spans, owner = ids[full], spans[full], owner[full]
    kinds = _kinds(tokens)[ids]
    mark = kinds == _MARK
    inner = _decimal_marks(kinds, spans, owner)
    mark &= ~inner
    apart = np.ones(len(ids), bool)
    if len(ids):
        apart[1:] = (spans[1:, 0] > spans[:-1, 1]) | (owner[1:] != owner[:-1])
        apart[1:] |= mark[1:] | mark[:-1]
    firsts = np.flatnonzero(apart & ~mark)
    word_of = np.cumsum(apart & ~mark) - 1
    lasts = np.zeros(len(firsts), np.int64)
    lasts[word_of[~mark]] = np.flatnonzero(~mark)
    vectors = _sums(tokens.table[ids], firsts, lasts)
    where = np.stack([spans[firsts, 0], spans[lasts, 1]], axis=1)
    counts = np.bincount(owner[firsts], minlength=len(texts))
    owners = owner[firsts].tolist()
    written = [texts[k][start:end] for k, (start, end) in zip(owners, where.tolist(), strict=True)]
    keys = tuple(map(str.lower, written))
    before = _beside(mark, owner, firsts, -1)
    after = _beside(mark, owner, lasts, 1)
    letters = list(map(_looks, written))
    flags = np.array(letters, np.uint8) | before * BREAK_BEFORE | after * BREAK_AFTER
    same, which = _distinct(vectors)
    weights = np.sqrt(np.einsum("id,id->i", vectors[same], vectors[same]))[which]
    return Words(
        vectors,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        where,
        flags.astype(np.uint8),
        keys,
        _surfaces(keys),
        weights,
        same,
        which,
    )


_WORD, _MARK, _DIGITS = 0, 1, 2
_kinds_of: dict[int, tuple[object, NDArray[np.uint8]]] = {}


def _kinds(tokens: TokenVectors) -> NDArray[np.uint8]:
    """Return for each piece whether it has letters, digits or neither."""
    known = _kinds_of.get(id(tokens))
    if known is not None and known[0] is tokens:
        return known[1]
    kinds = np.zeros(len(tokens.table), np.uint8)
    for index in range(len(kinds)):
        text = (tokens.piece(index) or "").removeprefix(_BOUNDARY)
        special = text[:1] == "<" and text[-1:] == ">"
        if special or (text and not any(c.isalnum() for c in text)):
            kinds[index] = _MARK
        elif text[:1].isdigit() and text[-1:].isdigit():
            kinds[index] = _DIGITS
    _kinds_of.clear()
    _kinds_of[id(tokens)] = tokens, kinds
    return kinds


def _decimal_marks(kinds: NDArray[np.uint8], spans: Ints, owner: Ints) -> NDArray[np.bool_]:
    """Return which marks stand inside a number, such as the comma of 1,5."""
    inner = np.zeros(len(kinds), bool)
    if len(kinds) < 3:
        return inner
    joined = (spans[1:, 0] == spans[:-1, 1]) & (owner[1:] == owner[:-1])
    digits = kinds == _DIGITS
    inner[1:-1] = (kinds[1:-1] == _MARK) & digits[:-2] & digits[2:] & joined[:-1] & joined[1:]
    return inner


def _sums(vectors: Floats, firsts: Ints, lasts: Ints) -> Floats:
    """Sum each run of rows ``first .. last``; most runs are of one row."""
    out: Floats = vectors[firsts]
    for step in range(1, int((lasts - firsts).max(initial=0)) + 1):
        more = np.flatnonzero(firsts + step <= lasts)
        out[more] += vectors[firsts[more] + step]
    return out


def _distinct(vectors: Floats) -> tuple[Ints, Ints]:
    """Return the places of the different vectors, and which of them each vector is.

    Vectors count as one if their first two numbers are the same to the last bit.
    """
    keys = np.ascontiguousarray(vectors[:, :2]).view(np.int64)[:, 0]
    _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
    return firsts, which


def _beside(mark: NDArray[np.bool_], owner: Ints, places: Ints, step: int) -> NDArray[np.uint8]:
    """Return whether a mark, or the end of the text, stands beside each place."""
    other = places + step
    outside = (other < 0) | (other >= len(mark))
    safe = np.where(outside, places, other)
    found: NDArray[np.uint8] = (outside | (owner[safe] != owner[places]) | mark[safe]).astype(
        np.uint8
    )
    return found


@lru_cache(maxsize=65536)
def _looks(word: str) -> int:
    return NUMBER * any(c.isdigit() for c in word) + CAPITAL * word[:1].isupper()


def _surfaces(keys: Sequence[str]) -> Floats:
    known = {key: k for k, key in enumerate(dict.fromkeys(keys))}
    table = np.array(list(map(surface, known)), np.float32).reshape(-1, SURFACE)
    return table[list(map(known.__getitem__, keys))]


@lru_cache(maxsize=65536)
def surface(key: str) -> Floats:
    """Return a unit vector of the pairs and triples of letters of a word, by hashing.

    >>> bool(surface("parlament") @ surface("parliament") > 0.6)
    True
    """
    plain = key if key.isalnum() else "".join(c for c in key if c.isalnum())
    letters = f"<{plain.translate(_PLAIN)}>"
    counts = [0] * SURFACE
    for size in (2, 3):
        for i in range(len(letters) - size + 1):
            place, sign = _hashed(letters[i : i + size])
            counts[place] += sign
    out = np.array(counts, np.float32)
    length = float(np.sqrt(out @ out))
    return out / max(length, 1e-6)


@lru_cache(maxsize=65536)
def _hashed(letters: str) -> tuple[int, int]:
    code = crc32(letters.encode())
    return code % SURFACE, 1 if code & 0x10000 else -1


_PLAIN = str.maketrans("äöüåéèáóíñkzß", "aouaeeaoincss")
