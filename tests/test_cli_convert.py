"""``aligner convert``."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from _comparisons import alignment, comparison

from aligner import Comparison
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


@pytest.mark.parametrize("target", ["html", "tmx", "xliff", "csv", "po", "markdown"])
def test_what_was_found_goes_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], target: str
) -> None:
    date = comparison().divergences[0]
    spans = {version: date.spans[version] for version in ("en", "de")}
    made = Comparison(alignment("en", "de"), (replace(date, spans=spans, odd=None),))
    made.report().write(tmp_path / "x.json")
    assert main(["convert", str(tmp_path / "x.json"), "--to", target]) == 0
    captured = capsys.readouterr()
    assert "D211" in captured.out
    assert "left out" not in captured.err.replace("1 bead without en left out", "")


def test_a_comparison_stays_one(tmp_path: Path) -> None:
    comparison().report().write(tmp_path / "x.json")
    assert main(["convert", str(tmp_path / "x.json"), str(tmp_path / "y.json")]) == 0
    assert (tmp_path / "y.json").read_bytes() == (tmp_path / "x.json").read_bytes()


def test_what_a_format_has_no_place_for_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    comparison().report().write(tmp_path / "x.json")
    write(alignment("en", "de"), tmp_path / "two.json")
    tmx = '<tmx version="1.4"><body><tu>{}</tu></body></tmx>'
    texts = "".join(
        f'<tuv xml:lang="{language}"><seg>{text} <ph x="1"/>.</seg></tuv>'
        for language, text in {"en": "A page", "de": "Eine Seite"}.items()
    )
    (tmp_path / "codes.tmx").write_text(tmx.format(texts), encoding="utf-8")

    def told(*arguments: str) -> str:
        name, *others = arguments
        assert main(["convert", str(tmp_path / name), *others]) == 0
        return capsys.readouterr().err.strip()

    assert told("x.json", "--to", "tsv") == (
        "note: 5 beads of en, de, sv written as tsv; 4 findings left out; "
        "1 bead of several segments a side, which are joined"
    )
    assert told("two.json", "--to", "jsonl").endswith(
        "1 bead of several segments a side, which are joined"
    )
    assert told("codes.tmx", "--to", "tmx") == "note: 1 bead of en, de written as tmx"
    assert told("codes.tmx", "--to", "xliff").endswith("written as xliff; 2 inline codes left out")


def test_messages_without_a_source_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.jsonl").write_text('{"en": "One", "de": "Eins"}\n{"en": "", "de": "Zwei"}\n')
    assert main(["convert", str(tmp_path / "x.jsonl"), "--to", "po"]) == 0
    captured = capsys.readouterr()
    assert captured.err == "note: 1 bead of en, de written as po; 1 bead without en left out\n"
    assert "Zwei" not in captured.out


def test_a_page_becomes_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.html").write_text("<h1>Ett</h1><p>Två\n<b>tre</b>", encoding="utf-8")
    assert main(["convert", str(tmp_path / "x.html"), "--to", "txt"]) == 0
    assert capsys.readouterr().out == "Ett\n\nTvå tre\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["x.html", "x.tmx"], 2, "x.html is one version of a text: only txt can be made of it"),
        (["x.html"], 2, "say --to FORMAT, or name a file to write"),
        (["x.html", "x.tmxx"], 2, "x.tmxx: no format has this extension (.txt, .text, .md"),
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
