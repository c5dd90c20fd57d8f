"""PDF pages of several columns, and words that were cut at the ends of lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _files import pdf_of, small_pdf, told

from aligner._decode import Source
from aligner.formats import pdf
from aligner.formats._columns import Box, regions
from aligner.formats._lines import _Letters

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TITLE = "A bridge for the town, and for everybody who lives on the other side of it"
LEFT = [
    "The council met on Monday and",
    "spoke of the bridge for many",
    "hours before it took a deci-",
    "sion on the matter. It will be",
    "built from spring on and the",
]
RIGHT = [
    "mayor cuts the ribbon. Then the",
    "cyclists ask for a lane of their",
    "own. Nothing is decided yet, but",
    "everybody is heard before the",
    "summer, also those without bikes.",
]
NOTE = "This page was set in two columns by hand, with a line across them at its foot."


def at(x: int, y: int, text: str) -> str:
    return f"1 0 0 1 {x} {y} Tm ({text}) Tj "


def page(order: str, above: str = "") -> bytes:
    rows = [
        (770 - 14 * i, left, right) for i, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True))
    ]
    left = [at(50, y, text) for y, text, _ in rows]
    right = [at(310, y, text) for y, _, text in rows]
    sides = (
        left + right
        if order == "columns"
        else [s for pair in zip(left, right, strict=True) for s in pair]
    )
    drawn = [at(50, 800, TITLE), above, *sides, at(50, 680, NOTE)]
    return pdf_of(f"BT /F1 10 Tf {''.join(drawn)}ET")


@pytest.mark.parametrize("order", ["columns", "rows"])
def test_columns_are_read_one_after_the_other_in_whatever_order_they_were_drawn(order: str) -> None:
    found = [text for *_, text in told(pdf.read(Source("x.pdf", page(order))))]
    assert found == [
        TITLE,
        "The council met on Monday and spoke of the bridge for many hours before it took a "
        "decision on the matter. It will be built from spring on and the "
        "mayor cuts the ribbon. Then the cyclists ask for a lane of their own. Nothing is "
        "decided yet, but everybody is heard before the summer, also those without bikes.",
        NOTE,
    ]


def test_a_heading_within_a_column_and_what_stands_beside_it_are_read_in_their_columns() -> None:
    more = "and all of the morning after it"
    left = [at(50, 712 - 14 * i, text) for i, text in enumerate(LEFT)]
    left = [at(50, 740, "The council"), *left, at(50, 580, "What came of it"), at(50, 552, more)]
    right = [at(310, 712 - 14 * i, text) for i, text in enumerate(RIGHT)]
    right = [at(310, 740, "of the river in its sandy bed."), *right, at(310, 580, "The end")]
    read = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {''.join(left + right)}ET")))
    parts = (
        "The council",
        "The council met",
        "What came",
        more,
        "of the river",
        RIGHT[0],
        "The end",
    )
    places = [read.text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_table_of_short_cells_is_read_row_by_row() -> None:
    rows = [
        ("Length", "120 m"),
        ("Width", "14 m"),
        ("Cost", "12 million"),
        ("Opened", "3 May"),
        ("Lanes", "4"),
    ]
    drawn = [at(50, 800 - 14 * i, a) + at(330, 800 - 14 * i, b) for i, (a, b) in enumerate(rows)]
    made = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {''.join(drawn)}ET")))
    assert [text for *_, text in told(made)] == [cell for row in rows for cell in row]


def test_the_lines_of_a_cell_are_one_and_two_words_far_apart_are_none() -> None:
    rows = [
        ["Quarter", "Visitors", "Change"],
        ["January to", "4,105", "+1.2%"],
        ["the end of March", "", ""],
        ["April to June", "11,870", "+3.9%"],
    ]
    drawn = [
        at(left, 800 - 14 * i, text)
        for i, row in enumerate(rows)
        for left, text in zip((50, 200, 330), row, strict=True)
        if text
    ]
    drawn += [at(50, 700, "Unter"), at(300, 700, "den Leuten"), at(50, 686, "galt das viel.")]
    made = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {''.join(drawn)}ET")))
    assert [text for *_, text in told(made)] == [
        *rows[0],
        "January to the end of March",
        *rows[1][1:],
        *rows[3],
        "Unter den Leuten galt das viel.",
    ]


def test_a_row_of_cells_above_the_columns_is_none_of_them() -> None:
    cells = at(50, 784, "Length") + at(310, 784, "120 m")
    made = pdf.read(Source("x.pdf", page("rows", cells)))
    assert "Length 120 m" in made.text
    assert "built from spring on and the mayor cuts" in made.text


def test_letters_that_hang_below_a_line_stay_on_it() -> None:
    tight = [at(50, 782 - 10 * i, "gypsum, jelly, query and pigs go") for i in range(6)]
    tight += [at(310, 782 - 10 * i, "happy frogs jump by the quay as") for i in range(6)]
    made = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {at(50, 792, TITLE)}{''.join(tight)}ET")))
    assert made.text.count("gypsum") == made.text.count("quay") == 6
    assert len(made.text.split()) == len(TITLE.split()) + 6 * 13


def test_one_column_has_no_regions() -> None:
    lines = [Box(50, 800 - 14 * i, 540, 810 - 14 * i) for i in range(40)]
    assert regions(lines, 595, 842) == []
    assert regions([], 595, 842) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The council took a deci-", "sion."], "The council took a decision."),
        (["Man sprach von Ein- ", "und Ausgaben."], "Man sprach von Ein- und Ausgaben."),
        (["Man schrieb eine E-", "Mail an alle hier."], "Man schrieb eine E-Mail an alle hier."),
        (["Det står i FN-", "stadgan från 1945."], "Det står i FN-stadgan från 1945."),
        (["MILJÖ-", "OCH TRANSPORT"], "MILJÖ- OCH TRANSPORT"),
        (["Han kom 1939-", "45 till staden."], "Han kom 1939-45 till staden."),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_joined(lines: list[str], expected: str) -> None:
    assert pdf.read(Source("x.pdf", small_pdf(lines))).text == expected


THIRDS = (
    (
        "Three columns stand side by side",
        "on this page, and each of them is",
        "read from its top down to its foot",
        "before the next one is. The column",
    ),
    (
        "in the middle has a gap to its left",
        "and another one to its right, and",
        "goes on in the last of them, as all",
        "of them do. After that comes a line",
    ),
    (
        "of the third, which ends where the",
        "page does, unless one more of them",
        "stands below it all and is as wide",
        "as all three, which is not so here.",
    ),
)


@pytest.mark.parametrize("by_rows", [True, False])
def test_three_columns_are_read_one_after_the_other(by_rows: bool) -> None:
    places = (
        [(c, r) for r in range(4) for c in range(3)]
        if by_rows
        else [(c, r) for c in range(3) for r in range(4)]
    )
    drawn = "".join(at(40 + 180 * c, 770 - 14 * r, THIRDS[c][r]) for c, r in places)
    made = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {at(40, 800, TITLE)}{drawn}ET")))
    whole = " ".join(line for column in THIRDS for line in column)
    assert [text for *_, text in told(made)] == [TITLE, whole]


def test_a_table_inside_a_column_is_read_row_by_row() -> None:
    cells = [at(310, 686 - 14 * i, "Length") + at(400, 686 - 14 * i, f"{i}20 m") for i in range(5)]
    sides = [at(50, 770 - 14 * i, text) for i, text in enumerate([*LEFT, *LEFT])]
    sides += [at(310, 770 - 14 * i, text) for i, text in enumerate(RIGHT)]
    made = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {''.join(sides + cells)}ET")))
    assert "Length\n020 m\nLength\n120 m" in made.text
    assert made.text.endswith("Length\n420 m")
    assert made.text.index("and the") < made.text.index("mayor")


@pytest.mark.parametrize(
    ("last", "next_page", "count"),
    [
        ("Schule gebaut und dafür lange nach einer", "Lösung gesucht, die allen gefällt.", 1),
        ("Schule gebaut, und alle waren zufrieden.", "Lösungen gibt es viele, heißt es da.", 2),
        ("Schule gebaut und lange", "Lösungen gibt es viele, heißt es da.", 2),
        ("Schule gebaut und dafür lange nach einer", "Neue Brücken", 2),
        ("Schule gebaut und lange nach einer Lö-", "sung gesucht, die allen gefällt.", 1),
    ],
)
def test_a_paragraph_may_go_on_on_the_next_page_with_a_capital(
    last: str, next_page: str, count: int
) -> None:
    first = ["Die Stadt hat in diesem Jahr eine neue", last]
    found = told(pdf.read(Source("x.pdf", small_pdf(first, [next_page]))))
    assert len(found) == count
    assert "Lö-" not in found[0][-1]


def test_columns_may_stand_on_lines_of_their_own() -> None:
    half = [
        at(40 + 180 * c, 770 - 14 * r - 5 * c, THIRDS[c][r]) for c in range(3) for r in range(4)
    ]
    made = pdf.read(Source("x.pdf", pdf_of(f"BT /F1 10 Tf {at(40, 800, TITLE)}{''.join(half)}ET")))
    whole = " ".join(line for column in THIRDS for line in column)
    assert [text for *_, text in told(made)] == [TITLE, whole]


PRINTED = [
    "The old bridge over the river is closed, and nobody knows for how long; the town has asked "
    "two engineers for their opinion. They will give it in June.",
    "It was built a hundred years ago, when carts were pulled by horses, and it was never meant "
    "to carry lorries of forty tons. The engineers found cracks in three of its five arches. The "
    "council will meet on Monday to talk about what comes next and what it may cost.",
    "Until then a small ferry crosses every ten minutes between six in the morning and midnight. "
    "Cyclists and walkers pay nothing, cars pay two crowns. Whoever works on the other side gets "
    "a card that is good for a month.",
    "Shops on the island complain that fewer people come by. One of them has closed already, and "
    "the baker opens on four days a week only.",
]


def test_a_title_across_the_columns_of_a_printed_page_leaves_its_paragraphs_whole(
    browser: Browser,
) -> None:
    css = "body{columns:3;font:10pt serif;text-align:justify}h1{column-span:all;font-size:12pt}"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PRINTED)
    drawn = browser.new_page()
    drawn.set_content(f"<style>{css}</style><h1>{TITLE}</h1>{text}")
    found = [text for *_, text in told(pdf.read(Source("x.pdf", drawn.pdf())))]
    drawn.close()
    assert found == [TITLE, *PRINTED]


class Drawn:
    """A page as pdfium has it that forgot a line end; its letters are a row of ten apart."""

    text = "one line the other\r\nthird"

    def count_chars(self) -> int:
        return len(self.text)

    def get_charbox(self, i: int, loose: bool) -> tuple[float, float, float, float]:
        assert loose
        row = 0 if i < len("one line ") else 1 if i < len("one line the other") else 2
        return (6.0 * i, 100 - 10.0 * row, 6.0 * i + 5, 108 - 10.0 * row)

    def FPDFText_GetUnicode(self, text: Drawn, i: int) -> int:
        return ord(text.text[i])

    def FPDFText_GetTextObject(self, text: Drawn, i: int) -> None:
        return None

    def FPDFText_GetCharOrigin(self, text: Drawn, i: int, x: object, y: object) -> None:
        pass


def test_a_line_ends_where_the_letters_go_down_though_pdfium_does_not_say_so() -> None:
    lines = _Letters(Drawn(), Drawn()).by_line()
    assert ["".join(sign.text for sign in line).strip() for line in lines] == [
        "one line",
        "the other",
        "",
        "third",
    ]
