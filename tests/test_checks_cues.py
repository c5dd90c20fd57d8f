"""Words of a passage as the checks read them: denials, modals, quantifiers, opposites, names."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._contrasts import members
from aligner.checks._cues import cues
from aligner.checks._foreign import foreign_language
from aligner.checks._modals import modals
from aligner.checks._names import names
from aligner.checks._quantified import quantifiers

DENIALS = [
    ("en", "They have yet to answer.", "firm: yet; soft: yet"),
    ("en", "He gave up the key and gave it to her.", "soft: gave"),
    ("de", "Er wies die Bitte gestern zurück.", "firm: wies; soft: wies"),
    ("de", "Er wies den Weg. Zurück ging es schneller.", ""),
    ("sv", "Skatten är oåterkalleligt förlorad.", "firm: oåterkalleligt; soft: oåterkalleligt"),
    ("sv", "En offentlig plats.", ""),
    ("en", "“No.” He sat by No. 5, no. of seats", "strong: No"),
    ("en", "an un-mended, UN-led bridge", "firm: un; soft: un"),
    ("sv", "Han kan inte låta bli.", "double: inte; firm: låta; soft: låta"),
    ("en", "It is not clear.", "strong: not"),
    ("en", "It is not unclear.", "double: not; firm: unclear; soft: unclear"),
    ("en", "I do not think it is unclear.", "double: not; firm: unclear; soft: unclear"),
    ("en", "It does not seem to be unclear.", "strong: not; firm: unclear; soft: unclear"),
    ("en", "It is unclear and not good.", "strong: not; firm: unclear; soft: unclear"),
    ("de", "Es ist nicht unklar.", "double: nicht; firm: unklar; soft: unklar"),
    ("de", "Unklar ist nicht", "double: nicht; firm: Unklar; soft: Unklar"),
    ("de", "Unklar ist es nicht.", "strong: nicht; firm: Unklar; soft: Unklar"),
    ("sv", "Det är inte oklart.", "double: inte; firm: oklart; soft: oklart"),
    ("en", "not only the mayor", "soft: not, only; only: not"),
    ("en", "isn't just a toy", "soft: isn't; only: isn't"),
    ("en", "not, only then", "strong: not; soft: only"),
    ("en", "not a very big and only toy", "strong: not; soft: only"),
    ("en", "No. 5 and no one", "strong: no"),
    ("en", "no 5 and no", "strong: no"),
    ("en", "Regulation No 5a and no", "strong: no"),
    ("en", "whether or not it works", "soft: not"),
    ("en", "whether he or not she", "soft: not"),
    ("en", "now or not", "strong: not"),
    ("en", "They rule out a vote.", "firm: rule; soft: rule"),
    ("en", "They rule.", ""),
    ("en", "inactive important invalid", "firm: inactive, invalid; soft: inactive, invalid"),
    ("sv", "ogiltig olaglig om ort orolig", "firm: ogiltig, olaglig; soft: ogiltig, olaglig"),
    ("de", "unklar unten unter erfolglos", "firm: unklar, erfolglos; soft: unklar, erfolglos"),
    ("en", "hardly few", "firm: hardly; soft: hardly, few"),
    ("en", "nothing, nobody, never", "strong: nothing, nobody, never"),
    ("en", "No 18-year-old came", "strong: No"),
    ("de", "keiner auch nur einen", "strong: keiner; soft: nur"),
    ("de", "Nur er, sondern auch sie.", "soft: Nur; bare: sondern"),
    ("de", "Nicht nur er, ca. 5 km, sondern auch sie.", "soft: Nicht, nur; only: Nicht"),
    ("de", "Nicht er. Sie, sondern er.", "strong: Nicht; bare: sondern"),
    ("de", "weniger er, sondern sie, unklar, sondern gut", "firm: unklar; soft: weniger, unklar"),
    ("de", "Er machte einen Hehl daraus", "bare: Hehl"),
    ("sv", "Det är heller inte bra", "strong: inte"),
    ("de", "Nicht er und auch nicht sie", "strong: Nicht; soft: nicht"),
    ("de", "Ist er nicht da, ist sie auch nicht da", "strong: nicht, nicht"),
    ("sv", "Ingen får se, ej heller höra", "strong: Ingen; soft: ej"),
    ("sv", "Ingen såg. Ej heller hon. Hon såg ej heller", "strong: Ingen, Ej, ej"),
    ("en", "injustice in that instance", "firm: injustice; soft: injustice"),
    ("de", "unveräußerlich und rechtmäßig", "firm: unveräußerlich; soft: unveräußerlich"),
    ("sv", "Det är heller bra", "bare: heller"),
    ("en", "You came, didn't you? No, he didn't say so?", "strong: No, didn't; soft: didn't"),
    ("de", "Das stimmt, nicht? Das stimmt nicht", "strong: nicht; soft: nicht"),
    ("de", "Es regnet wie seit Jahren nicht.", "soft: nicht"),
    ("de", "Es regnet seit Jahren nicht.", "strong: nicht"),
    ("de", "Wir verhindern es, sondern sie.", "firm: verhindern; soft: verhindern; bare: sondern"),
    ("en", "It is unavoidable.", "soft: unavoidable"),
    ("fi", "ei", ""),
]  # fmt: skip
MODALS = [
    ("en", "Members must pay and may stay.", "must: must; may: may"),
    ("en", "in May they may stay", "may: may"),
    ("en", "They have to pay.", "must: have"),
    ("en", "They have it.", ""),
    ("en", "they have", ""),
    ("de", "Sie müssen zahlen und können bleiben.", "must: müssen; may: können"),
    ("de", "Sie haben zu zahlen.", "soft_must: haben, zu"),
    ("sv", "De måste betala och kan stanna.", "must: måste; may: kan"),
    ("en", "will you?", "soft_must: will; will: will"),
    ("sv", "Ni får inte gå. De fick en bil av mig.", "soft_must: får; may: får"),
    ("fi", "pitää", ""),
]
QUANTIFIERS = [
    ("en", "All came, most of them.", "all: All; most: most of"),
    ("en", "few and few", "few: few, few"),
    ("en", "most beautiful", ""),
    ("en", "all in all good", ""),
    ("en", "more and most", ""),
    ("en", "at least five, at most six", "least: at least; atmost: at most"),
    ("en", "more than five and less than six", "more: more than; less: less than"),
    ("de", "alle viele einige wenige", "all: alle; many: viele; some: einige; few: wenige"),
    ("de", "mindestens höchstens", "least: mindestens; atmost: höchstens"),
    ("sv", "alla många några få", "all: alla; many: många; some: några; few: få"),
    ("fi", "kaikki", ""),
]
OPPOSITES = [
    ("en", "The tax rises.", "rises"),
    ("en", "The shop is not open.", "open~"),
    ("en", "not x y open", "open~"),
    ("en", "not x y z open", "open"),
    ("en", "open x y not", "open~"),
    ("en", "open x y z not", "open"),
    ("en", "a less open door", "open~"),
    ("en", "less, open doors", "open"),
    ("en", "a half-open door, an open-top bus", ""),
    ("de", "Er nahm stetig zu.", "nahm"),
    ("de", "Er nahm stetig. Zu", ""),
    ("de", "Er nahm den Hut", ""),
    ("sv", "norra delen", "norra"),
    ("fi", "auki", ""),
]
NAMES = [
    ("en", "Anna Berg spoke.", "Anna! Berg!"),
    ("en", "In Lund the mayor spoke.", "Lund!"),
    ("en", "They met Zwirnow.", "Zwirnow"),
    ("en", "they met zwirnow and anna.", ""),
    ("en", "Monday, Celsius, Mr Zwirnow", "Zwirnow!"),
    ("en", "Ministry of Zwirnow", "Zwirnow"),
    ("en", "O'Zwirn and X'Zwirnow", ""),
    ("en", "The NATO and the UN met.", "NATO!^ UN^"),
    ("en", "(NATO) met", ""),
    ("en", "LOUD WORDS and NATO", "NATO!^"),
    ("en", "ALL IN CAPITALS, NATO TOO", ""),
    ("en", "Louis XIV ruled", "Louis!"),
    ("en", "We met Anna. (Photo: Petra Holm/KNA)", "Anna!"),
    ("de", "Der Tisch von Zwirnow", "Zwirnow!"),
    ("de", "Der Tisch, den Zwirnow baut", "Zwirnow"),
    ("de", "Der Tisch, sagte Zwirnow", "Zwirnow!"),
    ("de", "Zwirnow sagte es", "Zwirnow!"),
    ("de", "Der Herr Zwirnow (53) kam", "Zwirnow!"),
    ("de", "Der Hof Zwirnow (5) kam", "Zwirnow"),
    ("de", "Da stand „Zwirnow“ im Heft", "Zwirnow!"),
    ("de", "Da half er Zwirnow", "Zwirnow!"),
    ("de", "die Zwirnung und die Zwirnheit", ""),
    ("de", "Zwirnows Haus", "Zwirnows!"),
    ("de", "des Zwirnows Haus", "Zwirnows"),
    ("de", "Zwiss Haus", "Zwiss!"),
    ("de", "Zwis Haus", "Zwis"),
    ("de", "Zwirn- und Spulenläden, auch Zwirnow", "Zwirnow"),
    ("de", "ein Zwirnow-Turnier, ein Zwirnow-langes", "Zwirnow! Zwirnow"),
    ("de", "mit den Touch-Tasten, die Kelmarstraße", "Touch Kelmarstraße!"),
    ("de", "Das Buch über Stephen", "Stephen!"),
    ("sv", "Kommunen Zwirnow", "Zwirnow!"),
    ("sv", "Zwirnow kom", ""),
]
FOREIGN = [
    ("en", "It rained in the old town", ""),
    ("en", "Es regnete in der alten Stadt", "de"),
    ("en", "Es regnete", ""),
    ("en", "Il pleuvait dans la vieille ville depuis", "fr"),
    ("en", "Il pleuvait dans la", ""),
    ("en", "He said Привет to us all", ""),
    ("en", "Пр", ""),
    ("en", "info@haus.de www.garten.de haus/garten", ""),
    ("en", "Die Stadt Hotel Restaurant", ""),
    ("sv", "Das Haus und der Garten sind alt", "de"),
    ("de", "Huset och trädgården är gamla", "sv"),
    ("fi", "hus bil katt och hund", ""),
]


@pytest.mark.parametrize(("language", "text", "expected"), DENIALS)
def test_words_that_deny(language: str, text: str, expected: str) -> None:
    found = cues(text, language)._asdict()
    shown = [f"{kind}: {', '.join(t.text for t in some)}" for kind, some in found.items() if some]
    assert "; ".join(shown) == expected


@pytest.mark.parametrize(("language", "text", "expected"), MODALS)
def test_words_that_oblige_and_permit(language: str, text: str, expected: str) -> None:
    found = modals(text, language)
    shown = [f"{kind}: {', '.join(t.text for t in some)}" for kind, some in found.items() if some]
    assert "; ".join(shown) == expected


@pytest.mark.parametrize(("language", "text", "expected"), QUANTIFIERS)
def test_words_of_how_many(language: str, text: str, expected: str) -> None:
    found = quantifiers(text, language)
    shown = [f"{kind}: {', '.join(t.text for t in some)}" for kind, some in found.items()]
    assert "; ".join(shown) == expected


@pytest.mark.parametrize(("language", "text", "expected"), OPPOSITES)
def test_words_with_an_opposite(language: str, text: str, expected: str) -> None:
    found = members(text, language, "opposites")
    shown = [text[one.start : one.end] + ("~" if one.weak or one.denied else "") for one in found]
    assert " ".join(shown) == expected


@pytest.mark.parametrize(("language", "text", "expected"), NAMES)
def test_words_that_are_names_and_which_for_sure(language: str, text: str, expected: str) -> None:
    found = names(text, language)
    shown = [n.text + ("!" if n.sure else "") + ("^" if n.acronym else "") for n in found]
    assert " ".join(shown) == expected
    assert all(text[n.start : n.end] == n.text for n in found)


@pytest.mark.parametrize(("language", "text", "expected"), FOREIGN)
def test_texts_in_another_language(language: str, text: str, expected: str) -> None:
    assert foreign_language(text, language, ("de", "en", "sv")) == expected


@pytest.mark.parametrize(
    ("en", "de", "rhetorical"),
    [
        ("Isn't it late?", "Ist es spät?", True),
        ("Why isn't it late?", "Warum ist es spät?", False),
        ("Isn't it what they say?", "Ist es, was sie sagen?", True),
        ("It isn't late.", "Es ist spät.", False),
    ],
)
def test_a_denial_in_a_question_may_be_for_show(en: str, de: str, rhetorical: bool) -> None:
    (asked,) = next(check_rows([{"en": en, "de": de}], CheckOptions(select=("D401",))))
    (said,) = next(
        check_rows([{"en": "It isn't.", "de": "Es ist."}], CheckOptions(select=("D401",)))
    )
    assert (asked.confidence < said.confidence) is rhetorical
