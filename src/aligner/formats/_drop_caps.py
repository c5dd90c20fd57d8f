"""Large first letters of a paragraph, which pdfium takes for lines of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aligner.formats._typeset import Line

_LETTER = re.compile(r"[\"'\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019]?[^\W\d_]")
_LARGER = 1.6  # times as large as the text beside it
_MOST = 20  # on a page; more single letters are a figure
_BESIDE = 1.5  # how far away that begins at most, in its sizes


def with_drop_caps(columns: Sequence[list[Line]]) -> list[list[Line]]:
    """Return the lines of a page, each such letter in front of the line that goes on with it."""
    found = [list(lines) for lines in columns]
    caps = [line for lines in columns for line in lines if _LETTER.fullmatch(line.text)]
    if len(caps) > _MOST:
        return found
    for cap in caps:
        beside = [
            (line.base, c, k)
            for c, lines in enumerate(found)
            for k, line in enumerate(lines)
            if _goes_on(cap, line)
        ]
        if not beside:
            continue
        _, c, k = max(beside)
        line = found[c][k]
        found[c][k] = replace(line, text=cap.text + line.text)
        for lines in found:
            lines[:] = [other for other in lines if other is not cap]
    return [lines for lines in found if lines]


def _goes_on(cap: Line, line: Line) -> bool:
    size = line.type.size
    return (
        cap.type.size >= _LARGER * size > 0
        and -size < line.extent[0] - cap.extent[1] < _BESIDE * size
        and cap.base - size / 2 < line.base < cap.base + cap.type.size
        and line.text[:1].islower()
    )
