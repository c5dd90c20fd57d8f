"""What must not be and what need not be: a modal verb beside a denial says one or the other."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ._cues import cues, denying
from ._lexicon import Lexicon, lexicon, listed
from ._text import Token, at, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ENDS = frozenset(",;:.!?()\u2013\u2014")
_REACH = 3
_CONTRACTED = ("n't", "n\u2019t")


class Bans(NamedTuple):
    """The words that forbid, and those that say that nobody has to."""

    forbidden: tuple[Token, ...] = ()
    optional: tuple[Token, ...] = ()


@lru_cache(maxsize=512)
def bans(text: str, language: str) -> Bans:
    """Return what *text* forbids (``must not``) and what it leaves to people (``need not``)."""
    known = lexicon(language)
    if known is None or _words(known.language).keys().isdisjoint(vocabulary(text)):
        return Bans()
    denials = {token.start for token in cues(text, language).strong}
    found: dict[str, list[Token]] = {"forbidden": [], "optional": []}
    for token, kind in _said(tokens(text), denials, known):
        found[kind].append(token)
    return Bans(*map(tuple, found.values()))


def _said(items: Sequence[Token], denials: set[int], known: Lexicon) -> Iterator[tuple[Token, str]]:
    """Yield each word that forbids or exempts, by itself or because it is denied."""
    table = _words(known.language)
    denied = _denied_near if known.language == "en" else _denied_in_clause
    for place, token in enumerate(items):
        if token.low not in table:
            continue
        following = f"{token.low}-{at(items, place + 1).low}"
        name = table[token.low] or table.get(following, "")
        if name in ("forbidden", "optional"):
            if at(items, place - 1).low not in denying(known.language, "strong"):
                yield token, name
        elif name and denied(items, place, denials, known):
            yield token, "forbidden" if name == "allowing" else "optional"


def _denied_near(items: Sequence[Token], place: int, denials: set[int], known: Lexicon) -> bool:
    """Whether an English modal is denied: ``must not``, ``do not have to``, ``not be allowed``."""
    if items[place].low.endswith(_CONTRACTED) or at(items, place + 1).start in denials:
        return True
    between = known.words("modality", "between")
    before = place - 2 if at(items, place - 1).low in between else place - 1
    return at(items, before).start in denials


def _denied_in_clause(
    items: Sequence[Token], place: int, denials: set[int], known: Lexicon
) -> bool:
    """Whether a German or Swedish modal is denied: behind it, or before it at the clause's end."""
    ends = _ENDS | known.words("modality", "joining")
    after = place + 1
    while after < len(items) and items[after].low not in ends:
        if items[after].start in denials and not _is_attribute(items, after):
            return True
        after += 1
    final = after - place <= _REACH
    before = place - 1
    while final and before >= 0 and items[before].low not in ends:
        if items[before].start in denials and not _is_attribute(items, before):
            return True
        before -= 1
    return False


def _is_attribute(items: Sequence[Token], place: int) -> bool:
    """Whether a denial belongs to an adjective before a noun: ``aus nicht brennbarem Material``."""
    adjective, noun = at(items, place + 1), at(items, place + 2)
    inside = items[place].low == "nicht" and adjective.text[0].islower()
    return inside and noun.text[0].isupper()


@lru_cache(maxsize=8)
def _words(language: str) -> Mapping[str, str]:
    """Return what each word does; the first word of ``have-to`` is there too, and does nothing."""
    table: dict[str, str] = {}
    for name in ("allowing", "obliging", "forbidden", "optional"):
        for word in listed(language, "modality", name):
            table.setdefault(word.split("-")[0], "")
            table[word] = name
    return table
