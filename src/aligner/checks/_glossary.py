"""A glossary: what a term is called in each language, and what it must not be called.

    en,de,sv                                  CSV or TSV: a column for each language
    agency,Behörde|Dienststelle,myndighet     "|" between terms that are as good
    partnership,Partnerschaft|!Kooperation,   "!" before a term not to be used

TBX files are read as well; terms with the status deprecated or superseded are not to be used.
Terms are found in their inflected forms, by Snowball stems.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from aligner._decode import load
from aligner._errors import InputError
from aligner._tags import base_language
from aligner.checks._text import words
from aligner.formats._xml import XML_LANG, local, parse

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from typing import Protocol
    from xml.etree.ElementTree import Element

    from aligner.checks._text import Token

    class Stemmer(Protocol):
        """What is asked of a Snowball stemmer."""

        def stemWord(self, word: str) -> str: ...


_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*")
_GAP = re.compile(r"[\s\-\u2010\u2011\u2013]*")
_SNOWBALL = {"en": "english", "de": "german", "sv": "swedish"} | {
    "da": "danish",
    "nl": "dutch",
    "fi": "finnish",
    "fr": "french",
    "it": "italian",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "es": "spanish",
}
_COMPOUNDING = frozenset({"de", "sv", "da", "no", "nb", "nl", "fi"})
_SHORTEST_PART = 4  # letters of a term inside a compound


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of a glossary.

    Attributes:
        terms: by language, what it may be called.
        refused: by language, what it must not be called.
    """

    terms: Mapping[str, tuple[str, ...]]
    refused: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Glossary:
    """Concepts, and the languages in the order of the file; the first is looked up first."""

    concepts: tuple[Concept, ...]
    languages: tuple[str, ...]


class Mention(NamedTuple):
    """A term of the glossary in a text."""

    concept: Concept
    term: str
    start: int
    end: int


def read_glossary(path: str | os.PathLike[str]) -> Glossary:
    """Return the glossary in a CSV, TSV or TBX file.

    Raises:
        InputError: if the file is none of these, or has terms in fewer than two languages.
    """
    source = load(path)
    head = source.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    concepts = _read_tbx(source.data, source.name) if head == b"<" else _read_table(source.text)
    languages = tuple(dict.fromkeys(key for concept in concepts for key in concept.terms))
    if len(languages) < 2:
        raise InputError(
            source.name,
            "has terms in fewer than two languages",
            fix="name a language in each column of the first line, as en,de",
        )
    return Glossary(tuple(concepts), languages)


def _read_table(text: str) -> list[Concept]:
    """Return the concepts of a table with a column for each language, and others beside them."""
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row))]
    header = [cell.strip() for cell in rows[0]] if rows else []
    columns = [
        (i, base_language(cell)) for i, cell in enumerate(header) if _LANGUAGE.fullmatch(cell)
    ]
    return [
        _concept((language, row[i]) for i, language in columns if i < len(row)) for row in rows[1:]
    ]


def _concept(cells: Iterator[tuple[str, str]]) -> Concept:
    terms: dict[str, tuple[str, ...]] = {}
    refused: dict[str, tuple[str, ...]] = {}
    for language, cell in cells:
        for part in filter(None, map(str.strip, cell.split("|"))):
            kind, term = (refused, part[1:].strip()) if part[0] == "!" else (terms, part)
            kind[language] = (*kind.get(language, ()), term)
    return Concept(terms, refused)


def _read_tbx(data: bytes, name: str) -> list[Concept]:
    """Return the concepts of a TBX file, of the first or of the second version of the format."""
    found = []
    for entry in parse(data, name).iter():
        if local(entry.tag) in ("termEntry", "conceptEntry"):
            cells = (
                (base_language(part.get(XML_LANG) or part.get("lang") or ""), _terms(part))
                for part in entry
                if local(part.tag) in ("langSet", "langSec")
            )
            found.append(_concept(cells))
    return found


def _terms(part: Element) -> str:
    """Return the terms of one language as a cell of a table."""
    cells = []
    for group in part.iter():
        if local(group.tag) in ("tig", "ntig", "termSec"):
            term = next((e.text or "" for e in group.iter() if local(e.tag) == "term"), "")
            notes = " ".join(e.text or "" for e in group.iter() if local(e.tag) == "termNote")
            bad = "deprecated" in notes or "superseded" in notes
            cells.append(("!" if bad else "") + term.replace("|", " ").strip())
    return "|".join(cells)


def mentions(
    glossary: Glossary, text: str, language: str, *, refused: bool = False
) -> Iterator[Mention]:
    """Yield the terms of *glossary* in a text, the longest where several begin."""
    index = _index(glossary, base_language(language), refused)
    stems, items = _stemmed(text, base_language(language)), words(text)
    at = 0
    while at < len(items):
        for form, concept, term in index.get(stems[at], ()):
            last = at + len(form) - 1
            if stems[at : last + 1] == form and _is_joined(text, items, at, last):
                yield Mention(concept, term, items[at].start, items[last].end)
                at = last
                break
        at += 1


def says(text: str, language: str, term: str) -> bool:
    """Whether a text has *term*: its words in any form and order, or in a compound."""
    base = base_language(language)
    stems, form = _stemmed(text, base), _stemmed(term, base)
    if set(form) <= set(stems):
        return True
    if base not in _COMPOUNDING or not form:
        return False
    low = [token.low for token in words(text)]
    parts = zip((token.low for token in words(term)), form, strict=True)
    return all(_is_part(low, {whole, stem}) for whole, stem in parts)


def _is_part(low: list[str], forms: set[str]) -> bool:
    """Whether a word of a term is inside another word, long enough not to be there by chance."""
    return any(form in word for form in forms if len(form) >= _SHORTEST_PART for word in low)


def _is_joined(text: str, items: tuple[Token, ...], first: int, last: int) -> bool:
    return all(_GAP.fullmatch(text[a.end : b.start]) for a, b in pairwise(items[first : last + 1]))


@lru_cache(maxsize=16)
def _index(
    glossary: Glossary, language: str, refused: bool
) -> dict[str, list[tuple[tuple[str, ...], Concept, str]]]:
    """Return the terms of one language by the stem of their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Concept, str]]] = {}
    for concept in glossary.concepts:
        for term in (concept.refused if refused else concept.terms).get(language, ()):
            form = _stemmed(term, language)
            if form:
                found.setdefault(form[0], []).append((form, concept, term))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return found


@lru_cache(maxsize=1024)
def _stemmed(text: str, language: str) -> tuple[str, ...]:
    return tuple(_stem(token.low, language) for token in words(text))


@lru_cache(maxsize=65536)
def _stem(word: str, language: str) -> str:
    if language not in _SNOWBALL:
        return word
    stem: str = _stemmer(language).stemWord(word)
    return stem


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Stemmer:
    import snowballstemmer

    found: Stemmer = snowballstemmer.stemmer(_SNOWBALL[language])
    return found
