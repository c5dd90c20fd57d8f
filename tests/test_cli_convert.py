"""``aligner convert``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from _comparisons import alignment

from aligner.cli import main
from aligner.formats import write

if TYPE_CHECKING:
    from pathlib import Path


def test_a_memory_becomes_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(alignment(), tmp_path / "x.tmx")
    assert main(["convert", str(tmp_path / "x.tmx"), "--to", "jsonl", "-q"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows[0] | {"probability": 1} == {
        "id": 0,
        "en": "A new bridge",
        "de": "Eine neue Brücke",
        "sv": "En ny bro",
        "segments": {"en": [0], "de": [0], "sv": [0]},
        "probability": 1,
        "moved": False,
        "places": {name: ["unit 0"] for name in ("en", "de", "sv")},
    }


def test_the_extensions_say_the_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(alignment(), tmp_path / "x.json")
    assert main(["convert", str(tmp_path / "x.json"), str(tmp_path / "x.html")]) == 0
    assert (tmp_path / "x.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "5 beads of en, de, sv written as html" in capsys.readouterr().err


def test_a_page_becomes_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.html").write_text("<h1>Ett</h1><p>Två\n<b>tre</b>", encoding="utf-8")
    assert main(["convert", str(tmp_path / "x.html"), "--to", "txt"]) == 0
    assert capsys.readouterr().out == "Ett\n\nTvå tre\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["x.html", "x.tmx"], 2, "x.html is one version of a text: only txt can be made of it"),
        (["x.html"], 2, "say --to FORMAT, or name a file to write"),
        (["none.tmx", "x.csv"], 3, "none.tmx: no such file"),
        (["bad.tmx", "x.csv"], 3, "bad.tmx, line 1, column 1: is not valid XML"),
    ],
)
def test_what_cannot_be_converted_is_said(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.html").write_text("<p>Text", encoding="utf-8")
    (tmp_path / "bad.tmx").write_text("no xml", encoding="utf-8")
    assert main(["convert", *arguments]) == code
    assert message in capsys.readouterr().err
    assert not (tmp_path / "x.csv").exists()
