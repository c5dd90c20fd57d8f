"""Terminology: one term of the text that a version calls by different names."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner._tags import base_language

from ._lexicon import function_words
from ._registry import BeadView, DocumentView, Finding, Passage, check, document_check
from ._spelling import fold
from ._text import Token, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEM, _COGNATE = 6, 4


@document_check("D504", "terminology", "minor")
def term_drift(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A name of the text is translated differently in different places.

    Two versions must be constant where the third is not, so this needs three. Not flagged:
    everyday words, names that stand in one passage only.
    """
    rows = [row for row in view.passages if len(row) > 2 and all(p.text.strip() for p in row)]
    indices = [
        i for i, r in enumerate(view.passages) if len(r) > 2 and all(p.text.strip() for p in r)
    ]
    if len(rows) < 3:
        return
    stems = [[_stems(passage) for passage in row] for row in rows]
    often = [Counter(s for row in stems for s in row[v]) for v in range(len(rows[0]))]
    seen: set[tuple[int, int]] = set()
    for version, language in enumerate(p.language for p in rows[0]):
        if base_language(language) == "de":
            continue
        for term, places in _terms(rows, version).items():
            beads = [place for place, _ in places]
            for other in range(len(rows[0])):
                if other == version or (other, beads[-1]) in seen:
                    continue
                third = 3 - version - other
                if _is_cognate(stems, term, other, beads):
                    continue
                if _keeps(stems, often, third, beads) and not _keeps(stems, often, other, beads):
                    seen.add((other, beads[-1]))
                    yield indices[beads[-1]], _finding(rows, version, other, term, places)


def _terms(rows: list[tuple[Passage, ...]], version: int) -> dict[str, list[tuple[int, Token]]]:
    """Return the names of two words and more that stand in several rows, with their last word."""
    found: dict[str, dict[int, Token]] = defaultdict(dict)
    for index, row in enumerate(rows):
        for run in _runs(tokens(row[version].text)):
            if len(run) > 1 and len(run[-1].low) > 3:
                found[f"{run[-2].low} {run[-1].low}"].setdefault(index, run[-1])
    return {term: sorted(p.items()) for term, p in found.items() if 2 <= len(p) <= 12}


def _runs(items: tuple[Token, ...]) -> Iterator[list[Token]]:
    """Yield the words with a capital that follow each other, as far as they go."""
    run: list[Token] = []
    for token in items:
        if token.text[0].isupper() and token.is_word:
            run.append(token)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_cognate(
    stems: list[list[frozenset[str]]], term: str, version: int, beads: list[int]
) -> bool:
    """Whether all these beads of *version* have a word that is spelled like one of the term.

    Or one has them all: a name that is not translated, in whose place a pronoun may stand.
    """
    common = frozenset.intersection(*(stems[bead][version] for bead in beads))
    heads = tuple(fold(word)[:_COGNATE] for word in term.split())
    whole = any(
        all(any(stem.startswith(head) for stem in stems[bead][version]) for head in heads)
        for bead in beads
    )
    return whole or any(stem.startswith(heads) for stem in common)


def _keeps(
    stems: list[list[frozenset[str]]], often: list[Counter[str]], version: int, beads: list[int]
) -> bool:
    """Whether a word stands in all these beads of *version*, and not in most of the others."""
    common = frozenset.intersection(*(stems[bead][version] for bead in beads))
    others = len(stems) - len(beads)
    return any(2 * (often[version][stem] - len(beads)) < max(others, 1) for stem in common)


def _stems(passage: Passage) -> frozenset[str]:
    function = function_words(passage.language)
    words = vocabulary(passage.text)
    return frozenset([fold(low)[:_STEM] for low in words if len(low) > 3 and low not in function])


def _finding(
    rows: list[tuple[Passage, ...]],
    version: int,
    other: int,
    term: str,
    places: list[tuple[int, Token]],
) -> Finding:
    index, last = places[-1]
    passage, drifting = rows[index][version], rows[index][other]
    start = passage.text.rfind(passage.text[: last.start].split()[-1], 0, last.start)
    shown = passage.text[start : last.end]
    message = f"{shown!r} ({passage.version}) is not always the same in {drifting.version}"
    evidence = {"term": shown, "passages": [i for i, _ in places]}
    where = {passage.version: ((start, last.end),), drifting.version: ()}
    return Finding(where, message, 0.6, term, evidence=evidence, odd=drifting.version)


@check("D505", "terminology", "minor", default=False)
def term_changed(bead: BeadView) -> Iterator[Finding]:
    """A word that other versions repeat is two different words here.

    Needs three versions, two of which repeat it. Not flagged: pronouns in its place, versions
    that repeat another word.
    """
    if len(bead.passages) < 3:
        return
    for passage, other in bead.both_ways:
        third = bead.third
        ours = _repeated(passage.text, passage.language)
        theirs = _repeated(other.text, other.language)
        if len(ours) != 1 or theirs or len(_repeated(third[0].text, third[0].language)) != 1:
            continue
        if _content(other) < _content(third[0]):
            continue
        (first, second), *_ = ours.values()
        shown = passage.text[second.start : second.end]
        message = f"{shown!r} stands twice in {passage.version}, as two words in {other.version}"
        where = {passage.version: ((second.start, second.end),), other.version: ()}
        yield Finding(where, message, 0.4, "term", evidence={"term": first.text})


def _content(passage: Passage) -> int:
    """Return how many nouns and the like the passage has, to tell a pronoun from a synonym."""
    function = function_words(passage.language)
    return sum(len(t.low) > 3 and t.low not in function for t in tokens(passage.text))


@lru_cache(maxsize=512)
def _repeated(text: str, language: str) -> dict[str, tuple[Token, Token]]:
    """Return content words that stand exactly twice, by stem."""
    function = function_words(language)
    seen: dict[str, list[Token]] = {}
    for token in tokens(text):
        if len(token.low) > 5 and token.is_word and token.low not in function:
            seen.setdefault(fold(token.low)[:_STEM], []).append(token)
    return {stem: (found[0], found[1]) for stem, found in seen.items() if len(found) == 2}
