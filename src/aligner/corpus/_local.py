"""The local engine: worker processes, each asked for one shard after another.

Workers are plain processes that speak JSON over their standard input and output, rather than a
`ProcessPoolExecutor`: a worker that dies is known by name and replaced, one whose run was killed
ends by itself, nothing is pickled, and a script needs no ``if __name__ == "__main__"``.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aligner
from aligner._errors import AlignerError, EncoderError
from aligner._storage import resolved, size
from aligner.corpus._attempts import DEATHS, most
from aligner.corpus._messages import accept, from_job, from_shard, one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.corpus._manifest import Shard
    from aligner.corpus._plan import Job

_STARTS = 3  # tries to start a worker


def heaviest_first(shards: Sequence[Shard], base: str) -> list[Shard]:
    """Return the shards, those with most text first, so that no long one is left for the end."""
    weights = {
        shard.number: sum(
            size(resolved(path, base)) for row in shard.rows for path in row.paths.values()
        )
        for shard in shards
    }
    return sorted(shards, key=lambda shard: weights[shard.number], reverse=True)


class Pool:
    """Worker processes for one run, each on one thread; leaving the context ends them."""

    def __init__(self, job: Job, folder: str, base: str, workers: int) -> None:
        self._base = base
        self._start = {"job": from_job(job), "folder": folder, "base": base}
        self._size = workers
        self._stop = threading.Event()
        first = self._begun(_STARTS)
        self._first: _Worker | None = first
        self._workers = {first}
        self.signature = first.signature

    def _begun(self, tries: int) -> _Worker:
        for _ in range(tries):
            try:
                return _Worker(self._start)
            except _DeadWorkerError:
                if self._stop.is_set():
                    raise
        raise AlignerError("a worker process cannot start; it says why above")

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for worker in list(self._workers):
            worker.end()

    def run(self, shards: Sequence[Shard]) -> Iterator[Shard]:
        """Yield the shards as they are done, in any order; those with most text begin first.

        Raises:
            InputError, OutputError: what a worker could not get past.
        """
        waiting: queue.SimpleQueue[Shard] = queue.SimpleQueue()
        for shard in heaviest_first(shards, self._base):
            waiting.put(shard)
        answers: queue.SimpleQueue[Shard | BaseException] = queue.SimpleQueue()
        threads = [
            threading.Thread(target=self._serve, args=(waiting, answers), daemon=True)
            for _ in range(min(self._size, len(shards)))
        ]
        for thread in threads:
            thread.start()
        for _ in shards:
            answer = answers.get()
            if isinstance(answer, BaseException):
                raise answer
            yield answer

    def _serve(
        self,
        waiting: queue.SimpleQueue[Shard],
        answers: queue.SimpleQueue[Shard | BaseException],
    ) -> None:
        """Keep one worker busy until no shard waits."""
        worker: _Worker | None = None
        try:
            while not self._stop.is_set():
                try:
                    shard = waiting.get_nowait()
                except queue.Empty:
                    return
                worker = self._asked(shard, worker)
                answers.put(shard)
        except Exception as error:  # goes to the caller of `run`
            answers.put(error)

    def _asked(self, shard: Shard, worker: _Worker | None) -> _Worker:
        """Have *shard* done and return the worker that did it; a dead one is replaced."""
        for _ in range(most(len(shard.rows))):
            try:
                worker = worker or self._new()
                worker.ask(shard)
            except _DeadWorkerError:
                if self._stop.is_set():
                    raise
                if worker is not None:
                    worker.end()
                    self._workers.discard(worker)
                worker = None
            else:
                return worker
        ids = f"{shard.rows[0].id!r} to {shard.rows[-1].id!r}"
        raise AlignerError(
            f"workers die over the documents {ids}, whichever is left out; is there enough memory?"
        )

    def _new(self) -> _Worker:
        first, self._first = self._first, None
        if first is not None:
            return first
        worker = self._begun(DEATHS)
        self._workers.add(worker)
        if self._stop.is_set():
            worker.end()
        return worker


class _DeadWorkerError(Exception):
    """A worker ended without an answer."""


class _Worker:
    """One worker process."""

    def __init__(self, start: dict[str, Any]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "aligner.corpus._worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            process_group=0,  # Ctrl-C is for the run, which ends its workers
            text=True,
            encoding="utf-8",
        )
        try:
            answer = self._answer(start)
            if "error" in answer:
                raise EncoderError(answer["problem"])
        except BaseException:
            self.end()
            raise
        self.signature: dict[str, Any] = answer["signature"]

    def ask(self, shard: Shard) -> None:
        """Have *shard* written."""
        accept(self._answer(from_shard(shard)))

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue

    def _answer(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        if not line.endswith("\n"):
            raise _DeadWorkerError
        answer: dict[str, Any] = json.loads(line)
        return answer


def _environment() -> dict[str, str]:
    """Return the environment of a worker: this very aligner, one thread."""
    here = str(Path(aligner.__file__).parent.parent)
    paths = [here, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    path = os.pathsep.join(dict.fromkeys(paths))
    return os.environ | one_thread() | {"PYTHONPATH": path}
