"""Word links in the page: which beads have them, and their texts cut into words."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner.report.views import Cell, Run, SegmentView, gravest_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligner._types import Alignment
    from aligner._words import WordLink
    from aligner.report.views import BeadView, FindingView, Piece

# Beads with word links: finding them takes some milliseconds each, and makes their texts large.
LINKED = 240
_LEAST = 0.3  # probability of a link that is drawn
_LONGEST = 4_000  # characters of a passage with links


def with_links(
    views: Iterable[BeadView], alignment: Alignment, found: Sequence[FindingView]
) -> Iterator[BeadView]:
    """Yield *views*, those that a reader looks at first with their texts cut into linked words.

    These are the beads with findings, the gravest first, then the others in text order, up to
    `LINKED`; only languages that the embedded model knows have links.
    """
    links = _links(alignment, _first(alignment, found))
    for view in views:
        here = links.get(view.index)
        yield _drawn(view, here) if here else view


def _first(alignment: Alignment, found: Sequence[FindingView]) -> list[int]:
    """Return the beads that get links, where at least two versions have some text to link."""
    grave = (finding.divergence.bead for finding in gravest_first(found))
    ordered = dict.fromkeys([*grave, *range(len(alignment.beads))])
    chosen = [i for i in ordered if not alignment.beads[i].is_null]
    return chosen[:LINKED]


def _links(alignment: Alignment, chosen: Sequence[int]) -> dict[int, tuple[WordLink, ...]]:
    """Return the word links of the beads *chosen*, where the embedded model knows two languages."""
    from aligner._words import embedded_analyser, links_of_each
    from aligner.models import load_embedded

    known = load_embedded().languages or ()
    languages = {
        document.name: document.language
        for document in alignment.documents
        if base_language(document.language) in known
    }
    if len(languages) < 2 or not chosen:
        return {}
    texts = [
        {v: t for v, t in alignment.texts(alignment.beads[i]).items() if v in languages}
        for i in chosen
    ]
    kept = [
        (i, t) for i, t in zip(chosen, texts, strict=True) if max(map(len, t.values())) <= _LONGEST
    ]
    found = links_of_each([t for _, t in kept], languages, embedded_analyser())
    return {i: links for (i, _), links in zip(kept, found, strict=True)}


def _drawn(view: BeadView, links: Sequence[WordLink]) -> BeadView:
    """Return *view* with its texts cut into runs; a word is named by its version and offset."""
    numbers = {cell.document.name: str(number) for number, cell in enumerate(view.cells)}
    partners: dict[str, dict[tuple[int, int], list[str]]] = {name: {} for name in numbers}
    for link in _clear(links, view):
        ends = list(zip(link.versions, (link.source, link.target), strict=True))
        for (version, span), (other, there) in (ends, ends[::-1]):
            names = partners[version].setdefault((span.start, span.end), [])
            names.append(f"{numbers[other]}.{there.start}")
    cells = tuple(
        Cell(cell.document, tuple(_passages(cell, partners[name], numbers[name])))
        for cell, name in zip(view.cells, numbers, strict=True)
    )
    return replace(view, cells=cells)


def _clear(links: Sequence[WordLink], view: BeadView) -> Iterator[WordLink]:
    """Yield the links that are sure enough; of the same word in several places only the nearest."""
    texts = {
        cell.document.name: " ".join(p.segment.text for p in cell.passages) for cell in view.cells
    }
    nearest: dict[tuple[object, ...], tuple[float, WordLink]] = {}
    for link in links:
        if link.probability < _LEAST:
            continue
        source, target = (texts[version] for version in link.versions)
        away = abs(link.source.start / len(source) - link.target.start / len(target))
        word = target[link.target.start : link.target.end]
        key = (link.versions, link.source, word)
        if key not in nearest or away < nearest[key][0]:
            nearest[key] = away, link
    yield from (link for _, link in nearest.values())


def _passages(
    cell: Cell, words: dict[tuple[int, int], list[str]], number: str
) -> Iterator[SegmentView]:
    ordered = sorted(words)
    start = 0
    for passage in cell.passages:
        pieces, at = [], start
        for piece in passage.pieces:
            runs = tuple(_runs(piece, at, ordered, words, number)) if piece.text else ()
            pieces.append(replace(piece, runs=runs))
            at += len(piece.text)
        yield replace(passage, pieces=tuple(pieces))
        start += len(passage.segment.text) + 1


def _runs(
    piece: Piece,
    start: int,
    ordered: Sequence[tuple[int, int]],
    words: dict[tuple[int, int], list[str]],
    number: str,
) -> Iterator[Run]:
    """Yield *piece*, which begins at *start* of the bead's text, cut at its words."""
    at, end = start, start + len(piece.text)
    first = max(bisect_right(ordered, (start, 0)) - 1, 0)
    for word in ordered[first:]:
        left, right = max(word[0], at), min(word[1], end)
        if word[0] >= end:
            break
        if left >= right:
            continue
        if at < left:
            yield Run(piece.text[at - start : left - start])
        yield Run(
            piece.text[left - start : right - start], f"{number}.{word[0]}", tuple(words[word])
        )
        at = right
    if at < end:
        yield Run(piece.text[at - start :])
