"""Names, negation, repetition, language, order, structure: the ways of the single checks."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows


def found(code: str, **row: str) -> list[tuple[str, str | None]]:
    options = CheckOptions(select=(code,))
    return [(one.type, one.odd) for one in next(check_rows([row], options))]


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("Tchaikovsky lives in Munich.", "Tschaikowski wohnt in München."),
        ("The UN met in Vienna.", "Die Vereinten Nationen tagten in Wien."),
        ("Azerbaijan and Germany signed.", "Aserbaidschan und Deutschland unterzeichneten."),
        ("She joined the RSC.", "Sie ging zur Royal Shakespeare Company."),
        ("The Brisbane papers wrote so.", "So schrieben die Brisbaner Zeitungen."),
    ],
)
def test_a_name_in_another_spelling_is_no_divergence(en: str, de: str) -> None:
    assert found("D301", en=en, de=de) == []


def test_a_name_that_two_versions_share_and_one_lacks() -> None:
    row = {
        "en": "The film shows Richard and Mildred.",
        "de": "Der Film zeigt Richard und Mildred.",
        "sv": "Filmen visar Richard och Kamerun.",
    }
    assert ("name", "sv") in found("D301", **row)


def test_another_country_is_a_divergence() -> None:
    assert found("D301", en="He moved to Slovakia.", de="Er zog nach Slowenien.")


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("It was not clear.", "Es war unklar."),
        ("He failed to come.", "Er kam nicht."),
        ("It is not uncommon.", "Es ist nicht ungewöhnlich."),
        ("Not only he came.", "Nicht nur er kam."),
    ],
)
def test_a_denial_in_other_words_is_no_divergence(en: str, de: str) -> None:
    row = {"en": en, "de": de}
    options = CheckOptions(select=("D401",), min_confidence=0.6)
    assert next(check_rows([row], options)) == ()


def test_a_lost_negation_names_the_version_that_lost_it() -> None:
    row = {
        "en": "The door was not locked.",
        "de": "Die Tür war abgeschlossen.",
        "sv": "Dörren var inte låst.",
    }
    assert found("D401", **row) == [("negation", "de")]


def test_permission_is_no_obligation() -> None:
    en, de = "Each side may send observers.", "Jede Seite muss Beobachter entsenden."
    assert found("D402", en=en, de=de) == [("modality", None)]
    assert found("D402", en=en, de="Jede Seite kann Beobachter entsenden.") == []


def test_a_recommendation_is_no_obligation_where_two_versions_oblige() -> None:
    row = {
        "en": "Each party must report its spending every year.",
        "de": "Jede Partei muss jährlich über ihre Ausgaben berichten.",
        "sv": "Varje part bör rapportera sina utgifter varje år.",
    }
    assert found("D402", **row) == [("modality", "sv")]
    assert found("D402", **row | {"sv": "Varje part ska rapportera sina utgifter varje år."}) == []


def test_a_latest_date_is_no_denial() -> None:
    en = "The plan will be submitted no later than 30 June."
    assert found("D401", en=en, de="Der Plan wird bis spätestens 30. Juni vorgelegt.") == []
    assert found("D401", en=en, sv="Planen läggs fram senast den 30 juni.") == []


def test_silence_says_nothing() -> None:
    row = {"en": "He said nothing.", "de": "Er schwieg.", "sv": "Han var tyst."}
    options = CheckOptions(select=("D401",), min_confidence=0.5)
    assert next(check_rows([row], options)) == ()


def test_a_name_that_one_of_three_spells_otherwise() -> None:
    row = {
        "en": "Anna Lindqvist chairs the committee.",
        "de": "Anna Lundqvist leitet den Ausschuss.",
        "sv": "Anna Lindqvist leder utskottet.",
    }
    assert found("D301", **row) == [("name", "de")]


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("%d files deleted", "%d Dateien gelöscht"),
        ("File too large (max. 25 MB)", "Datei zu groß (max. 25 MB)"),
        ("Upload failed", "Hochladen fehlgeschlagen"),
        ("Press Ctrl+S to save your work.", "Drücken Sie Strg+S, um Ihre Arbeit zu speichern."),
        ("E-mail address is not valid.", "Ungültige E-Mail-Adresse."),
        ("Mon, 3 Mar", "Mo., 3. März"),
        ("Don't show this message again", "Diese Meldung nicht mehr anzeigen"),
    ],
)  # fmt: skip
def test_messages_of_programs_are_left_alone(en: str, de: str) -> None:
    row = {"en": en, "de": de}
    options = CheckOptions(select=("D2", "D3", "D4", "D5", "D7"))
    assert next(check_rows([row], options)) == ()


@pytest.mark.parametrize(
    ("code", "en", "de"),
    [
        ("D203", "Maximum size: 20 KB", "Maximale Größe: 20 MB"),
        ("D501", "Choose a payment method", "Choose a payment method"),
        ("D702", "Enable notifications", "Benachrichtigungen deaktivieren"),
    ],
)
def test_messages_of_programs_that_differ(code: str, en: str, de: str) -> None:
    assert [kind for kind, _ in found(code, en=en, de=de)]


def test_a_scale_is_no_name() -> None:
    assert found("D301", en="It was minus 30 degrees Celsius.", de="Es waren 30 Grad minus.") == []


def test_an_ending_of_its_own_makes_a_word_swedish() -> None:
    row = {"en": "The pilot saw it.", "de": "Der Pilot sah es.", "sv": "Piloten såg det."}
    assert found("D501", **row) == []


def test_another_unit_of_something_else_where_two_versions_agree() -> None:
    row = {"en": "It holds 50 litres.", "de": "Er fasst 50 Liter.", "sv": "Den rymmer 50 kilo."}
    assert found("D203", **row) == [("unit", "sv")]


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("Turn left at the church.", "Biegen Sie an der Kirche rechts ab."),
        ("She stayed at home because of the rain.", "Trotz des Regens blieb sie zu Hause."),
    ],
)
def test_opposites_are_found_wherever_a_short_sentence_has_them(en: str, de: str) -> None:
    assert found("D702", en=en, de=de) == [("meaning", None)]


def test_a_half_is_no_quarter() -> None:
    row = {
        "en": "Half of the trains were late.",
        "de": "Die Hälfte der Züge war verspätet.",
        "sv": "En fjärdedel av tågen var försenade.",
    }
    assert found("D201", **row) == [("number", "sv")]


def test_a_question_is_no_statement() -> None:
    assert found("D403", en="Who has the key?", de="Wer hat den Schlüssel.")
    assert found("D403", en="Who has the key?", de="Wer hat den Schlüssel?") == []


@pytest.mark.parametrize(
    "text",
    [
        "a wide and wide range of areas",
        "the the range of areas",
        "in 2017 2017, as it was said",
        "of the state of the state",
    ],
)
def test_a_repetition_of_one_version_is_found(text: str) -> None:
    assert found("D503", en=text, de="ein weiter Kreis von Bereichen") == [("repetition", None)]


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("It grew more and more.", "Es wuchs immer mehr."),
        ("Little by little it grew.", "Nach und nach wuchs es."),
        ("Those who opened the door laughed.", "Die, die die Tür öffneten, lachten."),
        ("Ha ha, said the man.", "Haha, sagte der Mann."),
    ],
)
def test_repetitions_that_belong_to_the_language_are_left_alone(en: str, de: str) -> None:
    assert found("D503", en=en, de=de) == []


def test_a_copy_is_untranslated_and_ends_the_matter() -> None:
    text = "The roof was repaired last summer, but it still leaks in 3 places."
    row = {"en": text, "de": text, "sv": "Taket lagades förra sommaren men läcker på 4 ställen."}
    options = CheckOptions(select=("D5", "D2"))
    types = {(one.type, one.odd) for one in next(check_rows([row], options))}
    assert ("untranslated", "de") in types
    assert not any(type == "wrong_language" for type, _ in types)


def test_a_word_left_in_the_other_language() -> None:
    en, de = "They pushed him to the Boden.", "Sie stießen ihn zu Boden."
    row = {"en": "All Behörden are waiting.", "de": "Alle Behörden warten."}
    assert found("D501", **row) == [("untranslated", None)]
    assert found("D501", en="Jazz and software.", de="Jazz und Software.") == []
    assert found("D501", en=en.replace("Boden", "ground"), de=de) == []


def test_lost_placeholders_and_open_brackets() -> None:
    assert found("D603", en="Open {0} in <b>bold</b>.", de="Öffnen in <b>fett</b>.")
    assert found("D601", en="One (two).", de="Eins (zwei.") == [("punctuation", None)]
    assert found("D601", en="\u201cOne\u201d, he said.", de="»Eins«, sagte er.") == []


def test_start_and_goal_exchanged() -> None:
    row = {"en": "It runs from Lindau to Bregen.", "de": "Sie führt von Bregen nach Lindau."}
    assert found("D105", **row) == [("order", None)]


def test_a_sentence_that_shrank() -> None:
    long = "The sides will work together in mining, farming, fishing, transport and education."
    assert found("D106", en=long, de="Man arbeitet zusammen.") == [("length", None)]


def test_who_took_a_picture_is_no_name_of_its_caption() -> None:
    en = "The mayor opens the bridge in Lund. (Photo: Petra Holm/KNA)"
    de = "Die Bürgermeisterin eröffnet die Brücke in Lund. (Foto: Anton Weber/dpa)"
    assert found("D301", en=en, de=de) == []
    assert found("D301", en=en.replace("(Photo: ", "With "), de=de) != []
