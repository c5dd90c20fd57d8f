"""Order: what changes its place in a list, in a sequence of steps, between start and goal."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.checks._company import linked_words
from aligner.checks._lexicon import content_words, lexicon, listed
from aligner.checks._registry import check
from aligner.checks._spelling import fold
from aligner.checks._text import NOWHERE, Token, capital_places, tokens, vocabulary
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

_FEWEST = 3  # names or members that have an order
_JOINING, _BREAKS = frozenset(",&"), frozenset(".;:")
_MEMBER, _LINKED = 4, 0.3  # most words of a member of a list; the least link of two


@check("D105", "order", "major")
def changed_order(bead: BeadView) -> Iterator[Finding]:
    """Names or things stand in another order, or start and goal are exchanged.

    Not flagged: word order that the grammar of a language asks for: fewer than three names or
    things in a row, unless ``from`` and ``to`` or ``first`` and ``then`` tell them apart.
    """
    source, target = bead.source, bead.target
    yield from _exchanged(source, target)
    yield from _steps_exchanged(bead)
    names = list(_reordered(source, target))
    yield from names or _resorted(bead)


def _reordered(source: Passage, target: Passage) -> Iterator[Finding]:
    """Yield a list of names that both versions have, in another order."""
    if min(len(capital_places(p.text)) for p in (source, target)) < _FEWEST:
        return
    ours, theirs = (_listed(p.text, p.language) for p in (source, target))
    common = [name for name in ours if ours.count(name) == theirs.count(name) == 1]
    if len(common) >= _FEWEST and sorted(common, key=theirs.index) != common:
        places = {p.version: (_extent(p, common),) for p in (source, target)}
        message = f"the names stand in another order in {source.version} and {target.version}"
        yield Finding(places, message, 0.7, "order")


def _extent(passage: Passage, names: list[str]) -> tuple[int, int]:
    spots = [token for token in tokens(passage.text) if fold(token.low) in names]
    return spots[0].start, spots[-1].end


@lru_cache(maxsize=512)
def _listed(text: str, language: str) -> list[str]:
    """Return the names of the longest plain list (``A, B and C``) of *text*.

    Of several words in a row, as of a person, the last.
    """
    joining = _joining(language)
    best: list[Token] = []
    run: list[Token] = []
    for before, token in pairwise((NOWHERE, *tokens(text))):
        if token.text[0].isupper():
            run = [*(run[:-1] if before.text[0].isupper() else run), token]
        elif run and token.low not in joining:
            best, run = max(best, run, key=len), []
    return [fold(token.low) for token in max(best, run, key=len)]


def _exchanged(source: Passage, target: Passage) -> Iterator[Finding]:
    """Yield that start and goal are exchanged: from A to B against from B to A."""
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


def _resorted(bead: BeadView) -> Iterator[Finding]:
    """Yield a list of as many things, each of which is in both, that is sorted otherwise."""
    ours = _things(bead.source)
    theirs = _things(bead.target) if ours else ()
    if not ours or len(ours) != len(theirs):
        return
    links = linked_words(bead)
    table = [[links.get((one.start, other.start), 0.0) for other in theirs] for one in ours]
    order = [max(range(len(row)), key=row.__getitem__) for row in table]
    sure = all(row[k] >= _LINKED for row, k in zip(table, order, strict=True))
    if sure and sorted(order) == list(range(len(order))) != order:
        sides = ((bead.source, ours), (bead.target, theirs))
        places = {p.version: ((items[0].start, items[-1].end),) for p, items in sides}
        versions = f"{bead.source.version} and {bead.target.version}"
        message = f"the list is in another order in {versions}"
        yield Finding(places, message, 0.7, "order", severity="minor")


@lru_cache(maxsize=512)
def _things(passage: Passage) -> tuple[Token, ...]:
    """Return a word of each member of a list: of ``warnings, heavy fines and bans`` the nouns.

    Nothing where there are two lists.
    """
    items, language = tokens(passage.text), passage.language
    joining = _joining(language)
    lists: list[tuple[Token, ...]] = []
    marks: list[int] = []
    places = [i for i, token in enumerate(items) if token.low in joining]
    for mark, following in pairwise((*places, len(items))):
        if items[mark].low != ",":
            bounds = pairwise((max(marks[0] - _MEMBER, 0) if marks else 0, *marks, mark))
            inner = [content_words(items[one:other], language)[-1:] for one, other in bounds]
            last = content_words(items[mark + 1 : mark + 1 + _MEMBER], language)[:1]
            if len(marks) + 2 >= _FEWEST and all(inner) and last:
                lists.append((*(words[0] for words in inner), last[0]))
            marks = []
        elif following - mark > _MEMBER + 1:
            marks = []
        elif following > mark + 1:
            marks.append(mark)
    return lists[0] if len(lists) == 1 else ()


def _steps_exchanged(bead: BeadView) -> Iterator[Finding]:
    """Yield two steps that stand the other way round: ``first in A, then in B``."""
    ours = _steps(bead.source)
    theirs = _steps(bead.target) if ours else None
    if not (ours and theirs):
        return
    links = linked_words(bead)
    same, crossed = (
        sum(
            links.get((one.start, other.start), 0.0)
            for left, right in zip(ours, ends, strict=True)
            for one in left
            for other in right
        )
        for ends in (theirs, theirs[::-1])
    )
    if crossed > 2 * max(same, _LINKED):
        sides = ((bead.source, ours), (bead.target, theirs))
        places = {p.version: ((steps[0][0].start, steps[1][-1].end),) for p, steps in sides}
        versions = f"{bead.source.version} and {bead.target.version}"
        yield Finding(places, f"first and then are exchanged in {versions}", 0.8, "order")


def _steps(passage: Passage) -> tuple[list[Token], list[Token]] | None:
    """Return the content words of the clauses of ``first`` and of ``then``."""
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
    breaks = _BREAKS | _joining(passage.language)
    stops = [i for i, word in enumerate(low) if word in breaks]
    begin = max((i for i in stops if i < first), default=0)
    middle = max((i for i in stops if first < i < then), default=then)
    end = min((i for i in stops if i > then and low[i] in ".;"), default=len(items))
    first_step, then_step = (
        content_words(step, passage.language, firsts | thens)
        for step in (items[begin:middle], items[middle:end])
    )
    return (first_step, then_step) if first_step and then_step else None


def _joining(language: str) -> frozenset[str]:
    """Return what stands between the members of a list."""
    return _JOINING | listed(language, "joining", "and")


@lru_cache(maxsize=512)
def _ends(text: str, language: str) -> tuple[str, str] | None:
    """Return the names after ``from`` and ``to``."""
    there = vocabulary(text)
    sources, goals = (listed(language, "route", end) for end in ("from", "to"))
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
