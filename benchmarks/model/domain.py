"""A domain the embedded model has not seen: Blender's messages as a translation memory.

    python benchmarks/model/domain.py WORK

Writes ``WORK/blender.tmx`` from the Debian package ``blender-data`` and trains on it.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from xml.sax.saxutils import escape

from texts import from_catalogues, unpack

from aligner.train import fit

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4"><header creationtool="aligner" '
    'creationtoolversion="1" segtype="sentence" o-tmf="mo" adminlang="en" srclang="en" '
    'datatype="plaintext"/><body>\n'
)
UNIT = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="de"><seg>{}</seg></tuv></tu>\n'


def memory(work: Path) -> Path:
    """Write the messages as TMX, in random order."""
    pairs = sorted(from_catalogues(unpack("blender-data", work))["en-de"])
    random.Random(1).shuffle(pairs)
    path = work / "blender.tmx"
    units = "".join(UNIT.format(escape(en), escape(de)) for en, de in pairs)
    path.write_text(f"{HEAD}{units}</body></tmx>\n", encoding="utf-8")
    return path


def main(work: Path) -> None:
    path = memory(work)
    start, spent = time.perf_counter(), time.process_time()
    print(fit([path], work / "blender-model", progress=True))
    print(f"{time.perf_counter() - start:.0f} s, {time.process_time() - spent:.0f} s of processor")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
