"""Acronyms against the words they stand for: what one version spells out, another shortens."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._initials import acronym_like
from aligner.checks._lexicon import content_words
from aligner.checks._names import Name, is_in
from aligner.checks._text import Token, tokens

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_LONGEST, _GLOSSED = 8, 13  # words of a phrase; of one that has its acronym in brackets
_FEW = 4  # content words of a phrase that is short whatever its length
_NEAR = 0.25  # of a text that the place of an acronym and of a name differ by at most
_SHORTEST = 3  # letters of an acronym of a name in another language
_GLOSS = re.compile(r"\s*\((\w{2,6})\)")


def is_short_for(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether a short phrase is an acronym that *other* spells out, or the other way round.

    What an acronym of *other* spells may be half of a longer phrase.

    Args:
        place: where the phrase stands in *passage*.
    """
    phrase = replace(passage, text=passage.text[slice(*place)], pieces=((0, 0),))
    size = sum(token.is_word for token in tokens(phrase.text))
    if size <= _GLOSSED and _is_glossed(passage, place, other):
        return True
    content = _content(phrase)
    few = size <= _LONGEST or content <= _FEW
    if any(few or content <= 2 * len(token.text) for token in _spelled_out(other, phrase)):
        return True
    return few and (
        bool(_spelled_out(phrase, other)) or _may_be_named(phrase, place, passage, other)
    )


def _content(phrase: Passage) -> int:
    """Return how many content words of more than a letter a phrase has."""
    said = content_words(tokens(phrase.text), phrase.language)
    return sum(len(token.low) > 1 for token in said)


def _spelled_out(short: Passage, long: Passage) -> list[Token]:
    """Return the acronyms of *short* that stand for words of *long*, which does not have them."""
    return [
        token
        for token in _acronyms(short.text)
        if token.text not in long.text
        and is_in(Name(token.low, token.text, token.start, token.end, True), long)
    ]


def _acronyms(text: str) -> list[Token]:
    return [token for token in tokens(text) if acronym_like(token.text)]


def _is_glossed(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether the acronym of a phrase, in brackets in or after it, stands in *other*.

    A phrase ends with a word, so the bracket that closes may be the character behind it.
    """
    found = [*_GLOSS.finditer(passage.text, place[0], place[1] + 1)]
    found += [match] if (match := _GLOSS.match(passage.text, place[1])) else []
    theirs = {token.low for token in tokens(other.text)}
    return any(match[1].lower() in theirs for match in found)


def _may_be_named(phrase: Passage, place: Place, passage: Passage, other: Passage) -> bool:
    """Whether *other* has an acronym of its own about where a name of several words stands.

    Its letters need not be those of the words, which may be a translation; if they are (``DNA`` of
    ``deoxyribonucleic acid``), the words need no capitals.
    """
    named = is_run(phrase)
    for token in _acronyms(other.text):
        if len(token.text) < _SHORTEST or token.text in passage.text:
            continue
        spelled = _lettered(token.text).search(phrase.text.lower())
        at = (place[0] + spelled.start() if spelled else place[0]) / len(passage.text)
        if (named or spelled) and abs(token.start / len(other.text) - at) < _NEAR:
            return True
    return False


def is_run(phrase: Passage) -> bool:
    """Whether words with a capital make up most of a phrase, as in ``Ministry of Trade``."""
    content = [token for token in tokens(phrase.text) if len(token.low) > 3 and token.is_word]
    upper = sum(token.text[0].isupper() for token in content)
    return upper > 1 and 2 * upper > len(content)


@lru_cache(maxsize=256)
def _lettered(acronym: str) -> re.Pattern[str]:
    """Return what finds the letters of an acronym, each in the word of the last or at the next.

    >>> bool(_lettered("DNA").search("that deoxyribonucleic acid is"))
    True
    """
    first, *rest = map(re.escape, acronym.lower())
    return re.compile(rf"\b{first}" + "".join(rf"\w*?(?:\W+)?{letter}" for letter in rest))
