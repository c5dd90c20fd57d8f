"""Fuzz every reader, guided by coverage: no crash, no hang, no leak.

    python benchmarks/fuzz.py                         # every reader for a minute
    python benchmarks/fuzz.py docx tmx --seconds 1800
    python benchmarks/fuzz.py --keep found/           # keep the files that break a reader

Each reader runs in a process of its own, from the small real file that the tests use, with a limit
of 20 seconds of processor time an input and of 2 GB of memory: on a busy machine the clock says
nothing of an input. So the processor time that a reader got is printed as well. Archives are
damaged inside as well as outside. A file that ends in anything but a result or an ``AlignerError``
is a find: make a test of it. Needs atheris (libFuzzer for Python) and the test extra.
"""

from __future__ import annotations

import argparse
import importlib
import io
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import warnings
import zipfile
from contextlib import suppress
from pathlib import Path

TESTS = Path(__file__).parent.parent / "tests"
ARCHIVE = b"PK\x03\x04"
CHILD = "--child"  # the process that fuzzes one reader
SECONDS_AN_INPUT, MEMORY_MB = 20, 2048
CLOCK_SECONDS = 600  # for an input that hangs where Python cannot be interrupted
_DONE = re.compile(r"^#(\d+)\s+DONE\s+cov: (\d+).*rss: (\d+)Mb", re.MULTILINE)


def main() -> int:
    """Fuzz the readers named, one after another, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("readers", nargs="*", help="names of formats (default: all)")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, help="folder for the files that break a reader")
    if sys.argv[1:2] == [CHILD]:
        fuzz(sys.argv[2], sys.argv[3:])
    args = parser.parse_args()
    files = real_files()
    print(f"{'reader':10} {'inputs':>9} {'branches':>9} {'memory':>8} {'CPU':>7}  result")
    names = args.readers or sorted(files)
    return max(run(name, files[name], args.seconds, args.keep) for name in names)


def real_files() -> dict[str, bytes]:
    """Return the small files that the tests damage, by format.

    The tests' own module is imported here and not above: the process that fuzzes must import
    nothing of aligner before it watches the imports.
    """
    sys.path.insert(0, str(TESTS))
    import _files

    files: dict[str, bytes] = _files.real_files()
    return files


def run(name: str, real: bytes, seconds: int, keep: Path | None) -> int:
    """Fuzz one reader in a process of its own; return 1 if something was found."""
    with tempfile.TemporaryDirectory() as folder:
        corpus, found = Path(folder, "corpus"), keep or Path(folder, "found")
        corpus.mkdir()
        found.mkdir(parents=True, exist_ok=True)
        (corpus / "real").write_bytes(real)
        before = set(found.glob(f"{name}-*"))
        limits = {
            "timeout": CLOCK_SECONDS,
            "report_slow_units": CLOCK_SECONDS,
            "rss_limit_mb": MEMORY_MB,
            "max_len": 20_000,
            "max_total_time": seconds,
            "artifact_prefix": f"{found}/{name}-",
        }
        options = [f"-{key}={value}" for key, value in limits.items()]
        start = processor_time()
        done = subprocess.run(
            [sys.executable, __file__, CHILD, name, str(corpus), *options],
            capture_output=True,
            text=True,
            errors="replace",
        )
        counts = _DONE.search(done.stderr)
        shown = counts.groups() if counts else ("?", "?", "?")
        finds = sorted(path.name for path in set(found.glob(f"{name}-*")) - before)
    clean = done.returncode == 0 and not finds
    result = "clean" if clean else f"FOUND {' '.join(finds)}"
    time = f"{processor_time() - start:.0f} s"
    print(f"{name:10} {shown[0]:>9} {shown[1]:>9} {shown[2]:>5} MB {time:>7}  {result}", flush=True)
    if not clean:
        print(done.stdout[-1500:], done.stderr[-1500:], file=sys.stderr)
    return int(not clean)


def processor_time() -> float:
    """Return the seconds that the processes which have ended worked."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Hang(BaseException):
    """An input takes too long; no reader may take it for the fault of a file."""


def hang(*_: object) -> None:
    """Break off an input whose time is over."""
    raise Hang(f"more than {SECONDS_AN_INPUT} s of processor time")


def fuzz(name: str, arguments: list[str]) -> None:
    """Run the fuzzer on one reader; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["aligner", "markdown_it"]):
        from aligner import InputError
        from aligner._decode import Source
        from aligner.formats import FORMATS

        importlib.import_module(f"aligner.formats.{FORMATS[name].module}")
    warnings.simplefilter("ignore")
    format = FORMATS[name]
    signal.signal(signal.SIGVTALRM, hang)

    def one(data: bytes) -> None:
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS_AN_INPUT)
        source = Source(f"x.{name}", data)
        with suppress(InputError):
            if format.reads:
                format.read(source)
        with suppress(InputError):
            if format.aligned:
                format.read_alignment(source)

    is_archive = Path(arguments[0], "real").read_bytes().startswith(ARCHIVE)
    options = {"custom_mutator": mutate_archive} if is_archive else {}
    atheris.Setup([sys.argv[0], *arguments], one, **options)
    atheris.Fuzz()


def mutate_archive(data: bytes, longest: int, seed: int) -> bytes:
    """Return *data* with one of its members damaged, or damaged itself."""
    import atheris

    choose = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except Exception:  # whatever a broken archive raises, it is damaged further as it is
        members = {}
    if not members or choose.random() < 0.2:
        return bytes(atheris.Mutate(data, longest))
    chosen = choose.choice(sorted(members))
    members[chosen] = bytes(atheris.Mutate(members[chosen], longest))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue() if out.tell() <= longest else data


if __name__ == "__main__":
    sys.exit(main())
