"""How much memory a large translation memory takes while it is read, converted or checked.

    python benchmarks/memory.py [--megabytes 200] [--format tmx]
        [--steps read jsonl tmx] [--check 20]

The file is made first, in a temporary folder (three languages, inline codes); each step is a
process of its own, whose peak is printed with its CPU time. Bounded memory means that the peak does
not grow with the file: every step is done for a tenth of the size, too. A step is ``read`` or a
format to convert to; ``--check`` says how many megabytes of it the checks get, which take longer.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
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
RUN = """
import resource, sys
if sys.argv[1] == "read":
    from aligner.formats.bitext import iter_rows
    sum(1 for _ in iter_rows(sys.argv[2]))
else:
    from aligner.cli import main
    if main(sys.argv[1:]):
        sys.exit(1)
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
seconds = sum(one.ru_utime + one.ru_stime for one in used)
print(max(one.ru_maxrss for one in used), seconds, file=sys.stderr)
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


def measured(*arguments: str) -> tuple[float, float]:
    """Run a step; return the peak of its largest process in megabytes, and its CPU seconds."""
    source = Path(__file__).resolve().parents[1] / "src"
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(source)},
    )
    peak, seconds = map(float, done.stderr.split()[-2:])
    return peak / 1024, seconds


def report(step: str, megabytes: int, *arguments: str) -> None:
    """Print a line about a step."""
    peak, seconds = measured(*arguments)
    print(f"{step:<14} {megabytes:6,} MB  peak {peak:5.0f} MB  {seconds:7.1f} s CPU", flush=True)


def main() -> None:
    """Print a line for a tenth of the size, and one for the whole, step by step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=200)
    parser.add_argument("--format", choices=list(HEAD), default="tmx")
    parser.add_argument("--steps", nargs="*", default=["read", "jsonl", "tmx"], metavar="STEP")
    parser.add_argument("--check", type=int, default=20, metavar="MEGABYTES")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / f"big.{args.format}", Path(folder) / "out"
        for megabytes in (args.megabytes // 10, args.megabytes):
            make(path, args.format, megabytes)
            for step in args.steps:
                convert = ("convert", str(path), str(out), "--to", step, "-q")
                report(step, megabytes, *(convert if step != "read" else ("read", str(path))))
        for megabytes in filter(None, (args.check // 10, args.check)):
            make(path, args.format, megabytes)
            shape = ("-o", str(out), "--format", "jsonl", "-q")
            report("check", megabytes, "check", str(path), *shape)


if __name__ == "__main__":
    main()
