"""One shard: its documents in order into one file, then the record that says it is done."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from aligner._errors import AlignerError, InputError
from aligner.corpus._attempts import attempts
from aligner.corpus._plan import record_path, save_json, shard_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner.corpus._attempts import Attempts
    from aligner.corpus._document import Aligner
    from aligner.corpus._manifest import Shard

VERSION_COUNTS = ("documents", "segments", "alone", "findings")
DOUBTFUL = 0.5
"""Share of null beads above, and mean probability below which a document looks wrong."""


def write_shard(shard: Shard, aligner: Aligner, folder: str, *, strict: bool) -> None:
    """Align and check the documents of *shard* and write it.

    Raises:
        InputError: with *strict*, for the first document that fails.
        OutputError: if the files cannot be written.
    """
    with attempts(folder, shard.number, "align") as tried:
        _write(shard, aligner, folder, tried, strict=strict)


def _write(shard: Shard, aligner: Aligner, folder: str, tried: Attempts, *, strict: bool) -> None:
    """Write the results of a shard, and then its record: what counts it as done."""
    from aligner._save import save

    lines: list[bytes] = []
    failed: list[dict[str, str]] = []
    counts = _Counts()
    for index, row in enumerate(shard.rows):
        try:
            if row.problem:
                raise InputError("manifest", row.problem)
            with tried.on(index):
                record = aligner.record(row)
        except (AlignerError, ValueError, MemoryError) as error:
            problem = row.problem or str(error) or type(error).__name__
            if strict:
                raise InputError(f"document {row.id}", problem) from None
            failed.append({"id": row.id, "error": type(error).__name__, "problem": problem})
            continue
        counts.add(record)
        lines.append(json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogateescape"))
    save(b"".join(line + b"\n" for line in lines), shard_path(folder, shard.number))
    save_json(
        {"shard": shard.number, **counts.to_dict(), "failed": failed},
        record_path(folder, shard.number),
    )


class _Counts:
    """Counts of the documents of a shard."""

    def __init__(self) -> None:
        self._numbers: Counter[str] = Counter()
        self._tables: dict[str, Counter[str]] = {
            name: Counter() for name in ("types", "codes", "severities", "odd")
        }
        self._versions: dict[str, Counter[str]] = {}
        self._doubtful: list[dict[str, object]] = []

    def add(self, record: Mapping[str, Any]) -> None:
        """Count one document."""
        beads, found = record["beads"], record["divergences"]
        self._numbers.update(documents=1, beads=len(beads), findings=len(found))
        self._numbers["segments"] += sum(v["segments"] for v in record["versions"].values())
        for version, about in record["versions"].items():
            counts = self._versions.setdefault(version, Counter())
            counts.update(documents=1, segments=about["segments"])
            counts["findings"] += sum(bool(one["spans"].get(version)) for one in found)
        for bead in beads:
            have = [version for version, segments in bead["segments"].items() if segments]
            if len(have) == 1:
                self._versions[have[0]]["alone"] += len(bead["segments"][have[0]])
            self._tables["types"]["-".join(str(len(s)) for s in bead["segments"].values())] += 1
        for one in found:
            self._tables["codes"][one["code"]] += 1
            self._tables["severities"][one["severity"]] += 1
            if one["odd"]:
                self._tables["odd"][one["odd"]] += 1
        doubt = _doubt(beads)
        if doubt:
            self._doubtful.append({"id": record["id"], **doubt})

    def to_dict(self) -> dict[str, object]:
        """Return the counts as plain JSON values."""
        names = ("documents", "segments", "beads", "findings")
        return {
            **{name: self._numbers[name] for name in names},
            **{name: dict(sorted(table.items())) for name, table in self._tables.items()},
            "versions": {
                version: {name: counts[name] for name in VERSION_COUNTS}
                for version, counts in self._versions.items()
            },
            "doubtful": self._doubtful,
        }


def _doubt(beads: list[Mapping[str, Any]]) -> dict[str, object]:
    """Return why a document looks wrong: most of it has no counterpart, or no bead is sure."""
    null = sum(sum(map(bool, bead["segments"].values())) == 1 for bead in beads)
    matches = [b for b in beads if sum(map(bool, b["segments"].values())) > 1]
    share = null / max(len(beads), 1)
    mean = sum(b["probability"] for b in matches) / max(len(matches), 1)
    if share <= DOUBTFUL and mean >= DOUBTFUL:
        return {}
    return {"null_beads": round(share, 4), "probability": round(mean, 4)}
