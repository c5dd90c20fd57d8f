"""Passages and words left in another language: what counts as a copy, a quotation, a name."""

from __future__ import annotations

import pytest

from aligner import compare, formats
from aligner.checks import CheckOptions, check_rows

TEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
OPTIONS = CheckOptions(select=("D501", "D502"))


def told(**texts: str) -> list[str]:
    return [found.message for found in next(check_rows([texts], OPTIONS))]


def test_each_version_that_is_not_translated_is_the_odd_one() -> None:
    text = "The pump must not run when the valve is closed."
    row = {"en": text, "de": text, "sv": text}
    (found,) = check_rows([row], OPTIONS)
    assert [(one.message, one.odd) for one in found] == [
        ("de is not translated", "de"),
        ("sv is not translated", "sv"),
    ]
    assert min(one.confidence for one in found) > 0.9


def test_what_is_left_in_the_words_of_a_third_version_is_no_witness_against_another() -> None:
    text = "Gear icon in the Toolbar"
    row = {"en": text, "de": "Das Zahnrad im Werkzeugfenster", "sv": text}
    (found,) = check_rows([row], CheckOptions(select=("D3", "D5")))
    assert [(one.code, one.odd) for one in found] == [("D501", "sv")]


def test_a_passage_of_rare_words_that_is_left_as_it_was_is_told_as_a_whole() -> None:
    text = "These commands rotate the canvas clockwise or vertically."
    assert told(en=text, sv=text) == ["sv is not translated"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Use the text boxes to change these values.", 1),
        ("Live in Berlin", 0),
        ("Peter Pan and The Lost Boys", 0),
    ],
)
def test_a_sentence_of_words_that_swedish_borrows_is_told_by_its_grammar(
    text: str, count: int
) -> None:
    assert told(en=text, sv=text) == ["sv is not translated"] * count


def test_of_code_numbers_alone_are_compared() -> None:
    page = "<p>The pump runs now.</p><pre># open the valve\npump --wait {} --name Berta</pre>"
    english = formats.parse(page.format(30), format="html")
    swedish = formats.parse(
        page.format(90).replace("The pump runs now", "Pumpen g\u00e5r nu"), format="html"
    )
    found = compare({"en": english, "sv": swedish}).divergences
    assert [(one.code, one.bead) for one in found] == [("D201", 1)]


def test_a_word_that_a_third_version_has_with_an_ending_is_one_of_many_languages() -> None:
    row = {
        "en": "The collection of nautical instruments stood under water.",
        "de": "Die Sammlung der nautischen Instrumente stand unter Wasser.",
        "sv": "Samlingen av nautiska instrument stod under vatten.",
    }
    assert told(**row) == []


@pytest.mark.parametrize(
    ("shared", "more", "message"),
    [
        (7, 3, "de is not translated"),
        (6, 4, "de is in 'en', not in 'de'"),
        (10, 4, "de is not translated"),
        (10, 5, "de is in 'en', not in 'de'"),
    ],
)
def test_a_copy_has_seven_words_of_ten(shared: int, more: int, message: str) -> None:
    assert told(en=" ".join(TEN), de=" ".join([*TEN[:shared], *("abcde"[:more])])) == [message]


@pytest.mark.parametrize(
    ("text", "other", "left"),
    [
        ("the old garden", "the old garden", True),
        (" the old garden ", "the old garden", True),
        ("the old garden", "the old gardens", False),
        ("garden", "garden", False),
        ("Garden House", "Garden House", False),
        ("a hotel", "a hotel", False),
        ("www.garden.org the.garden/house", "www.garden.org the.garden/house", False),
        ("in land", "in land", False),
        ("old-garden", "old-garden", False),
        ("2.4. old-garden", "2.4. old-garden", False),
    ],
)
def test_a_short_text_is_left_as_it_was(text: str, other: str, left: bool) -> None:
    assert ("de is not translated" in told(de=text, en=other)) is left


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Привет", "de is in another script, not in 'de'"),
        ("При", "de is in another script, not in 'de'"),
        ("Пр", ""),
        ("Привет hello", "de is in another script, not in 'de'"),
        ("Привет helloo", ""),
        ("ĳssel œuvre Łódź", ""),
        ("123 !", ""),
        ("今日は", "de is in another script, not in 'de'"),
    ],
)
def test_most_letters_tell_the_script(text: str, message: str) -> None:
    assert told(de=text, en="The old garden is green.") == [message] * bool(message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("He read “der alte Mann” there", ""),
        ("“der alte Mann” and “das Haus”", ""),
        ("He read “der alte Mann there", "'der alte Mann' in en is left in 'de'"),
        ("He read der alte Mann there", "'der alte Mann' in en is left in 'de'"),
    ],
)
def test_short_quotations_are_left_alone(text: str, message: str) -> None:
    german = "Er las dort, wie der alte Mann und das Haus aussahen."
    assert told(en=text, de=german) == [message] * bool(message)


