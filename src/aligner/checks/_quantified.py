"""Words that say how many are meant, sorted: all, most, some, few, and what bounds a number."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from aligner.checks._lexicon import lexicon, listed
from aligner.checks._numerals import word
from aligner.checks._text import Token, at, marked, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.checks._lexicon import Lexicon

Quantified = dict[str, list[Token]]
CLASSES = ("all", "most", "many", "some", "few")
LOWER_BOUNDS = ("least", "more")
BOUNDS = (*LOWER_BOUNDS, "atmost", "less")
_DENIED = {"more": "atmost", "less": "least"}
_BEFORE_NUMBERS = {"nearly": "less", "over": "more"}
"""What bounds a number that follows at once: ``almost two``, ``over 40``."""
_REACH, _ENDS = 6, frozenset(",;:.!?()\u2013\u2014")


@lru_cache(maxsize=512)
def quantifiers(text: str, language: str) -> Quantified:
    """Return the quantifiers of *text* by class."""
    known = lexicon(language)
    found: Quantified = {}
    if known is None:
        return found
    table = _classes(known.language)
    if table.keys().isdisjoint(vocabulary(text)):
        return found
    words = tokens(text)
    for i in marked(words, table.__contains__):
        token, phrase = words[i], f"{words[i].low}-{at(words, i + 1).low}"
        if not table[token.low] and table.get(phrase):
            end = words[i + 1].end  # ``at least``
            token = token._replace(end=end, text=text[token.start : end])
            if f"{phrase}-{at(words, i + 2).low}" in known.words("quantifier", "not"):
                continue  # ``en del av``: a part of
        if name := _class_of(words, i, table[token.low] or table.get(phrase, ""), known):
            found.setdefault(name, []).append(token)
    return found


def _class_of(words: Sequence[Token], place: int, name: str, known: Lexicon) -> str:
    """Return the class of a quantifier by the words around it, nothing where it is none.

    Args:
        name: its class by itself.
    """
    before, low, after = (at(words, place + step).low for step in (-1, 0, 1))
    if not known.words("quantifier", "not").isdisjoint((f"{before}-{low}", f"{low}-{after}")):
        return ""
    if name in _BEFORE_NUMBERS:
        return _BEFORE_NUMBERS[name] if _is_number(after, known.language) else ""
    if name == "all" and before in known.words("negation", "nearing"):
        return ""  # ``almost all`` are nearly as many as most
    denials = known.words("negation", "strong")
    if name in _DENIED:
        name = _denied_bound(words, place, name, denials)
    if low in known.words("quantifier", "plural") and _counts(after, before):
        name = "most"
    denied = name not in BOUNDS and _is_denied(words, place, name, denials)
    return "" if denied else name


def _is_number(low: str, language: str) -> bool:
    return low[0].isdecimal() or word(low, language) is not None


def _is_denied(words: Sequence[Token], place: int, name: str, denials: frozenset[str]) -> bool:
    """Whether a denial stands before, as in ``not many``, or behind all: ``alla är inte``."""
    steps = (-1, 1, 2, 3) if name == "all" else (-1,)
    return any(at(words, place + step).low in denials for step in steps)


def _denied_bound(words: Sequence[Token], place: int, name: str, denials: frozenset[str]) -> str:
    """Return what a bound is behind a denial: not more than five is at most five.

    Nothing where it is farther off, and may be of the verb: ``was not seen for more than a week``.
    """
    if at(words, place - 1).low in denials:
        return _DENIED[name]
    for ahead in (-1, 1):
        near = (at(words, place + ahead * step) for step in range(1, _REACH))
        clause = takewhile(lambda token: token.low not in _ENDS, near)
        if any(token.low in denials for token in clause):
            return ""
    return name


def _counts(following: str, before: str) -> bool:
    """Whether English ``most`` stands before a noun: ``most cases``, not ``the most famous``."""
    plural = following.endswith("s") and not following.endswith(("ss", "ous"))
    return before not in ("the", "at") and (plural or following == "people")


@lru_cache(maxsize=8)
def _classes(language: str) -> dict[str, str]:
    """Return the class of each quantifier; the first word of ``most-of`` has an empty one."""
    table: dict[str, str] = {}
    for name in (*CLASSES, *BOUNDS, *_BEFORE_NUMBERS):
        for form in listed(language, "quantifier", name):
            table[form] = name
            table.setdefault(form.split("-")[0], "")
    return table
