"""Segments: hard sentences by language, blocks of a page, lines, callables, properties."""

# ruff: noqa: RUF001  (quotation marks and full stops of many scripts are the subject here)

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from _samples import SAMPLES, all_versions, read_segments
from hypothesis import given
from hypothesis import strategies as st

from aligner import Block, Document, formats
from aligner._segment import SEGMENTER, segment, segment_document, segmenter_name
from aligner._segment._sentences import splitter

HARD = Path(__file__).parent / "data" / "segmentation"
LEAST_F1 = {"en": 0.995, "de": 0.990, "sv": 0.995}


def hard_cases() -> list[tuple[str, str]]:
    return [
        (language, line)
        for language in ("en", "de", "sv")
        for line in (HARD / f"{language}.txt").read_text("utf-8").splitlines()
    ]


def texts(cut: Document) -> list[str]:
    return [segment.text for segment in cut.segments]


def sentences(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in splitter(language).spans(text)]


@pytest.mark.parametrize(("language", "line"), hard_cases())
def test_hard_sentences(language: str, line: str) -> None:
    expected = line.split(" | ")
    assert sentences(" ".join(expected), language) == expected


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_the_hard_list_has_sixty_cases(language: str) -> None:
    assert sum(known == language for known, _ in hard_cases()) >= 60


@pytest.mark.parametrize("language", ["en", "de", "sv"])
def test_boundaries_of_pud(language: str, gold: Path) -> None:
    lines = [
        line
        for file in sorted(gold.glob(f"pud/*/{language}.txt"))
        for line in file.read_text("utf-8").splitlines()
    ]
    right = found = 0
    for i in range(0, len(lines), 10):
        ends, end = set(), -1
        for line in lines[i : i + 10]:
            end += len(line) + 1
            ends.add(end)
        cut = {stop for _, stop in splitter(language).spans(" ".join(lines[i : i + 10]))}
        right += len(ends & cut)
        found += len(cut)
    assert 2 * right / (found + len(lines)) >= LEAST_F1[language]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("da", "Den 8. maj kom dr. Holm. | Han var bl.a. træt."),
        ("nb", "Møtet er 8. mai kl. 12. | Alle kommer."),
        ("nl", "Hij komt bijv. morgen. | Dhr. De Vries niet."),
        ("fr", "M. Dupont est venu. | Il a dit : « Bonjour. » | Puis il est parti."),
        ("pl", "To jest np. dom. | Ulica jest długa."),
        ("und", "Vom 7. Mai an gilt das. | Danach nicht."),
        ("xx", "Foo bar baz. | Quux etc. | The end."),
        ("de-CH", "Am 7. Mai kam Dr. Meier. | Er blieb."),
        ("EN_us", "Dr. Smith came. | He left."),
    ],
)
def test_other_languages(language: str, line: str) -> None:
    expected = line.split(" | ")
    assert sentences(" ".join(expected), language) == expected


def test_scripts_without_spaces() -> None:
    assert sentences("今天天气很好。我们去公园吧！“好的。”他说。", "zh") == [
        "今天天气很好。",
        "我们去公园吧！",
        "“好的。”",
        "他说。",
    ]
    assert sentences("यह एक वाक्य है। यह दूसरा है।", "hi") == ["यह एक वाक्य है।", "यह दूसरा है।"]


@pytest.mark.parametrize("number", ["11.13.", "4.2.1.3.", "B.2."])
def test_the_number_of_a_section_is_no_sentence(number: str) -> None:
    lines = [f"{number}\N{NO-BREAK SPACE}Pumps and valves", f"{number} Open the valve."]
    assert [s.text for s in segment("\n\n".join(lines), "en")] == lines
    assert len(segment(f"Pumps came in {number} Valves came later.", "en")) == 2


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("de", ["Beschlossen wird: 1. Der Beitrag steigt.", "2. Die Halle bleibt zu."]),
        ("en", ["The board decides as follows: 1. Fees go up.", "2. The hall stays shut."]),
        ("sv", ["Styrelsen beslutar: 1. Avgiften höjs.", "2. Hallen hålls stängd."]),
        ("en", ["The odds were 1.", "Nobody left."]),
    ],
)
def test_the_first_number_of_a_list_belongs_to_what_follows(
    language: str, sentences: list[str]
) -> None:
    found = segment(" ".join(sentences), language)
    assert [one.text for one in found] == sentences