@pytest.mark.parametrize(
    "address",
    ["https://www.stadt.de/leben/wohnen", "stadtleben.de", "wohnen@stadt.de", "wohnen.txt"],
)
def test_addresses_are_in_no_language(address: str) -> None:
    assert told(en=f"Read {address} about it.", de=f"Dazu lesen Sie {address} bitte.") == []


def left(**texts: str) -> list[str]:
    """Return the words that are told as left in the other language, however unsure that is."""
    options = CheckOptions(select=("D501",), min_confidence=0.0)
    return [str(found.evidence["words"]) for found in next(check_rows([texts], options))]


@pytest.mark.parametrize(
    ("en", "de", "found"),
    [
        ("He met Vorstand there.", "Er traf dort den Vorstand.", ["Vorstand"]),
        ("He met Vorstand Gewerkschaft there.", "Er traf dort Vorstand Gewerkschaft.", []),
        ("Vorstand Gewerkschaft", "Vorstand Gewerkschaft und mehr", []),
        (
            "He met vorstand Gewerkschaft there.",
            "Er traf dort Vorstand Gewerkschaft.",
            ["vorstand Gewerkschaft"],
        ),
        (
            "He met Vorstand with Gewerkschaft there.",
            "Er traf dort Vorstand mit Gewerkschaft.",
            ["Vorstand", "Gewerkschaft"],
        ),
        (
            "He met Vorstand de Gewerkschaft there.",
            "Er traf dort Vorstand de Gewerkschaft.",
            ["Vorstand"],
        ),
        ("He saw the House Vorstand there.", "Er sah dort den Vorstand.", ["Vorstand"]),
    ],
)
def test_two_capitals_may_be_a_name(en: str, de: str, found: list[str]) -> None:
    assert left(en=en, de=de) == found


@pytest.mark.parametrize(
    ("word", "theirs", "shared"),
    [
        ("garten", "Garten", True),
        ("verein", "Vereine", True),
        ("dach", "Dach", True),
        ("dach", "Dachluke", False),
        ("vorstands", "Vorstandswahl", True),
        ("vorstandes", "Vorstandswahl", True),
        ("gewerkschaft", "Gewerbler", False),
    ],
)
def test_a_word_may_be_inflected_or_begin_a_compound(word: str, theirs: str, shared: bool) -> None:
    found = left(en=f"He saw the {word} there.", de=f"Er sah dort {theirs}.")
    assert found == [word] * shared


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        ({"en": "He saw the vorstand there.", "de": "Er sah dort den Vorstand."}, "vorstand"),
        ({"en": "He saw the und there.", "de": "Er sah das und dort."}, "und"),
        ({"en": "He saw the tor there.", "de": "Er sah dort das Tor."}, ""),
        ({"en": "He saw the hotel there.", "de": "Er sah dort das Hotel."}, ""),
        ({"sv": "De såg den piloten där.", "de": "Sie sahen dort den Pilot."}, ""),
        ({"sv": "De såg den fahrrad där.", "de": "Sie sahen dort das Fahrrad."}, "fahrrad"),
        ({"en": "They live in Kalifornien.", "de": "Sie leben in Kalifornien."}, "Kalifornien"),
        ({"en": "They live in Bayern.", "de": "Sie leben in Holstein."}, ""),
        ({"en": "He saw an äpfelchen there.", "de": "Er sah dort ein äpfelchen."}, "äpfelchen"),
    ],
)
def test_a_word_is_foreign_if_the_other_language_alone_has_it(
    texts: dict[str, str], word: str
) -> None:
    assert left(**texts) == [word] * bool(word)


@pytest.mark.parametrize(
    ("texts", "sure"),
    [
        ({"en": "They saw a vorstand.", "de": "Sie sahen einen Vorstand."}, True),
        ({"en": "They saw a Vorstand.", "de": "Sie sahen einen Vorstand."}, True),
        ({"en": "They met in Vorstand.", "de": "Da stand Vorstand."}, False),
        ({"en": "They saw und.", "de": "Sie sahen und."}, True),
        ({"sv": "De såg en Vorstand.", "de": "Sie sahen einen Vorstand."}, True),
        ({"sv": "De såg en vorstand.", "de": "Sie sahen einen Vorstand."}, False),
        ({"sv": "De såg en vorstand und.", "de": "Sie sahen einen Vorstand und."}, True),
    ],
)
def test_one_word_alone_may_be_a_loan(texts: dict[str, str], sure: bool) -> None:
    options = CheckOptions(select=("D501",), min_confidence=0.0)
    (one,) = next(check_rows([texts], options))
    assert (one.confidence >= 0.5) is sure
