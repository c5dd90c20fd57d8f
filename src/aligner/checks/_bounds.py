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
_SIDES = (("above", "below"), ("below", "above"))
_BOUNDS = frozenset({"least", "atmost"})


def is_bound(cue: Token, passage: Passage, other: Passage) -> bool:
    """Whether what must not go beyond a measure has that for its bound in the other version.

    ``Not taller than 120`` is ``at most 120``, ``nicht unterschreiten`` may be any other word, and
    ``not above 25`` is ``below 25``.
    """
    items, language = tokens(passage.text), passage.language
    place = next(k for k, token in enumerate(items) if token.start == cue.start)
    clause = range(place + 1, min(place + _REACH, len(items)))
    bounded = quantifiers(other.text, other.language).keys() & _BOUNDS
    if any(items[k].low in listed(language, "quantifier", "exceeding") for k in clause):
        beyond = (listed(other.language, "quantifier", k) for k in ("than", "exceeding"))
        return bool(bounded) or vocabulary(other.text).isdisjoint(frozenset().union(*beyond))
    than = listed(language, "quantifier", "than")
    if bounded and _is_measured(items, clause, than, language):
        return True
    there = tokens(other.text)
    for ours, theirs in _SIDES:
        if _is_measured(items, clause, listed(language, "quantifier", ours), language):
            said = listed(other.language, "quantifier", theirs)
            most = ours == "above" and "atmost" in bounded
            return most or _is_measured(there, range(len(there)), said, other.language)
    return False


def _is_measured(
    items: tuple[Token, ...], places: range, words: frozenset[str], language: str
) -> bool:
    """Whether one of some words, as ``above``, stands before a number at one of *places*."""
    return any(items[k].low in words and _is_number(at(items, k + 1), language) for k in places)


def _is_number(token: Token, language: str) -> bool:
    return token.text[0].isdecimal() or is_numeral(token.low, language)
