"""Dates and times by meaning: months, weekdays, days, decades, centuries, eras, times of day."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._lexicon import listed
from aligner.checks._matching import match
from aligner.checks._mismatch import Mismatch, finding, is_dated, mismatches
from aligner.checks._quantities import quantities
from aligner.checks._registry import check
from aligner.checks._text import whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner.checks._place import Place
    from aligner.checks._quantity import Quantity
    from aligner.checks._values import BeadView, Finding

_BETWEEN = re.compile(
    r"[\W_]*(?:(?:of|the|and|to|at|on|den|der|dem|am|um|und|bis|im|klockan|kl|och|till|i|år)[\W_]+)?"
)


_FOLLOWING = re.compile(r"[ \u00a0\u202f]?((?:[^\W\d_]\.){2}|[^\W\d_]+(?:['\u2019][^\W\d_]+)?)")


@check("D202", "date", "major")
def date_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A date or time differs between the versions.

    Day, month and year of one date are one finding. Not flagged: another order or spelling of the
    same date, ``1800-talet`` for the 19th century, ``halb zehn`` for half past nine, a weekday that
    one version alone mentions, a year for ``the following year``.
    """
    found = [one for one in mismatches(bead) if one.family == "date"]
    if not found:
        return
    groups: dict[tuple[Place | None, Place | None], list[Mismatch]] = {}
    for one in found:
        groups.setdefault(_whole(bead, one), []).append(one)
    for (left, right), parts in groups.items():
        whole = finding(bead, _joined(parts, left, right), "date")
        yield replace(whole, exact=_exact(bead, parts))


def _joined(parts: Sequence[Mismatch], left: Place | None, right: Place | None) -> Mismatch:
    """Return one mismatch of whole dates for those of their parts."""
    best = max(parts, key=lambda one: one.confidence)
    sample = next(q for q in (best.left, best.right) if q)
    ours = replace(sample, start=left[0], end=left[1]) if left else None
    theirs = replace(sample, start=right[0], end=right[1]) if right else None
    return Mismatch(ours, theirs, best.confidence)


def _exact(bead: BeadView, parts: Sequence[Mismatch]) -> dict[str, tuple[Place, ...]]:
    sides = ((one.left for one in parts), (one.right for one in parts))
    return {
        passage.version: tuple(q.place for q in side if q)
        for passage, side in zip((bead.source, bead.target), sides, strict=True)
    }


def _whole(bead: BeadView, one: Mismatch) -> tuple[Place | None, Place | None]:
    """Return the whole dates that the parts which differ belong to, on both sides."""
    source, target = bead.source, bead.target
    ours = _dates(source.text, source.language)
    theirs = _dates(target.text, target.language)
    left, right = _around(one.left, ours), _around(one.right, theirs)
    pairs = match(source.text, source.language, target.text, target.language).pairs
    if one.left and left and not right:
        right = _counterpart(one.left, left, pairs, theirs)
    elif one.right and right and not left:
        left = _counterpart(one.right, right, [pair[::-1] for pair in pairs], ours)
    return left, right


def _counterpart(
    part: Quantity,
    date: Place,
    pairs: Iterable[tuple[Quantity, Quantity]],
    others: Sequence[Place],
) -> Place | None:
    """Return the date of the other version that has what stands beside *part* in its own."""
    shared = [pair for pair in pairs if _is_within(pair[0], date) and is_dated(pair[1])]
    near = min(shared, key=lambda pair: abs(pair[0].start - part.start), default=None)
    return _around(near[1], others) if near else None


def _around(quantity: Quantity | None, dates: Sequence[Place]) -> Place | None:
    if quantity is None:
        return None
    inside = (date for date in dates if _is_within(quantity, date))
    return next(inside, quantity.place)


def _is_within(quantity: Quantity, date: Place) -> bool:
    return date[0] <= quantity.start and quantity.end <= date[1]


@lru_cache(maxsize=256)
def _dates(text: str, language: str) -> tuple[Place, ...]:
    """Return where dates stand, from their first part to their last (``7 to 8 May 2025``)."""
    found: list[Place] = []
    dated = False
    before: Quantity | None = None
    for quantity in quantities(text, language):
        if not (is_dated(quantity) or _may_be_day(quantity)):
            continue
        first, last = _told(quantity, text, language)
        start, end = found[-1] if found else (0, 0)
        beside = _BETWEEN.fullmatch(text[min(end, first) : first])
        if before and beside and not _are_apart(before, quantity):
            found[-1] = (start, max(end, last))
        else:
            found = found if dated else found[:-1]
            found.append((first, last))
            dated = False
        dated, before = dated or is_dated(quantity), quantity
    return tuple(found if dated else found[:-1])


def _are_apart(one: Quantity, following: Quantity) -> bool:
    """Whether one date ends and another begins: behind an era, and between a day and its hour."""
    timed = [q.role == "time" for q in (one, following) if is_dated(q)]
    return one.kind == "era" or (len(timed) == 2 and timed[0] != timed[1])


def _told(quantity: Quantity, text: str, language: str) -> Place:
    """Return where a part of a date stands, in whole words and with what tells it is a time.

    ``May 8th``, ``the 1990s``, ``8 a.m.``, ``8 Uhr abends``.
    """
    start, end = whole_words(text, quantity.place)
    while quantity.role == "time" and (word := _word(text, end)).lower() in _clock(language):
        end = text.index(word, end) + len(word)
    return start, end


def _word(text: str, start: int) -> str:
    """Return the word that follows, with the last point of ``p.m.``."""
    found = _FOLLOWING.match(text, start)
    return found[1] if found else ""


@lru_cache(maxsize=8)
def _clock(language: str) -> frozenset[str]:
    """Return the words behind an hour: ``a.m.``, ``Uhr``, ``o'clock``."""
    return frozenset().union(*(listed(language, "clock", key) for key in ("mark", "am", "pm")))


def _may_be_day(quantity: Quantity) -> bool:
    """Whether a bare number may be a day or a year beside a month."""
    value = quantity.values[0]
    bare = quantity.kind == "number" and not quantity.unit and quantity.role in ("", "ordinal")
    bare = bare and (quantity.is_loud or quantity.role == "ordinal")
    return bare and value % 1 == 0 and (1 <= value <= 31 or 1000 <= value < 2200)
