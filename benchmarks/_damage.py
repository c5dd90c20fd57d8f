"""Damage clean bitext for `words.py`: cut phrases out, put phrases in, exchange them."""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

import _gold
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SOURCES = ("app-help", "libreoffice-help", "debian-website", "gettext", "gimp-help",
           "debian-handbook", "multi30k", "ding")  # fmt: skip
PROSE = ("ntrex", "gdpr", "bible", "udhr", "cc", "lines", "ted", "tedsilver", "wmtlit", "wmt24")
OPENERS = {
    "en": "in on at by for with from to of about after before during since until under over "
    "between through against without as into within and or but while because if when where "
    "which who that whose although so than",
    "de": "in im am an auf bei beim für mit von vom zu zur zum aus nach vor während seit bis "
    "unter über zwischen durch gegen ohne als um und oder aber sondern weil wenn wo dass obwohl "
    "damit wie wegen der die das",
    "sv": "i på vid av för med från till om efter före under sedan över mellan genom mot utan "
    "som inom hos och eller men medan eftersom när där att fast så än enligt",
}
_OPENERS = {language: frozenset(words.split()) for language, words in OPENERS.items()}
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_KINDS = {"turn": 0.06, "cut": 0.44, "put": 0.34, "swap": 0.11, "whole": 0.05}
_MARKS = ",;:\u2013\u2014().!?"
_END = re.compile(r"(?<=[.!?])\s+")
LONGEST = 60
JOINED = 0.2
"""Share of rows that are put together with their next one: passages of several sentences."""


Clean: TypeAlias = "tuple[tuple[str, ...], tuple[str, ...]]"
"""Languages and texts of two or three versions."""


@dataclass(frozen=True)
class Row:
    """Two or three versions, clean or with one of them damaged.

    Attributes:
        kind: ``clean``, ``cut``, ``put``, ``swap`` or ``whole``; halves of a sentence that change
            places, with every word still there, are ``clean``.
        removed: the span of the *original* that is gone.
        inserted: the span of the damaged text that is new.
        prose: whether it is no manual.
    """

    languages: tuple[str, ...]
    texts: tuple[str, ...]
    originals: tuple[str, ...]
    kind: str = "clean"
    odd: int = -1
    removed: tuple[int, int] = (0, 0)
    inserted: tuple[int, int] = (0, 0)
    prose: bool = False


def read(folder: Path, source: str, pair: str) -> list[tuple[str, str]]:
    path = folder / f"{source}.{pair}.tsv.gz"
    if not path.is_file():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    return [(a, b) for a, b in rows if _good(a) and _good(b)]


def _good(text: str) -> bool:
    words = _WORD.findall(text)
    letters = sum(c.isalpha() or c.isspace() for c in text)
    return (
        5 <= len(words) <= LONGEST
        and letters > 0.8 * len(text)
        and not re.search(r"[{}<>%_\\=]|--", text)
    )


def manuals(folder: Path) -> list[Clean]:
    """Return clean rows of the training bitext."""
    rows: list[Clean] = []
    for source in SOURCES:
        german = defaultdict(str, read(folder, source, "en-de"))
        swedish = defaultdict(str, read(folder, source, "en-sv"))
        both = sorted(german.keys() & swedish.keys())
        rows += [(("en", "de", "sv"), (en, german[en], swedish[en])) for en in both]
        rows += [(("en", "de"), (en, german[en])) for en in sorted(german.keys() - set(both))]
        rows += [(("en", "sv"), (en, swedish[en])) for en in sorted(swedish.keys() - set(both))]
    return rows


def prose(sets: Sequence[str] = PROSE) -> list[Clean]:
    """Return clean rows of the development gold: news, law, talks and novels, freely translated.

    PUD is left out: the labelled divergences are made of it.
    """
    found: dict[tuple[str, str, tuple[int, ...]], dict[str, str]] = defaultdict(dict)
    for case in _gold.cases(sets, ("en-de", "en-sv")):
        source, target = case.languages
        for bead in case.gold:
            if bead.is_null or bead.moved:
                continue
            texts = [
                " ".join(side[i] for i in places)
                for side, places in zip((case.source, case.target), bead.sides, strict=True)
            ]
            if all(map(_good, texts)):
                row = found[case.set, case.document, tuple(bead.sides[0])]
                row |= dict(zip((source, target), texts, strict=True))
    return [(tuple(row), tuple(row.values())) for row in found.values()]


