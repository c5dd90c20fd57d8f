"""Words that are names, and whether another version has them in some spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from ._lexicon import lexicon
from ._numerals import roman
from ._places import places
from ._text import Token, tokens, words
from ._words import is_everyday, is_name, is_word

if TYPE_CHECKING:
    from ._registry import Passage

_FOLDS = tuple(
    pair.split(">")
    for pair in [
        "tsch>c",
        "dsch>j",
        "dzj>j",
        "tch>c",
        "tj>c",
        "sch>s",
        "sh>s",
        "sj>s",
        "ch>k",
        "ck>k",
        "kh>k",
        "ph>f",
        "th>t",
        "qu>k",
        "x>ks",
        "w>v",
        "y>i",
        "j>i",
        "c>k",
        "q>k",
        "z>s",
        "ou>u",
        "ie>i",
        "ae>a",
        "oe>o",
        "ue>u",
    ]
)
_ALIKE, _STEM = 0.62, 5
PLACE_WORDS = frozenset(
    {"in", "to", "from", "near", "aus", "nach", "von", "bei", "laut", "i", "från", "till"}
)
_NOUN_ENDINGS = (
    "ung",
    "ungen",
    "heit",
    "keit",
    "schaft",
    "schaften",
    "tion",
    "tionen",
    "ismus",
    "amt",
    "tum",
    "nis",
    "chen",
    "lein",
    "ling",
    "tät",
    "enz",
    "anz",
    "ment",
    "tier",
    "gruppe",
    "rat",
    "partei",
    "innen",
    "werk",
    "haus",
)


class Name(NamedTuple):
    """A word that looks like a name, folded for comparison across spellings."""

    folded: str
    text: str
    start: int
    end: int
    acronym: bool
    sure: bool = False
    run: str = ""


@lru_cache(maxsize=512)
def capitals(text: str, language: str) -> tuple[Token, ...]:
    """Return the words that begin with a capital and are not months, titles or function words."""
    known = lexicon(language)
    if known is None or text.isupper():
        return ()
    skipped = (
        known.words("titles")
        | known.words("function")
        | known.numbers("months").keys()
        | known.numbers("weekdays").keys()
        | known.numbers("numbers").keys()
    )
    taken = {place.start for place in places(text, language)}
    return tuple(
        token
        for token in tokens(text)
        if token.text[0].isupper()
        and len(token.low) > 2
        and "." not in token.low
        and token.low not in skipped
        and token.start not in taken
        and roman(token.text) is None
    )


def is_spelled(folded: str, text: str) -> bool:
    """Return whether a folded name stands in a text; what has no capital must be closer to it."""
    letters, capitals, others = folded_text(text)
    if len(folded) >= 4 and (folded in letters or folded.rstrip("s") in letters):
        return True
    if folded in capitals or folded in others:
        return True
    if any(_alike(folded, word) for word in capitals):
        return True
    stem = folded[: max(_STEM, len(folded) - 2)]
    return len(folded) >= _STEM and any(stem in word for word in others)


def is_in(name: Name, other: Passage) -> bool:
    """Return whether *other* has the name, spelled out or shortened perhaps."""
    if name.acronym:
        return _acronym_in(name.text, other)
    if name.run and any(token.text == name.run for token in tokens(other.text)):
        return True
    return is_spelled(name.folded, other.text)


def _acronym_in(acronym: str, other: Passage) -> bool:
    letters = plain(acronym.rstrip("s"))
    if any(plain(token.text.rstrip("s")) == letters for token in tokens(other.text)):
        return True
    if any(acronym.rstrip("s") in run for run in _initials(other.text)):
        return True
    for row in _acronyms():
        if any(acronym in cell for cell in row):
            return any(form in other.text for cell in row for form in cell)
    return False


@lru_cache(maxsize=65536)
def _alike(name: str, word: str) -> bool:
    """Whether two folded words may be spellings of one name."""
    if len(name) < 3 or len(word) < 3:
        return False
    short, long = sorted((name, word), key=len)
    if len(short) >= 6 and short[:4] == long[:4]:
        return True
    if len(short) >= 4 and short in long:
        return True
    if short[0] != long[0] and (len(short) <= _STEM or short[1:3] != long[1:3]):
        return False
    if distance(short, long) <= len(long) // 4:
        return True
    ours = {name[i : i + 2] for i in range(len(name) - 1)}
    theirs = {word[i : i + 2] for i in range(len(word) - 1)}
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) >= _ALIKE


@lru_cache(maxsize=512)
def _initials(text: str) -> tuple[str, ...]:
    """Return the initials of each run of words with a capital (``RSC``)."""
    items = tokens(text)
    return tuple({_run_of(items, place) for place in range(len(items))} - {""})


def _run_of(items: tuple[Token, ...], place: int) -> str:
    """Return the initials of the run of capitals that the word stands in, if two or more."""
    if not items[place].text[0].isupper():
        return ""
    first = last = place
    while first > 0 and items[first - 1].text[0].isupper():
        first -= 1
    while last + 1 < len(items) and items[last + 1].text[0].isupper():
        last += 1
    return "".join(token.text[0] for token in items[first : last + 1]) if last > first else ""


def distance(one: str, other: str) -> int:
    """Return the edit distance of two words."""
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, row[0] = row[0], i
        for j, rival in enumerate(other, 1):
            change = before + (letter != rival)
            before, row[j] = row[j], min(change, row[j] + 1, row[j - 1] + 1)
    return row[-1]


@lru_cache(maxsize=512)
def names(text: str, language: str) -> tuple[Name, ...]:
    """Return the words of *text* that can hardly be anything but names."""
    known = lexicon(language)
    base = language.split("-")[0].lower()
    titles = known.words("titles") if known else frozenset()
    months = known.numbers("months") if known else {}
    days = known.numbers("weekdays") if known else {}
    verbs = known.words("names", "verbs") if known else frozenset()
    if text.isupper():
        return ()
    taken = {place.start for place in places(text, language)}
    found = []
    opening = True
    items = tokens(text)
    for place, token in enumerate(items):
        low = token.low
        first, opening = (
            opening,
            token.text in '.!?:"“”„»«\u2013-' or (opening and not token.is_word),
        )
        if not token.text[0].isupper() or token.start in taken or len(token.text) < 2 or "." in low:
            continue
        if first and base == "sv" and not is_name(token.low):
            continue
        acronym = acronym_like(token)
        if roman(token.text) is not None or _is_part(items, place):
            continue
        if not acronym and (low in titles or low in months or low in days or len(low) < 3):
            continue
        if not acronym and (
            _is_known(low, base) or low.endswith(("\u2019m", "'m", "\u2019ve", "'ve"))
        ):
            continue
        sure = is_name(low) or _in_name_place(items, place, first, verbs)
        run = _run_of(items, place)
        found.append(Name(fold(low), token.text, token.start, token.end, acronym, sure, run))
    return tuple(found)


def _is_part(items: tuple[Token, ...], place: int) -> bool:
    """Whether a word is the first half of a compound: ``Spar-`` of ``Spar- und Anlagekonten``."""
    following = [token.low for token in items[place + 1 : place + 3]]
    return following[:1] == ["-"] and following[1:] in (["und"], ["oder"], ["och"], ["eller"])


def _in_name_place(
    items: tuple[Token, ...], place: int, first: bool, verbs: frozenset[str]
) -> bool:
    """Whether a word stands where nouns without an article are mostly names.

    After ``in`` and the like, beside another capital, and in German as the subject of a verb:
    ``sagte Putin``, ``Flick nannte``.
    """
    before = items[place - 1] if place else None
    after = items[place + 1] if place + 1 < len(items) else None
    if before and (before.low in PLACE_WORDS or before.low in verbs):
        return True
    if first and after and after.low in verbs:
        return True
    return any(t is not None and t.is_word and t.text[0].isupper() for t in (before, after))


def _is_known(low: str, language: str) -> bool:
    if is_everyday(low, language):
        return True
    for ending in ("s", "n", "en", "er", "es", "e", "ern", "innen", "in"):
        stem = low[: -len(ending)] if low.endswith(ending) else ""
        if len(stem) > 3 and is_everyday(stem, language):
            return True
    if language == "de" and low.endswith(_NOUN_ENDINGS) and not is_name(low):
        return True
    return language != "en" and is_word(low, language)


def acronym_like(token: Token) -> bool:
    """Return whether the word is all capitals (``NATO``)."""
    word = token.text.removesuffix("s")
    return 2 <= len(word) <= 6 and word.isalpha() and word.isupper() and roman(word) is None


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """Return *word* in small letters without marks."""
    bare = word.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    if bare.isascii():
        return bare
    return "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def fold(word: str) -> str:
    """Return lower-case *word* without marks, spelled so that spellings of a name meet."""
    folded = plain(word)
    for old, new in _FOLDS:
        folded = folded.replace(old, new)
    return re.sub(r"(.)\1", r"\1", folded)


@lru_cache(maxsize=512)
def folded_text(text: str) -> tuple[str, frozenset[str], frozenset[str]]:
    """Return a text folded: as one string, its words with a capital, its other words."""
    folded = [(fold(token.low), token.text[0].isupper()) for token in words(text)]
    capitals = frozenset(word for word, capital in folded if capital)
    others = frozenset(word for word, capital in folded if not capital)
    return "".join(word for word, _ in folded), capitals, others - capitals


@lru_cache(maxsize=1)
def _acronyms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    text = files(__package__).joinpath("data", "acronyms.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(tuple(cell.split()) for cell in row) for row in rows)
