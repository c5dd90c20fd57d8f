"""Compare thousands of texts in one process: memory stays flat.

    python benchmarks/soak.py             # 10,000 comparisons
    python benchmarks/soak.py 1000

Texts are drawn, with a seed, from the sentences of ``data/samples``, each comparison another three
versions of 3 to 12 segments. Printed is the memory of the process after each tenth, against that
after the first one; growth beyond the noise of the allocator would be a leak.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

import aligner

SAMPLES = Path(__file__).parent.parent / "data" / "samples" / "statement"
LANGUAGES = ("en", "de", "sv")


def resident() -> float:
    """Return the memory of this process in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main(count: int) -> None:
    """Compare *count* texts and print the memory as it goes."""
    read = {n: aligner.segment(aligner.read(SAMPLES / f"{n}.txt").text, n) for n in LANGUAGES}
    lines = {name: [segment.text for segment in found] for name, found in read.items()}
    choose = random.Random(0)
    step = max(1, count // 10)
    first = findings = 0.0
    for number in range(1, count + 1):
        start, length = choose.randrange(30), choose.randrange(3, 13)
        texts = {name: found[start : start + length] for name, found in lines.items()}
        found = aligner.compare(texts, languages=LANGUAGES)
        findings += len(found.divergences)
        if number % step == 0:
            first = first or resident()
            now = resident()
            print(f"{number:7} comparisons  {now:7.1f} MB  {now / first:.3f} of the first tenth's")
    print(f"{findings / count:.1f} findings a comparison")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
