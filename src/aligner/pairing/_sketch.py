"""What pairing keeps of a document: vectors and lengths of its segments, numbers and names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from aligner._errors import InputError
from aligner._types import UNKNOWN_LANGUAGE, Document
from aligner.pairing._values import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aligner._encode import Encoder

Floats = npt.NDArray[np.float32]

MOST_UNITS = 200  # of a document
_BATCH = 4000  # segments encoded at once
_MARK = re.compile(r"\d+|(?<![.!?:»\"“”„] )\b[^\W\d_a-zß-öø-ÿ]\w{3,}")


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """One document as arrays over its units: segments, or runs of them in a long document.

    Attributes:
        sums: float32 [n, d], vectors such that runs add up.
        letters: float32 [n], characters.
        marks: numbers and capitalised words, which versions of one text share.
    """

    path: str
    language: str
    sums: Floats
    letters: Floats
    marks: frozenset[str]

    def __len__(self) -> int:
        return len(self.sums)

    @property
    def size(self) -> float:
        """Characters of the whole document."""
        return float(self.letters.sum())


def sketches(paths: Sequence[str], encoder: Encoder) -> tuple[list[Sketch], tuple[Unreadable, ...]]:
    """Return the sketch of each file that can be read, and the files that cannot."""
    unreadable: list[Unreadable] = []
    found: list[Sketch] = []
    for batch in _batches(paths, unreadable):
        found.extend(_sketched(batch, encoder))
    if not found:
        first = unreadable[0]
        raise InputError(first.path, f"no file can be read, the first because: {first.problem}")
    return found, tuple(unreadable)


def _batches(paths: Sequence[str], unreadable: list[Unreadable]) -> Iterator[list[Document]]:
    """Yield documents, some thousand segments at a time: one call of the encoder for each."""
    from aligner import formats
    from aligner._segment import segment_document

    batch: list[Document] = []
    count = 0
    for path in paths:
        try:
            document = segment_document(formats.read(path))
        except InputError as error:
            unreadable.append(Unreadable(path, error.problem))
            continue
        batch.append(document)
        count += len(document.segments)
        if count >= _BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _sketched(documents: Sequence[Document], encoder: Encoder) -> Iterator[Sketch]:
    """Yield the sketch of each document; all segments are encoded at once."""
    from aligner._vectors import embed

    together = Document.from_segments([s.text for d in documents for s in d.segments])
    sums = embed(together, encoder).sums
    start = 0
    for document in documents:
        end = start + len(document.segments)
        filled = [
            (row, len(segment.text))
            for row, segment in zip(sums[start:end], document.segments, strict=True)
            if segment.text.strip() and row.any()
        ]
        start = end
        vectors = np.array([row for row, _ in filled], np.float32).reshape(-1, sums.shape[1])
        letters = np.array([letters for _, letters in filled], np.float32)
        vectors, letters = merged(vectors, letters, MOST_UNITS)
        yield Sketch(
            document.path or "",
            document.language or UNKNOWN_LANGUAGE,
            vectors,
            letters,
            frozenset(_MARK.findall(document.text)),
        )


def merged(sums: Floats, letters: Floats, most: int) -> tuple[Floats, Floats]:
    """Return at most *most* units, neighbours merged into runs of about the same length."""
    if len(sums) <= most:
        return sums, letters
    middle = np.cumsum(letters, dtype=np.float64) - letters / 2
    bins = (middle / float(letters.sum()) * most).astype(np.int64)
    starts = np.flatnonzero(np.diff(bins, prepend=-1))
    return (
        np.add.reduceat(sums, starts, axis=0).astype(np.float32),
        np.add.reduceat(letters, starts).astype(np.float32),
    )
