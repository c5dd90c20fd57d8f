"""Institutions, offices, feasts and the like, which each language calls in words of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._lexicon import content_words, table
from aligner.checks._text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aligner.checks._place import Place
    from aligner.checks._text import Token
    from aligner.checks._values import Passage

_COLUMNS = ("en", "de", "sv")
_MOST = 0.6
"""The share of the letters of a phrase, without function words, that make it the name itself."""


def is_called(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether a phrase is ``House of Commons`` where *other* has ``Unterhaus``.

    Args:
        place: where the phrase stands in *passage*.
    """
    ours, theirs = base_language(passage.language), base_language(other.language)
    if ours not in _COLUMNS or theirs not in _COLUMNS:
        return False
    said = [row[ours] for row in _table() if row[theirs].search(other.text)]
    return any(
        _is_most(passage, place, name) for form in said for name in form.finditer(passage.text)
    )


def _is_most(passage: Passage, place: Place, name: re.Match[str]) -> bool:
    """Whether most of what a phrase says is part of a name."""
    phrase = (token for token in tokens(passage.text) if place[0] <= token.start < place[1])
    said = content_words(phrase, passage.language)
    named = [token for token in said if name.start() <= token.start and token.end <= name.end()]
    return _letters(named) > _MOST * _letters(said)


def _letters(words: Iterable[Token]) -> int:
    return sum(len(word.text) for word in words)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, re.Pattern[str]], ...]:
    return tuple(
        {language: _pattern(cell) for language, cell in zip(_COLUMNS, row, strict=True)}
        for row in table("institutions")
    )


def _pattern(cell: str) -> re.Pattern[str]:
    """Return what finds any of the forms of a cell at the beginning of a word, to its end.

    >>> bool(_pattern("=vm;cup").fullmatch("Cupen")), bool(_pattern("=vm;cup").search("VMs"))
    (True, False)
    """
    forms = [
        re.escape(form[1:]) if form[0] == "=" else rf"{re.escape(form)}\w*"
        for form in cell.split(";")
    ]
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)
