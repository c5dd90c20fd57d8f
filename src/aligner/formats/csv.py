"""CSV with commas: an id, the text of each version, then what else is known of the bead.

A cell that a spreadsheet would take for a formula (it begins with ``= + - @`` or a tab) gets an
apostrophe in front; reading the file takes it off again.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._numbering import alignment_of, units_of
from aligner.formats._rows import Row, table_rows
from aligner.formats._stream import Stream
from aligner.formats._units import Unit, bitext_of, listed, unlisted

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from aligner._decode import Source
    from aligner._types import Alignment, Divergence
    from aligner.formats._units import Bitext

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_OWN = ("probability", "moved", "segments", "findings")
_NEEDED = frozenset({"id", *_OWN}) - {"findings"}  # which older files do not have
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
    return "".join(write_units(bitext_of(alignment, divergences)))


def write_units(bitext: Bitext) -> Iterator[str]:
    """Yield the rows of the file."""
    yield _row("id", *map(neutral, bitext.languages), *_OWN, _PLACES)
    for unit in bitext.units():
        layout = "; ".join(f"{version} {laid}" for version, laid in unit.layouts.items())
        findings = "\n".join(
            f"{f.code} {f.severity} {f.confidence:.0%}: {f.message}" for f in unit.findings
        )
        texts = map(neutral, unit.texts.values())
        score = f"{unit.probability:.4f}"
        own = [score, "moved" * unit.moved, layout, neutral(findings), neutral(listed(unit.places))]
        yield _row(unit.id, *texts, *own)


def _row(*cells: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    return out.getvalue()


def read_alignment(source: Source) -> Alignment:
    """Return a bead for each row; files that aligner wrote come back as they were."""
    return alignment_of(read_units(Stream.of(source), {}), source.name)


def read_units(stream: Stream, languages: dict[str, str]) -> Iterator[Unit]:
    """Yield the rows; the header names the versions, which are their *languages*."""
    cells = _cells(stream)
    _, header = next(cells, (1, []))
    if _is_own(header):
        yield from _own_units(header, (row for _, row in cells), stream.name)
    else:
        cells.close()
        yield from units_of(rows(stream))


def _is_own(header: Sequence[str]) -> bool:
    """Whether the first row is that of a file of aligner's own; older ones have no findings."""
    return header[:1] == ["id"] and set(header) >= _NEEDED


def _own_units(header: Sequence[str], rows: Iterable[list[str]], path: str) -> Iterator[Unit]:
    versions = header[1 : header.index("probability")]
    for number, cells in enumerate(rows, 2):
        row = dict(zip(header, cells, strict=False))
        if not row.keys() >= _NEEDED.union(versions):
            problem = f"has {len(cells)} cells, not {len(header)}"
            raise InputError(path, problem, place=f"row {number}")
        try:
            probability = float(row["probability"])
        except ValueError:
            problem = f"has a probability of {row['probability']!r}"
            raise InputError(path, problem, place=f"row {number}") from None
        laid = (entry.partition(" ") for entry in row["segments"].split("; "))
        yield Unit(
            row["id"],
            {restored(version): restored(row[version]) for version in versions},
            {version: layout for version, _, layout in laid},
            probability,
            row["moved"] == "moved",
            f"row {number}",
            places=unlisted(restored(row.get(_PLACES, ""))),
        )


def rows(stream: Stream, languages: Sequence[str] | None = None) -> Iterator[Row]:
    """Yield the rows of a CSV file; commas and semicolons are told apart by its first line.

    In a file that aligner wrote, apostrophes that keep a cell from being a formula are taken off.
    """
    lines = _cells(stream)
    first = next(lines, None)
    if first is None:
        yield from table_rows(lines, stream.name, languages)
        return
    ours = _is_own(first[1])
    for row in table_rows(itertools.chain([first], lines), stream.name, languages):
        texts = {tag: restored(text) for tag, text in row.texts.items()} if ours else row.texts
        yield Row(row.id, texts, row.place)


def _cells(stream: Stream) -> Generator[tuple[int, list[str]], None, None]:
    """Yield the number of the first line of each row of a CSV file, and its cells."""
    lines = (line for _, line in stream.lines())
    first = next(lines, "")
    skipped = line = int(first.strip()[:4].lower() == "sep=")  # tells Excel how cells are parted
    first = next(lines, "") if skipped else first
    try:
        reader = csv.reader(
            itertools.chain([first], lines) if first else [],
            delimiter=max(",;\t", key=first.count),
            strict=True,
        )
        for cells in reader:
            line, before = reader.line_num + skipped, line
            yield before + 1, cells
    except csv.Error as error:
        fix = "quote cells that hold quotes or line breaks"
        problem = f"is not valid CSV ({error})"
        raise InputError(stream.name, problem, place=f"line {line + 1}", fix=fix) from error