def test_nbsp_inside_an_abbreviation() -> None:
    assert sentences("Viele, z.\u00a0B. Hunde, sind treu.", "de") == [
        "Viele, z.\u00a0B. Hunde, sind treu."
    ]


def test_a_sentence_may_end_in_the_mark_of_a_note() -> None:
    expected = ["It rained.3", "We left.[^a]", "He slept.²", "See fig.3 The end."]
    assert sentences(" ".join(expected), "en") == expected
    assert sentences("Version.2 und mehr", "de") == ["Version.2 und mehr"]


PAGE = """A PACT FOR THE VALLEY

The talks began on 5 May. Dr. Holm led them.

Delegates on the bridge. (Photo: Ines Barr/KNA)

- First, the water is shared. Second, it is measured.

Source: KNA
"""


def test_blocks_are_not_crossed_and_kinds_are_kept() -> None:
    cut = segment_document(formats.parse(PAGE), language="en")
    assert [(s.kind, s.text) for s in cut.segments] == [
        ("heading", "A PACT FOR THE VALLEY"),
        ("text", "The talks began on 5 May."),
        ("text", "Dr. Holm led them."),
        ("caption", "Delegates on the bridge. (Photo: Ines Barr/KNA)"),
        ("item", "- First, the water is shared."),
        ("item", "Second, it is measured."),
        ("boilerplate", "Source: KNA"),
    ]
    assert [s.block for s in cut.segments] == [0, 1, 1, 2, 3, 3, 4]
    assert cut.segments[0].level == 1


def test_place_and_level_come_from_the_block() -> None:
    block = Block(2, 12, "item", 3, "page 7")
    cut = segment_document(Document("  One. Two.  ", (block,)), language="en")
    assert [(s.start, s.end, s.level, s.place) for s in cut.segments] == [
        (2, 6, 3, "page 7"),
        (7, 11, 3, "page 7"),
    ]


def test_a_document_with_segments_is_left_alone() -> None:
    document = Document.from_segments(["One. Two.", ""], language="en")
    assert segment_document(document) is document


def test_language_is_identified_and_kept() -> None:
    text = "Am 7. Mai trafen sich die beiden Seiten. Sie sprachen über das Wasser."
    cut = segment_document(Document(text))
    assert cut.language == "de"
    assert len(cut.segments) == 2
    assert segment_document(Document(text), language="sv").language == "sv"


def test_empty_and_blank_texts_have_no_segments() -> None:
    for text in ("", " \n\t\n", "\ufeff"[:0]):
        assert segment_document(Document(text)).segments == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("one", ["one"]),
        ("one\n", ["one"]),
        ("one\n\n", ["one", ""]),
        ("\n", [""]),
        (" one \r\n\r\ntwo\rthree", [" one ", "", "two", "three"]),
        ("a\u2028b\x0cc\n", ["a\u2028b\x0cc"]),
    ],
)
def test_lines_are_taken_as_they_are(text: str, expected: list[str]) -> None:
    cut = segment(text, "en", lines=True)
    assert [s.text for s in cut] == expected
    assert [s.kind for s in cut] == ["text" if line.strip() else "blank" for line in expected]
    assert all(text[s.start : s.end] == s.text for s in cut)


def test_a_callable_may_give_texts_or_spans() -> None:
    text = "One; two;\nthree."

    def halves(text: str) -> list[str]:
        return text.split("; ")

    assert [s.text for s in segment(text, "en", segmenter=halves)] == ["One", "two;", "three."]

    def spans(text: str) -> list[tuple[int, int]]:
        return [(0, 4), (4, len(text))] if len(text) > 4 else [(0, len(text))]

    assert [s.text for s in segment("One; two;", "en", segmenter=spans)] == ["One;", "two;"]


def test_a_callable_may_fold_white_space() -> None:
    cut = segment_document(
        Document("One  two.\nThree.", (Block(0, 16),)),
        language="en",
        segmenter=lambda text: [" ".join(text.split())],
    )
    assert texts(cut) == ["One  two.\nThree."]


