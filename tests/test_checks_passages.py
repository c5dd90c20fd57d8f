"""Checks read texts without what is not said in them, and point at the text as it is written."""

from __future__ import annotations

import unicodedata

import pytest

import aligner
from aligner.checks import CheckOptions, check_rows

OPTIONS = CheckOptions(ignore=("D6",))
ENGLISH = "The members of the council did not approve the 14 proposals of Anna Lindgren."
GERMAN = "Die Mitglieder des Rats haben die 14 Vorschläge von Anna Lindgren nicht gebilligt."


@pytest.mark.parametrize(
    "written",
    [
        GERMAN.replace("Mitglieder", "Mit\u00adglie\u00adder").replace("nicht", "ni\u00adcht"),
        GERMAN.replace("14", "1\u200b4").replace("Lindgren", "Lind\u200bgren"),
        GERMAN.replace("Mitglieder", "Mitglie-\nder").replace("Lindgren", "Lind-\ngren"),
        GERMAN.replace("nicht", "_nicht_").replace("14", "*14*"),
        GERMAN.replace("Rats", "Rats[12]").replace("gebilligt.", "gebilligt.³"),
        GERMAN.replace("Rats", "Rats[^12]").replace("gebilligt.", "gebilligt.3"),
        f"¹{GERMAN}",
        GERMAN.replace("ä", "&auml;").replace(" ", "&nbsp;", 3).replace("14", "&#49;4"),
        unicodedata.normalize("NFD", GERMAN),
        GERMAN.replace("nicht gebilligt", "n i c h t  g e b i l l i g t"),
    ],
    ids=[
        "soft hyphens",
        "zero width",
        "line ends",
        "emphasis",
        "notes",
        "pasted",
        "footnote",
        "entities",
        "letters and marks",
        "spaced apart",
    ],
)
def test_what_is_not_said_is_no_difference(written: str) -> None:
    assert list(check_rows([{"en": ENGLISH, "de": written}], OPTIONS)) == [()]


def test_the_page_that_a_table_of_contents_names_is_no_difference() -> None:
    row = {"en": "The bridge ........ 3", "de": "Die Brücke . . . . . . 14"}
    assert list(check_rows([row], OPTIONS)) == [()]


def test_a_title_that_is_spaced_apart_is_one_of_words() -> None:
    title, spaced = "Press release", "P R E S S E M I T T E I L U N G"
    encode = aligner.load_encoder().encode
    assert encode([spaced]) == pytest.approx(encode(["PRESSEMITTEILUNG"]))
    assert list(check_rows([{"en": title, "de": spaced}], OPTIONS)) == [()]
    assert encode(["1 2 3 4 5"]) != pytest.approx(encode(["12345"]))


def test_a_line_end_within_a_time_is_white_space() -> None:
    english = "The clock in the tower had stopped at ten past\n    four."
    german = "Die Uhr im Turm war um zehn nach\r\nvier stehen geblieben."
    assert list(check_rows([{"en": english, "de": german}], OPTIONS)) == [()]


def test_spans_are_those_of_the_text_as_written() -> None:
    written = "Die Mit\u00adglieder haben 1\u00ad5 Vor\u00adschläge."
    (found,) = check_rows([{"en": "The members have 14 proposals.", "de": written}], OPTIONS)
    (one,) = found
    (span,) = one.spans["de"]
    assert written[span.start : span.end] == "1\u00ad5"


@pytest.mark.parametrize("name", ["K&ouml;rn&eacute;", "Ko\u0308rne\u0301"])
def test_a_span_has_all_of_an_entity_and_of_a_letter_with_its_mark(name: str) -> None:
    written = f"F&uuml;r den Vorsitz wurde {name} gew&auml;hlt."
    (found,) = check_rows([{"en": "A new chair was elected.", "de": written}])
    assert written.index(name) in {span.start for one in found for span in one.spans["de"]}
    assert written.index(name) + len(name) in {s.end for one in found for s in one.spans["de"]}


def test_spans_of_a_document_skip_what_other_segments_hide() -> None:
    german = (
        "Der Rat\u00ad tagte.\n\n"
        "Er bil\u00adligte nach langer Beratung die Brü-\ncke und 15 Vor\u00adschläge."
    )
    english = "The council met.\n\nAfter long deliberation it approved the bridge and 14 proposals."
    comparison = aligner.compare({"en": english, "de": german})
    (one,) = comparison.divergences
    (span,) = one.spans["de"]
    assert german[span.start : span.end] == "15"


