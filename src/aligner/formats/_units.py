"""Beads as the units of exchange formats.

A unit has one text a version. So that nothing is lost where a bead holds several segments or moved,
a unit also carries its *layout*: ``17:12 18:30`` says that the text is segment 17, of 12 letters,
then, after a space, segment 18, of 30. A file without layouts reads as one segment a unit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from aligner._types import InlineCode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aligner._types import Alignment, Divergence, Segment, Signature

BETWEEN = " | "


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


class Side(NamedTuple):
    """The segments that a bead has of one version, and their indices, ascending."""

    version: str
    segments: Sequence[Segment]
    indices: tuple[int, ...]


class Entry(NamedTuple):
    """One bead with its segments, a side for each version."""

    sides: Sequence[Side]
    probability: float
    moved: bool
    findings: tuple[Divergence, ...] = ()


@dataclass(frozen=True, slots=True)
class Bitext:
    """Beads that come one after the other, and what a file must say before the first.

    Attributes:
        languages: of the versions, by their names, in order.
        path: that the first version came from, else its name.
        entries: the beads; they come once.
    """

    languages: Mapping[str, str]
    path: str
    signature: Signature
    entries: Iterable[Entry]

    def units(self, clean: Callable[[str], str] = str) -> Iterator[Unit]:
        """Yield the beads as units; their texts pass through *clean* segment by segment."""
        for index, entry in enumerate(self.entries):
            yield _unit(index, entry, clean)


def bitext_of(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> Bitext:
    """Return the beads of *alignment* with the findings of each."""
    found: dict[int, list[Divergence]] = defaultdict(list)
    for divergence in divergences:
        found[divergence.bead].append(divergence)
    entries = (
        Entry(
            [
                Side(document.name, [document.segments[i] for i in side], side)
                for document, side in zip(alignment.documents, bead.sides, strict=True)
            ],
            bead.probability,
            bead.moved,
            tuple(found.get(index, ())),
        )
        for index, bead in enumerate(alignment.beads)
    )
    languages = {document.name: document.language for document in alignment.documents}
    first = alignment.documents[0]
    return Bitext(languages, first.path or first.name, alignment.signature, entries)


def _unit(index: int, entry: Entry, clean: Callable[[str], str]) -> Unit:
    sides = entry.sides
    parts = {version: [clean(s.text) for s in segments] for version, segments, _ in sides}
    name = next((n for _, s, _ in sides if s and (n := _unit_name(s[0].place))), str(index))
    return Unit(
        str(index),
        {version: " ".join(texts) for version, texts in parts.items()},
        {
            version: " ".join(f"{i}:{len(t)}" for i, t in zip(indices, parts[version], strict=True))
            for version, _, indices in sides
            if indices
        },
        round(entry.probability, 4),
        entry.moved,
        name=name,
        findings=entry.findings,
        places={v: places for v, segments, _ in sides if (places := _places(segments, name))},
        codes={v: codes for v, s, _ in sides if (codes := tuple(_codes(s, clean)))},
    )


def _places(segments: Sequence[Segment], name: str) -> str:
    """Return where *segments* stand, in one line; nothing if the name of the unit says it."""
    places = [segment.place.replace(BETWEEN, " / ") for segment in segments]
    if not any(places) or set(places) == {f"unit {name}"}:
        return ""
    return places[0] if len(set(places)) == 1 else BETWEEN.join(places)


def _codes(segments: Sequence[Segment], clean: Callable[[str], str]) -> Iterator[InlineCode]:
    start = 0
    for segment in segments:
        for code in segment.codes:
            offset = start + len(clean(segment.text[: code.offset]))
            yield InlineCode(offset, code.family, code.markup, code.data)
        start += len(clean(segment.text)) + 1


def _unit_name(place: str) -> str:
    """Return the name in a place such as ``unit greeting``, or nothing."""
    return place.removeprefix("unit ") if place.startswith("unit ") else ""


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
