"""Numbers, dates and units by value, in the spellings of three languages."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._equivalence import equivalent
from aligner.checks._figures import digits, roman
from aligner.checks._matching import match
from aligner.checks._measures import dimension
from aligner.checks._numerals import ordinal, word
from aligner.checks._quantities import quantities
from aligner.checks._quantity import SURE, WEAK, Quantity

SAME = [
    ("1,234.56 euros", "1.234,56 Euro", "1 234,56 euro"),
    ("12,000 people", "12'000 Menschen", "12\u00a0000 personer"),
    ("CHF 12,345.50", "12\u2019345,50 Franken", "12 345,50 franc"),
    ("mixed 1.5:1", "im Verhältnis 1,5:1", "1,5:1"),
    ("$1.5 million", "1,5 Mio. Dollar", "1,5 miljoner dollar"),
    ("16bn euros", "16 Milliarden Euro", "16 md euro"),
    ("May 7-8, 2025", "7. bis 8. Mai 2025", "7-8 maj 2025"),
    ("from May 7-8,2025", "vom 7. bis 8. Mai 2025", "den 7-8 maj 2025"),
    ("in 44 BC", "44 v. Chr.", "år 44 f.Kr."),
    ("the 19th century", "das 19. Jahrhundert", "1800-talet"),
    ("the 1990s", "die 1990er Jahre", "1990-talet"),
    ("the sixties", "die sechziger Jahre", "sextiotalet"),
    ("at half past nine", "um halb zehn", "halv tio"),
    ("at a quarter to five", "um Viertel vor fünf", "kvart i fem"),
    ("at 11:35 pm", "um 23.35 Uhr", "klockan 23.35"),
    ("Two dozen", "Zwei Dutzend", "Tjugofyra"),
    ("twenty-five", "fünfundzwanzig", "tjugofem"),
    ("two-thirds of it", "zwei Drittel davon", "två tredjedelar"),
    ("one and a half years", "eineinhalb Jahre", "18 månader"),
    ("80 km", "80 Kilometer", "50 miles"),
    ("Louis XIV", "Ludwig der Vierzehnte", "Ludvig XIV"),
    ("a two-year project", "ein zweijähriges Projekt", "ett tvåårigt projekt"),
    ("four within 24 hours", "vier innerhalb von 24 Stunden", "fyra per dygn"),
    ("there for a decade", "zehn Jahre lang dort", "där i tio år"),
    ("150 minutes a week", "zweieinhalb Stunden pro Woche", "150 minuter i veckan"),
    ("four and a half hours", "viereinhalb Stunden", "fyra och en halv timme"),
    ("under six months", "unter sechs Monaten", "yngre än ett halvår"),
    ("down by 50 per cent", "um 50 Prozent gesunken", "halverad, halverats"),
    ("GBP 12m", "12 Millionen Pfund", "12 miljoner pund"),
    ("the eighty-first time", "das einundachtzigste Mal", "den 81:a gången"),
    ("5 square kilometres", "5 Quadratkilometer", "500 hektar"),
    ("20 square miles", "52 km²", "52 kvadratkilometer"),
    ("100 g of sugar", "100 g Zucker", "1 hg socker"),
    ("3-2 after extra time", "3:2 nach Verlängerung", "3-2 efter förlängning"),
    ("Article 6(1)(b)", "Artikel 6 Absatz 1 Buchstabe b", "artikel 6.1 b"),
    ("a father of three", "ein Vater von drei Kindern", "en trebarnsfar"),
    ("two-thirds of them", "66 Prozent von ihnen", "två av tre"),
    ("at ten to six", "um zehn vor sechs", "tio i sex"),
    ("at ten to six", "um 17.50 Uhr", "klockan 17.50"),
    ("at twenty past four", "um zwanzig nach vier", "klockan 16.20"),
    ("at 7.25 p.m.", "um fünf vor halb acht", "fem i halv åtta"),
    ("at 12.35", "um fünf nach halb eins", "fem över halv ett"),
    ("at 7 in the evening", "um 19 Uhr", "klockan sju på kvällen"),
    ("at eight in the morning", "um acht Uhr morgens", "klockan 8 på morgonen"),
    ("at 2 o'clock at night", "um 2 Uhr nachts", "klockan 2.00"),
    ("open from nine to five", "von 9 bis 17 Uhr geöffnet", "öppet 9-17"),
    ("on 4 January 2021", "am 4. 1. 2021", "den 4/1 2021"),
    ("on 16/2/2011", "am 16.02.11", "den 16/2 2011"),
    ("gusts of 85 mph", "Böen von 137 km/h", "byar på 137 km/tim"),
    ("It was 80 degrees.", "Es waren 27 ºC.", "Det var 27 grader."),
    ("10 degrees warmer", "6 Grad wärmer", "6 grader varmare"),
    ("2 inches per hour", "5 Zentimeter pro Stunde", "5 cm regn"),
    ("in early October", "am Oktoberanfang", "i oktobers början"),
    ("30 yards away", "27 Meter entfernt", "30 meter bort"),
    ("at 6.40", "um 18.40 Uhr", "klockan 18.40"),
    ("It's ten to five here", "Hier ist es zehn vor fünf", "Här är klockan tio i fem"),
    ("at five minutes to four they sat", "um fünf vor vier saßen sie", "fem i fyra satt de"),
    ("on Sunday at noon", "am Sonntagmittag", "på söndagsmiddagen"),
    ("in her sixties", "in den Sechzigern", "i sextioårsåldern"),
    ("due on 1 May of the following year", "fällig am 1. Mai 2026", "1 maj nästa år"),
    ("+46 40 555 01 23", "+46 (0)40 5550123", "040-555 01 23"),
    ("250 °C (480 °F)", "250 °C", "250 grader"),
    ("850 g of flour", "850 g Mehl", "14 dl mjöl"),
    ("£15,001-£19,999", "15.001 bis 19.999 Pfund", "15 001-19 999 pund"),
]
OTHER = [
    ("45 rooms", "54 Zimmer", "D201"),
    ("1,365 euros", "1,335 Euro", "D201"),
    ("the twelfth time", "das elfte Mal", "D201"),
    ("Louis XVI", "Ludwig XIV.", "D201"),
    ("5 June", "5. Juli", "D202"),
    ("on Monday", "am Dienstag", "D202"),
    ("at 10 p.m.", "um 10:00 Uhr", "D202"),
    ("at 8 o'clock", "um 9 Uhr", "D202"),
    ("at 6.40 pm", "um 6.40 Uhr", "D202"),
    ("It was 80 degrees.", "Es waren 80 Grad, nein, 60.", "D201"),
    ("25 degrees Celsius", "25 Grad Fahrenheit", "D203"),
    ("on Sunday", "am Montagabend", "D202"),
    ("on 4 January 2021", "am 4. 2. 2021", "D202"),
    ("at half past two", "um halb zwei", "D202"),
    ("in 120 BC", "120 n. Chr.", "D202"),
    ("1.5 million", "1,5 Milliarden", "D203"),
    ("70 km/h", "70 km/s", "D203"),
    ("5 tonnes", "5 Kilogramm", "D203"),
    ("40 euros", "40 Dollar", "D203"),
    ("4-2 after extra time", "3:2 nach Verlängerung", "D201"),
    ("2 dl of milk", "2 Liter Milch", "D203"),
    ("5 square kilometres", "5 Quadratmeter", "D203"),
    ("the eighty-first time", "das zweiundachtzigste Mal", "D201"),
    ("in the first half of the year", "in der zweiten Hälfte des Jahres", "D201"),
    ("there for years", "monatelang dort, seit Monaten", "D203"),
    ("at ten to six", "um zehn nach sechs", "D202"),
    ("at ten to six", "um 17.40 Uhr", "D202"),
    ("at 7 in the evening", "um 7 Uhr morgens", "D202"),
    ("at eight o'clock at night", "um 8 Uhr morgens", "D202"),
    ("+46 40 555 01 23", "040-555 01 32", "D201"),
    ("250 °C (350 °F)", "250 °C", "D201"),
    ("850 g of flour", "5 dl Mehl", "D201"),
    ("1 May of the following year in 2025", "1. Mai 2026, nach 2024", "D202"),
]
NO_TIMES = [
    ("en", "from ten to six people", "ten = 10; six = 6"),
    ("de", "zehn vor sechs Jahren", "zehn = 10 year; sechs = 6 year"),
    ("de", "deshalb zehn Leute", "zehn = 10"),
    ("sv", "tio i en bil", "tio = 10; en = 1"),
]


@pytest.mark.parametrize(("en", "de", "sv"), SAME)
def test_one_value_in_three_spellings_is_no_divergence(en: str, de: str, sv: str) -> None:
    row = {"en": f"It was {en}.", "de": f"Es war {de}.", "sv": f"Det var {sv}."}
    assert next(check_rows([row], CheckOptions(select=("D2",)))) == ()


@pytest.mark.parametrize(("en", "de", "code"), OTHER)
def test_another_value_is_a_divergence(en: str, de: str, code: str) -> None:
    row = {"en": f"It was {en}.", "de": f"Es war {de}."}
    found = next(check_rows([row], CheckOptions(select=("D2",))))
    assert code in [one.code for one in found]


@pytest.mark.parametrize(("language", "text", "expected"), NO_TIMES)
def test_numbers_beside_each_other_are_no_time(language: str, text: str, expected: str) -> None:
    shown = [
        f"{text[q.start : q.end]} = {q.values[0]:g} {q.unit}{q.role}".strip()
        for q in quantities(text, language)
        if q.kind == "number"
    ]
    assert "; ".join(shown) == expected


@pytest.mark.parametrize(
    ("text", "language", "readings"),
    [
        ("1.234", "de", (1234.0, 1.234)),
        ("1.234", "en", (1.234, 1234.0)),
        ("1.234,5", "sv", (1234.5,)),
        ("23:45", "en", (23.45,)),
        ("1.2.3", "en", ()),
        ("0,5", "de", (0.5,)),
    ],
)
def test_a_number_in_digits_has_the_readings_its_marks_allow(
    text: str, language: str, readings: tuple[float, ...]
) -> None:
    assert digits(text, language) == readings


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("dreiundzwanzig", "de", 23),
        ("zweihundertfünfzigtausend", "de", 250_000),
        ("tvåhundrafemtio", "sv", 250),
        ("ninety", "en", 90),
        ("haus", "de", None),
        ("einen", "de", None),
    ],
)
def test_number_words(text: str, language: str, value: float | None) -> None:
    assert word(text, language) == value


def test_ordinals_and_roman_numerals() -> None:
    assert ordinal("einundzwanzigsten", "de") == 21
    assert ordinal("tjugoförsta", "sv") == 21
    assert ordinal("machten", "de") is None
    assert [roman(text) for text in ("XIV", "MIX", "CD", "IIII")] == [14, 1009, 400, None]


def test_may_and_march_are_months_only_in_a_date() -> None:
    assert [q.kind for q in quantities("They may march in May.", "en")] == ["month"]
    assert quantities("March on, said May.", "en") == ()


def test_a_letter_before_a_number_makes_it_a_code() -> None:
    found = quantities("The G20 and the A4 road.", "en")
    assert [(q.kind, q.unit, q.values) for q in found] == [
        ("code", "G", (20.0,)),
        ("code", "A", (4.0,)),
    ]


def quantity(value: float, unit: str = "", role: str = "", strength: int = SURE) -> Quantity:
    return Quantity("number", (value,), 0, 1, strength, unit, role, value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (quantity(92), quantity(1992), True),
        (quantity(92), quantity(2092), True),
        (quantity(92), quantity(1892), False),
        (quantity(92), quantity(1993), False),
        (quantity(10), quantity(1910), True),
        (quantity(9), quantity(1909), False),
        (quantity(0), quantity(1900), False),
        (quantity(25, "percent"), quantity(0.25), True),
        (quantity(25, "percent"), quantity(0.255), True),
        (quantity(25, "percent"), quantity(0.27), False),
        (quantity(25, "percent"), quantity(0.24), False),
        (quantity(100, "percent"), quantity(1), False),
        (quantity(25), quantity(0.25), False),
        (quantity(20, role="century"), quantity(1901), True),
        (quantity(20, role="century"), quantity(1999), True),
        (quantity(20, role="century"), quantity(2000), False),
        (quantity(20, role="century"), quantity(1899), False),
        (quantity(10, role="century"), quantity(950), False),
        (quantity(11, role="century"), quantity(1000), True),
        (quantity(20), quantity(1950), False),
        (quantity(3, "mile"), quantity(4.8, "kilometre"), True),
        (quantity(3, "mile"), quantity(3, "kilometre"), True),
        (quantity(3), quantity(3.0000001), True),
        (quantity(3), quantity(3.001), False),
        (quantity(1, "times", strength=WEAK), quantity(1, strength=WEAK), False),
        (quantity(1, "times", strength=WEAK), quantity(1), True),
    ],
)
def test_one_quantity_may_stand_for_another(one: Quantity, other: Quantity, same: bool) -> None:
    assert equivalent(one, other) is same
    assert equivalent(other, one) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("60 second", "1 minute"), ("60 minute", "1 hour"), ("24 hour", "1 day"),
        ("7 day", "1 week"), ("52.2 week", "1 year"), ("12 month", "1 year"),
        ("10 year", "1 decade"), ("10 decade", "1 century"),
        ("10 millimetre", "1 centimetre"), ("2.54 centimetre", "1 inch"), ("12 inch", "1 foot"),
        ("3 foot", "1 yard"), ("1.094 yard", "1 metre"), ("1000 metre", "1 kilometre"),
        ("1.609 kilometre", "1 mile"), ("1 mil", "6.21 mile"), ("1.667 ell", "1 metre"),
        ("1000 milligram", "1 gram"), ("100 gram", "1 hectogram"), ("28.35 gram", "1 ounce"),
        ("16 ounce", "1 pound_mass"), ("2.205 pound", "1 kilogram"), ("1000 kilogram", "1 tonne"),
        ("10 millilitre", "1 centilitre"), ("10 centilitre", "1 decilitre"),
        ("10 decilitre", "1 litre"), ("3.785 litre", "1 gallon"), ("1000 litre", "1 cubic_metre"),
        ("10.76 square_foot", "1 square_metre"), ("10000 square_metre", "1 hectare"),
        ("2.471 acre", "1 hectare"), ("100 hectare", "1 square_kilometre"),
        ("640 acre", "1 square_mile"), ("1000 byte", "1 kilobyte"), ("1000 kilobyte", "1 megabyte"),
        ("1000 megabyte", "1 gigabyte"), ("1000 gigabyte", "1 terabyte"),
        ("1000 watt", "1 kilowatt"), ("1000 kilowatt", "1 megawatt"),
        ("1000 megawatt", "1 gigawatt"), ("3 teaspoon", "1 tablespoon"),
        ("20 celsius", "68 fahrenheit"), ("100 kilometre/hour", "62.1 mile/hour"),
        ("10 metre/second", "36 kilometre/hour"),
    ],
)  # fmt: skip
def test_a_quantity_may_stand_in_another_unit(one: str, other: str) -> None:
    (value, unit), (same, counterpart) = one.split(), other.split()
    ours = quantity(float(value), unit)
    for factor, is_same in ((1, True), (0.99, True), (0.8, False), (1.25, False)):
        theirs = quantity(float(same) * factor, counterpart)
        assert equivalent(ours, theirs) is equivalent(theirs, ours) is is_same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("100 kilometre", "58.5 mile", True),
        ("100 kilometre", "57 mile", False),
        ("100 hour", "4.1 day", True),
        ("100 hour", "4 day", False),
        ("20 celsius", "69.9 fahrenheit", True),
        ("20 celsius", "70 fahrenheit", False),
        ("100 acre", "103 acre", False),
        ("100 dollar", "100 euro", True),
        ("100 dollar", "92 euro", False),
        ("5 percent", "5 percentage_point", True),
        ("60 kilometre/hour", "1 kilometre/minute", True),
        ("60 euro/hour", "1 euro/minute", False),
        ("1000 thousand", "1 million", False),
    ],
)
def test_round_figures_of_another_unit_are_near_enough(one: str, other: str, same: bool) -> None:
    (value, unit), (figure, counterpart) = one.split(), other.split()
    ours, theirs = quantity(float(value), unit), quantity(float(figure), counterpart)
    assert equivalent(ours, theirs) is equivalent(theirs, ours) is same


@pytest.mark.parametrize(
    ("en", "de", "units"),
    [
        ("It weighs 5 kg.", "Es wiegt 5 g.", ("kg", "g")),
        ("It costs EUR 5 million.", "Es kostet 5 Millionen Dollar.", ("EUR", "Dollar")),
        ("It was 5 °C.", "Es hatte 5 °F.", ("°C", "°F")),
        ("It goes 5 km/h.", "Es läuft 5 m/h.", ("km", "m")),
        ("5 square miles", "5 Quadratmeter", ("square miles", "Quadratmeter")),
        ("It lasted 5 to 6 hours.", "Es dauerte 5 bis 6 Tage.", ("hours", "Tage")),
        ("a six-hour trip", "ein sechstägiger Ausflug", ("hour", "sechstägiger")),
    ],
)  # fmt: skip
def test_a_unit_that_differs_is_shown_without_its_number(
    en: str, de: str, units: tuple[str, str]
) -> None:
    row = {"en": en, "de": de}
    [found, *_] = (d for d in next(check_rows([row])) if d.code == "D203")
    shown = {v: tuple(row[v][s.start : s.end] for s in spans) for v, spans in found.spans.items()}
    assert shown == {"en": units[:1], "de": units[1:]}


@pytest.mark.parametrize(
    ("unit", "measures"),
    [
        ("mile", "length"),
        ("euro", "currency"),
        ("mile/hour", "length/time"),
        ("euro/hour", "currency/time"),
        ("percent", "share"),
        ("goat", ""),
        ("", ""),
    ],
)
def test_units_measure_something(unit: str, measures: str) -> None:
    assert dimension(unit) == measures


@pytest.mark.parametrize(
    ("en", "de", "pairs", "left", "right"),
    [
        ("3 kg and 3 m", "3 m und 3 kg", ["3 3", "3 3"], [], []),
        ("3 kg and 4 m", "4 m und 3 kg", ["3 3", "4 4"], [], []),
        ("3 men and 3 kg", "3 kg", ["3 3"], [], []),
        ("12 men", "13 Leute", [], ["12"], ["13"]),
        ("Article 6.1", "Artikel 6 Absatz 1", ["6 6", "1 1"], [], []),
        ("pack 22.4", "Posten 22(4)", [], [], []),
        ("pack 22.4", "Posten 22(5)", [], [], ["5"]),
        ("per day", "in 24 Stunden", [], [], []),
        ("60 miles", "100 Kilometer", [], [], []),
    ],
)
def test_quantities_are_paired_by_value_then_left_over(
    en: str, de: str, pairs: list[str], left: list[str], right: list[str]
) -> None:
    found = match(en, "en", de, "de")
    assert sorted(f"{en[a.start : a.end]} {de[b.start : b.end]}" for a, b in found.pairs) == sorted(
        pairs
    )
    assert [en[q.start : q.end] for q in found.left if q.is_loud] == left
    assert [de[q.start : q.end] for q in found.right if q.is_loud] == right


@pytest.mark.parametrize(
    ("language", "text", "months"),
    [
        ("en", "the Sept of old", ""),
        ("en", "on Sept 5", "Sept"),
        ("en", "in Sept. it fell", "Sept"),
        ("en", "in June of old", "June"),
        ("de", "im Sept von einst", ""),
        ("de", "am 5. Jan", "Jan"),
        ("de", "der Jan kam im Mai", "Mai"),
        ("sv", "den 5 sept", "sept"),
        ("sv", "i sept kom han", ""),
        ("sv", "planeten Mars i mars", "mars"),
    ],
)
def test_a_short_month_stands_beside_a_number(language: str, text: str, months: str) -> None:
    found = [q for q in quantities(text, language) if q.kind == "month"]
    assert " ".join(text[q.start : q.end] for q in found) == months


@pytest.mark.parametrize(
    ("text", "role"), [("an old DEC-10", ""), ("on 9-DEC-10", "date"), ("on DEC 10", "date")]
)
def test_the_number_of_a_machine_is_no_day(text: str, role: str) -> None:
    assert quantities(text, "en")[-1].role == role


@pytest.mark.parametrize("label", ["12. ", "12) ", "(12) ", "[12] ", "3.1 ", "3.1. "])
def test_the_number_of_a_passage_may_stand_in_one_version_alone(label: str) -> None:
    text = {"en": "The council approved the bridge.", "de": "Der Rat billigte die Brücke."}
    numbers = CheckOptions(select=("D2",))
    rows = [text | {"de": label + text["de"]}, {k: label + v for k, v in text.items()}]
    assert list(check_rows(rows, numbers)) == [(), ()]
    (other,) = check_rows([{"en": "4. " + text["en"], "de": label + text["de"]}], numbers)
    assert [d.code for d in other] == ["D201"]
    counted = {"en": "The council met.", "de": "12 Räte tagten."}
    assert [d.code for d in next(check_rows([counted], numbers))] == ["D201"]


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("It is in UTF-8.", "Es ist in UTF8.", True),
        ("She flew an F-1.", "Sie flog eine F16.", False),
        ("The A-4 is closed.", "Die BA4 ist gesperrt.", False),
    ],
)
def test_a_code_without_its_hyphen_is_all_of_a_word(text: str, other: str, same: bool) -> None:
    (found,) = check_rows([{"en": text, "de": other}])
    assert (not found) is same
