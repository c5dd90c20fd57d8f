"""Words of which a text has one or another: ends of a scale, things of one kind.

The sections ``[opposites]`` and ``[kinds]`` of the word lists have a line for each scale or kind,
its members between slashes; a line means the same in all languages.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from aligner._tags import base_language
from aligner.checks._cues import cues
from aligner.checks._lexicon import Beginnings, lexicon
from aligner.checks._text import Known, Token, at, follows, marked, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

Section = Literal["opposites", "kinds"]
_ENDINGS = ("", "e", "en", "em", "er", "es")
_KEYS = ("idioms", "less", "verbs")
_DENIED = 3  # words on either side in which a denial counts
_ENDING = 8  # letters of an inflection


class Member(NamedTuple):
    """A word that is one of several that exclude each other.

    Attributes:
        line: of the word lists.
        place: which of the line's members.
        weak: it may mean another thing; enough to excuse, not to accuse.
        denied: it is the end of a scale that is not so.
    """

    line: str
    place: int
    start: int
    end: int
    weak: bool
    denied: bool = False


class Entry(NamedTuple):
    """What the table says of a word; ``following`` is the particle of ``hebt ... auf``."""

    line: str
    place: int
    weak: bool
    following: str


Entries = tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The members of one section and language: whole words, and what words begin with.

    Attributes:
        tails: what words end in, for compounds; the letters stand the other way round.
        genitives: whether words take an ``s`` without an apostrophe.
    """

    exact: dict[str, Entries]
    stems: Beginnings[Entries]
    tails: Beginnings[Entries]
    genitives: bool = False

    def get(self, word: str) -> Entries:
        """Return the entries of a word and of its longest stem, else of its longest tail.

        Nouns may have the ``s`` of a German or Swedish genitive.
        """
        bare = word[:-1] if self.genitives and word[-1:] == "s" else ""
        return self._listed(word) or self._listed(bare)

    def _listed(self, word: str) -> Entries:
        found = self.exact.get(word, ()) + self._beginning(word)
        return found or self.tails.get(word[:0:-1]) or ()

    def _beginning(self, word: str) -> Entries:
        """Return the entries of a stem; what goes on for long is a compound of another thing."""
        found = self.stems.get(word) or ()
        if self.genitives and found and len(word) - self.stems.length(word) > _ENDING:
            return tuple(entry._replace(weak=True) for entry in found)
        return found


@lru_cache(maxsize=1024)
def members(text: str, language: str, section: Section) -> tuple[Member, ...]:
    """Return what *text* has of *section*; parts of English compounds (``year-old``) are none."""
    known = lexicon(language)
    if known is None:
        return ()
    items, entries = tokens(text), _entries(known.language, section)
    places = marked(items, entries.__getitem__)
    if not places:
        return ()
    idioms, less, verbs = (known.words(section, key) for key in _KEYS)
    said = cues(text, language)
    denied = [token.start for token in (*said.strong, *said.double)]
    found = []
    for i in places:
        token = items[i]
        if _is_idiom(items, i, idioms) or _is_part(text, token):
            continue
        for entry in entries[token.low]:
            if not entry.following or follows(items, i, entry.following):
                doubted = entry.weak and not (token.low in verbs and _is_verb(items, i))
                turned = section == "opposites" and _is_denied(items, i, denied, less)
                found.append(Member(*entry[:2], token.start, token.end, doubted, turned))
    return tuple(found)


def other_of(member: Member, language: str, section: Section) -> str:
    """Return a word for another member of the line, nothing where the language has only stems."""
    for word, entries in _table(base_language(language), section).exact.items():
        one = entries[0]
        sure = len(entries) == 1 and not (one.weak or one.following)
        if sure and one.line == member.line and one.place != member.place:
            return word
    return ""


@lru_cache(maxsize=16)
def _entries(language: str, section: Section) -> Known[Entries]:
    return Known(_table(language, section).get)


def _is_verb(items: tuple[Token, ...], place: int) -> bool:
    """Whether an English word that may be an adjective or a noun is to be done: ``to close``.

    It follows ``to``, or begins a sentence as an order does: ``Close the door``.
    """
    before = at(items, place - 1)
    return before.low == "to" or (items[place].text[0].isupper() and not before.is_word)


def _is_idiom(items: tuple[Token, ...], place: int, idioms: frozenset[str]) -> bool:
    """Whether a word and one beside it are a way of speaking."""
    low = items[place].low
    before, after = at(items, place - 1).low, at(items, place + 1).low
    return f"{before}-{low}" in idioms or f"{low}-{after}" in idioms


def _is_part(text: str, token: Token) -> bool:
    """Whether a hyphen ties the word to another."""
    return text[token.start - 1 : token.start] == "-" or text[token.end : token.end + 1] == "-"


def _is_denied(
    items: tuple[Token, ...], place: int, denied: list[int], less: frozenset[str]
) -> bool:
    """Whether a denial stands a few words before or after, or ``less`` just before."""
    if place and items[place - 1].low in less:
        return True
    low, high = max(place - _DENIED, 0), min(place + _DENIED, len(items) - 1)
    return any(items[low].start <= start <= items[high].start for start in denied)


@lru_cache(maxsize=16)
def _table(language: str, section: Section) -> Table:
    """Read ``line = "word stem* *tail adjective~ ?weak verb+particle / ..."``."""
    exact: dict[str, Entries] = {}
    stems: dict[str, Entries] = {}
    tails: dict[str, Entries] = {}
    for form, entry in _written(language, section):
        if form.startswith("*"):
            _add(tails, form[:0:-1], entry)
        elif form.endswith("*"):
            _add(stems, form[:-1], entry)
        else:
            for ending in _ENDINGS if form.endswith("~") else ("",):
                _add(exact, form.rstrip("~") + ending, entry)
    genitives = base_language(language) != "en"
    return Table(exact, Beginnings(stems), Beginnings(tails), genitives)


def _written(language: str, section: Section) -> Iterator[tuple[str, Entry]]:
    """Yield the forms of a section as they are written, each with its entry."""
    known = lexicon(language)
    lines = known.data.get(section, {}) if known else {}
    members = (
        (line, place, words)
        for line, written in lines.items()
        if line not in _KEYS
        for place, words in enumerate(written.split("/"))
    )
    for line, place, words in members:
        for word in words.split():
            form, _, following = word.lstrip("?").partition("+")
            yield form, Entry(line, place, word.startswith("?"), following)


def _add(table: dict[str, Entries], form: str, entry: Entry) -> None:
    table[form] = (*table.get(form, ()), entry)
