"""Quantities in words: numbers, ordinals, decades, fractions, months, weekdays and bare units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner.checks import _numerals as numerals
from aligner.checks._cursor import DASHES, Cursor
from aligner.checks._figures import roman
from aligner.checks._lexicon import Lexicon, function_words, listed
from aligner.checks._quantity import NO_UNIT, PLAIN, SURE, WEAK, WORD, Quantity, Unit

if TYPE_CHECKING:
    from aligner.checks._text import Token

_HALF = re.compile(r" (?:and a half|och en halv|och ett halvt)\b", re.IGNORECASE)


class WordReader(Cursor):
    """Reads quantities in words at the place where it stands, and keeps what it found."""

    def __init__(self, text: str, language: str) -> None:
        super().__init__(text, language)
        self.found: list[Quantity] = []

    def add(
        self,
        kind: str,
        values: tuple[float, ...],
        start: int,
        end: int,
        strength: int,
        unit: Unit = NO_UNIT,
        role: str = "",
        mantissa: float | None = None,
    ) -> None:
        """Keep a quantity; its *mantissa* is its value unless it is said to be another."""
        before = values[0] if mantissa is None else mantissa
        self.found.append(
            Quantity(kind, values, start, end, strength, unit.name, role, before, unit.place)
        )

    def word(self, token: Token, known: Lexicon) -> None:
        """Read months, weekdays and number words."""
        low = token.low
        day, month = numerals.weekday(low, self.language), known.numbers("months").get(low)
        if day is not None:
            self._weekday(day, token, known)
        elif month is not None:
            if self.is_month(token):
                self.add("month", (month,), token.start, token.end, SURE)
        elif (of := numerals.month(low, self.language)) is not None:
            self.add("month", (of,), token.start, token.end, WEAK)
        elif not (self._number_words(token, known) or self._ordinal(token)):
            self._other_words(token, known)

    def _weekday(self, day: float, token: Token, known: Lexicon) -> None:
        """Read a weekday; ``die Nacht zum Mittwoch`` is that of Tuesday."""
        days: tuple[float, ...] = (day,)
        if f"{self.low(-2)}-{self.low(-1)}" in known.words("clock", "eve"):
            days = (day, (day + 5) % 7 + 1)
        plain = token.low.startswith(tuple(known.numbers("weekdays")))
        self.add("weekday", days, token.start, token.end, SURE if plain else WEAK)

    def _ordinal(self, token: Token) -> bool:
        """Read an ordinal or a decade in one word."""
        value = None if self.is_other() else numerals.ordinal(token.low, self.language)
        ranked = (
            value if self.stands(1, "rank", "words") else numerals.rank(token.low, self.language)
        )
        if ranked is not None:
            self.add("number", (ranked,), token.start, token.end, PLAIN, role="ordinal")
            return True
        if value is not None and value > 2 and self._is_share():
            share = int(1e4 / value) / 1e4  # ``a third of``
            self.add("number", (share, value), token.start, token.end, WEAK)
            return True
        if value is not None:
            self._add_ordinal(value, token.start, token.end)
            return True
        tens = numerals.decade(token.low, self.language)
        if tens:
            role = "century" if tens[0] >= 1000 and tens[0] % 100 == 0 else "decade"
            if self.low(-2) == "mid" and self.low(-1) in DASHES:
                tens = (*tens, tens[0] + 5)
            self.add("number", tens, token.start, token.end, WORD, role=role)
        return bool(tens)

    def _is_share(self) -> bool:
        """Whether an English ordinal is a share: ``a third of``, ``one-third of``."""
        return self.low(1) == "of" and (
            self.stands(-1, "articles", "one") or self.low(-1) in DASHES
        )

    def _add_ordinal(self, value: float, start: int, end: int) -> None:
        """Keep an ordinal, or the century that it counts."""
        if self.is_century(1):
            values = (value, (value - 1) * 100)
            self.add("number", values, start, end, PLAIN, role="century")
        else:
            strength = PLAIN if value > 10 else WEAK
            self.add("number", self.storeys(value, 1), start, end, strength, role="ordinal")

    def _other_words(self, token: Token, known: Lexicon) -> None:
        """Read ``half``, ``dozens``, ``zweijährig``, Roman numerals and units."""
        low, start, end = token.low, token.start, token.end
        vague = numerals.fraction(low, self.language)
        vague = known.numbers("vague").get(low) if vague is None else vague
        pair = numerals.prefix(low, self.language) if vague is None else None
        hours = _hours(low, known)
        if hours:
            self.add("number", hours, start, end, WEAK, role="time")
        elif vague is not None:
            self._vague(vague, token, known)
        elif pair:
            number, unit = pair
            self.add("number", (number,), start, end, WORD if number > 1 else WEAK, Unit(unit))
            return
        elif value := numerals.counted(low, self.language):
            self.add("number", (value,), start, end, WEAK)
        elif len(token.text) <= 5 and token.text.isupper():
            numeral = roman(token.text)
            if numeral is not None:
                role = "roman" if len(token.text) > 1 else ""
                self.add("number", (numeral,), start, end, WEAK, role=role)
        self._bare_unit(token, known)

    def _vague(self, value: float, token: Token, known: Lexicon) -> None:
        """Read ``twice``, ``dozens``, ``half an hour`` and ``half a billion``."""
        place = 1
        while value < 1 and (self.stands(place, "articles", "one") or self.low(place) == "of"):
            place += 1
        scale = known.numbers("scales").get(self.low(place)) if value < 1 else None
        if scale and len(self.low(place)) > 1:
            self.at += place
            end, unit = self.tokens[self.at].end, self.unit_at(1)
            self.add("number", (value * scale,), token.start, end, WORD, unit, mantissa=value)
            return
        unit = Unit("times") if known.stems("multiples").get(token.low) else NO_UNIT
        if value % 1 and not unit:
            quarter = token.low in known.words("clock", "quarter")
            unit = self.unit_at(1) or (Unit("hour") if quarter else NO_UNIT)
        self.add("number", (value,), token.start, token.end, WEAK, unit=unit)

    def _bare_unit(self, token: Token, known: Lexicon) -> None:
        unit = known.stems("units").get(token.low)
        last = self.found[-1] if self.found else None
        counted = (last.unit, *last.unit.split("/")) if last else ()
        taken = last and unit in counted and token.start - last.end < 25
        named = len(token.low) > 2 and token.low not in known.words("function")
        if unit and named and not taken:
            self.add("unit", (0.0,), token.start, token.end, WEAK, Unit(unit))

    def _number_words(self, token: Token, known: Lexicon) -> bool:
        """Read a run of number words (``two hundred and twenty-five``)."""
        value = numerals.word(token.low, self.language)
        if value is None:
            return False
        spoken, last = self._spoken(value)
        before = self.at - last - 1
        self.at = last
        total, end = numerals.combine(spoken), self.tokens[last].end
        if self._joined_ordinal(total, token) or self._joined_decade(total, token):
            return True
        strength = self._weight(total, spoken, token, before)
        if spoken[-1] >= 1e6 and (len(spoken) == 1 or spoken[0] in (10, 100, 1000)):
            scale = Unit(known.stems("units").get(self.tokens[last].low))
            self.add("unit", (0.0,), token.start, end, WEAK, scale)
            strength = strength if self.stands(before, "articles", "one") else WEAK
        mantissa = spoken[0] if spoken[0] < 1000 else 1.0
        grown, end = self._grown(total, end, known)
        if grown != total:
            total, strength = grown, WORD
        unit, role = self.unit_at(1), ""
        if strength == WORD and not unit and self.stands(before, "articles", "definite"):
            strength, role = WEAK, "definite"
        values: tuple[float, ...] = (total,)
        if not (unit or role) and total <= 12:
            values, role = self.half_day(values, role, 1)
        self.add("number", values, token.start, end, strength, unit, role, mantissa)
        return True

    def _joined_ordinal(self, tens: float, token: Token) -> bool:
        """Read ``twenty-first`` and ``one hundred and first``."""
        joiner = self.low(1)
        value = numerals.ordinal(self.low(2), self.language) or 0
        if joiner in DASHES:
            fits = 0 < value < 10 and tens % 10 == 0
        else:
            fits = joiner == "and" and 0 < value < 100 and tens >= 100 and tens % 100 == 0
        if not fits:
            return False
        self.at += 2
        self._add_ordinal(tens + value, token.start, self.tokens[self.at].end)
        return True

    def _joined_decade(self, hundreds: float, token: Token) -> bool:
        """Read ``nineteen-forties``."""
        tens = numerals.decade(self.low(2), self.language)
        if not (tens and self.low(1) in DASHES and 10 < hundreds <= 20):
            return False
        self.at += 2
        values = (100 * hundreds + tens[0], tens[0])
        self.add("number", values, token.start, self.tokens[self.at].end, WORD, role="decade")
        return True

    def _weight(self, total: float, spoken: list[float], token: Token, before: int) -> int:
        """Return how sure a number in words is: small ones may be articles or parts of a title."""
        strength = WEAK if total <= 1 else WORD if total <= 12 or len(spoken) == 1 else PLAIN
        if len(spoken) == 1 and 12 < total < 100:
            strength = PLAIN
        title = token.text[0].isupper() and not self.begins_sentence(before)
        named = title and total <= 12
        return WEAK if named or self._is_verb(token, before) else strength

    def _is_verb(self, token: Token, before: int) -> bool:
        """Whether a number word is a verb that closes its clause: ``das Mehl sieben``."""
        return (
            token.low in listed(self.language, "homographs", "verbs")
            and self.low(before) not in function_words(self.language)
            and (not self.low(1).isalpha() or self.stands(1, "joining", "and", "or"))
        )

    def _spoken(self, value: float) -> tuple[list[float], int]:
        """Return the number words of a run, and the place of its last token."""
        spoken, ahead, last = [value], 1, self.at
        while True:
            low = self.low(ahead)
            skip = int(low in DASHES or self.stands(ahead, "joining", "and"))
            following = numerals.word(self.low(ahead + skip), self.language)
            joined = skip == 0 or low in DASHES or spoken[-1] >= 100
            if following is None or not joined or not numerals.fits(spoken, following):
                return spoken, last
            scale = numerals.word(self.low(ahead + skip + 1), self.language) or 0
            if skip and scale >= 1000 and not numerals.fits([*spoken, following], scale):
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
        named = self.low(1) in known.numbers("numbers") or self.is_tied(1)
        if part or (scale and not named):
            total *= part or scale or 1
            self.at += 1
            end = self.tokens[self.at].end
        half = _HALF.match(self.text, end)
        if half:
            total, end = total + 0.5, half.end()
            while self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].start < end:
                self.at += 1
        return total, end


def _hours(low: str, known: Lexicon) -> tuple[float, ...]:
    """Return what noon and midnight are called in figures."""
    if low in known.words("clock", "noon"):
        return (12.0,)
    return (0.0, 24.0, 12.0) if low in known.words("clock", "midnight") else ()
