"""Text into segments: sentences inside the blocks of a page, or lines as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from aligner._language import identify
from aligner._segment._sentences import splitter
from aligner._tags import language_tags
from aligner._types import UNKNOWN_LANGUAGE, Block, Document, Segment

__all__ = ["SEGMENTER", "Segmenter", "segment", "segment_document", "segmenter_name"]

SEGMENTER = "punkt-1"
Segmenter = Callable[[str], Iterable[str] | Iterable[tuple[int, int]]]
"""Anything that cuts text: into sentences, or into half-open spans."""

_LINE = re.compile(r"([^\r\n]*+)(\r\n|\r|\n|\Z)")
_CREDIT = re.compile(r"\([^()]{2,80}\)\.?\Z")
_WHOLE = frozenset({"heading", "boilerplate", "code"})


def segment(
    text: str,
    language: str | None = None,
    *,
    segmenter: Segmenter | None = None,
    lines: bool = False,
) -> tuple[Segment, ...]:
    """Return the sentences, headings and items of plain *text*, with their spans into it.

    Args:
        language: identified from the text if not given.
        segmenter: cuts a block of text into sentences, in place of the built-in one.
        lines: take each line as a segment, blank ones too.

    Raises:
        ValueError: if *language* is no language tag.

    >>> [s.text for s in segment("Er kam am 7. Mai. Dann ging er z. B. nach Bonn.", "de")]
    ['Er kam am 7. Mai.', 'Dann ging er z. B. nach Bonn.']
    """
    if not isinstance(text, str):
        fix = "aligner.read(path).text is that of a file"
        raise TypeError(f"segment takes a text, not {type(text).__name__}; {fix}")
    known = language_tags([language])[0] if language else None
    return segment_document(
        Document(text), language=known, segmenter=segmenter, lines=lines
    ).segments


def segment_document(
    document: Document,
    *,
    language: str | None = None,
    segmenter: Segmenter | None = None,
    lines: bool = False,
) -> Document:
    """Return *document* with its segments; one that has segments already is returned as it is.

    No segment crosses a block. Headings, boilerplate lines and code are one segment each;
    paragraphs, captions and list items are cut into sentences.
    ``document.text[s.start : s.end] == s.text``, and nothing but white space and markup lies
    between segments.

    Args:
        language: of the text; without one the document's own, and if that is unknown it is
            identified from the text. The result carries it.
        segmenter: cuts the text of a block instead of the rules of this package; a tokenizer's
            ``tokenize`` or ``span_tokenize`` will do.
        lines: take each line as a segment, blank ones too, whatever the blocks say.

    Raises:
        ValueError: if *segmenter* returns text or spans that are not in the block, in order.
    """
    if document.segments:
        return document
    known = language or document.language
    if known == UNKNOWN_LANGUAGE:
        known = identify(document.text)[0]
    if lines:
        document = replace(document, blocks=tuple(_lines(document.text)))
        cut = _line_segments(document)
    else:
        if not document.blocks and document.text:
            from aligner.formats.plain import blocks

            document = replace(document, blocks=blocks(document.text))
        cut = _block_segments(document, segmenter or splitter(known).spans)
    return replace(document, segments=tuple(cut), language=known)


def segmenter_name(segmenter: Segmenter | None = None, *, lines: bool = False) -> str:
    """Return what a signature calls the way of segmenting."""
    if lines:
        return "lines"
    if segmenter is None:
        return SEGMENTER
    return f"callable:{getattr(segmenter, '__qualname__', type(segmenter).__name__)}"


def _lines(text: str) -> Iterator[Block]:
    for match in _LINE.finditer(text):
        start, end = match.span(1)
        if start == len(text):
            return
        yield Block(start, end, "text" if match[1].strip() else "blank")


def _line_segments(document: Document) -> Iterator[Segment]:
    for index, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        yield Segment(text, block.start, block.end, block.kind, place=block.place, block=index)


def _block_segments(document: Document, segmenter: Segmenter) -> Iterator[Segment]:
    for index, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        spans = [(0, len(text))] if block.kind in _WHOLE else _spans(segmenter(text), text)
        if block.kind == "caption":
            spans = _with_credit(spans, text)
        for start, end in spans:
            start, end = _trimmed(text, start, end)
            if start < end:
                yield Segment(
                    text[start:end],
                    block.start + start,
                    block.start + end,
                    block.kind,
                    block.level,
                    block.place,
                    index,
                )


def _spans(cut: Iterable[str] | Iterable[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    spans, position = [], 0
    for part in cut:
        start, end = _found(part, text, position) if isinstance(part, str) else part
        if not position <= start <= end <= len(text):
            raise ValueError(
                f"the segmenter gave the span {start}..{end} after {position} in a block of "
                f"{len(text)} characters; spans must be in order and inside the text"
            )
        spans.append((start, end))
        position = end
    return spans


def _found(part: str, text: str, position: int) -> tuple[int, int]:
    start = text.find(part, position)
    if start >= 0:
        return start, start + len(part)
    pattern = r"\s+".join(map(re.escape, part.split()))
    match = re.compile(pattern).search(text, position)
    if match is None:
        raise ValueError(f"the segmenter gave {part[:60]!r}, which the text does not have there")
    return match.span()


def _with_credit(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Join a credit in brackets, ``(Photo: ...)``, to the sentence before it."""
    if len(spans) > 1 and _CREDIT.match(text[spans[-1][0] : spans[-1][1]]):
        return [*spans[:-2], (spans[-2][0], spans[-1][1])]
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
