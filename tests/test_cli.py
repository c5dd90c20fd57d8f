"""The command line: outputs, exit codes, and one clear line for every bad input."""

from __future__ import annotations

import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import aligner.cli
import aligner.formats
from aligner.cli import COMMANDS, build_parser, main
from aligner.cli._columns import wrap

SOURCE = Path(aligner.__file__).parent.parent
EN = "The cat sat on the mat. It was raining all day. Nobody came to see it.\n"
DE = "Die Katze saß auf der Matte. Es regnete den ganzen Tag. Niemand kam, um es zu sehen.\n"

pytestmark = pytest.mark.model


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an English and a German text, and stand in it."""
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "de.txt").write_text(DE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)
    return tmp_path


class Result:
    """What a run printed, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Result]


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command line in the folder."""

    def run(*argv: str) -> Result:
        code = main(argv)
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Result(code, out, err)

    return run


def spawn(*argv: str, cwd: Path, **options: str) -> subprocess.Popen[bytes]:
    """Start the installed command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "aligner", *argv],
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(SOURCE)} | options,
    )


def test_the_default_is_columns_side_by_side_with_probabilities(run: Run) -> None:
    done = run("align", "en.txt", "de.txt", "--languages", "en,de")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].split() == ["prob", "en", "de"]
    assert re.match(r"[01]\.\d\d   The cat sat on the mat\. +Die Katze saß", lines[2])
    assert max(map(len, lines)) <= 100
    assert "\x1b" not in done.out
    assert done.err == "note: 3 beads: 3 of 1-1\n"


def test_quiet_prints_no_notes(run: Run) -> None:
    assert run("align", "en.txt", "de.txt", "--languages", "en,de", "--quiet").err == ""


def test_the_ladder_has_indices_and_probabilities(run: Run) -> None:
    done = run("align", "en.txt", "de.txt", "en.txt", "--format", "ladder")
    assert done.code == 0
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [row[:3] for row in rows] == [["0"] * 3, ["1"] * 3, ["2"] * 3]
    assert all(re.fullmatch(r"[01]\.\d{4}", row[3]) for row in rows)


@pytest.mark.parametrize("format", ["ladder", "tsv", "jsonl", "json"])
def test_a_file_gets_the_format_of_its_extension(run: Run, folder: Path, format: str) -> None:
    done = run("align", "en.txt", "de.txt", "--languages", "en,de", "-o", f"out.{format}")
    assert (done.code, done.out) == (0, "")
    printed = run("align", "en.txt", "de.txt", "--languages", "en,de", "--format", format)
    assert (folder / f"out.{format}").read_text(encoding="utf-8") == printed.out


def test_a_hyphen_is_standard_output(run: Run) -> None:
    assert run("align", "en.txt", "de.txt", "-o", "-").out.startswith("prob ")


def test_binary_files_are_not_printed_on_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = run("align", "en.txt", "de.txt", "--format", "xlsx")
    assert (done.code, done.out) == (2, "")
    assert "xlsx is binary and this is a terminal: give -o OUT" in done.err


def test_colour_is_for_terminals_that_want_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1m" in run("align", "en.txt", "de.txt").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run("align", "en.txt", "de.txt").out


def test_columns_can_go_to_a_file(run: Run, folder: Path) -> None:
    assert run("align", "en.txt", "de.txt", "-o", "out.txt").code == 0
    assert "The cat sat on the mat." in (folder / "out.txt").read_text(encoding="utf-8")


def test_an_unknown_extension_names_the_known_ones(run: Run) -> None:
    done = run("align", "en.txt", "de.txt", "-o", "out.xyz")
    assert done.code == 2
    assert "out.xyz" in done.err
    assert ".ladder" in done.err


@pytest.mark.parametrize("command", ["align", "compare"])
def test_a_folder_that_does_not_exist_is_told_before_the_work(command: str, run: Run) -> None:
    done = run(command, "missing.txt", "de.txt", "-o", "a.json", "-o", "no/such/folder/out.json")
    assert done.code == 2
    assert "no/such/folder/out.json: cannot be written (there is no folder no/such" in done.err


