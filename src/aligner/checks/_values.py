"""What a check is given and what it returns: the passages of a bead, a whole text, findings."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aligner._tags import base_language
from aligner._types import Bead, InlineCode, Kind, Severity, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from aligner.checks._glossary import Glossary
    from aligner.checks._place import Place


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one bead in one version.

    Attributes:
        text: as it is read: without invisible characters and hyphens of line ends, blanks for tags
            and marks of emphasis, in sentence case if all of it is in capitals.
        pieces: for each segment its first offset in ``text`` and its first offset in the document.
        names: where a `NameFinder` sees names, if one was given.
        codes: the inline codes of its segments, with their offsets in ``text``.
        written: the text with its tags and capitals, as long as ``text``; empty if it is the same.
        shouted: whether it is written in capitals, so that those of ``text`` tell no names.
        gaps: offsets in ``text`` before which the document has characters that are not read, and
            how many.
        around: the paragraphs that it stands in, as written; empty if nobody knows them.
        format: the extension of the file that it comes from; empty if it comes from none.
    """

    version: str
    language: str
    text: str
    pieces: tuple[Place, ...] = ((0, 0),)
    kind: Kind = "text"
    level: int = 0
    names: tuple[Place, ...] = ()
    codes: tuple[InlineCode, ...] = ()
    written: str = ""
    shouted: bool = False
    gaps: tuple[Place, ...] = ()
    around: str = field(default="", repr=False, compare=False)
    format: str = ""

    @property
    def whole(self) -> Place:
        """The place of all the text."""
        return 0, len(self.text)

    def spans(self, places: Iterable[Place]) -> tuple[Span, ...]:
        """Turn offsets into ``text`` into spans of the document, cut where segments end."""
        found: set[Span] = set()
        starts = [piece[0] for piece in self.pieces]
        for start, end in places:
            first = max(bisect_right(starts, start) - 1, 0)
            for index in range(first, len(starts)):
                local, document = self.pieces[index]
                stop = starts[index + 1] - 1 if index + 1 < len(starts) else len(self.text)
                low, high = max(start, local), min(end, stop)
                if low <= high and (low < high or start == end):
                    stands = document - local + low + self._unread(local, low)
                    ends = document - local + high + self._unread(local, high - (low == high))
                    found.add(Span(min(stands, ends), ends))
                if end <= stop:
                    break
        return tuple(sorted(found))

    def _unread(self, start: int, end: int) -> int:
        """Return how many characters are not read from before *start* to before *end*."""
        return sum(count for offset, count in self.gaps if start <= offset <= end)


@dataclass(frozen=True, slots=True)
class BeadView:
    """One bead as a pair of versions sees it; both passages have text.

    Attributes:
        passages: those of all versions of the bead that have text.
        glossary: what the user wants terms to be called.
    """

    index: int
    source: Passage
    target: Passage
    passages: tuple[Passage, ...] = ()
    glossary: Glossary | None = field(default=None, repr=False, compare=False)

    @property
    def is_code(self) -> bool:
        """Whether both passages are code, of which at most the remarks are translated."""
        return self.source.kind == self.target.kind == "code"

    @property
    def both_ways(self) -> tuple[tuple[Passage, Passage], tuple[Passage, Passage]]:
        """The pair as either of its passages sees it: that passage, then the other."""
        return (self.source, self.target), (self.target, self.source)

    @property
    def third(self) -> list[Passage]:
        """The passages of the versions beside the pair that are witnesses of their own.

        Beside two languages another version in one of them is none: it says the same in the same
        words.
        """
        pair = (self.source.version, self.target.version)
        beside = [passage for passage in self.passages if passage.version not in pair]
        if not beside:
            return beside
        languages = {base_language(p.language) for p in (self.source, self.target)}
        if len(languages) == 1:
            return beside
        return [passage for passage in beside if base_language(passage.language) not in languages]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw in one pair of versions.

    Attributes:
        places: by version, half-open offsets into its passage; empty where something is missing.
        confidence: of this pair alone; the vote combines pairs.
        key: the value or word in question, so that findings without a place can be joined.
        severity: where it is not the one the check usually gives.
        ends: nothing more can be said of this pair (a side is in another language).
        odd: the version at fault, from a check that sees all versions at once.
        goes_on: what is told at the first of several passages alone, by how they differ.
        exact: where the value itself stands, if ``places`` show what it is part of as well.
    """

    places: Mapping[str, tuple[Place, ...]]
    message: str
    confidence: float
    key: str = ""
    severity: Severity | None = None
    evidence: Mapping[str, object] = field(default_factory=dict)
    ends: bool = False
    odd: str | None = None
    goes_on: str = ""
    exact: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence must be from 0 to 1, not {self.confidence}")


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole alignment for the checks that need more than one bead.

    Attributes:
        beads: empty where rows are checked one at a time.
        unrelated: the versions that do not appear to be of this text, and a sentence that says so.
    """

    beads: tuple[Bead, ...]
    passages: tuple[tuple[Passage, ...], ...]
    unrelated: Mapping[tuple[str, ...], str] = field(default_factory=dict)

    @property
    def strangers(self) -> frozenset[str]:
        """The versions that do not appear to be of this text."""
        return frozenset().union(*self.unrelated)

    @property
    def related(self) -> DocumentView:
        """The view without the passages of those versions."""
        strangers = self.strangers
        return self.keeping(lambda passage: passage.version not in strangers)

    def keeping(self, keep: Callable[[Passage], bool]) -> DocumentView:
        """Return the view with the passages that *keep* is true of."""
        return replace(self, passages=tuple(tuple(filter(keep, row)) for row in self.passages))
