"""Dates and times that are read as one phrase: ``16.02.2011``, ``half past two``, ``v. Chr.``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks import _numerals as numerals
from aligner.checks._lexicon import Lexicon, lexicon, listed
from aligner.checks._quantity import PLAIN, SURE, WEAK, Quantity
from aligner.checks._text import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TWELVE = 12.0
_ALWAYS = re.compile(r"\b24/7\b")
_DATE_MARK = re.compile(r"\d[./-] ?\d")
_ERA_MARK = re.compile(r"[CKc]h?r|B\.?C|A\.?D|CE|[vu]\. ?[tZ]|fvt")
_NUMERIC_DATE = re.compile(
    r"(?<![\d.,/-])(?:(\d{4})-(\d{1,2})-(\d{1,2})"
    r"|(\d{1,2})(?:\. ?(\d{1,2})\. ?|/(\d{1,2})[/ ])(\d{3,4}|(?<! )\d{2}))(?![\d/-])"
)


def numeric_dates(text: str) -> Iterator[Quantity]:
    """Yield day, year and month of ``2011-02-16``, ``16. 2. 2011`` and ``16/2 2011``."""
    if not _DATE_MARK.search(text):
        return
    for match in _NUMERIC_DATE.finditer(text):
        year, month, day = match.group(1, 2, 3)
        if not year:
            day, month, year = match[4], match[5] or match[6], match[7]
        days, months = {int(day)}, {int(month)}
        if match[6]:
            days, months = days | months, days | months
        months = {value for value in months if 1 <= value <= 12}
        if months and all(1 <= value <= 31 for value in days):
            start, end = match.span()
            years = tuple(float(value) for value in _years(int(year)))
            yield _part("number", tuple(map(float, sorted(days))), start, end, PLAIN)
            yield _part("number", years, start, end, PLAIN)
            yield _part("month", tuple(map(float, sorted(months))), start, end, SURE)


def phrases(text: str, words: Lexicon) -> Iterator[Quantity]:
    """Yield eras, spoken times, ``24/7`` and holidays."""
    for match in _ALWAYS.finditer(text):
        for value, unit in ((24.0, "hour"), (7.0, "day")):
            part = _part("number", (value,), *match.span(), WEAK, role="")
            yield replace(part, unit=unit)
    era, clock = _forms(words.language)
    for match in era.finditer(text) if _ERA_MARK.search(text) else ():
        which = match.lastgroup or ""
        value = -1.0 if which == "before" else 1.0
        yield _part("era", (value,), *match.span(which), PLAIN, role="")
    if not words.words("clockwords").isdisjoint(vocabulary(text)):
        yield from _spoken_times(text, clock, words.language)
    lower = text.lower()
    for phrase, date in words.data["holidays"].items():
        start = lower.find(phrase)
        if start >= 0:
            day, month = map(float, date.split("."))
            yield _part("number", (day,), start, start + len(phrase), WEAK)
            yield _part("month", (month,), start, start + len(phrase), WEAK)


@lru_cache(maxsize=8)
def _forms(language: str) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """Return how eras are written, and times as they are spoken."""
    known = lexicon(language)
    assert known is not None
    forms = (form for name, form in known.data["clockwords"].items() if name != "words")
    clock = tuple(re.compile(form, re.IGNORECASE) for form in forms)
    return re.compile(known.data["era"]["form"]), clock


def _spoken_times(text: str, forms: Sequence[re.Pattern[str]], language: str) -> Iterator[Quantity]:
    """Yield ``ten to six``, ``fünf vor halb acht``, ``kvart över tre``; either half of the day."""
    end = -1
    for match in sorted((m for form in forms for m in form.finditer(text)), key=re.Match.start):
        time = _clock(match, language)
        if time is not None and match.start() >= end:
            either = (time, round((time + 12) % 24, 2))
            yield _part("number", either, *match.span(), PLAIN, role="time")
            end = match.end()


def period(values: tuple[float, ...], suffix: str) -> tuple[tuple[float, ...], str]:
    """Read ``1990s``, ``90er`` and ``1800-talet``; a century has two names."""
    value = values[0]
    if not (suffix in ("s", "er", "ern") or suffix.startswith("tal")) or value % 10:
        return values, ""
    if value % 100 == 0 and value >= 1000:
        return (value, value / 100 + 1), "century"
    if value >= 1000:
        return (value, value % 100), "decade"
    return (value, 1900 + value, 1800 + value, 2000 + value), "decade"


def _part(
    kind: str,
    values: tuple[float, ...],
    start: int,
    end: int,
    strength: int,
    role: str = "date",
) -> Quantity:
    return Quantity(kind, values, start, end, strength, "", role, values[0])


def _clock(match: re.Match[str], language: str) -> float | None:
    """Return the time that ``halv tre`` or ``quarter to five`` says, as hours and hundredths."""
    found = match.groupdict()
    low = found["hour"].lower()
    hour = _TWELVE if low in _noons(language) else numerals.word(low, language)
    if hour is None or not 1 <= hour <= 12:
        return None
    spoken = (found.get("minutes") or "").lower()
    minutes = 60 * (numerals.fraction(spoken, language) or 0)
    minutes = minutes or numerals.word(spoken, language) or _tens(spoken, language)
    whole = 60 * hour - (30 if found.get("before") else 0)
    hours, rest = divmod(whole - minutes if found.get("early") else whole + minutes, 60)
    return round((hours % 12 or 12) + rest / 100, 2)


@lru_cache(maxsize=8)
def _noons(language: str) -> frozenset[str]:
    """Return the words for twelve o'clock, of the day and of the night."""
    return listed(language, "clock", "noon") | listed(language, "clock", "midnight")


def _tens(spoken: str, language: str) -> float:
    """Return the value of ``twenty-five``, 0 for nothing."""
    return sum(numerals.word(part, language) or 0 for part in spoken.split("-"))


def _years(year: int) -> tuple[int, ...]:
    return (year,) if year > 99 else (year, 1900 + year, 2000 + year)
