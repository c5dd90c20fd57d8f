"""Places, peoples and languages that one version names and another does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.checks._gazetteer import home_line, is_the_place, loose_lines, places
from aligner.checks._initials import acronym_like
from aligner.checks._institutions import is_called
from aligner.checks._lexicon import lexicon
from aligner.checks._measures import dimension
from aligner.checks._sides import Sides
from aligner.checks._spelling import fold, folded_text
from aligner.checks._text import at, tokens
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from aligner.checks._place import Place

_SHORT = 3  # letters of an acronym that holds no name of a place


def places_differ(bead: BeadView) -> Iterator[Finding]:
    """Yield a place that is another in the other version, or that only one of them names."""
    source, target = bead.source, bead.target
    ours, theirs = _by_line(source), _by_line(target)
    if ours.keys() == theirs.keys():
        return
    third = [_by_line(p) for p in bead.third]
    loose = {line for line in loose_lines() if not any(line in spots for spots in third)}
    if not third and loose & (ours.keys() ^ theirs.keys()):
        return
    only = _missed(ours, theirs.keys() | loose, source, target)
    others = _missed(theirs, ours.keys() | loose, target, source)
    if not (only and others):
        only, others = _abroad(only, source, target), _abroad(others, target, source)
    if len(only) == len(others) == 1:
        [(line, spot)], [partner] = only.items(), others.values()
        yield _finding(bead, source, target, spot, partner, line)
        return
    for line, spot in only.items():
        yield _finding(bead, source, target, spot, None, line)
    for line, spot in others.items():
        yield _finding(bead, target, source, spot, None, line)


def _missed(
    spots: dict[int, Place], known: Set[int], passage: Passage, other: Passage
) -> dict[int, Place]:
    """Return the places of *passage* of no *known* line that *other* has in no way."""
    return {
        line: spot
        for line, spot in spots.items()
        if line not in known
        and not _is_native(passage, spot, other)
        and not is_called(passage, spot, other)
    }


def _abroad(spots: dict[int, Place], passage: Passage, other: Passage) -> dict[int, Place]:
    """Leave out that something is of the country whose language the other version is in.

    The ``Royal Swedish Academy`` is just the royal one at home. Nor is money called by its country
    where none other has it: ``Swiss francs`` are ``Franken``.
    """
    home = home_line(other.language)
    return {
        k: v
        for k, v in spots.items()
        if (k != home or is_the_place(passage, v)) and not _is_money(passage, v)
    }


def _is_money(passage: Passage, spot: Place) -> bool:
    """Whether a place only tells whose money it is, in one word or in two."""
    items = tokens(passage.text)
    place = next(k for k, token in enumerate(items) if token.start == spot[0])
    known = lexicon(passage.language)
    near = (at(items, k).low for k in (place, place + 1))
    return known is not None and any(
        dimension(known.stems("units").get(low)) == "currency" for low in near
    )


def _is_native(passage: Passage, spot: Place, other: Passage) -> bool:
    """Whether the other version keeps the name, or alone has an acronym that may hold it."""
    own = {token.low for token in tokens(passage.text)}
    acronyms = (t for t in tokens(other.text) if acronym_like(t.text) and t.low not in own)
    if any(len(token.text) > _SHORT for token in acronyms):
        return True
    shown = passage.text[slice(*spot)]
    return fold(shown.lower()).removesuffix("n") in folded_text(other.text)[0]


def _finding(
    bead: BeadView,
    passage: Passage,
    other: Passage,
    spot: Place,
    partner: Place | None,
    line: int,
) -> Finding:
    """Return what is told of a place, and of its *partner*, named instead of it."""
    sides = Sides(passage, spot, other, partner)
    quoted = ", ".join(sides.quoted)
    message = f"place {quoted} is not named in {other.version}"
    if partner:
        message = f"place differs: {quoted}"
    third = bead.third
    confidence = 0.55 if is_the_place(passage, spot) else 0.4
    if partner:
        confidence = 0.8
    elif third:
        confidence = 0.65 if any(line in _by_line(p) for p in third) else 0.2
    return Finding(sides.places, message, confidence, f"place:{line}")


def _by_line(passage: Passage) -> dict[int, Place]:
    return {p.line: (p.start, p.end) for p in places(passage.text, passage.language)}
