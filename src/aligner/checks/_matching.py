"""Which quantities of two passages are the same, by value, and which are left over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ._lexicon import function_words, lexicon
from ._quantities import quantities
from ._quantity import WEAK, Quantity
from ._text import tokens, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ._registry import Passage, Place

_CITED = re.compile(r"(\d{1,3})\.(\d{1,2})")
UNIT_SIZES: dict[str, tuple[str, float]] = {
    "second": ("time", 1),
    "minute": ("time", 60),
    "hour": ("time", 3600),
    "day": ("time", 86400),
    "week": ("time", 604800),
    "month": ("time", 2629800),
    "year": ("time", 31557600),
    "decade": ("time", 315576000),
    "century": ("time", 3155760000),
    "millimetre": ("length", 0.001),
    "centimetre": ("length", 0.01),
    "inch": ("length", 0.0254),
    "foot": ("length", 0.3048),
    "yard": ("length", 0.9144),
    "metre": ("length", 1),
    "kilometre": ("length", 1000),
    "mil": ("length", 10000),
    "ell": ("length", 0.6),
    "mile": ("length", 1609.344),
    "nautical_mile": ("length", 1852),
    "milligram": ("mass", 1e-6),
    "gram": ("mass", 0.001),
    "hectogram": ("mass", 0.1),
    "ounce": ("mass", 0.02835),
    "pound_mass": ("mass", 0.4536),
    "kilogram": ("mass", 1),
    "tonne": ("mass", 1000),
    "millilitre": ("volume", 1e-3),
    "centilitre": ("volume", 1e-2),
    "decilitre": ("volume", 0.1),
    "litre": ("volume", 1),
    "gallon": ("volume", 3.785),
    "cubic_metre": ("volume", 1000),
    "square_metre": ("area", 1e-4),
    "square_foot": ("area", 9.29e-6),
    "square_kilometre": ("area", 100),
    "square_mile": ("area", 259),
    "hectare": ("area", 1),
    "acre": ("area", 0.4047),
    "byte": ("data", 1),
    "kilobyte": ("data", 1e3),
    "megabyte": ("data", 1e6),
    "gigabyte": ("data", 1e9),
    "terabyte": ("data", 1e12),
    "watt": ("power", 1),
    "kilowatt": ("power", 1e3),
    "megawatt": ("power", 1e6),
    "gigawatt": ("power", 1e9),
    "degree": ("temperature", 1),
    "celsius": ("temperature", 1),
    "fahrenheit": ("temperature", 1),
    "percent": ("share", 1),
    "percentage_point": ("share", 1),
    "basis_point": ("share", 0.01),
    "teaspoon": ("spoon", 1),
    "tablespoon": ("spoon", 3),
    "hundred": ("magnitude", 1e2),
    "thousand": ("magnitude", 1e3),
    "million": ("magnitude", 1e6),
    "billion": ("magnitude", 1e9),
    "trillion": ("magnitude", 1e12),
}
CURRENCIES = frozenset(
    [
        "dollar",
        "euro",
        "pound",
        "penny",
        "cent",
        "krona",
        "thaler",
        "ducat",
        "guilder",
        "zloty",
        "peso",
        "shilling",
        "franc",
        "yen",
        "rouble",
        "yuan",
        "rupee",
        "lira",
    ]
)

_COARSE, _ROUGH = frozenset({"length", "mass", "volume"}), 0.22  # half an inch, one cm
_SUMMED = _COARSE | {"time"}
_FOOT, _SIDE_BY_SIDE = 12, 16  # inches; letters between ``2 hours and`` and ``15 minutes``
_HALF, _SHARING = 0.5, 3  # the fraction, and the most words of a place that shares something
_CLOCK = ("am", "pm", "late", "night", "mark")
_BEHIND = 2


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
    open_ours, open_theirs = list(ours), list(theirs)
    pairs = []
    for accept in (_same_unit, _unknown_unit, _same_value):
        for mine in tuple(open_ours):
            for other in open_theirs:
                if accept(mine, other):
                    pairs.append((mine, other))
                    open_ours.remove(mine)
                    open_theirs.remove(other)
                    break
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


def _unsaid(found: list[Quantity], here: _Said, there: _Said) -> list[Quantity]:
    """Return those of *found* that the other text does not say.

    Nor as a span of time (``per day``), as part of a sum (``1 h 10 min`` for 70 minutes), or by the
    same word in a name that both texts have (``Sunday Telegraph``).
    """
    if not found:
        return []
    spans, known = _spans_of_time(there.text, there.language), vocabulary(there.text)
    ours, theirs = sums(here.found), sums(there.found)
    others = (*there.found, *(total for total, _ in theirs))
    partial = {
        q
        for total, parts in ours
        if any(equivalent(total, other) for other in others)
        for q in parts
    }
    unsaid = [
        q
        for q in found
        if q not in partial
        and not any(equivalent(q, other) for other in others)
        and not any(converted(q, span) for span in spans)
        and not (q.kind == "weekday" and here.text[q.start : q.end].lower() in known)
    ]
    for total, parts in ours:
        if all(part in unsaid for part in parts):
            unsaid = [total, *(q for q in unsaid if q not in parts)]
    return unsaid


def sums(found: Sequence[Quantity]) -> list[tuple[Quantity, tuple[Quantity, Quantity]]]:
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
        share = right.values[0] * _size(unit) / _size(left.unit)
        if 0 < right.start - left.end <= _SIDE_BY_SIDE and share < 1:
            values = (left.values[0] + share,)
            total = replace(left, values=values, mantissa=values[0], end=right.end)
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


def is_counted(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether most words of a place are quantities that *other* has as well, as ``at 5 p.m.``.

    ``at night`` behind a time is part of it, for 11:35 is 23:35 then.
    """
    found = match(passage.text, passage.language, other.text, other.language)
    here = [
        q
        for q in quantities(passage.text, passage.language)
        if is_loud(q) and q.start < place[1] and place[0] < q.end + (q.role == "time") * _BEHIND
    ]
    if not here or any(q in found.left for q in here):
        return False
    known, function = lexicon(passage.language), function_words(passage.language)
    units = known.stems("units") if known else None
    words = counted = 0
    for token in tokens(passage.text):
        if not place[0] <= token.start < place[1] or not token.text[0].isalnum():
            continue
        if any(q.start <= token.start < q.end for q in here) or (units and units.get(token.low)):
            counted += 1
        elif token.low in function or token.low in _time_words(passage.language):
            continue
        words += 1
    return counted > words / 2 or not words


