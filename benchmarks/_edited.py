"""Texts with lines dropped, missing, repeated, swapped or put in, and the gold they have then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING

import _gold
import numpy as np
from divergence import in_capitals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aligner._encode import Encoder

Pair = tuple[tuple[int, ...], tuple[int, ...]]
SETS = ("ntrex", "lines")
REPEATS, PAGE = 20, 60
TOPIC = 0.6


@dataclass(frozen=True)
class Text:
    """A pair of versions, with the gold and, where they are not the encoder's, the vectors."""

    pair: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    gold: tuple[Pair, ...]
    vectors: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def languages(self) -> tuple[str, str]:
        source, target = self.pair.split("-")
        return source, target


def joined(pair: str) -> Text:
    """Return the development documents of *pair* as one."""
    source: list[str] = []
    target: list[str] = []
    gold: list[Pair] = []
    for case in _gold.cases(SETS, (pair,)):
        i, j = len(source), len(target)
        for bead in case.gold:
            x, y = bead.sides
            gold.append((tuple(k + i for k in x), tuple(k + j for k in y)))
        source.extend(case.source)
        target.extend(case.target)
    return Text(pair, tuple(source), tuple(target), tuple(gold))


def left(gold: Sequence[Pair], order: Sequence[int]) -> list[Pair]:
    """Return the gold where the target has the segments *order*, in that order, and no others."""
    new = {old: k for k, old in enumerate(order)}
    beads: list[Pair] = []
    for source, target in gold:
        kept = tuple(sorted(new[k] for k in target if k in new))
        if target and not kept:
            beads.extend(((k,), ()) for k in source)
        elif source or kept:
            beads.append((source, kept))
    return beads


def rearranged(text: Text, order: Sequence[int]) -> Text:
    """Return the text with the target segments *order*, in that order, and no others."""
    target = tuple(text.target[k] for k in order)
    return Text(text.pair, text.source, target, tuple(left(text.gold, order)))


def dropped(text: Text, seed: int, share: float = 0.1) -> Text:
    roll = np.random.default_rng(seed).random(len(text.target))
    return rearranged(text, np.flatnonzero(roll >= share).tolist())


