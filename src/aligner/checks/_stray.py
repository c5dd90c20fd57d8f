"""Words and phrases that are left in the language of the other version."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._everyday import has_words, is_everyday, is_name, is_word
from aligner.checks._foreign import without_addresses
from aligner.checks._gazetteer import places
from aligner.checks._lexicon import function_words, lexicon, listed
from aligner.checks._numerals import weekday
from aligner.checks._text import NOWHERE, Known, Token, at, marked, tokens, vocabulary, words
from aligner.checks._values import Finding

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from aligner.checks._values import BeadView, Passage

_SURE_RUN, _JOINTS = 3, 2  # words of a run that tells by itself; those of grammar in a phrase
_SHORT, _NOUN = 2, 5  # letters of a word that says nothing, and of a noun that can be told
_TITLE = 6  # tokens of a quotation that may be a title
_PHRASE = 0.92
_OF = frozenset({"de", "von", "van", "af", "la", "di", "da"})
_OPENING = '“„»«"”'
_QUOTED = re.compile(f"[{_OPENING}]")
_ADJECTIVE = re.compile(r"\w{3}e[nrsm]?$")


def stray_words(bead: BeadView, passage: Passage, other: Passage) -> Iterator[Finding]:
    """Yield single words and runs of words that belong to the language of *other*."""
    if not (has_words(passage.language) and has_words(other.language)):
        return
    odd = passage.version if len(bead.passages) > 2 else None
    phrases = _foreign_phrases(passage, other)
    if phrases:
        yield from (_stray(phrase, passage, other, _PHRASE, odd) for phrase in phrases)
        return
    strange = _strange_words(passage.text, passage.language)
    suspects = [token for token in strange if _is_foreign(token, passage, other)]
    if not suspects:
        return
    items = (*_unquoted(passage.text), NOWHERE)
    theirs = {token.low for token in words(other.text)}
    third = {token.low for p in bead.third for token in words(p.text)}
    run: list[Token] = []
    for i, token in enumerate(items):
        stray = token in suspects and not _is_of_many(token.low, third)
        if stray and (run or not _among_capitals(items, i, passage.language)):
            run.append(token)
            continue
        if len(run) >= _SURE_RUN or any(_is_shared(t.low, theirs) for t in run):
            yield _stray(run, passage, other, _stray_confidence(run, passage, other), odd)
        run = []


def _is_of_many(low: str, third: Collection[str]) -> bool:
    """Whether a third version has a word as well, be it with an ending: ``Instrumente``."""
    return low in third or (len(low) >= _NOUN and any(word.startswith(low) for word in third))


def _foreign_phrases(passage: Passage, other: Passage) -> list[list[Token]]:
    """Return runs of words that are put together as *other* does it: ``the model of the plant``.

    Each word may be one of both languages; the grammar is of one. Names in capitals are none.
    """
    grammar = function_words(other.language) - function_words(passage.language)
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


def _is_shared(word: str, theirs: set[str]) -> bool:
    """Whether *word* stands in the other version too, with another ending or in a compound."""
    stem = word[:-2] if len(word) > 6 else word
    return word in theirs or (len(stem) > 4 and any(other.startswith(stem) for other in theirs))


def _among_capitals(items: Sequence[Token], place: int, language: str) -> bool:
    """Whether a word with a capital stands beside another, so that both may be a name."""
    if not items[place].text[0].isupper():
        return False
    reach = 2 if at(items, place - 1).low in _OF else 1
    beside = at(items, place - reach), at(items, place + 1)
    return any(t.text[0].isupper() and not is_everyday(t.low, language) for t in beside)


def _stray_confidence(run: list[Token], passage: Passage, other: Passage) -> float:
    """One word alone may be a loan, or a cognate that the word list lacks.

    The English list is the fullest; a German noun gives itself away by its capital.
    """
    if len(run) >= _SURE_RUN:
        return 0.92
    if len(run) > 1:
        return 0.8
    if base_language(passage.language) == "en":
        if _is_strange(run[0].low, passage, other) or _is_function(run[0].low, other.language):
            return 0.8
        if run[0].text[0].isupper():
            return 0.6 if _is_noun(run[0], passage, other) else 0.45
        return 0.85 if len(run[0].low) > 5 else 0.75
    if _is_small_noun(run[0], passage, other):
        return 0.75
    noun = run[0].text[0].isupper() and base_language(other.language) == "de"
    return 0.75 if noun and _is_noun(run[0], passage, other) else 0.45


def _is_noun(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word with a capital stands where nouns do and names mostly do not.

    There, after an article; here, after a word that is no preposition.
    """
    known, theirs = lexicon(passage.language), lexicon(other.language)
    if known is None or theirs is None:
        return True
    before = passage.text[: token.start].split()[-1:]
    bare = before and before[0].isalpha() and before[0].islower()
    if bare and before[0] not in known.words("names", "before"):
        return True
    articles, verbs = theirs.words("names", "articles"), theirs.words("names", "verbs")
    return any(
        _is_shared(token.low, {b.low})
        and (a.low in articles or (_ADJECTIVE.search(a.low) and a.low not in verbs))
        for a, b in pairwise(words(other.text))
    )


