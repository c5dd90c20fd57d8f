"""Negation: what one version denies and the other asserts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ._lexicon import Lexicon, lexicon
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, tokens
from ._words import is_everyday

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPINIONS = frozenset(["consider", "think", "believe", "find", "regard", "deem"])


class Cues(NamedTuple):
    """The words that negate.

    Attributes:
        strong: they deny (``not``, ``kein``).
        double: they deny a word that denies (``not impossible``), which asserts.
        firm: words that deny on their own, by affix or meaning (``unclear``, ``unable``).
        soft: words that may stand for a denial in another language (``few``, ``too``), firm too.
        only: denials of ``only`` (``not only``, ``nicht nur``).
    """

    strong: tuple[Token, ...] = ()
    double: tuple[Token, ...] = ()
    firm: tuple[Token, ...] = ()
    soft: tuple[Token, ...] = ()
    only: tuple[Token, ...] = ()


@check("D401", "negation", "critical")
def negation_lost(bead: BeadView) -> Iterator[Finding]:
    """A negation of one version is missing in the other.

    Not flagged: a denial in other words (``unclear`` for ``not clear``, ``fail to`` for ``not``),
    double negation for an assertion, ``not only`` for ``both``.
    """
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        ours, theirs = (cues(p.text, p.language) for p in (passage, other))
        surplus = len(ours.strong) - len(theirs.strong) - len(theirs.double)
        if surplus > 0:
            third = [p for p in bead.passages if p.version not in (passage.version, other.version)]
            confidence = _confidence(passage, ours, theirs, surplus)
            if third:
                denials = len(cues(third[0].text, third[0].language).strong)
                seconded = denials > len(theirs.strong)
                confidence = _among_three(confidence, seconded, ours, theirs)
            yield _finding(passage, other, ours.strong, theirs, confidence)
        else:
            yield from _less_plain(bead, passage, other, ours, theirs)


def _less_plain(
    bead: BeadView, passage: Passage, other: Passage, ours: Cues, theirs: Cues
) -> Iterator[Finding]:
    """Yield denials lost from ``not unnoticed`` and ``not only``, and lost words like ``unable``.

    The last need a third version that has such a word as well.
    """
    denials, others = ours.strong + ours.double, theirs.strong + theirs.double
    if len(denials) > len(others) and len(ours.firm) == len(theirs.firm):
        yield _finding(passage, other, denials, theirs, 0.6)
    elif ours.only and not (theirs.only or theirs.strong):
        if any(token.low in _restricting(other.language) for token in theirs.soft):
            yield _finding(passage, other, ours.only, theirs, 0.55)
    elif ours.firm and not (ours.strong or theirs.strong or theirs.double or theirs.soft):
        third = [p for p in bead.passages if p.version not in (passage.version, other.version)]
        theirs_too = cues(third[0].text, third[0].language) if third else Cues()
        if theirs_too.firm and not (theirs_too.double or ours.double):
            yield _finding(passage, other, ours.firm, theirs, 0.5)


def _restricting(language: str) -> frozenset[str]:
    known = lexicon(language)
    return known.words("negation", "only") if known else frozenset()


def _among_three(confidence: float, seconded: bool, ours: Cues, theirs: Cues) -> float:
    """Weigh a lost negation by what the third version does.

    Where the third denies as well, other words (``unclear``) excuse the one that does not only in
    part; where it does not, two versions have found other words, so they need no excuse.
    """
    if len(theirs.firm) > len(ours.firm):
        return 0.25
    if len(theirs.soft) > len(ours.soft):
        return 0.45 if seconded else 0.2
    return confidence if seconded else 0.85 * confidence


def _confidence(passage: Passage, ours: Cues, theirs: Cues, surplus: int) -> float:
    """Return how sure it is that the surplus is not said in other words.

    Languages differ in how readily they give up a plain negation: German ``nicht`` is often
    English ``un-`` or ``fail to``, while English ``not`` hardly ever becomes an affix.
    """
    known = lexicon(passage.language)
    assert known is not None
    covered = len(theirs.soft) - len(ours.soft) >= surplus
    trust: float = known.data["negation"]["covered" if covered else "alone"]
    if theirs.strong:
        trust *= 0.85
    if "?" in passage.text[-3:]:
        trust *= 0.6
    return trust


def _finding(
    passage: Passage,
    other: Passage,
    ours: tuple[Token, ...],
    theirs: Cues,
    confidence: float,
) -> Finding:
    cue = _loneliest(ours, theirs.strong, len(passage.text), len(other.text))
    places: dict[str, tuple[tuple[int, int], ...]] = {
        passage.version: ((cue.start, cue.end),),
        other.version: (),
    }
    message = f"{cue.text!r} ({passage.version}) is not negated in {other.version}"
    evidence = {
        "negations": {
            passage.version: [token.text for token in ours],
            other.version: [token.text for token in theirs.strong],
        }
    }
    return Finding(places, message, confidence, "negation", evidence=evidence)


def _loneliest(ours: tuple[Token, ...], theirs: tuple[Token, ...], size: int, other: int) -> Token:
    """Return the cue that stands farthest from any cue of the other version."""
    places = [token.start / max(other, 1) for token in theirs]

    def distance(token: Token) -> float:
        return min((abs(token.start / max(size, 1) - place) for place in places), default=1.0)

    return max(ours, key=distance)


@lru_cache(maxsize=512)
def cues(text: str, language: str) -> Cues:
    """Return the negation cues of *text*."""
    known = lexicon(language)
    if known is None:
        return Cues()
    words = tokens(text)
    strong, firm, soft = _sort(words, known)
    double = [i for i in strong if _is_reversed(i, firm, words, known)]
    denials = [i for i in strong if i not in double]
    only = [i for i in soft if words[i].low in known.words("negation", "strong")]
    found = (denials, double, firm, soft, only)
    return Cues(*(tuple(words[i] for i in places) for places in found))


def _sort(words: tuple[Token, ...], known: Lexicon) -> tuple[list[int], list[int], list[int]]:
    """Return the places of the strong, the firm and the soft words."""
    classes = _classes(known.language)
    neutral = known.words("negation", "neutral")
    strong, firm, soft = [], [], []
    for i, token in enumerate(words):
        low = token.low
        kind = classes.get(low)
        if kind is None and _has_affix(low, known.language):
            kind = "firm"
        if kind == "strong":
            following = words[i + 1].low if i + 1 < len(words) else ""
            if f"{low}-{following}" in neutral:
                soft.append(i)
            elif low != "no" or following != ".":
                strong.append(i)
        elif kind:
            soft.append(i)
            if kind == "firm":
                firm.append(i)
    return strong, firm, soft


def _is_reversed(place: int, firm: list[int], words: tuple[Token, ...], known: Lexicon) -> bool:
    """Whether a denial stands beside a word that denies, which makes an assertion of the two."""
    following = words[place + 1].low if place + 1 < len(words) else ""
    reach = 4 if following in _OPINIONS else 2
    if any(0 < other - place <= reach for other in firm):
        return True
    return known.language != "en" and any(0 < place - other <= 2 for other in firm)


@lru_cache(maxsize=16)
def _classes(language: str) -> dict[str, str]:
    known = lexicon(language)
    table: dict[str, str] = {}
    for name, kind in (("soft", "soft"), ("reversing", "firm"), ("strong", "strong")):
        table |= dict.fromkeys(known.words("negation", name) if known else (), kind)
    return table


@lru_cache(maxsize=65536)
def _has_affix(low: str, language: str) -> bool:
    """Whether a word denies by its affix: ``un-`` and Swedish ``o-`` before a word, ``-less``."""
    if len(low) < 5 or not low.isalpha():
        return False
    swedish = language == "sv" and low[0] == "o" and len(low) > 5 and low[1] not in "mr"
    if swedish and is_everyday(low[1:], language):
        return True
    return bool(_affixes(language).fullmatch(low))


@lru_cache(maxsize=16)
def _affixes(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(known.data["negation"]["affixes"] if known else "(?!)")
