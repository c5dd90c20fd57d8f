"""Words of a text with their offsets: the one tokenisation that all checks share."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import compress, count
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aligner.checks._place import Place

T = TypeVar("T")
_MOST = 1 << 16

_SHORT = 60  # characters
_REACH, _CLOSING = 24, frozenset(".!?:;")
QUOTES = frozenset("\"\u201c\u201d\u201e\u00bb\u00ab'\u2018\u2019")
_GAPS = frozenset("();[]\u2013\u2014")
_AROUND = ".,:!?\u2026\"'\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb"
_PART = re.compile(r"\w+")
_TOKEN = re.compile(
    r"""\d+[ ][.,][ ]\d+(?=[ ]?(?:[%‰]|per[ ]?cent|pro[cz]ent|[Mm]il[jl]i|Mrd))     # 42 , 9 %
      | (?:1:)?\d{1,3}(?:[\u00a0\u202f\u2009 '\u2019]\d{3})+(?![\d\w])(?:[.,]\d+)?  # 1'234,50
      | \d+(?:[.,:]\d+)*                                              # 1.234,56  23:45  2010
      | (?:[A-Z]\.){2,}                                                 # U.S.
      | [^\W\d_]+(?:['\u2019](?!s\b)[^\W\d_]+)*                                 # words, don't
      | \S""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """One word, number or mark; ``low`` is what tables are asked for."""

    low: str
    start: int
    end: int
    text: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.start, self.end

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()


NOWHERE = Token("", 0, 0, " ")
"""What stands before the first token and after the last."""
LOW: Callable[[Token], str] = itemgetter(0)
WRITTEN: Callable[[Token], str] = itemgetter(3)


class Known(dict[str, T]):
    """What a function says of each word: it is asked once, and looking it up takes no call."""

    def __init__(self, ask: Callable[[str], T]) -> None:
        self._ask = ask

    def __missing__(self, word: str) -> T:
        if len(self) >= _MOST:
            self.clear()
        found = self[word] = self._ask(word)
        return found


def marked(
    items: Sequence[Token], says: Callable[[str], object], by: Callable[[Token], str] = LOW
) -> list[int]:
    """Return the places of the tokens of which *says* holds, asked for each in small letters.

    Most words mean nothing to a check; those that do are picked out without a step of Python for
    the others, if *says* is a lookup.
    """
    return list(compress(count(), map(says, map(by, items))))


@lru_cache(maxsize=512)
def tokens(text: str) -> tuple[Token, ...]:
    """Cut *text* into words, numbers and single marks."""
    found, end = [], 0
    for word in _TOKEN.findall(text):  # only white space stands between: half the time of matches
        start = text.index(word, end)
        end = start + len(word)
        found.append(Token(word.lower(), start, end, word))
    return tuple(found)


def at(items: Sequence[Token], place: int) -> Token:
    """Return the token at a place, `NOWHERE` beyond the ends."""
    return items[place] if 0 <= place < len(items) else NOWHERE


def follows(items: Sequence[Token], place: int, word: str) -> bool:
    """Whether *word* stands later in the sentence, as the particle of a verb does."""
    for token in items[place + 1 : place + 1 + _REACH]:
        if token.low == word:
            return True
        if token.low in _CLOSING:
            break
    return False


@lru_cache(maxsize=512)
def words(text: str) -> tuple[Token, ...]:
    """Return the words alone."""
    items = tokens(text)
    return tuple([items[place] for place in marked(items, _IS_WORD.__getitem__, WRITTEN)])


@lru_cache(maxsize=512)
def vocabulary(text: str) -> frozenset[str]:
    """Return the different tokens of *text* in small letters.

    Most passages have none of the words a check looks for, and a set says so at once.
    """
    return frozenset(map(LOW, tokens(text)))


@lru_cache(maxsize=512)
def capital_places(text: str) -> tuple[int, ...]:
    """Return the places of the tokens that begin with a capital."""
    return tuple(marked(tokens(text), _HAS_CAPITAL.__getitem__, WRITTEN))


def whole_words(text: str, place: Place) -> Place:
    """Return *place* with all of the words that it begins and ends in, as a reader sees them.

    >>> start, end = whole_words("It won't go beyond 37°C.", (19, 21))
    >>> "It won't go beyond 37°C."[start:end]
    '37°C'
    """
    start, end = first, last = place
    while start > 0 and _goes_on(text[first], text[start - 1]):
        start -= 1
    while end < len(text) and _goes_on(text[last - 1], text[end]):
        end += 1
    before, behind = text[start:first], text[last:end]
    return first - len(before.lstrip(_AROUND)), last + len(behind.rstrip(_AROUND))


def _goes_on(edge: str, beyond: str) -> bool:
    """Whether a word that a place cuts at its *edge* may go on with a character *beyond*."""
    return edge.isalnum() and not (beyond.isspace() or beyond in _GAPS)


def identifier(text: str, place: Place) -> str:
    """Return the word that underscores tie what stands at *place* to, nothing if none does.

    >>> identifier("set allow_unknown to 1", (10, 17))
    'allow_unknown'
    """
    start, _ = place
    found = _identifiers(text)
    at = bisect_right(found, (start, len(text))) - 1
    return text[slice(*found[at])] if at >= 0 and start < found[at][1] else ""


@lru_cache(maxsize=512)
def _identifiers(text: str) -> tuple[Place, ...]:
    if "_" not in text:
        return ()
    return tuple(part.span() for part in _PART.finditer(text) if "_" in part[0])


def are_short(*texts: str) -> bool:
    """Whether all are so short that word order alone moves a word from one end to the other."""
    return max(map(len, texts)) <= _SHORT


_HAS_CAPITAL = Known(lambda word: word[0].isupper())
_IS_WORD = Known(lambda word: word[0].isalpha())
