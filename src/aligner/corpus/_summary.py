"""All records of a run into one summary, and all failures into one file."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError
from aligner.corpus._plan import FAILED, RUN, SUMMARY, record_path, save_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_NUMBERS = ("documents", "segments", "beads", "findings")
_TABLES = ("types", "codes", "severities", "odd")


@dataclass(frozen=True, slots=True)
class Summary:
    """What came out of a run.

    Attributes:
        documents: how many were aligned.
        failed: how many could not be.
        types, codes, severities: how many beads of a type, findings of a code or severity.
        odd: how many findings name a version as the odd one.
        doubtful: documents that look wrong: mostly without counterpart, or no bead is sure.
    """

    documents: int
    failed: int
    segments: int
    beads: int
    findings: int
    types: Mapping[str, int] = field(repr=False)
    codes: Mapping[str, int] = field(repr=False)
    severities: Mapping[str, int] = field(repr=False)
    odd: Mapping[str, int] = field(repr=False)
    doubtful: tuple[Mapping[str, object], ...] = field(repr=False)


def summarise(folder: Path, shards: int) -> Summary:
    """Write ``failed.jsonl`` and ``summary.json`` from the records, and return the summary."""
    from aligner.formats._decode import save

    numbers: Counter[str] = Counter()
    tables: dict[str, Counter[str]] = {name: Counter() for name in _TABLES}
    doubtful: list[Mapping[str, object]] = []
    failed: list[bytes] = []
    for number in range(shards):
        record = _load(record_path(folder, number))
        numbers.update({name: record[name] for name in _NUMBERS})
        for name, table in tables.items():
            table.update(record[name])
        doubtful += record["doubtful"]
        failed += [json.dumps(one, ensure_ascii=False).encode() for one in record["failed"]]
    save(b"".join(line + b"\n" for line in failed), folder / FAILED)
    summary = Summary(
        documents=numbers["documents"],
        failed=len(failed),
        segments=numbers["segments"],
        beads=numbers["beads"],
        findings=numbers["findings"],
        types=dict(sorted(tables["types"].items())),
        codes=dict(sorted(tables["codes"].items())),
        severities=dict(sorted(tables["severities"].items())),
        odd=dict(sorted(tables["odd"].items())),
        doubtful=tuple(doubtful),
    )
    run = json.loads((folder / RUN).read_text(encoding="utf-8"))
    save_json({"run": run, "shards": shards, **asdict(summary)}, folder / SUMMARY)
    return summary


def _load(path: Path) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputError(str(path), "damaged or missing", fix="delete it and --resume") from None
    return record
