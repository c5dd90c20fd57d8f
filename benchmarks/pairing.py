"""Pairing of a folder: the development gold cut into documents, under names that say nothing.

    python benchmarks/pairing.py              # some 600 files
    python benchmarks/pairing.py --files 3000

News documents stay whole; the long texts (Bible, regulation, help pages) are cut at beads that all
three languages share, so that one document in three languages is one group and its neighbours are
about the same things. Prints precision, recall and F1 over groups (a group counts when it is
exactly right), the same over pairs of files, and the time. With ``--lone .5`` half of the documents
lose one or two versions, so that there are files to leave over. With ``--seeds`` it pairs the real
documents of the seeds folder, whose press reports must stay alone. With ``--neighbours 20000`` it
only looks for the nearest of so many documents, exactly and in cells.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import _gold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LANGUAGES = ("en", "de", "sv")
LONG = ("bible", "gdpr", "gnome")
Group = frozenset[str]


def pieces(folder: Path, least: int) -> list[dict[str, list[str]]]:
    """Return the text of *folder* cut into documents of *least* English segments or a few more."""
    lines = {
        language: (folder / f"{language}.txt").read_text("utf-8").rstrip("\n").split("\n")
        for language in LANGUAGES
    }
    cuts = [(0, 0, 0)]
    for cut in _common_cuts(folder):
        if cut[0] - cuts[-1][0] >= least and all(a < b for a, b in zip(cuts[-1], cut, strict=True)):
            cuts.append(cut)
    cuts[-1] = (len(lines["en"]), len(lines["de"]), len(lines["sv"]))
    return [
        {language: lines[language][start[k] : end[k]] for k, language in enumerate(LANGUAGES)}
        for start, end in pairwise(cuts)
    ]


def _common_cuts(folder: Path) -> list[tuple[int, int, int]]:
    """Return the places where a bead ends in both ladders, by English, German, Swedish."""
    ends = [dict(_bead_ends(folder / f"gold.en-{other}.tsv")) for other in ("de", "sv")]
    return sorted((i, ends[0][i], ends[1][i]) for i in ends[0].keys() & ends[1].keys())


def _bead_ends(path: Path) -> Iterable[tuple[int, int]]:
    here = [0, 0]
    for line in path.read_text("utf-8").splitlines():
        sides = [[int(k) for k in side.split(",") if k] for side in line.split("\t")[:2]]
        here = [max([at, *(k + 1 for k in side)]) for at, side in zip(here, sides, strict=True)]
        if all(sides):
            yield here[0], here[1]


def documents(files: int) -> list[dict[str, list[str]]]:
    """Return as many documents as make about *files* files, by language."""
    root = _gold.folder()
    wanted = files // len(LANGUAGES)
    news = [piece for path in sorted(root.glob("ntrex/*/en.txt")) for piece in _whole(path.parent)]
    folders = [path.parent for name in LONG for path in sorted(root.glob(f"{name}/*/en.txt"))]
    found: list[dict[str, list[str]]] = []
    for least in (40, 30, 20, 14, 10, 8, 7, 6, 5):
        found = [piece for folder in folders for piece in pieces(folder, least)]
        if len(found) + len(news) >= wanted:
            break
    rng = random.Random(5)
    return (news + rng.sample(found, len(found)))[:wanted]


def _whole(folder: Path) -> list[dict[str, list[str]]]:
    paths = {language: folder / f"{language}.txt" for language in LANGUAGES}
    if not all(path.is_file() for path in paths.values()):
        return []
    return [{name: path.read_text("utf-8").splitlines() for name, path in paths.items()}]


def lay_out(found: Sequence[dict[str, list[str]]], folder: Path, lone: float = 0) -> set[Group]:
    """Write each document under a name that says nothing, and return the groups.

    Args:
        lone: share of the documents that lose one or two of their three versions.
    """
    rng = random.Random(7)
    numbers = list(range(len(found) * len(LANGUAGES)))
    random.Random(6).shuffle(numbers)
    groups = set()
    for document in found:
        names = []
        lost = rng.choice((1, 2)) if rng.random() < lone else 0
        for language in sorted(rng.sample(LANGUAGES, len(LANGUAGES) - lost)):
            path = folder / f"{numbers.pop():05}.txt"
            path.write_text("\n\n".join(document[language]) + "\n", encoding="utf-8")
            names.append(str(path))
        if len(names) > 1:
            groups.add(frozenset(names))
    return groups


def scores(found: set[Group], wanted: set[Group]) -> str:
    """Return precision, recall and F1 of one set against the other."""
    right = len(found & wanted)
    precision, recall = right / max(len(found), 1), right / max(len(wanted), 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}"


def _pairs(groups: set[Group]) -> set[Group]:
    return {frozenset(two) for group in groups for two in combinations(sorted(group), 2)}


def seeds() -> None:
    """Pair the real documents, under neutral names."""
    from aligner.pairing import pair_documents

    folder = _gold.folder().parent / "seeds"
    with tempfile.TemporaryDirectory() as temporary:
        names = {}
        for number, path in enumerate(sorted(folder.glob("*.txt"))):
            copy = Path(temporary) / f"{number}.txt"
            copy.write_bytes(path.read_bytes())
            names[str(copy)] = path.name
        pairing = pair_documents([temporary])
        for group in pairing.groups:
            print(f"group {group.score:.2f}:", *(names[path] for path in group.paths))
        for one in pairing.left_over:
            nearest = names[one.nearest] if one.nearest else None
            print(f"alone: {names[one.path]}, nearest {nearest} {one.score:.2f}")


def neighbours(count: int) -> None:
    """Print how often two versions are among each other's five nearest, and the CPU time.

    A document is four sentence pairs drawn from all of the gold.
    """
    import numpy as np
    from _gold import cases

    from aligner import load_encoder
    from aligner._encode import unit_rows
    from aligner.pairing import _candidates
    from aligner.pairing._cells import top_in_cells

    sentences = [
        (case.source[bead.sides[0][0]], case.target[bead.sides[1][0]])
        for case in cases(pairs=["en-de"])
        for bead in case.gold
        if len(bead.sides[0]) == len(bead.sides[1]) == 1
    ]
    chosen = np.random.default_rng(3).integers(len(sentences), size=(count, 4))
    encoder = load_encoder()
    sides = [
        unit_rows(encoder.encode([pair[k] for pair in sentences])[chosen].sum(axis=1))
        for k in (0, 1)
    ]
    ours, theirs = (_candidates._centred(side) for side in sides)
    for name, search in (("exactly", _candidates._top), ("in cells", _in_cells(top_in_cells))):
        worked = time.process_time()
        with patch.object(_candidates, "MANY", count + 1):
            both = search(ours, theirs)[0][:, :5], search(theirs, ours)[0][:, :5]
        worked = time.process_time() - worked
        seen = [(nearest == np.arange(count)[:, None]).any(axis=1) for nearest in both]
        share = float((seen[0] | seen[1]).mean())
        print(
            f"{count} documents {name}: {share:.4f} among the nearest five, {worked:.1f} s of CPU"
        )


def _in_cells(search: Callable[..., Any]) -> Callable[..., Any]:
    return lambda ours, theirs: search(ours, theirs, 40)


def main() -> None:
    """Print the scores and the time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=600)
    parser.add_argument("--seeds", action="store_true", help="the real documents instead")
    parser.add_argument("--lone", type=float, default=0, help="share that loses versions")
    parser.add_argument("--neighbours", type=int, metavar="N", help="only look for the nearest")
    args = parser.parse_args()
    if args.neighbours:
        neighbours(args.neighbours)
        return
    if args.seeds:
        seeds()
        return
    from aligner.pairing import pair_documents

    with tempfile.TemporaryDirectory() as temporary:
        wanted = lay_out(documents(args.files), Path(temporary), args.lone)
        started, worked = time.perf_counter(), time.process_time()
        pairing = pair_documents([temporary])
        wall, cpu = time.perf_counter() - started, time.process_time() - worked
    found = {frozenset(group.paths) for group in pairing.groups}
    files = sum(map(len, wanted))
    print(f"{files} files: {wall:.1f} s, {cpu:.1f} s of CPU; {len(pairing.left_over)} left over")
    print(f"groups  {scores(found, wanted)}")
    print(f"pairs   {scores(_pairs(found), _pairs(wanted))}")


if __name__ == "__main__":
    main()
