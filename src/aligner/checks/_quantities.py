"""Quantities of a passage by meaning: numbers, dates, times and units, in any spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from . import _numerals as numerals
from ._lexicon import Lexicon, lexicon
from ._text import Token, tokens

WEAK, WORD, PLAIN, SURE = range(4)
DASHES = frozenset("-–—‒‑/")
_RANGE_WORDS = frozenset({"to", "bis", "till", "and", "und", "och", "or", "oder", "eller"})
_ORDINAL_SUFFIX = frozenset({"st", "nd", "rd", "th", "e", "a", "er"})
_MAY = frozenset(
    "in of by since until from to last next late early mid this on before after between and".split()
)
_NUMERIC_DATE = re.compile(
    r"(?<![\d.,/-])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([./])(\d{1,2})\5(\d{4}|\d{2}))(?![\d/-])"
)
_HALF = re.compile(r" (?:and a half|och en halv|och ett halvt)\b", re.IGNORECASE)
_TIMES = frozenset({"once", "twice", "thrice", "einmal", "zweimal", "dreimal"})
_ARTICLES = frozenset({"a", "an", "one", "ein", "eine", "einer", "einem", "einen", "en", "ett"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity and where it stands.

    Attributes:
        kind: ``number``, ``month``, ``weekday``, ``era`` or ``unit`` (a unit without a number).
        values: what it may stand for, the likeliest reading first.
        strength: ``WEAK`` can only match, ``WORD`` a small number word, ``PLAIN``, ``SURE`` digits.
        role: ``date``, ``time``, ``ordinal``, ``decade``, ``century`` or nothing.
        mantissa: the number before ``million`` and the like, equal to the value without one.
    """

    kind: str
    values: tuple[float, ...]
    start: int
    end: int
    strength: int = SURE
    unit: str = ""
    role: str = ""
    mantissa: float = 0.0


@lru_cache(maxsize=512)
def quantities(text: str, language: str) -> tuple[Quantity, ...]:
    """Return the quantities of *text* in order; digits alone for a language without a lexicon."""
    return tuple(_Reader(text, language).read())


