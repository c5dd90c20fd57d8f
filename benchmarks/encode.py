"""Speed of the embedded model: loading, encoding, and the ratio to only tokenising.

    python benchmarks/encode.py

Texts are the German lines of the NTREX development documents. Best of several runs, in processor
time, so that a busy machine disturbs little; with ``RAYON_NUM_THREADS=1`` that is the time taken.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from _gold import cases

from aligner.models import load_embedded

if TYPE_CHECKING:
    from collections.abc import Callable

LOAD = """
import time, numpy
start = time.process_time()
from aligner._encode import load_encoder
load_encoder()
print(time.process_time() - start)
"""


def best(run: Callable[[], object], times: int = 15) -> float:
    """Return the shortest processor time of several runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def loading(times: int = 15) -> float:
    """Return the shortest time to import and load in a new process, numpy not counted."""
    command = [sys.executable, "-c", LOAD]
    return min(float(subprocess.check_output(command, text=True)) for _ in range(times))


def main() -> None:
    texts = [line for case in cases(["ntrex"], ["en-de"]) for line in case.target if line] * 4
    encoder = load_embedded()
    tokenizer = encoder._tokenizer
    alone = best(lambda: tokenizer.encode_batch_fast(texts, add_special_tokens=False))
    whole = best(lambda: encoder.encode(texts))
    print(f"loading            {loading():8.3f} s")
    print(f"tokenising alone   {len(texts) / alone:8,.0f} texts a second")
    print(f"encoding           {len(texts) / whole:8,.0f} texts a second")
    print(f"ratio              {whole / alone:8.2f}")


if __name__ == "__main__":
    main()
