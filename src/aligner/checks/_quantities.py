"""Quantities of a passage by meaning: numbers, dates, times and units, in any spelling."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from aligner.checks._calendar import numeric_dates, period, phrases
from aligner.checks._countable import counting
from aligner.checks._cursor import DASHES, ORDINAL_SUFFIXES
from aligner.checks._figures import FRACTION_SIGNS, digits, scale_of
from aligner.checks._lexicon import listed
from aligner.checks._markup import markup
from aligner.checks._quantity import NO_UNIT, PLAIN, SURE, WEAK, WORD, Quantity, Unit
from aligner.checks._spoken import WordReader
from aligner.checks._telephones import telephones
from aligner.checks._text import WRITTEN, marked

if TYPE_CHECKING:
    from aligner.checks._lexicon import Lexicon
    from aligner.checks._text import Token

_FIRST_CJK = "\u2e80"
_GROUP = 3  # figures of ``001`` in ``11.001``
_OPENING, _NOON = 7, 12  # the hour from which something is open
_CODE = 3  # letters of ``GBP``
_CODE_LETTERS = re.compile(r"[A-Z]{1,3}")
# Behind it a word with a capital, and a mark of its own or a point within.
_LABEL = re.compile(
    r"\s*[(\[]?(\d{1,3}(?:\.\d{1,2})*)(?:[.)\]]+|(?<=\.\d)|(?<=\.\d\d))\s+"
    r"(?=[\"\u201c\u201d\u201e\u00ab\u00bb]?[^\W\d_a-zß-öø-ÿ])"
)
_TIMES_SIGN = re.compile(r"\d[xX]")


@lru_cache(maxsize=512)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of *text* in order; digits alone for a language without a lexicon."""
    return tuple(_Reader(text, language).read())


class _Reader(WordReader):
    """One pass over the tokens of a passage."""

    def read(self) -> list[Quantity]:
        """Read all quantities."""
        self.found = [*numeric_dates(self.text), *telephones(self.text)]
        if self.words is not None:
            self.found += phrases(self.text, self.words)
        taken = sorted({*(q.place for q in self.found), *markup(self.text)})
        for place in marked(self.tokens, counting(self.language).__getitem__, WRITTEN):
            token = self.tokens[place]
            while taken and taken[0][0] <= token.start:
                self._pass(taken.pop(0)[1])
            if place < self.at:
                continue
            self.at = place
            if token.text[0].isdecimal():
                self._digits(token)
            elif token.text in FRACTION_SIGNS:
                value, unit = FRACTION_SIGNS[token.text], self.unit_at(1)
                self.add("number", (value,), token.start, token.end, PLAIN, unit=unit)
            elif self.words is not None:
                self.word(token, self.words)
            self.at += 1
        return _lend(sorted(self.found, key=lambda q: q.start), self.text, self.language)

    def _pass(self, end: int) -> None:
        while self.at < len(self.tokens) and self.tokens[self.at].start < end:
            self.at += 1

    def _digits(self, token: Token) -> None:
        """Read a number that begins with a digit, with its suffix, scale and unit."""
        before = self.text[max(token.start - 2, 0) : token.start]
        values = digits(token.text, self.language)
        tied = before[-1:].isalpha() and before[-1:] < _FIRST_CJK and not _TIMES_SIGN.match(before)
        if tied:
            self._code(token)
        if tied or before[-1:] == "_" or self._in_parts(token) or not values:
            return
        plain, suffix = token.text.isdecimal(), self.suffix(token.end)
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
        if not (role or unit) and mantissa == values[0] and self._is_label(token):
            strength, role = WEAK, "label"
        self.add("number", values, token.start, end, strength, unit, role, mantissa)

    def _is_label(self, token: Token) -> bool:
        """Whether it numbers the passage: ``3.1 Scope``, ``(12) Whereas``, ``4. Open the lid``."""
        label = _LABEL.match(self.text)
        return label is not None and label.start(1) == token.start

    def _code(self, token: Token) -> None:
        """Read the number of a code, as in ``error E4``."""
        letters = self.peek(-1)
        if letters is None or not _CODE_LETTERS.fullmatch(letters.text):
            return
        if token.text.isdecimal() and not self.text[letters.start - 1 : letters.start].isalnum():
            value = (float(token.text),)
            self.add("code", value, letters.start, token.end, WEAK, Unit(letters.text), "code")

    def _in_parts(self, token: Token) -> bool:
        """Read two numbers written as one: ``8,2025``, ``3:2``, ``1.5:1``, ``Article 6.1``."""
        if self._day_and_year(token):
            return True
        mark = ":" if ":" in token.text else "."
        parts = token.text.split(mark)
        refers = self.words is not None and self.low(-1) in self.words.words("reference")
        refers = refers and len(parts[-1]) < _GROUP
        if len(parts) != 2 or not (refers or (mark == ":" and len(parts[1]) == 1)):
            return False
        left, right = (digits(part, self.language) for part in parts)
        if not (left and right):
            return False
        cut = token.start + len(parts[0])
        self.add("number", left, token.start, cut, PLAIN)
        self.add("number", right, cut + 1, token.end, PLAIN)
        return True

    def _day_and_year(self, token: Token) -> bool:
        """Read ``8,2025`` as a day and a year where the space was forgotten."""
        split = re.fullmatch(r"(\d{1,2}),((?:19|20)\d\d)", token.text)
        if split:
            cut = token.start + len(split.group(1))
            self.add("number", (float(split.group(1)),), token.start, cut, PLAIN, role="date")
            self.add("number", (float(split.group(2)),), cut + 1, token.end, SURE, role="date")
        return split is not None

    def _role(
        self, token: Token, values: tuple[float, ...], suffix: str
    ) -> tuple[tuple[float, ...], str, int]:
        """Tell decades, ordinals, centuries and times; return where the unit would stand."""
        plain, role = token.text.isdecimal(), ""
        if plain and suffix:
            values, role = period(values, suffix)
            if not role and suffix in ORDINAL_SUFFIXES:
                role = "ordinal"
        after = 1
        if role:
            after = 2 if self.low(1) == suffix else 3
        if plain and self.is_century(after):
            values, role = (values[0], (values[0] - 1) * 100), "century"
        colon = ":" in token.text and not scale_of("".join(token.text.split()))
        if role == "ordinal":
            values = self.storeys(values[0], after)
        if colon or (not plain and self.is_clock(after)):
            role = "time"
        values, role = self.half_day(values, role, after)
        if not role and plain and values[0] <= 24 and self.near_clock_word(after):
            values = (values[0], values[0] - 12) if values[0] > 12 else values
            role = "time"
        return values, role, after if role else 1

    def _is_fraction(self, token: Token) -> bool:
        """Whether ``3/4`` stands here, not a date or a season."""
        slash, below = self.peek(1), self.peek(2)
        if not slash or not below or slash.text != "/" or slash.start != token.end:
            return False
        small = token.text.isdecimal() and below.text in ("2", "3", "4", "5", "8", "10")
        return small and below.start == slash.end and int(token.text) < int(below.text)

    def _scaled(
        self, values: tuple[float, ...], end: int, after: int
    ) -> tuple[tuple[float, ...], Unit, float, int]:
        """Apply ``million`` and find the unit before or after the number."""
        mantissa = values[0]
        if self.words is None:
            return values, NO_UNIT, mantissa, end
        unit = self._money(self.words)
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

    def _money(self, known: Lexicon) -> Unit:
        """Return the currency before the number: ``$``, ``EUR``."""
        before = self.peek(-1)
        if before is None:
            return NO_UNIT
        is_code = len(before.text) == _CODE and before.text.isupper()
        if not is_code and before.low not in "$€£¥":
            return NO_UNIT
        name = known.stems("units").exact.get(before.low, "")
        return Unit(name, before.place)


