"""Passages and words left in another language: what counts as a copy, a quotation, a name."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, Passage, check_rows
from aligner.checks._stray import _among_capitals, _is_foreign, _is_shared
from aligner.checks._text import tokens

TEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
OPTIONS = CheckOptions(select=("D501", "D502"))


def told(**texts: str) -> list[str]:
    return [found.message for found in next(check_rows([texts], OPTIONS))]


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


@pytest.mark.parametrize(
    ("text", "word", "among"),
    [
        ("He met Zwirn Zwarn there", "Zwirn", True),
        ("He met Zwirn Zwarn there", "Zwarn", True),
        ("He met Zwirn there", "Zwirn", False),
        ("He met zwirn Zwarn there", "zwirn", False),
        ("Zwirn Zwarn", "Zwirn", True),
        ("Zwirn", "Zwirn", False),
        ("Zwirn von Zwarn", "Zwarn", True),
        ("Zwirn met Zwarn", "Zwarn", False),
        ("The House Zwirn", "Zwirn", False),
    ],
)
def test_two_capitals_may_be_a_name(text: str, word: str, among: bool) -> None:
    items = tokens(text)
    (place,) = [k for k, token in enumerate(items) if token.text == word]
    assert _among_capitals(items, place, "en") is among


@pytest.mark.parametrize(
    ("word", "theirs", "shared"),
    [
        ("garten", {"garten"}, True),
        ("garten", {"gartens"}, True),
        ("tor", {"tore"}, False),
        ("gartens", {"gartentor"}, True),
        ("gartens", {"garde"}, False),
    ],
)
def test_a_word_may_be_inflected_or_begin_a_compound(
    word: str, theirs: set[str], shared: bool
) -> None:
    assert _is_shared(word, theirs) is shared


@pytest.mark.parametrize(
    ("language", "text", "other_language", "other", "foreign"),
    [
        ("en", "the vorstand", "de", "der Vorstand", True),
        ("en", "the und", "de", "und", True),
        ("en", "the tor", "de", "das Tor", False),
        ("en", "the hotel", "de", "das Hotel", False),
        ("sv", "den piloten", "de", "Pilot", False),
        ("sv", "den fahrrad", "de", "Fahrrad", True),
        ("en", "in Kalifornien", "de", "in Kalifornien", True),
        ("en", "in Bayern", "de", "in Holstein", False),
        ("en", "an äpfelchen", "de", "ein äpfelchen", True),
    ],
)
def test_a_word_is_foreign_if_the_other_language_alone_has_it(
    language: str, text: str, other_language: str, other: str, foreign: bool
) -> None:
    ours, theirs = Passage("a", language, text), Passage("b", other_language, other)
    assert _is_foreign(tokens(text)[-1], ours, theirs) is foreign


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