@lru_cache(maxsize=8)
def _time_words(language: str) -> frozenset[str]:
    """Return the words beside a time: ``p.m.`` in its letters, ``at night``, ``Uhr``."""
    known = lexicon(language)
    return frozenset("apm").union(*(known.words("clock", key) for key in _CLOCK if known))


def is_halved(passage: Passage, place: Place, other: Passage) -> bool:
    """Whether a short place halves what *other* shares alike, or the other way round."""
    here = [t.low for t in tokens(passage.text) if t.is_word and place[0] <= t.start < place[1]]
    if sum(low not in function_words(passage.language) for low in here) > _SHARING:
        return False
    ours, theirs = _shares(here, passage.language), _shares(vocabulary(other.text), other.language)
    return bool(ours and theirs and ours != theirs)


def _shares(words: Iterable[str], language: str) -> set[str]:
    """Return what *words* in small letters do: ``halve``, share ``alike``, both or neither."""
    known = lexicon(language)
    if known is None:
        return set()
    halves = {word for word, part in known.numbers("fractions").items() if part == _HALF}
    ways = {"halve": halves, "alike": known.words("shares", "alike")}
    return {way for way, listed in ways.items() if not listed.isdisjoint(words)}


def _cited(found: list[Quantity], text: str, rivals: list[Quantity]) -> set[Quantity]:
    """Return what both sides have as ``artikel 22.4`` and ``Article 22(4)``, on both sides."""
    cited: set[Quantity] = set()
    for quantity in found:
        match = _CITED.fullmatch(text[quantity.start : quantity.end])
        parts = {float(match[1]), float(match[2])} if match else set()
        same = {rival for rival in rivals if parts.intersection(rival.values)}
        cited |= {quantity, *same} if same else set()
    return cited


