"""Quantifiers: all, most, many, some, few, none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ._company import keep_company
from ._lexicon import lexicon, listed
from ._registry import BeadView, Finding, check
from ._text import Token, at, marked, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLASSES = ("all", "most", "many", "some", "few")
Quantified = dict[str, list[Token]]
_BOUNDS = ("least", "more", "atmost", "less")
_NEIGHBOURS = ({"most", "many"}, {"many", "some"}, {"few", "some"})


@check("D404", "quantifier", "major")
def quantifier_changed(bead: BeadView) -> Iterator[Finding]:
    """How many are meant differs: all against some, most against few.

    Not flagged: a quantifier that only one version has, neighbours such as many and most, a
    passage where both sides have several, quantifiers of different things (where there is no third
    version to tell), ``not all``.
    """
    ours = quantifiers(bead.source.text, bead.source.language)
    theirs = quantifiers(bead.target.text, bead.target.language)
    yield from _bounds(bead, ours, theirs)
    only = [name for name in ours if name not in theirs and name in _CLASSES]
    others = [name for name in theirs if name not in ours and name in _CLASSES]
    if len(only) != 1 or len(others) != 1 or {only[0], others[0]} in _NEIGHBOURS:
        return
    left, right = ours[only[0]], theirs[others[0]]
    places = [(token.start, token.end) for token in (left[0], right[0])]
    if len(left) == len(right) and (bead.third or keep_company(bead, *places)):
        yield _finding(bead, left[0], right[0], 0.75)


def _bounds(bead: BeadView, ours: Quantified, theirs: Quantified) -> Iterator[Finding]:
    """Compare what is said of a bound: at least and more than against at most and less than."""
    left = [name for name in _BOUNDS if name in ours]
    right = [name for name in _BOUNDS if name in theirs]
    if len(left) == len(right) == 1 and (left[0] in _BOUNDS[:2]) != (right[0] in _BOUNDS[:2]):
        yield _finding(bead, ours[left[0]][0], theirs[right[0]][0], 0.85)


def _finding(bead: BeadView, left: Token, right: Token, confidence: float) -> Finding:
    sides = ((bead.source, left), (bead.target, right))
    places = {passage.version: ((token.start, token.end),) for passage, token in sides}
    values = {passage.version: token.text for passage, token in sides}
    message = " against ".join(f"{token.text!r} ({passage.version})" for passage, token in sides)
    return Finding(places, message, confidence, evidence={"values": values})


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
    plural = known.words("quantifier", "plural")
    idioms, denials = known.words("quantifier", "not"), known.words("negation", "strong")
    words = tokens(text)
    for i in marked(words, table.__contains__):
        token = words[i]
        phrase = f"{token.low}-{at(words, i + 1).low}"
        if phrase not in idioms and f"{at(words, i - 1).low}-{token.low}" not in idioms:
            name = table[token.low] or table.get(phrase, "")
            if token.low in plural and _counts(at(words, i + 1).low, at(words, i - 1).low):
                name = "most"
            if name and (name in _BOUNDS or not _is_denied(words, i, name, denials)):
                found.setdefault(name, []).append(token)
    return found


def _is_denied(words: Sequence[Token], place: int, name: str, denials: frozenset[str]) -> bool:
    """Whether a denial stands before, as in ``not many``, or behind all: ``alla är inte``."""
    steps = (-1, 1, 2) if name == "all" else (-1,)
    return any(at(words, place + step).low in denials for step in steps)


def _counts(following: str, before: str) -> bool:
    """Whether English ``most`` stands before a noun: ``most cases``, not ``the most famous``."""
    plural = following.endswith("s") and not following.endswith(("ss", "ous"))
    return before not in ("the", "at") and (plural or following == "people")


@lru_cache(maxsize=8)
def _classes(language: str) -> dict[str, str]:
    """Return the class of each quantifier; the first word of ``most-of`` has an empty one."""
    table: dict[str, str] = {}
    for name in (*_CLASSES, *_BOUNDS):
        for word in listed(language, "quantifier", name):
            table[word] = name
            table.setdefault(word.split("-")[0], "")
    return table
