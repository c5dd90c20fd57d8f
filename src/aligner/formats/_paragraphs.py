"""Paragraphs put together from the lines of a PDF, by type and gaps, else by length.

Another size, another weight or more room than usual begins a paragraph, so a heading of several
lines stays whole and ends where the text begins. Where all lines look alike, what counts is
whether the line before is full.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from aligner._visible import LEADER, RAISED, goes_on, is_and
from aligner.formats._lines import Type
from aligner.formats._page import starts_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aligner.formats._lines import Line

_HYPHEN = re.compile(r"(?<=[^\W_])-[ ]*\n(?=([^\W_]+))")
_FINAL = (".", "!", "?", ":", "…")
_BULLETS = tuple(f"{mark} " for mark in "•‣▪◦●○")
_NEARLY = 0.85  # of the longest line: it is full
_SHORT = 0.6
_LOW = 0.1  # of the distances of lines: the usual one within paragraphs
_DISTANCES = (0.5, 4.0)  # of lines below each other, in sizes of their type
_GAP = 1.2  # times the usual distance begins a paragraph
_MOSTLY = 0.75  # of the paragraphs stand apart: all do
_SPACE = 0.3  # between words, in sizes of the type
_INDENT, _SAME = (0.8, 4.0), 0.3  # in sizes of the type
_ALIKE = 12.0  # points
_HEADING = 240  # letters, and more is no heading


@dataclass(frozen=True, slots=True)
class _Column:
    """How far the lines of a column go: the letters of the longest, and both ends."""

    width: int
    left: float
    right: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Column:
        lefts, rights = zip(*(line.extent for line in lines), strict=True)
        return cls(max(len(line.text) for line in lines), min(lefts), max(rights))

    def may_hold(self, part: _Column) -> bool:
        """Whether lines of *part* go as far as they can: it may be narrower on both sides alike."""
        return self.right - part.right < part.left - self.left + _ALIKE

    def has_room(self, before: Line, line: Line) -> bool:
        """Whether the first word of *line* would have stood on the line before as well."""
        end = before.extent[1] + _SPACE * line.type.size + line.word
        return end < self.right and not _is_cut(before.text, line.text)

    def is_short(self, before: Line, line: Line) -> bool:
        """Whether the line before may end a paragraph, by the letters of both."""
        if _is_cut(before.text, line.text):
            return False
        length, final = len(before.text), before.text.endswith(_FINAL)
        if line.text[:1].islower():
            return final and length < _NEARLY * self.width
        like_heading = len(line.text) < _SHORT * self.width and not line.text.endswith(_FINAL)
        nearly = length < _NEARLY * self.width
        return length < _SHORT * self.width or (final and (nearly or like_heading))

    def is_full(self, before: Line, line: Line) -> bool:
        """Whether the line before has no room for what *line* begins with."""
        if before.type.size and line.type.size:
            return not self.has_room(before, line)
        return len(before.text) >= _NEARLY * self.width


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, of a column."""

    lines: list[Line]
    column: _Column

    @property
    def text(self) -> str:
        """The lines run together; words cut at their ends are joined."""
        joined = "\n".join(line.text for line in self.lines)
        return _HYPHEN.sub(_joint, joined).replace("\n", " ")

    @property
    def type(self) -> Type:
        """The type of its first line; bold if all lines are."""
        return Type(self.lines[0].type.size, all(line.type.is_bold for line in self.lines))

    def goes_on_with(self, other: Paragraph) -> bool:
        """Whether the first paragraph of the next column or page is the rest of this one.

        It may begin with a small letter. A capital may begin a sentence, a heading or, in German,
        any noun: it goes on with a paragraph whose last line is full and ends no sentence, if it
        ends one itself.
        """
        last, first, after = self.lines[-1], other.lines[0], other.text
        if last.text.endswith(_FINAL) or _is_other(last, first):
            return False
        is_open = len(self.lines) > 1 and self.column.is_full(last, first)
        return after[:1].islower() or (is_open and after[:1].isalpha() and after.endswith(_FINAL))


def _is_cut(before: str, line: str) -> bool:
    """Whether a word begins at the end of a line and goes on on the next one."""
    return bool(_HYPHEN.search(f"{before}\n{line}"))


def _joint(hyphen: re.Match[str]) -> str:
    """Return what stands for a hyphen at a line end, by the words beside it.

    *Ein- und Ausgang* keeps hyphen and space; a capital or digit is a compound: *E-Mail*,
    *1939-45*.
    """
    before, word = hyphen.string[: hyphen.start()].split()[-1], hyphen[1]
    if is_and(word):
        return "- "
    return "" if goes_on(before, word) else "-"


