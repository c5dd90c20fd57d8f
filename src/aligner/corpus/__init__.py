"""Align and check many documents: a manifest in, shards out, resumable at any point.

    python -c "from aligner import corpus; print(corpus.run('texts.jsonl', 'aligned/'))"

The manifest is cut into shards of some documents each, in its order. A worker process aligns and
checks a shard, writes it beside its place and renames it, then does the same with the shard's
record, which says that it is done. So a run may be killed at any point: what is there is whole, and
a resumed run does only what has no record. Nothing that depends on time or on the number of workers
is written, so the bytes are those of an undisturbed run.

The folder of a run:

- ``run.json``: what makes the result: version, encoder, segmenter, options, manifest
- ``shards/00000.jsonl``: a line a document: beads, probabilities, findings, signature
- ``records/00000.json``: counts of the shard, and its failures
- ``failed.jsonl``: documents that could not be aligned, each with its error
- ``summary.json``: counts, findings by code and version, documents that look wrong
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.corpus._filter import scores
from aligner.corpus._plan import Job
from aligner.corpus._summary import Summary

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Job", "Summary", "run", "scores"]


def run(
    manifest: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    job: Job | None = None,
    workers: int | None = None,
    resume: bool = False,
    strict: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Summary:
    """Align and check the documents of *manifest* and write the shards into *output*.

    Args:
        manifest: JSONL with ``id`` and ``paths`` by version, CSV with a column a version, or
            parquet; see ``aligner pair --format manifest``.
        output: a folder that is new or empty, or, to *resume*, one of the same run.
        workers: processes, each with its own encoder; by default one for each processor.
        strict: stop at the first document that fails.
        progress: called with the documents done and all documents, whenever a shard is done.

    Raises:
        InputError: for a manifest that cannot be used; with *strict*, for a document as well.
        OutputError: for a folder of another run, or one that cannot be written.
    """
    from aligner.corpus._local import Pool
    from aligner.corpus._manifest import cut, read_manifest
    from aligner.corpus._plan import enter, finished
    from aligner.corpus._summary import summarise

    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    found = read_manifest(Path(manifest))
    job = replace(job or Job(), strict=strict)
    shards = cut(found.rows, job.shard_size)
    folder = Path(output)
    size = min(workers or processors(), len(shards))
    with Pool(job, folder, Path(manifest).parent, size) as pool:
        enter(folder, job, pool.signature, found.digest, resume=resume)
        done = finished(folder) & {shard.number for shard in shards}
        waiting = [shard for shard in shards if shard.number not in done]
        count = len(found.rows) - sum(len(shard.rows) for shard in waiting)
        for shard in pool.run(waiting):
            count += len(shard.rows)
            if progress:
                progress(count, len(found.rows))
    return summarise(folder, len(shards))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
