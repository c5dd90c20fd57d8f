"""What mail and printed pages add to a plain text: marks of quotation, page heads, line numbers.

Blanks stand for it, so the text is as long as before and every span counts the characters of the
file.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.formats._page import ends_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Span = tuple[int, int]
_QUOTED = re.compile(r"(?:\A|(?<=[\r\n\f]))[ \t]*(?:>(?![\d=])[ \t]?)+")
_NUMBERED = re.compile(r"(?:\A|(?<=[\r\n\f]))[ \t]*(\d{1,5})(?=[ \t\r\n\f]|\Z)")
_ROW, _YEAR = 10, 1000  # lines that are numbered, at least, and a number none begins with
_AGAIN = 4  # lines, at least, before their numbers begin again: "1 egg", "1 onion" are amounts
_MOST, _SMALL = 0.95, 0.15  # of the lines: that count on, and begin with a small letter
_GAP = 20  # characters between the number of a line and the line, at most
_PAGE = re.compile(r"[^\f]+")
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_DIGITS = re.compile(r"\d{1,4}(?!\d)")
_COUNT = re.compile(r"\d+|\b[ivxl]{1,7}\b")
_EDGE = 2  # lines at the top of a page, and as many at the bottom
_PAGES, _APART = 3, 10  # numbers of pages, at least, and lines from one to the next
_PAGES_AMID = 5  # of so many pages one at least ends amid a sentence
_SHORT, _LONG = 60, 40  # characters of a running head, at most, and of a full line, at least


def without_layout(text: str) -> str:
    r"""Return *text* with blanks for marks of quotation, numbers of lines and pages, running heads.

    Of a sentence that goes on over the end of a page one line end is left there. Pages are those
    that form feeds part, as ``pdftotext`` writes them, else those that numbers part; running heads
    come back, but for their numbers, at the edge of at least half of the pages, and leave text on
    at least half of them.

    >>> without_layout("> We met at nine.\n>> Where?")
    '  We met at nine.\n   Where?'
    >>> " ".join(without_layout("The year\n\n- 1 -\n\fends\n\n- 2 -\n").split())
    'The year ends'
    """
    if ">" in text:
        text = _QUOTED.sub(lambda marks: " " * len(marks[0]), text)
    text = _without_line_numbers(text)
    pages = _pages(text)
    if len(pages) < 2:
        return text
    running = _running(text, pages)
    bodies = [body for lines in pages if (body := [line for line in lines if line not in running])]
    if len(bodies) * 2 < sum(map(bool, pages)):
        return text
    letters = list(text)
    for start, end in running:
        letters[start:end] = " " * (end - start)
    for (*_, last), (first, *_) in pairwise(bodies):
        if not ends_sentence(text[slice(*last)]):
            gap = text[last[1] : first[0]]
            indent = len(gap) - len(gap.rstrip(" \t"))
            letters[last[1] : first[0]] = " " * (len(gap) - indent - 1) + "\n" + " " * indent
    return "".join(letters)


def _without_line_numbers(text: str) -> str:
    """Blank the numbers of lines where most have one and they count on, or begin again with 1.

    Some lines go on in small letters; those of a ranking do not.
    """
    if not text.lstrip()[:1].isdigit():
        return text
    found = list(_NUMBERED.finditer(text))
    numbers = [int(number[1]) for number in found]
    going_on = sum(
        text[number.end() : number.end() + _GAP].lstrip(" \t")[:1].islower() for number in found
    )
    counting = sum(
        after == number + 1 or (after == 1 and number >= _AGAIN)
        for number, after in pairwise(numbers)
    )
    lines = sum(1 for _ in _LINE.finditer(text))
    all_count = lines >= _ROW and counting >= _MOST * (lines - 1) and numbers[0] < _YEAR
    if not all_count or going_on < _SMALL * lines:
        return text
    return _NUMBERED.sub(lambda number: " " * len(number[0]), text)


def _pages(text: str) -> list[list[Span]]:
    """Return the lines of each page."""
    if "\f" in text.strip():
        return [
            [line.span() for line in _LINE.finditer(text, *page.span())]
            for page in _PAGE.finditer(text)
        ]
    lines = [line.span() for line in _LINE.finditer(text)]
    ends = [k + 1 for k in _numbers(text, lines)]
    return [lines[a:b] for a, b in pairwise([0, *ends, len(lines)])]


def _numbers(text: str, lines: Sequence[Span]) -> list[int]:
    """Return which lines have the numbers of pages: they count on, far apart, and amid sentences.

    Those of chapters stand behind the end of one.
    """
    keys = [_key(text, line) for line in lines]
    seen = Counter(keys)
    last: dict[tuple[str, int], tuple[int, int]] = {}  # how many count on, and the line of the last
    before: dict[int, int] = {}
    for k, (line, key) in enumerate(zip(lines, keys, strict=True)):
        if seen[key] < _PAGES or len(key) > _SHORT or not (number := _DIGITS.search(text, *line)):
            continue
        page = int(number[0])
        count, j = last.get((key, page - 1), (0, k))
        if k - j >= _APART:
            before[k] = j
        last[key, page] = max((count + 1 if k in before else 1, k), last.get((key, page), (0, k)))
    count, k = max(last.values(), default=(0, 0))
    found = [k]
    while k in before:
        found.append(k := before[k])
    own = [[j for j in (k - 1, k - 2) if j >= 0 and seen[keys[j]] < _PAGES] for k in found]
    amid = sum(_is_amid(text, [lines[j] for j in above]) for above in own)
    return sorted(found) if count >= _PAGES and amid * _PAGES_AMID >= count else []


def _is_amid(text: str, above: Sequence[Span]) -> bool:
    """Return whether the nearest of the lines *above* is long and ends no sentence."""
    start, end = above[0] if above else (0, 0)
    return end - start >= _LONG and not ends_sentence(text[start:end])


def _key(text: str, line: Span) -> str:
    """Return what a running head has in common from page to page."""
    return _COUNT.sub("#", text[slice(*line)])


def _running(text: str, pages: Iterable[list[Span]]) -> set[Span]:
    """Return the lines at the edges of the *pages* that come back on at least half of them."""
    edges = [
        {line: _key(text, line) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
        for lines in pages
        if lines
    ]
    seen = Counter(key for edge in edges for key in set(edge.values()))
    return {line for edge in edges for line, key in edge.items() if 1 < seen[key] >= len(edges) / 2}
