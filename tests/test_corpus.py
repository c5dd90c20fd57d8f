"""Corpus runs: what is written, killed and resumed at random, refused, and said of bad input."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _files import tree

from aligner import InputError, OutputError, corpus
from aligner.cli import main
from aligner.corpus import Job

if TYPE_CHECKING:
    from collections.abc import Sequence

pytestmark = pytest.mark.model

ENGLISH = ("The house is old.", "It has 12 rooms.", "Anna sold it in 1998.", "Nobody lives there.")
GERMAN = ("Das Haus ist alt.", "Es hat 21 Zimmer.", "Anna verkaufte es 1998.", "Niemand wohnt da.")
SMALL = Job(shard_size=2)


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Return a folder of six short documents in two languages, and a manifest."""
    rows = []
    for number in range(6):
        for language, lines in (("en", ENGLISH), ("de", GERMAN)):
            kept = lines[: 2 + number % 3]
            path = tmp_path / f"{number}.{language}.txt"
            path.write_text("\n\n".join(kept) + "\n", encoding="utf-8")
        rows.append({"id": str(number), "paths": {v: f"{number}.{v}.txt" for v in ("en", "de")}})
    _write(tmp_path / "texts.jsonl", rows)
    return tmp_path


def _write(path: Path, rows: Sequence[object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def _documents(folder: Path) -> list[dict[str, object]]:
    shards = sorted((folder / "shards").iterdir())
    return [json.loads(line) for path in shards for line in path.read_text("utf-8").splitlines()]


def test_a_run_writes_the_documents_in_the_order_of_the_manifest(texts: Path) -> None:
    summary = corpus.run(texts / "texts.jsonl", texts / "out", job=SMALL, workers=2)
    found = _documents(texts / "out")
    assert [document["id"] for document in found] == list("012345")
    assert all(str(document["signature"]).startswith("aligner:") for document in found)
    assert (summary.documents, summary.failed) == (6, 0)
    first = found[0]["beads"]
    assert isinstance(first, list)
    assert first[1]["segments"] == {"en": [1], "de": [1]}
    assert first[1]["texts"]["de"] == "Es hat 21 Zimmer."
    assert 0 < first[1]["probability"] <= 1
    assert summary.codes["D201"] == 6
    printed = json.loads((texts / "out" / "summary.json").read_text("utf-8"))
    assert printed["documents"] == 6
    assert printed["run"]["shard_size"] == 2
    assert (texts / "out" / "failed.jsonl").read_bytes() == b""


def test_the_number_of_workers_does_not_show(texts: Path) -> None:
    for workers in (1, 3):
        corpus.run(texts / "texts.jsonl", texts / f"out{workers}", job=SMALL, workers=workers)
    assert tree(texts / "out1") == tree(texts / "out3")


def test_a_broken_document_is_listed_and_the_rest_goes_on(texts: Path) -> None:
    with (texts / "texts.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"id": "gone", "paths": {"en": "gone.txt", "de": "0.de.txt"}}\n')
        file.write('{"id": "lone", "paths": {"en": "0.en.txt"}}\n')
        file.write("{no json\n")
        file.write('{"id": "last", "paths": {"en": "0.en.txt", "de": "0.de.txt"}}\n')
    summary = corpus.run(texts / "texts.jsonl", texts / "out", job=SMALL, workers=1)
    assert (summary.documents, summary.failed) == (7, 3)
    lines = (texts / "out" / "failed.jsonl").read_text("utf-8").splitlines()
    failed = {one["id"]: one["problem"] for one in map(json.loads, lines)}
    assert list(failed) == ["gone", "lone", "line 9"]
    assert failed["gone"] == "gone.txt: no such file"
    assert "two versions" in failed["lone"]
    assert "not JSON" in failed["line 9"]
    assert _documents(texts / "out")[-1]["id"] == "last"


def test_strict_stops_at_a_broken_document(texts: Path) -> None:
    (texts / "3.de.txt").unlink()
    with pytest.raises(InputError, match=r"document 3: 3\.de\.txt: no such file"):
        corpus.run(texts / "texts.jsonl", texts / "out", job=SMALL, workers=1, strict=True)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"id": "0", "paths": {"en": "0.en.txt", "de": "0.de.txt"}}, "the id '0' stands in line 1"),
        ({"id": "7", "path": {}}, "unknown column 'path'"),
    ],
)
def test_a_manifest_that_misleads_is_refused(texts: Path, row: object, problem: str) -> None:
    with (texts / "texts.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    with pytest.raises(InputError, match=problem):
        corpus.run(texts / "texts.jsonl", texts / "out")
    assert not (texts / "out").exists()


@pytest.mark.parametrize("parted", [";", "\t"])
def test_a_manifest_out_of_a_spreadsheet(texts: Path, parted: str) -> None:
    rows = [("id", "en", "de", "options"), ("1", "0.en.txt", "0.de.txt", '"{""lines"": true}"')]
    table = "".join(f"{parted.join(row)}\r\n" for row in rows)
    (texts / "texts.csv").write_bytes(b"\xef\xbb\xbf" + table.encode())
    assert corpus.run(texts / "texts.csv", texts / "out", workers=1).failed == 0
    assert "seg:lines" in str(_documents(texts / "out")[0]["signature"])


def test_csv_and_options_of_a_row(texts: Path) -> None:
    table = 'id,en,de,options\n1,0.en.txt,0.de.txt,\n2,1.en.txt,1.de.txt,"{""lines"": true}"\n'
    (texts / "texts.csv").write_text(table, encoding="utf-8")
    corpus.run(texts / "texts.csv", texts / "out", workers=1)
    first, second = _documents(texts / "out")
    assert "seg:lines" not in str(first["signature"])
    assert "seg:lines" in str(second["signature"])
    (texts / "texts.csv").write_text("id,en,colour\n1,0.en.txt,red\n", encoding="utf-8")
    with pytest.raises(InputError, match="unknown column 'colour'"):
        corpus.run(texts / "texts.csv", texts / "out2")


def test_parquet_manifest(texts: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"id": ["a"], "en": ["0.en.txt"], "de": ["0.de.txt"]})
    parquet.write_table(table, texts / "texts.parquet")
    assert corpus.run(texts / "texts.parquet", texts / "out", workers=1).documents == 1


