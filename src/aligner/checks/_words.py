"""Whether a word is an everyday word of a language: what tells names and foreign words apart.

The lists are Bloom filters (about one word in a hundred is wrongly taken for known), made by
``benchmarks/word_lists.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BITS_PER_WORD = 10
_HASHES = 7
_LONGEST = 60
_LINKING = ("", "s", "es", "n", "en", "er", "e")


@dataclass(frozen=True, slots=True)
class Bloom:
    """A set of words that may answer yes for a word it does not hold, never no for one it does."""

    bits: bytes

    @classmethod
    def of(cls, words: Sequence[str]) -> Bloom:
        """Return the set of *words*."""
        size = max(len(words) * _BITS_PER_WORD // 8, 64)
        bits = bytearray(size)
        for word in words:
            for place in _places(word, size * 8):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def __contains__(self, word: str) -> bool:
        return all(self.bits[p >> 3] >> (p & 7) & 1 for p in _places(word, len(self.bits) * 8))


def _places(word: str, size: int) -> Iterator[int]:
    digest = blake2b(word.encode(), digest_size=16).digest()
    place = int.from_bytes(digest[:8], "little")
    step = int.from_bytes(digest[8:], "little") | 1
    for _ in range(_HASHES):
        yield place % size
        place += step


@lru_cache(maxsize=8)
def _list(language: str) -> Bloom | None:
    base = language.split("-")[0].lower()
    file = files(__package__).joinpath("data", f"{base}.bloom")
    return Bloom(file.read_bytes()) if base.isalpha() and file.is_file() else None


def has_words(language: str) -> bool:
    """Whether there is a word list for *language*."""
    return _list(language) is not None


@lru_cache(maxsize=65536)
def is_everyday(word: str, language: str) -> bool:
    """Whether lower-case *word* is in the list of *language*."""
    known = _list(language)
    return known is not None and word in known


@lru_cache(maxsize=65536)
def is_name(word: str) -> bool:
    """Whether lower-case *word* is known as a name (of a place, a person, a product)."""
    known = _list("names")
    return known is not None and word in known


@lru_cache(maxsize=65536)
def is_word(word: str, language: str) -> bool:
    """Whether lower-case *word* is everyday, or put together from everyday words."""
    if is_everyday(word, language):
        return True
    if not 8 <= len(word) <= _LONGEST or language.split("-")[0] == "en":
        return False
    for cut in range(len(word) - 4, 3, -1):
        if not is_everyday(word[cut:], language):
            continue
        head = word[:cut]
        for link in _LINKING:
            stem = head[: len(head) - len(link)] if head.endswith(link) else ""
            if len(stem) > 2 and is_word(stem, language):
                return True
    return False
