"""PDF lines told by the type that they are set in, and by the room above them."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from _files import pdf_of, told
from hypothesis import assume, given
from hypothesis import strategies as st

from aligner._decode import Source
from aligner.formats import pdf

pypdfium2 = pytest.importorskip("pypdfium2")

Row = tuple[str, str, float, float]  # font, text, room above, left end
FIRST = "The museum shows how the keepers of the light lived on the point in"
REST = "all weathers, and what they ate."
SECOND = "In summer the tower is open to visitors who do not fear its iron steps,"
END = "which are steep."
HEAD = ("How the keepers of the light lived and worked on", "the point at the end of the country")


def body(text: str, room: float = 14) -> Row:
    return ("/F1 10 Tf", text, room, 50)


def bold(text: str, room: float = 14) -> Row:
    return ("/F2 10 Tf", text, room, 50)


def large(text: str, room: float = 18) -> Row:
    return ("/F1 14 Tf", text, room, 50)


def page(*rows: Row) -> str:
    """Return the operators of rows with a font, text, room above and left end."""
    y, drawn = 800.0, []
    for font, text, room, left in rows:
        y -= room
        drawn.append(f"{font} 1 0 0 1 {left} {y} Tm ({text}) Tj ")
    return f"BT {''.join(drawn)}ET"


def found(*pages: str) -> list[tuple[str, int, str]]:
    made = told(pdf.read(Source("x.pdf", pdf_of(*pages))))
    return [(kind, level, text) for kind, level, _, text in made]


def paragraph(first: str = FIRST, rest: str = REST, room: float = 24) -> list[Row]:
    return [body(first, room), body(rest)]


PARAGRAPH = ("text", 0, f"{FIRST} {REST}")


def test_a_heading_of_several_lines_is_one_and_ends_where_the_text_begins() -> None:
    rows = [large(HEAD[0]), large(HEAD[1]), *paragraph(room=14), *paragraph()]
    assert found(page(*rows)) == [("heading", 1, " ".join(HEAD)), PARAGRAPH, PARAGRAPH]


def test_headings_of_one_type_that_stand_apart_are_several() -> None:
    rows = [large(HEAD[0]), large("between", 34), large("two seas", 34), *paragraph(), *paragraph()]
    heads = [("heading", 1, text) for text in (HEAD[0], "between", "two seas")]
    assert found(page(*rows)) == [*heads, PARAGRAPH, PARAGRAPH]


def test_a_bold_line_that_is_full_is_no_part_of_the_paragraph_below_it() -> None:
    head = "How the keepers of the light lived on the point for many years"
    rows = [large("The light"), *paragraph(), bold(head, 24), *paragraph(room=14)]
    assert found(page(*rows)) == [
        ("heading", 1, "The light"),
        PARAGRAPH,
        ("heading", 2, head),
        PARAGRAPH,
    ]


def test_a_line_of_bold_words_stays_in_its_paragraph() -> None:
    inside = "although nobody has ever fallen there, as all the papers say, and"
    rows = [*paragraph(), body(SECOND, 24), bold(inside), body("nobody wants to."), *paragraph()]
    assert found(page(*rows))[1] == ("text", 0, f"{SECOND} {inside} nobody wants to.")


def test_a_bold_paragraph_is_text() -> None:
    rows = [bold("The tower is open again."), *paragraph(), *paragraph()]
    assert found(page(*rows))[0] == ("text", 0, "The tower is open again.")


def test_size_may_come_from_the_place_of_the_letters() -> None:
    scaled = f"BT /F1 1 Tf 14 0 0 14 50 790 Tm ({HEAD[0]}) Tj 14 0 0 14 50 773 Tm ({HEAD[1]}) Tj "
    below = "".join(
        f"10 0 0 10 50 {750 - 14 * i} Tm ({text}) Tj " for i, text in enumerate((FIRST, REST) * 2)
    )
    assert found(f"{scaled}{below}ET")[0] == ("heading", 1, " ".join(HEAD))


@pytest.mark.parametrize(
    ("first", "count"), [("The tower is open in summer, but", 1), ("The tower is open.", 2)]
)
def test_a_line_is_full_if_the_next_word_does_not_fit(first: str, count: int) -> None:
    rest = "Verkehrssicherungspflichtverletzungen are feared by the town"
    rows = [body(first, 24), body(rest), body("council more than any storm.")]
    texts = [text for *_, text in found(page(*paragraph(), *paragraph(), *rows, *paragraph()))]
    assert len(texts) == 3 + count
    assert " ".join(texts[2:-1]) == f"{first} {rest} council more than any storm."


def test_an_address_stays_on_its_lines() -> None:
    rows = [*paragraph(), *paragraph(), body("Museum of Lights", 24), body("12 Harbour Street")]
    assert [text for *_, text in found(page(*rows))][2:] == [
        "Museum of Lights",
        "12 Harbour Street",
    ]


def test_the_first_line_of_a_paragraph_may_be_indented() -> None:
    full = "When she came back to the point the lamp was lit and there was nobody"
    rows = [body(SECOND), body(full), ("/F1 10 Tf", FIRST, 14, 64), body(REST)]
    assert [text for *_, text in found(page(*rows))] == [f"{SECOND} {full}", f"{FIRST} {REST}"]


@pytest.mark.parametrize("marks", [("1. ", "2. "), ("\\267 ", "\\267 ")])
def test_the_items_of_a_list_need_no_room_between_them(marks: tuple[str, str]) -> None:
    items = (f"{marks[0]}{FIRST}", f"{marks[1]}{SECOND}")
    rows = [*paragraph(), ("/F1 10 Tf", items[0], 24, 60), ("/F1 10 Tf", REST, 14, 75)]
    rows += [("/F1 10 Tf", items[1], 14, 60), ("/F1 10 Tf", END, 14, 75), *paragraph()]
    assert [(kind, text[-20:]) for kind, _, text in found(page(*rows))][1:3] == [
        ("item", f"{FIRST} {REST}"[-20:]),
        ("item", f"{SECOND} {END}"[-20:]),
    ]


def test_heads_and_page_numbers_of_two_pages_are_left_out() -> None:
    def numbered(number: int, *rows: Row) -> str:
        head = ("/F1 8 Tf", "The keepers of the light", 20.0, 50.0)
        return page(head, *rows, ("/F1 8 Tf", f"{number} / 2", 700.0 - 38 * len(rows) / 2, 50.0))

    made = found(numbered(1, *paragraph()), numbered(2, *paragraph(SECOND, END)))
    assert made == [PARAGRAPH, ("text", 0, f"{SECOND} {END}")]


def test_a_paragraph_goes_on_over_a_page_but_not_with_or_as_a_heading() -> None:
    open_page = page(large("The light"), *paragraph(), body(SECOND, 24))
    rest = page(body(END), *paragraph())
    assert ("text", 0, f"{SECOND} {END}") in found(open_page, rest)
    texts = [text for *_, text in found(open_page, page(large("of the sea"), *paragraph()))]
    assert texts[-3:] == [SECOND, "of the sea", PARAGRAPH[-1]]
    texts = [text for *_, text in found(page(*paragraph(), large("The light")), rest)]
    assert texts == [PARAGRAPH[-1], "The light", END, PARAGRAPH[-1]]


def test_columns_are_parted_even_where_the_page_shows_none() -> None:
    left = page(*paragraph(), *paragraph())
    right = left.replace(" 50 ", " 400 ")
    assert found(left + " " + right) == [PARAGRAPH] * 4


@pytest.mark.parametrize(("mode", "count"), [(0, 2), (3, 1)])
def test_the_sizes_of_letters_laid_unseen_over_a_scan_tell_nothing(mode: int, count: int) -> None:
    rows = [
        (f"/F1 {size} Tf {mode} Tr", text, 14.0, 50.0) for size, text in ((10, FIRST), (12, REST))
    ]
    texts = [text for *_, text in found(page(*rows))]
    assert (len(texts), " ".join(texts)) == (count, PARAGRAPH[-1])


def test_lines_beside_the_page_are_not_read() -> None:
    beside = "BT /F1 10 Tf 1 0 0 1 50 900 Tm (nobody sees this) Tj ET "
    assert found(beside + page(*paragraph())) == [PARAGRAPH]


ROW = st.tuples(
    st.sampled_from(
        ["/F1 10 Tf", "/F2 10 Tf", "/F1 14 Tf", "/F1 7 Tf", "/F1 0 Tf", "/F1 9 Tf 3 Tr"]
    ),
    st.text("abc. ", min_size=1, max_size=60),
    st.sampled_from([-30.0, 0.0, 12.0, 24.0, 60.0]),
    st.sampled_from([50.0, 64.0, 300.0]),
)


@given(st.lists(ROW, min_size=1, max_size=12), st.lists(ROW, max_size=12))
def test_all_that_stands_on_the_pages_is_read(first: list[Row], second: list[Row]) -> None:
    caps = str.maketrans("abc.", "ABC,")  # so that no line comes back as running heads do
    second = [(font, text.translate(caps), room, left) for font, text, room, left in second]
    for rows in (first, second):  # no row climbs over the edge of the page
        assume(min(accumulate(room for _, _, room, _ in rows), default=0) >= -30)
    made = pdf_of(page(*first), page(*second))
    with pypdfium2.PdfDocument(made) as document:
        seen = "".join(document[i].get_textpage().get_text_bounded() for i in range(2))
    letters = sorted("".join(seen.split()))
    if letters:
        read = pdf.read(Source("x.pdf", made)).text
        assert sorted("".join(read.split())) == letters


def test_marks_of_notes_stay_in_their_line_and_are_told_from_numbers() -> None:
    rows = [
        "1 0 0 1 50 760 Tm (Only 3 of the 40 came; it rained.) Tj {2} ( They slept.) Tj",
        "1 0 0 1 50 600 Tm {2} (See the map.) Tj",
        "1 0 0 1 50 580 Tm {13} (By the clock.) Tj",
    ]
    raised = re.sub(r"{(\d+)}", r"/F1 6 Tf 4 Ts (\1) Tj 0 Ts /F1 10 Tf", " ".join(rows))
    with pytest.warns(UserWarning, match=r"its footnotes and endnotes \(2\) stand after the text"):
        made = found(f"BT /F1 10 Tf {raised} ET", page(*paragraph()))
    assert [text for _, _, text in made] == [
        "Only 3 of the 40 came; it rained.\u00b2 They slept.",
        PARAGRAPH[-1],
        "\u00b2See the map.",
        "\u00b9\u00b3By the clock.",
    ]


def test_a_large_first_letter_belongs_to_its_word() -> None:
    cap = ("/F1 30 Tf", "T", 40.0, 50.0)
    beside = [("/F1 10 Tf", FIRST[1:], -18.0, 72.0), ("/F1 10 Tf", REST, 14.0, 72.0)]
    rows = [cap, *beside, *paragraph(SECOND, END)]
    assert found(page(*rows)) == [PARAGRAPH, ("text", 0, f"{SECOND} {END}")]
    assert found(page(("/F1 30 Tf", "A", 40.0, 50.0), *paragraph()))[-1] == PARAGRAPH
