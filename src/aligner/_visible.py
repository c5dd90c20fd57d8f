"""What of a text is no part of what it says: invisible characters, cut words, tags, marks."""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Soft hyphen, zero-width characters, byte order mark, direction marks, control characters:
# invisible on the page, yet they would cut a word into other pieces.
_INVISIBLE = "[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1b\x7f]"
_LINE_END = r"(?<=[^\W\d_])[-\u2010][ ]*\r?\n[ \t]*(?=([^\W\d_]+))"
_ROOM = (
    r"[ \t]+(?=[\r\n])|(?<=[\r\n])[ \t\r\n\f]+"  # around a line end, as where lines are indented
)
_HIDDEN = re.compile(f"{_INVISIBLE}+|{_ROOM}|{_LINE_END}")
_WORD = re.compile(r"[^\W\d_]+$")
_LONGEST = 60  # letters of a word before a hyphen
_AND = frozenset(("und", "oder", "bzw", "sowie", "bis", "och", "eller", "samt", "and", "or", "to"))
_CLOSING = r"\"\u201c\u201d\u00bb)"
_DIGITS = "\u00b2\u00b3\u00b9\u2070-\u2079"
RAISED = re.compile(f"[{_DIGITS}]+")
"""Raised digits, as of notes."""
_COUNTED = "no nr pp vol fig abb tab art abs sec kap bd ch st tel bild"
_SHORT = "".join(
    rf"(?<!\b{word}\.)" for word in _COUNTED.split()
)  # fig.3 is no sentence with a note
NOTE = (
    r"\[(?:\d{1,3}|\^[\w-]{1,30})\]"
    rf"|[{_DIGITS}]+"
    rf"|(?:(?<=[^\W\d_]{{2}}[.!?])(?i:{_SHORT})|(?<=[.!?][{_CLOSING}]))\d{{1,2}}"  # sea.3
    r"(?=\s+[\"\u201c\u201d\u201e\u00bb\u2013-]?\s?[A-Z\u00c0-\u00de]|\s*\Z)"
)
"""The mark of a note behind the end of a sentence, as a pattern."""
_POWER = f"[\u00b2\u00b3](?![{_DIGITS}])"  # of a unit, behind its name
_REFERENCE = re.compile(
    rf"(?<=[.,:;!?{_CLOSING}])(?:{NOTE})|(?<=\w)\[\d{{1,3}}\]|(?<=[^\W\d_]{{4}})(?!{_POWER})[{_DIGITS}]+"
)
_MAY_REFER = re.compile(rf"\[|[\d{_DIGITS}]+")  # where a reference begins: far quicker to look for
_PASTED = re.compile(rf"[.!?][{_CLOSING}]?\d{{1,2}}(?:\s|\Z)")
LEADER = re.compile(r"(?:[ \t]*[.\u2026\u00b7]){4,}[ \t]*[\divxl]{1,5}\s*\Z")
"""How a line of a table of contents ends: the page is no part of what it says."""
_MARK = re.compile(
    r"</?[a-zA-Z][^<>]*>"  # <b class="x">
    r"|(?<![\w*])[*_]+(?=[^\W_])"  # *this* and _that_, but not snake_case
    r"|(?<=[^\W_])[*_]+(?![\w*])"
    rf"|(?<=[.,:;!?{_CLOSING}])(?:{NOTE})"
    r"|(?<=\w)\[(?:\d{1,3}|\^[\w-]{1,30})\]"
    rf"|(?:(?<=[^\W\d_]{{4}})|\A)[{_DIGITS}]+"  # km\u00b2 is a unit
)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_MARKED = re.compile(r"[^\W\d_][\u0300-\u036f]+")
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?: [^\W\d_]){3,}(?![^\W_])")
_AIRY = 4  # of so many characters one is a blank, where letters may be spaced apart
_NOTHING = "\u200b"

_COUNT = re.compile(r"(\d{1,4})(?:\s+(?=\S)|(?=[^\W\d_]))")
_ROW = 5  # numbers that count on, at least: 2 eggs, 3 onions and 4 carrots do by chance
_STEP, _APART = 2, 5  # from one to the next, in number and in segments
_YEAR = 1000  # or more, where the numbers begin: those of a chronicle say something
_NUMBER = re.compile(r"\A[(\[]?\d{1,4}(?:\.\d{1,3})*[.)\]]+\s+(?=\S)")

Place = tuple[int, int]


def goes_on(before: str, after: str) -> bool:
    """Whether a hyphen at a line end only cuts a word into *before* and *after*.

    A small letter goes on with a word, but not with capitals (*FN-stadgan*), nor does *und* in
    *Ein- und Ausgang*.
    """
    return after[:1].islower() and not before.isupper() and not is_and(after)


def is_and(word: str) -> bool:
    """Whether a hyphen may stand before *word* for what follows behind it."""
    return word.lower() in _AND


