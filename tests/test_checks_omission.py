"""Omissions, additions and other meanings that stand on word links."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from aligner.checks import CheckOptions, Passage, check_rows
from aligner.checks._coverage import verdicts

if TYPE_CHECKING:
    from aligner import Divergence

pytestmark = pytest.mark.model
OPTIONS = CheckOptions(select=("D102", "D103", "D7"))
CLEAN = {
    "en": "The council approved the plan for the new bridge on Monday, and work starts in spring.",
    "de": "Der Rat hat den Plan für die neue Brücke am Montag gebilligt, und die Arbeiten beginnen "
    "im Frühling.",
    "sv": "Rådet godkände planen för den nya bron i måndags, och arbetet börjar i vår.",
}
CLAUSE = {"en": ", and work starts in spring", "sv": ", och arbetet börjar i vår"}


def found(row: dict[str, str]) -> tuple[Divergence, ...]:
    return next(check_rows([row], OPTIONS))


def test_versions_that_agree_are_left_alone() -> None:
    assert found(CLEAN) == ()


def test_a_text_in_capitals_is_checked_like_any_other() -> None:
    capitals = {version: text.upper() for version, text in CLEAN.items()}
    assert found(capitals) == ()
    row = capitals | {"sv": CLEAN["sv"].replace(CLAUSE["sv"], "").upper()}
    (one,) = found(row)
    assert (one.type, one.odd) == ("omission", "sv")
    (span,) = one.spans["de"]
    assert "ARBEITEN BEGINNEN" in row["de"][span.start : span.end]
    mixed = CLEAN | {"sv": CLEAN["sv"].upper()}
    assert found(mixed) == ()


@pytest.mark.parametrize("odd", ["en", "sv"])
def test_a_dropped_clause_is_an_omission_in_the_version_that_lacks_it(odd: str) -> None:
    row = CLEAN | {odd: CLEAN[odd].replace(CLAUSE[odd], "")}
    (one,) = found(row)
    assert (one.type, one.odd, one.severity) == ("omission", odd, "major")
    (span,) = one.spans["de"]
    assert "Arbeiten beginnen" in row["de"][span.start : span.end]
    assert "Brücke" not in row["de"][span.start : span.end]
    assert one.spans[odd] == ()


def test_a_phrase_that_the_second_of_two_versions_lacks_is_asked_after() -> None:
    phrase = " in the town hall"
    row = {"en": CLEAN["en"].replace(" on Monday", f"{phrase} on Monday"), "de": CLEAN["de"]}
    (one,) = found(row)
    assert (one.type, one.odd) == ("omission", None)
    (span,) = one.spans["en"]
    assert row["en"][span.start : span.end] == phrase.strip()


def test_two_versions_are_doubted_more_in_a_text_than_in_a_row() -> None:
    texts = CLEAN["en"].replace(" on Monday", " in the town hall on Monday"), CLEAN["de"]
    row = Passage("en", "en", texts[0]), Passage("de", "de", texts[1])
    ((alone,),) = verdicts((row,), in_order=False)
    ((inside,),) = verdicts((row,), in_order=True)
    assert alone.words == inside.words
    assert 0.5 < inside.confidence < alone.confidence


def test_a_clause_in_one_version_alone_is_an_addition() -> None:
    row = CLEAN | {"de": CLEAN["de"][:-1] + ", obwohl mehrere Anwohner dagegen geklagt hatten."}
    (one,) = found(row)
    assert (one.type, one.odd) == ("addition", "de")
    (span,) = one.spans["de"]
    assert "Anwohner" in row["de"][span.start : span.end]


def test_with_two_versions_no_version_is_named() -> None:
    row = {"en": CLEAN["en"], "sv": CLEAN["sv"].replace(CLAUSE["sv"], "")}
    (one,) = found(row)
    assert (one.type, one.odd) == ("omission", None)


def test_another_sentence_is_another_meaning() -> None:
    row = CLEAN | {"sv": "Vårt lag förlorade matchen i helgen trots ett tidigt mål av kaptenen."}
    (one,) = found(row)
    assert (one.type, one.odd) == ("meaning", "sv")


@pytest.mark.parametrize(
    "row",
    [
        {"en": "The members of the fire brigade were given new helmets.",
         "de": "Die Feuerwehrleute bekamen neue Helme.", "sv": "Brandmännen fick nya hjälmar."},
        {"en": "There is a stove that heats the whole house.",
         "de": "Ein Ofen heizt das ganze Haus.", "sv": "En kamin värmer hela huset."},
        {"en": "The rules rest on the principles of the United Nations Charter.",
         "de": "Die Regeln beruhen auf den Grundsätzen der Charta der Vereinten Nationen.",
         "sv": "Reglerna vilar på principerna i FN-stadgan."},
        {"en": "Snow fell.", "de": "Es fiel Schnee.", "sv": "Det föll snö."},
        {
            "en": "The museum opens at half past nine and closes at 5 p.m.",
            "de": "Das Museum öffnet um halb zehn und schließt um 17 Uhr.",
            "sv": "Museet öppnar halv tio och stänger klockan 17.",
        },
        {"en": "1. Cut the tin along the marked line.",
         "de": "Schneide das Blech entlang der markierten Linie aus."},
    ],
)  # fmt: skip
def test_compounds_and_paraphrases_are_no_omissions(row: dict[str, str]) -> None:
    assert found(row) == ()


def test_rows_with_an_empty_side_are_left_to_other_checks() -> None:
    assert found({"en": "Something is here.", "de": "", "sv": ""}) == ()


def test_two_phrases_left_out_of_one_sentence_are_two_findings() -> None:
    row = CLEAN | {"en": "The council approved the plan for the new bridge."}
    texts = [row["sv"][s.start : s.end] for one in found(row) for s in one.spans["sv"]]
    assert any("arbetet börjar i vår" in text for text in texts)
    assert all(one.odd == "en" for one in found(row))


def test_a_sentence_left_out_of_a_paragraph_is_shown_whole() -> None:
    row = {
        "en": "The library opens at nine. Children may borrow five books. It closes at six.",
        "de": "Die Bibliothek öffnet um neun. Sie schließt um sechs.",
    }
    (one,) = found(row)
    (span,) = one.spans["en"]
    assert row["en"][span.start : span.end] == "Children may borrow five books."


def test_each_sentence_of_a_missing_passage_is_a_span() -> None:
    row = {"en": "The library is closed. It opens in May.", "de": ""}
    (one,) = next(check_rows([row], CheckOptions(select=("D101",))))
    assert [(span.start, span.end) for span in one.spans["en"]] == [(0, 22), (23, 39)]


def test_a_bullet_without_counterpart_is_a_matter_of_style() -> None:
    (one,) = next(check_rows([{"en": "\u2022", "de": ""}], CheckOptions(select=("D101",))))
    assert one.severity == "style"


def test_other_words_at_the_same_place_are_one_finding_of_meaning() -> None:
    row = CLEAN | {
        "sv": "Rådet godkände planen för den nya bron i måndags, men fiskarna protesterade mot "
        "högre hamnavgifter."
    }
    (one,) = found(row)
    assert (one.type, one.odd) == ("meaning", "sv")
    assert all(one.spans[version] for version in row)


RULES = "Rules for mooring boats on the lake"
REGELN = "Regeln für das Festmachen von Booten auf dem See"


@pytest.mark.parametrize("order", [False, True])
def test_a_remark_in_brackets_is_missed_with_its_brackets(order: bool) -> None:
    row = Passage("en", "en", f"{RULES} (in German)"), Passage("de", "de", f"{REGELN} (RFB)")
    ((one,),) = verdicts((row,), in_order=order)
    assert (one.kind, one.lacking, dict(one.words)) == ("omission", ("de",), {"en": "(in German)"})
    row = Passage("de", "de", REGELN), row[0]
    ((one,),) = verdicts((row,), in_order=order)
    assert (one.kind, one.lacking, dict(one.words)) == ("addition", ("de",), {"en": "(in German)"})


@pytest.mark.parametrize(
    ("en", "de"),
    [
        (f"{RULES} (in German)", f"{REGELN} (auf Deutsch)"),
        (f"{RULES} (in German)", f"{REGELN}, auf Deutsch"),
        (f"{RULES} (RMB)", REGELN),
        ("The needle (as people like to call it) is closed.",
         "Die Nadel \u2013 jeder im Ort nennt sie so \u2013 ist zu."),
        (f"{RULES} (8 to 10 cm)", f"{REGELN}, 8 bis 10 cm"),
        ("She toured with a crooner (ballad singer) last year.",
         "Sie ging letztes Jahr mit einem Crooner (Balladensänger) auf Tournee."),
    ],
)  # fmt: skip
def test_what_stands_in_brackets_is_no_remark_if_it_is_said_or_short(en: str, de: str) -> None:
    assert found({"en": en, "de": de}) == ()


def test_of_three_versions_the_one_without_a_remark_or_with_one_alone_is_named() -> None:
    remark = {"en": " (a cousin of hers)", "sv": " (en kusin till henne)"}
    row = {
        "en": f"She toured with a folk singer{remark['en']} last year.",
        "de": "Sie ging letztes Jahr mit einer Volkssängerin auf Tournee.",
        "sv": f"Hon turnerade med en folksångerska{remark['sv']} i fjol.",
    }
    (one,) = found(row)
    assert (one.type, one.odd, one.severity) == ("omission", "de", "major")
    for version, text in remark.items():
        (span,) = one.spans[version]
        assert row[version][span.start : span.end] == text.strip()
    (one,) = found(row | {"sv": row["sv"].replace(remark["sv"], "")})
    assert (one.type, one.odd) == ("addition", "en")


def test_what_a_title_lacks_in_a_whole_text_may_be_in_a_compound() -> None:
    title = Passage("en", "en", "Calculation of the fees for mooring boats")
    compound = Passage("de", "de", "Gebührenberechnung")
    assert verdicts(((title, compound),), in_order=True) == ((),)
    sentence = Passage("de", "de", "Die Gebühren werden berechnet.")
    ((one,),) = verdicts(((title, sentence),), in_order=True)
    assert "boats" in one.words["en"]


@pytest.mark.parametrize(
    ("added", "told"),
    [
        pytest.param(", muss ich zugeben", False, id="one word of content"),
        pytest.param(" bis zum nächsten Frühling", True, id="more"),
    ],
)
def test_what_the_second_of_two_versions_adds_says_something_new(added: str, told: bool) -> None:
    english = "The bridge over the river is closed for repairs."
    german = f"Die Brücke über den Fluss ist wegen Reparatur gesperrt{added}."
    assert bool(found({"en": english, "de": german})) is told


@pytest.mark.parametrize(
    ("en", "de", "lost"),
    [
        ("Only two copies are known to exist.", "Nur zwei Exemplare sind bekannt.", False),
        ("The door is locked at night.", "Die Tür ist verschlossen.", True),
        ("Keep the receipt for two years.", "Bewahren Sie den Beleg auf.", True),
    ],
)
def test_what_few_words_say_by_custom_is_doubted_more(en: str, de: str, lost: bool) -> None:
    found = next(iter(check_rows([{"en": en, "de": de}], CheckOptions(select=("D102",)))))
    assert bool(found) is lost
