"""Whether two quantities may stand for each other: by value, converted, as a share or a year."""

from __future__ import annotations

from dataclasses import replace

from aligner.checks._measures import dimension, size
from aligner.checks._quantity import WEAK, Quantity

_ROUNDED, _EXACT = 0.07, 0.02
"""By what share two values may differ: as people round (80 km, 50 miles), and where they do not."""
_OVEN = 0.021  # of a temperature that those of ovens are rounded by
_THINNEST, _DENSEST = 0.2, 1.5
"""What a litre weighs of what cooks measure, in kilograms: grated cheese, honey."""
_COARSE, _ROUGH = frozenset({"length", "mass", "volume"}), 0.22  # half an inch, one cm


def same_value(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities of one kind share a reading; ``once`` is no article."""
    if (a.unit == "times") != (b.unit == "times") and a.strength == b.strength == WEAK:
        return False
    near = 0 if a.kind == "telephone" else 1e-6
    return a.kind == b.kind and any(
        abs(x - y) <= near * max(abs(x), abs(y)) for x in a.values for y in b.values
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


def converted(a: Quantity, b: Quantity, tolerance: float = _ROUNDED) -> bool:
    """Whether the values are the same quantity in two units (80 km, 50 miles)."""
    if a.kind != "number" or b.kind != "number" or a.unit == b.unit != "degree":
        return False
    a, b = _as_mass(a, b), _as_mass(b, a)
    if ("/" in a.unit) != ("/" in b.unit):  # ``5 cm of rain an hour``
        a, b = (replace(q, unit=q.unit.partition("/")[0]) for q in (a, b))
    kind = dimension(a.unit)
    if {kind, dimension(b.unit)} == {"mass", "volume"}:
        return _may_weigh(a, b) or _may_weigh(b, a)
    if not kind or kind != dimension(b.unit) or kind == "magnitude" or "currency" in kind:
        return False
    if kind == "share" and "basis_point" not in (a.unit, b.unit):
        return False
    if kind == "temperature":
        return any(_is_as_warm(x, y) or _is_as_warm(y, x) for x in a.values for y in b.values)
    ours, theirs = size(a.unit), size(b.unit)
    tolerance = _EXACT if kind in ("time", "share") else tolerance
    if kind in _COARSE and WEAK in (a.strength, b.strength) and min(a.values[0], b.values[0]) <= 1:
        tolerance = _ROUGH
    return any(
        abs(x * ours - y * theirs) <= tolerance * max(x * ours, y * theirs)
        for x in a.values
        for y in b.values
    )


def _may_weigh(mass: Quantity, volume: Quantity) -> bool:
    """Whether so much by weight may be so much by volume: 850 g of flour, 14 dl."""
    if dimension(mass.unit) != "mass":
        return False
    weights = [size(mass.unit) * weight for weight in mass.values]
    litres = [size(volume.unit) * measure for measure in volume.values]
    return any(_THINNEST * y <= x <= _DENSEST * y for x in weights for y in litres)


def _is_as_warm(celsius: float, fahrenheit: float) -> bool:
    """Whether two temperatures, or two differences of temperature, are about the same.

    Those of ovens are rounded coarsely: 180 °C is 350 °F.
    """
    near = max(2, _OVEN * fahrenheit)
    return any(abs(celsius * 9 / 5 + zero - fahrenheit) < near for zero in (0, 32))


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
