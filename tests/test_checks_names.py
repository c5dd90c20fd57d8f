"""Names: which words are read as names, how surely, and which words with a capital may be some."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, check_rows
from aligner.checks._capitals import capitals
from aligner.checks._names import names

READ = [  # a star: the word stands where only names do, or is a name that is known
    ("en", "Zwirnow left; Orva stayed.", "Zwirnow Orva"),
    ("en", "They met in Zwirnow \u2013 Kelm was closed.", "Zwirnow* Kelm"),
    ("en", "They came to Blirf; they saw Blirf.", "Blirf* Blirf"),
    ("en", "They saw Old Blirf and The Blirf.", "Blirf* Blirf"),
    ("en", "They met Obama and Aten and Onen.", "Obama* Aten* Onen"),
    ("en", "They met Mounts and Mounten.", ""),
    ("en", "Don't go, Couldn't they, O'Brien?", ""),
    ("en", "on Monday in June, in Celsius, the XIV and the U.S. army", ""),
    ("en", "I saw Al and Xy.", ""),
    ("en", "Zwirnow-Kelm", "Zwirnow Kelm"),
    ("en", "They saw the Kelm (KWB) and the Kelm (Blirf).", "Kelm Kelm Blirf"),
    ("en", "A picture of Orva. (Photo: Petra Lund/KNA)", "Orva"),
    ("de", "Das ist Ralfmars Idee.", "Ralfmars*"),
    ("de", "Das ist eine Ralfmars Idee.", "Ralfmars"),
    ("de", "für Ralfmars Garten, in Ralfmars Garten", "Ralfmars* Ralfmars*"),
    ("de", "Es half Ralfmars dort, in des Ralfmars Garten.", "Ralfmars Ralfmars"),
    ("de", "Es half Rolps Garten.", "Rolps*"),
    ("de", "Es half Rols Garten.", "Rols"),
    ("de", "Gestern sagte Zwirnow es.", "Zwirnow*"),
    ("de", "Zwirnow sagte es.", "Zwirnow*"),
    ("de", "Sie kamen von Blirf, von Blirfen, in Blirfen.", "Blirf* Blirfen Blirfen*"),
    ("de", "Sie kamen mit Blirf, nach Blirfen.", "Blirf Blirfen*"),
    ("de", "ein Blirf (53) und ein Blirf (530) und ein Blirf (a3)", "Blirf* Blirf Blirf"),
    ("de", "„Blirf“ stand da, ein Blirf“ auch", "Blirf* Blirf"),
    ("de", "weil er Blirf mochte", "Blirf*"),
    ("de", "Sie sahen Alten Blirf, Anna Blirf.", "Blirf Anna* Blirf*"),
    ("de", "Sie sahen Häusers Blirf, Häuser Zwirnow.", "Blirf Zwirnow"),
    ("de", "Blirf- und Orvakonten, Blirf- oder Orvakonten", "Orvakonten Orvakonten"),
    ("sv", "De såg Blirf- och Orvakonton, Blirf- eller Orvakonton.", "Orvakonton Orvakonton"),
    ("de", "Er sah Blirf, und Orvakonten.", "Blirf Orvakonten"),
    ("de", "Er sah Orvation und die Orvaung.", ""),
    ("sv", "Han såg Orvation och Orvahaus.", "Orvation Orvahaus"),
    ("sv", "Det gick. Zwirnow kom. Obama kom.", "Obama*"),
    ("sv", "\u2013 Zwirnow kom. Andet kom.", ""),
    ("sv", "Det gick, sa Zwirnow.", "Zwirnow"),
    ("de", "Herr Yilmaz und Frau Brandt, der Herr Nachbar, Herr Minister.", "Yilmaz* Brandt*"),
    ("en", "Mr Yilmaz and Mrs. Petersen went.", "Yilmaz* Petersen*"),
    ("de", "Gesotten wurde Tag und Nacht.", "Gesotten"),
    ("en", "the BIG day, the BIG DAY, the ORVA", "BIG ORVA"),
    ("en", "THE BIG ORVA", ""),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_words_that_can_hardly_be_anything_else_are_names(
    language: str, text: str, expected: str
) -> None:
    found = names(text, language)
    assert " ".join(name.text + "*" * name.sure for name in found) == expected
    assert [text[name.start : name.end] for name in found] == [name.text for name in found]


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("ein blirf kam", "blirf", "blirf*"),
        ("Ein Haus kam mit Blirf", "Haus", "Haus* Blirf"),
        ("Blirf half Herrn Orva", "Herrn Orva", "Blirf Herrn* Orva*"),
    ],
)
def test_what_a_recogniser_gives_is_a_name_for_sure(text: str, given: str, expected: str) -> None:
    start = text.index(given)
    found = names(text, "de", ((start, start + len(given)),))
    assert " ".join(name.text + "*" * name.sure for name in found) == expected


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("the Royal Shakespeare Company met Orva", "RSC"),
        ("the Bank of the North of Orva", "BNO"),
        ("the Bank of all North of Orva", "NO"),
        ("the Bank of the and of North, Orva", "NO"),
        ("the Orva", ""),
    ],
)
def test_a_name_knows_the_initials_of_the_run_it_stands_in(text: str, runs: str) -> None:
    assert " ".join(filter(None, (name.run for name in names(text, "en")))) == runs


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Old Mill of Mr Orva burnt on Monday.", "Old Mill Orva"),
        ("en", "The XIV. U.S. Al Ben", "Ben"),
        ("en", "THE OLD MILL", ""),
        ("en", "Orva in Chile", "Orva"),
        ("en", "The Mill. (Photo: Petra Lund/KNA)", "Mill"),
        ("fr", "Le Moulin", ""),
    ],
)
def test_capitals_that_tell_of_no_name_are_left_out(
    language: str, text: str, expected: str
) -> None:
    assert " ".join(token.text for token in capitals(text, language)) == expected


@pytest.mark.parametrize(
    ("texts", "faults"),
    [
        (
            {
                "en": "Without Greek it was cut off from the south.",
                "de": "Ohne griechische Sprache war es von Griechenland abgeschnitten.",
            },
            ["en names 'Griechenland' (de) fewer times"],
        ),
        (
            {
                "en": "Without Greek it was cut off from there.",
                "de": "Griechische Sprache fehlte. Von Griechenland war es abgeschnitten.",
            },
            [],
        ),
        (
            {
                "en": "The Zwirnow range has the highest peak of all.",
                "de": "Die Zwirnow-Kette hat mit dem Berg Zwirnow den höchsten Gipfel.",
            },
            ["en names 'Zwirnow' (de) fewer times"],
        ),
        (
            {
                "en": "The Zwirnow range has the highest peak of all.",
                "de": "Die Zwirnow-Kette hat mit dem Berg Zwirnow den höchsten Gipfel.",
                "sv": "Zwirnowkedjan har den högsta toppen av alla.",
            },
            [],
        ),
        (
            {
                "en": "They met Anna Zwirnow in the evening.",
                "de": "Sie trafen Anna Zwirnow Anna Zwirnow am Abend.",
            },
            [],
        ),
    ],
)
def test_a_name_that_one_version_says_fewer_times(texts: dict[str, str], faults: list[str]) -> None:
    found = next(check_rows([texts], CheckOptions(select=("D301",))))
    assert [one.message for one in found] == faults


def told(*, min_confidence: float = 0.5, **texts: str) -> list[str]:
    options = CheckOptions(select=("D301",), min_confidence=min_confidence)
    return [found.message for found in next(check_rows([texts], options))]


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("Lindqvist", "Lundqvist", True),
        ("Lindqvist", "Landquest", True),
        ("Lindqvist", "Hindqvist", False),
        ("Lindqvist", "Lindqvisk", False),
        ("Lindqvist", "Lindqvirk", False),
        ("Lindqvist", "Lindqvis", False),
        ("Lindqvist", "Lindqvistar", False),
        ("Torvald", "Torvalds", False),
        ("Meyer", "Mayer", True),
        ("Meyer", "Meier", False),
    ],
)
def test_a_slip_of_a_name_is_no_other_form_of_it(one: str, other: str, slip: bool) -> None:
    found = told(
        en=f"Then {one} left the house.",
        de=f"Dann verließ {one} das Haus.",
        sv=f"Sedan lämnade {other} huset.",
        min_confidence=0.0,
    )
    assert found == [f"name differs: '{one}' (en), '{other}' (sv)"] * slip


@pytest.mark.parametrize(
    ("en", "sv", "de", "missing"),
    [
        ("Museum", "huset", "Museum", True),
        ("Museum of iron", "huset av järn", "Museum aus Eisen", True),
        ("Kelmar Museum", "huset i Kelmar", "Kelmar Museum", False),
        ("Museum of Kelmar", "huset i Kelmar", "Museum von Kelmar", False),
        ("Museum of the Kelmar area", "huset i Kelmar", "Museum von Kelmar", False),
        ("Kelmar museum", "huset i Kelmar", "Kelmar Museum", False),
    ],
)
def test_a_word_may_say_what_a_name_is_of(en: str, sv: str, de: str, missing: bool) -> None:
    found = told(
        en=f"Here the {en} is old.", sv=f"Här är {sv} gammalt.", de=f"Hier ist das {de} alt."
    )
    assert found == ["name 'Museum' (en) has no counterpart in sv"] * missing
