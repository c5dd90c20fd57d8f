"""Word lists by language, read once from ``data/``; a language without a file has no lexicon."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

from aligner._tags import base_language
from aligner.checks._text import Token, at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

T = TypeVar("T")
Idioms: TypeAlias = "dict[str, tuple[tuple[str, ...], ...]]"
ANY = "*"
"""Any word of an idiom: ``wie-seit-*-nicht``."""


class Beginnings(Generic[T]):
    """Values by what a word begins with."""

    def __init__(self, values: Mapping[str, T]) -> None:
        self._values = dict(values)
        self._lengths = sorted(set(map(len, values)), reverse=True)
        self._shortest = self._lengths[-1] if values else 0
        self._heads = frozenset(beginning[: self._shortest] for beginning in values)

    def get(self, word: str) -> T | None:
        """Return the value of the longest beginning of *word*; most words have none."""
        return self._values.get(word[: self.length(word)])

    def length(self, word: str) -> int:
        """Return how long the longest beginning of *word* is, 0 where it has none."""
        if word[: self._shortest] in self._heads:
            for length in self._lengths:
                if word[:length] in self._values:
                    return length
        return 0


@dataclass(frozen=True, slots=True)
class Stems:
    """Words that map to a value, exactly or by a stem (``jährlich*``)."""

    exact: dict[str, str]
    stems: Beginnings[str]

    @classmethod
    def read(cls, table: dict[str, str]) -> Stems:
        """Build from ``value = "form form stem*"`` lines."""
        forms = {form: value for value, line in table.items() for form in line.split()}
        return cls(
            {form: value for form, value in forms.items() if not form.endswith("*")},
            Beginnings({form[:-1]: value for form, value in forms.items() if form.endswith("*")}),
        )

    def get(self, word: str) -> str:
        """Return the value of *word*, the longest stem first, or nothing."""
        return self.exact.get(word, "") or self.stems.get(word) or ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the checks know of one language."""

    language: str
    data: dict[str, Any] = field(repr=False)

    def numbers(self, section: str) -> dict[str, float]:
        """Return the section as words with their number."""
        found: dict[str, float] = self.data.get(section, {})
        return found

    def words(self, section: str, key: str = "words") -> frozenset[str]:
        """Return the words of one line of a section."""
        return listed(self.language, section, key)

    def idioms(self, section: str, key: str = "idioms") -> Idioms:
        """Return the idioms of one line of a section, written ``as-possible``, by each word."""
        return _idioms(self.language, section, key)

    def stems(self, section: str) -> Stems:
        """Return the section as words and stems with their value."""
        return _stems(self.language, section)


def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table among the data, each by its cells; ``#`` begins a remark."""
    text = files(__package__).joinpath("data", f"{name}.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines)


@lru_cache(maxsize=32)
def lexicon(language: str) -> Lexicon | None:
    """Return the lexicon of *language* (region ignored), or ``None`` where there is none."""
    base = base_language(language)
    if not base.isascii() or not base.isalpha():
        return None
    if base != language:
        return lexicon(base)
    file = files(__package__).joinpath("data", f"{base}.toml")
    return Lexicon(base, tomllib.loads(file.read_text("utf-8"))) if file.is_file() else None


@lru_cache(maxsize=256)
def listed(language: str, section: str, key: str = "words") -> frozenset[str]:
    """Return the words of one line of a section, nothing where there is no lexicon."""
    found = lexicon(language)
    return frozenset(found.data.get(section, {}).get(key, "").split() if found else ())


@lru_cache(maxsize=32)
def classes(language: str, section: str, keys: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return which of the lines *keys* of a section each word stands in.

    The first word of ``have-to`` has an entry too, so that a lookup of words finds where to look.
    """
    table: dict[str, tuple[str, ...]] = {}
    for key in keys:
        for word in listed(language, section, key):
            table[word] = (*table.get(word, ()), key)
            table.setdefault(word.split("-")[0], ())
    return table


def function_words(language: str) -> frozenset[str]:
    """Return the words of *language* that carry no content."""
    return listed(language, "function")


@lru_cache(maxsize=64)
def own_grammar(language: str, other: str) -> frozenset[str]:
    """Return the function words of *language* that *other* does not have."""
    return function_words(language) - function_words(other)


def content_words(
    items: Iterable[Token], language: str, others: frozenset[str] = frozenset()
) -> list[Token]:
    """Return the words that are no function words of *language* and none of some *others*."""
    function = function_words(language) | others if others else function_words(language)
    return [token for token in items if token.is_word and token.low not in function]


def is_of_idiom(items: Sequence[Token], place: int, idioms: Idioms) -> bool:
    """Whether the word at *place* is one of an idiom that stands there: ``as soon as possible``."""
    low = items[place].low
    return any(
        all(word in (ANY, at(items, place - k + j).low) for j, word in enumerate(idiom))
        for idiom in idioms.get(low, ())
        for k, own in enumerate(idiom)
        if own == low
    )


@lru_cache(maxsize=32)
def _idioms(language: str, section: str, key: str) -> Idioms:
    found: Idioms = {}
    for idiom in sorted(listed(language, section, key)):
        said = tuple(idiom.split("-"))
        for word in {*said} - {ANY}:
            found[word] = (*found.get(word, ()), said)
    return found


@lru_cache(maxsize=128)
def _stems(language: str, section: str) -> Stems:
    found = lexicon(language)
    return Stems.read(found.data.get(section, {}) if found else {})
