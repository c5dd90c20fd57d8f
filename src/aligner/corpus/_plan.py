"""What makes the result of a run, and the folder that belongs to it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner._errors import OutputError
from aligner._storage import (
    TEMPORARY,
    is_file,
    join,
    make_folder,
    names,
    read_bytes,
    remove,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner._types import Severity

SCHEMA = 1
RUN, SHARDS, RECORDS = "run.json", "shards", "records"
FAILED, SUMMARY, OVERVIEW = "failed.jsonl", "summary.json", "overview.html"
DOCUMENT_OPTIONS = ("lines", "max_side", "max_sum", "null_price", "hard_breaks")


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How the documents of a run are aligned and checked.

    Attributes:
        encoder: a name or folder; the embedded model by default.
        check: whether to look for divergences.
        select, ignore, min_confidence, severities: of the checks.
        glossary: the file that says what terms are to be called.
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
    severities: tuple[tuple[str, Severity], ...] = ()
    glossary: str | None = None
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
            "severities": dict(self.severities),
            "glossary": self._glossary_hash(),
            "options": dict(self.options),
            "texts": self.texts,
            "shard_size": self.shard_size,
        }

    def _glossary_hash(self) -> str | None:
        """Return what tells one glossary from another, wherever it lies."""
        from aligner._decode import load

        if self.glossary is None:
            return None
        return hashlib.blake2b(load(self.glossary).data, digest_size=12).hexdigest()


def enter(
    folder: str, job: Job, signature: Mapping[str, object], manifest: str, *, resume: bool
) -> None:
    """Make *folder* ready for the run, or make sure that it is the folder of this very run.

    Raises:
        OutputError: if it holds something else, or a run that is not to be resumed.
    """
    wanted = {"schema": SCHEMA, **signature, **job.described(), "manifest": manifest}
    try:
        begun = is_file(join(folder, RUN))
        if not begun and any(not _is_ours(folder, name) for name in names(folder)):
            raise OutputError(f"{folder}: is not empty and holds no run; give a new folder")
        if begun and not resume:
            raise OutputError(f"{folder}: holds a run already; --resume goes on with it")
        if begun:
            _compare(folder, wanted)
        for name in (SHARDS, RECORDS):
            make_folder(join(folder, name))
        tidy(folder)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be used ({error.strerror or error})") from None
    if not begun:
        save_json(wanted, join(folder, RUN))


def tidy(folder: str) -> None:
    """Remove what a worker that was killed has left half written."""
    for place in (folder, join(folder, SHARDS), join(folder, RECORDS)):
        for name in names(place):
            if name.startswith(TEMPORARY):
                remove(join(place, name))


def _is_ours(folder: str, name: str) -> bool:
    """Whether *name* may be left of a run that was killed before it wrote ``run.json``."""
    return name.startswith(TEMPORARY) or (
        name in {SHARDS, RECORDS}
        and not is_file(join(folder, name))
        and not names(join(folder, name))
    )


def _compare(folder: str, wanted: Mapping[str, object]) -> None:
    place = join(folder, RUN)
    try:
        found = json.loads(read_bytes(place))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise OutputError(f"{place}: damaged; give a new folder")
    for key in dict.fromkeys([*wanted, *found]):
        if found.get(key) != wanted.get(key):
            raise OutputError(
                f"{folder}: holds another run: its {key} is {found.get(key)!r}, "
                f"here it is {wanted.get(key)!r}; give a new folder"
            )


def finished(folder: str) -> set[int]:
    """Return the numbers of the shards that are done."""
    stems = (name.removesuffix(".json") for name in names(join(folder, RECORDS)))
    return {int(stem) for stem in stems if stem.isdigit()}


def shard_path(folder: str, number: int) -> str:
    """Return where the shard lies."""
    return join(folder, SHARDS, f"{number:05}.jsonl")


def record_path(folder: str, number: int) -> str:
    """Return where the record lies that says the shard is done."""
    return join(folder, RECORDS, f"{number:05}.json")


def save_json(value: object, path: str) -> None:
    """Write *value* in one step."""
    from aligner._save import save

    save(json.dumps(value, ensure_ascii=False, indent=2) + "\n", path)
