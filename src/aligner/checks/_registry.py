"""The registry of divergence checks and the values a check works on.

To add a check, write a function from a `BeadView` to `Finding`s in the file of its family, put
``@check("D201", "number", "major")`` above it, and name the file in ``FAMILIES`` if it is new.
The first line of its docstring is what users read; the rest says what it does not flag.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from aligner._types import Bead, DivergenceType, InlineCode, Kind, Severity, Span

if TYPE_CHECKING:
    from ._glossary import Glossary
    from ._place import Place

Scope = Literal["pair", "document"]
FAMILIES = (
    "language",
    "content",
    "dates",
    "glossary",
    "meaning",
    "modality",
    "names",
    "negation",
    "numbers",
    "omission",
    "order",
    "punctuation",
    "quantifiers",
    "repetition",
    "structure",
    "terminology",
    "units",
)


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
                    first_seen = document + low - local + self._unread(local, low)
                    last_seen = document + high - local + self._unread(local, max(high - 1, low))
                    found.add(Span(first_seen, last_seen))
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
        links: word links of the pair, where an encoder made them; the surface checks do without.
        glossary: what the user wants terms to be called.
    """

    index: int
    source: Passage
    target: Passage
    passages: tuple[Passage, ...] = ()
    links: object | None = field(default=None, repr=False, compare=False)
    glossary: Glossary | None = field(default=None, repr=False, compare=False)

    @property
    def both_ways(self) -> tuple[tuple[Passage, Passage], tuple[Passage, Passage]]:
        """The pair as either of its passages sees it: that passage, then the other."""
        return (self.source, self.target), (self.target, self.source)

    @property
    def third(self) -> list[Passage]:
        """The passages of the versions beside the pair."""
        pair = (self.source.version, self.target.version)
        return [passage for passage in self.passages if passage.version not in pair]


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
    exact: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence must be from 0 to 1, not {self.confidence}")


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A whole alignment for the checks that need more than one bead.

    Attributes:
        beads: empty where rows are checked one at a time.
    """

    beads: tuple[Bead, ...]
    passages: tuple[tuple[Passage, ...], ...]


PairCheck = Callable[[BeadView], Iterator[Finding]]
DocumentCheck = Callable[[DocumentView], Iterator[tuple[int, Finding]]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check.

    Attributes:
        needs_lexicon: it runs only between languages whose word lists are known.
        needs_capitals: it runs only where neither passage is written in capitals.
        default: whether it runs without being selected.
        first: it runs before the others, because it may end the matter.
        by_row: a document check that can also look at one row alone.
    """

    code: str
    type: DivergenceType
    severity: Severity
    summary: str
    run: PairCheck | None = None
    run_document: DocumentCheck | None = None
    needs_lexicon: bool = True
    default: bool = True
    first: bool = False
    by_row: bool = False
    needs_capitals: bool = False


_CHECKS: dict[str, Check] = {}


def check(
    code: str,
    type: DivergenceType,
    severity: Severity,
    *,
    needs_lexicon: bool = True,
    default: bool = True,
    first: bool = False,
    needs_capitals: bool = False,
) -> Callable[[PairCheck], PairCheck]:
    """Register a check that looks at one pair of passages at a time."""

    def register(function: PairCheck) -> PairCheck:
        summary = _summary(function)
        _add(
            Check(
                code,
                type,
                severity,
                summary,
                function,
                needs_lexicon=needs_lexicon,
                default=default,
                first=first,
                needs_capitals=needs_capitals,
            )
        )
        return function

    return register


def document_check(
    code: str,
    type: DivergenceType,
    severity: Severity,
    *,
    needs_lexicon: bool = False,
    default: bool = True,
    by_row: bool = False,
) -> Callable[[DocumentCheck], DocumentCheck]:
    """Register a check that looks at all beads at once."""

    def register(function: DocumentCheck) -> DocumentCheck:
        summary = _summary(function)
        _add(
            Check(
                code,
                type,
                severity,
                summary,
                run_document=function,
                needs_lexicon=needs_lexicon,
                default=default,
                by_row=by_row,
            )
        )
        return function

    return register


def _add(entry: Check) -> None:
    if entry.code in _CHECKS:
        raise ValueError(f"check code {entry.code} is taken")
    _CHECKS[entry.code] = entry


def _summary(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip().partition("\n")[0].rstrip(".")


def registered() -> dict[str, Check]:
    """Return all checks by code, in the order of the codes."""
    for family in FAMILIES:
        import_module(f"{__package__}.{family}")
    return dict(sorted(_CHECKS.items()))


def require(codes: Iterable[str]) -> None:
    """Raise `ValueError` for a code that is the beginning of none."""
    checks = registered()
    for code in codes:
        if not any(known.startswith(code) for known in checks):
            raise ValueError(f"no check has a code like {code!r}; there are {', '.join(checks)}")


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Check, ...]:
    """Return the checks to run; codes and their beginnings (``D2``) are understood.

    Raises:
        ValueError: a code that is the beginning of none.
    """
    checks, wanted, unwanted = registered(), tuple(select), tuple(ignore)
    require((*wanted, *unwanted))
    return tuple(
        entry
        for code, entry in checks.items()
        if (code.startswith(wanted) if wanted else entry.default)
        and not (unwanted and code.startswith(unwanted))
    )
