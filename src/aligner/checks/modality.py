"""Modality: obligation, permission, possibility; commitments; question against statement."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner._tags import base_language

from ._bans import bans
from ._cues import cues
from ._lexicon import Lexicon, classes, is_of_idiom, lexicon, listed
from ._quantities import quantities
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, at, marked, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLOSING = re.compile(r"[\s\"'\u201c\u201d\u201e\u2019»«)]+$")
_BESIDE = 20  # letters
_TAG, _ONLY = 2, 6  # words
_DENIED = ("must", "shall")  # what must not be may not be
_QUOTES = "\"\u201c\u201d\u201e\u00ab\u00bb\u2019'"
Found = dict[str, list[Token]]
_CLASSES = (
    *("must", "soft_must", "may", "soft_may", "will", "should", "ought"),
    *("consider", "soft_consider"),
    *("agreed", "willing"),
)
_FORCES = tuple(name for name in _CLASSES if name not in ("agreed", "willing"))


@check("D402", "modality", "major")
def modality_shift(bead: BeadView) -> Iterator[Finding]:
    """What must, may or will be differs in force between the versions.

    Also what must not be against what need not be.
    Not flagged: the same force in other words (``able to``, ``it is possible``, ``-bar``), a modal
    verb that one version does without while the other has nothing against it, a denial that makes
    the difference.
    """
    forbidden = [found for ways in bead.both_ways for found in _forbidden(*ways)]
    yield from forbidden
    for passage, other in () if forbidden else bead.both_ways:
        ours = modals(passage.text, passage.language)
        theirs = modals(other.text, other.language)
        yield from _must(bead, passage, other, ours, theirs)
        yield from _should(bead, passage, other, ours, theirs)
        yield from _may(passage, other, ours, theirs)
        yield from _consider(passage, other, ours, theirs)
        yield from _willing(passage, other, ours, theirs)


def _forbidden(passage: Passage, other: Passage) -> Iterator[Finding]:
    """Yield what one version forbids where the other says that nobody has to."""
    ours, theirs = (bans(p.text, p.language) for p in (passage, other))
    if ours.forbidden and theirs.optional and not (ours.optional or theirs.forbidden):
        ban, rest = ours.forbidden[0], theirs.optional[0]
        found = _finding(passage, other, ban, rest, 0.85)
        shown = f"{ban.text!r} ({passage.version}) forbids what {rest.text!r} ({other.version})"
        yield replace(found, message=f"{shown} leaves open")


def _must(
    bead: BeadView, passage: Passage, other: Passage, ours: Found, theirs: Found
) -> Iterator[Finding]:
    """Yield what one version must do and the other may, or does without being told to.

    What had to be done was done, so only another modal tells that apart; where two others do
    without any, it mostly is a way of the language to put it (``ich muss lachen``).
    """
    if not ours["must"] or theirs["must"]:
        return
    allowed = [token for token in theirs["may"] if token.low not in _DENIED]
    if _may_as_much(theirs) > _may_as_much(ours) and allowed:
        must, may = ours["must"][0], allowed[-1]
        alike = _denies(passage, must) == _denies(other, may)
        if not _plain(theirs["soft_must"]) and alike:
            yield _finding(passage, other, must, may, 0.85)
    elif not theirs["soft_must"] and ours["must"][0].low != "shall":
        confidence = _without_modals(bead, passage, ours["must"][0], theirs)
        yield _finding(passage, other, ours["must"][0], None, confidence)


def _without_modals(bead: BeadView, passage: Passage, must: Token, theirs: Found) -> float:
    """Return how sure it is that the other version, which has no word for it, says less."""
    if any(theirs[name] for name in _FORCES):
        return 0.45
    infinitive = passage.text[: must.start].endswith(" zu ")
    if infinitive or must.low in listed(passage.language, "modality", "told"):  # it had to be done
        return 0.25
    third = [modals(p.text, p.language) for p in bead.third]
    return 0.45 if all(any(found[name] for name in _FORCES) for found in third) else 0.3


def _denies(passage: Passage, modal: Token) -> bool:
    """Whether a denial stands beside a modal verb: must go on is may not give up."""
    denials = cues(passage.text, passage.language).strong
    return any(abs(denial.start - modal.start) < _BESIDE for denial in denials)


def _may_as_much(found: Found) -> int:
    return len({token.start for name in ("may", "soft_may") for token in found[name]})


def _should(
    bead: BeadView, passage: Passage, other: Passage, ours: Found, theirs: Found
) -> Iterator[Finding]:
    """Yield what one version must do and another only should, where a third must as well."""
    if not ours["must"] or theirs["must"] or theirs["may"] or not theirs["ought"]:
        return
    seconds = [modals(p.text, p.language) for p in bead.third]
    if any(found["must"] and not found["ought"] for found in seconds) and not ours["ought"]:
        yield _finding(passage, other, ours["must"][0], theirs["ought"][0], 0.6)


def _may(passage: Passage, other: Passage, ours: Found, theirs: Found) -> Iterator[Finding]:
    """Yield what may be and in the other version will, should or, if it may have to, must be."""
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
        yield _finding(passage, other, may, nearest, 0.45)
    if must or not firm or _forbids(passage, other, firm[0]):
        return
    if not (ours["will"] or ours["must"] or ours["should"]):
        yield _finding(passage, other, ours["may"][0], firm[0], 0.5)


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


def _consider(passage: Passage, other: Passage, ours: Found, theirs: Found) -> Iterator[Finding]:
    weighed = [token for token in ours["consider"] if _is_weighing(token, passage)]
    if weighed and not (theirs["consider"] or theirs["soft_consider"]):
        yield _finding(passage, other, weighed[0], None, 0.45)


def _willing(passage: Passage, other: Passage, ours: Found, theirs: Found) -> Iterator[Finding]:
    """Yield what one version is only willing to do and the other agreed to."""
    if ours["willing"] and theirs["agreed"] and not (ours["agreed"] or theirs["willing"]):
        yield _finding(passage, other, ours["willing"][0], theirs["agreed"][0], 0.45)


def _is_weighing(token: Token, passage: Passage) -> bool:
    """English ``consider`` weighs a step only before a verb: ``consider supporting``."""
    if base_language(passage.language) != "en":
        return True
    following = passage.text[token.end :].split(maxsplit=1)[:1]
    return bool(following) and following[0].rstrip(",.;").endswith("ing")


def _plain(found: list[Token]) -> list[Token]:
    return [token for token in found if token.low not in ("zu", "wird", "werden", "kommer", "får")]


def _finding(
    passage: Passage, other: Passage, word: Token, rival: Token | None, confidence: float
) -> Finding:
    places = {
        passage.version: ((word.start, word.end),),
        other.version: ((rival.start, rival.end),) if rival else (),
    }
    if rival:
        message = f"{word.text!r} ({passage.version}) against {rival.text!r} ({other.version})"
    else:
        message = f"{word.text!r} ({passage.version}) has no counterpart in {other.version}"
    values = {passage.version: word.text, other.version: rival.text if rival else ""}
    return Finding(places, message, confidence, "modality", evidence={"values": values})


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


@lru_cache(maxsize=512)
def modals(text: str, language: str) -> Found:
    """Return the modal words of *text* by class; multi-word forms are written ``have-to``."""
    known = lexicon(language)
    found: Found = {name: [] for name in (*_CLASSES, "becomes")}
    if known is None:
        return found
    table = classes(known.language, "modality", _CLASSES)
    if table.keys().isdisjoint(vocabulary(text)):
        return found
    words = tokens(text)
    getting = known.words("modality", "getting")
    idioms = known.idioms("modality")
    months = _months(text, language) if "May" in text else frozenset()
    for i in marked(words, table.__contains__):
        token = words[i]
        if token.start in months or (token.low in getting and not _acts(words, i, known)):
            continue
        if is_of_idiom(words, i, idioms):
            continue
        following = f"{token.low}-{at(words, i + 1).low}"
        names = (*table[token.low], *table.get(following, ()))
        if token.low in _DENIED and _is_denied(words, i, known):
            names = ("may", "should", "will")  # what must not be is not allowed
        if "will" in names and not _is_future(words, i, known):
            names = tuple("becomes" if name == "will" else name for name in names)
        if "may" in names and _may_only(words, i, known):
            names = ("soft_must",)
        for name in names:
            found[name].append(token)
    return found


def _may_only(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether what may be is all that may: ``dürfen nur in Begleitung`` is must be accompanied."""
    if words[place].low not in known.words("modality", "allowing"):
        return False
    only = known.words("negation", "limiting")
    return any(at(words, place + step).low in only for step in range(1, _ONLY))


