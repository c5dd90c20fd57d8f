"""Words that are one pole of two: lift and tighten, buy and sell, north and south."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ._cues import cues
from ._lexicon import lexicon
from ._text import Token, tokens

_ENDINGS = ("", "e", "en", "em", "er", "es")
_CLOSING = frozenset(".!?:;")
_REACH, _DENIED = 24, 3


class Pole(NamedTuple):
    """A word that stands at one end of a scale.

    Attributes:
        scale: the line of the table.
        side: which end, 0 or 1.
        weak: it may mean this end, or has been denied; enough to excuse, not to accuse.
    """

    scale: str
    side: int
    start: int
    end: int
    weak: bool


class Entry(NamedTuple):
    """What the table says of a word; ``following`` is the particle of ``hebt ... auf``."""

    scale: str
    side: int
    weak: bool
    following: str


@dataclass(frozen=True, slots=True)
class Table:
    """The poles of one language, by word and by stem."""

    exact: dict[str, tuple[Entry, ...]]
    stems: dict[str, tuple[Entry, ...]]
    lengths: tuple[int, ...]

    def get(self, word: str) -> tuple[Entry, ...]:
        """Return the entries of a word and of its longest stem."""
        found = self.exact.get(word, ())
        for length in self.lengths:
            if length <= len(word) and word[:length] in self.stems:
                return found + self.stems[word[:length]]
        return found


@lru_cache(maxsize=512)
def poles(text: str, language: str) -> tuple[Pole, ...]:
    """Return the poles of *text*; parts of English compounds (``year-old``) are none."""
    known = lexicon(language)
    if known is None:
        return ()
    items, idioms = tokens(text), known.words("opposites", "idioms")
    denied = [token.start for token in cues(text, language).strong]
    found = []
    for i, token in enumerate(items):
        entries = _entries(token.low, known.language)
        if not entries or _is_idiom(items, i, idioms) or _is_part(text, token):
            continue
        for entry in entries:
            if not entry.following or _follows(items, i, entry.following):
                weak = entry.weak or _is_denied(items, i, denied)
                found.append(Pole(entry.scale, entry.side, token.start, token.end, weak))
    return tuple(found)


def opposite_of(pole: Pole, language: str) -> str:
    """Return a word of the other end of a scale, nothing where the language has only stems."""
    wanted = Entry(pole.scale, 1 - pole.side, False, "")
    found = _table(language.split("-")[0].lower()).exact.items()
    return next((word for word, entries in found if entries == (wanted,)), "")


@lru_cache(maxsize=65536)
def _entries(low: str, language: str) -> tuple[Entry, ...]:
    return _table(language).get(low)


def _is_idiom(items: tuple[Token, ...], place: int, idioms: frozenset[str]) -> bool:
    """Whether a word and one beside it are a way of speaking."""
    low = items[place].low
    before = items[place - 1].low if place else ""
    after = items[place + 1].low if place + 1 < len(items) else ""
    return f"{before}-{low}" in idioms or f"{low}-{after}" in idioms


def _is_part(text: str, token: Token) -> bool:
    """Whether a hyphen ties the word to another."""
    return text[token.start - 1 : token.start] == "-" or text[token.end : token.end + 1] == "-"


def _follows(items: tuple[Token, ...], place: int, word: str) -> bool:
    """Whether *word* stands later in the sentence, as the particle of a verb does."""
    for token in items[place + 1 : place + 1 + _REACH]:
        if token.low == word:
            return True
        if token.low in _CLOSING:
            break
    return False


def _is_denied(items: tuple[Token, ...], place: int, denied: list[int]) -> bool:
    """Whether a denial stands a few words before or after."""
    low, high = max(place - _DENIED, 0), min(place + _DENIED, len(items) - 1)
    return any(items[low].start <= start <= items[high].start for start in denied)


@lru_cache(maxsize=8)
def _table(language: str) -> Table:
    """Read ``scale = "word stem* adjective~ ?weak verb+particle / ..."`` lines."""
    known = lexicon(language)
    exact: dict[str, tuple[Entry, ...]] = {}
    stems: dict[str, tuple[Entry, ...]] = {}
    for scale, line in (known.data.get("opposites", {}) if known else {}).items():
        for side, words in enumerate(line.split("/") if scale != "idioms" else ()):
            for word in words.split():
                form, _, following = word.lstrip("?").partition("+")
                entry = Entry(scale, side, word.startswith("?"), following)
                table, bare = (stems, form[:-1]) if form.endswith("*") else (exact, form)
                endings = _ENDINGS if form.endswith("~") else ("",)
                for ending in endings:
                    key = bare.rstrip("~") + ending
                    table[key] = (*table.get(key, ()), entry)
    return Table(exact, stems, tuple(sorted({len(stem) for stem in stems}, reverse=True)))
