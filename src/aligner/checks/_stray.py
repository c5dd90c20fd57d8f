"""Words and phrases that are left in the language of the other version."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._everyday import has_words, is_everyday, is_word
from aligner.checks._foreign import without_addresses
from aligner.checks._foreign_words import (
    is_foreign,
    is_noun,
    is_shared,
    is_small_noun,
    is_strange,
)
from aligner.checks._lexicon import function_words, own_grammar
from aligner.checks._text import NOWHERE, Known, Token, at, marked, tokens, vocabulary, words
from aligner.checks._values import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from aligner.checks._values import BeadView, Passage

_SURE_RUN, _JOINTS = 3, 2  # words of a run that tells by itself; those of grammar in a phrase
_SHORT, _LONG = 2, 5  # letters of a word that says nothing, and of one that endings tell
_TITLE = 6  # tokens of a quotation that may be a title
_PHRASE = 0.92  # confidence of a phrase with grammar of the other language
_LATER = frozenset({"bis", "ter", "quater", "quinquies", "sexies"})
_OF = frozenset({"de", "von", "van", "af", "la", "di", "da"})
_OPENING = '“„»«"”'
_QUOTED = re.compile(f"[{_OPENING}]")


def stray_words(bead: BeadView, passage: Passage, other: Passage) -> Iterator[Finding]:
    """Yield single words and runs of words that belong to the language of *other*."""
    if not (has_words(passage.language) and has_words(other.language)):
        return
    odd = passage.version if len(bead.passages) > 2 else None
    phrases = _foreign_phrases(passage, other)
    if phrases:
        yield from (_stray(phrase, passage, other, _PHRASE, odd) for phrase in phrases)
        return
    for run in _foreign_runs(bead, passage, other):
        yield _stray(run, passage, other, _stray_confidence(run, passage, other), odd)


def _foreign_runs(bead: BeadView, passage: Passage, other: Passage) -> Iterator[list[Token]]:
    """Yield runs of words that *other* alone has: one of its own text, or three and more.

    Not those that a third version has as well, nor two words in capitals, which may be a name.
    """
    strange = _strange_words(passage.text, passage.language)
    suspects = [token for token in strange if is_foreign(token, passage, other)]
    if not suspects:
        return
    items = (*_unquoted(passage.text), NOWHERE)
    theirs = {token.low for token in words(other.text)}
    glossed = passage.text.count("(") > other.text.count("(")
    third = {token.low for p in bead.third for token in words(p.text)}
    run: list[Token] = []
    for i, token in enumerate(items):
        stray = token in suspects and not _is_of_many(token.low, third)
        if stray and (run or not _among_capitals(items, i, passage.language)):
            run.append(token)
            continue
        told = len(run) >= _SURE_RUN or any(is_shared(t.low, theirs) for t in run)
        kept = _is_number(items, i) or _is_name_there(run, other)
        if told and not (kept or (glossed and _is_glossed(items, i, theirs))):
            yield run
        run = []


def _is_number(items: Sequence[Token], place: int) -> bool:
    """Whether what stands before a place numbers an article put in later: ``Article 3 bis``."""
    return at(items, place - 1).low in _LATER and at(items, place - 2).text[0].isdecimal()


def _is_glossed(items: Sequence[Token], place: int, theirs: Collection[str]) -> bool:
    """Whether brackets behind a foreign title explain it: ``Folkets Hus (the People's House)``."""
    ahead = takewhile(lambda token: token.low in theirs or token.text == "-", items[place:])
    return at(items, place + sum(1 for _ in ahead)).text == "("


def _is_name_there(run: Sequence[Token], other: Passage) -> bool:
    """Whether the words of a run all have a capital where nouns have none: they are a name."""
    if len(run) == 1 or base_language(other.language) == "de":
        return False
    capitals = {token.low for token in words(other.text) if token.text[0].isupper()}
    return capitals.issuperset(token.low for token in run)


def _is_of_many(low: str, third: Collection[str]) -> bool:
    """Whether a third version has a word as well, be it with an ending: ``Instrumente``."""
    return low in third or (len(low) >= _LONG and any(word.startswith(low) for word in third))


def _foreign_phrases(passage: Passage, other: Passage) -> list[list[Token]]:
    """Return runs of words that are put together as *other* does it: ``the model of the plant``.

    Each word may be one of both languages; the grammar is of one. Names in capitals are none.
    """
    grammar = own_grammar(other.language, passage.language)
    if len(grammar & vocabulary(passage.text)) < _JOINTS:
        return []
    found: list[list[Token]] = []
    run: list[Token] = []
    for token in (*_unquoted(passage.text), NOWHERE):
        if token.low in grammar or _is_content(token, not run, passage, other):
            run.append(token)
            continue
        if len(run) > _SURE_RUN and _is_phrase(run, grammar, passage, other):
            found.append(run)
        run = []
    return found


def _is_content(token: Token, first: bool, passage: Passage, other: Passage) -> bool:
    """Whether a word in small letters, or one that begins a run, is one of the other language."""
    if not token.is_word or not (first or token.text[0].islower()):
        return False
    return token.low not in function_words(passage.language) and is_word(token.low, other.language)


def _is_phrase(run: list[Token], grammar: frozenset[str], passage: Passage, other: Passage) -> bool:
    """Whether a run has grammar of one language, words of it alone, and stands there as well."""
    joints = [token.low for token in run if token.low in grammar]
    content = [token.low for token in run if token.low not in grammar]
    strange = any(not is_everyday(low, passage.language) for low in content)
    there = sum(low in vocabulary(other.text) for low in (*joints, *content))
    return len(joints) >= _JOINTS and strange and 2 * there > len(run)


def _among_capitals(items: Sequence[Token], place: int, language: str) -> bool:
    """Whether a word with a capital stands beside another, so that both may be a name."""
    if not items[place].text[0].isupper():
        return False
    reach = 2 if at(items, place - 1).low in _OF else 1
    beside = at(items, place - reach), at(items, place + 1)
    return any(t.text[0].isupper() and not is_everyday(t.low, language) for t in beside)


def _stray_confidence(run: list[Token], passage: Passage, other: Passage) -> float:
    """Return how sure it is that a run is no loan, and no cognate that the word list lacks.

    The more words, the surer. Of one word alone the English list is the fullest; a German noun
    gives itself away by its capital.
    """
    if len(run) >= _SURE_RUN:
        return 0.92
    if len(run) > 1:
        return 0.8
    if base_language(passage.language) == "en":
        if is_strange(run[0].low, passage, other) or run[0].low in function_words(other.language):
            return 0.8
        if run[0].text[0].isupper():
            return 0.6 if is_noun(run[0], passage, other) else 0.45
        return 0.85 if len(run[0].low) > 5 else 0.75
    if is_small_noun(run[0], passage, other):
        return 0.75
    noun = run[0].text[0].isupper() and base_language(other.language) == "de"
    return 0.75 if noun and is_noun(run[0], passage, other) else 0.45


def _stray(
    run: list[Token], passage: Passage, other: Passage, confidence: float, odd: str | None
) -> Finding:
    start, end = run[0].start, run[-1].end
    shown = passage.text[start:end]
    message = f"{shown!r} in {passage.version} is left in {other.language!r}"
    places = {passage.version: ((start, end),), other.version: ()}
    evidence = {"words": shown}
    return Finding(places, message, confidence, shown, "minor", evidence, odd=odd)


@lru_cache(maxsize=512)
def _strange_words(text: str, language: str) -> tuple[Token, ...]:
    """Return the words of three letters and more that are not everyday ones."""
    items = _unquoted(text)
    return tuple([items[i] for i in marked(items, _strange(language).__getitem__)])


@lru_cache(maxsize=32)
def _strange(language: str) -> Known[bool]:
    return Known(lambda w: len(w) > _SHORT and w[0].isalpha() and not is_everyday(w, language))


@lru_cache(maxsize=512)
def _unquoted(text: str) -> tuple[Token, ...]:
    """Return the tokens outside addresses, and outside short quotations, which may be titles."""
    shown = without_addresses(text)
    if not _QUOTED.search(shown):
        return tokens(shown)
    found: list[Token] = []
    inside: list[Token] | None = None
    for token in tokens(shown):
        if token.text in _OPENING:
            if inside is not None and len(inside) > _TITLE:
                found += inside
            inside = [] if inside is None else None
        elif inside is not None:
            inside.append(token)
        else:
            found.append(token)
    return tuple(found + (inside or []))
