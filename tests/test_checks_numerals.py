"""Numbers, dates, times and units against spellings made by rule: whole ranges, not examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks._equivalence import converted
from aligner.checks._figures import digits, roman
from aligner.checks._numerals import counted, prefix
from aligner.checks._quantities import quantities
from aligner.checks._quantity import SURE, Quantity

if TYPE_CHECKING:
    from collections.abc import Callable

ONES = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "sv": "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton "
    "sjutton arton nitton",
}
TENS = {
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "sv": "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio",
}
SWEDISH = (
    "- första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde "
    "fjortonde femtonde sextonde sjuttonde artonde nittonde"
)
FIRST = {
    "en": {1: "first", 2: "second", 3: "third", 5: "fifth", 8: "eighth", 9: "ninth", 12: "twelfth"},
    "de": {1: "erst", 3: "dritt", 7: "siebt", 8: "acht"},
    "sv": {n: word for n, word in enumerate(SWEDISH.split()) if n},
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}


def small(n: int, language: str) -> str:
    return ONES[language].split()[n]


def tens(n: int, language: str) -> str:
    return TENS[language].split()[n // 10 - 2]


def english(n: int) -> str:
    if n < 20:
        return small(n, "en")
    if n < 100:
        return tens(n, "en") + (f"-{english(n % 10)}" if n % 10 else "")
    if n < 1000:
        return f"{english(n // 100)} hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    rest = (" and " if n % 1000 < 100 else " ") + english(n % 1000) if n % 1000 else ""
    return f"{english(n // 1000)} thousand{rest}"


def german(n: int, last: bool = True) -> str:
    if n < 20:
        return "eins" if n == 1 and last else small(n, "de")
    if n < 100:
        return (f"{small(n % 10, 'de')}und" if n % 10 else "") + tens(n, "de")
    size, word = (100, "hundert") if n < 1000 else (1000, "tausend")
    return german(n // size, False) + word + (german(n % size, last) if n % size else "")


def swedish(n: int) -> str:
    if n < 20:
        return small(n, "sv")
    if n < 100:
        return tens(n, "sv") + (small(n % 10, "sv") if n % 10 else "")
    size, word = (100, "hundra") if n < 1000 else (1000, "tusen")
    return swedish(n // size) + word + (swedish(n % size) if n % size else "")


CARDINALS: dict[str, Callable[[int], str]] = {"en": english, "de": german, "sv": swedish}


def ordinal(n: int, language: str) -> str:
    """Return the ordinal of 1 to 199, the German one without its ending."""
    if n >= 100:
        hundred = {"en": "one hundred and ", "de": "hundert", "sv": "etthundra"}[language]
        rest = {"de": "st", "sv": "de"}.get(language, "")
        return hundred + (ordinal(n - 100, language) if n > 100 else rest)
    if n < 20:
        ending = {"en": "th", "de": "t", "sv": ""}[language]
        return FIRST[language].get(n, small(n, language) + ending)
    if language == "de":
        return german(n) + "st"
    if n % 10:
        return tens(n, language) + ("-" if language == "en" else "") + ordinal(n % 10, language)
    return tens(n, "en")[:-1] + "ieth" if language == "en" else tens(n, "sv") + "nde"


def read(text: str, language: str) -> list[tuple[str, tuple[float, ...], str]]:
    found = quantities(text, language)
    return [(text[q.start : q.end], q.values, q.role) for q in found if q.kind == "number"]


@pytest.mark.parametrize("language", CARDINALS)
@given(n=st.integers(0, 999_999) | st.integers(0, 1_999))
def test_every_number_in_words_has_its_value(language: str, n: int) -> None:
    text = CARDINALS[language](n)
    assert [(words, values[0]) for words, values, _ in read(text, language)] == [(text, n)]


@pytest.mark.parametrize("language", CARDINALS)
def test_small_numbers_in_words_are_all_read(language: str) -> None:
    for n in range(2, 400):
        text = CARDINALS[language](n)
        assert [(words, values[0]) for words, values, _ in read(text, language)] == [(text, n)]


@pytest.mark.parametrize("language", CARDINALS)
def test_every_ordinal_in_words_has_its_value(language: str) -> None:
    endings = ("e", "en", "er", "es", "em") if language == "de" else ("",)
    for n in (*range(1, 100), *range(101, 200)):
        for ending in endings:
            text = ordinal(n, language) + ending
            assert read(text, language) == [(text, (n,), "ordinal")]


def test_roman_numerals_are_read_back() -> None:
    letters = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL"}
    letters |= {10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
    for n in range(1, 4000):
        rest, written = n, ""
        for value, sign in letters.items():
            written += sign * (rest // value)
            rest %= value
        assert roman(written) == n
    assert roman("") is roman("VX") is roman("IIII") is None


@given(
    st.integers(0, 10**9),
    st.sampled_from(["", "5", "75", "1234"]),
    st.sampled_from(
        [(",", "."), (".", ","), (" ", ","), ("\u00a0", "."), ("'", "."), ("\u2019", ",")]
    ),
    st.sampled_from(["en", "de", "sv"]),
)
def test_digits_have_their_value_among_their_readings(
    n: int, decimals: str, marks: tuple[str, str], language: str
) -> None:
    text = f"{n:,}".replace(",", marks[0]) + (marks[1] + decimals if decimals else "")
    value = float(f"{n}.{decimals or 0}")
    readings = digits(text, language)
    assert value in readings
    assert len(readings) == 1 or (1000 <= n < 10**6 and not decimals)


DATES = [
    ("en", "on {d} {M} {y}"), ("en", "on {M} {d}, {y}"), ("en", "since {M} {y}"),
    ("en", "{y}-{m:02}-{d:02}"), ("en", "on {d} {M}"), ("de", "am {d}. {M} {y}"),
    ("de", "seit {M} {y}"), ("de", "am {d}.{m}.{y}"), ("de", "am {d:02}.{m:02}.{y}"),
    ("de", "am {d}. {M}"), ("sv", "den {d} {M} {y}"), ("sv", "sedan {M} {y}"),
    ("sv", "den {d}.{m}.{y}"), ("sv", "{y}-{m:02}-{d:02}"), ("sv", "den {d} {M}"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "form"), DATES)
def test_every_date_has_its_day_month_and_year(language: str, form: str) -> None:
    for m, month in enumerate(MONTHS[language].split(), 1):
        for d, y in ((4, 2021), (13, 1998), (30, 1848)):
            found = quantities(form.format(d=d, m=m, M=month, y=y), language)
            numbers = {*([d] if "{d" in form else []), *([y] if "{y" in form else [])}
            assert {q.values for q in found if q.kind == "month"} == {(m,)}
            assert {q.values for q in found if q.kind == "number"} == {(n,) for n in numbers}
            if "{d" in form:
                assert {q.role for q in found if q.values == (d,) and q.kind == "number"} == {
                    "date"
                }


@pytest.mark.parametrize(
    ("language", "form"),
    [("en", "{d}/{m}/{y}"), ("en", "{m}/{d}/{y}"), ("sv", "{d}/{m}/{y}")],
)
def test_a_date_between_slashes_may_begin_with_the_month(language: str, form: str) -> None:
    either = {q.kind: set(q.values) for q in quantities(form.format(d=4, m=9, y=2021), language)}
    assert either["month"] == {4, 9}
    sure = {q.kind: set(q.values) for q in quantities(form.format(d=25, m=9, y=2021), language)}
    assert sure["month"] == {9}
    short = quantities(form.format(d=25, m=9, y="07"), language)
    assert any(set(q.values) == {7, 1907, 2007} for q in short)


@pytest.mark.parametrize("text", ["32.5.2021", "0.5.2021", "5.13.2021", "5.0.2021", "2021-13-05"])
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert [q for q in quantities(text, "de") if q.role == "date"] == []


CLOCKS = [
    ("en", "half past {h}", 0, 30), ("en", "a quarter past {h}", 0, 15),
    ("en", "a quarter to {h}", -1, 45), ("de", "halb {h}", -1, 30),
    ("de", "Viertel nach {h}", 0, 15), ("de", "Viertel vor {h}", -1, 45),
    ("sv", "halv {h}", -1, 30), ("sv", "kvart över {h}", 0, 15), ("sv", "kvart i {h}", -1, 45),
]  # fmt: skip


@pytest.mark.parametrize(("language", "form", "hours", "minutes"), CLOCKS)
def test_every_spoken_time_is_read(language: str, form: str, hours: int, minutes: int) -> None:
    for h in range(1, 13):
        word = "eins" if (language, h) == ("de", 1) else small(h, language)
        (time,) = quantities(form.format(h=word), language)
        hour = (h + hours - 1) % 12 + 1
        either = {hour + minutes / 100, (hour + 12) % 24 + minutes / 100}
        assert time.role == "time"
        assert {round(value, 2) for value in time.values} == {round(value, 2) for value in either}


@pytest.mark.parametrize(
    ("language", "form"),
    [
        ("de", "um {h}:{m:02} Uhr"),
        ("de", "um {h}.{m:02} Uhr"),
        ("sv", "klockan {h}.{m:02}"),
        ("sv", "kl. {h}:{m:02}"),
        ("en", "at {h}:{m:02}"),
    ],
)
def test_every_time_of_24_hours_is_read(language: str, form: str) -> None:
    for h in range(24):
        for m in (0, 5, 15, 59):
            (time,) = quantities(form.format(h=h, m=m), language)
            late = (round(h + 12 + m / 100, 2),) if language == "en" and 0 < h < 12 else ()
            assert (time.values, time.role) == ((round(h + m / 100, 2), *late), "time")


@pytest.mark.parametrize("mark", ["am", "a.m.", "AM", "pm", "p.m.", "PM"])
def test_every_time_of_12_hours_is_read(mark: str) -> None:
    late = 12 if mark[0] in "pP" else 0
    for h in range(1, 13):
        for m in (0, 5, 59):
            (time,) = quantities(f"at {h}:{m:02} {mark}", "en")
            assert time.role == "time"
            assert round(h % 12 + late + m / 100, 2) in [round(value, 2) for value in time.values]


UNITS = [
    (1, "mile", 1.609, "kilometre"), (1, "kilometre", 1000, "metre"),
    (1, "metre", 100, "centimetre"), (1, "metre", 1000, "millimetre"),
    (1, "inch", 2.54, "centimetre"), (1, "foot", 30.48, "centimetre"), (1, "yard", 3, "foot"),
    (1, "mil", 10, "kilometre"), (1, "ell", 60, "centimetre"), (1, "kilogram", 1000, "gram"),
    (1, "gram", 1000, "milligram"), (1, "hectogram", 100, "gram"), (1, "ounce", 28.35, "gram"),
    (1, "pound", 0.4536, "kilogram"), (1, "tonne", 1000, "kilogram"),
    (1, "litre", 1000, "millilitre"), (1, "litre", 100, "centilitre"),
    (1, "litre", 10, "decilitre"), (1, "gallon", 3.785, "litre"),
    (1, "cubic_metre", 1000, "litre"), (1, "hectare", 10_000, "square_metre"),
    (1, "square_kilometre", 100, "hectare"), (1, "square_mile", 2.59, "square_kilometre"),
    (1, "acre", 0.4047, "hectare"), (1, "square_metre", 10.764, "square_foot"),
    (1, "minute", 60, "second"), (1, "hour", 60, "minute"), (1, "day", 24, "hour"),
    (1, "week", 7, "day"), (1, "year", 12, "month"), (1, "year", 52.18, "week"),
    (1, "decade", 10, "year"), (1, "century", 100, "year"), (1, "kilobyte", 1000, "byte"),
    (1, "megabyte", 1000, "kilobyte"), (1, "gigabyte", 1000, "megabyte"),
    (1, "terabyte", 1000, "gigabyte"), (1, "kilowatt", 1000, "watt"),
    (1, "megawatt", 1000, "kilowatt"), (1, "gigawatt", 1000, "megawatt"),
    (1, "tablespoon", 3, "teaspoon"), (100, "celsius", 212, "fahrenheit"),
    (-40, "celsius", -40, "fahrenheit"), (100, "kilometre/hour", 62.1, "mile/hour"),
    (36, "kilometre/hour", 10, "metre/second"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "unit", "many", "other"), UNITS)
def test_a_quantity_may_be_given_in_another_unit(
    one: float, unit: str, many: float, other: str
) -> None:
    def quantity(value: float, unit: str) -> Quantity:
        return Quantity("number", (value,), 0, 1, SURE, unit, "", value)

    for times in (1,) if "celsius" in unit else (1, 7, 250):
        ours = quantity(one * times, unit)
        for part, same in ((1, True), (0.9, False), (1.12, False)):
            theirs = quantity(many * times * part, other)
            assert converted(ours, theirs) is converted(theirs, ours) is same


@pytest.mark.parametrize(
    ("one", "other"), [("dollar", "euro"), ("percent", "percentage_point"), ("metre", "litre")]
)
def test_what_does_not_convert(one: str, other: str) -> None:
    a, b = (Quantity("number", (5.0,), 0, 1, SURE, unit, "", 5.0) for unit in (one, other))
    assert not converted(a, b)
    assert not converted(a, a)


@pytest.mark.parametrize(
    ("language", "form"), [("en", "the {}"), ("de", "die {}er Jahre"), ("sv", "{}talet")]
)
def test_every_decade_in_words_may_be_of_three_centuries(language: str, form: str) -> None:
    for n in range(20, 100, 10):
        word = tens(n, language)
        text = form.format(word[:-1] + "ies" if language == "en" else word)
        (decade,) = [q for q in quantities(text, language) if q.role == "decade"]
        assert set(decade.values) == {n, 1800 + n, 1900 + n, 2000 + n}


@pytest.mark.parametrize(
    ("language", "form"), [("en", "the {}s"), ("de", "die {}er Jahre"), ("sv", "{}-talet")]
)
def test_every_decade_in_digits_has_a_short_form(language: str, form: str) -> None:
    for year in (*range(1510, 1600, 10), *range(1910, 2000, 10), 2010, 2020):
        (decade,) = [q for q in quantities(form.format(year), language) if q.role == "decade"]
        assert decade.values == (year, year % 100)
    for n in range(20, 100, 10):
        (decade,) = [q for q in quantities(form.format(n), language) if q.role == "decade"]
        assert set(decade.values) == {n, 1800 + n, 1900 + n, 2000 + n}
    for year in range(1000, 2100, 100):
        (century,) = [q for q in quantities(form.format(year), language) if q.role == "century"]
        assert century.values == (year, year / 100 + 1)


@pytest.mark.parametrize(
    ("language", "form"),
    [("en", "the {}th century"), ("de", "das {}. Jahrhundert"), ("sv", "{}:e århundradet")],
)
def test_every_century_has_the_year_it_begins_with(language: str, form: str) -> None:
    for n in (*range(4, 10), *range(14, 21)):
        (century,) = [q for q in quantities(form.format(n), language) if q.role == "century"]
        assert century.values == (n, (n - 1) * 100)


@pytest.mark.parametrize(
    ("word", "language", "hours"),
    [
        ("noon", "en", {12}),
        ("midnight", "en", {0, 12, 24}),
        ("Mitternacht", "de", {0, 12, 24}),
        ("midnatt", "sv", {0, 12, 24}),
    ],
)
def test_noon_and_midnight_are_times(word: str, language: str, hours: set[float]) -> None:
    (time,) = [q for q in quantities(word, language) if q.kind == "number"]
    assert (set(time.values), time.role) == (hours, "time")


@pytest.mark.parametrize(
    ("word", "language", "value"),
    [
        ("trebarnsfar", "sv", 3),
        ("dreizimmer", "de", 3),
        ("dreiteilig", "de", 3),
        ("einzimmer", "de", None),
        ("dreirad", "de", None),
        ("achtung", "de", None),
        ("threesome", "en", None),
    ],
)
def test_a_compound_may_begin_with_a_number(word: str, language: str, value: float | None) -> None:
    assert counted(word, language) == value


@pytest.mark.parametrize(
    ("word", "language", "found"),
    [
        ("zweijährig", "de", (2, "year")),
        ("viereinhalbstündig", "de", (4.5, "hour")),
        ("halbjährlich", "de", (0.5, "year")),
        ("tredagars", "sv", (3, "day")),
        ("einjährig", "de", None),
        ("zweifarbig", "de", None),
    ],
)
def test_a_compound_may_count_units(
    word: str, language: str, found: tuple[float, str] | None
) -> None:
    assert prefix(word, language) == found
