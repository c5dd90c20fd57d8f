"""What must not be and what need not be: a modal verb beside a denial says one or the other."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from aligner.checks._cues import CONTRACTED, cues, denying
from aligner.checks._lexicon import Lexicon, classes, lexicon
from aligner.checks._text import Token, at, marked, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CLASSES = ("allowing", "obliging", "forbidden", "optional")
_ENDS = frozenset(",;:.!?()\u2013\u2014")
_REACH = 3  # words behind a modal verb that ends its clause


class Bans(NamedTuple):
    """The words that forbid, and those that say that nobody has to."""

    forbidden: tuple[Token, ...] = ()
    optional: tuple[Token, ...] = ()


@lru_cache(maxsize=512)
def bans(text: str, language: str) -> Bans:
    """Return what *text* forbids (``must not``) and what it leaves to people (``need not``)."""
    known = lexicon(language)
    if known is None or _table(known).keys().isdisjoint(vocabulary(text)):
        return Bans()
    denials = {token.start for token in cues(text, language).strong}
    found: dict[str, list[Token]] = {"forbidden": [], "optional": []}
    for token, kind in _said(tokens(text), denials, known):
        found[kind].append(token)
    return Bans(*map(tuple, found.values()))


def _said(items: Sequence[Token], denials: set[int], known: Lexicon) -> Iterator[tuple[Token, str]]:
    """Yield each word that forbids or exempts, by itself or because it is denied."""
    table = _table(known)
    denied = _denied_near if known.language == "en" else _denied_in_clause
    for place in marked(items, table.__contains__):
        token = items[place]
        following = f"{token.low}-{at(items, place + 1).low}"
        for name in (*table[token.low], *table.get(following, ())):
            if name in ("forbidden", "optional"):
                if at(items, place - 1).low not in denying(known.language, "strong"):
                    yield token, name
            elif denied(items, place, denials, known):
                yield token, "forbidden" if name == "allowing" else "optional"


def _denied_near(items: Sequence[Token], place: int, denials: set[int], known: Lexicon) -> bool:
    """Whether an English modal is denied: ``must not``, ``do not have to``, ``not be allowed``."""
    if items[place].low.endswith(CONTRACTED) or at(items, place + 1).start in denials:
        return True
    between = known.words("modality", "between")
    before = place - 2 if at(items, place - 1).low in between else place - 1
    return at(items, before).start in denials


def _denied_in_clause(
    items: Sequence[Token], place: int, denials: set[int], known: Lexicon
) -> bool:
    """Whether a German or Swedish modal is denied: behind it, or before it at the clause's end."""
    ends = _ENDS | known.words("modality", "joining")

    def clause(places: range) -> list[int]:
        return list(takewhile(lambda k: items[k].low not in ends, places))

    behind = clause(range(place + 1, len(items)))
    before = clause(range(place - 1, -1, -1)) if len(behind) < _REACH else []
    return any(
        items[k].start in denials and not _is_attribute(items, k) for k in (*behind, *before)
    )


def _is_attribute(items: Sequence[Token], place: int) -> bool:
    """Whether a denial belongs to an adjective before a noun: ``aus nicht brennbarem Material``."""
    adjective, noun = at(items, place + 1), at(items, place + 2)
    inside = items[place].low == "nicht" and adjective.text[0].islower()
    return inside and noun.text[0].isupper()


def _table(known: Lexicon) -> dict[str, tuple[str, ...]]:
    return classes(known.language, "modality", _CLASSES)
