"""A table with tabs: an id, the text of each version, the probability, ``moved`` or nothing.

The header names the versions, so the file can be read again as a bitext (``aligner check``).
Tabs and line ends inside a text become spaces: a cell cannot hold them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner._types import Alignment
    from aligner.formats._decode import Source


def render(alignment: Alignment) -> str:
    """Return one line a bead under a header line; the id is the index of the bead."""
    rows = [["id", *alignment.versions, "probability", "moved"]]
    for index, bead in enumerate(alignment.beads):
        texts = (" ".join(text.split()) for text in alignment.texts(bead).values())
        rows.append([str(index), *texts, f"{bead.probability:.4f}", "moved" * bead.moved])
    return "".join("\t".join(row) + "\n" for row in rows)


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each line, a segment for each text; the header names the versions."""
    from aligner.formats._units import alignment_of_rows
    from aligner.formats.bitext import tsv_rows

    return alignment_of_rows(tsv_rows(io.BytesIO(source.text.encode()), source.name), source.name)
