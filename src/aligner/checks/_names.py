"""Words that are names, and whether another version has them in some spelling."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from aligner._tags import base_language
from aligner.formats._page import credit_start

from ._lexicon import function_words, lexicon, listed
from ._numerals import roman, weekday
from ._places import places
from ._spelling import fold, is_cognate, is_spelled, plain
from ._text import WRITTEN, Known, Token, at, capital_places, marked, tokens
from ._words import is_everyday, is_name, is_word

if TYPE_CHECKING:
    from ._registry import Passage

Looks = Literal["", "name", "acronym"]
PLACE_WORDS = frozenset(
    {"in", "to", "from", "near", "aus", "nach", "von", "bei", "laut", "i", "från", "till"}
)
_ADJECTIVE = re.compile(r"is(?:ch|k)(?:e[nrsm]?|a|t)?$")
_DEFINITE = ("andet", "ningen", "heten", "arna", "erna", "orna")
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
    "erin",
    "orin",
    "istin",
    "werk",
    "haus",
)


_JOINING = frozenset(
    [
        "of",
        "and",
        "for",
        "the",
        "in",
        "on",
        ",",
        "&",
        "und",
        "für",
        "der",
        "des",
        "och",
        "för",
        "du",
        "de",
    ]
)
_GLOSS = re.compile(r"\((\w{2,6})\)")
_PLURALS = ("en", "er", "e")
_PLACED = frozenset({"in", "nach", "laut"})
_PRONOUNS = frozenset({"er", "sie", "es", "wir", "ich", "dass", "ob"})
_QUOTES = frozenset("\"\u201c\u201d\u201e\u00bb\u00ab'\u2018\u2019")
_HALVES = frozenset({"und", "oder", "och", "eller"})
_OWNER = 4
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


def is_in(name: Name, other: Passage) -> bool:
    """Return whether *other* has the name, spelled out or shortened perhaps.

    What stands where names do (``Präfektur Niigata``) is none where others have ``prefecture``.
    """
    if name.acronym:
        return _acronym_in(name.text, other)
    if name.run and any(token.text == name.run for token in tokens(other.text)):
        return True
    if not is_name(name.text.lower()) and is_cognate(name.folded, other.text, close=name.sure):
        return True
    return is_spelled(name.folded, other.text)


def _undotted(word: str) -> str:
    return word.replace(".", "").rstrip("s")


def _acronym_in(acronym: str, other: Passage) -> bool:
    letters = plain(acronym.rstrip("s"))
    if any(plain(_undotted(token.text)) == letters for token in tokens(other.text)):
        return True
    if any(acronym.rstrip("s") in run for run in _initials(other.text)):
        return True
    for row in _acronyms():
        if any(acronym in cell for cell in row):
            forms = [form for cell in row for form in cell]
            short = [form for form in forms if form.isupper()]
            return any(form in other.text for form in forms) or any(
                run.startswith(form) for run in _initials(other.text) for form in short
            )
    return False


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
    while (step := _step(items, first, -1)) is not None:
        first = step
    while (step := _step(items, last, 1)) is not None:
        last = step
    letters = [token.text[0] for token in items[first : last + 1] if token.text[0].isupper()]
    return "".join(letters) if len(letters) > 1 else ""


def _step(items: tuple[Token, ...], place: int, way: int) -> int | None:
    """Return where a run of capitals goes on, over ``and`` or ``of the`` perhaps."""
    for reach in (1, 2, 3):
        at = place + way * reach
        if not 0 <= at < len(items):
            return None
        if items[at].text[0].isupper():
            return at
        if items[at].low not in _JOINING:
            return None
    return None


def is_noun(passage: Passage, spot: tuple[int, int]) -> bool:
    """Whether a word names a place, rather than what comes from there.

    English gives both a capital, so there a preposition has to tell.
    """
    shown = passage.text[slice(*spot)]
    if base_language(passage.language) != "en":
        return shown[0].isupper() and not _ADJECTIVE.search(shown)
    return passage.text[: spot[0]].lower().split()[-1:] in ([word] for word in PLACE_WORDS)


def is_run(phrase: Passage) -> bool:
    """Whether words with a capital make up most of a phrase, as in ``Ministry of Trade``."""
    content = [token for token in tokens(phrase.text) if len(token.low) > 3 and token.is_word]
    upper = sum(token.text[0].isupper() for token in content)
    return upper > 1 and 2 * upper > len(content)


@lru_cache(maxsize=512)
def names(text: str, language: str, given: tuple[tuple[int, int], ...] = ()) -> tuple[Name, ...]:
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
    for place in range(len(items)) if given else named:
        token = items[place]
        told = token.is_word and any(a <= token.start and token.end <= b for a, b in given)
        if token.start in taken or not (told or token.text[0].isupper()):
            continue
        first = _is_opening(items, place)
        if not (told or _is_name_like(items, place, first, language)):
            continue
        sure = told or is_name(token.low) or _in_name_place(items, place, first, language)
        folded, run, acronym = fold(token.low), _run_of(items, place), acronym_like(token.text)
        found.append(Name(folded, token.text, token.start, token.end, acronym, sure, run))
    return tuple(found)


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


def _is_name_like(items: tuple[Token, ...], place: int, first: bool, language: str) -> bool:
    """Whether a word with a capital is no everyday word, title, month or numeral."""
    token, base = items[place], base_language(language)
    looks = _looking(language)[token.text]
    if not looks or _is_part(items, place):
        return False
    if first and base == "sv" and (not is_name(token.low) or token.low.endswith(_DEFINITE)):
        return False
    return looks == "name" or not _is_shouted(items, place, base)


@lru_cache(maxsize=32)
def _looking(language: str) -> Known[Looks]:
    """Return what words look like wherever they stand; most like no name."""
    base = base_language(language)
    return Known(lambda word: _looks(word, base) if word[0].isupper() else "")


def _looks(word: str, language: str) -> Looks:
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


def _is_shouted(items: tuple[Token, ...], place: int, language: str) -> bool:
    """Whether an everyday word stands in capitals among others."""
    beside = at(items, place - 1), at(items, place + 1)
    capitals = any(t.is_word and len(t.text) > 1 and t.text.isupper() for t in beside)
    return capitals and is_everyday(items[place].low, language)


@lru_cache(maxsize=8)
def no_names(language: str) -> frozenset[str]:
    """Return titles, months, units (``Celsius``) and parts of a text (``Kapitel``)."""
    known = lexicon(language)
    if known is None:
        return frozenset()
    scales = known.stems("units").exact.keys()
    told = known.words("titles") | known.words("reference")
    return told | known.numbers("months").keys() | scales


def _is_part(items: tuple[Token, ...], place: int) -> bool:
    """Whether a word is the first half of a compound: ``Spar-`` of ``Spar- und Anlagekonten``."""
    return at(items, place + 1).low == "-" and at(items, place + 2).low in _HALVES


def _in_name_place(items: tuple[Token, ...], place: int, first: bool, language: str) -> bool:
    """Whether a word stands where nouns without an article are mostly names.

    After ``in`` and the like, beside another capital, and in German as the subject of a verb:
    ``sagte Putin``, ``Flick nannte``.
    """
    verbs = listed(language, "names", "verbs")
    before, after = at(items, place - 1), at(items, place + 1)
    german = base_language(language) == "de"
    plural = german and items[place].low.endswith(_PLURALS)
    if before.low in (_PLACED if plural else PLACE_WORDS) or before.low in verbs:
        return True
    if first and after.low in verbs:
        return True
    if items[place].low.endswith(_STREETS) or (german and _is_bare(items, place)):
        return True
    owner = german and before.low.endswith("s") and not is_name(before.low)
    beside = (after,) if owner else (before, after)
    return any(_is_proper(token, language) for token in beside)


def _is_bare(items: tuple[Token, ...], place: int) -> bool:
    """Whether a German noun stands as only names do without an article.

    After a pronoun, alone in quotation marks, before an age (``Cuomo (53)``), as the owner of what
    follows (``Mohammeds Lehre``), tied by a hyphen to a noun
    (``Rakoczy-Turnier``) if it is no loan.
    """
    near = [at(items, k).low for k in range(place - 2, place + 3)]
    two_before, before, low, after, second = near
    if before in _PRONOUNS or (before in _QUOTES and after in _QUOTES):
        return True
    if after == "(" and second.isdecimal() and len(second) == 2:
        return True
    if after == "-" and at(items, place + 2).text[0].isupper() and not is_everyday(low, "en"):
        return True
    owns = low.endswith("s") and len(low) > _OWNER and after[:1].isalpha()
    free = not before.endswith(("s", "n", "r", "m", "e")) or before in _PLACED | {"von", "für"}
    return owns and free and not two_before.endswith("des") and items[place + 1].text[0].isupper()


def _is_proper(token: Token, language: str) -> bool:
    """Whether a word with a capital tells of a name beside it; in German every noun has one."""
    if not (token.is_word and token.text[0].isupper()):
        return False
    if token.low in function_words(language):
        return False
    return base_language(language) != "de" or not is_everyday(token.low, language)


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


def acronym_like(written: str) -> bool:
    """Return whether the word is all capitals (``NATO``)."""
    word = written.removesuffix("s")
    return 2 <= len(word) <= 6 and word.isalpha() and word.isupper() and roman(word) is None


@lru_cache(maxsize=1)
def _acronyms() -> tuple[tuple[tuple[str, ...], ...], ...]:
    text = files(__package__).joinpath("data", "acronyms.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(tuple(cell.split()) for cell in row) for row in rows)
