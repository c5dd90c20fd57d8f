"""Paragraphs put together from the lines of a PDF, by type and gaps, else by length.

Another size, another weight or more room than usual begins a paragraph, so a heading of several
lines stays whole and ends where the text begins. Where all lines look alike, what counts is
whether the line before is full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._visible import LEADER, goes_on, is_and
from aligner.formats._cells import stretches
from aligner.formats._page import starts_item
from aligner.formats._setting import is_item
from aligner.formats._typeset import Type

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aligner.formats._setting import Setting
    from aligner.formats._typeset import Line

_HYPHEN = re.compile(r"(?<=[^\W_])-[ ]*\n(?=([^\W_]+))")
_FINAL = (".", "!", "?", ":", "…")
_NEARLY = 0.85  # of the longest line: it is full
_SHORT = 0.6
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
    is_cell: bool = False

    @property
    def text(self) -> str:
        """The lines run together; words cut at their ends are joined."""
        joined = "\n".join(line.text for line in self.lines)
        return _HYPHEN.sub(_joint, joined).replace("\n", " ")

    @property
    def type(self) -> Type:
        """The type of its first line; bold if all lines are."""
        return Type(self.lines[0].type.size, all(line.type.is_bold for line in self.lines))

    def is_heading(self, setting: Setting) -> bool:
        """Whether it is one by its type: larger or bolder than the body."""
        kind, text = self.type, self.text
        bolder = kind.is_bold and not setting.body.is_bold and not setting.body.differs(kind)
        return (
            (setting.is_larger(kind) or bolder)
            and not self.is_cell
            and len(text) <= _HEADING
            and not text.endswith((".", ",", ";"))
            and any(map(str.isalpha, text))
        )

    def goes_on_with(self, other: Paragraph) -> bool:
        """Whether the first paragraph of the next column or page is the rest of this one.

        It may begin with a small letter. A capital may begin a sentence, a heading or, in German,
        any noun: it goes on with a paragraph whose last line is full and ends no sentence, if it
        ends one itself.
        """
        last, first, after = self.lines[-1], other.lines[0], other.text
        if self.is_cell or last.text.endswith(_FINAL) or _is_other(last, first):
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


def paragraphs(lines: Sequence[Line], setting: Setting) -> Iterator[Paragraph]:
    """Yield the paragraphs of a column, and the cells of its tables row by row."""
    whole = _Column.of([line for line in lines if not setting.is_larger(line.type)] or lines)
    for stretch in stretches(lines):
        for cell in (cell for row in stretch.rows for cell in row):
            yield Paragraph(cell, whole, is_cell=True)
        for run in _runs(stretch.lines, setting) if stretch.lines else ():
            yield from _of_run(run, whole, setting)


def _of_run(run: list[Line], whole: _Column, setting: Setting) -> Iterator[Paragraph]:
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
            or is_item(run[-1], line)
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


def _is_indented(before: Line, line: Line, after: Line) -> bool:
    """Whether *line* alone begins further right, and the line before is no item."""
    size, left = line.type.size, before.extent[0]
    low, high = _INDENT
    return (
        low * size < line.extent[0] - left < high * size
        and abs(after.extent[0] - left) < _SAME * size
        and not starts_item(before.text)
    )
