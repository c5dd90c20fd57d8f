"""Engines of a corpus run: the stages of the ray engine without and with ray, files elsewhere.

Ray with its libraries takes half a gigabyte and seconds to start, so it is not among what tests
install. Its two stages are plain objects and are run here in a row, which pins their bytes; the
engine itself is tested where ray is installed, and by ``benchmarks/corpus.py --ray``.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from _files import tree

import aligner
from aligner import AlignerError, MissingExtraError, OutputError, corpus
from aligner.cli import main
from aligner.corpus import Job
from aligner.corpus._attempts import DEATHS, OVER, Attempts
from aligner.corpus._document import Aligner
from aligner.corpus._manifest import cut, read_manifest
from aligner.corpus._messages import accept, answer, from_job, from_shard
from aligner.corpus._plan import enter
from aligner.corpus._ray import Align, Encode, about
from aligner.corpus._recall import recalled, vectors_of
from aligner.corpus._summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.model

TEXTS = {
    "en": ("The house is old.", "It has 12 rooms.", "Nobody lives there."),
    "de": ("Das Haus ist alt.", "Es hat 21 Zimmer.", "Niemand wohnt da."),
}
JOB = Job(shard_size=2)


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """Return a manifest of five documents, one of which is not there."""
    rows = []
    for number in range(5):
        for version, lines in TEXTS.items():
            if number != 3:
                path = tmp_path / f"{number}.{version}.txt"
                path.write_text("\n\n".join(lines[: 1 + number % 3]) + "\n", encoding="utf-8")
        rows.append({"id": f"d{number}", "paths": {v: f"{number}.{v}.txt" for v in TEXTS}})
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


# A document called deadly.en.txt kills whoever reads it, as one does that takes too much memory.
# The module is changed when it is loaded: Ray starts many processes that have no use for it.
DEADLY = """
import importlib.util, os, sys
class Late:
    def find_spec(self, name, path=None, target=None):
        if name != "aligner.corpus._document":
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        run = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (run(module), change(module))
        return spec
def change(module):
    from aligner.corpus import _attempts
    _attempts.DEATHS = _attempts.OVER = 1
    read = module.Aligner._read
    def deadly(self, row):
        if "deadly.en.txt" in row.paths.values():
            os._exit(9)
        return read(self, row)
    module.Aligner._read = deadly
sys.meta_path.insert(0, Late())
"""


@pytest.fixture
def deadly(manifest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the manifest with a document over which workers die, in the shard of another."""
    row = {"id": "deadly", "paths": {"en": "deadly.en.txt", "de": "0.de.txt"}}
    with manifest.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{place}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    return manifest


def test_a_document_that_kills_its_workers_is_left_out_and_the_rest_goes_on(
    deadly: Path, tmp_path: Path
) -> None:
    summary = corpus.run(deadly, tmp_path / "out", job=JOB, workers=1)
    assert (summary.documents, summary.failed) == (4, 2)
    failed = (tmp_path / "out" / "failed.jsonl").read_text("utf-8").splitlines()
    assert json.loads(failed[1]) == {
        "id": "deadly",
        "error": "AlignerError",
        "problem": "its worker dies over it, again and again; is there enough memory?",
    }
    assert not list((tmp_path / "out").rglob(".aligner-*"))


def test_what_comes_before_a_deadly_document_is_not_blamed(tmp_path: Path) -> None:
    path = str(tmp_path / "attempts")
    for _ in range(DEATHS + OVER):
        tried = Attempts(path)
        with tried.on(0):
            pass
        tried.on(1).__enter__()  # and whoever works on it dies
    tried = Attempts(path)
    with tried.on(0):
        pass
    with pytest.raises(AlignerError, match="its worker dies over it"):
        tried.on(1).__enter__()
    with tried.on(2):
        pass


def test_the_stages_of_the_ray_engine_write_the_bytes_of_the_local_one(
    manifest: Path, tmp_path: Path
) -> None:
    corpus.run(manifest, tmp_path / "local", job=JOB, workers=1)
    folder = tmp_path / "staged"
    start = {"job": from_job(JOB), "folder": str(folder), "base": str(tmp_path)}
    known = about(start)
    found = read_manifest(str(manifest))
    shards = cut(found.rows, JOB.shard_size)
    enter(str(folder), JOB, known["signature"], found.digest, resume=False)
    encode, align = Encode(start), Align(start, known)
    for shard in shards:
        batch = encode({"shard": [json.dumps(from_shard(shard))]})
        assert json.loads(align(batch)["answer"][0]) == {"shard": shard.number}
    summarise(str(folder), len(shards))
    assert tree(folder) == tree(tmp_path / "local")


