"""The denials of a passage beside another, and what may stand for one that the other lacks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from aligner.checks._bounds import is_bound
from aligner.checks._contrasts import Member, members
from aligner.checks._cues import Cues, cues, denying
from aligner.checks._place import loneliest
from aligner.checks._text import QUOTES, Token, are_short, identifier, tokens, vocabulary, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.checks._place import Place
    from aligner.checks._values import Passage

Cover = Literal["", "soft", "near", "firm"]
_NEAR, _BESIDE = 0.3, 0.1  # of a passage
_BEHIND = 20  # letters
_NEXT, _BEFORE = re.compile(r"\s+\w+"), re.compile(r"\w+\s+$")


class Denials(NamedTuple):
    """A passage and the words that deny in it."""

    passage: Passage
    cues: Cues

    @classmethod
    def of(cls, passage: Passage, other: Passage) -> Denials:
        """Return those of *passage* without words that both have (``Did Not Finish``)."""
        found = _without_call(cues(passage.text, passage.language), passage, other)
        if not any(_is_shared(token, passage, other) for token in (*found.strong, *found.firm)):
            return cls(passage, found)
        own = (tuple(t for t in kind if not _is_shared(t, passage, other)) for kind in found)
        return cls(passage, Cues(*own))

    def listed(self, key: str) -> frozenset[str]:
        """Return the words of one line of the section on negation, in its language."""
        return denying(self.passage.language, key)

    def answers(self, asking: Denials) -> int:
        """Return how many denials of another version it may answer.

        ``Neither`` denies two things, ``not ... until`` one that others do not do *before*.
        """
        twice = sum(token.low in self.listed("twice") for token in self.cues.strong)
        late = all(_has(side.listed("until"), side.passage) for side in (self, asking))
        found = len(self.cues.strong) + len(self.cues.double) + twice
        return found + len(self.cues.only) if late else found

    @property
    def core(self) -> tuple[Token, ...]:
        """The words that hardly any translation says without a denial, like ``unable``."""
        return tuple(token for token in self.cues.firm if token.low in self.listed("core"))

    @property
    def idle(self) -> list[Token]:
        """The denials that deny nothing for their idiom (``why don't you``), but are there."""
        strong, only = self.listed("strong"), self.cues.only
        return [token for token in self.cues.soft if token.low in strong and token not in only]

    def loneliest(self, found: Sequence[Token], other: Denials) -> Token:
        """Return which of some words stands farthest from any denial of the other version."""
        here, there = ([token.start for token in some] for some in (found, other.cues.strong))
        return found[loneliest(here, self.passage.text, there, other.passage.text)]


def cover(cue: Token, ours: Denials, theirs: Denials, surplus: int) -> Cover:
    """Return what in the other version may stand for a denial that it lacks.

    A word that denies by its affix does so only near the place where the denial would stand. What
    is not so but for something is so only there, and not for the unable is only for the able.
    """
    firm, soft = theirs.cues.firm, theirs.cues.soft
    if len(firm) - len(ours.cues.firm) >= surplus:
        free = theirs.listed("free")
        if any(token.low in free for token in firm) or _is_near(cue, firm, ours, theirs):
            return "firm"
    idle = theirs.idle
    if len(idle) - len(ours.idle) >= surplus and _is_near(cue, idle, ours, theirs):
        return "firm"
    if _is_only(ours, theirs) or is_bound(cue, ours.passage, theirs.passage):
        return "firm"
    if surplus == 1 and _is_by_opposite(cue, ours, theirs):
        return "firm"
    limiting = ours.listed("limiting")
    own = sum(token.low not in limiting for token in ours.cues.soft)
    if len(soft) - own >= surplus:
        return "near" if _nearest(cue, soft, ours, theirs) < _BESIDE else "soft"
    return ""


def no_longer_late(ours: Denials, theirs: Denials) -> Token | None:
    """Return the denial of ``not ... until`` where the other version has only ``until``."""
    until, ending = ours.listed("until"), theirs.listed("until")
    places = [token.start for token in tokens(ours.passage.text) if token.low in until]
    late = [token for token in ours.cues.only if any(token.start < place for place in places)]
    found = theirs.cues
    denied = found.strong or found.double or any(t.low not in ending for t in found.soft)
    return late[0] if late and not denied and _has(ending, theirs.passage) else None


def _has(listing: frozenset[str], passage: Passage) -> bool:
    return not vocabulary(passage.text).isdisjoint(listing)


def _is_near(
    cue: Token | Member, found: Sequence[Token | Member], ours: Denials, theirs: Denials
) -> bool:
    """Whether a word stands about where a cue would."""
    near = _nearest(cue, found, ours, theirs) < _NEAR
    return near or are_short(ours.passage.text, theirs.passage.text)


def _nearest(
    cue: Token | Member, found: Sequence[Token | Member], ours: Denials, theirs: Denials
) -> float:
    """Return how far the nearest word stands from where a cue would, as a share of the text."""
    here, there = (max(len(side.passage.text), 1) for side in (ours, theirs))
    return min(abs(cue.start / here - token.start / there) for token in found)


def _is_only(ours: Denials, theirs: Denials) -> bool:
    """Whether what is denied but for something stands against what is so there only."""
    limiting, excepting = ours.listed("limiting"), ours.listed("excepting")
    if theirs.cues.only:
        return False
    low = vocabulary(ours.passage.text)
    only = {token.low for token in theirs.cues.soft} & theirs.listed("limiting")
    twice = len(ours.cues.strong) > 1  # not for those who have not
    return bool(only and (ours.cues.firm or twice or low & excepting)) and not low & limiting


def _is_by_opposite(cue: Token, ours: Denials, theirs: Denials) -> bool:
    """Whether what a cue denies is said by its opposite, which is not denied: not cheap is dear."""
    denied = [m for m in _scales(ours.passage) if m.denied and _is_of(cue, m)]
    if not denied:
        return False
    said = _scales(theirs.passage)
    places = {(m.line, m.place) for m in said}
    return any(
        _is_near(one, [m], ours, theirs)
        for one in denied
        for m in said
        if m.line == one.line and not (m.denied or m.weak) and (one.line, one.place) not in places
    )


def _is_of(cue: Token, denied: Member) -> bool:
    """Whether a word of a scale that is denied stands just behind a cue."""
    return not denied.weak and 0 < denied.start - cue.end < _BEHIND


def _scales(passage: Passage) -> tuple[Member, ...]:
    return members(passage.text, passage.language, "opposites")


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

    Capitals do not count: a title may be written with or without them. Or it is all of a quotation
    in both (``set it to "none"``), or part of the same identifier (``allow_unknown``).
    """
    if passage.language == other.language:
        return False
    tied = identifier(passage.text, token.place)
    if tied and tied in other.text:
        return True
    if _is_quotation(passage.text, token.place) and any(
        _is_quotation(other.text, same.place) for same in words(other.text) if same.low == token.low
    ):
        return True
    spaced = passage.text[max(token.start - 1, 0) : token.start].isspace()
    # Looked at first: a search takes its time.
    before = _BEFORE.search(passage.text, 0, token.start) if spaced else None
    after = _NEXT.match(passage.text, token.end)
    phrases = (
        passage.text[before.start() : token.end] if before else "",
        passage.text[token.start : after.end()] if after else "",
    )
    return any(phrase and phrase.lower() in other.text.lower() for phrase in phrases)


def _is_quotation(text: str, place: Place) -> bool:
    """Whether quotation marks enclose nothing but what stands at a place."""
    start, end = place
    return text[max(start - 1, 0) : start] in QUOTES and text[end : end + 1] in QUOTES