def without_first_quarter(text: Text) -> Text:
    return rearranged(text, range(len(text.target) // 4, len(text.target)))


def without_middle(text: Text) -> Text:
    count = len(text.target)
    return rearranged(text, [*range(count // 4), *range(3 * count // 4, count)])


def quarters_swapped(text: Text) -> Text:
    """Return the text with the second and the third quarter of the target changed over."""
    ends = sorted({y[-1] + 1 for _, y in text.gold if y})
    first, second, third = (ends[k * len(ends) // 4] for k in (1, 2, 3))
    count = len(text.target)
    order = [*range(first), *range(second, third), *range(first, second), *range(third, count)]
    return rearranged(text, order)


def page(text: Text) -> Text:
    """Return about one page from the middle of the text, whole beads."""
    start = len(text.gold) // 2
    part = text.gold[start : start + PAGE]
    i = min(x[0] for x, _ in part if x)
    j = min(y[0] for _, y in part if y)
    gold = tuple((tuple(k - i for k in x), tuple(k - j for k in y)) for x, y in part)
    source = text.source[i : i + sum(len(x) for x, _ in part)]
    return Text(text.pair, source, text.target[j : j + sum(len(y) for _, y in part)], gold)


def repeated(text: Text) -> Text:
    """Return one page many times, each time with other numbers in a tenth of the beads."""
    once = page(text)
    rng = np.random.default_rng(3)
    source: list[str] = []
    target: list[str] = []
    gold: list[Pair] = []
    for turn in range(REPEATS):
        i, j = len(source), len(target)
        ours, theirs = list(once.source), list(once.target)
        for x, y in once.gold:
            gold.append((tuple(k + i for k in x), tuple(k + j for k in y)))
            if x and y and rng.random() < 0.1:
                number = f" ({turn * 100 + int(rng.integers(100))})"
                ours[x[-1]] += number
                theirs[y[-1]] += number
        source.extend(ours)
        target.extend(theirs)
    return Text(text.pair, tuple(source), tuple(target), tuple(gold))


def drifting(text: Text, encoder: Encoder, strength: float) -> Text:
    """Return the text with vectors to which a slowly changing topic is added."""
    rng = np.random.default_rng(5)
    vectors = []
    topics = rng.standard_normal((9, encoder.encode(["x"]).shape[1]))
    topics /= np.linalg.norm(topics, axis=1, keepdims=True)
    for lines in (text.source, text.target):
        where = np.linspace(0, len(topics) - 1, len(lines))
        low = np.minimum(where.astype(int), len(topics) - 2)
        share = (where - low)[:, None]
        topic = (1 - share) * topics[low] + share * topics[low + 1]
        mixed = encoder.encode(list(lines)) + strength * topic
        vectors.append((mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32))
    return Text(text.pair, text.source, text.target, text.gold, (vectors[0], vectors[1]))


def rewritten(text: Text, write: Callable[[str], str]) -> Text:
    """Return the text with each segment of the target written otherwise."""
    return replace(text, target=tuple(map(write, text.target)))


def stretched(text: Text, encoder: Encoder) -> Text:
    """Return the text with each segment of the target twice as long, and vectors as it was."""
    longer = rewritten(text, lambda segment: f"{segment} {'o' * len(segment)}")
    return replace(longer, vectors=drifting(text, encoder, 0.0).vectors)


def in_entities(segment: str) -> str:
    """Return the segment as old web pages have it, ``f&#252;r``."""
    return escape(segment).encode("ascii", "xmlcharrefreplace").decode()


def with_lines(text: Text, write: Callable[[int, str], str]) -> Text:
    """Return the text with a line of the target's own behind every twentieth bead or so.

    Args:
        write: gives the line, from how many there are with it and the segment that it follows.
    """

    def line(k: int, count: int) -> str | None:
        return write(count, text.target[k]) if k % 20 == 19 else None

    target, gold = _gold.with_own_lines(text.target, text.gold, line)
    return replace(text, target=tuple(target), gold=tuple(gold))


def numbered(text: Text) -> Text:
    """Return the text with its beads numbered, from the middle on one higher in the target."""
    source, target = list(text.source), list(text.target)
    for n, (x, y) in enumerate(text.gold, 1):
        if x:
            source[x[0]] = f"{n}. {source[x[0]]}"
        if y:
            target[y[0]] = f"{n + (2 * n > len(text.gold))}. {target[y[0]]}"
    return replace(text, source=tuple(source), target=tuple(target))


def unrelated(text: Text) -> Text:
    """Return the first quarter of the source beside the last quarter of the target."""
    source, target = text.source[:150], text.target[-150:]
    gold: list[Pair] = [((k,), ()) for k in range(len(source))]
    gold += [((), (k,)) for k in range(len(target))]
    return Text(text.pair, source, target, tuple(gold))


def in_paragraphs(text: Text, seed: int) -> Text:
    """Return the text with some three beads a line; one line end in twelve is one version's own."""
    rng = np.random.default_rng(seed)
    ends = rng.random(len(text.gold)) < 0.4
    lines: list[list[str]] = []
    owners: list[dict[int, int]] = []
    for side, segments in enumerate((text.source, text.target)):
        parts: list[list[int]] = [[]]
        for bead, end in zip(text.gold, ends & (rng.random(len(ends)) > 1 / 12), strict=True):
            parts[-1].extend(bead[side])
            if end and parts[-1]:
                parts.append([])
        parts = [part for part in parts if part]
        lines.append([" ".join(segments[k] for k in part) for part in parts])
        owners.append({k: n for n, part in enumerate(parts) for k in part})
    gold: list[tuple[set[int], set[int]]] = []
    for x, y in (bead for bead in text.gold if all(bead)):
        here, there = ({owner[k] for k in one} for owner, one in zip(owners, (x, y), strict=True))
        if gold and (gold[-1][0] & here or gold[-1][1] & there):
            gold[-1][0].update(here)
            gold[-1][1].update(there)
        else:
            gold.append((here, there))
    beads: list[Pair] = [(tuple(sorted(x)), tuple(sorted(y))) for x, y in gold]
    beads += [((k,), ()) for k in set(range(len(lines[0]))).difference(*(x for x, _ in gold))]
    beads += [((), (k,)) for k in set(range(len(lines[1]))).difference(*(y for _, y in gold))]
    return Text(text.pair, tuple(lines[0]), tuple(lines[1]), tuple(beads))


def damages(text: Text, encoder: Encoder, seeds: int) -> Iterator[tuple[str, list[Text]]]:
    yield "as it is", [text]
    yield "a tenth of the target dropped", [dropped(text, seed) for seed in range(seeds)]
    yield "paragraphs as lines", [in_paragraphs(text, seed) for seed in range(seeds)]
    mixed = [in_paragraphs(dropped(text, seed), seed) for seed in range(seeds)]
    yield "a tenth dropped, paragraphs as lines", mixed
    yield "first quarter of the target missing", [without_first_quarter(text)]
    yield "middle half of the target missing", [without_middle(text)]
    yield "one page, once", [page(text)]
    yield f"one page, {REPEATS} times", [repeated(text)]
    yield "plain vectors, no drift", [drifting(text, encoder, 0.0)]
    yield f"topic drifts ({TOPIC})", [drifting(text, encoder, TOPIC)]
    heads = ("The Harbour Review", "Summer Issue", "Market Prices", "Letters to Us", "Weather")
    yield "page heads in the target", [with_lines(text, lambda k, _: heads[0])]
    yield "page numbers in the target", [with_lines(text, lambda k, _: str(k))]
    yield "headings of the target's own", [with_lines(text, lambda k, _: heads[k % len(heads)])]
    yield "target lines twice", [with_lines(text, lambda _, segment: segment)]
    yield "numbered, one apart from the middle on", [numbered(text)]
    yield "target in capitals", [rewritten(text, in_capitals)]
    yield "target in tags", [rewritten(text, '<p class="x"><b>{}</b></p>'.format)]
    yield "target in entities", [rewritten(text, in_entities)]
    yield "target with its letters spaced apart", [rewritten(text, " ".join)]
    yield "plain vectors, target twice as long", [stretched(text, encoder)]
    yield "two quarters swapped", [quarters_swapped(text)]
    yield "unrelated texts", [unrelated(text)]


def damaged(
    gold: Sequence[Pair], count: int, seed: int, share: float = 0.1
) -> tuple[list[int], list[Pair]]:
    """Return the target lines that are left when a *share* of them is dropped, and the new gold."""
    kept = [k for k, roll in enumerate(np.random.default_rng(seed).random(count)) if roll >= share]
    return kept, left(gold, kept)


def replaced(
    gold: Sequence[Pair], target: Sequence[str], foreign: Sequence[str], seed: int
) -> tuple[list[str], list[Pair]]:
    """Return the target with a tenth of its lines taken from *foreign*, and the new gold."""
    rng = np.random.default_rng(seed)
    alien = {k: int(rng.integers(len(foreign))) for k in range(len(target)) if rng.random() < 0.1}
    beads: list[Pair] = []
    for source, there in gold:
        left = tuple(k for k in there if k not in alien)
        beads.extend(((), (k,)) for k in there if k in alien)
        if len(left) == len(there) or (source and left):
            beads.append((source, left))
        else:
            beads.extend(((k,), ()) for k in source)
    return [foreign[alien[k]] if k in alien else line for k, line in enumerate(target)], beads


def inserted(
    gold: Sequence[Pair], target: Sequence[str], foreign: Sequence[str], seed: int
) -> tuple[list[str], list[Pair]]:
    """Return the target with short lines of its own between beads, and the new gold.

    They are a running head, page numbers, headings (beginnings of *foreign* lines), or lines twice.
    """
    rng = np.random.default_rng(seed)

    def beginning() -> str:
        words = foreign[int(rng.integers(len(foreign)))].split()
        return " ".join(words[: int(rng.integers(1, 6))]).rstrip(".,;:!?")

    head, kind = beginning(), seed // 3 % 4

    def line(k: int, count: int) -> str | None:
        if rng.random() >= 1 / 15:
            return None
        return (head, str(count), beginning(), target[k])[kind]

    return _gold.with_own_lines(target, gold, line)
