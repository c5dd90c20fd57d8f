"""What the surface of two texts says of whether they are translations, without any vectors."""

from __future__ import annotations

import re

from aligner._tags import base_language

_NUMBER = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_SURE = 0.9  # confidence of the identification that is believed


def is_foreign(text: str, language: str) -> bool:
    """Whether *text* is surely in another language than *language*."""
    from aligner._language import identify

    found, confidence = identify(text)
    return confidence > _SURE and found != base_language(language)


def copied(source: str, target: str) -> float:
    """Return how suspicious it is that the texts are the same: one word may be a name.

    >>> copied("Kelmar", "Kelmar"), copied("See page three.", "See page three.")
    (0.3333333333333333, 1.0)
    """
    return min(1.0, len(_WORDS.findall(source)) / 3) if source.strip() == target.strip() else 0.0


def number_gap(source: str, target: str) -> float:
    """Return the share of the numbers in digits that only one text has.

    >>> number_gap("12 of 40", "12 von 41")
    0.6666666666666666
    """
    ours, theirs = set(_NUMBER.findall(source)), set(_NUMBER.findall(target))
    return len(ours ^ theirs) / max(len(ours | theirs), 1)
