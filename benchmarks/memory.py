"""How much memory a large translation memory takes while it is read row by row.

    python benchmarks/memory.py [--megabytes 200] [--format tmx]

The file is made first (three languages, inline codes); every size is read in a process of its own,
whose peak is printed. Bounded memory means that the peak does not grow with the file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = {
    "tmx": '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header srclang="en" '
    'datatype="xml" segtype="sentence" adminlang="en" creationtool="b" creationtoolversion="1" '
    'o-tmf="b"/><body>\n',
    "xliff": '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="2.1" '
    'srcLang="en" trgLang="de" xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f">\n',
}
TAIL = {"tmx": "</body></tmx>\n", "xliff": "</file></xliff>\n"}
TEXTS = {
    "en": "The council agreed on {} measures, and <ph/> they begin on the third of May.",
    "de": "Der Rat einigte sich auf {} Maßnahmen, und <ph/> sie beginnen am dritten Mai.",
    "sv": "Rådet enades om {} åtgärder, och <ph/> de börjar den tredje maj som tänkt.",
}
READ = """
import resource, sys
from aligner.formats.bitext import iter_rows
rows = sum(1 for _ in iter_rows(sys.argv[1]))
print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def units(name: str) -> Iterator[str]:
    """Yield units without end."""
    number = 0
    while True:
        number += 1
        en, de, sv = (text.format(number) for text in TEXTS.values())
        if name == "tmx":
            sides = zip(TEXTS, (en, de, sv), strict=True)
            inside = "".join(f'<tuv xml:lang="{k}"><seg>{t}</seg></tuv>' for k, t in sides)
            yield f'<tu tuid="{number}"><prop type="x-domain">town</prop>{inside}</tu>\n'
        else:
            en, de = (text.replace("<ph/>", '<ph id="1"/>') for text in (en, de))
            yield (
                f'<unit id="{number}"><segment><source>{en}</source><target>{de}</target>'
                "</segment></unit>\n"
            )


def make(path: Path, name: str, megabytes: int) -> None:
    """Write a file of about *megabytes*."""
    with path.open("w", encoding="utf-8") as file:
        size = file.write(HEAD[name])
        for unit in units(name):
            size += file.write(unit)
            if size >= megabytes * 1_000_000:
                break
        file.write(TAIL[name])


def main() -> None:
    """Print a line for a tenth of the size, and one for the whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--format", choices=list(HEAD), default="tmx")
    args = parser.parse_args()
    source = Path(__file__).resolve().parents[1] / "src"
    for megabytes in (args.megabytes // 10, args.megabytes):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"big.{args.format}"
            make(path, args.format, megabytes)
            begin = time.perf_counter()
            done = subprocess.run(
                [sys.executable, "-c", READ, str(path)],
                capture_output=True,
                text=True,
                check=True,
                env=os.environ | {"PYTHONPATH": str(source)},
            )
            seconds = time.perf_counter() - begin
            rows, peak = map(int, done.stdout.split())
            print(
                f"{path.stat().st_size / 1e6:6.0f} MB {rows:9,} rows  peak {peak / 1024:5.0f} MB  "
                f"{seconds:5.1f} s"
            )


if __name__ == "__main__":
    main()
