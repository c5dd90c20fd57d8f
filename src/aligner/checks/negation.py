"""Negation: what one version denies and the other asserts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from aligner.checks._bounds import is_bound
from aligner.checks._cues import Cues, cues, denying
from aligner.checks._lexicon import Lexicon, lexicon
from aligner.checks._place import loneliest
from aligner.checks._registry import check
from aligner.checks._sides import Sides
from aligner.checks._text import Token, are_short, tokens, vocabulary, words
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Severity

Cover = Literal["", "soft", "near", "firm"]
_NEAR, _BESIDE = 0.3, 0.1  # of a passage
_NEXT, _BEFORE = re.compile(r"\s+\w+"), re.compile(r"\w+\s+$")


@check("D401", "negation", "critical")
def negation_lost(bead: BeadView) -> Iterator[Finding]:
    """A negation of one version is missing in the other.

    Also a word that needs a denial before it and has none, like German ``sondern``.
    Not flagged: a denial in other words (``unclear`` for ``not clear``, ``fail to`` for ``not``),
    double negation for an assertion, ``not only`` for ``both``.
    """
    source, target = bead.source, bead.target
    first, second = _own_cues(source, target), _own_cues(target, source)
    if not any((*first, *second)):
        return
    ways = ((source, target, first, second), (target, source, second, first))
    for passage, other, ours, _ in ways:
        if ours.bare:
            yield _lacking(passage, other, ours.bare[0])
            return
    third = bead.third
    for passage, other, ours, theirs in ways:
        surplus = len(ours.strong) - _denied(theirs, other.language)
        if surplus > 0:
            cue = _loneliest(ours.strong, theirs, passage, other)
            cover = _cover(cue, ours, theirs, surplus, passage, other)
            confidence = _confidence(passage, theirs, cover)
            if third:
                denials = len(cues(third[0].text, third[0].language).strong)
                confidence = _among_three(confidence, denials > len(theirs.strong), cover)
            yield _finding(passage, other, ours.strong, theirs, confidence)
        else:
            yield from _less_plain(third, passage, other, ours, theirs)


def _denied(found: Cues, language: str) -> int:
    """Return how many denials a passage may answer: ``neither`` denies two things."""
    twice = sum(token.low in denying(language, "twice") for token in found.strong)
    return len(found.strong) + len(found.double) + twice


def _own_cues(passage: Passage, other: Passage) -> Cues:
    """Return the cues of *passage*, without those in words that both have (``Did Not Finish``)."""
    found = _without_call(cues(passage.text, passage.language), passage, other)
    if not any(_is_shared(token, passage, other) for token in (*found.strong, *found.firm)):
        return found
    own = (tuple(t for t in kind if not _is_shared(t, passage, other)) for kind in found)
    return Cues(*own)


def _without_call(found: Cues, passage: Passage, other: Passage) -> Cues:
    """Return the cues without a ``Nej,`` that opens what is said, where no ``Ja`` is against it."""
    opening = words(passage.text)[:1]
    if not (found.strong and opening and found.strong[0].start == opening[0].start):
        return found
    assent = denying(other.language, "assent")
    if passage.text[opening[0].end :].lstrip()[:1] != "," or any(
        token.low in assent for token in words(other.text)[:1]
    ):
        return found
    return found._replace(strong=found.strong[1:], soft=(opening[0], *found.soft))


def _is_shared(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word and the one before or after stand in the other version as they are here.

    Capitals do not count: a title may be written with or without them.
    """
    if passage.language == other.language:
        return False
    before, after = (
        _BEFORE.search(passage.text, 0, token.start),
        _NEXT.match(passage.text, token.end),
    )
    phrases = (
        passage.text[before.start() : token.end] if before else "",
        passage.text[token.start : after.end()] if after else "",
    )
    return any(phrase and phrase.lower() in other.text.lower() for phrase in phrases)


def _less_plain(
    third: list[Passage], passage: Passage, other: Passage, ours: Cues, theirs: Cues
) -> Iterator[Finding]:
    """Yield denials lost from ``not unnoticed`` and ``not only``, and lost words like ``unable``.

    Most of the last need a third version that has such a word as well.
    """
    if (early := _no_longer_late(ours, theirs, passage, other)) is not None:
        yield _finding(passage, other, (early,), theirs, 0.6)
        return
    denials, others = ours.strong + ours.double, _denied(theirs, other.language)
    limiting = denying(other.language, "limiting")
    soft = tuple(token for token in theirs.soft if token.low not in limiting)
    if len(denials) > others and len(ours.firm) == len(theirs.firm):
        yield _finding(passage, other, denials, theirs, 0.6)
    elif ours.only and not (theirs.only or theirs.strong):
        if any(token.low in denying(other.language, "only") for token in tokens(other.text)):
            yield _finding(passage, other, ours.only, theirs, 0.55)
    elif ours.firm and not (ours.strong or theirs.strong or theirs.double or soft):
        theirs_too = cues(third[0].text, third[0].language) if third else Cues()
        firm = tuple(t for t in ours.firm if t.low not in denying(passage.language, "loose"))
        if firm and theirs_too.firm and not (theirs_too.double or ours.double):
            yield _finding(passage, other, firm, theirs, 0.5)
        elif (core := _core(ours, passage.language)) and not (theirs_too.soft or ours.double):
            yield _finding(passage, other, core, theirs, 0.5 if third else 0.6)
    elif not third and len(denials + ours.firm) > others + len(soft):
        core = _core(ours, passage.language)
        yield from (_finding(passage, other, core, theirs, 0.55) for _ in core[:1])


