"""PDF: the text of the pages, its lines put back into paragraphs.

A PDF has no paragraphs, only lines in places: those of one type that stand close together run on,
words that were cut at a line end are joined, and what stands at the top or bottom of most pages
(running heads, page numbers) is ``boilerplate``. Columns are read one after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError, MissingExtraError
from aligner.formats._blocks import TextBuilder
from aligner.formats._lines import Line, page_lines
from aligner.formats._page import classify
from aligner.formats._paragraphs import Paragraph, Setting, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Document, Kind
    from aligner.formats._decode import Source

PAGES = 5_000
_DIGITS = re.compile(r"\d+")
Column = list[Line]


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
    running = _running(pages)
    cut = [_without_edges(page, running) for page in pages]
    setting = Setting.of([lines for columns, _ in cut for lines in columns])
    parts = [[list(paragraphs(lines, setting)) for lines in columns] for columns, _ in cut]
    _join_over([part for columns in parts for part in columns])
    found = [[p for part in columns for p in part] for columns in parts]
    blocks = iter(_classified([p for page in found for p in page], setting))
    builder = TextBuilder()
    for number, (page, (_, edges)) in enumerate(zip(found, cut, strict=True), 1):
        place = f"page {number}"
        for text, kind, level in islice(blocks, len(page)):
            builder.add(text, kind, level, place)
        for line in edges:
            builder.add(line.text, "boilerplate", place=place)
    return builder.document(source.name)


def _without_edges(page: Sequence[Column], running: set[str]) -> tuple[list[Column], Column]:
    """Return the columns of a page, and apart from them its running heads and page numbers."""
    lines = [(number, line) for number, column in enumerate(page) for line in column]
    edges = {0, 1, len(lines) - 1, len(lines) - 2} & set(range(len(lines)))
    at_edge = {i for i in edges if _key(lines[i][1]) in running}
    inside: list[Column] = [[] for _ in page]
    for i, (number, line) in enumerate(lines):
        if i not in at_edge:
            inside[number].append(line)
    return [column for column in inside if column], [lines[i][1] for i in sorted(at_edge)]


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
    types = [paragraph.type if setting.heads(paragraph) else None for paragraph in found]
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


def _key(line: Line) -> str:
    """Return what a running head has in common from page to page."""
    return _DIGITS.sub("#", line.text)


def _running(pages: Sequence[Sequence[Column]]) -> set[str]:
    """Return the lines at the top or bottom that come back on at least half of the pages."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for column in page for line in column]
        seen.update({_key(line) for line in (*lines[:2], *lines[-2:])})
    return {line for line, times in seen.items() if times * 2 >= len(pages)}
