"""Files that commands write: the extension says the format, and nothing that is read is lost."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from aligner.cli import build_parser, main

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model

EN = "The cat sat on the mat. It was raining all day. Nobody came to see it.\n"
DE = "Die Katze saß auf der Matte. Es regnete den ganzen Tag. Niemand kam, um es zu sehen.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two texts and a table, and stand in it."""
    (tmp_path / "en.txt").write_text(EN, encoding="utf-8")
    (tmp_path / "de.txt").write_text(DE, encoding="utf-8")
    rows = "id\ten\tde\n1\tHe owes me 12 euros.\tEr schuldet mir 21 Euro.\n"
    (tmp_path / "rows.tsv").write_text(rows, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        ["align", "en.txt", "de.txt", "-o", "./en.txt"],
        ["compare", "en.txt", "de.txt", "-o", "r.html", "-o", "de.txt"],
        ["check", "rows.tsv", "-o", "rows.tsv"],
        ["corpus", "filter", "rows.tsv", "-o", "rows.tsv"],
        ["mine", "en.txt", "de.txt", "-o", "en.txt"],
        ["pair", "en.txt", "de.txt", "-o", "de.txt"],
        ["review", "en.txt", "de.txt", "--export", "en.txt"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_is_read_is_not_overwritten(
    arguments: list[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(arguments) == 2
    assert "is read and would be lost; write another file" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("command", ["align", "compare"])
def test_an_extension_that_says_no_format_is_told_before_the_work(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "missing.txt", "de.txt", "-o", "x.docx"]) == 2
    assert "x.docx: no format has this extension (" in capsys.readouterr().err


def test_the_extension_says_the_format_of_a_check(folder: Path) -> None:
    main(["check", "rows.tsv", "-o", "found.jsonl"])
    main(["check", "rows.tsv", "-o", "found.txt"])
    found = json.loads((folder / "found.jsonl").read_text(encoding="utf-8"))
    assert [one["code"] for one in found["divergences"]] == ["D201"]
    assert (folder / "found.txt").read_text(encoding="utf-8").startswith("line 2 (1)")


def test_the_extension_says_the_format_of_a_pairing(folder: Path, samples: Path) -> None:
    for language in ("en", "de"):
        shutil.copy(samples / "statement" / f"{language}.txt", folder)
    for name in ("found.json", "found.jsonl", "found.txt"):
        assert main(["pair", "en.txt", "de.txt", "-o", name]) == 0
    assert len(json.loads((folder / "found.json").read_text(encoding="utf-8"))["groups"]) == 1
    row = json.loads((folder / "found.jsonl").read_text(encoding="utf-8"))
    assert row["paths"] == {"de": str(folder / "de.txt"), "en": str(folder / "en.txt")}
    assert "de.txt" in (folder / "found.txt").read_text(encoding="utf-8")


def test_a_format_without_an_export_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "en.txt", "de.txt", "--format", "gold"]) == 2
    assert "say --export OUT as well" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["compare", "review"])
def test_codes_are_looked_at_before_the_work(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "en.txt", "de.txt", "--select", "X9"]) == 2
    assert main([command, "en.txt", "de.txt", "--select", "D2,D601", "--ignore", "D"]) == 2
    said = capsys.readouterr().err
    assert "no check has a code like 'X9'" in said
    assert "no check is left of those that are to run: D2,D601 without D" in said


def test_the_codes_that_the_help_names_exist(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["compare", "--help"])
    said = capsys.readouterr().out
    for option, codes in (("--select", "D2,D101"), ("--ignore", "D6,D401")):
        assert codes in said
        assert main(["check", "rows.tsv", option, codes, "-q"]) == 0
