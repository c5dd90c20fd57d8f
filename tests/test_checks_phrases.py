"""What single checks see and leave alone, one pair or triple of sentences each."""

from __future__ import annotations

import re

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._gazetteer import places


def found(select: str, *texts: str, **options: object) -> list[tuple[str, str | None]]:
    row = dict(zip(("en", "de", "sv"), texts, strict=False))
    made = CheckOptions(select=(select,), **options)  # type: ignore[arg-type]  # test's keywords
    return [(d.code, d.odd) for d in next(check_rows([row], made))]


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("This isn't just a toy.", "Das ist nicht nur ein Spielzeug."),
        ("The door could not be opened.", "Die Tür ließ sich unmöglich öffnen."),
        ("The lock was inaccessible.", "Das Schloss war nicht zugänglich."),
        ("They do not rule out a strike.", "Sie schließen einen Streik nicht aus."),
        ("He refused to sign.", "Er wollte nicht unterschreiben."),
        ("They refused to sign.", "Sie weigerten sich zu unterschreiben."),
        ("Don't forget the key.", "Vergiss den Schlüssel nicht."),
        ("He came not before and not after.", "Er kam weder vorher noch nachher."),
        ("It is an independent court.", "Es ist ein eigenständiges Gericht."),
        ("Citizens from outside the EU need a visa.", "Nicht-EU-Bürger benötigen ein Visum."),
        ("The lamp was not expensive at all.", "Die Lampe war überaus billig."),
        ("It was never a foul.", "Das war nie und nimmer ein Foul."),
        ("The machine is out of order.", "Der Automat funktioniert nicht."),
    ],
)
def test_a_denial_in_other_words_is_none_lost(en: str, de: str) -> None:
    assert found("D401", en, de) == []


@pytest.mark.parametrize(
    ("en", "de"),
    [
        ("The court was unable to decide.", "Das Gericht konnte entscheiden."),
        ("It is unclear who paid.", "Es ist klar, wer bezahlt hat."),
        ("It is not only a toy.", "Es ist nur ein Spielzeug."),
        ("The bridge is not safe.", "Die Brücke ist sicher."),
        ("Who can't open this door?", "Wer kann diese Tür öffnen?"),
        ("The court was unable to decide.", "Das Gericht konnte nur gestern entscheiden."),
        ("It is a tool rather than a toy.", "Es ist ein Spielzeug, sondern ein Werkzeug."),
        ("No 18-year-old may vote.", "Jeder Achtzehnjährige darf wählen."),
        ("No-one was there.", "Alle waren da."),
        ("The lamp was not expensive.", "Die Lampe war sehr teuer."),
    ],
)
def test_a_denial_lost_between_two_versions_is_found(en: str, de: str) -> None:
    assert found("D401", en, de) == [("D401", None)]


def test_a_word_that_denies_excuses_only_what_stands_near_it() -> None:
    texts = (
        "A bicycle is not a toy; it takes people to their work.",
        "Ein Fahrrad ist kein Spielzeug; es bringt Leute zur Arbeit.",
        "En cykel är en leksak; med den kommer folk till sitt arbete på ett ofarligt sätt.",
    )
    assert found("D401", *texts) == [("D401", "sv")]


@pytest.mark.parametrize(
    ("texts", "odd"),
    [
        (
            ("They sold pens and paper.", "Sie verkauften Stifte.", "De sålde pennor och pennor."),
            "sv",
        ),
        (("a hall of oak", "eine Halle als Halle aus Eiche", "en hall av ek"), "de"),
        (("It is is late.", "Es ist spät.", "Det är sent."), "en"),
    ],
)
def test_a_word_repeated_after_a_conjunction_is_found(texts: tuple[str, ...], odd: str) -> None:
    assert found("D503", *texts) == [("D503", odd)]


@pytest.mark.parametrize(
    "texts",
    [
        ("It grew larger and larger.", "Es wurde immer größer.", "Det blev allt större."),
        (
            "oil and gas wells, oil and gas pipes",
            "Öl- und Gasquellen, Öl- und Gasrohre",
            "olje- och gaskällor, olje- och gasrör",
        ),
        (
            "The farmers met the fishers, and the mayor and farmers talked.",
            "Die Bauern trafen die Fischer, und der Bürgermeister und die Bauern sprachen.",
            "Bönderna mötte fiskarna, och borgmästaren och bönderna talade.",
        ),
    ],
)
def test_repetitions_that_are_meant_stay_quiet(texts: tuple[str, ...]) -> None:
    assert found("D503", *texts) == []


