"""Words that a version seems to lack may stand in its next passage: sentences share their work."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aligner._words import embedded_analyser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aligner._words import Analysis
    from aligner.checks._values import Passage

_LINK, _SHARE = 0.3, 0.7
"""The link of a word that is there, and the share of letters that must be."""


class Missing(NamedTuple):
    """Words of a row that some versions lack.

    Attributes:
        words: as written, by version.
    """

    row: int
    words: Mapping[str, str]
    lacking: Sequence[str]


def stand_next_door(rows: Sequence[Sequence[Passage]], many: Sequence[Missing]) -> list[bool]:
    """Return which stand before or after their row in every version that lacks them.

    All words are compared with all their neighbours at once.
    """
    phrases = [_phrase(rows[one.row], one.words) for one in many]
    around = [[_beside(rows, one.row, other) for other in one.lacking] for one in many]
    known = {id(p): p for parts in around for part in parts for p in part}
    texts = [*phrases, *known.values()]
    place = {key: len(phrases) + k for k, key in enumerate(known)}
    places = [[[place[id(p)] for p in part] for part in parts] for parts in around]
    pairs = {(k, n) for k, parts in enumerate(places) for part in parts for n in part}
    if not pairs:
        return [False for _ in many]
    analyser = embedded_analyser()
    analysis = analyser([p.text for p in texts], [p.language for p in texts], sorted(pairs))
    return [
        bool(parts) and all(any(_covers(analysis, k, n) for n in part) for part in parts)
        for k, parts in enumerate(places)
    ]


def _phrase(row: Sequence[Passage], words: Mapping[str, str]) -> Passage:
    version, phrase = next(iter(words.items()))
    passage = next(p for p in row if p.version == version)
    return replace(passage, text=phrase, pieces=((0, 0),))


def _beside(rows: Sequence[Sequence[Passage]], index: int, version: str) -> list[Passage]:
    """Return the passages of *version* before and after a row."""
    found = []
    for places in (range(index - 1, -1, -1), range(index + 1, len(rows))):
        for place in places:
            one = next((p for p in rows[place] if p.version == version), None)
            if one is not None and one.text.strip():
                found.append(one)
                break
    return found


def _covers(analysis: Analysis, phrase: int, text: int) -> bool:
    """Whether most of a phrase has a link in a text."""
    if (phrase, text) not in analysis.table:
        return False
    spans = analysis.words.spans[analysis.words.of(phrase)]
    letters = (spans[:, 1] - spans[:, 0]).astype(np.float32)
    linked = analysis.table[phrase, text].links.max(1) > _LINK
    return bool(letters[linked].sum() > _SHARE * letters.sum())
