"""CSV: what is written comes back, and no cell is a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from _comparisons import SIGNATURE, alignment, comparison, document, moved, texts

from aligner import Alignment, Bead, InputError
from aligner._decode import Source
from aligner.formats import csv as csv_format
from aligner.formats.bitext import iter_rows

if TYPE_CHECKING:
    from pathlib import Path


def again(made: Alignment) -> Alignment:
    return csv_format.read_alignment(Source("x.csv", csv_format.render(made).encode()))


@pytest.mark.parametrize("made", [alignment(), moved()])
def test_what_is_written_is_read_back(made: Alignment) -> None:
    back = again(made)
    assert back.beads == made.beads
    assert texts(back) == texts(made)


FORMULAS = ("=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "'=1", "\t=1", "\r=1", "it's =1", '"=1"')


def test_formulas_are_neutralised_and_come_back(tmp_path: Path) -> None:
    pair = (document("en", FORMULAS), document("de", FORMULAS))
    beads = tuple(Bead(("en", "de"), ((i,), (i,))) for i in range(len(FORMULAS)))
    made = Alignment(pair, beads, SIGNATURE)
    rows = list(csv.reader(io.StringIO(csv_format.render(made), newline="")))
    assert not [
        cell for row in rows for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}
    ]
    assert texts(again(made))[0] == list(FORMULAS)
    path = tmp_path / "x.csv"
    path.write_text(csv_format.render(made), encoding="utf-8", newline="")
    assert [row.texts["de"] for row in iter_rows(path)] == list(FORMULAS)


def test_findings_stand_in_their_row() -> None:
    made = comparison()
    rows = list(csv.DictReader(io.StringIO(csv_format.render(made.alignment, made.divergences))))
    assert rows[1]["findings"] == "D211 critical 97%: 5 May in German, 3 May in the others"
    assert rows[0]["findings"] == ""


def test_a_foreign_table_reads_as_one_segment_a_row() -> None:
    made = csv_format.read_alignment(Source("x.csv", b"de;en\nEins;One\n;Two\n"))
    assert [bead.sides for bead in made] == [((0,), (0,)), ((), (1,))]
    assert made.documents[0].segments[0].place == "line 2"


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("id,en,de,probability,moved,segments", "=1"),
        ("id,en,de,probability,moved", "'=1"),
    ],
)
def test_an_older_file_without_findings_is_ours_as_well(
    tmp_path: Path, header: str, text: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"{header}\n0,A,'=1,0.5,,\n", encoding="utf-8")
    assert [row.texts["de"] for row in iter_rows(path)] == [text]


def test_a_table_that_only_looks_like_ours_is_a_foreign_one() -> None:
    rows = b"row,en,de,probability,moved,segments,id\n0,A,Ein,0.5,,\n1,B,Zwei,,,"
    made = csv_format.read_alignment(Source("x.csv", rows))
    assert [bead.sides for bead in made] == [((0,), (0,)), ((1,), (1,))]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"id,en,de,probability,moved,segments\n0,a\n", r"x\.csv, row 2: has 2 cells, not 6"),
        (b"id,en,de,probability,moved,segments\n0,a,b,x,,\n", "row 2: has a probability of 'x'"),
        (b"id,en\n0,a\n", "names no two languages"),
    ],
)
def test_broken_tables_name_their_row(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        csv_format.read_alignment(Source("x.csv", data))


@pytest.mark.parametrize(
    "header",
    [
        "key,English,German,note",
        "Nr.,Englisch,Deutsch,Kommentar",
        "nyckel,Engelska,Tyska,kommentar",
        "string_id,text_en,text_de,text",
        "key,en: text,de: text,is done",
        "id,source (en),source (de),order no",
    ],
)
def test_a_header_may_say_the_languages_in_words(header: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{header}\nk,One.,Eins.,so\n", encoding="utf-8")
    (row,) = iter_rows(path)
    assert row.texts == {"en": "One.", "de": "Eins."}


def test_columns_that_only_sound_like_languages_are_none(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("order no,sent to,it is\na,b,c\n", encoding="utf-8")
    with pytest.raises(InputError, match="names no two languages"):
        list(iter_rows(path))


def test_the_line_that_tells_excel_the_delimiter_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('sep=;\nid;en;de\n1;"One, two";Eins\n2;"a', encoding="utf-8")
    rows = iter_rows(path)
    assert next(rows).texts == {"en": "One, two", "de": "Eins"}
    with pytest.raises(InputError, match="line 4"):
        next(rows)
