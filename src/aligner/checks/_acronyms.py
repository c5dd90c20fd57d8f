"""Acronyms against the words they stand for: what one version spells out, another shortens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._names import Name, acronym_like, is_in
from ._text import tokens

if TYPE_CHECKING:
    from ._registry import Passage

_LONGEST = 6


def is_short_for(phrase: Passage, other: Passage) -> bool:
    """Whether a short *phrase* is an acronym that *other* spells out, or the other way round."""
    if sum(token.is_word for token in tokens(phrase.text)) > _LONGEST:
        return False
    return _spells_out(phrase, other) or _spells_out(other, phrase)


def _spells_out(short: Passage, long: Passage) -> bool:
    """Whether an acronym of *short* stands for words of *long*, which does not have it."""
    return any(
        acronym_like(token)
        and token.text not in long.text
        and is_in(Name(token.low, token.text, token.start, token.end, True), long)
        for token in tokens(short.text)
    )
