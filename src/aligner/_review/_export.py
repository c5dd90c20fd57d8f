"""A review in every format of the library, as gold for ``evaluate``, as bitext for ``train``."""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from aligner import formats, report
from aligner._errors import OutputError
from aligner._review._conversion import comparison_of, part_of
from aligner._save import save
from aligner.formats import ladder

if TYPE_CHECKING:
    from aligner._review._state import State
    from aligner._types import Alignment, Bead

GOLD, TRAINING = "gold", "training"
_REPORTS = ("html", "json", "markdown", "sarif", "text", "xlsx")
FORMATS = (
    *dict.fromkeys(
        [*(f.name for f in formats.FORMATS.values() if f.writes), *_REPORTS, GOLD, TRAINING]
    ),
)
_SUFFIXES = {".sarif": "sarif", ".txt": "text"}


def format_of(path: str, format: str | None = None) -> str:
    """Return the format to write *path* in: the one named, else that of its extension.

    Raises:
        OutputError: if the extension says nothing.
    """
    suffix = os.path.splitext(path)[1].lower()
    found = format or _SUFFIXES.get(suffix)
    known = (f.name for f in formats.FORMATS.values() if f.writes and suffix in f.extensions)
    found = found or next(known, None)
    if found not in FORMATS:
        raise OutputError(f"{path}: no format has this extension; say one of {', '.join(FORMATS)}")
    return found


def write(state: State, path: str, format: str | None = None) -> None:
    """Write the review to *path*, whole or not at all; gold is a folder of files.

    Raises:
        OutputError: for an unknown format, or a path that cannot be written.
    """
    name = format_of(path, format)
    if name != GOLD:
        save(render(state, name), path)
        return
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
    for file, content in gold_files(state).items():
        save(content, os.path.join(path, file))


def render(state: State, format: str) -> bytes:
    """Return the file of the review in *format*; gold comes as a zip archive."""
    if format == GOLD:
        return _zipped(gold_files(state))
    if format == TRAINING:
        return formats.render(_training(state), "jsonl")
    return report.render_any(comparison_of(state), format)


def gold_files(state: State) -> dict[str, bytes]:
    """Return the ladder, the segments it counts, and those of beads that nobody confirmed.

    The names are those that ``aligner evaluate`` looks for: what is in ``ignore.tsv`` is not
    scored. The segments are one a line, for ``aligner align --lines``.
    """
    alignment = comparison_of(state).alignment
    files = {"gold.tsv": formats.render(alignment, "ladder")}
    unsure = [bead for bead in alignment.beads if not bead.locked]
    if unsure:
        files["ignore.tsv"] = "".join(f"{_columns(bead)}\n" for bead in unsure).encode()
    for document in alignment.documents:
        lines = (" ".join(segment.text.split()) for segment in document.segments)
        files[f"{document.name}.txt"] = "".join(f"{line}\n" for line in lines).encode()
    return files


def _columns(bead: Bead) -> str:
    return "\t".join(ladder.line(bead).split("\t")[: len(bead.sides)])


def _training(state: State) -> Alignment:
    """Return the confirmed beads with text on both sides and no accepted difference in meaning."""
    wrong = {
        f.row
        for f in state.findings.values()
        if f.status == "accepted" and f.severity in ("major", "critical")
    }
    good = [
        number
        for number in state.order
        if state.rows[number].confirmed
        and number not in wrong
        and sum(map(bool, state.rows[number].sides)) > 1
    ]
    return part_of(state, good).comparison.alignment


def _zipped(files: dict[str, bytes]) -> bytes:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()
