"""Train the transformer in the package: six layers of a teacher learn what its twelve say.

    python benchmarks/model/distil.py WORK TEACHER MODELDIR [--minutes 60] [--more FILE ...]

TEACHER is multilingual-e5-small as a sentence-transformers folder. The student begins with every
other layer of it and, frozen, its vectors of the pieces of the embedded model. It learns to give
sentences, their halves and joined pairs the vectors that the teacher gives them, and to tell
translations from everything else in a batch. The text is that of the embedded model (``build.py``);
``--more`` names files of further sentences, one a line. One thread is used.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before torch is loaded

from pathlib import Path  # noqa: E402  # see above

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402
from sentence_transformers import SentenceTransformer  # noqa: E402
from student import LONGEST, Student  # noqa: E402
from texts import DICTIONARIES, gather, read, source_of  # noqa: E402

from aligner.models import load_embedded  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torch import Tensor

LAYERS = (0, 2, 4, 6, 8, 11)
PROMPT = "query: "
SHORTEST, LONG = 30, 260  # characters of a sentence
PAIRS, GROUPS = 65_000, 48  # of bitext, and groups of texts in a step
RATE, WARM_UP, INVERSE_TEMPERATURE = 3e-4, 100, 20.0
PART, JOINED = 0.45, 0.2  # share of pairs that are given with their halves, or with another pair
HELD = 300  # groups to measure with


@dataclass(frozen=True)
class Group:
    """Texts that are seen together: first translations of each other, two by two."""

    pieces: list[list[int]]
    wanted: Tensor
    is_bitext: bool


def half(text: str, share: float, *, head: bool) -> str:
    """Return *text* up to a comma near its *share*, or from there on; else to a word's end."""
    at = share * len(text)
    commas = [m.end() for m in re.finditer(r"[,;:\u2013\u2014] ", text)]
    near = [place for place in commas if abs(place - at) < 0.2 * len(text)]
    cut = min(near or [m.end() for m in re.finditer(" ", text)] or [0], key=lambda k: abs(k - at))
    return (text[:cut] if head else text[cut:]).strip()


def bitext(files: Sequence[Path], rng: random.Random) -> Iterator[list[str]]:
    """Yield pairs of sentences, some with the halves of both, some beside another pair."""
    pairs = [
        pair
        for path in files
        if source_of(path) not in DICTIONARIES
        for pair in read(path)
        if all(SHORTEST <= len(text) <= LONG for text in pair) and pair[0] != pair[1]
    ]
    chosen = rng.sample(pairs, min(PAIRS, len(pairs)))
    for (ours, theirs), other in pairwise([*chosen, chosen[0]]):
        roll, share, head = rng.random(), rng.uniform(0.25, 0.75), rng.random() < 0.5
        if roll < PART:
            yield [ours, theirs, half(ours, share, head=head), half(theirs, share, head=head)]
        elif roll < PART + JOINED:
            yield [ours, theirs, f"{ours} {other[0]}", f"{theirs} {other[1]}"]
        else:
            yield [ours, theirs]


def alone(files: Sequence[Path], rng: random.Random) -> Iterator[list[str]]:
    """Yield the sentences of *files* with a half of each."""
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if SHORTEST <= len(line) <= LONG:
                yield [line, half(line, rng.uniform(0.3, 0.7), head=rng.random() < 0.5)]


def groups(
    texts: Sequence[tuple[list[str], bool]], teacher: SentenceTransformer, ends: tuple[int, int]
) -> Iterator[Group]:
    """Yield the *texts* with what the *teacher* says of them; none that says nothing."""
    static = load_embedded()
    for first in range(0, len(texts), 2000):
        part = texts[first : first + 2000]
        flat = [text for group, _ in part for text in group]
        vectors = teacher.encode([PROMPT + text for text in flat], convert_to_tensor=True)
        pieces = [[ends[0], *ids, ends[1]] for ids in static.ids(flat)]
        at = 0
        for group, is_bitext in part:
            here = slice(at, at + len(group))
            at += len(group)
            if all(2 < len(ids) <= LONGEST for ids in pieces[here]):
                yield Group(pieces[here], vectors[here].float().cpu(), is_bitext)


