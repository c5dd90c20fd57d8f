"""Which quantities of two passages are the same, by value, and which are left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from aligner.checks._equivalence import converted, equivalent, same_value
from aligner.checks._lexicon import lexicon
from aligner.checks._measures import dimension, size
from aligner.checks._quantities import quantities
from aligner.checks._text import vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.checks._quantity import Quantity

    Sum = tuple[Quantity, tuple[Quantity, Quantity]]  # and its parts

_CITED = re.compile(r"(\d{1,3})([.:])(\d{1,2})")
_BESIDE = re.compile(r"[^\d.!?]*[(/\[][^\d.!?]*")
_TIED = re.compile(r"([^\W\d_]+)[-\u2011]$")
_SUMMED = frozenset({"length", "mass", "volume", "time"})
_FOOT, _SIDE_BY_SIDE = 12, 16  # inches; letters between ``2 hours and`` and ``15 minutes``


class _Said(NamedTuple):
    """A passage and what quantities it has."""

    text: str
    language: str
    found: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """Quantities of two passages, paired by value.

    Attributes:
        pairs: the same value on both sides; the units may still differ.
        left, right: what has no counterpart of its value anywhere on the other side.
    """

    pairs: tuple[tuple[Quantity, Quantity], ...]
    left: tuple[Quantity, ...]
    right: tuple[Quantity, ...]


@lru_cache(maxsize=256)
def match(text: str, language: str, other_text: str, other_language: str) -> Matching:
    """Pair the quantities of two passages by value."""
    ours = [q for q in quantities(text, language) if q.kind != "unit"]
    theirs = [q for q in quantities(other_text, other_language) if q.kind != "unit"]
    pairs, open_ours, open_theirs = _paired(ours, theirs)
    said = _Said(text, language, tuple(ours)), _Said(other_text, other_language, tuple(theirs))
    left, right = _unsaid(open_ours, *said), _unsaid(open_theirs, *reversed(said))
    left, right = (
        _not_relative(left, right, other_text, other_language),
        _not_relative(right, left, text, language),
    )
    cited = _cited(left, text, right) | _cited(right, other_text, left)
    left = [q for q in left if q not in cited]
    right = [q for q in right if q not in cited]
    often = [[q for q in found if q.unit == "times"] for found in (ours, theirs)]
    if len(often[0]) == len(often[1]) == 1 and not same_value(often[0][0], often[1][0]):
        left += [q for q in often[0] if q not in left]
        right += [q for q in often[1] if q not in right]
    return Matching(tuple(pairs), tuple(left), tuple(right))


def _paired(
    ours: Sequence[Quantity], theirs: Sequence[Quantity]
) -> tuple[list[tuple[Quantity, Quantity]], list[Quantity], list[Quantity]]:
    """Return pairs of one value, those of one unit first, and what is left over of both."""
    pairs, left, right = [], list(ours), list(theirs)
    for accept in (_same_unit, _unknown_unit, same_value):
        for mine in tuple(left):
            other = next((one for one in right if accept(mine, one)), None)
            if other is not None:
                pairs.append((mine, other))
                left.remove(mine)
                right.remove(other)
    return pairs, left, right


def _unsaid(found: list[Quantity], here: _Said, there: _Said) -> list[Quantity]:
    """Return those of *found* that the other text does not say.

    Nor as a span of time (``per day``), as part of a sum (``1 h 10 min`` for 70 minutes), by the
    same word in a name that both texts have (``Sunday Telegraph``), in another unit just before
    (``250 °C (480 °F)``), or as part of a code (``UTF8``).
    """
    if not found:
        return []
    spans, known = _spans_of_time(there.text, there.language), vocabulary(there.text)
    totals = sums(here.found)
    others = (*there.found, *(total for total, _ in sums(there.found)))
    said = _in_another_unit(found, here) | _summed(totals, others)
    unsaid = [
        q
        for q in found
        if q not in said
        and not any(equivalent(one, other) for one in _as_before(q, here.found) for other in others)
        and not any(converted(q, span) for span in spans)
        and not (q.kind == "weekday" and here.text[q.start : q.end].lower() in known)
        and not _is_of_code(q, here.text, there.text)
    ]
    for total, parts in totals:
        if all(part in unsaid for part in parts):
            unsaid = [total, *(q for q in unsaid if q not in parts)]
    return unsaid


def _is_of_code(quantity: Quantity, text: str, other: str) -> bool:
    """Whether a number behind a hyphen is written without it in *other*: ``UTF-8``, ``UTF8``."""
    head = _TIED.search(text, 0, quantity.start)
    if head is None:
        return False
    code = re.escape(head[1] + text[quantity.start : quantity.end])
    return re.search(rf"(?<!\w){code}(?!\d)", other) is not None


def _in_another_unit(found: Sequence[Quantity], here: _Said) -> set[Quantity]:
    """Return what repeats in another unit the quantity before it, which is none of *found*."""
    unsaid = set(found)
    return {
        again
        for one, again in pairwise(here.found)
        if one not in unsaid
        and converted(one, again)
        and _BESIDE.fullmatch(here.text[one.end : again.start])
    }


def _summed(totals: Sequence[Sum], others: Sequence[Quantity]) -> set[Quantity]:
    """Return the parts of the sums that one of the *others* says as a whole."""
    return {
        part
        for total, parts in totals
        if any(equivalent(total, other) for other in others)
        for part in parts
    }


def _as_before(quantity: Quantity, found: Sequence[Quantity]) -> list[Quantity]:
    """Return a quantity as it is, and with the unit that the same number has before it.

    ``40 km there and 40 back``.
    """
    if quantity.unit:
        return [quantity]
    before = (q for q in found if q.unit and q.start < quantity.start and same_value(q, quantity))
    return [quantity, *(replace(quantity, unit=q.unit) for q in before)]


def sums(found: Sequence[Quantity]) -> list[Sum]:
    """Return sums of a quantity and one of a smaller unit behind it, with their parts.

    ``1 h 10 min``, ``2 kg and 300 g``, ``6-foot-6``.
    """
    totals = []
    for left, right in pairwise([q for q in found if q.kind == "number"]):
        inches = left.unit == "foot" and not right.unit and right.values[0] < _FOOT
        unit = "inch" if inches else right.unit
        kind = dimension(left.unit)
        if kind not in _SUMMED or dimension(unit) != kind or "/" in left.unit + unit:
            continue
        share = right.values[0] * size(unit) / size(left.unit)
        if 0 < right.start - left.end <= _SIDE_BY_SIDE and share < 1:
            values = (left.values[0] + share,)
            total = replace(left, values=values, mantissa=values[0], end=right.end, unit_place=None)
            totals.append((total, (left, right)))
    return totals


def _not_relative(
    found: list[Quantity], rivals: list[Quantity], text: str, language: str
) -> list[Quantity]:
    """Return *found* without a year that *text* counts from another: ``the following year``."""
    years = [q for q in found if _is_year(q)]
    if len(years) != 1 or any(map(_is_year, rivals)):
        return found
    known = lexicon(language)
    form = known.data["relative"]["year"] if known else "(?!)"
    named = re.search(form, text, re.IGNORECASE)
    return [q for q in found if q not in years] if named else found


def _is_year(quantity: Quantity) -> bool:
    plain = quantity.kind == "number" and quantity.role in ("", "date") and not quantity.unit
    return plain and 1900 <= quantity.values[0] < 2200


def _spans_of_time(text: str, language: str) -> list[Quantity]:
    """Return one of each unit of time that a passage names: ``per day`` may be ``in 24 hours``."""
    units = {q.unit: q for q in quantities(text, language) if dimension(q.unit) == "time"}
    return [replace(q, kind="number", values=(1.0,)) for q in units.values()]


def _cited(found: list[Quantity], text: str, rivals: list[Quantity]) -> set[Quantity]:
    """Return what both sides have as ``artikel 22.4`` and ``Article 22(4)``, on both sides.

    Or as a ratio: ``1:12`` and ``1 to 12``, where the other side has both numbers.
    """
    cited: set[Quantity] = set()
    for quantity in found:
        match = _CITED.fullmatch(text[quantity.start : quantity.end])
        if match is None:
            continue
        parts = {float(match[1]), float(match[3])}
        same = {rival for rival in rivals if parts.intersection(rival.values)}
        whole = parts <= {value for rival in same for value in rival.values}
        cited |= {quantity, *same} if same and (whole or match[2] == ".") else set()
    return cited


def _same_unit(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit and same_value(a, b)


def _unknown_unit(a: Quantity, b: Quantity) -> bool:
    return not (a.unit and b.unit) and same_value(a, b)
