"""Repetition: words and phrases that stand twice in one version alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._lexicon import function_words, listed
from aligner.checks._registry import check
from aligner.checks._repeats import Repeat, repeats
from aligner.checks._text import tokens, words
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEAR, _ABOUT = 0.15, 0.25  # of a passage
_PARALLEL = 4  # tokens before a conjunction
_HEAD, _ENDING = 4, 2  # letters of ``data``, and of endings
_SHORT, _STEM = 3, 6  # letters
_PAUSED = re.compile(r"\b(\w+(?: \w+){0,3})\W*[,;.\u2026\u2013\u2014-]\W*\1\b", re.IGNORECASE)


@check("D503", "repetition", "minor")
def repetition(bead: BeadView) -> Iterator[Finding]:
    """A word or phrase is repeated in one version only.

    Not flagged: a repetition that the other version has too, be it with a pause (``I \u2013 I
    mean``), doublings a language allows (``that that``, ``sie sie``, ``more and more``, ``nach und
    nach``), two clauses that meet at a pronoun (``han såg det och det såg honom``), single figures.
    """
    for passage, other in bead.both_ways:
        for one in repeats(passage.text, passage.language):
            others = (other, *bead.third) if one.kind == "distant" else (other,)
            if not any(_is_said_twice(one, passage, version) for version in others):
                yield _finding(one, passage, other)


def _is_said_twice(one: Repeat, passage: Passage, other: Passage) -> bool:
    """Whether the repetition is in the other version as well, so it is meant."""
    echoes = repeats(other.text, other.language)
    if any(one.kind == echo.kind or echo.kind != "distant" for echo in echoes):
        return True
    return _is_meant(one, passage, other)


def _is_meant(one: Repeat, passage: Passage, other: Passage) -> bool:
    """Whether the other version says a word twice where this one does at some distance.

    As many words as this one does: of ``Russia`` and a verb that both stand again here, and
    ``Ryssland`` alone there, the verb is too much. Or it ties them by a hyphen: ``Roa-Roa-Hotel``.
    """
    middle = (one.start + one.end) / 2 / len(passage.text)
    if one.kind != "distant" and any(abs(middle - at) < _ABOUT for at in _pauses(other.text)):
        return True
    if one.kind == "adjacent":
        return one.words.replace(" ", "-") in other.text
    if one.kind == "joined":
        return any(abs(middle - at) < _ABOUT for at in _parallels(other.text, other.language))
    place = one.start / len(passage.text)
    ours, theirs = (_seconds(p.text, p.language) for p in (passage, other))
    return len(theirs) >= len(ours) and any(abs(place - at) < _NEAR for at in theirs)


@lru_cache(maxsize=512)
def _pauses(text: str) -> tuple[float, ...]:
    """Return where something is said again after a pause: ``never, never``, ``I \u2013 I``."""
    return tuple(found.start() / len(text) for found in _PAUSED.finditer(text))


@lru_cache(maxsize=512)
def _parallels(text: str, language: str) -> tuple[float, ...]:
    """Return where a conjunction takes up a word from just before: ``by day and by night``.

    It may be a part of a compound: ``data och datastrukturer``.
    """
    items, conjunctions = tokens(text), listed(language, "repetition", "conjunctions")
    return tuple(
        token.start / len(text)
        for i, token in enumerate(items[:-1])
        if token.low in conjunctions
        and (
            any(items[k].low == items[i + 1].low for k in range(max(i - _PARALLEL, 0), i - 1))
            or _share_stem(items[i - 1].low, items[i + 1].low)
        )
    )


def _share_stem(one: str, other: str) -> bool:
    """Whether one word begins with the other but for its ending, as a compound does."""
    head = max(min(len(one), len(other)) - _ENDING, _HEAD)
    return one[:head] == other[:head]


@lru_cache(maxsize=512)
def _seconds(text: str, language: str) -> tuple[float, ...]:
    """Return where content words stand again, as shares of the text.

    Also what a compound before ends in: ``Redefreiheit`` and ``Freiheit``.
    """
    function = function_words(language) | listed(language, "repetition", "common")
    stems: set[str] = set()
    before: list[str] = []
    found = []
    for token in words(text):
        if len(token.low) > _SHORT and token.low not in function:
            long = len(token.low) >= _STEM
            if token.low[:_STEM] in stems or (long and any(w.endswith(token.low) for w in before)):
                found.append(token.start / len(text))
            stems.add(token.low[:_STEM])
            before.append(token.low)
    return tuple(found)


def _finding(one: Repeat, passage: Passage, other: Passage) -> Finding:
    places = {passage.version: ((one.start, one.end),), other.version: ()}
    message = f"{one.words!r} is repeated in {passage.version} only"
    return Finding(places, message, one.confidence, one.words, evidence={"words": one.words})
