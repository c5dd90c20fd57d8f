"""Negation: what one version denies and the other asserts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._cues import Cues, cues
from aligner.checks._denials import Denials, cover, no_longer_late
from aligner.checks._lexicon import Lexicon, lexicon
from aligner.checks._registry import check
from aligner.checks._sides import Sides
from aligner.checks._text import Token, vocabulary, words
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Severity
    from aligner.checks._denials import Cover


@check("D401", "negation", "critical")
def negation_lost(bead: BeadView) -> Iterator[Finding]:
    """A negation of one version is missing in the other.

    Also a word that needs a denial before it and has none, like German ``sondern``.
    Not flagged: a denial in other words (``unclear`` for ``not clear``, ``fail to`` for ``not``),
    double negation for an assertion, ``not only`` for ``both``.
    """
    first, second = (Denials.of(*way) for way in bead.both_ways)
    if not any((*first.cues, *second.cues)):
        return
    ways = ((first, second), (second, first))
    for ours, theirs in ways:
        if ours.cues.bare:
            yield _lacking(ours, theirs, ours.cues.bare[0])
            return
    third = cues(bead.third[0].text, bead.third[0].language) if bead.third else None
    for ours, theirs in ways:
        surplus = len(ours.cues.strong) - theirs.answers(ours)
        if surplus > 0:
            yield _lost(ours, theirs, surplus, third)
        else:
            yield from _less_plain(ours, theirs, third)


def _lacking(ours: Denials, theirs: Denials, word: Token) -> Finding:
    """Return the finding that a word stands without the denial it needs."""
    sides = Sides(ours.passage, word.place, theirs.passage)
    message = f"no denial stands before {sides.against}"
    return Finding(sides.places, message, 0.8, "negation", evidence={"words": word.text})


def _lost(ours: Denials, theirs: Denials, surplus: int, third: Cues | None) -> Finding:
    """Return the finding that one version denies so many times more than the other."""
    cue = ours.loneliest(ours.cues.strong, theirs)
    covered = cover(cue, ours, theirs, surplus)
    confidence = _confidence(ours.passage, theirs, covered)
    if third:
        seconded = len(third.strong) > len(theirs.cues.strong)
        confidence = _among_three(confidence, seconded, covered)
    return _finding(ours, theirs, ours.cues.strong, confidence)


def _less_plain(ours: Denials, theirs: Denials, third: Cues | None) -> Iterator[Finding]:
    """Yield denials lost from ``not unnoticed`` and ``not only``, and lost words like ``unable``.

    Most of the last need a third version that has such a word as well.
    """
    own, other = ours.cues, theirs.cues
    if (early := no_longer_late(ours, theirs)) is not None:
        yield _finding(ours, theirs, (early,), 0.6)
        return
    denials, limiting = own.strong + own.double, theirs.listed("limiting")
    soft = [token for token in other.soft if token.low not in limiting]
    if len(denials) > theirs.answers(ours) and len(own.firm) == len(other.firm):
        yield _finding(ours, theirs, denials, 0.6)
    elif own.only and not (other.only or other.strong):
        if not vocabulary(theirs.passage.text).isdisjoint(theirs.listed("only")):
            yield _finding(ours, theirs, own.only, 0.55)
    elif own.firm and not (own.strong or other.strong or other.double or soft):
        yield from _lost_word(ours, theirs, third)
    elif not third and len(denials + own.firm) > theirs.answers(ours) + len(soft):
        yield from (_finding(ours, theirs, ours.core, 0.55) for _ in ours.core[:1])


def _lost_word(ours: Denials, theirs: Denials, third: Cues | None) -> Iterator[Finding]:
    """Yield a word that denies by itself where the other version says nothing of the kind."""
    if ours.cues.double:
        return
    loose = ours.listed("loose")
    firm = tuple(token for token in ours.cues.firm if token.low not in loose)
    if firm and third and third.firm and not third.double:
        yield _finding(ours, theirs, firm, 0.5)
    elif ours.core and not (third and third.soft):
        yield _finding(ours, theirs, ours.core, 0.5 if third else 0.6)


def _among_three(confidence: float, seconded: bool, covered: Cover) -> float:
    """Weigh a lost negation by what the third version does.

    Where the third denies as well, other words (``unclear``) excuse the one that does not only in
    part, more where they stand in its place; where it does not, two versions have found other
    words, so they need no excuse.
    """
    if covered in ("near", "firm"):
        return 0.25
    if covered == "soft":
        return 0.45 if seconded else 0.2
    return confidence if seconded else 0.85 * confidence


def _confidence(passage: Passage, theirs: Denials, covered: Cover) -> float:
    """Return how sure it is that a lost denial is not said in other words.

    Languages differ in how readily they give up a plain negation: German ``nicht`` is often
    English ``un-`` or ``fail to``, while English ``not`` hardly ever becomes an affix.
    """
    if covered == "firm":
        return 0.35
    known = lexicon(passage.language)
    assert known is not None
    trust: float = known.data["negation"]["covered" if covered else "alone"]
    if theirs.cues.strong:
        trust *= 0.85
    return 0.6 * trust if _may_be_rhetorical(passage, known) else trust


def _may_be_rhetorical(passage: Passage, known: Lexicon) -> bool:
    """Whether a question may be denied for show: ``isn't it?``, not ``who can't?``."""
    if "?" not in passage.text[-3:]:
        return False
    return not any(token.low in known.words("question") for token in words(passage.text)[:1])


def _finding(ours: Denials, theirs: Denials, lost: Sequence[Token], confidence: float) -> Finding:
    """Describe that the other version does not have some words, by the one farthest from any."""
    cue = ours.loneliest(lost, theirs)
    sides = Sides(ours.passage, cue.place, theirs.passage)
    severity: Severity | None = None
    message = f"{sides.against} is not negated in {theirs.passage.version}"
    if cue.low not in ours.listed("strong"):
        message = f"nothing in {theirs.passage.version} says {sides.against}"
        severity = "major"
    negations = {
        ours.passage.version: [token.text for token in lost],
        theirs.passage.version: [token.text for token in theirs.cues.strong],
    }
    evidence = {"negations": negations}
    return Finding(sides.places, message, confidence, "negation", severity, evidence)
