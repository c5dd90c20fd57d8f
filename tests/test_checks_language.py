"""Passages and words left in another language: what counts as a copy, a quotation, a name."""

from __future__ import annotations

import pytest

from aligner.checks import CheckOptions, Passage, check_rows
from aligner.checks._foreign import _is_other_script
from aligner.checks._stray import _among_capitals, _is_foreign, _is_shared, _unquoted
from aligner.checks._text import tokens
from aligner.checks._values import BeadView
from aligner.checks.language import _is_copy, _is_left_as_it_was

TEN = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


@pytest.mark.parametrize(
    ("shared", "more", "copy"), [(7, 3, True), (6, 4, False), (10, 4, True), (10, 5, False)]
)
def test_a_copy_has_seven_words_of_ten(shared: int, more: int, copy: bool) -> None:
    ours = Passage("en", "en", " ".join(TEN))
    theirs = Passage("de", "de", " ".join([*TEN[:shared], *("abcde"[:more])]))
    bead = BeadView(0, ours, theirs, (ours, theirs))
    assert _is_copy(ours, bead) is copy
    assert _is_copy(theirs, bead) is copy
    same = Passage("de", "en", theirs.text)
    assert not _is_copy(ours, BeadView(0, ours, same, (ours, same)))


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
    assert _is_left_as_it_was(Passage("de", "de", text), Passage("en", "en", other)) is left


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Привет", True),
        ("При", True),
        ("Пр", False),
        ("Привет hello", True),
        ("Привет helloo", False),
        ("ĳssel œuvre Łódź", False),
        ("123 !", False),
        ("", False),
        ("今日は", True),
    ],
)
def test_most_letters_tell_the_script(text: str, other: bool) -> None:
    assert _is_other_script(text) is other


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("He read “Der alte Mann” there", "He read there"),
        ("He read “one two three four five six” there", "He read there"),
        ("“one two three four five six seven” so", "one two three four five six seven so"),
        ("He read “Der alte Mann there", "He read Der alte Mann there"),
        ("“Der Mann” and “das Haus”", "and"),
        ("no marks at all", "no marks at all"),
    ],
)
def test_short_quotations_are_left_alone(text: str, outside: str) -> None:
    assert " ".join(token.text for token in _unquoted(text)) == outside


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
