"""Order: names that change their places."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ._lexicon import lexicon
from ._registry import BeadView, Finding, Passage, check
from ._spelling import fold
from ._text import NOWHERE, Token, capital_places, tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

_FROM = {
    "en": frozenset({"from"}),
    "de": frozenset({"von", "aus"}),
    "sv": frozenset({"från"}),
}
_FEWEST = 3
_JOINING = frozenset({",", "and", "und", "och", "&"})
_TO = {
    "en": frozenset({"to"}),
    "de": frozenset({"nach", "bis"}),
    "sv": frozenset({"till"}),
}


@check("D105", "order", "major")
def changed_order(bead: BeadView) -> Iterator[Finding]:
    """Names stand in another order, or start and goal are exchanged.

    Not flagged: word order that the grammar of a language asks for: fewer than three names in a
    row, unless ``from`` and ``to`` or ``first`` and ``then`` tell them apart.
    """
    source, target = bead.source, bead.target
    yield from _exchanged(source, target)
    yield from _steps_exchanged(source, target)
    if min(len(capital_places(p.text)) for p in (source, target)) < _FEWEST:
        return
    ours, theirs = _listed(source.text), _listed(target.text)
    common = [name for name in ours if ours.count(name) == theirs.count(name) == 1]
    if len(common) >= _FEWEST and sorted(common, key=theirs.index) != common:
        places = {p.version: (_extent(p, common),) for p in (source, target)}
        message = f"the names stand in another order in {source.version} and {target.version}"
        yield Finding(places, message, 0.7, "order")


def _extent(passage: Passage, names: list[str]) -> tuple[int, int]:
    spots = [token for token in tokens(passage.text) if fold(token.low) in names]
    return spots[0].start, spots[-1].end


@lru_cache(maxsize=512)
def _listed(text: str) -> list[str]:
    """Return the names of the longest plain list (``A, B and C``) of *text*.

    Of several words in a row, as of a person, the last.
    """
    best: list[Token] = []
    run: list[Token] = []
    for before, token in pairwise((NOWHERE, *tokens(text))):
        if token.text[0].isupper():
            run = [*(run[:-1] if before.text[0].isupper() else run), token]
        elif run and token.low not in _JOINING:
            best, run = max(best, run, key=len), []
    return [fold(token.low) for token in max(best, run, key=len)]


def _exchanged(source: Passage, target: Passage) -> Iterator[Finding]:
    ours = _ends(source.text, source.language)
    theirs = _ends(target.text, target.language) if ours else None
    if not (ours and theirs):
        return
    if fold(ours[0]) == fold(theirs[1]) and fold(ours[1]) == fold(theirs[0]):
        places = {
            p.version: (_extent(p, [fold(ours[0]), fold(ours[1])]),) for p in (source, target)
        }
        message = (
            f"from {ours[0]} to {ours[1]} ({source.version}), the other way ({target.version})"
        )
        yield Finding(places, message, 0.85, "order")


def _steps_exchanged(source: Passage, target: Passage) -> Iterator[Finding]:
    """Yield two steps that stand the other way round: ``first in A, then in B``."""
    ours = _steps(source)
    theirs = _steps(target) if ours else None
    if not (ours and theirs):
        return
    first, second = ours[0] & theirs[1], ours[1] & theirs[0]
    if first - ours[1] - theirs[0] and second - ours[0] - theirs[1]:
        names = sorted(first | second)
        places = {p.version: (_extent(p, names),) for p in (source, target)}
        message = f"first and then are exchanged in {source.version} and {target.version}"
        yield Finding(places, message, 0.8, "order")


def _steps(passage: Passage) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the names between ``first`` and ``then``, and those after."""
    known = lexicon(passage.language)
    if known is None:
        return None
    firsts, thens = known.words("sequence", "first"), known.words("sequence", "then")
    there = vocabulary(passage.text)
    if firsts.isdisjoint(there) or thens.isdisjoint(there):
        return None
    items = tokens(passage.text)
    low = [token.low for token in items]
    first = next(i for i, word in enumerate(low) if word in firsts)
    then = next((i for i, word in enumerate(low) if i > first and word in thens), -1)
    if then < 0:
        return None
    return _names(items[first + 1 : then]), _names(items[then + 1 :])


def _names(items: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(fold(t.low) for t in items if t.text[0].isupper() and len(t.low) > 2)


@lru_cache(maxsize=512)
def _ends(text: str, language: str) -> tuple[str, str] | None:
    """Return the names after ``from`` and ``to``."""
    base, there = language.split("-")[0], vocabulary(text)
    sources, goals = _FROM.get(base, frozenset()), _TO.get(base, frozenset())
    if sources.isdisjoint(there) or goals.isdisjoint(there):
        return None
    start = goal = ""
    for token, after in pairwise(tokens(text)):
        if after.text[0].isupper() and len(after.low) > 2:
            if token.low in sources:
                start = after.low
            elif token.low in goals:
                goal = after.low
    return (start, goal) if start and goal else None
