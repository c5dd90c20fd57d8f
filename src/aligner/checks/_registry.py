"""The registry of divergence checks.

To add a check, write a function from a `BeadView` to `Finding`s in the file of its family, put
``@check("D201", "number", "major")`` above it, and name the file in ``FAMILIES`` if it is new.
The first line of its docstring is what users read; the rest says what it does not flag.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING

from aligner.checks._values import BeadView, DocumentView, Finding

if TYPE_CHECKING:
    from aligner._types import DivergenceType, Severity

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


PairCheck = Callable[[BeadView], Iterator[Finding]]
DocumentCheck = Callable[[DocumentView], Iterator[tuple[int, Finding]]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check.

    Attributes:
        needs_lexicon: it runs only between languages whose word lists are known.
        needs_capitals: it runs only where neither passage is written in capitals.
        reads_code: it runs on code as well.
        sees_unrelated: a document check that sees versions which are another text, too.
        default: whether it runs without being selected.
        first: it runs before the others, because it may end the matter.
        by_row: a document check that can also look at one row alone.
    """

    code: str
    type: DivergenceType
    severity: Severity
    run: PairCheck | None = None
    run_document: DocumentCheck | None = None
    needs_lexicon: bool = True
    default: bool = True
    first: bool = False
    by_row: bool = False
    needs_capitals: bool = False
    reads_code: bool = False
    sees_unrelated: bool = False

    @property
    def summary(self) -> str:
        """What users read: the first line of the docstring, without its full stop."""
        text = (self.run or self.run_document).__doc__ or ""
        return text.strip().partition("\n")[0].rstrip(".")


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
    reads_code: bool = False,
) -> Callable[[PairCheck], PairCheck]:
    """Register a check that looks at one pair of passages at a time."""
    entry = Check(
        code,
        type,
        severity,
        needs_lexicon=needs_lexicon,
        default=default,
        first=first,
        needs_capitals=needs_capitals,
        reads_code=reads_code,
    )

    def register(function: PairCheck) -> PairCheck:
        _add(replace(entry, run=function))
        return function

    return register


def document_check(
    code: str,
    type: DivergenceType,
    severity: Severity,
    *,
    needs_lexicon: bool = False,
    by_row: bool = False,
    sees_unrelated: bool = False,
) -> Callable[[DocumentCheck], DocumentCheck]:
    """Register a check that looks at all beads at once."""
    entry = Check(
        code,
        type,
        severity,
        needs_lexicon=needs_lexicon,
        by_row=by_row,
        sees_unrelated=sees_unrelated,
    )

    def register(function: DocumentCheck) -> DocumentCheck:
        _add(replace(entry, run_document=function))
        return function

    return register


def _add(entry: Check) -> None:
    if entry.code in _CHECKS:
        raise ValueError(f"check code {entry.code} is taken")
    _CHECKS[entry.code] = entry


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
