"""Pairing: versions found by what they say; what stays alone; what the command prints."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from aligner import InputError
from aligner.cli import main
from aligner.pairing import Group, Pairing, pair_documents
from aligner.pairing._cells import top_in_cells

pytestmark = pytest.mark.model

TEXTS = ("statement", "story", "report")


@pytest.fixture(scope="module")
def folder(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of the samples under numbers, in an order that says nothing."""
    found = tmp_path_factory.mktemp("texts")
    paths = sorted(path for name in TEXTS for path in (samples / name).glob("??.txt"))
    for number, path in enumerate(sorted(paths, key=lambda path: path.read_bytes())):
        (found / f"{number}.txt").write_bytes(path.read_bytes())
    return found


@pytest.fixture(scope="module")
def pairing(folder: Path) -> Pairing:
    """Return the pairing of that folder."""
    return pair_documents(folder)


def _sources(group: Group, samples: Path) -> set[str]:
    by_text = {path.read_bytes(): path.parent.name for path in samples.glob("*/??.txt")}
    return {by_text[Path(path).read_bytes()] for path in group.paths}


def test_versions_are_found_and_mere_relatives_left(pairing: Pairing, samples: Path) -> None:
    found = sorted((sorted(_sources(g, samples)), g.languages) for g in pairing.groups)
    assert found == [
        (["statement"], ("de", "en", "sv")),
        (["story"], ("de", "en", "sv")),
    ]
    alone = {Path(one.path).read_bytes() for one in pairing.left_over}
    assert alone == {path.read_bytes() for path in samples.glob("report/??.txt")}
    assert all(one.score < 0.5 for one in pairing.left_over)
    assert all(0.5 <= group.score <= 1 for group in pairing.groups)


def test_what_is_left_over_has_its_nearest(pairing: Pairing, folder: Path) -> None:
    names = {str(path) for path in folder.iterdir()}
    for one in pairing.left_over:
        assert one.nearest in names - {one.path}
        assert not one.is_part


def test_a_part_of_a_longer_document_is_no_version(samples: Path, tmp_path: Path) -> None:
    whole = (samples / "story" / "en.txt").read_text(encoding="utf-8")
    german = (samples / "story" / "de.txt").read_text(encoding="utf-8")
    paragraphs = german.split("\n\n")
    part = "\n\n".join(paragraphs[len(paragraphs) // 4 : len(paragraphs) // 2])
    (tmp_path / "1.txt").write_text(whole, encoding="utf-8")
    (tmp_path / "2.txt").write_text(part, encoding="utf-8")
    found = pair_documents(tmp_path)
    assert found.groups == ()
    by_name = {Path(one.path).name: one for one in found.left_over}
    assert by_name["2.txt"].is_part
    assert by_name["2.txt"].nearest == str(tmp_path / "1.txt")
    assert not by_name["1.txt"].is_part


def test_two_versions_in_one_language_join_their_group(samples: Path, tmp_path: Path) -> None:
    for language in ("en", "de"):
        text = (samples / "story" / f"{language}.txt").read_text(encoding="utf-8")
        (tmp_path / f"{language}.txt").write_text(text, encoding="utf-8")
    revised = (samples / "story" / "en.txt").read_text(encoding="utf-8").replace("said", "told")
    (tmp_path / "revised.txt").write_text(revised, encoding="utf-8")
    (group,) = pair_documents(tmp_path).groups
    assert group.languages == ("de", "en", "en")
    (row,) = Pairing((group,), ()).manifest()
    assert row["paths"] == {
        "de": str(tmp_path / "de.txt"),
        "en": str(tmp_path / "en.txt"),
        "en-2": str(tmp_path / "revised.txt"),
    }


def test_a_file_that_is_not_translated_yet_is_in_the_language_of_its_folder(
    samples: Path, tmp_path: Path
) -> None:
    for folder in ("en", "sv"):
        (tmp_path / folder).mkdir()
        shutil.copy(samples / "story" / "en.txt", tmp_path / folder / "story.txt")
    (group,) = pair_documents(tmp_path).groups
    assert group.languages == ("en", "sv")


def test_one_language_a_folder(samples: Path, tmp_path: Path) -> None:
    for text in ("story", "statement"):
        for language in ("en", "de"):
            place = tmp_path / language
            place.mkdir(exist_ok=True)
            (place / text).write_bytes((samples / text / f"{language}.txt").read_bytes())
    found = pair_documents([tmp_path / "en", tmp_path / "de"])
    assert sorted(sorted(Path(p).name for p in g.paths) for g in found.groups) == [
        ["statement", "statement"],
        ["story", "story"],
    ]


def test_the_command_prints_the_published_shape(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pair", str(folder), "--format", "json", "--quiet"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert list(printed) == ["groups", "left_over"]
    assert all(list(group) == ["paths", "languages", "score"] for group in printed["groups"])


def test_the_manifest_has_a_row_a_group(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pair", str(folder), "--format", "manifest"]) == 0
    out, err = capsys.readouterr()
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["id"] for row in rows] == ["1", "2"]
    assert all(Path(path).is_file() for row in rows for path in row["paths"].values())
    assert "2 groups, 2 files left over" in err


def test_the_text_for_people_names_files_and_scores(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pair", str(folder)]) == 0
    out = capsys.readouterr().out
    assert out.count(str(folder)) == 10  # two are left over, each with its nearest
    assert "de, en, sv" in out


def test_a_file_that_cannot_be_read_is_named_and_the_rest_goes_on(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["pair", str(folder), str(tmp_path), "--format", "json"]) == 0
    out, err = capsys.readouterr()
    printed = json.loads(out)
    assert len(printed["groups"]) == 2
    assert str(tmp_path / "empty.txt") in [one["path"] for one in printed["left_over"]]
    assert "broken.docx" in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "broken.txt").symlink_to("nowhere")
    found = pair_documents([folder, tmp_path])
    assert len(found.groups) == 2
    assert [file.path for file in found.unreadable] == [str(tmp_path / "broken.txt")]


def test_a_missing_folder_is_unreadable_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pair", str(tmp_path / "none")]) == 3
    assert "no such file or folder" in capsys.readouterr().err
    with pytest.raises(InputError, match="there are no files"):
        pair_documents(tmp_path)


def test_cells_find_nearly_what_comparing_all_finds() -> None:
    rng = np.random.default_rng(2)
    theirs = rng.standard_normal((3000, 24)).astype(np.float32)
    ours = theirs + 0.4 * rng.standard_normal((3000, 24)).astype(np.float32)
    ours, theirs = (rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (ours, theirs))
    indices, cosines = top_in_cells(ours, theirs, 10)
    exact = np.argsort(-(ours @ theirs.T), axis=1)[:, 0]
    assert (indices[:, 0] == exact).mean() > 0.95
    assert (np.diff(cosines, axis=1) <= 0).all()
    measured = np.einsum("ij,ikj->ik", ours, theirs[indices])
    assert measured[cosines > -1] == pytest.approx(cosines[cosines > -1], abs=1e-5)


def test_the_same_files_give_the_same_pairing(folder: Path, pairing: Pairing) -> None:
    files = sorted(folder.iterdir(), reverse=True)
    assert pair_documents(files) == pairing
