"""What a run of the checks is told: which codes, how sure, how grave, and what the user brings."""

from __future__ import annotations

from dataclasses import dataclass, field
from os import PathLike
from typing import TYPE_CHECKING, Protocol

from aligner._options import check_confidence, check_severities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aligner._types import Severity
    from aligner.checks._glossary import Glossary


class NameFinder(Protocol):
    """A recogniser of names that the user brings.

    What it finds is compared as well as what the checks take for names by themselves:

        class Gazetteer:
            def find(self, text: str, language: str) -> list[tuple[int, int]]:
                return [m.span() for m in re.finditer("Lake Orva|Orvasee|Orvasjön", text)]

        aligner.checks.check(alignment, CheckOptions(name_finder=Gazetteer()))
    """

    def find(self, text: str, language: str) -> Iterable[tuple[int, int]]:
        """Return where names stand in *text*, as half-open offsets."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """Which checks run and what becomes of their findings.

    Attributes:
        select: codes or their beginnings (``D2``), in a list or as ``"D2,D101"``; empty for all
            that are on by default.
        ignore: codes or beginnings that do not run.
        min_confidence: findings below it are not reported.
        severities: severity by code or its beginning, where it is not to be the usual one.
        glossary: what terms are to be called (`read_glossary`).
        name_finder: a recogniser of names, such as a wrapper of a model for the language.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.5
    severities: Mapping[str, Severity] = field(default_factory=dict)
    glossary: Glossary | None = None
    name_finder: NameFinder | None = None

    def __post_init__(self) -> None:
        for name in ("select", "ignore"):
            object.__setattr__(self, name, _codes(getattr(self, name)))
        if isinstance(self.glossary, str | PathLike):
            fix = f"aligner.checks.read_glossary({str(self.glossary)!r})"
            raise TypeError(f"glossary must be a Glossary, not the name of a file: {fix}")
        check_confidence(self.min_confidence)
        check_severities(self.severities)

    def severity(self, code: str, usual: Severity) -> Severity:
        """Return how grave findings of *code* are; the longest beginning that is named decides."""
        known = [key for key in self.severities if code.startswith(key)]
        return self.severities[max(known, key=len)] if known else usual


def _codes(codes: str | Iterable[str]) -> tuple[str, ...]:
    given = codes.split(",") if isinstance(codes, str) else codes
    return tuple(code.strip() for code in given)


CheckOptions.__module__ = "aligner"