def spelled(text: str) -> str:
    """Return *text* with one character for an entity (``&auml;``) and for a letter and its mark.

    Letters that are spaced apart (``S V E R I G E``) are one word. The text is as long as before:
    what stands for less is `hidden`.

    >>> spelled("f&uuml;r").replace("\\u200b", "-")
    'fü-----r'
    """
    if "&" in text:
        text = _ENTITY.sub(lambda entity: _padded(unescape(entity[0]), len(entity[0])), text)
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = _MARKED.sub(lambda m: _padded(unicodedata.normalize("NFC", m[0]), len(m[0])), text)
    if text.count(" ") * _AIRY > len(text):
        text = _SPACED.sub(lambda m: _padded(m[0].replace(" ", ""), len(m[0])), text)
    return text


def _padded(read: str, length: int) -> str:
    return read.ljust(length, _NOTHING)


def hidden(text: str) -> list[Place]:
    """Return where *text* has what readers do not see.

    That is invisible characters, hyphens of lines, and white space around the end of a line.

    >>> hidden("Zu\\u00adsam-\\nmen")
    [(2, 3), (6, 8)]
    """
    if text.isprintable():
        return []
    found = []
    for match in _HIDDEN.finditer(text):
        after = match[1]
        if after:
            before = _WORD.search(text[max(match.start() - _LONGEST, 0) : match.start()])
            if before is None or not goes_on(before[0], after):
                continue
        found.append(match.span())
    return found


def without(text: str, places: list[Place]) -> str:
    """Return *text* without what stands in some places, which are in order."""
    starts = [0, *(end for _, end in places)]
    ends = [*(start for start, _ in places), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def unmarked(text: str) -> str:
    """Return *text* with blanks for tags and marks of emphasis and of notes; as long as before.

    >>> unmarked("<b>Never</b> say _never_.[7]")
    '   Never     say  never .   '
    """
    if "...." in text or ". . ." in text or "\u2026\u2026" in text:
        text = LEADER.sub(lambda end: " " * len(end[0]), text)
    noted = _PASTED.search(text) or (not text.isascii() and RAISED.search(text))
    if noted or "<" in text or "[" in text or "_" in text or "*" in text:
        return _MARK.sub(lambda mark: " " * len(mark[0]), text)
    return text


def unnumbered(texts: Sequence[str]) -> list[str]:
    """Return the segments of a version without the numbers that they have in it.

    A clause more in one version shifts all numbers that follow: they say where a segment stands,
    not what it says. A number without a point or bracket is one where it counts on.

    >>> unnumbered(["12. The board meets in May.", "13 members met."])
    ['The board meets in May.', '13 members met.']
    >>> unnumbered(["1 In May", "2 or June,", "or July", "3 it", "4 met", "6 twice."])
    ['In May', 'or June,', 'or July', 'it', 'met', 'twice.']
    """
    ends = counting(texts)
    return [text[ends[k] :] if k in ends else _NUMBER.sub("", text) for k, text in enumerate(texts)]


def counting(texts: Sequence[str]) -> dict[int, int]:
    """Return which segments begin with a number that is none of what they say, and where it ends.

    It has no point or bracket and counts on, or is that of a note to which a mark above it points.

    >>> counting(["1 In May", "2 or June,", "or July", "3 it", "4 met", "6 twice."])
    {0: 2, 1: 2, 3: 2, 4: 2, 5: 2}
    >>> counting(["It met in May.1", "Nobody came.", "1 In the old hall."])
    {2: 2}
    >>> counting(["It has 40 metres\u00b2.", "2 men came."])
    {}
    """
    numbers = [(k, _COUNT.match(text)) for k, text in enumerate(texts)]
    begun = [(k, int(number[1]), number.end()) for k, number in numbers if number]
    found: dict[int, int] = {}
    row: list[tuple[int, int, int]] = []
    for one, after in pairwise([*begun, (0, 0, 0)]):
        row.append(one)
        if not 0 < after[1] - one[1] <= _STEP or after[0] - one[0] > _APART:
            if len(row) >= _ROW and row[0][1] < _YEAR:
                found |= {k: end for k, _, end in row}
            row = []
    return found | _notes(texts, begun)


def _notes(texts: Sequence[str], begun: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Return which of the segments that have *begun* with a number are notes, and where it ends."""
    last = max((k for k, number, _ in begun if number < _YEAR), default=0)
    first: dict[int, int] = {}
    for k, text in enumerate(texts[:last]):
        for place in _MAY_REFER.finditer(text):
            mark = _REFERENCE.match(text, place.start())
            digits = [unicodedata.digit(sign) for sign in mark[0] if sign.isdigit()] if mark else ()
            first.setdefault(int("".join(map(str, digits)) or 0), k)
    return {k: end for k, number, end in begun if first.get(number, k) < k}
