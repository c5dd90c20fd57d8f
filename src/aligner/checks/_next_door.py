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
    texts = _Texts()
    phrases = [texts.number(_phrase(rows[one.row], one.words)) for one in many]
    around = [
        [[texts.number(p) for p in _beside(rows, one.row, version)] for version in one.lacking]
        for one in many
    ]
    pairs = {
        (phrase, text)
        for phrase, sides in zip(phrases, around, strict=True)
        for side in sides
        for text in side
    }
    if not pairs:
        return [False for _ in many]
    analysis = texts.analysed(sorted(pairs))
    return [
        bool(sides) and all(any(_covers(analysis, phrase, text) for text in side) for side in sides)
        for phrase, sides in zip(phrases, around, strict=True)
    ]


class _Texts:
    """Passages that are compared, each of them once, by their number."""

    def __init__(self) -> None:
        self._passages: list[Passage] = []
        self._numbers: dict[int, int] = {}

    def number(self, passage: Passage) -> int:
        """Return the number of a passage, a new one if it was not met before."""
        number = self._numbers.setdefault(id(passage), len(self._passages))
        if number == len(self._passages):
            self._passages.append(passage)
        return number

    def analysed(self, pairs: Sequence[tuple[int, int]]) -> Analysis:
        """Return what the words of the *pairs* say of each other."""
        texts, languages = zip(*((p.text, p.language) for p in self._passages), strict=True)
        return embedded_analyser()(texts, languages, pairs)


def _phrase(row: Sequence[Passage], words: Mapping[str, str]) -> Passage:
    """Return the first of the *words* as a passage of the version that has them."""
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
