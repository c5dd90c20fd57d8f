"""Plain text as people have it: mail, pages with heads, text with a blank line behind each line."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import pytest

from aligner import Document, align, formats, segment
from aligner._encode import clean
from aligner._segment import segment_document

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPHS = (
    "The harbour board met on 3 May and decided that the old lighthouse, which has stood empty "
    "since the keeper left it, is to be opened to visitors. Nobody voted against it. The keys are "
    "kept in the office of the harbour master until the railings of the staircase are mended.",
    "The fishermen had asked for something else. They wanted the money to go into the crane, as "
    "it can lift no more than two tons and as the boats are getting heavier every year.",
    "Both works are to be finished before the autumn storms. The board will meet again in June.",
)
SENTENCES = [s.text for paragraph in PARAGRAPHS for s in segment(paragraph, "en")]
LINES = "\n\n".join("\n".join(wrap(paragraph, 60)) for paragraph in PARAGRAPHS).split("\n")


def read(text: str) -> Document:
    document = formats.parse(text)
    assert len(document.text) == len(text)
    return document


def sentences(text: str) -> list[str]:
    document = segment_document(read(text), language="en")
    return [clean(s.text) for s in document.segments]


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "  > "])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_quoted_mail_is_read_as_what_was_quoted(mark: str, newline: str) -> None:
    assert sentences(newline.join(mark + line for line in LINES)) == SENTENCES


def test_an_answer_below_a_quotation_is_a_paragraph_of_its_own() -> None:
    quoted = "\n".join("> " + line for line in LINES)
    assert sentences(f"{quoted}\n\nYes, we do.") == [*SENTENCES, "Yes, we do."]


def test_a_quotation_begins_a_paragraph_and_may_go_on_with_an_amount() -> None:
    said = "On the third of May the keeper wrote to the board that"
    lines = (
        "the crane can lift no more than two tons any",
        "more, and that it is to be mended before the",
        "5 May.",
    )
    quoted = "\n".join(f"> {line}" for line in lines)
    assert sentences(f"{said}\n{quoted}\n\nNobody told me.") == [
        said,
        " ".join(lines),
        "Nobody told me.",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_an_answer_just_below_a_quotation_is_no_part_of_it(newline: str) -> None:
    quoted = [f"> {line}" for line in LINES[:2]]
    document = read(newline.join([*quoted, "And what of the boats?"]))
    assert [document.text[b.start : b.end] for b in document.blocks][1:] == [
        "And what of the boats?"
    ]


def test_a_paragraph_separator_parts_paragraphs() -> None:
    text = "\n".join(LINES[:3]) + "\u2029" + "\n".join(LINES[3:5])
    assert [b.end for b in read(text).blocks] == [text.index("\u2029"), len(text)]


@pytest.mark.parametrize(
    "text",
    [
        ">50 % of the boats",
        ">= 3 tons",
        "a > b",
        "Severe:\n> 5 mg a day\n> 10 mg a week",
        "The wind in the harbour was\n> the limit.",
    ],
)
def test_greater_than_is_no_mark_of_quotation(text: str) -> None:
    assert read(text).text == text


def pages(*, head: str = "The Harbour Gazette", foot: str = "- {} -", newline: str = "\n") -> str:
    cut = [LINES[:3], LINES[3:8], LINES[8:]]
    return "\f".join(
        newline.join([" " * 20 + head, "", *lines, "", "", " " * 28 + foot.format(number), ""])
        for number, lines in enumerate(cut, 7)
    )


@pytest.mark.parametrize("foot", ["- {} -", "{}", "Page {} of 12"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_page_heads_are_left_out_and_sentences_go_on_over_them(foot: str, newline: str) -> None:
    assert sentences(pages(foot=foot, newline=newline)) == SENTENCES


NAMES = (
    "Ada, Bo, Cyril, Dan, Eve, Fay, Gus, Hal, Ida, Jo, Kit, Lea, Max, Nell, Oskar, Pia, Rut, Sven, "
    "Tom, Una, Vera, Wim, Yrsa, Zoe"
)
DIARY = [
    f"{name} came to the harbour in the year of the flood, and a letter that {name} wrote is kept."
    for name in NAMES.split(", ")
]


@pytest.mark.parametrize("number", ["- {} -", "{}", "Page {} of 4"])
def test_pages_without_form_feeds_are_told_by_their_numbers(number: str) -> None:
    lines = wrap(" ".join(DIARY), 60)[:33]
    pages = [lines[k : k + 11] for k in range(0, len(lines), 11)]
    text = "\n\n".join("\n".join([*page, "", number.format(k)]) for k, page in enumerate(pages, 3))
    assert sentences(text) == sentences("\n".join(lines))


def test_numbers_of_chapters_stay() -> None:
    chapters = [wrap(" ".join(DIARY[k : k + 4]), 35) for k in range(0, 16, 4)]
    text = "\n".join(f"Chapter {k}\n" + "\n".join(lines) for k, lines in enumerate(chapters, 1))
    assert all(len(lines) >= 10 for lines in chapters)
    assert read(text).text == text


def test_roman_page_numbers_are_page_numbers() -> None:
    text = "\f".join(f"{LINES[k]}\n\n{number}\n" for k, number in enumerate(["ix", "x", "xi"]))
    assert not {"ix", "x", "xi"} & set(read(text).text.split())


def test_a_word_cut_at_the_end_of_a_page_is_one_word() -> None:
    first = "The old keeper had lived for thirty years in the light-\n\n1\n\f"
    rest = "house and was sorry to leave it when the time had come.\n\n2\n"
    assert sentences(first + rest) == [
        "The old keeper had lived for thirty years in the lighthouse and was sorry to leave it "
        "when the time had come."
    ]


def test_what_comes_back_inside_the_pages_is_text() -> None:
    text = "\f".join(f"First line {n} a\nb {n} c\nWe sing.\nd {n} e\nlast {n}" for n in "xyz")
    assert read(text).text.split() == text.split()


def test_a_paragraph_that_ends_with_its_page_is_ended() -> None:
    text = "The board met in May.\n\n1\n\fThe board met in June.\n\n2\n"
    assert sentences(text) == ["The board met in May.", "The board met in June."]


def test_a_blank_line_behind_every_line_parts_nothing() -> None:
    spaced = "\n\n\n".join("\n\n".join(wrap(paragraph, 60)) for paragraph in PARAGRAPHS)
    assert sentences(spaced) == SENTENCES


def test_a_heading_in_capitals_stands_apart_without_a_blank_line() -> None:
    text = "\n".join([*LINES[:3], "AND THEN, ALL THE OTHER THINGS", *LINES[6:]])
    headings = [text[b.start : b.end] for b in read(text).blocks if b.kind == "heading"]
    assert headings == ["AND THEN, ALL THE OTHER THINGS"]


def test_a_heading_of_two_lines_is_a_heading() -> None:
    title = "What the harbour board decided about the lighthouse and the\ncrane in the old harbour"
    text = "\n".join([title, "", *LINES])
    first = read(text).blocks[0]
    assert (text[first.start : first.end], first.kind) == (title, "heading")


@pytest.mark.parametrize("every", [1000, 5])
def test_numbers_of_lines_in_the_margin_are_no_text(every: int) -> None:
    lines = [f"{k % every + 1:4d}  {line}".rstrip() for k, line in enumerate(LINES)]
    assert sentences("\n".join(lines)) == SENTENCES


def test_years_of_a_chronicle_stay() -> None:
    text = "\n".join(f"{year} the harbour was closed." for year in range(1990, 2010))
    assert read(text).text == text


def test_nothing_is_left_out_of_lines_that_are_segments(tmp_path: Path) -> None:
    text = "> Eins\n1\n\fHead\n> Zwei\n2\n\fHead\n"
    path = tmp_path / "cut.txt"
    path.write_text(text, encoding="utf-8", newline="")
    found = align({"en": path, "de": text}, lines=True)
    assert [document.text for document in found.documents] == [text, text]
    assert read(text).text != text


def test_the_ranks_of_a_table_are_no_numbers_of_lines() -> None:
    ranks = "".join(f"{k} Team {chr(64 + k)} {60 - k}\n" for k in range(1, 15))
    assert read(ranks).text == ranks


def test_amounts_at_the_beginning_of_lines_are_no_numbers_of_lines() -> None:
    amounts = (1, 1, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1)
    recipe = "".join(f"{amount} cup of something\n" for amount in amounts)
    assert read(recipe).text == recipe


def test_pages_of_nothing_but_like_lines_keep_them() -> None:
    cards = "\f".join(f"Winner {k}\nTable {k + 4}\nThank you.\n" for k in range(1, 6))
    assert "".join(sentences(cards)).count("Thank you.") == 5


def test_what_every_letter_of_a_file_ends_with_stays() -> None:
    boats = ("Aurora", "Boreas", "Castor")
    letters = "\f".join(
        f"Dear {boat},\n\nYour place is free.\nPay {k * k} euros.\n\nRegards,\nAnna\n"
        for k, boat in enumerate(boats, 3)
    )
    assert read(letters).text == letters


def test_sums_at_the_end_of_numbered_pages_stay() -> None:
    sums = (120, 80, 235)
    bills = "\f".join(
        f"Place\nHire of {boat}\nTotal: {total} euros\n\nPage {page}\n"
        for page, (boat, total) in enumerate(zip("ABC", sums, strict=True), 1)
    )
    found = " ".join(sentences(bills))
    assert "Page" not in found
    assert all(f"Total: {total} euros" in found for total in sums)


def test_numbers_of_articles_stay_where_sentences_end_without_a_stop() -> None:
    names = NAMES.split(", ")
    lists = [[f"{a} may lie here and pay as much as {b}" for a in names[:12]] for b in names[12:16]]
    text = "\n".join("\n".join([f"Article {k}", *lines]) for k, lines in enumerate(lists, 1))
    assert read(text).text == text


def test_numbers_of_a_legend_and_of_verses_stay() -> None:
    parts = "casing, impeller, drive shaft, bearing, ring, inlet, outlet, plate, cover, nut, key"
    verses = [DIARY[k].lower() if k % 2 else "And it was night," for k in range(12)]
    for lines in (parts.split(", "), verses):
        text = "\n".join(f"{k} {line}" for k, line in enumerate(lines, 1))
        assert read(text).text == text


def test_the_widest_line_may_go_on_with_a_capital() -> None:
    lines = (
        "Der alte Leuchtturm des Hafens bleibt nun",
        "offen, und jeder darf hinauf, wenn der alte",
        "Wärter es will.",
    )
    text = "\n".join(lines)
    assert [(b.start, b.end) for b in read(text).blocks] == [(0, len(text))]
