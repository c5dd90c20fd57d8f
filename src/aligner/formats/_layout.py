"""What mail and printed pages add to the lines of a plain text: marks of quotation, page heads.

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
    from collections.abc import Iterable

Span = tuple[int, int]
_QUOTED = re.compile(r"(?:\A|(?<=[\r\n\f]))[ \t]*(?:>(?![\d=])[ \t]?)+")
_PAGE = re.compile(r"[^\f]+")
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_COUNT = re.compile(r"\d+|\b[ivxl]{1,7}\b")
_EDGE = 2  # lines at the top of a page, and as many at the bottom


def without_layout(text: str) -> str:
    r"""Return *text* with blanks for marks of quotation, running heads and page numbers.

    Of a sentence that goes on over the end of a page one line end is left there. Pages are those
    that form feeds part, as ``pdftotext`` writes them; running heads come back, but for their
    numbers, at the edge of at least half of the pages.

    >>> without_layout("> We met at nine.\n>> Where?")
    '  We met at nine.\n   Where?'
    >>> " ".join(without_layout("The year\n\n- 1 -\n\fends\n\n- 2 -\n").split())
    'The year ends'
    """
    if ">" in text:
        text = _QUOTED.sub(lambda marks: " " * len(marks[0]), text)
    if "\f" not in text.strip():
        return text
    pages = [
        [line.span() for line in _LINE.finditer(text, *page.span())]
        for page in _PAGE.finditer(text)
    ]
    running = _running(text, pages)
    bodies = [body for lines in pages if (body := [line for line in lines if line not in running])]
    letters = list(text)
    for start, end in running:
        letters[start:end] = " " * (end - start)
    for (*_, last), (first, *_) in pairwise(bodies):
        if not ends_sentence(text[slice(*last)]):
            gap = text[last[1] : first[0]]
            indent = len(gap) - len(gap.rstrip(" \t"))
            letters[last[1] : first[0]] = " " * (len(gap) - indent - 1) + "\n" + " " * indent
    return "".join(letters)


def _running(text: str, pages: Iterable[list[Span]]) -> set[Span]:
    """Return the lines at the edges of the *pages* that come back on at least half of them."""
    edges = [
        {line: _COUNT.sub("#", text[slice(*line)]) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
        for lines in pages
        if lines
    ]
    seen = Counter(key for edge in edges for key in set(edge.values()))
    return {line for edge in edges for line, key in edge.items() if 1 < seen[key] >= len(edges) / 2}
