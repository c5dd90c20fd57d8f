"""PDF: the text of the pages, its lines put back into paragraphs.

A PDF has no paragraphs, only lines in places: lines run on where the one before is full, words
that were cut at a line end are joined, and what stands at the top or bottom of most pages (running
heads, page numbers) is ``boilerplate``. Columns are read one after the other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError, MissingExtraError
from aligner.formats._blocks import TextBuilder, squeeze
from aligner.formats._columns import Box, in_order, regions
from aligner.formats._page import classify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._types import Document
    from aligner.formats._decode import Source

PAGES = 5_000
_CUT = "\x02"  # pdfium's mark for a hyphen that only the line end made
_HYPHEN = re.compile(r"(?<=[^\W_])-[ ]*\n(?=([^\W_]+))")
_AND = frozenset(("und", "oder", "bzw", "sowie", "bis", "och", "eller", "samt", "and", "or", "to"))
_PART = "\f"  # between the columns of a page
_FINAL = (".", "!", "?", ":", "…")
_DIGITS = re.compile(r"\d+")
_NEARLY = 0.85  # of the longest line: it is full


def read(source: Source) -> Document:
    """Return the text of all pages; the place of a block is its page.

    Raises:
        InputError: for a file that is no PDF, is encrypted, has no text (a scan) or too many pages.
        MissingExtraError: if pypdfium2 is not installed.
    """
    pages = _pages(source)
    if not any(page.strip() for page in pages):
        fix = "run text recognition (OCR) over it first"
        raise InputError(source.name, f"has no text on its {len(pages)} pages", fix=fix)
    running = _running(pages)
    cut = [_page(page, running) for page in pages]
    _join_over([part for part, _ in cut])
    builder = TextBuilder()
    for number, (part, edges) in enumerate(cut, 1):
        place = f"page {number}"
        text = "\n".join(part.paragraphs)
        ends = list(accumulate(len(paragraph) + 1 for paragraph in part.paragraphs))
        spans = [(e - 1 - len(p), e - 1) for e, p in zip(ends, part.paragraphs, strict=True)]
        for block in classify(text, spans):
            builder.add(text[block.start : block.end], block.kind, block.level, place)
        for line in edges:
            builder.add(line, "boilerplate", place=place)
    return builder.document(source.name)


@dataclass(slots=True)
class _Part:
    """The paragraphs of a page or column.

    Attributes:
        is_open: the last looks as if it went on elsewhere.
    """

    paragraphs: list[str]
    is_open: bool


def _page(page: str, running: set[str]) -> tuple[_Part, list[str]]:
    """Return the paragraphs of a page, and its running heads and page numbers."""
    parts = [[line for line in _lines(part) if line] for part in page.split(_PART)]
    lines = [(number, line) for number, part in enumerate(parts) for line in part]
    edges = {0, 1, len(lines) - 1, len(lines) - 2} & set(range(len(lines)))
    at_edge = {i for i in edges if _key(lines[i][1]) in running}
    inside: list[list[str]] = [[] for _ in parts]
    for i, (number, line) in enumerate(lines):
        if i not in at_edge:
            inside[number].append(line)
    cut = [_Part(list(_paragraphs(part)), _runs_on(part)) for part in inside if part]
    _join_over(cut)
    whole = _Part([p for part in cut for p in part.paragraphs], bool(cut) and cut[-1].is_open)
    return whole, [lines[i][1] for i in sorted(at_edge)]


def _join_over(parts: Sequence[_Part]) -> None:
    """Move the rest of a sentence from the top of a page or column to where it began."""
    last: _Part | None = None
    for part in parts:
        if last and part.paragraphs and _goes_on(last, part.paragraphs[0]):
            joined = f"{last.paragraphs[-1]}\n{part.paragraphs.pop(0)}"
            last.paragraphs[-1] = _HYPHEN.sub(_joint, joined).replace("\n", " ")
            if not part.paragraphs:  # it was all of it, and may go on again
                last.is_open = part.is_open
        if part.paragraphs:
            last = part


def _goes_on(before: _Part, after: str) -> bool:
    """Whether a part goes on with *after*: with a small letter, or by its look.

    A capital may begin a sentence, a heading or, in German, any noun. It goes on with a paragraph
    whose last line is full and ends no sentence, if it ends one itself.
    """
    if before.paragraphs[-1].endswith(_FINAL):
        return False
    return after[:1].islower() or (
        before.is_open and after[:1].isalpha() and after.endswith(_FINAL)
    )


def _runs_on(lines: Sequence[str]) -> bool:
    """Whether the last of *lines* is full, and not the first of its paragraph."""
    width = max(map(len, lines))
    return (
        len(lines) > 1
        and len(lines[-1]) >= _NEARLY * width
        and not _begins(lines[-2], lines[-1], width)
    )


def _pages(source: Source) -> list[str]:
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
        texts = []
        for number in range(len(document)):
            try:
                texts.append(_page_text(document, number))
            except pypdfium2.PdfiumError as error:
                problem, place = f"is damaged ({error})", f"page {number + 1}"
                raise InputError(source.name, problem, place=place, fix="save it again") from error
        return texts


def _page_text(document: Any, number: int) -> str:
    page = document[number]
    try:
        text = page.get_textpage()
        try:
            return _in_order(page, text)
        finally:
            text.close()
    finally:
        page.close()


def _in_order(page: Any, text: Any) -> str:
    """Return the text of a page, column after column where it has several."""
    boxes = [Box(*text.get_rect(i)) for i in range(text.count_rects())]
    found = regions(boxes, *page.get_size())
    if not found:
        return str(text.get_text_bounded())
    return _PART.join(part for part in in_order(_letters(text), found) if part)


def _letters(text: Any) -> Iterator[tuple[str, Box]]:
    from pypdfium2.raw import FPDFText_GetUnicode  # type: ignore[import-untyped]  # has no types

    for i in range(text.count_chars()):
        yield chr(FPDFText_GetUnicode(text, i)), Box(*text.get_charbox(i, loose=True))


def _lines(page: str) -> list[str]:
    joined = (
        page.replace(_PART, "\n").replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", _CUT)
    )
    joined = _HYPHEN.sub(_joint, re.sub(rf"{_CUT}\n?", "-\n", joined))
    return [squeeze(line) for line in joined.split("\n")]


def _joint(hyphen: re.Match[str]) -> str:
    """Return what stands for a hyphen at a line end, by the word that follows it.

    A small letter goes on with a word that was cut, *Ein- und Ausgang* keeps hyphen and space, and
    a capital or digit is a compound: *E-Mail*, *1939-45*.
    """
    word = hyphen[1]
    if word in _AND:
        return "- "
    return "" if word[0].islower() else "-"


def _key(line: str) -> str:
    """Return what a running head has in common from page to page."""
    return _DIGITS.sub("#", line)


def _running(pages: Sequence[str]) -> set[str]:
    """Return the lines at the top or bottom that come back on at least half of the pages."""
    if len(pages) < 3:
        return set()
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in _lines(page) if line]
        seen.update({_key(line) for line in (*lines[:2], *lines[-2:])})
    return {line for line, times in seen.items() if times * 2 >= len(pages)}


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines run together where the one before is full and does not end a paragraph."""
    width = max((len(line) for line in lines), default=0)
    gathered = ""
    for before, line in zip(["", *lines], lines, strict=False):
        if gathered and _begins(before, line, width):
            yield gathered
            gathered = ""
        gathered = f"{gathered} {line}" if gathered else line
    if gathered:
        yield gathered


def _begins(before: str, line: str, width: int) -> bool:
    """Return whether *line* begins a paragraph after the line *before*."""
    final = before.endswith(_FINAL)
    if line[:1].islower():
        return final and len(before) < _NEARLY * width
    like_heading = len(line) < 0.6 * width and not line.endswith(_FINAL)
    return len(before) < 0.6 * width or (final and (len(before) < _NEARLY * width or like_heading))
