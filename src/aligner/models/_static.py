"""Static models: one vector a piece, a text is the sum of its pieces; no torch needed."""

from __future__ import annotations

from functools import cache, cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from aligner._encode import Matrix, unit_rows, visible
from aligner._errors import EncoderError
from aligner._json import json_value
from aligner._visible import hidden, spelled, unmarked
from aligner.models._capitals import Recaser
from aligner.models._tensors import mapped, tensors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
ABOUT = "aligner.json"


class StaticEncoder:
    """A table of piece vectors and the tokenizer that cuts texts into those pieces.

    Attributes:
        name: the folder's name or that of its ``aligner.json``, and a checksum of its weights and
            tokenizer.
        dimensions: of the vectors.
        recased: writes words in capitals as the tokenizer knows them; texts are read so.
        languages: what its ``aligner.json`` says.
    """

    def __init__(
        self,
        tokenizer: Tokenizer,
        rows: Matrix | NDArray[np.int8],
        factors: Matrix | None = None,
        *,
        name: str = "static",
        languages: frozenset[str] | None = None,
    ) -> None:
        if tokenizer.get_vocab_size() > len(rows):
            raise EncoderError(
                f"{name}: {len(rows)} vectors for {tokenizer.get_vocab_size()} pieces"
            )
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._rows = rows
        self._factors = factors
        self.recased = Recaser(self._sizes)
        self.dimensions = int(rows.shape[1])
        self.name = name
        self.languages = languages

    @classmethod
    def load(cls, folder: Path) -> StaticEncoder:
        """Read a model from *folder*, as sentence-transformers' StaticEmbedding writes it.

        Tables in float32, float16 and int8 (with a factor a row, as model2vec does) are known.

        Raises:
            EncoderError: if a file is missing or broken.
        """
        from tokenizers import Tokenizer

        folder = _module_folder(folder)
        cut, weights = _read(folder / TOKENIZER), mapped(folder / WEIGHTS)
        rows, factors = _table(weights, folder / WEIGHTS)
        try:
            tokenizer = Tokenizer.from_buffer(cut)
        except ValueError as error:
            raise EncoderError(f"{folder / TOKENIZER}: no tokenizer: {error}") from error
        about = _about(folder)
        languages = about.get("languages")
        sum_of_both = crc32(weights.data, crc32(cut))
        return cls(
            tokenizer,
            rows,
            factors,
            name=f"{about.get('name', folder.resolve().name)}@{sum_of_both:08x}",
            languages=frozenset(languages) if languages else None,
        )

    def __repr__(self) -> str:
        count = len(self._rows)
        return f"<StaticEncoder {self.name}: {count} pieces, {self.dimensions} dimensions>"

    @cached_property
    def table(self) -> Matrix:
        """The vectors of the pieces, float32 [V, d]; made when first asked for."""
        return self._vectors(slice(None))

    def _vectors(self, chosen: NDArray[np.intp] | slice) -> Matrix:
        rows: Matrix = self._rows[chosen].astype(np.float32, copy=False)
        if self._factors is not None:
            rows *= self._factors[chosen, None]
        return rows

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return one row of unit length a text; a text without pieces gives a row of zeros."""
        return unit_rows(self.sums(texts))

    def sums(self, texts: Sequence[str], /) -> Matrix:
        """Return for each text the sum of the vectors of its pieces.

        Only the rows of the pieces that occur are spread out to float32. The sum is taken text by
        text over a buffer that stays in the processor's cache; one ``np.add.reduceat`` over all
        texts takes three times as long.
        """
        rows = self.ids(texts)
        counts = np.fromiter(map(len, rows), np.intp, len(rows))
        ids = np.fromiter(chain.from_iterable(rows), np.intp, int(counts.sum()))
        occurs = np.zeros(len(self._rows), np.bool_)
        occurs[ids] = True
        table = self._vectors(np.flatnonzero(occurs))
        places = (np.cumsum(occurs) - 1)[ids]
        out = np.zeros((len(rows), self.dimensions), np.float32)
        buffer = np.empty((int(counts.max(initial=0)), self.dimensions), np.float32)
        start = 0
        for row, end in enumerate(np.cumsum(counts).tolist()):
            part = buffer[: end - start]
            table.take(places[start:end], 0, part, "clip")
            np.add.reduce(part, 0, None, out[row])
            start = end
        return out

    def ids(self, texts: Sequence[str], /) -> list[list[int]]:
        """Return the pieces of each text, as rows of the table."""
        return [encoding.ids for encoding in self._encodings(_shown(texts))]

    def pieces(
        self, texts: Sequence[str], /
    ) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int64]]:
        """Return ids of all pieces, ``[n + 1]`` bounds by text, and ``[k, 2]`` character spans.

        Spans are offsets into the text as given, white space left out; a piece that is only a
        word boundary has an empty span.
        """
        seen = _shown(texts)
        encodings = self._encodings(seen, spans=True)
        counts = [len(encoding.ids) for encoding in encodings]
        bounds = np.zeros(len(counts) + 1, np.int64)
        np.cumsum(counts, out=bounds[1:])
        ids = np.fromiter(chain.from_iterable(e.ids for e in encodings), np.int32, int(bounds[-1]))
        ends = chain.from_iterable(chain.from_iterable(e.offsets for e in encodings))
        spans = np.fromiter(ends, np.int64, 2 * len(ids)).reshape(-1, 2)
        _trim(spans, seen, counts)
        for row, (text, shown) in enumerate(zip(texts, seen, strict=True)):
            if text is not shown and text != shown:
                here = slice(bounds[row], bounds[row + 1])
                spans[here] = _moved_back(spans[here], text)
        return ids, bounds, spans

    def piece(self, index: int) -> str:
        """Return the piece with *index*, a word boundary as ``▁``."""
        return str(self._tokenizer.id_to_token(index))

    def _encodings(self, texts: Sequence[str], *, spans: bool = False) -> list[Encoding]:
        recased = [self.recased(unmarked(text)) for text in texts]
        if spans:
            return self._tokenizer.encode_batch(recased, add_special_tokens=False)
        return self._tokenizer.encode_batch_fast(recased, add_special_tokens=False)

    def _sizes(self, texts: Sequence[str]) -> Iterator[int]:
        """Yield the number of pieces of each text, in the case that it has."""
        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return (len(encoding.ids) for encoding in found)


def _shown(texts: Sequence[str]) -> list[str]:
    """Return what is visible of each text.

    Raises:
        TypeError: for one text in place of a list, or what is no text.
    """
    if isinstance(texts, str) or not all(isinstance(text, str) for text in texts):
        raise TypeError("give a list of texts to encode, each a str")
    return [visible(text) for text in texts]


@cache
def _blank() -> NDArray[np.bool_]:
    """Return which characters are white space; there is none above U+3000."""
    return np.array([chr(code).isspace() for code in range(0x3002)])


def is_static(folder: Path) -> bool:
    """Return whether *folder* holds a static model that needs no torch."""
    try:
        inner = _module_folder(folder)
    except EncoderError:
        return False
    return (inner / WEIGHTS).is_file() and (inner / TOKENIZER).is_file()


def _module_folder(folder: Path) -> Path:
    """Return where the StaticEmbedding module of the model in *folder* lies."""
    path = folder / "modules.json"
    if not path.is_file():
        raise EncoderError(f"{folder}: no modules.json; this is no sentence-transformers model")
    modules = _json(path)
    if not (isinstance(modules, list) and modules and isinstance(modules[0], dict)):
        raise EncoderError(f"{path}: expected a list of modules")
    if not str(modules[0].get("type", "")).endswith(".StaticEmbedding"):
        raise EncoderError(f"{folder}: not a static model")
    return folder / str(modules[0].get("path", ""))


def _table(raw: NDArray[np.uint8], path: Path) -> tuple[Matrix | NDArray[np.int8], Matrix | None]:
    """Return the table in *raw*, read from *path*, and its factors by row if it has any.

    Eight-bit rows stay as they are, in the file mapped into memory: spread out to float32 at once
    they would take longer to load than everything else.
    """
    found = tensors(raw, path)
    weights = found.get("embedding.weight", found.get("embeddings"))
    if weights is None or weights.ndim != 2:
        raise EncoderError(f"{path}: no table of piece vectors; found {', '.join(found)}")
    if "mapping" in found:
        weights = weights[found["mapping"].astype(np.intp)]
    factors = found.get("weights")
    if factors is None:
        return weights.astype(np.float32), None
    factors = factors.astype(np.float32)
    if weights.dtype == np.int8:
        return weights, factors
    return weights.astype(np.float32) * factors[:, None], None


def _about(folder: Path) -> dict[str, Any]:
    path = folder / ABOUT
    about = _json(path) if path.is_file() else {}
    if not isinstance(about, dict):
        raise EncoderError(f"{path}: expected an object with name and languages")
    return about


def _json(path: Path) -> object:
    try:
        return json_value(_read(path))
    except ValueError as error:
        raise EncoderError(f"{path}: not JSON: {error}") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderError(f"{path}: cannot be read: {error.strerror}") from error


def _trim(spans: NDArray[np.int64], texts: Sequence[str], counts: Sequence[int]) -> None:
    """Move the start of each span past white space; *counts* are the spans of each text."""
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    blank = _blank()[np.minimum(codes, len(_blank()) - 1)]
    lengths = np.array([len(text) + 1 for text in texts], np.int64)
    firsts = np.repeat(np.cumsum(lengths) - lengths, counts)
    starts, ends = spans[:, 0], spans[:, 1]
    while (late := blank[firsts + starts] & (starts < ends)).any():
        starts[late] += 1


def _moved_back(spans: NDArray[np.int64], text: str) -> NDArray[np.int64]:
    """Map spans over the visible characters to spans over *text*."""
    shown = np.ones(len(text), bool)
    for start, end in hidden(spelled(text)):
        shown[start:end] = False
    kept = np.append(np.flatnonzero(shown), len(text))
    starts = kept[spans[:, 0]]
    ends = np.where(spans[:, 0] < spans[:, 1], kept[spans[:, 1]], starts)
    return np.stack([starts, ends], axis=1)
