"""A bitext from one format into another, one bead at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._save import save_pieces
from aligner.formats._losses import Losses
from aligner.formats._numbering import stream

if TYPE_CHECKING:
    from aligner.formats import Format
    from aligner.formats._stream import Stream


def convert(
    source: Stream, reader: Format, path: str, writer: Format
) -> tuple[Losses, tuple[str, ...]]:
    """Write *source* to *path*; return how many beads it has, with what is lost, and its versions.

    Both formats stream: what is held in memory does not grow with the file. The file written is the
    same, byte for byte, as one made of the whole alignment. All of *source* has been read once
    before anything is written, so a broken file leaves nothing.

    Raises:
        InputError: if *source* is broken, with the place.
        OutputError: if *path* cannot be written, or its format does not hold these versions.
    """
    bitext = stream(lambda languages: reader.read_units(source, languages), source.name)
    losses = Losses(writer.name)
    save_pieces(writer.write_units(replace(bitext, entries=losses.watch(bitext.entries))), path)
    return losses, tuple(bitext.languages)
