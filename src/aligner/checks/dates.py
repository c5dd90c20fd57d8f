"""Dates and times by meaning: months, weekdays, days, decades, centuries, eras, times of day."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ._matching import match
from ._mismatch import Mismatch, finding, is_dated, mismatches
from ._quantities import quantities
from ._registry import check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ._place import Place
    from ._quantity import Quantity
    from ._values import BeadView, Finding

_BETWEEN = re.compile(
    r"[\W_]*(?:(?:of|the|and|to|at|on|den|der|dem|am|um|und|bis|im|klockan|kl|och|till|i|år)[\W_]+)?"
)


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
        passage.version: tuple((q.start, q.end) for q in side if q)
        for passage, side in zip((bead.source, bead.target), sides, strict=True)
    }


def _whole(bead: BeadView, one: Mismatch) -> tuple[Place | None, Place | None]:
    """Return the whole dates that the parts which differ belong to, on both sides."""
    source, target = bead.source, bead.target
    ours = _dates(source.text, source.language)
    theirs = _dates(target.text, target.language)
    left, right = _around(one.left, ours), _around(one.right, theirs)
    pairs = match(source.text, source.language, target.text, target.language).pairs
    for mine, other in pairs:
        if left and right is None and _is_within(mine, left):
            right = _around(other, theirs) if is_dated(other) else None
        elif right and left is None and _is_within(other, right):
            left = _around(mine, ours) if is_dated(mine) else None
    return left, right


def _around(quantity: Quantity | None, dates: Sequence[Place]) -> Place | None:
    if quantity is None:
        return None
    inside = (date for date in dates if _is_within(quantity, date))
    return next(inside, (quantity.start, quantity.end))


def _is_within(quantity: Quantity, date: Place) -> bool:
    return date[0] <= quantity.start and quantity.end <= date[1]


@lru_cache(maxsize=256)
def _dates(text: str, language: str) -> tuple[Place, ...]:
    """Return where dates stand, from their first part to their last (``7 to 8 May 2025``)."""
    found: list[Place] = []
    dated, closed = False, True
    for quantity in quantities(text, language):
        if not (is_dated(quantity) or _may_be_day(quantity)):
            continue
        start, end = found[-1] if found else (0, 0)
        beside = _BETWEEN.fullmatch(text[min(end, quantity.start) : quantity.start])
        if beside and not closed:
            found[-1] = (start, max(end, quantity.end))
        else:
            found = found if dated else found[:-1]
            found.append((quantity.start, quantity.end))
            dated = False
        dated, closed = dated or is_dated(quantity), quantity.kind == "era"
    return tuple(found if dated else found[:-1])


def _may_be_day(quantity: Quantity) -> bool:
    """Whether a bare number may be a day or a year beside a month."""
    value = quantity.values[0]
    bare = quantity.kind == "number" and not quantity.unit and quantity.role in ("", "ordinal")
    bare = bare and (quantity.is_loud or quantity.role == "ordinal")
    return bare and value % 1 == 0 and (1 <= value <= 31 or 1000 <= value < 2200)
