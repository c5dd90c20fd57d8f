"""Quantities of a passage by meaning: numbers, dates, times and units, in any spelling."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from . import _numerals as numerals
from ._calendar import numeric_dates, period, phrases
from ._cursor import DASHES, ORDINAL_SUFFIXES, Cursor
from ._lexicon import Lexicon, lexicon
from ._quantity import PLAIN, SURE, WEAK, WORD, Quantity

if TYPE_CHECKING:
    from ._text import Token

_RANGE_WORDS = frozenset({"to", "bis", "till", "and", "und", "och", "or", "oder", "eller"})
_HALF = re.compile(r" (?:and a half|och en halv|och ett halvt)\b", re.IGNORECASE)
_TIMES = frozenset({"once", "twice", "thrice", "einmal", "zweimal", "dreimal"})
_ARTICLES = frozenset({"a", "an", "one", "ein", "eine", "einer", "einem", "einen", "en", "ett"})


@lru_cache(maxsize=512)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of *text* in order; digits alone for a language without a lexicon."""
    return tuple(_Reader(text, language).read())


class _Reader(Cursor):
    """One pass over the tokens of a passage."""

    def __init__(self, text: str, language: str) -> None:
        super().__init__(text, language)
        self.found: list[Quantity] = []

    def read(self) -> list[Quantity]:
        """Read all quantities."""
        self.found = list(numeric_dates(self.text))
        if self.words is not None:
            self.found += phrases(self.text, self.words)
        taken = sorted({(q.start, q.end) for q in self.found})
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if taken and taken[0][0] <= token.start:
                self._pass(taken.pop(0)[1])
                continue
            if token.text[0].isdigit():
                self._digits(token)
            elif token.text in numerals.FRACTION_SIGNS:
                value = numerals.FRACTION_SIGNS[token.text]
                self._add("number", (value,), token.start, token.end, PLAIN)
            elif self.words is not None and token.text[0].isalpha():
                self._word(token, self.words)
            self.at += 1
        return _lend(sorted(self.found, key=lambda q: q.start), self.text)

    def _pass(self, end: int) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].start < end:
            self.at += 1

    def _add(
        self,
        kind: str,
        values: tuple[float, ...],
        start: int,
        end: int,
        strength: int,
        unit: str = "",
        role: str = "",
    ) -> None:
        self.found.append(Quantity(kind, values, start, end, strength, unit, role, values[0]))

    def _digits(self, token: Token) -> None:
        """Read a number that begins with a digit, with its suffix, scale and unit."""
        before = self.text[token.start - 1 : token.start]
        values = numerals.digits(token.text, self.language)
        if before.isalpha() or before == "_" or self._day_and_year(token) or not values:
            return
        plain, suffix = token.text.isdigit(), self.suffix(token.end)
        values, role, after = self._role(token, values, suffix)
        end = token.end
        if self._is_fraction(token):
            values = (values[0] / max(float(self.low(2)), 1), values[0])
            self.at += 2
            end = self.tokens[self.at].end
        values, unit, mantissa, end = self._scaled(values, end, after)
        strength = PLAIN if plain and values[0] < 10 else SURE
        if values[0] < 10 and (suffix == "er" or suffix.startswith("orna")):
            strength = WEAK
        if plain and not role and self.near_month():
            role = "date"
        quantity = Quantity("number", values, token.start, end, strength, unit, role, mantissa)
        self.found.append(quantity)

    def _day_and_year(self, token: Token) -> bool:
        """Read ``8,2025`` as a day and a year where the space was forgotten."""
        split = re.fullmatch(r"(\d{1,2}),((?:19|20)\d\d)", token.text)
        if split:
            cut = token.start + len(split.group(1))
            self._add("number", (float(split.group(1)),), token.start, cut, PLAIN, role="date")
            self._add("number", (float(split.group(2)),), cut + 1, token.end, SURE, role="date")
        return split is not None

    def _role(
        self, token: Token, values: tuple[float, ...], suffix: str
    ) -> tuple[tuple[float, ...], str, int]:
        """Tell decades, ordinals, centuries and times; return where the unit would stand."""
        plain, role = token.text.isdigit(), ""
        if plain and suffix:
            values, role = period(values, suffix)
            if not role and suffix in ORDINAL_SUFFIXES:
                role = "ordinal"
        after = 1
        if role:
            after = 2 if self.low(1) == suffix else 3
        if plain and self.is_century(after):
            values, role = (values[0], (values[0] - 1) * 100), "century"
        if ":" in token.text or (not plain and self.is_clock(after)):
            role = "time"
        values, role = self._half_day(values, role, after)
        return values, role, after if role else 1

    def _is_fraction(self, token: Token) -> bool:
        """Whether ``3/4`` stands here, not a date or a season."""
        slash, below = self.peek(1), self.peek(2)
        if not slash or not below or slash.text != "/" or slash.start != token.end:
            return False
        small = token.text.isdigit() and below.text in ("2", "3", "4", "5", "8", "10")
        return small and below.start == slash.end and int(token.text) < int(below.text)

    def _half_day(
        self, values: tuple[float, ...], role: str, after: int
    ) -> tuple[tuple[float, ...], str]:
        value = values[0]
        if role in ("ordinal", "decade", "century") or not 0 <= value < 13 or len(values) > 1:
            return values, role
        half = self.meridiem(after)
        if half == "pm":
            late = value + 12 if value < 12 else value
            return (round(late, 2),), "time"
        if half == "am":
            return ((value, 0.0) if value == 12 else (value,)), "time"
        return values, role

    def _scaled(
        self, values: tuple[float, ...], end: int, after: int
    ) -> tuple[tuple[float, ...], str, float, int]:
        """Apply ``million`` and find the unit before or after the number."""
        mantissa = values[0]
        if self.words is None:
            return values, "", mantissa, end
        before = self.low(-1)
        unit = self.words.stems("units").exact.get(before, "") if before in "$€£¥" else ""
        place = after
        if self.low(place) in DASHES or self.low(place) == ".":
            place += 1
        scale = self.words.numbers("scales").get(self.low(place))
        if scale == 1000 and (self.words.numbers("scales").get(self.low(place + 1)) or 0) >= 1e6:
            values, place = tuple(value * 1000 for value in values), place + 1
            scale = self.words.numbers("scales").get(self.low(place))
        if scale and (len(self.low(place)) > 1 or unit):
            values = tuple(round(value * scale, 6) for value in values)
            following = self.peek(place)
            end = following.end if following else end
            place += 1
            if self.low(place) == ".":
                place += 1
        if not unit:
            unit = self.unit_at(place)
        return values, unit, mantissa, end

    def _word(self, token: Token, known: Lexicon) -> None:
        """Read months, weekdays and number words."""
        low = token.low
        if not _counts(low, self.language) and not (low.isalpha() and token.text.isupper()):
            return
        for kind, table in (("month", "months"), ("weekday", "weekdays")):
            value = known.numbers(table).get(low)
            if value is not None:
                if kind == "weekday" or self.is_month(token):
                    self._add(kind, (value,), token.start, token.end, SURE)
                return
        if not (self._number_words(token, known) or self._ordinal(token)):
            self._other_words(token, known)

    def _ordinal(self, token: Token) -> bool:
        """Read an ordinal or a decade in one word."""
        value = numerals.ordinal(token.low, self.language)
        if value is not None:
            values, role = (value,), "ordinal"
            if self.is_century(1):
                self._add_century(token, value)
                return True
            strength = PLAIN if value > 10 else WEAK
            self._add("number", values, token.start, token.end, strength, role=role)
            return True
        tens = numerals.decade(token.low, self.language)
        if tens:
            self._add("number", tens, token.start, token.end, WORD, role="decade")
        return bool(tens)

    def _add_century(self, token: Token, value: float) -> None:
        values = (value, (value - 1) * 100)
        self._add("number", values, token.start, token.end, PLAIN, role="century")

    def _other_words(self, token: Token, known: Lexicon) -> None:
        """Read ``half``, ``dozens``, ``zweijährig``, Roman numerals and units."""
        low, start, end = token.low, token.start, token.end
        vague = known.numbers("fractions").get(low, known.numbers("vague").get(low))
        pair = numerals.prefix(low, self.language) if vague is None else None
        if vague is not None:
            unit = "times" if low in _TIMES else ""
            self._add("number", (vague,), start, end, WEAK, unit=unit)
        elif pair:
            self._add("number", (pair[0],), start, end, WORD, unit=pair[1])
            return
        elif len(token.text) <= 5 and token.text.isupper():
            numeral = numerals.roman(token.text)
            if numeral is not None:
                role = "roman" if len(token.text) > 1 else ""
                self._add("number", (numeral,), start, end, WEAK, role=role)
        self._bare_unit(token, known)

    def _bare_unit(self, token: Token, known: Lexicon) -> None:
        unit = known.stems("units").get(token.low)
        last = self.found[-1] if self.found else None
        taken = last and last.unit == unit and token.start - last.end < 25
        if unit and len(token.low) > 2 and not taken:
            self._add("unit", (0.0,), token.start, token.end, WEAK, unit=unit)

    def _number_words(self, token: Token, known: Lexicon) -> bool:
        """Read a run of number words (``two hundred and twenty-five``)."""
        value = numerals.word(token.low, self.language)
        if value is None:
            return False
        spoken, last = self._spoken(value)
        before = self.at - last - 1
        self.at = last
        total, end = numerals.combine(spoken), self.tokens[last].end
        strength = WEAK if total <= 1 else WORD if total <= 12 or len(spoken) == 1 else PLAIN
        if len(spoken) == 1 and 12 < total < 100:
            strength = PLAIN
        title = token.text[0].isupper() and not self.begins_sentence(before)
        if title and total <= 12 and self.language != "de":
            strength = WEAK
        if spoken[-1] >= 1e6 and (len(spoken) == 1 or spoken[0] in (10, 100, 1000)):
            unit = known.stems("units").get(self.tokens[last].low)
            self._add("unit", (0.0,), token.start, end, WEAK, unit=unit)
            strength = strength if self.low(before) in _ARTICLES else WEAK
        mantissa = spoken[0] if spoken[0] < 1000 else 1.0
        grown, end = self._grown(total, end, known)
        if grown != total:
            total, strength = grown, WORD
        unit = self.unit_at(1)
        quantity = Quantity("number", (total,), token.start, end, strength, unit, "", mantissa)
        self.found.append(quantity)
        return True

    def _spoken(self, value: float) -> tuple[list[float], int]:
        """Return the number words of a run, and the place of its last token."""
        spoken, ahead, last = [value], 1, self.at
        while True:
            low = self.low(ahead)
            skip = 1 if low in DASHES or low in ("and", "och", "und") else 0
            following = numerals.word(self.low(ahead + skip), self.language)
            joined = skip == 0 or low in DASHES or spoken[-1] >= 100
            if following is None or not joined or not numerals.fits(spoken, following):
                return spoken, last
            spoken.append(following)
            last = self.at + ahead + skip
            ahead += skip + 1

    def _grown(self, total: float, end: int, known: Lexicon) -> tuple[float, int]:
        """Apply ``quarters`` after three, ``dozen`` after two, ``and a half``."""
        if self.low(1) in DASHES and self.low(2) in known.numbers("fractions"):
            self.at += 1
        part = known.numbers("fractions").get(self.low(1)) if 1 < total <= 9 else None
        scale = known.numbers("scales").get(self.low(1)) if total < 100 else None
        if part or (scale and self.low(1) not in known.numbers("numbers")):
            total *= part or scale or 1
            self.at += 1
            end = self.tokens[self.at].end
        half = _HALF.match(self.text, end)
        if half:
            total, end = total + 0.5, half.end()
            while self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].start < end:
                self.at += 1
        return total, end


