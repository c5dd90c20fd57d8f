"""What goes wrong around the program: interrupts, full disks, other settings of the machine."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from aligner.cli import main

BEFORE = "what stood here before\n"
MAKE_JSON = ("align", "de.txt", "sv.txt", "--languages", "de,sv", "-o")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with two texts and a bitext."""
    monkeypatch.chdir(tmp_path)
    Path("de.txt").write_text("Das Haus ist alt. Es steht am See.\n", encoding="utf-8")
    Path("sv.txt").write_text("Huset är gammalt. Det står vid sjön.\n", encoding="utf-8")
    rows = "de\tsv\nDas Haus.\tHuset.\nEin See.\tEn sjö.\n"
    Path("rows.tsv").write_text(rows, encoding="utf-8")
    return tmp_path


COMMANDS = {
    "align": [*MAKE_JSON, "out.json"],
    "compare": ["compare", "de.txt", "sv.txt", "--languages", "de,sv", "-o", "out.json"],
    "check": ["check", "rows.tsv", "--format", "jsonl", "-o", "out.json"],
    "convert": ["convert", "rows.tsv", "out.json"],
    "filter": ["corpus", "filter", "rows.tsv", "-o", "out.json"],
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("trouble", "code", "message"),
    [
        (KeyboardInterrupt(), 130, "aligner: interrupted"),
        (
            OSError(28, "No space left on device"),
            2,
            "aligner: error: out.json: cannot be written (No space left on device)",
        ),
    ],
    ids=["interrupt", "full disk"],
)
def test_a_write_that_breaks_off_leaves_what_was_there(
    folder: Path,
    command: str,
    trouble: BaseException,
    code: int,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = folder / "out.json"
    out.write_text(BEFORE, encoding="utf-8")
    names = sorted(path.name for path in folder.iterdir())

    def fail(*_: object) -> NoReturn:
        raise trouble

    monkeypatch.setattr(os, "replace", fail)
    assert main(COMMANDS[command]) == code
    assert capsys.readouterr().err.splitlines()[-1] == message
    assert out.read_text(encoding="utf-8") == BEFORE
    assert sorted(path.name for path in folder.iterdir()) == names


def _aligner(
    folder: Path, *argv: str, limit: int = 0, environment: dict[str, str] | None = None
) -> tuple[int, str]:
    """Run the command line in a process of its own, with a limit on the size of files."""

    def restrict() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "aligner", *argv],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        preexec_fn=restrict,  # no threads here
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stderr


def test_a_full_disk_is_one_clear_error_and_leaves_nothing(folder: Path) -> None:
    code, error = _aligner(folder, *MAKE_JSON, "out.json", limit=100)
    assert code == 2
    assert error.splitlines()[-1] == "aligner: error: out.json: cannot be written (File too large)"
    assert sorted(path.name for path in folder.iterdir()) == ["de.txt", "rows.tsv", "sv.txt"]


def test_threads_hash_seeds_and_places_do_not_show(folder: Path, samples: Path) -> None:
    texts = [str(samples / "statement" / f"{language}.txt") for language in ("en", "de", "sv")]
    results = []
    for number in ("1", "2"):
        settings = {"OMP_NUM_THREADS": number, "PYTHONHASHSEED": number, "TZ": f"UTC+{number}"}
        settings |= {"OPENBLAS_NUM_THREADS": number, "LC_ALL": "C.UTF-8" if number == "1" else "C"}
        out = f"{number}.json"
        code, error = _aligner(folder, "compare", *texts, "-o", out, environment=settings)
        assert code == 0, error
        results.append((folder / out).read_bytes())
    assert results[0] == results[1]