def test_a_moved_bead_and_an_empty_side_are_shown_in_words() -> None:
    from aligner import Alignment, Bead, Document, Signature
    from aligner.cli._columns import render

    left = Document.from_segments(["One.", "Two words\x1b[31m here."], language="en")
    alignment = Alignment(
        tuple(Document(left.text, left.blocks, left.segments, "en", name) for name in ("a", "b")),
        (
            Bead(("a", "b"), ((0,), (1,)), 0.91, moved=True),
            Bead(("a", "b"), ((1,), ()), 0.2),
            Bead(("a", "b"), ((), (0,)), 0.2),
        ),
        Signature("0", "e", "s"),
    )
    assert list(render(alignment, width=40)) == [
        "prob   a                b",
        "",
        "0.91   One.             Two words[31m",
        "moved                   here.",
        "",
        "0.20   Two words[31m    -",
        "       here.",
        "",
        "0.20   -                One.",
    ]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, []),
        ("ein  zwei\ndrei", 8, ["ein zwei", "drei"]),
        ("Donaudampfschifffahrt", 8, ["Donaudam", "pfschiff", "fahrt"]),
        ("äöüäöü äö", 4, ["äöüä", "öü", "äö"]),
        ("日本語です", 4, ["日本", "語で", "す"]),
        ("soft\u00adhyphen", 20, ["softhyphen"]),
    ],
)
def test_text_is_wrapped_by_terminal_cells(text: str, width: int, lines: list[str]) -> None:
    assert list(wrap(text, width)) == lines


BAD = {
    "missing": (["align", "none.txt", "de.txt"], 3, r"none\.txt: no such file"),
    "folder": (["align", ".", "de.txt"], 3, r"\.: is a folder, not a file"),
    "binary": (["align", "binary.txt", "de.txt"], 3, r"binary\.txt: .*NUL"),
    "one file": (["align", "en.txt"], 2, "not 1; for one that holds all versions"),
    "languages": (
        ["align", "en.txt", "de.txt", "--languages", "en,de,sv"],
        2,
        "3 languages for 2 files: en,de,sv",
    ),
    "language": (
        ["align", "en.txt", "de.txt", "--languages", "English,de"],
        2,
        "'English' is not a language tag",
    ),
    **{
        f"languages of {command[0]}": (
            [*command, "--languages", "en, ,de"],
            2,
            r"argument --languages: ' ' is not a language tag such as 'en' or 'de-CH'",
        )
        for command in (
            ["align", "en.txt", "de.txt"],
            ["check", "rows.tsv"],
            ["compare", "en.txt", "de.txt"],
            ["corpus", "filter", "rows.tsv"],
            ["mine", "en.txt", "de.txt"],
            ["review", "en.txt", "de.txt"],
            ["train", "rows.tsv", "-o", "model"],
        )
    },
    "least": (["corpus", "filter", "en.txt", "--least", "2"], 2, "least must be 0 to 1, not 2"),
    "encoder": (["align", "en.txt", "de.txt", "--encoder", "./none"], 2, r"\./none"),
    "format": (["align", "en.txt", "de.txt", "--format", "poem"], 2, "invalid choice: 'poem'"),
    "stdin twice": (["align", "-", "-"], 2, "only be one|can be only one"),
    "vectors": (
        ["align", "en.txt", "de.txt", "--vectors", "two.npy", "two.npy"],
        2,
        "2 vectors for 3 segments",
    ),
    "vectors missing": (
        ["align", "en.txt", "de.txt", "--vectors", "none.npy", "two.npy"],
        3,
        r"none\.npy: no such file",
    ),
    "vectors broken": (
        ["align", "en.txt", "de.txt", "--vectors", "en.txt", "two.npy"],
        3,
        r"en\.txt: not a \.npy array",
    ),
    "option": (["align", "en.txt", "de.txt", "--max-side", "99"], 2, "max_side must be 1 to 5"),
    "config": (["align", "en.txt", "de.txt", "--config", "none.toml"], 2, "cannot be read"),
    "encoding": (
        ["align", "en.txt", "de.txt", "--encoding", "utf-99"],
        3,
        "unknown encoding 'utf-99'",
    ),
    "gold missing": (["evaluate", "none.tsv", "de.txt"], 3, r"none\.tsv: no such file"),
    "no ladder": (["evaluate", "en.txt", "en.txt"], 3, r"en\.txt, line 1: not a bead"),
    "no command": ([], 2, "usage: aligner"),
    "unknown command": (["translate"], 2, "invalid choice: 'translate'"),
    "unknown option": (["align", "en.txt", "de.txt", "--frob"], 2, "--frob; see aligner --help"),
    "no folder": (["pair"], 2, "required: FOLDER; see aligner pair --help"),
    "no manifest": (
        ["corpus", "run", "en.txt", "-o", "x"],
        3,
        r"en\.txt: is no manifest; line 1: not",
    ),
    "no such folder": (
        ["align", "en.txt", "de.txt", "--encoder", "./nix"],
        2,
        r"no encoder '\./nix': no such folder",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_error(run: Run, folder: Path, case: str) -> None:
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 4)
    np.save(folder / "two.npy", np.eye(2, dtype=np.float32))
    argv, code, message = BAD[case]
    done = run(*argv)
    assert (done.code, done.out) == (code, "")
    assert re.search(message, done.err)
    assert not argv or done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "types"),
    [
        ("", {"0-1"}),
        ("   \n\n", {"0-1"}),
        ("Katze\n", None),
        (EN.strip(), None),
        (DE, {"1-1"}),
        (DE * 40, None),
    ],
    ids=["empty", "blank", "one word", "one line", "identical", "much longer"],
)
def test_odd_input_gives_a_sensible_result(
    run: Run, folder: Path, content: str, types: set[str] | None
) -> None:
    (folder / "odd.txt").write_text(content, encoding="utf-8")
    done = run("align", "odd.txt", "de.txt", "--languages", "de,de", "--format", "jsonl")
    assert done.code == 0
    rows = [json.loads(line) for line in done.out.splitlines()]
    held = sorted(i for row in rows for i in row["segments"]["de-2"])
    assert held == [0, 1, 2]
    if types is not None:
        found = {"-".join(str(len(s)) for s in row["segments"].values()) for row in rows}
        assert found == types


