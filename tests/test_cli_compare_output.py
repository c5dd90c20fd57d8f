"""One command writes several reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison

from aligner.cli import compare, main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return two files; what is found in them is the small comparison."""
    for name in ("en", "de"):
        (tmp_path / f"{name}.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr("aligner.cli.COMMANDS", ("compare",))
    monkeypatch.setattr(compare, "_comparison", lambda _: comparison())
    return [str(tmp_path / f"{name}.txt") for name in ("en", "de")]


def test_html_and_xlsx_at_once(versions: list[str], tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    outputs = [str(tmp_path / "x.html"), str(tmp_path / "x.xlsx")]
    assert main(["compare", *versions, "-q", "-o", outputs[0], "-o", outputs[1]]) == 0
    assert (tmp_path / "x.html").read_bytes().startswith(b"<!doctype html>")
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")


def test_the_terminal_gets_the_summary(
    versions: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *versions, "-q", "--fail-on", "critical"]) == 1
    assert "◆ CRITICAL (1)" in capsys.readouterr().out


def test_an_extension_without_a_report_is_said(
    versions: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *versions, "-q", "-o", "report.doc"]) == 2
    assert "report.doc: no format has this extension (.html" in capsys.readouterr().err
