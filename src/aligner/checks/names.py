"""Names: people, places, organisations, acronyms."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._tags import base_language

from ._names import (
    Name,
    acronym_like,
    capitals,
    folded_capitals,
    is_in,
    is_noun,
    names,
    no_names,
)
from ._places import home_line, loose_lines, places
from ._registry import BeadView, Finding, Passage, check
from ._repeated_names import named_again
from ._spelling import bones, distance, fold, folded_text, is_spelled, plain, plain_words
from ._text import NOWHERE, Token, at, capital_places, tokens
from ._words import has_words, is_everyday, is_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._registry import Place

_HEAD = 4
_MIDDLE = re.compile(r"(?<=\w )([A-Z])\. (\w{3,})")


@check("D301", "name", "major")
def name_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A name of one version is missing or another in the other version.

    Not flagged: spellings of one name (``Tchaikovsky``, ``Tschaikowski``), exonyms and
    nationalities, acronyms spelled out, capitalised everyday words.
    """
    source, target = bead.source, bead.target
    if not (has_words(source.language) and has_words(target.language)):
        return
    yield from _places_differ(bead)
    yield from _middle_initials(source, target)
    yield from _voted_out(bead)
    yield from _near_misses(bead)
    yield from _named_once(bead)
    left, right = _unmatched(source, target), _unmatched(target, source)
    rest = list(right)
    for name in left:
        partner = next((other for other in rest if other.acronym == name.acronym), None)
        if partner:
            rest.remove(partner)
        yield _finding(bead, source, target, name, partner)
    for name in rest:
        yield _finding(bead, target, source, name, None)


def _named_once(bead: BeadView) -> Iterator[Finding]:
    """Yield names that one version has twice and the other once."""
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        for start, end in named_again(passage, [other, *bead.third]):
            shown = passage.text[start:end]
            places = {passage.version: ((start, end),), other.version: ()}
            message = f"{other.version} names {shown!r} ({passage.version}) fewer times"
            yield Finding(places, message, 0.65 if bead.third else 0.55, f"again:{shown}")


def _finding(
    bead: BeadView, passage: Passage, other: Passage, name: Name, partner: Name | None
) -> Finding:
    confidence = _alone(bead, passage, other, name)
    if partner and _is_told(partner, other):
        sure = 0.55 if name.acronym and not _slip(name, partner) else 0.8
        confidence = max(sure, confidence)
    if partner:
        message = (
            f"name differs: {name.text!r} ({passage.version}), {partner.text!r} ({other.version})"
        )
    else:
        message = f"name {name.text!r} ({passage.version}) has no counterpart in {other.version}"
    places = {
        passage.version: ((name.start, name.end),),
        other.version: ((partner.start, partner.end),) if partner else (),
    }
    names = {passage.version: name.text, other.version: partner.text if partner else ""}
    return Finding(places, message, confidence, name.folded, evidence={"names": names})


def _alone(bead: BeadView, passage: Passage, other: Passage, name: Name) -> float:
    """Return how much a name means that *other* lacks: much if a third version has it too.

    An acronym without a name in its place may be spelled out.
    """
    third = bead.third
    if any(is_in(name, p) for p in third):
        spelled = name.acronym and not _unmatched(other, passage)
        shortened = _beside(name.start, passage, other) == "shortened"
        return 0.25 if spelled or shortened else 0.75
    if third:
        return 0.55 if _beside(name.start, passage, other) == "replaced" else 0.2
    if name.acronym:
        return 0.5 if base_language(passage.language) == "en" else 0.35
    return 0.6 if name.sure or base_language(passage.language) == "en" else 0.35


def _is_told(name: Name, passage: Passage) -> bool:
    """Whether the word is a name rather than a German noun."""
    return name.sure or name.acronym or base_language(passage.language) != "de"


def _slip(name: Name, other: Name) -> bool:
    """Whether two acronyms differ in one letter."""
    return min(len(name.text), len(other.text)) > 2 and distance(name.text, other.text) == 1


def _places_differ(bead: BeadView) -> Iterator[Finding]:
    source, target = bead.source, bead.target
    ours, theirs = _by_line(source), _by_line(target)
    only = {line: spot for line, spot in ours.items() if line not in theirs}
    others = {line: spot for line, spot in theirs.items() if line not in ours}
    if not (only or others):
        return
    third = [_by_line(p) for p in bead.third]
    loose = {line for line in loose_lines() if not any(line in spots for spots in third)}
    if (only.keys() | others.keys()) & loose and not third:
        return
    only = {line: spot for line, spot in only.items() if line not in loose}
    others = {line: spot for line, spot in others.items() if line not in loose}
    only = {k: v for k, v in only.items() if not _is_native(source.text[slice(*v)], target)}
    others = {k: v for k, v in others.items() if not _is_native(target.text[slice(*v)], source)}
    if not (only and others):
        only, others = _abroad(only, source, target), _abroad(others, target, source)
    for line, spot in only.items():
        partner = next(iter(others.values()), None) if len(only) == len(others) == 1 else None
        yield _place_finding(bead, source, target, spot, partner, line)
        if partner:
            return
    for line, spot in others.items():
        yield _place_finding(bead, target, source, spot, None, line)


