"""A small transformer in numpy: it reads each word in its context, at many times the price.

The network is BERT's (Devlin et al. 2019), the vector of a text the mean over its pieces. Texts are
not padded: the pieces of all of them are rows of one matrix, and only attention goes text by text.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from aligner._encode import Matrix, unit_rows
from aligner._errors import EncoderError
from aligner.models._tensors import mapped, tensors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from aligner.models._static import StaticEncoder

FILES = ("table.safetensors", "layers.safetensors")
BLOCK = 32
"""So many weights of a row of the table have a scale in common; each has four bits."""
_HEAD = 32  # dimensions of a head of attention
_TINY = 1e-12  # added to a variance, as in BERT
_ROWS = 2048  # pieces that are read at once
_START, _END = -2, -1  # rows of the table that stand for the start and the end of a text


class ContextEncoder:
    """A transformer over the pieces of a static model, for what that one leaves in doubt.

    The network is read when it is first asked for: few texts leave anything in doubt.

    Attributes:
        languages: those of the static model.
    """

    def __init__(self, folder: Path, static: StaticEncoder) -> None:
        self._folder = folder
        self._static = static
        self.languages = static.languages

    @cached_property
    def name(self) -> str:
        """The folder's name and a checksum of the weights; raises `EncoderError` without them."""
        found = 0
        for name in FILES:
            found = crc32(mapped(self._folder / name).data, found)
        return f"{self._folder.name}@{found:08x}"

    @cached_property
    def _network(self) -> Network:
        """The weights; raises `EncoderError` where the file is missing or broken."""
        found: dict[str, NDArray[Any]] = {}
        for name in FILES:
            path = self._folder / name
            found |= tensors(mapped(path), path)
        try:
            return Network.of(found)
        except (LookupError, ValueError) as error:
            raise EncoderError(f"{self._folder}: damaged weights: {error}") from error

    def __repr__(self) -> str:
        return f"<ContextEncoder {self.name}>"

    def encode(self, texts: Sequence[str], /) -> Matrix:
        """Return one row of unit length a text; a text without pieces gives a row of zeros."""
        ids = self._static.ids(texts)
        out = np.zeros((len(ids), self._network.dimensions), np.float32)
        for rows in _portions([len(pieces) for pieces in ids]):
            out[rows] = self._network([ids[row] for row in rows])
        return unit_rows(out)


def _portions(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Yield which texts are read at once, by how many pieces each has; those without are left."""
    portion: list[int] = []
    pieces = 0
    for row, size in enumerate(sizes):
        if pieces + size > _ROWS and portion:
            yield portion
            portion, pieces = [], 0
        if size:
            portion.append(row)
            pieces += size
    if portion:
        yield portion


@dataclass(frozen=True, slots=True)
class Network:
    """The weights of a transformer.

    Attributes:
        table: of the pieces, then of the start and the end of a text.
        positions: float32 [longest text, d].
        norm: of what the layers are given.
        layers: low to high.
    """

    table: Packed
    positions: Matrix
    norm: Norm
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, found: Mapping[str, NDArray[Any]]) -> Network:
        """Return the network whose tensors these are."""
        count = 1 + max(int(name.split(".")[1]) for name in found if name.startswith("layers."))
        return cls(
            Packed(found["table"], found["table.scale"]),
            found["positions"].astype(np.float32),
            Norm.of(found, "norm"),
            tuple(Layer.of(found, f"layers.{k}.") for k in range(count)),
        )

    @property
    def dimensions(self) -> int:
        """The length of the vectors."""
        return int(self.positions.shape[1])

    def __call__(self, texts: Sequence[Sequence[int]]) -> Matrix:
        """Return the vectors of *texts*, each the pieces of one; not of unit length.

        What is longer than the network has positions is cut there.
        """
        longest = len(self.positions) - 2
        framed = [[_START, *pieces[:longest], _END] for pieces in texts]
        bounds = np.cumsum([0, *map(len, framed)])
        ids = np.fromiter(chain.from_iterable(framed), np.intp, int(bounds[-1]))
        places = np.arange(len(ids)) - np.repeat(bounds[:-1], np.diff(bounds))
        spans = [slice(a, b) for a, b in pairwise(bounds.tolist())]
        states = self.norm(self.table.rows(ids) + self.positions[places])
        for layer in self.layers:
            states = layer(states, spans)
        sizes: Matrix = np.diff(bounds).astype(np.float32)
        totals: Matrix = np.add.reduceat(states, bounds[:-1])
        return totals / sizes[:, None]


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: what pieces see of each other, then two layers of neurons for each of them."""

    looks: Linear
    seen: Linear
    norm: Norm
    inner: Linear
    outer: Linear
    last_norm: Norm

    @classmethod
    def of(cls, found: Mapping[str, NDArray[Any]], prefix: str) -> Layer:
        """Return the layer whose tensors begin with *prefix*."""
        return cls(
            Linear.of(found, f"{prefix}looks"),
            Linear.of(found, f"{prefix}seen"),
            Norm.of(found, f"{prefix}norm"),
            Linear.of(found, f"{prefix}inner"),
            Linear.of(found, f"{prefix}outer"),
            Norm.of(found, f"{prefix}last_norm"),
        )

    def __call__(self, states: Matrix, spans: Sequence[slice]) -> Matrix:
        """Return the new states of the pieces, [n, d]; those of one text stand in one span."""
        looks = self.looks(states)
        seen = np.concatenate([_attended(looks[span]) for span in spans])
        states = self.norm(states + self.seen(seen))
        return self.last_norm(states + self.outer(_gelu(self.inner(states))))


def _attended(looks: Matrix) -> Matrix:
    """Return what each piece of a text takes from the others.

    Args:
        looks: queries, keys and values of the pieces side by side, [n, 3 d].
    """
    count = len(looks)
    queries, keys, values = looks.reshape(count, 3, -1, _HEAD).transpose(1, 2, 0, 3)
    scores = queries @ keys.swapaxes(1, 2) * np.float32(_HEAD**-0.5)
    shares = np.exp(scores - scores.max(axis=2, keepdims=True))
    shares /= shares.sum(axis=2, keepdims=True)
    mixed: Matrix = (shares @ values).swapaxes(0, 1).reshape(count, -1)
    return mixed


def _gelu(x: Matrix) -> Matrix:
    """Return x times the share of a normal distribution below it (Hendrycks and Gimpel 2016)."""
    bent = np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))
    found: Matrix = np.float32(0.5) * x * (1 + bent)
    return found