def _lend(found: list[Quantity], text: str, language: str) -> list[Quantity]:
    """Let ``5 to 6 million`` and ``2013-14`` lend each other what they leave out."""
    shares, ranges = listed(language, "joining", "of"), _ranges(language)
    for i in range(len(found) - 1):
        left, right = found[i], found[i + 1]
        between = text[left.end : right.start].strip(" .\u00a0\u202f").lower().replace(" ", "-")
        if left.kind != "number" or right.kind != "number":
            continue
        if between in shares and 0 < left.values[0] < right.values[0] <= 10:
            share = int(1e4 * left.values[0] / right.values[0]) / 1e4
            found[i] = replace(left, values=(*left.values, share))
            found[i + 1] = replace(right, values=(*right.values, share))
        if between not in ranges:
            continue
        if right.mantissa != right.values[0] and left.mantissa == left.values[0]:
            scale = right.values[0] / right.mantissa if right.mantissa else 1
            found[i] = replace(left, values=(*left.values, left.values[0] * scale))
        elif right.role == "time" and right.values[0] > 12 > left.values[0]:
            found[i] = replace(left, values=(*left.values, left.values[0] + 12), role="time")
        elif _is_past_noon(left, right):
            found[i + 1] = replace(right, values=(*right.values, right.values[0] + _NOON))
        elif 1000 <= left.values[0] < 2200 and right.values[0] < 100 and right.strength == SURE:
            century = left.values[0] // 100 * 100
            found[i + 1] = replace(right, values=(*right.values, century + right.values[0]))
        if right.unit and not left.unit:
            found[i] = replace(found[i], unit=right.unit, unit_place=right.unit_place)
        _share_date(found, i)
    return found


def _is_past_noon(left: Quantity, right: Quantity) -> bool:
    """Whether two bare numbers may be hours, of which the second is after noon: ``9 to 4``."""
    hours = all(q.values[0] % 1 == 0 and not q.unit and q.strength > WORD for q in (left, right))
    return hours and 1 <= right.values[0] < _OPENING <= left.values[0] <= _NOON


@lru_cache(maxsize=8)
def _ranges(language: str) -> frozenset[str]:
    """Return what stands between the ends of a range, or two of a kind."""
    return DASHES.union(*(listed(language, "joining", kind) for kind in ("and", "or", "to")))


def _share_date(found: list[Quantity], i: int) -> None:
    """Make both days of ``7. bis 8. Mai`` parts of the date."""
    for place, other in ((i, i + 1), (i + 1, i)):
        day = found[place]
        if found[other].role == "date" and not (day.role or day.unit) and day.values[0] <= 31:
            found[place] = replace(day, role="date")
