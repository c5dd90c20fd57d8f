"""CSV with commas: an id, the text of each version, then what else is known of the bead.

A cell that a spreadsheet would take for a formula (it begins with ``= + - @`` or a tab) gets an
apostrophe in front; reading the file takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._units import Unit, alignment_of, alignment_of_rows, listed, units, unlisted
from aligner.formats.bitext import csv_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aligner._types import Alignment, Divergence
    from aligner.formats._decode import Source

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
OWN = ("probability", "moved", "segments", "findings")
_PLACES = "places"


def neutral(text: str) -> str:
    """Return *text* so that no spreadsheet takes it for a formula.

    >>> neutral("=1+1"), neutral("'=1+1"), neutral("It's")
    ("'=1+1", "''=1+1", "It's")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text: str) -> str:
    """Return what `neutral` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def render(alignment: Alignment, divergences: Iterable[Divergence] = ()) -> str:
    """Return one row a bead under a header row; findings are joined by line ends in one cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    languages = {document.name: document.language for document in alignment.documents}
    writer.writerow(["id", *map(neutral, languages), *OWN, _PLACES])
    for unit in units(alignment, divergences):
        layout = "; ".join(f"{version} {laid}" for version, laid in unit.layouts.items())
        findings = "\n".join(
            f"{f.code} {f.severity} {f.confidence:.0%}: {f.message}" for f in unit.findings
        )
        texts = [neutral(unit.texts[version]) for version in languages]
        score = f"{unit.probability:.4f}"
        own = [score, "moved" * unit.moved, layout, neutral(findings), neutral(listed(unit.places))]
        writer.writerow([unit.id, *texts, *own])
    return out.getvalue()


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each row; files that aligner wrote come back as they were."""
    file = io.StringIO(source.text, newline="")
    header = next(csv.reader(file), [])
    if {"id", "probability", "moved", "segments"} <= set(header):
        return alignment_of(_own_units(header, file, source.name), source.name)
    rows = csv_rows(io.BytesIO(source.text.encode()), source.name)
    return alignment_of_rows(rows, source.name)


def _own_units(header: Sequence[str], file: io.StringIO, path: str) -> Iterable[Unit]:
    versions = header[1 : header.index("probability")]
    for number, cells in enumerate(csv.reader(file), 2):
        if len(cells) < len(versions) + 4:
            problem = f"has {len(cells)} cells, not {len(header)}"
            raise InputError(path, problem, place=f"row {number}")
        row = dict(zip(header, cells, strict=False))
        try:
            probability = float(row["probability"])
        except ValueError:
            problem = f"has a probability of {row['probability']!r}"
            raise InputError(path, problem, place=f"row {number}") from None
        laid = (entry.partition(" ") for entry in row.get("segments", "").split("; "))
        yield Unit(
            row["id"],
            {restored(version): restored(row[version]) for version in versions},
            {version: layout for version, _, layout in laid},
            probability,
            row.get("moved") == "moved",
            f"row {number}",
            places=unlisted(restored(row.get(_PLACES, ""))),
        )
