"""From the segments of a bead, or a text alone, to the passage that checks look at."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner._visible import counting, hidden, spelled, unmarked, without
from aligner.checks._values import Passage
from aligner.models import is_shouted, load_embedded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from aligner._types import Bead, Document, InlineCode, Segment
    from aligner.checks._place import Place

    Piece = tuple[str, int, tuple[InlineCode, ...]]


_DOUBLED = re.compile(
    r"\b([A-ZÄÖÜ]\w{2,})innen (?:und|oder|bzw\.) (?=\1)"  # Kolleginnen und Kollegen
    r"|(?<=[a-zäöüß])(?:[*:_]|/-?)innen\b|(?<=[a-zäöüß])Innen\b"  # Kolleg:innen
)
"""What names women beside men, which other languages do in one word."""
_ENDS = str.maketrans("\t\n\v\f\r", "     ")


def passages_of(documents: Sequence[Document], beads: Iterable[Bead]) -> list[tuple[Passage, ...]]:
    """Return the passage of each document in each bead.

    Numbers that count the segments of a document are left blank: they are no part of what it says.
    """
    counts = [counting([segment.text for segment in document.segments]) for document in documents]
    return [tuple(map(_passage, documents, bead.sides, counts)) for bead in beads]


def _passage(document: Document, side: Sequence[int], counts: Mapping[int, int]) -> Passage:
    """Return the passage of some segments, some of which begin with *counts* that end there."""
    segments = [document.segments[i] for i in side]
    ends = [counts.get(i, 0) for i in side]
    pieces = (
        (" " * end + segment.text[end:], segment.start, segment.codes)
        for segment, end in zip(segments, ends, strict=True)
    )
    read = _read(document.name, document.language, pieces)
    if not segments:
        return replace(read, kind="blank")
    blocks = document.blocks[segments[0].block : segments[-1].block + 1]
    around = document.text[blocks[0].start : blocks[-1].end] if blocks else ""
    format = os.path.splitext(document.path or "")[1].lower()
    kind, level = segments[0].kind, segments[0].level
    return replace(read, kind=kind, level=level, around=around, format=format)


def passage_of_text(version: str, language: str, text: str | Segment) -> Passage:
    """Return the passage of a text that is no part of a document."""
    if isinstance(text, str):
        return _read(version, language, [(text, 0, ())])
    return _read(version, language, [(text.text, 0, text.codes)])


def _read(version: str, language: str, pieces: Iterable[Piece]) -> Passage:
    """Return a passage with the text as it is read, and where all of it stands.

    No list has the words of a title in capitals, so each is written as the embedded model knows
    it (``Deutschland``, ``inte``).
    """
    shown: list[str] = []
    places: list[Place] = []
    gaps: list[Place] = []
    codes: list[InlineCode] = []
    at = 0
    for text, start, own in pieces:
        letters = spelled(text)
        unseen = _unseen(letters, language)
        shown.append(without(letters, unseen))
        places.append((at, start))
        gaps += [(at + low - _before(low, unseen), high - low) for low, high in unseen]
        for code in own:
            codes.append(replace(code, offset=at + code.offset - _before(code.offset, unseen)))
        at += len(shown[-1]) + 1
    written = " ".join(shown)
    said = unmarked(written).translate(_ENDS)
    shouted = is_shouted(said)
    return Passage(
        version,
        language,
        load_embedded().recased.spoken(said) if shouted else said,
        tuple(places) or ((0, 0),),
        codes=tuple(codes),
        written=written,
        shouted=shouted,
        gaps=tuple(gaps),
    )


def _unseen(text: str, language: str) -> list[Place]:
    """Return what of a text is left out: what readers do not see, and women beside men."""
    unseen = hidden(text)
    if "nnen" not in text or base_language(language) != "de":
        return unseen
    doubled = (match.span() for match in _DOUBLED.finditer(text))
    free = (own for own in doubled if not any(a < own[1] and own[0] < b for a, b in unseen))
    return sorted([*unseen, *free])


def _before(offset: int, unseen: Sequence[Place]) -> int:
    """Return how many unseen characters stand before an offset."""
    return sum(min(high, offset) - low for low, high in unseen if low < offset)
