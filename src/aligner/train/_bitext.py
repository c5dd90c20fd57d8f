"""Read bitext to train on: pairs of any two languages, cleaned, without doubles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from aligner._encode import clean
from aligner._errors import InputError
from aligner._warn import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner.formats.bitext import Row

LEAST = 100
_SAMPLE = 300
_IN_NAME = re.compile(r"[._]([a-z]{2,3})-([a-z]{2,3})\.")


@dataclass(frozen=True, slots=True)
class Bitext:
    """Pairs of texts that are translations, and what was left out on the way.

    Attributes:
        left, right: the two texts of each pair.
        groups: how many of the pairs are from each file, in the order of the files.
        languages: all languages met.
        dropped: how many rows were left out, by reason.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    groups: tuple[int, ...]
    languages: frozenset[str]
    dropped: tuple[tuple[str, int], ...] = ()

    def __len__(self) -> int:
        return len(self.left)


def read_bitext(
    paths: Sequence[str | Path], *, languages: Sequence[str] | None = None, least: int = LEAST
) -> Bitext:
    """Read TSV, CSV, JSONL, TMX, XLIFF or PO files, packed ones (``.gz``) too, as one bitext.

    A row of three languages gives three pairs. A table without a header line takes its languages
    from *languages*, else from a name such as ``news.en-de.tsv``.

    Raises:
        InputError: if a file is broken, its columns are swapped, it holds one language only, or
            all files together have fewer than *least* usable pairs.
    """
    pairs: dict[tuple[str, str], None] = {}
    dropped: Counter[str] = Counter()
    found: set[str] = set()
    groups = []
    for path in map(Path, paths):
        before = len(pairs)
        sample: list[tuple[str, str, str, str]] = []
        for one, two, left, right in _pairs(_rows(path, languages)):
            reason = _unfit(left, right)
            if reason or (left, right) in pairs:
                dropped[reason or "seen before"] += 1
                continue
            pairs[left, right] = None
            found |= {one, two}
            if len(sample) < _SAMPLE:
                sample.append((one, two, left, right))
        groups.append(len(pairs) - before)
        if sample:
            _check_languages(path, sample)
    if len(pairs) < least:
        counts = ", ".join(f"{count} {reason}" for reason, count in dropped.most_common())
        raise InputError(
            ", ".join(map(str, paths)),
            f"too few usable pairs: {len(pairs)}" + (f" ({counts})" if counts else ""),
            fix=f"give at least {least} pairs in two languages",
        )
    lefts, rights = (tuple(pair[side] for pair in pairs) for side in (0, 1))
    return Bitext(lefts, rights, tuple(groups), frozenset(found), tuple(sorted(dropped.items())))


def _pairs(rows: Iterable[Row]) -> Iterator[tuple[str, str, str, str]]:
    for row in rows:
        for one, two in combinations(sorted(row.texts), 2):
            yield one, two, clean(row.texts[one]), clean(row.texts[two])


def _unfit(left: str, right: str) -> str:
    """Return why a pair teaches nothing, ``""`` if it is fit."""
    if not left or not right:
        return "with an empty side"
    if left == right:
        return "the same on both sides"
    if not (_has_letters(left) and _has_letters(right)):
        return "without letters"
    return ""


def _has_letters(text: str) -> bool:
    return any(character.isalpha() for character in text)


def _rows(path: Path, languages: Sequence[str] | None) -> Iterator[Row]:
    """Yield the rows of *path*; its name may say the languages of its columns."""
    from aligner.formats.bitext import iter_rows

    named = _IN_NAME.search(path.name)
    return iter_rows(path, languages=languages or (named.groups() if named else None))


def _check_languages(path: Path, sample: list[tuple[str, str, str, str]]) -> None:
    """Raise if the texts are in one language or the columns swapped; warn of another language."""
    from aligner._language import identify, mistaken_note

    told = swapped = alike = 0
    for one, two, left, right in sample:
        first, second = identify(left)[0], identify(right)[0]
        if "und" in (first, second):
            continue
        told += 1
        swapped += (first, second) == (two, one)
        alike += first == second
    if told < 10:
        return
    one, two = sample[0][:2]
    if alike > 0.7 * told:
        raise InputError(
            str(path),
            f"both sides are in the same language in {alike} of {told} rows looked at",
            fix="give text and its translation",
        )
    if swapped > 0.5 * told:
        raise InputError(
            str(path),
            f"the columns {one} and {two} are swapped in {swapped} of {told} rows",
            fix="name the languages in the order of the columns, in the first line or with "
            f"--languages {two},{one}",
        )
    for language in dict.fromkeys((one, two)):
        sides = ((row[side], row[side + 2]) for row in sample for side in (0, 1))
        texts = "\n".join(text for stated, text in sides if stated == language)
        note = mistaken_note(str(path), language, texts)
        if note:
            warn(note)
