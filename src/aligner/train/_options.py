"""What can be chosen about a training run, and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Storage = Literal["int8", "float16", "float32"]
_WITHOUT = {
    True: "the start is as good for such text",
    False: "it takes more steps, more pairs or a larger vocabulary",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainOptions:
    """Choices of a training run; the defaults suit a domain of some 20,000 pairs.

    Attributes:
        start: the model to go on from: ``"embedded"``, the folder of a static model, or ``"new"``
            for one with a vocabulary of its own.
        vocabulary: number of pieces: of a new model (16,000), or to cut an old one down to.
        dimensions: of the vectors; by default those of the start, 256 for a new model.
        teacher: name or folder of an encoder to learn from: start vectors for a new model, and
            targets for ``teacher_texts`` of the texts.
        teacher_weight: of the teacher's targets against the pairs.
        storage: how the table is stored; ``int8`` takes a quarter of ``float32``.
        steps: batches at most.
        batch: pairs in a batch; the other pairs of the batch are the negatives.
        scale: inverse temperature of the loss.
        rate: the highest learning rate.
        drop: share of pieces left out at random.
        longest: pieces of a text that are used.
        held: pairs held apart for the measure, at most a fifth of all.
        check_every: steps between two measures.
        patience: measures without a gain before the run stops.
        seed: of everything random.
    """

    start: str = "embedded"
    vocabulary: int | None = None
    dimensions: int | None = None
    teacher: str | None = None
    teacher_texts: int = 20_000
    teacher_weight: float = 0.5
    storage: Storage = "int8"
    steps: int = 1_000
    batch: int = 1_024
    scale: float = 10.0
    rate: float = 2e-3
    drop: float = 0.0
    longest: int = 128
    held: int = 1_000
    check_every: int = 50
    patience: int = 6
    seed: int = 1

    def __post_init__(self) -> None:
        for name in ("steps", "batch", "longest", "held", "check_every", "patience"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1, not {getattr(self, name)}")
        if self.seed < 0:
            raise ValueError(f"seed must be at least 0, not {self.seed}")
        for name in ("scale", "rate"):
            if not 0 < getattr(self, name) < 1e4:
                raise ValueError(f"{name} must be positive, not {getattr(self, name)}")
        if not 0 <= self.drop < 1:
            raise ValueError(f"drop must be from 0 to below 1, not {self.drop}")
        if self.storage not in ("int8", "float16", "float32"):
            raise ValueError(f"storage is int8, float16 or float32, not {self.storage!r}")
        for name in ("vocabulary", "dimensions"):
            value = getattr(self, name)
            if value is not None and value < 2:
                raise ValueError(f"{name} must be at least 2, not {value}")


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What a run did.

    Attributes:
        folder: of the model.
        pairs: trained on; ``held`` more were held apart.
        dropped: rows left out, by reason.
        before, after: share of the pairs held apart that find each other, the worse direction.
        steps: done.
        stopped_early: whether the pairs held apart got no better before the last step.
    """

    folder: str
    pairs: int
    held: int
    dropped: tuple[tuple[str, int], ...]
    before: float
    after: float
    steps: int
    stopped_early: bool

    def __str__(self) -> str:
        dropped = "".join(f", {count:,} {reason}" for reason, count in self.dropped)
        early = ", stopped early" if self.stopped_early else ""
        gain = "" if self.after > self.before else f"; no gain: {_WITHOUT[self.before >= 0.5]}"
        return (
            f"{self.folder}: {self.pairs:,} pairs{dropped}; {self.steps} steps{early}\n"
            f"retrieval among {self.held:,} pairs held apart: "
            f"{self.before:.4f} before, {self.after:.4f} after{gain}"
        )
