"""Words that deny, sorted by what they do: deny, deny a denial, deny by an affix, limit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from aligner.checks._everyday import is_everyday
from aligner.checks._lexicon import Lexicon, Stems, is_of_idiom, lexicon, listed
from aligner.checks._text import Known, Token, at, follows, marked, tokens

_LATIN = re.compile(
    r"(?:in|im|il|ir)[a-z]{3,}(?:[ai]ble|[ea]nt|[ea]nc[ey]|ive|ate|ous|ic|ice|ity|al|ly)"
)
_REACH = 4
_LONGEST = 4  # words of a phrase
_STOPS = frozenset(".!?;:")
_SETTING_OFF = frozenset(",\u2013\u2014")
CONTRACTED = ("n't", "n\u2019t")


class Cues(NamedTuple):
    """The words that negate.

    Attributes:
        strong: they deny (``not``, ``kein``).
        double: they deny a word that denies (``not impossible``), which asserts.
        firm: words that deny on their own, by affix or meaning (``unclear``, ``unable``).
        soft: words that may stand for a denial in another language (``few``, ``too``), firm too.
        only: denials of ``only`` (``not only``, ``nicht nur``).
        bare: words that a denial has to stand before, and none does (``sondern``).
    """

    strong: tuple[Token, ...] = ()
    double: tuple[Token, ...] = ()
    firm: tuple[Token, ...] = ()
    soft: tuple[Token, ...] = ()
    only: tuple[Token, ...] = ()
    bare: tuple[Token, ...] = ()


def denying(language: str, key: str) -> frozenset[str]:
    """Return the words of one line of the section on negation."""
    return listed(language, "negation", key)


@lru_cache(maxsize=512)
def cues(text: str, language: str) -> Cues:
    """Return the negation cues of *text*."""
    known = lexicon(language)
    if known is None:
        return Cues()
    items = tokens(text)
    strong, firm, soft = _sort(items, known)
    bare = _bare(items, known, firm)
    if not (strong or soft or bare):
        return Cues()
    double = [i for i in strong if _is_reversed(i, firm, items, known)]
    denials = [i for i in strong if i not in double]
    only = [i for i in soft if _limits(items, i, known)]
    found = (denials, double, firm, soft, only, bare)
    return Cues(*(tuple(items[i] for i in places) for places in found))


def _sort(items: tuple[Token, ...], known: Lexicon) -> tuple[list[int], list[int], list[int]]:
    """Return the places of the strong, the firm and the soft words."""
    neutral = known.idioms("negation", "neutral")
    strong: list[int] = []
    firm: list[int] = []
    soft: list[int] = []
    for i in marked(items, _may_deny(known.language).__getitem__):
        token, kind = items[i], _kind_at(items, i, known)
        if kind == "strong":
            idle = (
                is_of_idiom(items, i, neutral)
                or _is_left_open(items, i, known)
                or _goes_on(items, i, strong, known)
                or _is_tag(items, i)
            )
            if idle or _limits(items, i, known):
                soft.append(i)
            elif token.low != "no" or not _is_number_sign(items, i):
                strong.append(i)
        elif kind and not _nears_all(items, i, known):
            soft.append(i)
            if kind == "firm":
                firm.append(i)
    return strong, firm, soft


def _kind_at(items: tuple[Token, ...], place: int, known: Lexicon) -> str:
    """Return the kind of a word where it stands: with what is tied to it, or its particle."""
    low, language = items[place].low, known.language
    if any(follows(items, place, one) for one in _particles(language).get(low, ())):
        return "firm"
    before = at(items, place - 1)
    if low in known.words("negation", "tied") and before.text == "-":
        return "firm" if before.end == items[place].start else ""
    if low in _heads(language) and (kind := _kind_of_phrase(items, place, language)):
        return kind
    kind = _kind(low, language)
    return "firm" if kind == "strong" and _is_tied(items, place, known) else kind


def _nears_all(items: tuple[Token, ...], place: int, known: Lexicon) -> bool:
    """Whether it is ``almost all``: ``almost`` alone may be what is not quite so."""
    nearing = items[place].low in known.words("negation", "nearing")
    return nearing and at(items, place + 1).low in known.words("quantifier", "all")


def _kind_of_phrase(items: tuple[Token, ...], place: int, language: str) -> str:
    """Return the kind of the longest listed phrase of up to four words; ``UN-`` is no ``un-``."""
    listed, first = _classes(language).exact, items[place]
    phrase = first.text if at(items, place + 1).text == "-" else first.low
    kind = ""
    for token in items[place + 1 : place + _LONGEST]:
        phrase = f"{phrase}-{token.low}"
        kind = listed.get(phrase) or kind
    return kind


def _is_tied(items: tuple[Token, ...], place: int, known: Lexicon) -> bool:
    """Whether a hyphen makes a denial the first part of a word: ``Nicht-EU-Bürger``, not no-one."""
    word, hyphen, rest = (at(items, place + k) for k in range(3))
    if hyphen.text != "-" or not rest.is_word or word.end + len(hyphen.text) != rest.start:
        return False
    return f"{word.low}-{rest.low}" not in known.words("negation", "strong")


def _bare(items: tuple[Token, ...], known: Lexicon, firm: list[int]) -> list[int]:
    """Return the places of words that need a denial earlier in the sentence, and have none.

    It may follow at once: Swedish ``heller inte``.
    """
    denials = known.words("negation", "strong") | known.words("negation", "faint")
    loose = known.words("negation", "loose")
    found = []
    for place in marked(items, known.words("negation", "needing").__contains__):
        begins = max((i for i in range(1, place) if _begins(items, i)), default=0)
        denied = any(items[i].low in denials for i in range(begins, min(place + 2, len(items))))
        if not denied and not any(begins <= i < place and items[i].low not in loose for i in firm):
            found.append(place)
    return found


def _begins(items: tuple[Token, ...], place: int) -> bool:
    """Whether a sentence begins at a word, so that a point before it is of no abbreviation."""
    return items[place - 1].low in _STOPS and items[place].text[0].isupper()


def _is_number_sign(items: tuple[Token, ...], place: int) -> bool:
    """Whether an English ``no`` is short for number: ``No. 5``, ``(EC) No 45/2001``.

    Not that of ``no 18-year-old``, nor an answer.
    """
    following, mark, word = (at(items, place + k).text for k in (1, 2, 3))
    if mark == "-" and word[0].isalpha():
        return False
    if following == ".":
        return mark[0].isdecimal() or mark.islower()
    return following[0].isdecimal()


@lru_cache(maxsize=8)
def _may_deny(language: str) -> Known[bool]:
    """Return which words deny, or may begin a phrase that does; most do not."""
    heads = _heads(language) | _particles(language).keys() | denying(language, "tied")
    return Known(lambda low: bool(_kind(low, language)) or low in heads)


def _kind(low: str, language: str) -> str:
    """Return the kind of a word that denies, nothing for others."""
    return _classes(language).get(low) or ("firm" if _has_affix(low, language) else "")


@lru_cache(maxsize=8)
def _particles(language: str) -> dict[str, tuple[str, ...]]:
    """Return for the verbs of which a part stands later what it is: ``wies ... zurück``."""
    found: dict[str, tuple[str, ...]] = {}
    for verb in denying(language, "separable"):
        stem, _, particle = verb.partition("+")
        found[stem] = (*found.get(stem, ()), particle)
    return found


@lru_cache(maxsize=8)
def _heads(language: str) -> frozenset[str]:
    """Return the first words of phrases of two words, like ``rule`` of ``rule out``."""
    return frozenset(word.split("-")[0] for word in _classes(language).exact if "-" in word)


def _is_left_open(items: tuple[Token, ...], place: int, known: Lexicon) -> bool:
    """Whether it is the ``not`` of ``whether ... or not``, ``ob ... oder nicht``."""
    whether = known.words("question", "whether")
    left_open = at(items, place - 1).low in known.words("joining", "or")
    return left_open and any(token.low in whether for token in items[:place])


def _goes_on(items: tuple[Token, ...], place: int, denials: list[int], known: Lexicon) -> bool:
    """Whether it only joins to one of the sentence: ``und auch nicht``, Swedish ``, ej heller``.

    A clause of its own denies anew: ``dann kann er auch nicht``.
    """
    even, again = known.words("negation", "even"), known.words("negation", "again")
    begins = place - 1 if at(items, place - 1).low in even else place
    if not denials or (begins == place and at(items, place + 1).low not in again):
        return False
    joining = (known.words("joining", kind) for kind in ("and", "or"))
    before = at(items, begins - 1).low
    if before not in _SETTING_OFF and not any(before in words for words in joining):
        return False
    return all(token.low not in _STOPS for token in items[denials[-1] : place])


def _is_tag(items: tuple[Token, ...], place: int) -> bool:
    """Whether a denial only asks for assent: ``, isn't it?``, ``, nicht?``."""
    if at(items, place - 1).low not in _SETTING_OFF:
        return False
    contracted = items[place].low.endswith(CONTRACTED)
    return at(items, place + 1 + contracted).low == "?"


