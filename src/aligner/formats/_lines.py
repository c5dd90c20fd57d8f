"""The lines of a PDF page in reading order, each with its place and the type it is set in."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from math import hypot, isfinite
from typing import TYPE_CHECKING, Any

from aligner.formats._blocks import squeeze
from aligner.formats._cells import cells_of
from aligner.formats._columns import ROW, Box, regions
from aligner.formats._drop_caps import with_drop_caps
from aligner.formats._raised import Sign, with_raised
from aligner.formats._typeset import Line, Type

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LETTERS = 100_000  # of a page with more, pdfium says the text alone
_CUT = "\x02\ufffe"  # pdfium's marks for a hyphen that only the line end made
_MARKS = str.maketrans({0xF0A7: "▪", 0xF0B7: "•", 0xF0D8: "‣"})  # of symbol fonts, for items
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCED_BOLD = 1 << 18  # of the flags of a font
_MOST = 0.95


def page_lines(page: Any, text: Any) -> list[list[Line]]:
    """Return the lines of a page of pdfium, a list for each column or stretch between columns."""
    import pypdfium2.raw  # type: ignore[import-untyped]  # has no types

    if not 0 < text.count_chars() <= _LETTERS:
        return [[Line(line) for line in _untyped(text.get_text_bounded()) if line]]
    letters = _Letters(text, pypdfium2.raw)
    boxes = [Box(*text.get_rect(i)) for i in range(text.count_rects())]
    found = regions(boxes, *page.get_size())
    parts = letters.by_region(found) if found else [list(letters.by_line())]
    seen = Box(*page.get_bbox())
    lines = ([line for signs in part for line in letters.line(signs, seen)] for part in parts)
    return with_drop_caps([column for part in lines for column in _columns(part)])


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines parted where one stands above the line before: another column."""
    column: list[Line] = []
    for line in lines:
        if column and line.base > column[-1].base + line.type.size:
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _untyped(text: str) -> Iterator[str]:
    """Yield the lines of *text* as pdfium parts them."""
    for line in re.sub(f"[{_CUT}]", "-\n", text).splitlines():
        yield squeeze(line)


def _said(signs: Sequence[Sign]) -> str:
    joined = "".join("-" if sign.text in _CUT else sign.text for sign in signs)
    sound = joined.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return squeeze(sound.translate(_MARKS))


def _is_off(before: Box, box: Box) -> bool:
    """Whether a letter stands so much higher or lower than the one before that it is no row."""
    high = max(before.top - before.bottom, box.top - box.bottom, ROW)
    return abs(before.middle - box.middle) > 0.6 * high


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of a page as pdfium has them, by their number."""

    text: Any
    pdfium: Any
    _types: dict[int, Type] = field(default_factory=dict)

    def signs(self) -> list[Sign]:
        """Return all letters in the order of the file."""
        return with_raised([*self._read()])

    def _read(self) -> Iterator[Sign]:
        for i in range(self.text.count_chars()):
            code = self.pdfium.FPDFText_GetUnicode(self.text, i)
            if not 0 < code <= 0x10FFFF:
                continue
            sign = chr(code)
            if sign.isspace():
                yield Sign(i, sign)
            else:
                yield Sign(i, sign, self._box(i), self._type(i).size, self._base(i))

    def by_line(self) -> Iterator[list[Sign]]:
        """Yield the lines of the page as pdfium parts them, and where it forgets to."""
        line: list[Sign] = []
        last: Box | None = None
        for sign in self.signs():
            if sign.box:
                if last is not None and _is_off(last, sign.box):
                    yield line
                    line = []
                last = sign.box
            if sign.text not in "\r\n":
                line.append(sign)
            if sign.text in "\r\n" or sign.text in _CUT:
                yield line
                line, last = [], None
        yield line

    def by_region(self, found: Sequence[Box]) -> list[list[list[Sign]]]:
        """Return the lines of each region; white space belongs to the letter before it."""
        parts: list[list[list[Sign]]] = [[[]] for _ in found]
        last: list[Box | None] = [None] * len(found)
        region = 0
        for sign in self.signs():
            box = sign.box
            if box is None:
                parts[region][-1].append(replace(sign, text=" "))
                continue
            x, y = (box.left + box.right) / 2, box.middle
            region = next((i for i, r in enumerate(found) if r.holds(x, y)), region)
            before = last[region]
            if before is not None and _is_off(before, box):
                parts[region].append([])
            parts[region][-1].append(sign)
            last[region] = box
            if sign.text in _CUT:
                parts[region].append([])
        return parts

    def line(self, signs: Sequence[Sign], seen: Box) -> Iterator[Line]:
        """Yield a line of these letters, none if it is empty or stands outside what is *seen*."""
        shown = [sign.box for sign in signs if sign.box]
        if not shown or not _said(signs) or not (shown[0].meets(seen) or shown[-1].meets(seen)):
            return
        line = self._line(signs)
        parts = list(cells_of(signs, line.type.size)) if line.type.size else []
        yield replace(line, cells=tuple(map(self._line, parts))) if len(parts) > 1 else line

    def _line(self, signs: Sequence[Sign]) -> Line:
        whole = _said(signs)
        shown = [(sign, sign.box) for sign in signs if sign.box]
        (_, first), (_, last) = shown[0], shown[-1]
        kinds = [kind for sign, _ in shown if (kind := self._type(sign.number)).size] or [Type()]
        size = Counter(kind.size for kind in kinds).most_common(1)[0][0]
        is_bold = sum(kind.is_bold for kind in kinds) >= _MOST * len(kinds)
        base = next(sign.base for sign, _ in shown if sign.size == size)
        word = shown[len(whole.split()[0]) - 1][1].right - first.left
        edges, extent = (kinds[0], kinds[-1]), (first.left, last.right)
        return Line(whole, Type(size, is_bold), edges, extent, word, base)

    def _box(self, i: int) -> Box:
        return Box(*self.text.get_charbox(i, loose=True))

    def _base(self, i: int) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        self.pdfium.FPDFText_GetCharOrigin(self.text, i, x, y)
        return y.value if isfinite(y.value) else 0.0

    def _type(self, i: int) -> Type:
        """Return the type of a letter, the same for all of the run that it was drawn in."""
        run = self.pdfium.FPDFText_GetTextObject(self.text, i)
        if not run:
            return Type()
        key = ctypes.addressof(run.contents)
        if key not in self._types:
            self._types[key] = self._type_of(i, run)
        return self._types[key]

    def _type_of(self, i: int, run: Any) -> Type:
        pdfium, text = self.pdfium, self.text
        mode = pdfium.FPDFTextObj_GetTextRenderMode(run)
        if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:  # laid over a scan, its sizes are guesses
            return Type()
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(text, i, matrix)
        size = pdfium.FPDFText_GetFontSize(text, i) * hypot(matrix.c, matrix.d)
        name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(text, i, name, 256, flags)
        is_bold = (
            mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
            or bool(flags.value & _FORCED_BOLD)
            or bool(_BOLD.search(name.value.decode("utf-8", "ignore")))
        )
        return Type(round(size, 1), is_bold) if isfinite(size) and size > 0 else Type()
