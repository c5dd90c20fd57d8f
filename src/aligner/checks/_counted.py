"""Whether words that another version lacks are a quantity or a share that it has otherwise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._lexicon import function_words, lexicon
from aligner.checks._matching import match
from aligner.checks._place import meet
from aligner.checks._quantities import quantities
from aligner.checks._text import tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_HALF, _SHARING = 0.5, 3  # the fraction, and the most words of a place that shares something
_CLOCK = ("am", "pm", "late", "night", "mark")
_BEHIND = 2


def is_counted(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether most words of a place are quantities that *other* has as well, as ``at 5 p.m.``.

    ``at night`` behind a time is part of it, for 11:35 is 23:35 then.
    """
    found = match(passage.text, passage.language, other.text, other.language)
    here = [
        q
        for q in quantities(passage.text, passage.language)
        if q.is_loud and q.start < place[1] and place[0] < q.end + (q.role == "time") * _BEHIND
    ]
    measured = [mine for mine, other in found.pairs if mine.unit and mine.unit == other.unit]
    here += [q for q in measured if q not in here and q.unit_place and meet(q.unit_place, place)]
    if not here or any(q in found.left for q in here):
        return False
    known, function = lexicon(passage.language), function_words(passage.language)
    units = known.stems("units") if known else None
    words = counted = 0
    for token in tokens(passage.text):
        if not place[0] <= token.start < place[1] or not token.text[0].isalnum():
            continue
        if any(q.start <= token.start < q.end for q in here) or (units and units.get(token.low)):
            counted += 1
        elif token.low in function or token.low in _time_words(passage.language):
            continue
        words += 1
    return counted > words / 2 or not words


@lru_cache(maxsize=8)
def _time_words(language: str) -> frozenset[str]:
    """Return the words beside a time: ``p.m.`` in its letters, ``at night``, ``Uhr``."""
    known = lexicon(language)
    return frozenset("apm").union(*(known.words("clock", key) for key in _CLOCK if known))


def is_halved(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether a short place halves what *other* shares alike, or the other way round."""
    here = [t.low for t in tokens(passage.text) if t.is_word and place[0] <= t.start < place[1]]
    if sum(low not in function_words(passage.language) for low in here) > _SHARING:
        return False
    ours, theirs = _shares(here, passage.language), _shares(vocabulary(other.text), other.language)
    return bool(ours and theirs and ours != theirs)


def _shares(words: Iterable[str], language: str) -> set[str]:
    """Return what *words* in small letters do: ``halve``, share ``alike``, both or neither."""
    known = lexicon(language)
    if known is None:
        return set()
    halves = {word for word, part in known.numbers("fractions").items() if part == _HALF}
    ways = {"halve": halves, "alike": known.words("shares", "alike")}
    return {way for way, listed in ways.items() if not listed.isdisjoint(words)}
