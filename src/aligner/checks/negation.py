"""Negation: what one version denies and the other asserts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ._lexicon import lexicon
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, tokens


class Cues(NamedTuple):
    """The words that negate.

    Attributes:
        strong: they deny (``not``, ``kein``).
        soft: they may stand for a denial in the other language (``fail``, ``few``).
    """

    strong: tuple[Token, ...] = ()
    soft: tuple[Token, ...] = ()


@check("D401", "negation", "critical")
def negation_lost(bead: BeadView) -> Iterator[Finding]:
    """A negation of one version is missing in the other.

    Not flagged: a denial in other words (``unclear`` for ``not clear``, ``fail to`` for ``not``),
    double negation for an assertion, ``not only`` for ``both``.
    """
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        ours = cues(passage.text, passage.language)
        theirs = cues(other.text, other.language)
        surplus = len(ours.strong) - len(theirs.strong)
        if surplus > 0:
            third = [p for p in bead.passages if p.version not in (passage.version, other.version)]
            confidence = _confidence(passage, ours, theirs)
            if third:
                seconded = any(
                    len(cues(p.text, p.language).strong) > len(theirs.strong) for p in third
                )
                confidence = _among_three(confidence, seconded, _is_covered(ours, theirs))
            yield _finding(passage, other, ours.strong, theirs.strong, confidence)


def _among_three(confidence: float, seconded: bool, covered: bool) -> float:
    """Weigh a lost negation by what the third version does.

    Where the third denies as well, other words (``unclear``) excuse the one that does not only in
    part; where it does not, two versions have found other words, so they need no excuse.
    """
    if covered:
        return 0.45 if seconded else 0.2
    return confidence if seconded else 0.85 * confidence


def _is_covered(ours: Cues, theirs: Cues) -> bool:
    """Whether the other version has more words that may stand for a denial."""
    return len(theirs.soft) - len(ours.soft) >= len(ours.strong) - len(theirs.strong)


def _confidence(passage: Passage, ours: Cues, theirs: Cues) -> float:
    """Return how sure it is that the surplus is not said in other words.

    Languages differ in how readily they give up a plain negation: German ``nicht`` is often
    English ``un-`` or ``fail to``, while English ``not`` hardly ever becomes an affix.
    """
    covered = _is_covered(ours, theirs)
    trust = _trust(passage.language, "covered" if covered else "alone")
    if theirs.strong:
        trust *= 0.85
    if passage.text.rstrip("\"'”’“»«) ").endswith("?"):
        trust *= 0.6
    return trust


def _trust(language: str, key: str) -> float:
    known = lexicon(language)
    trust: float = known.data["negation"][key] if known else 0.0
    return trust


def _finding(
    passage: Passage,
    other: Passage,
    ours: tuple[Token, ...],
    theirs: tuple[Token, ...],
    confidence: float,
) -> Finding:
    cue = _loneliest(ours, theirs, len(passage.text), len(other.text))
    places: dict[str, tuple[tuple[int, int], ...]] = {
        passage.version: ((cue.start, cue.end),),
        other.version: (),
    }
    message = f"{cue.text!r} ({passage.version}) is not negated in {other.version}"
    evidence = {
        "negations": {
            passage.version: [token.text for token in ours],
            other.version: [token.text for token in theirs],
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
    strong_words = known.words("negation", "strong")
    soft_words = known.words("negation", "soft")
    affixes = _affixes(language.split("-")[0])
    neutral = known.words("negation", "neutral")
    reversing = known.words("negation", "reversing")
    strong: list[Token] = []
    soft: list[Token] = []
    words = tokens(text)
    for i, token in enumerate(words):
        low = token.low
        if low in strong_words:
            following = words[i + 1].low if i + 1 < len(words) else ""
            if low == "no" and following == ".":
                continue
            (soft if f"{low}-{following}" in neutral else strong).append(token)
        elif len(low) > 4 and low.isalpha() and affixes.fullmatch(low):
            if strong and i - 4 <= words.index(strong[-1]):
                strong.pop()
            else:
                soft.append(token)
        elif low in soft_words:
            near = strong and i - 3 <= words.index(strong[-1])
            if near and low in reversing:
                strong.pop()
            else:
                soft.append(token)
    return Cues(tuple(strong), tuple(soft))


@lru_cache(maxsize=16)
def _affixes(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(known.data["negation"]["affixes"] if known else "(?!)")