class _Reader:
    """One pass over the tokens of a passage."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language.split("-")[0].lower()
        self.tokens = tokens(text)
        self.words: Lexicon | None = lexicon(language)
        self.found: list[Quantity] = []
        self.at = 0

    def read(self) -> list[Quantity]:
        """Read all quantities."""
        dates = self._numeric_dates() if _NUMERIC_DATE.search(self.text) else []
        dates = sorted([*dates, *self._phrases()])
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            if dates and dates[0][0] <= token.start:
                end = dates.pop(0)[1]
                while self.at < len(self.tokens) and self.tokens[self.at].start < end:
                    self.at += 1
                continue
            if token.text[0].isdigit():
                self._digits(token)
            elif token.text in numerals.FRACTION_SIGNS:
                value = numerals.FRACTION_SIGNS[token.text]
                self._add("number", (value,), token.start, token.end, PLAIN)
            elif self.words is not None and token.text[0].isalpha():
                self._word(token, self.words)
            self.at += 1
        return sorted(self._ranges(), key=lambda q: q.start)

    def _add(
        self, kind: str, values: tuple[float, ...], start: int, end: int, strength: int, **more: str
    ) -> None:
        self.found.append(Quantity(kind, values, start, end, strength, **more, mantissa=values[0]))

    def _peek(self, ahead: int = 1) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else None

    def _low(self, ahead: int) -> str:
        token = self._peek(ahead)
        return token.low if token else ""

    def _numeric_dates(self) -> list[tuple[int, int]]:
        """Read ``2011-02-16``, ``16.02.2011`` and ``16/2/2011``; return where they stand."""
        places = []
        for match in _NUMERIC_DATE.finditer(self.text):
            year, month, day = match.group(1, 2, 3)
            if not year:
                day, month, year = match.group(4, 6, 7)
            days, months = {int(day)}, {int(month)}
            if match.group(5) == "/":
                days, months = days | months, days | months
            months = {m for m in months if 1 <= m <= 12}
            if not months or not all(1 <= d <= 31 for d in days):
                continue
            start, end = match.span()
            as_values = tuple(float(y) for y in _years(int(year)))
            self._add("number", tuple(map(float, sorted(days))), start, end, PLAIN, role="date")
            self._add("number", as_values, start, end, PLAIN, role="date")
            self._add("month", tuple(map(float, sorted(months))), start, end, SURE, role="date")
            places.append((start, end))
        return places

    def _phrases(self) -> list[tuple[int, int]]:
        """Read ``half past two``, ``v. Chr.`` and holidays; return where they stand."""
        if self.words is None:
            return []
        places: list[tuple[int, int]] = []
        data = self.words.data
        for match in re.finditer(data["era"]["form"], self.text):
            value = -1.0 if match.group("before") else 1.0
            self._add("era", (value,), *match.span(), PLAIN)
            places.append(match.span())
        for name, form in data["clockwords"].items():
            for match in re.finditer(form, self.text, re.IGNORECASE):
                value = _clock(name, match, self.language)
                if value is not None:
                    values = (value, round((value + 12) % 24, 2))
                    self._add("number", values, *match.span(), PLAIN, role="time")
                    places.append(match.span())
        lower = self.text.lower()
        for phrase, date in data["holidays"].items():
            start = lower.find(phrase)
            if start >= 0:
                day, month = map(float, date.split("."))
                self._add("number", (day,), start, start + len(phrase), WEAK, role="date")
                self._add("month", (month,), start, start + len(phrase), WEAK, role="date")
        return places

    def _digits(self, token: Token) -> None:
        """Read a number that begins with a digit, with its suffix, scale and unit."""
        if token.start and (self.text[token.start - 1].isalpha() or self.text[token.start - 1] == "_"):
            return
        split = re.fullmatch(r"(\d{1,2}),((?:19|20)\d\d)", token.text)
        if split:
            cut = token.start + len(split.group(1))
            self._add("number", (float(split.group(1)),), token.start, cut, PLAIN, role="date")
            self._add("number", (float(split.group(2)),), cut + 1, token.end, SURE, role="date")
            return
        values = numerals.digits(token.text, self.language)
        if not values:
            return
        start, end, role = token.start, token.end, ""
        plain = token.text.isdigit()
        suffix = self._suffix(end)
        if plain and suffix:
            values, role = _period(values, suffix)
            if not role and suffix in _ORDINAL_SUFFIX:
                role = "ordinal"
        after = 1
        if role and suffix:
            after = 2 if self._low(1) == suffix else 3
        if plain and self._is_century(after):
            values, role = (values[0], (values[0] - 1) * 100), "century"
        if ":" in token.text or (not plain and self._is_clock(after)):
            role = "time"
        values, role = self._half_day(values, role, after)
        if _is_fraction(self, token):
            values = (values[0] / max(float(self._low(2)), 1), values[0])
            self.at += 2
            end = self.tokens[self.at].end
        values, unit, mantissa, end = self._scaled(values, end, after if role else 1)
        strength = PLAIN if plain and values[0] < 10 else SURE
        if values[0] < 10 and (suffix == "er" or suffix.startswith("orna")):
            strength = WEAK
        if plain and not role and self._near_month():
            role = "date"
        self.found.append(Quantity("number", values, start, end, strength, unit, role, mantissa))

    def _suffix(self, end: int) -> str:
        """Return the letters that stick to a number: ``s``, ``th``, ``talet`` of ``-talet``."""
        token = self._peek()
        if token and token.start == end and token.text in "-‑’'":
            token = self._peek(2)
            return token.low if token and token.start == end + 1 else ""
        if token and token.start == end and token.text == ":":
            token = self._peek(2)
            return token.low if token and token.low in _ORDINAL_SUFFIX else ""
        return token.low if token and token.start == end and token.text[0].isalpha() else ""

    def _is_century(self, after: int) -> bool:
        if self.words is None:
            return False
        known = self.words.words("century")
        return any(self._low(k) in known for k in (after, after + 1))

    def _is_clock(self, after: int) -> bool:
        if self.words is None:
            return False
        marks = self.words.words("clock", "mark")
        near = (self._low(after), self._low(-1), self._low(-2) if self._low(-1) == "." else "")
        return any(word in marks for word in near) or self._meridiem(after) != ""

    def _meridiem(self, after: int) -> str:
        """Return ``am`` or ``pm`` if one of the next words says so."""
        if self.words is None:
            return ""
        end = self.tokens[self.at].end
        rest = self.text[end : end + 26].lower().lstrip("  \u202f")
        first = re.match(r"([ap])\.?\s?m\b|([ef])\.?\s?m\b", rest)
        if first and not (self.language == "en") == bool(first.group(1)):
            first = None
        if first:
            return "pm" if first.group(1) == "p" or first.group(2) == "e" else "am"
        if not self._clock_context(after):
            return ""
        for ahead in range(after, after + 5):
            low = self._low(ahead)
            if low in self.words.words("clock", "pm") or low in self.words.words("clock", "late"):
                return "pm"
            if low in self.words.words("clock", "am"):
                return "am"
        return ""

    def _clock_context(self, after: int) -> bool:
        assert self.words is not None
        marks = self.words.words("clock", "mark")
        near = (self._low(after), self._low(-1), self._low(-2) if self._low(-1) == "." else "")
        return ":" in self.tokens[self.at].text or any(word in marks for word in near)

    def _half_day(
        self, values: tuple[float, ...], role: str, after: int
    ) -> tuple[tuple[float, ...], str]:
        value = values[0]
        if role in ("ordinal", "decade", "century") or not 0 <= value < 13 or len(values) > 1:
            return values, role
        half = self._meridiem(after)
        if half == "pm":
            late = value + 12 if value < 12 else value
            return (round(late, 2),), "time"
        if half == "am":
            return ((value, 0.0) if value == 12 else (value,)), "time"
        return values, role

    def _near_month(self) -> bool:
        """Whether a month name stands beside the number."""
        if self.words is None:
            return False
        months = self.words.numbers("months")
        near = [self._low(k) for k in (-2, -1, 1, 2)]
        return any(word in months for word in near)

    def _scaled(
        self, values: tuple[float, ...], end: int, after: int
    ) -> tuple[tuple[float, ...], str, float, int]:
        """Apply ``million`` and find the unit before or after the number."""
        mantissa = values[0]
        if self.words is None:
            return values, "", mantissa, end
        before = self._low(-1)
        unit = self.words.stems("units").exact.get(before, "") if before in "$€£¥" else ""
        place = after
        if self._low(place) in DASHES or self._low(place) == ".":
            place += 1
        scale = self.words.numbers("scales").get(self._low(place))
        if scale == 1000 and (self.words.numbers("scales").get(self._low(place + 1)) or 0) >= 1e6:
            values, place = tuple(value * 1000 for value in values), place + 1
            scale = self.words.numbers("scales").get(self._low(place))
        if scale and (len(self._low(place)) > 1 or unit):
            values = tuple(round(value * scale, 6) for value in values)
            following = self._peek(place)
            end = following.end if following else end
            place += 1
            if self._low(place) == ".":
                place += 1
        if not unit:
            unit = self._unit_at(place)
        return values, unit, mantissa, end

    def _unit_at(self, place: int) -> str:
        assert self.words is not None
        units = self.words.stems("units")
        for ahead in (place, place + 1, place + 2):
            low = self._low(ahead)
            found = units.get(low) if low and (low[0].isalpha() or low in "%$€£") else ""
            if low == "°":
                found = units.exact.get("°" + self._low(ahead + 1), "")
            if found:
                return found + self._per(ahead + 1)
            if low and not low[0].isalpha() and low not in DASHES:
                return ""
        return ""

    def _per(self, place: int) -> str:
        """Return ``/hour`` where a unit is counted by another (``km/h``, ``miles per hour``)."""
        assert self.words is not None
        if self._low(place) not in ("/", "per", "pro", "i", "an"):
            return ""
        unit = self.words.stems("units").get(self._low(place + 1))
        return f"/{unit}" if unit in ("second", "minute", "hour") else ""

    def _word(self, token: Token, known: Lexicon) -> None:
        """Read months, weekdays and number words."""
        low = token.low
        if not _counts(low, self.language) and not (low.isalpha() and token.text.isupper()):
            return
        if low in known.numbers("months"):
            if self._is_month(token):
                self._add("month", (known.numbers("months")[low],), token.start, token.end, SURE)
            return
        if low in known.numbers("weekdays"):
            self._add("weekday", (known.numbers("weekdays")[low],), token.start, token.end, SURE)
            return
        if self._number_words(token, known):
            return
        value = numerals.ordinal(low, self.language)
        if value is not None:
            values: tuple[float, ...] = (value,)
            role = "ordinal"
            if self._is_century(1):
                values, role = (value, (value - 1) * 100), "century"
            strength = PLAIN if value > 10 or role == "century" else WEAK
            self._add("number", values, token.start, token.end, strength, role=role)
            return
        tens = numerals.decade(low, self.language)
        if tens:
            self._add("number", tens, token.start, token.end, WORD, role="decade")
            return
        for section in ("fractions", "vague"):
            found = known.numbers(section).get(low)
            if found is not None:
                unit = "times" if low in _TIMES else ""
                self._add("number", (found,), token.start, token.end, WEAK, unit=unit)
                break
        else:
            pair = numerals.prefix(low, self.language)
            if pair:
                self._add("number", (pair[0],), token.start, token.end, WORD, unit=pair[1])
                return
            if len(token.text) <= 5 and token.text.isupper():
                numeral = numerals.roman(token.text)
                if numeral is not None:
                    role = "roman" if len(token.text) > 1 else ""
                    self._add("number", (numeral,), token.start, token.end, WEAK, role=role)
        self._bare_unit(token, known)

    def _bare_unit(self, token: Token, known: Lexicon) -> None:
        unit = known.stems("units").get(token.low)
        if unit and len(token.low) > 2:
            taken = self.found and self.found[-1].unit == unit and token.start - self.found[-1].end < 25
            if not taken:
                self._add("unit", (0.0,), token.start, token.end, WEAK, unit=unit)

    def _is_month(self, token: Token) -> bool:
        """English ``may`` and ``march`` are months only in the company of a date."""
        if token.low in ("mars",) and token.text[0].isupper() and token.start:
            return False
        if len(token.low) <= 4 and token.low not in ("june", "july", "juni", "juli", "maj", "mai", "mars", "märz"):
            near = (self._low(-1), self._low(1))
            if token.low != "may" and not any(word[:1].isdigit() or word == "." for word in near):
                return False
        if self.language == "en" and token.low in ("may", "march"):
            if not token.text[0].isupper():
                return False
            before, after = self._low(-1), self._low(1)
            return before in _MAY or before[:1].isdigit() or after[:1].isdigit()
        return True

    def _number_words(self, token: Token, known: Lexicon) -> bool:
        """Read a run of number words (``two hundred and twenty-five``)."""
        value = numerals.word(token.low, self.language)
        if value is None:
            return False
        spoken, ahead, last = [value], 1, self.at
        while True:
            low = self._low(ahead)
            skip = 1 if low in DASHES or low in ("and", "och", "und") else 0
            following = numerals.word(self._low(ahead + skip), self.language)
            joined = skip == 0 or low in DASHES or spoken[-1] >= 100
            if following is None or not joined or not numerals.fits(spoken, following):
                break
            spoken.append(following)
            last = self.at + ahead + skip
            ahead += skip + 1
        total = numerals.combine(spoken)
        start = token.start
        before = self.at - last - 1
        self.at = last
        end = self.tokens[last].end
        if total <= 1:
            strength = WEAK
        elif total <= 12:
            strength = WORD
        else:
            strength = PLAIN
        if len(spoken) == 1 and value >= 100:
            strength = WORD
        if token.text[0].isupper() and total <= 12 and not self._begins_sentence(before):
            strength = WEAK if self.language != "de" else strength
        vague = len(spoken) == 2 and spoken[0] in (10, 100, 1000) and spoken[1] >= 1e6
        if (len(spoken) == 1 and value >= 1e6) or vague:
            unit = known.stems("units").get(self.tokens[last].low)
            self._add("unit", (0.0,), start, end, WEAK, unit=unit)
            strength = strength if self._low(before) in _ARTICLES else WEAK
        mantissa = spoken[0] if spoken[0] < 1000 else 1.0
        part = known.numbers("fractions").get(self._low(1)) if 1 < total <= 9 else None
        scale = known.numbers("scales").get(self._low(1)) if total < 100 else None
        if part or (scale and self._low(1) not in known.numbers("numbers")):
            total *= part or scale or 1
            self.at += 1
            end = self.tokens[self.at].end
            strength = WORD
        half = _HALF.match(self.text, end)
        if half:
            total, end, strength = total + 0.5, half.end(), WORD
            while self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].start < end:
                self.at += 1
        unit = self._unit_at(1)
        self.found.append(Quantity("number", (total,), start, end, strength, unit, "", mantissa))
        return True

    def _begins_sentence(self, before: int) -> bool:
        token = self._peek(before)
        return token is None or not (token.text[0].isalnum() or token.text in ",;")

    def _ranges(self) -> list[Quantity]:
        """Let ``5 to 6 million`` and ``2013-14`` lend each other what they leave out."""
        found = self.found
        for i in range(len(found) - 1):
            left, right = found[i], found[i + 1]
            if left.kind != "number" or right.kind != "number":
                continue
            between = self.text[left.end : right.start].strip().lower()
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


def _clock(name: str, match: re.Match[str], language: str) -> float | None:
    """Return the time that ``halv tre`` or ``quarter to five`` says, as hours and hundredths."""
    found = match.groupdict()
    hour = numerals.word((found.get("hour") or found.get("past") or "").lower(), language)
    if hour is None or not 1 <= hour <= 12:
        return None
    if name == "half":
        return hour + 0.3 if found.get("past") else (hour - 1 or 12) + 0.3
    late = found["way"].lower() in ("past", "nach", "över")
    return hour + 0.15 if late else (hour - 1 or 12) + 0.45


def _years(year: int) -> tuple[int, ...]:
    return (year,) if year > 99 else (year, 1900 + year, 2000 + year)


def _period(values: tuple[float, ...], suffix: str) -> tuple[tuple[float, ...], str]:
    """Read ``1990s``, ``90er`` and ``1800-talet``; a century has two names."""
    value = values[0]
    if not (suffix in ("s", "er", "ern") or suffix.startswith("tal")) or value % 10:
        return values, ""
    if value % 100 == 0 and value >= 1000:
        return (value, value / 100 + 1), "century"
    if value >= 1000:
        return (value, value % 100), "decade"
    return (value, 1900 + value, 1800 + value, 2000 + value), "decade"


def _is_fraction(reader: _Reader, token: Token) -> bool:
    """Whether ``3/4`` stands here, not a date or a season."""
    slash, below = reader._peek(1), reader._peek(2)
    if not slash or not below or slash.text != "/" or slash.start != token.end:
        return False
    small = token.text.isdigit() and below.text in ("2", "3", "4", "5", "8", "10")
    return small and below.start == slash.end and int(token.text) < int(below.text)