def test_a_date_is_one_finding_that_marks_the_whole_of_it() -> None:
    row = {
        "en": "The bridge opened on May 7-8, 2025.",
        "de": "Die Brücke wurde vom 17. bis 18. Juni 2024 eröffnet.",
        "sv": "Bron öppnade den 7-8 maj 2025.",
    }
    (one,) = next(check_rows([row], CheckOptions(select=("D2",))))
    marked = {v: [row[v][s.start : s.end] for s in spans] for v, spans in one.spans.items()}
    assert marked == {
        "en": ["May 7-8, 2025"],
        "de": ["17. bis 18. Juni 2024"],
        "sv": ["7-8 maj 2025"],
    }
    assert (one.type, one.odd) == ("date", "de")


def test_two_dates_are_two_findings() -> None:
    en = "It opened on 3 May 1990 and, after many years of use, closed on 4 June 2001."
    de = "Es öffnete am 3. Mai 1991 und schloss nach vielen Jahren am 4. Juni 2002."
    assert found("D2", en, de) == [("D202", None), ("D202", None)]


def test_how_often_is_compared_beside_other_numbers() -> None:
    texts = (
        "The two choirs meet once a year.",
        "Die beiden Chöre treffen sich einmal im Jahr.",
        "De två körerna möts två gånger om året.",
    )
    assert found("D201", *texts) == [("D201", "sv")]


def test_steps_that_change_places_are_another_order() -> None:
    texts = (
        "It is first weighed in Marn and then checked in Hask.",
        "Es wird zuerst in Marn gewogen und dann in Hask geprüft.",
        "Det kontrolleras först i Hask och vägs därefter i Marn.",
    )
    assert found("D105", *texts) == [("D105", "sv")]
    assert found("D105", *texts[:2]) == []


@pytest.mark.parametrize(
    ("texts", "odd"),
    [
        (
            (
                "We met Bob at the well.",
                "Wir trafen Bob am Brunnen.",
                "Vi mötte Frank vid brunnen.",
            ),
            "sv",
        ),
        (
            ("She lives in Port Hask.", "Sie wohnt in Port Hask.", "Hon bor i Port Orva."),
            "sv",
        ),
    ],
)
def test_everyday_words_are_names_where_other_versions_say_so(
    texts: tuple[str, ...], odd: str
) -> None:
    assert ("D301", odd) in found("D301", *texts)


def test_titles_that_one_version_translates_stay_quiet() -> None:
    texts = (
        "He spoke at the High Court.",
        "Er sprach vor dem High Court.",
        "Han talade i högsta domstolen.",
    )
    assert found("D301", *texts) == []


class Lakes:
    """A recogniser that knows one lake."""

    def find(self, text: str, language: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer("Long Water", text)]


def test_a_recogniser_of_names_adds_what_the_checks_do_not_take_for_names() -> None:
    texts = ("They swam in the Long Water.", "Sie schwammen im Fluss.")
    assert found("D301", *texts) == []
    assert found("D301", *texts, name_finder=Lakes()) == [("D301", None)]


def test_severities_by_the_beginning_of_a_code() -> None:
    row = {"en": "It costs 45 euros.", "de": "Es kostet 54 Euro."}
    for table, severity in (
        ({"D2": "minor"}, "minor"),
        ({"D2": "minor", "D201": "style"}, "style"),
    ):
        options = CheckOptions(select=("D2",), severities=table)  # type: ignore[arg-type]
        (one,) = next(check_rows([row], options))
        assert one.severity == severity


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Türklingel", "de"), ("Katalog", "de"), ("Katarakt", "de"), ("Basketball", "de"),
        ("Kerntruppen", "de"), ("Birmingham", "de"), ("Letter", "de"), ("hindurch", "de"),
        ("Samen", "de"), ("Baltimore", "de"), ("katalog", "sv"), ("slavar", "sv"),
        ("skottår", "sv"), ("alfabet", "sv"), ("basket", "sv"), ("atletik", "sv"),
    ],
)  # fmt: skip
def test_words_that_begin_like_a_place_are_none(word: str, language: str) -> None:
    assert places(word, language) == ()


