"""All records of a run into one summary, and all failures into one file."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError
from aligner._storage import join, read_bytes
from aligner.corpus._overview import overview
from aligner.corpus._plan import FAILED, OVERVIEW, RUN, SUMMARY, record_path, save_json
from aligner.corpus._shard import VERSION_COUNTS
from aligner.corpus._values import Summary

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBERS = ("documents", "segments", "beads", "findings")
_TABLES = ("types", "codes", "severities", "odd")


def summarise(folder: str, shards: int) -> Summary:
    """Write ``failed.jsonl``, ``summary.json`` and ``overview.html`` from the records."""
    numbers: Counter[str] = Counter()
    tables: dict[str, Counter[str]] = {name: Counter() for name in _TABLES}
    doubtful: list[Mapping[str, object]] = []
    versions: dict[str, Counter[str]] = {}
    failed: list[dict[str, str]] = []
    for number in range(shards):
        record = _load(record_path(folder, number))
        numbers.update({name: record[name] for name in _NUMBERS})
        for name, table in tables.items():
            table.update(record[name])
        for version, counts in record["versions"].items():
            versions.setdefault(version, Counter()).update(counts)
        doubtful += [{**one, "shard": number} for one in record["doubtful"]]
        failed += record["failed"]
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
        versions={
            version: {name: counts[name] for name in VERSION_COUNTS}
            for version, counts in sorted(versions.items())
        },
        doubtful=tuple(doubtful),
    )
    _write(folder, shards, summary, failed)
    return summary


def _write(folder: str, shards: int, summary: Summary, failed: list[dict[str, str]]) -> None:
    from aligner._save import save

    lines = (json.dumps(one, ensure_ascii=False) + "\n" for one in failed)
    save("".join(lines).encode("utf-8", "surrogateescape"), join(folder, FAILED))
    run = json.loads(read_bytes(join(folder, RUN)))
    save_json({"run": run, "shards": shards, **asdict(summary)}, join(folder, SUMMARY))
    page = overview(summary, run, failed)
    save(page, join(folder, OVERVIEW))


def _load(path: str) -> dict[str, Any]:
    try:
        record: dict[str, Any] = json.loads(read_bytes(path))
    except (OSError, ValueError):
        raise InputError(path, "damaged or missing", fix="delete it and --resume") from None
    return record
