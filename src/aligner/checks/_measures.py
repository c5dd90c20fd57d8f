"""Units: what each measures, and how much of it one is."""

from __future__ import annotations

_SIZES: dict[str, tuple[str, float]] = {
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
"""What a unit measures, and how often the smallest terms of that go into one of it."""
_CURRENCIES = frozenset(
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


def dimension(unit: str) -> str:
    """Return what *unit* measures: ``length``, ``currency`` ..."""
    if "/" in unit:
        return "/".join(dimension(part) for part in unit.split("/"))
    return "currency" if unit in _CURRENCIES else _SIZES.get(unit, ("", 0))[0]


def size(unit: str) -> float:
    """Return how much one *unit* is in the smallest terms of its dimension."""
    counted, _, by = unit.partition("/")
    return _SIZES[counted][1] / (_SIZES[by][1] if by else 1)
