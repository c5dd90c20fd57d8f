"""What mail and printed pages add to a plain text: marks of quotation, page heads, line numbers.

Blanks and line ends stand for it, so the text is as long as before and every span counts the
characters of the file. In doubt it stays: each needs more evidence than a line that looks so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner.formats._page import ends_sentence, starts_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PARAGRAPH = "\u2029"
"""What stands for the end of a line where a quotation begins or ends."""

_PARTED = str.maketrans("\r\n", PARAGRAPH * 2)
Span = tuple[int, int]
Numbers = tuple[int, list[str]]  # of a line, and which page it stands on
_MARK = r"[ \t]*(?:>(?!=)[ \t]?)+"
_MARKS = re.compile(rf"(?:\A|(?<=[\r\n\f])){_MARK}")
_MARKED = rf"{_MARK}[^\r\n\f]*"
_QUOTED = re.compile(rf"(\A|[\r\n\f])({_MARKED}(?:(?:\r\n|[\r\n\f]){_MARKED})*)([\r\n\f]|\Z)")
_SAID = re.compile(rf"{_MARKS.pattern}(?=[^\s\d>])")  # begins with no amount, as "> 5 mg" does
_MAIL = 2  # lines of quotations, at least
_NUMBERED = re.compile(r"(?:\A|(?<=[\r\n\f]))[ \t]*(\d{1,5})(?=[ \t\r\n\f]|\Z)")
_ROW, _YEAR = 10, 1000  # lines that are numbered, at least, and a number none begins with
_AGAIN = 4  # lines, at least, before their numbers begin again: "1 egg", "1 onion" are amounts
_MOST, _SMALL = 0.95, 0.15  # of the lines: that count on, and that a line before runs on into
_FULL = 0.9  # of the width: as long as a line is with the word that did not go into it
_PAGE = re.compile(r"[^\f]+")
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_DIGITS = re.compile(r"\d{1,4}(?!\d)")
_COUNT = re.compile(r"\d{1,9}|\b[ivxl]{1,7}\b")
_EDGE = 2  # lines at the top of a page, and as many at the bottom
_PAGES, _APART = 3, 10  # numbers of pages, at least, and lines from one to the next
_PAGES_AMID = 5  # of so many pages one at least ends amid a sentence
_SHORT, _LONG = 60, 40  # characters of a running head, at most, and of a full line, at least


def without_layout(text: str) -> str:
    r"""Return *text* with blanks for marks of quotation, numbers of lines and pages, running heads.

    Of a sentence that goes on over the end of a page one line end is left there. Pages are those
    that form feeds part, as ``pdftotext`` writes them, else those that numbers part.

    >>> without_layout("> We met at nine.\n>> Where?")
    '  We met at nine.\n   Where?'
    >>> " ".join(without_layout("The year\n\n- 1 -\n\fends\n\n- 2 -\n").split())
    'The year ends'
    """
    return _without_marks(_without_pages(_without_line_numbers(text)))


def _without_marks(text: str) -> str:
    """Blank the marks of lines that are quoted, of which there are two, and part them from others.

    Lines that stand together are quoted if one of them begins with no amount.
    """
    if ">" not in text:
        return text
    quoted = [lines for lines in _QUOTED.finditer(text) if _SAID.search(lines[2])]
    if sum(len(_MARKS.findall(lines[2])) for lines in quoted) < _MAIL:
        return text
    parts, done = [], 0
    for lines in quoted:
        before, bare, after = lines.groups()
        parts += [
            text[done : lines.start()],
            before.translate(_PARTED),
            _MARKS.sub(lambda marks: " " * len(marks[0]), bare),
            after.translate(_PARTED),
        ]
        done = lines.end()
    return "".join((*parts, text[done:]))


def _without_line_numbers(text: str) -> str:
    """Blank the numbers of lines where most have one and they count on, or begin again with 1.

    They are lines of text that is wrapped at a width; those of a ranking or a legend are not.
    """
    if not text.lstrip()[:1].isdigit():
        return text
    numbers = [int(number[1]) for number in _NUMBERED.finditer(text)]
    counting = sum(
        after == number + 1 or (after == 1 and number >= _AGAIN)
        for number, after in pairwise(numbers)
    )
    lines = sum(1 for _ in _LINE.finditer(text))
    if lines < _ROW or counting < _MOST * (lines - 1) or numbers[0] >= _YEAR:
        return text
    bare = _NUMBERED.sub(lambda number: " " * len(number[0]), text)
    return bare if _is_wrapped(bare, lines) else text


def _is_wrapped(text: str, count: int) -> bool:
    """Return whether of *count* lines enough are full and go on in small letters."""
    lines = [line[0] for line in _LINE.finditer(text)]
    broken = [(line, after) for line, after in pairwise(lines) if after[0].islower()]
    width = max((len(line) for line, _ in broken), default=0)
    full = sum(
        len(line) >= _LONG and len(line) + 1 + len(after.split(maxsplit=1)[0]) > _FULL * width
        for line, after in broken
    )
    return full >= _SMALL * count and full * 3 >= len(broken) * 2


def _without_pages(text: str) -> str:
    """Blank what comes back at the edges of pages, if it counts them or text goes on over them."""
    fed = "\f" in text.strip()
    pages = _pages(text) if fed else _numbered_pages(text)
    if len(pages) < 2:
        return text
    running = _running(text, pages)
    bodies = [body for lines in pages if (body := [line for line in lines if line not in running])]
    if len(bodies) * 2 < sum(map(bool, pages)):
        return text
    ends = [(above[-1], below[0]) for above, below in pairwise(bodies)]
    amid = [end for end in ends if _is_amid(text, end[0])]
    if fed:
        are_pages = bool(amid) or any(running.values())
    else:
        are_pages = len(amid) * _PAGES_AMID >= len(ends) and _goes_on(text, amid)
    return _joined(text, running, ends) if are_pages else text


def _joined(text: str, running: Iterable[Span], ends: Iterable[tuple[Span, Span]]) -> str:
    """Return *text* without the *running* heads, one line end where no sentence ends a page."""
    letters = list(text)
    for start, end in running:
        letters[start:end] = " " * (end - start)
    for last, first in ends:
        if not ends_sentence(text[slice(*last)]):
            gap = text[last[1] : first[0]]
            indent = len(gap) - len(gap.rstrip(" \t"))
            letters[last[1] : first[0]] = " " * (len(gap) - indent - 1) + "\n" + " " * indent
    return "".join(letters)


def _is_amid(text: str, last: Span) -> bool:
    """Return whether the last line of a page is long and ends no sentence."""
    return last[1] - last[0] >= _LONG and not ends_sentence(text[slice(*last)])


def _goes_on(text: str, ends: Iterable[tuple[Span, Span]]) -> bool:
    """Return whether behind one of the *ends* a page goes on in small letters, with no item."""
    return any(text[a].islower() and not starts_item(text[a:b]) for _, (a, b) in ends)


def _pages(text: str) -> list[list[Span]]:
    """Return the lines of each page between form feeds."""
    return [
        [line.span() for line in _LINE.finditer(text, *page.span())]
        for page in _PAGE.finditer(text)
    ]


def _numbered_pages(text: str) -> list[list[Span]]:
    """Return the lines of each page that ends with its number."""
    lines = [line.span() for line in _LINE.finditer(text)]
    ends = [k + 1 for k in _numbers(text, lines)]
    return [lines[a:b] for a, b in pairwise([0, *ends, len(lines)])]


def _numbers(text: str, lines: Sequence[Span]) -> list[int]:
    """Return which lines may be the numbers of pages: they count on, far apart."""
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
    return sorted(found) if count >= _PAGES else []


def _key(text: str, line: Span) -> str:
    """Return what a running head has in common from page to page."""
    return _COUNT.sub("#", text[slice(*line)])


def _running(text: str, pages: Iterable[Sequence[Span]]) -> dict[Span, bool]:
    """Return the lines at the edges of the *pages* that come back, and whether they count them.

    On at least half of the pages, the same but for numbers that mostly count on or stay: those of
    the sums below bills do neither.
    """
    edges = [(*lines[:_EDGE], *lines[-_EDGE:]) for lines in pages]
    found: defaultdict[str, dict[Span, int]] = defaultdict(dict)
    for page, edge in enumerate(edges):
        for line in edge:
            found[_key(text, line)][line] = page
    running: dict[Span, bool] = {}
    for like in found.values():
        if not 1 < len(set(like.values())) >= sum(map(bool, edges)) / 2:
            continue
        numbers = [(page, _COUNT.findall(text, *line)) for line, page in like.items()]
        counting = sum(_count_on(*pair) for pair in pairwise(numbers))
        staying = sum(before == after for (_, before), (_, after) in pairwise(numbers))
        if (counting + staying) * 2 > len(numbers) - 1:
            running |= dict.fromkeys(like, counting > staying)
    return running


def _count_on(before: Numbers, after: Numbers) -> bool:
    """Return whether a number of a line is as much larger as its page is later; Roman ones are."""
    (page, numbers), (later, others) = before, after
    return any(
        int(b) - int(a) == later - page if a.isdecimal() and b.isdecimal() else a != b
        for a, b in zip(numbers, others, strict=True)
    )