def _is_future(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether German ``werden`` has an infinitive: else it is a passive, or says what becomes.

    ``Wird beschränkt`` and ``wenn er angezeigt wird`` have a participle, ``wird beschränken`` and
    ``wird beschränkt werden`` an infinitive, ``wird sichtbar`` none.
    """
    form = known.data["modality"].get("participle")
    if not form:
        return True
    end = place + 1
    while end < len(words) and words[end].text[0].isalnum():
        end += 1
    last = words[place - 1] if end == place + 1 else words[end - 1]
    if re.fullmatch(form, last.low):
        return False
    function = known.words("function")
    return end == place + 1 or any(
        word.low.endswith("n") and word.text[0].islower() and word.low not in function
        for word in words[place + 1 :]
    )


def _is_denied(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether a denial follows at once, or the subject is none: ``no one shall``."""
    none = known.words("quantifier", "none")
    subject = (at(words, place - step).low for step in (1, 2, 3))
    following = at(words, place + 1).low
    return following in known.words("negation", "strong") or not none.isdisjoint(subject)


def _acts(words: Sequence[Token], place: int, known: Lexicon) -> bool:
    """Whether an infinitive follows, without which Swedish ``få`` is to get, not to be allowed."""
    short = known.words("modality", "infinitives")
    after = (at(words, place + step).low for step in (1, 2))
    return any(low.endswith("a") or low in short for low in after)


def _months(text: str, language: str) -> frozenset[int]:
    """Return where months begin, such as the English ``May``."""
    return frozenset(q.start for q in quantities(text, language) if q.kind == "month")