def _lend(found: list[Quantity], text: str) -> list[Quantity]:
    """Let ``5 to 6 million`` and ``2013-14`` lend each other what they leave out."""
    for i in range(len(found) - 1):
        left, right = found[i], found[i + 1]
        between = text[left.end : right.start].strip().lower()
        if left.kind != "number" or right.kind != "number":
            continue
        if between not in DASHES and between not in _RANGE_WORDS:
            continue
        if right.mantissa != right.values[0] and left.mantissa == left.values[0]:
            scale = right.values[0] / right.mantissa if right.mantissa else 1
            found[i] = replace(left, values=(*left.values, left.values[0] * scale))
        elif right.role == "time" and right.values[0] > 12 > left.values[0]:
            found[i] = replace(left, values=(*left.values, left.values[0] + 12), role="time")
        elif 1000 <= left.values[0] < 2200 and right.values[0] < 100 and right.strength == SURE:
            century = left.values[0] // 100 * 100
            found[i + 1] = replace(right, values=(*right.values, century + right.values[0]))
        if right.unit and not left.unit:
            found[i] = replace(found[i], unit=right.unit)
    return found


@lru_cache(maxsize=65536)
def _counts(low: str, language: str) -> bool:
    """Whether a word can have to do with a quantity at all; most cannot."""
    known = lexicon(language)
    if known is None:
        return False
    tables = ("months", "weekdays", "fractions", "vague")
    return bool(
        any(low in known.numbers(table) for table in tables)
        or numerals.word(low, language) is not None
        or numerals.ordinal(low, language) is not None
        or numerals.decade(low, language)
        or numerals.prefix(low, language)
        or known.stems("units").get(low)
    )
