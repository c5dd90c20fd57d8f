"""The sentences of a passage: what is missing is shown sentence by sentence."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._segment import segment
from aligner.checks._place import meet

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_MOST, _LEAST = 0.65, 0.2  # of a sentence


def sentences(passage: Passage) -> tuple[Place, ...]:
    """Return where the sentences of *passage* stand."""
    found = segment(passage.text, passage.language)
    return tuple((one.start, one.end) for one in found) or (passage.whole,)


def segments(passage: Passage) -> tuple[Place, ...]:
    """Return where the segments of *passage* stand."""
    starts = [start for start, _ in passage.pieces]
    return tuple((a, b - 1) for a, b in pairwise([*starts, len(passage.text) + 1]))


def by_sentence(passage: Passage, place: Place) -> tuple[Place, ...]:
    """Return *place* cut where sentences end.

    A sentence of which most is inside is taken whole, one of which hardly anything is inside is
    left out; a place inside one sentence stays as it is.
    """
    start, end = place
    found = sentences(passage)
    touched = [one for one in found if meet(one, place)]
    if len(found) < 2:
        return (place,)
    out = []
    for one in touched:
        share = _share(one, place)
        if share > _MOST:
            out.append(one)
        elif share > _LEAST:
            out.append((max(start, one[0]), min(end, one[1])))
    return tuple(out) or (place,)


def _share(sentence: Place, place: Place) -> float:
    inside = min(sentence[1], place[1]) - max(sentence[0], place[0])
    return inside / (sentence[1] - sentence[0])
