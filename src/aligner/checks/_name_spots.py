"""Whether a word looks like a name by itself, and whether it stands where names do."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from aligner._tags import base_language
from aligner.checks._everyday import is_everyday, is_name, is_word
from aligner.checks._figures import roman
from aligner.checks._initials import acronym_like
from aligner.checks._lexicon import function_words, lexicon, listed
from aligner.checks._numerals import weekday
from aligner.checks._text import QUOTES, Known, Token, at

Looks = Literal["", "name", "acronym"]
_PARTICIPLE = re.compile(r"ge\w+(?:t|en)")
_PLURALS = ("en", "er", "e")
_OWNER, _HALF = 4, 4  # letters of an owner's name, and of half a compound
_STREETS = ("straße", "strasse", "gasse", "allee", "gatan", "vägen", "torget")


class Spot(NamedTuple):
    """Where a word stands among those of a text.

    Attributes:
        first: whether it begins a sentence, a quotation or what a dash sets off.
    """

    items: tuple[Token, ...]
    place: int
    language: str
    first: bool

    @property
    def word(self) -> Token:
        """The word itself."""
        return self.items[self.place]

    def beside(self, steps: int) -> Token:
        """Return the token so many *steps* behind it, or before it if there are less than none."""
        return at(self.items, self.place + steps)


def is_name_like(spot: Spot) -> bool:
    """Whether a word with a capital is no everyday word, title, month or numeral."""
    looks = looking(spot.language)[spot.word.text]
    if not looks or _is_half(spot):
        return False
    if spot.first and base_language(spot.language) == "sv":
        low = spot.word.low
        if not is_name(low) or low.endswith(_endings("sv", "definite")):
            return False
    return looks == "name" or not _is_shouted(spot)


@lru_cache(maxsize=32)
def looking(language: str) -> Known[Looks]:
    """Return what words look like wherever they stand; most like no name."""
    base = base_language(language)
    return Known(lambda word: _looks(word, base) if word[0].isupper() else "")


def _looks(word: str, language: str) -> Looks:
    """Return what a word with a capital looks like by itself."""
    low = word.lower()
    if len(low) < 2 or "." in low or roman(word) is not None:
        return ""
    if low in no_names(language) or weekday(low, language) is not None:
        return ""
    if acronym_like(word):
        return "acronym"
    if len(low) < 3 or _is_known(low, language):
        return ""
    head = low.replace("\u2019", "'").partition("'")[0]
    return "name" if head == low or not (len(head) < 3 or _is_known(head, language)) else ""


def _is_shouted(spot: Spot) -> bool:
    """Whether an everyday word stands in capitals among others."""
    beside = spot.beside(-1), spot.beside(1)
    capitals = any(t.is_word and len(t.text) > 1 and t.text.isupper() for t in beside)
    return capitals and is_everyday(spot.word.low, base_language(spot.language))


@lru_cache(maxsize=8)
def no_names(language: str) -> frozenset[str]:
    """Return titles, calls (``Hey``), months, units and parts of a text (``Kapitel``)."""
    known = lexicon(language)
    if known is None:
        return frozenset()
    scales = known.stems("units").exact.keys()
    told = known.words("titles") | known.words("titles", "calls") | known.words("reference")
    return told | known.numbers("months").keys() | scales


def _is_half(spot: Spot) -> bool:
    """Whether a word is the first half of a compound: ``Spar-`` of ``Spar- und Anlagekonten``."""
    joining = (listed(spot.language, "joining", kind) for kind in ("and", "or"))
    low = spot.beside(2).low
    return spot.beside(1).low == "-" and any(low in words for words in joining)


def in_name_place(spot: Spot) -> bool:
    """Whether a word stands where nouns without an article are mostly names.

    After ``in`` and the like, beside another capital, and in German as the subject of a verb:
    ``sagte Putin``, ``Flick nannte``.
    """
    low, language = spot.word.low, spot.language
    before, after = spot.beside(-1), spot.beside(1)
    verbs = listed(language, "names", "verbs")
    german = base_language(language) == "de"
    lone = "bare" if german and low.endswith(_PLURALS) else "places"
    if before.low in listed(language, "names", lone) or before.low in verbs:
        return True
    if spot.first and after.low in verbs and not _is_participle(low, language):
        return True
    if low.endswith(_STREETS) or (german and _is_bare(spot)):
        return True
    owner = german and before.low.endswith("s") and not is_name(before.low)
    beside = (after,) if owner else (before, after)
    return any(_is_proper(token, language) for token in beside)


def _is_participle(low: str, language: str) -> bool:
    """Whether German puts it first before its verb: ``Gesotten wurde Tag und Nacht``."""
    return base_language(language) == "de" and bool(_PARTICIPLE.fullmatch(low)) and not is_name(low)


def _is_bare(spot: Spot) -> bool:
    """Whether a German noun stands as only names do without an article.

    After a pronoun, alone in quotation marks, before an age (``Cuomo (53)``), as the owner of what
    follows (``Mohammeds Lehre``), tied by a hyphen to a noun (``Rakoczy-Turnier``) if it is no
    loan.
    """
    two_before, before, low, after, second = (spot.beside(k).low for k in range(-2, 3))
    if before in listed("de", "names", "pronouns") or (before in QUOTES and after in QUOTES):
        return True
    if after == "(" and second.isdecimal() and len(second) == 2:
        return True
    if after == "-" and spot.beside(2).text[0].isupper() and not is_everyday(low, "en"):
        return True
    owns = low.endswith("s") and len(low) > _OWNER and after[:1].isalpha()
    placed = listed("de", "names", "bare") | {"von", "für"}
    free = not before.endswith(("s", "n", "r", "m", "e")) or before in placed
    return owns and free and not two_before.endswith("des") and spot.beside(1).text[0].isupper()


def _is_proper(token: Token, language: str) -> bool:
    """Whether a word with a capital tells of a name beside it; in German every noun has one."""
    if not (token.is_word and token.text[0].isupper()):
        return False
    if token.low in function_words(language):
        return False
    return base_language(language) != "de" or not is_everyday(token.low, language)


def _is_known(low: str, language: str) -> bool:
    """Whether a word, its ending taken off perhaps, is one of the language and no name."""
    if is_everyday(low, language):
        return True
    for ending in ("s", "n", "en", "er", "es", "e", "ern", "innen", "in"):
        stem = low[: -len(ending)] if low.endswith(ending) else ""
        if len(stem) > 3 and (is_everyday(stem, language) or is_word(stem, language)):
            return True
    if (
        language == "de"
        and not is_name(low)
        and (low.endswith(_endings("de", "endings")) or _is_joined(low))
    ):
        return True
    return language != "en" and is_word(low, language)


@lru_cache(maxsize=8)
def _endings(language: str, key: str) -> tuple[str, ...]:
    """Return what nouns of a language end in that are no names."""
    return tuple(sorted(listed(language, "names", key)))


def _is_joined(low: str) -> bool:
    """Whether a German word is put together of one that has lost its ``e``: ``Fähranleger``."""
    return any(
        is_everyday(f"{low[:cut]}e", "de") and is_word(low[cut:], "de")
        for cut in range(_HALF, len(low) - _HALF)
    )
