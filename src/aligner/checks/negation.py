"""Negation: what one version denies and the other asserts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from ._lexicon import Lexicon, Stems, lexicon
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, tokens, words
from ._words import is_everyday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._types import Severity

Cover = Literal["", "soft", "firm"]
_LATIN = re.compile(r"(?:in|im|il|ir)[a-z]{3,}(?:[ai]ble|ent|ant|ive|ate|ous|ic|al|ly)")
_NEAR = 0.3
_REACH = 4
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
        third = [p for p in bead.passages if p.version not in (passage.version, other.version)]
        if surplus > 0:
            cue = _loneliest(ours.strong, theirs.strong, passage, other)
            cover = _cover(cue, ours, theirs, surplus, passage, other)
            confidence = _confidence(passage, theirs, cover)
            if third:
                denials = len(cues(third[0].text, third[0].language).strong)
                confidence = _among_three(confidence, denials > len(theirs.strong), cover)
            yield _finding(passage, other, ours.strong, theirs, confidence)
        else:
            yield from _less_plain(third, passage, other, ours, theirs)


def _less_plain(
    third: list[Passage], passage: Passage, other: Passage, ours: Cues, theirs: Cues
) -> Iterator[Finding]:
    """Yield denials lost from ``not unnoticed`` and ``not only``, and lost words like ``unable``.

    Most of the last need a third version that has such a word as well.
    """
    denials, others = ours.strong + ours.double, theirs.strong + theirs.double
    if len(denials) > len(others) and len(ours.firm) == len(theirs.firm):
        yield _finding(passage, other, denials, theirs, 0.6)
    elif ours.only and not (theirs.only or theirs.strong):
        if any(token.low in _words(other.language, "only") for token in tokens(other.text)):
            yield _finding(passage, other, ours.only, theirs, 0.55)
    elif ours.firm and not (ours.strong or theirs.strong or theirs.double or theirs.soft):
        theirs_too = cues(third[0].text, third[0].language) if third else Cues()
        if theirs_too.firm and not (theirs_too.double or ours.double):
            yield _finding(passage, other, ours.firm, theirs, 0.5)
        elif (core := _core(ours, passage.language)) and not theirs_too.soft:
            yield _finding(passage, other, core, theirs, 0.5 if third else 0.6)
    elif not third and len(denials + ours.firm) > len(others + theirs.soft):
        core = _core(ours, passage.language)
        yield from (_finding(passage, other, core, theirs, 0.55) for _ in core[:1])


def _core(ours: Cues, language: str) -> tuple[Token, ...]:
    """Return the words that hardly any translation says without a denial, like ``unable``."""
    return tuple(token for token in ours.firm if token.low in _words(language, "core"))


def _words(language: str, key: str) -> frozenset[str]:
    known = lexicon(language)
    return known.words("negation", key) if known else frozenset()


def _cover(
    cue: Token, ours: Cues, theirs: Cues, surplus: int, passage: Passage, other: Passage
) -> Cover:
    """Return what in the other version may stand for a denial that it lacks.

    A word that denies by its affix does so only near the place where the denial would stand.
    """
    if len(theirs.firm) - len(ours.firm) >= surplus:
        place = cue.start / max(len(passage.text), 1)
        near = (abs(place - token.start / max(len(other.text), 1)) for token in theirs.firm)
        if min(near) < _NEAR:
            return "firm"
    return "soft" if len(theirs.soft) - len(ours.soft) >= surplus else ""


def _among_three(confidence: float, seconded: bool, cover: Cover) -> float:
    """Weigh a lost negation by what the third version does.

    Where the third denies as well, other words (``unclear``) excuse the one that does not only in
    part; where it does not, two versions have found other words, so they need no excuse.
    """
    if cover == "firm":
        return 0.25
    if cover == "soft":
        return 0.45 if seconded else 0.2
    return confidence if seconded else 0.85 * confidence


def _confidence(passage: Passage, theirs: Cues, cover: Cover) -> float:
    """Return how sure it is that a lost denial is not said in other words.

    Languages differ in how readily they give up a plain negation: German ``nicht`` is often
    English ``un-`` or ``fail to``, while English ``not`` hardly ever becomes an affix.
    """
    if cover == "firm":
        return 0.35
    known = lexicon(passage.language)
    assert known is not None
    trust: float = known.data["negation"]["covered" if cover else "alone"]
    if theirs.strong:
        trust *= 0.85
    return 0.6 * trust if _may_be_rhetorical(passage, known) else trust


def _may_be_rhetorical(passage: Passage, known: Lexicon) -> bool:
    """Whether it is a question that may be denied for show: ``isn't it?``, not ``who can't?``."""
    if "?" not in passage.text[-3:]:
        return False
    return not any(token.low in known.words("question") for token in words(passage.text)[:1])


def _finding(
    passage: Passage,
    other: Passage,
    ours: tuple[Token, ...],
    theirs: Cues,
    confidence: float,
) -> Finding:
    cue = _loneliest(ours, theirs.strong, passage, other)
    places: dict[str, tuple[tuple[int, int], ...]] = {
        passage.version: ((cue.start, cue.end),),
        other.version: (),
    }
    severity: Severity | None = None
    if cue.low in _words(passage.language, "strong"):
        message = f"{cue.text!r} ({passage.version}) is not negated in {other.version}"
    else:
        message = f"nothing in {other.version} says {cue.text!r} ({passage.version})"
        severity = "major"
    evidence = {
        "negations": {
            passage.version: [token.text for token in ours],
            other.version: [token.text for token in theirs.strong],
        }
    }
    return Finding(places, message, confidence, "negation", severity, evidence)


def _loneliest(
    ours: tuple[Token, ...], theirs: tuple[Token, ...], passage: Passage, other: Passage
) -> Token:
    """Return the cue that stands farthest from any cue of the other version."""
    places = [token.start / max(len(other.text), 1) for token in theirs]

    def distance(token: Token) -> float:
        at = token.start / max(len(passage.text), 1)
        return min((abs(at - place) for place in places), default=1.0)

    return max(ours, key=distance)


@lru_cache(maxsize=512)
def cues(text: str, language: str) -> Cues:
    """Return the negation cues of *text*."""
    known = lexicon(language)
    if known is None:
        return Cues()
    items = tokens(text)
    strong, firm, soft = _sort(items, known)
    double = [i for i in strong if _is_reversed(i, firm, items, known)]
    denials = [i for i in strong if i not in double]
    only = [i for i in soft if _limits(items, i, known)]
    found = (denials, double, firm, soft, only)
    return Cues(*(tuple(items[i] for i in places) for places in found))


def _sort(items: tuple[Token, ...], known: Lexicon) -> tuple[list[int], list[int], list[int]]:
    """Return the places of the strong, the firm and the soft words."""
    neutral, heads = known.words("negation", "neutral"), _heads(known.language)
    strong, firm, soft = [], [], []
    for i, token in enumerate(items):
        kind, phrase = _kind(token.low, known.language), ""
        if token.low in heads:
            phrase = f"{token.low}-{items[i + 1].low}" if i + 1 < len(items) else ""
            kind = _classes(known.language).exact.get(phrase) or kind
        if kind == "strong":
            if phrase in neutral or _limits(items, i, known):
                soft.append(i)
            elif token.low != "no" or not items[i + 1 : i + 2] or items[i + 1].text != ".":
                strong.append(i)
        elif kind:
            soft.append(i)
            if kind == "firm":
                firm.append(i)
    return strong, firm, soft


@lru_cache(maxsize=65536)
def _kind(low: str, language: str) -> str:
    """Return the kind of a word that denies, nothing for others."""
    return _classes(language).get(low) or ("firm" if _has_affix(low, language) else "")


@lru_cache(maxsize=8)
def _heads(language: str) -> frozenset[str]:
    """Return the first words of phrases of two words, like ``rule`` of ``rule out``."""
    phrases = (*_classes(language).exact, *_words(language, "neutral"))
    return frozenset(phrase.split("-")[0] for phrase in phrases if "-" in phrase)


def _limits(items: tuple[Token, ...], place: int, known: Lexicon) -> bool:
    """Whether a denial is one of ``only``: ``not only``, ``isn't just``, ``not a mere ...``."""
    if items[place].low not in known.words("negation", "strong"):
        return False
    limiting = known.words("negation", "limiting")
    for token in items[place + 1 : place + 1 + _REACH]:
        if token.low in limiting:
            return True
        if not token.is_word:
            return False
    return False


