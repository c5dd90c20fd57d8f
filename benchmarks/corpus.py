"""Documents a second of a corpus run: by workers, and against one process that does nothing else.

    python benchmarks/corpus.py --documents 300
    python benchmarks/corpus.py --documents 2000 --workers 1 2

The documents are those of ``benchmarks/pairing.py``, repeated. The limit is a loop over the same
documents in this process: read, align, check, no files written. Prints also the greatest memory of
a worker, and the share of each stage in that loop.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import tempfile
import time
from pathlib import Path

from pairing import LANGUAGES, documents


def lay_out(count: int, folder: Path) -> Path:
    """Write *count* documents in three languages, and return their manifest."""
    found = documents(min(count * len(LANGUAGES), 1500))
    rows = []
    for number in range(count):
        paths = {}
        for language in LANGUAGES:
            path = folder / f"{number:06}.{language}.txt"
            lines = found[number % len(found)][language]
            path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
            paths[language] = str(path)
        rows.append(json.dumps({"id": f"{number:06}", "paths": paths}))
    manifest = folder / "manifest.jsonl"
    manifest.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return manifest


def limit(manifest: Path, count: int) -> dict[str, float]:
    """Return the seconds of CPU each stage takes for *count* documents, in one process."""
    from aligner import formats, load_encoder
    from aligner._align import align_documents
    from aligner._options import AlignOptions
    from aligner._types import Alignment, Signature
    from aligner._vectors import embed
    from aligner._versions import documents_of
    from aligner.checks import check

    encoder = load_encoder()
    signature = Signature("", "", "")
    spent = dict.fromkeys(("read and segment", "encode", "align", "check"), 0.0)
    for line in manifest.read_text("utf-8").splitlines()[:count]:
        marks = [time.process_time()]
        versions = [(v, formats.read(p)) for v, p in json.loads(line)["paths"].items()]
        found = documents_of(versions)
        marks.append(time.process_time())
        vectors = {document.name: embed(document, encoder) for document in found}
        marks.append(time.process_time())
        aligned = align_documents(found, vectors, AlignOptions())
        marks.append(time.process_time())
        check(Alignment(found, aligned.beads, signature, (), aligned.ladders))
        marks.append(time.process_time())
        for name, start, end in zip(spent, marks, marks[1:], strict=False):
            spent[name] += end - start
    return spent


def main() -> None:
    """Print the figures."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--shard-size", type=int, default=25)
    args = parser.parse_args()
    from aligner import corpus

    with tempfile.TemporaryDirectory() as temporary:
        manifest = lay_out(args.documents, Path(temporary))
        count = min(args.documents, 200)
        spent = limit(manifest, count)
        whole = sum(spent.values())
        shares = ", ".join(f"{name} {seconds / whole:.0%}" for name, seconds in spent.items())
        print(f"limit of one process: {count / whole:.1f} documents a second of CPU ({shares})")
        for workers in args.workers:
            job = corpus.Job(shard_size=args.shard_size)
            output = Path(temporary) / f"out{workers}"
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            started = time.perf_counter()
            summary = corpus.run(manifest, output, job=job, workers=workers)
            wall = time.perf_counter() - started
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"{workers} workers: {summary.documents / wall:.1f} documents/s, "
                f"{summary.documents / cpu:.1f} a second of CPU, "
                f"{after.ru_maxrss / 1024:.0f} MB"
            )


if __name__ == "__main__":
    main()