@dataclass(frozen=True, slots=True)
class Linear:
    """An affine map of rows: float32 [in, out] and [out]; stored in int8 with a factor a column."""

    weight: Matrix
    bias: Matrix

    @classmethod
    def of(cls, found: Mapping[str, NDArray[Any]], name: str) -> Linear:
        """Return the map called *name*."""
        weight = found[name].T * found[f"{name}.factor"]
        return cls(weight.astype(np.float32), found[f"{name}.bias"].astype(np.float32))

    def __call__(self, rows: Matrix) -> Matrix:
        """Return the *rows* mapped."""
        return rows @ self.weight + self.bias


@dataclass(frozen=True, slots=True)
class Norm:
    """Rows with mean and variance of their own (Ba, Kiros and Hinton 2016)."""

    gain: Matrix
    bias: Matrix

    @classmethod
    def of(cls, found: Mapping[str, NDArray[Any]], name: str) -> Norm:
        """Return the norm called *name*."""
        gain, bias = found[f"{name}.gain"], found[f"{name}.bias"]
        return cls(gain.astype(np.float32), bias.astype(np.float32))

    def __call__(self, rows: Matrix) -> Matrix:
        """Return the *rows* normalised."""
        rows = rows - rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows)[:, None] / np.float32(rows.shape[1])
        normal: Matrix = rows / np.sqrt(variance + np.float32(_TINY)) * self.gain + self.bias
        return normal


@dataclass(frozen=True, slots=True)
class Packed:
    """A matrix of four-bit weights, as llama.cpp's Q4_0 has them.

    Attributes:
        pairs: uint8 [n, d / 2], two weights each: of a block of ``BLOCK`` the first half in the low
            bits, the second half in the high ones, 8 for a weight of 0.
        scales: float16 [n, d / BLOCK], what a step is worth.
    """

    pairs: NDArray[np.uint8]
    scales: NDArray[np.float16]

    def __post_init__(self) -> None:
        count, width = self.scales.shape
        if self.pairs.shape != (count, width * BLOCK // 2):
            raise ValueError(f"{self.pairs.shape} weights for {self.scales.shape} scales")

    def rows(self, chosen: NDArray[np.intp] | slice) -> Matrix:
        """Return the *chosen* rows as float32 [n, d]."""
        scales = self.scales[chosen].astype(np.float32)
        pairs = self.pairs[chosen].reshape(*scales.shape, BLOCK // 2)
        steps = np.concatenate([pairs & 15, pairs >> 4], axis=2).astype(np.float32) - 8
        return (steps * scales[:, :, None]).reshape(len(scales), -1)
