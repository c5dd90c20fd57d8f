"""Terminology: one term of the text that a version calls by different names."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._lexicon import function_words
from aligner.checks._registry import check, document_check
from aligner.checks._spelling import fold
from aligner.checks._text import Token, tokens, vocabulary
from aligner.checks._values import BeadView, DocumentView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_STEM, _COGNATE = 6, 4  # letters
_FEWEST_ROWS, _MOST_ROWS = 3, 12  # of a text; with a term of it


@document_check("D504", "terminology", "minor")
def term_drift(view: DocumentView) -> Iterator[tuple[int, Finding]]:
    """A name of the text is translated differently in different places.

    The other versions must be constant where one is not, so this needs three. Not flagged:
    everyday words, names that stand in one passage only.
    """
    rows = {
        bead: row
        for bead, row in enumerate(view.passages)
        if len(row) > 2 and all(passage.text.strip() for passage in row)
    }
    if len(rows) < _FEWEST_ROWS:
        return
    stems = _Stems(rows)
    seen: set[tuple[int, int]] = set()
    for version, passage in enumerate(next(iter(rows.values()))):
        if base_language(passage.language) == "de":  # all nouns have a capital there
            continue
        for term, places in _terms(rows, version).items():
            *_, last = places
            for drifting in stems.drifting(term, version, list(places)):
                if (drifting, last) not in seen:
                    seen.add((drifting, last))
                    yield last, _finding(rows[last], version, drifting, term, places)


def _terms(rows: Mapping[int, Sequence[Passage]], version: int) -> dict[str, dict[int, Token]]:
    """Return the names of two words and more that stand in several rows, with their last words."""
    found: dict[str, dict[int, Token]] = defaultdict(dict)
    for bead, row in rows.items():
        for run in _runs(tokens(row[version].text)):
            if len(run) > 1 and len(run[-1].low) > 3:
                found[f"{run[-2].low} {run[-1].low}"].setdefault(bead, run[-1])
    return {term: places for term, places in found.items() if 2 <= len(places) <= _MOST_ROWS}


def _runs(items: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the words with a capital that follow each other, as far as they go."""
    for is_capital, run in groupby(items, lambda token: token.is_word and token.text[0].isupper()):
        if is_capital:
            yield list(run)


class _Stems:
    """The stems of the words of each row, by version."""

    def __init__(self, rows: Mapping[int, Sequence[Passage]]) -> None:
        self._rows = {bead: [_stems(passage) for passage in row] for bead, row in rows.items()}
        by_version = zip(*self._rows.values(), strict=True)
        self._often = [Counter(stem for stems in found for stem in stems) for found in by_version]

    def drifting(self, term: str, version: int, beads: Sequence[int]) -> Iterator[int]:
        """Yield the versions that alone have no word in common in all *beads* with a term."""
        others = [other for other in range(len(self._often)) if other != version]
        kept = {other for other in others if self._keeps(other, beads)}
        for other in others:
            if kept == {*others} - {other} and not self._has_cognate(term, other, beads):
                yield other

    def _keeps(self, version: int, beads: Sequence[int]) -> bool:
        """Whether a word stands in all these beads of *version*, and not in most of the others."""
        others, often = len(self._rows) - len(beads), self._often[version]
        return any(
            2 * (often[stem] - len(beads)) < max(others, 1) for stem in self._common(version, beads)
        )

    def _has_cognate(self, term: str, version: int, beads: Sequence[int]) -> bool:
        """Whether all these beads of *version* have a word that is spelled like one of the term.

        Or one has them all: a name that is not translated, in whose place a pronoun may stand.
        """
        heads = tuple(fold(word)[:_COGNATE] for word in term.split())
        whole = any(
            all(any(stem.startswith(head) for stem in self._rows[bead][version]) for head in heads)
            for bead in beads
        )
        return whole or any(stem.startswith(heads) for stem in self._common(version, beads))

    def _common(self, version: int, beads: Sequence[int]) -> frozenset[str]:
        return frozenset.intersection(*(self._rows[bead][version] for bead in beads))


def _stems(passage: Passage) -> frozenset[str]:
    function = function_words(passage.language)
    words = vocabulary(passage.text)
    return frozenset([fold(low)[:_STEM] for low in words if len(low) > 3 and low not in function])


def _finding(
    row: Sequence[Passage], version: int, drifting: int, term: str, places: Mapping[int, Token]
) -> Finding:
    passage, other = row[version], row[drifting]
    *_, last = places.values()
    start = passage.text.rfind(passage.text[: last.start].split()[-1], 0, last.start)
    shown = passage.text[start : last.end]
    message = f"{shown!r} ({passage.version}) is not always the same in {other.version}"
    evidence = {"term": shown, "passages": list(places)}
    where = {passage.version: ((start, last.end),), other.version: ()}
    return Finding(where, message, 0.6, term, evidence=evidence, odd=other.version)


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
        where = {passage.version: (second.place,), other.version: ()}
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