def loss(student: Student, part: Sequence[Group]) -> Tensor:
    """Return how far the student is from the teacher, in vectors, their products and choices."""
    found = student([ids for group in part for ids in group.pieces])
    wanted = F.normalize(torch.cat([group.wanted for group in part]) - student.mean, dim=1)
    far = (1 - (found * wanted).sum(1)).mean()
    products = found @ found.T
    unlike = ((products - wanted @ wanted.T) ** 2).mean()
    at, firsts = 0, list[int]()
    for group in part:
        firsts.extend(range(at, at + len(group.pieces), 2) if group.is_bitext else ())
        at += len(group.pieces)
    ours = torch.tensor(firsts)
    scores = INVERSE_TEMPERATURE * products - 1e4 * torch.eye(len(products))
    chosen = F.cross_entropy(scores[ours], ours + 1) + F.cross_entropy(scores[ours + 1], ours)
    return far + 0.025 * chosen + 5 * unlike


def train(student: Student, found: list[Group], minutes: float, rng: random.Random) -> None:
    """Train for so many minutes, with a rate that rises, and falls along half a cosine."""
    held, rest = found[:HELD], found[HELD:]
    weights = [p for p in student.parameters() if p.requires_grad]
    matrices = {"params": [p for p in weights if p.ndim > 1], "weight_decay": 0.01}
    others = {"params": [p for p in weights if p.ndim < 2], "weight_decay": 0.0}
    optimiser = torch.optim.AdamW([matrices, others], lr=RATE, betas=(0.9, 0.98))
    start, step = time.monotonic(), 0
    while (passed := (time.monotonic() - start) / (60 * minutes)) < 1:
        some = sorted(rng.sample(rest, min(len(rest), 60 * GROUPS)), key=lambda g: len(g.pieces[0]))
        parts = [some[k : k + GROUPS] for k in range(0, len(some), GROUPS)]
        rng.shuffle(parts)
        for part in parts:
            passed = min((time.monotonic() - start) / (60 * minutes), 1.0)
            fallen = 0.49 * (1 + math.cos(math.pi * passed)) + 0.02
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / WARM_UP) * fallen
            with torch.autocast("cpu", dtype=torch.bfloat16):
                value = loss(student, part)
            optimiser.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimiser.step()
            step += 1
        with torch.no_grad():
            apart = float(loss(student, held))
        print(f"{passed:.0%} of the time, step {step}: loss held apart {apart:.4f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("teacher", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--more", type=Path, nargs="+", default=[])
    given = parser.parse_args()
    torch.manual_seed(1)
    rng = random.Random(1)
    teacher = SentenceTransformer(str(given.teacher), device="cpu")
    listed = json.loads((given.teacher / "tokenizer.json").read_text(encoding="utf-8"))
    numbers = {piece: k for k, (piece, _) in enumerate(listed["model"]["vocab"])}
    static = load_embedded()
    kept = [numbers[static.piece(k)] for k in range(len(static.table))]
    kept += [numbers["<s>"], numbers["</s>"]]
    student = Student.of_teacher(teacher[0].auto_model.state_dict(), kept, LAYERS)
    texts = [(group, True) for group in bitext(gather(given.work / "text"), rng)]
    texts += [(group, False) for group in alone(given.more, rng)]
    rng.shuffle(texts)
    found = list(groups(texts, teacher, (len(kept) - 2, len(kept) - 1)))
    student.mean.copy_(torch.cat([group.wanted for group in found[:20_000]]).mean(0))
    train(student, found, given.minutes, rng)
    student.write(given.output)


if __name__ == "__main__":
    main()