def joined(rows: Sequence[Clean], rng: np.random.Generator) -> list[Clean]:
    """Return the rows, some put together with the next."""
    out, last = [], None
    for row in rows:
        if last is not None and last[0] == row[0] and rng.random() < JOINED:
            texts = tuple(f"{a} {b}" for a, b in zip(last[1], row[1], strict=True))
            out.append((row[0], texts))
            last = None
            continue
        if last is not None:
            out.append(last)
        last = row
    return [*out, *([last] if last else [])]


def is_held_apart(text: str) -> bool:
    return crc32(text.encode()) % 7 < 2


def phrase(
    text: str, language: str, rng: np.random.Generator, longest: float = 0.6
) -> tuple[int, int] | None:
    """Return the span of a phrase or clause of *text*, by its opening word or mark."""
    words = list(_WORD.finditer(text))
    if len(words) < 6:
        return None
    ends_of = [0, *(m.end() for m in _END.finditer(text)), len(text)]
    if len(ends_of) > 3 and rng.random() < 0.3:
        k = int(rng.integers(len(ends_of) - 1))
        return ends_of[k], ends_of[k] + len(text[ends_of[k] : ends_of[k + 1]].rstrip())
    openers = _OPENERS[language]
    starts, ends = [], []
    for i, word in enumerate(words):
        before = text[words[i - 1].end() : word.start()] if i else ""
        marked = any(c in _MARKS for c in before)
        if marked or (word.group().lower() in openers):
            starts.append(i)
            ends.append(i)
    ends.append(len(words))
    starts = sorted({0, *starts})
    for _ in range(12):
        i = int(rng.choice(starts))
        later = [k for k in ends if i + 1 < k <= i + max(2, int(longest * len(words)))]
        later = [k for k in later if k - i < len(words) - 2]
        if rng.random() < 0.15:
            later = [min(i + int(rng.integers(1, 4)), len(words))]
        if not later:
            continue
        weights = np.array([1 / (k - i) for k in later])
        k = int(rng.choice(later, p=weights / weights.sum()))
        span = words[i].start(), words[k - 1].end()
        if sum(c.isalpha() for c in text[slice(*span)]) >= 4:
            return span
    return None


def damage(
    row: tuple[tuple[str, ...], tuple[str, ...]],
    other: tuple[tuple[str, ...], tuple[str, ...]],
    rng: np.random.Generator,
    clean_share: float = 0.3,
) -> Row:
    """Return *row* with one version damaged, with phrases of *other* where one is put in."""
    languages, texts = row
    kind = "clean"
    if rng.random() >= clean_share:
        kind = str(rng.choice(list(_KINDS), p=list(_KINDS.values())))
    odd = int(rng.integers(len(texts)))
    language, text = languages[odd], texts[odd]
    clean = Row(languages, texts, texts)
    if kind == "clean":
        return clean
    if kind == "turn":
        turned = (*texts[:odd], _turned(text), *texts[odd + 1 :])
        return Row(languages, turned, turned)
    if kind == "whole":
        if language not in other[0]:
            return clean
        new_text = other[1][other[0].index(language)]
        damaged = (*texts[:odd], new_text, *texts[odd + 1 :])
        spans = (0, len(text)), (0, len(new_text))
        return Row(languages, damaged, texts, kind, odd, *spans)
    span = phrase(text, language, rng)
    source = other[1][other[0].index(language)] if language in other[0] else ""
    new = phrase(source, language, rng, 0.7) if source and kind != "cut" else None
    if span is None or (kind != "cut" and new is None):
        return clean
    piece = source[slice(*new)] if new else ""
    start, end = span
    if kind == "put":
        start = end = len(text.rstrip(" .!?")) if rng.random() < 0.4 else end
    changed, inserted = _join(text, start, end, piece)
    removed = span if kind != "put" else (0, 0)
    damaged = (*texts[:odd], changed, *texts[odd + 1 :])
    return Row(languages, damaged, texts, kind, odd, removed, inserted)


def _turned(text: str) -> str:
    """Return the text with its halves exchanged at a comma, if it has one."""
    head, comma, tail = text.rstrip(" .!?").partition(", ")
    return f"{tail}, {head}." if comma else text


def _join(text: str, start: int, end: int, piece: str) -> tuple[str, tuple[int, int]]:
    head, tail = text[:start].rstrip(), text[end:].lstrip()
    if not piece:
        head = head.rstrip(",;\u2013\u2014") if not tail or tail[0] in ".,;:!?" else head
        gap = "" if not head or not tail or tail[0] in ".,;:!?)" else " "
        out = head + gap + tail
        return (out[:1].upper() + out[1:] if start == 0 else out), (0, 0)
    head = f"{head} " if head else ""
    gap = "" if not tail or tail[0] in ".,;:!?)" else " "
    return head + piece + gap + tail, (len(head), len(head) + len(piece))
