"""The ray engine: two stages of Ray Data, on this machine or on a cluster.

Actors with the encoder, on the GPUs where there are any, read the documents of a shard and make
the vectors; actors without one align, check and write it. A shard is written as the local engine
writes it, so the bytes are the same, and an actor that dies is started again by Ray: what it was
at is done again, and a document that kills its actors is left out in the end (`_attempts`). The
second stage reads the files once more, which is a hundredth of the work, rather than have every
document sent through the object store.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from aligner._encode import AdditiveEncoder, load_encoder
from aligner._errors import AlignerError, EncoderError, MissingExtraError
from aligner.corpus._attempts import attempts
from aligner.corpus._document import Aligner
from aligner.corpus._local import heaviest_first
from aligner.corpus._messages import (
    accept,
    answer,
    from_job,
    from_shard,
    one_thread,
    to_job,
    to_shard,
)
from aligner.corpus._recall import recalled, vectors_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.corpus._manifest import Shard
    from aligner.corpus._plan import Job

_ALIGNERS_AN_ENCODER = 16
_STORE = 256 * 1024 * 1024  # bytes
Batch = dict[str, Any]


class Encode:
    """First stage: the vectors of the segments of each shard."""

    def __init__(self, start: dict[str, Any]) -> None:
        self._aligner = Aligner(to_job(start["job"]), start["base"])
        self._folder: str = start["folder"]

    def __call__(self, batch: Batch) -> Batch:
        """Add the vectors; a document that cannot be read has none, the second stage says why."""
        vectors = [self._vectors(to_shard(json.loads(message))) for message in batch["shard"]]
        return {"shard": batch["shard"], "vectors": vectors}

    def _vectors(self, shard: Shard) -> bytes:
        texts: list[list[str]] = []
        with attempts(self._folder, shard.number, "encode") as tried:
            rows = () if tried.is_watched else shard.rows  # the second stage finds who is to blame
            for row in rows:
                if not row.problem:
                    with suppress(AlignerError, ValueError, MemoryError):
                        texts += self._aligner.texts(row)
            return vectors_of(texts, self._aligner.encoder)


class Align:
    """Second stage: each shard aligned, checked and written."""

    def __init__(self, start: dict[str, Any], about: dict[str, Any]) -> None:
        self._job = to_job(start["job"])
        self._encoder = recalled(
            about["name"],
            about["languages"],
            lambda: load_encoder(self._job.encoder),
            additive=about["additive"],
        )
        self._aligner = Aligner(self._job, start["base"], self._encoder)
        self._folder: str = start["folder"]

    def __call__(self, batch: Batch) -> Batch:
        """Return an answer for each shard."""
        answers = []
        for message, vectors in zip(batch["shard"], batch["vectors"], strict=True):
            self._encoder.recall(vectors)
            shard = to_shard(json.loads(message))
            said = answer(shard, self._aligner, self._folder, strict=self._job.strict)
            answers.append(json.dumps(said))
        return {"answer": answers}


def about(start: dict[str, Any]) -> dict[str, Any]:
    """Return what a machine of the cluster says of the encoder, or why it has none."""
    try:
        aligner = Aligner(to_job(start["job"]), start["base"])
    except AlignerError as error:
        return {"error": type(error).__name__, "problem": str(error)}
    languages = aligner.encoder.languages
    return {
        "signature": aligner.signature(),
        "name": aligner.encoder.name,
        "languages": None if languages is None else sorted(languages),
        "additive": isinstance(aligner.encoder, AdditiveEncoder),
    }


class Cluster:
    """The engine for one run; leaving the context ends what it has started.

    Args:
        workers: actors that align; by default one for each processor.
        address: of a cluster that runs already, as ``ray.init`` takes it; by default one is
            started on this machine.
    """

    def __init__(
        self, job: Job, folder: str, base: str, workers: int | None, address: str | None
    ) -> None:
        self._ray = _ray()
        self._start: dict[str, Any] = {"job": from_job(job), "folder": folder, "base": base}
        self._own = not self._ray.is_initialized()
        if self._own:
            _connect(self._ray, workers, address)
        try:
            resources = self._ray.cluster_resources()
            self._gpus = int(resources.get("GPU", 0))
            self._aligners = workers or _aligners(int(resources.get("CPU", 2)))
            remote = self._ray.remote(about).options(runtime_env=_environment())
            self._about: dict[str, Any] = self._ray.get(remote.remote(self._start))
            if "error" in self._about:
                raise EncoderError(self._about["problem"])
        except BaseException:
            self._leave()
            raise
        self.signature: dict[str, Any] = self._about["signature"]

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self._leave()

    def _leave(self) -> None:
        if self._own:
            self._ray.shutdown()

    def run(self, shards: Sequence[Shard]) -> Iterator[Shard]:
        """Yield the shards as they are done, in any order; those with most text begin first.

        Raises:
            InputError, OutputError: what a worker could not get past.
        """
        if not shards:
            return
        by_number = {shard.number: shard for shard in shards}
        try:
            for row in self._answers(heaviest_first(shards, self._start["base"])):
                said = json.loads(row["answer"])
                accept(said)
                yield by_number[said["shard"]]
        except self._ray.exceptions.RayError as error:
            raise AlignerError(f"the ray engine failed: {_told(error)}") from None

    def _answers(self, shards: Sequence[Shard]) -> Iterator[dict[str, Any]]:
        """Yield the answers as they come in: each shard is a block, so none waits for another."""
        from ray import data

        rows = [{"shard": json.dumps(from_shard(shard))} for shard in shards]
        encoders = self._gpus or _encoders(self._aligners)
        with _quiet(data):
            yield from (
                data.from_items(rows, override_num_blocks=len(rows))
                .map_batches(
                    Encode,
                    fn_constructor_args=(self._start,),
                    batch_size=1,
                    compute=data.ActorPoolStrategy(size=min(encoders, len(rows))),
                    **({"num_gpus": 1} if self._gpus else {"num_cpus": 1}),
                    runtime_env=_environment(),
                )
                .map_batches(
                    Align,
                    fn_constructor_args=(self._start, self._about),
                    batch_size=1,
                    compute=data.ActorPoolStrategy(size=min(self._aligners, len(rows))),
                    num_cpus=1,
                    runtime_env=_environment(),
                )
                .iter_rows()
            )


def _ray() -> Any:
    try:
        import ray
        from ray import data, exceptions  # noqa: F401  # so that both are there
    except ImportError:
        raise MissingExtraError("the ray engine", "ray", "ray") from None
    return ray


def _connect(ray: Any, workers: int | None, address: str | None) -> None:
    """Start Ray on this machine, or join the cluster at *address*."""
    from aligner._machine import processors

    logging.getLogger("ray").setLevel(logging.ERROR)
    settings: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address is None:
        aligners = workers or processors()
        settings |= {
            "num_cpus": aligners + _encoders(aligners),
            "include_dashboard": False,
            "object_store_memory": _STORE,
        }
    try:
        ray.init(address=address, **settings)
    except Exception as error:  # Ray raises whatever its parts do
        where = f"no ray cluster at {address!r}" if address else "ray does not start"
        raise AlignerError(f"{where}: {_told(error)}") from None


def _aligners(processors: int) -> int:
    """Return how many align where there are so many processors and the rest encode."""
    return max(1, processors - _encoders(processors))


def _encoders(aligners: int) -> int:
    """Return how many actors encode for so many that align: it is a small part of the work."""
    return max(1, aligners // _ALIGNERS_AN_ENCODER)


def _environment() -> dict[str, Any]:
    return {"env_vars": one_thread()}


@contextmanager
def _quiet(data: Any) -> Iterator[None]:
    """Have Ray Data draw no bars and tell no news for a while."""
    context, log = data.DataContext.get_current(), logging.getLogger("ray.data")
    before = context.enable_progress_bars, log.level
    context.enable_progress_bars = False
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        context.enable_progress_bars = before[0]
        log.setLevel(before[1])


def _told(error: BaseException) -> str:
    """Return the last line of what Ray says, which is the reason."""
    lines = str(error).strip().splitlines()
    return lines[-1].strip() if lines else type(error).__name__
