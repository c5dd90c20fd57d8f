"""Places, peoples and languages by meaning, so that ``Austria`` is ``Österreich``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from aligner._tags import base_language
from aligner.checks._lexicon import Beginnings, listed, table
from aligner.checks._text import WRITTEN, Known, at, marked, tokens

if TYPE_CHECKING:
    from aligner.checks._place import Place
    from aligner.checks._values import Passage

_QUARTER = re.compile(
    r"(?:nordost|nordväst|sydost|ost|west|nord|süd|öst|väst|syd|zentral|central|mittel|latein|latin"
    r"|groß|stor|anti|pro|nicht)(?=[a-zäöü]{4})"
)
_COLUMNS = ("en", "de", "sv")
_ADJECTIVE = re.compile(r"is(?:ch|k)(?:e[nrsm]?|a|t)?$")


class Mention(NamedTuple):
    """A place that a text names: its line in the table, and where."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Stems of one language, by stem and by whole word."""

    stems: Beginnings[int]
    whole: dict[str, int]
    compounds: bool

    def written(self, word: str) -> int | None:
        """Return the line of *word* as it is written, its genitive too: ``US``, ``Roms``."""
        found = self.whole.get(word)
        return self.whole.get(word[:-1]) if found is None and word.endswith("s") else found

    def get(self, word: str) -> int | None:
        """Return the line of lower-case *word*, the longest stem first."""
        found = self.written(word)
        if found is None:
            found = self.stems.get(word)
        if found is not None:
            return found
        cut = _QUARTER.match(word) if self.compounds else None
        return self.get(word[cut.end() :]) if cut else None


@lru_cache(maxsize=1)
def loose_lines() -> frozenset[int]:
    """Return the lines of places that are named too loosely to be missed."""
    return frozenset(i for i, cells in enumerate(_table()) if cells[0].startswith("?"))


@lru_cache(maxsize=8)
def home_line(language: str) -> int | None:
    """Return the line of the country that a language has as its own: Sweden of Swedish."""
    own = listed(language, "names", "own")
    return next((_line(word, base_language(language)) for word in own), None)


@lru_cache(maxsize=512)
def places(text: str, language: str) -> tuple[Mention, ...]:
    """Return the places named in *text*; English ones only with a capital."""
    base = base_language(language)
    if base not in _COLUMNS:
        return ()
    items, lines = tokens(text), _lines(base)
    found = []
    for i in marked(items, lines.__getitem__, WRITTEN):
        alone, tied = lines[items[i].text]
        line = tied if alone is None and at(items, i + 1).text == "-" else alone
        if line is not None:
            found.append(Mention(line, *items[i].place))
    return tuple(found)


def is_the_place(passage: Passage, spot: Place) -> bool:
    """Whether what stands at *spot* is a place itself, rather than what comes from there.

    English gives both a capital, so there a preposition has to tell.
    """
    shown = passage.text[slice(*spot)]
    if base_language(passage.language) != "en":
        return shown[0].isupper() and not _ADJECTIVE.search(shown)
    before = passage.text[: spot[0]].lower().split()[-1:]
    return listed(passage.language, "names", "places").issuperset(before) and bool(before)


@lru_cache(maxsize=8)
def _lines(language: str) -> Known[tuple[int | None, ...]]:
    """Return the lines of the places that words name, alone and before a hyphen; most name none."""

    def named(word: str) -> tuple[int | None, ...]:
        known = _gazetteer(language)
        found = _line(word, language), known.whole.get(f"{word}-") if known else None
        return () if found == (None, None) else found

    return Known(named)


def _line(word: str, language: str) -> int | None:
    """Return the line of the place that a word names as it is written, if it names any."""
    known, low = _gazetteer(language), word.lower()
    if known is None or len(low) < 2 or (language == "en" and not word[0].isupper()):
        return None
    if (found := known.written(word)) is not None:
        return found
    return known.get(low) if len(low) > 3 or word.isupper() or low in known.whole else None


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, ...], ...]:
    return table("places")


@lru_cache(maxsize=8)
def _gazetteer(language: str) -> Gazetteer | None:
    if language not in _COLUMNS:
        return None
    column = _COLUMNS.index(language)
    stems: dict[str, int] = {}
    whole: dict[str, int] = {}
    for line, cells in enumerate(_table()):
        for form in cells[column].lstrip("?").split():
            if form.startswith("="):
                whole.setdefault(form[1:], line)
            else:
                stems.setdefault(form, line)
    return Gazetteer(Beginnings(stems), whole, language != "en")
