"""The transformer in the package as torch trains it, and the file that numpy reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from torch import Tensor, nn

from aligner.models._context import BLOCK, FILES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

HIDDEN, HEADS, INNER, TINY = 384, 12, 1536, 1e-12
LONGEST = 256  # pieces of a text, with its start and its end
PARTS = {"looks": "qkv", "seen": "out", "inner": "inner", "outer": "outer"}
Arrays = dict[str, np.ndarray]


class Layer(nn.Module):  # type: ignore[misc]  # torch is not looked into
    """A layer of BERT. Attention is written out: its fused form is slow to train on a processor."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(HIDDEN, 3 * HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.inner, self.outer = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.norm, self.last_norm = nn.LayerNorm(HIDDEN, TINY), nn.LayerNorm(HIDDEN, TINY)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        count, length, _ = states.shape
        parts = self.qkv(states).view(count, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        queries, keys, values = parts
        scores = queries * (HIDDEN // HEADS) ** -0.5 @ keys.transpose(-1, -2)
        shares = (scores + mask).softmax(-1).to(values.dtype)
        seen = (shares @ values).transpose(1, 2).reshape(count, length, HIDDEN)
        states = self.norm(states + self.out(seen))
        return self.last_norm(states + self.outer(F.gelu(self.inner(states))))


class Student(nn.Module):  # type: ignore[misc]
    """Some layers of a teacher over some of its pieces; its table stays as it is.

    Attributes:
        mean: of the teacher's vectors, which all point one way; what sets texts apart is the rest.
    """

    mean: Tensor

    def __init__(self, pieces: int, layers: int) -> None:
        super().__init__()
        self.table, self.positions = nn.Embedding(pieces, HIDDEN), nn.Embedding(LONGEST, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, TINY)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])
        self.register_buffer("mean", torch.zeros(HIDDEN))
        self.table.weight.requires_grad = False

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Return the vectors of *texts*, each the pieces of one, without the mean."""
        sizes = torch.tensor([len(text) for text in texts])
        length = int(sizes.max())
        ids = torch.tensor([[*text, *[0] * (length - len(text))] for text in texts])
        there = torch.arange(length)[None] < sizes[:, None]
        mask = torch.zeros(len(texts), 1, 1, length).masked_fill(~there[:, None, None], -1e4)
        states = self.norm(self.table(ids) + self.positions.weight[:length])
        for layer in self.layers:
            states = layer(states, mask.to(states.dtype))
        means = (states.float() * there[..., None]).sum(1) / sizes[:, None]
        return F.normalize(means - self.mean, dim=1)

    @classmethod
    def of_teacher(
        cls, weights: Mapping[str, Tensor], pieces: Sequence[int], layers: Sequence[int]
    ) -> Student:
        """Return the *pieces* and *layers* of a BERT with these *weights*."""
        student = cls(len(pieces), len(layers))
        start = "embeddings"
        places = weights[f"{start}.position_embeddings.weight"][:LONGEST]
        taken = {
            "table.weight": weights[f"{start}.word_embeddings.weight"][list(pieces)],
            "positions.weight": places + weights[f"{start}.token_type_embeddings.weight"][0],
            "mean": student.mean,
        }
        names = {"norm": f"{start}.LayerNorm"}
        for k, layer in enumerate(layers):
            ours, theirs = f"layers.{k}", f"encoder.layer.{layer}"
            names[f"{ours}.out"] = f"{theirs}.attention.output.dense"
            names[f"{ours}.norm"] = f"{theirs}.attention.output.LayerNorm"
            names[f"{ours}.inner"] = f"{theirs}.intermediate.dense"
            names[f"{ours}.outer"] = f"{theirs}.output.dense"
            names[f"{ours}.last_norm"] = f"{theirs}.output.LayerNorm"
            for kind in ("weight", "bias"):
                looks = (f"{theirs}.attention.self.{n}.{kind}" for n in ("query", "key", "value"))
                taken[f"{ours}.qkv.{kind}"] = torch.cat([weights[name] for name in looks])
        for ours, theirs in names.items():
            for kind in ("weight", "bias"):
                taken[f"{ours}.{kind}"] = weights[f"{theirs}.{kind}"]
        student.load_state_dict(taken)
        return student

    def write(self, folder: Path) -> None:
        """Write the weights as `aligner.models.ContextEncoder` reads them."""
        found = {name: value.float().numpy() for name, value in self.state_dict().items()}
        folder.mkdir(parents=True, exist_ok=True)
        table, scales = four_bits(found["table.weight"])
        save_file({"table": table, "table.scale": scales}, folder / FILES[0])
        out: Arrays = {"positions": found["positions.weight"].astype(np.float16)}
        _norm(out, "norm", found, "norm")
        for k in range(len(self.layers)):
            for name, part in PARTS.items():
                matrix = found[f"layers.{k}.{part}.weight"]
                factors = np.abs(matrix).max(axis=1) / 127
                out[f"layers.{k}.{name}"] = np.rint(matrix / factors[:, None]).astype(np.int8)
                out[f"layers.{k}.{name}.factor"] = factors.astype(np.float32)
                out[f"layers.{k}.{name}.bias"] = found[f"layers.{k}.{part}.bias"]
            for name in ("norm", "last_norm"):
                _norm(out, f"layers.{k}.{name}", found, f"layers.{k}.{name}")
        save_file(out, folder / FILES[1])


def _norm(out: Arrays, ours: str, found: Arrays, theirs: str) -> None:
    out[f"{ours}.gain"], out[f"{ours}.bias"] = found[f"{theirs}.weight"], found[f"{theirs}.bias"]


def four_bits(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return *matrix* in llama.cpp's Q4_0; what has been in it before comes out the same."""
    blocks = matrix.reshape(len(matrix), -1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=2)[..., None], axis=2)
    scales = (largest / -8).astype(np.float16)
    steps = np.where(scales == 0, 1, scales).astype(np.float32)
    values = np.clip(np.rint(blocks / steps) + 8, 0, 15).astype(np.uint8)
    half = BLOCK // 2
    pairs = values[..., :half] | (values[..., half:] << 4)
    return pairs.reshape(len(matrix), -1), scales[..., 0]
