"""What the command line says and leaves while work is long: bars, times, Ctrl-C, completion."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import aligner
from aligner import ProgressBar
from aligner.cli import main

SOURCE = Path(aligner.__file__).parent.parent


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def lines(tmp_path: Path) -> list[str]:
    """Return two files of a few sentences."""
    texts = {
        "en": ["The bridge opens in June.", "It cost 12 million.", "Cyclists pay nothing."],
        "de": [
            "Die Brücke öffnet im Juni.",
            "Sie kostete 12 Millionen.",
            "Radfahrer zahlen nichts.",
        ],
    }
    paths = []
    for name, rows in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        paths.append(str(path))
    return paths


def test_a_bar_stands_from_the_least_work_on(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    bar = ProgressBar("aligning", "checking", least=10)
    for done in (0, 5, 10):
        bar(done, 10)
    for done in (0, 5, 9):
        bar(done, 9)
    assert "aligning" in screen.getvalue()
    assert "checking" not in screen.getvalue()
    for done in (0, 12):
        bar(done, 12)
    assert screen.getvalue().endswith("\r")  # gone, nothing stays on the line


@pytest.mark.model
@pytest.mark.parametrize("command", [["compare"], ["review", "--export", "-"]])
@pytest.mark.parametrize(("terminal", "quiet"), [(True, False), (True, True), (False, False)])
def test_bars_are_for_terminals(
    lines: list[str],
    command: list[str],
    terminal: bool,
    quiet: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = Terminal() if terminal else io.StringIO()
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr(ProgressBar.__init__, "__kwdefaults__", {"least": 1})
    assert main([*command, *lines, "--format", "json", *(["-q"] if quiet else [])]) == 0
    assert ("aligning" in screen.getvalue()) == (terminal and not quiet)
    assert ("checking" in screen.getvalue()) == (terminal and not quiet)


@pytest.mark.model
def test_verbose_says_how_long_each_stage_takes(
    lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *lines, "--format", "json", "-v"]) == 0
    stages = re.findall(r"^time: (.+): \d+\.\d\d s$", capsys.readouterr().err, re.M)
    assert stages == ["read", "read and segment", "encode", "align", "check", "write", "all"]
    assert main(["compare", *lines, "--format", "json"]) == 0
    assert "time:" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["align", "compare", "check", "convert"])
def test_ctrl_c_leaves_nothing_half_written(
    command: str, lines: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tmp_path / "rows.tsv"
    rows.write_text("id\ten\tde\n1\tYes.\tJa.\n", encoding="utf-8")
    out = tmp_path / "out.json"
    out.write_text("what was there", encoding="utf-8")

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)  # the last step of writing a file
    given = {
        "align": [*lines, "-o", str(out)],
        "compare": [*lines, "-o", str(out)],
        "check": [str(rows), "--format", "jsonl", "-o", str(out)],
        "convert": [str(rows), str(out)],
    }[command]
    assert main([command, *given]) == 130
    assert out.read_text(encoding="utf-8") == "what was there"
    assert {p.name for p in tmp_path.iterdir()} == {"en.txt", "de.txt", "rows.tsv", "out.json"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("aligner conv", {"convert "}),
        ("aligner compare --fail-on m", {"minor", "major"}),
        ("aligner align --hard", {"--hard-breaks "}),
    ],
)
def test_a_shell_gets_its_completions(line: str, expected: set[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = {
        "_ARGCOMPLETE": "1",
        "_ARGCOMPLETE_IFS": "\n",
        "_ARGCOMPLETE_STDOUT_FILENAME": str(out),
        "COMP_LINE": line,
        "COMP_POINT": str(len(line)),
    }
    subprocess.run(
        [sys.executable, "-m", "aligner"],
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | asked,
        check=True,
        capture_output=True,
    )
    assert set(out.read_text(encoding="utf-8").split("\n")) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_shell_has_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    assert "aligner" in capsys.readouterr().out


@pytest.mark.model
def test_a_report_that_is_written_leaves_its_summary_on_the_terminal(
    lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = ["-o", str(tmp_path / "report.html"), "-o", str(tmp_path / "report.md")]
    assert main(["compare", *lines, *out]) == 0
    told = "note: 3 of 3 passages stand in both versions. No differences in meaning were found.\n"
    assert capsys.readouterr() == ("", told)
    assert main(["compare", *lines]) == 0
    assert "note:" not in capsys.readouterr().err


@pytest.mark.model
def test_files_left_out_for_one_reason_are_one_note(
    lines: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.tsv", "b.tsv", "c.tsv"):
        (tmp_path / name).write_text("id\ten\tde\n1\tYes.\tJa.\n", encoding="utf-8")
    for command, how in (("pair", "paired"), ("mine", "mined")):
        assert main([command, str(tmp_path)]) == 0
        told = (
            f"note: {tmp_path / 'a.tsv'} and 2 more: tsv files are not read as one text; not {how}"
        )
        assert told in capsys.readouterr().err.splitlines()
