"""Word links: words and their spans, what is covered, what is lost."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import load_encoder
from aligner._words import Analyser, Vocabulary, _vocabulary, links
from aligner._words._cut import BREAK_AFTER, BREAK_BEFORE, CAPITAL, NUMBER
from aligner._words._runs import best_run, best_runs, widened
from aligner._words._suspicions import worst_runs
from aligner.models import StaticEncoder

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def encoder() -> StaticEncoder:
    found = load_encoder()
    assert isinstance(found, StaticEncoder)
    return found


@pytest.fixture(scope="module")
def analyser(encoder: StaticEncoder) -> Analyser:
    return Analyser(encoder)


def test_words_have_spans_and_marks_are_left_out(encoder: StaticEncoder) -> None:
    text = "Trump's wife, aged 1,5 years \N{GRINNING FACE} (maybe)."
    words = Vocabulary(encoder).cut([text, "", "..."])
    written = [text[start:end] for start, end in words.spans[words.of(0)]]
    assert written == ["Trump", "s", "wife", "aged", "1,5", "years", "maybe"]
    assert words.bounds.tolist() == [0, 7, 7, 7]
    assert words.flags[0] & CAPITAL
    assert words.flags[2] & BREAK_AFTER
    assert words.flags[4] & NUMBER


@settings(max_examples=25)
@given(st.lists(st.text("aBé1 .,-\u00ad\n", max_size=12), max_size=4))
def test_a_text_has_the_same_words_beside_any_others(
    encoder: StaticEncoder, texts: list[str]
) -> None:
    together = Vocabulary(encoder).cut([*texts, "a B, é"])
    for place, text in enumerate(texts):
        alone = Vocabulary(encoder).cut([text])
        there = together.of(place)
        assert together.keys[there] == alone.keys
        assert together.spans[there].tolist() == alone.spans.tolist()
        assert together.flags[there].tolist() == alone.flags.tolist()
        np.testing.assert_array_equal(together.vectors_of(there), alone.vectors)


def test_single_letters_met_one_after_the_other_stay_words(encoder: StaticEncoder) -> None:
    words = Vocabulary(encoder).cut(["a B", "c D", "e F"])
    assert [words.keys[k] for k in words.which] == list("abcdef")


def test_a_mark_beside_a_word_is_a_break_across_white_space(encoder: StaticEncoder) -> None:
    words = Vocabulary(encoder).cut(["one two , three - four"])
    breaks = [BREAK_BEFORE, BREAK_AFTER, BREAK_BEFORE | BREAK_AFTER, BREAK_BEFORE | BREAK_AFTER]
    assert (words.flags & (BREAK_BEFORE | BREAK_AFTER)).tolist() == breaks


def test_a_vocabulary_that_grows_too_large_begins_anew(
    encoder: StaticEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_vocabulary, "_MOST", 3)
    vocabulary = Vocabulary(encoder)
    texts = ["one two three four", "five six", "one two seven"]
    for text in texts * 2:
        assert vocabulary.cut([text]).keys == tuple(text.split())


def test_the_vector_of_a_text_is_the_sum_of_its_words(encoder: StaticEncoder) -> None:
    text = "Donaudampfschifffahrt und zurück"
    words = Vocabulary(encoder).cut([text])
    np.testing.assert_allclose(words.vectors.sum(0), encoder.sums([text])[0], atol=1e-4)


def test_words_of_a_dropped_phrase_are_lost(analyser: Analyser) -> None:
    texts = [
        "The minister resigned yesterday because of the leaked letters.",
        "Die Ministerin trat gestern zurück.",
    ]
    found = analyser(texts, ["en", "de"], [(0, 1)])
    pair = found.table[0, 1]
    words = found.words.keys[found.words.of(0)]
    lost = dict(zip(words, pair.lost[0].tolist(), strict=True))
    assert min(lost["leaked"], lost["letters"]) > 0 > max(lost["minister"], lost["yesterday"])
    assert pair.lost[1].max() < 0


def test_a_pair_reads_the_same_from_both_sides_and_in_any_batch(analyser: Analyser) -> None:
    texts = ["A red boat lies in the harbour.", "Ein rotes Boot liegt im Hafen.", "Yes.", "Ja."]
    one = analyser(texts, ["en", "de", "en", "de"], [(0, 1), (2, 3)]).table[0, 1]
    other = analyser(texts[:2], ["en", "de"], [(1, 0)]).table[0, 1]
    for ours, theirs in zip(one.lost, other.lost, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-3)
    np.testing.assert_allclose(one.links, other.links, atol=1e-4)
    assert one.ratio == pytest.approx(other.ratio)


def test_longer_texts_in_a_batch_leave_a_pair_as_it_is(analyser: Analyser) -> None:
    pair = ["A red boat lies there.", "Ein rotes Boot liegt dort."]
    longer = ["Red boats lie there until the tide comes.", "Bis zur Flut liegen dort rote Boote."]
    alone = analyser(pair, ["en", "de"], [(0, 1)]).table[0, 1]
    beside = analyser([*longer, *pair], ["en", "de"] * 2, [(0, 1), (2, 3)]).table[2, 3]
    for one, other in zip(alone.known, beside.known, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_links_join_words_that_say_the_same(analyser: Analyser) -> None:
    texts = {"en": "The children saw a weekend house.", "de": "Die Kinder sahen ein Wochenendhaus."}
    found = links(texts, {"en": "en", "de": "de"}, analyser)
    shown = {
        (texts["en"][k.source.start : k.source.end], texts["de"][k.target.start : k.target.end])
        for k in found
    }
    assert ("children", "Kinder") in shown
    assert {("weekend", "Wochenendhaus"), ("house", "Wochenendhaus")} & shown
    assert all(0 <= k.probability <= 1 and k.versions == ("en", "de") for k in found)


@pytest.mark.parametrize(
    "text", ["", "   ", "!!!", "\N{GRINNING FACE}", "a " * 900, "日本語の文章です"]
)
def test_odd_texts_are_no_error(analyser: Analyser, text: str) -> None:
    found = analyser([text, "A plain sentence."], ["en", "de"], [(0, 1)])
    for pair in found.table.values():
        assert all(np.isfinite(odds).all() for odds in pair.lost)


ODDS = st.lists(st.integers(-80, 80).map(lambda n: n / 16), max_size=12)
"""Sixteenths add up without rounding, so that two runs can be compared."""


@given(ODDS)
def test_the_best_run_has_the_highest_sum(values: list[float]) -> None:
    odds = np.array(values, np.float32)
    sums = [odds[i:j].sum() for i in range(len(odds)) for j in range(i + 1, len(odds) + 1)]
    run = best_run(odds)
    assert run.score == pytest.approx(max([0.0, *map(float, sums)]), abs=1e-3)
    assert run.score == pytest.approx(float(odds[run.first : run.last].sum()), abs=1e-3)


@given(ODDS)
def test_runs_do_not_overlap_and_come_worst_first(values: list[float]) -> None:
    odds = np.array(values, np.float32)
    runs = list(best_runs(odds, 3))
    assert [run.score for run in runs] == sorted((run.score for run in runs), reverse=True)
    places = [k for run in runs for k in range(run.first, run.last)]
    assert len(places) == len(set(places))


def test_beside_the_worst_run_words_are_suspected_only_if_they_are_rather_lost_than_kept() -> None:
    doubtful, kept = [0.8, 0.4], [-9.0]  # with one more each than the network gave
    found = list(worst_runs(np.array([*doubtful, *kept], np.float32)))
    assert [(run.first, run.last) for _, run in found] == [(0, 2)]
    found = list(worst_runs(np.array([*doubtful, *kept, 4.0, *kept, 2.5], np.float32)))
    assert [(rank, run.first, run.last) for rank, run in found] == [(0, 3, 4), (1, 5, 6)]


def test_a_run_takes_in_the_small_words_of_its_phrase_but_not_beyond_a_mark() -> None:
    odds = np.array([-0.5, -0.2, 3.0, -0.2, -6.0], np.float32)
    marks = np.array([True, False, False, False, True])
    run = widened(best_run(odds), odds, marks)
    assert (run.first, run.last) == (1, 4)


def test_a_repeated_word_links_to_the_one_at_its_place(analyser: Analyser) -> None:
    texts = {
        "en": "The dog saw the cat and the bird saw the fish.",
        "de": "Der Hund sah die Katze und der Vogel sah den Fisch.",
    }
    found = links(texts, {"en": "en", "de": "de"}, analyser)
    saw = {(k.source.start, k.target.start): k.probability for k in found}
    assert saw[8, 9] > saw.get((8, 37), 0)
    assert saw[33, 37] > saw.get((33, 9), 0)
