"""Where a run starts: the tokenizer and the first table, from a model, a teacher, or nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from aligner._encode import EMBEDDED
from aligner._errors import EncoderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

    from aligner._encode import Encoder, Matrix
    from aligner.train._options import TrainOptions

_DIMENSIONS = 256
_DAMPING = 1e-4  # share of the text from which a piece counts for less (Arora et al. 2017)
NEW_VOCABULARY = 16_000
UNKNOWN = "<unk>"


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """A tokenizer and a table that fit together."""

    tokenizer: Tokenizer
    table: Matrix


def start_from(options: TrainOptions, texts: Sequence[str], teacher: Encoder | None) -> Start:
    """Return the start that *options* ask for.

    Raises:
        EncoderError: if the model to start from is missing, broken or not static.
    """
    if options.start == "new":
        start = _new(options, texts, teacher)
    else:
        start = _old(options.start)
        if options.vocabulary is not None:
            start = _cut(start, options.vocabulary, texts)
    if options.dimensions is not None:
        start = Start(start.tokenizer, resized(start.table, options.dimensions, options.seed))
    return start


def _old(name: str) -> Start:
    from tokenizers import Tokenizer

    from aligner.models import EMBEDDED_FOLDER, StaticEncoder

    folder = EMBEDDED_FOLDER if name == EMBEDDED else Path(name)
    if not folder.is_dir():
        raise EncoderError(
            f"{name}: no such folder; start from {EMBEDDED}, from new, or from the folder of a "
            "static model"
        )
    encoder = StaticEncoder.load(folder)
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return Start(tokenizer, encoder.table)


def _new(options: TrainOptions, texts: Sequence[str], teacher: Encoder | None) -> Start:
    """Return a start with a unigram vocabulary of its own, learned from *texts*."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Strip()])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=options.vocabulary or NEW_VOCABULARY,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        show_progress=False,
    )
    try:
        tokenizer.train_from_iterator(texts, trainer)
    except Exception as error:  # of no other class
        raise EncoderError(
            f"no vocabulary of {trainer.vocab_size} pieces can be made of this text: {error}"
        ) from error
    tokenizer = _settled(tokenizer)
    size = tokenizer.get_vocab_size()
    dimensions = options.dimensions or _DIMENSIONS
    if teacher is None:
        random = np.random.default_rng(options.seed)
        table = random.standard_normal((size, dimensions)).astype(np.float32)
        return Start(tokenizer, table / np.float32(np.sqrt(dimensions)))
    pieces = [str(tokenizer.id_to_token(i)) for i in range(size)]
    return Start(tokenizer, taught_table(teacher, pieces, counts(tokenizer, texts), dimensions))


def _settled(tokenizer: Tokenizer) -> Tokenizer:
    """Return *tokenizer* with rounded scores, in order: its trainer adds them up in any order."""
    form = json.loads(tokenizer.to_str())
    unknown, *pieces = form["model"]["vocab"]
    rounded = [[piece, round(score, 8)] for piece, score in pieces]
    form["model"]["vocab"] = [unknown, *sorted(rounded, key=lambda p: (-p[1], p[0]))]
    settled: Tokenizer = tokenizer.from_str(json.dumps(form))
    return settled


def taught_table(teacher: Encoder, pieces: Sequence[str], seen: Matrix, dimensions: int) -> Matrix:
    """Return start vectors: each piece encoded alone, centred, rotated, frequent ones damped."""
    vectors = teacher.encode([piece.replace("▁", " ").strip() or piece for piece in pieces])
    vectors = vectors - vectors.mean(axis=0)
    table = resized(vectors, dimensions, seed=0)
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    table *= (_DAMPING / (_DAMPING + seen / seen.sum()))[:, None]
    table /= np.linalg.norm(table, axis=1).mean()
    return table


def resized(table: Matrix, dimensions: int, seed: int) -> Matrix:
    """Return *table* with *dimensions* columns: its main axes, or more columns of faint noise."""
    have = table.shape[1]
    if dimensions == have:
        return table
    if dimensions > have:
        random = np.random.default_rng(seed)
        noise = random.standard_normal((len(table), dimensions - have)).astype(np.float32)
        faint = np.float32(0.01 * table.std())
        return np.concatenate([table, faint * noise], axis=1)
    _, _, axes = np.linalg.svd(table.T @ table)
    turned: Matrix = table @ axes[:dimensions].T
    return turned


def counts(tokenizer: Tokenizer, texts: Sequence[str]) -> Matrix:
    """Return how often each piece occurs in *texts*."""
    seen = np.zeros(tokenizer.get_vocab_size(), np.float32)
    for first in range(0, len(texts), 10_000):
        part = list(texts[first : first + 10_000])
        for encoding in tokenizer.encode_batch_fast(part, add_special_tokens=False):
            np.add.at(seen, encoding.ids, 1)
    return seen


def _cut(start: Start, size: int, texts: Sequence[str]) -> Start:
    """Keep the *size* pieces that *texts* use most; single characters stay, so all can be cut."""
    form: dict[str, Any] = json.loads(start.tokenizer.to_str())
    model = form["model"]
    if model.get("type") != "Unigram":
        raise EncoderError(
            f"the vocabulary of a {model.get('type')} tokenizer cannot be cut; leave out vocabulary"
        )
    seen = counts(start.tokenizer, texts)
    pieces = model["vocab"]
    for index, (piece, _) in enumerate(pieces):
        if len(piece) == 1 or index == model["unk_id"]:
            seen[index] = np.inf
    kept = np.sort(np.argsort(-seen, kind="stable")[:size])
    return cut_to(start, form, kept.tolist())


def cut_to(start: Start, form: dict[str, Any], kept: Sequence[int]) -> Start:
    """Return the start with only the pieces *kept*; *form* is its tokenizer as JSON."""
    from tokenizers import Tokenizer

    model = form["model"]
    model["unk_id"] = list(kept).index(model["unk_id"])
    model["vocab"] = [model["vocab"][index] for index in kept]
    place = {piece: index for index, (piece, _) in enumerate(model["vocab"])}
    added = [token for token in form["added_tokens"] if token["content"] in place]
    form["added_tokens"] = [{**token, "id": place[token["content"]]} for token in added]
    form["post_processor"] = None
    return Start(Tokenizer.from_str(json.dumps(form)), start.table[list(kept)])
