"""``aligner review`` without a browser: projects, exports, changed texts."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _comparisons import comparison
from test_review_project import TOWN

import aligner
from aligner import Project, formats
from aligner._review._decisions import Confirm
from aligner.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.model


def texts(folder: Path) -> list[str]:
    for name, lines in TOWN.items():
        (folder / f"town.{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return [str(folder / f"town.{name}.txt") for name in TOWN]


def review(*arguments: Sequence[str] | str) -> int:
    flat = [a for one in arguments for a in ([one] if isinstance(one, str) else one)]
    return main(["review", "-q", *flat])


def test_files_become_a_project_that_is_exported_without_a_browser(tmp_path: Path) -> None:
    files, out = texts(tmp_path), tmp_path / "out.tmx"
    assert review("--export", str(out), "--export", str(tmp_path / "out.html"), files) == 0
    assert len(formats.read_alignment(out)) == 8
    assert (tmp_path / "out.html").read_text().startswith("<!doctype html>")
    with Project.open(tmp_path / "town.aligner") as project:
        assert project.state.names == ("en", "de")
    assert review("--export", str(out), str(tmp_path / "town.aligner"), "--fail-on", "major") == 1


def test_the_same_command_again_goes_on_and_takes_in_what_changed(tmp_path: Path) -> None:
    files, out = texts(tmp_path), str(tmp_path / "out.json")
    review("--export", out, files)
    with Project.open(tmp_path / "town.aligner") as project:
        project.perform(Confirm(project.state.order))
    german = Path(files[1])
    german.write_text(german.read_text().replace("Zwei Brücken", "Drei Brücken"))
    review("--export", out, files)
    with Project.open(tmp_path / "town.aligner") as project:
        assert project.number == 2
        assert sum(not row.confirmed for row in project.state.rows.values()) == 1
    review("--export", out, files)
    with Project.open(tmp_path / "town.aligner") as project:
        assert project.number == 2


def test_a_changed_file_is_given_to_its_version(tmp_path: Path) -> None:
    files, out = texts(tmp_path), str(tmp_path / "out.json")
    review("--export", out, files, "--project", str(tmp_path / "p.aligner"))
    other = tmp_path / "new.txt"
    other.write_text(Path(files[1]).read_text().replace("im Juni", "im Juli"), encoding="utf-8")
    assert review("--export", out, str(tmp_path / "p.aligner"), str(other)) == 0
    with Project.open(tmp_path / "p.aligner") as project:
        assert "im Juli" in project.comparison.alignment.document("de").text


def test_a_saved_comparison_keeps_its_findings(tmp_path: Path) -> None:
    comparison().report().write(tmp_path / "saved.json")
    out = tmp_path / "out.json"
    assert review("--export", str(out), str(tmp_path / "saved.json")) == 0
    with Project.open(tmp_path / "saved.aligner") as project:
        assert [f.code for f in project.state.findings.values()] == ["D211", "D102", "D101", "D701"]


def test_a_translation_memory_is_checked(tmp_path: Path) -> None:
    memory = tmp_path / "memory.tmx"
    aligner.align(TOWN).write(memory)
    assert review("--export", str(tmp_path / "out.json"), str(memory)) == 0
    with Project.open(tmp_path / "memory.aligner") as project:
        assert [f.type for f in project.state.findings.values()] == ["number"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["no.txt"], 3, "no.txt: no such file"),
        (["town.en.txt"], 3, "is one text, not an aligned file; give two versions or more"),
        (["--export", "a.tmx", "--export", "b.tmx", "--format", "tmx", "x"], 2, "one --export"),
        (["--export", "a.exe", "town.en.txt", "town.de.txt"], 2, "no format has this extension"),
        (["--project", "town.de.txt", "town.en.txt", "town.de.txt"], 3, "is not a review project"),
    ],
)
def test_mistakes_are_one_line(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    texts(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert review(arguments) == code
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("made", [False, True], ids=["new", "old"])
def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    made: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As of a disk that is full: neither a new project nor the log of an old one has a place."""
    files, project = texts(tmp_path), tmp_path / "town.aligner"
    if made:
        Project.create(project, comparison()).close()

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def connect(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    monkeypatch.setattr("sqlite3.connect", connect)
    monkeypatch.setattr("aligner.compare", lambda *_, **__: pytest.fail("compared all the same"))
    assert review("--export", str(tmp_path / "out.tmx"), files) == 2
    told = f"{project}: the project cannot be kept there (No space left on device); name a file"
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1


def test_a_project_of_other_versions_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Project.create(tmp_path / "town.aligner", comparison()).close()
    assert review("--export", str(tmp_path / "out.tmx"), texts(tmp_path)) == 2
    assert "is a review of en, de, sv, not of en, de; name another" in capsys.readouterr().err


def test_the_page_is_served_until_it_is_interrupted(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the extra review is not installed")
    path = tmp_path / "bridge.aligner"
    Project.create(path, comparison()).close()
    source = Path(aligner.__file__).parent.parent
    command = [sys.executable, "-m", "aligner", "review", "--no-browser", str(path)]
    served = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(source)},
    )
    assert served.stdout is not None
    with urllib.request.urlopen(served.stdout.readline().strip(), timeout=20) as page:
        assert "A new bridge" in page.read().decode()
    served.send_signal(signal.SIGINT)
    _, error = served.communicate(timeout=20)
    assert error == f"note: everything is saved in {path}; Ctrl+C stops the page\n"
    assert served.returncode == 0


def test_a_notebook_shows_a_link(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="the extra review is not installed")
    found = aligner.review(comparison(), project=tmp_path / "a&b.aligner")
    assert found.url.startswith("http://127.0.0.1:")
    assert "Review a&amp;b.aligner</a>" in found._repr_html_()
    assert found.project.comparison.alignment == comparison().alignment
    found.stop()