def test_a_tokenizer_of_the_user() -> None:
    punkt = pytest.importorskip("nltk.tokenize.punkt")
    tokenizer = punkt.PunktSentenceTokenizer()
    expected = ["One is here.", "Two is there."]
    text = "One is here. Two is there."
    assert [s.text for s in segment(text, "en", segmenter=tokenizer.tokenize)] == expected
    assert [s.text for s in segment(text, "en", segmenter=tokenizer.span_tokenize)] == expected


def test_a_callable_that_invents_text_is_refused() -> None:
    with pytest.raises(ValueError, match=r"gave 'Two\.', which the text does not have there"):
        segment("One.", "en", segmenter=lambda text: ["One.", "Two."])
    with pytest.raises(
        ValueError, match=r"gave the span 0\.\.9 after 0 in a block of 4 characters"
    ):
        segment("One.", "en", segmenter=lambda text: [(0, 9)])


def test_names_for_the_signature() -> None:
    def halves(text: str) -> list[str]:
        return [text]

    assert segmenter_name() == SEGMENTER == "punkt-1"
    assert segmenter_name(lines=True) == "lines"
    assert segmenter_name(halves).endswith("halves")
    assert segmenter_name(halves).startswith("callable:")


@pytest.mark.parametrize("signs", ["\u21a9", "\u2014 \u2014 \u2014", "\U0001f600", "* * *"])
def test_signs_behind_the_last_sentence_belong_to_it(signs: str) -> None:
    found = [s.text for s in segment(f"Nobody came. It was cold. {signs}", "en")]
    assert found == ["Nobody came.", f"It was cold. {signs}"]
    assert [s.text for s in segment(signs, "en")] == [signs]


def test_long_lines_and_runs_of_marks_take_linear_time() -> None:
    assert len(segment("word " * 200_000, "en")) == 1
    assert len(segment("." * 300_000 + "x", "en")) == 1
    assert len(segment("?)" * 200_000, "en")) == 1
    assert len(segment("Ein Satz. " * 50_000, "de")) == 50_000


@pytest.mark.parametrize(("name", "language"), all_versions())
def test_samples_are_cut_as_their_gold(name: str, language: str) -> None:
    gold = read_segments(name, language)
    cut = segment_document(formats.read(SAMPLES / name / f"{language}.txt"), language=language)
    assert [(s.start, s.end) for s in cut.segments] == [(start, end) for start, end, _ in gold]
    wrong = sum(s.kind != kind for s, (*_, kind) in zip(cut.segments, gold, strict=True))
    assert wrong <= 1


ANY_TEXT = st.one_of(
    st.text(max_size=200),
    st.text(
        alphabet=st.sampled_from("aB1. \n\r\t-–.!?…()[]\"'„“»«:;/#>*|`\u00a0\u2028\u3002é"),
        max_size=80,
    ),
)


@given(ANY_TEXT, st.sampled_from(["en", "de", "sv", "ja", "und"]))
def test_nothing_but_white_space_is_lost(text: str, language: str) -> None:
    end = 0
    for found in segment(text, language):
        assert found.text == text[found.start : found.end]
        assert found.text.strip() == found.text != ""
        assert not text[end : found.start].strip()
        end = found.end
    assert not text[end:].strip()


@given(ANY_TEXT)
def test_lines_and_their_ends_are_the_whole_text(text: str) -> None:
    cut = segment(text, "en", lines=True)
    between = [text[a.end : b.start] for a, b in pairwise(cut)]
    assert all(gap in ("\n", "\r", "\r\n") for gap in between)
    assert all("\n" not in s.text and "\r" not in s.text for s in cut)
    assert (text[cut[-1].end :] if cut else text) in ("", "\n", "\r", "\r\n")


@given(ANY_TEXT)
def test_markdown_segments_stand_in_order_in_the_source(text: str) -> None:
    end = 0
    for found in segment_document(formats.parse(text, format="markdown"), language="en").segments:
        assert found.start >= end
        assert found.text == text[found.start : found.end]
        end = found.end


def test_a_language_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="'Klingonian' is not a language tag"):
        segment("Er kam.", "Klingonian")
