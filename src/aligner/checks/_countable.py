"""Which tokens can have to do with a quantity at all: most words are told by a look at a table."""

from __future__ import annotations

from functools import lru_cache

from aligner.checks import _numerals as numerals
from aligner.checks._figures import FRACTION_SIGNS
from aligner.checks._lexicon import lexicon
from aligner.checks._text import Known


@lru_cache(maxsize=32)
def counting(language: str) -> Known[bool]:
    """Return which tokens can have to do with a quantity; most cannot."""
    return Known(lambda word: _may_count(word, language))


def _may_count(word: str, language: str) -> bool:
    """Whether a token is of digits, a number word, a unit, or in capitals."""
    if not word[0].isalpha():
        return word[0].isdecimal() or word in FRACTION_SIGNS
    low = word.lower()
    return (low.isalpha() and word.isupper()) or _counts(low, language)


def _counts(low: str, language: str) -> bool:
    known = lexicon(language)
    return known is not None and (
        low in _fixed(known.language)
        or numerals.is_numeral(low, language)
        or bool(known.stems("units").get(low))
        or numerals.weekday(low, language) is not None
        or numerals.month(low, language) is not None
    )


@lru_cache(maxsize=8)
def _fixed(language: str) -> frozenset[str]:
    """Return months, noon and midnight, and words like ``dozens``."""
    known = lexicon(language)
    if known is None:
        return frozenset()
    clock = known.words("clock", "noon") | known.words("clock", "midnight")
    return clock.union(*(known.numbers(table) for table in ("months", "vague")))