def _abroad(spots: dict[int, Place], passage: Passage, other: Passage) -> dict[int, Place]:
    """Leave out that something is of the country whose language the other version is in.

    The ``Royal Swedish Academy`` is just the royal one at home.
    """
    home = home_line(other.language)
    return {k: v for k, v in spots.items() if k != home or is_noun(passage, v)}


def _is_native(shown: str, other: Passage) -> bool:
    """Whether the other version keeps the name as it is, or has an acronym that may hold it."""
    if any(acronym_like(token.text) and len(token.text) > 3 for token in tokens(other.text)):
        return True
    return fold(shown.lower()) in folded_text(other.text)[0]


def _place_finding(
    bead: BeadView,
    passage: Passage,
    other: Passage,
    spot: tuple[int, int],
    partner: tuple[int, int] | None,
    line: int,
) -> Finding:
    shown = passage.text[slice(*spot)]
    if partner:
        rival = other.text[slice(*partner)]
        message = f"place differs: {shown!r} ({passage.version}), {rival!r} ({other.version})"
    else:
        message = f"place {shown!r} ({passage.version}) is not named in {other.version}"
    where = {passage.version: (spot,), other.version: (partner,) if partner else ()}
    third = bead.third
    confidence = 0.55 if is_noun(passage, spot) else 0.4
    if partner:
        confidence = 0.8
    elif third:
        confidence = 0.65 if any(line in _by_line(p) for p in third) else 0.2
    return Finding(where, message, confidence, f"place:{line}")


def _by_line(passage: Passage) -> dict[int, tuple[int, int]]:
    return {p.line: (p.start, p.end) for p in places(passage.text, passage.language)}


def _voted_out(bead: BeadView) -> Iterator[Finding]:
    """Yield names of two versions that the third lacks though they could be other words.

    They begin a sentence or look like a compound; or they are everyday words beside a name that
    all have: two versions have ``Mark Avery``, the third ``Ground Avery``.
    """
    third = bead.third
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        witnesses = frozenset[str]().union(*(folded_capitals(p.text, p.language) for p in third))
        if not witnesses:
            return
        listed = {name.start for name in names(passage.text, passage.language, passage.names)}
        lost = [
            token
            for token in capitals(passage.text, passage.language)
            if fold(token.low) in witnesses
            and token.start not in listed
            and not is_spelled(fold(token.low), other.text)
            and not _is_compounded(token.start, passage, other)
        ]
        if not lost:
            continue
        sure = {fold(w.low) for p in (passage, *third) for w in _inner_capitals(p)}
        for token in lost:
            languages = (passage.language, *(p.language for p in third))
            strange = not any(is_everyday(token.low, language) for language in languages)
            named = fold(token.low) in sure and not _is_generic(token, passage)
            if strange or named or _beside(token.start, passage, other) == "replaced":
                yield _finding_of(passage, other, token)


def _inner_capitals(passage: Passage) -> list[Token]:
    """Return words with a capital inside a sentence of a language that gives it to names alone.

    Not those that stand beside an everyday word with a capital (``High Court``), which may be
    titles that others translate.
    """
    if base_language(passage.language) == "de":
        return []
    items = (NOWHERE, *tokens(passage.text), NOWHERE)
    found = {token.start for token in capitals(passage.text, passage.language)}
    return [
        token
        for before, token, after in zip(items, items[1:], items[2:], strict=False)
        if token.start in found and before.is_word and not (_is_title(before) or _is_title(after))
    ]


def _is_generic(token: Token, passage: Passage) -> bool:
    """Whether a word says what a name beside it is of: ``Metro`` of ``Pyongyang Metro``."""
    if not _is_title(token) or is_name(token.low):
        return False
    before = passage.text[: token.start].split()[-1:]
    after = [w for w in passage.text[token.end :].split()[:3] if w not in ("of", "the", "for")]
    return any(word[0].isupper() for word in (*before, *after[:1]))


def _is_title(token: Token) -> bool:
    return token.text[0].isupper() and is_everyday(token.low, "en")