def test_vectors_are_given_again_to_just_the_texts_they_were_made_for_and_others_made() -> None:
    encoder = aligner.load_encoder()
    texts = [["One.", "Two."], ["Eins."]]
    for additive in (True, False):
        stand_in = recalled(encoder.name, None, aligner.load_encoder, additive=additive)
        stand_in.recall(vectors_of(texts, encoder))
        assert hasattr(stand_in, "sums") == additive
        assert stand_in.encode(["Eins."]).shape == (1, encoder.encode(["Eins."]).shape[1])
        other = ["One.", "Three."]
        assert (stand_in.encode(other) == encoder.encode(other)).all()


@pytest.mark.skipif(find_spec("ray") is not None, reason="ray is installed")
def test_without_ray_the_command_that_installs_it_is_named(manifest: Path, tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match=r"pip install 'aligner\[ray\]'"):
        corpus.run(manifest, tmp_path / "out", engine="ray")


def test_an_address_needs_the_ray_engine(
    manifest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "out")
    command = ["corpus", "run", str(manifest), "-o", out, "--address", "127.0.0.1:1"]
    assert main(command) == 2
    assert "say engine ray" in capsys.readouterr().err


def test_manifest_documents_and_folder_may_be_urls(manifest: Path, tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    corpus.run(manifest, tmp_path / "here", job=JOB, workers=1)
    place = f"local://{tmp_path}"
    summary = corpus.run(f"{place}/texts.jsonl", f"{place}/there/", job=JOB, workers=1)
    assert (summary.documents, summary.failed) == (4, 1)
    here, there = tree(tmp_path / "here"), tree(tmp_path / "there")
    assert here.keys() == there.keys()
    shards = [name for name in here if name.startswith("shards")]
    assert [here[name] for name in shards] == [there[name] for name in shards]
    with pytest.raises(OutputError, match="--resume goes on"):
        corpus.run(f"{place}/texts.jsonl", f"{place}/there", job=JOB, workers=1)
    corpus.run(f"{place}/texts.jsonl", f"{place}/there", job=JOB, workers=1, resume=True)
    assert tree(tmp_path / "there") == there


def test_what_a_killed_worker_left_half_written_is_removed(manifest: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    corpus.run(manifest, out, job=JOB, workers=1)
    before = tree(out)
    (out / "records" / "00001.json").unlink()
    for place in (out, out / "shards", out / "records"):
        (place / ".aligner-half").write_bytes(b"{")
    corpus.run(manifest, out, job=JOB, workers=1, resume=True)
    assert tree(out) == before


def test_a_full_disk_is_one_clear_error_and_the_run_goes_on_later(
    manifest: Path, tmp_path: Path
) -> None:
    corpus.run(manifest, tmp_path / "whole", job=JOB, workers=1)
    largest = max(map(len, tree(tmp_path / "whole" / "shards").values()))
    command = [sys.executable, "-m", "aligner", "corpus", "run", str(manifest)]
    command += ["-o", str(tmp_path / "out"), "--shard-size", "2", "--workers", "1"]
    done = subprocess.run(
        command,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest - 1, largest - 1)),
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
    )
    assert done.returncode == 2
    assert "cannot be written (File too large)" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").rglob(".aligner-*"))
    corpus.run(manifest, tmp_path / "out", job=JOB, workers=1, resume=True)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def _environment() -> dict[str, str]:
    paths = [str(Path(aligner.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    shared = {"RAY_AUTH_MODE": "disabled"}  # a cluster of this machine alone
    return os.environ | shared | {"PYTHONPATH": os.pathsep.join(paths)}


def test_the_overview_says_what_the_summary_says(manifest: Path, tmp_path: Path) -> None:
    lines = ["Im Garten blühen rote Rosen.", "Der Hund bellt.", "Wir fahren ans Meer."] * 4
    (tmp_path / "other.txt").write_text("\n\n".join(lines), encoding="utf-8")
    row = {"id": "<other>", "paths": {"en": "2.en.txt", "de": "other.txt"}}
    with manifest.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    summary = corpus.run(manifest, tmp_path / "out", job=JOB, workers=1)
    page = (tmp_path / "out" / "overview.html").read_text("utf-8")
    assert "5 documents with" in page
    assert "&lt;other&gt;" in page
    assert "<other>" not in page
    assert "3.en.txt: no such file" in page
    assert "http" not in page.replace("http-equiv", "")
    assert summary.versions["en"]["documents"] == 5
    assert summary.versions["en"]["segments"] + summary.versions["de"]["segments"] == (
        summary.segments
    )
    assert summary.versions["de"]["alone"] >= 1
    assert [one["id"] for one in summary.doubtful] == ["<other>"]
    for code, number in summary.codes.items():
        assert f">{code}</th>" in page
        assert f"{number:,}" in page


# Ray leaves threads, sockets and warnings behind, so it only runs in processes of its own.
CLUSTER = """
import sys, ray
started = ray.init(num_cpus=2, include_dashboard=False, object_store_memory=2**28)
print(started.address_info["gcs_address"], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def address(deadly: Path) -> Iterator[str]:
    """Return the address of a cluster that runs on this machine, as long as it is needed."""
    for _ in range(3):  # Ray gives up early on a machine with other work
        with subprocess.Popen(
            [sys.executable, "-c", CLUSTER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_environment(),
        ) as process:
            assert process.stdout is not None
            found = process.stdout.readline().strip()
            if found:
                yield found
                process.communicate("", timeout=60)
                return
    pytest.skip("ray does not start here in the time it gives itself")


def _by_ray(manifest: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "aligner", "corpus", "run", str(manifest), "-o", str(out)]
    command += ["--engine", "ray", "--shard-size", "2", "--workers", "1", *options]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=_environment(), timeout=300
    )


@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed (extra 'ray')")
def test_the_ray_engine_writes_the_bytes_of_the_local_one(manifest: Path, tmp_path: Path) -> None:
    corpus.run(manifest, tmp_path / "local", job=JOB, workers=1)
    done = _by_ray(manifest, tmp_path / "ray")
    if "ray does not start" in done.stderr:
        pytest.skip("ray does not start here in the time it gives itself")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("4 documents, ")
    assert tree(tmp_path / "ray") == tree(tmp_path / "local")


@pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed (extra 'ray')")
def test_a_cluster_that_runs_already_leaves_out_the_same_document(
    deadly: Path, tmp_path: Path, address: str
) -> None:
    corpus.run(deadly, tmp_path / "local", job=JOB, workers=1)
    done = _by_ray(deadly, tmp_path / "ray", "--address", address)
    assert done.returncode == 0, done.stderr
    assert "2 failed" in done.stdout
    assert tree(tmp_path / "ray") == tree(tmp_path / "local")


def test_an_answer_raises_what_it_tells_of(manifest: Path, tmp_path: Path) -> None:
    first, second, _ = cut(read_manifest(str(manifest)).rows, 2)
    worker = Aligner(JOB, str(tmp_path))
    with pytest.raises(OutputError, match="cannot be written"):
        accept(answer(first, worker, str(tmp_path / "none"), strict=False))
    with pytest.raises(AlignerError, match="document d3"):
        accept(answer(second, worker, str(tmp_path), strict=True))


def test_ctrl_c_in_a_terminal_prints_one_line_and_the_run_goes_on(
    manifest: Path, tmp_path: Path
) -> None:
    """A terminal sends Ctrl-C to all of its processes, and so does this test."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "aligner", "corpus", "run", str(manifest), "-o", str(out)]
    environment = os.environ | {"PYTHONPATH": str(Path(aligner.__file__).parent.parent)}
    run = subprocess.Popen(
        [*command, "--shard-size", "1", "--workers", "2"],
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while run.poll() is None and not list(out.glob("records/*")):
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGINT)
    assert run.communicate()[1].decode() == "aligner: interrupted\n"
    assert run.returncode == 130
    summary = corpus.run(manifest, out, job=Job(shard_size=1), workers=1, resume=True)
    assert (summary.documents, summary.failed) == (4, 1)