def test_a_very_long_line_is_aligned(run: Run, folder: Path) -> None:
    (folder / "long.txt").write_text("wort " * 400_000 + "\n", encoding="utf-8")
    done = run(
        "align", "--lines", "long.txt", "en.txt", "--languages", "de,en", "--format", "ladder"
    )
    assert done.code == 0
    assert done.out.count("\n") in {1, 2}


def test_other_encodings_are_read_with_a_note(run: Run, folder: Path) -> None:
    (folder / "old.txt").write_bytes(DE.encode("cp1252"))
    done = run("align", "en.txt", "old.txt", "--languages", "en,de")
    assert done.code == 0
    assert "saß" in done.out
    assert "note: old.txt, line 1: not UTF-8, read as cp1252" in done.err


def test_quiet_is_quiet_about_files_too(run: Run, folder: Path) -> None:
    (folder / "old.txt").write_bytes(DE.encode("cp1252"))
    assert run("align", "en.txt", "old.txt", "--languages", "en,de", "-q").err == ""


def test_a_settings_file_is_used_and_options_win(run: Run, folder: Path) -> None:
    (folder / "aligner.toml").write_text('format = "json"\nlanguages = ["en", "de"]\n')
    version = json.loads(run("align", "en.txt", "de.txt").out)["versions"][1]
    assert version["language"] == "de"
    assert run("align", "en.txt", "de.txt", "--format", "ladder").out.startswith("0\t0\t")
    (folder / "aligner.toml").write_text("encodr = 1\n")
    done = run("align", "en.txt", "de.txt")
    assert (done.code, done.out) == (2, "")
    assert "unknown key 'encodr'; did you mean 'encoder'?" in done.err


def test_standard_input_is_a_file_called_hyphen(folder: Path) -> None:
    process = spawn(
        "align", "-", "de.txt", "--languages", "en,de", "--format", "ladder", cwd=folder
    )
    out, err = process.communicate(EN.encode())
    assert process.returncode == 0, err
    assert len(out.splitlines()) == 3


