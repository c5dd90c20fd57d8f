"""Words that are names, and whether another version has them in some spelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from aligner._captions import credit_start
from aligner._tags import base_language
from aligner.checks._everyday import is_everyday, is_name, is_word
from aligner.checks._gazetteer import places
from aligner.checks._initials import acronym_like, has_acronym, initials_at
from aligner.checks._lexicon import function_words, lexicon, listed
from aligner.checks._numerals import roman, weekday
from aligner.checks._spelling import fold, is_cognate, is_spelled
from aligner.checks._text import WRITTEN, Known, Token, at, marked, tokens

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

Looks = Literal["", "name", "acronym"]
_GLOSS = re.compile(r"\((\w{2,6})\)")
_PARTICIPLE = re.compile(r"ge\w+(?:t|en)")
_PLURALS = ("en", "er", "e")
_QUOTES = frozenset("\"\u201c\u201d\u201e\u00bb\u00ab'\u2018\u2019")
_OWNER, _HALF = 4, 4  # letters
_STREETS = ("straße", "strasse", "gasse", "allee", "gatan", "vägen", "torget")
_OPENING = frozenset('.!?:"\u201c\u201d\u201e\u00bb\u00ab\u2013-')


class Name(NamedTuple):
    """A word that looks like a name, folded for comparison across spellings."""

    folded: str
    text: str
    start: int
    end: int
    acronym: bool
    sure: bool = False
    run: str = ""

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end

    @classmethod
    def of(cls, token: Token) -> Name:
        """Return a word as a name of which nothing more is known."""
        return cls(fold(token.low), token.text, token.start, token.end, acronym=False)


class _Spot(NamedTuple):
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


def is_in(name: Name, other: Passage) -> bool:
    """Whether *other* has the name, spelled out or shortened perhaps.

    What stands where names do (``Präfektur Niigata``) is none where others have ``prefecture``.
    """
    if name.acronym:
        return has_acronym(other.text, name.text)
    if name.run and any(token.text == name.run for token in tokens(other.text)):
        return True
    if not is_name(name.text.lower()) and is_cognate(name.folded, other.text, close=name.sure):
        return True
    return is_spelled(name.folded, other.text)


@lru_cache(maxsize=512)
def names(text: str, language: str, given: tuple[Place, ...] = ()) -> tuple[Name, ...]:
    """Return the words of *text* that can hardly be anything but names.

    Not those of a credit, nor acronyms in brackets, which go with the words before them.

    Args:
        given: where a recogniser sees names; their words are names for sure.
    """
    if text.isupper():
        return ()
    shown = text[: credit_start(text)]
    items = tokens(shown)
    taken = {place.start for place in places(text, language)}
    taken |= {match.start(1) for match in _GLOSS.finditer(text) if match[1].isupper()}
    found = []
    named = marked(items, _looking(language).__getitem__, WRITTEN)
    addressed = _addressed(items, language)
    named = sorted({*named, *addressed})
    for place in range(len(items)) if given else named:
        token = items[place]
        told = token.is_word and any(a <= token.start and token.end <= b for a, b in given)
        told = told or place in addressed
        if token.start in taken or not (told or token.text[0].isupper()):
            continue
        spot = _Spot(items, place, language, _is_opening(items, place))
        if not (told or _is_name_like(spot)):
            continue
        sure = told or is_name(token.low) or _in_name_place(spot)
        folded, run, acronym = fold(token.low), initials_at(items, place), acronym_like(token.text)
        found.append(Name(folded, token.text, token.start, token.end, acronym, sure, run))
    return tuple(found)


def _addressed(items: tuple[Token, ...], language: str) -> set[int]:
    """Return the places of the names behind ``Mr`` and the like; ``Herr Nachbar`` is no name."""
    titles = marked(items, listed(language, "titles", "address").__contains__)
    named = {place + 1 + (at(items, place + 1).text == ".") for place in titles}
    return {place for place in named if _may_be_addressed(at(items, place), language)}


def _may_be_addressed(token: Token, language: str) -> bool:
    if not (token.is_word and token.text[0].isupper()) or token.low in no_names(language):
        return False
    return is_name(token.low) or not is_everyday(token.low, language)


def _is_opening(items: tuple[Token, ...], place: int) -> bool:
    """Whether a word begins a sentence, a quotation or what a dash sets off."""
    while place > 0:
        before = items[place - 1]
        if before.text in _OPENING:
            return True
        if before.is_word:
            return False
        place -= 1
    return True


def _is_name_like(spot: _Spot) -> bool:
    """Whether a word with a capital is no everyday word, title, month or numeral."""
    looks = _looking(spot.language)[spot.word.text]
    if not looks or _is_half(spot):
        return False
    if spot.first and base_language(spot.language) == "sv":
        low = spot.word.low
        if not is_name(low) or low.endswith(_endings("sv", "definite")):
            return False
    return looks == "name" or not _is_shouted(spot)


@lru_cache(maxsize=32)
def _looking(language: str) -> Known[Looks]:
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


def _is_shouted(spot: _Spot) -> bool:
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


def _is_half(spot: _Spot) -> bool:
    """Whether a word is the first half of a compound: ``Spar-`` of ``Spar- und Anlagekonten``."""
    joining = (listed(spot.language, "joining", kind) for kind in ("and", "or"))
    low = spot.beside(2).low
    return spot.beside(1).low == "-" and any(low in words for words in joining)


def _in_name_place(spot: _Spot) -> bool:
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


def _is_bare(spot: _Spot) -> bool:
    """Whether a German noun stands as only names do without an article.

    After a pronoun, alone in quotation marks, before an age (``Cuomo (53)``), as the owner of what
    follows (``Mohammeds Lehre``), tied by a hyphen to a noun (``Rakoczy-Turnier``) if it is no
    loan.
    """
    two_before, before, low, after, second = (spot.beside(k).low for k in range(-2, 3))
    if before in listed("de", "names", "pronouns") or (before in _QUOTES and after in _QUOTES):
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