def test_a_hyphen_at_a_line_end_may_be_one() -> None:
    english = "The import and export of goods is free."
    kept = "Die Ein-\nund Ausfuhr von Gütern ist frei."
    assert list(check_rows([{"en": english, "de": kept}], OPTIONS)) == [()]
    assert aligner.load_encoder().encode(["Zusam-\nmenarbeit"]) == pytest.approx(
        aligner.load_encoder().encode(["Zusammenarbeit"])
    )


def test_lost_tags_are_told_in_capitals_as_well() -> None:
    row = {"en": "<b>PRESS THE RED BUTTON</b>", "de": "DRÜCKEN SIE DEN ROTEN KNOPF"}
    (found,) = check_rows([row])
    assert [(d.code, d.spans["en"][0].start) for d in found] == [("D603", 0)]


def test_a_text_in_capitals_is_one_in_tags_as_well() -> None:
    row = {
        "en": "HE OPENS AN ACCOUNT AND OPENS THE DOOR.",
        "de": "ER ERÖFFNET EIN KONTO UND GEHT.",
    }
    tagged = {version: f"<b>{text}</b>" for version, text in row.items()}
    plain, same = check_rows([row, tagged])
    assert [d.message for d in same] == [d.message for d in plain]
    assert [d.code for d in plain] == ["D102"]


RULES = {
    "en": (
        "The board meets in May.|Members may send a deputy.|Records are kept for ten years.|The "
        "chair is elected by ballot.|Nobody serves more than two terms.|Fees are due in January.|"
        "The auditor reports in June.|Guests may speak but not vote."
    ),
    "de": (
        "Der Vorstand tagt im Mai.|Mitglieder können einen Vertreter schicken.|Protokolle werden "
        "zehn Jahre aufbewahrt.|Der Vorsitz wird geheim gewählt.|Niemand amtiert länger als zwei "
        "Perioden.|Beiträge sind im Januar fällig.|Der Prüfer berichtet im Juni.|Gäste dürfen "
        "reden, aber nicht stimmen."
    ),
}


def numbered(mark: str, apart: int) -> list[tuple[str, int, str]]:
    """Return the findings of two texts whose numbers are *apart* from the third clause on."""
    texts = {
        language: "\n\n".join(
            f"{k + (apart if language == 'de' and k > 2 else 0)}{mark} {line}"
            for k, line in enumerate(text.split("|"), 1)
        )
        for language, text in RULES.items()
    }
    found = aligner.compare(texts).divergences
    return [(one.code, one.bead, one.message) for one in found]


@pytest.mark.parametrize("mark", [".", ")"])
def test_numbers_of_clauses_that_are_one_apart_are_told_once(mark: str) -> None:
    message = "number of the passage differs: '3' (en) against '4' (de)"
    assert numbered(mark, 1) == [("D201", 2, message)]


def test_years_of_a_chronicle_are_compared() -> None:
    years = {"en": range(2001, 2009), "de": [*range(2001, 2008), 2009]}
    texts = {
        language: [f"{y} {line}" for y, line in zip(years[language], text.split("|"), strict=True)]
        for language, text in RULES.items()
    }
    (one,) = aligner.compare(texts).divergences
    assert (one.bead, one.type) == (7, "date")


@pytest.mark.parametrize("apart", [0, 1])
def test_bare_numbers_that_count_lines_say_nothing(apart: int) -> None:
    assert numbered("", apart) == []


@pytest.mark.parametrize("mark", ["1", "\u00b9", "[1]"])
def test_the_bare_number_of_a_note_says_nothing_where_a_mark_points_to_it(mark: str) -> None:
    versions = {
        "en": [f"The board meets in May.{mark}", "Guests may speak.", "1 Unless it is a holiday."],
        "de": [
            "Der Vorstand tagt im Mai.",
            "G\u00e4ste d\u00fcrfen reden.",
            "Au\u00dfer an Feiertagen.",
        ],
    }
    assert not aligner.compare(versions).divergences
    versions["en"][0] = "The board meets in May."
    assert "'1'" in aligner.compare(versions).divergences[0].message


def test_an_area_is_no_mark_of_a_note() -> None:
    versions = {
        "en": ["The room has 40 m\u00b2.", "2 Guests may sleep there."],
        "de": ["Das Zimmer hat 40 m\u00b2.", "Dort d\u00fcrfen G\u00e4ste schlafen."],
    }
    assert "'2'" in aligner.compare(versions).divergences[0].message
