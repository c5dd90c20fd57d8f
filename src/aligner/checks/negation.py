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
    """The words that negate: ``strong`` ones deny, ``soft`` ones may stand for a denial."""

    strong: tuple[Token, ...]
    soft: tuple[Token, ...]


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
        if surplus <= 0:
            continue
        confidence = _confidence(ours, theirs, surplus)
        if confidence > 0:
            yield _finding(passage, other, ours, theirs, confidence)


def _confidence(ours: Cues, theirs: Cues, surplus: int) -> float:
    """Return how sure it is that the surplus is not said in other words."""
    if surplus > len(theirs.soft):
        return 0.8 if not theirs.strong else 0.6
    balance = surplus + len(ours.soft) - len(theirs.soft)
    return 0.45 if balance > 0 else 0.0


def _finding(
    passage: Passage, other: Passage, ours: Cues, theirs: Cues, confidence: float
) -> Finding:
    cue = _loneliest(ours.strong, theirs.strong, len(passage.text), len(other.text))
    places: dict[str, tuple[tuple[int, int], ...]] = {
        passage.version: ((cue.start, cue.end),),
        other.version: (),
    }
    message = f"{cue.text!r} ({passage.version}) is not negated in {other.version}"
    evidence = {
        "negations": {
            passage.version: [token.text for token in ours.strong],
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
        return Cues((), ())
    strong_words = known.words("negation", "strong")
    soft_words = known.words("negation", "soft")
    affixes = _affixes(language.split("-")[0])
    strong, soft = [], []
    for token in tokens(text):
        low = token.low
        if low in strong_words:
            strong.append(token)
        elif low in soft_words or (len(low) > 5 and token.is_word and affixes.fullmatch(low)):
            soft.append(token)
    return Cues(tuple(strong), tuple(soft))


@lru_cache(maxsize=16)
def _affixes(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(known.data["negation"]["affixes"] if known else "(?!)")
