"""A corpus run measured: throughput, stages, memory, the engines beside each other, kills.

    python benchmarks/corpus.py --documents 300 --workers 1 2
    python benchmarks/corpus.py --documents 300 --workers 1 --engines local ray
    python benchmarks/corpus.py --short 20000 --workers 1
    python benchmarks/corpus.py --documents 120 --workers 2 --kills 20 [--engines ray]

The documents are those of ``benchmarks/pairing.py``, repeated; with ``--short`` they have one to
four sentences in two languages. The first line is the limit: one process that writes the same
shards, with the CPU time of each stage. Then each engine and number of workers: documents a second
from the first shard to the last, so that start-up does not count, and the greatest memory of a
worker. ``--kills`` kills a random worker or the whole run so many times, resumes, and compares the
bytes with an undisturbed run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from pairing import LANGUAGES, documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner.corpus import Engine

STAGES = ("encode", "align", "check")
_SAMPLE = 1000


def lay_out(count: int, folder: Path, *, short: bool = False) -> Path:
    """Write *count* documents, and return their manifest; equal ones are written once."""
    found = documents(min(count * len(LANGUAGES), 1500))
    if short:
        found = [{v: d[v][k : k + 1 + k % 4] for v in ("en", "de")} for d in found for k in (0, 3)]
    rows = []
    for number in range(count):
        document = found[number % len(found)]
        paths = {v: str(folder / f"{number % len(found):06}.{v}.txt") for v in document}
        if number < len(found):
            for version, path in paths.items():
                Path(path).write_text("\n\n".join(document[version]) + "\n", encoding="utf-8")
        rows.append(json.dumps({"id": f"{number:06}", "paths": paths}))
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return manifest


def limit(manifest: Path, folder: Path, shard_size: int) -> None:
    """Write the first shards in this process and print what share of the time each stage takes.

    The shares are of elapsed time: on some machines reading the processor's clock costs a
    millisecond, as much as a stage takes for a document of two sentences.
    """
    from aligner import _api
    from aligner.corpus import Job
    from aligner.corpus._document import Aligner
    from aligner.corpus._manifest import cut, read_manifest
    from aligner.corpus._plan import enter
    from aligner.corpus._shard import write_shard

    spent = dict.fromkeys(("read and segment", *STAGES), 0.0)

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        spent[name] += time.perf_counter() - begin

    job = Job(shard_size=shard_size)
    aligner = Aligner(job, str(folder))
    enter(str(folder / "limit"), job, aligner.signature(), "", resume=False)
    shards = cut(read_manifest(str(manifest)).rows[:_SAMPLE], shard_size)
    with patch.object(_api, "stage", timed):
        write_shard(shards[0], aligner, str(folder / "limit"), strict=False)  # what is loaded once
        spent.update(dict.fromkeys(spent, 0.0))
        begin, processor = time.perf_counter(), time.process_time()
        for shard in shards:
            write_shard(shard, aligner, str(folder / "limit"), strict=False)
        whole, processor = time.perf_counter() - begin, time.process_time() - processor
    count = sum(len(shard.rows) for shard in shards)
    shares = ", ".join(f"{name} {seconds / whole:.1%}" for name, seconds in spent.items())
    outside = 1 - sum(spent[name] for name in STAGES) / whole
    print(f"limit of one process: {count / processor:.1f} documents a second of CPU ({shares})")
    print(f"outside encode, align and check: {outside:.1%}")


def measure(manifest: Path, output: Path, engine: Engine, workers: int, shard_size: int) -> None:
    """Run the manifest and print the throughput from the first shard to the last."""
    from aligner import corpus

    marks: list[tuple[float, int]] = []
    begin = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    summary = corpus.run(
        manifest,
        output,
        job=corpus.Job(shard_size=shard_size),
        engine=engine,
        workers=workers,
        progress=lambda done, _: marks.append((time.perf_counter(), done)),
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    (first, done), (last, total) = marks[0], marks[-1]
    rate = (total - done) / max(last - first, 1e-9)
    own = f", {summary.documents / cpu:.1f} a second of CPU" if engine == "local" else ""
    print(
        f"{engine}, {workers} workers: {rate:.1f} documents a second{own}, "
        f"{after.ru_maxrss / 1024:.0f} MB, first shard after {first - begin:.0f} s",
        flush=True,
    )


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files of a run by their names."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def descendants(parent: int) -> list[int]:
    """Return the processes that *parent* has started, directly or not."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.parent.name))
    found, waiting = [], [parent]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def workers_of(run: int) -> list[int]:
    """Return the processes of the run that align, whichever engine started them."""
    found = []
    for pid in descendants(run):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace")
        except OSError:
            continue
        if "corpus._worker" in words or words.startswith("ray::"):
            found.append(pid)
    return found


def kill(manifest: Path, folder: Path, engine: str, args: argparse.Namespace) -> None:
    """Kill workers and runs at random until there were enough, then let the run end."""
    command = [sys.executable, "-m", "aligner", "corpus", "run", str(manifest), "--quiet"]
    command += ["--shard-size", str(args.shard_size), "--engine", engine]
    command += ["--workers", str(max(args.workers)), "--resume"]
    whole, out = folder / "whole", folder / f"killed-{engine}"
    if not whole.exists():
        local = ["local" if word == engine else word for word in command]
        subprocess.run([*local, "-o", str(whole)], check=True, stdout=subprocess.DEVNULL)
    shards = -(-(args.short or args.documents) // args.shard_size)
    rng, killed = random.Random(8), {"worker": 0, "run": 0}
    run = None
    for number in range(args.kills):
        wanted = (number + 1) * shards // (args.kills + 2)
        if run is None or run.poll() is not None:
            run = _begin([*command, "-o", str(out)])
        while run.poll() is None and len(list(out.glob("records/*.json"))) < wanted:
            time.sleep(0.02)
        time.sleep(rng.random() / 2)
        found = workers_of(run.pid)
        if number % 2 and found:
            os.kill(rng.choice(found), signal.SIGKILL)
            killed["worker"] += 1
        else:
            run.kill()
            run.wait()
            killed["run"] += 1
    assert run is not None
    if run.poll() is None:
        run.wait()
    subprocess.run([*command, "-o", str(out)], check=True, stdout=subprocess.DEVNULL)
    same = "the same bytes" if tree(out) == tree(whole) else "OTHER BYTES"
    print(f"{engine}: killed {killed['worker']} workers and {killed['run']} runs: {same}")


def _begin(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main() -> None:
    """Print the figures."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--short", type=int, metavar="N", help="so many short documents instead")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--engines", nargs="+", default=["local"])
    parser.add_argument("--shard-size", type=int, default=25)
    parser.add_argument("--kills", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        manifest = lay_out(args.short or args.documents, folder, short=bool(args.short))
        if args.kills:
            for engine in args.engines:
                kill(manifest, folder, engine, args)
            return
        limit(manifest, folder, args.shard_size)
        for workers in args.workers:
            for engine in args.engines:
                output = folder / f"{engine}-{workers}"
                measure(manifest, output, engine, workers, args.shard_size)


if __name__ == "__main__":
    main()
