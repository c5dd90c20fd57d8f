"""XLSX: what a translator sees, and what comes back."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from _comparisons import SIGNATURE, alignment, comparison, document, moved, texts
from test_formats_csv import FORMULAS

from aligner import Alignment, Bead, InputError
from aligner._decode import Source
from aligner.formats import xlsx
from aligner.report import Report

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")


def again(made: Alignment) -> Alignment:
    return xlsx.read_alignment(Source("x.xlsx", xlsx.render(made)))


@pytest.mark.parametrize("made", [alignment(), moved()])
def test_what_is_written_is_read_back(made: Alignment) -> None:
    back = again(made)
    assert back.beads == made.beads
    assert texts(back) == texts(made)
    assert [b.probability for b in back] == pytest.approx([b.probability for b in made])


def test_a_translator_sees_findings_as_comments_and_in_a_list(tmp_path: Path) -> None:
    Report(comparison()).write(tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(tmp_path / "x.xlsx", rich_text=True)
    sheet = book["Alignment"]
    assert [c.value for c in sheet[1]][:5] == ["№", "en", "de", "sv", "Probability"]
    assert sheet.auto_filter.ref == "A1:J6"
    assert sheet.freeze_panes == "B2"
    assert str(sheet["C3"].value) == "Die Brücke wird am 5. Mai eröffnet."
    assert sheet["C3"].value[1].text == "5. Mai"
    assert "Date (critical): 5 May in German" in sheet["C3"].comment.text
    assert sheet["C6"].value is None
    findings = book["Findings"]
    assert [c.value for c in findings[2]][:5] == ["2", "critical", "Date", "D211", "German differs"]


def test_no_cell_is_a_formula() -> None:
    pair = (document("en", FORMULAS), document("de", FORMULAS))
    beads = tuple(Bead(("en", "de"), ((i,), (i,))) for i in range(len(FORMULAS)))
    data = xlsx.render(Alignment(pair, beads, SIGNATURE))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {sheet.cell(r, 2).data_type for r in range(2, 11)} == {"s"}
    assert all(sheet.cell(r, 2).quotePrefix for r in range(2, 11))


def test_an_edited_text_keeps_its_place(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(xlsx.render(moved()))
    book = openpyxl.load_workbook(path)
    book["Alignment"]["C2"] = "Das Erste."
    book["Alignment"]["C5"] = "Vier, mit Nachdruck."
    book.save(path)
    back = xlsx.read_alignment(Source("x.xlsx", path.read_bytes()))
    assert texts(back)[1] == ["Zwei.", "Das Erste.", "", "Vier, mit Nachdruck."]
    assert [bead.sides for bead in back] == [
        ((0,), (1,)),
        ((1,), (0,)),
        ((2,), (2,)),
        ((3,), (3,)),
    ]


def test_a_foreign_workbook_needs_languages_in_its_first_row() -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "en", "de"])
    book.active.append([7, "One", "Eins"])
    buffer = io.BytesIO()
    book.save(buffer)
    made = xlsx.read_alignment(Source("x.xlsx", buffer.getvalue()))
    assert texts(made) == [["One"], ["Eins"]]
    assert made.documents[0].segments[0].place == "row 2"


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(40_000_000))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK nothing", r"x\.xlsx: is not a xlsx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "is an encrypted or old Office file"),
        (bomb(), "unpacks to 40 MB in 1 parts, which is refused"),
    ],
)
def test_broken_and_hostile_files_are_refused(data: bytes, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        xlsx.read_alignment(Source("x.xlsx", data))
