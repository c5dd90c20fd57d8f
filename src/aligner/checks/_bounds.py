"""Denied measures: what must not go beyond one has it for its bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._lexicon import listed
from aligner.checks._numerals import is_numeral
from aligner.checks._quantified import quantifiers
from aligner.checks._text import Token, at, tokens, vocabulary

if TYPE_CHECKING:
    from aligner.checks._values import Passage

_REACH = 8  # words
_BOUNDS = frozenset({"least", "atmost"})


def is_bound(cue: Token, passage: Passage, other: Passage) -> bool:
    """Whether what must not go beyond a measure has that for its bound in the other version.

    ``Not taller than 120`` is ``at most 120``, ``nicht unterschreiten`` may be any other word.
    """
    items, language = tokens(passage.text), passage.language
    place = next(k for k, token in enumerate(items) if token.start == cue.start)
    clause = range(place + 1, min(place + _REACH, len(items)))
    bounded = quantifiers(other.text, other.language).keys() & _BOUNDS
    if any(items[k].low in listed(language, "quantifier", "exceeding") for k in clause):
        beyond = (listed(other.language, "quantifier", k) for k in ("than", "exceeding"))
        return bool(bounded) or vocabulary(other.text).isdisjoint(frozenset().union(*beyond))
    than = listed(language, "quantifier", "than")
    return bool(bounded) and any(
        items[k].low in than and _is_number(at(items, k + 1), language) for k in clause
    )


def _is_number(token: Token, language: str) -> bool:
    return token.text[0].isdecimal() or is_numeral(token.low, language)