def dimension(unit: str) -> str:
    """Return what *unit* measures: ``length``, ``currency`` ..."""
    if "/" in unit:
        return "/".join(dimension(part) for part in unit.split("/"))
    return "currency" if unit in CURRENCIES else UNIT_SIZES.get(unit, ("", 0))[0]


def _size(unit: str) -> float:
    """Return how much one *unit* is in the smallest terms of its dimension."""
    counted, _, by = unit.partition("/")
    return UNIT_SIZES[counted][1] / (UNIT_SIZES[by][1] if by else 1)


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one kind share a reading; ``once`` is no article."""
    if (a.unit == "times") != (b.unit == "times") and a.strength == b.strength == WEAK:
        return False
    return a.kind == b.kind and any(
        abs(x - y) <= 1e-6 * max(abs(x), abs(y)) for x in a.values for y in b.values
    )


def equivalent(a: Quantity, b: Quantity) -> bool:
    """Whether one may stand for the other: same value, converted unit, share for per cent."""
    return (
        same_value(a, b)
        or converted(a, b)
        or _share(a, b)
        or _share(b, a)
        or _short_year(a, b)
        or _of_century(a, b)
        or _of_century(b, a)
    )


def converted(a: Quantity, b: Quantity, tolerance: float = 0.07) -> bool:
    """Whether the values are the same quantity in two units (80 km, 50 miles)."""
    if a.kind != "number" or b.kind != "number" or a.unit == b.unit != "degree":
        return False
    a, b = _as_mass(a, b), _as_mass(b, a)
    if ("/" in a.unit) != ("/" in b.unit):  # ``5 cm of rain an hour``
        a, b = (replace(q, unit=q.unit.partition("/")[0]) for q in (a, b))
    kind = dimension(a.unit)
    if not kind or kind != dimension(b.unit) or kind in ("currency", "magnitude"):
        return False
    if kind == "share" and "basis_point" not in (a.unit, b.unit):
        return False
    if kind == "temperature":
        return any(_is_as_warm(x, y) or _is_as_warm(y, x) for x in a.values for y in b.values)
    if "currency" in kind:
        return False
    size, other = _size(a.unit), _size(b.unit)
    tolerance = 0.02 if kind in ("time", "share") else tolerance
    if kind in _COARSE and WEAK in (a.strength, b.strength) and min(a.values[0], b.values[0]) <= 1:
        tolerance = _ROUGH
    return any(
        abs(x * size - y * other) <= tolerance * max(x * size, y * other)
        for x in a.values
        for y in b.values
    )


def _is_as_warm(celsius: float, fahrenheit: float) -> bool:
    """Whether two temperatures, or two differences of temperature, are about the same."""
    return any(abs(celsius * 9 / 5 + zero - fahrenheit) < 2 for zero in (0, 32))


def _of_century(a: Quantity, b: Quantity) -> bool:
    """Whether *a* is the century that *b*, a year or decade, lies in."""
    return a.role == "century" and any(
        1000 <= year < 2200 and year // 100 + 1 == a.values[0] for year in b.values
    )


def _short_year(a: Quantity, b: Quantity) -> bool:
    """Whether one is the year 1992 and the other says ``92``."""
    low, high = sorted((a.values[0], b.values[0]))
    return 10 <= low < 100 and 1900 <= high < 2100 and high % 100 == low


def _as_mass(quantity: Quantity, other: Quantity) -> Quantity:
    """Read pounds as a weight beside another weight."""
    if quantity.unit == "pound" and dimension(other.unit) == "mass":
        return replace(quantity, unit="pound_mass")
    return quantity


def _share(a: Quantity, b: Quantity) -> bool:
    if a.kind != "number" or b.kind != "number" or a.unit != "percent":
        return False
    return any(abs(x / 100 - y) < 0.01 for x in a.values for y in b.values if y < 1)


def _same_unit(a: Quantity, b: Quantity) -> bool:
    return a.unit == b.unit and same_value(a, b)


def _unknown_unit(a: Quantity, b: Quantity) -> bool:
    return not (a.unit and b.unit) and same_value(a, b)


def _same_value(a: Quantity, b: Quantity) -> bool:
    return same_value(a, b)


def is_loud(quantity: Quantity) -> bool:
    """Whether it is sure enough to be missed on the other side."""
    return quantity.strength > WEAK
