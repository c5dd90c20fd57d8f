"""Texts that nobody would write, and languages that the checks do not know."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.checks import CheckOptions, check_rows, registered

SURFACE = CheckOptions(ignore=("D102", "D103", "D7"), min_confidence=0.0)
PIECES = st.sampled_from(
    "not nicht inte May 7. den_8_maj 1.234,5 1\u2019234,5 1,5:1 90° ½ ² Ⅷ ٣ 👍🏽 „ ( "
    "NATO {name} <b> zwei och und and X Привет 世界 ? ?!".replace("_", "\u00a0").split(" ")
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map(" ".join))


@given(st.fixed_dictionaries({"en": TEXTS, "de": TEXTS, "sv": TEXTS, "fr": TEXTS}))
@settings(max_examples=60)
def test_any_text_is_checked_and_spans_lie_inside_it(row: dict[str, str]) -> None:
    for found in next(check_rows([row], SURFACE)):
        assert 0 < found.confidence < 1
        for version, spans in found.spans.items():
            assert all(0 <= s.start <= s.end <= len(row[version]) for s in spans)


@given(TEXTS, TEXTS)
@settings(max_examples=30)
def test_the_order_of_versions_does_not_matter(first: str, second: str) -> None:
    here = next(check_rows([{"en": first, "de": second}], SURFACE))
    there = next(check_rows([{"de": second, "en": first}], SURFACE))
    assert {(d.code, d.severity) for d in here} == {(d.code, d.severity) for d in there}


def test_an_endless_word_and_a_passage_of_thousands_of_words_take_no_time() -> None:
    words = " ".join(f"word{i} met Bob on {i % 28 + 1} May in Paris" for i in range(700))
    for text in ("a" * 20_000, "zwanzig" * 500, "(" * 2_000, "1." * 2_000, "no_" * 4_000, words):
        row = {"en": text, "de": text[::-1]}
        assert next(check_rows([row], SURFACE)) is not None


@pytest.mark.parametrize("text", ["½", "90°", "1,5:1", "1\u2019234,5"])
@pytest.mark.parametrize("language", ["en", "de", "sv", "fr"])
def test_a_text_may_be_a_number_and_nothing_else(text: str, language: str) -> None:
    assert next(check_rows([{language: text, "it": text}], SURFACE)) == ()


def test_a_sentence_and_its_number_are_lost_beside_a_language_without_word_lists() -> None:
    row = {
        "en": "The board met in Bonn and agreed to pay 400 euros to each of the workers.",
        "de": "Der Vorstand tagte in Bonn.",
        "fr": "Le conseil s'est réuni à Bonn et a convenu de payer 400 euros.",
    }
    found = next(check_rows([row]))
    assert {(one.code, one.odd) for one in found} == {("D102", None), ("D201", "de")}


def test_languages_without_word_lists_get_the_checks_that_need_none() -> None:
    rows = [{"ru": "Он купил 5 домов в 2019 году.", "ja": "彼は2019年に6軒の家を買った。"}]
    (found,) = next(check_rows(rows, CheckOptions(select=("D2", "D3", "D4", "D5"))))
    assert found.code == "D201"
    free = {code for code, entry in registered().items() if not entry.needs_lexicon}
    assert {"D201", "D403", "D501", "D502", "D601", "D603"} <= free


@pytest.mark.parametrize(
    ("text", "language"), [("Привет, мир! Как дела?", "ru"), ("今日は良い天気ですね", "zh ja")]
)
def test_another_script_is_another_language(text: str, language: str) -> None:
    options = CheckOptions(select=("D502",))
    (found,) = next(check_rows([{"en": text, "de": "Hallo, Welt! Wie geht es?"}], options))
    assert found.message in {f"en is in {one!r}, not in 'en'" for one in language.split()}
    quoted = {"en": "They said Привет to us.", "de": "Sie sagten Привет zu uns."}
    assert next(check_rows([quoted], options)) == ()


def test_markup_and_emoji_are_no_words() -> None:
    row = {
        "en": "<b>Good</b> 👍🏽 {name}",
        "de": "<b>Gut</b> 👍🏽 {name}",
        "sv": "<b>Bra</b> 👍🏽 {name}",
    }
    assert next(check_rows([row], CheckOptions(ignore=("D102", "D103", "D7")))) == ()
