"""Words and phrases that stand twice in one version alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ._lexicon import lexicon
from ._registry import BeadView, Finding, Passage, check
from ._text import Token, tokens

LONGEST_PHRASE = 5
_WINDOW = 14


class Repeat(NamedTuple):
    """A repeated stretch: ``kind`` is ``adjacent``, ``joined`` (X and X) or ``distant``."""

    kind: str
    start: int
    end: int
    words: str
    confidence: float


@check("D503", "repetition", "minor")
def repetition(bead: BeadView) -> Iterator[Finding]:
    """A word or phrase is repeated in one version only.

    Not flagged: a repetition that the other version has too, doublings a language allows (``that
    that``, ``sie sie``, ``more and more``, ``nach und nach``), numbers, single letters.
    """
    for passage, other in ((bead.source, bead.target), (bead.target, bead.source)):
        found = repeats(passage.text, passage.language)
        if not found:
            continue
        theirs = repeats(other.text, other.language)
        for one in found:
            if not any(_echoes(one, echo) for echo in theirs):
                yield _finding(one, passage, other)


def _echoes(one: Repeat, other: Repeat) -> bool:
    """Whether the repetition is in the other version as well, so it is meant."""
    return one.kind == other.kind or other.kind != "distant"


def _finding(one: Repeat, passage: Passage, other: Passage) -> Finding:
    places = {passage.version: ((one.start, one.end),), other.version: ()}
    message = f"{one.words!r} is repeated in {passage.version} only"
    return Finding(places, message, one.confidence, one.words, evidence={"words": one.words})


@lru_cache(maxsize=512)
def repeats(text: str, language: str) -> tuple[Repeat, ...]:
    """Return the repetitions of *text*, those that the language allows with little confidence."""
    known = lexicon(language)
    allowed = known.words("repetition", "allowed") if known else frozenset()
    conjunctions = known.words("repetition", "conjunctions") if known else frozenset()
    idioms = known.words("repetition", "conj") if known else frozenset()
    function = known.words("function") if known else frozenset()
    items = tokens(text)
    found = list(_adjacent(items, text, allowed))
    taken = {place for one in found for place in range(one.start, one.end)}
    for i, token in enumerate(items):
        if token.low not in conjunctions or not 0 < i < len(items) - 1:
            continue
        after = items[i + 1]
        if not after.is_word or len(after.low) < 3 or after.start in taken:
            continue
        if items[i - 1].low == after.low:
            if after.low in idioms or after.low.endswith(("er", "are", "re")):
                continue
            found.append(_repeat("joined", items[i - 1], after, text, 0.9))
        elif after.low not in function and after.low not in idioms:
            earlier = items[max(0, i - _WINDOW) : i - 1]
            if any(t.low == after.low for t in earlier):
                found.append(_repeat("distant", after, after, text, 0.45))
    return tuple(found)


def _adjacent(items: tuple[Token, ...], text: str, allowed: frozenset[str]) -> Iterator[Repeat]:
    """Yield phrases said twice in a row, the longest first and none inside another."""
    low = [token.low for token in items]
    seen: dict[str, list[int]] = {}
    last_end = -1
    for i, word in enumerate(low):
        places = seen.setdefault(word, [])
        for start in reversed(places):
            size = i - start
            if size > LONGEST_PHRASE:
                break
            if start < last_end or low[start : start + size] != low[i : i + size]:
                continue
            phrase = items[start : start + size]
            if not _is_speech(phrase) or (size == 1 and not _blank(text, items[i - 1], items[i])):
                continue
            lone = size == 1 and word in allowed
            yield _repeat("adjacent", items[start], items[i + size - 1], text, 0.35 if lone else 0.96)
            last_end = i + size
            break
        places.append(i)


def _is_speech(phrase: tuple[Token, ...]) -> bool:
    """Whether the phrase is words (not numbers, marks or initials)."""
    words = [token for token in phrase if token.is_word]
    return bool(words) and len(words) == len(phrase) and (
        len(phrase) > 1 or len(phrase[0].low) > 1 or phrase[0].low in "aiå"
    )


def _blank(text: str, left: Token, right: Token) -> bool:
    return text[left.end : right.start].isspace()


def _repeat(kind: str, first: Token, last: Token, text: str, confidence: float) -> Repeat:
    return Repeat(kind, first.start, last.end, text[first.start : last.end], confidence)
