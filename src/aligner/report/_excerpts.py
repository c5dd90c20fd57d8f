"""Texts that are shown in part: around what is marked in them, or as they begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner.report.views import Cell

CONTEXT = 60  # characters on either side
_MARKS = {"omission": ("[-", "-]"), "addition": ("[+", "+]"), "other": ("[", "]")}
_POINT = "\N{CARET}"


def excerpt(cell: Cell, context: int = CONTEXT) -> str:
    """Return the text of *cell* with its marks, cut to *context* characters around them."""
    pieces = [piece for passage in cell.passages for piece in (*passage.pieces, None)]
    marked = [i for i, piece in enumerate(pieces) if piece and piece.findings]
    parts = []
    for i, piece in enumerate(pieces):
        if piece is None:
            parts.append(" ")
        elif piece.findings:
            opening, closing = _MARKS[piece.findings[0].look] if piece.text else ("[", "]")
            parts.append(opening + _middle(piece.text or _POINT, 4 * context) + closing)
        elif not marked:
            parts.append(beginning(piece.text, 3 * context))
        elif i < marked[0]:
            parts.append(_end(piece.text, context))
        elif i > marked[-1]:
            parts.append(beginning(piece.text, context))
        else:
            parts.append(_middle(piece.text, 2 * context))
    return " ".join("".join(parts).split())


def beginning(text: str, room: int) -> str:
    """Return *text*, cut at a word where it is longer than *room*."""
    return text if len(text) <= room else f"{_whole_words(text[:room])} …"


def _end(text: str, room: int) -> str:
    """Return *text* without its beginning where it is longer than *room*."""
    return text if len(text) <= room else f"… {_from_a_word(text[-room:])}"


def _middle(text: str, room: int) -> str:
    """Return *text* without its middle where it is longer than *room*."""
    half = room // 2
    if len(text) <= room:
        return text
    return f"{_whole_words(text[:half])} … {_from_a_word(text[-half:])}"


def _whole_words(text: str) -> str:
    return re.sub(r"\s+\S*$", "", text)


def _from_a_word(text: str) -> str:
    return re.sub(r"^\S*\s+", "", text)
