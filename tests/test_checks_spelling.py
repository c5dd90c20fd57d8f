"""Words, their spellings and what they are cut from: tokens, edit distance, names of languages."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks import Passage
from aligner.checks._everyday import Bloom, is_everyday, is_name, is_word
from aligner.checks._gazetteer import is_the_place, places
from aligner.checks._neighbours import beside
from aligner.checks._sentences import by_sentence, sentences
from aligner.checks._spelling import distance, fold, is_cognate, is_spelled, plain
from aligner.checks._text import are_short, capital_places, tokens, vocabulary, words

WORDS = st.text("abcé", max_size=7)


@given(st.text(max_size=60))
def test_tokens_hold_every_character_but_white_space(text: str) -> None:
    end = 0
    for token in tokens(text):
        assert text[end : token.start].strip() == ""
        assert text[token.start : token.end] == token.text
        assert token.low == token.text.lower()
        end = token.end
    assert text[end:].strip() == ""
    assert vocabulary(text) == {token.low for token in tokens(text)}
    assert set(words(text)) <= set(tokens(text))
    places = [i for i, token in enumerate(tokens(text)) if token.text[0].isupper()]
    assert list(capital_places(text)) == places


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("Don't say 1,234.56 at 23:45.", "Don't|say|1,234.56|at|23:45|."),
        ("Anna's U.S. trip cost 12 000 kr", "Anna|'|s|U.S.|trip|cost|12 000|kr"),
        ("It was 42 , 9 % of 3 , 4", "It|was|42 , 9|%|of|3|,|4"),
        ("1'234'567 and 12 0001", "1'234'567|and|12|0001"),
        ("well-known, G20", "well|-|known|,|G|20"),
    ],
)
def test_a_text_is_cut_into_words_numbers_and_marks(text: str, cut: str) -> None:
    assert "|".join(token.text for token in tokens(text)) == cut


def test_only_texts_of_sixty_characters_are_short() -> None:
    assert are_short("a" * 60, "")
    assert not are_short("", "a" * 61)


@given(WORDS, WORDS)
def test_the_distance_of_two_words_is_the_fewest_edits(one: str, other: str) -> None:
    @cache
    def edits(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        same = edits(i - 1, j - 1) + (one[i - 1] != other[j - 1])
        return min(same, edits(i - 1, j) + 1, edits(i, j - 1) + 1)

    assert distance(one, other) == edits(len(one), len(other))


@pytest.mark.parametrize(
    "spellings",
    [
        "Tchaikovsky Tschaikowski Tjajkovskij",
        "Khrushchev Chruschtschow Chrusjtjov",
        "Shostakovich Schostakowitsch Sjostakovitj",
        "Yeltsin Jelzin Jeltsin",
        "Zhukov Schukow Zjukov",
        "Gaddafi Ghaddafi Gadaffi",
        "Tymoshenko Timoschenko Tymosjenko",
        "Müller Muller Mueller",
        "Quebec Québec Kebec",
        "Philipp Filip Philip",
        "Łukasz Lukasz",
        "Ethiopia Äthiopien",
    ],
)
def test_the_spellings_of_a_name_meet(spellings: str) -> None:
    forms = spellings.split()
    for one in forms:
        for other in forms:
            assert is_spelled(fold(one.lower()), f"They met {other} there.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kowalski", "Nowak"), ("Berg", "Holm"), ("Bush", "Blair"),
        ("Obama", "Biden"), ("Lindqvist", "Lundberg"), ("Peter", "Paul"), ("Riga", "Rome"),
    ],
)  # fmt: skip
def test_other_names_do_not_meet(one: str, other: str) -> None:
    assert not is_spelled(fold(one.lower()), f"They met {other} there.")
    assert not is_spelled(fold(other.lower()), f"They met {one} there.")


def test_a_name_may_be_written_in_two_words_but_not_inside_another() -> None:
    assert is_spelled(fold("kelmarvik"), "They met in Kelm Arvik.")
    assert is_spelled(fold("kelmarviks"), "They met in Kelm Arvik.")
    assert not is_spelled(fold("tal"), "Italien kom")
    assert not is_spelled(fold("kelmarvik"), "They met in Orva.")


def test_what_has_no_capital_must_be_closer_to_a_name() -> None:
    assert is_spelled("orva", "the orvan plain")
    assert not is_spelled("orva", "they observed orchids")
    assert is_spelled("bob", "die bobs")
    assert not is_spelled("bob", "die bobbahn")
    assert is_spelled("kelmarvik", "det kelmariska köket")
    assert not is_spelled("kelmarvik", "det kelmaraktiga köket")
    assert is_cognate(fold("präfektur"), "a small prefecture")
    assert not is_cognate(fold("präfektur"), "the Prefecture")
    assert not is_cognate("berg", "a bergen")


@pytest.mark.parametrize(
    ("word", "bare"), [("Ærø", "æro"), ("Straße", "strasse"), ("Žižek", "zizek")]
)
def test_marks_of_letters_are_dropped(word: str, bare: str) -> None:
    assert plain(word) == bare


@given(st.sets(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=60))
def test_a_word_list_knows_all_its_words_and_hardly_any_other(known: set[str]) -> None:
    bloom = Bloom.of(sorted(known))
    assert all(word in bloom for word in known)
    others = [f"{k}-{word}" for k, word in enumerate(sorted(known) * 3)]
    assert sum(word in bloom for word in others) <= 4 + len(others) // 10


def test_a_long_word_list_has_hardly_any_other_word() -> None:
    bloom = Bloom.of([f"word{k}" for k in range(3_000)])
    assert sum(f"other{k}" in bloom for k in range(1_000)) <= 50


def test_a_word_may_be_put_together_from_others() -> None:
    for word, language in (
        ("haustürschlüssel", "de"),
        ("küchentischlampe", "de"),
        ("arbeitszimmertür", "de"),
        ("trädgårdsgrind", "sv"),
    ):
        assert not is_everyday(word, language)
        assert is_word(word, language)
    assert not is_word("townhallkey", "en")
    assert not is_word("townhallkey", "en-GB")
    assert not is_word("haustürxyzschlüssel", "de")
    assert not is_word("haustürschlüssel" * 4, "de")
    assert is_name("obama")
    assert not is_name("spoon")


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("He left Northern Ireland for Austria.", "en", ["Ireland", "Austria"]),
        ("turkey is a bird", "en", []),
        ("Er kam aus Ostdeutschland.", "de", ["Ostdeutschland"]),
        ("die proamerikanische Partei", "de", ["proamerikanische"]),
        ("They told us; the US knew.", "en", ["US"]),
        ("Wien liegt in Österreich", "de", ["Wien", "Österreich"]),
        ("Pariisi", "fi", []),
    ],
)
def test_places_are_found_where_they_stand(text: str, language: str, found: list[str]) -> None:
    assert [text[place.start : place.end] for place in places(text, language)] == found


TEXT = "The mill is old. It stands by the river. It burnt in May."


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("mill is", ["mill is"]),
        ("The mill is old.", ["The mill is old."]),
        ("mill is old. It", ["The mill is old."]),
        ("d. It stands by the river.", ["It stands by the river."]),
        ("is old. It stands", ["is old.", "It stands"]),
        (
            "mill is old. It stands by the river. It",
            ["The mill is old.", "It stands by the river."],
        ),
    ],
)
def test_what_is_marked_is_cut_where_sentences_end(place: str, found: list[str]) -> None:
    passage = Passage("en", "en", TEXT)
    start = TEXT.index(place)
    cut = by_sentence(passage, (start, start + len(place)))
    assert [TEXT[a:b] for a, b in cut] == found


def test_a_passage_has_its_sentences_or_is_one() -> None:
    assert len(sentences(Passage("en", "en", TEXT))) == 3
    assert sentences(Passage("en", "en", " ")) == ((0, 1),)
    alone = Passage("en", "en", "One sentence only")
    assert by_sentence(alone, (4, 12)) == ((4, 12),)


@pytest.mark.parametrize(
    ("name", "other", "state"),
    [
        ("Berg", "Anna Holm sprach.", "replaced"),
        ("Berg", "Anna sprach.", "shortened"),
        ("Berg", "Da sprach sie.", ""),
        ("Anna", "Eva Berg sprach.", "replaced"),
        ("Anna", "dort Berg", "shortened"),
        ("Anna", "Berg", "shortened"),
        ("Berg", "Anna", "shortened"),
    ],
)
def test_a_neighbour_tells_whether_a_name_was_replaced(name: str, other: str, state: str) -> None:
    text = "Anna Berg spoke."
    ours, theirs = Passage("en", "en", text), Passage("de", "de", other)
    assert beside(text.index(name), ours, theirs) == state


@pytest.mark.parametrize(
    ("language", "text", "word", "noun"),
    [
        ("en", "He came from Chile.", "Chile", True),
        ("en", "The Chile team won.", "Chile", False),
        ("en", "Chile won.", "Chile", False),
        ("de", "Aus Chile kam er.", "Chile", True),
        ("de", "die chilenische Elf", "chilenische", False),
        ("de", "Der Chilenische Verband", "Chilenische", False),
        ("sv", "den chilenska", "chilenska", False),
        ("sv", "Han bor i Chile", "Chile", True),
    ],
)
def test_a_place_is_no_adjective(language: str, text: str, word: str, noun: bool) -> None:
    start = text.index(word)
    assert is_the_place(Passage("x", language, text), (start, start + len(word))) is noun