def test_compare_takes_standard_input_as_align_does(folder: Path) -> None:
    process = spawn("compare", "-", "de.txt", "-q", cwd=folder)
    out, err = process.communicate(EN.encode())
    assert process.returncode == 0, err
    assert b"3 of 3 passages stand in both versions." in out


@pytest.mark.parametrize("command", ["align", "compare"])
@pytest.mark.parametrize("name", ["missing", "missing.txt", "two words", "."])
def test_what_is_no_file_is_never_taken_for_a_text(run: Run, command: str, name: str) -> None:
    done = run(command, name, "de.txt")
    assert (done.code, done.out) == (3, "")
    reason = "is a folder, not a file" if name == "." else "no such file"
    assert done.err == f"aligner: error: {name}: {reason}\n"


@pytest.mark.parametrize("command", ["align", "compare"])
def test_files_share_one_encoding_where_it_is_said(run: Run, folder: Path, command: str) -> None:
    (folder / "de.txt").write_bytes(DE.encode("utf-16-le"))
    (folder / "en.txt").write_bytes(EN.encode("utf-16-le"))
    done = run(command, "en.txt", "de.txt", "--encoding", "utf-16-le")
    assert done.code == 0
    assert "Katze" in run("align", "en.txt", "de.txt").out


def test_a_file_without_text_is_named(run: Run, folder: Path) -> None:
    (folder / "blank.txt").write_text("\n \n")
    assert (
        "note: The version und, blank.txt, has no segments.\n"
        in run("compare", "en.txt", "blank.txt").err
    )


def test_evaluate_prints_strict_and_lax(run: Run, folder: Path) -> None:
    (folder / "gold.tsv").write_text("0\t0\n1,2\t1\n\t2\n")
    (folder / "predicted.tsv").write_text("0\t0\t0.9900\n1\t1\t0.9000\n2\t\t0.5000\n\t2\t1.0000\n")
    done = run("evaluate", "gold.tsv", "predicted.tsv")
    assert done.code == 0
    assert done.out.splitlines() == [
        "           precision    recall        F1  predicted    gold",
        "strict        0.5000    0.5000    0.5000          4       2",
        "lax           0.7500    1.0000    0.8571          4       2",
        "two-sided     0.5000    0.5000    0.5000          2       2",
        "n-m           0.0000    0.0000    0.0000          0       1",
        "one-sided     0.5000    1.0000    0.6667          2       1",
    ]
    scores = json.loads(run("evaluate", "gold.tsv", "predicted.tsv", "--format", "json").out)
    assert scores["strict"]["f1"] == 0.5


def test_what_align_writes_evaluate_reads(run: Run, folder: Path) -> None:
    assert run("align", "en.txt", "de.txt", "-o", "out.ladder").code == 0
    (folder / "gold.tsv").write_text("0\t0\n1\t1\n2\t2\n")
    assert " 1.0000 " in run("evaluate", "gold.tsv", "out.ladder").out


@pytest.mark.skipif(os.name == "nt", reason="no signals of this kind")
def test_a_closed_pipe_ends_quietly(folder: Path) -> None:
    (folder / "long.txt").write_text(EN * 300, encoding="utf-8")
    with spawn("align", "long.txt", "long.txt", "--format", "json", cwd=folder) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 141
    assert "Traceback" not in err
    assert "BrokenPipe" not in err


def test_ctrl_c_prints_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aligner._align._finer.align_documents", interrupt)
    done = run("align", "en.txt", "de.txt")
    assert (done.code, done.out, done.err) == (130, "", "aligner: interrupted\n")


ROWS = [
    ("They said that she had been there with him for the day.", "Sie sagten, dass es so war."),
    ("What have you got in your bag when it is not in use?", "Was ist in der Tasche, wenn nicht?"),
    ("All of this was made by us, and some of it is new.", "Das alles ist von uns und auch neu."),
]


