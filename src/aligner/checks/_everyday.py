"""Whether a word is an everyday word of a language: what tells names and foreign words apart.

The lists are Bloom filters (about one word in seven hundred is wrongly taken for known), made by
``benchmarks/word_lists.py``; what people say at home and that text lacks is in ``[everyday]``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._lexicon import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

_BITS_PER_WORD = 14
_HASHES = 7
_LONGEST = 60  # letters of a word that is taken apart
_LINKING = ("", "s", "es", "n", "en", "er", "e")


@dataclass(frozen=True, slots=True)
class Bloom:
    """A set of words that may answer yes for a word it does not hold, never no for one it does."""

    bits: bytes

    @classmethod
    def of(cls, words: Sequence[str]) -> Bloom:
        """Return the set of *words*."""
        bits = bytearray(max(len(words) * _BITS_PER_WORD // 8, 64))
        size = len(bits) * 8
        for word in words:
            place, step = _hashed(word, size)
            for _ in range(_HASHES):
                bits[place >> 3] |= 1 << (place & 7)
                place = (place + step) % size
        return cls(bytes(bits))

    def __contains__(self, word: str) -> bool:
        bits, size = self.bits, len(self.bits) * 8
        place, step = _hashed(word, size)
        for _ in range(_HASHES):
            if not bits[place >> 3] >> (place & 7) & 1:
                return False
            place = (place + step) % size
        return True


def _hashed(word: str, size: int) -> tuple[int, int]:
    """Return the first place of a word in a row of *size* bits, and the step to the next."""
    digest = blake2b(word.encode(), digest_size=16).digest()
    place = int.from_bytes(digest[:8], "little")
    return place % size, (int.from_bytes(digest[8:], "little") | 1) % size


@lru_cache(maxsize=8)
def _list(language: str) -> Bloom | None:
    base = base_language(language)
    file = files(__package__).joinpath("data", f"{base}.bloom")
    return Bloom(file.read_bytes()) if base.isalpha() and file.is_file() else None


def has_words(language: str) -> bool:
    """Whether there is a word list for *language*."""
    return _list(language) is not None


@lru_cache(maxsize=65536)
def is_everyday(word: str, language: str) -> bool:
    """Whether lower-case *word* is in the list of *language*."""
    known = _list(language)
    return known is not None and (word in known or word in listed(language, "everyday"))


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
    if not 8 <= len(word) <= _LONGEST or base_language(language) == "en":
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
