"""Words that are names, and whether another version has them in some spelling."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aligner._captions import credit_start
from aligner.checks._everyday import is_everyday, is_name
from aligner.checks._gazetteer import places
from aligner.checks._initials import acronym_like, has_acronym, initials_at
from aligner.checks._lexicon import listed
from aligner.checks._name_spots import Spot, in_name_place, is_name_like, looking, no_names
from aligner.checks._spelling import fold, is_cognate, is_spelled
from aligner.checks._text import WRITTEN, Token, at, identifier, marked, tokens

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_GLOSS = re.compile(r"\((\w{2,6})\)")
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


def is_in(name: Name, other: Passage) -> bool:
    """Whether *other* has the name, spelled out or shortened perhaps.

    What stands where names do (``Präfektur Niigata``) is none where others have ``prefecture``.
    """
    if name.acronym:
        return has_acronym(other.text, name.text)
    if any(acronym_like(token.text) and token.text in name.run for token in tokens(other.text)):
        return True
    if not is_name(name.text.lower()) and is_cognate(name.folded, other.text, close=name.sure):
        return True
    return is_spelled(name.folded, other.text)


@lru_cache(maxsize=512)
def names(text: str, language: str, given: tuple[Place, ...] = ()) -> tuple[Name, ...]:
    """Return the words of *text* that can hardly be anything but names.

    Not those of a credit or an identifier (``de_DE``), nor acronyms in brackets, which go with the
    words before them.

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
    named = marked(items, looking(language).__getitem__, WRITTEN)
    addressed = _addressed(items, language)
    named = sorted({*named, *addressed})
    for place in range(len(items)) if given else named:
        token = items[place]
        told = token.is_word and any(a <= token.start and token.end <= b for a, b in given)
        told = told or place in addressed
        if token.start in taken or not (told or token.text[0].isupper()):
            continue
        spot = Spot(items, place, language, _is_opening(items, place))
        if not told and (not is_name_like(spot) or identifier(text, token.place)):
            continue
        sure = told or is_name(token.low) or in_name_place(spot)
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
