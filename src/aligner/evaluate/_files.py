"""Score ladder files, or the ladders of two folders, with what stands beside the gold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._errors import InputError
from aligner.evaluate._scores import Granularity, Scores, alignment
from aligner.formats import ladder

if TYPE_CHECKING:
    from os import PathLike

    from aligner._types import Bead

# Other tables that stand beside gold ladders.
_NOT_LADDERS = ("docs.", "fine.", "gold.segments.", "ignore.")


def files(
    gold: str | PathLike[str],
    predicted: str | PathLike[str],
    *,
    granularity: Granularity | None = None,
) -> Scores:
    """Score a predicted ladder file, or every ladder of a folder, against gold.

    Folders are matched by relative path; ``gold.`` at the front of a name does not count. Beside
    a gold file, ``ignore.<rest of its name>`` lists debatable segments in the same columns, and a
    ``meta.json`` there or one folder up may give the ``granularity``.

    Raises:
        InputError: for a file that is no ladder, a missing prediction, or other segments.
    """
    scores = Scores()
    for gold_path, path in match(gold, predicted):
        beads = read_ladder(gold_path)
        try:
            scores += alignment(
                beads,
                read_ladder(path),
                granularity=granularity or granularity_of(gold_path),
                ignore=_read_ignored(gold_path, len(beads[0].sides) if beads else 0),
            )
        except ValueError as error:
            fix = "align the same segments as the gold, with --lines"
            raise InputError(str(path), f"{error} ({gold_path})", fix=fix) from None
    return scores


def match(gold: str | PathLike[str], predicted: str | PathLike[str]) -> list[tuple[Path, Path]]:
    """Return the pairs of gold and predicted ladders, one pair for two files.

    Raises:
        InputError: for a path that does not exist, or a gold file without a prediction.
    """
    gold, predicted = Path(gold), Path(predicted)
    for path in (gold, predicted):
        if not os.path.exists(path):
            raise InputError(str(path), "no such file or folder")
    if gold.is_dir() != predicted.is_dir():
        problem = f"cannot be scored against {gold}"
        raise InputError(str(predicted), problem, fix="give two files or two folders")
    if not gold.is_dir():
        return [(gold, predicted)]
    found = {_key(path, predicted): path for path in _ladders(predicted)}
    wanted = {_key(path, gold): path for path in _ladders(gold)}
    missing = [path for key, path in wanted.items() if key not in found]
    if not wanted:
        raise InputError(str(gold), "no ladders (.tsv, .ladder) in this folder")
    if missing:
        problem = f"no prediction for {len(missing)} of {len(wanted)} files, such as {missing[0]}"
        raise InputError(str(predicted), problem, fix="give both files the same relative path")
    return [(path, found[key]) for key, path in wanted.items()]


def read_ladder(path: str | PathLike[str]) -> tuple[Bead, ...]:
    """Return the beads of a ladder of two or more columns, or of vecalign's output.

    Raises:
        InputError: for a file that is no ladder.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8 text"
        raise InputError(str(path), reason or "cannot be read") from None
    return ladder.parse(text, path=str(path))


def granularity_of(gold: str | PathLike[str]) -> Granularity:
    """Return what the ``meta.json`` beside *gold* or one folder up says, else ``sentence``.

    Raises:
        InputError: if it is no JSON.
    """
    from aligner._json import json_value

    for folder in (Path(gold).parent, Path(gold).parent.parent):
        meta = folder / "meta.json"
        if meta.is_file():
            try:
                content = json_value(meta.read_text(encoding="utf-8"))
            except ValueError:
                raise InputError(str(meta), "not valid JSON") from None
            is_block = isinstance(content, dict) and content.get("granularity") == "block"
            return "block" if is_block else "sentence"
    return "sentence"


def _ladders(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix in ladder.SUFFIXES
        and path.is_file()
        and not path.name.startswith(_NOT_LADDERS)
    )


def _key(path: Path, folder: Path) -> str:
    relative = path.relative_to(folder)
    return str(relative.with_name(relative.stem.removeprefix("gold.")))


def _read_ignored(gold: Path, versions: int) -> tuple[frozenset[int], ...]:
    """Return for each version the segments that do not count, as a file beside the gold says."""
    path = gold.with_name(f"ignore.{gold.name.removeprefix('gold.')}")
    if not path.is_file():
        return ()
    rows = [line.split("\t")[:versions] for line in path.read_text(encoding="utf-8").splitlines()]
    try:
        return tuple(
            frozenset(int(i) for row in rows for i in row[v].split(",") if i.strip())
            for v in range(versions)
        )
    except (ValueError, IndexError):
        fix = f"give {versions} tab-separated columns of indices, as in the gold"
        raise InputError(str(path), "not a list of segments", fix=fix) from None
