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
- ``overview.html``: the same for people
"""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from aligner.corpus._filter import scores
from aligner.corpus._plan import Job
from aligner.corpus._values import Summary

if TYPE_CHECKING:
    from aligner._progress import ProgressCallback
    from aligner.corpus._local import Pool
    from aligner.corpus._ray import Cluster

Engine: TypeAlias = Literal["local", "ray"]

__all__ = ["Job", "Summary", "run", "scores"]

for _value in (Job, Summary):
    _value.__module__ = __name__


def run(
    manifest: str | os.PathLike[str],
    output: str | os.PathLike[str],
    *,
    job: Job | None = None,
    engine: Engine = "local",
    workers: int | None = None,
    address: str | None = None,
    resume: bool = False,
    strict: bool = False,
    progress: ProgressCallback | None = None,
) -> Summary:
    """Align and check the documents of *manifest* and write the shards into *output*.

    Both may lie wherever fsspec reaches (``s3://...``), and so may the documents.

    Args:
        manifest: JSONL with ``id`` and ``paths`` by version, CSV with a column a version, or
            parquet; see ``aligner pair --format manifest``.
        output: a folder that is new or empty, or, to *resume*, one of the same run.
        engine: ``local``, processes on this machine, or ``ray``, which can be many machines; both
            write the same bytes.
        workers: processes that align, each on one thread; by default one for each processor.
        address: of a Ray cluster that runs already; by default ``ray`` starts one here.
        strict: stop at the first document that fails.
        progress: told how many documents of how many are done.

    Raises:
        InputError: for a manifest that cannot be used; with *strict*, for a document as well.
        OutputError: for a folder of another run, or one that cannot be written.
    """
    from aligner._progress import Progress
    from aligner._storage import is_url, parent
    from aligner.corpus._manifest import cut, read_manifest
    from aligner.corpus._plan import enter, finished, tidy
    from aligner.corpus._summary import summarise

    if workers is not None and workers < 1:
        raise ValueError(f"workers must be 1 or more, not {workers}")
    source, folder = os.fspath(manifest), os.fspath(output)
    folder = folder.rstrip("/") if is_url(folder) else os.path.abspath(folder)
    found = read_manifest(source)
    job = replace(job or Job(), strict=strict)
    shards = cut(found.rows, job.shard_size)
    with _started(engine, job, folder, parent(source), workers, address, len(shards)) as pool:
        enter(folder, job, pool.signature, found.digest, resume=resume)
        done = finished(folder) & {shard.number for shard in shards}
        waiting = [shard for shard in shards if shard.number not in done]
        told = Progress(progress, len(found.rows))
        told.add(sum(len(shard.rows) for shard in shards if shard.number in done))
        for shard in pool.run(waiting):
            told.add(len(shard.rows))
    tidy(folder)
    return summarise(folder, len(shards))


def _started(
    engine: Engine,
    job: Job,
    folder: str,
    base: str,
    workers: int | None,
    address: str | None,
    shards: int,
) -> Pool | Cluster:
    from aligner._machine import processors
    from aligner.corpus._local import Pool

    if engine == "ray":
        from aligner.corpus._ray import Cluster

        return Cluster(job, folder, base, workers, address)
    if engine != "local":
        raise ValueError(f"unknown engine {engine!r}; there are local and ray")
    if address is not None:
        raise ValueError("an address is of a ray cluster; say engine ray as well")
    return Pool(job, folder, base, min(workers or processors(), shards))
