"""JSON, one bead a line: its texts under their versions, their segments, the probability.

    {"id": 0, "en": "One. Two.", "de": "Eins, zwei.", "segments": {"en": [0, 1], "de": [0]},
     "probability": 0.9812, "moved": false}

(on one line), and ``places`` where the segments have any. A version without a counterpart has an
empty text. The file can be read again as a bitext (``aligner check``).
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aligner._types import Alignment, Bead
    from aligner.formats._decode import Source


def render(alignment: Alignment) -> str:
    """Return one object a line; the id is the index of the bead."""
    rows = (
        {
            "id": index,
            **alignment.texts(bead),
            "segments": {v: list(s) for v, s in zip(bead.versions, bead.sides, strict=True)},
            "probability": round(bead.probability, 4),
            "moved": bead.moved,
            **({"places": places} if (places := _places(alignment, bead)) else {}),
        }
        for index, bead in enumerate(alignment.beads)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _places(alignment: Alignment, bead: Bead) -> dict[str, list[str]]:
    found = {
        document.name: [document.segments[i].place for i in side]
        for document, side in zip(alignment.documents, bead.sides, strict=True)
    }
    return {version: places for version, places in found.items() if any(places)}


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each line, a segment for each text."""
    from aligner.formats._units import alignment_of_rows
    from aligner.formats.bitext import jsonl_rows

    return alignment_of_rows(jsonl_rows(io.BytesIO(source.text.encode()), source.name), source.name)
