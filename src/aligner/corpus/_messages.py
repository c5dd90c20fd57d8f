"""What a run tells its workers and what they answer, as plain JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aligner._errors import InputError, OutputError
from aligner.corpus._manifest import Row, Shard
from aligner.corpus._plan import Job
from aligner.corpus._shard import write_shard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aligner.corpus._document import Aligner

ONE_THREAD = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "RAYON_NUM_THREADS",
    "NUMBA_NUM_THREADS",
)


def one_thread() -> dict[str, str]:
    """Return the environment in which a worker runs on one thread.

    The bytes of a result must not depend on how many share the machine, and sums in another order
    differ in the last digit.
    """
    return dict.fromkeys(ONE_THREAD, "1") | {"TOKENIZERS_PARALLELISM": "false"}


def from_job(job: Job) -> dict[str, Any]:
    """Return the job as a message."""
    return asdict(job)


def to_job(values: Mapping[str, Any]) -> Job:
    """Return the job of a message."""
    lists = {name: tuple(values[name]) for name in ("select", "ignore")}
    options = tuple((name, value) for name, value in values["options"])
    return Job(**{**values, **lists, "options": options})


def from_shard(shard: Shard) -> dict[str, Any]:
    """Return the shard as a message."""
    rows = [
        {
            "id": row.id,
            "paths": dict(row.paths),
            "options": dict(row.options),
            "problem": row.problem,
        }
        for row in shard.rows
    ]
    return {"number": shard.number, "rows": rows}


def to_shard(values: Mapping[str, Any]) -> Shard:
    """Return the shard of a message."""
    return Shard(values["number"], tuple(Row(**row) for row in values["rows"]))


def answer(shard: Shard, aligner: Aligner, folder: str, *, strict: bool) -> dict[str, Any]:
    """Write *shard* and return the answer."""
    try:
        write_shard(shard, aligner, folder, strict=strict)
    except InputError as error:
        place = {"path": error.path, "problem": error.problem}
        return {"shard": shard.number, "error": type(error).__name__, **place}
    except (OutputError, OSError) as error:
        return {"shard": shard.number, "error": OutputError.__name__, "problem": str(error)}
    return {"shard": shard.number}


def accept(answer: Mapping[str, Any]) -> None:
    """Raise the error that an answer tells of."""
    if answer.get("error") == OutputError.__name__:
        raise OutputError(answer["problem"])
    if "error" in answer:
        raise InputError(answer["path"], answer["problem"])
