"""PDF pages of two columns, and words that were cut at the ends of lines."""

from __future__ import annotations

import pytest
from _files import pdf_of, small_pdf, told

from aligner.formats import pdf
from aligner.formats._columns import Box, regions
from aligner.formats._decode import Source

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
    assert "Length 120 m" in made.text
    assert "Opened 3 May" in made.text


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
        (["Han kom 1939-", "45 till staden."], "Han kom 1939-45 till staden."),
    ],
)
def test_words_cut_at_the_end_of_a_line_are_joined(lines: list[str], expected: str) -> None:
    assert pdf.read(Source("x.pdf", small_pdf(lines))).text == expected
