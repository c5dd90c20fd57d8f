"""Modality: obligation, permission, possibility; commitments; question against statement."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from aligner._tags import base_language
from aligner.checks._bans import bans
from aligner.checks._cues import cues
from aligner.checks._lexicon import lexicon, listed
from aligner.checks._modals import DENIED, FORCES, Found, modals
from aligner.checks._registry import check
from aligner.checks._sides import Sides
from aligner.checks._text import Token, tokens
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING = re.compile(r"[\s\"'\u201c\u201d\u201e\u2019»«)]+$")
_BESIDE = 20  # letters
_TAG = 2  # words
_QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u2019'"


class _Way(NamedTuple):
    """A bead as one of its passages sees it, with the modal words of both."""

    bead: BeadView
    passage: Passage
    other: Passage
    ours: Found
    theirs: Found

    @property
    def third(self) -> list[Found]:
        """The modal words of the versions beside the two."""
        return [modals(p.text, p.language) for p in self.bead.third]

    def finding(self, word: Token, rival: Token | None, confidence: float) -> Finding:
        """Return what is told of a modal word, and of one against it in the other version."""
        sides = Sides(self.passage, word.place, self.other, rival.place if rival else None)
        lacking = "" if rival else f" has no counterpart in {self.other.version}"
        message, evidence = f"{sides.against}{lacking}", {"values": sides.words}
        return Finding(sides.places, message, confidence, "modality", evidence=evidence)


@check("D402", "modality", "major")
def modality_shift(bead: BeadView) -> Iterator[Finding]:
    """What must, may or will be differs in force between the versions.

    Also what must not be against what need not be.
    Not flagged: the same force in other words (``able to``, ``it is possible``, ``-bar``), a modal
    verb that one version does without while the other has nothing against it, a denial that makes
    the difference.
    """
    source, target = bead.source, bead.target
    ours, theirs = (modals(p.text, p.language) for p in (source, target))
    ways = _Way(bead, source, target, ours, theirs), _Way(bead, target, source, theirs, ours)
    forbidden = [found for way in ways for found in _forbidden(way)]
    yield from forbidden
    for way in () if forbidden else ways:
        yield from _must(way)
        yield from _should(way)
        yield from _may(way)
        yield from _consider(way)
        yield from _willing(way)


def _forbidden(way: _Way) -> Iterator[Finding]:
    """Yield what one version forbids where the other says that nobody has to."""
    ours, theirs = (bans(p.text, p.language) for p in (way.passage, way.other))
    if ours.forbidden and theirs.optional and not (ours.optional or theirs.forbidden):
        ban, rest = ours.forbidden[0], theirs.optional[0]
        ours_shown, theirs_shown = Sides(way.passage, ban.place, way.other, rest.place).quoted
        message = f"{ours_shown} forbids what {theirs_shown} leaves open"
        yield replace(way.finding(ban, rest, 0.85), message=message)


def _must(way: _Way) -> Iterator[Finding]:
    """Yield what one version must do and the other may, or does without being told to.

    What had to be done was done, so only another modal tells that apart; where two others do
    without any, it mostly is a way of the language to put it (``ich muss lachen``).
    """
    passage, other, ours, theirs = way.passage, way.other, way.ours, way.theirs
    if not ours["must"] or theirs["must"]:
        return
    allowed = [token for token in theirs["may"] if token.low not in DENIED]
    if _may_as_much(theirs) > _may_as_much(ours) and allowed:
        must, may = ours["must"][0], allowed[-1]
        alike = _denies(passage, must) == _denies(other, may)
        if not _marked(theirs["soft_must"], other.language) and alike:
            yield way.finding(must, may, 0.85)
    elif not theirs["soft_must"] and ours["must"][0].low != "shall":
        yield way.finding(ours["must"][0], None, _without_modals(way))


def _without_modals(way: _Way) -> float:
    """Return how sure it is that the other version, which has no word for it, says less."""
    passage, must = way.passage, way.ours["must"][0]
    if _is_infinitive(must, passage) or must.low in listed(passage.language, "modality", "told"):
        return 0.25  # it had to be done
    if any(
        must.start <= token.start <= must.end + 1
        for token in bans(passage.text, passage.language).optional
    ):
        return 0.25  # it need not be done
    if any(way.theirs[name] for name in FORCES):
        return 0.45
    return 0.45 if all(any(found[name] for name in FORCES) for found in way.third) else 0.3


def _is_infinitive(must: Token, passage: Passage) -> bool:
    """Whether German only adds that something has to be: ``um sie nicht sehen zu müssen``."""
    return passage.text[: must.start].endswith(" zu ")


def _denies(passage: Passage, modal: Token) -> bool:
    """Whether a denial stands beside a modal verb: must go on is may not give up."""
    denials = cues(passage.text, passage.language).strong
    return any(abs(denial.start - modal.start) < _BESIDE for denial in denials)


def _may_as_much(found: Found) -> int:
    return len({token.start for name in ("may", "soft_may") for token in found[name]})


def _should(way: _Way) -> Iterator[Finding]:
    """Yield what one version must do and another only should, as a third says it as well."""
    ours, theirs = way.ours, way.theirs
    if not ours["must"] or theirs["must"] or theirs["may"] or not theirs["ought"]:
        return
    told = any(bool(found["must"]) != bool(found["ought"]) for found in way.third)
    if told and not ours["ought"]:
        yield way.finding(ours["must"][0], theirs["ought"][0], 0.6)


def _may(way: _Way) -> Iterator[Finding]:
    """Yield what may be and in the other version will, should or, if it may have to, must be."""
    passage, other, ours, theirs = way.passage, way.other, way.ours, way.theirs
    if not ours["may"] or theirs["may"] or theirs["soft_may"]:
        return
    will = theirs["will"]
    if ours["may"][0].low in listed(passage.language, "modality", "uncertain"):
        will = will + theirs["becomes"]  # what can be done is done, what may be is not
    firm = [token for token in will if token.low.isalpha()] or theirs["should"]
    must = theirs["must"]
    if must and (may := _may_have_to(ours)):
        place = may.start / len(passage.text)
        nearest = min(must, key=lambda token: abs(token.start / len(other.text) - place))
        yield way.finding(may, nearest, 0.45)
    if must or not firm or _forbids(passage, other, firm[0]):
        return
    if not (ours["will"] or ours["must"] or ours["should"]):
        yield way.finding(ours["may"][0], firm[0], 0.5)


def _may_have_to(found: Found) -> Token | None:
    """Return what makes a duty possible only: ``may have to``, ``kan behöva``."""
    duties = {token.start for name in ("must", "soft_must") for token in found[name]}
    return next((may for may in found["may"] if may.end + 1 in duties), None)


def _forbids(passage: Passage, other: Passage, firm: Token) -> bool:
    """Whether what is not to be stands against what may not: ``should not``, ``darf nicht``.

    The English ``may not`` is often what will perhaps not be.
    """
    unsure = listed(passage.language, "modality", "uncertain")
    forbidden = bans(passage.text, passage.language).forbidden
    return any(token.low not in unsure for token in forbidden) and _denies(other, firm)


def _consider(way: _Way) -> Iterator[Finding]:
    """Yield what one version only considers."""
    weighed = [token for token in way.ours["consider"] if _is_weighing(token, way.passage)]
    if weighed and not (way.theirs["consider"] or way.theirs["soft_consider"]):
        yield way.finding(weighed[0], None, 0.45)


def _willing(way: _Way) -> Iterator[Finding]:
    """Yield what one version is only willing to do and the other agreed to."""
    ours, theirs = way.ours, way.theirs
    if ours["willing"] and theirs["agreed"] and not (ours["agreed"] or theirs["willing"]):
        yield way.finding(ours["willing"][0], theirs["agreed"][0], 0.45)


def _is_weighing(token: Token, passage: Passage) -> bool:
    """English ``consider`` weighs a step only before a verb: ``consider supporting``."""
    if base_language(passage.language) != "en":
        return True
    following = passage.text[token.end :].split(maxsplit=1)[:1]
    return bool(following) and following[0].rstrip(",.;").endswith("ing")


def _marked(found: list[Token], language: str) -> list[Token]:
    """Return the words of a force but those that languages use for much else: ``zu``, ``får``."""
    plain = listed(language, "modality", "plain")
    return [token for token in found if token.low not in plain]


@check("D403", "modality", "minor", needs_lexicon=False)
def question_or_statement(bead: BeadView) -> Iterator[Finding]:
    """One version asks what the other states.

    Not flagged: a question that is quoted, or that the other version reports (``asks whether``).
    """
    for passage, other in bead.both_ways:
        mark = passage.text.rfind("?")
        if mark < 0 or "?" in other.text or "؟" in other.text or ";" in other.text[-2:]:
            continue
        if _is_quoted(passage.text, mark) or _is_reported(other) or _is_tag(passage.text[:mark]):
            continue
        at_end = not any(c.isalnum() for c in passage.text[mark:])
        ended = _CLOSING.sub("", other.text)
        if at_end and (ended.endswith(".") or (ended.endswith("!") and not _is_wondered(other))):
            places = {passage.version: ((mark, mark + 1),), other.version: ()}
            message = f"a question in {passage.version}, none in {other.version}"
            yield Finding(places, message, 0.93, "question")


def _is_quoted(text: str, mark: int) -> bool:
    """Whether a quotation that began inside the passage ends with its question mark."""
    closing = text[mark + 1 : mark + 2]
    return closing in _QUOTES and bool(closing) and text.lstrip()[:1] not in _QUOTES


def _is_tag(text: str) -> bool:
    """Whether a word or two after a comma only ask for assent: ``, right``, ``, nicht wahr``."""
    said, comma, tag = text.rpartition(",")
    return bool(comma) and len(tag.split()) <= _TAG and len(said.split()) > _TAG


def _is_wondered(passage: Passage) -> bool:
    """Whether a passage that exclaims begins as a question does: ``Vem var det!``."""
    return any(t.low in listed(passage.language, "question") for t in tokens(passage.text)[:2])


def _is_reported(passage: Passage) -> bool:
    """Whether the passage says that something is asked, as in ``wir fragen, ob``."""
    known = lexicon(passage.language)
    if known is None:
        return False
    asking, whether = known.words("question", "asking"), known.words("question", "whether")
    low = {token.low for token in tokens(passage.text)}
    return bool(low & asking) and bool(low & (whether | known.words("question")))