def _no_longer_late(ours: Cues, theirs: Cues, passage: Passage, other: Passage) -> Token | None:
    """Return the denial of ``not ... until`` where the other version has only ``until``."""
    until = denying(passage.language, "until")
    late = [token for token in ours.only if any(token.start < t.start for t in _of(until, passage))]
    ending = denying(other.language, "until")
    denied = theirs.strong or theirs.double or any(t.low not in ending for t in theirs.soft)
    return late[0] if late and not denied and _of(ending, other) else None


def _of(listing: frozenset[str], passage: Passage) -> list[Token]:
    return [token for token in tokens(passage.text) if token.low in listing]


def _lacking(passage: Passage, other: Passage, word: Token) -> Finding:
    """Return the finding that a word stands without the denial it needs."""
    sides = Sides(passage, word.place, other)
    message = f"no denial stands before {sides.against}"
    return Finding(sides.places, message, 0.8, "negation", evidence={"words": word.text})


def _core(ours: Cues, language: str) -> tuple[Token, ...]:
    """Return the words that hardly any translation says without a denial, like ``unable``."""
    return tuple(token for token in ours.firm if token.low in denying(language, "core"))


def _cover(
    cue: Token, ours: Cues, theirs: Cues, surplus: int, passage: Passage, other: Passage
) -> Cover:
    """Return what in the other version may stand for a denial that it lacks.

    A word that denies by its affix does so only near the place where the denial would stand. What
    is not so but for something is so only there, and not for the unable is only for the able.
    """
    if len(theirs.firm) - len(ours.firm) >= surplus:
        free = denying(other.language, "free")
        if any(t.low in free for t in theirs.firm) or _is_near(cue, theirs.firm, passage, other):
            return "firm"
    idle, own_idle = _idle(theirs, other.language), _idle(ours, passage.language)
    if len(idle) - len(own_idle) >= surplus and _is_near(cue, idle, passage, other):
        return "firm"
    if _is_only(ours, theirs, passage, other) or is_bound(cue, passage, other):
        return "firm"
    limiting = denying(passage.language, "limiting")
    own = sum(token.low not in limiting for token in ours.soft)
    if len(theirs.soft) - own >= surplus:
        return "near" if _nearest(cue, theirs.soft, passage, other) < _BESIDE else "soft"
    return ""


def _idle(found: Cues, language: str) -> list[Token]:
    """Return the denials that deny nothing for their idiom (``why don't you``), but are there."""
    strong = denying(language, "strong")
    return [token for token in found.soft if token.low in strong and token not in found.only]


def _is_near(cue: Token, words: Sequence[Token], passage: Passage, other: Passage) -> bool:
    """Whether a word stands about where a cue would."""
    near = _nearest(cue, words, passage, other) < _NEAR
    return near or are_short(passage.text, other.text)


def _nearest(cue: Token, words: Sequence[Token], passage: Passage, other: Passage) -> float:
    """Return how far the nearest word stands from where a cue would, as a share of the text."""
    place = cue.start / max(len(passage.text), 1)
    return min(abs(place - token.start / max(len(other.text), 1)) for token in words)


def _is_only(ours: Cues, theirs: Cues, passage: Passage, other: Passage) -> bool:
    """Whether what is denied but for something stands against what is so there only."""
    limiting, excepting = (denying(passage.language, key) for key in ("limiting", "excepting"))
    if theirs.only:
        return False
    low = vocabulary(passage.text)
    only = {token.low for token in theirs.soft} & denying(other.language, "limiting")
    twice = len(ours.strong) > 1  # not for those who have not
    return bool(only and (ours.firm or twice or low & excepting)) and not low & limiting


def _among_three(confidence: float, seconded: bool, cover: Cover) -> float:
    """Weigh a lost negation by what the third version does.

    Where the third denies as well, other words (``unclear``) excuse the one that does not only in
    part, more where they stand in its place; where it does not, two versions have found other
    words, so they need no excuse.
    """
    if cover in ("near", "firm"):
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
    """Whether a question may be denied for show: ``isn't it?``, not ``who can't?``."""
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
    cue = _loneliest(ours, theirs, passage, other)
    sides = Sides(passage, cue.place, other)
    severity: Severity | None = None
    if cue.low in denying(passage.language, "strong"):
        message = f"{sides.against} is not negated in {other.version}"
    else:
        message = f"nothing in {other.version} says {sides.against}"
        severity = "major"
    evidence = {
        "negations": {
            passage.version: [token.text for token in ours],
            other.version: [token.text for token in theirs.strong],
        }
    }
    return Finding(sides.places, message, confidence, "negation", severity, evidence)


def _loneliest(ours: Sequence[Token], theirs: Cues, passage: Passage, other: Passage) -> Token:
    """Return the cue that stands farthest from any denial of the other version."""
    here, there = ([token.start for token in found] for found in (ours, theirs.strong))
    return ours[loneliest(here, passage.text, there, other.text)]