def _is_reversed(place: int, firm: list[int], items: tuple[Token, ...], known: Lexicon) -> bool:
    """Whether a denial stands beside a word that denies, which makes an assertion of the two."""
    following = items[place + 1].low if place + 1 < len(items) else ""
    reach = 4 if following in _OPINIONS else 2
    if any(0 < other - place <= reach for other in firm):
        return True
    return known.language != "en" and any(0 < place - other <= 2 for other in firm)


@lru_cache(maxsize=16)
def _classes(language: str) -> Stems:
    """Return the kind of each word that denies; what stands in two lists is of the stronger."""
    forms: dict[str, set[str]] = {}
    seen: set[str] = set()
    for name, kind in (("strong", "strong"), ("reversing", "firm"), ("soft", "soft")):
        forms[kind] = set(_words(language, name)) - seen
        seen |= forms[kind]
    return Stems.read({kind: " ".join(sorted(words)) for kind, words in forms.items()})


def _has_affix(low: str, language: str) -> bool:
    """Whether a word denies by its affix: ``un-`` and Swedish ``o-`` before a word, ``-less``."""
    if len(low) < 5 or not low.isalpha():
        return False
    if low in _words(language, "no_affix"):
        return False
    swedish = language == "sv" and low[0] == "o" and len(low) > 5 and low[1] not in "mr"
    if swedish and is_everyday(low[1:], language):
        return True
    if language == "en" and _LATIN.fullmatch(low) and is_everyday(low[2:], language):
        return True
    return bool(_affixes(language).fullmatch(low))


@lru_cache(maxsize=16)
def _affixes(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(known.data["negation"]["affixes"] if known else "(?!)")
