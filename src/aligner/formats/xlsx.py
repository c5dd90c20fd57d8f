"""XLSX for translators: one row a bead, the versions side by side; written by `report.workbook`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from aligner._errors import InputError, MissingExtraError
from aligner.formats._numbering import alignment_of
from aligner.formats._rows import table_rows
from aligner.formats._units import Unit, share, unlisted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aligner._decode import Source
    from aligner._types import Alignment

SHEET = "Alignment"
OWN = ("Probability", "Moved", "Findings", "Comment", "Place", "Layout")
CELL_LIMIT = 32_767
_COLUMNS = 100
_NEEDED = {"№", "Probability", "Moved", "Layout"}


def render(alignment: Alignment) -> bytes:
    """Return the workbook of an alignment without findings."""
    from aligner.report.workbook import workbook

    return workbook(alignment)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each row of the first sheet; its header names the versions.

    A workbook that aligner wrote comes back as it was, with the texts as a translator left them.
    """
    rows = _rows(source)
    number, header = next(rows, (0, []))
    if _NEEDED.issubset(header):
        return alignment_of(_own_units(header, rows), source.name)
    table = table_rows(iter([(number, header), *rows]), source.name, None)
    found = (Unit(str(r.id), r.texts, place=r.place.replace("line", "row")) for r in table)
    return alignment_of(found, source.name)


def _own_units(header: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Unit]:
    versions = header[1 : header.index("Probability")]
    for number, cells in rows:
        row = dict(zip(header, cells, strict=False))
        laid = (entry.partition(" ") for entry in row.get("Layout", "").split("; "))
        yield Unit(
            str(number - 2),
            {version: row.get(version, "") for version in versions},
            {version: layout for version, _, layout in laid},
            share(row.get("Probability")),
            row.get("Moved") == "moved",
            f"row {number}",
            places=unlisted(row.get("Place", "")),
        )


def _rows(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield number and cells of the rows of the first sheet that are not empty."""
    try:
        import openpyxl
    except ImportError as error:
        raise MissingExtraError("reading .xlsx", "openpyxl", "tables") from error

    from aligner.formats._zip import open_zip

    open_zip(source.data, source.name, "xlsx").close()
    try:
        book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for number, row in enumerate(sheet.iter_rows(max_col=_COLUMNS, values_only=True), 1):
            cells = ["" if value is None else str(value) for value in row]
            if any(cells):
                yield number, cells
        book.close()
    except Exception as error:  # openpyxl raises whatever it stumbles over in a damaged file
        problem = f"is not a readable xlsx file ({error})"
        raise InputError(source.name, problem, fix="save it again") from error
