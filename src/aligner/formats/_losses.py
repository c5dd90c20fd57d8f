"""What a format cannot hold of a bitext, counted while it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.formats._units import bitext_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aligner._types import Alignment
    from aligner.formats._units import Entry

# Pages and ladders are made for something else than to be read as a bitext again.
_NOT_READ = {"html", "ladder"}
_CODES = {"json": {"tmx", "xliff"}, "tmx": {"tmx"}, "xliff": {"xliff"}}
_ONE_SEGMENT_A_SIDE = {"jsonl", "tsv"}
_NEEDS_SOURCE = {"po"}


@dataclass(slots=True)
class Losses:
    """What of the beads does not stand in a file of *format*.

    Attributes:
        beads: in all.
        codes: inline codes of other formats.
        bounds: beads of which the segments of a side are joined.
        alone: beads that are left out for want of a text in the first version.
    """

    format: str
    beads: int = 0
    codes: int = 0
    bounds: int = 0
    alone: int = 0

    @classmethod
    def of(cls, alignment: Alignment, format: str) -> Losses:
        """Return what a file of *format* lacks of *alignment*."""
        losses = cls(format)
        for _ in losses.watch(bitext_of(alignment).entries):
            pass
        return losses

    def watch(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the *entries* and count."""
        for entry in entries:
            self.beads += 1
            if self.format not in _NOT_READ:
                self._count(entry)
            yield entry

    def _count(self, entry: Entry) -> None:
        kept = _CODES.get(self.format, set())
        self.codes += sum(
            code.family not in kept
            for side in entry.sides
            for segment in side.segments
            for code in segment.codes
        )
        if self.format in _ONE_SEGMENT_A_SIDE:
            self.bounds += any(len(side.segments) > 1 for side in entry.sides)
        if self.format in _NEEDS_SOURCE:
            self.alone += not any(s.text.strip() for s in entry.sides[0].segments)
