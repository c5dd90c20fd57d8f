"""Acronyms against the words they stand for: what one version spells out, another shortens."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ._lexicon import function_words
from ._names import Name, acronym_like, is_in, is_run
from ._text import Token, tokens

if TYPE_CHECKING:
    from ._registry import Passage, Place

_LONGEST, _GLOSSED = 8, 13
_FEW = 4
_NEAR = 0.25
_SHORTEST = 3
_GLOSS = re.compile(r"\s*\((\w{2,6})\)")


def is_short_for(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether a short phrase is an acronym that *other* spells out, or the other way round.

    Args:
        place: where the phrase stands in *passage*.
    """
    phrase = replace(passage, text=passage.text[slice(*place)], pieces=((0, 0),))
    size = sum(token.is_word for token in tokens(phrase.text))
    if size <= _GLOSSED and _is_glossed(passage, place, other):
        return True
    return (size <= _LONGEST or _content(phrase) <= _FEW) and (
        _spells_out(phrase, other)
        or _spells_out(other, phrase)
        or _may_be_named(phrase, place, passage, other)
    )


def _content(phrase: Passage) -> int:
    """Return how many words of a phrase are no function words."""
    function = function_words(phrase.language)
    return sum(token.is_word and token.low not in function for token in tokens(phrase.text))


def _spells_out(short: Passage, long: Passage) -> bool:
    """Whether an acronym of *short* stands for words of *long*, which does not have it."""
    return any(
        token.text not in long.text
        and is_in(Name(token.low, token.text, token.start, token.end, True), long)
        for token in _acronyms(short.text)
    )


def _acronyms(text: str) -> list[Token]:
    return [token for token in tokens(text) if acronym_like(token.text)]


def _is_glossed(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether the acronym of a phrase, in brackets in or after it, stands in *other*."""
    found = [*_GLOSS.finditer(passage.text, *place)]
    found += [match] if (match := _GLOSS.match(passage.text, place[1])) else []
    theirs = {token.low for token in tokens(other.text)}
    return any(match[1].lower() in theirs for match in found)


def _may_be_named(phrase: Passage, place: Place, passage: Passage, other: Passage) -> bool:
    """Whether *other* has an acronym of its own about where a name of several words stands.

    Its letters need not be those of the words, which may be a translation.
    """
    if not is_run(phrase):
        return False
    at = place[0] / len(passage.text)
    return any(
        len(token.text) >= _SHORTEST
        and token.text not in passage.text
        and abs(token.start / len(other.text) - at) < _NEAR
        for token in _acronyms(other.text)
    )
