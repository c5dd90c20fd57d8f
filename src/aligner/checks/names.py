"""Names: people, places, organisations, acronyms."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.checks._everyday import has_words, is_everyday, is_name
from aligner.checks._institutions import is_called
from aligner.checks._name_findings import name_finding
from aligner.checks._named_places import places_differ
from aligner.checks._names import Name, is_in, names
from aligner.checks._neighbours import beside, is_compounded, place_of
from aligner.checks._registry import check
from aligner.checks._repeated_names import named_again
from aligner.checks._sides import Sides
from aligner.checks._spelling import distance
from aligner.checks._text import at, tokens
from aligner.checks._values import BeadView, Finding, Passage
from aligner.checks._voted_names import near_misses, voted_out

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYING = frozenset({" ", "\u00a0", "-"})
_MIDDLE = re.compile(r"(?<=\w )([A-Z])\. (\w{3,})")


@check("D301", "name", "major", needs_capitals=True)
def name_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A name of one version is missing or another in the other version.

    Not flagged: spellings of one name (``Tchaikovsky``, ``Tschaikowski``), exonyms and
    nationalities, acronyms spelled out, capitalised everyday words.
    """
    source, target = bead.source, bead.target
    if not (has_words(source.language) and has_words(target.language)):
        return
    yield from places_differ(bead)
    yield from _middle_initials(source, target)
    yield from voted_out(bead)
    yield from near_misses(bead)
    yield from _named_once(bead)
    left, rest = (_in_runs(_unmatched(*way), way[0].text) for way in bead.both_ways)
    for run in left:
        partner = next((other for other in rest if other[0].acronym == run[0].acronym), None)
        if partner:
            rest.remove(partner)
            pairs = product(run, partner)
            sure = max(_exchanged(bead, source, target, one, other) for one, other in pairs)
        else:
            sure = max(_alone(bead, source, target, name) for name in run)
        yield name_finding(source, target, run, partner, sure)
    for run in rest:
        sure = max(_alone(bead, target, source, name) for name in run)
        yield name_finding(target, source, run, None, sure)


def _named_once(bead: BeadView) -> Iterator[Finding]:
    """Yield names that one version has twice and the other once."""
    for passage, other in bead.both_ways:
        for start, end in named_again(passage, [other, *bead.third]):
            sides = Sides(passage, (start, end), other)
            message = f"{other.version} names {sides.against} fewer times"
            key = f"again:{passage.text[start:end]}"
            yield Finding(sides.places, message, 0.65 if bead.third else 0.55, key)


def _exchanged(
    bead: BeadView, passage: Passage, other: Passage, name: Name, partner: Name
) -> float:
    """Return how much it means that *other* has *partner* in the place of a name."""
    alone = _alone(bead, passage, other, name)
    if not _is_told(partner, other):
        return alone
    return max(alone, 0.55 if name.acronym and not _slip(name, partner) else 0.8)


def _alone(bead: BeadView, passage: Passage, other: Passage, name: Name) -> float:
    """Return how much a name means that *other* lacks: much if a third version has it too.

    An acronym without a name in its place may be spelled out.
    """
    third = bead.third
    if any(is_in(name, p) for p in third):
        spelled = name.acronym and not _unmatched(other, passage)
        shortened = beside(name.start, passage, other) == "shortened"
        return 0.25 if spelled or shortened else 0.75
    if third:
        return 0.55 if beside(name.start, passage, other) == "replaced" else 0.2
    if name.acronym:
        several = name.text.endswith("s")  # ``MPs``, ``ETFs``: what they stand for is no name
        return 0.5 if base_language(passage.language) == "en" and not several else 0.35
    return 0.6 if name.sure or base_language(passage.language) == "en" else 0.35


def _is_told(name: Name, passage: Passage) -> bool:
    """Whether the word is a name rather than a German noun."""
    return name.sure or name.acronym or base_language(passage.language) != "de"


def _slip(name: Name, other: Name) -> bool:
    """Whether two acronyms differ in one letter."""
    return min(len(name.text), len(other.text)) > 2 and distance(name.text, other.text) == 1


def _middle_initials(source: Passage, target: Passage) -> Iterator[Finding]:
    """Yield people whose middle initial is another one: ``John F.`` against ``John K. Kennedy``."""
    theirs = {match[2].rstrip("s"): match for match in _MIDDLE.finditer(target.text)}
    for match in _MIDDLE.finditer(source.text):
        name = match[2].rstrip("s")
        rival = theirs.get(name)
        if rival and rival[1] != match[1]:
            places = {source.version: (match.span(1),), target.version: (rival.span(1),)}
            message = (
                f"initial differs: {match[0]!r} ({source.version}), {rival[0]!r} ({target.version})"
            )
            yield Finding(places, message, 0.85, name)


def _unmatched(passage: Passage, other: Passage) -> list[Name]:
    """Return the names of *passage* that nothing in *other* looks like."""
    return [
        name
        for name in names(passage.text, passage.language, passage.names)
        if not (
            is_in(name, other)
            or is_compounded(name.start, passage, other)
            or _is_borrowed(name, passage, other)
            or is_called(passage, name.place, other)
        )
    ]


def _in_runs(found: list[Name], text: str) -> list[list[Name]]:
    """Return names with those that stand beside them: ``San Francisco`` is one."""
    runs: list[list[Name]] = []
    for name in found:
        last = runs[-1][-1] if runs else None
        between = text[last.end : name.start] if last else ""
        if last and between in _TYING and not (last.acronym or name.acronym):
            runs[-1].append(name)
        else:
            runs.append([name])
    return runs


def _is_borrowed(name: Name, passage: Passage, other: Passage) -> bool:
    """Whether it is an English title (``News Agency``) that neither language has as its own."""
    if any(base_language(p.language) == "en" for p in (passage, other)):
        return False
    items = tokens(passage.text)
    place = place_of(name.start, items)
    near = at(items, place - 1), at(items, place + 1)
    return _is_english(items[place].low) and any(
        token.text[0].isupper() and _is_english(token.low) for token in near
    )


def _is_english(low: str) -> bool:
    word = low.removesuffix("s")
    return is_everyday(word, "en") and not is_name(word)
