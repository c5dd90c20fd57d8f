"""Units back into beads: which segment of its version each text of a file is.

A file may say so itself (`_units` tells how), and it must be known of all units before the first
can be placed. So a file is read twice: once to number its segments, which takes four bytes for
each segment that the file places and nothing for others, and once for the beads.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner._types import Alignment, Bead, Block, Document, InlineCode, Kind, Segment, Signature
from aligner.formats._units import BETWEEN, Bitext, Entry, Side, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from aligner.formats._rows import Row

_LAYOUT = re.compile(r"\d{1,9}:\d{1,9}( \d{1,9}:\d{1,9})*")


class _Column:
    """The order of the segments of one version, which come in the order of the file.

    A text that was edited since its layout was written is one segment, at the place of the first; a
    text without a layout stands after the one before it.
    """

    def __init__(self) -> None:
        self.count = 0
        self._last = -1
        self._unplaced = 0  # so many came before the first that the file places
        self._keys = array("i")
        self._ranks: NDArray[np.int32] | None = None

    def add(self, index: int | None) -> None:
        """Take note of the next segment, with its index where the file says it."""
        self.count += 1
        if index is None and not self._keys:
            self._unplaced += 1
            return
        self._last = self._last if index is None else index
        self._keys.append(self._last)

    def close(self) -> None:
        """Number the segments: all are known."""
        import numpy as np

        if not self._keys:
            return
        keys = np.concatenate((np.full(self._unplaced, -1, np.int32), self._keys))
        if (keys[1:] >= keys[:-1]).all():
            return
        ranks = np.empty(len(keys), np.int32)
        ranks[np.argsort(keys, kind="stable")] = np.arange(len(keys), dtype=np.int32)
        self._ranks = ranks

    def rank(self, position: int) -> int:
        """Return the index of the segment that came at *position*."""
        return position if self._ranks is None else int(self._ranks[position])


class _Numbering:
    """The versions of a file, and the numbers of their segments."""

    def __init__(self, units: Iterable[Unit], languages: Mapping[str, str], path: str) -> None:
        self._path = path
        columns: dict[str, _Column] = {}
        for unit in units:
            for version in unit.texts:
                column = columns.setdefault(version, _Column())
                for index, _ in _cut(unit, version):
                    column.add(index)
        self.columns = {v: columns.get(v, _Column()) for v in dict.fromkeys([*languages, *columns])}
        if len(self.columns) < 2:
            problem = f"has {len(self.columns)} of the two or more versions needed"
            raise InputError(path, problem, fix="give a file with two or more languages")
        for column in self.columns.values():
            column.close()

    def entries(self, units: Iterable[Unit]) -> Iterator[Entry]:
        """Yield the beads; *units* are those that were numbered, once more."""
        done = dict.fromkeys(self.columns, 0)
        for unit in units:
            sides = [self._side(unit, version, done) for version in self.columns]
            if any(side.indices for side in sides):
                yield Entry(sides, unit.probability, unit.moved)

    def _side(self, unit: Unit, version: str, done: dict[str, int]) -> Side:
        column = self.columns[version]
        found = list(_segments(unit, version))
        start = done[version]
        done[version] = end = start + len(found)
        if end > column.count:
            raise InputError(self._path, "changed while it was read", fix="try again")
        if len(found) < 2:
            return Side(version, found, (column.rank(start),) if found else ())
        numbered = sorted(zip(map(column.rank, range(start, end)), found, strict=True), key=_first)
        return Side(version, [s for _, s in numbered], tuple(rank for rank, _ in numbered))


def _first(pair: tuple[int, Segment]) -> int:
    return pair[0]


def stream(read: Callable[[dict[str, str]], Iterator[Unit]], path: str) -> Bitext:
    """Return the beads of a file that *read* reads from its beginning, each time it is called.

    Args:
        read: is given a dict, in which it notes the language of each version.
        path: that errors name, and that the versions are said to come from.

    Raises:
        InputError: if the file cannot be read to its end, or has fewer than two versions.
    """
    languages: dict[str, str] = {}
    numbering = _Numbering(read(languages), languages, path)
    named = {version: languages.get(version, version) for version in numbering.columns}
    return Bitext(named, path, _unsigned(), numbering.entries(read({})))


def alignment_of(
    found: Iterable[Unit],
    path: str,
    *,
    languages: Mapping[str, str] | None = None,
) -> Alignment:
    """Return the alignment that *found* stand for: a bead each, a version for each key of texts.

    Args:
        path: that errors name, and that the documents are said to come from.
        languages: of the versions, where a version's name is not its language; it may be filled
            while *found* are read.
    """
    units = list(found)
    named = languages or {}
    numbering = _Numbering(units, named, path)
    versions = tuple(numbering.columns)
    parts: list[dict[int, Segment]] = [{} for _ in versions]
    beads = []
    for entry in numbering.entries(units):
        for part, side in zip(parts, entry.sides, strict=True):
            part.update(zip(side.indices, side.segments, strict=True))
        sides = tuple(side.indices for side in entry.sides)
        beads.append(Bead(versions, sides, entry.probability, entry.moved))
    documents = tuple(
        _document([part[i] for i in range(len(part))], version, named.get(version, version), path)
        for version, part in zip(versions, parts, strict=True)
    )
    return Alignment(documents, tuple(beads), _unsigned())


def units_of(rows: Iterable[Row]) -> Iterator[Unit]:
    """Yield plain rows as units: a segment for each text."""
    return (Unit(str(row.id), row.texts, place=row.place) for row in rows)


def _document(found: list[Segment], name: str, language: str, path: str) -> Document:
    start, segments, blocks = 0, [], []
    for index, segment in enumerate(found):
        end = start + len(segment.text)
        kind: Kind = "text" if segment.text.strip() else "blank"
        segments.append(replace(segment, start=start, end=end, kind=kind, block=index))
        blocks.append(Block(start, end, kind, place=segment.place))
        start = end + 1
    whole = "\n".join(segment.text for segment in segments)
    return Document(whole, tuple(blocks), tuple(segments), language, name, path)


def _unsigned() -> Signature:
    from aligner import __version__

    return Signature(__version__, "none", "as given")


def _segments(unit: Unit, version: str) -> Iterator[Segment]:
    """Yield the segments of a unit, each with its place and its inline codes."""
    cut = _cut(unit, version)
    places = unit.places.get(version, "").split(BETWEEN)
    if len(places) != len(cut):
        places = places[:1] * len(cut)
    start, codes = 0, unit.codes.get(version, ())
    for (_, part), place in zip(cut, places, strict=True):
        end = start + len(part)
        inside = tuple(
            InlineCode(code.offset - start, code.family, code.markup, code.data)
            for code in codes
            if start <= code.offset <= end
        )
        yield Segment(part, 0, len(part), place=place or unit.place or unit.id, codes=inside)
        start = end + 1


def _cut(unit: Unit, version: str) -> list[tuple[int | None, str]]:
    """Return the texts of the segments with their indices, where the layout says them and fits."""
    text, layout = unit.texts.get(version, ""), unit.layouts.get(version, "")
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