def _limits(items: tuple[Token, ...], place: int, known: Lexicon) -> bool:
    """Whether a denial is one of ``only``: ``not only``, ``isn't just``, ``not a mere ...``."""
    if items[place].low not in known.words("negation", "strong"):
        return False
    limiting, even = known.words("negation", "limiting"), known.words("negation", "even")
    for i, token in enumerate(items[place + 1 : place + 1 + _REACH], place):
        if token.low in limiting:
            return items[i].low not in even
        if not token.is_word:
            return False
    return False


def _is_reversed(place: int, firm: list[int], items: tuple[Token, ...], known: Lexicon) -> bool:
    """Whether a denial stands beside a word that denies, which makes an assertion of the two."""
    opinion = at(items, place + 1).low in known.words("negation", "opinions")
    reach = 4 if opinion else 2
    if any(0 < other - place <= reach for other in firm):
        return True
    return known.language != "en" and any(0 < place - other <= 2 for other in firm)


@lru_cache(maxsize=16)
def _classes(language: str) -> Stems:
    """Return the kind of each word that denies; what stands in two lists is of the stronger."""
    forms: dict[str, set[str]] = {}
    seen: set[str] = set()
    for name, kind in (("strong", "strong"), ("reversing", "firm"), ("soft", "soft")):
        forms[kind] = set(denying(language, name)) - seen
        seen |= forms[kind]
    return Stems.read({kind: " ".join(sorted(words)) for kind, words in forms.items()})


def _has_affix(low: str, language: str) -> bool:
    """Whether a word denies by its affix: ``un-`` and Swedish ``o-`` before a word, ``-less``."""
    if len(low) < 5 or not low.isalpha():
        return False
    if low in denying(language, "no_affix"):
        return False
    swedish = language == "sv" and low[0] == "o" and len(low) > 5 and low[1] not in "mr"
    if swedish and (is_everyday(low[1:], language) or is_everyday(low[1:-1], language)):
        return True
    if language == "en" and _LATIN.fullmatch(low) and is_everyday(low[2:], language):
        return True
    return bool(_affixes(language).fullmatch(low))


@lru_cache(maxsize=16)
def _affixes(language: str) -> re.Pattern[str]:
    known = lexicon(language)
    return re.compile(known.data["negation"]["affixes"] if known else "(?!)")
