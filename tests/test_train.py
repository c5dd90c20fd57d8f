"""Training a static model: what is learned, what is written, what bad bitext says."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from aligner._encode import load_encoder
from aligner._errors import EncoderError, InputError, OutputError
from aligner.train import TrainOptions, TrainReport, fit
from aligner.train._bitext import read_bitext
from aligner.train._contrast import Batch, Ragged, contrast, repeats

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

WORDS = """house Haus, tree Baum, dog Hund, bread Brot, water Wasser, child Kind, night Nacht,
friend Freund, window Fenster, street Straße, summer Sommer, winter Winter, river Fluss,
mountain Berg, letter Brief, bird Vogel, king König, stone Stein, hand Hand, light Licht"""
PAIRS = [tuple(pair.split()) for pair in WORDS.replace("\n", " ").split(",")]
SMALL = TrainOptions(
    start="new",
    vocabulary=150,
    dimensions=16,
    steps=60,
    batch=64,
    rate=0.05,
    held=60,
    check_every=20,
)


def sentences(count: int, seed: int = 0) -> list[tuple[str, str]]:
    random = np.random.default_rng(seed)
    rows = [[PAIRS[i] for i in random.integers(0, len(PAIRS), 4)] for _ in range(count)]
    return [(" ".join(w[0] for w in row), " ".join(w[1] for w in row)) for row in rows]


def table(path: Path, rows: Sequence[tuple[str, ...]], header: str = "en\tde") -> Path:
    path.write_text("\n".join([header, *("\t".join(row) for row in rows)]), encoding="utf-8")
    return path


@pytest.fixture
def bitext(tmp_path: Path) -> Path:
    return table(tmp_path / "small.tsv", sentences(400))


def test_a_new_model_finds_the_pairs_it_has_not_seen(bitext: Path, tmp_path: Path) -> None:
    report = fit([bitext], tmp_path / "model", options=SMALL)
    assert report.before < 0.5 < 0.9 < report.after
    assert not (tmp_path / "model.state").exists()
    encoder = load_encoder(tmp_path / "model")
    assert encoder.languages == frozenset({"en", "de"})
    left, right = (encoder.encode([t]) for t in ("the tree and water", "Wasser, Baum"))
    assert (left @ right.T).item() > (left @ encoder.encode(["Hund König"]).T).item()


def test_the_same_run_gives_the_same_weights(bitext: Path, tmp_path: Path) -> None:
    names = [load_encoder(_fit(bitext, tmp_path / name)).name.split("@")[1] for name in "ab"]
    assert names[0] == names[1]


def _fit(bitext: Path, folder: Path) -> Path:
    fit([bitext], folder, options=SMALL)
    return folder


def test_an_interrupted_run_is_resumed_as_if_nothing_had_happened(
    bitext: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import aligner.train._loop as loop

    whole = load_encoder(_fit(bitext, tmp_path / "whole")).name
    step, left = loop._step, [45]

    def interrupted(*args: object) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        step(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(loop, "_step", interrupted)
    monkeypatch.setattr(loop, "SAVE_EVERY", 0.0)
    with pytest.raises(KeyboardInterrupt):
        fit([bitext], tmp_path / "again", options=SMALL)
    monkeypatch.setattr(loop, "_step", step)
    assert not (tmp_path / "again").exists()
    with pytest.raises(OutputError, match="an interrupted run; resume it"):
        fit([bitext], tmp_path / "again", options=SMALL)
    fit([bitext], tmp_path / "again", options=SMALL, resume=True)
    assert load_encoder(tmp_path / "again").name.split("@")[1] == whole.split("@")[1]


def test_a_run_is_not_resumed_with_other_options(bitext: Path, tmp_path: Path) -> None:
    from aligner.train._loop import Store, new_state, save_state

    state = new_state(np.zeros((3, 2), np.float32), 1)
    save_state(state, Store(tmp_path / "model.state", "another key"))
    with pytest.raises(EncoderError, match="other text or options"):
        fit([bitext], tmp_path / "model", options=SMALL, resume=True)


@pytest.mark.parametrize("storage", ["int8", "float16", "float32"])
def test_sentence_transformers_reads_the_same_vectors(
    bitext: Path, tmp_path: Path, storage: str
) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    options = replace(SMALL, steps=5, storage=storage)  # type: ignore[arg-type]  # from parametrize
    fit([bitext], tmp_path / "model", options=options)
    texts = ["house and tree", "Der König  ißt Brot. ", "7"]
    ours = load_encoder(tmp_path / "model").encode(texts)
    theirs = sentence_transformers.SentenceTransformer(str(tmp_path / "model"), device="cpu")
    np.testing.assert_allclose(theirs.encode(texts), ours, atol=1e-3)


def test_an_old_model_goes_on_with_fewer_pieces_and_dimensions(
    bitext: Path, tmp_path: Path
) -> None:
    fit([bitext], tmp_path / "old", options=SMALL)
    options = TrainOptions(
        start=str(tmp_path / "old"), vocabulary=90, dimensions=8, steps=20, rate=0.01
    )
    report = fit([bitext], tmp_path / "new", options=options)
    assert report.before > 0.3
    assert load_encoder(tmp_path / "new").encode(["tree"]).shape == (1, 8)


def test_a_teacher_gives_start_vectors_and_targets(bitext: Path, tmp_path: Path) -> None:
    fit([bitext], tmp_path / "teacher", options=SMALL)
    options = TrainOptions(
        start="new", vocabulary=150, dimensions=8, steps=1, teacher=str(tmp_path / "teacher")
    )
    report = fit([bitext], tmp_path / "taught", options=options)
    plain = TrainOptions(start="new", vocabulary=150, dimensions=8, steps=1)
    assert report.before > fit([bitext], tmp_path / "plain", options=plain).before


def test_files_can_be_weighted_and_mixed(tmp_path: Path) -> None:
    rows = sentences(300)
    packed = tmp_path / "one.en-de.tsv.gz"
    with gzip.open(packed, "wt", encoding="utf-8") as file:
        file.writelines(f"{left}\t{right}\n" for left, right in rows[:200])
    lines = tmp_path / "two.jsonl"
    lines.write_text(
        "\n".join(json.dumps({"de": d, "en": e, "sv": f"{e} på svenska"}) for e, d in rows[200:])
    )
    read = read_bitext([packed, lines])
    assert read.languages == frozenset({"en", "de", "sv"})
    assert read.groups[0] == 200
    assert read.groups[1] > 250  # three pairs a row, less what the first file had
    fit({packed: 3.0, lines: 1.0}, tmp_path / "model", options=SMALL)


def test_one_file_may_be_given_as_it_is(bitext: Path, tmp_path: Path) -> None:
    few = replace(SMALL, steps=1)
    assert fit(str(bitext), tmp_path / "model", options=few).held == 60
    with pytest.raises(ValueError, match="give a file of bitext, or several"):
        fit([], tmp_path / "other")


def test_an_output_that_exists_is_not_touched(bitext: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="exists already"):
        fit([bitext], tmp_path, options=SMALL)


def test_useless_rows_are_counted_and_too_few_pairs_are_an_error(tmp_path: Path) -> None:
    rows = [("tree", "Baum"), ("tree", "Baum"), ("", "Hund"), ("Hand", "Hand"), ("12", "13")]
    with pytest.raises(InputError) as caught:
        read_bitext([table(tmp_path / "few.tsv", rows)])
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "few.tsv"))
    for part in (
        "too few usable pairs: 1 (",
        "1 seen before",
        "1 with an empty side",
        "at least 100",
    ):
        assert part in message
    assert "1 the same on both sides" in message


ENGLISH = "The members of the committee have agreed on a common text, number"
GERMAN = "Die Mitglieder des Ausschusses haben sich auf einen Text geeinigt, Nummer"


def test_swapped_columns_are_noticed(tmp_path: Path) -> None:
    rows = [(f"{GERMAN} {i}", f"{ENGLISH} {i}") for i in range(120)]
    with pytest.raises(InputError, match=r"swapped.*--languages"):
        read_bitext([table(tmp_path / "swapped.tsv", rows)])


def test_one_language_only_is_noticed(tmp_path: Path) -> None:
    rows = [(f"{ENGLISH} {i}", f"{ENGLISH} {i} too") for i in range(120)]
    with pytest.raises(InputError, match="in the same language"):
        read_bitext([table(tmp_path / "same.tsv", rows)])


def test_a_broken_tmx_says_where_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "broken.tmx"
    path.write_text("<tmx><body><tu><tuv xml:lang='en'><seg>tree</seg></tuv>")
    with pytest.raises(InputError, match=r"broken\.tmx"):
        fit([path], tmp_path / "model", options=SMALL)
    assert list(tmp_path.iterdir()) == [path]


def test_a_packed_file_that_is_torn_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "torn.en-de.tsv.gz"
    path.write_bytes(gzip.compress(b"tree\tBaum\n" * 1000)[:-12])
    with pytest.raises(InputError, match=r"torn\.en-de\.tsv\.gz: cannot be unpacked"):
        read_bitext([path])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("steps", 0, "steps must be at least 1"),
        ("drop", 1.0, "drop must be from 0"),
        ("scale", -1.0, "scale must be positive"),
        ("dimensions", 1, "dimensions must be at least 2"),
        ("storage", "int4", "storage is int8, float16 or float32"),
    ],
)
def test_options_out_of_range_are_refused(name: str, value: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TrainOptions(**{name: value})  # type: ignore[arg-type]  # the point of the test


def _numeric(left: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    out = np.zeros_like(left)
    for index in np.ndindex(*left.shape):
        for sign in (1, -1):
            moved = left.copy()
            moved[index] += sign * 1e-5
            out[index] += sign * contrast(moved, right, 5.0)[0] / 2e-5  # type: ignore[arg-type]  # in double precision on purpose
    return out


def test_the_gradient_of_the_loss_is_that_of_finite_differences() -> None:
    random = np.random.default_rng(0)
    left, right = random.standard_normal((2, 4, 3))
    _, to_left, to_right = contrast(left, right, 5.0)
    np.testing.assert_allclose(to_left, _numeric(left, right), atol=1e-4)
    np.testing.assert_allclose(to_right, _numeric(right, left), atol=1e-4)


def test_the_gradient_reaches_the_pieces() -> None:
    random = np.random.default_rng(0)
    weights = random.standard_normal((6, 3)).astype(np.float32)
    texts = Ragged.of([[0, 1, 1], [2], [3, 4]])
    aim = random.standard_normal((3, 3)).astype(np.float32)
    batch = Batch(weights, [texts])
    gradient = batch.gradient([aim])
    assert batch.rows.tolist() == [0, 1, 2, 3, 4]
    for row in range(5):
        for column in range(3):
            moved = weights.copy()
            moved[row, column] += 1e-3
            change = ((Batch(moved, [texts]).units[0] - batch.units[0]) * aim).sum() / 1e-3
            assert gradient[row, column] == pytest.approx(change, abs=2e-2)


def test_pairs_that_share_a_text_are_no_negatives_of_each_other() -> None:
    left = Ragged.of([[1], [2], [1]])
    right = Ragged.of([[5], [6], [7]])
    same = repeats(left, right)
    assert same is not None
    assert np.argwhere(same).tolist() == [[0, 2], [2, 0]]
    assert repeats(right, right) is None


def _run(*arguments: object) -> int:
    from aligner.cli import main

    return main(["train", *map(str, arguments)])


QUICK = ["--start", "new", "--vocabulary", 150, "--dimensions", 16, "--batch", 64]


def test_the_command_trains_and_reports(
    bitext: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(bitext, "-o", tmp_path / "model", "--quiet", *QUICK, "--steps", 20) == 0
    out = capsys.readouterr().out
    assert "1 seen before; 20 steps" in out
    assert "before, " in out
    assert (tmp_path / "model" / "modules.json").is_file()


def test_a_report_says_if_nothing_was_gained() -> None:
    report = TrainReport("model", 900, 100, (), 0.98, 0.99, 50, stopped_early=False)
    assert str(report).endswith("0.9800 before, 0.9900 after")
    assert str(replace(report, after=0.97)).endswith(
        "0.9700 after; no gain: the start is as good for such text"
    )
    assert str(replace(report, before=0.02, after=0.02)).endswith(
        "0.0200 after; no gain: it takes more steps, more pairs or a larger vocabulary"
    )


def test_the_command_refuses_what_does_not_fit(
    bitext: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refused: dict[str, list[object]] = {
        "2 weights for 1 file": ["--weights", "1,2"],
        "weights must be 0 or more, and not all of them 0: 0": ["--weights", "0"],
        "weights must be 0 or more, and not all of them 0: nan": ["--weights", "nan"],
        "numbers such as 8,1, not 'eight'": ["--weights", "eight"],
        "steps must be at least 1": ["--steps", 0],
        "seed must be at least 0": ["--seed", -1],
        "'' is not a language tag": ["--languages", "en,"],
        "nowhere: no such folder; start from embedded, from new": ["--start", "nowhere"],
        "no vocabulary of 3 pieces": ["--start", "new", "--vocabulary", 3],
    }
    for message, options in refused.items():
        assert _run(bitext, "-o", tmp_path / "model", *options) == 2
        err = capsys.readouterr().err
        assert err.startswith("aligner: error: ")
        assert message in err
        assert err.count("\n") == 1
    assert not (tmp_path / "model").exists()


def test_a_folder_that_cannot_be_written_is_told_before_the_work(
    bitext: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(tmp_path / "none.tmx", "-o", bitext / "model") == 2
    assert f"{bitext / 'model'}: cannot be written (Not a directory)" in capsys.readouterr().err


def test_ctrl_c_keeps_what_was_done_and_the_run_goes_on_from_there(
    bitext: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    import signal

    import aligner.train._loop as loop

    step, steps = loop._step, [0]

    def pressed(*args: object) -> None:
        steps[0] += 1
        if steps[0] == 7:
            signal.raise_signal(signal.SIGINT)
        step(*args)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(loop, "_step", pressed)
    model = tmp_path / "model"
    assert _run(bitext, "-o", model, *QUICK, "--steps", 20) == 130
    told = f"note: {model}.state keeps what was done; the same command with --resume goes on"
    assert capsys.readouterr().err == f"{told}\naligner: interrupted\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    assert _run(bitext, "-o", model, *QUICK, "--steps", 20, "--resume") == 0
    assert steps[0] == 20
    assert {path.name for path in tmp_path.iterdir()} == {bitext.name, "model"}