def _is_foreign(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word that is not everyday here is so there."""
    low = token.low
    if _is_strange(low, passage, other) or _is_small_noun(token, passage, other):
        return True
    if not _reads_foreign(low, passage.language, other.language):
        return False
    if _may_be_name(token, passage, other):
        return False
    # An ending of its own on a word that both have is none: ``piloten``, ``Pilot``.
    theirs = vocabulary(other.text)
    return low in theirs or theirs.isdisjoint(_stems(low, passage.language))


@lru_cache(maxsize=65536)
def _reads_foreign(low: str, language: str, other: str) -> bool:
    """Whether a word by itself is one of the *other* language and none of its own."""
    if low in listed(language, "homographs") or _is_unit(low, language):
        return False
    if len(low) < 4 and not _is_function(low, other):
        return False
    if is_word(low, language) or not is_everyday(low, other) or _is_calendar(low, language):
        return False
    return not any(len(stem) > 3 and is_everyday(stem, language) for stem in _stems(low, language))


def _stems(low: str, language: str) -> list[str]:
    """Return what a word may be without an ending of *language*."""
    endings = ("s",) if base_language(language) == "en" else ("s", "n", "en", "e", "er", "et", "t")
    return [low.removesuffix(end) for end in endings if low.endswith(end)]


def _is_strange(low: str, passage: Passage, other: Passage) -> bool:
    """Whether a word or the name of a place is spelled as the other language alone does it.

    A word with letters that this language does not have, or ``Kalifornien`` in English. One in
    small letters on both sides need not be in the word list: it is no name.
    """
    if low not in vocabulary(other.text):
        return False
    shown = low.capitalize()
    if places(shown, passage.language):
        return False
    if is_name(low):
        return bool(places(shown, other.language))
    known, theirs = lexicon(passage.language), lexicon(other.language)
    if known is None or theirs is None:
        return False
    foreign = set(theirs.data["letters"]["own"]) - set(known.data["letters"]["own"])
    if not foreign & set(low):
        return False
    small = [any(t.text == low for t in words(p.text)) for p in (passage, other)]
    german = base_language(other.language) == "de"  # where a capital tells of no name
    return all(small) or ((german or small[1]) and is_word(low, other.language))


def _is_small_noun(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word of the other version is a German noun without its capital: ``den storeroom``.

    After an article, with no ending of an adjective and no noun or adjective behind.
    """
    if base_language(passage.language) != "de" or not token.text.islower():
        return False
    if token.low in listed(passage.language, "homographs") or len(token.low) < _NOUN:
        return False
    shared = any(t.text == token.text for t in words(other.text))
    if not shared or is_word(token.low, "de") or _ADJECTIVE.search(token.low):
        return False
    items = tokens(passage.text)
    place = next(k for k, t in enumerate(items) if t.start == token.start)
    known, behind = lexicon("de"), at(items, place + 1)
    after = known is not None and at(items, place - 1).low in known.words("names", "articles")
    ends = not (behind.text[0].isupper() or behind.text == "-" or _ADJECTIVE.search(behind.low))
    return after and ends


def _may_be_name(token: Token, passage: Passage, other: Passage) -> bool:
    """Whether a word with a capital may be a name, and not a German noun left as it was."""
    if not token.text[0].isupper():
        return False
    german = base_language(other.language) == "de" and token.text[1:].islower()
    return not german or is_name(token.low) or _is_place(token.text, passage, other)


def _is_place(word: str, passage: Passage, other: Passage) -> bool:
    return bool(places(word, passage.language) or places(word, other.language))


def _is_function(word: str, language: str) -> bool:
    return word in function_words(language)


def _is_unit(low: str, language: str) -> bool:
    """Whether a word is a unit or a currency that the language has as well: ``kronor``."""
    known = lexicon(language)
    return known is not None and bool(known.stems("units").get(low))


def _is_calendar(word: str, language: str) -> bool:
    known = lexicon(language)
    months = known.numbers("months") if known else {}
    return word in months or weekday(word, language) is not None


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
