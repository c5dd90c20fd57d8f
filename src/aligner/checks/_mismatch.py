"""What is left over after matching quantities, sorted into findings: number, date or unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from aligner.checks._equivalence import converted
from aligner.checks._lexicon import lexicon
from aligner.checks._matching import Matching, match
from aligner.checks._measures import dimension
from aligner.checks._quantities import quantities
from aligner.checks._quantity import PLAIN, SURE, WEAK, WORD, Quantity
from aligner.checks._values import BeadView, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

Family = Literal["number", "date", "unit"]
_ALONE = {SURE: 0.8, PLAIN: 0.65, WORD: 0.35}
_DAYS, _ROUNDED = 31, 0.1  # of a month; tolerance of a third version's unit
_ALL, _BOTH = 100, 2  # per cent, and a number: what versions say without a figure
_DATE_ROLES = frozenset({"date", "time", "decade", "century"})
_DATE_KINDS = frozenset({"month", "weekday", "era"})


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A quantity that the other version lacks, or has with another value.

    Attributes:
        left, right: of the source and the target; one of them may be missing.
    """

    left: Quantity | None
    right: Quantity | None
    confidence: float

    @property
    def family(self) -> Family:
        """Which check speaks of it."""
        both = [quantity for quantity in (self.left, self.right) if quantity]
        if any(map(is_dated, both)) and not any(map(_is_no_date, both)):
            return "date"
        return "unit" if len(both) == 2 and _differ_in_scale(*both) else "number"


def is_dated(quantity: Quantity) -> bool:
    """Whether a quantity is part of a date or a time."""
    return quantity.kind in _DATE_KINDS or quantity.role in _DATE_ROLES


def _is_no_date(quantity: Quantity) -> bool:
    """Whether a number is too large for an hour or a day, and no year."""
    value = quantity.values[0]
    return not is_dated(quantity) and value > _DAYS and not 1000 <= value < 2200


def mismatches(bead: BeadView) -> list[Mismatch]:
    """Return what differs in value between the two passages of *bead*."""
    source, target = bead.source, bead.target
    found = match(source.text, source.language, target.text, target.language)
    if not (found.left or found.right):
        return []
    known = lexicon(source.language) is not None and lexicon(target.language) is not None
    third = [q for passage in bead.third for q in quantities(passage.text, passage.language)]
    return [
        one
        for one in _mismatches(found, 1.0 if known else 0.5)
        if not any(_is_rounded(one, quantity) for quantity in third)
    ]


def _is_rounded(one: Mismatch, third: Quantity) -> bool:
    """Whether a third version's 30 yards are 27 metres in one version and 30 in the other."""
    both = (one.left, one.right)
    return all(q is not None and converted(q, third, _ROUNDED) for q in both)


def _mismatches(found: Matching, trust: float) -> Iterator[Mismatch]:
    """Yield what is left over in pairs of the nearest, and what has no partner.

    Args:
        trust: how far what has no partner is trusted.
    """
    rest = list(found.right)
    for left in found.left:
        partners = [right for right in rest if _comparable(left, right)]
        if partners:
            right = min(partners, key=lambda q: _distance(left, q))
            rest.remove(right)
            yield Mismatch(left, right, _pair_confidence(left, right))
        elif left.is_loud:
            yield Mismatch(left, None, _lone_confidence(left) * trust)
    for right in rest:
        if right.is_loud:
            yield Mismatch(None, right, _lone_confidence(right) * trust)


def _comparable(left: Quantity, right: Quantity) -> bool:
    """Whether one may be what the other was changed into."""
    if left.kind != right.kind:
        return False
    if left.is_loud and right.is_loud:
        return True
    if left.unit == right.unit == "times" or (_is_part(left) and _is_part(right)):
        return True
    if "definite" in (left.role, right.role):
        return all(q.role == "definite" or q.is_loud for q in (left, right))
    if left.kind == "code":
        return left.unit == right.unit
    return (
        left.role == right.role in ("ordinal", "roman", "label") and left.strength == right.strength
    )


def _is_part(quantity: Quantity) -> bool:
    """Whether it is a half, a quarter, a third ..."""
    return quantity.kind == "number" and 0 < quantity.values[0] < 1


def _distance(left: Quantity, right: Quantity) -> tuple[bool, bool, int]:
    return (left.unit != right.unit, left.role != right.role, abs(left.start - right.start))


def _pair_confidence(left: Quantity, right: Quantity) -> float:
    """Return how sure it is that two quantities which differ are a fault."""
    if left.kind != "number":
        return 0.97
    low, high = sorted((left.strength, right.strength))
    if left.unit == right.unit == "times":
        return 0.8
    if low == WEAK:
        return {"roman": 0.85, "definite": 0.8}.get(left.role, 0.6)
    if low == WORD:
        return 0.8 if high == WORD else 0.85
    return 0.95


def _lone_confidence(quantity: Quantity) -> float:
    """Return how sure it is that a quantity which the other version lacks is a fault."""
    if quantity.kind == "era":
        return 0.6 if quantity.values[0] < 0 else 0.2
    if quantity.kind not in ("number", "telephone"):
        return 0.4
    said_otherwise = quantity.unit == "percent" and quantity.values[0] == _ALL
    if said_otherwise or (quantity.strength == WORD and quantity.values[0] == _BOTH):
        return 0.25  # ``fully``; ``both``, ``double-sided``
    return _ALONE[quantity.strength]


def _differ_in_scale(left: Quantity, right: Quantity) -> bool:
    same = abs(left.mantissa - right.mantissa) < 1e-9
    return same and left.values[0] != right.values[0]


def finding(bead: BeadView, one: Mismatch, subject: str) -> Finding:
    """Describe a mismatch to people."""
    places, values = {}, {}
    shown = []
    shift = _shift(one)
    subject = f"{subject} of the passage" if shift else subject
    for passage, quantity in ((bead.source, one.left), (bead.target, one.right)):
        places[passage.version] = (quantity.place,) if quantity else ()
        if quantity:
            written = passage.text[quantity.start : quantity.end]
            shown.append(f"{written!r} ({passage.version})")
            values[passage.version] = written
    message = f"{subject} differs: {' against '.join(shown)}"
    missing = bead.target if one.right is None else bead.source
    if len(shown) == 1:
        message = f"{subject} {shown[0]} has no counterpart in {missing.version}"
    quantity = one.left or one.right
    key = f"{quantity.kind}:{quantity.values[0]:g}" if quantity and len(shown) == 1 else ""
    evidence = {"values": values}
    return Finding(places, message, one.confidence, key, evidence=evidence, goes_on=shift)


def _shift(one: Mismatch) -> str:
    """Return how far the numbers of the passages themselves are apart, empty for any other."""
    if one.left and one.right and one.left.role == one.right.role == "label":
        return f"{one.right.values[0] - one.left.values[0]:+.3g}"
    return ""


def unit_differences(bead: BeadView) -> Iterator[tuple[Quantity, Quantity]]:
    """Yield quantities of the same value whose units differ; a degree may be of either scale."""
    source, target = bead.source, bead.target
    found = match(source.text, source.language, target.text, target.language)
    for left, right in found.pairs:
        units = {left.unit, right.unit}
        if len(units) == 2 and "degree" not in units and all(map(dimension, units)):
            yield left, right
