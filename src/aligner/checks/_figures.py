"""Numbers in figures, read as values.

A written number may have more than one reading (``1.234`` is a thousand or one and a bit), so
`digits` returns all values it may stand for, the likeliest first.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aligner._tags import base_language

FRACTION_SIGNS = {"½": 0.5, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 0.25, "¾": 0.75}
_GROUP = re.compile(r"[\u00a0\u202f\u2009 '\u2019]")
_ROMAN = re.compile(r"(?=[MDCLXVI])M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_SCALE = re.compile(r"1:(\d{3,}|\d{1,3}(?:[.,]\d{3})+)")
_LAP = re.compile(r"(\d{1,2})[:.]([0-5]\d)[.,](\d{1,2})")
_COMMA_THOUSANDS = frozenset({"en"})


@lru_cache(maxsize=32768)
def digits(text: str, language: str) -> tuple[float, ...]:
    """Return the readings of a number in digits; none for ``1.2.3`` and the like.

    A time reads as hours and hundredths of minutes: ``23:45`` and ``23.45`` are both 23.45, the
    ``0430`` of soldiers may be 4.3, and a scale reads as its second number: ``1:50,000``.
    """
    grouped = _GROUP.split(text)
    if len(grouped) > 1:
        return digits("".join(grouped), language) if grouped[-1][:3].isdecimal() else ()
    if text.isdecimal():
        clock = len(text) == len("0430") and text[0] == "0"
        return (float(text), float(text) / 100) if clock else (float(text),)
    if scale := scale_of(text):
        return digits(scale, language)
    if lap := _LAP.fullmatch(text):
        return (float(f"{lap[1]}.{lap[2]}{lap[3]}"), float(f"{lap[1]}{lap[2]}.{lap[3]}"))
    if ":" in text:
        parts = text.split(":")
        simple = len(parts) == 2 and all(part.isdecimal() for part in parts)
        return (float(f"{parts[0]}.{parts[1]}"),) if simple else ()
    marks = [mark for mark in text if mark in ".,"]
    whole, *rest = re.split(r"[.,]", text)
    if len(set(marks)) == 1:
        thousands = len(whole) <= 3 and whole != "0" and all(len(part) == 3 for part in rest)
        joined, decimal = float(whole + "".join(rest)), float(f"{whole}.{rest[0]}")
        if len(rest) > 1:
            return (joined,) if thousands else ()
        if not thousands:
            return (decimal,)
        comma_first = base_language(language) in _COMMA_THOUSANDS
        return (joined, decimal) if (marks[0] == ",") == comma_first else (decimal, joined)
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        return (float(f"{whole}{''.join(rest[:-1])}.{rest[-1]}"),)
    return ()


def scale_of(text: str) -> str:
    """Return the second number of the scale of a map or model, nothing for other numbers."""
    scale = _SCALE.fullmatch(text)
    return scale[1] if scale else ""


@lru_cache(maxsize=1024)
def roman(text: str) -> float | None:
    """Return the value of a Roman numeral in capitals, ``None`` for anything else."""
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    following = [*values[1:], 0]
    return float(sum(-a if a < b else a for a, b in zip(values, following, strict=True)))