@pytest.mark.parametrize(
    ("en", "de", "sv"),
    [
        ("Turkish", "türkischen", "turkiska"), ("Crimea", "Krim", "Krim"),
        ("Jews", "Juden", "judarna"), ("Italians", "Italiener", "italienarna"),
        ("Qatar", "Katar", "Qatar"), ("Scottish", "schottische", "skotska"),
        ("Helsinki", "Helsinki", "Helsingfors"), ("Hessian", "hessischen", "hessiska"),
        ("Catalonia", "Katalonien", "Katalonien"), ("Madagascar", "Madagaskar", "Madagaskar"),
    ],
)  # fmt: skip
def test_exonyms_and_nationalities_meet(en: str, de: str, sv: str) -> None:
    lines = {places(w, v)[0].line for w, v in ((en, "en"), (de, "de"), (sv, "sv"))}
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("select", "texts"),
    [
        ("D402", ("The visit ended on May 7.", "Der Besuch wird am 7. Mai enden.")),
        (
            "D2",
            (
                "The gates open at noon.",
                "Die Tore öffnen um zwölf.",
                "Portarna öppnar klockan tolv.",
            ),
        ),
        (
            "D401",
            (
                "The clock was set right at no charge.",
                "Die Uhr wurde kostenlos gestellt.",
                "Klockan ställdes utan kostnad.",
            ),
        ),
        (
            "D401",
            (
                "Films like Mission Impossible are funny.",
                "Filme wie Mission Impossible sind lustig.",
                "Filmer som Mission Impossible är roliga.",
            ),
        ),
        (
            "D401",
            (
                "It includes, but is not limited to, films.",
                "Es umfasst insbesondere Filme.",
                "Det innefattar, men är inte begränsat till, film.",
            ),
        ),
        ("D401", ("“No.”", "„Nein.“", "”Nej.”")),
        ("D2", ("It closes at midnight.", "Es schließt um 24 Uhr.")),
        ("D2", ("It was 42 , 9 % of the sum .", "Es waren 42,9 % der Summe.")),
        ("D2", ("It cost 1.5 million .", "Es kostete 1 , 5 Millionen .")),
        ("D3", ("The Kelmar Grid Board (KGB) met.", "Der Netzrat von Kelmar tagte.")),
        (
            "D2",
            (
                "See Article 22(1) and (4).",
                "Siehe Artikel 22 Absätze 1 und 4.",
                "Se artikel 22.1 och 22.4.",
            ),
        ),
        (
            "D2",
            (
                "It rained on Saturday.",
                "Es regnete am Samstag.",
                "Det regnade på lördagseftermiddagen.",
            ),
        ),
        (
            "D402",
            (
                "It shall be lawful if they ask.",
                "Es ist rechtmäßig, wenn sie fragen.",
                "Det är lagligt.",
            ),
        ),
        ("D402", ("for these reasons:", "in Erwägung nachstehender Gründe:", "av följande skäl:")),
        ("D401", ("Ask whether or not it works.", "Frag, ob es funktioniert.")),
        ("D401", ("See Regulation (EC) No 45/2001.", "Siehe Verordnung (EG) Nr. 45/2001.")),
        (
            "D401",
            ("the right to be forgotten", "das Recht auf Löschung", "rätten att bli bortglömd"),
        ),
        ("D402", ("He is not guilty.", "Er ist unschuldig.", "Han är inte skyldig.")),
        ("D503", ("the ends for which data serve", "Zwecke, für die die Daten dienen")),
        (
            "D503",
            (
                "Travel by day and by night",
                "Reisen bei Tag und bei Nacht",
                "Vanliga resor och resor om natten",
            ),
        ),
        ("D3", ("The F.B.I. report is out.", "Der FBI-Bericht liegt vor.")),
        (
            "D3",
            ("Article 3 TEU applies.", "Artikel 3 EUV gilt.", "Artikel 3 i EU-fördraget gäller."),
        ),
        ("D3", ("The prefecture is small.", "Die Präfektur ist klein.")),
        ("D3", ("Muhammad wrote it.", "Das schrieb Mohammed.")),
        ("D3", ("He loves the Carnival of Lima.", "Er liebt Traumtore und den Karneval von Lima.")),
        ("D3", ("The Hindu Kush is high.", "Der Hindukusch ist hoch.")),
        (
            "D401",
            ("The order came immediately and not later.", "Der Befehl kam sofort, nicht später."),
        ),
        ("D401", ("More were lost than not.", "Die meisten gingen verloren.")),
        ("D401", ("All were armed, except me.", "Alle waren bewaffnet, nur ich nicht.")),
        ("D3", ("The Orva Link is ready.", "Der Orva-Link ist fertig.", "Orvalänken är klar.")),
        (
            "D1",
            (
                "National Oceanic and Mapping Administration staff measured the reef.",
                "Fachleute der NOMA haben das Riff vermessen.",
            ),
        ),
    ],
)
def test_the_same_in_another_form_stays_quiet(select: str, texts: tuple[str, ...]) -> None:
    assert found(select, *texts) == []


def test_a_year_and_a_number_after_a_comma_stay_two() -> None:
    assert found("D2", "In 2010 , 15 came .", "2010 kamen 15.") == []
    assert found("D2", "In 2010 , 15 came .", "2010 kamen 16.") == [("D201", None)]


@pytest.mark.parametrize(
    ("de", "en"),
    [
        ("Damals half er Brooks beim Bau.", "He helped with the building."),
        ("Cuomar (53) trat das Amt an.", "The governor, 53, took office."),
        ("Das war Ralfmars Idee.", "That was a good idea."),
    ],
)
def test_a_german_noun_that_stands_as_only_names_do_is_missed(de: str, en: str) -> None:
    options = CheckOptions(select=("D301",))
    assert next(check_rows([{"de": de, "en": en}], options))


