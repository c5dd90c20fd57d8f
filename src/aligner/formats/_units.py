"""Beads as the units of exchange formats, and units back into beads.

A unit has one text a version. So that nothing is lost where a bead holds several segments or moved,
a unit also carries its *layout*: ``17:12 18:30`` says that the text is segment 17, of 12 letters,
then, after a space, segment 18, of 30. A file without layouts reads as one segment a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._types import (
    Alignment,
    Bead,
    Block,
    Document,
    InlineCode,
    Kind,
    Segment,
    Signature,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aligner._types import Divergence
    from aligner.formats.bitext import Row

_BETWEEN = " | "
_LAYOUT = re.compile(r"\d{1,9}:\d{1,9}( \d{1,9}:\d{1,9})*")


@dataclass(frozen=True, slots=True)
class Unit:
    """One bead as a unit.

    Attributes:
        layouts: for each version with segments, which they are and how long.
        name: what the unit was called in the file it was read from, else its id.
        places: by version, where its segments stand in the source, joined by ``|`` where the
            places differ; none that the name or the row of the unit says already.
        codes: by version, the inline codes with their offsets in the text.
        findings: the divergences of the bead.
    """

    id: str
    texts: Mapping[str, str]
    layouts: Mapping[str, str] = field(default_factory=dict)
    probability: float = 1.0
    moved: bool = False
    place: str = ""
    name: str = ""
    findings: tuple[Divergence, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, tuple[InlineCode, ...]] = field(default_factory=dict)


def units(
    alignment: Alignment,
    divergences: Iterable[Divergence] = (),
    *,
    clean: Callable[[str], str] = str,
) -> Iterator[Unit]:
    """Yield the beads of *alignment*; their texts pass through *clean* segment by segment."""
    found: dict[int, list[Divergence]] = {}
    for divergence in divergences:
        found.setdefault(divergence.bead, []).append(divergence)
    for index, bead in enumerate(alignment.beads):
        sides = [
            (document.name, [document.segments[i] for i in side], side)
            for document, side in zip(alignment.documents, bead.sides, strict=True)
        ]
        parts = {version: [clean(s.text) for s in segments] for version, segments, _ in sides}
        name = next((n for _, s, _ in sides if s and (n := _unit_name(s[0].place))), str(index))
        yield Unit(
            str(index),
            {version: " ".join(texts) for version, texts in parts.items()},
            {
                version: " ".join(
                    f"{i}:{len(t)}" for i, t in zip(side, parts[version], strict=True)
                )
                for version, _, side in sides
                if side
            },
            round(bead.probability, 4),
            bead.moved,
            name=name,
            findings=tuple(found.get(index, ())),
            places={v: places for v, segments, _ in sides if (places := _places(segments, name))},
            codes={v: codes for v, s, _ in sides if (codes := tuple(_codes(s, clean)))},
        )


def _places(segments: Sequence[Segment], name: str) -> str:
    """Return where *segments* stand, in one line; nothing if the name of the unit says it."""
    places = [segment.place.replace(_BETWEEN, " / ") for segment in segments]
    if not any(places) or set(places) == {f"unit {name}"}:
        return ""
    return places[0] if len(set(places)) == 1 else _BETWEEN.join(places)


def _codes(segments: Sequence[Segment], clean: Callable[[str], str]) -> Iterator[InlineCode]:
    start = 0
    for segment in segments:
        for code in segment.codes:
            offset = start + len(clean(segment.text[: code.offset]))
            yield InlineCode(offset, code.family, code.markup, code.data)
        start += len(clean(segment.text)) + 1


def listed(places: Mapping[str, str]) -> str:
    """Return places by version in one cell, a line each."""
    return "\n".join(f"{version}: {place}" for version, place in places.items())


def unlisted(cell: str) -> dict[str, str]:
    """Return what `listed` was given."""
    return {v: place for v, _, place in (line.partition(": ") for line in cell.splitlines())}


def share(text: object) -> float:
    """Return a probability written as *text*, between 0 and 1; what is no number counts as 1."""
    try:
        value = float(str(text))
    except ValueError:
        return 1.0
    return min(max(value, 0.0), 1.0) if value == value else 1.0


def _unit_name(place: str) -> str:
    """Return the name in a place such as ``unit greeting``, or nothing."""
    return place.removeprefix("unit ") if place.startswith("unit ") else ""


def alignment_of(
    found: Iterable[Unit],
    path: str,
    *,
    languages: Mapping[str, str] | None = None,
    signature: Signature | None = None,
) -> Alignment:
    """Return the alignment that *found* stand for: a bead each, a version for each key of texts.

    Args:
        path: that errors name, and that the documents are said to come from.
        languages: of the versions, where a version's name is not its language.
    """
    rows = list(found)
    seen = dict.fromkeys(version for row in rows for version in row.texts)
    versions = tuple(dict.fromkeys([*(languages or ()), *seen]))
    if len(versions) < 2:
        fix = "give a file with two or more languages"
        raise InputError(path, f"has {len(versions)} of the two or more versions needed", fix=fix)
    columns = [_Column(version, rows, path) for version in versions]
    beads = tuple(
        Bead(versions, sides, row.probability, row.moved)
        for number, row in enumerate(rows)
        if any(sides := tuple(column.sides[number] for column in columns))
    )
    named = languages or {}
    documents = tuple(column.document(named.get(column.name, column.name)) for column in columns)
    return Alignment(documents, beads, signature or _unsigned())


def alignment_of_rows(rows: Iterable[Row], path: str) -> Alignment:
    """Return the alignment of plain rows: a bead each, a segment for each text."""
    return alignment_of((Unit(str(row.id), row.texts, place=row.place) for row in rows), path)


def _unsigned() -> Signature:
    from aligner import __version__

    return Signature(__version__, "none", "as given")


class _Column:
    """One version: its segments in order, and which of them each unit has.

    A text that was edited since its layout was written is one segment, at the place of the first; a
    text without a layout stands after the one before it.
    """

    def __init__(self, name: str, rows: Sequence[Unit], path: str) -> None:
        self.name = name
        self._path = path
        keys: list[list[tuple[int, int]]] = []
        parts: dict[tuple[int, int], Segment] = {}
        last = -1
        for row in rows:
            keys.append([])
            for index, part in self._segments_of(row):
                last = last if index is None else index
                key = (last, len(parts))
                keys[-1].append(key)
                parts[key] = part
        order = {key: index for index, key in enumerate(sorted(parts))}
        self.sides = [tuple(sorted(order[key] for key in side)) for side in keys]
        self._segments = [parts[key] for key in order]

    def _segments_of(self, row: Unit) -> Iterator[tuple[int | None, Segment]]:
        """Yield the segments of a unit, each with its index where the layout says it."""
        text, layout = row.texts.get(self.name, ""), row.layouts.get(self.name, "")
        if not (text.strip() or layout):
            return
        cut = _cut(text, layout)
        places = row.places.get(self.name, "").split(_BETWEEN)
        if len(places) != len(cut):
            places = places[:1] * len(cut)
        start, codes = 0, row.codes.get(self.name, ())
        for (index, part), place in zip(cut, places, strict=True):
            end = start + len(part)
            inside = tuple(
                InlineCode(code.offset - start, code.family, code.markup, code.data)
                for code in codes
                if start <= code.offset <= end
            )
            where = place or row.place or row.id
            yield index, Segment(part, 0, len(part), place=where, codes=inside)
            start = end + 1

    def document(self, language: str) -> Document:
        start, segments, blocks = 0, [], []
        for index, segment in enumerate(self._segments):
            end = start + len(segment.text)
            kind: Kind = "text" if segment.text.strip() else "blank"
            segments.append(replace(segment, start=start, end=end, kind=kind, block=index))
            blocks.append(Block(start, end, kind, place=segment.place))
            start = end + 1
        whole = "\n".join(segment.text for segment in segments)
        return Document(whole, tuple(blocks), tuple(segments), language, self.name, self._path)


def _cut(text: str, layout: str) -> list[tuple[int | None, str]]:
    """Return the segments of *text* with their indices, as *layout* says where it still fits."""
    if not _LAYOUT.fullmatch(layout):
        return [(None, text)] if text.strip() else []
    parts: list[tuple[int | None, str]] = []
    start = 0
    for entry in layout.split():
        index, _, length = entry.partition(":")
        parts.append((int(index), text[start : start + int(length)]))
        start += int(length) + 1
    if start - 1 == len(text):
        return parts
    return [(parts[0][0], text)] if text.strip() else []
