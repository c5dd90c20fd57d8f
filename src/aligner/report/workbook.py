"""The report as a workbook for translators: a row a bead, findings as comments, filters on.

The probability is the depth of one colour, exact spans are marked in the text, and a second sheet
lists the findings. No cell can become a formula: texts are written as strings with the quote
prefix of spreadsheets.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from aligner._errors import MissingExtraError
from aligner._types import Comparison
from aligner.formats._units import Unit, bitext_of, listed
from aligner.formats._xml import valid_text
from aligner.formats.xlsx import CELL_LIMIT, OWN, SHEET
from aligner.report.views import bead_views, findings, gravest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner._types import Alignment, Divergence
    from aligner.report.views import BeadView, Cell, FindingView

_FINDINGS, _PLACES, _LINE, _TALLEST = 40, 20, 15, 405
_COLOURS = {"critical": "#B00020", "major": "#B23C00", "minor": "#7A5C00", "style": "#4A5A75"}


def workbook(alignment: Alignment, divergences: Sequence[Divergence] = ()) -> bytes:
    """Return the workbook: the beads, and a sheet of findings where there are any."""
    try:
        import xlsxwriter  # type: ignore[import-untyped]  # has no types
    except ImportError as error:
        raise MissingExtraError("writing .xlsx", "xlsxwriter", "tables") from error

    found = findings(Comparison(alignment, tuple(divergences)))
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"comments": str(alignment.signature)})
        writer = _Writer(book, alignment)
        units = bitext_of(alignment).units(valid_text)
        writer.beads(zip(units, bead_views(alignment, found), strict=True))
        if found:
            writer.findings(found)
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, alignment: Alignment) -> None:
        line = {"bottom": 4, "bottom_color": "#999999"}
        base = {"text_wrap": True, "valign": "top", "quote_prefix": True, **line}
        self.book = book
        self.alignment = alignment
        self.text = book.add_format(base)
        self.empty = book.add_format({**base, "pattern": 16, "fg_color": "#999999"})
        self.head = book.add_format({"bold": True, "bottom": 2, "valign": "top"})
        self.share = book.add_format({"num_format": "0 %", "valign": "top", **line})
        fonts = {s: {"bold": True, "underline": 1, "font_color": c} for s, c in _COLOURS.items()}
        self.marks = {severity: book.add_format(font) for severity, font in fonts.items()}
        self.whole = {s: book.add_format({**base, **font}) for s, font in fonts.items()}

    def beads(self, rows: Iterator[tuple[Unit, BeadView]]) -> None:
        """Write the sheet of the beads, a row each."""
        versions = self.alignment.versions
        header = ["№", *versions, *OWN]
        sheet = self.book.add_worksheet(SHEET)
        sheet.write_row(0, 0, header, self.head)
        width = max(30, 140 // max(len(versions), 1))
        last = 0
        for last, (unit, view) in enumerate(rows, 1):
            self.bead(sheet, last, unit, view)
            lines = [_lines(text, width) for text in unit.texts.values()]
            found = _lines(_list(view.findings), _FINDINGS)
            sheet.set_row(last, min(max(*lines, found, 1) * _LINE, _TALLEST))
        self.lay_out(sheet, len(versions), width, max(last, 1))

    def bead(self, sheet: Any, row: int, unit: Unit, view: BeadView) -> None:
        """Write one bead: its number, a cell a version, and what is said of it."""
        sheet.write_number(row, 0, view.index + 1, self.text)
        for column, cell in enumerate(view.cells, 1):
            self.cell(sheet, row, column, cell, unit.texts[cell.document.name])
        score = 1 + len(view.cells)
        layout = "; ".join(f"{version} {laid}" for version, laid in unit.layouts.items())
        sheet.write_number(row, score, unit.probability, self.share)
        sheet.write_string(row, score + 1, "moved" * unit.moved, self.text)
        sheet.write_string(row, score + 2, _limited(_list(view.findings)), self.text)
        sheet.write_string(row, score + 4, _limited(listed(unit.places)), self.text)
        sheet.write_string(row, score + 5, layout, self.text)

    def lay_out(self, sheet: Any, versions: int, width: int, last: int) -> None:
        """Set widths, filters, the depth of the probabilities' colour, and how it is printed."""
        score = 1 + versions
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 6)
        sheet.set_column(1, versions, width)
        sheet.set_column(score, score + 1, 11)
        sheet.set_column(score + 2, score + 3, _FINDINGS)
        sheet.set_column(score + 4, score + 4, _PLACES)
        sheet.set_column(score + 5, score + 5, 12, None, {"hidden": True})
        sheet.autofilter(0, 0, last, versions + len(OWN))
        depth = {"min_value": 0, "min_color": "#FFFFFF", "max_value": 1, "max_color": "#7FA8D9"}
        scale = {"type": "2_color_scale", "min_type": "num", "max_type": "num", **depth}
        sheet.conditional_format(1, score, last, score, scale)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, text: str) -> None:
        """Write one cell: its text, what is marked in it, and the findings as a remark."""
        if not cell.passages:
            sheet.write_blank(row, column, None, self.empty)
            return
        marked = {f.number: f for p in cell.passages for s in p.pieces for f in s.findings}
        fragments = list(self.fragments(cell))
        if len(text) > CELL_LIMIT:
            sheet.write_string(row, column, _limited(text), self.text)
        elif len(fragments) > 2:
            sheet.write_rich_string(row, column, *fragments, self.text)
        else:
            whole = marked and len(fragments) == 2
            gravest = next(iter(marked.values())).divergence.severity if whole else None
            format = self.whole[gravest] if gravest else self.text
            sheet.write_string(row, column, text, format)
        if marked:
            options = {"x_scale": 2.5, "y_scale": 0.6 + 0.5 * len(marked)}
            sheet.write_comment(row, column, _limited(_list(marked.values())), options)

    def fragments(self, cell: Cell) -> Iterator[Any]:
        """Yield strings, each after its format where it is marked, as xlsxwriter takes them."""
        for number, passage in enumerate(cell.passages):
            if number:
                yield " "
            for piece in passage.pieces:
                text = valid_text(piece.text)
                if text and piece.findings:
                    yield self.marks[piece.findings[0].divergence.severity]
                if text:
                    yield text

    def findings(self, found: Sequence[FindingView]) -> None:
        sheet = self.book.add_worksheet("Findings")
        header = ["Row", "Severity", "Finding", "Code", "Version", "Message", "Sure", "Place"]
        sheet.write_row(0, 0, header, self.head)
        sheet.freeze_panes(1, 0)
        for column, width in enumerate((6, 10, 18, 8, 22, 60, 8, 40)):
            sheet.set_column(column, column, width)
        for row, finding in enumerate(gravest_first(found), 1):
            divergence = finding.divergence
            target = divergence.bead + 2
            sheet.write_url(row, 0, f"internal:'{SHEET}'!A{target}", string=str(target - 1))
            texts = [divergence.severity, finding.title, divergence.code, finding.whose]
            for column, text in enumerate([*texts, divergence.message], 1):
                sheet.write_string(row, column, _limited(valid_text(text)), self.text)
            sheet.write_number(row, 6, divergence.confidence, self.share)
            sheet.write_string(row, 7, _limited(finding.place), self.text)
        sheet.autofilter(0, 0, len(found), len(header) - 1)


def _list(found: Iterable[FindingView]) -> str:
    return "\n".join(
        f"{f.title} ({f.divergence.severity}): {valid_text(f.divergence.message)}" for f in found
    )


def _lines(text: str, width: int) -> int:
    """Return how many lines *text* takes in a column; not every program finds the height itself."""
    return sum(len(line) // (width - 2) + 1 for line in text.split("\n"))


def _limited(text: str) -> str:
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 2] + " …"
