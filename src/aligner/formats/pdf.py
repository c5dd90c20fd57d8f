"""PDF: the text of the pages, its lines put back into paragraphs.

A PDF has no paragraphs, only lines in places: those of one type that stand close together run on,
words that were cut at a line end are joined. Columns are read one after the other. As in a Word
document, notes stand after the text; what stands at the top or bottom of most pages (running heads,
page numbers) is left out.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError, MissingExtraError
from aligner._visible import RAISED
from aligner.formats._blocks import TextBuilder, warn_of_edits
from aligner.formats._lines import page_lines
from aligner.formats._page import classify
from aligner.formats._paragraphs import Paragraph, paragraphs
from aligner.formats._running import Column, without_running
from aligner.formats._setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._decode import Source
    from aligner._types import Document, Kind

PAGES = 5_000
_NOTE = re.compile(r"(?:\d{1,3}[.)]?|[*\u2020\u2021]+)\s*\S")


def read(source: Source) -> Document:
    """Return the text of all pages; the place of a block is its page.

    Raises:
        InputError: for a file that is no PDF, is encrypted, has no text (a scan) or too many pages.
        MissingExtraError: if pypdfium2 is not installed.
    """
    pages = _pages(source)
    if not any(lines for page in pages for lines in page):
        fix = "run text recognition (OCR) over it first"
        raise InputError(source.name, f"has no text on its {len(pages)} pages", fix=fix)
    cut = without_running(pages)
    setting = Setting.of([lines for columns in cut for lines in columns])
    parts = [[list(paragraphs(lines, setting)) for lines in columns] for columns in cut]
    notes = [
        (number, note)
        for number, columns in enumerate(parts, 1)
        for part in columns
        for note in _taken_notes(part, setting)
    ]
    _join_over([part for columns in parts for part in columns])
    body = [
        (number, p) for number, columns in enumerate(parts, 1) for part in columns for p in part
    ]
    builder = TextBuilder()
    found = [*body, *notes]
    blocks = _classified([paragraph for _, paragraph in found], setting)
    for (number, _), (text, kind, level) in zip(found, blocks, strict=True):
        builder.add(text, kind, level, f"page {number}")
    warn_of_edits(source.name, 0, 0, len(notes))
    return builder.document(source.name)


def _taken_notes(part: list[Paragraph], setting: Setting) -> list[Paragraph]:
    """Take the notes at the foot of a column out of its paragraphs, and return them."""
    first = len(part)
    for i in reversed(range(len(part))):
        if _is_note(part[i], setting):
            first = i
        elif not _is_smaller(part[i], setting):
            break
    notes = part[first:]
    del part[first:]
    return notes


def _is_note(paragraph: Paragraph, setting: Setting) -> bool:
    """Whether a paragraph begins with a raised number, or with any mark in smaller type."""
    text = paragraph.lines[0].text
    return bool(RAISED.match(text) or (_is_smaller(paragraph, setting) and _NOTE.match(text)))


def _is_smaller(paragraph: Paragraph, setting: Setting) -> bool:
    kind = paragraph.type
    return kind.size < setting.body.size and kind.differs(setting.body)


def _join_over(parts: Sequence[list[Paragraph]]) -> None:
    """Move the rest of a sentence from the top of a page or column to where it began."""
    last: Paragraph | None = None
    for part in parts:
        if last and part and last.goes_on_with(part[0]):
            rest = part.pop(0)
            last.lines += rest.lines
            last.column = rest.column
        if part:
            last = part[-1]


def _classified(found: Sequence[Paragraph], setting: Setting) -> Iterator[tuple[str, Kind, int]]:
    """Yield text, kind and level; of headings told by their type the larger is the higher."""
    texts = [paragraph.text for paragraph in found]
    ends = list(accumulate(len(text) + 1 for text in texts))
    spans = [(end - 1 - len(text), end - 1) for end, text in zip(ends, texts, strict=True)]
    types = [paragraph.type if paragraph.is_heading(setting) else None for paragraph in found]
    blocks = classify("\n".join(texts), spans, has_headings=any(types))
    heads = [
        kind if block.kind in ("text", "heading") else None
        for kind, block in zip(types, blocks, strict=True)
    ]
    ranked = sorted({kind for kind in heads if kind}, reverse=True)
    levels = {kind: level for level, kind in enumerate(ranked, 1)}
    for text, block, head in zip(texts, blocks, heads, strict=True):
        if head:
            yield text, "heading", levels[head]
        elif block.kind == "heading":
            yield text, "heading", max(block.level, len(levels) + 1)
        else:
            yield text, block.kind, block.level


def _pages(source: Source) -> list[list[Column]]:
    try:
        import pypdfium2  # type: ignore[import-untyped]  # has no types
    except ImportError as error:
        raise MissingExtraError("reading .pdf", "pypdfium2", "formats") from error

    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(
                source.name, "is encrypted", fix="save it without a password"
            ) from error
        raise InputError(source.name, f"is not a readable PDF ({error})") from error
    with document:
        if len(document) > PAGES:
            problem = f"has {len(document):,} pages, {PAGES:,} are read at most"
            raise InputError(source.name, problem, fix="split the file")
        pages = []
        for number in range(len(document)):
            try:
                pages.append(_page(document, number))
            except pypdfium2.PdfiumError as error:
                problem, place = f"is damaged ({error})", f"page {number + 1}"
                raise InputError(source.name, problem, place=place, fix="save it again") from error
        return pages


def _page(document: Any, number: int) -> list[Column]:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return page_lines(page, text)
        finally:
            text.close()
    finally:
        page.close()
