"""Whether a passage is in another language than its version."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import name

from aligner._language import identify
from aligner._tags import base_language
from aligner._types import UNKNOWN_LANGUAGE
from aligner.checks._everyday import has_words, is_word
from aligner.checks._lexicon import lexicon, own_grammar
from aligner.checks._text import WRITTEN, Known, marked, words

_DOMAIN = r"[^\W_]{3}\.[a-z]{2,6}\b"
_ADDRESS = re.compile(rf"(?<!\S)(?:\S*[@/\\_]\S*|\S*{_DOMAIN}\S*)")
_IN_ADDRESS = re.compile(rf"[@/\\_]|{_DOMAIN}")
_FEWEST = 3  # words, or letters of another script
_LAST_LATIN = "\u024f"
_SPEAKS = Known(lambda word: len(word) > 1 and word[0].islower())


def without_addresses(text: str) -> str:
    """Return *text* with blanks for addresses of mail, of pages and of files; as long as before."""
    if not _IN_ADDRESS.search(text):
        return text
    return _ADDRESS.sub(lambda address: " " * len(address[0]), text)


@lru_cache(maxsize=512)
def foreign_language(text: str, language: str, rivals: tuple[str, ...]) -> str:
    """Return the language *text* is in, or nothing if that is (or may be) *language*."""
    if not has_words(language):
        return ""
    text = without_addresses(text)
    items = words(text)
    low = [items[i].low for i in marked(items, _SPEAKS.__getitem__, WRITTEN)]
    low += [token.low for token in items[:1] if token.text[0].isupper()]
    if _is_other_script(text):
        return _ask(text, language, least=0.0) or UNKNOWN_LANGUAGE
    if len(low) < _FEWEST:
        return ""
    own = _share(low, language)
    if own > 0.75:
        return ""
    for rival in rivals:
        if rival != language and has_words(rival):
            theirs = _share(low, rival)
            if theirs > 0.8 and theirs - own > 0.3 and _has_grammar(low, rival, language):
                return rival
    return _ask(text, language) if own < 0.7 and len(low) > 4 else ""


def _share(low: list[str], language: str) -> float:
    """Return how many of some words the language has."""
    return sum(map(_vocabulary(language).__getitem__, low)) / len(low)


@lru_cache(maxsize=32)
def _vocabulary(language: str) -> Known[bool]:
    return Known(lambda word: is_word(word, language))


def _has_grammar(low: list[str], language: str, own: str) -> bool:
    """Whether a short text has function words of *language* and none of its own language."""
    if lexicon(own) is None or lexicon(language) is None or len(low) > 8:
        return True
    ours, theirs = own_grammar(own, language), own_grammar(language, own)
    return ours.isdisjoint(low) and not theirs.isdisjoint(low)


def _is_other_script(text: str) -> bool:
    """Whether most letters are not Latin, as those of all languages with a word list are."""
    if text.isascii() or max(text) <= _LAST_LATIN:
        return False
    letters = [c for c in text if c.isalpha()]
    strange = sum(c > _LAST_LATIN and "LATIN" not in name(c, "") for c in letters)
    return strange >= _FEWEST and 2 * strange > len(letters)


def _ask(text: str, language: str, *, least: float = 0.9) -> str:
    """Ask the language identifier, for languages that have no word list."""
    found, confidence = identify(text)
    base = base_language(language)
    return found if confidence > least and found not in (base, UNKNOWN_LANGUAGE) else ""
