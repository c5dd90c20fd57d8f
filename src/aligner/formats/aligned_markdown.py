r"""Aligned Markdown: a table with a column for each version and a row for each bead.

    | № | en | de | probability | moved |
    |--:|---|---|--:|---|
    | 1 | One.<br>Two. | Eins, zwei. | 0.9812 |  |

The segments of a bead are parted by ``<br>``; an empty cell has no counterpart. Reading it back
gives the same beads, but for the order of passages that moved.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.formats._numbering import alignment_of
from aligner.formats._units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aligner._decode import Source
    from aligner._types import Alignment

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]<>#|~$&])")
_BREAK = "<br>"
_SPACE = re.compile(r"\s+")


def escape(text: str) -> str:
    r"""Return *text* for a table cell; white space becomes one space.

    >>> escape("a|b <i>")
    'a\\|b \\<i\\>'
    """
    return _SPECIAL.sub(r"\\\1", _SPACE.sub(" ", text).strip())


def render(alignment: Alignment) -> str:
    """Return the table; the first column counts from 1."""
    versions = alignment.versions
    lines = [
        f"| № | {' | '.join(map(escape, versions))} | probability | moved |",
        f"|--:|{'---|' * len(versions)}--:|---|",
    ]
    for number, bead in enumerate(alignment.beads, 1):
        cells = [
            _BREAK.join(escape(document.segments[i].text) for i in side)
            for document, side in zip(alignment.documents, bead.sides, strict=True)
        ]
        row = [str(number), *cells, f"{bead.probability:.4f}", "moved" * bead.moved]
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join([*lines, ""])


def read_alignment(source: Source) -> Alignment:
    """Return the beads of the first table of the file whose header has two versions or more."""
    rows = list(_rows(source.text))
    header = next((i for i, (_, cells) in enumerate(rows) if "probability" in cells), None)
    if header is None or len(rows[header][1]) < 5:
        fix = "its header looks like | № | en | de | probability | moved |"
        raise InputError(source.name, "has no table of aligned versions", fix=fix)
    versions = rows[header][1][1 : rows[header][1].index("probability")]
    return alignment_of(_units(rows[header + 2 :], versions, source.name), source.name)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of the lines that are rows of a table."""
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if line.startswith("|") and line.endswith("|") and len(line) > 1:
            yield number, [cell.strip() for cell in re.findall(r"((?:[^|\\]|\\.)*)\|", line[1:])]


def _units(rows: Iterable[tuple[int, list[str]]], versions: list[str], path: str) -> Iterator[Unit]:
    counts = dict.fromkeys(versions, 0)
    for number, cells in rows:
        if len(cells) < len(versions) + 2:
            problem = f"has {len(cells)} cells, not {len(versions) + 3}"
            raise InputError(path, problem, place=f"line {number}")
        texts, layouts = {}, {}
        for version, cell in zip(versions, cells[1:], strict=False):
            parts = [_ESCAPED.sub(r"\1", part) for part in cell.split(_BREAK)] if cell else []
            texts[version] = " ".join(parts)
            start = counts[version]
            counts[version] += len(parts)
            entries = enumerate(parts, start)
            layouts[version] = " ".join(f"{index}:{len(part)}" for index, part in entries)
        try:
            probability = float(cells[len(versions) + 1])
        except ValueError:
            problem = f"has a probability of {cells[len(versions) + 1]!r}"
            raise InputError(path, problem, place=f"line {number}") from None
        moved = cells[len(versions) + 2 :] == ["moved"]
        yield Unit(cells[0], texts, layouts, probability, moved, f"line {number}")
