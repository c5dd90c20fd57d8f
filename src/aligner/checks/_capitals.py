"""Words with a capital that may tell of a name, wherever they stand."""

from __future__ import annotations

from functools import lru_cache

from aligner._captions import credit_start
from aligner.checks._figures import roman
from aligner.checks._gazetteer import places
from aligner.checks._lexicon import lexicon
from aligner.checks._name_spots import no_names
from aligner.checks._numerals import weekday
from aligner.checks._spelling import fold
from aligner.checks._text import Token, capital_places, tokens


@lru_cache(maxsize=512)
def capitals(text: str, language: str) -> tuple[Token, ...]:
    """Return the words that begin with a capital and are not months, titles or function words.

    Who took a picture is no part of what a caption says.
    """
    known = lexicon(language)
    if known is None or text.isupper():
        return ()
    taken = {place.start for place in places(text, language)}
    shown = text[: credit_start(text)]
    items = tokens(shown)
    return tuple(
        [
            token
            for token in [items[place] for place in capital_places(shown)]
            if _says_something(token.text, language) and token.start not in taken
        ]
    )


@lru_cache(maxsize=512)
def folded_capitals(text: str, language: str) -> frozenset[str]:
    """Return the `capitals` of *text*, folded."""
    return frozenset([fold(token.low) for token in capitals(text, language)])


@lru_cache(maxsize=65536)
def _says_something(word: str, language: str) -> bool:
    """Whether the capital of a word may tell of a name."""
    low = word.lower()
    if len(low) < 3 or "." in low or low in _no_capitals(language):
        return False
    contracted = len(low.replace("\u2019", "'").partition("'")[0]) < 3
    return not contracted and roman(word) is None and weekday(low, language) is None


@lru_cache(maxsize=8)
def _no_capitals(language: str) -> frozenset[str]:
    """Return the words whose capital says nothing: titles, the calendar, function words ..."""
    known = lexicon(language)
    if known is None:
        return frozenset()
    return no_names(language) | known.words("function") | known.numbers("numbers").keys()
