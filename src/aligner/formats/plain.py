"""Plain text: the paragraphs of a page, told from its lines.

Blank lines part paragraphs. Between them a line is a paragraph of its own, as on most web pages,
unless the text is wrapped at a width: then lines that are full run on, and an indent begins a
paragraph. Lines of as many texts each, which stand apart, are rows of a table.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from aligner._types import Block, Document
from aligner._visible import LEADER
from aligner.formats._layout import PARAGRAPH, without_layout
from aligner.formats._page import classify, ends_sentence, is_shouted, starts_item

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._decode import Source

Span = tuple[int, int]
_LINE = re.compile(r"[^\r\n\f\v\x85\u2028\u2029]+")
_GAP = re.compile(r"\r\n|[\r\n\f\v\x85\u2028]")
_NARROWEST, _WIDEST = 30, 132
_OVER = 1.1  # of the width: as wide as a full line may be whose next begins with a capital
_FINAL = (".", "!", "?", ":", "…", "。")
_CELL = re.compile(r"[^ \t]+(?: {1,2}[^ \t]+)*")
_INDENT = 2


def read(source: Source) -> Document:
    """Return the text and its paragraphs, headings, captions, items and boilerplate lines.

    Blanks stand for marks of quotation and page heads, unless lines are segments.
    """
    text = source.text if source.lines else without_layout(source.text)
    return Document(text, blocks(text), path=source.name)


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a plain text, in order; blank lines belong to none."""
    groups = list(_groups(text))
    width = _wrap_width(text, groups)
    if all(len(group) == 1 for group in groups):
        spaced = list(_groups(text, gap=2))
        width = _wrap_width(text, spaced)
        groups = spaced if width else groups
    spans = [
        span
        for group in groups
        for part, is_table in _parted(text, group)
        for span in (_cells(text, part) if is_table else _paragraphs(text, part, width))
    ]
    return classify(text, spans)


def _groups(text: str, gap: int = 1) -> Iterator[list[Span]]:
    """Yield the lines that stand together, each without the white space around it.

    Args:
        gap: so many line ends are between two of them at most.
    """
    group: list[Span] = []
    last = 0
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + line.index(stripped[0])
        between = text[last : match.start()]
        if group and (PARAGRAPH in between or len(_GAP.findall(between)) > gap):
            yield group
            group = []
        group.append((start, start + len(stripped)))
        last = match.end()
    if group:
        yield group


def _wrap_width(text: str, groups: Sequence[Sequence[Span]]) -> int:
    """Return the width the text is wrapped at, 0 if each line is a paragraph.

    In wrapped text a good part of the lines stop amid a sentence that goes on in lower case, and
    the widest of these is the width.
    """
    breaks = carried = width = 0
    for group in groups:
        for line, following in pairwise(group):
            breaks += 1
            length = _end(text, line)
            if _NARROWEST <= length <= _WIDEST and _runs_on(text, line, following):
                carried += 1
                width = max(width, length)
    return width if carried * 5 >= breaks else 0


def _runs_on(text: str, line: Span, following: Span) -> bool:
    return text[following[0]].islower() and not text[line[0] : line[1]].endswith(_FINAL)


def _parted(text: str, group: Sequence[Span]) -> Iterator[tuple[list[Span], bool]]:
    """Yield the lines parted into text and tables, and whether it is a table."""
    counts = [len(_CELL.findall(text, *line)) for line in group]
    below = [a == b > 1 for a, b in pairwise(counts)]
    inside = [a or b for a, b in zip([False, *below], [*below, False], strict=True)]
    for is_table, part in groupby(zip(inside, group, strict=True), lambda pair: pair[0]):
        yield [line for _, line in part], is_table


def _cells(text: str, rows: Sequence[Span]) -> Iterator[Span]:
    return (cell.span() for row in rows for cell in _CELL.finditer(text, *row))


def _paragraphs(text: str, group: Sequence[Span], width: int) -> Iterator[Span]:
    start, end = group[0]
    for line, following, third in zip(group, group[1:], [*group[2:], None], strict=False):
        if not _joins(text, line, following, width) or _is_indented(text, line, following, third):
            yield start, end
            start = following[0]
        end = following[1]
    yield start, end


def _joins(text: str, line: Span, following: Span, width: int) -> bool:
    """Return whether the break between two lines was made by wrapping."""
    if not width or _end(text, line) > _OVER * width or LEADER.search(text, *line):
        return False
    before, after = text[slice(*line)], text[slice(*following)]
    if starts_item(after) or _changes_case(before, after):
        return False
    word = after.split(maxsplit=1)[0]
    full = _end(text, line) + 1 + len(word) > width
    return full or _runs_on(text, line, following)


def _changes_case(before: str, after: str) -> bool:
    """Return whether a heading in capitals begins or ends; *NATO.* may end any sentence."""
    if is_shouted(after):
        return not is_shouted(before) and not ends_sentence(after)
    return is_shouted(before)


def _is_indented(text: str, line: Span, following: Span, third: Span | None) -> bool:
    """Return whether *following* is the first line of a paragraph as its indent says."""
    indent = _margin(text, following)
    beside = max(_margin(text, other) for other in (line, third) if other)
    ends = ends_sentence(text[line[0] : line[1]])
    return ends and indent >= beside + _INDENT and not starts_item(text[line[0] : line[1]])


def _margin(text: str, line: Span) -> int:
    """Return how many blanks stand before a line."""
    blanks = 0
    while blanks < line[0] and text[line[0] - blanks - 1] in " \t\xa0\u3000":
        blanks += 1
    return blanks


def _end(text: str, line: Span) -> int:
    """Return the column in which a line ends."""
    return line[1] - line[0] + _margin(text, line)
