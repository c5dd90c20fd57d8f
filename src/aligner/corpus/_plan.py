"""What makes the result of a run, and the folder that belongs to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = 1
RUN, SHARDS, RECORDS = "run.json", "shards", "records"
FAILED, SUMMARY = "failed.jsonl", "summary.json"
TEMPORARY = ".aligner-"
DOCUMENT_OPTIONS = ("lines", "max_side", "max_sum", "null_price", "hard_breaks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How the documents of a run are aligned and checked.

    Attributes:
        encoder: a name or folder; the embedded model by default.
        check: whether to look for divergences.
        select, ignore, min_confidence: of the checks.
        options: of the alignment, by the names of `DOCUMENT_OPTIONS`; a row may say otherwise.
        texts: whether the shards have the texts of the beads, not only the segments' numbers.
        shard_size: documents in a shard.
        strict: whether a document that fails ends the run.
    """

    encoder: str | None = None
    check: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    options: tuple[tuple[str, bool | int | float], ...] = ()
    texts: bool = True
    shard_size: int = 100
    strict: bool = False

    def __post_init__(self) -> None:
        if self.shard_size < 1:
            raise ValueError(f"shard_size must be 1 or more, not {self.shard_size}")
        unknown = {name for name, _ in self.options} - set(DOCUMENT_OPTIONS)
        if unknown:
            known = ", ".join(DOCUMENT_OPTIONS)
            raise ValueError(f"unknown option {min(unknown)!r}; there are {known}")

    def described(self) -> dict[str, object]:
        """Return what of the job decides the bytes of the result."""
        return {
            "check": self.check,
            "select": list(self.select),
            "ignore": list(self.ignore),
            "min_confidence": self.min_confidence,
            "options": dict(self.options),
            "texts": self.texts,
            "shard_size": self.shard_size,
        }


def enter(
    folder: Path, job: Job, signature: Mapping[str, object], manifest: str, *, resume: bool
) -> None:
    """Make *folder* ready for the run, or make sure that it is the folder of this very run.

    Raises:
        OutputError: if it holds something else, or a run that is not to be resumed.
    """
    wanted = {"schema": SCHEMA, **signature, **job.described(), "manifest": manifest}
    try:
        begun = (folder / RUN).is_file()
        if not begun and folder.exists() and any(not _is_ours(p) for p in folder.iterdir()):
            raise OutputError(f"{folder}: is not empty and holds no run; give a new folder")
        if begun and not resume:
            raise OutputError(f"{folder}: holds a run already; --resume goes on with it")
        if begun:
            _compare(folder, wanted)
        for name in (SHARDS, RECORDS):
            (folder / name).mkdir(parents=True, exist_ok=True)
            for path in (folder / name).glob(f"{TEMPORARY}*"):
                path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be used ({error.strerror})") from None
    if not begun:
        save_json(wanted, folder / RUN)


def _is_ours(path: Path) -> bool:
    """Whether *path* may be left of a run that was killed before it wrote ``run.json``."""
    return path.name.startswith(TEMPORARY) or (
        path.name in {SHARDS, RECORDS} and path.is_dir() and not any(path.iterdir())
    )


def _compare(folder: Path, wanted: Mapping[str, object]) -> None:
    try:
        found = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise OutputError(f"{folder / RUN}: damaged; give a new folder")
    for key in dict.fromkeys([*wanted, *found]):
        if found.get(key) != wanted.get(key):
            raise OutputError(
                f"{folder}: holds another run: its {key} is {found.get(key)!r}, "
                f"here it is {wanted.get(key)!r}; give a new folder"
            )


def finished(folder: Path) -> set[int]:
    """Return the numbers of the shards that are done."""
    return {int(path.stem) for path in (folder / RECORDS).glob("*.json") if path.stem.isdigit()}


def shard_path(folder: Path, number: int) -> Path:
    """Return where the shard lies."""
    return folder / SHARDS / f"{number:05}.jsonl"


def record_path(folder: Path, number: int) -> Path:
    """Return where the record lies that says the shard is done."""
    return folder / RECORDS / f"{number:05}.json"


def save_json(value: object, path: Path) -> None:
    """Write *value* in one step."""
    from aligner.formats._decode import save

    save((json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode(), path)