def test_a_copied_word_with_foreign_letters_needs_no_word_list() -> None:
    texts = ("He owns a grümmelig house.", "Er besitzt ein grümmelig Haus.")
    assert found("D501", *texts) == [("D501", None)]


@pytest.mark.parametrize(
    ("select", "texts"),
    [
        ("D301", ("It is twelve Swiss francs.", "Es sind zwölf Franken.", "Det är tolv franc.")),
        ("D301", ("Drain the pasta.", "Die Nudeln abgießen.", "Häll av pastan.")),
        ("D102", ("From 49 euros a night", "Ab 49 € pro Nacht")),
        ("D201", ("Open 9-4 on weekdays", "Werktags 9-16 Uhr geöffnet", "Öppet vardagar 9-16")),
        ("D201", ("A score of witnesses came.", "Zwanzig Zeugen kamen.")),
        ("D202", ("Not since Christmas.", "Seit Weihnachten nicht.", "Inte sedan jul.")),
        ("D202", ("It runs until 6 January.", "Bis Dreikönig.", "Till och med trettondagen.")),
        (
            "D203",
            ("It is a mile away.", "Es ist eine Meile entfernt.", "Det är en engelsk mil dit."),
        ),
        ("D201", ("The shop is open 24/7.", "Der Laden hat rund um die Uhr auf.")),
        ("D201", ("The shop is open 24/7.", "24 Stunden am Tag, 7 Tage die Woche geöffnet")),
        ("D102", ("Say hello to Lisa from me.", "Grüß Lisa von mir.")),
        ("D102", ("The vote was by secret ballot.", "Die Abstimmung war geheim.")),
        ("D301", ("Mexico City is large.", "Mexiko-Stadt ist groß.", "Mexico City är stort.")),
        (
            "D401",
            (
                "A commission-free offer",
                "Ein Angebot ohne Provision",
                "Ett provisionsfritt erbjudande",
            ),
        ),
        ("D301", ("Are you Finnish?", "Sind Sie Finnin?", "Är du från Finland?")),
        ("D301", ("That Indian sang.", "Dieser Inder sang.", "Den indiern sjöng.")),
        ("D202", ("It leaves at half past midnight.", "Es fährt um halb eins.")),
        ("D401", ("Store below 25 °C.", "Nicht über 25 °C lagern.", "Förvaras under 25 °C.")),
        ("D401", ("No stopping here", "Hier ist Halteverbot", "Stoppförbud här")),
        ("D401", ("They voted against it.", "Sie stimmten dagegen.", "De röstade nej till det.")),
        ("D401", ("Nobody knows it.", "Das ist unbekannt.", "Det är okänt.")),
        ("D401", ("Gluten-free bread", "Glutenfreies Brot", "Glutenfritt bröd")),
        ("D401", ("An unpaid post", "Eine unbezahlte Stelle", "En oavlönad tjänst")),
        (
            "D702",
            ("Wipe it with a damp cloth.", "Feucht abwischen.", "Torka av med en fuktig trasa."),
        ),
    ],
)
def test_what_everyday_texts_say_in_their_own_way_is_right(
    select: str, texts: tuple[str, ...]
) -> None:
    assert found(select, *texts) == []


@pytest.mark.parametrize(
    ("select", "texts", "odd"),
    [
        ("D301", ("500 Danish kroner", "500 dänische Kronen", "500 norska kronor"), "sv"),
        ("D201", ("The shop is open 24/7.", "Der Laden hat 12 Stunden am Tag geöffnet."), None),
        ("D301", ("It is in Persian.", "Es ist auf Persisch.", "Det är på turkiska."), "sv"),
        (
            "D401",
            ("Do not store above 25 °C.", "Über 25 °C lagern.", "Förvara ej över 25 °C."),
            "de",
        ),
        ("D301", ("A Scot won.", "Ein Engländer gewann.", "En skotte vann."), "de"),
        ("D202", ("Open 9-4 on weekdays", "Werktags 9-17 Uhr geöffnet"), None),
        ("D202", ("It runs until 8 January.", "Bis 8. Januar.", "Till trettondagen."), "sv"),
        (
            "D703",
            ("Add a pinch of salt.", "Eine Prise Zucker zugeben.", "Ha i en nypa salt."),
            "de",
        ),
        (
            "D703",
            ("Called off due to fog", "Wegen Nebel abgesagt", "Inställt på grund av regn"),
            "sv",
        ),
    ],
)
def test_what_everyday_texts_say_differently_is_found(
    select: str, texts: tuple[str, ...], odd: str | None
) -> None:
    assert (select, odd) in found(select, *texts)