def _near_misses(bead: BeadView) -> Iterator[Finding]:
    """Yield names that two versions spell alike and the third a little differently."""
    if len(bead.passages) < 3:
        return
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        third = bead.third
        items = tokens(other.text)
        theirs = [items[place] for place in capital_places(other.text)]
        for name in names(passage.text, passage.language, passage.names):
            bare = plain(name.text)
            if name.acronym or len(bare) < 5:
                continue
            if not any(bare in plain_words(p.text) for p in third):
                continue
            spelled = {plain(token.low) for token in theirs}
            if any(word[: len(bare) - 1] == bare[:-1] for word in spelled):
                continue
            near = next((t for t in theirs if _is_near(bare, plain(t.low))), None)
            if near and (is_name(near.low) or not is_everyday(near.low, other.language)):
                rival = Name(fold(near.low), near.text, near.start, near.end, False)
                yield replace(_finding(bead, passage, other, name, rival), confidence=0.65)


def _is_near(name: str, other: str) -> bool:
    """Whether two names differ by a slip: about as long, beginning alike, not the same stem.

    With a vowel more or less (``Aleksandr``, ``Alexander``) it is another transliteration.
    """
    if abs(len(name) - len(other)) > 1 or name[0] != other[0] or name in other:
        return False
    ours, theirs = (fold(word).removesuffix("s") for word in (name, other))
    if ours == theirs or (bones(ours) == bones(theirs) and len(ours) != len(theirs)):
        return False
    return name[:-2] != other[: len(name) - 2] and 1 <= distance(name, other) <= 3


def _middle_initials(source: Passage, target: Passage) -> Iterator[Finding]:
    """Yield people whose middle initial is another one: ``John F.`` against ``John K. Kennedy``."""
    theirs = {match[2].rstrip("s"): match for match in _MIDDLE.finditer(target.text)}
    for match in _MIDDLE.finditer(source.text):
        name = match[2].rstrip("s")
        rival = theirs.get(name)
        if rival and rival[1] != match[1]:
            places = {source.version: (match.span(1),), target.version: (rival.span(1),)}
            message = (
                f"initial differs: {match[0]!r} ({source.version}), {rival[0]!r} ({target.version})"
            )
            yield Finding(places, message, 0.85, name)


def _beside(start: int, passage: Passage, other: Passage) -> str:
    """Compare the neighbours of a name: ``replaced``, ``shortened`` or nothing to tell.

    A title in its place (``Mr``) does not replace it.
    """
    ours, theirs = tokens(passage.text), tokens(other.text)
    place = _place_of(start, ours)
    state = ""
    for step in (1, -1):
        near = at(ours, place + step)
        if not near.text[0].isupper() or near.low in no_names(passage.language):
            continue
        if base_language(passage.language) == "de" and is_everyday(near.low, "de"):
            continue
        for j, token in enumerate(theirs):
            if token.low == near.low:
                rival = at(theirs, j - step)
                if rival.text[0].isupper() and rival.low not in no_names(other.language):
                    return "replaced"
                state = "shortened"
    return state


def _place_of(start: int, items: Sequence[Token]) -> int:
    """Return which of the tokens begins at *start*."""
    return next(place for place, token in enumerate(items) if token.start == start)


def _finding_of(passage: Passage, other: Passage, token: Token) -> Finding:
    message = f"name {token.text!r} ({passage.version}) has no counterpart in {other.version}"
    places = {passage.version: ((token.start, token.end),), other.version: ()}
    names = {passage.version: token.text, other.version: ""}
    return Finding(places, message, 0.7, fold(token.low), evidence={"names": names})


def _unmatched(passage: Passage, other: Passage) -> list[Name]:
    """Return the names of *passage* that nothing in *other* looks like."""
    found = names(passage.text, passage.language, passage.names)
    if not found:
        return []
    return [
        name
        for name in found
        if not (
            is_in(name, other)
            or _is_compounded(name.start, passage, other)
            or _is_borrowed(name, passage, other)
        )
    ]


def _is_borrowed(name: Name, passage: Passage, other: Passage) -> bool:
    """Whether it is an English title (``News Agency``) that neither language has as its own."""
    if any(base_language(p.language) == "en" for p in (passage, other)):
        return False
    items = tokens(passage.text)
    place = _place_of(name.start, items)
    beside = at(items, place - 1), at(items, place + 1)
    return _is_english(items[place].low) and any(
        token.text[0].isupper() and _is_english(token.low) for token in beside
    )


def _is_english(low: str) -> bool:
    word = low.removesuffix("s")
    return is_everyday(word, "en") and not is_name(word)


def _is_compounded(start: int, passage: Passage, other: Passage) -> bool:
    """Whether *other* makes one word of a name and the noun beside it: ``Orvalänken``."""
    items = tokens(passage.text)
    place = _place_of(start, items)
    heads = [
        token.low
        for token in (at(items, place - 1), at(items, place + 1))
        if token.text[0].isupper() and len(token.low) >= _HEAD
    ]
    return any(
        token.low.startswith(head) and len(token.low) > len(head) + 2
        for head in heads
        for token in tokens(other.text)
    )
