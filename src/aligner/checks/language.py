"""Language: passages and words left untranslated, passages in a wrong language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner._types import UNKNOWN_LANGUAGE
from aligner.checks._everyday import is_word
from aligner.checks._foreign import foreign_language, without_addresses
from aligner.checks._lexicon import own_grammar
from aligner.checks._registry import check
from aligner.checks._stray import stray_words
from aligner.checks._text import vocabulary, words
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SEVERAL = 3  # words
_GRAMMAR = 2  # function words that one language alone has
_MOST = 0.8  # of the letters of a passage
_MARKS = ".,:;!?()\"'"


@check("D501", "untranslated", "major", needs_lexicon=False, first=True)
def untranslated(bead: BeadView) -> Iterator[Finding]:
    """A passage or word stands in the language of the other version.

    Not flagged: names, quotations, loanwords that the language has, codes, addresses.
    """
    for passage, other in bead.both_ways:
        if passage.language == other.language:
            continue
        language = foreign_language(passage.text, passage.language, _rivals(bead))
        language = language or _original(passage, bead, _is_left_as_it_was)
        strays = [] if language or passage.shouted else [*stray_words(bead, passage, other)]
        if any(_is_most(stray, passage) for stray in strays):
            language = other.language
        language = language or _original(passage, bead, _speaks_as)
        if language and _is_copy(passage, bead):
            yield _whole(bead, passage, language, f"{passage.version} is not translated", 0.97)
        else:
            yield from strays


@check("D502", "wrong_language", "major", needs_lexicon=False, first=True)
def wrong_language(bead: BeadView) -> Iterator[Finding]:
    """A passage is in another language than its version.

    Not flagged: copies of another version (they are untranslated), names, fewer than three words.
    """
    for passage in (bead.source, bead.target):
        foreign = foreign_language(passage.text, passage.language, _rivals(bead))
        if foreign and not _is_copy(passage, bead):
            shown = "another script" if foreign == UNKNOWN_LANGUAGE else repr(foreign)
            message = f"{passage.version} is in {shown}, not in {passage.language!r}"
            yield _whole(bead, passage, foreign, message, 0.93)


def _whole(
    bead: BeadView, passage: Passage, language: str, message: str, confidence: float
) -> Finding:
    """Return the finding that all of a passage is in another *language* than its version."""
    places = {p.version: (p.whole,) if p is passage else () for p in (bead.source, bead.target)}
    return Finding(
        places,
        message,
        confidence,
        passage.version,
        evidence={} if language == UNKNOWN_LANGUAGE else {"left_in": language},
        ends=True,
        odd=passage.version if len(bead.passages) > 2 else None,
    )


def _original(passage: Passage, bead: BeadView, is_from: Callable[[Passage, Passage], bool]) -> str:
    """Return the language of the first version that a passage is taken from, none if there is none.

    That of a third version counts as well: what is left in English says nothing of the German.
    """
    others = (p for p in bead.passages if p.language != passage.language)
    return next((other.language for other in others if is_from(passage, other)), "")


def _rivals(bead: BeadView) -> tuple[str, ...]:
    return tuple(sorted({passage.language for passage in bead.passages}))


def _speaks_as(passage: Passage, other: Passage) -> bool:
    """Whether all the grammar of a sentence is that of the language of *other*, its original.

    The lists of everyday words hold the English ones that Swedish pages are full of.
    """
    said = vocabulary(passage.text)
    theirs = own_grammar(other.language, passage.language)
    ours = own_grammar(passage.language, other.language)
    if len(said & theirs) < _GRAMMAR or not ours.isdisjoint(said) or not ours:
        return False
    items = words(passage.text)
    return 2 * sum(token.text[0].islower() for token in items) > len(items)


def _is_most(finding: Finding, passage: Passage) -> bool:
    """Whether *finding* marks nearly all that a passage of several words says."""
    marked = sum(end - start for start, end in finding.places[passage.version])
    return len(passage.text.split()) >= _SEVERAL and marked >= _MOST * len(passage.text)


def _is_copy(passage: Passage, bead: BeadView) -> bool:
    """Whether another version has (nearly) the same words."""
    ours = {token.low for token in words(passage.text)}
    for other in bead.passages:
        if other.version != passage.version and other.language != passage.language:
            theirs = {token.low for token in words(other.text)}
            if len(ours & theirs) >= 0.7 * max(len(ours), len(theirs)):
                return True
    return False


def _is_left_as_it_was(passage: Passage, other: Passage) -> bool:
    """Whether a text too short to tell its language is the other's to the letter.

    Words that are tied together (``apt-file``) are a name.
    """
    if passage.text.strip() != other.text.strip():
        return False
    if sum(part.strip(_MARKS).isalpha() for part in passage.text.split()) < 2:
        return False
    items = words(without_addresses(passage.text))
    low = [t.low for t in items if t.text[0].islower() and len(t.low) > 1]
    own = sum(is_word(word, passage.language) for word in low)
    return len(low) > 1 and 2 * own <= len(low) and all(is_word(w, other.language) for w in low)
