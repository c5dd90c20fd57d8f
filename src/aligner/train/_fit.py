"""``fit``: read, start, train, save; each stage is a module of its own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aligner._encode import load_encoder, unit_rows
from aligner._errors import OutputError
from aligner._storage import try_to_write
from aligner.train._bitext import Bitext, read_bitext
from aligner.train._contrast import Batch, Ragged
from aligner.train._loop import (
    STATE,
    Pairs,
    Store,
    Targets,
    load_state,
    new_state,
    retrieval,
    train,
)
from aligner.train._options import TrainOptions, TrainReport
from aligner.train._save import save_model
from aligner.train._start import Start, start_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tokenizers import Tokenizer

    from aligner._encode import Encoder

Files = str | Path | Sequence[str | Path]
Paths = Files | Mapping[str, float] | Mapping[Path, float] | Mapping[str | Path, float]


def fit(
    bitext: Paths,
    output: str | Path,
    *,
    options: TrainOptions | None = None,
    languages: Sequence[str] | None = None,
    resume: bool = False,
    progress: bool = False,
) -> TrainReport:
    """Train a static model on *bitext* and write it to the folder *output*.

    The run keeps its state in ``OUTPUT.state`` and removes it at the end; *output* appears only
    when everything is done. The same files, options and seed give the same weights.

    Args:
        bitext: a TSV, CSV, JSONL, TMX, XLIFF or PO file (``.gz`` too), or several; a mapping
            says how often the pairs of each file are drawn, relative to those of the others.
        languages: of the columns of tables without a header line.
        resume: go on with an interrupted run of the same files and options.
        progress: show a bar.

    Raises:
        InputError: if a file is broken or there is too little to train on.
        OutputError: if *output* exists already, or an interrupted run is there and not resumed.
        EncoderError: if the model to start from, or the teacher, cannot be used.
    """
    options = options or TrainOptions()
    weights = _weights(bitext)
    folder, kept = _folders(output, resume)
    read = read_bitext(list(weights), languages=languages)
    teacher = None if options.teacher is None else load_encoder(options.teacher)
    start = start_from(options, [*read.left, *read.right], teacher)
    pairs, held = _split(start.tokenizer, read, list(weights.values()), options)
    key = _key(read, weights.values(), options)
    state = new_state(start.table, options.seed)
    if resume and (kept / STATE).is_file():
        state = load_state(kept, key)
    targets = None if teacher is None else _targets(teacher, start, read, options)
    with _bar(options.steps, state.step, shown=progress) as report:
        train(state, pairs, held, options, targets, Store(kept, key), report)
    name, languages = folder.name, sorted(read.languages)
    tokenizer = start.tokenizer.to_str()
    save_model(folder, tokenizer, state.best, name, languages, options.storage)
    shutil.rmtree(kept, ignore_errors=True)
    return TrainReport(
        folder=str(folder),
        pairs=len(pairs),
        held=len(held),
        dropped=read.dropped,
        before=retrieval(start.table, held),
        after=retrieval(state.best, held),
        steps=state.step,
        stopped_early=state.step < options.steps,
    )


def _folders(output: str | Path, resume: bool) -> tuple[Path, Path]:
    """Return the folder of the model and that of the state, after a look at what is there."""
    folder = Path(output)
    if folder.exists():
        raise OutputError(f"{folder}: exists already; choose another folder")
    state = state_folder(folder)
    if state.exists() and not resume:
        raise OutputError(
            f"{state}: an interrupted run; resume it (--resume), or delete that folder"
        )
    _check_writable(folder)
    return folder, state


def state_folder(output: str | Path) -> Path:
    """Return the folder that keeps the state of the run that is to make *output*."""
    folder = Path(output)
    return folder.with_name(f"{folder.name}.state")


def _check_writable(folder: Path) -> None:
    """Raise before the work, not after it, if nothing can be written where *folder* goes."""
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    try:
        try_to_write(str(above))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from error


def _weights(bitext: Paths) -> dict[str | Path, float]:
    """Return the files, and how often the pairs of each are drawn."""
    if not bitext:
        raise ValueError("give a file of bitext, or several")
    if not isinstance(bitext, Mapping):
        return dict.fromkeys([bitext] if isinstance(bitext, str | Path) else bitext, 1.0)
    weights = {path: float(weight) for path, weight in bitext.items()}
    if not all(0 <= weight < np.inf for weight in weights.values()) or not any(weights.values()):
        shown = ", ".join(f"{weight:g}" for weight in weights.values())
        raise ValueError(f"weights must be 0 or more, and not all of them 0: {shown}")
    return weights


def _split(
    tokenizer: Tokenizer, read: Bitext, weights: Sequence[float], options: TrainOptions
) -> tuple[Pairs, Pairs]:
    """Return the pairs to train on and those held apart, as pieces."""
    order = np.random.default_rng(options.seed).permutation(len(read))
    apart = min(options.held, len(read) // 5)
    held, kept = np.sort(order[:apart]), np.sort(order[apart:])
    left, right = pieces(tokenizer, read.left), pieces(tokenizer, read.right)
    every = options.longest
    groups = np.repeat(np.arange(len(read.groups)), read.groups)
    sizes = np.bincount(groups[kept], minlength=len(read.groups)).tolist()
    return (
        Pairs(left.take(kept, every), right.take(kept, every), tuple(sizes), tuple(weights)),
        Pairs(left.take(held, every), right.take(held, every), (apart,), (1.0,)),
    )


def pieces(tokenizer: Tokenizer, texts: Sequence[str]) -> Ragged:
    """Return the pieces of *texts*; a text without any gets the unknown piece."""
    rows: list[list[int]] = []
    for first in range(0, len(texts), 10_000):
        part = list(texts[first : first + 10_000])
        rows += [e.ids or [0] for e in tokenizer.encode_batch_fast(part, add_special_tokens=False)]
    return Ragged.of(rows)


def _targets(teacher: Encoder, start: Start, read: Bitext, options: TrainOptions) -> Targets:
    """Return texts with the teacher's vectors, turned to where the start has those texts.

    The turn is the orthogonal one that brings both closest (Procrustes), so that the teacher
    says how texts lie to each other and the start keeps its axes.
    """
    texts = sorted({*read.left, *read.right})
    random = np.random.default_rng(options.seed)
    count = min(options.teacher_texts, len(texts))
    chosen = [texts[i] for i in np.sort(random.permutation(len(texts))[:count])]
    ragged = pieces(start.tokenizer, chosen)
    vectors = teacher.encode(chosen)
    vectors = vectors - vectors.mean(axis=0)
    own = Batch(start.table, [ragged]).units[0]
    left, _, right = np.linalg.svd(vectors.T @ own, full_matrices=False)
    return Targets(ragged, unit_rows(vectors @ (left @ right)))


def _key(read: Bitext, weights: Iterable[float], options: TrainOptions) -> str:
    """Return a hash of everything that decides how a run goes."""
    digest = blake2b(digest_size=16)
    digest.update(json.dumps([asdict(options), list(weights), read.groups]).encode())
    for texts in (read.left, read.right):
        for text in texts:
            digest.update(text.encode() + b"\0")
    return digest.hexdigest()


@contextmanager
def _bar(steps: int, done: int, *, shown: bool) -> Iterator[Callable[[int, float], None]]:
    if not shown:
        yield lambda step, loss: None
        return
    from tqdm.auto import tqdm  # type: ignore[import-untyped]  # it ships no types

    with tqdm(total=steps, initial=done, unit="step", desc="train") as bar:

        def report(step: int, loss: float) -> None:
            bar.set_postfix_str(f"loss apart {loss:.4f}")
            bar.update(step - bar.n)

        yield report
