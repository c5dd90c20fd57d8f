"""Units, currencies and magnitudes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aligner.checks._equivalence import converted, same_value
from aligner.checks._matching import sums
from aligner.checks._measures import dimension
from aligner.checks._mismatch import finding, mismatches, unit_differences
from aligner.checks._quantities import quantities
from aligner.checks._registry import check
from aligner.checks._values import BeadView, Finding, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner.checks._quantity import Quantity


_YEARS = {"year", "decade"}
_PHYSICAL = {"length", "mass", "volume", "area", "power", "temperature"}


@check("D203", "unit", "major")
def unit_mismatch(bead: BeadView) -> Iterator[Finding]:
    """A unit, a currency or a magnitude differs between the versions.

    Not flagged: a value converted into another unit, units of different things, a unit that only
    one version names.
    """
    seen = False
    for one in mismatches(bead):
        if one.family == "unit":
            yield finding(bead, one, "magnitude")
            seen = True
    for left, right in unit_differences(bead):
        if dimension(left.unit) == dimension(right.unit):
            yield _finding(bead, left, right, 0.85)
            seen = True
        elif _is_seconded(bead, left, right):
            yield _finding(bead, left, right, 0.6)
            seen = True
    if not seen:
        yield from _bare(bead)


def _is_seconded(bead: BeadView, left: Quantity, right: Quantity) -> bool:
    """Whether a third version has the same value, with the unit of one of two that differ."""
    if not {dimension(left.unit), dimension(right.unit)} <= _PHYSICAL:
        return False
    units = {
        q.unit for p in bead.third for q in quantities(p.text, p.language) if same_value(q, left)
    }
    return bool(units) and units <= {left.unit, right.unit}


def _bare(bead: BeadView) -> Iterator[Finding]:
    """Compare units by what is left over on each side, with or without a number."""
    ours, theirs = _by_unit(bead.source), _by_unit(bead.target)
    for unit in ours.keys() - theirs.keys():
        kind = dimension(unit)
        others = [other for other in theirs.keys() - ours.keys() if dimension(other) == kind]
        if kind and len(others) == 1:
            if {unit, others[0]} == _YEARS and not ours[unit].values[0]:
                continue
            rivals = [u for u in ours.keys() - theirs.keys() if dimension(u) == kind]
            if len(rivals) == 1 and not _same_span(ours[unit], theirs[others[0]]):
                yield _finding(bead, ours[unit], theirs[others[0]], 0.6)


def _same_span(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities convert; one of a unit may be meant: ``a decade``, ``per day``."""
    one, other = (
        replace(q, kind="number", values=(q.values[0] or 1.0, 1.0)) for q in (left, right)
    )
    return converted(one, other)


def _by_unit(passage: Passage) -> dict[str, Quantity]:
    found = quantities(passage.text, passage.language)
    whole = {parts[0]: total for total, parts in sums(found)}
    return {q.unit: whole.get(q, q) for q in found if q.unit not in ("", "degree")}


def _finding(bead: BeadView, left: Quantity, right: Quantity, confidence: float) -> Finding:
    sides = ((bead.source, left), (bead.target, right))
    places = {p.version: (q.unit_place or q.place,) for p, q in sides}
    shown = {p.version: p.text[slice(*places[p.version][0])] for p, _ in sides}
    named = (f"{q.unit.replace('_', ' ')} ({p.version})" for p, q in sides)
    message = f"unit differs: {' against '.join(named)}"
    return Finding(places, message, confidence, evidence={"values": shown})