@dataclass(frozen=True, slots=True)
class Setting:
    """How a document is set.

    Attributes:
        body: the type of most letters.
        leading: the usual distance of the lines of a paragraph, in sizes, by the size of the type.
        has_gaps: paragraphs stand apart, so lines at the usual distance are one.
        is_justified: lines that go on end where the column does.
    """

    body: Type
    leading: dict[float, float]
    has_gaps: bool = False
    is_justified: bool = False

    @classmethod
    def of(cls, columns: Sequence[Sequence[Line]]) -> Setting:
        """Return how these columns of lines are set."""
        letters: Counter[Type] = Counter()
        distances: defaultdict[float, list[float]] = defaultdict(list)
        for lines in columns:
            for line in lines:
                letters[line.type] += len(line.text)
            for before, line in pairwise(lines):
                if _DISTANCES[0] < (distance := _distance(before, line)) < _DISTANCES[1]:
                    distances[line.type.size].append(distance)
        body = max(letters, key=lambda kind: letters[kind], default=Type())
        usual = {size: sorted(found)[int(_LOW * len(found))] for size, found in distances.items()}
        most = usual.get(body.size, _DISTANCES[1])
        leading = {size: min(distance, most) for size, distance in usual.items()}
        without = cls(body, leading)
        apart = [without.has_gap(*pair) for lines in columns for pair in _ended(lines)]
        full = [is_full for lines in columns for is_full in _going_on(lines)]
        return cls(
            body,
            leading,
            has_gaps=sum(apart) > _MOSTLY * len(apart),
            is_justified=sum(full) > _MOSTLY * len(full),
        )

    def has_gap(self, before: Line, line: Line) -> bool:
        """Whether *line* stands further below the line before than lines of a paragraph do."""
        usual = self.leading.get(line.type.size)
        return usual is not None and _distance(before, line) > _GAP * usual

    def is_larger(self, kind: Type) -> bool:
        """Whether it is clearly larger than the body."""
        return kind.size > self.body.size and kind.differs(self.body)

    def heads(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a heading by its type: larger or bolder than the body."""
        kind = paragraph.type
        bolder = kind.is_bold and not self.body.is_bold and not self.body.differs(kind)
        text = paragraph.text
        return (
            (self.is_larger(kind) or bolder)
            and len(text) <= _HEADING
            and not text.endswith((".", ",", ";"))
            and any(map(str.isalpha, text))
        )


def paragraphs(lines: Sequence[Line], setting: Setting) -> Iterator[Paragraph]:
    """Yield the paragraphs of a column."""
    whole = _Column.of([line for line in lines if not setting.is_larger(line.type)] or lines)
    for run in _runs(lines, setting):
        own = _Column.of(run)
        if setting.is_larger(run[0].type):
            yield Paragraph(run, own)
        elif (setting.has_gaps or setting.is_justified) and run[0].type.size:
            is_narrower = own.width > _SHORT * whole.width  # as a quotation is
            if setting.is_justified:
                is_narrower = whole.may_hold(own)
            column = own if is_narrower else whole
            yield from _parted(run, column, column.has_room)
        else:
            yield from _parted(run, whole, whole.is_short)


def _runs(lines: Sequence[Line], setting: Setting) -> Iterator[list[Line]]:
    """Yield the lines parted where type, a gap or an indent show that a paragraph begins."""
    run: list[Line] = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        if run and (
            LEADER.search(run[-1].text)
            or _is_other(run[-1], line)
            or setting.has_gap(run[-1], line)
            or _is_item(run[-1], line)
            or (after and not setting.is_larger(line.type) and _is_indented(run[-1], line, after))
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _parted(
    run: Sequence[Line], column: _Column, ends: Callable[[Line, Line], bool]
) -> Iterator[Paragraph]:
    """Yield the lines parted where a line *ends* a paragraph before the next one."""
    gathered: list[Line] = []
    for line in run:
        if gathered and ends(gathered[-1], line):
            yield Paragraph(gathered, column)
            gathered = []
        gathered.append(line)
    yield Paragraph(gathered, column)


def _is_other(before: Line, line: Line) -> bool:
    """Whether *line* is set in another type, not only a word of it."""
    if before.type.differs(line.type):
        return True
    was_bold = before.type.is_bold and not line.edges[0].is_bold
    gets_bold = line.type.is_bold and not before.edges[1].is_bold
    return (was_bold or gets_bold) and not line.text[:1].islower()


def _is_item(before: Line, line: Line) -> bool:
    """Whether *line* begins a note, or an item: with a bullet, or out of line as items do."""
    if line.text.startswith(_BULLETS) or RAISED.match(line.text):
        return True
    left = before.extent[0] - line.extent[0]
    size = line.type.size
    is_below = starts_item(before.text) and abs(left) < _SAME * size
    return (is_below or left > _INDENT[0] * size > 0) and starts_item(line.text)


def _is_indented(before: Line, line: Line, after: Line) -> bool:
    """Whether *line* alone begins further right, and the line before is no item."""
    size, left = line.type.size, before.extent[0]
    low, high = _INDENT
    return (
        low * size < line.extent[0] - left < high * size
        and abs(after.extent[0] - left) < _SAME * size
        and not starts_item(before.text)
    )


def _distance(before: Line, line: Line) -> float:
    """Return how far *line* stands below, in sizes of their type; 0 for another or none."""
    size = line.type.size
    return (before.base - line.base) / size if size and not before.type.differs(line.type) else 0.0


def _going_on(lines: Sequence[Line]) -> Iterator[bool]:
    """Yield of each line that goes on with a small letter whether it ends where the column does."""
    right = max((line.extent[1] for line in lines), default=0.0)
    for before, line in pairwise(lines):
        if line.type.size and line.text[:1].islower():
            yield right - before.extent[1] < _SAME * line.type.size


def _ended(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Yield each line that by its length and last letter ends a paragraph, and the line behind."""
    width = max((len(line.text) for line in lines), default=0)
    for before, line in pairwise(lines):
        short = len(before.text) < _SHORT * width
        known = _distance(before, line) > 0 and not _is_item(before, line)
        if known and short and before.text.endswith(_FINAL):
            yield before, line