def test_a_folder_of_another_run_is_refused_with_the_difference(texts: Path) -> None:
    manifest, out = texts / "texts.jsonl", texts / "out"
    corpus.run(manifest, out, job=SMALL, workers=1)
    before = tree(out)
    with pytest.raises(OutputError, match="--resume goes on"):
        corpus.run(manifest, out, job=SMALL, workers=1)
    with pytest.raises(OutputError, match="its shard_size is 2, here it is 3"):
        corpus.run(manifest, out, job=Job(shard_size=3), workers=1, resume=True)
    run = json.loads((out / "run.json").read_text("utf-8"))
    (out / "run.json").write_text(json.dumps(run | {"version": "0.0.1"}), encoding="utf-8")
    with pytest.raises(OutputError, match=r"its version is '0\.0\.1'"):
        corpus.run(manifest, out, job=SMALL, workers=1, resume=True)
    (out / "run.json").write_bytes(before["run.json"])
    corpus.run(manifest, out, job=SMALL, workers=1, resume=True)
    assert tree(out) == before
    with pytest.raises(OutputError, match="is not empty and holds no run"):
        corpus.run(manifest, texts, job=SMALL, workers=1)


def test_only_what_has_no_record_is_done_again(texts: Path) -> None:
    manifest, out = texts / "texts.jsonl", texts / "out"
    corpus.run(manifest, out, job=SMALL, workers=1)
    before = tree(out)
    (out / "records" / "00001.json").unlink()
    (out / "shards" / ".aligner-half").write_bytes(b"{")
    seen: list[tuple[int, int]] = []
    corpus.run(
        manifest,
        out,
        job=SMALL,
        workers=1,
        resume=True,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert tree(out) == before
    assert seen == [(0, 6), (4, 6), (6, 6)]


def _started(texts: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "aligner", "corpus", "run", str(texts / "texts.jsonl")]
    command += ["-o", str(out), "--shard-size", "1", "--workers", "2", "--resume", "--quiet"]
    environment = os.environ | {"PYTHONPATH": str(Path(corpus.__file__).parents[2])}
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def _children(parent: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent:
            found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find the workers")
def test_a_worker_that_dies_is_replaced(texts: Path) -> None:
    corpus.run(texts / "texts.jsonl", texts / "whole", job=Job(shard_size=1), workers=1)
    run = _started(texts, texts / "out")
    workers: list[int] = []
    while len(workers) < 2 and run.poll() is None:
        workers = _children(run.pid)
    for pid in workers[-1:]:
        os.kill(pid, signal.SIGKILL)
    assert run.wait() == 0
    assert tree(texts / "out") == tree(texts / "whole")


def test_a_run_killed_at_random_gives_the_same_bytes(texts: Path) -> None:
    corpus.run(texts / "texts.jsonl", texts / "whole", job=Job(shard_size=1), workers=1)
    rng, out = random.Random(3), texts / "out"
    for wanted in (1, 3):
        run = _started(texts, out)
        while run.poll() is None and len(list(out.glob("records/0*.json"))) < wanted:
            time.sleep(0.01)
        time.sleep(rng.random() / 20)
        run.kill()
        run.wait()
    assert _started(texts, out).wait() == 0
    assert tree(out) == tree(texts / "whole")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs /proc to find the workers")
def test_workers_end_with_the_run_that_started_them(texts: Path) -> None:
    run = _started(texts, texts / "out")
    workers: list[int] = []
    until = time.monotonic() + 60
    while not workers and run.poll() is None and time.monotonic() < until:
        workers = _children(run.pid)
    run.kill()
    run.wait()
    while any(_runs(pid) for pid in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in workers)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_command_takes_what_pair_wrote(
    texts: Path, samples: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = texts / "found.jsonl"
    files = [str(samples / "statement" / f"{v}.txt") for v in ("en", "de", "sv")]
    assert main(["pair", *files, "--format", "manifest", "-o", str(manifest)]) == 0
    out = str(texts / "out")
    assert main(["corpus", "run", str(manifest), "-o", out, "--workers", "1"]) == 0
    assert capsys.readouterr().out.startswith("1 document, ")
    assert main(["corpus", "run", str(manifest), "-o", out]) == 2
    assert "--resume" in capsys.readouterr().err
    assert main(["corpus", "run", str(texts / "none.jsonl"), "-o", out]) == 3


def test_an_encoder_that_is_not_there_is_one_clear_error(texts: Path) -> None:
    from aligner import EncoderError

    job = Job(encoder=str(texts / "no-model"))
    with pytest.raises((EncoderError, InputError), match="no-model"):
        corpus.run(texts / "texts.jsonl", texts / "out", job=job, workers=1)


def test_scores_tell_clean_pairs_from_damaged_ones(samples: Path) -> None:
    rows = [
        {
            "en": "The president opened the museum on Friday.",
            "de": "Die Präsidentin eröffnete am Freitag das Museum.",
        },
        {
            "en": "The bridge was closed for three weeks.",
            "de": "Die Brücke war drei Wochen lang gesperrt.",
        },
        {
            "en": "Children played in the garden behind the house.",
            "de": "Kinder spielten im Garten hinter dem Haus.",
        },
        {
            "en": "The court rejected the appeal.",
            "de": "Im Sommer ist das Wasser im See sehr warm und klar.",
        },
        {
            "en": "He wrote a long letter to his old teacher.",
            "de": "He wrote a long letter to his old teacher.",
        },
        {"en": "The harvest was good although it rained all summer.", "de": "Die Ernte"},
        {"en": "Nothing stands here.", "de": ""},
    ]
    found = list(corpus.scores(rows))
    assert min(found[:3]) > 0.5 > max(found[3:])
    assert found[6] == 0


def test_the_filter_writes_clean_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = {"id": 1, "en": "The bridge was closed.", "de": "Die Brücke war gesperrt."}
    rows = [clean, {"id": 2, "en": "The bridge was closed.", "de": ""}]
    path = _write(tmp_path / "rows.jsonl", rows)
    assert main(["corpus", "filter", str(path)]) == 0
    out, err = capsys.readouterr()
    (kept,) = map(json.loads, out.splitlines())
    assert kept.pop("score") >= 0.5
    assert kept == clean
    assert "1 of 2 rows" in err


def test_settings_give_the_run_severities_and_a_glossary(texts: Path) -> None:
    (texts / "terms.csv").write_text("en,de\nhouse,Gebäude\n", "utf-8")
    (texts / "aligner.toml").write_text(
        '[check]\nselect = ["D201", "D506"]\nglossary = "terms.csv"\n'
        'severities = { D2 = "style" }\n',
        "utf-8",
    )
    argv = ["corpus", "run", str(texts / "texts.jsonl"), "-o", str(texts / "out"), "-q"]
    assert main([*argv, "--config", str(texts / "aligner.toml"), "--workers", "1"]) == 0
    found = [d for document in _documents(texts / "out") for d in document["divergences"]]  # type: ignore[attr-defined]  # JSON
    assert {(one["code"], one["severity"]) for one in found} == {
        ("D201", "style"),
        ("D506", "minor"),
    }
    (texts / "terms.csv").write_text("en,de\nhouse,Haus\n", "utf-8")
    again = [*argv, "--config", str(texts / "aligner.toml"), "--resume"]
    assert main(again) == 2, "another glossary is another job"
