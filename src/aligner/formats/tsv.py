"""A table with tabs: an id, the text of each version, the probability, ``moved`` or nothing.

The header names the versions, so the file can be read again as a bitext (``aligner check``).
Tabs and line ends inside a text become spaces: a cell cannot hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.formats._numbering import alignment_of, units_of
from aligner.formats._rows import table_rows
from aligner.formats._stream import Stream
from aligner.formats._units import bitext_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._decode import Source
    from aligner._types import Alignment
    from aligner.formats._rows import Row
    from aligner.formats._units import Bitext, Unit


def render(alignment: Alignment) -> str:
    """Return one line a bead under a header line; the id is the index of the bead."""
    return "".join(write_units(bitext_of(alignment)))


def write_units(bitext: Bitext) -> Iterator[str]:
    """Yield the lines of the file."""
    yield _line("id", *bitext.languages, "probability", "moved")
    for unit in bitext.units():
        texts = (" ".join(text.split()) for text in unit.texts.values())
        yield _line(unit.id, *texts, f"{unit.probability:.4f}", "moved" * unit.moved)


def _line(*cells: str) -> str:
    return "\t".join(cells) + "\n"


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each line, a segment for each text; the header names the versions."""
    return alignment_of(read_units(Stream.of(source), {}), source.name)


def read_units(stream: Stream, languages: dict[str, str]) -> Iterator[Unit]:
    """Yield the lines; the header names the versions, which are their *languages*."""
    return units_of(rows(stream))


def rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a tab-separated file, with a header line or with *languages* given."""
    lines = ((number, line.rstrip("\r\n").split("\t")) for number, line in stream.lines())
    return table_rows(lines, stream.name, languages)
