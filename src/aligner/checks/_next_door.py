"""Words that a version seems to lack may stand in its next passage: sentences share their work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aligner._words import embedded_analyser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._registry import Passage

_LINK, _SHARE = 0.3, 0.7
"""The link of a word that is there, and the share of letters that must be."""


def stands_next_door(
    rows: Sequence[Sequence[Passage]],
    index: int,
    words: Mapping[str, str],
    lacking: Sequence[str],
) -> bool:
    """Whether *words* of row *index* stand before or after it in every version that lacks them.

    Args:
        words: as written, by version.
    """
    version, phrase = next(iter(words.items()))
    language = next(p.language for p in rows[index] if p.version == version)
    return bool(lacking) and all(
        _covered(phrase, language, _beside(rows, index, other)) for other in lacking
    )


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


def _covered(phrase: str, language: str, passages: Sequence[Passage]) -> bool:
    texts, languages = [phrase], [language]
    texts += [p.text for p in passages]
    languages += [p.language for p in passages]
    analysis = embedded_analyser()(texts, languages, [(0, k) for k in range(1, len(texts))])
    spans = analysis.words.spans[analysis.words.of(0)]
    letters = (spans[:, 1] - spans[:, 0]).astype(np.float32)
    return any(
        letters[analysis.table[0, k][0].links.max(1) > _LINK].sum() > _SHARE * letters.sum()
        for k in range(1, len(texts))
        if (0, k) in analysis.table
    )
