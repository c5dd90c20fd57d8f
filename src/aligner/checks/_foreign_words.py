"""Whether a word is one of the language of the other version, and none of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._everyday import is_everyday, is_name, is_word
from aligner.checks._gazetteer import places
from aligner.checks._lexicon import function_words, lexicon, listed
from aligner.checks._numerals import weekday
from aligner.checks._text import Token, at, tokens, vocabulary, words

if TYPE_CHECKING:
    from aligner.checks._values import Passage

_NOUN = 5  # letters of a noun that can be told
_ADJECTIVE = re.compile(r"\w{3}e[nrsm]?$")


def is_foreign(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word that is not everyday here is so there."""
    low = token.low
    if is_strange(low, passage, other) or is_small_noun(token, passage, other):
        return True
    if not _reads_foreign(low, passage.language, other.language):
        return False
    if _may_be_name(token, passage, other):
        return False
    # An ending of its own on a word that both have is none: ``piloten``, ``Pilot``.
    theirs = vocabulary(other.text)
    return low in theirs or theirs.isdisjoint(_stems(low, passage.language))


@lru_cache(maxsize=65536)
def _reads_foreign(low: str, language: str, other: str) -> bool:
    """Whether a word by itself is one of the *other* language and none of its own."""
    if low in listed(language, "homographs") or _is_unit(low, language):
        return False
    if len(low) < 4 and low not in function_words(other):
        return False
    if is_word(low, language) or not is_everyday(low, other) or _is_calendar(low, language):
        return False
    return not any(len(stem) > 3 and is_everyday(stem, language) for stem in _stems(low, language))


def _stems(low: str, language: str) -> list[str]:
    """Return what a word may be without an ending of *language*."""
    endings = ("s",) if base_language(language) == "en" else ("s", "n", "en", "e", "er", "et", "t")
    return [low.removesuffix(end) for end in endings if low.endswith(end)]


def is_strange(low: str, passage: Passage, other: Passage) -> bool:
    """Whether a word or the name of a place is spelled as the other language alone does it.

    A word with letters that this language does not have, or ``Kalifornien`` in English. One in
    small letters on both sides need not be in the word list: it is no name.
    """
    if low not in vocabulary(other.text):
        return False
    shown = low.capitalize()
    if places(shown, passage.language):
        return False
    if is_name(low):
        return bool(places(shown, other.language))
    known, theirs = lexicon(passage.language), lexicon(other.language)
    if known is None or theirs is None:
        return False
    foreign = set(theirs.data["letters"]["own"]) - set(known.data["letters"]["own"])
    if not foreign & set(low):
        return False
    small = [any(t.text == low for t in words(p.text)) for p in (passage, other)]
    german = base_language(other.language) == "de"  # where a capital tells of no name
    return all(small) or ((german or small[1]) and is_word(low, other.language))


def _may_be_name(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word with a capital may be a name, and not a German noun left as it was."""
    if not token.text[0].isupper():
        return False
    german = base_language(other.language) == "de" and token.text[1:].islower()
    return not german or is_name(token.low) or _is_place(token.text, passage, other)


def _is_place(word: str, passage: Passage, other: Passage) -> bool:
    return bool(places(word, passage.language) or places(word, other.language))


def _is_unit(low: str, language: str) -> bool:
    """Whether a word is a unit or a currency that the language has as well: ``kronor``."""
    known = lexicon(language)
    return known is not None and bool(known.stems("units").get(low))


def _is_calendar(word: str, language: str) -> bool:
    """Whether a word is the name of a month or of a day of the week."""
    known = lexicon(language)
    months = known.numbers("months") if known else {}
    return word in months or weekday(word, language) is not None


def is_noun(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word with a capital stands where nouns do and names mostly do not.

    There, after an article; here, after a word that is no preposition.
    """
    known, theirs = lexicon(passage.language), lexicon(other.language)
    if known is None or theirs is None:
        return True
    before = passage.text[: token.start].split()[-1:]
    bare = before and before[0].isalpha() and before[0].islower()
    if bare and before[0] not in known.words("names", "before"):
        return True
    articles, verbs = theirs.words("names", "articles"), theirs.words("names", "verbs")
    return any(
        is_shared(token.low, {b.low})
        and (a.low in articles or (_ADJECTIVE.search(a.low) and a.low not in verbs))
        for a, b in pairwise(words(other.text))
    )


def is_small_noun(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word of the other version is a German noun without its capital: ``den storeroom``.

    After an article, with no ending of an adjective and no noun or adjective behind.
    """
    if base_language(passage.language) != "de" or not token.text.islower():
        return False
    if token.low in listed(passage.language, "homographs") or len(token.low) < _NOUN:
        return False
    shared = any(t.text == token.text for t in words(other.text))
    if not shared or is_word(token.low, "de") or _ADJECTIVE.search(token.low):
        return False
    items = tokens(passage.text)
    place = next(k for k, t in enumerate(items) if t.start == token.start)
    known, behind = lexicon("de"), at(items, place + 1)
    after = known is not None and at(items, place - 1).low in known.words("names", "articles")
    ends = not (behind.text[0].isupper() or behind.text == "-" or _ADJECTIVE.search(behind.low))
    return after and ends


def is_shared(word: str, theirs: set[str]) -> bool:
    """Whether *word* stands in the other version too, with another ending or in a compound."""
    stem = word[:-2] if len(word) > 6 else word
    return word in theirs or (len(stem) > 4 and any(other.startswith(stem) for other in theirs))
