"""What is read of a quantity: where it stands, its values, its unit and what it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.checks._quantities import quantities
from aligner.checks._quantity import PLAIN, SURE, WEAK, WORD, Quantity

READ = [
    ("en", "1,234.56 euros", "1,234.56 = 1234.56 euro"),
    ("en", "about 12,000 people", "12,000 = 12000 | 12"),
    ("en", "16bn euros", "16bn = 16000000000 euro"),
    ("en", "in 44 BC or so", "44 = 44; BC = era -1"),
    ("en", "the 19th century", "19 = 19 | 1800 century century"),
    ("en", "the 1990s", "1990 = 1990 | 90 decade"),
    ("en", "at half past nine", "half past nine = 9.3 | 21.3 time"),
    ("en", "at a quarter to five", "a quarter to five = 4.45 | 16.45 time"),
    ("en", "at 11:35 pm", "11:35 = 23.35 time"),
    ("en", "Two dozen eggs", "Two dozen = 24"),
    ("en", "twenty-five years", "twenty-five = 25 year"),
    ("en", "two-thirds of it", "two-thirds = 0.6666"),
    ("en", "one and a half years", "one and a half = 1.5 year"),
    ("en", "80 km/h", "80 = 80 kilometre/hour"),
    ("en", "a two-year project", "two = 2 year"),
    ("en", "within 24 hours", "24 = 24 hour"),
    ("en", "down by 50 per cent", "50 = 50 percent"),
    ("en", "3-2 after extra time", "3 = 3; 2 = 2"),
    ("en", "on Monday 3 June", "Monday = weekday 1; 3 = 3 date; June = month 6"),
    ("en", "1.5 million dollars", "1.5 million = 1500000 dollar"),
    ("en", "in the mid-1980s", "1980 = 1980 | 80 decade"),
    ("en", "page 12", "12 = 12"),
    ("en", "5 ft 3 in", "5 = 5 foot; 3 = 3"),
    ("en", "at 10 a.m.", "10 = 10 time"),
    ("en", "$1.5 billion", "1.5 billion = 1500000000 dollar"),
    ("en", "£20", "20 = 20 pound"),
    ("en", "20-30 metres", "20 = 20 metre; 30 = 30 metre"),
    ("en", "between 3 and 5 weeks", "3 = 3 week; 5 = 5 week"),
    ("en", "two hundred thousand", "two hundred thousand = 200000"),
    ("de", "1.234,56 Euro", "1.234,56 = 1234.56 euro"),
    ("de", "etwa 12 000 Menschen", "12 000 = 12000"),
    ("de", "16 Milliarden Euro", "16 Milliarden = 16000000000 euro"),
    ("de", "7. bis 8. Mai 2025", "7 = 7 date; 8 = 8 date; Mai = month 5; 2025 = 2025 date"),
    ("de", "44 v. Chr.", "44 = 44; v. Chr = era -1"),
    ("de", "das 19. Jahrhundert", "19 = 19 | 1800 century century"),
    ("de", "die 1990er Jahre", "1990 = 1990 | 90 year decade"),
    ("de", "um halb zehn", "halb zehn = 9.3 | 21.3 time"),
    ("de", "um Viertel vor fünf", "Viertel vor fünf = 4.45 | 16.45 time"),
    ("de", "um 23.35 Uhr", "23.35 = 23.35 time"),
    ("de", "zwei Dutzend Eier", "zwei Dutzend = 24"),
    ("de", "fünfundzwanzig Jahre", "fünfundzwanzig = 25 year"),
    ("de", "zwei Drittel davon", "zwei Drittel = 0.6666"),
    ("de", "80 km/h", "80 = 80 kilometre/hour"),
    ("de", "ein zweijähriges Projekt", "zweijähriges = 2 year"),
    ("de", "innerhalb von 24 Stunden", "24 = 24 hour"),
    ("de", "um 50 Prozent", "50 = 50 percent"),
    ("de", "minus 5 Grad", "5 = 5 degree"),
    ("de", "3:2 nach Verlängerung", "3 = 3; 2 = 2"),
    ("de", "am Montag, dem 3. Juni", "Montag = weekday 1; 3 = 3 date; Juni = month 6"),
    ("de", "1,5 Mio. Dollar", "1,5 Mio = 1500000 dollar"),
    ("de", "Mitte der 1980er", "1980 = 1980 | 80 decade"),
    ("de", "Seite 12", "12 = 12"),
    ("de", "zweihunderttausend", "zweihunderttausend = 200000"),
    ("de", "dreimal", "dreimal = 3 times"),
    ("de", "Ende Mai", "Mai = month 5"),
    ("sv", "1 234,56 euro", "1 234,56 = 1234.56 euro"),
    ("sv", "cirka 12 000 människor", "12 000 = 12000"),
    ("sv", "16 miljarder euro", "16 miljarder = 16000000000 euro"),
    ("sv", "7-8 maj 2025", "7 = 7 date; 8 = 8 date; maj = month 5; 2025 = 2025 date"),
    ("sv", "44 f.Kr.", "44 = 44; f.Kr = era -1"),
    ("sv", "1800-talet", "1800 = 1800 | 19 century"),
    ("sv", "1990-talet", "1990 = 1990 | 90 decade"),
    ("sv", "halv tio", "halv tio = 9.3 | 21.3 time"),
    ("sv", "kvart i fem", "kvart i fem = 4.45 | 16.45 time"),
    ("sv", "klockan 23.35", "23.35 = 23.35 time"),
    ("sv", "två dussin ägg", "två dussin = 24"),
    ("sv", "tjugofem år", "tjugofem = 25 year"),
    ("sv", "två tredjedelar", "två tredjedelar = 0.6666"),
    ("sv", "ett och ett halvt år", "ett och ett halvt = 1.5 year"),
    ("sv", "80 km/h", "80 = 80 kilometre/hour"),
    ("sv", "ett tvåårigt projekt", "tvåårigt = 2 year"),
    ("sv", "inom 24 timmar", "24 = 24 hour"),
    ("sv", "med 50 procent", "50 = 50 percent"),
    ("sv", "minus 5 grader", "5 = 5 degree"),
    ("sv", "3-2 efter förlängning", "3 = 3; 2 = 2"),
    ("sv", "måndagen den 3 juni", "måndagen = weekday 1; 3 = 3 date; juni = month 6"),
    ("sv", "1,5 miljoner dollar", "1,5 miljoner = 1500000 dollar"),
    ("sv", "mitten av 1980-talet", "1980 = 1980 | 80 decade"),
    ("sv", "sidan 12", "12 = 12"),
    ("sv", "tvåhundratusen", "tvåhundratusen = 200000"),
    ("sv", "tre gånger", "tre = 3 times"),
    ("sv", "i slutet av maj", "maj = month 5"),
    ("en", "at 10 p.m.", "10 = 22 time"),
    ("sv", "klockan 10 e.m.", "10 = 22 time"),
    ("sv", "klockan 3 f.m.", "3 = 3 time"),
    ("de", "um 7 Uhr abends", "7 = 19 time"),
    ("sv", "klockan 7 på kvällen", "7 = 19 time"),
    ("de", "um 10 p.m.", "10 = 10"),
    ("sv", "klockan 10 p.m.", "10 = 10 time"),
    ("en", "at 10 e.m.", "10 = 10"),
    ("en", "quarter past three", "quarter past three = 3.15 | 15.15 time"),
    ("de", "Viertel nach drei", "Viertel nach drei = 3.15 | 15.15 time"),
    ("sv", "kvart över tre", "kvart över tre = 3.15 | 15.15 time"),
    ("de", "3. Juni 1999", "3 = 3 date; Juni = month 6; 1999 = 1999 date"),
    ("en", "three quarters", "three quarters = 0.75"),
    ("de", "drei Viertel", "drei Viertel = 0.75"),
    ("sv", "tre fjärdedelar", "tre fjärdedelar = 0.75"),
    ("en", "1.2 trillion", "1.2 trillion = 1200000000000"),
    ("de", "1,2 Billionen", "1,2 Billionen = 1200000000000"),
    ("sv", "1,2 biljoner", "1,2 biljoner = 1200000000000"),
    ("de", "30 Grad Celsius", "30 = 30 celsius"),
    ("en", "0.5%", "0.5 = 0.5 percent"),
    ("sv", "0,5 procentenheter", "0,5 = 0.5 percentage_point"),
    ("en", "€1,250.75", "1,250.75 = 1250.75 euro"),
    ("sv", "100 kr", "100 = 100 krona"),
    ("en", "one hundred and five", "one hundred and five = 105"),
    ("de", "hundertfünf", "hundertfünf = 105"),
    ("sv", "etthundrafem", "etthundrafem = 105"),
    ("en", "the 21st of March", "21 = 21 ordinal; March = month 3"),
    ("sv", "den 21 mars", "21 = 21 date; mars = month 3"),
    ("de", "am 21. März", "21 = 21 date; März = month 3"),
    ("sv", "två gånger", "två = 2 times"),
    ("en", "six-year-old", "six = 6 year"),
    ("de", "sechsjährig", "sechsjährig = 6 year"),
    ("en", "in 1998/99", "1998 = 1998; 99 = 99 | 1999"),
    ("de", "1998/99", "1998 = 1998; 99 = 99 | 1999"),
    ("en", "3.5 to 4 metres", "3.5 = 3.5 metre; 4 = 4 metre"),
    ("de", "3,5 bis 4 Meter", "3,5 = 3.5 metre; 4 = 4 metre"),
    ("sv", "3,5 till 4 meter", "3,5 = 3.5 metre; 4 = 4 metre"),
    ("en", "½ cup", "½ = 0.5"),
    ("en", "2nd floor", "2 = 2 ordinal"),
    ("de", "einundachtzigste", "einundachtzigste = 81 ordinal"),
    ("sv", "åttioförsta", "åttioförsta = 81 ordinal"),
    ("en", "1,000,000", "1,000,000 = 1000000"),
    ("de", "1.000.000", "1.000.000 = 1000000"),
    ("sv", "1 000 000", "1 000 000 = 1000000"),
    ("en", "the first two weeks", "two = 2 week"),
    ("en", "20 °C", "20 = 20 celsius"),
    ("de", "68 °F", "68 = 68 fahrenheit"),
    ("en", "in March of 1990", "March = month 3; 1990 = 1990 date"),
    ("en", "60 men on May 7-8", "60 = 60; May = month 5; 7 = 7 date; 8 = 8 date"),
    ("en", "3/4 of them", "3/4 = 0.75 | 3"),
    ("en", "3/7 of them", "3 = 3; 7 = 7"),
    ("en", "the 2019/20 season", "2019 = 2019; 20 = 20 | 2020"),
    ("sv", "den 81:a gången", "81 = 81 ordinal"),
    ("en", "5 km per second", "5 = 5 kilometre/second"),
    ("en", "½ litre", "½ = 0.5 litre"),
    ("en", "the 6th century BC", "6 = 6 | 500 century century; BC = era -1"),
    ("en", "half a billion euros", "half a billion = 500000000 euro"),
    ("en", "a scale of 1:50,000", "1:50,000 = 50000 | 50"),
    ("en", "4x400 metres", "4 = 4; 400 = 400 metre"),
    ("en", "in 3:01.25", "3:01.25 = 3.0125 | 301.25 time"),
    ("en", "at 0430 sharp", "0430 = 430 | 4.3"),
    (
        "en",
        "three million and five million",
        "three million = 3000000 million; five million = 5000000",
    ),
    ("en", "the nineteen-forties", "nineteen-forties = 1940 | 40 decade"),
    ("en", "in his mid-thirties", "thirties = 30 | 1930 | 1830 | 2030 | 35 decade"),
    ("en", "25 basis points", "25 = 25 basis_point"),
    ("en", "seven o'clock", "seven = 7 | 19"),
    ("de", "die Nacht zum Mittwoch", "Mittwoch = weekday 3 | 2"),
    (
        "de",
        "im 5. vorchristlichen Jahrhundert",
        "5 = 5 | 400 century century; vorchristlich = era -1",
    ),
    ("sv", "på artonhundratalet", "artonhundratalet = 1800 | 19 century"),
    ("sv", "tretti man", "tretti = 30"),
    ("sv", "år 44 f.v.t.", "44 = 44; f.v.t = era -1"),
    ("sv", "natten till onsdagen", "onsdagen = weekday 3 | 2"),
    ("en", "GBP 12", "12 = 12 pound"),
    ("en", "300 thousand million", "300 thousand million = 300000000000"),
    ("de", "4 Tausend Milliarden", "4 Tausend Milliarden = 4000000000000"),
    ("en", "5 mil. people", "5 = 5"),
    ("en", "at 3 in the afternoon", "3 = 15 time"),
    ("en", "at 3 o'clock in the afternoon", "3 = 15 time"),
    ("en", "12:00 am", "12:00 = 12 | 0 time"),
    ("en", "5 to 6 million", "5 = 5 | 5000000; 6 million = 6000000"),
    ("en", "from 8 to 10 pm", "8 = 8 | 20 time; 10 = 22 time"),
    ("en", "two of three", "two = 2 | 0.6666; three = 3 | 0.6666"),
    ("en", "Louis and 12 others", "12 = 12"),
    ("en", "the one hundred and fiftieth day", "one hundred and fiftieth = 150 ordinal"),
    ("en", "forty-second street", "forty-second = 42 ordinal"),
    ("en", "1.2.3 and 4", "4 = 4"),
    ("en", "see section 6.1 here", "6 = 6; 1 = 1"),
    ("en", "They left. Two came back.", "Two = 2"),
    ("en", "the book Seven Days", ""),
    ("en", "three quarters of an hour", "three quarters = 0.75 hour"),
    ("en", "four and a half miles", "four and a half = 4.5 mile"),
    ("en", "a million people", "million = 1000000"),
    ("en", "millions of people", ""),
    ("sv", "lördagskvällen", "lördagskvällen = weekday 6"),
]


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_quantities_are_read_with_value_unit_and_role(
    language: str, text: str, expected: str
) -> None:
    assert _shown(text, language) == expected


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_quantities_are_read_alike_inside_a_sentence(
    language: str, text: str, expected: str
) -> None:
    before = {"en": "They say: ", "de": "Man sagt: ", "sv": "Det heter: "}[language]
    assert _shown(f"{before}{text}.", language) == expected


def everything() -> list[str]:
    path = Path(__file__).parent / "data" / "checks" / "quantities.txt"
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("line", everything())
def test_everything_that_may_be_a_quantity_is_read(line: str) -> None:
    """``!`` stands behind what is sure, ``~`` behind a word, ``?`` behind what only matches."""
    cell, expected = line.split(" | ", 1)
    language, text = cell.split(": ", 1)
    marks = {SURE: "!", PLAIN: "", WORD: "~", WEAK: "?"}
    found = [
        [
            f"{text[q.start : q.end]}{marks[q.strength]} =",
            *_reading(q),
            *([] if q.mantissa == q.values[0] else [f"({_figure(q.mantissa)})"]),
        ]
        for q in quantities(text, language)
    ]
    assert "; ".join(map(" ".join, found)) == expected


def _figure(value: float) -> str:
    return f"{value:.10g}" if value < 1e6 else f"{value:.0f}"


def _reading(found: Quantity) -> list[str]:
    """Return what a quantity is read as: its kind if it is no number, values, unit and role."""
    kind = [] if found.kind == "number" else [found.kind]
    return [*kind, " | ".join(map(_figure, found.values)), *filter(None, (found.unit, found.role))]


def _shown(text: str, language: str) -> str:
    """Return the quantities that must have a counterpart, as text."""
    return "; ".join(
        " ".join([text[q.start : q.end].strip(), "=", *_reading(q)])
        for q in quantities(text, language)
        if q.strength > WEAK
    )


@pytest.mark.parametrize(
    ("language", "text", "strength"),
    [
        ("en", "1,250", SURE),
        ("en", "16bn", SURE),
        ("en", "7", PLAIN),
        ("en", "twenty-five", PLAIN),
        ("en", "two", WORD),
        ("de", "zwei Drittel", WORD),
        ("de", "fünfundzwanzig", PLAIN),
        ("sv", "tre", WORD),
        ("en", "third", WEAK),
        ("de", "anderthalb", WEAK),
        ("sv", "hundratals", WEAK),
        ("en", "Louis XIV", WEAK),
    ],
)
def test_digits_are_surer_than_words_and_words_that_can_mean_else_only_match(
    language: str, text: str, strength: int
) -> None:
    assert max(q.strength for q in quantities(text, language)) == strength


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The G20 met on the A4."),
        ("en", "They may march on."),
        ("de", "Er hat acht gegeben, sie machten mit."),
        ("sv", "Han var en av dem."),
        ("xx", "ninety people"),
        ("en", ""),
    ],
)
def test_what_is_no_quantity(language: str, text: str) -> None:
    assert [q for q in quantities(text, language) if q.strength > WORD] == []


def test_a_language_without_a_lexicon_has_its_digits_read() -> None:
    assert [q.values for q in quantities("Oli 1234 ihmistä, 17 lasta", "fi")] == [(1234,), (17,)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "12/05/2024", {(12.0, 5.0), (5.0, 12.0), (2024.0,)}),
        ("de", "12.05.2024", {(12.0,), (5.0,), (2024.0,)}),
        ("sv", "2024-05-12", {(12.0,), (5.0,), (2024.0,)}),
    ],
)
def test_dates_in_digits_have_the_order_of_their_form(
    language: str, text: str, expected: set[tuple[float, ...]]
) -> None:
    found = quantities(text, language)
    assert {tuple(sorted(q.values)) for q in found} == {tuple(sorted(v)) for v in expected}
    assert {(q.start, q.end, q.role) for q in found} == {(0, len(text), "date")}
    assert sorted(q.kind for q in found) == ["month", "number", "number"]
