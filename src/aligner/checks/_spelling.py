"""Spellings of names: folded so that those of several languages meet, and how alike two are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from aligner.checks._lexicon import table
from aligner.checks._text import vocabulary, words

_FOLDS = tuple(
    pair.split(">")
    for pair in [
        "tsch>c",
        "dsch>j",
        "dzj>j",
        "tch>c",
        "tj>c",
        "sch>s",
        "sh>s",
        "sj>s",
        "ch>k",
        "ck>k",
        "kh>k",
        "ph>f",
        "th>t",
        "qu>k",
        "x>ks",
        "w>v",
        "y>i",
        "j>i",
        "c>k",
        "q>k",
        "z>s",
        "ou>u",
        "ie>i",
        "ae>a",
        "oe>o",
        "ue>u",
    ]
)
_ADJECTIVE = re.compile("isk(?:e[nrsm]?|a|t)?$")
_ALIKE, _SHORT, _STEM, _LONG = 0.62, 3, 5, 6  # of the pairs of letters; letters of names and stems


def is_spelled(folded: str, text: str) -> bool:
    """Return whether a folded name stands in a text; what has no capital must be closer to it."""
    letters, capitals, others = folded_text(text)
    if len(folded) > _SHORT and (folded in letters or folded.rstrip("s") in letters):
        return True
    return folded in others or _is_among(folded, capitals) or _is_part(folded, others)


def _is_among(folded: str, capitals: frozenset[str]) -> bool:
    """Whether words with a capital have a name: inflected, in another spelling, in a compound."""
    if not {folded, folded.removesuffix("s"), f"{folded}s"}.isdisjoint(capitals):
        return True
    if any(w in capitals or f"{w}s" in capitals for w in _given_names().get(folded, ())):
        return True
    if any(_alike(folded, word) for word in capitals):
        return True
    if len(folded) == _SHORT and any(_holds(word, folded) for word in capitals):
        return True
    return len(folded) >= _STEM and any(_stem(folded) in word[1:] for word in capitals)


def _is_part(folded: str, others: frozenset[str]) -> bool:
    """Whether words without a capital are made of a name: its adjective, a compound."""
    if len(folded) < _STEM:
        return any(word[:-1] == folded for word in others)
    stem, root = _stem(folded), folded[:_STEM]
    return any(stem in w or (w.startswith(root) and _ADJECTIVE.search(w)) for w in others)


def _stem(folded: str) -> str:
    """Return a name of some length without its ending."""
    return folded[: max(_STEM, len(folded) - 2)]


def _holds(word: str, short: str) -> bool:
    """Whether a word is longer than *short* at one end: ``Tabulator``, ``RedHat``."""
    return len(word) >= 2 * _SHORT and word.startswith(short) | word.endswith(short)


@lru_cache(maxsize=1)
def _given_names() -> dict[str, frozenset[str]]:
    """Return the forms of each name that languages have, like ``Louis`` and ``Ludwig``."""
    found: dict[str, frozenset[str]] = {}
    for row in table("given_names"):
        forms = frozenset(fold(form) for form in row)
        found |= {form: forms | found.get(form, frozenset()) for form in forms}
    return found


def is_cognate(folded: str, text: str, *, close: bool = False) -> bool:
    """Return whether a word without a capital is spelled like *folded* (``prefecture``).

    Args:
        close: all of *folded* has to be in it, not only how it begins or its consonants.
    """
    if len(folded) < _LONG:
        return False
    words = folded_text(text)[2]
    if close:
        return any(_is_close(folded, word[: len(folded)]) for word in words)
    return any(_alike(folded, word) for word in words)


@lru_cache(maxsize=65536)
def _alike(name: str, word: str) -> bool:
    """Whether two folded words may be spellings of one name."""
    if len(name) < 3 or len(word) < 3:
        return False
    short, long = sorted((name, word), key=len)
    if len(short) >= 6 and short[:4] == long[:4]:
        return True
    if len(short) >= 4 and short in long:
        return True
    if short[0] != long[0] and (len(short) <= _STEM or short[1:3] != long[1:3]):
        return False
    if _is_close(short, long) or bones(short) == bones(long):
        return True
    ours = {name[i : i + 2] for i in range(len(name) - 1)}
    theirs = {word[i : i + 2] for i in range(len(word) - 1)}
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= _ALIKE


def _is_close(one: str, other: str) -> bool:
    """Whether of four letters hardly more than one differs."""
    most = max(len(one), len(other)) // 4
    return abs(len(one) - len(other)) <= most and distance(one, other) <= most


def bones(word: str) -> str:
    """Return the consonants of a folded word, which transliterations agree on, if three or more."""
    found = re.sub("[aeiou]|s$", "", word)
    return found if len(found) > 2 else word


def distance(one: str, other: str) -> int:
    """Return the edit distance of two words."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, rival in enumerate(other, 1):
            change = before + (letter != rival)
            before, row[j] = row[j], min(change, row[j] + 1, row[j - 1] + 1)
    return row[-1]


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """Return *word* in small letters without marks."""
    bare = word.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    if bare.isascii():
        return bare
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Return lower-case *word* without marks, spelled so that spellings of a name meet."""
    folded = plain(word)
    for old, new in _FOLDS:
        folded = folded.replace(old, new)
    return re.sub(r"(.)\1", r"\1", folded)


@lru_cache(maxsize=512)
def plain_words(text: str) -> frozenset[str]:
    """Return the different tokens of a text in small letters without marks."""
    return frozenset(map(plain, vocabulary(text)))


@lru_cache(maxsize=512)
def folded_text(text: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """Return a text folded: as one string, its words with a capital, its other words."""
    folded = [(fold(token.low), token.text[0].isupper()) for token in words(text)]
    capitals = frozenset(word for word, capital in folded if capital)
    others = frozenset(word for word, capital in folded if not capital)
    return "".join(word for word, _ in folded), capitals, others - capitals