@pytest.mark.parametrize(
    "command", [["check"], ["corpus", "filter"], ["train", "-o", "model"]], ids=lambda c: c[0]
)
def test_columns_in_another_language_than_declared_are_noted(
    run: Run, folder: Path, command: list[str]
) -> None:
    rows = [f"{en} {i}\t{de} {i}" for i in range(10) for en, de in ROWS]
    (folder / "rows.tsv").write_text("\n".join(rows), encoding="utf-8")
    told = "note: rows.tsv is said to be sv, but its text looks like en (1.00)."
    assert told in run(*command, "rows.tsv", "--languages", "sv,de").err.splitlines()
    assert "declared" not in run(*command, "rows.tsv", "--languages", "en,de").err
    assert "declared" not in run(*command, "rows.tsv", "--languages", "sv,de", "-q").err


@pytest.mark.parametrize("command", [["check"], ["corpus", "filter"]], ids=lambda c: c[-1])
def test_rows_come_from_standard_input_in_a_format_that_is_said(
    folder: Path, command: list[str]
) -> None:
    rows = "\n".join(f"{en}\t{de}" for en, de in ROWS).encode("utf-16")
    said = ["-", "--languages", "en,de", "--encoding", "utf-16"]
    for more, code, told in (
        ([], 3, "say which it is with --input-format: csv"),
        (["--input-format", "tsv"], 0, "3 rows"),
    ):
        process = spawn(*command, *said, *more, cwd=folder)
        _, err = process.communicate(rows)
        assert (process.returncode, told in err.decode()) == (code, True), err.decode()


def test_mining_notes_another_language_than_declared(run: Run, folder: Path) -> None:
    for name, side in (("en.txt", 0), ("de.txt", 1)):
        (folder / name).write_text(" ".join(row[side] for row in ROWS), encoding="utf-8")
    done = run("mine", "en.txt", "de.txt", "--languages", "sv,de")
    assert "note: en.txt is said to be sv, but its text looks like en (1.00)." in done.err
    assert "declared" not in run("mine", "en.txt", "de.txt").err


def test_an_alignment_is_written_to_as_many_files_as_are_named(run: Run, folder: Path) -> None:
    assert run("align", "en.txt", "de.txt", "-o", "out.tmx", "-o", "out.tsv").code == 0
    for name in ("out.tmx", "out.tsv"):
        assert len(aligner.formats.read_alignment(folder / name)) == 3
    done = run("align", "en.txt", "de.txt", "-o", "a.tmx", "-o", "b.tsv", "--format", "tmx")
    assert (done.code, (folder / "a.tmx").exists()) == (2, False)
    assert "--format is for one output" in done.err


def test_too_little_memory_is_no_bug(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError("Unable to allocate 26.7 GiB")

    monkeypatch.setattr("aligner._align._finer.align_documents", fail)
    done = run("align", "en.txt", "de.txt")
    told = "aligner: error: not enough memory (Unable to allocate 26.7 GiB); give less at once\n"
    assert (done.code, done.err) == (3, told)


def test_a_bug_is_reported_in_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise IndexError("list index\nout of range")

    monkeypatch.setattr("aligner._align._finer.align_documents", fail)
    done = run("align", "en.txt", "de.txt")
    assert done.code == 70
    assert done.err.startswith("aligner: error: unexpected IndexError: list index out of range;")
    monkeypatch.setenv("ALIGNER_TRACEBACK", "1")
    with pytest.raises(IndexError):
        main(["align", "en.txt", "de.txt"])


def test_help_of_every_command_ends_with_examples_on_the_samples(
    capsys: pytest.CaptureFixture[str], samples: Path
) -> None:
    build_parser().print_help()
    text = capsys.readouterr().out
    names = re.findall(r"^    (\w+) ", text, flags=re.MULTILINE)
    assert {"align", "evaluate"} <= set(names)
    for name in names:
        assert main([name, "--help"]) == 0
        text += capsys.readouterr().out
    for path in re.findall(r"data/samples/([\w/]+\.\w+)", text):
        assert (samples / path).is_file(), path


def test_every_module_of_a_command_is_offered() -> None:
    modules = pkgutil.iter_modules(aligner.cli.__path__)
    assert set(COMMANDS) == {m.name for m in modules if not m.name.startswith("_")}


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"aligner {aligner.__version__}\n"
