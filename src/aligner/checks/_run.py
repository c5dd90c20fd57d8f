"""Run the chosen checks over beads, and over a whole alignment."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from aligner._align._related import unrelated
from aligner._options import or_default
from aligner._progress import Progress, ProgressCallback
from aligner._timing import stage
from aligner._types import Alignment, Comparison, Divergence
from aligner.checks._lexicon import lexicon
from aligner.checks._options import CheckOptions
from aligner.checks._passages import passages_of
from aligner.checks._registry import Check, chosen, require
from aligner.checks._values import BeadView, DocumentView, Finding, Passage
from aligner.checks._vote import Vote, joined, vote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Findings = list[tuple[Check, Finding]]
_TOGETHER = 128
"""Pairs of passages that each check looks at in a row."""


class Runner:
    """The chosen checks, ready to run over any number of beads."""

    def __init__(self, options: CheckOptions | None = None) -> None:
        self.options = or_default(options, CheckOptions)
        self.checks = chosen(self.options.select, self.options.ignore)
        require(self.options.severities)
        self._pair = tuple(sorted((c for c in self.checks if c.run), key=lambda c: not c.first))
        self._skipped: set[str] = set()

    def beads(self, rows: Sequence[Sequence[Passage]], first: int = 0) -> Iterator[Findings]:
        """Yield for each row what the checks of one bead find in its pairs of versions.

        A check looks at many rows before the next has its turn: what it looks things up in stays
        near the processor, and so does what is remembered of the texts.

        Args:
            first: the number of the first row.
        """
        for start, some in _parts(rows):
            numbers = range(first + start, first + start + len(some))
            found: dict[int, Findings] = {number: [] for number in numbers}
            views = [v for k, row in zip(found, some, strict=True) for v in self._views(k, row)]
            for view, findings in zip(views, self._pair_findings(views), strict=True):
                found[view.index] += findings
            yield from found.values()

    def _views(self, index: int, passages: Sequence[Passage]) -> Iterator[BeadView]:
        filled = tuple(self._named(passage) for passage in passages if passage.text.strip())
        for source, target in combinations(filled, 2):
            yield BeadView(index, source, target, filled, self.options.glossary)

    def _pair_findings(self, views: Sequence[BeadView]) -> list[Findings]:
        """Return for each pair of passages what the checks find, one check after the other."""
        found: list[Findings] = [[] for _ in views]
        known = [self._known(view.source, view.target) for view in views]
        ended: set[int] = set()
        for entry in self._pair:
            assert entry.run is not None
            for k, view in enumerate(views):
                if k in ended or (entry.needs_lexicon and not known[k]):
                    continue
                if view.is_code and not entry.reads_code:
                    continue
                if entry.needs_capitals and (view.source.shouted or view.target.shouted):
                    continue
                for finding in entry.run(view):
                    if finding.ends:
                        found[k] = [(entry, finding)]
                        ended.add(k)
                        break
                    found[k].append((entry, finding))
        return found

    def whole(self, view: DocumentView) -> Iterator[tuple[int, Check, Finding]]:
        """Run the checks that see all beads; where there are none, those that do without."""
        related = view.related
        known = related.keeping(_is_read)
        for entry in self.checks:
            if entry.run_document and (view.beads or entry.by_row):
                seen = known if entry.needs_lexicon else view if entry.sees_unrelated else related
                for index, finding in entry.run_document(seen):
                    yield index, entry, finding

    def divergences(
        self, index: int, passages: Sequence[Passage], found: Sequence[tuple[Check, Finding]]
    ) -> list[Divergence]:
        """Vote over the findings of one bead and keep those that are sure enough."""
        if any(finding.ends for _, finding in found):
            found = [(entry, finding) for entry, finding in found if _outlives(entry)]
        if not found:
            return []
        by_version = {passage.version: passage for passage in passages}
        votes = joined(vote(found, [passage for passage in passages if passage.text.strip()]))
        sure = [one for one in votes if one.confidence >= self.options.min_confidence]
        result = [self._divergence(index, one, by_version) for one in sure]
        return sorted(result, key=lambda d: (d.code, sorted(d.spans.items())))

    def _divergence(self, index: int, one: Vote, passages: Mapping[str, Passage]) -> Divergence:
        best = one.findings[0]
        check = one.check
        evidence = dict(best.evidence)
        if len(one.findings) > 1:
            evidence["pairs"] = one.support
        return Divergence(
            check.code,
            check.type,
            self.options.severity(check.code, one.severity),
            min(one.confidence, 0.99),
            index,
            {v: passages[v].spans(places) if places else () for v, places in one.places.items()},
            best.message,
            one.odd,
            evidence,
        )

    def _named(self, passage: Passage) -> Passage:
        finder = self.options.name_finder
        if finder is None:
            return passage
        return replace(passage, names=tuple(finder.find(passage.text, passage.language)))

    def _known(self, source: Passage, target: Passage) -> bool:
        missing = {p.language for p in (source, target) if lexicon(p.language) is None}
        self._skipped |= missing
        return not missing

    @property
    def skipped(self) -> tuple[str, ...]:
        """Which checks could not run, each with its reason."""
        return skipped(self._skipped, self.options)


def skipped(languages: Iterable[str], options: CheckOptions | None = None) -> tuple[str, ...]:
    """Return which checks cannot run in some of *languages*, each with its reason."""
    options = options or CheckOptions()
    checks = chosen(options.select, options.ignore)
    codes = ", ".join(c.code for c in checks if c.needs_lexicon)
    unknown = sorted({language for language in languages if lexicon(language) is None})
    return tuple(f"{codes}: no word lists for {language!r}" for language in unknown if codes)


def _told_first(found: Sequence[Findings]) -> list[Findings]:
    """Leave out what only goes on from a passage before: numbers of clauses that are one apart."""
    told: dict[tuple[str, ...], str] = {}
    kept: list[Findings] = []
    for findings in found:
        kept.append([])
        for entry, one in findings:
            versions = tuple(one.places)
            if not one.goes_on or told.get(versions) != one.goes_on:
                kept[-1].append((entry, one))
            if one.goes_on:
                told[versions] = one.goes_on
    return kept


def _is_read(passage: Passage) -> bool:
    """Whether the words of *passage* are known: no code, and in a language with word lists."""
    return passage.kind != "code" and lexicon(passage.language) is not None


def _outlives(entry: Check) -> bool:
    """Whether a finding of a whole bead still counts where a side is in another language."""
    return entry.run is not None or entry.code in ("D101", "D104")


def _parts(
    rows: Sequence[Sequence[Passage]],
) -> Iterator[tuple[int, Sequence[Sequence[Passage]]]]:
    """Yield some rows at a time, and where they begin: what is remembered has room for them."""
    start = pairs = 0
    for stop, row in enumerate(rows):
        more = len(row) * (len(row) - 1) // 2
        if pairs + more > _TOGETHER and stop > start:
            yield start, rows[start:stop]
            start, pairs = stop, 0
        pairs += more
    yield start, rows[start:]


@stage("check")
def check(
    alignment: Alignment,
    options: CheckOptions | None = None,
    *,
    progress: ProgressCallback | None = None,
) -> Comparison:
    """Flag where the versions of *alignment* differ in meaning.

    Args:
        options: which checks run, and how sure a finding has to be.
        progress: told how many beads of how many are done.

    Raises:
        TypeError: for what is no alignment.
    """
    if not isinstance(alignment, Alignment):
        fix = "aligner.compare aligns texts first, aligner.formats.read_alignment reads a bitext"
        raise TypeError(f"check takes an Alignment, not {type(alignment).__name__}; {fix}")
    runner = Runner(options)
    passages = passages_of(alignment.documents, alignment.beads)
    others = unrelated(alignment.documents, alignment.beads)
    view = DocumentView(alignment.beads, tuple(passages), others)
    told = Progress(progress, len(passages))
    found: list[Findings] = []
    for findings in runner.beads(view.related.passages):
        found.append(findings)
        told.add(1)
    for index, entry, finding in runner.whole(view):
        found[index].append((entry, finding))
    found = _told_first(found)
    divergences = [
        divergence
        for index, row in enumerate(passages)
        for divergence in runner.divergences(index, row, found[index])
    ]
    return Comparison(alignment, tuple(divergences), runner.skipped)
